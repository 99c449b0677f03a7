/*
** Memory, growing arrays and buffers, and errors (sito.h). All of it comes from SQLite's heap.
*/
#define _DEFAULT_SOURCE /* madvise */
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>
#include <sys/mman.h>

#include "sito.h"

void *sito_malloc(size_t size) {
    return sqlite3_malloc64(size);
}

void *sito_realloc(void *memory, size_t size) {
    return sqlite3_realloc64(memory, size);
}

void sito_free(void *memory) {
    sqlite3_free(memory);
}

void sito_want_large_pages(void *memory, size_t size) {
#ifdef MADV_HUGEPAGE
    enum { LEAST_WISH = 4 << 20, PAGE = 4096 };
    if (memory != NULL && size >= LEAST_WISH) {
        uintptr_t from =
            (uintptr_t)memory / PAGE * PAGE; /* whole, else mremap has two parts to move */
        uintptr_t to = ((uintptr_t)memory + size + PAGE - 1) / PAGE * PAGE;
        (void)madvise((void *)from, to - from, MADV_HUGEPAGE); /* refused: small pages do as well */
    }
#else
    (void)memory, (void)size;
#endif
}

int sito_grow(void **array, size_t *capacity, size_t needed, size_t size, size_t limit) {
    if (needed <= *capacity) {
        return SITO_OK;
    }
    if (needed > limit || limit > SIZE_MAX / size) {
        return SITO_TOOBIG;
    }
    size_t room = *capacity + *capacity / 2 + 16;
    if (room < needed) {
        room = needed;
    }
    if (room > limit) {
        room = limit;
    }
    void *grown = sito_realloc(*array, room * size);
    if (grown == NULL) {
        return SITO_NOMEM;
    }
    sito_want_large_pages(grown, room * size);
    *array = grown;
    *capacity = room;
    return SITO_OK;
}

int sito_buffer_reserve(SitoBuffer *buffer, size_t extra) {
    size_t limit = buffer->limit > 0 ? buffer->limit : SITO_BUFFER_LIMIT;
    if (extra > limit || buffer->size > limit - extra) {
        return SITO_TOOBIG;
    }
    void *data = buffer->data;
    int rc = sito_grow(&data, &buffer->capacity, buffer->size + extra, 1, limit);
    buffer->data = data;
    return rc;
}

int sito_buffer_add(SitoBuffer *buffer, const char *bytes, size_t size) {
    if (size == 0) {
        return SITO_OK;
    }
    int rc = sito_buffer_reserve(buffer, size);
    if (rc == SITO_OK) {
        memcpy(buffer->data + buffer->size, bytes, size);
        buffer->size += size;
    }
    return rc;
}

int sito_buffer_print(SitoBuffer *buffer, const char *format, ...) {
    va_list args;
    va_start(args, format);
    char *text = sqlite3_vmprintf(format, args);
    va_end(args);
    if (text == NULL) {
        return SITO_NOMEM;
    }
    int rc = sito_buffer_add(buffer, text, strlen(text));
    sqlite3_free(text);
    return rc;
}

void sito_buffer_free(SitoBuffer *buffer) {
    sito_free(buffer->data);
    buffer->data = NULL;
    buffer->size = buffer->capacity = 0;
}

int sito_error(char **error, int rc, const char *format, ...) {
    if (error == NULL || *error != NULL) {
        return rc;
    }
    va_list args;
    va_start(args, format);
    *error = sqlite3_vmprintf(format, args);
    va_end(args);
    return *error == NULL ? SITO_NOMEM : rc;
}

char *sito_print(const char *format, ...) {
    va_list args;
    va_start(args, format);
    char *text = sqlite3_vmprintf(format, args);
    va_end(args);
    return text;
}

/*
** Texts as codes (dictionary.h): open addressing, the keyed hash of this process.
*/
#include "dictionary.h"

#include <string.h>

enum { RECENT = 4096 };

typedef struct AnonRecent {
    int64_t number;
    uint32_t code; /* + 1; 0: free */
} AnonRecent;

bool anon_dictionary_integer(const AnonDictionary *d, int64_t number, uint32_t *code) {
    const AnonRecent *recent = d->recent != NULL ? &d->recent[(uint64_t)number % RECENT] : NULL;
    if (recent == NULL || recent->code == 0 || recent->number != number) {
        return false;
    }
    *code = recent->code - 1;
    return true;
}

void anon_dictionary_remember(AnonDictionary *d, int64_t number, uint32_t code) {
    if (d->recent == NULL) {
        d->recent = sito_malloc(RECENT * sizeof *d->recent);
        if (d->recent == NULL) {
            return; /* it only saves time */
        }
        memset(d->recent, 0, RECENT * sizeof *d->recent);
    }
    d->recent[(uint64_t)number % RECENT] = (AnonRecent){number, code + 1};
}

SitoText anon_dictionary_text(const AnonDictionary *d, uint32_t code) {
    const AnonEntry *entry = &d->entries[code];
    if (entry->null) {
        return (SitoText){0};
    }
    return (SitoText){entry->size > 0 ? d->texts.data + entry->offset : "", entry->size};
}

void anon_dictionary_free(AnonDictionary *d) {
    sito_buffer_free(&d->texts);
    sito_free(d->entries);
    sito_free(d->slots);
    sito_free(d->recent);
    *d = (AnonDictionary){0};
}

static bool is(const AnonDictionary *d, uint32_t code, SitoText text) {
    return d->entries[code].null == (text.data == NULL) &&
           sito_text_equal(anon_dictionary_text(d, code), text);
}

static uint32_t *slot_of(const AnonDictionary *d, SitoText text) {
    SitoHash128 hash = sito_hash128(text.data != NULL ? text.data : "\xFF", text.size);
    size_t mask = d->slot_count - 1, i = (hash.low ^ (text.data == NULL)) & mask;
    while (d->slots[i] != 0 && !is(d, d->slots[i] - 1, text)) {
        i = (i + 1) & mask;
    }
    return &d->slots[i];
}

static int grow(AnonDictionary *d) {
    if (d->count * 2 < d->slot_count) {
        return SITO_OK;
    }
    size_t count = d->slot_count > 0 ? d->slot_count * 2 : 256;
    uint32_t *slots = sito_malloc(count * sizeof *slots);
    if (slots == NULL) {
        return SITO_NOMEM;
    }
    memset(slots, 0, count * sizeof *slots);
    sito_free(d->slots);
    d->slots = slots;
    d->slot_count = count;
    for (size_t code = 0; code < d->count; code++) {
        *slot_of(d, anon_dictionary_text(d, (uint32_t)code)) = (uint32_t)code + 1;
    }
    return SITO_OK;
}

int anon_dictionary_code(AnonDictionary *d, SitoText text, uint32_t *code, bool *fresh) {
    int rc = grow(d);
    if (rc != SITO_OK) {
        return rc;
    }
    uint32_t *slot = slot_of(d, text);
    *fresh = *slot == 0;
    if (!*fresh) {
        *code = *slot - 1;
        return SITO_OK;
    }
    rc = sito_grow((void **)&d->entries, &d->room, d->count + 1, sizeof *d->entries,
                   (size_t)1 << 31);
    size_t offset = d->texts.size;
    rc = rc == SITO_OK ? sito_buffer_add(&d->texts, text.data, text.size) : rc;
    if (rc == SITO_OK) {
        d->entries[d->count] = (AnonEntry){offset, (uint32_t)text.size, text.data == NULL};
        *code = (uint32_t)d->count++;
        *slot = *code + 1;
    }
    return rc;
}

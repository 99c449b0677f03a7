/*
** Any bytes through the text functions of base: nothing is read past the end, and what
** sito_utf8_valid accepts decodes and encodes to itself.
*/
#include <stdlib.h>
#include <string.h>

#include "base/sito.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char *bytes = malloc(size > 0 ? size : 1); /* exactly as long: the sanitizer sees the end */
    if (bytes == NULL) {
        return 0;
    }
    if (size > 0) {
        memcpy(bytes, data, size);
    }
    SitoText text = {.data = bytes, .size = size};
    size_t valid = sito_utf8_valid(text);
    if (valid > size) {
        abort();
    }
    for (size_t position = 0; position < size;) {
        size_t start = position;
        uint32_t codepoint = sito_utf8_next(text, &position);
        if (position <= start || position > size) {
            abort();
        }
        char again[4];
        size_t length = sito_utf8_encode(codepoint, again);
        bool same = length == position - start && memcmp(again, bytes + start, length) == 0;
        if (start < valid && !same) {
            abort();
        }
    }
    SitoName name;
    char *error = NULL;
    if (sito_name_parse(text, &name, &error) == SITO_OK) {
        if (name.table == NULL || name.quoted == NULL) {
            abort();
        }
        sito_name_free(&name);
    }
    sito_free(error);
    free(bytes);
    return 0;
}

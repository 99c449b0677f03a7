/*
** The shape of a value (shape.h): enough to see what is wrong with it, nothing that tells what it was.
**
** R1  One sign for each character, 40 at most; control characters are x.
** R2  Letters of every script are a, digits of every script 9.
*/
#include <unicode/uchar.h>

#include "shape.h"

enum { LONGEST_SHAPE = 40 };

static char sign_of(uint32_t c) {
    if (c < 0x80) {
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return letter ? 'a' : c >= '0' && c <= '9' ? '9' : c >= 0x20 && c < 0x7F ? (char)c : 'x';
    }
    return u_isalpha((UChar32)c) ? 'a' : u_isdigit((UChar32)c) ? '9' : 'x';
}

int sito_shape_print(SitoText value, SitoBuffer *out) {
    char shape[LONGEST_SHAPE];
    size_t size = 0, i = 0;
    while (i < value.size && size < LONGEST_SHAPE) {
        shape[size++] = sign_of(sito_utf8_next(value, &i));
    }
    int rc =
        sito_buffer_reserve(out, LONGEST_SHAPE); /* so that an empty value has a shape as well */
    return rc == SITO_OK ? sito_buffer_add(out, shape, size) : rc;
}

/*
** Words by their beginnings (stems.h).
*/
#include "stems.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST_WORD = 47 };

typedef struct Words {
    char last[LONGEST_WORD + 1],
        both[2 * LONGEST_WORD + 2]; /* "last word", "the one before and the last" */
    size_t size;
} Words;

/* R2: the letter of a character of two bytes, 0 for one that is none of ours. */
static char plain_letter(unsigned char first, unsigned char second) {
    static const struct {
        unsigned char first, second;
        char plain;
    } letters[] = {{0xC4, 0x84, 'a'}, {0xC4, 0x86, 'c'}, {0xC4, 0x98, 'e'},
                   {0xC5, 0x81, 'l'}, {0xC5, 0x83, 'n'}, {0xC3, 0x93, 'o'},
                   {0xC5, 0x9A, 's'}, {0xC5, 0xB9, 'z'}, {0xC5, 0xBB, 'z'}};
    for (size_t i = 0; i < SITO_COUNT(letters); i++) {
        unsigned small = letters[i].second + (letters[i].first == 0xC3 ? 0x20u : 1u);
        if (first == letters[i].first && (second == letters[i].second || second == small)) {
            return letters[i].plain;
        }
    }
    return 0;
}

/* The letter at *i in lower case without its mark, moving on; 0: no letter; 1: a mark to be passed over. */
static char next_letter(SitoText text, size_t *i) {
    unsigned char c = (unsigned char)text.data[(*i)++];
    if (c >= 'a' && c <= 'z') {
        return (char)c;
    }
    if (c >= 'A' && c <= 'Z') {
        return (char)(c + 32);
    }
    if (c < 0xC3 || c > 0xCD || *i == text.size) {
        return 0;
    }
    unsigned char second = (unsigned char)text.data[*i];
    if ((second & 0xC0) != 0x80) {
        return 0;
    }
    (*i)++;
    return c >= 0xCC ? 1 : plain_letter(c, second);
}

/* By the first two letters, as strncmp does, but without a call: every word of every text comes by. */
static int compare(const void *key, const void *stem) {
    const unsigned char *word = key;
    const unsigned char *letters = (const unsigned char *)((const SitoStem *)stem)->letters;
    int first = word[0] - letters[0];
    return first != 0 || letters[0] == 0 ? first : word[1] - letters[1];
}

/* Bits of the stems with which the word begins (R1). */
static unsigned look_up(const SitoStem *stems, size_t count, const char *word) {
    unsigned found = 0;
    const SitoStem *any =
        word[0] == 0 || word[1] == 0 ? NULL : bsearch(word, stems, count, sizeof *stems, compare);
    if (any == NULL) {
        return 0;
    }
    size_t i = (size_t)(any - stems);
    while (i > 0 && compare(word, &stems[i - 1]) == 0) {
        i--;
    }
    for (; i < count && compare(word, &stems[i]) == 0; i++) {
        if (strncmp(word, stems[i].letters, strlen(stems[i].letters)) == 0) {
            found |= stems[i].bits;
        }
    }
    return found;
}

static unsigned end_word(const SitoStem *stems, size_t count, Words *words) {
    if (words->size == 0) {
        return 0;
    }
    words->last[words->size] = 0;
    unsigned found = look_up(stems, count, words->last);
    size_t before = strlen(words->both);
    if (before > 0) {
        words->both[before] = ' ';
        memcpy(words->both + before + 1, words->last, words->size + 1);
        found |= look_up(stems, count, words->both);
    }
    memcpy(words->both, words->last, words->size + 1);
    words->size = 0;
    return found;
}

unsigned sito_stems_look(const SitoStem *stems, size_t count, SitoText text) {
    Words words = {.size = 0};
    unsigned found = 0;
    for (size_t i = 0; i < text.size;) {
        char letter = next_letter(text, &i);
        if (letter > 1 && words.size < LONGEST_WORD) {
            words.last[words.size++] = letter;
        } else if (letter == 0) {
            found |= end_word(stems, count, &words);
        }
    }
    return found | end_word(stems, count, &words);
}

bool sito_stems_are_sorted(const SitoStem *stems, size_t count) {
    for (size_t i = 1; i < count; i++) {
        if (strcmp(stems[i - 1].letters, stems[i].letters) >= 0) {
            return false;
        }
    }
    return true;
}

/*
** The words of a text (redact_words.h): runs of letters, and runs of digits.
**
** R1  An apostrophe between letters belongs to the word: O'Brien, d’Estaing.
** R2  An initial is a single capital letter with a full stop behind it; the full stop belongs to no word.
** R3  Letters of every script count.
*/
#include <string.h>
#include <unicode/uchar.h>

#include "identity/identity.h"
#include "redact_words.h"

enum { MOST_WORDS = 1 << 28, ASK_EVERY = 1 << 14 };

static bool is_letter(uint32_t c) {
    return c < 0x80 ? (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
                    : c != 0xFFFD && (u_isalpha((UChar32)c) || (c >= 0x300 && c <= 0x36F));
}

static bool is_digit(uint32_t c) {
    return c >= '0' && c <= '9';
}

/* The bits of one character between words. */
static uint32_t gap_of(uint32_t c) {
    switch (c) {
    case ' ':
        return GAP_BLANK;
    case '\n':
        return GAP_LINE;
    case '.':
    case '!':
    case '?':
        return GAP_STOP;
    case ',':
        return GAP_COMMA;
    case ';':
        return GAP_SEMICOLON;
    case ':':
        return GAP_COLON;
    case '-':
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2212:
        return GAP_DASH;
    case '(':
    case '[':
        return GAP_OPEN;
    case ')':
    case ']':
        return GAP_CLOSE;
    case '"':
    case '\'':
    case 0xAB:
    case 0xBB:
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201C:
    case 0x201D:
    case 0x201E:
        return GAP_QUOTE;
    case '/':
        return GAP_SLASH;
    case '|':
        return GAP_PIPE;
    case 0x2588:
        return GAP_MARK;
    default:
        return GAP_OTHER;
    }
}

/* The end of the word or number at `start`. */
static size_t word_end(SitoText text, size_t start, bool number) {
    size_t end = start;
    while (end < text.size) {
        size_t next = end;
        uint32_t c = sito_utf8_next(text, &next);
        if (!number && (c == '\'' || c == 0x2019) && next < text.size) {
            size_t behind = next;
            if (!is_letter(sito_utf8_next(text, &behind))) {
                break;
            }
        } else if (number ? !is_digit(c) : !is_letter(c)) {
            break;
        }
        end = next;
    }
    return end;
}

static bool is_roman(const char *lower, size_t size) {
    return size <= 5 && strspn(lower, "ivxl") == size;
}

/* P-W.: the first half of a double initial ends at `end`. */
static bool is_half_initial(SitoText text, size_t end) {
    size_t next = end + 1;
    if (end + 2 >= text.size || text.data[end] != '-') {
        return false;
    }
    return u_isupper((UChar32)sito_utf8_next(text, &next)) && next < text.size &&
           text.data[next] == '.';
}

/* The lower-case form, and what the letters are. */
static int read_letters(AnonWords *words, AnonWord *word) {
    size_t letters = 0, capitals = 0;
    int rc = SITO_OK;
    word->lower = (uint32_t)words->lower.size;
    for (size_t i = word->start; i < word->end && rc == SITO_OK;) {
        size_t from = i;
        uint32_t c = sito_utf8_next(words->text, &i);
        uint32_t low =
            c < 0x80 ? (c >= 'A' && c <= 'Z' ? c + 32 : c) : (uint32_t)u_tolower((UChar32)c);
        char bytes[4];
        size_t size = sito_utf8_encode(low, bytes);
        rc = sito_buffer_add(&words->lower, bytes, size);
        letters++;
        capitals += low != c;
        word->capital = word->capital || (from == word->start && low != c);
    }
    word->size = (uint32_t)(words->lower.size - word->lower);
    rc = rc == SITO_OK ? sito_buffer_add(&words->lower, "", 1) : rc;
    if (rc != SITO_OK) {
        return rc;
    }
    const char *lower = words->lower.data + word->lower;
    bool stop = word->end < words->text.size && words->text.data[word->end] == '.';
    word->caps = letters > 1 && capitals == letters;
    word->initial =
        letters == 1 && capitals == 1 && (stop || is_half_initial(words->text, word->end));
    word->roman = word->capital && is_roman(lower, word->size) && (letters > 1 || !stop);
    return SITO_OK;
}

static int add_word(AnonWords *words, AnonWord word) {
    void *items = words->items;
    int rc = sito_grow(&items, &words->capacity, words->count + 1, sizeof word, MOST_WORDS);
    words->items = items;
    rc = rc == SITO_OK ? read_letters(words, &word) : rc;
    if (rc == SITO_OK) {
        const char *lower = words->lower.data + word.lower;
        if ((word.is & WORD_NUMBER) == 0) {
            word.signs = sito_identity_word((SitoText){lower, word.size});
            word.is = anon_lexicon_look(lower, word.size);
        }
        words->items[words->count++] = word;
    }
    return rc;
}

/* A dash with no blank on either side joins two words. */
static uint32_t finish_gap(uint32_t gap, int lines, size_t size) {
    gap |= lines > 1 ? GAP_PARAGRAPH : 0;
    return gap == GAP_DASH && size == 1 ? GAP_HYPHEN : gap;
}

int anon_words_read(SitoText text, const SitoWatch *watch, AnonWords *words) {
    uint32_t gap = GAP_LINE | GAP_PARAGRAPH;
    size_t behind = 0;
    int rc = SITO_OK, lines = 0;
    *words = (AnonWords){.text = text};
    for (size_t i = 0; i < text.size && rc == SITO_OK;) {
        size_t next = i;
        uint32_t c = sito_utf8_next(text, &next);
        bool number = is_digit(c);
        if (!number && !is_letter(c)) {
            gap |= gap_of(c);
            lines += c == '\n';
            i = next;
            continue;
        }
        AnonWord word = {.start = (uint32_t)i,
                         .end = (uint32_t)word_end(text, i, number),
                         .gap = finish_gap(gap, lines, i - behind),
                         .is = number ? WORD_NUMBER : 0};
        rc = add_word(words, word);
        i = behind = word.end;
        gap = 0;
        lines = 0;
        if (rc == SITO_OK && words->count % ASK_EVERY == 0) {
            rc = sito_watch_ask(watch);
        }
    }
    return rc;
}

void anon_words_free(AnonWords *words) {
    sito_free(words->items);
    sito_buffer_free(&words->lower);
    *words = (AnonWords){.count = 0};
}

bool anon_word_is(const AnonWords *words, size_t i, const char *lower) {
    return i < words->count && strcmp(anon_word_lower(words, i), lower) == 0;
}

size_t anon_word_at(const AnonWords *words, size_t byte) {
    size_t low = 0, high = words->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (words->items[middle].start < byte) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

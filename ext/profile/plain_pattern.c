/*
** Plain patterns (plain_pattern.h): ICU takes some hundred nanoseconds for a short value, this some ten.
**
** R1  A plain pattern is a row of items: a character, an escaped mark (\. \- \/ …), \d, or a set of
**     characters and ranges, [A-Za-z0-9_]; each perhaps with {n}, {n,}, {n,m}, ?, + or *. ^ may begin it and $ end
**     it. Everything else is left to ICU: groups, choices, dots, negated sets, letters beyond ASCII.
** R2  An item of no fixed number shares no character with the items up to the next one that must be there:
**     then taking as many as there are is the only way to match, and nothing is tried twice.
** R3  For a value of ASCII characters the answer is ICU's (tests/unit/profile_plain_pattern.c); others are
**     ICU's to judge, since its \d knows more digits.
*/
#include <string.h>

#include "plain_pattern.h"

enum { MOST_TIMES = 999 };

typedef struct Reader {
    SitoText text;
    size_t at;
} Reader;

static int peek(const Reader *r) {
    return r->at < r->text.size ? (unsigned char)r->text.data[r->at] : -1;
}

static bool is_among(int c, const char *marks) {
    return c > 0 && strchr(marks, c) != NULL;
}

static bool is_alnum(int c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static void add(SitoPatternItem *item, int from, int to) {
    for (int c = from; c <= to; c++) {
        item->set[c / 64] |= (uint64_t)1 << c % 64;
    }
}

static bool has(const SitoPatternItem *item, unsigned char c) {
    return c < 0x80 && (item->set[c / 64] >> c % 64 & 1) != 0;
}

/* Behind the backslash. *digit: it was \d. */
static bool read_escape(Reader *r, int *c, bool *digit) {
    *c = peek(r);
    *digit = *c == 'd';
    r->at++;
    return *digit || is_among(*c, ".-/()[]{}+*?|^$\\");
}

/* Behind the opening bracket, up to the closing one. */
static bool read_set(Reader *r, SitoPatternItem *item) {
    size_t start = r->at;
    while (peek(r) != ']') {
        int from = peek(r), to;
        bool digit = false;
        r->at++;
        if (from == '\\') {
            if (!read_escape(r, &from, &digit)) {
                return false;
            }
        } else if (!is_alnum(from) && !is_among(from, "._/,")) {
            return false; /* the end, a range without a beginning, what only ICU's sets know */
        }
        to = from;
        if (peek(r) == '-' && !digit) {
            r->at++;
            to = peek(r);
            r->at++;
            if (!is_alnum(from) || !is_alnum(to) || to < from) {
                return false;
            }
        }
        add(item, digit ? '0' : from, digit ? '9' : to);
    }
    r->at++;
    return r->at > start + 1;
}

static bool read_times(Reader *r, size_t *times) {
    size_t start = r->at;
    *times = 0;
    while (peek(r) >= '0' && peek(r) <= '9' && *times <= MOST_TIMES) {
        *times = *times * 10 + (size_t)(peek(r) - '0');
        r->at++;
    }
    return r->at > start && *times <= MOST_TIMES;
}

static bool read_quantifier(Reader *r, SitoPatternItem *item) {
    int c = peek(r);
    item->least = item->most = 1;
    if (!is_among(c, "?+*{")) {
        return true;
    }
    r->at++;
    if (c != '{') {
        item->least = c == '+';
        item->most = c == '?' ? 1 : SIZE_MAX;
    } else {
        if (!read_times(r, &item->least)) {
            return false;
        }
        item->most = item->least;
        if (peek(r) == ',') {
            r->at++;
            item->most = SIZE_MAX;
            if (peek(r) != '}' && !read_times(r, &item->most)) {
                return false;
            }
        }
        if (peek(r) != '}' || item->most < item->least) {
            return false;
        }
        r->at++;
    }
    return !is_among(peek(r), "?+*{"); /* reluctant and possessive ones */
}

static bool read_item(Reader *r, SitoPatternItem *item) {
    int c = peek(r);
    bool digit = false;
    *item = (SitoPatternItem){0};
    r->at++;
    if (c == '[') {
        return read_set(r, item) && read_quantifier(r, item);
    }
    if (c == '\\') {
        if (!read_escape(r, &c, &digit)) {
            return false;
        }
    } else if (!is_alnum(c) && !is_among(c, "-/_:,; @=%'\"!<>~`")) {
        return false;
    }
    add(item, digit ? '0' : c, digit ? '9' : c);
    return read_quantifier(r, item);
}

/* R2 */
static bool is_clear(const SitoPlainPattern *plain, size_t i) {
    const SitoPatternItem *item = &plain->items[i];
    bool fixed = item->least == item->most;
    for (size_t j = i + 1; !fixed && j < plain->count; j++) {
        const SitoPatternItem *next = &plain->items[j];
        if (next->most > 0 &&
            ((item->set[0] & next->set[0]) | (item->set[1] & next->set[1])) != 0) {
            return false;
        }
        if (next->least > 0) {
            break;
        }
    }
    return true;
}

bool sito_plain_pattern_read(SitoText pattern, SitoPlainPattern *plain) {
    Reader r = {.text = pattern};
    plain->count = 0;
    r.at += peek(&r) == '^';
    while (r.at < pattern.size && !(peek(&r) == '$' && r.at + 1 == pattern.size)) {
        if (plain->count == SITO_PATTERN_ITEMS || !read_item(&r, &plain->items[plain->count])) {
            return false;
        }
        plain->count++;
    }
    for (size_t i = 0; i < plain->count; i++) {
        if (!is_clear(plain, i)) {
            return false;
        }
    }
    return plain->count > 0;
}

bool sito_plain_pattern_matches(const SitoPlainPattern *plain, SitoText value) {
    size_t at = 0;
    for (size_t i = 0; i < plain->count; i++) {
        const SitoPatternItem *item = &plain->items[i];
        size_t times = 0;
        while (times < item->most && at < value.size && has(item, (unsigned char)value.data[at])) {
            times++, at++;
        }
        if (times < item->least) {
            return false;
        }
    }
    return at == value.size;
}

bool sito_plain_pattern_decides(SitoText value) {
    unsigned char all = 0;
    for (size_t i = 0; i < value.size; i++) {
        all |= (unsigned char)value.data[i];
    }
    return all < 0x80;
}

/*
** Finds identifiers inside a longer text. One walk over the bytes; only a digit, a plus sign, an
** opening bracket or an @ makes it stop and look.
**
**   … tel. (42) 638 41 11, PESEL: 09222509560 …
**          └── phrase ───┘         └ phrase ┘      groups of digits, tried longest first
**
** R1  A number is found only where it ends: not as a part of a longer number, a decimal, a code
**     with letters or dashes (12-500-123-456), an e-mail address.
** R2  A PESEL is found by itself; a NIP or REGON only behind its word (words.c), since a tenth of
**     all numbers pass. Behind its word a number of the right length is found even when its check
**     digit is wrong: a slip of the pen still names a person.
** R3  A phone number is found when it is written as one (phone.c) or stands behind such a word.
** R4  Time is linear in the length of the text; nothing is allocated.
** R5  Where only numbers are sought, a text without seven digits in one phrase, without a short word that begins
**     with a capital and without an @ is not searched at all: nothing else begins a number (sito_may_hold_number).
*/
#include <string.h>

#include "find.h"
#include "polish/polish.h"
#include "words.h"

enum { MOST_GROUPS = 14, MOST_DIGITS = 26 };

static const double SURE_ENOUGH = 0.7; /* for a column to count a find inside a longer text */

typedef struct Group {
    size_t start, end;
    size_t digits;
    bool blank_before; /* a blank parts it from the group in front */
} Group;

typedef struct Phrase {
    Group groups[MOST_GROUPS];
    size_t count;
    size_t end;      /* where the walk goes on when nothing is found */
    bool bound_left; /* what stands before or behind the phrase belongs to it: R1 */
    bool bound_right;
} Phrase;

static SitoSign sign_at(SitoText text, size_t position, size_t *next) {
    char plain;
    *next = position;
    if (position >= text.size) {
        return SIGN_BLANK;
    }
    return sito_sign_next(text, next, &plain);
}

/* The sign that ends just before `position`. */
static SitoSign sign_before(SitoText text, size_t position, size_t *start) {
    *start = position;
    if (position == 0) {
        return SIGN_BLANK;
    }
    do {
        --*start;
    } while (*start > 0 && position - *start < 4 &&
             ((unsigned char)text.data[*start] & 0xC0) == 0x80);
    size_t next;
    return sign_at(text, *start, &next);
}

static bool is_letter_or_digit(SitoSign sign) {
    return sign == SIGN_DIGIT || sign == SIGN_LETTER || sign == SIGN_WORD;
}

/* R1: the number is tied to what stands in front: A123, A-123, 1,123, x_123. */
static bool is_tied_left(SitoText text, size_t start) {
    size_t before;
    SitoSign sign = sign_before(text, start, &before);
    if (is_letter_or_digit(sign)) {
        return true;
    }
    char c = before < start ? text.data[before] : ' ';
    bool binder = sign == SIGN_DASH || sign == SIGN_DOT || sign == SIGN_SLASH || c == ',' ||
                  c == '_' || c == '=' || c == '#';
    if (!binder || c == '=' || c == '#') {
        return false;
    }
    size_t further;
    SitoSign second = sign_before(text, before, &further);
    return c == '_' ||
           (sign == SIGN_DOT || c == ',' ? second == SIGN_DIGIT : is_letter_or_digit(second));
}

static bool is_tied_right(SitoText text, size_t end) {
    size_t next, further;
    SitoSign sign = sign_at(text, end, &next);
    if (is_letter_or_digit(sign)) {
        return true;
    }
    char c = end < text.size ? text.data[end] : ' ';
    if (c == '_' || c == '@' || c == '%') {
        return true;
    }
    if (sign == SIGN_DASH || sign == SIGN_DOT || sign == SIGN_SLASH || c == ',') {
        SitoSign second = sign_at(text, next, &further);
        return sign == SIGN_DASH || sign == SIGN_SLASH ? is_letter_or_digit(second)
                                                       : second == SIGN_DIGIT;
    }
    return false;
}

/* Reads groups of digits from `start` on, with at most three characters of separation between them.
 */
static void read_phrase(SitoText text, size_t start, Phrase *phrase) {
    *phrase = (Phrase){0};
    size_t i = start, gap = 0;
    bool blank = true, in_group = false;
    while (i < text.size) {
        size_t next;
        SitoSign sign = sign_at(text, i, &next);
        if (sign == SIGN_DIGIT) {
            if (!in_group && phrase->count == MOST_GROUPS) {
                break;
            }
            if (!in_group) {
                phrase->groups[phrase->count++] = (Group){.start = i, .blank_before = blank};
            }
            Group *group = &phrase->groups[phrase->count - 1];
            group->end = next;
            group->digits++;
            in_group = true;
            blank = false;
            gap = 0;
        } else if (sign != SIGN_NOTHING) {
            bool joins = sign == SIGN_BLANK || sign == SIGN_DASH || sign == SIGN_DOT ||
                         sign == SIGN_SLASH || sign == SIGN_OPEN || sign == SIGN_CLOSE ||
                         (sign == SIGN_PLUS && phrase->count == 0);
            if (!joins || ++gap > 3) {
                break;
            }
            blank = blank || sign == SIGN_BLANK || sign == SIGN_OPEN;
            in_group = false;
        }
        i = next;
    }
    if (phrase->count > 0) {
        phrase->end = phrase->groups[phrase->count - 1].end;
        phrase->bound_left = is_tied_left(text, start);
        phrase->bound_right = is_tied_right(text, phrase->end);
    }
}

/* The kind and confidence of a code in prose, given the words in front of it; 0: nothing. */
static double judge(const SitoCode *code, uint32_t words, SitoIdentityKind *kind) {
    bool in_one_piece = code->groups <= 0xF;
    bool is_pesel = sito_pesel_valid(code);
    if (sito_code_is_number(code, 11) && (words & SITO_KIND(SITO_PESEL))) {
        *kind = SITO_PESEL;
        return is_pesel ? 0.99 : 0.8;
    }
    if (is_pesel && in_one_piece) {
        *kind = SITO_PESEL;
        return 0.9;
    }
    if (sito_code_is_number(code, 10) && (words & SITO_KIND(SITO_NIP))) {
        *kind = SITO_NIP;
        return sito_nip_valid(code) ? 0.99 : 0.7;
    }
    bool regon_sized = sito_code_is_number(code, 9) || sito_code_is_number(code, 14);
    if (regon_sized && (words & SITO_KIND(SITO_REGON))) {
        *kind = SITO_REGON;
        return sito_regon_valid(code) ? 0.99 : 0.7;
    }
    bool bank =
        code->digits == 26 && (sito_iban_valid(code) || (words & SITO_KIND(SITO_IBAN)) != 0);
    if (bank) {
        *kind = SITO_IBAN;
        return sito_iban_valid(code) ? 0.98 : 0.7;
    }
    if (code->digits == 7 && (words & SITO_KIND(SITO_PWZ))) {
        *kind = SITO_PWZ;
        return sito_pwz_valid(code) ? 0.97 : 0.7;
    }
    SitoPhone phone = sito_phone_form(code);
    bool announced = (words & SITO_KIND(SITO_PHONE)) != 0;
    *kind = SITO_PHONE;
    return phone == PHONE_STRONG              ? (announced ? 0.95 : 0.85)
           : phone != PHONE_NONE && announced ? 0.9
                                              : 0;
}

/* The first byte of the number with the plus sign, bracket or country prefix that leads it. */
static size_t leading(SitoSearch *search, size_t start) {
    size_t before;
    SitoSign sign = sign_before(search->text, start, &before);
    while (before >= search->done && before < start && (sign == SIGN_OPEN || sign == SIGN_PLUS)) {
        start = before;
        sign = sign_before(search->text, start, &before);
    }
    return start;
}

/* True when a number of this form can be one of the kinds: else nobody need ask for its words. */
static bool can_be_found(const SitoCode *code) {
    size_t digits = code->digits;
    return digits == 7 || (digits >= 9 && digits <= 11) || digits == 14 || digits == 26 ||
           sito_phone_form(code) != PHONE_NONE;
}

/* Tries the groups first … last of the phrase as one number. */
static int try_groups(SitoSearch *search, const Phrase *phrase, size_t first, size_t last,
                      bool *hit) {
    SitoText text = search->text;
    SitoHit found = {.start = leading(search, phrase->groups[first].start),
                     .end = phrase->groups[last].end};
    SitoCode code;
    SitoText number = {text.data + found.start, found.end - found.start};
    if (!sito_code_read(number, &code) || !can_be_found(&code)) {
        return SITO_OK;
    }
    bool tied = first == 0 && is_tied_left(text, found.start);
    if (tied && found.start >= search->done + 2 && text.data[found.start - 1] == 'L' &&
        text.data[found.start - 2] == 'P' && !is_tied_left(text, found.start - 2)) {
        found.start -= 2; /* NIP: PL8567346215 */
        tied = false;
    }
    uint32_t words = sito_words_before(text, found.start);
    if (tied && words == 0) {
        return SITO_OK;
    }
    if (first == last && code.digits == 11) {
        search->shaped |= SITO_KIND(SITO_PESEL);
    }
    found.confidence = judge(&code, words, &found.kind);
    if (found.confidence <= 0) {
        return SITO_OK;
    }
    if (found.kind == SITO_PHONE && !search->numbers_only && search->institution > 0 &&
        found.start - search->institution < 100) {
        found.confidence = 0.4;
        found.reason = "near the name of an office or a firm";
    }
    *hit = true;
    return sito_search_emit(search, found);
}

/* Numbers of these lengths are looked at; others only behind a plus sign, as foreign phone numbers. */
static bool is_size_of_one(SitoText text, size_t start, size_t digits) {
    bool plus = start > 0 && text.data[start - 1] == '+' && digits >= 8 && digits <= 15;
    return plus || digits == 7 || (digits >= 9 && digits <= 11) || digits == 13 || digits == 14 ||
           digits == MOST_DIGITS;
}

/* Every run of groups that ends where the phrase lets it end, longest first. */
static int try_phrase(SitoSearch *search, const Phrase *phrase) {
    size_t first = 0;
    while (first < phrase->count) {
        bool hit = false;
        size_t last = first, digits = phrase->groups[first].digits;
        while (last + 1 < phrase->count &&
               digits + phrase->groups[last + 1].digits <= MOST_DIGITS) {
            digits += phrase->groups[++last].digits;
        }
        for (;; last--) {
            bool at_end = last + 1 == phrase->count;
            bool ends = at_end ? !phrase->bound_right : phrase->groups[last + 1].blank_before;
            if (ends && is_size_of_one(search->text, phrase->groups[first].start, digits) &&
                phrase->groups[first].blank_before) {
                int rc = try_groups(search, phrase, first, last, &hit);
                if (rc != SITO_OK) {
                    return rc;
                }
            }
            if (hit || last == first) {
                break;
            }
            digits -= phrase->groups[last].digits;
        }
        first = hit ? last + 1 : first + 1;
    }
    return SITO_OK;
}

static int try_email(SitoSearch *search, size_t at) {
    SitoHit hit = {.kind = SITO_EMAIL, .confidence = 0.98};
    size_t skipped = search->done;
    SitoText rest = {search->text.data + skipped, search->text.size - skipped};
    if (!sito_email_around(rest, at - skipped, &hit.start, &hit.end)) {
        return SITO_OK;
    }
    hit.start += skipped;
    hit.end += skipped;
    return sito_search_emit(search, hit);
}

bool sito_token_read(SitoText text, size_t start, SitoToken *token) {
    size_t position = start;
    while (position < text.size) {
        size_t next;
        SitoSign sign = sign_at(text, position, &next);
        if (sign != SIGN_LETTER && sign != SIGN_WORD) {
            break;
        }
        position = next;
    }
    SitoText word = {text.data + start, position - start};
    *token = (SitoToken){.start = start, .end = position};
    if (word.size == 0 || word.size > SITO_WORD_LONGEST ||
        !sito_polish_lower(word, token->word.letters)) {
        token->word.letters[0] = 0;
        return false;
    }
    token->word.size = word.size;
    token->word.letters[word.size] = 0;
    size_t first = (word.data[0] & 0x80) != 0 ? 2 : 1;
    token->capital = memcmp(word.data, token->word.letters, first) != 0;
    return true;
}

bool sito_token_next(SitoText text, size_t end, const char *marks, SitoToken *token) {
    for (size_t i = end; i < text.size;) {
        size_t next;
        SitoSign sign = sign_at(text, i, &next);
        if (sign == SIGN_LETTER || sign == SIGN_WORD) {
            return sito_token_read(text, i, token);
        }
        bool mark = text.data[i] != 0 && strchr(marks, text.data[i]) != NULL;
        if ((!mark && sign != SIGN_BLANK && sign != SIGN_NOTHING) || text.data[i] == '\n') {
            return false;
        }
        i = next;
    }
    return false;
}

bool sito_follows_previous(const SitoSearch *search, size_t start) {
    if (search->previous.word.size == 0 || start - search->previous.end > 8) {
        return false;
    }
    for (size_t i = search->previous.end; i < start;) {
        char c = search->text.data[i];
        size_t next;
        SitoSign sign = sign_at(search->text, i, &next);
        if (sign != SIGN_BLANK && sign != SIGN_NOTHING && c != '.' && c != ':') {
            return false;
        }
        i = next;
    }
    return true;
}

int sito_search_emit(SitoSearch *search, SitoHit hit) {
    search->done = hit.end;
    return search->found(search->context, &hit);
}

/* As try_word where only numbers are sought: most words are stepped over unread. */
static int try_short_word(SitoSearch *search, size_t start, size_t *next) {
    SitoText text = search->text;
    SitoToken token = {.start = start, .end = start};
    while (token.end < text.size) {
        size_t behind;
        SitoSign sign = sign_at(text, token.end, &behind);
        if (sign != SIGN_LETTER && sign != SIGN_WORD) {
            break;
        }
        token.end = behind;
    }
    *next = token.end;
    return sito_find_code(search, &token);
}

/* What may begin with the word at `start`; *next is where the walk goes on. */
static int try_word(SitoSearch *search, size_t start, size_t *next) {
    static int (*const finders[])(SitoSearch *, const SitoToken *) = {
        sito_find_code, sito_find_birth, sito_find_address, sito_find_name};
    SitoToken token;
    bool known = sito_token_read(search->text, start, &token);
    *next = token.end;
    size_t before = search->done;
    for (size_t i = 0; i < SITO_COUNT(finders) && (known || i == 0); i++) {
        int rc = finders[i](search, &token);
        if (rc != SITO_OK || search->done > before) {
            search->previous = (SitoToken){0};
            return rc;
        }
    }
    if (known && sito_is_institution(&token.word)) {
        search->institution = token.end;
    }
    bool abbreviates = !token.capital && token.word.size <= 5 &&
                       sito_names_things(&search->previous.word) &&
                       sito_follows_previous(search, start);
    if (abbreviates) {
        search->previous.end = token.end; /* im. ks. J. Popiełuszki: still named after him */
    } else {
        search->previous = token;
    }
    return SITO_OK;
}

static int try_digits(SitoSearch *search, size_t start, size_t *next) {
    if (!search->numbers_only) {
        size_t before = search->done;
        int rc = sito_find_town(search, start);
        if (rc != SITO_OK || search->done > before) {
            return rc;
        }
    }
    Phrase phrase;
    read_phrase(search->text, start, &phrase);
    *next = phrase.end;
    return try_phrase(search, &phrase);
}

static int search_text(SitoSearch *search) {
    SitoText text = search->text;
    for (size_t i = 0; i < text.size;) {
        size_t next;
        SitoSign sign = sign_at(text, i, &next);
        int rc = SITO_OK;
        if (sign == SIGN_DIGIT) {
            rc = try_digits(search, i, &next);
        } else if (sign == SIGN_LETTER || sign == SIGN_WORD) {
            rc = search->numbers_only ? try_short_word(search, i, &next)
                                      : try_word(search, i, &next);
        } else if (text.data[i] == '@') {
            rc = try_email(search, i);
        }
        if (rc != SITO_OK) {
            return rc;
        }
        i = next > search->done ? next : search->done;
    }
    return SITO_OK;
}

int sito_identity_find(SitoText text, int (*found)(void *context, const SitoHit *hit),
                       void *context) {
    SitoSearch search = {.text = text, .found = found, .context = context};
    return search_text(&search);
}

static int note_kind(void *kinds, const SitoHit *hit) {
    if (hit->confidence >= SURE_ENOUGH) {
        *(uint32_t *)kinds |= SITO_KIND(hit->kind);
    }
    return SITO_OK;
}

enum { FEWEST_IN_PHRASE = 7, SHORTEST_WORD = 2, LONGEST_WORD = 5 };

/* What a byte is to sito_may_hold_number: an end of phrases and words, a sign that may stand among digits (and the
** bytes behind the first one of a character), a digit or the first byte of a character that may be one in another
** dress, @, a small letter, the first byte of U+00C0 to U+017F (letters but for two), a capital. */
enum { E, J, D, T, S, P, C };

/* clang-format off */
static const unsigned char bytes[256] = {
    E, E, E, E, E, E, E, E, E, J, J, J, J, J, E, E,
    E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E,
    J, E, E, E, E, E, E, E, J, J, E, J, E, J, J, J,
    D, D, D, D, D, D, D, D, D, D, E, E, E, E, E, E,
    T, C, C, C, C, C, C, C, C, C, C, C, C, C, C, C,
    C, C, C, C, C, C, C, C, C, C, C, E, E, E, E, E,
    E, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S,
    S, S, S, S, S, S, S, S, S, S, S, E, E, E, E, E,
    J, J, J, J, J, J, J, J, J, J, J, J, J, J, J, J,
    J, J, J, J, J, J, J, J, J, J, J, J, J, J, J, J,
    J, J, J, J, J, J, J, J, J, J, J, J, J, J, J, J,
    J, J, J, J, J, J, J, J, J, J, J, J, J, J, J, J,
    D, D, D, P, P, P, D, D, D, D, D, D, D, D, D, D,
    D, D, D, D, D, D, D, D, D, D, D, D, D, D, D, D,
    D, D, D, D, D, D, D, D, D, D, D, D, D, D, D, D,
    D, D, D, D, D, D, D, D, D, D, D, D, D, D, D, D,
};
/* clang-format on */

static unsigned char byte_at(SitoText text, size_t i) {
    return i < text.size ? (unsigned char)text.data[i] : 0;
}

/* The end of the word at `start`; *unsure: what ends it, or stands in it, is no plain letter or sign. */
static size_t pass_word(SitoText text, size_t start, bool *unsure) {
    size_t i = start;
    while (i < text.size && bytes[(unsigned char)text.data[i]] >= S) {
        if (bytes[(unsigned char)text.data[i]] == P) {
            unsigned char next = byte_at(text, ++i);
            bool sign =
                byte_at(text, i - 1) == 0xC3 && (next == 0x97 || next == 0xB7); /* U+00D7, U+00F7 */
            *unsure = *unsure || (next & 0xC0) != 0x80 || sign;
        }
        i++;
    }
    return i;
}

bool sito_may_hold_number(SitoText text) {
    size_t digits = 0;
    for (size_t i = 0; i < text.size;) {
        unsigned char kind = bytes[(unsigned char)text.data[i]];
        if (kind >= S) {
            bool unsure = false;
            size_t end = pass_word(text, i, &unsure), size = end - i;
            bool open = (byte_at(text, end) & 0x80) != 0;
            bool begins = kind == C && (open || (size >= SHORTEST_WORD && size <= LONGEST_WORD));
            if (unsure || begins) {
                return true;
            }
            digits = 0;
            i = end;
            continue;
        }
        digits = kind == E ? 0 : digits + (kind == D);
        if (kind == T || digits >= FEWEST_IN_PHRASE) {
            return true;
        }
        i++;
    }
    return false;
}

uint32_t sito_find_kinds(SitoText text, uint32_t *shaped) {
    return sito_may_hold_number(text) ? sito_search_numbers(text, shaped) : 0;
}

uint32_t sito_search_numbers(SitoText text, uint32_t *shaped) {
    uint32_t kinds = 0;
    SitoSearch search = {.text = text, .found = note_kind, .context = &kinds, .numbers_only = true};
    (void)search_text(&search); /* note_kind never ends it */
    *shaped |= search.shaped | kinds;
    return kinds;
}

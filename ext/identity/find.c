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
*/
#include "code.h"
#include "identity.h"
#include "words.h"

enum { MOST_GROUPS = 12, MOST_DIGITS = 15 };

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

typedef struct Search {
    SitoText text;
    size_t done; /* the end of the last hit */
    uint32_t shaped;
    int (*found)(void *context, const SitoHit *hit);
    void *context;
} Search;

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
    SitoPhone phone = sito_phone_form(code);
    bool announced = (words & SITO_KIND(SITO_PHONE)) != 0;
    *kind = SITO_PHONE;
    return phone == PHONE_STRONG              ? (announced ? 0.95 : 0.85)
           : phone != PHONE_NONE && announced ? 0.9
                                              : 0;
}

/* The first byte of the number with the plus sign, bracket or country prefix that leads it. */
static size_t leading(Search *search, size_t start) {
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
    return (code->digits >= 9 && code->digits <= 11) || code->digits == 14 ||
           sito_phone_form(code) != PHONE_NONE;
}

/* Tries the groups first … last of the phrase as one number. */
static int try_groups(Search *search, const Phrase *phrase, size_t first, size_t last, bool *hit) {
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
    *hit = true;
    search->done = found.end;
    return search->found(search->context, &found);
}

/* Every run of groups that ends where the phrase lets it end, longest first. */
static int try_phrase(Search *search, const Phrase *phrase) {
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
            if (ends && digits >= 8 && digits <= MOST_DIGITS &&
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

static int try_email(Search *search, size_t at) {
    SitoHit hit = {.kind = SITO_EMAIL, .confidence = 0.98};
    size_t skipped = search->done;
    SitoText rest = {search->text.data + skipped, search->text.size - skipped};
    if (!sito_email_around(rest, at - skipped, &hit.start, &hit.end)) {
        return SITO_OK;
    }
    hit.start += skipped;
    hit.end += skipped;
    search->done = hit.end;
    return search->found(search->context, &hit);
}

static int search_text(Search *search) {
    /* 1: a digit may begin here; 2: an @ */
    static const unsigned char stops[256] = {
        ['0'] = 1, ['1'] = 1, ['2'] = 1, ['3'] = 1,  ['4'] = 1,  ['5'] = 1,  ['6'] = 1, ['7'] = 1,
        ['8'] = 1, ['9'] = 1, ['@'] = 2, [0xB2] = 1, [0xE2] = 1, [0xEF] = 1, [0xF0] = 1};
    SitoText text = search->text;
    for (size_t i = 0; i < text.size;) {
        unsigned char stop = stops[(unsigned char)text.data[i]];
        size_t next = i + 1;
        if (stop == 2) {
            int rc = try_email(search, i);
            if (rc != SITO_OK) {
                return rc;
            }
        } else if (stop == 1 && sign_at(text, i, &next) == SIGN_DIGIT) {
            Phrase phrase;
            read_phrase(text, i, &phrase);
            int rc = try_phrase(search, &phrase);
            if (rc != SITO_OK) {
                return rc;
            }
            next = phrase.end;
        }
        i = next > search->done ? next : search->done;
    }
    return SITO_OK;
}

int sito_identity_find(SitoText text, int (*found)(void *context, const SitoHit *hit),
                       void *context) {
    Search search = {.text = text, .found = found, .context = context};
    return search_text(&search);
}

static int note_kind(void *kinds, const SitoHit *hit) {
    *(uint32_t *)kinds |= SITO_KIND(hit->kind);
    return SITO_OK;
}

uint32_t sito_find_kinds(SitoText text, uint32_t *shaped) {
    uint32_t kinds = 0;
    Search search = {.text = text, .found = note_kind, .context = &kinds};
    (void)search_text(&search); /* note_kind never ends it */
    *shaped |= search.shaped | kinds;
    return kinds;
}

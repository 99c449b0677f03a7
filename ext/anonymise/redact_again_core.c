/*
** What was masked once is masked wherever it stands: surnames in every case, first names, numbers, dates of birth.
**
** R1  A capitalised word that is a case of a known surname. Where an official has the name, too, it asks. A name
**     that is a word of places or of the calendar only behind Pan or Pani.
** R3  A first name that stands alone in a sentence is in doubt; the first of a couple (Krystyna i Jan Malinowscy)
**     is not.
** R2  Numbers of six digits and more, however they are grouped; a telephone number without its country.
*/
#include <stdlib.h>
#include <string.h>

#include "identity/identity.h"
#include "redact_find.h"

static const AnonWord *word_at(const AnonPass *pass, size_t i) {
    return &pass->words.items[i];
}

/* A list of spans that are walked from left to right. */
typedef struct Walk {
    const AnonSpans *spans;
    size_t next;
} Walk;

static bool is_covered(Walk *walk, const AnonWord *word) {
    while (walk->next < walk->spans->count && walk->spans->items[walk->next].end <= word->start) {
        walk->next++;
    }
    return walk->next < walk->spans->count && walk->spans->items[walk->next].start < word->end;
}

static bool is_behind_place(const AnonPass *pass, size_t i) {
    static const char *const words[] = {"w",      "we",       "gmina",        "gminie", "gminy",
                                        "miasto", "mieście",  "wsi",          "wieś",   "gm",
                                        "powiat", "powiecie", "miejscowości", "m",      "pow"};
    for (size_t w = 0; i > 0 && w < SITO_COUNT(words); w++) {
        if (anon_word_is(&pass->words, i - 1, words[w])) {
            return true;
        }
    }
    return false;
}

static bool is_polite_before(const AnonPass *pass, size_t i) {
    return i > 0 && (word_at(pass, i - 1)->is & WORD_POLITE) != 0;
}

/* Krystyna i Jan Malinowscy, Wacława i Haliny: one of two. */
static bool is_of_couple(const AnonPass *pass, size_t i) {
    bool joined =
        anon_word_is(&pass->words, i + 1, "i") || anon_word_is(&pass->words, i + 1, "oraz");
    bool second = i > 1 && anon_word_is(&pass->words, i - 1, "i") &&
                  word_at(pass, i - 2)->capital &&
                  (word_at(pass, i - 2)->signs & SITO_WORD_FIRST_NAME) != 0 &&
                  ((word_at(pass, i - 1)->gap | word_at(pass, i)->gap) & ~(uint32_t)GAP_BLANK) == 0;
    if (second) {
        return true; /* s. Wacława i Haliny */
    }
    return joined && i + 2 < pass->words.count && word_at(pass, i + 2)->capital &&
           (word_at(pass, i + 2)->signs & SITO_WORD_FIRST_NAME) != 0 &&
           ((word_at(pass, i + 1)->gap | word_at(pass, i + 2)->gap) & ~(uint32_t)GAP_BLANK) == 0;
}

/* A first name in the middle of a sentence that no other capitalised word stands beside (R3). */
static bool stands_alone(const AnonPass *pass, size_t i) {
    static const char *const words[] = {"marka",  "marki", "pola",   "poli",   "maja", "wita",
                                        "wit",    "lech",  "róża",   "róży",   "roma", "kalina",
                                        "jagoda", "laura", "stella", "alberta"};
    const uint32_t blank = GAP_BLANK, joins = GAP_BLANK | GAP_COMMA | GAP_OPEN | GAP_COLON;
    bool next = i + 1 < pass->words.count && (word_at(pass, i + 1)->gap & ~blank) == 0 &&
                (word_at(pass, i + 1)->capital || (word_at(pass, i + 1)->is & WORD_NUMBER) != 0);
    bool before =
        i > 0 && (word_at(pass, i - 1)->capital || (word_at(pass, i - 1)->is & WORD_NUMBER) != 0);
    if (i == 0 || next || before || (word_at(pass, i)->gap & ~joins) != 0 ||
        word_at(pass, i)->caps) {
        return false;
    }
    for (size_t w = 0; w < SITO_COUNT(words); w++) {
        if (anon_word_is(&pass->words, i, words[w])) {
            return false;
        }
    }
    return true;
}

/* R1; the action for a word, or ANON_REDACTION_KINDS for none. */
static bool judge_word(const AnonPass *pass, size_t i, AnonSpan *span) {
    const AnonWord *word = word_at(pass, i);
    if (!word->capital || word->initial || word->size < 3 || (word->is & WORD_NUMBER) != 0) {
        return false;
    }
    AnonKnownEntry entry = anon_known_find(&pass->known, anon_word_lower(&pass->words, i));
    bool first = (word->signs & SITO_WORD_FIRST_NAME) != 0;
    bool hidden = (entry.bits & KNOWN_PRIVATE) != 0;
    bool stays = (entry.bits & KNOWN_STAYS) != 0;
    bool given = (entry.bits & KNOWN_FIRST) != 0 && (entry.bits & KNOWN_FIRST_STAYS) == 0;
    bool polite = is_polite_before(pass, i);
    bool couple = first && is_of_couple(pass, i);
    bool alone = first && stands_alone(pass, i);
    bool ordinary = (word->signs & (SITO_WORD_NO_NAME | SITO_WORD_MONTH)) != 0 && !first;
    if ((!hidden && !stays && !given && !couple && !alone) || (ordinary && !polite) ||
        (is_behind_place(pass, i) && !polite) || anon_is_firm(pass, i)) {
        return false;
    }
    bool keep = stays && !hidden && !given && !couple;
    bool doubt = (stays && hidden) || (alone && !hidden && !given && !couple && !keep);
    *span = (AnonSpan){.start = word->start,
                       .end = word->end,
                       .kind = ANON_NAME,
                       .action = keep ? ANON_KEEP : ANON_MASK,
                       .reason = keep    ? (AnonReason)entry.reason
                                 : doubt ? ANON_DOUBT
                                         : ANON_REPEATED,
                       .needs_decision = doubt};
    return true;
}

/* Mój syn, Piotruś Nowak: in the middle of a sentence a capitalised word that means nothing else, in front of a
** masked surname, is a first name that no list has. */
static bool is_name_before(const AnonPass *pass, size_t i) {
    const uint32_t joins = GAP_BLANK | GAP_COMMA | GAP_OPEN | GAP_COLON;
    const AnonWord *word = word_at(pass, i), *before = i == 0 ? NULL : word_at(pass, i - 1);
    return i > 1 && word->gap == GAP_BLANK && (word->signs & SITO_WORD_FIRST_NAME) == 0 &&
           before->capital && !before->caps && !before->initial && !before->roman &&
           before->size >= 3 && before->is == 0 &&
           (before->signs & (SITO_WORD_NO_NAME | SITO_WORD_MONTH)) == 0 &&
           (before->gap & ~joins) == 0;
}

/* The other halves of a double name belong to it. */
static size_t with_halves(const AnonPass *pass, size_t i, AnonSpan *span) {
    size_t first = i, last = i;
    while (first > 0 && word_at(pass, first)->gap == GAP_HYPHEN &&
           word_at(pass, first - 1)->capital) {
        first--;
    }
    while (last + 1 < pass->words.count && word_at(pass, last + 1)->gap == GAP_HYPHEN &&
           word_at(pass, last + 1)->capital) {
        last++;
    }
    span->start = word_at(pass, first)->start;
    span->end = word_at(pass, last)->end;
    return last;
}

int anon_find_again(AnonPass *pass) {
    Walk things = {&pass->things, 0};
    size_t person = 0;
    int rc = SITO_OK;
    for (size_t i = 0; i < pass->words.count && rc == SITO_OK; i++) {
        AnonSpan span;
        while (person < pass->people.count && pass->people.items[person].last < i) {
            person++;
        }
        bool inside = person < pass->people.count && pass->people.items[person].first <= i;
        if (!inside && !is_covered(&things, word_at(pass, i)) && judge_word(pass, i, &span)) {
            bool named = span.action == ANON_MASK && is_name_before(pass, i) &&
                         (pass->people.count == 0 || person == 0 ||
                          pass->people.items[person - 1].last < i - 1);
            size_t before = i - 1;
            i = with_halves(pass, i, &span);
            if (named) {
                span.start = word_at(pass, before)->start;
                span.reason = ANON_DOUBT;
                span.needs_decision = true;
            }
            rc = anon_span_add(&pass->found, span);
        }
    }
    return rc;
}

/* ---- R2 ---- */

enum { FEWEST = 6, MOST = 26, NATIONAL = 9, MOST_WORDS = 14 };

typedef struct Number {
    uint64_t key;
    AnonKind kind;
    bool doubt;
} Number;

typedef struct Numbers {
    Number *items;
    size_t count, capacity;
} Numbers;

static uint64_t key_of(const char *digits, size_t size) {
    return sito_hash128(digits, size).low;
}

static int add_number(Numbers *numbers, const char *digits, size_t size, const AnonSpan *span) {
    void *items = numbers->items;
    int rc = sito_grow(&items, &numbers->capacity, numbers->count + 1, sizeof *numbers->items,
                       ANON_MOST_SPANS);
    numbers->items = items;
    if (rc == SITO_OK) {
        numbers->items[numbers->count++] =
            (Number){key_of(digits, size), span->kind, span->needs_decision};
    }
    return rc;
}

/* The digits of a span; of a date with the name of its month the digits and that name; 0: something else. */
static size_t digits_of(const AnonPass *pass, const AnonSpan *span, char digits[MOST + 1]) {
    size_t size = 0;
    for (size_t i = anon_word_at(&pass->words, span->start);
         i < pass->words.count && word_at(pass, i)->end <= span->end; i++) {
        const AnonWord *word = word_at(pass, i);
        bool month = (word->signs & SITO_WORD_MONTH) != 0 && span->kind == ANON_BIRTH_DATE;
        size_t length = month ? 3 : word->end - word->start;
        if ((!month && (word->is & WORD_NUMBER) == 0) || size + length > MOST) {
            return 0;
        }
        memcpy(digits + size,
               month ? anon_word_lower(&pass->words, i) : pass->text.data + word->start, length);
        size += length;
    }
    return size;
}

static bool is_numeric(AnonKind kind) {
    return kind <= ANON_PLATE || kind == ANON_BIRTH_DATE || kind == ANON_DOCUMENT;
}

static int collect(const AnonPass *pass, Numbers *numbers) {
    int rc = SITO_OK;
    for (size_t i = 0; i < pass->found.count && rc == SITO_OK; i++) {
        const AnonSpan *span = &pass->found.items[i];
        char digits[MOST + 1];
        if (span->action == ANON_KEEP || !is_numeric(span->kind) || span->kind == ANON_EMAIL) {
            continue;
        }
        size_t size = digits_of(pass, span, digits);
        size_t skip = span->kind == ANON_PHONE && size > NATIONAL ? size - NATIONAL : 0;
        if (size >= FEWEST) {
            rc = add_number(numbers, digits + skip, size - skip, span);
        }
    }
    return rc;
}

static int compare_keys(const void *a, const void *b) {
    const Number *x = a, *y = b;
    return x->key < y->key ? -1 : x->key > y->key;
}

static int compare_numbers(const void *a, const void *b) {
    const Number *x = a, *y = b;
    return x->key != y->key ? (x->key < y->key ? -1 : 1) : (int)x->doubt - (int)y->doubt;
}

/* The longest known number that begins with word i; its last word. */
static const Number *number_at(const AnonPass *pass, const Numbers *numbers, size_t i,
                               size_t *last) {
    const uint32_t joins =
        GAP_BLANK | GAP_HYPHEN | GAP_DASH | GAP_STOP | GAP_SLASH | GAP_OPEN | GAP_CLOSE | GAP_LINE;
    const Number *best = NULL;
    char digits[MOST + 1];
    size_t size = 0;
    for (size_t n = i; n < pass->words.count && n < i + MOST_WORDS; n++) {
        const AnonWord *word = word_at(pass, n);
        bool month = (word->signs & SITO_WORD_MONTH) != 0 && n == i + 1;
        bool fits = (word->is & WORD_NUMBER) != 0 || month;
        size_t length = month ? 3 : word->end - word->start;
        if (!fits || size + length > MOST ||
            (n > i && ((word->gap & ~joins) != 0 || word->start - word_at(pass, n - 1)->end > 3))) {
            break;
        }
        memcpy(digits + size,
               month ? anon_word_lower(&pass->words, n) : pass->text.data + word->start, length);
        size += length;
        Number key = {.key = size >= FEWEST ? key_of(digits, size) : 0};
        const Number *known = size < FEWEST ? NULL
                                            : bsearch(&key, numbers->items, numbers->count,
                                                      sizeof *numbers->items, compare_keys);
        best = known != NULL ? known : best;
        *last = known != NULL ? n : *last;
    }
    return best;
}

int anon_find_same_numbers(AnonPass *pass) {
    Numbers numbers = {.count = 0};
    int rc = collect(pass, &numbers);
    if (rc == SITO_OK && numbers.count > 0) {
        qsort(numbers.items, numbers.count, sizeof *numbers.items, compare_numbers);
    }
    for (size_t i = 0; i < pass->words.count && numbers.count > 0 && rc == SITO_OK; i++) {
        size_t last = i;
        const Number *known =
            (word_at(pass, i)->is & WORD_NUMBER) == 0 ? NULL : number_at(pass, &numbers, i, &last);
        if (known != NULL) {
            rc = anon_span_add(&pass->found,
                               (AnonSpan){.start = word_at(pass, i)->start,
                                          .end = word_at(pass, last)->end,
                                          .kind = known->kind,
                                          .reason = known->doubt ? ANON_DOUBT : ANON_REPEATED,
                                          .needs_decision = known->doubt});
            i = last;
        }
    }
    sito_free(numbers.items);
    return rc;
}

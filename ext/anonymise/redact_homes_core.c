/*
** Where people live: what follows zam., zamieszkały, mieszka, adres zamieszkania; and the town beside a street.
**
**   zam. Wola Zaradzyńska 15, 95-054 Ksawerów · zamieszkała w Łodzi przy ul. Zgierskiej 12 · Łódź, ul. Zgierska 12
**
** R1  Behind such a word the names, numbers and words of an address are masked as far as they go (§ 4 (1) 4: town,
**     code, street, building, flat); words that only join them (w, przy, we wsi) stay and part the spans.
** R2  Of addresses that identity found the town in front and behind belongs to them.
** R3  A mobile number is one also without a word for it: of nine digits, or three times three, and no amount.
*/
#include <string.h>

#include "identity/identity.h"
#include "redact_find.h"

enum { MOST_WORDS = 30 };

static const AnonWord *word_at(const AnonPass *pass, size_t i) {
    return &pass->words.items[i];
}

static bool is(const AnonPass *pass, size_t i, uint32_t bits) {
    return i < pass->words.count && (word_at(pass, i)->is & bits) != 0;
}

static bool is_one_of(const AnonPass *pass, size_t i, const char *const *words, size_t count) {
    for (size_t w = 0; w < count; w++) {
        if (anon_word_is(&pass->words, i, words[w])) {
            return true;
        }
    }
    return false;
}

/* Words that join the parts of an address. */
static bool joins(const AnonPass *pass, size_t i) {
    static const char *const words[] = {
        "w",           "we",       "wsi",     "wieś",         "przy",
        "pod",         "gmina",    "gm",      "gminie",       "pow",
        "powiat",      "powiecie", "woj",     "miejscowości", "na",
        "adresem",     "adres",    "adresu",  "nr",           "numer",
        "miejscowość", "stale",    "stałe",   "zamieszkania", "zameldowania",
        "do",          "mieście",  "dawniej", "obecnie",      "korespondencji",
        "stały",       "doręczeń", "ulicy",   "tymczasowo"};
    return is_one_of(pass, i, words, SITO_COUNT(words)) || is(pass, i, WORD_HOME);
}

static bool is_flat(const AnonPass *pass, size_t i) {
    static const char *const words[] = {"m",     "lok",    "mieszkanie", "mieszkania",
                                        "lokal", "lokalu", "kl",         "klatka"};
    return is_one_of(pass, i, words, SITO_COUNT(words));
}

/* A number that is a date or a quantity, not of a house. */
static bool is_date(const AnonPass *pass, size_t i) {
    size_t next = i + 1;
    if (next >= pass->words.count) {
        return false;
    }
    const AnonWord *behind = word_at(pass, next);
    bool month = (behind->signs & SITO_WORD_MONTH) != 0 && !behind->capital;
    bool dotted = behind->gap == GAP_STOP && (behind->is & WORD_NUMBER) != 0 &&
                  behind->start == word_at(pass, i)->end + 1;
    return month || dotted;
}

static bool ends_before(const AnonPass *pass, size_t i) {
    static const char *const words[] = {
        "pesel",        "nip",   "regon", "tel", "telefon", "legitymujący",
        "legitymująca", "seria", "dowód", "e",   "email",   "nr"};
    const uint32_t never = WORD_POLITE | WORD_ROLE | WORD_FUNCTION | WORD_OFFICE | WORD_FAMILY |
                           WORD_PAPER | WORD_LEGAL;
    return is(pass, i, never) || is_one_of(pass, i, words, SITO_COUNT(words));
}

/* 90-926 */
static bool is_code(const AnonPass *pass, size_t i) {
    return is(pass, i, WORD_NUMBER) && is(pass, i + 1, WORD_NUMBER) &&
           word_at(pass, i + 1)->gap == GAP_HYPHEN &&
           word_at(pass, i)->end - word_at(pass, i)->start == 2 &&
           word_at(pass, i + 1)->end - word_at(pass, i + 1)->start == 3;
}

/* The gap in front of word i lets the address go on. */
static bool goes_on(const AnonPass *pass, size_t i, bool begun) {
    uint32_t gap = word_at(pass, i)->gap;
    const AnonWord *before = word_at(pass, i - 1);
    const uint32_t never = GAP_PARAGRAPH | GAP_SEMICOLON | GAP_PIPE | GAP_MARK | GAP_QUOTE;
    bool number = is(pass, i, WORD_NUMBER), street = is(pass, i, WORD_STREET);
    bool short_word = before->end - before->start <= 3 && !is(pass, i - 1, WORD_NUMBER);
    bool bracket = (gap & GAP_OPEN) != 0
                       ? !is_code(pass, i)
                       : (gap & GAP_CLOSE) != 0 && (i < 2 || !is_code(pass, i - 2));
    if ((gap & never) != 0 || bracket ||
        (begun && (gap & (GAP_COLON | GAP_DASH)) != 0 && gap != GAP_DASH)) {
        return false;
    }
    if ((gap & GAP_STOP) != 0 && !short_word && !(is(pass, i - 1, WORD_STREET) || !begun)) {
        return false;
    }
    bool split = is(pass, i - 1, WORD_STREET) || is_flat(pass, i - 1);
    return (gap & GAP_LINE) == 0 || !begun || number || street || split;
}

/* A word of an address. */
static bool belongs(const AnonPass *pass, size_t i, bool begun) {
    const AnonWord *word = word_at(pass, i);
    if (is(pass, i, WORD_NUMBER)) {
        return !is_date(pass, i);
    }
    if (is(pass, i, WORD_STREET) || (begun && is_flat(pass, i))) {
        return true;
    }
    bool letter = word->end - word->start == 1 && is(pass, i - 1, WORD_NUMBER) &&
                  (word->gap & ~(uint32_t)GAP_BLANK) == 0;
    bool behind_comma = (word->gap & GAP_COMMA) != 0;
    bool other_person = begun && behind_comma && (word->signs & SITO_WORD_NOMINATIVE) != 0;
    return letter ? word->capital || word->gap == 0
                  : word->capital && !ends_before(pass, i) && !other_person;
}

static int add_address(AnonPass *pass, size_t first, size_t last) {
    while (last > first && is_flat(pass, last)) {
        last--;
    }
    return anon_span_add(&pass->hits, (AnonSpan){.start = word_at(pass, first)->start,
                                                 .end = word_at(pass, last)->end,
                                                 .kind = ANON_ADDRESS,
                                                 .reason = ANON_PERSONAL,
                                                 .decided = true});
}

/* R1: what follows the word `lead`. */
static int read_home(AnonPass *pass, size_t lead, size_t *behind) {
    size_t first = 0, i = lead + 1;
    bool begun = false;
    int rc = SITO_OK;
    for (size_t steps = 0; i < pass->words.count && steps < MOST_WORDS && rc == SITO_OK;
         i++, steps++) {
        if (!goes_on(pass, i, begun)) {
            break;
        }
        bool part = belongs(pass, i, begun) && !(joins(pass, i) && !word_at(pass, i)->capital);
        if (part) {
            first = first == 0 ? i : first;
            begun = true;
            continue;
        }
        bool place = !begun && anon_word_is(&pass->words, i, "m"); /* w m. Ozorków */
        if (!joins(pass, i) && !place) {
            break;
        }
        if (first > 0) {
            rc = add_address(pass, first, i - 1);
            first = 0;
        }
    }
    *behind = i;
    return rc == SITO_OK && first > 0 ? add_address(pass, first, i - 1) : rc;
}

static bool leads(const AnonPass *pass, size_t i) {
    bool label = anon_word_is(&pass->words, i, "adres") && i + 1 < pass->words.count &&
                 (word_at(pass, i + 1)->gap & GAP_COLON) != 0;
    return is(pass, i, WORD_HOME) || label;
}

/* ---- R2 ---- */

static bool is_town(const AnonPass *pass, size_t i) {
    const AnonWord *word = word_at(pass, i);
    return word->capital && !ends_before(pass, i) && (word->signs & SITO_WORD_FIRST_NAME) == 0 &&
           word->size > 2 && !word->roman;
}

/* Łódź, ul. Zgierska 12; 90-001 Łódź, ul. … */
static size_t with_town_before(const AnonPass *pass, size_t start) {
    size_t i = anon_word_at(&pass->words, start);
    if (i == 0 || i >= pass->words.count || (word_at(pass, i)->gap & GAP_COMMA) == 0 ||
        (word_at(pass, i)->gap & (GAP_LINE | GAP_STOP)) != 0 || !is_town(pass, i - 1)) {
        return start;
    }
    size_t town = i - 1;
    bool code = town >= 2 && is(pass, town - 1, WORD_NUMBER) && is(pass, town - 2, WORD_NUMBER) &&
                word_at(pass, town - 1)->gap == GAP_HYPHEN;
    bool begins = (word_at(pass, town)->gap & (GAP_COMMA | GAP_LINE | GAP_COLON)) != 0;
    return code ? word_at(pass, town - 2)->start : begins ? word_at(pass, town)->start : start;
}

/* ul. Zgierska 12, Łódź */
static size_t with_town_behind(const AnonPass *pass, size_t end) {
    size_t i = anon_word_at(&pass->words, end);
    if (i >= pass->words.count ||
        (word_at(pass, i)->gap & ~(uint32_t)(GAP_COMMA | GAP_BLANK)) != 0 ||
        (word_at(pass, i)->gap & GAP_COMMA) == 0 || !is_town(pass, i) || word_at(pass, i)->caps) {
        return end;
    }
    bool last =
        i + 1 == pass->words.count ||
        (word_at(pass, i + 1)->gap & (GAP_LINE | GAP_COMMA | GAP_STOP | GAP_SEMICOLON)) != 0;
    return last ? word_at(pass, i)->end : end;
}

/* ---- R3 ---- */

static bool is_number_of(const AnonPass *pass, size_t i, size_t digits) {
    return is(pass, i, WORD_NUMBER) && word_at(pass, i)->end - word_at(pass, i)->start == digits;
}

/* An amount or a part of a longer number. */
static bool goes_further(const AnonPass *pass, size_t first, size_t last) {
    static const char *const units[] = {"zł",  "tys", "mln", "pln", "euro",
                                        "eur", "usd", "m",   "szt"};
    const uint32_t ties = GAP_BLANK | GAP_HYPHEN | GAP_DASH | GAP_COMMA | GAP_STOP | GAP_SLASH;
    const AnonWord *word = word_at(pass, first);
    bool before = first > 0 &&
                  (is(pass, first - 1, WORD_NUMBER) || word->gap == 0 || word->gap == GAP_HYPHEN ||
                   word->gap == GAP_SLASH) &&
                  (word->gap & ~ties) == 0;
    size_t next = last + 1;
    if (before || next >= pass->words.count) {
        return before;
    }
    uint32_t gap = word_at(pass, next)->gap;
    bool number = is(pass, next, WORD_NUMBER) && (gap & ~ties) == 0;
    return number || gap == 0 ||
           (gap == GAP_BLANK && is_one_of(pass, next, units, SITO_COUNT(units)));
}

/* 601 602 603 and 601602603: a mobile number also where no word announces it. */
static int find_mobile(AnonPass *pass, size_t i) {
    static const char *const prefixes[] = {"45", "50", "51", "53", "57", "60", "66",
                                           "69", "72", "73", "78", "79", "88"};
    bool threes = is_number_of(pass, i, 3) && is_number_of(pass, i + 1, 3) &&
                  is_number_of(pass, i + 2, 3) && word_at(pass, i + 1)->gap == GAP_BLANK &&
                  word_at(pass, i + 2)->gap == GAP_BLANK;
    size_t last = threes ? i + 2 : i;
    bool mobile = false;
    for (size_t p = 0; (threes || is_number_of(pass, i, 9)) && p < SITO_COUNT(prefixes); p++) {
        mobile = mobile || memcmp(pass->text.data + word_at(pass, i)->start, prefixes[p], 2) == 0;
    }
    return !mobile || goes_further(pass, i, last)
               ? SITO_OK
               : anon_span_add(&pass->hits, (AnonSpan){.start = word_at(pass, i)->start,
                                                       .end = word_at(pass, last)->end,
                                                       .kind = ANON_PHONE,
                                                       .reason = ANON_PERSONAL});
}

int anon_find_homes(AnonPass *pass) {
    int rc = SITO_OK;
    for (size_t i = 0; i < pass->hits.count; i++) {
        AnonSpan *hit = &pass->hits.items[i];
        if (hit->kind == ANON_ADDRESS) {
            hit->start = with_town_before(pass, hit->start);
            hit->end = with_town_behind(pass, hit->end);
        }
    }
    for (size_t i = 0; i < pass->words.count && rc == SITO_OK;) {
        size_t behind = i + 1;
        rc = leads(pass, i)             ? read_home(pass, i, &behind)
             : is(pass, i, WORD_NUMBER) ? find_mobile(pass, i)
                                        : SITO_OK;
        i = behind;
    }
    return rc;
}

/*
** Points 8 to 10 of § 3 (4): health, origin, faith, party, convictions, the situation of a person. A dictionary points at
** such words; a person decides.
**
** R1  Only where the text speaks of a natural person: one who is masked, or who speaks of himself (jestem, moja).
** R2  The words of programmes and offices (capitals inside a sentence) and of groups (osób niepełnosprawnych) are
**     nobody's.
** R3  Words that follow each other are one span; an income goes on as far as its amount.
*/
#include <string.h>

#include "identity/identity.h"
#include "redact_find.h"

typedef struct Stem {
    const char *beginning, *next; /* next: how the word behind it begins; NULL: any */
    AnonKind kind;
} Stem;

static const Stem stems[] = {
    {"bezrobot", NULL, ANON_SITUATION},  {"zasiłk", NULL, ANON_SITUATION},
    {"zasiłek", NULL, ANON_SITUATION},   {"alimen", NULL, ANON_SITUATION},
    {"zadłuż", NULL, ANON_SITUATION},    {"dochód", NULL, ANON_SITUATION},
    {"dochodu", NULL, ANON_SITUATION},   {"dochody", NULL, ANON_SITUATION},
    {"dochodem", NULL, ANON_SITUATION},  {"dochodów", NULL, ANON_SITUATION},
    {"dochodach", NULL, ANON_SITUATION}, {"eksmisj", NULL, ANON_SITUATION},
    {"bezdomn", NULL, ANON_SITUATION},   {"ubóstw", NULL, ANON_SITUATION},
    {"zarob", NULL, ANON_SITUATION},     {"zarabia", NULL, ANON_SITUATION},
    {"rencie", NULL, ANON_SITUATION},    {"rentę", NULL, ANON_SITUATION},
    {"renty", NULL, ANON_SITUATION},     {"renta", NULL, ANON_SITUATION},
    {"emerytur", NULL, ANON_SITUATION},  {"rencist", NULL, ANON_SITUATION},
    {"zapomog", NULL, ANON_SITUATION},   {"wielodzietn", NULL, ANON_SITUATION},
    {"komornicz", NULL, ANON_SITUATION}, {"partii", "polit", ANON_POLITICS},
    {"członk", "partii", ANON_POLITICS}, {"żydowsk", NULL, ANON_ORIGIN},
    {"ciemnoskór", NULL, ANON_ORIGIN},   {"schorze", NULL, ANON_HEALTH},
    {"niezdoln", "do", ANON_HEALTH},     {"przemoc", "w", ANON_SITUATION},
    {"przemoc", "dom", ANON_SITUATION},  {"upadłoś", NULL, ANON_SITUATION},
    {"zwolnieni", "lekar", ANON_HEALTH}, {"hospitaliz", NULL, ANON_HEALTH},
    {"wózku", NULL, ANON_HEALTH},        {"nadużywa", "alkohol", ANON_HEALTH},
    {"bez", "pracy", ANON_SITUATION},    {"rozwod", NULL, ANON_SITUATION},
    {"rozwied", NULL, ANON_SITUATION},   {"operacj", "serc", ANON_HEALTH},
    {"zawał", NULL, ANON_HEALTH},        {"zawale", NULL, ANON_HEALTH},
    {"udar", NULL, ANON_HEALTH},         {"nowotwór", NULL, ANON_HEALTH},
    {"rak", "a", ANON_HEALTH},
};

static const AnonWord *word_at(const AnonPass *pass, size_t i) {
    return &pass->words.items[i];
}

static bool begins_with(const AnonPass *pass, size_t i, const char *beginning) {
    return i < pass->words.count &&
           strncmp(anon_word_lower(&pass->words, i), beginning, strlen(beginning)) == 0;
}

static AnonKind kind_of_bits(unsigned bits) {
    static const AnonKind kinds[SPECIAL_CATEGORIES] = {
        [SPECIAL_HEALTH] = ANON_HEALTH,        [SPECIAL_RELIGION] = ANON_RELIGION,
        [SPECIAL_ORIGIN] = ANON_ORIGIN,        [SPECIAL_POLITICS] = ANON_POLITICS,
        [SPECIAL_UNION] = ANON_UNION,          [SPECIAL_SEXUALITY] = ANON_SEXUALITY,
        [SPECIAL_CONVICTION] = ANON_CONVICTION};
    for (int category = 0; category < SPECIAL_CATEGORIES; category++) {
        if ((bits & SITO_SPECIAL(category)) != 0) {
            return kinds[category];
        }
    }
    return ANON_REDACTION_KINDS;
}

/* The kind of the word at i and *last, the last word of it. */
static AnonKind kind_at(const AnonPass *pass, size_t i, size_t *last) {
    const AnonWord *word = word_at(pass, i);
    *last = i;
    for (size_t s = 0; s < SITO_COUNT(stems); s++) {
        if (begins_with(pass, i, stems[s].beginning) &&
            (stems[s].next == NULL || begins_with(pass, i + 1, stems[s].next))) {
            *last = i + (stems[s].next != NULL && strlen(stems[s].next) > 2);
            return stems[s].kind;
        }
    }
    SitoText one = {pass->text.data + word->start, word->end - word->start};
    AnonKind kind = kind_of_bits(sito_special_look(one));
    bool next = kind == ANON_REDACTION_KINDS && i + 1 < pass->words.count &&
                (word_at(pass, i + 1)->gap & ~(uint32_t)GAP_BLANK) == 0;
    if (next) {
        SitoText two = {one.data, word_at(pass, i + 1)->end - word->start};
        SitoText second = {pass->text.data + word_at(pass, i + 1)->start,
                           word_at(pass, i + 1)->end - word_at(pass, i + 1)->start};
        unsigned bits = sito_special_look(two) & ~sito_special_look(second);
        kind = kind_of_bits(bits);
        *last = kind == ANON_REDACTION_KINDS ? i : i + 1;
    }
    return kind;
}

/* R2 */
static bool is_general(const AnonPass *pass, size_t i, size_t last) {
    const AnonWord *word = word_at(pass, i);
    bool sentence = (word->gap & (GAP_LINE | GAP_STOP | GAP_COLON | GAP_PARAGRAPH)) != 0;
    bool caps_text = word->caps && i > 0 && word_at(pass, i - 1)->caps;
    bool illness = begins_with(pass, i, "asperger") || begins_with(pass, i, "parkinson") ||
                   begins_with(pass, i, "alzheimer");
    if (word->capital && !sentence && !caps_text && !illness) {
        return true;
    }
    bool group =
        i > 0 && (begins_with(pass, i - 1, "osób") || begins_with(pass, i - 1, "osobom") ||
                  begins_with(pass, i - 1, "osobami") || begins_with(pass, i - 1, "rzecz"));
    bool group_with =
        i > 1 && anon_word_is(&pass->words, i - 1, "z") && begins_with(pass, i - 2, "os");
    bool body = word_at(pass, last)->capital && !sentence && !caps_text && !illness;
    return group || group_with || body || begins_with(pass, i - (i > 0), "ustaw");
}

/* R3: dochód w wysokości 1 250,00 zł */
static size_t with_amount(const AnonPass *pass, size_t last) {
    bool number = false;
    for (size_t i = last + 1; i < pass->words.count && i < last + 12; i++) {
        const AnonWord *word = word_at(pass, i);
        bool money = anon_word_is(&pass->words, i, "zł") || begins_with(pass, i, "złot") ||
                     anon_word_is(&pass->words, i, "pln");
        bool decimal =
            (word->is & WORD_NUMBER) != 0 && (word_at(pass, i - 1)->is & WORD_NUMBER) != 0;
        if ((word->gap & (GAP_SEMICOLON | GAP_PARAGRAPH | GAP_MARK | GAP_LINE)) != 0 ||
            ((word->gap & GAP_COMMA) != 0 && !decimal) ||
            ((word->gap & GAP_STOP) != 0 && (word->is & WORD_NUMBER) == 0)) {
            return last;
        }
        if (money && number) {
            return i;
        }
        number = number || (word->is & WORD_NUMBER) != 0;
    }
    return last;
}

/* R1 */
static bool speaks_of_persons(const AnonPass *pass) {
    for (size_t i = 0; i < pass->found.count; i++) {
        const AnonSpan *span = &pass->found.items[i];
        if (span->action == ANON_MASK && span->kind != ANON_CUSTOM && !span->needs_decision) {
            return true;
        }
    }
    for (size_t i = 0; i < pass->words.count; i++) {
        if (anon_word_is(&pass->words, i, "jestem") || anon_word_is(&pass->words, i, "mam") ||
            anon_word_is(&pass->words, i, "mój") || begins_with(pass, i, "moj")) {
            return true;
        }
    }
    return false;
}

int anon_find_attention(AnonPass *pass) {
    int rc = SITO_OK;
    if (!speaks_of_persons(pass)) {
        return SITO_OK;
    }
    for (size_t i = 0; i < pass->words.count && rc == SITO_OK; i++) {
        size_t last = i, next;
        AnonKind kind = (word_at(pass, i)->is & WORD_NUMBER) != 0 ? ANON_REDACTION_KINDS
                                                                  : kind_at(pass, i, &last);
        if (kind == ANON_REDACTION_KINDS || is_general(pass, i, last)) {
            continue;
        }
        while (last + 1 < pass->words.count &&
               (word_at(pass, last + 1)->gap & ~(uint32_t)GAP_BLANK) == 0 &&
               kind_at(pass, last + 1, &next) == kind) {
            last = next;
        }
        last = kind == ANON_SITUATION ? with_amount(pass, last) : last;
        rc = anon_span_add(&pass->found, (AnonSpan){.start = word_at(pass, i)->start,
                                                    .end = word_at(pass, last)->end,
                                                    .kind = kind,
                                                    .action = ANON_DECIDE,
                                                    .reason = ANON_ATTENTION,
                                                    .needs_decision = true});
        i = last;
    }
    return rc;
}

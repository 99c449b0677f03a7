/*
** Names of people in a document: runs of capitalised words, judged by what they are and what stands in front.
**
**   Pani Annie Nowakównie · Skarżący: Gniewko Bździuch · KOWALSKA-LIS ANNA · J. Kowalski · Teresa K. · A.W.
**
** R1  A run may go on over the end of a line as long as no surname was in it.
** R2  What a run is worth tells redact_worth_core.c.
** R3  Not people: those after whom streets, schools and the like are called, saints, rulers; the words of offices.
** R4  What identity finds and this file does not is added, so that searching the result with either shows nothing.
*/
#include <stdlib.h>
#include <string.h>

#include "identity/identity.h"
#include "redact_worth.h"

enum { MOST_PARTS = 6, MOST_PEOPLE = 1 << 22, WIDEST_GAP = 5 };

static const AnonWord *word_at(const AnonPass *pass, size_t i) {
    return &pass->words.items[i];
}

static bool is_first(const AnonWord *word) {
    return (word->signs & SITO_WORD_FIRST_NAME) != 0;
}

static bool has_number_next(const AnonPass *pass, size_t i) {
    return i + 1 < pass->words.count && (word_at(pass, i + 1)->is & WORD_NUMBER) != 0 &&
           (word_at(pass, i + 1)->gap & ~(uint32_t)GAP_BLANK) == 0;
}

/* Words that no name holds. */
static bool is_stop(const AnonPass *pass, size_t i) {
    const AnonWord *word = word_at(pass, i);
    const uint32_t never = WORD_FUNCTION | WORD_DOUBTFUL | WORD_POLITE | WORD_STREET | WORD_OFFICE |
                           WORD_LEGAL | WORD_ROLE | WORD_HOME | WORD_PAPER | WORD_ENDS |
                           WORD_ACADEMIC | WORD_CITY;
    bool month = (word->signs & SITO_WORD_MONTH) != 0 && has_number_next(pass, i);
    if (word->initial) { /* Sz. P. Anna Nowak */
        return i > 0 && anon_word_is(&pass->words, i, "p") &&
               anon_word_is(&pass->words, i - 1, "sz");
    }
    return month || (!is_first(word) && ((word->is & never) != 0 || word->roman));
}

/* Michał Wójt: a function behind a first name, of which nothing follows. */
static bool is_office_as_surname(const AnonPass *pass, const AnonRun *run, size_t i) {
    const AnonWord *word = word_at(pass, i);
    size_t next = i + 1;
    bool alone = next >= pass->words.count || !word_at(pass, next)->capital ||
                 (word_at(pass, next)->gap & ~(uint32_t)GAP_BLANK) != 0;
    return (word->is & WORD_FUNCTION) != 0 && run->count == 1 && run->given && alone &&
           word->gap == GAP_BLANK && (word_at(pass, run->first)->signs & SITO_WORD_NOMINATIVE) != 0;
}

/* A word that is no name by itself may be a surname behind a first name: Róża Lipiec. */
static bool may_join(const AnonPass *pass, const AnonRun *run, size_t i) {
    const AnonWord *word = word_at(pass, i), *before = word_at(pass, i - 1);
    if (!word->capital || (word->is & WORD_NUMBER) != 0 ||
        (is_stop(pass, i) && !is_office_as_surname(pass, run, i))) {
        return false;
    }
    uint32_t gap = word->gap;
    if (word->start - before->end > WIDEST_GAP) {
        return false; /* two columns */
    }
    bool plain = (gap & ~(uint32_t)GAP_BLANK) == 0 || gap == GAP_HYPHEN;
    bool behind_initial = before->initial && (gap & ~(uint32_t)(GAP_BLANK | GAP_STOP)) == 0 &&
                          (!run->all_initials || word->initial || run->count < 3);
    bool over_line = (gap & ~(uint32_t)(GAP_BLANK | GAP_LINE)) == 0 && !run->surname;
    over_line =
        over_line || ((gap & ~(uint32_t)(GAP_LINE | GAP_DASH | GAP_HYPHEN)) == 0 &&
                      pass->text.data[word->start - 1] == '-' && word->start > before->end + 1 &&
                      pass->text.data[before->end] == '-'); /* Górskiego-⏎-Zawady */
    if (!plain && !behind_initial && !over_line) {
        return false;
    }
    bool label = word->end < pass->text.size && pass->text.data[word->end] == ':';
    bool no_name = (word->signs & SITO_WORD_NO_NAME) != 0 && !is_first(word) && !word->initial &&
                   (word->is & WORD_FUNCTION) == 0;
    bool whole = run->surname && run->given && plain && gap != GAP_HYPHEN;
    if (whole && word->caps && (word->signs & SITO_WORD_SURNAME) == 0) {
        return false; /* capitals do not tell where the name ends */
    }
    if (over_line && !plain && (label || no_name)) {
        return false;
    }
    return !no_name || (is_first(before) && !run->surname && plain && !word->caps);
}

static void note_part(const AnonPass *pass, AnonRun *run, size_t i) {
    const AnonWord *word = word_at(pass, i);
    run->all_initials = run->all_initials && word->initial;
    run->surname = run->surname || (!word->initial && !is_first(word));
    run->given = run->given || is_first(word);
    run->last = i;
    run->count++;
}

static bool read_run(const AnonPass *pass, size_t i, AnonRun *run) {
    const AnonWord *word = word_at(pass, i);
    *run = (AnonRun){.first = i, .all_initials = true};
    if (!word->capital || is_stop(pass, i)) {
        return false;
    }
    note_part(pass, run, i);
    while (run->count < MOST_PARTS && run->last + 1 < pass->words.count &&
           may_join(pass, run, run->last + 1)) {
        note_part(pass, run, run->last + 1);
    }
    return true;
}

/* ---- R3 ---- */

static bool is_rank(const AnonPass *pass, size_t i) {
    static const char *const ranks[] = {
        "gen",       "ks",   "księdza", "generała", "płk",      "marsz",   "biskupa",   "św",
        "dr",        "prof", "abpa",    "bpa",      "doktora",  "kard",    "kardynała", "hetmana",
        "profesora", "kpt",  "mjr",     "por",      "świętego", "świętej", "marszałka"};
    for (size_t r = 0; r < SITO_COUNT(ranks); r++) {
        if (anon_word_is(&pass->words, i, ranks[r])) {
            return true;
        }
    }
    return false;
}

static bool names_thing(const AnonPass *pass, size_t i) {
    static const char *const not_so[] = {"szkoła", "szkoły", "zespół", "prawo", "test", "muzeum"};
    for (size_t n = 0; n < SITO_COUNT(not_so); n++) {
        if (anon_word_is(&pass->words, i, not_so[n])) {
            return false;
        }
    }
    const AnonWord *word = word_at(pass, i);
    bool council = i > 0 && (word_at(pass, i - 1)->is & WORD_OFFICE) != 0;
    if (council && strncmp(anon_word_lower(&pass->words, i), "osiedl", 6) == 0) {
        return false; /* Rady Osiedla Czesław Sowa */
    }
    return (word->is & (WORD_STREET | WORD_PATRON)) != 0 || (word->signs & SITO_WORD_THING) != 0;
}

/* True when what begins at the word is what something is called after. That stands in the genitive: in „w parku
** Anna Nowak” she is no patron; and im is a pronoun, im. is not. */
static bool is_called_after(const AnonPass *pass, size_t i) {
    const AnonWord *first = word_at(pass, i);
    bool nominative =
        (first->signs & SITO_WORD_NOMINATIVE) != 0 && (first->signs & SITO_WORD_GENITIVE_TOO) == 0;
    if (nominative) {
        return false;
    }
    for (size_t steps = 0; i > 0 && steps < 4; steps++, i--) {
        const uint32_t between = GAP_BLANK | GAP_STOP | GAP_QUOTE | GAP_LINE | GAP_COLON;
        if ((word_at(pass, i)->gap & ~between) != 0) {
            return false;
        }
        bool pronoun =
            anon_word_is(&pass->words, i - 1, "im") && (word_at(pass, i)->gap & GAP_STOP) == 0;
        if (!pronoun && names_thing(pass, i - 1)) {
            const AnonPeople *people = &pass->people; /* … Wiśniewska-Król is no king */
            return people->count == 0 || people->items[people->count - 1].last < i - 1;
        }
        if (!is_rank(pass, i - 1)) {
            return false;
        }
    }
    return false;
}

static bool is_ruler(const AnonPass *pass, const AnonRun *run) {
    size_t next = run->last + 1;
    return !run->surname && next < pass->words.count && word_at(pass, next)->roman &&
           (word_at(pass, next)->gap & ~(uint32_t)GAP_BLANK) == 0;
}

/* ---- the walk ---- */

static int add_person(AnonPass *pass, AnonPerson person) {
    void *items = pass->people.items;
    int rc = sito_grow(&items, &pass->people.capacity, pass->people.count + 1, sizeof person,
                       MOST_PEOPLE);
    pass->people.items = items;
    if (rc == SITO_OK) {
        const AnonWord *first = word_at(pass, person.first), *last = word_at(pass, person.last);
        person.start = first->start;
        person.end = last->end + last->initial;
        pass->people.items[pass->people.count++] = person;
    }
    return rc;
}

static bool is_plural_thing(const AnonPass *pass, size_t first) {
    for (size_t i = first, steps = 0; i > 0 && steps < 3; i--, steps++) {
        const char *word = anon_word_lower(&pass->words, i - 1);
        if (strncmp(word, "ulic", 4) == 0 && strcmp(word, "ulica") != 0 &&
            strcmp(word, "ulicy") != 0) {
            return true;
        }
    }
    return false;
}

/* ulic: Jana Kilińskiego, Stefana Jaracza i Gabriela Narutowicza. */
static bool goes_on(const AnonPass *pass, size_t last, size_t first) {
    if (first > last + 2 || (word_at(pass, last + 1)->gap & (GAP_STOP | GAP_LINE)) != 0) {
        return false;
    }
    bool joined = first == last + 2 && (anon_word_is(&pass->words, last + 1, "i") ||
                                        anon_word_is(&pass->words, last + 1, "oraz"));
    return joined || (first == last + 1 && (word_at(pass, first)->gap & GAP_COMMA) != 0);
}

/* Kowalski, Jan: a surname in front of a comma and a first name alone. */
static void join_first_name(const AnonPass *pass, AnonRun *run) {
    size_t next = run->last + 1, behind = run->last + 2;
    const AnonWord *word = word_at(pass, run->first);
    bool line_start = (word->gap & (GAP_LINE | GAP_PIPE)) != 0;
    bool surname = (word->signs & SITO_WORD_SURNAME) != 0 ||
                   (line_start && (word->signs & SITO_WORD_NO_NAME) == 0);
    if (run->count != 1 || !surname || word->initial || is_first(word) ||
        next >= pass->words.count || word_at(pass, next)->gap != (GAP_COMMA | GAP_BLANK) ||
        (word_at(pass, next)->signs & SITO_WORD_NOMINATIVE) == 0 || !word_at(pass, next)->capital) {
        return;
    }
    bool alone = behind >= pass->words.count || !word_at(pass, behind)->capital ||
                 (word_at(pass, behind)->gap & ~(uint32_t)GAP_BLANK) != 0;
    if (alone) {
        note_part(pass, run, next);
    }
}

int anon_find_people(AnonPass *pass) {
    size_t things_end = 0; /* the last word of a list of streets; 0: none */
    int rc = SITO_OK;
    for (size_t i = 0; i < pass->words.count && rc == SITO_OK; i++) {
        AnonRun run;
        if (!word_at(pass, i)->capital || !read_run(pass, i, &run)) {
            continue;
        }
        bool in_list = things_end > 0 && goes_on(pass, things_end, run.first);
        bool thing = in_list || is_called_after(pass, i);
        if (thing || is_ruler(pass, &run)) {
            things_end = in_list || (thing && is_plural_thing(pass, i)) ? run.last : 0;
            rc = anon_span_add(&pass->things, (AnonSpan){.start = word_at(pass, run.first)->start,
                                                         .end = word_at(pass, run.last)->end});
            i = run.last;
            continue;
        }
        join_first_name(pass, &run);
        AnonFront front = anon_look_in_front(pass, i);
        AnonWorth worth = anon_worth_of(pass, &run, front);
        if (worth != WORTH_NOTHING) {
            rc = add_person(pass,
                            (AnonPerson){.first = run.first,
                                         .last = run.last,
                                         .doubt = worth == WORTH_DOUBT,
                                         .initials = run.all_initials,
                                         .role = (front.role && !front.party) || front.family});
            i = run.last;
        }
    }
    return rc;
}

static bool is_thing(const AnonPass *pass, const AnonSpan *hit, size_t *thing) {
    while (*thing < pass->things.count && pass->things.items[*thing].end <= hit->start) {
        ++*thing;
    }
    return *thing < pass->things.count && pass->things.items[*thing].start <= hit->start &&
           pass->things.items[*thing].end >= hit->end;
}

/* R4 */
static int add_hit(AnonPass *pass, const AnonSpan *hit) {
    size_t first = anon_word_at(&pass->words, hit->start),
           last = anon_word_at(&pass->words, hit->end);
    if (first >= last) {
        return SITO_OK;
    }
    AnonFront front = anon_look_in_front(pass, first);
    return add_person(pass, (AnonPerson){.first = first,
                                         .last = last - 1,
                                         .doubt = hit->needs_decision,
                                         .role = (front.role && !front.party) || front.family});
}

static int compare_people(const void *a, const void *b) {
    const AnonPerson *x = a, *y = b;
    return x->first < y->first ? -1 : x->first > y->first;
}

int anon_add_hits(AnonPass *pass) {
    size_t own = pass->people.count, person = 0, thing = 0;
    int rc = SITO_OK;
    for (size_t i = 0; i < pass->hits.count && rc == SITO_OK; i++) {
        const AnonSpan *hit = &pass->hits.items[i];
        if (hit->kind != ANON_NAME) {
            continue;
        }
        while (person < own && pass->people.items[person].end <= hit->start) {
            person++;
        }
        bool known = person < own && pass->people.items[person].start < hit->end;
        if (!known && is_thing(pass, hit, &thing)) {
            rc = anon_span_add(&pass->found, (AnonSpan){.start = hit->start,
                                                        .end = hit->end,
                                                        .kind = ANON_NAME,
                                                        .action = ANON_KEEP,
                                                        .reason = ANON_PATRON});
        } else if (!known) {
            rc = add_hit(pass, hit);
        }
    }
    if (pass->people.count > own) {
        qsort(pass->people.items, pass->people.count, sizeof *pass->people.items, compare_people);
    }
    return rc;
}

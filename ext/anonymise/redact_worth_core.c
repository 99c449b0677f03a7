/*
** What a run of capitalised words is worth as a name (redact_worth.h).
**
** R1  Behind Pan, Pani, a private role or a label any capitalised words are a name; elsewhere a first name, initials
**     or the ending of a surname must speak for it. What is weak is in doubt.
** R2  Initials alone are a name behind such a word, else in doubt; not those of legal forms and journals.
*/
#include <string.h>

#include "identity/identity.h"
#include "redact_worth.h"

static const AnonWord *word_at(const AnonPass *pass, size_t i) {
    return &pass->words.items[i];
}

static bool is_first(const AnonWord *word) {
    return (word->signs & SITO_WORD_FIRST_NAME) != 0;
}

/* ---- what stands in front ---- */

/* z domu, z d., vel, primo voto: what follows is another surname. */
static bool is_other_surname(const AnonPass *pass, size_t i) {
    bool maiden = i > 0 && anon_word_is(&pass->words, i - 1, "z") &&
                  (anon_word_is(&pass->words, i, "domu") || anon_word_is(&pass->words, i, "d"));
    return maiden || anon_word_is(&pass->words, i, "vel") ||
           anon_word_is(&pass->words, i, "voto") || anon_word_is(&pass->words, i, "rodowe") ||
           anon_word_is(&pass->words, i, "panieńskie") || anon_word_is(&pass->words, i, "imieniu");
}

static bool is_label(const AnonPass *pass, size_t i, uint32_t gap) {
    if (is_other_surname(pass, i)) {
        return true;
    }
    static const char *const labels[] = {"nazwisko", "nazwiska",  "imię",       "podpis",     "od",
                                         "podpisał", "podpisała", "sporządził", "sporządziła"};
    for (size_t l = 0; l < SITO_COUNT(labels); l++) {
        if (anon_word_is(&pass->words, i, labels[l])) {
            bool signature = strncmp(labels[l], "podpis", 6) == 0 && (gap & GAP_CLOSE) != 0;
            return (gap & GAP_COLON) != 0 || signature || strcmp(labels[l], "nazwisko") == 0;
        }
    }
    return false;
}

static bool is_parent_mark(const AnonPass *pass, size_t i) {
    return (anon_word_is(&pass->words, i, "s") || anon_word_is(&pass->words, i, "c")) &&
           (word_at(pass, i)->gap & GAP_COMMA) != 0;
}

static bool is_contractual(const AnonPass *pass, size_t i) {
    static const char *const beginnings[] = {"zlecenio", "wykonaw", "zamawia",  "wynajm",
                                             "sprzeda",  "nabyw",   "wydzierż", "usługo"};
    for (size_t b = 0; b < SITO_COUNT(beginnings); b++) {
        if (strncmp(anon_word_lower(&pass->words, i), beginnings[b], strlen(beginnings[b])) == 0) {
            return true;
        }
    }
    return false;
}

AnonFront anon_look_in_front(const AnonPass *pass, size_t first) {
    AnonFront front = {.polite = false};
    const uint32_t near = GAP_QUOTE | GAP_BLANK | GAP_COLON | GAP_STOP | GAP_LINE | GAP_OTHER |
                          GAP_CLOSE | GAP_OPEN | GAP_DASH | GAP_SLASH;
    for (size_t i = first, steps = 0; i > 0 && steps < 4; steps++, i--) {
        uint32_t gap = word_at(pass, i)->gap;
        const AnonWord *before = word_at(pass, i - 1);
        bool short_word = before->end - before->start <= 5;
        if ((gap & ~near) != 0 || (gap & GAP_PARAGRAPH) != 0 ||
            ((gap & GAP_STOP) != 0 && !short_word)) {
            break;
        }
        bool same_line = (gap & GAP_LINE) == 0 || (gap & GAP_COLON) != 0;
        front.label = front.label || is_label(pass, i - 1, gap);
        bool role = (before->is & WORD_ROLE) != 0 && same_line;
        front.role = front.role || role;
        front.party = front.party || (role && is_contractual(pass, i - 1));
        front.family = front.family || ((before->is & WORD_FAMILY) != 0 && same_line) ||
                       is_parent_mark(pass, i - 1);
        bool letter = before->size == 1; /* p. Kowalski */
        bool polite = (before->is & WORD_POLITE) != 0 && (!letter || (gap & GAP_STOP) != 0);
        front.polite = front.polite || polite;
        bool passes = polite || (before->is & WORD_ACADEMIC) != 0;
        front.academic = front.academic || (before->is & WORD_ACADEMIC) != 0;
        if (!passes) {
            break;
        }
    }
    return front;
}

/* ---- what it is worth ---- */

static size_t letters(const AnonWord *word) {
    return word->size > 1 ? word->size : 1;
}

static bool is_surname(const AnonWord *word) {
    return (word->signs & SITO_WORD_SURNAME) != 0;
}

/* R1 without anything in front. */
static AnonWorth untitled(const AnonPass *pass, const AnonRun *run) {
    const AnonWord *first = word_at(pass, run->first), *last = word_at(pass, run->last);
    if (run->count < 2) {
        return WORTH_NOTHING;
    }
    if (last->gap == (GAP_COMMA | GAP_BLANK)) {
        return WORTH_NAME; /* Kowalski, Jan: anon_find_people joined them */
    }
    const AnonWord *second = word_at(pass, run->first + 1);
    if (first->initial) {
        bool publisher = (last->is & WORD_CITE) != 0;
        return last->initial || publisher || letters(last) <= 2 ? WORTH_NOTHING : WORTH_NAME;
    }
    if (is_first(first)) {
        return WORTH_NAME;
    }
    if ((first->signs & SITO_WORD_NO_NAME) != 0) {
        return WORTH_NOTHING;
    }
    if (is_first(second) && is_surname(first)) {
        return WORTH_NAME;
    }
    bool hyphen = second->gap == GAP_HYPHEN;
    if (hyphen && is_surname(second) && is_surname(first)) {
        return WORTH_DOUBT;
    }
    bool line_start = (first->gap & GAP_LINE) != 0;
    size_t next = run->last + 1;
    bool line_end = next == pass->words.count ||
                    (word_at(pass, next)->gap & (GAP_LINE | GAP_COMMA | GAP_PIPE)) != 0;
    if (is_first(second) && run->count == 2 && !hyphen) {
        return line_start && line_end ? WORTH_NAME : line_end ? WORTH_DOUBT : WORTH_NOTHING;
    }
    return WORTH_NOTHING;
}

/* A person who is spoken of in a case: other roles (użytkownik, właściciel) are of things as well. */
static bool is_party(const AnonPass *pass, size_t i) {
    static const char *const beginnings[] = {"świad",    "skarżąc",  "wnioskodaw", "sąsiad",
                                             "pokrzywd", "oskarżon", "pozwan",     "obwinion",
                                             "zmarł",    "poszkod",  "dłużni",     "ob"};
    for (size_t b = 0; b < SITO_COUNT(beginnings); b++) {
        size_t size = strlen(beginnings[b]);
        bool whole = size > 2 || word_at(pass, i)->size == size;
        if (whole && strncmp(anon_word_lower(&pass->words, i), beginnings[b], size) == 0) {
            return (word_at(pass, i)->is & WORD_ROLE) != 0;
        }
    }
    return false;
}

/* S.A., s.c., Dz.U.: the letters of a legal form or a journal. */
static bool is_form(const AnonPass *pass, const AnonRun *run) {
    static const char *const pairs[] = {"sa", "sc", "sj", "sk", "sp", "du",
                                        "ue", "rp", "ps", "nn", "oo"};
    for (size_t i = run->first; i < run->last; i++) {
        char pair[] = {anon_word_lower(&pass->words, i)[0], anon_word_lower(&pass->words, i + 1)[0],
                       0};
        for (size_t p = 0; p < SITO_COUNT(pairs); p++) {
            if (strcmp(pair, pairs[p]) == 0) {
                return true;
            }
        }
    }
    return false;
}

AnonWorth anon_worth_of(const AnonPass *pass, const AnonRun *run, AnonFront front) {
    const AnonWord *first = word_at(pass, run->first);
    AnonWorth plain = untitled(pass, run);
    if (run->all_initials) {
        bool company = is_form(pass, run);
        bool told = front.polite || front.role || front.family || front.label;
        return told ? WORTH_NAME : run->count < 2 || company ? WORTH_NOTHING : WORTH_DOUBT;
    }
    bool weak_first = (first->signs & SITO_WORD_NO_NAME) != 0 && !is_first(first);
    bool long_enough = run->count > 1 || letters(first) > 2;
    if (front.label || (front.polite && !weak_first)) {
        return long_enough && !weak_first ? WORTH_NAME : plain;
    }
    bool one = is_first(first) || is_surname(first);
    bool alone = run->count == 1 && !weak_first && letters(first) > 2 &&
                 (first->gap & ~(uint32_t)(GAP_BLANK | GAP_COLON)) == 0;
    if (alone && (front.family || (front.role && is_party(pass, run->first - 1)))) {
        return WORTH_NAME; /* żona Kaśka, świadek Grom */
    }
    bool second_surname = run->count == 2 && is_surname(word_at(pass, run->last));
    if ((front.role || front.family) && second_surname && !weak_first) {
        return WORTH_NAME;
    }
    if (front.role || front.family) {
        bool colon = (first->gap & GAP_COLON) != 0;
        return plain == WORTH_NAME || one ? WORTH_NAME
               : weak_first               ? plain
               : run->count > 1           ? (colon ? WORTH_NAME : WORTH_DOUBT)
                                          : plain;
    }
    if (front.academic && run->count == 1 && is_surname(first)) {
        return WORTH_NAME;
    }
    return plain;
}

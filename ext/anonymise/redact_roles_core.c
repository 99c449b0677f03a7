/*
** Which people stay: public functions, cited authors, firms called after somebody, the allow-list; and everybody
** again where they are named without it.
**
** R1  What stands beside a name decides first. A name without anything beside it is that of the person who has it
**     elsewhere in the text; where an official and a private person share it, it is masked and asks.
** R2  Who is named in a list behind one word for all (radni:, w składzie:) has the function as well.
** R3  An author stays where a citation has two signs: zob. or a word of scholarship, a page, a place and year.
*/
#include <string.h>

#include "identity/identity.h"
#include "redact_find.h"

static const AnonWord *word_at(const AnonPass *pass, size_t i) {
    return &pass->words.items[i];
}

static bool is(const AnonPass *pass, size_t i, uint32_t bits) {
    return i < pass->words.count && (word_at(pass, i)->is & bits) != 0;
}

static const char *lower(const AnonPass *pass, size_t i) {
    return anon_word_lower(&pass->words, i);
}

/* ---- firms ---- */

static bool is_form_at(const AnonPass *pass, size_t i) {
    if (i + 1 >= pass->words.count) {
        return false;
    }
    const char *word = lower(pass, i), *next = lower(pass, i + 1);
    bool partnership = strcmp(word, "sp") == 0 && strchr("zjkp", next[0]) != NULL && next[1] == 0;
    bool company = strcmp(word, "s") == 0 && strcmp(next, "a") == 0;
    bool spolka = strncmp(word, "spółk", 5) == 0 && is(pass, i + 1, WORD_LEGAL);
    return partnership || company || spolka || strcmp(word, "gmbh") == 0 ||
           strcmp(word, "ltd") == 0;
}

/* Kowalski i Synowie sp. z o.o. */
bool anon_is_firm(const AnonPass *pass, size_t last) {
    const uint32_t allowed = GAP_BLANK | GAP_QUOTE | GAP_OTHER | GAP_HYPHEN;
    const uint32_t form = allowed | GAP_COMMA; /* Kowalski, sp. z o.o. */
    for (size_t i = last + 1, steps = 0; i < pass->words.count && steps < 4; i++, steps++) {
        uint32_t gap = word_at(pass, i)->gap;
        if ((gap & ~form) == 0 && is_form_at(pass, i)) {
            return true;
        }
        if ((gap & ~allowed) != 0) {
            return false;
        }
        if (!word_at(pass, i)->capital && !anon_word_is(&pass->words, i, "i")) {
            return false;
        }
    }
    return false;
}

/* ---- R3 ---- */

static bool is_year(const AnonPass *pass, size_t i) {
    const AnonWord *word = word_at(pass, i);
    const char *digits = pass->text.data + word->start;
    return (word->is & WORD_NUMBER) != 0 && word->end - word->start == 4 &&
           (memcmp(digits, "19", 2) == 0 || memcmp(digits, "20", 2) == 0);
}

/* A sentence ends in front of the word: not behind an abbreviation, an initial, a number. */
static bool begins_sentence(const AnonPass *pass, size_t i) {
    const AnonWord *word = word_at(pass, i), *before = word_at(pass, i - 1);
    return (word->gap & GAP_STOP) != 0 && word->capital && !before->initial &&
           before->end - before->start > 3 && (before->is & WORD_NUMBER) == 0;
}

static int signs_before(const AnonPass *pass, size_t first) {
    for (size_t i = first, steps = 0; i > 0 && steps < 14; i--, steps++) {
        if ((word_at(pass, i)->gap & GAP_PARAGRAPH) != 0 || begins_sentence(pass, i)) {
            return 0;
        }
        if (is(pass, i - 1, WORD_CITE)) {
            return 1;
        }
    }
    return 0;
}

static int signs_after(const AnonPass *pass, size_t last) {
    int page = 0, place = 0, word = 0;
    for (size_t i = last + 1; i < pass->words.count && i < last + 40; i++) {
        uint32_t gap = word_at(pass, i)->gap;
        bool other = anon_word_is(&pass->words, i, "zob") || anon_word_is(&pass->words, i, "por") ||
                     anon_word_is(&pass->words, i, "cyt");
        bool sentence = other || (begins_sentence(pass, i) && !is(pass, i, WORD_CITE));
        if (sentence || (gap & (GAP_PARAGRAPH | GAP_SEMICOLON)) != 0) {
            break;
        }
        bool number_next = i + 1 < pass->words.count && is(pass, i + 1, WORD_NUMBER);
        page = page || (anon_word_is(&pass->words, i, "s") && number_next);
        place = place || (is_year(pass, i) && word_at(pass, i - 1)->capital);
        word = word || is(pass, i, WORD_CITE);
    }
    return page + place + word;
}

static bool is_author(const AnonPass *pass, const AnonPerson *person) {
    size_t next = person->last + 1;
    const uint32_t follows = GAP_COMMA | GAP_OPEN | GAP_CLOSE | GAP_COLON | GAP_SLASH;
    bool cited = next < pass->words.count && ((word_at(pass, next)->gap & follows) != 0 ||
                                              anon_word_is(&pass->words, next, "i"));
    int before = signs_before(pass, person->first);
    return !person->role && (cited || before > 0) && before + signs_after(pass, person->last) >= 2;
}

/* ---- what is known of a name ---- */

typedef struct Parts {
    const char *first, *surname; /* NULL: there is none */
    bool only_initial;
} Parts;

static Parts parts_of(const AnonPass *pass, const AnonPerson *person) {
    Parts parts = {NULL, NULL, false};
    for (size_t i = person->first; i <= person->last; i++) {
        const AnonWord *word = word_at(pass, i);
        if (word->initial) {
            parts.only_initial = parts.only_initial || parts.first == NULL;
            continue;
        }
        bool first_name = (word->signs & SITO_WORD_FIRST_NAME) != 0;
        bool last_one = i == person->last && parts.surname == NULL && person->last > person->first;
        if (first_name && !last_one && parts.first == NULL) {
            parts.first = lower(pass, i);
        } else if (!first_name || last_one) {
            parts.surname = parts.surname == NULL ? lower(pass, i) : parts.surname;
        }
    }
    if (person->first == person->last && parts.surname == NULL && !parts.only_initial) {
        parts.first = lower(pass, person->first);
    }
    return parts;
}

/* Kacperek for Kacper. */
static int learn_pet_name(AnonPass *pass, const char *first) {
    char *pet = sito_print("%sek", first);
    int rc = pet == NULL ? SITO_NOMEM : anon_known_add(&pass->known, pet, KNOWN_FIRST, 0);
    sito_free(pet);
    return rc;
}

/* Every part of a surname is noted: Wiśniewska-Król is known as Król as well. */
static int learn(AnonPass *pass, const AnonPerson *person) {
    bool stays = person->action == ANON_KEEP;
    bool firm = person->reason == ANON_LEGAL_PERSON || person->reason == ANON_PATRON;
    uint32_t bits = stays ? KNOWN_STAYS : KNOWN_PRIVATE;
    uint32_t first_bits = stays ? KNOWN_FIRST_STAYS : KNOWN_FIRST;
    Parts parts = parts_of(pass, person);
    int rc = SITO_OK;
    bool weak = person->doubt && !person->evident;
    bits |= stays && parts.first != NULL && parts.surname != NULL ? KNOWN_WHOLE : 0;
    if (person->initials || weak || (stays && firm)) {
        return SITO_OK;
    }
    for (size_t i = person->first; i <= person->last && rc == SITO_OK; i++) {
        const AnonWord *word = word_at(pass, i);
        if (word->initial || word->size < 3) {
            continue;
        }
        bool first = lower(pass, i) == parts.first ||
                     ((word->signs & SITO_WORD_FIRST_NAME) != 0 && lower(pass, i) != parts.surname);
        rc =
            anon_known_add(&pass->known, lower(pass, i), first ? first_bits : bits, person->reason);
        rc = rc == SITO_OK && first && !stays ? learn_pet_name(pass, lower(pass, i)) : rc;
    }
    if (rc == SITO_OK && parts.first != NULL && parts.surname != NULL) {
        rc = anon_known_add_pair(&pass->known, parts.first, parts.surname, bits, person->reason);
    }
    return rc;
}

/* R1: a name without anything beside it. */
static void judge_by_known(AnonPass *pass, AnonPerson *person) {
    Parts parts = parts_of(pass, person);
    AnonKnownEntry entry;
    if (parts.surname == NULL || person->role) {
        return;
    }
    bool pair = parts.first != NULL;
    entry = pair ? anon_known_find_pair(&pass->known, parts.first, parts.surname)
                 : anon_known_find(&pass->known, parts.surname);
    if ((entry.bits & KNOWN_STAYS) == 0) {
        entry = anon_known_find(&pass->known, parts.surname);
        bool namesake = pair && (entry.bits & KNOWN_STAYS) != 0 &&
                        (entry.bits & (KNOWN_PRIVATE | KNOWN_WHOLE)) == 0;
        person->doubt = person->doubt || namesake; /* of somebody in office, or that one */
        return;
    }
    if ((entry.bits & KNOWN_PRIVATE) != 0) {
        person->doubt = true;
        return;
    }
    person->action = ANON_KEEP;
    person->reason = (AnonReason)entry.reason;
    person->doubt = false;
}

/* ---- signatures ---- */

/* Notes how often each whole name stands in the text. */
static int count_names(AnonPass *pass) {
    int rc = SITO_OK;
    for (size_t i = 0; i < pass->people.count && rc == SITO_OK; i++) {
        Parts parts = parts_of(pass, &pass->people.items[i]);
        if (parts.first == NULL || parts.surname == NULL) {
            continue;
        }
        AnonKnownEntry entry = anon_known_find_pair(&pass->known, parts.first, parts.surname);
        bool seen = (entry.bits & KNOWN_SEEN) != 0;
        rc = anon_known_add_pair(&pass->known, parts.first, parts.surname,
                                 seen ? KNOWN_SEEN | KNOWN_TWICE : KNOWN_SEEN, 0);
    }
    return rc;
}

static bool has_letterhead(const AnonPass *pass) {
    for (size_t i = 0; i < pass->words.count && i < 60; i++) {
        if (is(pass, i, WORD_OFFICE | WORD_FUNCTION)) {
            return true;
        }
    }
    return false;
}

/* Z poważaniem, and a name that stands nowhere else, in a letter that may be an office's (§ 6 (5) 3). */
static bool is_unknown_signature(const AnonPass *pass, const AnonPerson *person) {
    Parts parts = parts_of(pass, person);
    bool greeting = person->first > 0 && (word_at(pass, person->first)->gap & GAP_LINE) != 0 &&
                    (strncmp(lower(pass, person->first - 1), "poważani", 9) == 0 ||
                     strncmp(lower(pass, person->first - 1), "szacun", 6) == 0);
    if (!greeting || parts.first == NULL || parts.surname == NULL) {
        return false;
    }
    AnonKnownEntry entry = anon_known_find_pair(&pass->known, parts.first, parts.surname);
    return (entry.bits & KNOWN_TWICE) == 0 && has_letterhead(pass);
}

/* Sporządziła: E. Kubiak: perhaps an employee (§ 6 (1) 2). */
static bool is_author_of_letter(const AnonPass *pass, const AnonPerson *person) {
    static const char *const words[] = {"sporządz", "opracow", "zaakcept", "zatwierdz",
                                        "przygotow"};
    for (size_t w = 0; person->first > 0 && w < SITO_COUNT(words); w++) {
        if ((word_at(pass, person->first)->gap & GAP_COLON) != 0 &&
            strncmp(lower(pass, person->first - 1), words[w], strlen(words[w])) == 0) {
            return true;
        }
    }
    return false;
}

/* ---- each in turn ---- */

static void stay(AnonPerson *person, AnonReason reason) {
    person->action = ANON_KEEP;
    person->reason = reason;
    person->evident = true;
    person->doubt = false;
}

/* R2: nothing but commas, „i”, numbers and titles between two names. */
static bool goes_on(const AnonPass *pass, const AnonPerson *one, const AnonPerson *next) {
    if (next->first - one->last > 10) {
        return false;
    }
    for (size_t i = one->last + 1; i <= next->first; i++) {
        uint32_t gap = word_at(pass, i)->gap;
        bool stop = (gap & GAP_STOP) != 0 &&
                    !is(pass, i - 1, WORD_NUMBER | WORD_ACADEMIC | WORD_POLITE) &&
                    !word_at(pass, i - 1)->initial;
        if ((gap & (GAP_PARAGRAPH | GAP_COLON | GAP_MARK)) != 0 || stop) {
            return false;
        }
        bool joins = is(pass, i, WORD_NUMBER | WORD_ACADEMIC | WORD_POLITE) || i < one->claimed ||
                     anon_word_is(&pass->words, i, "i") || anon_word_is(&pass->words, i, "oraz");
        if (i < next->first && !joins) {
            return false;
        }
    }
    return true;
}

static void judge_beside(AnonPass *pass, AnonPerson *person, const AnonPerson *previous,
                         bool *in_list) {
    bool plural = false, role = false;
    size_t from = previous == NULL ? 0 : previous->last + 1;
    from = previous != NULL && previous->claimed > from ? previous->claimed : from;
    bool follows = *in_list && previous != NULL && goes_on(pass, previous, person);
    AnonFunction before = anon_function_before(pass, person, from, &plural);
    AnonFunction after = anon_function_after(pass, person, &role, &person->claimed);
    *in_list = follows || (plural && before == FUNCTION_PUBLIC);
    person->role = person->role || role;
    if (anon_is_firm(pass, person->last)) {
        stay(person, ANON_LEGAL_PERSON);
    } else if (before == FUNCTION_PUBLIC || after == FUNCTION_PUBLIC || follows) {
        stay(person, ANON_PUBLIC_FUNCTION);
    } else if (is_author(pass, person)) {
        stay(person, ANON_AUTHOR);
    } else if (before == FUNCTION_UNSURE || after == FUNCTION_UNSURE ||
               is_author_of_letter(pass, person)) {
        person->doubt = person->evident = true;
    } else if (!person->role && is_unknown_signature(pass, person)) {
        person->doubt = true;
    }
}

static int add_spans(AnonPass *pass) {
    int rc = SITO_OK;
    for (size_t i = 0; i < pass->people.count && rc == SITO_OK; i++) {
        const AnonPerson *person = &pass->people.items[i];
        bool doubt = person->doubt && person->action == ANON_MASK;
        rc = anon_span_add(&pass->found,
                           (AnonSpan){.start = person->start,
                                      .end = person->end,
                                      .kind = person->initials ? ANON_INITIALS : ANON_NAME,
                                      .action = person->action,
                                      .reason = doubt ? ANON_DOUBT : person->reason,
                                      .needs_decision = doubt});
    }
    return rc;
}

int anon_judge_people(AnonPass *pass) {
    AnonPerson *people = pass->people.items;
    bool in_list = false;
    int rc = count_names(pass);
    for (size_t i = 0; i < pass->people.count && rc == SITO_OK; i++) {
        people[i].role = people[i].role || anon_is_followed_by_home(pass, people[i].last);
        judge_beside(pass, &people[i], i > 0 ? &people[i - 1] : NULL, &in_list);
        if (people[i].evident || people[i].role) {
            rc = learn(pass, &people[i]);
        }
    }
    for (int single = 0; single < 2; single++) { /* whole names first: they tell people apart */
        for (size_t i = 0; i < pass->people.count && rc == SITO_OK; i++) {
            bool turn = (people[i].first == people[i].last) == (single == 1);
            if (turn && !people[i].evident) {
                judge_by_known(pass, &people[i]);
            }
        }
        for (size_t i = 0; i < pass->people.count && rc == SITO_OK; i++) {
            bool turn = (people[i].first == people[i].last) == (single == 1);
            if (turn && !people[i].evident && !people[i].role) {
                rc = learn(pass, &people[i]);
            }
        }
    }
    return rc == SITO_OK ? add_spans(pass) : rc;
}

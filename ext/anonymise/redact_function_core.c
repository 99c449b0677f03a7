/*
** Public functions beside a name, in both orders (§ 6 (1)).
**
**   Prezydent Miasta Jan Kowalski · Jan Kowalski – dyrektor Wydziału · z up. Prezydenta⏎Ewa Lis · radni: A, B i C
**
** R1  In front: a function and the words that say of what, as far as the name, at most SPAN words, without a verb, a
**     sentence's end or a private role between. Behind: the function follows a dash, a comma, a bracket or a new line.
** R2  A former function, a relative of somebody in one, a function that is often private (prezes, komornik), one in
**     a firm or of a contractor (kierownik budowy), and one in another case than the name are unsure.
** R3  An employee or a member is public only of an office, a council, a commission, a team.
*/
#include <string.h>

#include "identity/identity.h"
#include "redact_find.h"

enum { SPAN = 16, FEW_WORDS = 14 };

static const AnonWord *word_at(const AnonPass *pass, size_t i) {
    return &pass->words.items[i];
}

static bool is(const AnonPass *pass, size_t i, uint32_t bits) {
    return i < pass->words.count && (word_at(pass, i)->is & bits) != 0;
}

static bool ends_with(const AnonPass *pass, size_t i, const char *ending) {
    size_t size = word_at(pass, i)->size, length = strlen(ending);
    return size > length && strcmp(anon_word_lower(&pass->words, i) + size - length, ending) == 0;
}

static bool begins_with(const AnonPass *pass, size_t i, const char *beginning) {
    return i < pass->words.count &&
           strncmp(anon_word_lower(&pass->words, i), beginning, strlen(beginning)) == 0;
}

/* A verb in the past tense: odpowiedział, zapytała, powołano. */
static bool is_verb(const AnonPass *pass, size_t i) {
    static const char *const endings[] = {"ał",   "ił",  "ył",  "ął",   "iał", "ała", "iła", "yła",
                                          "ęła",  "ali", "ili", "yli",  "ęli", "ano", "ono", "uje",
                                          "iera", "aje", "ają", "oszę", "iam", "kam", "zam", "uję"};
    const AnonWord *word = word_at(pass, i);
    for (size_t e = 0; e < SITO_COUNT(endings) && (!word->capital || word->caps) && word->size >= 5;
         e++) {
        if (ends_with(pass, i, endings[e])) {
            return !begins_with(pass, i, "dział") && !begins_with(pass, i, "oddział");
        }
    }
    return false;
}

static bool is_head(const AnonPass *pass, size_t i) {
    return is(pass, i, WORD_FUNCTION | WORD_DOUBTFUL);
}

static bool is_short(const AnonPass *pass, size_t i) {
    size_t size = word_at(pass, i)->end - word_at(pass, i)->start;
    return size <= 4 || (size <= 5 && is(pass, i, WORD_FUNCTION)); /* przew. */
}

/* The gap in front of word i may lie inside the phrase of a function. */
static bool is_inside(const AnonPass *pass, size_t i) {
    uint32_t gap = word_at(pass, i)->gap;
    const uint32_t never =
        GAP_SEMICOLON | GAP_COLON | GAP_PARAGRAPH | GAP_PIPE | GAP_MARK | GAP_COMMA;
    return (gap & never) == 0 && ((gap & GAP_STOP) == 0 || is_short(pass, i - 1));
}

/* R3 for pracownik and członek; R2 for what follows any head. `end` is the first word behind the phrase. */
static AnonFunction judge_head(const AnonPass *pass, size_t head, size_t end) {
    bool city = false, firm = false, contract = false;
    for (size_t i = head + 1; i < end && i < pass->words.count; i++) {
        city = city || is(pass, i, WORD_CITY | WORD_OFFICE | WORD_FUNCTION);
        bool municipal = begins_with(pass, i + 1, "miejsk") || begins_with(pass, i + 1, "gminn");
        firm = firm || (is(pass, i, WORD_LEGAL) && !municipal);
        contract = contract || (i == head + 1 && is(pass, i, WORD_CONTRACT));
    }
    bool employee = begins_with(pass, head, "pracowni") || begins_with(pass, head, "członk") ||
                    begins_with(pass, head, "członek");
    if (firm || contract) {
        return employee ? FUNCTION_NONE : FUNCTION_UNSURE;
    }
    if (employee && !city) {
        return FUNCTION_NONE;
    }
    bool agent = begins_with(pass, head, "pełnomocni") && city;
    return is(pass, head, WORD_FUNCTION) || agent ? FUNCTION_PUBLIC : FUNCTION_UNSURE;
}

/* R2: a word in front of the head that takes the function away. */
static bool is_taken_away(const AnonPass *pass, size_t head) {
    for (size_t i = head, steps = 0; i > 0 && steps < 2; i--, steps++) {
        if ((word_at(pass, i)->gap & (GAP_STOP | GAP_COLON | GAP_PARAGRAPH)) != 0 &&
            !anon_word_is(&pass->words, i - 1, "b")) {
            return false;
        }
        if (is(pass, i - 1, WORD_FORMER | WORD_FAMILY) || anon_word_is(&pass->words, i - 1, "b")) {
            return true;
        }
    }
    return false;
}

/* z up. Prezydenta, z upoważnienia Prezydenta */
static bool is_by_order(const AnonPass *pass, size_t head) {
    return head > 0 && (is(pass, head - 1, WORD_SIGNED) || begins_with(pass, head - 1, "upoważ"));
}

/* R2: the cases of a function and a name. */
static bool disagrees(const AnonPass *pass, size_t head, const AnonPerson *person) {
    const AnonWord *name = word_at(pass, person->first);
    bool oblique = is(pass, head, WORD_OBLIQUE);
    bool nominative = (name->signs & SITO_WORD_NOMINATIVE) != 0;
    bool two_fold = (name->signs & SITO_WORD_GENITIVE_TOO) != 0;
    if ((name->signs & SITO_WORD_FIRST_NAME) == 0 || is(pass, head, WORD_PLURAL)) {
        return false;
    }
    if (oblique) {
        return nominative && !two_fold;
    }
    bool his = ends_with(pass, person->first, "owi") || ends_with(pass, person->first, "em") ||
               ends_with(pass, person->first, "emu") || ends_with(pass, person->first, "ego") ||
               ends_with(pass, person->first, "a");
    return !nominative && his;
}

/* The outermost head of the phrase whose nearest one is `head`: Zastępca Dyrektora. */
static size_t outermost(const AnonPass *pass, size_t head, size_t from) {
    for (size_t i = head, steps = 0; i > from && steps < 4; i--, steps++) {
        bool joins = is_head(pass, i - 1) || is(pass, i - 1, WORD_LINK | WORD_CITY | WORD_OFFICE);
        if (!is_inside(pass, i) || !joins || is(pass, i - 1, WORD_ENDS)) {
            break;
        }
        head = is_head(pass, i - 1) ? i - 1 : head;
    }
    return head;
}

bool anon_is_followed_by_home(const AnonPass *pass, size_t last) {
    size_t next = last + 1;
    return is(pass, next, WORD_HOME | WORD_STREET) || anon_word_is(&pass->words, next, "pesel") ||
           anon_word_is(&pass->words, next, "ur");
}

static AnonFunction judge_before(const AnonPass *pass, const AnonPerson *person, size_t near,
                                 size_t from, bool new_line, bool copula) {
    size_t head = outermost(pass, near, from);
    AnonFunction answer = judge_head(pass, near, person->first);
    if (head != near && is(pass, near, WORD_FUNCTION) && answer == FUNCTION_NONE) {
        answer = FUNCTION_PUBLIC;
    }
    if (answer != FUNCTION_PUBLIC) {
        return answer;
    }
    if (is_by_order(pass, near) || is_by_order(pass, head)) {
        return FUNCTION_PUBLIC;
    }
    bool unsure = is_taken_away(pass, head) || (!copula && disagrees(pass, head, person)) ||
                  (new_line && anon_is_followed_by_home(pass, person->last));
    return unsure ? FUNCTION_UNSURE : FUNCTION_PUBLIC;
}

/* w składzie: who is named belongs to the commission named in front. */
static bool is_composition(const AnonPass *pass, size_t i) {
    bool word =
        anon_word_is(&pass->words, i, "składzie") ||
        (anon_word_is(&pass->words, i, "skład") && i > 0 && anon_word_is(&pass->words, i - 1, "w"));
    for (size_t steps = 0; word && steps < 12 && i > steps; steps++) {
        if (is(pass, i - 1 - steps, WORD_OFFICE)) {
            return true;
        }
    }
    return false;
}

/* Obecni: in the minutes of a commission, whose name and session stand in front. */
static bool is_attendance(const AnonPass *pass, size_t i) {
    bool word = anon_word_is(&pass->words, i, "obecni") || begins_with(pass, i, "nieobecni") ||
                anon_word_is(&pass->words, i, "nieobecny") ||
                anon_word_is(&pass->words, i, "nieobecna");
    word = word && !anon_word_is(&pass->words, i, "nieobecnie");
    bool session = false, body = false;
    for (size_t steps = 0; word && steps < 40 && i > steps; steps++) {
        size_t k = i - 1 - steps;
        session = session || begins_with(pass, k, "posiedze") || begins_with(pass, k, "sesj");
        body = body || begins_with(pass, k, "komisj") || begins_with(pass, k, "rad") ||
               begins_with(pass, k, "zespo") || begins_with(pass, k, "kolegi");
    }
    return session && body;
}

/* Dyrektorem szkoły jest Pani Anna Nowak. */
static bool is_copula(const AnonPass *pass, size_t i) {
    static const char *const words[] = {"jest",   "został", "została", "pozostaje",
                                        "będzie", "był",    "była"};
    for (size_t w = 0; w < SITO_COUNT(words); w++) {
        if (anon_word_is(&pass->words, i, words[w])) {
            return i > 0;
        }
    }
    return false;
}

/* The name stands alone on its line. */
static bool is_signature(const AnonPass *pass, const AnonPerson *person) {
    size_t next = person->last + 1;
    bool ends = next >= pass->words.count || (word_at(pass, next)->gap & GAP_LINE) != 0;
    size_t first = person->first;
    while (first > 0 && is(pass, first - 1, WORD_ACADEMIC) &&
           (word_at(pass, first)->gap & GAP_LINE) == 0) {
        first--;
    }
    return ends && (word_at(pass, first)->gap & GAP_LINE) != 0 &&
           !anon_is_followed_by_home(pass, person->last);
}

AnonFunction anon_function_before(const AnonPass *pass, const AnonPerson *person, size_t from,
                                  bool *plural) {
    bool new_line = false, polite = false, plain_word = false, copula = false;
    bool apart = false; /* an empty line, or Pan on a line of its own: perhaps another one */
    *plural = false;
    for (size_t i = person->first, steps = 0; i > from && steps < SPAN; i--, steps++) {
        uint32_t gap = word_at(pass, i)->gap;
        bool first = i == person->first;
        const uint32_t never = GAP_SEMICOLON | GAP_PIPE | GAP_MARK;
        bool stops =
            (gap & GAP_STOP) != 0 && !is_short(pass, i - 1) && !is(pass, i - 1, WORD_NUMBER);
        bool listed = first || is(pass, i, WORD_NUMBER | WORD_ACADEMIC | WORD_POLITE);
        if ((gap & never) != 0 || stops || (!listed && !is_inside(pass, i))) {
            return FUNCTION_NONE;
        }
        new_line = new_line || (gap & GAP_LINE) != 0;
        bool addressed = is(pass, i, WORD_POLITE) && (gap & GAP_LINE) != 0;
        bool gone = (gap & GAP_PARAGRAPH) != 0 && !is_signature(pass, person);
        apart = apart || addressed || gone;
        bool other_line = plain_word && (gap & GAP_LINE) != 0;
        bool inner_number = is(pass, i - 1, WORD_NUMBER) && !first && !listed;
        if (other_line || inner_number) {
            return FUNCTION_NONE;
        }
        if (is_composition(pass, i - 1) || is_attendance(pass, i - 1)) {
            *plural = true;
            return FUNCTION_PUBLIC;
        }
        if (is_head(pass, i - 1)) {
            *plural = is(pass, i - 1, WORD_PLURAL);
            AnonFunction answer = judge_before(pass, person, i - 1, from, new_line, copula);
            return answer == FUNCTION_PUBLIC && apart ? FUNCTION_UNSURE : answer;
        }
        bool steps_over = is(pass, i - 1, WORD_POLITE | WORD_ACADEMIC | WORD_NUMBER | WORD_LINK);
        if (is_copula(pass, i - 1) && (first || polite)) {
            copula = true;
            polite = false;
            continue;
        }
        bool private_one = is(pass, i - 1, WORD_ROLE | WORD_FAMILY | WORD_HOME | WORD_FORMER);
        polite = polite || is(pass, i - 1, WORD_POLITE);
        bool known = steps_over || is(pass, i - 1, WORD_CITY | WORD_OFFICE);
        plain_word = plain_word || (!known && !word_at(pass, i - 1)->capital);
        if (plain_word && polite) {
            return FUNCTION_NONE;
        }
        if (private_one || (!steps_over && is(pass, i - 1, WORD_ENDS)) || is_verb(pass, i - 1)) {
            return FUNCTION_NONE;
        }
    }
    return FUNCTION_NONE;
}

/* Words that may lead a function: główny specjalista, p.o. dyrektora, starszy inspektor. */
static bool leads(const AnonPass *pass, size_t i) {
    static const char *const words[] = {
        "p",       "o",       "pełniący", "pełniąca", "obowiązki", "główny",   "główna", "starszy",
        "starsza", "młodszy", "młodsza",  "pierwszy", "drugi",     "naczelny", "obecny", "obecna",
        "pani",    "pan",     "jako",     "st",       "mł",        "gł",       "to"};
    for (size_t w = 0; w < SITO_COUNT(words); w++) {
        if (anon_word_is(&pass->words, i, words[w])) {
            return true;
        }
    }
    return i < pass->words.count && (word_at(pass, i)->roman || is(pass, i, WORD_ACADEMIC));
}

/* The words of the phrase behind a head, as far as the sentence lets it go. */
static size_t phrase_end(const AnonPass *pass, size_t head) {
    size_t end = head + 1;
    while (end < pass->words.count && end - head < 8 && is_inside(pass, end) &&
           !is(pass, end, WORD_ENDS) && !is_verb(pass, end)) {
        bool other_head = is_head(pass, end) && (anon_word_is(&pass->words, end - 1, "i") ||
                                                 anon_word_is(&pass->words, end - 1, "oraz"));
        if (other_head) {
            break;
        }
        bool line = (word_at(pass, end)->gap & GAP_LINE) != 0;
        if (line && !is(pass, end, WORD_OFFICE | WORD_CITY | WORD_LINK)) {
            break;
        }
        end++;
    }
    return end;
}

static bool is_organ(const AnonPass *pass, size_t i) {
    static const char *const organs[] = {"prezydent", "burmistrz", "wójt",    "starosta",
                                         "marszałek", "wojewoda",  "minister"};
    for (size_t o = 0; o < SITO_COUNT(organs); o++) {
        if (anon_word_is(&pass->words, i, organs[o])) {
            return true;
        }
    }
    return false;
}

/* Agaty Sroki na stanowisko dyrektora: appointed, or called off. */
static bool is_appointed(const AnonPass *pass, size_t last) {
    size_t of = last + 1;
    bool joined = anon_word_is(&pass->words, of, "na") || anon_word_is(&pass->words, of, "ze") ||
                  begins_with(pass, of, "pełniąc");
    bool post = begins_with(pass, of + 1, "stanowisk") || begins_with(pass, of + 1, "funkcj");
    return joined && post && (is_head(pass, of + 2) || is_head(pass, of + 3));
}

/* Jan Kos z Wydziału Lokalowego: perhaps an employee. */
static bool is_of_office(const AnonPass *pass, size_t last) {
    static const char *const offices[] = {"wydzia", "urz",    "referat",
                                          "biur",   "oddzia", "departament"};
    size_t of = last + 1;
    bool joined = anon_word_is(&pass->words, of, "z") || anon_word_is(&pass->words, of, "ze");
    if (!joined || (word_at(pass, of)->gap & ~(uint32_t)(GAP_BLANK | GAP_LINE)) != 0) {
        return false;
    }
    for (size_t o = 0; o < SITO_COUNT(offices); o++) {
        if (begins_with(pass, of + 1, offices[o]) && is(pass, of + 1, WORD_OFFICE)) {
            return true;
        }
    }
    return false;
}

/* Leon Gaj, radny Piotr Lis: the function stands right in front of another name. */
static bool is_of_next_person(const AnonPass *pass, size_t head) {
    size_t next = head + 1, low = 0, high = pass->people.count;
    const uint32_t joins = GAP_BLANK | GAP_STOP;
    while (is(pass, next, WORD_POLITE | WORD_ACADEMIC) &&
           (word_at(pass, next)->gap & ~joins) == 0) {
        next++;
    }
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (pass->people.items[middle].first < next) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < pass->people.count && pass->people.items[low].first == next &&
           (word_at(pass, next)->gap & ~joins) == 0;
}

AnonFunction anon_function_after(const AnonPass *pass, const AnonPerson *person, bool *role,
                                 size_t *claimed) {
    const uint32_t parts = GAP_DASH | GAP_COMMA | GAP_OPEN | GAP_LINE | GAP_PIPE;
    const uint32_t allowed = parts | GAP_BLANK | GAP_OTHER | GAP_STOP;
    size_t i = person->last + 1;
    *role = false;
    if (is_of_office(pass, person->last) || is_appointed(pass, person->last)) {
        return FUNCTION_UNSURE;
    }
    if (i >= pass->words.count || (word_at(pass, i)->gap & parts) == 0 ||
        (word_at(pass, i)->gap & ~allowed) != 0) {
        return FUNCTION_NONE;
    }
    bool stop = (word_at(pass, i)->gap & GAP_STOP) != 0 && !word_at(pass, person->last)->initial;
    bool new_line = (word_at(pass, i)->gap & GAP_LINE) != 0;
    bool former = false;
    for (size_t steps = 0; steps < 4 && (leads(pass, i) || is(pass, i, WORD_FORMER)); steps++) {
        former = former || is(pass, i, WORD_FORMER);
        i++;
    }
    *role = !new_line && !stop && is(pass, i, WORD_ROLE | WORD_FAMILY);
    if (stop || i >= pass->words.count || !is_head(pass, i)) {
        return FUNCTION_NONE;
    }
    if (is_of_next_person(pass, i)) {
        return FUNCTION_NONE;
    }
    size_t end = phrase_end(pass, i);
    AnonFunction answer = judge_head(pass, i, end);
    *claimed = end;
    bool polite = person->first > 0 && is(pass, person->first - 1, WORD_POLITE | WORD_ACADEMIC);
    bool addressee =
        new_line && !polite && is_organ(pass, i) && pass->words.count - end > FEW_WORDS;
    bool other_case = new_line && is(pass, i, WORD_OBLIQUE) && !leads(pass, i - 1);
    other_case = other_case || (new_line && end < pass->words.count && is_verb(pass, end));
    return answer == FUNCTION_PUBLIC && (former || addressee || other_case) ? FUNCTION_UNSURE
                                                                            : answer;
}

/*
** Names of people in Polish prose.
**
**   Pan Nowak · radnego Jana Kowalskiego · A. Wiśniewska · Annie Lewandowskiej-Zając · KOWALSKA ANNA · Ewa N.
**
** R1  A capitalised word behind Pan, Pani, radny … is a surname; behind other titles (mgr, świadek, córka) it
**     needs a first name, an initial or the ending of a surname.
** R2  A known first name (in any case, lexicon.c) and a capitalised word are a name; so are initials and a
**     capitalised word, a first name and an initial, and two capitalised words of which the second ends as
**     surnames do and agrees with the first.
** R3  Not a name: what a street, a school or a monument is called after (ul. Adama Mickiewicza, im. Marii …), a
**     pope or king (Jan Paweł II), the words of offices (Prezydent Miasta, Politechnika Łódzka).
** R4  The hit is the name without its title.
*/
#include <string.h>

#include "find.h"

enum { MOST_PARTS = 5 };

typedef struct Name {
    SitoToken parts[MOST_PARTS];
    size_t count;
    bool initial[MOST_PARTS]; /* a single letter and a full stop */
    size_t end;
} Name;

static bool is_initial(SitoText text, const SitoToken *token) {
    bool one_letter =
        token->word.size == 1 || (token->word.size == 2 && (token->word.letters[0] & 0x80) != 0);
    return one_letter && token->capital && token->end < text.size && text.data[token->end] == '.';
}

static bool is_roman(const SitoToken *token) {
    return token->capital && strspn(token->word.letters, "ivx") == token->word.size;
}

/* R3: a word of offices and things. In a run of capitals each word is asked by every one in front of
** it, so the answer is kept. */
static bool stops_name(SitoSearch *search, const SitoToken *token) {
    for (size_t i = 0; i < SITO_COUNT(search->stops); i++) {
        if (search->stops[i].end == token->end) {
            return search->stops[i].answer;
        }
    }
    bool answer = sito_is_no_name(&token->word) && !sito_is_first_name(&token->word);
    size_t place = search->next_stop++ % SITO_COUNT(search->stops);
    search->stops[place].end = token->end;
    search->stops[place].answer = answer;
    return answer;
}

/* Reads capitalised words and initials from the token on. */
static void read_name(SitoSearch *search, const SitoToken *first, Name *name) {
    SitoText text = search->text;
    SitoToken token = *first;
    *name = (Name){0};
    while (name->count < MOST_PARTS && token.capital) {
        bool initial = is_initial(text, &token);
        if (!initial && name->count > 0 && (is_roman(&token) || stops_name(search, &token))) {
            break;
        }
        name->initial[name->count] = initial;
        name->parts[name->count++] = token;
        name->end = token.end + initial;
        bool hyphen = name->end < text.size && text.data[name->end] == '-';
        SitoToken next;
        if (!sito_token_next(text, name->end + hyphen, "", &next) ||
            (hyphen && next.start != name->end + 1)) {
            break;
        }
        token = next;
    }
}

static bool is_ruler(SitoText text, const Name *name) {
    SitoToken next;
    const SitoToken *last = &name->parts[name->count - 1]; /* Jan Nowak I piętro is none */
    return sito_is_first_name(&last->word) && sito_token_next(text, name->end, "", &next) &&
           is_roman(&next) && next.word.size <= 4;
}

static char last_letter(const SitoToken *token) {
    return token->word.size > 0 ? token->word.letters[token->word.size - 1] : 0;
}

/* R2 for words that no list knows: Żaneta Kowalska, Gniewko Adamowicz. */
static bool agrees(const SitoToken *first, const SitoToken *second) {
    return first->word.size > 2 && sito_is_surname_like(&second->word) &&
           !sito_is_institution(&first->word) && !sito_is_no_name(&first->word) &&
           !sito_is_no_name(&second->word) &&
           ((last_letter(first) == 'a') == (last_letter(second) == 'a') ||
            last_letter(second) == 'z' || last_letter(second) == 'k');
}

/* What an untitled run of capitalised words is worth. */
static double untitled(const Name *name) {
    const SitoToken *first = &name->parts[0], *second = &name->parts[1];
    if (name->count < 2) {
        return 0;
    }
    bool first_known = !name->initial[0] && sito_is_first_name(&first->word);
    bool second_known = !name->initial[1] && sito_is_first_name(&second->word);
    if (name->initial[0]) {
        const SitoToken *last = &name->parts[name->count - 1];
        bool surname = !name->initial[name->count - 1] && last->word.size > 2;
        return !surname ? 0 : sito_is_surname_like(&last->word) ? 0.85 : 0.7;
    }
    if (first_known) {
        return name->initial[1] ? 0.8 : 0.9;
    }
    if (sito_is_no_name(&first->word)) {
        return 0;
    }
    if (second_known && sito_is_surname_like(&first->word)) {
        return 0.85;
    }
    return second_known && name->count == 2 ? 0.55 : agrees(first, second) ? 0.6 : 0;
}

static double titled(const Name *name, bool strong) {
    const SitoToken *first = &name->parts[0];
    if (strong || name->count >= 2) {
        return name->count >= 2 ? 0.95 : first->word.size > 2 ? 0.85 : name->initial[0] ? 0.6 : 0;
    }
    return sito_is_surname_like(&first->word) ? 0.75 : sito_is_first_name(&first->word) ? 0.55 : 0;
}

/* Steps over what is named after somebody (R3). */
static void skip_thing(SitoSearch *search, const SitoToken *token) {
    Name name;
    read_name(search, token, &name);
    search->done = name.end > search->done ? name.end : search->done;
}

/* The run without leading words of offices (Wójt Anna Nowak), which leave the title in force. */
static void drop_offices(SitoSearch *search, Name *name) {
    while (name->count > 0 && !name->initial[0] && stops_name(search, &name->parts[0])) {
        memmove(name->parts, name->parts + 1, --name->count * sizeof *name->parts);
        memmove(name->initial, name->initial + 1, name->count * sizeof *name->initial);
    }
}

int sito_find_name(SitoSearch *search, const SitoToken *token) {
    bool follows = sito_follows_previous(search, token->start);
    const SitoWord *before = &search->previous.word;
    if (!token->capital || sito_is_strong_title(&token->word)) {
        return SITO_OK;
    }
    bool nominative =
        sito_is_first_name_as_listed(&token->word) && !sito_is_genitive_too(&token->word);
    if (follows && sito_names_things(before) && !nominative) { /* w parku Anna Nowak … */
        skip_thing(search, token);
        return SITO_OK;
    }
    Name name;
    read_name(search, token, &name);
    size_t whole = name.count;
    drop_offices(search, &name);
    bool behind_office = name.count < whole;
    if (name.count == 0 || is_ruler(search->text, &name)) {
        search->done = name.count == 0 ? search->done : name.end;
        return SITO_OK;
    }
    bool strong = follows && sito_is_strong_title(before);
    bool title = strong || (follows && sito_is_title(before)) || (behind_office && name.count >= 2);
    double confidence = title ? titled(&name, strong && !behind_office) : untitled(&name);
    double plain = untitled(&name);
    if (behind_office && !strong) {
        confidence = plain; /* Dyrektor Zarządu Dróg is nobody; Dyrektor Anna Nowak is */
    }
    if (confidence <= 0) {
        return SITO_OK;
    }
    SitoHit hit = {.start = name.parts[0].start, .end = name.end, .kind = SITO_NAME};
    hit.confidence = confidence > plain ? confidence : plain;
    return sito_search_emit(search, hit);
}

/*
** What a whole cell says of a person beyond numbers (cell.h).
**
**   Kowalski, Jan · dr Anna Nowak · A. Wiśniewska      a person
**   Jana Kochanowskiego · Aleksandrów Łódzki           capitalised words, nobody's name
**   ul. Zgierska 12 m. 5 · Zgierska 12                 an address; words and a number
**
** R1  A name has a first name of the list in the nominative: a column of people has them so, and a column of streets
**     and schools has whom they are called after in the genitive. An initial stands for it where the surname ends as
**     surnames do.
** R2  No word of an office, a town or a thing, no Roman numeral, no digit. Titles in front do not count.
** R3  Inside a longer text (PROSE bytes and more) what sito_identity_find is sure of counts.
** R4  A cell is read once; nothing is allocated.
*/
#include <string.h>

#include "cell.h"
#include "find.h"

enum { MOST_WORDS = 6, MOST_IN_NAME = 4, PROSE = 40 };

typedef struct Words {
    SitoToken words[MOST_WORDS];
    bool initial[MOST_WORDS];
    size_t count, end; /* where the words end: of the text, or at something else */
} Words;

static SitoText trim(SitoText text) {
    while (text.size > 0 && (unsigned char)text.data[0] <= ' ') {
        text.data++, text.size--;
    }
    while (text.size > 0 && (unsigned char)text.data[text.size - 1] <= ' ') {
        text.size--;
    }
    return text;
}

static bool is_title(const SitoToken *token) {
    return sito_is_title(&token->word) || sito_is_strong_title(&token->word) ||
           strcmp(token->word.letters, "hab") == 0;
}

/* Reads capitalised words, titles apart, as far as they go. */
static void read_words(SitoText text, Words *out) {
    *out = (Words){0};
    size_t position = 0;
    while (position < text.size) {
        size_t next = position;
        char plain, c = text.data[position];
        SitoSign sign = sito_sign_next(text, &next, &plain);
        if (sign == SIGN_BLANK || sign == SIGN_DASH || sign == SIGN_NOTHING || c == ',') {
            position = next;
            continue;
        }
        SitoToken token;
        if ((sign != SIGN_LETTER && sign != SIGN_WORD) || out->count == MOST_WORDS ||
            !sito_token_read(text, position, &token)) {
            break;
        }
        bool title = out->count == 0 && is_title(&token), full_stop = false;
        position = token.end;
        if (position < text.size && text.data[position] == '.') {
            full_stop = true;
            position++;
        }
        if (title) {
            continue;
        }
        bool one_letter =
            token.word.size == 1 || (token.word.size == 2 && (token.word.letters[0] & 0x80) != 0);
        if (!token.capital || (full_stop && !one_letter)) {
            position = token.start;
            break;
        }
        out->initial[out->count] = one_letter;
        out->words[out->count++] = token;
    }
    out->end = position;
}

static bool names_no_person(const SitoToken *token) {
    const SitoWord *word = &token->word;
    bool roman = word->size <= 4 && strspn(word->letters, "ivx") == word->size;
    return roman ||
           ((sito_is_no_name(word) || sito_is_institution(word) || sito_names_things(word)) &&
            !sito_is_first_name(word));
}

/* Staszica, Kochanowskiego, Moniuszki behind Stanisława: called after a man (R1). Zaręba counts so, too. */
static bool may_be_genitive(const SitoToken *token) {
    const char *end = token->word.letters + token->word.size;
    char last = end[-1];
    bool hers = last == 'a' && sito_is_surname_like(&token->word) && end[-2] == 'k';
    return (last == 'a' && !hers) || last == 'i' || last == 'y' || last == 'o' || last == 'u';
}

/* A name: which of the CELL_ bits the words deserve (R1, R2). */
static unsigned judge_words(const Words *w) {
    size_t first_names = 0, initials = 0, surnames = 0, genitives = 0;
    bool unsure = false;
    for (size_t i = 0; i < w->count; i++) {
        const SitoWord *word = &w->words[i].word;
        if (!w->initial[i] && names_no_person(&w->words[i])) {
            return CELL_PLACE_FORM;
        }
        bool first_name = !w->initial[i] && sito_is_first_name_as_listed(word);
        initials += w->initial[i];
        first_names += first_name;
        unsure = unsure || (first_name && sito_is_genitive_too(word));
        genitives += !first_name && !w->initial[i] && may_be_genitive(&w->words[i]);
        surnames += sito_is_surname_like(word);
    }
    size_t others = w->count - first_names - initials;
    unsigned bits = CELL_PLACE_FORM;
    if (w->count <= MOST_IN_NAME && initials < w->count) {
        bits |= CELL_NAME_FORM;
    }
    if (unsure && genitives > 0) {
        return bits;
    }
    if (first_names > 0 && initials + others > 0 && w->count <= MOST_IN_NAME) {
        return bits | CELL_PERSON;
    }
    if (initials > 0 && surnames > 0 && others <= 2) {
        return bits | CELL_PERSON;
    }
    return first_names > 0 && others == 0 ? bits | CELL_FIRST_NAME : bits;
}

static bool is_year(SitoText text) {
    bool century =
        text.size == 4 && (memcmp(text.data, "19", 2) == 0 || memcmp(text.data, "20", 2) == 0);
    return century && sito_is_digit_at(text, 2) && sito_is_digit_at(text, 3);
}

/* A date, alone or with a time of day behind it. */
static bool is_date(SitoText text) {
    if (!sito_is_digit_at(text, 0)) {
        return false;
    }
    size_t end = sito_date_end(text, 0);
    if (end < 6) {
        return false;
    }
    SitoText rest = trim((SitoText){text.data + end, text.size - end});
    return rest.size == 0 || (rest.size <= 2 && rest.data[0] == 'r') || rest.data[0] == 'T' ||
           (text.data[end] == ' ' && sito_is_digit_at(rest, 0));
}

typedef struct Inside {
    size_t size;
    unsigned bits;
} Inside;

static int note(void *context, const SitoHit *hit) {
    Inside *inside = context;
    bool whole = hit->start == 0 && hit->end == inside->size;
    if (hit->kind == SITO_ADDRESS && hit->confidence >= 0.9) {
        inside->bits |= whole ? CELL_ADDRESS : CELL_ADDRESS_IN;
    }
    if (hit->kind == SITO_NAME && hit->confidence >= 0.9 && inside->size >= PROSE && !whole) {
        inside->bits |= CELL_NAME_IN;
    }
    if (hit->kind == SITO_BIRTH_DATE) {
        inside->bits |= CELL_BIRTH_IN;
    }
    return SITO_OK;
}

unsigned sito_cell_read(SitoText value) {
    SitoText text = trim(value);
    if (text.size < 2) {
        return 0;
    }
    unsigned bits = sito_form_read(text);
    if (sito_is_digit_at(text, 0)) {
        bits |= (is_year(text) ? CELL_YEAR : 0) | (is_date(text) ? CELL_DATE : 0);
    }
    Words words = {0};
    if (text.size < SITO_WORD_LONGEST * MOST_WORDS) {
        read_words(text, &words);
    }
    if (words.count > 0 && words.end == text.size) {
        return bits | judge_words(&words);
    }
    if (words.count > 0 && sito_is_digit_at(text, words.end)) {
        bits |= CELL_HOUSE;
    }
    if (memchr(text.data, ' ', text.size) != NULL) {
        Inside inside = {.size = text.size};
        int rc = sito_identity_find(text, note, &inside);
        bits |= rc == SITO_OK ? inside.bits : 0; /* note never ends it */
    }
    return bits;
}

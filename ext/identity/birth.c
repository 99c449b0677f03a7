/*
** Dates and places of birth. Other dates in a document are no personal data (annex 1 § 6 (4)).
**
**   ur. 12.03.1975 r. · urodzona 5 maja 1960 r. w Łodzi · data urodzenia: 1975-03-12 · ur. 1975
**
** R1  A date or a year within 40 bytes behind ur., urodzony, urodzenia in any form.
** R2  The place behind „w” that follows is a place of birth.
*/
#include <string.h>

#include "find.h"

enum { NEAR = 40 };

static bool speaks_of_birth(const SitoWord *word) {
    return strcmp(word->letters, "ur") == 0 || strncmp(word->letters, "urodz", 5) == 0;
}

static size_t number_end(SitoText text, size_t position, size_t most) {
    size_t end = position;
    while (end - position < most && sito_is_digit_at(text, end)) {
        end++;
    }
    return sito_is_digit_at(text, end) ? position : end;
}

static bool is_mark(SitoText text, size_t position) {
    return position < text.size && strchr("-./", text.data[position]) != NULL &&
           text.data[position] != 0;
}

/* 12.03.1975, 1975-03-12, 12-3-75: the end, or `start`. */
static size_t marked_date_end(SitoText text, size_t start) {
    size_t position = start;
    for (int part = 0; part < 3; part++) {
        size_t end = number_end(text, position, 4);
        if (end == position) {
            return start;
        }
        if (part == 2) {
            return end;
        }
        if (!is_mark(text, end)) {
            return start;
        }
        position = end + 1;
        while (position < text.size && text.data[position] == ' ') {
            position++;
        }
    }
    return start;
}

static bool is_roman_month(const SitoWord *word) {
    return word->size > 0 && word->size <= 4 && strspn(word->letters, "ivx") == word->size;
}

/* 5 maja 1960, 5 V 1960: the end, or `start`. */
static size_t written_date_end(SitoText text, size_t start) {
    size_t day = number_end(text, start, 2);
    SitoToken month;
    if (day == start || !sito_token_next(text, day, ".", &month) ||
        (sito_month_of(&month.word) == 0 && !is_roman_month(&month.word))) {
        return start;
    }
    size_t year = month.end;
    while (year < text.size && (text.data[year] == ' ' || text.data[year] == '.')) {
        year++;
    }
    size_t end = number_end(text, year, 4);
    return end == year + 4 ? end : start;
}

size_t sito_date_end(SitoText text, size_t start) {
    size_t end = marked_date_end(text, start);
    if (end == start) {
        end = written_date_end(text, start);
    }
    if (end == start) {
        size_t year = number_end(text, start, 4);
        bool likely = year == start + 4 && (text.data[start] == '1' || text.data[start] == '2');
        end = likely ? year : start;
    }
    return end;
}

static int find_place(SitoSearch *search, size_t end) {
    SitoToken token;
    if (sito_token_next(search->text, end, ".", &token) && token.word.letters[0] == 'r' &&
        (token.word.size == 1 || strcmp(token.word.letters, "roku") == 0)) {
        end = token.end;
    }
    if (!sito_token_next(search->text, end, ".,", &token) ||
        (strcmp(token.word.letters, "w") != 0 && strcmp(token.word.letters, "we") != 0) ||
        !sito_token_next(search->text, token.end, "", &token) || !token.capital) {
        return SITO_OK;
    }
    SitoHit hit = {
        .start = token.start, .end = token.end, .kind = SITO_BIRTH_PLACE, .confidence = 0.85};
    return sito_search_emit(search, hit);
}

/* ur. ███ r., decyzja z dnia 5 maja 2020 r.: the date of birth was there. */
static bool is_mark_of_redaction(SitoText text, size_t position) {
    return text.size - position >= 3 && memcmp(text.data + position, "\xE2\x96\x88", 3) == 0;
}

int sito_find_birth(SitoSearch *search, const SitoToken *token) {
    SitoText text = search->text;
    if (!speaks_of_birth(&token->word)) {
        return SITO_OK;
    }
    size_t limit = token->end + NEAR < text.size ? token->end + NEAR : text.size;
    for (size_t i = token->end; i < limit && text.data[i] != '\n' && text.data[i] != ';'; i++) {
        if (is_mark_of_redaction(text, i)) {
            return SITO_OK;
        }
        if (!sito_is_digit_at(text, i)) {
            continue;
        }
        size_t end = sito_date_end(text, i);
        if (end == i) {
            return SITO_OK;
        }
        SitoHit hit = {.start = i, .end = end, .kind = SITO_BIRTH_DATE, .confidence = 0.95};
        int rc = sito_search_emit(search, hit);
        return rc == SITO_OK ? find_place(search, end) : rc;
    }
    return SITO_OK;
}

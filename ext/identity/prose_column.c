/*
** Whether a column holds names, addresses, dates or places of birth, and what leads to them (cell.h).
**
** R1  Names: most cells are a first name and a surname: certain. A tenth of them, or nearly all first names alone:
**     likely. Behind a heading for a name (imię, nazwisko, surname) most cells need only the form of one, and one person makes it likely.
** R2  A heading that speaks of what is called after people (ulica, patron, szkoła, plac) takes the names' word away.
** R3  Addresses: most cells are one: likely, since offices have addresses too; certain where the heading speaks of a
**     home. Behind a heading for an address or a street a number behind the name is enough; a street alone is none.
** R4  Birth dates: dates behind a heading that speaks of birth: certain; years: likely, and only behind „rok”. Places
**     of birth only behind their heading.
** R5  In longer texts: likely from MANY cells and one in a hundred on.
** R6  Postal codes, addresses in the Internet and coordinates: likely where nearly all cells are one.
*/
#include <string.h>

#include "cell.h"
#include "code.h"

enum { LONGEST = 96, MANY = 3 };

enum {
    HEADING_NAME = 1,
    HEADING_THING = 2,
    HEADING_HOME = 4,
    HEADING_ADDRESS = 8,
    HEADING_BIRTH = 16,
    HEADING_YEAR = 32,
    HEADING_PLACE = 64
};

/* Words of a heading in capitals; ? stands for a letter beyond ASCII. `whole`: of its own between other signs. */
static const struct {
    unsigned bit;
    bool whole;
    const char *letters;
} heading_words[] = {
    {HEADING_NAME, true, "IMI?"},         {HEADING_NAME, true, "IMIE"},
    {HEADING_NAME, true, "IMIONA"},       {HEADING_NAME, false, "NAZWISK"},
    {HEADING_NAME, false, "SURNAME"},     {HEADING_NAME, false, "FIRST NAME"},
    {HEADING_NAME, false, "LAST NAME"},   {HEADING_NAME, false, "FULL NAME"},
    {HEADING_NAME, false, "FAMILY NAME"}, {HEADING_NAME, false, "GIVEN NAME"},
    {HEADING_NAME, false, "FIRSTNAME"},   {HEADING_NAME, false, "LASTNAME"},
    {HEADING_NAME, false, "FULLNAME"},    {HEADING_THING, false, "ULIC"},
    {HEADING_THING, false, "PATRON"},     {HEADING_THING, false, "SZKO?"},
    {HEADING_THING, false, "SZKOL"},      {HEADING_THING, true, "PLAC"},
    {HEADING_THING, true, "SKWER"},       {HEADING_THING, true, "POMNIK"},
    {HEADING_THING, true, "STREET"},      {HEADING_THING, false, "SCHOOL"},
    {HEADING_THING, false, "OSIEDL"},     {HEADING_HOME, false, "ZAMIESZKANI"},
    {HEADING_HOME, false, "ZAMELDOWANI"}, {HEADING_HOME, false, "HOME ADDRESS"},
    {HEADING_HOME, false, "RESIDEN"},     {HEADING_ADDRESS, false, "ADRES"},
    {HEADING_ADDRESS, false, "ADDRESS"},  {HEADING_ADDRESS, true, "ULICA"},
    {HEADING_ADDRESS, true, "STREET"},    {HEADING_BIRTH, false, "URODZ"},
    {HEADING_BIRTH, false, "BIRTH"},      {HEADING_BIRTH, true, "DOB"},
    {HEADING_BIRTH, true, "UR"},          {HEADING_YEAR, true, "ROK"},
    {HEADING_YEAR, true, "YEAR"},         {HEADING_PLACE, true, "MIEJSCE"},
    {HEADING_PLACE, true, "MIEJSCOWO??"}, {HEADING_PLACE, true, "PLACE"},
    {HEADING_PLACE, false, "BIRTHPLACE"},
};

/* The heading in capitals, its words parted by one blank each, blanks around; „miejsceUrodzenia” is two words. */
static void flatten(SitoText name, char *out) {
    size_t size = 0;
    bool lower = false;
    out[size++] = ' ';
    for (size_t i = 0; i < name.size && size < LONGEST - 2;) {
        bool capital = name.data[i] >= 'A' && name.data[i] <= 'Z';
        char plain;
        SitoSign sign = sito_sign_next(name, &i, &plain);
        bool letter = sign == SIGN_LETTER || sign == SIGN_WORD;
        if ((!letter || (capital && lower)) && out[size - 1] != ' ') {
            out[size++] = ' ';
        }
        if (letter) {
            out[size++] = sign == SIGN_LETTER ? plain : '?';
        }
        lower = letter && !capital;
    }
    out[size++] = ' ';
    out[size] = 0;
}

static bool has_word(const char *heading, const char *letters, bool whole) {
    size_t size = strlen(letters);
    for (const char *at = strstr(heading, letters); at != NULL; at = strstr(at + 1, letters)) {
        if (!whole || (at[-1] == ' ' && at[size] == ' ')) {
            return true;
        }
    }
    return false;
}

void sito_prose_begin(SitoProseColumn *column, SitoText name) {
    char heading[LONGEST + 1];
    flatten(name, heading);
    *column = (SitoProseColumn){0};
    for (size_t i = 0; i < SITO_COUNT(heading_words); i++) {
        if (has_word(heading, heading_words[i].letters, heading_words[i].whole)) {
            column->heading |= heading_words[i].bit;
        }
    }
}

uint32_t sito_prose_add(SitoProseColumn *column, SitoText value) {
    unsigned bits = sito_cell_read(value), rest = bits;
    column->values++;
    for (int i = 0; rest != 0; i++, rest >>= 1) {
        column->signs[i] += rest & 1;
    }
    bool thing = (column->heading & HEADING_THING) != 0;
    bool person = (bits & CELL_NAME_IN) != 0 || ((bits & CELL_PERSON) != 0 && !thing);
    bool address = (bits & (CELL_ADDRESS | CELL_ADDRESS_IN)) != 0;
    return (person ? SITO_KIND(SITO_NAME) : 0) | (address ? SITO_KIND(SITO_ADDRESS) : 0);
}

void sito_prose_pass(SitoProseColumn *column) {
    column->values++;
}

bool sito_kind_is_prose(SitoIdentityKind kind) {
    return kind >= SITO_NAME && kind <= SITO_COORDINATES;
}

static int64_t count_of(const SitoProseColumn *column, unsigned sign) {
    int i = 0;
    while ((sign >> i) > 1) {
        i++;
    }
    return column->signs[i];
}

/* True when `count` of the values are at least `percent` in a hundred. */
static bool is_share(const SitoProseColumn *column, int64_t count, int percent) {
    return count > 0 && (double)count * 100 >= (double)percent * (double)column->values;
}

bool sito_prose_is_of_names(const SitoProseColumn *column) {
    return is_share(column, count_of(column, CELL_PLACE_FORM), 50);
}

static SitoVerdict judge_inside(const SitoProseColumn *column, int64_t within) {
    return within >= MANY && is_share(column, within, 1) ? SITO_LIKELY : SITO_CHANCE;
}

static SitoProseFind judge_name(const SitoProseColumn *c) {
    int64_t persons = count_of(c, CELL_PERSON), first_names = count_of(c, CELL_FIRST_NAME);
    SitoProseFind find = {.within = count_of(c, CELL_NAME_IN),
                          .heading = (c->heading & HEADING_NAME) != 0,
                          .thing = (c->heading & HEADING_THING) != 0};
    find.found = persons + first_names + find.within;
    find.verdict = judge_inside(c, find.within);
    int64_t formed = count_of(c, CELL_NAME_FORM);
    if (find.heading && is_share(c, formed, 50)) {
        find.found = formed + find.within;
        find.verdict = SITO_CERTAIN;
    } else if (find.thing) {
        return find; /* R2 */
    } else if (persons >= MANY && is_share(c, persons, 50)) {
        find.verdict = SITO_CERTAIN;
    } else if ((persons > 0 && find.heading) || (persons >= MANY && is_share(c, persons, 10)) ||
               (first_names >= MANY && is_share(c, first_names + persons, 80))) {
        find.verdict = SITO_LIKELY;
    }
    return find;
}

static SitoProseFind judge_address(const SitoProseColumn *c) {
    bool home = (c->heading & HEADING_HOME) != 0;
    SitoProseFind find = {.within = count_of(c, CELL_ADDRESS_IN),
                          .heading = home || (c->heading & HEADING_ADDRESS) != 0};
    int64_t addresses = count_of(c, CELL_ADDRESS);
    addresses += find.heading ? count_of(c, CELL_HOUSE) : 0;
    find.found = addresses + find.within;
    find.verdict = judge_inside(c, find.within);
    if (is_share(c, find.found, 50) && (find.heading || addresses >= MANY)) {
        find.verdict = home ? SITO_CERTAIN : SITO_LIKELY;
    }
    return find;
}

static SitoProseFind judge_birth_date(const SitoProseColumn *c) {
    bool birth = (c->heading & HEADING_BIRTH) != 0, year = (c->heading & HEADING_YEAR) != 0;
    SitoProseFind find = {.within = count_of(c, CELL_BIRTH_IN), .heading = birth};
    int64_t dates = birth ? count_of(c, CELL_DATE) : 0;
    int64_t years = birth && year ? count_of(c, CELL_YEAR) : 0;
    find.found = dates + years + find.within;
    find.verdict = judge_inside(c, find.within);
    if (is_share(c, dates, 50)) {
        find.verdict = SITO_CERTAIN;
    } else if (is_share(c, dates + years + find.within, 50)) {
        find.verdict = SITO_LIKELY;
    }
    return find;
}

static SitoProseFind judge_birth_place(const SitoProseColumn *c) {
    bool named = (c->heading & HEADING_BIRTH) != 0 && (c->heading & HEADING_PLACE) != 0;
    SitoProseFind find = {.heading = named};
    find.found = named ? count_of(c, CELL_PLACE_FORM) : 0;
    find.verdict = is_share(c, find.found, 50) ? SITO_CERTAIN : SITO_CHANCE;
    return find;
}

static SitoProseFind judge_form(const SitoProseColumn *c, unsigned sign) {
    SitoProseFind find = {.found = count_of(c, sign)};
    bool most = find.found >= MANY && is_share(c, find.found, 90);
    find.verdict = most ? SITO_LIKELY : SITO_CHANCE;
    return find;
}

SitoProseFind sito_prose_judge(const SitoProseColumn *column, SitoIdentityKind kind) {
    switch (kind) {
    case SITO_NAME:
        return judge_name(column);
    case SITO_ADDRESS:
        return judge_address(column);
    case SITO_BIRTH_DATE:
        return judge_birth_date(column);
    case SITO_BIRTH_PLACE:
        return judge_birth_place(column);
    case SITO_POSTAL_CODE:
        return judge_form(column, CELL_POSTAL_CODE);
    case SITO_IP_ADDRESS:
        return judge_form(column, CELL_IP_ADDRESS);
    case SITO_COORDINATES:
        return judge_form(column, CELL_COORDINATES);
    default:
        return (SitoProseFind){0};
    }
}

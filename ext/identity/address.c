/*
** Addresses in Polish prose: a street with a house number, a postal code with its town.
**
**   ul. Piotrkowska 104 m. 5, 90-926 Łódź · al. 3 Maja 12A · os. Słoneczne 7/14 · zam. Zgierska 5
**
** R1  A street without a number is no address. What stands between ul., al., pl., os. and the number is a name
**     of at most five words, also with a day (11 Listopada), an abbreviation (św., gen., ks.) or a particle.
** R2  Flat, postal code and town behind it belong to it.
** R3  Near a word for an office or a firm the address is probably theirs: low confidence, with the reason.
*/
#include <string.h>

#include "find.h"

enum { MOST_WORDS = 6, NEAR = 100 };

static bool is_one_of(const SitoWord *word, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (words[i][0] == word->letters[0] && strcmp(word->letters, words[i]) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_street(const SitoWord *word) {
    static const char *const words[] = {"ul",      "ulica",   "ulicy", "ulicę",   "ulicą",
                                        "al",      "aleja",   "alei",  "aleję",   "aleje",
                                        "pl",      "plac",    "placu", "os",      "osiedle",
                                        "osiedlu", "osiedla", "skwer", "skwerze", "rondo"};
    return is_one_of(word, words, SITO_COUNT(words));
}

static bool is_home(const SitoWord *word) {
    static const char *const words[] = {
        "zam",           "zamieszkały", "zamieszkała", "zamieszkałego", "zamieszkałej",
        "zamieszkałemu", "zamieszkałą", "zameldowany", "zameldowana",   "zameldowanego",
        "zameldowanej",  "adres",       "adresem",     "zamieszkania",  "mieszka",
        "mieszkający",   "mieszkająca"};
    return is_one_of(word, words, SITO_COUNT(words));
}

static bool is_particle(const SitoWord *word) {
    static const char *const words[] = {"św",  "gen",  "ks",   "dr",   "im",  "marsz", "płk",
                                        "bp",  "abp",  "prof", "kard", "i",   "na",    "pod",
                                        "nad", "ppłk", "mjr",  "kpt",  "rtm", "nr",    "r"};
    return is_one_of(word, words, SITO_COUNT(words));
}

bool sito_is_digit_at(SitoText text, size_t position) {
    return position < text.size && text.data[position] >= '0' && text.data[position] <= '9';
}

static size_t skip_blanks(SitoText text, size_t position) {
    while (position < text.size) {
        size_t next = position;
        char plain;
        SitoSign sign = sito_sign_next(text, &next, &plain);
        if (sign != SIGN_BLANK && sign != SIGN_NOTHING) {
            break;
        }
        position = next;
    }
    return position;
}

static size_t digits_end(SitoText text, size_t position) {
    while (sito_is_digit_at(text, position)) {
        position++;
    }
    return position;
}

static bool is_letter(SitoText text, size_t position) {
    char c = position < text.size ? text.data[position] : 0;
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0;
}

/* 104, 12A, 7/14, 5a/3; the position behind it, or 0. */
static size_t house_end(SitoText text, size_t start) {
    size_t end = digits_end(text, start);
    if (end == start || end - start > 4) {
        return 0;
    }
    end += is_letter(text, end) && !is_letter(text, end + 1);
    if (end + 1 < text.size && text.data[end] == '/' && sito_is_digit_at(text, end + 1)) {
        end = digits_end(text, end + 1);
        end += is_letter(text, end) && !is_letter(text, end + 1);
    }
    bool goes_on = is_letter(text, end) || (end + 1 < text.size && text.data[end] == '.' &&
                                            sito_is_digit_at(text, end + 1));
    return goes_on ? 0 : end;
}

/* m. 5, lok. 12, m 3 behind the house. */
static size_t flat_end(SitoText text, size_t end) {
    static const char *const words[] = {"m", "lok", "mieszkanie", "mieszkania", "lokal", "lokalu"};
    SitoToken token;
    if (!sito_token_next(text, end, ",", &token) ||
        !is_one_of(&token.word, words, SITO_COUNT(words))) {
        return end;
    }
    size_t start = token.end + (token.end < text.size && text.data[token.end] == '.');
    start = skip_blanks(text, start);
    size_t flat = digits_end(text, start);
    return flat > start && flat - start <= 4
               ? flat + (is_letter(text, flat) && !is_letter(text, flat + 1))
               : end;
}

/* 90-926 Łódź: the end of the town, or 0. */
static size_t town_end(SitoText text, size_t start) {
    size_t dash = start + 2, end = start + 6;
    if (digits_end(text, start) != dash || dash >= text.size || text.data[dash] != '-' ||
        digits_end(text, dash + 1) != end) {
        return 0;
    }
    SitoToken token;
    size_t town = 0;
    for (int words = 0;
         words < 3 && sito_token_next(text, town > 0 ? town : end, words > 0 ? "-" : "", &token);
         words++) {
        if (!token.capital) {
            break;
        }
        town = token.end;
    }
    return town;
}

/* A comma, then a postal code and its town, behind an address. */
static size_t with_town(SitoText text, size_t end) {
    size_t start = skip_blanks(text, end);
    if (start < text.size && text.data[start] == ',') {
        start = skip_blanks(text, start + 1);
    }
    size_t town = town_end(text, start);
    if (town > 0) {
        return town;
    }
    SitoToken token; /* … 5, Łódź; … 5 w Łodzi */
    if (sito_token_next(text, end, "", &token) && strcmp(token.word.letters, "w") == 0 &&
        sito_token_next(text, token.end, "", &token) && token.capital) {
        return token.end;
    }
    return end;
}

/* The house number behind the name of a street that begins at `position`, or 0. */
static size_t house_behind_name(SitoText text, size_t position, size_t *name_end) {
    bool named = false;
    for (int words = 0; words < MOST_WORDS; words++) {
        size_t before = position;
        position = skip_blanks(text, position);
        SitoToken token;
        size_t house = named ? house_end(text, position) : 0;
        bool other_line = memchr(text.data + before, '\n', position - before) != NULL;
        if (house > 0 && other_line && house < text.size &&
            strchr(".)", text.data[house]) != NULL) {
            break; /* the number of the next item of a list */
        }
        if (house > 0) {
            SitoToken next; /* ul. 6 Sierpnia: a number before a name is a part of it */
            bool day = sito_token_next(text, house, "", &next) && next.capital &&
                       sito_month_of(&next.word) > 0;
            bool year = house == position + 4 && sito_token_next(text, house, "", &next) &&
                        strcmp(next.word.letters, "r") == 0; /* ul. Rewolucji 1905 r. */
            if (!day && !year) {
                return house;
            }
        }
        if (sito_is_digit_at(text, position)) {
            if (digits_end(text, position) - position > 4) {
                break; /* no number of a house, and perhaps somebody's */
            }
            position = digits_end(text, position);
            continue;
        }
        if (position >= text.size || !is_letter(text, position) ||
            !sito_token_read(text, position, &token) ||
            (!token.capital && !is_particle(&token.word))) {
            break;
        }
        named = named || token.capital;
        position = token.end;
        while (position < text.size && (text.data[position] == '.' || text.data[position] == '-')) {
            position++;
        }
        *name_end = token.end;
    }
    return 0;
}

static SitoHit make_hit(const SitoSearch *search, size_t start, size_t end, double confidence,
                        bool home) {
    SitoHit hit = {.start = start, .end = end, .kind = SITO_ADDRESS, .confidence = confidence};
    bool office = search->institution > 0 && start - search->institution < NEAR;
    if (office && !home) {
        hit.confidence = 0.3;
        hit.reason = "near the name of an office or a firm";
    }
    return hit;
}

int sito_find_address(SitoSearch *search, const SitoToken *token) {
    SitoText text = search->text;
    bool home = sito_follows_previous(search, token->start) && is_home(&search->previous.word);
    bool street = is_street(&token->word);
    if (!street && !(home && token->capital)) {
        return SITO_OK;
    }
    size_t name = token->start, name_end = token->end;
    if (street) {
        name = token->end + (token->end < text.size && text.data[token->end] == '.');
    }
    size_t house = house_behind_name(text, name, &name_end);
    if (house == 0) {
        search->done = street ? name_end : search->done; /* a street alone: nobody's */
        return SITO_OK;
    }
    size_t end = with_town(text, flat_end(text, house));
    return sito_search_emit(search, make_hit(search, token->start, end, home ? 0.97 : 0.9, home));
}

int sito_find_town(SitoSearch *search, size_t start) {
    bool inside =
        start > 0 && (sito_is_digit_at(search->text, start - 1) ||
                      search->text.data[start - 1] == '-' || search->text.data[start - 1] == '/');
    size_t end = inside ? 0 : town_end(search->text, start);
    return end == 0 ? SITO_OK : sito_search_emit(search, make_hit(search, start, end, 0.6, false));
}

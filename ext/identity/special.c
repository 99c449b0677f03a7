/*
** Special categories of personal data (GDPR art. 9(1) and 10) told by words: "niepełnosprawność ruchowa",
** "wyznanie: prawosławne", "skazany". What stands here is that a text may speak of such a thing; whether it is
** about a person, a reader decides.
**
** R1  A word is told by its beginning, so that every case and gender is one entry: niepełnosprawn-. Two words
**     that mean something only together are an entry with a blank: leczenie psychiatryczn-.
** R2  Case, and whether Polish letters have their marks, make no difference.
** R3  Beginnings are so long that everyday words of offices do not share them: "karany" and "karalno-", not
**     "kara", which is a contract's; "członek partii", not "partia", which is of goods.
** R4  The list was written for sito from general knowledge of the language; it finds much, never all.
*/
#include "special.h"

#include <stdlib.h>
#include <string.h>

#include "identity.h"

typedef struct Stem {
    const char *letters; /* lower case, without marks; "word word" needs both in a row */
    SitoSpecial category;
} Stem;

/* Sorted by bytes. */
static const Stem stems[] = {
    {"adhd", SPECIAL_HEALTH},
    {"aids", SPECIAL_HEALTH},
    {"alkoholi", SPECIAL_HEALTH},
    {"alzheimer", SPECIAL_HEALTH},
    {"amputac", SPECIAL_HEALTH},
    {"areszt", SPECIAL_CONVICTION},
    {"asperger", SPECIAL_HEALTH},
    {"astm", SPECIAL_HEALTH},
    {"ateis", SPECIAL_RELIGION},
    {"autyz", SPECIAL_HEALTH},
    {"bezwyznaniow", SPECIAL_RELIGION},
    {"bialaczk", SPECIAL_HEALTH},
    {"biseksualn", SPECIAL_SEXUALITY},
    {"buddyj", SPECIAL_RELIGION},
    {"buddys", SPECIAL_RELIGION},
    {"celiaki", SPECIAL_HEALTH},
    {"chorob", SPECIAL_HEALTH},
    {"choroba psychiczn", SPECIAL_HEALTH},
    {"choroby psychiczn", SPECIAL_HEALTH},
    {"chory", SPECIAL_HEALTH},
    {"chrzescij", SPECIAL_RELIGION},
    {"ciaza", SPECIAL_HEALTH},
    {"covid", SPECIAL_HEALTH},
    {"cukrzyc", SPECIAL_HEALTH},
    {"czlonek partii", SPECIAL_POLITICS},
    {"czlonkini partii", SPECIAL_POLITICS},
    {"demencj", SPECIAL_HEALTH},
    {"depresj", SPECIAL_HEALTH},
    {"diagnoz", SPECIAL_HEALTH},
    {"dializ", SPECIAL_HEALTH},
    {"epilepsj", SPECIAL_HEALTH},
    {"epilepty", SPECIAL_HEALTH},
    {"ewangelic", SPECIAL_RELIGION},
    {"ewangelik", SPECIAL_RELIGION},
    {"gejem", SPECIAL_SEXUALITY},
    {"gejow", SPECIAL_SEXUALITY},
    {"gluchoniem", SPECIAL_HEALTH},
    {"gluchot", SPECIAL_HEALTH},
    {"grekokatol", SPECIAL_RELIGION},
    {"gruzlic", SPECIAL_HEALTH},
    {"hemofili", SPECIAL_HEALTH},
    {"hiv", SPECIAL_HEALTH},
    {"homoseksual", SPECIAL_SEXUALITY},
    {"inwalid", SPECIAL_HEALTH},
    {"islam", SPECIAL_RELIGION},
    {"jehow", SPECIAL_RELIGION},
    {"kalectw", SPECIAL_HEALTH},
    {"kara pozbawieni", SPECIAL_CONVICTION},
    {"karalnosc", SPECIAL_CONVICTION},
    {"karany", SPECIAL_CONVICTION},
    {"kary pozbawieni", SPECIAL_CONVICTION},
    {"katolic", SPECIAL_RELIGION},
    {"katolik", SPECIAL_RELIGION},
    {"kurator sadow", SPECIAL_CONVICTION},
    {"leczenie odwykow", SPECIAL_HEALTH},
    {"leczenie psychiatryczn", SPECIAL_HEALTH},
    {"lesbij", SPECIAL_SEXUALITY},
    {"lgbt", SPECIAL_SEXUALITY},
    {"luteran", SPECIAL_RELIGION},
    {"mniejszosc etniczn", SPECIAL_ORIGIN},
    {"mniejszosc narodow", SPECIAL_ORIGIN},
    {"mukowiscydoz", SPECIAL_HEALTH},
    {"muzulman", SPECIAL_RELIGION},
    {"narkoman", SPECIAL_HEALTH},
    {"narodowosc", SPECIAL_ORIGIN},
    {"narodowosci", SPECIAL_ORIGIN},
    {"nerwic", SPECIAL_HEALTH},
    {"niedorozwoj", SPECIAL_HEALTH},
    {"niedoslu", SPECIAL_HEALTH},
    {"niedoslysz", SPECIAL_HEALTH},
    {"niedowidz", SPECIAL_HEALTH},
    {"niekaraln", SPECIAL_CONVICTION},
    {"niepelnospraw", SPECIAL_HEALTH},
    {"nieslysz", SPECIAL_HEALTH},
    {"niewidom", SPECIAL_HEALTH},
    {"nowotwor", SPECIAL_HEALTH},
    {"obrzadek", SPECIAL_RELIGION},
    {"odwyk", SPECIAL_HEALTH},
    {"onkologiczn", SPECIAL_HEALTH},
    {"orientacja seksualn", SPECIAL_SEXUALITY},
    {"orientacji seksualn", SPECIAL_SEXUALITY},
    {"otepien", SPECIAL_HEALTH},
    {"padaczk", SPECIAL_HEALTH},
    {"paraplegi", SPECIAL_HEALTH},
    {"parkinson", SPECIAL_HEALTH},
    {"pochodzenia zydow", SPECIAL_ORIGIN},
    {"pochodzenie etniczn", SPECIAL_ORIGIN},
    {"pochodzenie rasow", SPECIAL_ORIGIN},
    {"poglady polityczn", SPECIAL_POLITICS},
    {"poronien", SPECIAL_HEALTH},
    {"pozbawienia wolnos", SPECIAL_CONVICTION},
    {"prawoslaw", SPECIAL_RELIGION},
    {"protestan", SPECIAL_RELIGION},
    {"przynaleznosc partyjn", SPECIAL_POLITICS},
    {"przynaleznosc zwiazkow", SPECIAL_UNION},
    {"psychiatr", SPECIAL_HEALTH},
    {"psychotropow", SPECIAL_HEALTH},
    {"psychoz", SPECIAL_HEALTH},
    {"recydyw", SPECIAL_CONVICTION},
    {"romow", SPECIAL_ORIGIN},
    {"romsk", SPECIAL_ORIGIN},
    {"rzymskokatol", SPECIAL_RELIGION},
    {"schizofreni", SPECIAL_HEALTH},
    {"skazan", SPECIAL_CONVICTION},
    {"stan zdrow", SPECIAL_HEALTH},
    {"stanu zdrow", SPECIAL_HEALTH},
    {"swiadek jehow", SPECIAL_RELIGION},
    {"tetraplegi", SPECIAL_HEALTH},
    {"transplciow", SPECIAL_SEXUALITY},
    {"transseksual", SPECIAL_SEXUALITY},
    {"udar mozg", SPECIAL_HEALTH},
    {"uposledzen", SPECIAL_HEALTH},
    {"uzaleznien", SPECIAL_HEALTH},
    {"uzaleznion", SPECIAL_HEALTH},
    {"w ciazy", SPECIAL_HEALTH},
    {"wiezienia", SPECIAL_CONVICTION},
    {"wiezieniu", SPECIAL_CONVICTION},
    {"wieznia", SPECIAL_CONVICTION},
    {"wiezniow", SPECIAL_CONVICTION},
    {"wirusowe zapalen", SPECIAL_HEALTH},
    {"wyrok sad", SPECIAL_CONVICTION},
    {"wyznani", SPECIAL_RELIGION},
    {"zaburzen", SPECIAL_HEALTH},
    {"zakazen", SPECIAL_HEALTH},
    {"zaklad karn", SPECIAL_CONVICTION},
    {"zakladu karn", SPECIAL_CONVICTION},
    {"zgwalc", SPECIAL_CONVICTION},
    {"zielonoswiatkow", SPECIAL_RELIGION},
    {"zwiazek zawodow", SPECIAL_UNION},
    {"zwiazkowiec", SPECIAL_UNION},
    {"zwiazku zawodow", SPECIAL_UNION},
};

enum { LONGEST_WORD = 47, BEGIN = 2 };

typedef struct Words {
    char last[LONGEST_WORD + 1],
        both[2 * LONGEST_WORD + 2]; /* "last word", "the one before and the last" */
    size_t size;
} Words;

/* R2: the letter of a character of two bytes, 0 for one that is none of ours. */
static char plain_letter(unsigned char first, unsigned char second) {
    static const struct {
        unsigned char first, second;
        char plain;
    } letters[] = {{0xC4, 0x84, 'a'}, {0xC4, 0x86, 'c'}, {0xC4, 0x98, 'e'},
                   {0xC5, 0x81, 'l'}, {0xC5, 0x83, 'n'}, {0xC3, 0x93, 'o'},
                   {0xC5, 0x9A, 's'}, {0xC5, 0xB9, 'z'}, {0xC5, 0xBB, 'z'}};
    for (size_t i = 0; i < SITO_COUNT(letters); i++) {
        unsigned small = letters[i].second + (letters[i].first == 0xC3 ? 0x20u : 1u);
        if (first == letters[i].first && (second == letters[i].second || second == small)) {
            return letters[i].plain;
        }
    }
    return 0;
}

/* The letter at *i in lower case without its mark, moving on; 0: no letter; 1: a mark to be passed over. */
static char next_letter(SitoText text, size_t *i) {
    unsigned char c = (unsigned char)text.data[(*i)++];
    if (c >= 'a' && c <= 'z') {
        return (char)c;
    }
    if (c >= 'A' && c <= 'Z') {
        return (char)(c + 32);
    }
    if (c < 0xC3 || c > 0xCD || *i == text.size) {
        return 0;
    }
    unsigned char second = (unsigned char)text.data[*i];
    if ((second & 0xC0) != 0x80) {
        return 0;
    }
    (*i)++;
    return c >= 0xCC ? 1 : plain_letter(c, second);
}

static int compare(const void *key, const void *stem) {
    return strncmp(key, ((const Stem *)stem)->letters, BEGIN);
}

/* Bits of the stems with which the word begins (R1). */
static unsigned look_up(const char *word) {
    unsigned found = 0;
    const Stem *any = word[0] == 0 || word[1] == 0
                          ? NULL
                          : bsearch(word, stems, SITO_COUNT(stems), sizeof *stems, compare);
    if (any == NULL) {
        return 0;
    }
    size_t i = (size_t)(any - stems);
    while (i > 0 && compare(word, &stems[i - 1]) == 0) {
        i--;
    }
    for (; i < SITO_COUNT(stems) && compare(word, &stems[i]) == 0; i++) {
        if (strncmp(word, stems[i].letters, strlen(stems[i].letters)) == 0) {
            found |= SITO_SPECIAL(stems[i].category);
        }
    }
    return found;
}

static unsigned end_word(Words *words) {
    if (words->size == 0) {
        return 0;
    }
    words->last[words->size] = 0;
    unsigned found = look_up(words->last);
    size_t before = strlen(words->both);
    if (before > 0) {
        words->both[before] = ' ';
        memcpy(words->both + before + 1, words->last, words->size + 1);
        found |= look_up(words->both);
    }
    memcpy(words->both, words->last, words->size + 1);
    words->size = 0;
    return found;
}

unsigned sito_special_look(SitoText text) {
    Words words = {.size = 0};
    unsigned found = 0;
    for (size_t i = 0; i < text.size;) {
        char letter = next_letter(text, &i);
        if (letter > 1 && words.size < LONGEST_WORD) {
            words.last[words.size++] = letter;
        } else if (letter == 0) {
            found |= end_word(&words);
        }
    }
    return found | end_word(&words);
}

const char *sito_special_name(SitoSpecial category) {
    static const char *const names[] = {
        [SPECIAL_HEALTH] = "health",        [SPECIAL_RELIGION] = "religion",
        [SPECIAL_ORIGIN] = "origin",        [SPECIAL_POLITICS] = "politics",
        [SPECIAL_UNION] = "union",          [SPECIAL_SEXUALITY] = "sexuality",
        [SPECIAL_CONVICTION] = "conviction"};
    return names[category];
}

bool sito_special_is_sorted(void) {
    for (size_t i = 1; i < SITO_COUNT(stems); i++) {
        if (strcmp(stems[i - 1].letters, stems[i].letters) >= 0) {
            return false;
        }
    }
    return true;
}

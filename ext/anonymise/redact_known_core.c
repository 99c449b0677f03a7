/*
** Surnames and first names in every case: Kowalski, Kowalskiego, Nowakówna, Dudka, Ziębie.
**
** R1  A name is declined by one of the patterns below. Each gives a word a stem where the word ends as the pattern
**     asks; two words are cases of one name when a pattern gives both the same stem of at least two letters.
** R2  So that time stays linear, the stems are kept in a hash table, each under its pattern's number.
**
** Source: the declension of Polish surnames as grammars have it; the patterns were written for sito.
*/
#include <string.h>

#include "redact_known.h"

enum { MOST_KNOWN = 1 << 26, MOST_STEMS = 24 };

/* R1: the endings of one pattern, parted by blanks; _ is no ending. */
static const char *const patterns[] = {
    "_ a owi em iem ie u owie iowie ów iów om ami ach e y i owa owej ową ówna ówny ównie ównę ówną",
    "ek ka kowi kiem ku kowie ków kom kami kach kowa kowej kówna kówny kównie kównę kówną",
    "eł ła łowi łem le łowie łów łom łami łach",
    "ieł ła łowi łem le łowie łów łom łami łach",
    "a y i ie ę ą o owie ów om ami ach ii ej",
    "ta ty cie tę tą to towie tów tom tami tach",
    "da dy dzie dę dą do dowie dów dom dami dach",
    "ka ki ce kę ką ko kowie ków kom kami kach",
    "ga gi dze gę gą go gowie gów gom gami gach",
    "ra ry rze rę rą ro rowie rów rom rami rach",
    "ła ły le łę łą ło łowie łów łom łami łach",
    "cha chy sze chę chą cho chowie chów chom chami chach",
    "ki ka kiego kiej kiemu kim ką cy kich kimi cka ko",
    "y a ego ej emu ym ą ych ymi o e",
    "i ia iego iej iemu im ią ich imi a ego ej",
    "o a u em owi owie ów om ami ie",
    "ko ki ce kę ką ka ku kiem kowi kowie ków kom kami kach",
    "ć cia ciowi ciem ciu ciowie ciów",
    "ń nia niowi niem niu niowie niów niom niami niach",
    "ś sia siowi siem siu siowie siów",
    "ź zia ziowi ziem ziu ziowie ziów",
    "ąb ębia ębiowi ębiem ębiu ębiowie ębiów",
    "ól óla ólowi ólem ólu ólowie ólów",
    "ól ola olowi olem olu olowie olów",
    "ół oła ołowi ołem ole ołowie ołów",
    "óg oga ogowi ogiem ogu ogowie ogów",
    "óz oza ozowi ozem ozie",
    "ór ora orowi orem orze",
    "iec ca cowi cem cu cowie ców",
    "ec ca cowi cem cu cowie ców",
    "ień nia niowi niem niu",
    "eń nia niowi niem niu",
    "cień tnia tniowi tniem tniu",
    "dzień dnia dniowi dniem dniu",
    "niec ńca ńcowi ńcem ńcu ńcowie ńców",
    "iel la lowi lem lu",
    "er ra rowi rem rze",
    "t ta towi tem cie towie tów",
    "d da dowi dem dzie dowie dów",
    "r ra rowi rem rze rowie rów",
    "ł ła łowi łem le łowie łów",
    "st sta stowi stem ście",
};

/* A key of 64 bits: the number of the pattern and the stem (FNV-1a, then mixed). It never leaves a text. */
static uint64_t key_of(size_t pattern, const char *stem, size_t size) {
    SitoHash128 hash = sito_hash128(stem, size);
    uint64_t key = hash.low ^ (0x9E3779B97F4A7C15u * (pattern + 1));
    return key == 0 ? 1 : key;
}

static size_t letters_of(const char *word, size_t size) {
    size_t letters = 0;
    for (size_t i = 0; i < size; i++) {
        letters += ((unsigned char)word[i] & 0xC0) != 0x80;
    }
    return letters;
}

/* The stems of a word: the longest ending of each pattern that it has. */
static size_t keys_of(const char *word, size_t size, uint64_t keys[MOST_STEMS]) {
    size_t count = 0;
    for (size_t p = 0; p < SITO_COUNT(patterns) && count < MOST_STEMS; p++) {
        for (const char *ending = patterns[p]; *ending != 0 && count < MOST_STEMS;) {
            size_t length = strcspn(ending, " ");
            size_t letters = ending[0] == '_' ? 0 : length;
            bool fits = size > letters && memcmp(word + size - letters, ending, letters) == 0;
            if (fits && letters_of(word, size - letters) >= 2) {
                keys[count++] = key_of(p, word, size - letters);
            }
            ending += length + (ending[length] == ' ');
        }
    }
    return count;
}

static AnonKnownEntry *place_of(const AnonKnown *known, uint64_t key) {
    size_t i = (size_t)key & (known->room - 1);
    while (known->entries[i].key != 0 && known->entries[i].key != key) {
        i = (i + 1) & (known->room - 1);
    }
    return &known->entries[i];
}

static int make_room(AnonKnown *known) {
    if (known->room > 0 && known->count * 2 < known->room) {
        return SITO_OK;
    }
    size_t room = known->room == 0 ? 256 : known->room * 2;
    if (room > MOST_KNOWN) {
        return SITO_TOOBIG;
    }
    AnonKnown larger = {
        .entries = sito_malloc(room * sizeof *larger.entries), .count = known->count, .room = room};
    if (larger.entries == NULL) {
        return SITO_NOMEM;
    }
    memset(larger.entries, 0, room * sizeof *larger.entries);
    for (size_t i = 0; i < known->room; i++) {
        if (known->entries[i].key != 0) {
            *place_of(&larger, known->entries[i].key) = known->entries[i];
        }
    }
    sito_free(known->entries);
    *known = larger;
    return SITO_OK;
}

static int add_key(AnonKnown *known, uint64_t key, uint32_t bits, uint32_t reason) {
    int rc = make_room(known);
    if (rc != SITO_OK) {
        return rc;
    }
    AnonKnownEntry *entry = place_of(known, key);
    known->count += entry->key == 0;
    entry->key = key;
    entry->bits |= bits;
    if ((bits & (KNOWN_STAYS | KNOWN_ALLOWED)) != 0) {
        entry->reason = reason;
    }
    return SITO_OK;
}

int anon_known_add(AnonKnown *known, const char *lower, uint32_t bits, uint32_t reason) {
    uint64_t keys[MOST_STEMS];
    size_t count = keys_of(lower, strlen(lower), keys);
    int rc = SITO_OK;
    for (size_t i = 0; i < count && rc == SITO_OK; i++) {
        rc = add_key(known, keys[i], bits, reason);
    }
    return rc;
}

/* Adds what an entry says; the reason of the last that stays. */
static void gather(AnonKnownEntry *all, const AnonKnownEntry *entry) {
    if (entry->key == 0) {
        return;
    }
    all->key = entry->key;
    all->bits |= entry->bits;
    if ((entry->bits & (KNOWN_STAYS | KNOWN_ALLOWED)) != 0) {
        all->reason = entry->reason;
    }
}

AnonKnownEntry anon_known_find(const AnonKnown *known, const char *lower) {
    uint64_t keys[MOST_STEMS];
    size_t count = known->room == 0 ? 0 : keys_of(lower, strlen(lower), keys);
    AnonKnownEntry all = {.key = 0};
    for (size_t i = 0; i < count; i++) {
        gather(&all, place_of(known, keys[i]));
    }
    return all;
}

/* The keys of a pair: every stem of the one with every stem of the other. */
static uint64_t both(uint64_t first, uint64_t surname) {
    uint64_t key = (first << 31 | first >> 33) ^ (surname * 0x9E3779B97F4A7C15u);
    return key == 0 ? 1 : key;
}

int anon_known_add_pair(AnonKnown *known, const char *first, const char *surname, uint32_t bits,
                        uint32_t reason) {
    uint64_t firsts[MOST_STEMS], surnames[MOST_STEMS];
    size_t first_count = keys_of(first, strlen(first), firsts);
    size_t surname_count = keys_of(surname, strlen(surname), surnames);
    int rc = SITO_OK;
    for (size_t f = 0; f < first_count; f++) {
        for (size_t s = 0; s < surname_count && rc == SITO_OK; s++) {
            rc = add_key(known, both(firsts[f], surnames[s]), bits, reason);
        }
    }
    return rc;
}

AnonKnownEntry anon_known_find_pair(const AnonKnown *known, const char *first,
                                    const char *surname) {
    uint64_t firsts[MOST_STEMS], surnames[MOST_STEMS];
    size_t first_count = known->room == 0 ? 0 : keys_of(first, strlen(first), firsts);
    size_t surname_count = keys_of(surname, strlen(surname), surnames);
    AnonKnownEntry all = {.key = 0};
    for (size_t f = 0; f < first_count; f++) {
        for (size_t s = 0; s < surname_count; s++) {
            gather(&all, place_of(known, both(firsts[f], surnames[s])));
        }
    }
    return all;
}

void anon_known_free(AnonKnown *known) {
    sito_free(known->entries);
    *known = (AnonKnown){.count = 0};
}

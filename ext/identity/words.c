/*
** The words that tell what a number is: in a heading ("nr PESEL", "tel_kom") and in front of a
** number in prose ("NIP: …", "tel. …").
**
** R1  Words are runs of letters; case does not matter. In peselOsoby and nrTel a capital begins a
**     word.
** R2  Short words must be whole (nip, tel: not "snippet", "hotel"); long ones may be part of a
**     compound (telefonu, telefonkontaktowy).
** R3  Between the word and its number stand at most blanks and punctuation, or "nr", "numer", "podmiotu to".
*/
#include <string.h>

#include "code.h"
#include "words.h"

enum { LONGEST_WORD = 32, NEAR = 48 };

typedef struct Word {
    SitoIdentityKind kind;
    bool whole;
    const char *letters; /* capitals; ? stands for a letter beyond ASCII */
} Word;

static const Word words[] = {
    {SITO_PESEL, false, "PESEL"},
    {SITO_NIP, true, "NIP"},
    {SITO_NIP, true, "NIPU"},
    {SITO_NIP, true, "TAXID"},
    {SITO_NIP, true, "VATID"},
    {SITO_REGON, false, "REGON"},
    {SITO_EMAIL, false, "EMAIL"},
    {SITO_EMAIL, true, "MAIL"},
    {SITO_EMAIL, true, "MAILA"},
    {SITO_EMAIL, true, "MAILE"},
    {SITO_EMAIL, true, "MAILOWY"},
    {SITO_PHONE, true, "TEL"},
    {SITO_PHONE, false, "TELEFON"},
    {SITO_PHONE, false, "PHONE"},
    {SITO_PHONE, true, "KOM"},
    {SITO_PHONE, true, "KOM?RKA"},
    {SITO_PHONE, true, "KOMORKA"},
    {SITO_PHONE, true, "KOM?RKOWY"},
    {SITO_PHONE, true, "MOBILE"},
    {SITO_PHONE, true, "FAX"},
    {SITO_PHONE, true, "FAKS"},
    {SITO_PHONE, true, "FAXU"},
    {SITO_PHONE, true, "FAKSU"},
    {SITO_PHONE, true, "GSM"},
    {SITO_PHONE, true, "KONTAKT"},
    {SITO_PHONE, true, "NUMEREM"},
    {SITO_ID_CARD, true, "DOW?D"},
    {SITO_ID_CARD, true, "DOWOD"},
    {SITO_ID_CARD, true, "DOWODU"},
    {SITO_ID_CARD, true, "DOWODEM"},
    {SITO_ID_CARD, true, "OSOBISTY"},
    {SITO_ID_CARD, true, "OSOBISTEGO"},
    {SITO_ID_CARD, true, "OSOBISTYM"},
    {SITO_PASSPORT, false, "PASZPORT"},
    {SITO_PASSPORT, true, "PASSPORT"},
    {SITO_LAND_REGISTER, true, "KW"},
    {SITO_LAND_REGISTER, false, "WIECZYST"},
    {SITO_IBAN, true, "IBAN"},
    {SITO_IBAN, true, "NRB"},
    {SITO_IBAN, true, "KONTO"},
    {SITO_IBAN, true, "KONTA"},
    {SITO_IBAN, true, "RACHUNEK"},
    {SITO_IBAN, true, "RACHUNKU"},
    {SITO_PWZ, true, "PWZ"},
    {SITO_PWZ, true, "ZAWODU"},
    {SITO_PLATE, true, "REJ"},
    {SITO_PLATE, false, "REJESTRACYJN"},
    {SITO_PLATE, true, "TABLICE"},
    {SITO_EDELIVERY, true, "ADE"},
    {SITO_EDELIVERY, false, "DOR?CZE"},
};

typedef struct Letters {
    char letters[LONGEST_WORD + 1];
    size_t size;
} Letters;

static uint32_t kinds_of_word(const Letters *word) {
    uint32_t kinds = 0;
    for (size_t i = 0; i < SITO_COUNT(words) && word->size > 0; i++) {
        bool fits = words[i].whole ? strcmp(word->letters, words[i].letters) == 0
                                   : strstr(word->letters, words[i].letters) != NULL;
        kinds |= fits ? SITO_KIND(words[i].kind) : 0;
    }
    return kinds;
}

static bool only_introduces(const Letters *word) {
    static const char *const introductions[] = {
        "NR",      "NUMER",        "NO",         "NUMERU",       "SERIA",    "SERII",    "SERI?",
        "PL",      "TO",           "JEST",       "PODMIOTU",     "FIRMY",    "O",        "NUMERZE",
        "STRONY",  "WNIOSKODAWCY", "PANI",       "PANA",         "MATKI",    "OJCA",     "DZIECKA",
        "RODZICA", "OPIEKUNA",     "KONTAKTOWY", "KONTAKTOWEGO", "S?U?BOWY", "PRYWATNY", "DOMOWY",
        "PRYW",    "S?U?B",        "DO",         "KONTAKTU",     "RODZIC?W", "SZKO?Y",   "DOM",
        "BANKOWY", "BANKOWEGO",    "ID",         "W?ASNY"};
    for (size_t i = 0; i < SITO_COUNT(introductions); i++) {
        if (strcmp(word->letters, introductions[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* Reads the word at *position, or one character that is no letter (an empty word). A number counts
** as a word of its own, which names nothing. */
static Letters next_word(SitoText text, size_t *position, bool *is_number) {
    Letters word = {0};
    bool lower = false;
    *is_number = false;
    while (*position < text.size) {
        size_t next = *position;
        char plain;
        SitoSign sign = sito_sign_next(text, &next, &plain);
        bool letter = sign == SIGN_LETTER || sign == SIGN_WORD;
        bool capital = text.data[*position] >= 'A' && text.data[*position] <= 'Z';
        if (!letter || (capital && lower && word.size > 0)) {
            if (word.size == 0) {
                *is_number = sign == SIGN_DIGIT;
                *position = next;
            }
            break;
        }
        lower = !capital;
        *position = next;
        if (word.size < LONGEST_WORD) {
            word.letters[word.size++] = plain != 0 ? plain : '?';
        }
    }
    return word;
}

uint32_t sito_identity_heading(SitoText name) {
    uint32_t kinds = 0;
    for (size_t i = 0; i < name.size;) {
        bool is_number;
        Letters word = next_word(name, &i, &is_number);
        kinds |= kinds_of_word(&word);
    }
    return kinds;
}

/* True when the last thing before `position` that is no punctuation is a number: nothing names it. */
static bool is_behind_number(SitoText text, size_t start, size_t position) {
    while (position > start) {
        unsigned char c = (unsigned char)text.data[--position];
        if (c >= '0' && c <= '9') {
            return true;
        }
        if (c >= 0x80 || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) {
            return false;
        }
    }
    return true;
}

uint32_t sito_words_before(SitoText text, size_t position) {
    size_t start = position > NEAR ? position - NEAR : 0;
    if (is_behind_number(text, start, position)) {
        return 0;
    }
    while (start > 0 && start < position && ((unsigned char)text.data[start] & 0xC0) == 0x80) {
        start++;
    }
    SitoText near = {.data = text.data + start, .size = position - start};
    Letters last = {0}; /* asked for its kinds once, not each word in front of it */
    for (size_t i = 0; i < near.size;) {
        bool is_number;
        Letters word = next_word(near, &i, &is_number);
        if (is_number || (word.size > 0 && !only_introduces(&word))) {
            last = word;
        }
    }
    return kinds_of_word(&last);
}

/*
** A value as the validators see it: its digits and capital letters, and how it was written.
*/
#ifndef SITO_IDENTITY_CODE_H
#define SITO_IDENTITY_CODE_H

#include "base/sito.h"

/* What a character is to someone who reads a number: R1 to R3 of code.c. */
typedef enum SitoSign {
    SIGN_OTHER,
    SIGN_DIGIT,
    SIGN_LETTER, /* A-Z, a-z and their full-width forms */
    SIGN_WORD,   /* letters of other kinds: ł, я */
    SIGN_BLANK,  /* any space */
    SIGN_DASH,   /* any hyphen, dash or minus */
    SIGN_DOT,
    SIGN_SLASH,
    SIGN_COLON,
    SIGN_OPEN,
    SIGN_CLOSE,
    SIGN_PLUS,
    SIGN_NOTHING /* zero-width: as if it were not there */
} SitoSign;

#define SITO_SIGN(sign) (1u << (sign))

/* Reads the character at *position and moves on. *plain receives its ASCII form: the digit, the
** capital letter, or 0. */
SitoSign sito_sign_next(SitoText text, size_t *position, char *plain);

enum { SITO_CODE_LONGEST = 34 }; /* an IBAN */

typedef struct SitoCode {
    char signs[SITO_CODE_LONGEST + 1]; /* digits and capital letters; ends with NUL */
    size_t size;
    size_t digits;       /* how many of the signs are digits */
    uint32_t separators; /* SITO_SIGN bits of what stood between them */
    uint64_t groups;     /* lengths of the groups, one hexadecimal digit each: 0x3322 */
} SitoCode;

/* False when the value is no code: another character, too long, a separator at an end (a plus sign
** or an opening bracket may lead, blanks may stand at both ends). */
bool sito_code_read(SitoText value, SitoCode *code);

/* True when the code is `size` digits, at most separated by blanks and dashes. */
bool sito_code_is_number(const SitoCode *code, size_t size);

/* Puts zeros in front until the code has `size` signs: a number that was stored as an integer. At
** most three are missing in a number that anyone holds; false when more would be needed. */
bool sito_code_pad(SitoCode *code, size_t size);

/* The sum of digit times weight over the first `count` signs. */
int sito_code_sum(const char *digits, const unsigned char *weights, size_t count);

/* ---- one validator a file ---- */

bool sito_pesel_valid(const SitoCode *code);
bool sito_nip_valid(const SitoCode *code);
bool sito_regon_valid(const SitoCode *code);
bool sito_id_card_valid(const SitoCode *code);
bool sito_passport_valid(const SitoCode *code);
bool sito_land_register_valid(const SitoCode *code);
bool sito_iban_valid(const SitoCode *code);
bool sito_pwz_valid(const SitoCode *code);
bool sito_simc_valid(const SitoCode *code);
bool sito_terc_valid(const SitoCode *code);
bool sito_edelivery_valid(const SitoCode *code);

/* What a valid PESEL says. */
typedef struct SitoBirth {
    int year, month, day;
    bool male;
} SitoBirth;
SitoBirth sito_pesel_birth(const SitoCode *code);

/* R2 of phone.c */
typedef enum SitoPhone { PHONE_NONE, PHONE_WEAK, PHONE_LOOSE, PHONE_STRONG } SitoPhone;
SitoPhone sito_phone_form(const SitoCode *code);

/* The address around the @ at position `at`: its first byte and the one behind its last. */
bool sito_email_around(SitoText text, size_t at, size_t *start, size_t *end);

/* The kinds that a longer text contains (find.c); adds to *shaped those whose form alone is there.
 */
uint32_t sito_find_kinds(SitoText text, uint32_t *shaped);

/* Its two parts: false where the text can hold no number, told by a glance; and the search itself. */
bool sito_may_hold_number(SitoText text);
uint32_t sito_search_numbers(SitoText text, uint32_t *shaped);

#endif

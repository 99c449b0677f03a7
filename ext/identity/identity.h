/*
** identity: is this value, or something inside it, the number, address or name of a person?
** Plain C for other rooms; the SQL side is declared in identity.c.
**
**   a cell ──▶ sito_identity_look ──▶ kinds ──▶ counts of a column ──▶ sito_identity_verdict
**   prose  ──▶ sito_identity_find ──▶ hits with their places
**
** A check digit proves little for one value: of random digits 10 % pass as a REGON, 9 % as a NIP, 2
*%
** as a PESEL. So a look says what a value can be, and a column decides what it is.
*/
#ifndef SITO_IDENTITY_H
#define SITO_IDENTITY_H

#include "base/sito.h"

/* The kinds of personal data, in the order in which one value is named: the first that fits. */
typedef enum SitoIdentityKind {
    SITO_PESEL,
    SITO_NIP,
    SITO_EMAIL,
    SITO_IBAN,
    SITO_LAND_REGISTER,
    SITO_EDELIVERY,
    SITO_ID_CARD,
    SITO_PASSPORT,
    SITO_REGON,
    SITO_PHONE,
    SITO_PWZ, /* from here on only in prose */
    SITO_PLATE,
    SITO_NAME,
    SITO_ADDRESS,
    SITO_BIRTH_DATE,
    SITO_BIRTH_PLACE,
    SITO_POSTAL_CODE,
    SITO_IP_ADDRESS,
    SITO_COORDINATES,
    SITO_IDENTITY_KINDS
} SitoIdentityKind;

#define SITO_KIND(kind) (1u << (kind))

/* The word for a kind as SQL and reports have it: "pesel". */
const char *sito_identity_name(SitoIdentityKind kind);

/* The paragraph of annex 1 to order 354/2022 of the Mayor of Łódź that has this kind masked. */
const char *sito_identity_basis(SitoIdentityKind kind);

/* What one value can be. Each is a set of SITO_KIND bits. */
typedef struct SitoLook {
    uint32_t kinds;  /* the whole value is a valid one */
    uint32_t weak;   /* of these: so many other things look alike that only a heading tells
                      * (nine digits as a phone number; a PESEL short of its leading zeros) */
    uint32_t loose;  /* of these: the grouping speaks for it, but an amount may be grouped so */
    uint32_t shaped; /* it has the length of one, valid or not */
    uint32_t within; /* a longer text that contains one */
} SitoLook;

SitoLook sito_identity_look(SitoText value);

/* One place in a text. */
typedef struct SitoHit {
    size_t start, end; /* bytes */
    SitoIdentityKind kind;
    double confidence;  /* 0 to 1; from 0.5 on more likely than not */
    const char *reason; /* why the confidence is low; NULL: it is not */
} SitoHit;

/* Calls found() for each hit, from left to right, none overlapping another; found() ends the search
** by giving anything but SITO_OK, which is then the result. */
int sito_identity_find(SitoText text, int (*found)(void *context, const SitoHit *hit),
                       void *context) SITO_MUST_CHECK;

/* What a word of prose is to names and addresses (lexicon.c), as bits. */
enum {
    SITO_WORD_FIRST_NAME = 1 << 0,   /* in any case */
    SITO_WORD_NOMINATIVE = 1 << 1,   /* a first name as it is listed */
    SITO_WORD_GENITIVE_TOO = 1 << 2, /* Stanisława: hers, or of a man */
    SITO_WORD_SURNAME = 1 << 3,      /* ends as surnames do */
    SITO_WORD_STRONG_TITLE = 1 << 4, /* behind it one capitalised word is a surname */
    SITO_WORD_TITLE = 1 << 5,
    SITO_WORD_NO_NAME = 1 << 6,
    SITO_WORD_INSTITUTION = 1 << 7,
    SITO_WORD_THING = 1 << 8, /* im., ul.: what follows is named after somebody */
    SITO_WORD_MONTH = 1 << 9
};

/* The word is in lower case; one that is too long is nothing. */
unsigned sito_identity_word(SitoText word);

/* The kinds that a heading names: "nr PESEL", "tel_kom", "Adres e-mail". */
uint32_t sito_identity_heading(SitoText name);

/* What a column held of one kind. Values are counted once each where that is known (distinct), else
** as often as they come. */
typedef struct SitoCounts {
    int64_t values; /* not missing */
    int64_t shaped; /* with the length of the kind, or containing something that has it */
    int64_t found;  /* valid, alone in their cell or inside a longer text */
    int64_t weak;   /* valid and weak (SitoLook), counted in found as well */
    int64_t loose;  /* valid and loose, counted in found as well */
    int64_t within; /* inside a longer text, counted in found as well */
} SitoCounts;

typedef enum SitoVerdict { SITO_CHANCE, SITO_LIKELY, SITO_CERTAIN } SitoVerdict;

SitoVerdict sito_identity_verdict(SitoIdentityKind kind, const SitoCounts *counts, bool heading);
const char *sito_identity_verdict_name(SitoVerdict verdict);

/* The share of random digits of the right length that pass as this kind. */
double sito_identity_expected_share(SitoIdentityKind kind);

/* A kind of number that a column may be declared to hold (declared.c): pesel nip regon krs terc simc pwz
** iban id_card passport land_register edelivery; -1: no such kind. And whether a value is one. */
int sito_identity_declared(SitoText name);
bool sito_identity_holds(int kind, SitoText value);

/* Special categories of personal data (GDPR art. 9(1) and 10), told by words (special.c). */
typedef enum SitoSpecial {
    SPECIAL_HEALTH,
    SPECIAL_RELIGION,
    SPECIAL_ORIGIN,
    SPECIAL_POLITICS,
    SPECIAL_UNION,
    SPECIAL_SEXUALITY,
    SPECIAL_CONVICTION,
    SPECIAL_CATEGORIES
} SitoSpecial;

#define SITO_SPECIAL(category) (1u << (category))

unsigned sito_special_look(SitoText text); /* a set of SITO_SPECIAL bits */
/* True where the name of an entity holds a word of a legal form (entity.c). */
bool sito_entity_is_legal(SitoText name);

const char *sito_special_name(SitoSpecial category); /* health, religion, … */

/* ---- what a column of cells is, beyond numbers (prose_column.c) ---- */

enum { SITO_CELL_SIGNS = 14 };

typedef struct SitoProseColumn {
    uint32_t heading; /* HEADING_ bits of prose_column.c */
    int64_t values;   /* not missing */
    int64_t signs[SITO_CELL_SIGNS];
} SitoProseColumn;

typedef struct SitoProseFind {
    int64_t found, within; /* cells; those of them that hold more than the find */
    bool heading, thing;   /* the heading names the kind; it names a thing called after somebody */
    SitoVerdict verdict;
} SitoProseFind;

void sito_prose_begin(SitoProseColumn *column, SitoText name);
/* Counts a cell and gives the kinds, as SITO_KIND bits, that it shows by itself: a person, an address. */
uint32_t sito_prose_add(SitoProseColumn *column, SitoText value);
/* Counts a cell that is known to hold nothing but a number. */
void sito_prose_pass(SitoProseColumn *column);
/* What the column is of one kind; nothing is found where `found` is 0. */
SitoProseFind sito_prose_judge(const SitoProseColumn *column, SitoIdentityKind kind);

/* True where most cells are capitalised words: places, streets, firms, some of which look like people. */
bool sito_prose_is_of_names(const SitoProseColumn *column);

/* True for the kinds that sito_prose_judge knows. */
bool sito_kind_is_prose(SitoIdentityKind kind);

extern const SitoModule sito_identity_module;

#endif

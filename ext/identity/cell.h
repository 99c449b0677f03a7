/*
** What a whole cell says of a person beyond numbers (cell.c), and what a column of such cells is
** (prose_column.c).
*/
#ifndef SITO_IDENTITY_CELL_H
#define SITO_IDENTITY_CELL_H

#include "identity.h"

/* Bits of what a cell is. */
enum {
    CELL_PERSON = 1,       /* a first name in the nominative, or an initial, with a surname */
    CELL_FIRST_NAME = 2,   /* first names in the nominative alone */
    CELL_NAME_FORM = 4,    /* one to four capitalised words, none of an office or a thing */
    CELL_PLACE_FORM = 8,   /* capitalised words alone, of whatever kind */
    CELL_ADDRESS = 16,     /* a street with its house number, as prose has it */
    CELL_HOUSE = 32,       /* capitalised words, then a number: Piotrkowska 104 m. 5, Bronisin 12 */
    CELL_DATE = 64,        /* a date, in whatever form */
    CELL_YEAR = 128,       /* 1900 to 2099 */
    CELL_NAME_IN = 256,    /* a longer text that names somebody */
    CELL_ADDRESS_IN = 512, /* … says where somebody lives */
    CELL_BIRTH_IN = 1024,  /* … says when somebody was born */
    CELL_POSTAL_CODE = 2048,
    CELL_IP_ADDRESS = 4096,
    CELL_COORDINATES = 8192 /* a place in Poland to 11 metres or less */
};

unsigned sito_cell_read(SitoText value);

/* Kinds by form alone, which prove nobody's presence but lead to one (form.c); 0 or a CELL_ bit. */
unsigned sito_form_read(SitoText value);

#endif

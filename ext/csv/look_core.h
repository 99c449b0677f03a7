/*
** What a cell looks like, as far as that tells a heading from data. Nothing is converted by it.
**
** R1  A year is four digits from 1900 to 2100. A number is digits with marks among . , and blanks
**     between them, perhaps a sign and a percent sign; a date has digits only around two equal marks
**     of - . /
*/
#ifndef SITO_CSV_LOOK_CORE_H
#define SITO_CSV_LOOK_CORE_H

#include "csv.h"

typedef enum SitoCellLook {
    SITO_CELL_LOOKS_EMPTY,
    SITO_CELL_LOOKS_TEXT,
    SITO_CELL_LOOKS_NUMBER,
    SITO_CELL_LOOKS_YEAR,
    SITO_CELL_LOOKS_DATE
} SitoCellLook;

/* Blanks around the cell do not count. */
SitoCellLook sito_cell_look(SitoText cell);

/* The decimal mark that a cell shows: digits, one mark, digits. 0: it shows none. */
char sito_cell_decimal(SitoText cell);

#endif

/*
** What is odd about the characters of a value, whatever its type (odd.c).
*/
#ifndef SITO_PROFILE_ODD_H
#define SITO_PROFILE_ODD_H

#include "base/sito.h"

enum {
    SITO_ODD_FORMULA = 1,    /* = @ TAB CR in front: a spreadsheet computes it */
    SITO_ODD_SIGNED = 2,     /* + or - in front of what is neither a number nor a blank */
    SITO_ODD_BLANKS = 4,     /* a blank at an end */
    SITO_ODD_INVISIBLE = 8,  /* a no-break space or a character that cannot be seen */
    SITO_ODD_DECOMPOSED = 16 /* a letter and its mark as two characters (NFD) */
};

/* A set of SITO_ODD bits. */
unsigned sito_odd(SitoText value);

#endif

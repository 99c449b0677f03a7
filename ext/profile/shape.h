/*
** The shape of a value: what may be shown of it (shape.c).
*/
#ifndef SITO_PROFILE_SHAPE_H
#define SITO_PROFILE_SHAPE_H

#include "base/sito.h"

/* Appends letters as a, digits as 9, other ASCII marks as they are, other characters as x. Never more than
** the first 40 characters. */
int sito_shape_print(SitoText value, SitoBuffer *out) SITO_MUST_CHECK;

#endif

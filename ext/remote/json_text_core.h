/*
** A JSON text made plain before SQLite's JSON functions read it: what they would answer wrongly is
** undone or refused here, everything else is theirs to judge.
**
** R1  A byte order mark goes; SQLite calls a text that begins with one malformed.
** R2  \uXXXX becomes its character, except where JSON needs the escape (quotes, backslash, controls):
**     SQLite 3.40 compares member names as they are spelled, so that "\u0142" and "ł" were two names.
** R3  \u0000, which ends a text for SQLite's JSON functions without a word, half a surrogate pair and
**     bytes that are no UTF-8 are errors with their place.
** R4  The text never grows; it is changed in place.
*/
#ifndef SITO_JSON_TEXT_CORE_H
#define SITO_JSON_TEXT_CORE_H

#include "base/sito.h"

/* *error: "byte 17 is not UTF-8", without the name of the text. */
int sito_json_plain(SitoBuffer *text, char **error) SITO_MUST_CHECK;

#endif

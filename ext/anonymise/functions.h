/*
** The SQL functions of anonymise (anonymise.c has the table), and how they read their arguments.
*/
#ifndef SITO_ANONYMISE_FUNCTIONS_H
#define SITO_ANONYMISE_FUNCTIONS_H

#include "generalise.h"

struct sqlite3_context;
struct sqlite3_value;

#define ANON_CALL(name)                                                                            \
    void name(struct sqlite3_context *context, int argc, struct sqlite3_value **argv)

ANON_CALL(anon_suppress);
ANON_CALL(anon_mask);
ANON_CALL(anon_date);
ANON_CALL(anon_range);
ANON_CALL(anon_top);
ANON_CALL(anon_bottom);
ANON_CALL(anon_round);
ANON_CALL(anon_prefix);
ANON_CALL(anon_level);
ANON_CALL(anon_noise);
ANON_CALL(anon_pseudonym);

/* The number of an argument; false with the error "NAME: what reason" set. */
bool anon_number(struct sqlite3_context *context, struct sqlite3_value *value, const char *what,
                 AnonDecimal *number);
/* A whole number from `least` on. */
bool anon_whole(struct sqlite3_context *context, struct sqlite3_value *value, const char *what,
                int64_t least, int64_t *number);
/* The optional argument number `arg`: 'pl' (the default) or 'en'. */
bool anon_language(struct sqlite3_context *context, int argc, struct sqlite3_value **argv, int arg,
                   AnonLanguage *language);
/* The text of a value, a REAL written with a comma: {NULL, 0} for NULL. */
int anon_value_text(struct sqlite3_value *value, char real[32], SitoText *text) SITO_MUST_CHECK;
/* The same for a function; false without memory. */
bool anon_text(struct sqlite3_context *context, struct sqlite3_value *value, char real[32],
               SitoText *text);

/* "NAME: what reason" as the error of the call. */
void anon_refuse(struct sqlite3_context *context, const char *what, const char *reason);
/* The buffer as a TEXT result, or the failure; releases the buffer. */
void anon_answer(struct sqlite3_context *context, int rc, SitoBuffer *out, const char *reason);

#endif

/*
** The functions of the module, for its table (functions.c).
*/
#ifndef SITO_POLISH_FUNCTIONS_H
#define SITO_POLISH_FUNCTIONS_H

struct sqlite3_context;
struct sqlite3_value;

void sito_pl_upper(struct sqlite3_context *context, int argc, struct sqlite3_value **argv);
void sito_pl_lower(struct sqlite3_context *context, int argc, struct sqlite3_value **argv);
void sito_pl_fold(struct sqlite3_context *context, int argc, struct sqlite3_value **argv);
void sito_pl_ascii(struct sqlite3_context *context, int argc, struct sqlite3_value **argv);
void sito_pl_contains(struct sqlite3_context *context, int argc, struct sqlite3_value **argv);
void sito_pl_sort_key(struct sqlite3_context *context, int argc, struct sqlite3_value **argv);
void sito_pl_collation_version(struct sqlite3_context *context, int argc,
                               struct sqlite3_value **argv);
void sito_pl_date(struct sqlite3_context *context, int argc, struct sqlite3_value **argv);
void sito_pl_number(struct sqlite3_context *context, int argc, struct sqlite3_value **argv);
void sito_pl_is_working_day(struct sqlite3_context *context, int argc, struct sqlite3_value **argv);
void sito_pl_add_working_days(struct sqlite3_context *context, int argc,
                              struct sqlite3_value **argv);

#endif

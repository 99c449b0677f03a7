/*
** The table functions of the module (personal_data_find.c, personal_data_columns.c).
*/
#ifndef SITO_IDENTITY_TABLES_H
#define SITO_IDENTITY_TABLES_H

extern const struct sqlite3_module sito_personal_data_find;
extern const struct sqlite3_module sito_personal_data_columns;

#endif

/*
** The table function csv_sniff (sniff.c). For csv.c, which declares it.
*/
#ifndef SITO_CSV_SNIFF_H
#define SITO_CSV_SNIFF_H

struct sqlite3_module;
extern const struct sqlite3_module sito_csv_sniff_module;

#endif

/*
** How many people live where: disclosure.population names a table of inhabitants, and the facts `area` say of each
** value of its field how many there are and how many records have it.
**
**   "population": {"field": "osiedle", "path": "ludnosc.csv", "key": "nazwa", "inhabitants": "liczba"}
**
** R1  The table is CSV with a heading, read as UTF-8 or what it is found to be; blanks around a value do not count.
** R2  A value of the data that the table does not know has unknown inhabitants.
*/
#ifndef SITO_POPULATION_H
#define SITO_POPULATION_H

#include "runner/inputs.h"

/* `db` is a facts database whose table temp.data is open. */
int sito_population_fill(struct sqlite3 *db, const char *folder, SitoLanguage language,
                         SitoInputs *inputs, char **error) SITO_MUST_CHECK;

#endif

/*
** Attacks on the data, as a stranger would make them. Fills the facts `unique_set`, `left_out`,
** `derived`, `reversal` and `inference`; each part reads the data again only where the profile or the classes
** give reason to.
**
** R1  unique_set, left_out: only where a class is below k. Sets have up to 3 columns, up to 2 where
**     there are more than 10 quasi-identifiers; of more than 20 the first 20 are looked at.
** R2  derived: a published column that no measure counts (public, sensitive, free text), that has more
**     values than a quasi-identifier and determines it. The first 5000 records must say so before all
**     are read. A column of more than 65,536 values is not looked at.
** R3  reversal: columns whose longest value and least or greatest value have the form of a digest. 100
**     million tries each, so that a column that cannot be turned back costs seconds.
**     temp.withstood names those.
** R4  inference: sensitive columns of which more than half of the records in some class have one value
**     (in any subgroup its share is smaller). The first ten quasi-identifiers, each, in pairs and all.
*/
#ifndef SITO_ATTACK_H
#define SITO_ATTACK_H

#include "base/sito.h"

struct sqlite3;

/* `db` is a facts database whose table temp.data is open and whose other facts are filled. */
int sito_attack_fill(struct sqlite3 *db, char **error) SITO_MUST_CHECK;

#endif

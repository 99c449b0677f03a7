/*
** The codes of one dimension: the values that its column has, what a hierarchy makes of them, and the
** total above all.
**
** R1  Code 0 is the total. A code is a text; NULL, the value of records that have none, is one too, but
**     only below the total.
** R2  A text that a hierarchy leaves as it is from one level to the next is one code.
** R3  One text for two codes is an error: the reader of the table could not tell them apart.
*/
#ifndef SITO_TABLES_TREE_H
#define SITO_TABLES_TREE_H

#include "anonymise/anonymise.h"

typedef struct TablesTree {
    AnonDictionary codes; /* their texts */
    uint32_t *parents;    /* of each code; TABLES_NO_CODE of the total */
    size_t room;
    uint8_t *depths;  /* of each code: steps below the total */
    uint32_t *leaves; /* of each value of the column: its code */
    size_t values;
    int depth; /* the greatest */
} TablesTree;

/* `values`: those of the column. `least` is the first level of the hierarchy that is shown (0: the values
** themselves); hierarchy NULL: values and total alone. The error names no value. */
int tables_tree_build(TablesTree *tree, const AnonDictionary *values, SitoText total,
                      const AnonHierarchy *hierarchy, int least, char **error) SITO_MUST_CHECK;
void tables_tree_free(TablesTree *tree);

#endif

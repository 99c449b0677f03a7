/*
** The shape of a CSV file: delimiter, lines above the table, quote, trailing delimiter, blanks.
**
** R1  Delimiter: of tab ; | , the one for which most records, from the beginning of the table on,
**     have one number of fields, two or more. Shares within 0.02 of each other count as equal; then
**     fewer records above the table decide, then the order above (commas and bars are punctuation,
**     too).
** R2  The table begins with the first record that has this number of fields; a first record with
**     one field less is its heading all the same where the others end with an empty one (a trailing
**     delimiter), or where it is no punctuation that cut it.
** R3  With no such delimiter the file has one column, and the delimiter is the first of ; , tab |
**     that the sample does not contain.
** R4  Blanks around fields are trimmed where quotes make sense only so (a, "b c", d).
** R5  The quote is ' where the sample has no " and half of its records hold a field in '.
*/
#ifndef SITO_CSV_SHAPE_CORE_H
#define SITO_CSV_SHAPE_CORE_H

#include "csv.h"
#include "reader_core.h"

typedef struct SitoShape {
    SitoCsvDialect dialect;
    size_t records, same; /* records of the table in the sample; those with the usual fields */
    size_t fields;        /* how many columns the table has */
    size_t above;         /* records above it */
    size_t damaged;       /* records with broken quotes */
    double share;         /* same / records; 0: one column */
} SitoShape;

/* What may differ from the dialect that is given. */
typedef struct SitoShapeFree {
    bool quote, trim, trailing;
    bool above; /* there may be lines above the table, behind those that are skipped */
} SitoShapeFree;

/* dialect: what is given; delimiter 0: find it. */
int sito_shape_find(SitoText sample, SitoCsvDialect dialect, size_t max_field, SitoShapeFree find,
                    SitoShape *shape, char **error) SITO_MUST_CHECK;

/* A reader over the sample, at the beginning. */
int sito_shape_reader(SitoText sample, SitoCsvDialect dialect, size_t max_field,
                      SitoCsvReader **reader, char **error) SITO_MUST_CHECK;

#endif

/*
** The plan of a table as JSON.
**
**   {"dimensions": [{"name": "osiedle", "hierarchy": "osiedla", "total": "Ogółem", "weight": 2},
**                   {"name": "wiek", "hierarchy": "interval:10", "least": 1}],
**    "measure": "kwota", "decimal": ",", "contributors": "osoba",
**    "rules": {"least": 5, "article38": true, "dominance": [2, 85], "p": 10, "pq": [10, 50],
**              "zeros": true, "group": ["powod"]}, "protection": 5,
**    "method": "suppress", "base": 3, "mostSuppressed": 0, "loss": "cells", "sign": "", "secret": false}
**
** R1  dimensions: at least one, at most TABLES_MOST_DIMENSIONS. A hierarchy is a form or a table, as for
**     anon_level; `least` is the first of its levels that the table shows; `total` is 'Ogółem'.
** R2  Without `measure` the table counts records. Without `contributors` each record is somebody else; NULL
**     contributors are one and the same.
** R3  Without any rule `least` is 5. What is 0, false or left out is not asked.
** R4  method: suppress (the default), round (to `base`, 3 or 5) or coarsen (levels of hierarchies are given
**     up until at most mostSuppressed of the cells, a share, must be suppressed, which then are).
** R5  loss: cells (each as dear as the next), values, contributors; a cell that is a total in a dimension
**     counts `weight` times as much for each step above the finest code (2 unless said otherwise).
** R6  sign is what stands for a suppressed cell; '#' is only taken with "secret": true, the owner's word
**     that the data are under statistical secrecy; '-', '.', ':', 'X', '0' and digits are never taken,
**     since they mean something else.
*/
#ifndef SITO_TABLES_MAKE_CONFIG_H
#define SITO_TABLES_MAKE_CONFIG_H

#include "anonymise/anonymise.h"
#include "primary.h"
#include "system.h"

struct sqlite3;

typedef enum MakeMethod { MAKE_SUPPRESS, MAKE_ROUND, MAKE_COARSEN } MakeMethod;
typedef enum MakeLoss { MAKE_CELLS, MAKE_VALUES, MAKE_CONTRIBUTORS } MakeLoss;

typedef struct MakeDimension {
    char *name, *spec, *total;
    AnonHierarchy *hierarchy; /* NULL: none */
    int least;
    double weight;
    bool group; /* who is where in it must not be known of a whole row */
} MakeDimension;

typedef struct MakePlan {
    MakeDimension dimensions[TABLES_MOST_DIMENSIONS];
    int count;
    char *measure, *contributors, *sign;
    bool comma; /* texts of the measure are written with a decimal comma */
    bool secret;
    TablesRules rules;
    MakeMethod method;
    int64_t base;
    double most_suppressed;
    MakeLoss loss;
} MakePlan;

/* Start from {0}; release with make_plan_free, also after an error. */
int make_plan_read(struct sqlite3 *db, SitoText json, MakePlan *plan, char **error) SITO_MUST_CHECK;
void make_plan_free(MakePlan *plan);

#endif

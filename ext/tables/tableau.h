/*
** The equations of one component, solved for some of its variables: a tableau of whole numbers.
**
**   row i:   d[i] * x[basic[i]]  +  sum over columns k of row[i][k] * x[column[k]]  =  constant
**
** Every row follows from the equations by multiplying and adding whole numbers, so that a bound read from
** it is proven. Variables of columns stand at whole numbers, those of rows at w[i] / d[i].
**
** R1  d[i] > 0, and no row has a common divisor other than 1 (w included) after a pivot that made one.
** R2  An entry beyond 32 bits, or a w beyond 62, is TABLES_TOO_LARGE: the caller sets the tableau back, or
**     answers "undecided".
** R3  Variables of columns need not stand at a bound: a search may start from any table, such as the true
**     one.
** R4  Nothing here depends on the order of time or chance: equal systems give equal answers.
*/
#ifndef SITO_TABLES_TABLEAU_H
#define SITO_TABLES_TABLEAU_H

#include "problem.h"

/* Beside the codes of base: a limit was reached. After TABLES_TOO_LARGE the tableau can only be set back
** or freed; after TABLES_GAVE_UP, of tables_search, it is as good as before. */
enum { TABLES_STOPPED = 1000, TABLES_GAVE_UP, TABLES_TOO_LARGE };

typedef struct TablesTableau {
    size_t variables, rows, columns;
    int32_t **row;
    int64_t *d, *w;
    int64_t *large;      /* no entry of the row is larger, either way */
    uint32_t *basic;     /* of each row */
    uint32_t *column;    /* of each column: its variable */
    int64_t *value;      /* of each column */
    uint32_t *place;     /* of each variable: its row, or TABLES_IN_COLUMN | its column */
    int64_t *low, *high; /* of each variable */
    const SitoWatch *watch;
    uint64_t pivots, most_pivots;
    uint64_t work; /* entries that pivots have changed, about */
    /* The column that was read last: the rows that it stands in, and its entries. */
    uint32_t *touched;
    int32_t *entries;
    size_t touched_count;
    uint32_t *filled; /* columns of the pivot row that are not 0 */
    uint32_t turn;    /* where the search for an entering column begins */
    int tries;        /* columns that are tried before one is taken */
    int64_t largest;  /* no entry was larger since the tableau was made or set back */
} TablesTableau;

#define TABLES_IN_COLUMN ((uint32_t)1 << 31)

/* Solves the equations of a component. It stands at the true table, where that is known. */
int tables_tableau_make(const TablesProblem *problem, size_t component, const SitoWatch *watch,
                        TablesTableau *tableau, char **error) SITO_MUST_CHECK;
void tables_tableau_free(TablesTableau *tableau);

/* A copy to set the tableau back to: numbers grow with every pivot, and the first are the smallest. */
int tables_tableau_copy(const TablesTableau *tableau, TablesTableau *copy) SITO_MUST_CHECK;
/* Sets it back. Bounds, limits and counts stay as they are; the table at hand is again the first. */
void tables_tableau_set_back(const TablesTableau *copy, TablesTableau *tableau);

/* Moves the copy to the table at which the tableau stands; false, and the copy is of no more use, where a
** variable of a column would be no whole number. */
bool tables_tableau_move_copy(const TablesTableau *tableau, TablesTableau *copy) SITO_MUST_CHECK;

/* Everything but the rows themselves. */
int tables_tableau_allocate(TablesTableau *tableau, size_t variables, size_t rows) SITO_MUST_CHECK;

/* Exchanges the variables of a row and of a column, which was read last; that of the row
** then stands at `leaving`. */
int tables_tableau_pivot(TablesTableau *tableau, size_t row, size_t column,
                         int64_t leaving) SITO_MUST_CHECK;

/* Moves the variable of a column, which was read last. */
int tables_tableau_move(TablesTableau *tableau, size_t column, int64_t value) SITO_MUST_CHECK;

/* ---- drive_core.c ---- */

typedef enum TablesDriven {
    TABLES_AT_GOAL, /* the goal is reached or passed */
    TABLES_AT_END,  /* no table goes further */
    TABLES_WITHOUT_END
} TablesDriven;

/* Moves a variable up (sign 1) or down (-1) as far as tables go, or until it has reached `goal`
** (TABLES_NO_UPPER, TABLES_NO_LOWER: none). Variables within their bounds stay so. */
int tables_drive(TablesTableau *tableau, uint32_t variable, int sign, int64_t goal,
                 TablesDriven *driven) SITO_MUST_CHECK;

/* Brings all variables within their bounds; *possible: whether there is such a table. */
int tables_repair(TablesTableau *tableau, bool *possible) SITO_MUST_CHECK;

/* over / under, under > 0, reduced only by what the row has. */
void tables_value_of(const TablesTableau *tableau, uint32_t variable, int64_t *over,
                     int64_t *under);

/* ---- search_core.c ---- */

/* Looks for a table of whole numbers within the bounds, from one that is within them: *found, or there is
** none. The bounds are the same afterwards. TABLES_GAVE_UP after most_nodes. */
int tables_search(TablesTableau *tableau, uint64_t most_nodes, uint64_t *nodes,
                  bool *found) SITO_MUST_CHECK;

/* The first row whose variable is no whole number; tableau->rows: none. */
size_t tables_broken_row(const TablesTableau *tableau);

#endif

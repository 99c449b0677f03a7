/*
** Tableaus are allocated, copied and set back (tableau.h).
*/
#include <string.h>

#include "tableau.h"

int tables_tableau_allocate(TablesTableau *tableau, size_t variables, size_t rows) {
    rows++;
    variables++;
    tableau->row = sito_malloc(rows * sizeof *tableau->row);
    tableau->d = sito_malloc(rows * sizeof *tableau->d);
    tableau->w = sito_malloc(rows * sizeof *tableau->w);
    tableau->large = sito_malloc(rows * sizeof *tableau->large);
    tableau->basic = sito_malloc(rows * sizeof *tableau->basic);
    tableau->touched = sito_malloc(rows * sizeof *tableau->touched);
    tableau->entries = sito_malloc(rows * sizeof *tableau->entries);
    tableau->column = sito_malloc(variables * sizeof *tableau->column);
    tableau->value = sito_malloc(variables * sizeof *tableau->value);
    tableau->place = sito_malloc(variables * sizeof *tableau->place);
    tableau->low = sito_malloc(variables * sizeof *tableau->low);
    tableau->high = sito_malloc(variables * sizeof *tableau->high);
    tableau->filled = sito_malloc(variables * sizeof *tableau->filled);
    const void *const all[] = {tableau->row,   tableau->d,       tableau->w,       tableau->large,
                               tableau->basic, tableau->touched, tableau->entries, tableau->column,
                               tableau->value, tableau->place,   tableau->low,     tableau->high,
                               tableau->filled};
    for (size_t i = 0; i < SITO_COUNT(all); i++) {
        if (all[i] == NULL) {
            return SITO_NOMEM;
        }
    }
    return SITO_OK;
}

void tables_tableau_free(TablesTableau *tableau) {
    for (size_t i = 0; i < tableau->rows; i++) {
        sito_free(tableau->row[i]);
    }
    void *const all[] = {tableau->row,   tableau->d,      tableau->w,       tableau->large,
                         tableau->basic, tableau->column, tableau->value,   tableau->place,
                         tableau->low,   tableau->high,   tableau->touched, tableau->entries,
                         tableau->filled};
    for (size_t i = 0; i < SITO_COUNT(all); i++) {
        sito_free(all[i]);
    }
    *tableau = (TablesTableau){.rows = 0};
}

void tables_tableau_set_back(const TablesTableau *copy, TablesTableau *tableau) {
    for (size_t i = 0; i < copy->rows; i++) {
        memcpy(tableau->row[i], copy->row[i], copy->columns * sizeof(int32_t));
    }
    memcpy(tableau->d, copy->d, copy->rows * sizeof *copy->d);
    memcpy(tableau->w, copy->w, copy->rows * sizeof *copy->w);
    memcpy(tableau->large, copy->large, copy->rows * sizeof *copy->large);
    memcpy(tableau->basic, copy->basic, copy->rows * sizeof *copy->basic);
    memcpy(tableau->column, copy->column, copy->columns * sizeof *copy->column);
    memcpy(tableau->value, copy->value, copy->columns * sizeof *copy->value);
    memcpy(tableau->place, copy->place, copy->variables * sizeof *copy->place);
    tableau->largest = 0;
    tableau->turn = 0;
}

int tables_tableau_copy(const TablesTableau *tableau, TablesTableau *copy) {
    *copy = (TablesTableau){.variables = tableau->variables, .columns = tableau->columns};
    int rc = tables_tableau_allocate(copy, tableau->variables, tableau->rows);
    for (size_t i = 0; i < tableau->rows && rc == SITO_OK; i++) {
        copy->row[i] = sito_malloc((tableau->columns + 1) * sizeof(int32_t));
        copy->rows += copy->row[i] != NULL;
        rc = copy->row[i] == NULL ? SITO_NOMEM : SITO_OK;
    }
    if (rc == SITO_OK) {
        tables_tableau_set_back(tableau, copy);
    }
    return rc;
}

bool tables_tableau_move_copy(const TablesTableau *tableau, TablesTableau *copy) {
    int64_t over, under;
    for (size_t k = 0; k < copy->columns; k++) {
        tables_value_of(tableau, copy->column[k], &over, &under);
        if (over % under != 0) {
            return false;
        }
    }
    for (size_t i = 0; i < copy->rows; i++) {
        tables_value_of(tableau, copy->basic[i], &over, &under);
        TablesWide w = (TablesWide)copy->d[i] * over / under;
        if (w > INT64_MAX / 2 || w < INT64_MIN / 2) {
            return false;
        }
        copy->w[i] = (int64_t)w;
    }
    for (size_t k = 0; k < copy->columns; k++) {
        tables_value_of(tableau, copy->column[k], &over, &under);
        copy->value[k] = over / under;
    }
    return true;
}

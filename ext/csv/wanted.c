/*
** Which records a statement wants of a csv table (wanted.h).
**
** idxNum: ROWID_EQUAL, ROWID_FROM, ROWID_TO, each with one argument, in this order. idxStr: the numbers
** of columns whose equality follows, one argument each, as "3,17,".
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include "base/register.h"
#include "csv/wanted.h"

enum { ROWID_EQUAL = 1, ROWID_FROM = 2, ROWID_TO = 4 };

static int rowid_bit(const struct sqlite3_index_constraint *constraint) {
    switch (constraint->op) {
    case SQLITE_INDEX_CONSTRAINT_EQ:
        return ROWID_EQUAL;
    case SQLITE_INDEX_CONSTRAINT_GE:
    case SQLITE_INDEX_CONSTRAINT_GT: /* the bound itself is weeded out by SQLite */
        return ROWID_FROM;
    case SQLITE_INDEX_CONSTRAINT_LE:
    case SQLITE_INDEX_CONSTRAINT_LT:
        return ROWID_TO;
    default:
        return 0;
    }
}

static int take_rowid_bounds(sqlite3_index_info *info) {
    int args = 0;
    for (int bit = ROWID_EQUAL; bit <= ROWID_TO; bit *= 2) {
        for (int i = 0; i < info->nConstraint; i++) {
            const struct sqlite3_index_constraint *constraint = &info->aConstraint[i];
            if (constraint->usable && constraint->iColumn == -1 && rowid_bit(constraint) == bit) {
                info->aConstraintUsage[i].argvIndex = ++args;
                info->idxNum |= bit;
                break;
            }
        }
    }
    return args;
}

static bool is_text_column(const SitoCsvPlan *plan, int column) {
    return column >= 0 && (size_t)column < plan->headings.count &&
           (plan->types == NULL || plan->types[column] == SITO_TYPE_TEXT);
}

static int take_equalities(const SitoCsvPlan *plan, sqlite3_index_info *info, int args,
                           SitoBuffer *columns) {
    int rc = SITO_OK;
    for (int i = 0, taken = 0;
         i < info->nConstraint && taken < SITO_CSV_MOST_EQUAL && rc == SITO_OK; i++) {
        const struct sqlite3_index_constraint *constraint = &info->aConstraint[i];
        bool equal = constraint->usable && constraint->op == SQLITE_INDEX_CONSTRAINT_EQ &&
                     is_text_column(plan, constraint->iColumn) &&
                     sqlite3_stricmp(sqlite3_vtab_collation(info, i), "BINARY") == 0;
        if (equal) {
            info->aConstraintUsage[i].argvIndex = ++args;
            taken++;
            rc = sito_buffer_print(columns, "%d,", constraint->iColumn);
        }
    }
    return rc == SITO_OK && columns->size > 0 ? sito_buffer_add(columns, "", 1) : rc;
}

int sito_csv_best_index(sqlite3_vtab *vtab, sqlite3_index_info *info) {
    const SitoCsvPlan *plan = ((SitoCsvTable *)vtab)->plan;
    SitoBuffer columns = {.limit = 1000};
    int64_t rows = plan->state.size / (8 * (int64_t)plan->headings.count) + 1;
    double cost = (double)plan->state.size + 1;
    int args = take_rowid_bounds(info);
    int rc = take_equalities(plan, info, args, &columns);
    if (rc != SITO_OK) {
        sito_buffer_free(&columns);
        return rc;
    }
    if ((info->idxNum & ROWID_EQUAL) != 0) {
        rows = 1;
        cost = plan->packed ? cost : 100000;
        info->idxFlags = SQLITE_INDEX_SCAN_UNIQUE;
    } else if (info->idxNum != 0) {
        rows = rows / 2 + 1;
        cost /= 2;
    }
    if (columns.size > 0) {
        rows = rows / 10 + 1;
        cost *= 0.9;
        info->idxStr = columns.data;
        info->needToFreeIdxStr = 1;
    }
    info->estimatedRows = rows;
    info->estimatedCost = cost;
    info->orderByConsumed =
        info->nOrderBy == 1 && info->aOrderBy[0].iColumn == -1 && !info->aOrderBy[0].desc;
    return SQLITE_OK;
}

void sito_csv_wanted_forget(SitoCsvWanted *wanted) {
    for (size_t i = 0; i < SITO_CSV_MOST_EQUAL; i++) {
        sito_buffer_free(&wanted->equal[i].text);
    }
    wanted->equals = 0;
}

static int take_equal(SitoCsvWanted *wanted, size_t column, sqlite3_value *value) {
    if (sqlite3_value_type(value) != SQLITE_TEXT) {
        return SITO_OK; /* the comparison converts: let SQLite do it */
    }
    SitoText text;
    int rc = sito_value_text(value, &text);
    if (rc == SITO_OK) {
        wanted->equal[wanted->equals].column = column;
        rc = sito_buffer_add(&wanted->equal[wanted->equals].text, text.data, text.size);
    }
    wanted->equals += rc == SITO_OK;
    return rc;
}

static void take_bound(SitoCsvWanted *wanted, int bit, sqlite3_value *value) {
    if (sqlite3_value_type(value) != SQLITE_INTEGER) {
        return; /* what 2.5 or '3' bounds is SQLite's to say */
    }
    int64_t number = sqlite3_value_int64(value);
    if (bit != ROWID_TO && number > wanted->from) {
        wanted->from = number;
    }
    if (bit != ROWID_FROM && number < wanted->to) {
        wanted->to = number;
    }
}

int sito_csv_wanted_take(SitoCsvWanted *wanted, int plan, const char *columns,
                         sqlite3_value **argv) {
    int rc = SITO_OK;
    wanted->from = 1;
    wanted->to = INT64_MAX;
    sito_csv_wanted_forget(wanted);
    for (int bit = ROWID_EQUAL; bit <= ROWID_TO; bit *= 2) {
        if ((plan & bit) != 0) {
            take_bound(wanted, bit, *argv++);
        }
    }
    for (const char *p = columns; p != NULL && *p != 0 && rc == SITO_OK; p++) {
        size_t column = 0;
        for (; *p != ','; p++) {
            column = column * 10 + (size_t)(*p - '0');
        }
        rc = take_equal(wanted, column, *argv++);
    }
    return rc;
}

int sito_csv_wanted_is(const SitoCsvWanted *wanted, SitoCsvReader *reader,
                       const SitoCsvRecord *record, bool *is) {
    *is = record->number >= wanted->from;
    for (size_t i = 0; i < wanted->equals && *is; i++) {
        SitoText cell;
        bool bare;
        int rc = sito_reader_field(reader, wanted->equal[i].column, &cell, &bare);
        if (rc != SITO_OK) {
            return rc;
        }
        SitoText text = {wanted->equal[i].text.data, wanted->equal[i].text.size};
        *is = cell.data != NULL && sito_text_equal(cell, text);
    }
    return SITO_OK;
}

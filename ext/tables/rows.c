/*
** The rows of a table of cells (config.h): read, and added to a system.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "anonymise/anonymise.h"
#include "base/register.h"
#include "config.h"
#include "shown.h"

void tables_rows_free(const TablesPlan *plan, TablesRows *rows) {
    for (int d = 0; d < plan->count && rows->codes != NULL; d++) {
        anon_dictionary_free(&rows->codes[d]);
        sito_free(rows->parents[d]);
    }
    sito_free(rows->codes);
    sito_free(rows->row_codes);
    sito_free(rows->cells);
    sito_free(rows->fractions);
    sito_free(rows->rowids);
    *rows = (TablesRows){.count = 0};
}

/* ---- reading ---- */

typedef struct Reading {
    SitoCall *call;
    const TablesPlan *plan;
    TablesRows *rows;
    int64_t rowid;
} Reading;

static int wrong(const Reading *reading, const char *what) {
    return sito_error(&reading->call->error, SITO_ERROR, "row %lld%s%s: %s",
                      (long long)reading->rowid, reading->plan->table != NULL ? " of " : "",
                      reading->plan->table != NULL ? reading->plan->table : "", what);
}

static int grow(TablesRows *rows, int dimensions) {
    size_t next = rows->count + 1;
    int rc = sito_grow((void **)&rows->cells, &rows->cell_room, next, sizeof *rows->cells,
                       TABLES_MOST_CELLS);
    rc = rc == SITO_OK ? sito_grow((void **)&rows->fractions, &rows->fraction_room, next,
                                   sizeof *rows->fractions, TABLES_MOST_CELLS)
                       : rc;
    rc = rc == SITO_OK ? sito_grow((void **)&rows->rowids, &rows->rowid_room, next,
                                   sizeof *rows->rowids, TABLES_MOST_CELLS)
                       : rc;
    return rc == SITO_OK
               ? sito_grow((void **)&rows->row_codes, &rows->code_room, next * (size_t)dimensions,
                           sizeof *rows->row_codes, TABLES_MOST_CELLS * TABLES_MOST_DIMENSIONS)
               : rc;
}

/* The number of a text with the plan's decimal sign; false: it is none. */
static bool number_of(const TablesPlan *plan, SitoText text, bool real, int64_t *digits,
                      int *fraction) {
    char plain[64];
    size_t size = 0;
    SitoText sign = plan->decimal == NULL || real
                        ? SITO_LITERAL(".")
                        : (SitoText){plan->decimal, strlen(plan->decimal)};
    for (size_t i = 0; i < text.size; i++) {
        if (size == sizeof plain) {
            return false;
        }
        bool decimal = sign.size > 0 && text.size - i >= sign.size &&
                       memcmp(text.data + i, sign.data, sign.size) == 0;
        if (!decimal && text.data[i] == '.') {
            return false;
        }
        plain[size++] = decimal ? '.' : text.data[i];
        i += decimal ? sign.size - 1 : 0;
    }
    if (!shown_number((SitoText){plain, size}, digits, fraction)) {
        return false;
    }
    for (; *fraction > 0 && *digits % 10 == 0; --*fraction) {
        *digits /= 10; /* 5.0 is 5 */
    }
    return true;
}

/* The kind of sign, or -1. */
static int sign_of(const TablesPlan *plan, SitoText text) {
    for (int s = 0; s < plan->sign_count; s++) {
        if (sito_text_equal((SitoText){plan->signs[s], strlen(plan->signs[s])}, text)) {
            return plan->sign_kinds[s];
        }
    }
    return -1;
}

static int read_status(const Reading *reading, sqlite3_value *value, int *status) {
    static const struct {
        const char *word;
        int status;
    } words[] = {{"", TABLES_PUBLISHED},          {"published", TABLES_PUBLISHED},
                 {"primary", TABLES_PRIMARY},     {"suppressed", TABLES_PRIMARY},
                 {"secondary", TABLES_SECONDARY}, {"missing", TABLES_MISSING}};
    SitoText text;
    int rc = sito_value_text(value, &text);
    text = text.data == NULL ? SITO_LITERAL("") : text;
    for (size_t i = 0; i < SITO_COUNT(words) && rc == SITO_OK; i++) {
        if (sito_text_equal(text, (SitoText){words[i].word, strlen(words[i].word)})) {
            *status = words[i].status;
            return SITO_OK;
        }
    }
    return rc != SITO_OK ? rc
                         : wrong(reading, "its status is none of published, primary, secondary, "
                                          "suppressed and missing");
}

/* status: what the status column says, or -1. */
static int read_measure(const Reading *reading, sqlite3_value *value, int status, TablesCell *cell,
                        uint8_t *fraction) {
    SitoText text;
    int digits_behind = 0, rc = sito_value_text(value, &text);
    text = text.data == NULL ? SITO_LITERAL("") : text;
    if (rc != SITO_OK) {
        return rc;
    }
    cell->known = number_of(reading->plan, text, sqlite3_value_type(value) == SQLITE_FLOAT,
                            &cell->value, &digits_behind);
    *fraction = cell->known ? (uint8_t)digits_behind : 0;
    int sign = cell->known ? -1 : sign_of(reading->plan, text);
    if (sign == TABLES_SIGN_ZERO || sign == TABLES_SIGN_ABSENT) {
        cell->known = true;
        cell->value = 0;
    }
    if (status < 0) {
        status = sign == TABLES_SIGN_SUPPRESSED ? TABLES_PRIMARY
                 : sign == TABLES_SIGN_MISSING  ? TABLES_MISSING
                                                : TABLES_PUBLISHED;
    }
    if (status == TABLES_PUBLISHED && sign == TABLES_SIGN_MISSING) {
        status = TABLES_MISSING;
    }
    cell->status = (uint8_t)status;
    if (status == TABLES_PUBLISHED && !cell->known) {
        return wrong(reading, text.size == 0
                                  ? "it is empty; say under \"signs\" what an empty cell means"
                                  : "it is no number (at most 6 digits behind the point) and no "
                                    "sign that the configuration names");
    }
    return status == TABLES_PUBLISHED || cell->known || sign >= 0 || text.size == 0
               ? SITO_OK
               : wrong(reading, "it is hidden, and holds neither a number nor a sign that the "
                                "configuration names");
}

static int read_code(Reading *reading, int d, sqlite3_value *value) {
    TablesRows *rows = reading->rows;
    SitoText text;
    bool fresh;
    int rc = sito_value_text(value, &text);
    if (rc == SITO_OK && text.data == NULL) {
        return wrong(reading, "a dimension has no value");
    }
    size_t at = rows->count * (size_t)reading->plan->count + (size_t)d;
    return rc == SITO_OK ? anon_dictionary_code(&rows->codes[d], text, &rows->row_codes[at], &fresh)
                         : rc;
}

/* rowid, dimensions, measure, [status], [contributors] */
static int take_row(void *data, int count, sqlite3_value **values) {
    Reading *reading = data;
    TablesRows *rows = reading->rows;
    const TablesPlan *plan = reading->plan;
    TablesCell cell = {.upper = TABLES_NO_UPPER, .cost = 1};
    int at = plan->count + 1, status = -1, rc = grow(rows, plan->count);
    (void)count;
    reading->rowid = sqlite3_value_type(values[0]) == SQLITE_INTEGER
                         ? sqlite3_value_int64(values[0])
                         : (int64_t)rows->count + 1;
    cell.lower = plan->negative ? TABLES_NO_LOWER : 0;
    for (int d = 0; d < plan->count && rc == SITO_OK; d++) {
        rc = read_code(reading, d, values[1 + d]);
    }
    if (rc == SITO_OK && plan->status != NULL) {
        rc = read_status(reading, values[at + 1], &status);
    }
    rc = rc == SITO_OK
             ? read_measure(reading, values[at], status, &cell, &rows->fractions[rows->count])
             : rc;
    if (rc != SITO_OK) {
        return rc;
    }
    sqlite3_value *contributors =
        plan->contributors == NULL ? NULL : values[at + 1 + (plan->status != NULL)];
    cell.single = contributors != NULL && sqlite3_value_double(contributors) == 1;
    rows->fraction = rows->fractions[rows->count] > rows->fraction ? rows->fractions[rows->count]
                                                                   : rows->fraction;
    rows->rowids[rows->count] = reading->rowid;
    rows->cells[rows->count++] = cell;
    return SITO_OK;
}

static int add_column(SitoColumns *columns, const char *name, char **error) {
    return name == NULL ? SITO_OK
                        : sito_columns_add(columns, (SitoText){name, strlen(name)}, error);
}

int tables_rows_read(SitoCall *call, SitoText table, const TablesPlan *plan, TablesRows *rows) {
    Reading reading = {.call = call, .plan = plan, .rows = rows};
    SitoColumns dimensions = {.count = 0}, others[3] = {{.count = 0}};
    const SitoColumns *const lists[] = {&dimensions, &others[0], &others[1], &others[2]};
    const SitoSink sink = {.row = take_row, .data = &reading};
    int rc = SITO_OK;
    *rows = (TablesRows){.count = 0};
    rows->codes = sito_malloc((size_t)plan->count * sizeof *rows->codes);
    if (rows->codes == NULL) {
        return SITO_NOMEM;
    }
    memset(rows->codes, 0, (size_t)plan->count * sizeof *rows->codes);
    for (int d = 0; d < plan->count && rc == SITO_OK; d++) {
        rc = add_column(&dimensions, plan->dimensions[d].name, &call->error);
    }
    rc = rc == SITO_OK ? add_column(&others[0], plan->measure, &call->error) : rc;
    rc = rc == SITO_OK ? add_column(&others[1], plan->status, &call->error) : rc;
    rc = rc == SITO_OK ? add_column(&others[2], plan->contributors, &call->error) : rc;
    rc = rc == SITO_OK ? sito_table_read(call, table, lists, 4, true, &sink) : rc;
    sito_columns_free(&dimensions);
    for (int i = 0; i < 3; i++) {
        sito_columns_free(&others[i]);
    }
    return rc;
}

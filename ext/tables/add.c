/*
** The rows of a table, and what hangs under what, go into a system (config.h, tables_rows_add).
**
** A code of a hierarchy that the table does not show is passed over: what hangs under it hangs under the
** next code above that is shown, since the sum is the same.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "anonymise/anonymise.h"
#include "config.h"
#include "shown.h"

typedef struct Adding {
    SitoCall *call;
    const TablesPlan *plan;
    TablesRows *rows;
    TablesDimension dimensions[TABLES_MOST_DIMENSIONS];
    SitoText *texts[TABLES_MOST_DIMENSIONS];
    uint32_t *parents[TABLES_MOST_DIMENSIONS][TABLES_MOST_HIERARCHIES];
    size_t shown[TABLES_MOST_DIMENSIONS]; /* codes below it stand in rows */
} Adding;

/* ---- numbers ---- */

/* In units of 10^-scale, upwards where digits are lost; false: too large. */
static bool scale_up(int64_t digits, int fraction, int scale, int64_t *value) {
    for (; fraction < scale; fraction++) {
        if (digits > TABLES_MOST_VALUE || digits < -TABLES_MOST_VALUE) {
            return false;
        }
        digits *= 10;
    }
    for (; fraction > scale; fraction--) {
        digits = digits / 10 + (digits % 10 > 0);
    }
    *value = digits;
    return digits <= TABLES_MOST_VALUE && digits >= -TABLES_MOST_VALUE;
}

static int read_protection(const Adding *adding, int scale, int64_t protection[3]) {
    for (int p = 0; p < 3; p++) {
        const char *text = adding->plan->protection[p];
        int64_t digits = 0;
        int fraction = 0;
        protection[p] = 0;
        if (text != NULL && (!shown_number((SitoText){text, strlen(text)}, &digits, &fraction) ||
                             !scale_up(digits, fraction, scale, &protection[p]))) {
            return sito_error(
                &adding->call->error, SITO_ERROR,
                "protection is a number from 0 with at most 6 digits behind its point");
        }
    }
    return SITO_OK;
}

/* Protection is asked for the cells that need it, not for those that only give it. */
static int scale_cells(Adding *adding, int scale, TablesFault *fault) {
    int64_t protection[3] = {0, 0, 0};
    int rc = read_protection(adding, scale, protection);
    for (size_t r = 0; r < adding->rows->count && rc == SITO_OK; r++) {
        TablesCell *cell = &adding->rows->cells[r];
        if (!scale_up(cell->value, adding->rows->fractions[r], scale, &cell->value)) {
            fault->row = (uint32_t)r;
            return sito_error(&adding->call->error, SITO_ERROR, "a value is too large");
        }
        if (cell->status == TABLES_PRIMARY) {
            cell->width = protection[0];
            cell->below = protection[1];
            cell->above = protection[2];
        }
    }
    return rc;
}

/* ---- hierarchies ---- */

/* child, parent, … */
static int take_pair(Adding *adding, int d, uint32_t **parents, size_t *room, sqlite3_stmt *row) {
    AnonDictionary *codes = &adding->rows->codes[d];
    uint32_t pair[2];
    bool fresh;
    for (int i = 0; i < 2; i++) {
        bool none = sqlite3_column_type(row, i) == SQLITE_NULL;
        SitoText text = {(const char *)sqlite3_column_text(row, i), 0};
        text.size = (size_t)sqlite3_column_bytes(row, i);
        if (text.data == NULL) {
            return none ? SITO_OK : SITO_NOMEM;
        }
        int rc = anon_dictionary_code(codes, text, &pair[i], &fresh);
        if (rc != SITO_OK) {
            return rc;
        }
    }
    size_t old = *room, needed = codes->count;
    int rc = sito_grow((void **)parents, room, needed, sizeof **parents, (size_t)1 << 31);
    if (rc != SITO_OK) {
        return rc;
    }
    memset(*parents + old, 0xff, (*room - old) * sizeof **parents);
    if ((*parents)[pair[0]] != TABLES_NO_CODE && (*parents)[pair[0]] != pair[1]) {
        return sito_error(&adding->call->error, SITO_ERROR,
                          "the hierarchy of \"%w\" puts one code under two others; give two "
                          "hierarchies",
                          adding->plan->dimensions[d].name);
    }
    if (pair[0] != pair[1]) {
        (*parents)[pair[0]] = pair[1];
    }
    return SITO_OK;
}

static int print_select(const Adding *adding, int d, int h, char **sql) {
    const TablesPlanDimension *dimension = &adding->plan->dimensions[d];
    SitoName name;
    if (!dimension->stored[h]) {
        *sql = sito_print("SELECT key, value FROM json_each(%Q)", dimension->hierarchies[h]);
        return *sql == NULL ? SITO_NOMEM : SITO_OK;
    }
    int rc =
        sito_name_parse((SitoText){dimension->hierarchies[h], strlen(dimension->hierarchies[h])},
                        &name, &adding->call->error);
    if (rc == SITO_OK) {
        *sql = sito_print("SELECT * FROM %s", name.quoted);
        rc = *sql == NULL ? SITO_NOMEM : SITO_OK;
        sito_name_free(&name);
    }
    return rc;
}

/* The pairs of one hierarchy: of each code the one above it. */
static int read_pairs(Adding *adding, int d, int h, size_t *room) {
    sqlite3_stmt *row = NULL;
    char *sql = NULL;
    sqlite3 *db = adding->call->db;
    int step = SQLITE_DONE, rc = print_select(adding, d, h, &sql);
    if (rc == SITO_OK) {
        rc = sqlite3_prepare_v2(db, sql, -1, &row, NULL) & 0xff;
        rc = rc == SITO_OK || rc == SITO_NOMEM
                 ? rc
                 : sito_error(&adding->call->error, SITO_ERROR, "%s", sqlite3_errmsg(db));
    }
    if (rc == SITO_OK && sqlite3_column_count(row) < 2) {
        rc = sito_error(&adding->call->error, SITO_ERROR,
                        "a hierarchy is a table of two columns: the code and the code above it");
    }
    while (rc == SITO_OK && (step = sqlite3_step(row)) == SQLITE_ROW) {
        rc = take_pair(adding, d, &adding->parents[d][h], room, row);
    }
    if (rc == SITO_OK && step != SQLITE_DONE) {
        step &= 0xff;
        rc = step == SQLITE_NOMEM || step == SQLITE_INTERRUPT
                 ? step
                 : sito_error(&adding->call->error, SITO_ERROR, "%s", sqlite3_errmsg(db));
    }
    sqlite3_finalize(row);
    sito_free(sql);
    return rc;
}

/* Whether a hierarchy says something of the code: puts it under another, or another under it. */
static void mark_named(const uint32_t *parents, size_t room, unsigned char *named, unsigned bit) {
    for (size_t c = 0; c < room; c++) {
        if (parents[c] != TABLES_NO_CODE) {
            named[c] |= (unsigned char)(1U << bit);
            named[parents[c]] |= (unsigned char)(1U << bit);
        }
    }
}

/* The next code above that rows show; the total where there is none. TABLES_NO_CODE - 1: a circle. */
static uint32_t shown_above(const Adding *adding, int d, const uint32_t *parents, size_t room,
                            uint32_t code) {
    size_t steps = 0;
    uint32_t up = code < room ? parents[code] : TABLES_NO_CODE;
    while (up != TABLES_NO_CODE && up >= adding->shown[d]) {
        up = up < room ? parents[up] : TABLES_NO_CODE;
        if (++steps > room) {
            return TABLES_NO_CODE - 1;
        }
    }
    return up == TABLES_NO_CODE ? adding->dimensions[d].total : up;
}

/* Hangs every code that rows show under one that rows show. A code of another hierarchy alone, with codes
** below it, does not belong to this one. */
static int hang(Adding *adding, int d, int h, size_t room, const unsigned char *named,
                const unsigned char *has_children) {
    size_t count = adding->shown[d];
    uint32_t *hung = sito_malloc((count + 1) * sizeof *hung);
    uint32_t *parents = adding->parents[d][h];
    uint32_t total = adding->dimensions[d].total;
    if (hung == NULL) {
        return SITO_NOMEM;
    }
    for (uint32_t c = 0; c < count; c++) {
        bool elsewhere = (named[c] >> h & 1) == 0 && has_children[c];
        hung[c] =
            c == total || elsewhere ? TABLES_NO_CODE : shown_above(adding, d, parents, room, c);
        if (hung[c] == TABLES_NO_CODE - 1) {
            sito_free(hung);
            return sito_error(&adding->call->error, SITO_ERROR,
                              "the hierarchy of \"%w\" goes in a circle",
                              adding->plan->dimensions[d].name);
        }
    }
    sito_free(parents);
    adding->parents[d][h] = hung;
    adding->dimensions[d].parents[h] = hung;
    return SITO_OK;
}

static int make_hierarchies(Adding *adding, int d) {
    size_t rooms[TABLES_MOST_HIERARCHIES] = {0};
    int given = adding->plan->dimensions[d].count, rc = SITO_OK;
    for (int h = 0; h < given && rc == SITO_OK; h++) {
        rc = read_pairs(adding, d, h, &rooms[h]);
    }
    size_t count = adding->rows->codes[d].count + 1;
    unsigned char *named = sito_malloc(count), *has_children = sito_malloc(count);
    if (named == NULL || has_children == NULL) {
        rc = rc == SITO_OK ? SITO_NOMEM : rc;
    } else {
        memset(named, 0, count);
        memset(has_children, 0, count);
    }
    for (int h = 0; h < given && rc == SITO_OK; h++) {
        size_t codes = rooms[h] < count ? rooms[h] : count;
        mark_named(adding->parents[d][h], codes, named, (unsigned)h);
        for (size_t c = 0; c < codes; c++) {
            if (adding->parents[d][h][c] != TABLES_NO_CODE) {
                has_children[adding->parents[d][h][c]] = 1;
            }
        }
    }
    int hierarchies = given == 0 && adding->dimensions[d].total != TABLES_NO_CODE ? 1 : given;
    adding->dimensions[d].hierarchies = hierarchies;
    for (int h = 0; h < hierarchies && rc == SITO_OK; h++) {
        rc = hang(adding, d, h, rooms[h], named, has_children);
    }
    sito_free(named);
    sito_free(has_children);
    return rc;
}

/* ---- dimensions ---- */

static int find_total(Adding *adding, int d) {
    const TablesPlanDimension *plan = &adding->plan->dimensions[d];
    adding->dimensions[d].total = TABLES_NO_CODE;
    if (plan->total == NULL || adding->rows->count == 0) {
        return SITO_OK;
    }
    SitoText total = {plan->total, strlen(plan->total)};
    for (uint32_t c = 0; c < adding->shown[d]; c++) {
        if (sito_text_equal(anon_dictionary_text(&adding->rows->codes[d], c), total)) {
            adding->dimensions[d].total = c;
            return SITO_OK;
        }
    }
    return sito_error(&adding->call->error, SITO_ERROR,
                      "no row%s%s has the total that the dimension \"%w\" names",
                      adding->plan->table != NULL ? " of " : "",
                      adding->plan->table != NULL ? adding->plan->table : "", plan->name);
}

static int make_dimension(Adding *adding, int d) {
    const char *name = adding->plan->dimensions[d].as;
    adding->shown[d] = adding->rows->codes[d].count;
    int rc = find_total(adding, d);
    rc = rc == SITO_OK ? make_hierarchies(adding, d) : rc;
    adding->texts[d] = sito_malloc((adding->shown[d] + 1) * sizeof **adding->texts);
    if (rc != SITO_OK || adding->texts[d] == NULL) {
        return rc == SITO_OK ? SITO_NOMEM : rc;
    }
    for (uint32_t c = 0; c < adding->shown[d]; c++) {
        adding->texts[d][c] = anon_dictionary_text(&adding->rows->codes[d], c);
    }
    adding->dimensions[d].name = (SitoText){name, strlen(name)};
    adding->dimensions[d].codes = adding->texts[d];
    adding->dimensions[d].count = (uint32_t)adding->shown[d];
    return SITO_OK;
}

int tables_rows_add(SitoCall *call, const TablesPlan *plan, TablesRows *rows, int scale,
                    TablesSystem *system, TablesFault *fault) {
    Adding adding = {.call = call, .plan = plan, .rows = rows};
    *fault = (TablesFault){TABLES_NO_CELL, TABLES_NO_CELL, system->sources, 0};
    int rc = scale_cells(&adding, scale, fault);
    for (int d = 0; d < plan->count && rc == SITO_OK; d++) {
        rc = make_dimension(&adding, d);
    }
    const TablesSource source = {.measure = SITO_LITERAL(""), /* all tables of a call show one */
                                 .dimensions = adding.dimensions,
                                 .dimension_count = plan->count,
                                 .codes = rows->row_codes,
                                 .cells = rows->cells,
                                 .rows = rows->count,
                                 .relation = plan->relation,
                                 .absent_unknown = plan->absent_unknown,
                                 .negative = plan->negative};
    rc = rc == SITO_OK ? tables_system_add(system, &source, &call->watch, fault, &call->error) : rc;
    for (int d = 0; d < plan->count; d++) {
        sito_free(adding.texts[d]);
        if (adding.dimensions[d].hierarchies == 1) {
            sito_free(rows->parents[d]);
            rows->parents[d] = adding.parents[d][0];
            rows->shown[d] = (uint32_t)adding.shown[d];
            adding.parents[d][0] = NULL;
        }
        for (int h = 0; h < TABLES_MOST_HIERARCHIES; h++) {
            sito_free(adding.parents[d][h]);
        }
    }
    return rc;
}

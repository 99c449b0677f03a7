/*
** A table becomes cells and equations (system.h, tables_system_add).
**
** The key of a cell is the XOR of one hash for its measure and one for each dimension that is not at its
** total, so that the key of a part of a total is had from the key of the total by exchanging one hash.
*/
#include <string.h>

#include "system_core.h"

typedef struct Adding {
    TablesSystem *system;
    const TablesSource *source;
    const SitoWatch *watch;
    TablesFault *fault;
    char **error;
    int number; /* of the source */
    SitoHash128 base;
    SitoHash128 *codes[TABLES_MOST_DIMENSIONS]; /* of each code; of the total {0, 0} */
    uint32_t *cells;                            /* of each row */
    uint32_t *parts;                            /* of the equation being made */
    int8_t *signs;
    size_t parts_room, signs_room;
} Adding;

static SitoHash128 mix(SitoHash128 a, SitoHash128 b) {
    return (SitoHash128){a.low ^ b.low, a.high ^ b.high};
}

static int ask_now_and_then(const Adding *adding, size_t i) {
    return (i & 0xfff) == 0xfff ? sito_watch_ask(adding->watch) : SITO_OK;
}

/* ---- hashes ---- */

static int hash_pair(char kind, SitoText a, SitoText b, SitoHash128 *hash) {
    SitoBuffer buffer = {.limit = SITO_BUFFER_LIMIT};
    uint64_t size = a.size;
    int rc = sito_buffer_add(&buffer, &kind, 1);
    rc = rc == SITO_OK ? sito_buffer_add(&buffer, (const char *)&size, sizeof size) : rc;
    rc = rc == SITO_OK ? sito_buffer_add(&buffer, a.data, a.size) : rc;
    rc = rc == SITO_OK ? sito_buffer_add(&buffer, b.data, b.size) : rc;
    *hash = rc == SITO_OK ? sito_hash128(buffer.data, buffer.size) : (SitoHash128){0, 0};
    sito_buffer_free(&buffer);
    return rc;
}

static int hash_dimension(Adding *adding, int d) {
    const TablesDimension *dimension = &adding->source->dimensions[d];
    SitoHash128 *hashes = sito_malloc(((size_t)dimension->count + 1) * sizeof *hashes);
    int rc = hashes == NULL ? SITO_NOMEM : SITO_OK;
    adding->codes[d] = hashes;
    for (uint32_t c = 0; c < dimension->count && rc == SITO_OK; c++) {
        if (c == dimension->total) {
            hashes[c] = (SitoHash128){0, 0};
        } else {
            rc = hash_pair('d', dimension->name, dimension->codes[c], &hashes[c]);
        }
    }
    return rc;
}

static int hash_names(Adding *adding) {
    int32_t version = adding->source->relation == TABLES_SAME ? 0 : adding->number;
    int rc = hash_pair('m', adding->source->measure,
                       (SitoText){(const char *)&version, sizeof version}, &adding->base);
    for (int d = 0; d < adding->source->dimension_count && rc == SITO_OK; d++) {
        rc = hash_dimension(adding, d);
    }
    return rc;
}

static SitoHash128 key_of_row(const Adding *adding, size_t row) {
    int count = adding->source->dimension_count;
    const uint32_t *codes = adding->source->codes + row * (size_t)count;
    SitoHash128 key = adding->base;
    for (int d = 0; d < count; d++) {
        key = mix(key, adding->codes[d][codes[d]]);
    }
    return key;
}

/* ---- cells ---- */

static int conflict(const Adding *adding, const TablesCell *other, size_t row, const char *text) {
    *adding->fault = (TablesFault){.row = (uint32_t)row,
                                   .source = adding->number,
                                   .other_row = other->row,
                                   .other_source = other->source};
    return sito_error(adding->error, SITO_ERROR, "%s", text);
}

static int64_t larger(int64_t a, int64_t b) {
    return a > b ? a : b;
}

/* Another source shows the cell again. */
static int merge(const Adding *adding, TablesCell *old, const TablesCell *cell, size_t row) {
    if (old->source == adding->number) {
        return conflict(adding, old, row, "the same cell stands in two rows");
    }
    if (old->known && cell->known && old->value != cell->value) {
        return conflict(adding, old, row, "two tables give different values to one cell");
    }
    if (!old->known && cell->known) {
        old->known = true;
        old->value = cell->value;
    }
    adding->system->shared++;
    old->told = old->told || (cell->status == TABLES_PUBLISHED && old->status != TABLES_PUBLISHED);
    old->single = old->single || cell->single;
    old->lower = larger(old->lower, cell->lower);
    old->upper = cell->upper < old->upper ? cell->upper : old->upper;
    old->below = larger(old->below, cell->below);
    old->above = larger(old->above, cell->above);
    old->width = larger(old->width, cell->width);
    return SITO_OK;
}

/* Suppressed in the first source, or in none: its row names the cell. */
static int add_row(Adding *adding, size_t row) {
    TablesSystem *system = adding->system;
    TablesCell cell = adding->source->cells[row];
    SitoHash128 key = key_of_row(adding, row);
    uint32_t number = tables_key_find(system, key);
    int rc = SITO_OK;
    cell.row = (uint32_t)row;
    cell.source = (uint8_t)adding->number;
    cell.told = false;
    if (cell.known && (cell.value < cell.lower || cell.value > cell.upper)) {
        return conflict(adding, &cell, row,
                        cell.value < 0 ? "a value is negative, which the table does not allow"
                                       : "a value lies outside its bounds");
    }
    if (number != TABLES_NO_CELL) {
        rc = merge(adding, &system->cells[number], &cell, row);
    } else {
        rc = tables_system_cell(system, &cell, &number);
        rc = rc == SITO_OK ? tables_key_add(system, key, number) : rc;
        if (rc == SITO_TOOBIG) {
            rc = conflict(adding, &cell, row, "a value, or the table, is too large");
        }
    }
    adding->cells[row] = number;
    return rc;
}

static int add_rows(Adding *adding) {
    int rc = SITO_OK;
    adding->cells = sito_malloc((adding->source->rows + 1) * sizeof *adding->cells);
    if (adding->cells == NULL) {
        return SITO_NOMEM;
    }
    for (size_t row = 0; row < adding->source->rows && rc == SITO_OK; row++) {
        rc = ask_now_and_then(adding, row);
        rc = rc == SITO_OK ? add_row(adding, row) : rc;
    }
    return rc;
}

/* ---- equations ---- */

/* The codes below each code of one hierarchy: list[first[c]] to list[first[c + 1] - 1]. */
typedef struct Children {
    uint32_t *first, *list;
} Children;

static int list_children(const Adding *adding, int d, int h, Children *children) {
    const TablesDimension *dimension = &adding->source->dimensions[d];
    const uint32_t *parents = dimension->parents[h];
    size_t count = dimension->count;
    children->first = sito_malloc((count + 2) * sizeof *children->first);
    children->list = sito_malloc((count + 1) * sizeof *children->list);
    if (children->first == NULL || children->list == NULL) {
        return SITO_NOMEM;
    }
    memset(children->first, 0, (count + 2) * sizeof *children->first);
    for (size_t c = 0; c < count; c++) {
        size_t steps = 0;
        for (uint32_t up = parents[c]; up != TABLES_NO_CODE; up = parents[up]) {
            if (++steps > count) {
                return sito_error(adding->error, SITO_ERROR,
                                  "the hierarchy of a dimension goes in a circle");
            }
        }
        if (parents[c] != TABLES_NO_CODE) {
            children->first[parents[c] + 2]++;
        }
    }
    for (size_t c = 2; c < count + 2; c++) {
        children->first[c] += children->first[c - 1];
    }
    for (uint32_t c = 0; c < count; c++) {
        if (parents[c] != TABLES_NO_CODE) {
            children->list[children->first[parents[c] + 1]++] = c;
        }
    }
    return SITO_OK;
}

static int put_part(Adding *adding, size_t at, uint32_t cell, int8_t sign) {
    int rc = sito_grow((void **)&adding->parts, &adding->parts_room, at + 1, sizeof *adding->parts,
                       TABLES_MOST_CELLS);
    rc = rc == SITO_OK ? sito_grow((void **)&adding->signs, &adding->signs_room, at + 1,
                                   sizeof *adding->signs, TABLES_MOST_CELLS)
                       : rc;
    if (rc == SITO_OK) {
        adding->parts[at] = cell;
        adding->signs[at] = sign;
    }
    return rc;
}

/* A part that no table shows, where that does not mean 0. */
static int add_absent(Adding *adding, SitoHash128 key, uint32_t *number) {
    TablesCell cell = {.lower = adding->source->negative ? TABLES_NO_LOWER : 0,
                       .upper = TABLES_NO_UPPER,
                       .cost = 1,
                       .row = TABLES_NO_CELL,
                       .source = (uint8_t)adding->number,
                       .status = TABLES_PRIMARY};
    int rc = tables_system_cell(adding->system, &cell, number);
    return rc == SITO_OK ? tables_key_add(adding->system, key, *number) : rc;
}

/* Whether any of the parts of a total is shown at all. */
static bool any_part(const Adding *adding, SitoHash128 rest, int d, const uint32_t *codes,
                     size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (tables_key_find(adding->system, mix(rest, adding->codes[d][codes[i]])) !=
            TABLES_NO_CELL) {
            return true;
        }
    }
    return false;
}

static int add_equation(Adding *adding, size_t row, int d, const Children *children) {
    uint32_t code =
        adding->source->codes[row * (size_t)adding->source->dimension_count + (size_t)d];
    const uint32_t *codes = children->list + children->first[code];
    size_t count = children->first[code + 1] - children->first[code], parts = 1;
    SitoHash128 rest = mix(key_of_row(adding, row), adding->codes[d][code]);
    if (count == 0 || !any_part(adding, rest, d, codes, count)) {
        return SITO_OK;
    }
    int rc = put_part(adding, 0, adding->cells[row], -1);
    for (size_t i = 0; i < count && rc == SITO_OK; i++) {
        SitoHash128 key = mix(rest, adding->codes[d][codes[i]]);
        uint32_t cell = tables_key_find(adding->system, key);
        if (cell == TABLES_NO_CELL && adding->source->absent_unknown) {
            rc = add_absent(adding, key, &cell);
        }
        if (rc == SITO_OK && cell != TABLES_NO_CELL) {
            rc = put_part(adding, parts++, cell, 1);
        }
    }
    return rc == SITO_OK
               ? tables_system_equation(adding->system, adding->parts, adding->signs, parts)
               : rc;
}

static int add_hierarchy(Adding *adding, int d, int h) {
    Children children = {NULL, NULL};
    int rc = list_children(adding, d, h, &children);
    for (size_t row = 0; row < adding->source->rows && rc == SITO_OK; row++) {
        rc = ask_now_and_then(adding, row);
        rc = rc == SITO_OK ? add_equation(adding, row, d, &children) : rc;
    }
    sito_free(children.first);
    sito_free(children.list);
    return rc;
}

/* ---- an earlier table of values that only grow ---- */

static int add_growth(Adding *adding, size_t row, SitoHash128 change) {
    TablesSystem *system = adding->system;
    uint32_t now = tables_key_find(system, mix(key_of_row(adding, row), change)), growth;
    if (now == TABLES_NO_CELL) {
        return SITO_OK;
    }
    system->shared++;
    const TablesCell *before = &system->cells[adding->cells[row]], *after = &system->cells[now];
    TablesCell cell = {.upper = TABLES_NO_UPPER,
                       .cost = 1,
                       .row = TABLES_NO_CELL,
                       .source = (uint8_t)adding->number,
                       .status = TABLES_MISSING};
    cell.known = before->known && after->known;
    cell.value = cell.known ? after->value - before->value : 0;
    if (cell.value < 0) {
        return conflict(adding, after, row, "a value of a cumulative table became smaller");
    }
    int rc = tables_system_cell(system, &cell, &growth);
    const uint32_t parts[3] = {now, adding->cells[row], growth};
    const int8_t signs[3] = {-1, 1, 1};
    return rc == SITO_OK ? tables_system_equation(system, parts, signs, 3) : rc;
}

static int add_growths(Adding *adding) {
    SitoHash128 now;
    int32_t version = 0;
    int rc = hash_pair('m', adding->source->measure,
                       (SitoText){(const char *)&version, sizeof version}, &now);
    SitoHash128 change = mix(adding->base, now);
    for (size_t row = 0; row < adding->source->rows && rc == SITO_OK; row++) {
        rc = ask_now_and_then(adding, row);
        rc = rc == SITO_OK ? add_growth(adding, row, change) : rc;
    }
    return rc;
}

/* ---- the whole ---- */

int tables_system_add(TablesSystem *system, const TablesSource *source, const SitoWatch *watch,
                      TablesFault *fault, char **error) {
    Adding adding = {.system = system,
                     .source = source,
                     .watch = watch,
                     .fault = fault,
                     .error = error,
                     .number = system->sources};
    *fault = (TablesFault){TABLES_NO_CELL, TABLES_NO_CELL, system->sources, 0};
    if (source->dimension_count > TABLES_MOST_DIMENSIONS ||
        system->sources == TABLES_MOST_SOURCES) {
        return sito_error(error, SITO_TOOBIG, "more than %d dimensions, or %d tables",
                          TABLES_MOST_DIMENSIONS, TABLES_MOST_SOURCES);
    }
    system->sources++;
    int rc = hash_names(&adding);
    rc = rc == SITO_OK ? add_rows(&adding) : rc;
    for (int d = 0; d < source->dimension_count && rc == SITO_OK; d++) {
        for (int h = 0; h < source->dimensions[d].hierarchies && rc == SITO_OK; h++) {
            rc = add_hierarchy(&adding, d, h);
        }
    }
    if (rc == SITO_OK && source->relation == TABLES_CUMULATIVE) {
        rc = add_growths(&adding);
    }
    for (int d = 0; d < source->dimension_count; d++) {
        sito_free(adding.codes[d]);
    }
    sito_free(adding.cells);
    sito_free(adding.parts);
    sito_free(adding.signs);
    return rc;
}

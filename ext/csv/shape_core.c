/*
** The shape of a CSV file (shape_core.h).
*/
#include "shape_core.h"

#include <string.h>

enum {
    RECORDS_MEASURED = 2000,
    MOST_ABOVE = 20, /* records above a table */
    COUNTS = SITO_CSV_MAX_COLUMNS + 2
};
#define NEAR 0.02 /* shares that differ by less are alike */

typedef struct Row {
    size_t fields, decimals; /* decimals: numbers that a comma cuts apart */
    int64_t line;
    bool empty_last, damaged, apostrophes;
} Row;

typedef struct Rows {
    Row *row; /* RECORDS_MEASURED of them */
    size_t count;
} Rows;

int sito_shape_reader(SitoText sample, SitoCsvDialect dialect, size_t max_field,
                      SitoCsvReader **reader, char **error) {
    SitoSource *source;
    if (dialect.encoding == SITO_UTF_16LE || dialect.encoding == SITO_UTF_16BE) {
        dialect.encoding = SITO_UTF_8; /* the sample is turned already */
    }
    int rc = sito_source_text(sample, &source);
    if (rc == SITO_OK) {
        rc = sito_reader_new(source, dialect, max_field, reader);
    }
    return rc == SITO_OK ? sito_reader_start(*reader, 0, false, error) : rc;
}

/* ---- measuring ---- */

/* A damaged record counts as many fields as it has delimiters, and one. */
static int describe_damaged(SitoCsvReader *reader, char delimiter, Row *row) {
    SitoText raw;
    int rc = sito_reader_raw(reader, &raw);
    row->damaged = true;
    row->fields = 1;
    for (size_t i = 0; rc == SITO_OK && i < raw.size; i++) {
        row->fields += raw.data[i] == delimiter;
    }
    return rc;
}

static int describe(SitoCsvReader *reader, const SitoCsvRecord *record, char delimiter, Row *row) {
    *row = (Row){.fields = record->fields, .line = record->line};
    if (record->defect == SITO_CSV_QUOTE) {
        return describe_damaged(reader, delimiter, row);
    }
    SitoText last = {0};
    bool bare = false;
    int rc = delimiter == ',' ? sito_reader_decimals(reader, &row->decimals) : SITO_OK;
    if (rc == SITO_OK && record->fields > 0 && record->fields <= SITO_CSV_MAX_COLUMNS) {
        rc = sito_reader_field(reader, record->fields - 1, &last, &bare);
        row->empty_last = bare;
    }
    for (size_t i = 0; i < record->fields && i < 64 && rc == SITO_OK && !row->apostrophes; i++) {
        SitoText cell;
        rc = sito_reader_field(reader, i, &cell, &bare);
        row->apostrophes =
            cell.size > 1 && cell.data[0] == '\'' && cell.data[cell.size - 1] == '\'';
    }
    return rc;
}

static int read_rows(SitoText sample, SitoCsvDialect dialect, size_t max_field, Rows *rows,
                     char **error) {
    SitoCsvReader *reader = NULL;
    const SitoCsvRecord *record = NULL;
    dialect.header = dialect.trailing = false;
    rows->count = 0;
    int rc = sito_shape_reader(sample, dialect, max_field, &reader, error);
    while (rc == SITO_OK && rows->count < RECORDS_MEASURED) {
        rc = sito_reader_next(reader, &record, error);
        if (rc != SITO_OK || record == NULL) {
            break;
        }
        rc = describe(reader, record, dialect.delimiter, &rows->row[rows->count++]);
    }
    sito_reader_free(reader);
    return rc;
}

/* The number of fields, two or more, that most sound records have; 0: there is none. */
static size_t usual_fields(const Rows *rows, size_t *counts) {
    size_t usual = 0;
    memset(counts, 0, COUNTS * sizeof *counts);
    for (size_t i = 0; i < rows->count; i++) {
        size_t fields = rows->row[i].fields < COUNTS ? rows->row[i].fields : COUNTS - 1;
        if (fields < 2 || rows->row[i].damaged) {
            continue;
        }
        counts[fields]++;
        usual = usual == 0 || counts[fields] > counts[usual] ? fields : usual;
    }
    return usual;
}

/* True when every sound record with that many fields ends with an empty one, and two or more do. */
static bool all_trailing(const Rows *rows, size_t begin, size_t fields) {
    size_t seen = 0;
    for (size_t i = begin; i < rows->count; i++) {
        if (rows->row[i].fields == fields && !rows->row[i].damaged) {
            seen++;
            if (!rows->row[i].empty_last) {
                return false;
            }
        }
    }
    return seen >= 2 || (seen == 1 && begin > 0);
}

/* Whether the record above row `begin` is the heading, one field short of the usual ones. */
static bool is_short_heading(const Rows *rows, size_t begin, size_t fields, char delimiter) {
    bool one_less = begin > 0 && rows->row[begin - 1].fields + 1 == fields;
    bool punctuation = delimiter == ',' && fields < 5;
    return one_less &&
           (all_trailing(rows, begin, fields) || (begin == 1 && fields >= 3 && !punctuation));
}

/* Whether the record above row `begin` is a heading of fewer fields, and decimal commas without quotes give
** most of the other records more. */
static bool is_cut_heading(const Rows *rows, size_t begin, size_t usual, char delimiter) {
    size_t fields = begin > 0 ? rows->row[begin - 1].fields : 0, seen = 0, cut = 0;
    if (delimiter != ',' || fields < 2 || fields >= usual || rows->row[begin - 1].damaged) {
        return false;
    }
    for (size_t i = begin; i < rows->count; i++) {
        const Row *row = &rows->row[i];
        bool other = !row->damaged && row->fields != fields;
        seen += other;
        cut += other && row->fields > fields && row->decimals >= row->fields - fields;
    }
    return cut > 0 && cut * 5 >= seen * 4;
}

/* A line above the table: another number of fields, and if its quotes are broken, only one; else it
** is a damaged record of the table. */
static bool is_above(const Row *row, size_t usual) {
    return row->damaged ? row->fields < 2 : row->fields != usual;
}

static void shape_of(const Rows *rows, size_t usual, SitoShapeFree find, SitoShape *shape) {
    size_t begin = 0, fields = usual;
    while (find.above && begin < rows->count && is_above(&rows->row[begin], usual)) {
        begin++;
    }
    bool trailing = all_trailing(rows, begin, usual) && (find.trailing || shape->dialect.trailing);
    if (is_cut_heading(rows, begin, usual, shape->dialect.delimiter)) {
        fields = rows->row[--begin].fields;
        trailing = false;
    } else if (begin > 0 && is_short_heading(rows, begin, usual, shape->dialect.delimiter)) {
        begin--;
    }
    if (trailing) {
        fields--;
        shape->dialect.trailing = true;
    }
    for (size_t i = begin; i < rows->count; i++) {
        bool short_heading = trailing && rows->row[i].fields == fields;
        shape->same += !rows->row[i].damaged && (rows->row[i].fields == usual || short_heading);
    }
    shape->records = rows->count - begin;
    shape->fields = fields;
    shape->above = begin;
    shape->share = shape->records > 0 ? (double)shape->same / (double)shape->records : 0;
    if (find.above && begin > 0) {
        shape->dialect.skip = rows->row[begin].line - 1;
    }
    if (begin > MOST_ABOVE || shape->same * 2 + shape->damaged < shape->records) {
        shape->share = 0;
    }
}

static int measure(SitoText sample, SitoCsvDialect dialect, size_t max_field, SitoShapeFree find,
                   Rows *rows, size_t *counts, SitoShape *shape, char **error) {
    int rc = read_rows(sample, dialect, max_field, rows, error);
    *shape = (SitoShape){.dialect = dialect};
    if (rc != SITO_OK) {
        return rc;
    }
    size_t usual = usual_fields(rows, counts);
    for (size_t i = 0; i < rows->count; i++) {
        shape->damaged += rows->row[i].damaged;
    }
    if (usual >= 2) {
        shape_of(rows, usual, find, shape);
    }
    return rc;
}

/* ---- choosing ---- */

static bool is_better(const SitoShape *a, const SitoShape *b) {
    double lead = a->share - b->share;
    if (lead > NEAR || lead < -NEAR) {
        return lead > 0;
    }
    return a->share > 0 && (b->share == 0 || a->above < b->above);
}

/* The dialect again with another quote or with trimmed blanks, where that leaves less damage. */
static int refine(SitoText sample, SitoCsvDialect dialect, size_t max_field, SitoShapeFree find,
                  Rows *rows, size_t *counts, SitoShape *shape, char **error) {
    size_t quoted = 0;
    for (size_t i = 0; i < rows->count; i++) {
        quoted += rows->row[i].apostrophes;
    }
    bool other_quote = find.quote && quoted > 0 && quoted * 2 >= rows->count &&
                       memchr(sample.data, '"', sample.size) == NULL;
    bool other_trim = find.trim && shape->damaged > 0;
    if (!other_quote && !other_trim) {
        return SITO_OK;
    }
    dialect.quote = other_quote ? '\'' : dialect.quote;
    dialect.trim = dialect.trim || other_trim;
    SitoShape other;
    int rc = measure(sample, dialect, max_field, find, rows, counts, &other, error);
    if (rc == SITO_OK && (other_quote ? other.share >= shape->share
                                      : other.damaged < shape->damaged && other.share > 0)) {
        *shape = other;
    }
    return rc;
}

static void one_column(SitoText sample, SitoCsvDialect given, SitoShape *shape) {
    static const char marks[] = {';', ',', '\t', '|'};
    *shape = (SitoShape){.dialect = given, .fields = 1};
    if (given.delimiter != 0) {
        return;
    }
    shape->dialect.delimiter = ';';
    for (size_t i = 0; i < SITO_COUNT(marks); i++) {
        if (memchr(sample.data, marks[i], sample.size) == NULL) {
            shape->dialect.delimiter = marks[i];
            return;
        }
    }
}

int sito_shape_find(SitoText sample, SitoCsvDialect given, size_t max_field, SitoShapeFree find,
                    SitoShape *best, char **error) {
    static const char by_rank[] = {'\t', ';', '|', ','};
    Rows rows = {.row = sito_malloc(RECORDS_MEASURED * sizeof *rows.row)};
    size_t *counts = sito_malloc(COUNTS * sizeof *counts);
    int rc = rows.row == NULL || counts == NULL ? SITO_NOMEM : SITO_OK;
    *best = (SitoShape){.dialect = given};
    for (size_t i = 0; i < SITO_COUNT(by_rank) && rc == SITO_OK; i++) {
        SitoShape shape;
        SitoCsvDialect dialect = given;
        dialect.delimiter = given.delimiter != 0 ? given.delimiter : by_rank[i];
        rc = measure(sample, dialect, max_field, find, &rows, counts, &shape, error);
        if (rc == SITO_OK) {
            rc = refine(sample, dialect, max_field, find, &rows, counts, &shape, error);
        }
        if (rc == SITO_OK && is_better(&shape, best)) {
            *best = shape;
        }
        if (given.delimiter != 0) {
            break;
        }
    }
    if (rc == SITO_OK && best->share == 0) {
        one_column(sample, given, best);
    }
    sito_free(rows.row);
    sito_free(counts);
    return rc;
}

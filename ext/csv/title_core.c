/*
** Title lines padded with delimiters (title_core.h).
*/
#include "title_core.h"

#include <string.h>

#include "look_core.h"
#include "shape_core.h"

enum { MOST_ABOVE = 20, LOOKED_AT = 64, MOST_BELOW = 2000 };

/* A record above the heading: how its first cells look. */
typedef struct Above {
    unsigned char looks[LOOKED_AT];
    size_t filled;
} Above;

/* What stands in a column below the heading. */
typedef struct Below {
    size_t values, texts;
    bool only_years, repeated;
} Below;

typedef struct Search {
    SitoCsvReader *reader;
    const SitoCsvRecord *record; /* the current one; NULL: at the end */
    size_t width;                /* columns of the table */
    bool trailing;
    Above above[MOST_ABOVE];
    size_t count; /* of the records above */
    int64_t line; /* of the heading */
    SitoBuffer heading;
    size_t ends[LOOKED_AT]; /* where each cell of the heading ends */
    bool years[LOOKED_AT];  /* it is a year */
    Below below[LOOKED_AT];
    size_t rows; /* records below */
} Search;

static size_t looked_at(const Search *search) {
    return search->width < LOOKED_AT ? search->width : LOOKED_AT;
}

/* ---- one record ---- */

/* How the first cells of the current record look, and how many of all are filled. */
static int look_at(const Search *search, Above *row) {
    *row = (Above){.filled = 0};
    for (size_t i = 0; i < search->record->fields && i < search->width; i++) {
        SitoText cell;
        bool bare;
        int rc = sito_reader_field(search->reader, i, &cell, &bare);
        if (rc != SITO_OK) {
            return rc;
        }
        SitoCellLook look = sito_cell_look(cell);
        row->filled += look != SITO_CELL_LOOKS_EMPTY;
        if (i < LOOKED_AT) {
            row->looks[i] = (unsigned char)look;
        }
    }
    return SITO_OK;
}

static bool is_value(unsigned char look) {
    return look == SITO_CELL_LOOKS_NUMBER || look == SITO_CELL_LOOKS_DATE ||
           look == SITO_CELL_LOOKS_YEAR;
}

static bool is_sparse(const Search *search, const Above *row) {
    return row->filled * 2 <= search->width;
}

/* A whole record that is no wider than the table. */
static bool is_usable(const Search *search) {
    const SitoCsvRecord *record = search->record;
    return record->defect != SITO_CSV_QUOTE && record->defect != SITO_CSV_TOO_LONG &&
           record->fields <= search->width + search->trailing;
}

/* ---- the heading ---- */

/* A word that stands for a missing value, or nothing but marks. */
static bool is_missing(SitoText cell) {
    static const char *const words[] = {"brak", "b.d.", "bd", "b/d", "n/d", "nd", "n/a", "null"};
    bool letter = false;
    for (size_t i = 0; i < cell.size; i++) {
        char c = cell.data[i];
        letter = letter || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                 (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
    }
    for (size_t i = 0; i < SITO_COUNT(words) && letter; i++) {
        SitoText word = {.data = words[i], .size = strlen(words[i])};
        letter = !sito_text_equal_nocase(cell, word);
    }
    return !letter;
}

static SitoText heading_cell(const Search *search, size_t i) {
    size_t begin = i == 0 ? 0 : search->ends[i - 1];
    return (SitoText){.data = search->heading.data + begin, .size = search->ends[i] - begin};
}

/* Keeps the cells of the current record; *can: it can be a heading. */
static int keep_heading(Search *search, const Above *row, bool *can) {
    search->line = search->record->line;
    for (size_t i = 0; i < looked_at(search) && *can; i++) {
        SitoText cell;
        bool bare;
        int rc = sito_reader_field(search->reader, i, &cell, &bare);
        if (rc == SITO_OK) {
            rc = sito_buffer_add(&search->heading, cell.data, cell.size);
        }
        if (rc != SITO_OK) {
            return rc;
        }
        search->ends[i] = search->heading.size;
        search->years[i] = row->looks[i] == SITO_CELL_LOOKS_YEAR;
        search->below[i].only_years = true;
        *can =
            (search->years[i] || !is_value(row->looks[i])) && !is_missing(heading_cell(search, i));
        for (size_t k = 0; k < i && *can; k++) {
            *can = !sito_text_equal(heading_cell(search, i), heading_cell(search, k));
        }
    }
    return SITO_OK;
}

/* Reads up to the first record that has all cells filled; *can: it may be a heading, and there is
** something above it. */
static int find_heading(Search *search, bool *can, char **error) {
    *can = false;
    for (;;) {
        Above row;
        int rc = sito_reader_next(search->reader, &search->record, error);
        if (rc != SITO_OK || search->record == NULL || !is_usable(search)) {
            return rc;
        }
        rc = look_at(search, &row);
        if (rc != SITO_OK) {
            return rc;
        }
        if (row.filled == search->width) {
            *can = search->count > 0;
            return keep_heading(search, &row, can);
        }
        if (!is_sparse(search, &row) || search->count == MOST_ABOVE) {
            return SITO_OK;
        }
        search->above[search->count++] = row;
    }
}

/* ---- below it ---- */

static int count_row(Search *search) {
    Above row;
    int rc = look_at(search, &row);
    if (rc != SITO_OK || is_sparse(search, &row)) {
        return rc;
    }
    bool values = false;
    for (size_t i = 0; i < looked_at(search); i++) {
        values = values || is_value(row.looks[i]);
    }
    bool units = search->rows++ == 0 && !values;
    for (size_t i = 0; i < looked_at(search) && rc == SITO_OK; i++) {
        Below *below = &search->below[i];
        SitoText cell;
        bool bare;
        rc = sito_reader_field(search->reader, i, &cell, &bare);
        below->values += is_value(row.looks[i]);
        below->texts += row.looks[i] == SITO_CELL_LOOKS_TEXT && !units;
        below->only_years = below->only_years && row.looks[i] == SITO_CELL_LOOKS_YEAR;
        below->repeated =
            below->repeated || (rc == SITO_OK && sito_text_equal(cell, heading_cell(search, i)));
    }
    return rc;
}

static int read_below(Search *search, char **error) {
    int rc = SITO_OK;
    while (rc == SITO_OK && search->rows < MOST_BELOW) {
        rc = sito_reader_next(search->reader, &search->record, error);
        if (rc != SITO_OK || search->record == NULL) {
            break;
        }
        if (is_usable(search) && search->record->fields >= search->width) {
            rc = count_row(search);
        }
    }
    return rc;
}

/* ---- the decision ---- */

static bool has_values_only(const Below *below) {
    return below->texts == 0 && below->values >= 2;
}

/* True when a record above belongs to the data below. */
static bool is_data(const Search *search, const Above *row) {
    bool fits = false;
    for (size_t i = 0; i < looked_at(search); i++) {
        if (has_values_only(&search->below[i])) {
            if (row->looks[i] == SITO_CELL_LOOKS_TEXT) {
                return false;
            }
            fits = fits || is_value(row->looks[i]);
        }
    }
    return fits;
}

/* What proves the heading; NULL: nothing does. */
static const char *proof_of(const Search *search) {
    bool values = false;
    size_t filled = 0;
    for (size_t i = 0; i < looked_at(search); i++) {
        const Below *below = &search->below[i];
        if (below->repeated || (search->years[i] && below->only_years)) {
            return NULL;
        }
        values = values || has_values_only(below);
    }
    for (size_t i = 0; i < search->count; i++) {
        if (is_data(search, &search->above[i])) {
            return NULL;
        }
        filled += search->above[i].filled;
    }
    return search->rows == 0 ? NULL
           : filled == 0     ? "no cell above it is filled"
           : values          ? "numbers or dates fill a column under it"
           : search->above[search->count - 1].filled == 0 ? "an empty record stands above it"
                                                          : NULL;
}

int sito_titles_find(SitoText sample, SitoCsvDialect dialect, size_t fields, size_t max_field,
                     SitoTitles *titles, char **error) {
    *titles = (SitoTitles){.skip = dialect.skip};
    Search *search = sito_malloc(sizeof *search);
    if (search == NULL) {
        return SITO_NOMEM;
    }
    *search = (Search){.width = fields, .trailing = dialect.trailing};
    dialect.header = false;
    bool can = false;
    int rc = sito_shape_reader(sample, dialect, max_field, &search->reader, error);
    if (rc == SITO_OK) {
        rc = find_heading(search, &can, error);
    }
    if (rc == SITO_OK && can) {
        rc = read_below(search, error);
    }
    if (rc == SITO_OK && can) {
        titles->proof = proof_of(search);
    }
    if (titles->proof != NULL) {
        titles->count = search->count;
        titles->skip = search->line - 1;
    }
    sito_reader_free(search->reader);
    sito_buffer_free(&search->heading);
    sito_free(search);
    return rc;
}

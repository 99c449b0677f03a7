/*
** Generalisation hierarchies (hierarchy.h).
*/
#include "hierarchy.h"

#include <string.h>

enum { MOST_TEXT = 1 << 28 };

typedef enum Form {
    FORM_TABLE,
    FORM_INTERVAL,
    FORM_DATE,
    FORM_PREFIX,
    FORM_TERYT,
    FORM_SUPPRESS
} Form;

static const char *const form_names[] = {
    [FORM_INTERVAL] = "interval", [FORM_DATE] = "date",         [FORM_PREFIX] = "prefix",
    [FORM_TERYT] = "teryt",       [FORM_SUPPRESS] = "suppress", [FORM_TABLE] = ""};

typedef struct Cell {
    uint32_t offset, size;
} Cell;

struct AnonHierarchy {
    Form form;
    AnonLanguage language;
    int levels; /* below the highest */
    bool whole; /* of intervals */
    AnonDecimal widths[ANON_MOST_LEVELS];
    int64_t counts[ANON_MOST_LEVELS]; /* characters of a prefix, digits of a code */
    AnonUnit units[ANON_MOST_LEVELS];
    /* of a table */
    size_t columns, rows, capacity;
    Cell *cells; /* columns of each row */
    SitoBuffer texts;
    uint32_t
        *slots; /* (row * columns + column) + 1 of the first cell with a text in a column, or 0 */
    size_t slot_count, slots_used;
};

const char *const anon_fault_words[ANON_FAULT_COUNT] = {[ANON_FAULT_NONE] = "",
                                                        [ANON_FAULT_EMPTY] = "empty",
                                                        [ANON_FAULT_TWICE] = "twice",
                                                        [ANON_FAULT_TWO_PARENTS] = "two-parents"};

void anon_hierarchy_free(AnonHierarchy *hierarchy) {
    if (hierarchy != NULL) {
        sito_free(hierarchy->cells);
        sito_free(hierarchy->slots);
        sito_buffer_free(&hierarchy->texts);
        sito_free(hierarchy);
    }
}

/* ---- the forms ---- */

static SitoText trim(SitoText text) {
    while (text.size > 0 && text.data[0] == ' ') {
        text = (SitoText){text.data + 1, text.size - 1};
    }
    while (text.size > 0 && text.data[text.size - 1] == ' ') {
        text.size--;
    }
    return text;
}

/* The part before the colon, and in *rest what stands behind it. */
static SitoText head_of(SitoText spec, SitoText *rest) {
    const char *colon = spec.size > 0 ? memchr(spec.data, ':', spec.size) : NULL;
    size_t size = colon != NULL ? (size_t)(colon - spec.data) : spec.size;
    *rest = colon != NULL ? (SitoText){colon + 1, spec.size - size - 1} : (SitoText){0};
    return trim((SitoText){spec.data, size});
}

static Form form_of(SitoText spec) {
    SitoText rest, head = head_of(spec, &rest);
    for (int form = FORM_INTERVAL; form <= FORM_SUPPRESS; form++) {
        SitoText name = {form_names[form], strlen(form_names[form])};
        if (sito_text_equal(head, name) && (rest.data != NULL) == (form != FORM_SUPPRESS)) {
            return (Form)form;
        }
    }
    return FORM_TABLE;
}

bool anon_hierarchy_is_form(SitoText spec) {
    return form_of(spec) != FORM_TABLE;
}

/* The next item of a list with commas; false at its end. */
static bool next_item(SitoText *list, SitoText *item) {
    if (list->data == NULL) {
        return false;
    }
    const char *comma = memchr(list->data, ',', list->size);
    size_t size = comma != NULL ? (size_t)(comma - list->data) : list->size;
    *item = trim((SitoText){list->data, size});
    *list = comma != NULL ? (SitoText){comma + 1, list->size - size - 1} : (SitoText){0};
    return true;
}

static int read_width(AnonHierarchy *h, SitoText item, char **error) {
    AnonDecimal width;
    if (!anon_decimal_read_plain(item, &width) || width.digits <= 0) {
        return sito_error(error, SITO_ERROR,
                          "interval: a width is a number above 0, as 5 or 0.5, not '%.*s'",
                          (int)item.size, item.data);
    }
    if (h->levels > 0) {
        AnonDecimal a = h->widths[h->levels - 1], b = width;
        if (!anon_decimal_align(&a, &b) || b.digits <= a.digits || b.digits % a.digits != 0) {
            return sito_error(error, SITO_ERROR,
                              "interval: each width is a multiple of the one before, else a range "
                              "would lie in two wider ones; '%.*s' is not",
                              (int)item.size, item.data);
        }
    }
    h->whole = (h->levels == 0 || h->whole) && width.scale == 0;
    h->widths[h->levels] = width;
    return SITO_OK;
}

static int read_unit(AnonHierarchy *h, SitoText item, char **error) {
    for (int unit = 0; unit < ANON_UNITS; unit++) {
        if (!sito_text_equal(item,
                             (SitoText){anon_unit_names[unit], strlen(anon_unit_names[unit])})) {
            continue;
        }
        if (h->levels > 0 &&
            (h->units[h->levels - 1] >= (AnonUnit)unit || h->units[h->levels - 1] == ANON_WEEK)) {
            return sito_error(error, SITO_ERROR,
                              "date: '%s' does not contain '%s' whole; the order is day, month, "
                              "quarter, half-year, year, decade, and a week stands last",
                              anon_unit_names[unit], anon_unit_names[h->units[h->levels - 1]]);
        }
        h->units[h->levels] = (AnonUnit)unit;
        return SITO_OK;
    }
    return sito_error(error, SITO_ERROR,
                      "date: units are day, week, month, quarter, half-year, year and decade, not "
                      "'%.*s'",
                      (int)item.size, item.data);
}

static int read_count(AnonHierarchy *h, SitoText item, char **error) {
    AnonDecimal count;
    bool ok = anon_decimal_read_plain(item, &count) && count.scale == 0 && count.digits > 0 &&
              (h->levels == 0 || count.digits < h->counts[h->levels - 1]);
    h->counts[h->levels] = count.digits;
    return ok ? SITO_OK
              : sito_error(error, SITO_ERROR,
                           "prefix: numbers of characters, each smaller than the one before, as "
                           "prefix:5,4,2; '%.*s' is not",
                           (int)item.size, item.data);
}

static int read_district(AnonHierarchy *h, SitoText item, char **error) {
    static const struct {
        const char *name;
        int digits;
    } names[] = {{"gmina", 6}, {"powiat", 4}, {"wojewodztwo", 2}, {"województwo", 2}};
    for (size_t i = 0; i < SITO_COUNT(names); i++) {
        if (sito_text_equal(item, (SitoText){names[i].name, strlen(names[i].name)}) &&
            (h->levels == 0 || names[i].digits < h->counts[h->levels - 1])) {
            h->counts[h->levels] = names[i].digits;
            return SITO_OK;
        }
    }
    return sito_error(error, SITO_ERROR,
                      "teryt: levels are gmina, powiat, wojewodztwo, in this order, not '%.*s'",
                      (int)item.size, item.data);
}

int anon_hierarchy_parse(SitoText spec, AnonLanguage language, AnonHierarchy **hierarchy,
                         char **error) {
    static int (*const readers[])(AnonHierarchy *, SitoText,
                                  char **) = {[FORM_INTERVAL] = read_width,
                                              [FORM_DATE] = read_unit,
                                              [FORM_PREFIX] = read_count,
                                              [FORM_TERYT] = read_district};
    SitoText list, item;
    (void)head_of(spec, &list);
    AnonHierarchy *h = sito_malloc(sizeof *h);
    if (h == NULL) {
        return SITO_NOMEM;
    }
    *h = (AnonHierarchy){.form = form_of(spec), .language = language};
    int rc = h->form == FORM_TABLE
                 ? sito_error(error, SITO_ERROR,
                              "'%.*s' is no hierarchy; forms are interval:…, date:…, prefix:…, "
                              "teryt:… and suppress",
                              (int)spec.size, spec.data)
                 : SITO_OK;
    while (rc == SITO_OK && h->form != FORM_SUPPRESS && next_item(&list, &item)) {
        rc = h->levels == ANON_MOST_LEVELS - 1
                 ? sito_error(error, SITO_ERROR, "a hierarchy has at most %d levels",
                              ANON_MOST_LEVELS - 1)
                 : readers[h->form](h, item, error);
        h->levels++;
    }
    if (rc != SITO_OK) {
        anon_hierarchy_free(h);
        return rc;
    }
    *hierarchy = h;
    return SITO_OK;
}

/* ---- tables ---- */

int anon_hierarchy_new(size_t count, AnonLanguage language, AnonHierarchy **hierarchy,
                       char **error) {
    if (count < 2 || count > ANON_MOST_LEVELS) {
        return sito_error(error, SITO_ERROR,
                          "the table of a hierarchy has a column with the value and 1 to %d with "
                          "its levels",
                          ANON_MOST_LEVELS - 1);
    }
    AnonHierarchy *h = sito_malloc(sizeof *h);
    if (h == NULL) {
        return SITO_NOMEM;
    }
    *h = (AnonHierarchy){
        .form = FORM_TABLE, .language = language, .columns = count, .texts = {.limit = MOST_TEXT}};
    *hierarchy = h;
    return SITO_OK;
}

static SitoText text_of(const AnonHierarchy *h, size_t cell) {
    return (SitoText){h->texts.data + h->cells[cell].offset, h->cells[cell].size};
}

/* The slot of a text in a column: its first cell, or where it would go. */
static uint32_t *slot_of(const AnonHierarchy *h, size_t column, SitoText text) {
    SitoHash128 hash = sito_hash128(text.data, text.size);
    size_t mask = h->slot_count - 1, i = (hash.low ^ (column * 0x9E3779B97F4A7C15u)) & mask;
    for (;; i = (i + 1) & mask) {
        uint32_t cell = h->slots[i];
        if (cell == 0 ||
            ((cell - 1) % h->columns == column && sito_text_equal(text_of(h, cell - 1), text))) {
            return &h->slots[i];
        }
    }
}

static int grow_slots(AnonHierarchy *h) {
    if (h->slot_count > 0 && (h->slots_used + h->columns) * 2 < h->slot_count) {
        return SITO_OK;
    }
    size_t old_count = h->slot_count, count = old_count > 0 ? old_count * 2 : 1024;
    uint32_t *old = h->slots, *slots = sito_malloc(count * sizeof *slots);
    if (slots == NULL) {
        return SITO_NOMEM;
    }
    memset(slots, 0, count * sizeof *slots);
    h->slots = slots;
    h->slot_count = count;
    for (size_t i = 0; i < old_count; i++) {
        if (old[i] != 0) {
            *slot_of(h, (old[i] - 1) % h->columns, text_of(h, old[i] - 1)) = old[i];
        }
    }
    sito_free(old);
    return SITO_OK;
}

/* Compares the cells of a row with those of the row that holds cell `first`, above `column`. */
static bool same_above(const AnonHierarchy *h, size_t first, size_t column, const SitoText *cells) {
    for (size_t c = column + 1; c < h->columns; c++) {
        if (!sito_text_equal(text_of(h, first - column + c), cells[c])) {
            return false;
        }
    }
    return true;
}

static void find_fault(const AnonHierarchy *h, const SitoText *cells, AnonFault *fault,
                       size_t *level) {
    for (size_t c = 0; c < h->columns; c++) {
        *level = c;
        if (cells[c].data == NULL || cells[c].size == 0) {
            *fault = ANON_FAULT_EMPTY;
            return;
        }
        uint32_t first = *slot_of(h, c, cells[c]);
        if (first != 0 && !same_above(h, first - 1, c, cells)) {
            *fault = c == 0 ? ANON_FAULT_TWICE : ANON_FAULT_TWO_PARENTS;
            return;
        }
    }
    *fault = ANON_FAULT_NONE;
}

static int store(AnonHierarchy *h, const SitoText *cells) {
    int rc = sito_grow((void **)&h->cells, &h->capacity, (h->rows + 1) * h->columns,
                       sizeof *h->cells, UINT32_MAX - 1);
    for (size_t c = 0; c < h->columns && rc == SITO_OK; c++) {
        Cell *cell = &h->cells[h->rows * h->columns + c];
        uint32_t *slot = slot_of(h, c, cells[c]);
        if (*slot != 0) {
            *cell = h->cells[*slot - 1];
            continue;
        }
        *cell = (Cell){(uint32_t)h->texts.size, (uint32_t)cells[c].size};
        rc = sito_buffer_add(&h->texts, cells[c].data, cells[c].size);
        if (rc == SITO_OK) {
            *slot = (uint32_t)(h->rows * h->columns + c) + 1;
            h->slots_used++;
        }
    }
    h->rows += rc == SITO_OK;
    return rc;
}

int anon_hierarchy_add(AnonHierarchy *h, const SitoText *cells, AnonFault *fault, size_t *level) {
    int rc = grow_slots(h);
    if (rc != SITO_OK) {
        return rc;
    }
    find_fault(h, cells, fault, level);
    if (*fault != ANON_FAULT_NONE || *slot_of(h, 0, cells[0]) != 0) {
        return SITO_OK; /* the same row again says nothing new */
    }
    return store(h, cells);
}

/* True where the last column is one text: it is the highest level itself. */
static bool ends_in_one(const AnonHierarchy *h) {
    size_t last = h->columns - 1;
    for (size_t row = 1; row < h->rows; row++) {
        if (h->cells[row * h->columns + last].offset != h->cells[last].offset) {
            return false;
        }
    }
    return true;
}

SitoText anon_hierarchy_leaf(const AnonHierarchy *h, size_t number) {
    return number < h->rows ? text_of(h, number * h->columns) : (SitoText){0};
}

/* ---- levels ---- */

bool anon_hierarchy_is_ordered(const AnonHierarchy *h) {
    return h->form == FORM_INTERVAL || h->form == FORM_SUPPRESS;
}

AnonLanguage anon_hierarchy_language(const AnonHierarchy *h) {
    return h->language;
}

int anon_hierarchy_height(const AnonHierarchy *h) {
    return h->form == FORM_TABLE ? (int)h->columns - (h->rows > 0 && ends_in_one(h))
                                 : h->levels + 1;
}

static int write_interval(const AnonHierarchy *h, SitoText value, int level, SitoBuffer *out,
                          const char **reason) {
    AnonDecimal number;
    if (!anon_decimal_read(value, &number)) {
        *reason = "is no number, or could be two";
        return SITO_ERROR;
    }
    return anon_write_range(number, h->widths[level - 1], (AnonDecimal){0}, h->whole, h->language,
                            out, reason);
}

static int write_code(const AnonHierarchy *h, SitoText value, int level, SitoBuffer *out,
                      const char **reason) {
    bool ok = value.size == 2 || value.size == 4 || value.size == 6 || value.size == 7;
    for (size_t i = 0; i < value.size; i++) {
        ok = ok && value.data[i] >= '0' && value.data[i] <= '9';
    }
    if (!ok) {
        *reason = "is no TERYT code of 2, 4, 6 or 7 digits; was a leading zero lost?";
        return SITO_ERROR;
    }
    if ((int64_t)value.size < h->counts[level - 1]) {
        *reason = "is a coarser TERYT code than the level that is asked for";
        return SITO_ERROR;
    }
    return sito_buffer_add(out, value.data, (size_t)h->counts[level - 1]);
}

static int write_listed(const AnonHierarchy *h, SitoText value, int level, SitoBuffer *out,
                        const char **reason) {
    uint32_t cell = h->slot_count > 0 ? *slot_of(h, 0, value) : 0;
    if (cell == 0) {
        *reason = "is not in the hierarchy";
        return SITO_ERROR;
    }
    SitoText text = text_of(h, cell - 1 + (size_t)level);
    return sito_buffer_add(out, text.data, text.size);
}

int anon_hierarchy_level(const AnonHierarchy *h, SitoText value, int level, SitoBuffer *out,
                         bool *is_null, const char **reason) {
    int height = anon_hierarchy_height(h);
    *is_null = false;
    if (level < 0 || level > height) {
        *reason = "has no such level in the hierarchy";
        return SITO_ERROR;
    }
    if (level == height) {
        return sito_buffer_add(out, "*", 1);
    }
    if (value.size == 0) {
        *is_null = value.data == NULL;
        return SITO_OK;
    }
    if (h->form == FORM_TABLE) {
        return write_listed(h, value, level, out, reason);
    }
    if (level == 0) {
        return sito_buffer_add(out, value.data, value.size);
    }
    switch (h->form) {
    case FORM_INTERVAL:
        return write_interval(h, value, level, out, reason);
    case FORM_DATE:
        return anon_write_date(value, h->units[level - 1], out, reason);
    case FORM_PREFIX:
        return anon_write_prefix(value, h->counts[level - 1], out);
    default:
        return write_code(h, value, level, out, reason);
    }
}

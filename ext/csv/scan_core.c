/*
** A scan as the options want it (scan_core.h).
*/
#include "scan_core.h"

#include <stdio.h>
#include <string.h>

/* ---- the plan ---- */

const char *sito_plan_name(const SitoCsvPlan *plan) {
    return plan->options.filename != NULL ? plan->options.filename : "data";
}

static int open_source(const SitoCsvPlan *plan, const SitoFileState *seen, SitoPoll poll,
                       SitoSource **source, char **error) {
    const SitoCsvOptions *options = &plan->options;
    if (options->filename == NULL) {
        return sito_source_text((SitoText){.data = options->data, .size = strlen(options->data)},
                                source);
    }
    int rc = sito_source_open(options->filename, seen, options->max_unpacked, source, error);
    if (rc == SITO_OK) {
        sito_source_poll(*source, poll);
    }
    return rc;
}

static int check_columns(const SitoCsvPlan *plan, const SitoSniff *sniff, char **error) {
    const SitoHeadings *declared = &plan->options.columns, *found = &sniff->headings;
    if (declared->count == 0) {
        return SITO_OK;
    }
    if (declared->count != found->count) {
        return sito_error(error, SITO_ERROR, "csv: columns names %lld columns, but %s has %lld",
                          (long long)declared->count, sito_plan_name(plan),
                          (long long)found->count);
    }
    for (size_t i = 0; i < found->count && plan->options.match; i++) {
        if (strcmp(declared->names[i], found->names[i]) != 0) {
            return sito_error(error, SITO_ERROR,
                              "csv: heading %lld of %s is '%s', but columns names it '%s' "
                              "(header='match')",
                              (long long)i + 1, sito_plan_name(plan), found->names[i],
                              declared->names[i]);
        }
    }
    return SITO_OK;
}

static char decimal_of(const SitoCsvPlan *plan, const SitoSniff *sniff) {
    if (plan->options.decimal != 0) {
        return plan->options.decimal;
    }
    char by_delimiter = sniff->dialect.delimiter == ',' ? '.' : ',';
    return sniff->decimal != 0 ? sniff->decimal : by_delimiter;
}

/* Moves what the plan keeps: the declared names, or those of the file. */
static void settle(SitoCsvPlan *plan, SitoSniff *sniff) {
    plan->dialect = sniff->dialect;
    plan->decimal = decimal_of(plan, sniff);
    SitoHeadings *from =
        plan->options.columns.count > 0 ? &plan->options.columns : &sniff->headings;
    plan->headings = *from;
    *from = (SitoHeadings){0};
    plan->types = plan->options.types;
    plan->options.types = NULL;
}

/* What the values of one column have been so far (types=auto). */
typedef struct Seen {
    bool text, decimals, any;
} Seen;

/* Reads the whole file: a column is numeric only if each of its cells is empty or a canonical
** number of at most 9 digits without a leading zero. */
static int type_columns(SitoCsvPlan *plan, SitoPoll poll, char **error) {
    size_t columns = plan->headings.count;
    SitoCsvScan scan = {0};
    const SitoCsvRecord *record = NULL;
    Seen *seen = sito_malloc(columns * sizeof *seen);
    plan->types = sito_malloc(columns * sizeof *plan->types);
    int rc = seen == NULL || plan->types == NULL ? SITO_NOMEM : SITO_OK;
    for (size_t i = 0; i < columns && rc == SITO_OK; i++) {
        seen[i] = (Seen){0};
        plan->types[i] = SITO_TYPE_TEXT;
    }
    if (rc == SITO_OK) {
        rc = sito_scan_open(&scan, plan, SITO_KEEP, poll, error);
    }
    if (rc == SITO_OK) {
        rc = sito_scan_start(&scan, false, error);
    }
    while (rc == SITO_OK && (rc = sito_scan_next(&scan, &record, error)) == SITO_OK &&
           record != NULL) {
        for (size_t i = 0; i < columns && rc == SITO_OK; i++) {
            SitoCell cell = {0};
            if (!seen[i].text && (rc = sito_scan_cell(&scan, i, &cell)) == SITO_OK &&
                cell.kind == SITO_CELL_TEXT && cell.text.size > 0) {
                bool decimals = false;
                seen[i].any = true;
                seen[i].text = !sito_value_canonical(cell.text, plan->decimal, &decimals);
                seen[i].decimals |= decimals;
            } else if (cell.kind == SITO_CELL_TEXT && !cell.bare) {
                seen[i].text = true; /* "" is an empty text */
            }
        }
    }
    for (size_t i = 0; i < columns && rc == SITO_OK; i++) {
        plan->types[i] = seen[i].text || !seen[i].any ? SITO_TYPE_TEXT
                         : seen[i].decimals           ? SITO_TYPE_NUMBER
                                                      : SITO_TYPE_INTEGER;
    }
    sito_scan_close(&scan);
    sito_free(seen);
    return rc;
}

int sito_plan_make(int count, const char *const *arguments, SitoPoll poll, SitoCsvPlan **out,
                   char **error) {
    SitoCsvPlan *plan = sito_malloc(sizeof *plan);
    SitoSource *source = NULL;
    SitoSniff sniff = {0};
    if (plan == NULL) {
        return SITO_NOMEM;
    }
    *plan = (SitoCsvPlan){.options = sito_csv_defaults(), .users = 1};
    int rc = SITO_OK;
    for (int i = 0; i < count && rc == SITO_OK; i++) {
        rc = sito_csv_option(&plan->options, arguments[i], error);
    }
    if (rc == SITO_OK) {
        rc = sito_csv_options_check(&plan->options, error);
    }
    if (rc == SITO_OK) {
        plan->options.given.accept_binary = plan->options.on_error == SITO_KEEP;
        rc = open_source(plan, NULL, poll, &source, error);
    }
    if (rc == SITO_OK) {
        plan->state = sito_source_state(source);
        plan->packed = sito_source_packed(source);
        rc = sito_sniff(source, &plan->options.given, &sniff, error);
    }
    if (rc == SITO_OK) {
        rc = check_columns(plan, &sniff, error);
    }
    if (rc == SITO_OK) {
        settle(plan, &sniff);
        rc = plan->options.auto_types ? type_columns(plan, poll, error) : SITO_OK;
    }
    sito_sniff_free(&sniff);
    sito_source_free(source);
    if (rc != SITO_OK) {
        sito_plan_release(plan);
        return rc;
    }
    *out = plan;
    return SITO_OK;
}

void sito_plan_release(SitoCsvPlan *plan) {
    if (plan == NULL || --plan->users > 0) {
        return;
    }
    sito_csv_options_free(&plan->options);
    sito_headings_free(&plan->headings);
    sito_free(plan->types);
    sito_free(plan);
}

/* ---- the scan ---- */

int sito_scan_open(SitoCsvScan *scan, SitoCsvPlan *plan, SitoOnError on_error, SitoPoll poll,
                   char **error) {
    SitoSource *source;
    *scan = (SitoCsvScan){.plan = plan, .on_error = on_error};
    plan->users++;
    int rc = open_source(plan, &plan->state, poll, &source, error);
    return rc == SITO_OK ? sito_reader_new(source, plan->dialect, plan->options.given.max_field,
                                           &scan->reader)
                         : rc;
}

void sito_scan_close(SitoCsvScan *scan) {
    sito_reader_free(scan->reader);
    sito_plan_release(scan->plan);
    *scan = (SitoCsvScan){0};
}

/* A heading that is longer than what was looked at to name the columns may be damaged behind that. */
static int check_heading(const SitoCsvScan *scan, char **error) {
    const SitoCsvRecord *heading = sito_reader_current(scan->reader);
    if (heading->defect != SITO_CSV_QUOTE && heading->defect != SITO_CSV_TOO_LONG) {
        return SITO_OK;
    }
    return sito_error(error, SITO_ERROR, "csv: %s:%lld: the heading is damaged: %s",
                      sito_plan_name(scan->plan), (long long)heading->line, heading->what);
}

int sito_scan_start(SitoCsvScan *scan, bool hash, char **error) {
    const SitoCsvPlan *plan = scan->plan;
    scan->rejected = 0;
    int rc = sito_reader_start(scan->reader, plan->headings.count, hash, error);
    return rc == SITO_OK && plan->dialect.header ? check_heading(scan, error) : rc;
}

int sito_scan_seek(SitoCsvScan *scan, int64_t number, int64_t line, int64_t byte, char **error) {
    scan->rejected = 0;
    return sito_reader_seek(scan->reader, scan->plan->headings.count, number, line, byte, error);
}

static bool is_null(const SitoBuffer *nulls, SitoText cell, bool bare) {
    for (size_t at = 0; at < nulls->size;) {
        SitoText word = {.data = nulls->data + at, .size = strlen(nulls->data + at)};
        if (sito_text_equal(cell, word) && (cell.size > 0 || bare)) {
            return true;
        }
        at += word.size + 1;
    }
    return false;
}

/* Gives a cell the value of its declared type. */
static void convert(const SitoCsvPlan *plan, SitoValueType type, SitoCell *cell) {
    if (type == SITO_TYPE_INTEGER && sito_value_integer(cell->text, &cell->integer)) {
        cell->kind = SITO_CELL_INTEGER;
    } else if (type == SITO_TYPE_NUMBER &&
               sito_value_number(cell->text, plan->decimal, &cell->number)) {
        cell->kind = SITO_CELL_NUMBER;
    } else if (type == SITO_TYPE_DATE && sito_value_date(cell->text, cell->date)) {
        cell->text = (SitoText){.data = cell->date, .size = SITO_DATE_SIZE};
    } else {
        cell->misfit = cell->text.size > 0;
    }
}

int sito_scan_cell(SitoCsvScan *scan, size_t column, SitoCell *cell) {
    const SitoCsvPlan *plan = scan->plan;
    cell->kind = SITO_CELL_NULL;
    cell->misfit = false;
    int rc = sito_reader_field(scan->reader, column, &cell->text, &cell->bare);
    if (rc != SITO_OK || cell->text.data == NULL ||
        (plan->options.nulls.size > 0 && is_null(&plan->options.nulls, cell->text, cell->bare))) {
        return rc;
    }
    cell->kind = SITO_CELL_TEXT;
    if (plan->types != NULL && plan->types[column] != SITO_TYPE_TEXT) {
        bool no_value = plan->options.auto_types && cell->bare;
        cell->kind = no_value ? SITO_CELL_NULL : cell->kind;
        if (!no_value) {
            convert(plan, plan->types[column], cell);
        }
    }
    return SITO_OK;
}

/* Values of declared columns: the first that does not fit is the defect. */
static int check_values(SitoCsvScan *scan, const SitoCsvRecord *record) {
    const SitoValueType *types = scan->plan->types;
    bool open = record->defect == SITO_CSV_SOUND || !sito_csv_defect_is_damage(record->defect);
    for (size_t i = 0; types != NULL && open && i < scan->plan->headings.count; i++) {
        SitoCell cell;
        if (types[i] == SITO_TYPE_TEXT) {
            continue;
        }
        int rc = sito_scan_cell(scan, i, &cell);
        if (rc != SITO_OK) {
            return rc;
        }
        if (cell.misfit) {
            scan->defect = SITO_CSV_VALUE;
            scan->column = i + 1;
            scan->what = types[i] == SITO_TYPE_DATE      ? "a value that is no date"
                         : types[i] == SITO_TYPE_INTEGER ? "a value that is no integer"
                                                         : "a value that is no number";
            return SITO_OK;
        }
    }
    return SITO_OK;
}

static int complain(const SitoCsvScan *scan, const SitoCsvRecord *record, char **error) {
    char column[40] = "";
    const char *name = sito_plan_name(scan->plan);
    if (scan->defect == SITO_CSV_RAGGED) {
        return sito_error(error, SITO_ERROR,
                          "csv: %s:%lld: %lld fields where %lld are expected (ragged); "
                          "on_error='keep' delivers such records with _defect and _record",
                          name, (long long)record->line, (long long)record->fields,
                          (long long)scan->plan->headings.count);
    }
    if (scan->column != 0) {
        (void)snprintf(column, sizeof column, "column %zu: ", scan->column);
    }
    return sito_error(error, SITO_ERROR,
                      "csv: %s:%lld: %s%s (%s); on_error='keep' delivers such records with _defect "
                      "and _record",
                      name, (long long)record->line, column, scan->what,
                      sito_csv_defect_word(scan->defect));
}

int sito_scan_next(SitoCsvScan *scan, const SitoCsvRecord **record, char **error) {
    for (;;) {
        int rc = sito_reader_next(scan->reader, record, error);
        if (rc != SITO_OK || *record == NULL) {
            return rc;
        }
        scan->defect = (*record)->defect;
        scan->column = (*record)->column;
        scan->what = (*record)->what;
        rc = check_values(scan, *record);
        if (rc != SITO_OK || scan->on_error == SITO_KEEP ||
            !sito_csv_defect_is_damage(scan->defect)) {
            return rc;
        }
        if (scan->on_error == SITO_FAIL) {
            return complain(scan, *record, error);
        }
        int64_t limit = scan->plan->options.reject_limit;
        if (++scan->rejected > limit) {
            return sito_error(error, SITO_ERROR,
                              "csv: %s:%lld: more than %lld records are damaged (reject_limit); "
                              "csv_rejects lists them",
                              sito_plan_name(scan->plan), (long long)(*record)->line,
                              (long long)limit);
        }
    }
}

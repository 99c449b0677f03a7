/*
** Measures against their thresholds, and columns as they were seen, in the report for people
** (report_text.c).
**
** R1  A measure is shown where it has a target and there are quasi-identifiers. R2  Columns are shown where there is no descriptor,
** the first 60 of them.
*/
#include <string.h>

#include "common/kind.h"
#include "common/number.h"
#include "report/text.h"
#include "runner/rule.h"
#include "common/wrap.h"

enum { COLUMNS_SHOWN = 60 };

/* ---- measures ---- */

typedef struct MeasureWords {
    const char *measure;
    const char *pl, *en; /* {field}, {value}, {target} */
} MeasureWords;

static const MeasureWords measure_words[] = {
    {"k_anonymity", "najmniejsza grupa nie do rozróżnienia: {value} (próg: co najmniej {target})",
     "smallest class: {value} (threshold: at least {target})"},
    {"l_diversity", "{field} – najmniej różnych wartości w grupie: {value} (co najmniej {target})",
     "{field} – fewest different values in a class: {value} (at least {target})"},
    {"t_closeness", "{field} – największa odległość rozkładu: {value} (najwyżej {target})",
     "{field} – largest distance of a class from the whole: {value} (at most {target})"},
    {"t_closeness_ordered",
     "{field} – największa odległość rozkładu, w porządku wartości: {value} (najwyżej {target})",
     "{field} – largest distance of a class from the whole, by the order of values: {value} (at most "
     "{target})"},
    {"alpha_k",
     "{field} – największy udział jednej wartości w grupie: {value, number, percent} (najwyżej {target, number, percent})",
     "{field} – largest share of one value in a class: {value, number, percent} (at most {target, number, percent})"},
    {"beta_likeness",
     "{field} – największy przyrost częstości wartości: {value} (najwyżej {target})",
     "{field} – largest gain in frequency of a value: {value} (at most {target})"},
};

static const MeasureWords *words_of(const char *measure) {
    for (size_t i = 0; i < SITO_COUNT(measure_words); i++) {
        if (strcmp(measure_words[i].measure, measure) == 0) {
            return &measure_words[i];
        }
    }
    return NULL;
}

int sito_put_measure(SitoLanguage language, sqlite3_stmt *row, SitoBuffer *out, char **error) {
    const MeasureWords *words = words_of(sito_column_word(row, 0));
    if (words == NULL) {
        return SITO_OK;
    }
    const SitoMessageValue values[] = {
        {.name = "field", .type = SITO_VALUE_TEXT, .text = sito_column_text(row, 1)},
        {.name = "value",
         .type = sqlite3_column_type(row, 2) == SQLITE_NULL ? SITO_VALUE_NULL : SITO_VALUE_REAL,
         .real = sqlite3_column_double(row, 2)},
        {.name = "target", .type = SITO_VALUE_REAL, .real = sqlite3_column_double(row, 3)}};
    return sito_message_format(language, sito_say(language, words->pl, words->en), values,
                               SITO_COUNT(values), out, error);
}

typedef struct Measures {
    TextReport *report;
    bool any;
} Measures;

/* columns: measure, field, value, target */
static int write_measure(void *context, sqlite3_stmt *row) {
    Measures *measures = context;
    TextReport *report = measures->report;
    SitoBuffer line = {0};
    int rc = sito_put_measure(report->language, row, &line, report->error);
    if (rc == SITO_OK && line.size > 0) {
        rc = measures->any ? SITO_OK : sito_text_heading(report, "Zmierzono", "Measured");
        measures->any = true;
        rc = rc == SITO_OK ? sito_put(report->out, "  – ") : rc;
        rc = rc == SITO_OK ? sito_put_wrapped(report->out, (SitoText){line.data, line.size}, 4, 4)
                           : rc;
    }
    sito_buffer_free(&line);
    return rc;
}

int sito_text_measures(TextReport *report) {
    Measures measures = {.report = report};
    return sito_each_row(report->db,
                         "SELECT measure, field, round(value, 4), target FROM report.measure"
                         " WHERE target IS NOT NULL AND EXISTS (SELECT 1 FROM report.field"
                         " WHERE role = 'quasi-identifier') ORDER BY rowid",
                         write_measure, &measures, report->error);
}

/* ---- columns ---- */

typedef struct Columns {
    TextReport *report;
    int64_t seen;
} Columns;

/* columns: position, name, filled, missing, distinct, personal */
static int write_column(void *context, sqlite3_stmt *row) {
    Columns *columns = context;
    TextReport *report = columns->report;
    if (++columns->seen > COLUMNS_SHOWN) {
        return SITO_OK;
    }
    bool pl = report->language == SITO_PL;
    SitoBuffer line = {0};
    SitoBuffer *out = report->out;
    report->out = &line;
    int rc = sito_buffer_add(&line, sito_column_word(row, 1), sito_column_text(row, 1).size);
    rc = rc == SITO_OK ? sito_put(&line, " – ") : rc;
    rc = rc == SITO_OK ? sito_text_counted(
                             report,
                             pl ? "{n, plural, one {# wartość} few {# wartości} many {# wartości} "
                                  "other {# wartości}}"
                                : "{n, plural, one {# value} other {# values}}",
                             sqlite3_column_int64(row, 2))
                       : rc;
    rc = rc == SITO_OK
             ? sito_text_counted(report,
                                 pl ? "{n, plural, =0 {} one {, # brak} few {, # braki} many "
                                      "{, # braków} other {, # braku}}"
                                    : "{n, plural, =0 {} one {, # missing} other {, # missing}}",
                                 sqlite3_column_int64(row, 3))
             : rc;
    if (rc == SITO_OK && sqlite3_column_type(row, 4) != SQLITE_NULL) {
        rc = sito_text_counted(
            report,
            pl ? ", {n, plural, one {# różna} few {# różne} many {# różnych} other "
                 "{# różnej}}"
               : ", {n, plural, one {# different} other {# different}}",
            sqlite3_column_int64(row, 4));
    }
    if (rc == SITO_OK && sqlite3_column_bytes(row, 5) > 0) {
        rc = sito_put(&line, "; ");
        rc = rc == SITO_OK ? sito_put_kinds(report->language, sito_column_text(row, 5), &line) : rc;
    }
    report->out = out;
    rc = rc == SITO_OK ? sito_put(out, "  – ") : rc;
    rc = rc == SITO_OK ? sito_put_wrapped(out, (SitoText){line.data, line.size}, 4, 4) : rc;
    sito_buffer_free(&line);
    return rc;
}

int sito_text_columns(TextReport *report) {
    Columns columns = {.report = report};
    int rc = sito_text_heading(report, "Kolumny", "Columns");
    rc = rc == SITO_OK
             ? sito_each_row(report->db,
                             "SELECT position, name, coalesce(rows - missing, 0),"
                             " coalesce(missing, 0), distinct_values, personal FROM report.field"
                             " WHERE position IS NOT NULL ORDER BY rowid",
                             write_column, &columns, report->error)
             : rc;
    if (rc == SITO_OK && columns.seen > COLUMNS_SHOWN) {
        rc = sito_text_counted(report,
                               sito_say(report->language,
                                        "  … {n, plural, one {i # kolejna} few {i # kolejne} many "
                                        "{i # kolejnych} other {i # kolejnej}}\n",
                                        "  … and {n, plural, one {# more} other {# more}}\n"),
                               columns.seen - COLUMNS_SHOWN);
    }
    return rc;
}

/*
** The findings in the report for people (report_text.c), rule by rule:
**
**   Budowa pliku
**
**   pkd.csv:8 ragged-row 17 rekordów nie ma tylu wartości, ile kolumn ma nagłówek (3)
**     Wiersze    8, 12, 19, …
**     Dlaczego   …
**     Co zrobić  …
**     Podstawa   …
**
** R1  Samples are at most those of the table; where there are more, the line says how many of how
**     many. The shape of a short value stands behind the lines where all have the same, else
**     beside each line.
** R2  Findings that those of another rule bring with them are told in a line each, and point there:
**     one cause is mended once.
** R3  Of the findings of one paragraph the first 20 are told, and how many more there are; the
**     report in JSON has all of them.
** R4  Under the first line of a finding stands its first record, masked, and a caret under the cell.
*/
#include <string.h>

#include "report/text.h"
#include "runner/rule.h"
#include "common/wrap.h"

enum { INDENT = 13, FINDINGS_SHOWN = 20 };

/* R1: the shape of prose says nothing about the slip. */
#define SHORT "iif(length(shape) <= 24, shape, NULL)"

typedef struct Findings {
    TextReport *report;
    char *family, *code; /* of the last finding */
    int64_t told;        /* findings of this paragraph */
    char *why, *hint, *basis;
    char *
        follows; /* the rule whose findings bring these with them; NULL: they stand for themselves */
} Findings;

enum {
    COL_ID,
    COL_CODE,
    COL_SEVERITY,
    COL_FILE,
    COL_LINE,
    COL_COLUMN,
    COL_COUNT,
    COL_MESSAGE,
    COL_WHY,
    COL_HINT,
    COL_BASIS,
    COL_FAMILY,
    COL_SHOWN,
    COL_FOLLOWS
};

/* That there is no descriptor, the first line of the report says, and the last one what to do. */
static const char *const findings_sql =
    "SELECT f.id, f.code, f.severity, f.file, f.line, f.column_number, f.count, f.message, f.why,"
    " f.hint, f.basis, (SELECT r.family FROM report.rule AS r WHERE r.id = f.code),"
    " (SELECT count(*) FROM report.sample AS s WHERE s.finding = f.id),"
    " (SELECT r.follows FROM report.rule AS r WHERE r.id = f.code"
    "   AND EXISTS (SELECT 1 FROM report.finding AS cause WHERE cause.code = r.follows))"
    " FROM report.finding AS f WHERE f.code <> 'descriptor-missing' ORDER BY f.id";

static int entry(Findings *findings, const char *pl, const char *en, const char *text) {
    const TextReport *report = findings->report;
    return sito_put_entry(report->out, sito_say(report->language, pl, en),
                          (SitoText){text, strlen(text)}, INDENT);
}

/* R2 */
static int write_cause(Findings *findings) {
    char *text =
        sito_print(sito_say(findings->report->language,
                            "Najpierw popraw %s: te ustalenia zwykle znikają razem z tamtym.",
                            "Mend %s first: these findings mostly go away with it."),
                   findings->follows);
    int rc = text == NULL ? SITO_NOMEM : entry(findings, "Co zrobić", "What to do", text);
    sito_free(text);
    return rc;
}

/* R3 */
static int write_more(Findings *findings) {
    TextReport *report = findings->report;
    int64_t more = findings->told - FINDINGS_SHOWN;
    return more <= 0
               ? SITO_OK
               : sito_text_counted(
                     report,
                     sito_say(report->language,
                              "  … i jeszcze {n, plural, one {# ustalenie} few {# ustalenia} many "
                              "{# ustaleń} other {# ustalenia}}; wszystkie: --format json\n",
                              "  … and {n, plural, one {# more finding} other {# more findings}}; "
                              "all of them: --format json\n"),
                     more);
}

/* Ends the paragraph of a rule. */
static int close_rule(Findings *findings) {
    if (findings->code == NULL) {
        return SITO_OK;
    }
    int more = write_more(findings);
    findings->told = 0;
    if (more != SITO_OK) {
        return more;
    }
    if (findings->follows != NULL) {
        return write_cause(findings);
    }
    int rc = entry(findings, "Dlaczego", "Why", findings->why);
    rc = rc == SITO_OK ? entry(findings, "Co zrobić", "What to do", findings->hint) : rc;
    return rc == SITO_OK ? entry(findings, "Podstawa", "Basis", findings->basis) : rc;
}

static void forget(Findings *findings) {
    char **texts[] = {&findings->family, &findings->code,  &findings->why,
                      &findings->hint,   &findings->basis, &findings->follows};
    for (size_t i = 0; i < SITO_COUNT(texts); i++) {
        sito_free(*texts[i]);
        *texts[i] = NULL;
    }
}

static int remember(Findings *findings, sqlite3_stmt *row) {
    forget(findings);
    findings->family = sito_print("%s", sito_column_word(row, COL_FAMILY));
    findings->code = sito_print("%s", sito_column_word(row, COL_CODE));
    findings->why = sito_print("%s", sito_column_word(row, COL_WHY));
    findings->hint = sito_print("%s", sito_column_word(row, COL_HINT));
    findings->basis = sito_print("%s", sito_column_word(row, COL_BASIS));
    if (sqlite3_column_type(row, COL_FOLLOWS) != SQLITE_NULL) {
        findings->follows = sito_print("%s", sito_column_word(row, COL_FOLLOWS));
        if (findings->follows == NULL) {
            return SITO_NOMEM;
        }
    }
    return findings->family && findings->code && findings->why && findings->hint && findings->basis
               ? SITO_OK
               : SITO_NOMEM;
}

static int open_rule(Findings *findings, sqlite3_stmt *row) {
    TextReport *report = findings->report;
    bool same_rule = findings->code != NULL &&
                     strcmp(findings->code, sito_column_word(row, COL_CODE)) == 0 &&
                     strcmp(findings->why, sito_column_word(row, COL_WHY)) == 0;
    bool same_cause = findings->follows != NULL &&
                      strcmp(findings->follows, sito_column_word(row, COL_FOLLOWS)) == 0;
    if (same_rule || same_cause) {
        return SITO_OK;
    }
    int rc = close_rule(findings);
    const char *family = sito_column_word(row, COL_FAMILY);
    bool same = findings->family != NULL && strcmp(findings->family, family) == 0;
    if (rc == SITO_OK && !same) {
        const char *title = sito_family_title(family, report->language);
        rc = sito_text_heading(report, title, title);
    }
    rc = rc == SITO_OK ? sito_put(report->out, "\n") : rc;
    return rc == SITO_OK ? remember(findings, row) : rc;
}

/* FILE:LINE:COLUMN; *columns: how many it takes */
static int write_place(TextReport *report, sqlite3_stmt *row, size_t *columns) {
    SitoBuffer place = {0};
    int rc = sito_put_plain(&place, sito_column_text(row, COL_FILE));
    if (rc == SITO_OK && sqlite3_column_type(row, COL_LINE) != SQLITE_NULL) {
        rc = sito_buffer_print(&place, ":%s", sito_column_word(row, COL_LINE));
        if (rc == SITO_OK && sqlite3_column_type(row, COL_COLUMN) != SQLITE_NULL) {
            rc = sito_buffer_print(&place, ":%s", sito_column_word(row, COL_COLUMN));
        }
    }
    rc = rc == SITO_OK && place.size > 0 ? sito_put(&place, " ") : rc;
    *columns = sito_columns((SitoText){place.data, place.size});
    rc = rc == SITO_OK ? sito_buffer_add(report->out, place.data, place.size) : rc;
    sito_buffer_free(&place);
    return rc;
}

static const char *severity_colour(SitoSeverity severity) {
    return severity >= SITO_SEVERE ? "31" : severity == SITO_WARNING ? "33" : "36";
}

static int write_line(TextReport *report, sqlite3_stmt *row) {
    SitoBuffer *out = report->out;
    const char *code = sito_column_word(row, COL_CODE);
    SitoSeverity severity = SITO_SEVERE;
    (void)sito_severity_parse(sito_column_text(row, COL_SEVERITY), &severity);
    size_t columns = 0;
    int rc = write_place(report, row, &columns);
    rc = rc == SITO_OK ? sito_text_coloured(report, severity_colour(severity), code) : rc;
    columns += sito_columns((SitoText){code, strlen(code)}) + 1;
    rc = rc == SITO_OK ? sito_put(out, " ") : rc;
    if (rc == SITO_OK && severity != SITO_SEVERE) {
        const char *word = sito_severity_title(severity, report->language);
        rc = sito_buffer_print(out, "(%s) ", word);
        columns += sito_columns((SitoText){word, strlen(word)}) + 3;
    }
    return rc == SITO_OK ? sito_put_wrapped(out, sito_column_text(row, COL_MESSAGE), columns, 2)
                         : rc;
}

typedef struct Samples {
    TextReport *report;
    SitoBuffer list;
    bool each; /* shapes differ: each stands beside its line */
} Samples;

/* columns: line, shape, number of shapes */
static int add_sample(void *context, sqlite3_stmt *row) {
    Samples *samples = context;
    SitoBuffer *list = &samples->list;
    samples->each = sqlite3_column_int(row, 2) > 1;
    int rc = list->size > 0 ? sito_put(list, ", ") : SITO_OK;
    rc = rc == SITO_OK ? sito_put(list, sito_column_word(row, 0)) : rc;
    SitoText shape = sito_column_text(row, 1);
    if (rc == SITO_OK && samples->each && shape.size > 0) {
        rc = sito_put(list, "\xC2\xA0(");
        rc = rc == SITO_OK ? sito_buffer_add(list, shape.data, shape.size) : rc;
        rc = rc == SITO_OK ? sito_put(list, ")") : rc;
    }
    return rc;
}

/* columns: the one shape */
static int add_shape(void *context, sqlite3_stmt *row) {
    Samples *samples = context;
    int rc =
        sito_put(&samples->list, sito_say(samples->report->language, "; postać: ", "; shape: "));
    return rc == SITO_OK ? sito_put(&samples->list, sito_column_word(row, 0)) : rc;
}

static int each_sample(Samples *samples, int64_t finding, const char *select,
                       sito_row_writer write) {
    char *sql = sito_print(select, (long long)finding);
    int rc = sql == NULL
                 ? SITO_NOMEM
                 : sito_each_row(samples->report->db, sql, write, samples, samples->report->error);
    sito_free(sql);
    return rc;
}

static int add_total(Samples *samples, int64_t shown, int64_t count) {
    const SitoMessageValue values[] = {
        {.name = "shown", .type = SITO_VALUE_INTEGER, .integer = shown},
        {.name = "count", .type = SITO_VALUE_INTEGER, .integer = count}};
    SitoLanguage language = samples->report->language;
    return sito_message_format(
        language,
        sito_say(language, " (pokazano {shown} z {count})", " ({shown} of {count} shown)"), values,
        2, &samples->list, samples->report->error);
}

static int write_samples(TextReport *report, sqlite3_stmt *row) {
    int64_t shown = sqlite3_column_int64(row, COL_SHOWN),
            count = sqlite3_column_int64(row, COL_COUNT),
            finding = sqlite3_column_int64(row, COL_ID);
    Samples samples = {.report = report};
    int rc = each_sample(&samples, finding,
                         "SELECT line, " SHORT ", (SELECT count(DISTINCT coalesce(" SHORT
                         ", '')) FROM report.sample"
                         " WHERE finding = f.finding) FROM report.sample AS f WHERE finding = %lld"
                         " AND line IS NOT NULL ORDER BY rowid",
                         add_sample);
    if (rc == SITO_OK && shown < count && samples.list.size > 0) {
        rc = add_total(&samples, shown, count);
    }
    size_t places = samples.list.size;
    if (rc == SITO_OK && !samples.each && samples.list.size > 0) {
        rc = each_sample(&samples, finding,
                         "SELECT DISTINCT " SHORT " FROM report.sample WHERE finding = %lld"
                         " AND " SHORT " IS NOT NULL",
                         add_shape);
    }
    bool told = shown == 1 && count == 1 && samples.list.size == places; /* by the first line */
    if (rc == SITO_OK && samples.list.size > 0 && !told) {
        rc = sito_put_entry(report->out, sito_say(report->language, "Wiersze", "Lines"),
                            (SitoText){samples.list.data, samples.list.size}, INDENT);
    }
    sito_buffer_free(&samples.list);
    return rc;
}

/* columns: line, record, caret, width, cell

     556 │ aaa;99;a.a.;aaaa…
         │        ^^^^          */
static int write_record(void *context, sqlite3_stmt *row) {
    TextReport *report = context;
    SitoBuffer *out = report->out;
    int gutter = sqlite3_column_bytes(row, 0) > 8 ? sqlite3_column_bytes(row, 0) : 8;
    int rc = sito_text_colour(report, "2");
    rc = rc == SITO_OK ? sito_buffer_print(out, "%*s │ ", gutter, sito_column_word(row, 0)) : rc;
    rc = rc == SITO_OK ? sito_put_plain(out, sito_column_text(row, 1)) : rc;
    rc = rc == SITO_OK ? sito_put(out, "\n") : rc;
    if (rc == SITO_OK && sqlite3_column_type(row, 2) != SQLITE_NULL) {
        rc = sito_buffer_print(out, "%*s │ %*s", gutter, "", sqlite3_column_int(row, 2), "");
        rc = rc == SITO_OK ? sito_text_colour(report, "0;1;31") : rc;
        for (int i = 0; i < sqlite3_column_int(row, 3) && rc == SITO_OK; i++) {
            rc = sito_put(out, "^");
        }
        if (rc == SITO_OK && sqlite3_column_bytes(row, 4) > 0) {
            rc = sito_put(out, " ");
            rc = rc == SITO_OK ? sito_put_plain(out, sito_column_text(row, 4)) : rc;
        }
        rc = rc == SITO_OK ? sito_put(out, "\n") : rc;
    }
    return rc == SITO_OK ? sito_text_colour(report, "0") : rc;
}

/* R4 */
static int write_excerpt(TextReport *report, sqlite3_stmt *row) {
    char *sql = sito_print("SELECT line, record, caret, width, cell FROM report.excerpt"
                           " WHERE finding = %lld",
                           (long long)sqlite3_column_int64(row, COL_ID));
    int rc = sql == NULL ? SITO_NOMEM
                         : sito_each_row(report->db, sql, write_record, report, report->error);
    sito_free(sql);
    return rc;
}

static int write_finding(void *context, sqlite3_stmt *row) {
    Findings *findings = context;
    int rc = open_rule(findings, row);
    if (rc == SITO_OK && ++findings->told > FINDINGS_SHOWN) {
        return SITO_OK;
    }
    rc = rc == SITO_OK ? write_line(findings->report, row) : rc;
    rc = rc == SITO_OK ? write_excerpt(findings->report, row) : rc;
    return rc == SITO_OK ? write_samples(findings->report, row) : rc;
}

int sito_text_findings(TextReport *report) {
    Findings findings = {.report = report};
    int rc = sito_each_row(report->db, findings_sql, write_finding, &findings, report->error);
    rc = rc == SITO_OK ? close_rule(&findings) : rc;
    forget(&findings);
    return rc;
}

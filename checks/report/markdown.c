/*
** The report in Markdown, for a step summary, a merge request or a ticket.
**
** R1  Text from data cannot become markup: the marks of Markdown and of HTML are escaped.
** R2  The verdict, then one table of the findings (the first 200), then one section for each rule that
**     is not met: why, what to do, on what basis; then what was measured and what was not looked at.
** R3  The words are those of the report for people.
*/
#include <string.h>

#include "common/wrap.h"
#include "report/part.h"
#include "runner/rule.h"

enum { ROWS_SHOWN = 200 };

typedef struct Markdown {
    sqlite3 *db;
    SitoBuffer *out;
    char **error;
    ReportRun run;
    int64_t rows;
    const char *pl, *en; /* a heading, not yet written */
} Markdown;

/* R1 */
static int put_text(SitoBuffer *out, SitoText text) {
    SitoBuffer plain = {0};
    int rc = sito_put_plain(&plain, text);
    for (size_t i = 0; i < plain.size && rc == SITO_OK; i++) {
        char c = plain.data[i];
        if (c == '<' || c == '>' || c == '&') {
            rc = sito_put(out, c == '<' ? "&lt;" : c == '>' ? "&gt;" : "&amp;");
        } else {
            rc = strchr("\\`*_{}[]#|!~@", c) != NULL ? sito_put(out, "\\") : SITO_OK;
            rc = rc == SITO_OK ? sito_buffer_add(out, &c, 1) : rc;
        }
    }
    sito_buffer_free(&plain);
    return rc;
}

static int say(const Markdown *md, const char *pl, const char *en) {
    return sito_put(md->out, sito_say(md->run.language, pl, en));
}

/* The heading that is due, once. */
static int put_due_heading(Markdown *md) {
    int rc = md->pl == NULL ? SITO_OK : sito_put(md->out, "\n### ");
    rc = rc == SITO_OK && md->pl != NULL ? say(md, md->pl, md->en) : rc;
    rc = rc == SITO_OK && md->pl != NULL ? sito_put(md->out, "\n\n") : rc;
    md->pl = NULL;
    return rc;
}

/* columns: dataset, version, verdict (NULL: none) */
static int put_head(void *context, sqlite3_stmt *row) {
    Markdown *md = context;
    bool none = sqlite3_column_type(row, 2) == SQLITE_NULL;
    const char *words =
        sito_verdict_words(md->run.language, none ? NULL : sito_column_word(row, 2));
    const char *waived = md->run.waived;
    int rc = sito_buffer_print(md->out, "## %s", words);
    rc = rc == SITO_OK ? put_text(md->out, (SitoText){waived, strlen(waived)}) : rc;
    rc = rc == SITO_OK ? sito_put(md->out, "\n\n**") : rc;
    rc = rc == SITO_OK ? put_text(md->out, sito_column_text(row, 0)) : rc;
    rc = rc == SITO_OK ? sito_put(md->out, "**") : rc;
    if (rc == SITO_OK && sqlite3_column_type(row, 1) != SQLITE_NULL) {
        rc = say(md, ", wersja ", ", version ");
        rc = rc == SITO_OK ? put_text(md->out, sito_column_text(row, 1)) : rc;
    }
    rc = rc == SITO_OK ? sito_put(md->out, "\n") : rc;
    return rc == SITO_OK && md->run.pass
               ? say(md, "\nO udostępnieniu decyduje lokalny administrator danych.\n",
                     "\nThe local data controller decides on publication.\n")
               : rc;
}

/* columns: severity, place, code, waived, message */
static int put_finding(void *context, sqlite3_stmt *row) {
    Markdown *md = context;
    if (++md->rows > ROWS_SHOWN) {
        return SITO_OK;
    }
    int rc = md->rows > 1 ? SITO_OK : put_due_heading(md);
    if (rc == SITO_OK && md->rows == 1) {
        rc = say(md, "| Waga | Miejsce | Reguła | Co się stało |\n|---|---|---|---|\n",
                 "| Severity | Place | Rule | What happened |\n|---|---|---|---|\n");
    }
    SitoSeverity severity = SITO_SEVERE;
    (void)sito_severity_parse(sito_column_text(row, 0), &severity);
    rc = rc == SITO_OK
             ? sito_buffer_print(md->out, "| %s", sito_severity_title(severity, md->run.language))
             : rc;
    rc = rc == SITO_OK && sqlite3_column_int(row, 3) ? say(md, " (odstępstwo)", " (waived)") : rc;
    for (int i = 1; i <= 4 && rc == SITO_OK; i += i == 2 ? 2 : 1) {
        rc = sito_put(md->out, " | ");
        rc = rc == SITO_OK ? put_text(md->out, sito_column_text(row, i)) : rc;
    }
    return rc == SITO_OK ? sito_put(md->out, " |\n") : rc;
}

static int put_findings(Markdown *md) {
    md->pl = "Ustalenia", md->en = "Findings";
    int rc = sito_each_row(md->db,
                           "SELECT severity, coalesce(" SITO_SQL_FULL_PATH(
                               "file") " || coalesce(':' || line, ''), ''),"
                                       " code, waived, message FROM report.finding ORDER BY id",
                           put_finding, md, md->error);
    return rc == SITO_OK && md->rows > ROWS_SHOWN
               ? sito_put_counted(
                     md->run.language,
                     sito_say(md->run.language,
                              "\n… i jeszcze {n, plural, one {# ustalenie} few {# ustalenia} many "
                              "{# ustaleń} other {# ustalenia}}; wszystkie: `--format json`\n",
                              "\n… and {n, plural, one {# more finding} other {# more findings}}; "
                              "all of them: `--format json`\n"),
                     md->rows - ROWS_SHOWN, md->out, md->error)
               : rc;
}

/* columns: code, title, why, hint, basis */
static int put_rule(void *context, sqlite3_stmt *row) {
    Markdown *md = context;
    static const char *const labels[][2] = {
        {[SITO_PL] = "Dlaczego", [SITO_EN] = "Why"},
        {[SITO_PL] = "Co zrobić", [SITO_EN] = "What to do"},
        {[SITO_PL] = "Podstawa", [SITO_EN] = "Basis"},
    };
    int rc = put_due_heading(md);
    rc = rc == SITO_OK ? sito_buffer_print(md->out, "- **%s** – ", sito_column_word(row, 0)) : rc;
    rc = rc == SITO_OK ? put_text(md->out, sito_column_text(row, 1)) : rc;
    rc = rc == SITO_OK ? sito_put(md->out, "\n") : rc;
    for (int i = 0; i < 3 && rc == SITO_OK; i++) {
        rc = sito_buffer_print(md->out, "  - %s: ", labels[i][md->run.language]);
        rc = rc == SITO_OK ? put_text(md->out, sito_column_text(row, 2 + i)) : rc;
        rc = rc == SITO_OK ? sito_put(md->out, "\n") : rc;
    }
    return rc;
}

/* columns: the sentence */
static int put_item(void *context, sqlite3_stmt *row) {
    Markdown *md = context;
    int rc = put_due_heading(md);
    rc = rc == SITO_OK ? sito_put(md->out, "- ") : rc;
    rc = rc == SITO_OK ? put_text(md->out, sito_column_text(row, 0)) : rc;
    return rc == SITO_OK ? sito_put(md->out, "\n") : rc;
}

static int put_items(Markdown *md, const char *pl, const char *en, const char *sql) {
    md->pl = pl, md->en = en;
    return sito_each_row(md->db, sql, put_item, md, md->error);
}

int sito_report_markdown(sqlite3 *db, const SitoReportOptions *options, SitoBuffer *out,
                         char **error) {
    (void)options;
    Markdown md = {.db = db, .out = out, .error = error};
    int rc = sito_report_run(db, &md.run, error);
    rc = rc == SITO_OK ? sito_each_row(db,
                                       "SELECT dataset, version, iif(described, verdict, NULL)"
                                       " FROM report.run",
                                       put_head, &md, error)
                       : rc;
    rc = rc == SITO_OK ? put_findings(&md) : rc;
    rc = rc == SITO_OK ? put_items(&md, "Czego nie udało się ocenić", "What could not be judged",
                                   "SELECT id || ': ' || coalesce(reason, title) FROM report.rule"
                                   " WHERE status = 'ERROR' AND reason IS NOT NULL"
                                   " ORDER BY position")
                       : rc;
    if (rc == SITO_OK) {
        md.pl = "Reguły niespełnione", md.en = "Rules that are not met";
        rc =
            sito_each_row(db,
                          "SELECT code, (SELECT title FROM report.rule WHERE id = code), why, hint,"
                          " basis FROM report.finding GROUP BY code ORDER BY min(id)",
                          put_rule, &md, error);
    }
    rc = rc == SITO_OK
             ? put_items(&md, "Czego ta kontrola nie obejmuje", "What this check does not cover",
                         "SELECT sentence FROM report.not_covered ORDER BY position")
             : rc;
    rc = rc == SITO_OK ? put_items(&md, "Co dalej", "What next",
                                   "SELECT sentence FROM report.next_step ORDER BY position")
                       : rc;
    return rc == SITO_OK ? put_items(&md, "Wynik dotyczy", "The result is that of",
                                     "SELECT program || ' · ' || checked_at || coalesce(' · ' ||"
                                     " digest, '') FROM report.run")
                         : rc;
}

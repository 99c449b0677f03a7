/*
** The report for people: first the verdict, then what was found and how to mend it, then what was not
** looked at, then what to do next.
**
**   verdict ─▶ what was read ─▶ findings by rule ─▶ rules without a result ─▶ measures ─▶
**   not covered ─▶ next steps ─▶ what the result is bound to
**
** R1  One cause is one paragraph: the findings of a rule stand together, with one why, one hint and
**     one basis.
** R2  The first line of a finding is FILE:LINE:COLUMN CODE MESSAGE, as programs and editors read it.
** R3  Under PASS stands who decides. Without a descriptor there is no verdict, but what was seen.
** R4  Lines are broken at 80 columns whatever the terminal; nothing a terminal obeys comes from data.
*/
#include "report/text.h"

#include <string.h>

#include "common/number.h"
#include "runner/rule.h"
#include "common/wrap.h"

/* ---- the verdict ---- */

/* columns: described, verdict, dataset, version, language */
static int write_verdict(void *context, sqlite3_stmt *run) {
    TextReport *report = context;
    report->described = sqlite3_column_int(run, 0) != 0;
    report->language = strcmp(sito_column_word(run, 4), "en") == 0 ? SITO_EN : SITO_PL;
    const char *verdict = sito_column_word(run, 1);
    report->pass = strcmp(verdict, "PASS") == 0;
    if (!report->described) {
        const char *words = sito_say(
            report->language, "Bez opisu zbioru nie ma wyniku kontroli. Oto co widać w pliku.",
            "Without a descriptor there is no verdict. This is what the file "
            "shows.");
        int rc = sito_text_coloured(report, "1", words);
        return rc == SITO_OK ? sito_put(report->out, "\n") : rc;
    }
    const char *colour = report->pass ? "1;32" : strcmp(verdict, "FAIL") == 0 ? "1;31" : "1;33";
    int rc = sito_text_coloured(report, colour, sito_verdict_words(report->language, verdict));
    ReportRun whole = {0};
    rc = rc == SITO_OK ? sito_report_run(report->db, &whole, report->error) : rc;
    rc = rc == SITO_OK ? sito_put_plain(report->out, (SitoText){whole.waived, strlen(whole.waived)})
                       : rc;
    rc = rc == SITO_OK ? sito_put(report->out, "\n") : rc;
    if (rc == SITO_OK && report->pass) {
        rc = sito_buffer_print(report->out, "%s\n",
                               sito_say(report->language,
                                        "O udostępnieniu decyduje lokalny administrator danych.",
                                        "The local data controller decides on publication."));
    }
    rc = rc == SITO_OK ? sito_put(report->out, "\n") : rc;
    rc = rc == SITO_OK ? sito_put_plain(report->out, sito_column_text(run, 2)) : rc;
    if (rc == SITO_OK && sqlite3_column_type(run, 3) != SQLITE_NULL) {
        rc = sito_put(report->out, sito_say(report->language, ", wersja ", ", version "));
        rc = rc == SITO_OK ? sito_put_plain(report->out, sito_column_text(run, 3)) : rc;
    }
    return rc == SITO_OK ? sito_put(report->out, "\n") : rc;
}

/* ---- what was read ---- */

/* columns: path, rows, columns, encoding, delimiter, units; the verdict, where there are others */
static int write_resource(void *context, sqlite3_stmt *resource) {
    TextReport *report = context;
    SitoBuffer *out = report->out;
    bool pl = report->language == SITO_PL;
    int rc = sito_put_plain(out, sito_column_text(resource, 0));
    if (rc == SITO_OK && sqlite3_column_type(resource, 1) != SQLITE_NULL) {
        rc = sito_put(out, ": ");
        rc = rc == SITO_OK
                 ? sito_text_counted(report,
                                     pl ? "{n, plural, one {# rekord} few {# rekordy} many "
                                          "{# rekordów} other {# rekordu}}"
                                        : "{n, plural, one {# record} other {# records}}",
                                     sqlite3_column_int64(resource, 1))
                 : rc;
    }
    if (rc == SITO_OK && sqlite3_column_type(resource, 2) != SQLITE_NULL) {
        rc = sito_text_counted(report,
                               pl ? ", {n, plural, one {# kolumna} few {# kolumny} many {# kolumn} "
                                    "other {# kolumny}}"
                                  : ", {n, plural, one {# column} other {# columns}}",
                               sqlite3_column_int64(resource, 2));
    }
    if (rc == SITO_OK && sqlite3_column_type(resource, 5) != SQLITE_NULL) {
        rc = sito_text_counted(report,
                               pl ? ", {n, plural, one {# osoba} few {# osoby} many {# osób} other "
                                    "{# osoby}}"
                                  : ", {n, plural, one {# person} other {# persons}}",
                               sqlite3_column_int64(resource, 5));
    }
    if (rc == SITO_OK && sqlite3_column_type(resource, 3) != SQLITE_NULL) {
        rc = sito_put(out, ", ");
        rc = rc == SITO_OK ? sito_put_plain(out, sito_column_text(resource, 3)) : rc;
    }
    if (rc == SITO_OK && sqlite3_column_type(resource, 4) != SQLITE_NULL) {
        const char *delimiter = sito_column_word(resource, 4);
        rc = sito_buffer_print(out, sito_say(report->language, ", separator %s", ", delimiter %s"),
                               strcmp(delimiter, "\t") == 0 ? "TAB" : delimiter);
    }
    if (rc == SITO_OK && sqlite3_column_type(resource, 6) != SQLITE_NULL) {
        const char *verdict = sito_column_word(resource, 6);
        rc = sito_put(out, " – ");
        rc = rc == SITO_OK
                 ? sito_put(out, strcmp(verdict, "PASS") == 0
                                     ? sito_say(report->language, "spełnia progi",
                                                "meets the thresholds")
                                 : strcmp(verdict, "FAIL") == 0
                                     ? sito_say(report->language, "nie spełnia progów",
                                                "does not meet the thresholds")
                                     : sito_say(report->language, "bez wyniku", "without a result"))
                 : rc;
    }
    return rc == SITO_OK ? sito_put(out, "\n") : rc;
}

/* columns: findings; rules not met, met, without a result, not asked. What is 0 is not said, but for
** the rules that are met. */
static int write_summary(void *context, sqlite3_stmt *summary) {
    static const char *const words[][2] = {
        {[SITO_PL] = "ustalenia: ", [SITO_EN] = "findings: "},
        {[SITO_PL] = "reguły niespełnione: ", [SITO_EN] = "rules not met: "},
        {[SITO_PL] = "reguły spełnione: ", [SITO_EN] = "rules met: "},
        {[SITO_PL] = "nieocenione: ", [SITO_EN] = "without a result: "},
        {[SITO_PL] = "nie dotyczą: ", [SITO_EN] = "do not apply: "},
    };
    enum { MET = 2 };
    TextReport *report = context;
    int rc = SITO_OK;
    bool any = false;
    for (int i = 0; i < (int)SITO_COUNT(words) && rc == SITO_OK; i++) {
        int64_t number = sqlite3_column_int64(summary, i);
        if (number > 0 || i == MET) {
            rc = sito_put(report->out, any ? ", " : "");
            rc = rc == SITO_OK ? sito_put(report->out, words[i][report->language]) : rc;
            rc = rc == SITO_OK ? sito_write_integer(report->language, number, report->out) : rc;
            any = true;
        }
    }
    return rc == SITO_OK ? sito_put(report->out, "\n") : rc;
}

static const char *const summary =
    "SELECT (SELECT count(*) FROM report.finding), count(*) FILTER (WHERE status = 'FAIL'),"
    " count(*) FILTER (WHERE status = 'PASS'), count(*) FILTER (WHERE status = 'ERROR'),"
    " count(*) FILTER (WHERE status = 'NOT APPLICABLE') FROM report.rule";

/* ---- lists of sentences ---- */

typedef struct Sentences {
    TextReport *report;
    const char *pl, *en; /* the heading, written before the first */
    const char *bullet;
    bool any;
} Sentences;

static int write_sentence(void *context, sqlite3_stmt *row) {
    Sentences *list = context;
    SitoBuffer *out = list->report->out;
    int rc = list->any ? SITO_OK : sito_text_heading(list->report, list->pl, list->en);
    list->any = true;
    rc = rc == SITO_OK ? sito_buffer_print(out, "  %s ", list->bullet) : rc;
    return rc == SITO_OK ? sito_put_wrapped(out, sito_column_text(row, 0), 4, 4) : rc;
}

static int write_sentences(TextReport *report, const char *pl, const char *en, const char *bullet,
                           const char *sql) {
    Sentences list = {.report = report, .pl = pl, .en = en, .bullet = bullet};
    return sito_each_row(report->db, sql, write_sentence, &list, report->error);
}

/* columns: program, checked_at, policy, digest, profile */
static int write_binding(void *context, sqlite3_stmt *run) {
    TextReport *report = context;
    SitoBuffer *out = report->out;
    const char *policy = sito_column_word(run, 2);
    bool builtin = strcmp(policy, "built-in") == 0;
    int rc = sito_put(out, "\n");
    rc = rc == SITO_OK ? sito_text_colour(report, "2") : rc;
    rc = rc == SITO_OK ? sito_buffer_print(out, "%s · %s · %s", sito_column_word(run, 0),
                                           sito_column_word(run, 1),
                                           sito_say(report->language, "progi: ", "thresholds: "))
                       : rc;
    const char *name = builtin ? sito_say(report->language, "wbudowane", "built-in") : policy;
    rc = rc == SITO_OK ? sito_put_plain(out, (SitoText){name, strlen(name)}) : rc;
    const char *profile = sito_column_word(run, 4);
    if (rc == SITO_OK && strcmp(profile, "default") != 0) {
        rc = sito_buffer_print(out, " · %s%s", sito_say(report->language, "profil: ", "profile: "),
                               profile);
    }
    rc = rc == SITO_OK ? sito_put(out, "\n") : rc;
    if (rc == SITO_OK && report->described && sqlite3_column_type(run, 3) != SQLITE_NULL) {
        rc = sito_buffer_print(out, "%s\n  %s\n",
                               sito_say(report->language, "wynik dotyczy plików o skrócie",
                                        "the result is that of the files with the digest"),
                               sito_column_word(run, 3));
    }
    return rc == SITO_OK ? sito_text_colour(report, "0") : rc;
}

/* ---- the whole ---- */

static const char *const without_result =
    "SELECT id || ': ' || coalesce(reason, title) FROM report.rule WHERE status = 'ERROR'"
    " AND reason IS NOT NULL ORDER BY position";

/* What did not apply stands under what was not covered, one sentence for each reason. Without a
** descriptor hardly anything applies, and the first line has said so. */
static const char *const not_covered[] = {
    [SITO_PL] =
        "SELECT sentence FROM (SELECT position, 0 AS part, sentence FROM report.not_covered"
        " UNION ALL SELECT min(position), 1, 'Nie zastosowano reguł: ' ||"
        " replace(group_concat(DISTINCT id), ',', ', ') || ' – ' || reason || '.' FROM (SELECT * FROM report.rule"
        " WHERE status = 'NOT APPLICABLE' AND (SELECT described FROM report.run) ORDER BY position) GROUP BY reason)"
        " ORDER BY part, position",
    [SITO_EN] =
        "SELECT sentence FROM (SELECT position, 0 AS part, sentence FROM report.not_covered"
        " UNION ALL SELECT min(position), 1, 'Rules not applied: ' ||"
        " replace(group_concat(DISTINCT id), ',', ', ') || ' – ' || reason || '.' FROM (SELECT * FROM report.rule"
        " WHERE status = 'NOT APPLICABLE' AND (SELECT described FROM report.run) ORDER BY position) GROUP BY reason)"
        " ORDER BY part, position",
};

static int write_body(TextReport *report) {
    int rc = sito_text_findings(report);
    rc = rc == SITO_OK ? write_sentences(report, "Czego nie udało się ocenić",
                                         "What could not be "
                                         "judged",
                                         "–", without_result)
                       : rc;
    rc = rc == SITO_OK && report->described && report->pass ? sito_text_measures(report) : rc;
    rc = rc == SITO_OK
             ? write_sentences(report, "Czego ta kontrola nie obejmuje",
                               "What this check does not cover", "–", not_covered[report->language])
             : rc;
    return rc == SITO_OK
               ? write_sentences(report, "Co dalej", "What next", "→",
                                 "SELECT sentence FROM report.next_step ORDER BY position")
               : rc;
}

int sito_report_text(sqlite3 *db, const SitoReportOptions *options, SitoBuffer *out, char **error) {
    TextReport report = {.db = db, .out = out, .error = error, .colour = options->colour};
    int rc =
        sito_each_row(db, "SELECT described, verdict, dataset, version, language FROM report.run",
                      write_verdict, &report, error);
    rc = rc == SITO_OK ? sito_each_row(db,
                                       "SELECT path, rows, columns, encoding, delimiter, units,"
                                       " iif((SELECT count(*) FROM report.resource) > 1, verdict,"
                                       "     NULL) FROM report.resource ORDER BY rowid",
                                       write_resource, &report, error)
                       : rc;
    if (rc == SITO_OK && report.described) {
        rc = sito_each_row(db, summary, write_summary, &report, error);
    }
    rc = rc == SITO_OK && !report.described ? sito_text_columns(&report) : rc;
    rc = rc == SITO_OK ? write_body(&report) : rc;
    return rc == SITO_OK
               ? sito_each_row(
                     db, "SELECT program, checked_at, policy, digest, profile FROM report.run",
                     write_binding, &report, error)
               : rc;
}

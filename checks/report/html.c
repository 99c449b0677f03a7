/*
** The report as one page of HTML: for the person who decides, to be read, printed and kept.
**
**   verdict and reasons ─▶ next step ─▶ for each resource: risks, classes ─▶ findings ─▶ waivers ─▶
**   columns ─▶ trend ─▶ what is not covered ─▶ all rules ─▶ what the result is bound to
**
** R1  One file: no script, no picture, no font and no address from elsewhere; a policy in the page
**     forbids them. It is read by ear as well as by eye, in light and in dark, and on paper.
** R2  All text is in the language of the report; nothing of it is a value of a cell.
** R3  Every number in a picture stands beside it as text.
*/
#include <string.h>

#include "common/embedded.h"
#include "common/number.h"
#include "report/page.h"
#include "runner/rule.h"

/* ---- the verdict ---- */

enum { REASONS_SHOWN = 6 };

/* columns: severity, code, words, decides */
static void write_reason(Page *page, sqlite3_stmt *row, void *context) {
    SitoMarkup *m = &page->m;
    int64_t *count = context;
    if (++*count > REASONS_SHOWN) {
        return;
    }
    if (*count == 1) {
        sito_open_class(m, "ul", "reasons");
    }
    sito_open(m, "li");
    sito_open(m, "span");
    sito_attribute_print(m, "class", "mark %s", sito_column_word(row, 0));
    sito_attribute(m, "aria-hidden", "true");
    sito_write(m, sqlite3_column_int(row, 3) ? "✕" : "!");
    sito_close(m);
    sito_open(m, "a");
    sito_attribute_print(m, "href", "#r-%s", sito_column_word(row, 1));
    sito_page_column(page, row, 2);
    sito_close(m);
    sito_close(m);
}

/* What decided, by what weighs most; what follows another comes last. Where nothing did (PASS, or no
** descriptor), what else was found. */
static const char reasons[] =
    "SELECT severity, id, words, status IN ('FAIL', 'ERROR'), min(position) FROM (SELECT *,"
    "   coalesce((SELECT message FROM report.finding WHERE code = rule.id AND NOT waived"
    "              ORDER BY id LIMIT 1), iif(status = 'ERROR', reason, NULL)) AS words"
    "  FROM report.rule AS rule) AS rule"
    " WHERE words IS NOT NULL AND (status IN ('FAIL', 'ERROR')"
    "   OR NOT EXISTS (SELECT 1 FROM report.rule WHERE status IN ('FAIL', 'ERROR')))"
    "   AND id <> 'descriptor-missing'"
    " GROUP BY id ORDER BY severity <> 'fatal', follows IS NOT NULL,"
    " family NOT IN ('personal-data', 'reidentification'), min(position)";

static void write_reasons(Page *page) {
    int64_t count = 0;
    sito_page_each(page, reasons, NULL, write_reason, &count);
    if (count > REASONS_SHOWN) {
        sito_open(&page->m, "li");
        sito_element(&page->m, "span", "mark", "…");
        sito_open(&page->m, "a");
        sito_attribute(&page->m, "href", "#findings");
        sito_page_counted(
            page,
            "i jeszcze {n, plural, one {# reguła} few {# reguły} many {# reguł} other "
            "{# reguły}}",
            "and {n, plural, one {# more rule} other {# more rules}}", count - REASONS_SHOWN);
        sito_close(&page->m);
        sito_close(&page->m);
    }
    if (count > 0) {
        sito_close(&page->m);
    }
}

/* columns: path, rows, columns, units, encoding, verdict */
static void write_resource(Page *page, sqlite3_stmt *row, void *context) {
    (void)context;
    SitoMarkup *m = &page->m;
    sito_open_class(m, "p", "soft");
    sito_page_column(page, row, 0);
    if (sqlite3_column_type(row, 1) != SQLITE_NULL) {
        sito_write(m, ": ");
        sito_page_counted(page,
                          "{n, plural, one {# rekord} few {# rekordy} many {# rekordów} other {# "
                          "rekordu}}",
                          "{n, plural, one {# record} other {# records}}",
                          sqlite3_column_int64(row, 1));
    }
    if (sqlite3_column_type(row, 2) != SQLITE_NULL) {
        sito_page_counted(page,
                          ", {n, plural, one {# kolumna} few {# kolumny} many {# kolumn} other {# "
                          "kolumny}}",
                          ", {n, plural, one {# column} other {# columns}}",
                          sqlite3_column_int64(row, 2));
    }
    if (sqlite3_column_type(row, 3) != SQLITE_NULL) {
        sito_page_counted(page,
                          ", {n, plural, one {# osoba} few {# osoby} many {# osób} other {# "
                          "osoby}}",
                          ", {n, plural, one {# person} other {# persons}}",
                          sqlite3_column_int64(row, 3));
    }
    if (sqlite3_column_type(row, 4) != SQLITE_NULL) {
        sito_write(m, ", ");
        sito_page_column(page, row, 4);
    }
    if (page->run.resources > 1 && page->run.described) {
        sito_write(m, " – ");
        sito_open(m, "strong");
        sito_write(m, sito_verdict_words(page->run.language, sito_column_word(row, 5)));
        sito_close(m);
    }
    sito_close(m);
}

static void write_step(Page *page, sqlite3_stmt *row, void *context) {
    (void)context;
    sito_open(&page->m, "li");
    sito_page_column(page, row, 0);
    sito_close(&page->m);
}

/* "What for: command" */
static void write_command(Page *page, sqlite3_stmt *row, void *context) {
    (void)context;
    SitoText sentence = sito_column_text(row, 0);
    const char *colon = strstr(sentence.data, ": ");
    size_t size = colon == NULL ? sentence.size : (size_t)(colon - sentence.data) + 2;
    sito_open(&page->m, "li");
    sito_write_text(&page->m, (SitoText){sentence.data, size});
    if (size < sentence.size) {
        sito_open(&page->m, "code");
        sito_write_text(&page->m, (SitoText){sentence.data + size, sentence.size - size});
        sito_close(&page->m);
    }
    sito_close(&page->m);
}

static void write_next(Page *page) {
    sito_open_class(&page->m, "div", "next");
    sito_element(&page->m, "h2", NULL, sito_page_words(page, "Co dalej", "What next"));
    sito_open(&page->m, "ul");
    sito_page_each(page, "SELECT sentence FROM report.next_step ORDER BY position", NULL,
                   write_command, NULL);
    sito_close(&page->m);
    sito_close(&page->m);
}

/* columns: dataset, version, verdict */
static void write_verdict(Page *page, sqlite3_stmt *row, void *context) {
    (void)context;
    SitoMarkup *m = &page->m;
    const char *verdict = page->run.described ? sito_column_word(row, 2) : NULL;
    sito_open(m, "header");
    sito_attribute_print(m, "class", "verdict %s",
                         verdict == NULL                ? "none"
                         : strcmp(verdict, "PASS") == 0 ? "pass"
                         : strcmp(verdict, "FAIL") == 0 ? "fail"
                                                        : "error");
    sito_open_class(m, "div", "page");
    sito_element(m, "p", "eyebrow",
                 sito_page_words(page, "Kontrola zbioru danych przed publikacją",
                                 "Check of a data set before publication"));
    sito_element(m, "h1", NULL, sito_verdict_words(page->run.language, verdict));
    if (page->run.waived[0] != 0) { /* " – z odstępstwem od …" */
        sito_element(m, "p", "decides",
                     page->run.waived + strspn(page->run.waived, " \xE2\x80\x93"));
    }
    sito_open_class(m, "p", "lead");
    sito_open(m, "strong");
    sito_page_column(page, row, 0);
    sito_close(m);
    if (sqlite3_column_type(row, 1) != SQLITE_NULL) {
        sito_page_say(page, ", wersja ", ", version ");
        sito_page_column(page, row, 1);
    }
    sito_close(m);
    sito_page_each(page,
                   "SELECT path, rows, columns, units, encoding, verdict FROM report.resource"
                   " ORDER BY rowid",
                   NULL, write_resource, NULL);
    if (page->run.pass) {
        sito_element(m, "p", "decides",
                     sito_page_words(page, "O udostępnieniu decyduje lokalny administrator danych.",
                                     "The local data controller decides on publication."));
    }
    write_reasons(page);
    write_next(page);
    sito_close(m);
    sito_close(m);
}

/* ---- the frame ---- */

static void write_head(Page *page, sqlite3_stmt *row, void *context) {
    (void)context;
    SitoMarkup *m = &page->m;
    const SitoEmbedded *style = sito_embedded_find(sito_embedded_report, "style.css");
    sito_write_raw(m, "<!DOCTYPE html>\n");
    sito_open(m, "html");
    sito_attribute(m, "lang", sito_page_words(page, "pl", "en"));
    sito_write_raw(m, "\n<head>\n<meta charset=\"utf-8\">\n"
                      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                      "<meta name=\"color-scheme\" content=\"light dark\">\n"
                      "<meta name=\"referrer\" content=\"no-referrer\">\n"
                      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                      "style-src 'unsafe-inline'\">\n");
    sito_open(m, "title");
    sito_page_say(page, "Wynik kontroli: ", "Result of the check: ");
    sito_page_column(page, row, 0);
    sito_close(m);
    sito_write_raw(m, "\n<style>\n");
    sito_write_raw(m, style != NULL ? style->data : "");
    sito_write_raw(m, "</style>\n</head>\n");
}

/* columns: name, path */
static void write_of_resource(Page *page, sqlite3_stmt *row, void *context) {
    void (*part)(Page *, const char *) = *(void (**)(Page *, const char *))context;
    if (page->run.resources > 1) {
        sito_open(&page->m, "h3");
        sito_page_column(page, row, 1);
        sito_close(&page->m);
    }
    part(page, sito_column_word(row, 0));
}

static void each_resource(Page *page, void (*part)(Page *, const char *)) {
    sito_page_each(page, "SELECT name, path FROM report.resource ORDER BY rowid", NULL,
                   write_of_resource, &part);
}

static void write_list(Page *page, const char *id, const char *pl, const char *en,
                       const char *sql) {
    sito_page_heading(page, id, pl, en);
    sito_open_class(&page->m, "ul", "plain");
    sito_page_each(page, sql, NULL, write_step, NULL);
    sito_close(&page->m);
}

/* columns: program, checked_at, policy, policy_sha256, digest, fail_on */
static void write_footer(Page *page, sqlite3_stmt *row, void *context) {
    (void)context;
    SitoMarkup *m = &page->m;
    static const char *const labels[][2] = {
        {[SITO_PL] = "Program", [SITO_EN] = "Program"},
        {[SITO_PL] = "Czas (UTC)", [SITO_EN] = "Time (UTC)"},
        {[SITO_PL] = "Progi", [SITO_EN] = "Thresholds"},
        {[SITO_PL] = "Skrót progów", [SITO_EN] = "Digest of the thresholds"},
        {[SITO_PL] = "Wynik dotyczy plików o skrócie",
         [SITO_EN] = "The result is that of the files with the digest"},
    };
    sito_open(m, "dl");
    for (int i = 0; i < (int)SITO_COUNT(labels); i++) {
        if (sqlite3_column_type(row, i) == SQLITE_NULL) {
            continue;
        }
        sito_element(m, "dt", NULL, labels[i][page->run.language]);
        sito_open_class(m, "dd", i >= 3 ? "mono" : "");
        if (i == 2 && strcmp(sito_column_word(row, i), "built-in") == 0) {
            sito_page_say(page, "wbudowane", "built-in");
        } else {
            sito_page_column(page, row, i);
        }
        sito_close(m);
    }
    sito_close(m);
}

static void write_main(Page *page) {
    SitoMarkup *m = &page->m;
    sito_open_class(m, "main", "page");
    if (page->run.described) {
        sito_page_heading(page, "risk", "Ryzyko ponownej identyfikacji",
                          "Risk of re-identification");
        each_resource(page, sito_page_risk);
    }
    sito_page_findings(page);
    sito_page_waivers(page);
    sito_page_heading(page, "columns", "Kolumny", "Columns");
    each_resource(page, sito_page_columns);
    sito_page_trend(page);
    write_list(page, "not-covered", "Czego ta kontrola nie obejmuje",
               "What this check does not cover",
               "SELECT sentence FROM report.not_covered ORDER BY position");
    if (page->run.described) {
        sito_page_rules(page);
    }
    sito_close(m);
}

int sito_report_html(sqlite3 *db, const SitoReportOptions *options, SitoBuffer *out, char **error) {
    (void)options;
    Page page = {.m = {.out = out}, .db = db, .error = error};
    SitoMarkup *m = &page.m;
    m->rc = sito_report_run(db, &page.run, error);
    sito_page_each(&page, "SELECT dataset FROM report.run", NULL, write_head, NULL);
    sito_open(m, "body");
    sito_write_raw(m, "\n");
    sito_open_class(m, "a", "skip");
    sito_attribute(m, "href", "#findings");
    sito_page_say(&page, "Przejdź do ustaleń", "Go to the findings");
    sito_close(m);
    sito_page_each(&page, "SELECT dataset, version, verdict FROM report.run", NULL, write_verdict,
                   NULL);
    sito_write_raw(m, "\n");
    write_main(&page);
    sito_write_raw(m, "\n");
    sito_open(m, "footer");
    sito_open_class(m, "div", "page");
    sito_page_each(&page,
                   "SELECT program, checked_at, policy, policy_sha256, digest FROM report.run",
                   NULL, write_footer, NULL);
    sito_close(m);
    sito_close(m);
    sito_close(m);
    sito_close(m);
    sito_write_raw(m, "\n");
    return m->rc;
}

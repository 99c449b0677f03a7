/*
** Earlier checks of the data set in the report in HTML: how many findings there were, how many records,
** how large the smallest class.
**
** R1  Where the catalogue has none, or there is no catalogue, one sentence says so.
** R2  The present check is the last row. The newest 12 are shown.
*/
#include <string.h>

#include "report/page.h"

enum { CHECKS_SHOWN = 12 };

static const char *const heads[][2] = {
    {[SITO_PL] = "Dzień", [SITO_EN] = "Day"},
    {[SITO_PL] = "Wersja", [SITO_EN] = "Version"},
    {[SITO_PL] = "Wynik", [SITO_EN] = "Result"},
    {[SITO_PL] = "Rekordy", [SITO_EN] = "Records"},
    {[SITO_PL] = "Ustalenia", [SITO_EN] = "Findings"},
    {[SITO_PL] = "Najmniejsza grupa", [SITO_EN] = "Smallest class"},
};

/* A cell that says of itself what it is: on a narrow screen its heading is out of sight. */
static void open_cell(Page *page, size_t i) {
    sito_open_class(&page->m, "td", i >= 3 ? "number" : "");
    sito_attribute(&page->m, "data-label", heads[i][page->run.language]);
}

/* columns: at, version, verdict, rows, findings, k, published, present */
static void write_check(Page *page, sqlite3_stmt *row, void *context) {
    (void)context;
    SitoMarkup *m = &page->m;
    const char *verdict = sito_column_word(row, 2);
    sito_open(m, "tr");
    sito_open(m, "th");
    sito_attribute(m, "scope", "row");
    sito_write_text(
        m,
        (SitoText){sito_column_word(row, 0),
                   sqlite3_column_bytes(row, 0) >= 10 ? 10 : (size_t)sqlite3_column_bytes(row, 0)});
    if (sqlite3_column_int(row, 7)) {
        sito_page_say(page, " (ta kontrola)", " (this check)");
    }
    sito_close(m);
    open_cell(page, 1);
    sito_page_column(page, row, 1);
    sito_close(m);
    open_cell(page, 2);
    bool pass = strcmp(verdict, "PASS") == 0;
    sito_element(m, "span", pass ? "badge within" : "badge error",
                 pass ? sito_page_words(page, "spełnia progi", "meets")
                 : strcmp(verdict, "FAIL") == 0
                     ? sito_page_words(page, "nie spełnia progów", "does not meet")
                     : sito_page_words(page, "bez wyniku", "no result"));
    if (sqlite3_column_int(row, 6)) {
        sito_write(m, " ");
        sito_element(m, "span", "badge", sito_page_words(page, "opublikowany", "published"));
    }
    sito_close(m);
    for (int i = 3; i <= 5; i++) {
        open_cell(page, (size_t)i);
        if (sqlite3_column_type(row, i) == SQLITE_NULL) {
            sito_write(m, "–");
        } else {
            sito_page_integer(page, sqlite3_column_int64(row, i));
        }
        sito_close(m);
    }
    sito_close(m);
}

static void count_row(Page *page, sqlite3_stmt *row, void *context) {
    (void)page;
    int64_t *count = context;
    *count = sqlite3_column_int64(row, 0);
}

static const char checks_sql[] =
    "SELECT * FROM (SELECT at, version, verdict, rows, findings, k, published, 0 AS present, position"
    "  FROM report.history ORDER BY position DESC LIMIT 11)"
    " UNION ALL SELECT checked_at, version, verdict, (SELECT sum(rows) FROM report.resource),"
    "  (SELECT count(*) FROM report.finding),"
    "  (SELECT min(value) FROM report.measure WHERE measure = 'k_anonymity'), 0, 1, 1 << 40"
    "  FROM report.run ORDER BY 9";

void sito_page_trend(Page *page) {
    SitoMarkup *m = &page->m;
    int64_t count = 0;
    sito_page_heading(page, "trend", "Wcześniejsze kontrole tego zbioru",
                      "Earlier checks of this data set");
    sito_page_each(page, "SELECT count(*) FROM report.history", NULL, count_row, &count);
    if (count == 0) {
        sito_element(m, "p", NULL,
                     sito_page_words(page,
                                     "Nie ma z czym porównać: katalog nie zna wcześniejszej "
                                     "kontroli tego zbioru albo kontrolę uruchomiono bez katalogu "
                                     "(sito check --catalogue sito.db).",
                                     "There is nothing to compare with: the catalogue knows no "
                                     "earlier check of this data set, or the check ran without a "
                                     "catalogue (sito check --catalogue sito.db)."));
        return;
    }
    sito_open_class(m, "table", "trend");
    sito_open(m, "thead");
    sito_open(m, "tr");
    for (size_t i = 0; i < SITO_COUNT(heads); i++) {
        sito_open_class(m, "th", i >= 3 ? "number" : "");
        sito_attribute(m, "scope", "col");
        sito_write(m, heads[i][page->run.language]);
        sito_close(m);
    }
    sito_close(m);
    sito_close(m);
    sito_open(m, "tbody");
    sito_page_each(page, checks_sql, NULL, write_check, NULL);
    sito_close(m);
    sito_close(m);
}

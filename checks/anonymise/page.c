/*
** The record as one page of HTML: what was done to each column, the risk before and after, the sizes of the
** classes before and after, and what other thresholds would have cost.
**
** R1  One file without script or anything from elsewhere, in light and dark, for the screen and paper.
** R2  Every number of a picture stands beside it as text.
*/
#include <sqlite3.h>

#include "anonymise/record.h"
#include "common/db.h"
#include "common/embedded.h"
#include "common/markup.h"
#include "common/number.h"

typedef struct Page {
    SitoMarkup m;
    const SitoAnonymised *done;
    char **error;
} Page;

static const char *words(const Page *page, const char *pl, const char *en) {
    return sito_say(page->done->language, pl, en);
}

static void number(Page *page, double value) {
    SitoBuffer text = {0};
    int rc = sito_write_number(page->done->language, value, &text);
    page->m.rc = page->m.rc == SITO_OK ? rc : page->m.rc;
    sito_write_text(&page->m, (SitoText){text.data, text.size});
    sito_buffer_free(&text);
}

static void percent(Page *page, double share) {
    SitoBuffer text = {0};
    int rc = sito_write_percent(page->done->language, share, &text);
    page->m.rc = page->m.rc == SITO_OK ? rc : page->m.rc;
    sito_write_text(&page->m, (SitoText){text.data, text.size});
    sito_buffer_free(&text);
}

static void text(Page *page, sqlite3_stmt *row, int column) {
    sito_write_text(&page->m, (SitoText){(const char *)sqlite3_column_text(row, column),
                                         (size_t)sqlite3_column_bytes(row, column)});
}

static void cell_text(Page *page, sqlite3_stmt *row, int column) {
    sito_open(&page->m, "td");
    text(page, row, column);
    sito_close(&page->m);
}

static void cell_number(Page *page, sqlite3_stmt *row, int column) {
    sito_open_class(&page->m, "td", "num");
    if (sqlite3_column_type(row, column) != SQLITE_NULL) {
        number(page, sqlite3_column_double(row, column));
    } else {
        sito_write(&page->m, "–");
    }
    sito_close(&page->m);
}

/* A name that begins with # heads a column of numbers. */
static void headings(Page *page, const char *const *names, size_t count) {
    sito_open(&page->m, "thead");
    sito_open(&page->m, "tr");
    for (size_t i = 0; i < count; i++) {
        bool counts = names[i][0] == '#';
        sito_open(&page->m, "th");
        sito_attribute(&page->m, "scope", "col");
        sito_attribute(&page->m, "class", counts ? "num" : "word");
        sito_write(&page->m, names[i] + counts);
        sito_close(&page->m);
    }
    sito_close(&page->m);
    sito_close(&page->m);
}

typedef void (*row_writer)(Page *, sqlite3_stmt *);

static void each(Page *page, const char *sql, int64_t number_given, row_writer write) {
    sqlite3_stmt *row = NULL;
    if (page->m.rc != SITO_OK) {
        return;
    }
    int rc = sito_db_prepare(page->done->db, &row, page->error, sql, "i", number_given);
    int step = SQLITE_DONE;
    while (rc == SITO_OK && page->m.rc == SITO_OK && (step = sqlite3_step(row)) == SQLITE_ROW) {
        write(page, row);
    }
    rc = rc == SITO_OK && page->m.rc == SITO_OK && step != SQLITE_DONE
             ? sito_db_error(page->done->db, step, page->error)
             : rc;
    page->m.rc = page->m.rc == SITO_OK ? rc : page->m.rc;
    sqlite3_finalize(row);
}

static void table(Page *page, const char *title, const char *const *names, size_t count,
                  const char *sql, int64_t resource, row_writer write) {
    sito_element(&page->m, "h3", NULL, title);
    sito_open_class(&page->m, "div", "scroll");
    sito_attribute(&page->m, "tabindex", "0");
    sito_attribute(&page->m, "role", "region");
    sito_attribute(&page->m, "aria-label", title);
    sito_open(&page->m, "table");
    headings(page, names, count);
    sito_open(&page->m, "tbody");
    each(page, sql, resource, write);
    sito_close(&page->m);
    sito_close(&page->m);
    sito_close(&page->m);
}

/* field, how, level, hierarchy */
static void write_column(Page *page, sqlite3_stmt *row) {
    const char *how = (const char *)sqlite3_column_text(row, 1);
    sito_open(&page->m, "tr");
    cell_text(page, row, 0);
    sito_open(&page->m, "td");
    sito_write(&page->m, sito_treatment_words(page->done->language, how != NULL ? how : "keep"));
    sito_close(&page->m);
    cell_number(page, row, 2);
    cell_text(page, row, 3);
    sito_close(&page->m);
}

/* measure, field, before, after */
static void write_figure(Page *page, sqlite3_stmt *row) {
    const char *measure = (const char *)sqlite3_column_text(row, 0);
    sito_open(&page->m, "tr");
    sito_open(&page->m, "td");
    sito_write(&page->m, sito_figure_words(page->done->language, measure != NULL ? measure : ""));
    if (sqlite3_column_type(row, 1) != SQLITE_NULL) {
        sito_write(&page->m, ", ");
        text(page, row, 1);
    }
    sito_close(&page->m);
    cell_number(page, row, 2);
    cell_number(page, row, 3);
    sito_close(&page->m);
}

/* words for the sizes, records before, records after, share before, share after */
static void write_sizes(Page *page, sqlite3_stmt *row) {
    sito_open(&page->m, "tr");
    cell_text(page, row, 0);
    cell_number(page, row, 1);
    cell_number(page, row, 2);
    sito_open(&page->m, "td");
    sito_open(&page->m, "svg");
    sito_attribute(&page->m, "viewBox", "0 0 200 20");
    sito_attribute(&page->m, "width", "200");
    sito_attribute(&page->m, "height", "20");
    sito_attribute(&page->m, "aria-hidden", "true");
    for (int i = 0; i < 2; i++) {
        sito_open(&page->m, "rect");
        sito_attribute(&page->m, "x", "0");
        sito_attribute_print(&page->m, "y", "%d", 1 + i * 10);
        sito_attribute(&page->m, "height", "8");
        sito_attribute_print(&page->m, "width", "%.1f", 200 * sqlite3_column_double(row, 3 + i));
        sito_attribute(&page->m, "fill", i == 0 ? "var(--track)" : "var(--bar)");
        sito_attribute(&page->m, "stroke", "var(--bar)");
        sito_close_empty(&page->m, true);
    }
    sito_close(&page->m);
    sito_close(&page->m);
    sito_close(&page->m);
}

/* k, suppressed, share, loss, levels, chosen */
static void write_point(Page *page, sqlite3_stmt *row) {
    bool chosen = sqlite3_column_int(row, 5);
    sito_open(&page->m, "tr");
    cell_number(page, row, 0);
    sito_open_class(&page->m, "td", "num");
    percent(page, sqlite3_column_double(row, 2));
    sito_close(&page->m);
    sito_open_class(&page->m, "td", "num");
    percent(page, sqlite3_column_double(row, 3));
    sito_close(&page->m);
    cell_text(page, row, 4);
    sito_open(&page->m, "td");
    sito_write(&page->m, chosen ? words(page, "wybrany", "chosen") : "");
    sito_close(&page->m);
    sito_close(&page->m);
}

/* The frontier as a picture: left to right rows left out, bottom to top loss; one point each. */
static void write_dot(Page *page, sqlite3_stmt *row) {
    bool chosen = sqlite3_column_int(row, 2);
    sito_open(&page->m, "circle");
    sito_attribute_print(&page->m, "cx", "%.1f", 50 + 540 * sqlite3_column_double(row, 0));
    sito_attribute_print(&page->m, "cy", "%.1f", 210 - 190 * sqlite3_column_double(row, 1));
    sito_attribute(&page->m, "r", chosen ? "7" : "4");
    sito_attribute(&page->m, "fill", chosen ? "var(--pass)" : "var(--bar)");
    sito_close_empty(&page->m, true);
}

static void write_picture(Page *page, int64_t resource) {
    sito_open(&page->m, "svg");
    sito_attribute(&page->m, "viewBox", "0 0 640 250");
    sito_attribute(&page->m, "width", "100%");
    sito_attribute(&page->m, "role", "img");
    sito_attribute(
        &page->m, "aria-label",
        words(page, "Pominięte rekordy i utrata informacji; liczby są w tabeli poniżej",
              "Records left out and information lost; the numbers are in the table below"));
    sito_write_raw(
        &page->m,
        "<path d=\"M50 20V210H600\" fill=\"none\" stroke=\"var(--line)\" stroke-width=\"2\"/>");
    each(
        page,
        "SELECT share / max(0.0001, (SELECT max(share) FROM frontier WHERE resource = ?1)), loss, chosen"
        " FROM frontier WHERE resource = ?1 ORDER BY chosen, k, suppressed",
        resource, write_dot);
    sito_open(&page->m, "text");
    sito_attribute(&page->m, "x", "325");
    sito_attribute(&page->m, "y", "238");
    sito_attribute(&page->m, "text-anchor", "middle");
    sito_attribute(&page->m, "fill", "currentColor");
    sito_attribute(&page->m, "font-size", "14");
    sito_write(&page->m, words(page, "pominięte rekordy →", "records left out →"));
    sito_close(&page->m);
    sito_open(&page->m, "text");
    sito_attribute(&page->m, "x", "50");
    sito_attribute(&page->m, "y", "14");
    sito_attribute(&page->m, "fill", "currentColor");
    sito_attribute(&page->m, "font-size", "14");
    sito_write(&page->m, words(page, "↑ utrata informacji", "↑ information lost"));
    sito_close(&page->m);
    sito_close(&page->m);
}

static const char sizes[] =
    "WITH bounds(number, low, high, pl) AS (VALUES (1, 1, 1, '1'), (2, 2, 2, '2'), (3, 3, 4, '3–4'),"
    "   (4, 5, 9, '5–9'), (5, 10, 19, '10–19'), (6, 20, 49, '20–49'), (7, 50, 9e15, '50+')),"
    " c AS (SELECT class.* FROM class, resource WHERE resource.number = ?1 AND class.resource ="
    "   resource.name),"
    " n AS (SELECT b.number, b.pl, coalesce((SELECT sum(rows) FROM c WHERE NOT after AND size BETWEEN low"
    "   AND high), 0) AS before, coalesce((SELECT sum(rows) FROM c WHERE after AND size BETWEEN low AND"
    "   high), 0) AS after FROM bounds AS b)"
    " SELECT pl, before, after, 1.0 * before / max(1, (SELECT max(before) FROM n), (SELECT max(after) FROM"
    "   n)), 1.0 * after / max(1, (SELECT max(before) FROM n), (SELECT max(after) FROM n)) FROM n"
    " ORDER BY number";

/* number, path, rows, suppressed, loss, frontier, note, measures of a table */
static void write_resource(Page *page, sqlite3_stmt *row) {
    int64_t resource = sqlite3_column_int64(row, 0);
    const char *const column_names[] = {
        words(page, "kolumna", "column"), words(page, "co z nią zrobiono", "what was done"),
        words(page, "#poziom", "#level"), words(page, "hierarchia", "hierarchy")};
    const char *const figure_names[] = {words(page, "miara", "measure"),
                                        words(page, "#przed", "#before"),
                                        words(page, "#po", "#after")};
    const char *const size_names[] = {
        words(page, "wielkość grupy", "class size"),
        words(page, "#rekordy przed", "#records before"),
        words(page, "#rekordy po", "#records after"),
        words(page, "jasny pasek: przed, ciemny: po", "light bar: before, dark: after")};
    const char *const point_names[] = {"#k", words(page, "#pominięte rekordy", "#records left out"),
                                       words(page, "#utrata informacji", "#information lost"),
                                       words(page, "poziomy", "levels"),
                                       words(page, "wybór", "choice")};
    sito_open(&page->m, "h2");
    text(page, row, 1);
    sito_close(&page->m);
    if (sqlite3_column_int(row, 7) > 0) {
        sito_tabled_page(&page->m, page->done, resource, page->error);
        return;
    }
    sito_open(&page->m, "p");
    sito_write(&page->m, words(page, "Rekordy: ", "Records: "));
    number(page, (double)(sqlite3_column_int64(row, 2) - sqlite3_column_int64(row, 3)));
    sito_write(&page->m, words(page, "; pominięto: ", "; left out: "));
    number(page, (double)sqlite3_column_int64(row, 3));
    if (sqlite3_column_type(row, 4) != SQLITE_NULL) {
        sito_write(&page->m, words(page, "; utrata informacji: ", "; information lost: "));
        percent(page, sqlite3_column_double(row, 4));
    }
    sito_write(&page->m, ".");
    sito_close(&page->m);
    if (sqlite3_column_type(row, 6) != SQLITE_NULL) {
        sito_open(&page->m, "p");
        sito_write(&page->m, words(page, "Uwaga: ", "Note: "));
        text(page, row, 6);
        sito_write(&page->m, ".");
        sito_close(&page->m);
    }
    table(
        page, words(page, "Kolumny", "Columns"), column_names, 4,
        "SELECT field, iif(how = 'generalise' AND level = 0, 'keep', how), iif(level > 0, level, NULL),"
        " iif(level > 0, coalesce(hierarchy, spec), '') FROM treatment WHERE resource = ?1"
        " ORDER BY position",
        resource, write_column);
    table(
        page, words(page, "Ryzyko przed i po", "Risk before and after"), figure_names, 3,
        "SELECT measure, field, round(before, 4), round(after, 4) FROM figure WHERE resource = (SELECT name FROM resource"
        " WHERE number = ?1) AND after IS NOT NULL AND measure IN ('k_anonymity', 'prosecutor_risk',"
        " 'marketer_risk', 'l_diversity', 't_closeness') ORDER BY CASE measure WHEN 'k_anonymity' THEN 0"
        " WHEN 'prosecutor_risk' THEN 1 WHEN 'marketer_risk' THEN 2 WHEN 'l_diversity' THEN 3 ELSE 4"
        " END, field",
        resource, write_figure);
    table(page, words(page, "Grupy nie do rozróżnienia", "Classes"), size_names, 4, sizes, resource,
          write_sizes);
    if (sqlite3_column_int(row, 5) > 0) {
        sito_element(&page->m, "h3", NULL,
                     words(page, "Co kosztowałyby inne progi", "What other thresholds would cost"));
        write_picture(page, resource);
        table(page, words(page, "Punkty wykresu", "Points of the picture"), point_names, 5,
              "SELECT k, suppressed, share, loss, levels, chosen FROM frontier WHERE resource = ?1"
              " ORDER BY k, suppressed",
              resource, write_point);
    }
}

/* dataset, version, source, at, program, source_digest, digest */
static void write_head(Page *page, sqlite3_stmt *row) {
    SitoMarkup *m = &page->m;
    const SitoEmbedded *style = sito_embedded_find(sito_embedded_report, "style.css");
    const char *title = words(page, "Zapis anonimizacji", "Record of an anonymisation");
    sito_write_raw(m, "<!DOCTYPE html>\n");
    sito_open(m, "html");
    sito_attribute(m, "lang", words(page, "pl", "en"));
    sito_write_raw(m, "\n<head>\n<meta charset=\"utf-8\">\n"
                      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                      "<meta name=\"color-scheme\" content=\"light dark\">\n"
                      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                      "style-src 'unsafe-inline'\">\n");
    sito_element(m, "title", NULL, title);
    sito_write_raw(m, "\n<style>\n");
    sito_write_raw(m, style != NULL ? style->data : "");
    sito_write_raw(
        m,
        "table { border-collapse: collapse; }\n"
        "th, td { text-align: left; padding: 0.3rem 0.8rem 0.3rem 0; border-bottom: 1px "
        "solid var(--line); vertical-align: top; }\n"
        "main.page { padding-top: 2rem; padding-bottom: 2rem; }\n.num { text-align: right; }\n.scroll { overflow-x: auto; }\n"
        "</style>\n</head>\n");
    sito_open(m, "body");
    sito_open_class(m, "main", "page");
    sito_element(m, "h1", NULL, title);
    sito_open_class(m, "p", "lead");
    sito_open(m, "strong");
    text(page, row, 0);
    sito_close(m);
    sito_close(m);
    sito_open_class(m, "p", "soft");
    text(page, row, 3);
    sito_write(m, " · ");
    text(page, row, 4);
    sito_close(m);
    sito_element(m, "p", NULL,
                 words(page,
                       "Nowy zbiór sprawdzono jeszcze raz tymi samymi regułami. O udostępnieniu "
                       "decyduje lokalny administrator danych.",
                       "The new data set was checked once more by the same rules. The local data "
                       "controller decides on publication."));
}

static void write_tail(Page *page, sqlite3_stmt *row) {
    SitoMarkup *m = &page->m;
    sito_open_class(m, "p", "soft small mono");
    sito_write(m, words(page, "Skrót źródła: ", "Digest of the source: "));
    text(page, row, 0);
    sito_write(m, words(page, "; skrót nowego zbioru: ", "; digest of the new data set: "));
    text(page, row, 1);
    sito_close(m);
    sito_close(m);
    sito_close(m);
    sito_close(m);
}

int sito_anonymised_page(const SitoAnonymised *done, SitoBuffer *out, char **error) {
    Page page = {.m = {.out = out}, .done = done, .error = error};
    each(&page, "SELECT dataset, version, source, at, program FROM made WHERE ?1 = 0", 0,
         write_head);
    each(
        &page,
        "SELECT number, path, rows, suppressed, loss, (SELECT count(*) FROM frontier AS f WHERE f.resource"
        " = number), note, (SELECT count(*) FROM tabled AS t WHERE t.resource = number) FROM resource"
        " WHERE ?1 = 0 ORDER BY number",
        0, write_resource);
    each(&page, "SELECT source_digest, digest FROM made WHERE ?1 = 0", 0, write_tail);
    return page.m.rc;
}

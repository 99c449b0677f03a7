/*
** A strip for each column in the report in HTML: its role, how full it is, what its values look like,
** what was found in it.
**
** R1  The first 200 columns of a resource; how many more there are is said.
** R2  A column that is declared and absent is among them, and says so.
*/
#include <string.h>

#include "common/kind.h"
#include "report/page.h"

enum { COLUMNS_SHOWN = 200 };

static const struct {
    const char *role, *pl, *en;
} roles[] = {
    {"direct-identifier", "identyfikator bezpośredni", "direct identifier"},
    {"quasi-identifier", "cecha pośrednio identyfikująca", "quasi-identifier"},
    {"sensitive", "cecha wrażliwa", "sensitive"},
    {"free-text", "tekst swobodny", "free text"},
    {"release-number", "numer nadany w tym wydaniu", "release number"},
    {"public", "jawna", "public"},
    {"dimension", "wymiar tabeli", "dimension of the table"},
    {"measure", "liczby tabeli", "numbers of the table"},
};

static const struct {
    const char *class, *pl, *en;
} kinds[] = {
    {"integers", "liczby całkowite", "integers"},
    {"numbers", "liczby ułamkowe", "fractions"},
    {"dates", "daty", "dates"},
    {"texts", "teksty", "texts"},
    {"missing", "braki", "missing"},
};

enum {
    COL_NAME,
    COL_POSITION,
    COL_ROLE,
    COL_ROWS,
    COL_MISSING,
    COL_DISTINCT,
    COL_PERSONAL,
    COL_FIRST_KIND, /* integers, numbers, dates, texts */
    COL_ERRORS = COL_FIRST_KIND + 4,
    COL_WARNINGS,
    COL_CODE,
};

static const char columns_sql[] =
    "SELECT name, position, role, rows, missing, distinct_values, personal, integers, numbers, dates,"
    " texts,"
    " (SELECT count(*) FROM report.finding AS f WHERE f.field = field.name AND NOT f.waived"
    "   AND coalesce(f.resource, field.resource) = field.resource"
    "   AND f.severity IN ('fatal', 'error')),"
    " (SELECT count(*) FROM report.finding AS f WHERE f.field = field.name AND NOT f.waived"
    "   AND coalesce(f.resource, field.resource) = field.resource"
    "   AND f.severity NOT IN ('fatal', 'error')),"
    " (SELECT code FROM report.finding AS f WHERE f.field = field.name AND NOT f.waived"
    "   AND coalesce(f.resource, field.resource) = field.resource ORDER BY id LIMIT 1)"
    " FROM report.field AS field WHERE resource = ?1 ORDER BY rowid";

static void write_role(Page *page, const char *role) {
    const char *words = sito_page_words(page, "rola nieustalona", "no role");
    for (size_t i = 0; i < SITO_COUNT(roles); i++) {
        if (strcmp(roles[i].role, role) == 0) {
            words = sito_page_words(page, roles[i].pl, roles[i].en);
        }
    }
    sito_element(&page->m, "p", "soft small", words);
}

/* What the values look like, as one bar of 100 per cent; missing ones at its end. */
static void write_shares(Page *page, sqlite3_stmt *row) {
    SitoMarkup *m = &page->m;
    int64_t rows = sqlite3_column_int64(row, COL_ROWS), numbers[SITO_COUNT(kinds)];
    for (int i = 0; i < 4; i++) {
        numbers[i] = sqlite3_column_int64(row, COL_FIRST_KIND + i);
    }
    numbers[4] = sqlite3_column_int64(row, COL_MISSING);
    sito_open(m, "div");
    sito_open(m, "svg");
    sito_attribute(m, "aria-hidden", "true");
    sito_write_raw(m, "<rect class=\"track\" width=\"100%\" height=\"12\"/>");
    double from = 0;
    for (size_t i = 0; i < SITO_COUNT(kinds) && rows > 0; i++) {
        double share = 100.0 * (double)numbers[i] / (double)rows;
        if (numbers[i] <= 0) {
            continue;
        }
        sito_open(m, "rect");
        sito_attribute_print(m, "class", "seg %s", kinds[i].class);
        sito_attribute_print(m, "x", "%.2f%%", from);
        sito_attribute_print(m, "width", "%.2f%%", share);
        sito_attribute(m, "height", "12");
        sito_close_empty(m, true);
        from += share;
    }
    sito_close(m);
    sito_open_class(m, "p", "small soft");
    bool any = false;
    for (size_t i = 0; i < SITO_COUNT(kinds) && rows > 0; i++) {
        if (numbers[i] > 0) {
            sito_write(m, any ? ", " : "");
            sito_page_say(page, kinds[i].pl, kinds[i].en);
            sito_write(m, " ");
            sito_page_percent(page, (double)numbers[i] / (double)rows);
            any = true;
        }
    }
    sito_close(m);
    sito_close(m);
}

static void write_counts(Page *page, sqlite3_stmt *row) {
    SitoMarkup *m = &page->m;
    sito_open_class(m, "div", "small");
    if (sqlite3_column_int64(row, COL_ROWS) == 0) {
        sito_element(m, "p", NULL, sito_page_words(page, "brak rekordów", "no records"));
        sito_close(m);
        return;
    }
    sito_open(m, "p");
    sito_page_counted(page,
                      "{n, plural, =0 {bez braków} one {# brak} few {# braki} many {# braków} "
                      "other {# braku}}",
                      "{n, plural, =0 {none missing} one {# missing} other {# missing}}",
                      sqlite3_column_int64(row, COL_MISSING));
    sito_close(m);
    sito_open(m, "p");
    if (sqlite3_column_type(row, COL_DISTINCT) == SQLITE_NULL) {
        sito_page_say(page, "ponad 65 536 różnych wartości", "more than 65,536 distinct values");
    } else {
        sito_page_counted(page,
                          "{n, plural, one {# różna wartość} few {# różne wartości} many {# "
                          "różnych wartości} other {# różnej wartości}}",
                          "{n, plural, one {# distinct value} other {# distinct values}}",
                          sqlite3_column_int64(row, COL_DISTINCT));
    }
    sito_close(m);
    sito_close(m);
}

static void write_tags(Page *page, sqlite3_stmt *row) {
    SitoMarkup *m = &page->m;
    sito_open_class(m, "div", "tags");
    static const struct {
        int column;
        const char *class, *pl, *en;
    } tags[] = {
        {COL_ERRORS, "badge error",
         "{n, plural, one {# błąd} few {# błędy} many {# błędów} other {# błędu}}",
         "{n, plural, one {# error} other {# errors}}"},
        {COL_WARNINGS, "badge warning",
         "{n, plural, one {# uwaga} few {# uwagi} many {# uwag} other {# uwagi}}",
         "{n, plural, one {# remark} other {# remarks}}"},
    };
    for (size_t i = 0; i < SITO_COUNT(tags); i++) {
        if (sqlite3_column_int64(row, tags[i].column) > 0) {
            sito_open_class(m, "a", tags[i].class);
            sito_attribute_print(m, "href", "#r-%s", sito_column_word(row, COL_CODE));
            sito_page_counted(page, tags[i].pl, tags[i].en,
                              sqlite3_column_int64(row, tags[i].column));
            sito_close(m);
        }
    }
    if (sqlite3_column_bytes(row, COL_PERSONAL) > 0) {
        SitoBuffer words = {0};
        int rc = sito_put_kinds(page->run.language, sito_column_text(row, COL_PERSONAL), &words);
        m->rc = m->rc == SITO_OK ? rc : m->rc;
        sito_open_class(m, "span", "badge error");
        sito_write_text(m, (SitoText){words.data, words.size});
        sito_close(m);
        sito_buffer_free(&words);
    }
    sito_close(m);
}

static void write_strip(Page *page, sqlite3_stmt *row, void *context) {
    SitoMarkup *m = &page->m;
    int64_t *seen = context;
    if (++*seen > COLUMNS_SHOWN) {
        return;
    }
    bool absent = sqlite3_column_type(row, COL_POSITION) == SQLITE_NULL;
    sito_open_class(m, "li", absent ? "strip absent" : "strip");
    sito_open(m, "div");
    sito_open(m, page->run.resources > 1 ? "h4" : "h3");
    sito_page_column(page, row, COL_NAME);
    sito_close(m);
    if (page->run.described) {
        write_role(page, sito_column_word(row, COL_ROLE));
    }
    sito_close(m);
    if (absent) {
        sito_element(m, "p", NULL,
                     sito_page_words(page, "Jest w opisie zbioru, w pliku jej nie ma.",
                                     "It is in the descriptor and not in the file."));
    } else {
        write_shares(page, row);
        write_counts(page, row);
    }
    write_tags(page, row);
    sito_close(m);
}

static void write_legend(Page *page) {
    SitoMarkup *m = &page->m;
    sito_open_class(m, "ul", "legend small");
    for (size_t i = 0; i < SITO_COUNT(kinds); i++) {
        sito_open(m, "li");
        sito_open(m, "svg");
        sito_attribute(m, "aria-hidden", "true");
        sito_open(m, "rect");
        sito_attribute_print(m, "class", "seg %s", kinds[i].class);
        sito_attribute(m, "width", "100%");
        sito_attribute(m, "height", "100%");
        sito_close_empty(m, true);
        sito_close(m);
        sito_page_say(page, kinds[i].pl, kinds[i].en);
        sito_close(m);
    }
    sito_close(m);
}

void sito_page_columns(Page *page, const char *name) {
    int64_t seen = 0;
    write_legend(page);
    sito_open_class(&page->m, "ul", "strips");
    sito_page_each(page, columns_sql, name, write_strip, &seen);
    sito_close(&page->m);
    if (seen > COLUMNS_SHOWN) {
        sito_open_class(&page->m, "p", "soft");
        sito_page_counted(page,
                          "… i jeszcze {n, plural, one {# kolumna} few {# kolumny} many {# kolumn} "
                          "other {# kolumny}}",
                          "… and {n, plural, one {# more column} other {# more columns}}",
                          seen - COLUMNS_SHOWN);
        sito_close(&page->m);
    }
}

/*
** What was measured of one resource, in the report in HTML: the three risks against their target, the
** histogram of the classes, the smallest of them.
**
** R1  Risks are those of ALGORITHMS in the field's own terms. The prosecutor looks for one person known
**     to be in the data: 1 / the smallest class. The journalist does not know who is: without a table
**     of the population this is at most the prosecutor's, and the page says so. The marketer wants as
**     many as can be had: classes / units. The target of each is 1 / k.
** R2  Without quasi-identifiers nothing was measured, and the page says that instead.
** R3  The bars of the histogram split at k, so that no bar stands on both sides of the threshold.
*/
#include <string.h>

#include "report/page.h"

typedef struct Risk {
    const char *name;
    double prosecutor, marketer, k;
    int64_t smallest, units;
    bool measured, has_k;
} Risk;

/* columns: prosecutor, marketer, k, smallest class, units */
static void read_risk(Page *page, sqlite3_stmt *row, void *context) {
    (void)page;
    Risk *risk = context;
    risk->measured = sqlite3_column_type(row, 0) != SQLITE_NULL &&
                     sqlite3_column_type(row, 1) != SQLITE_NULL &&
                     sqlite3_column_type(row, 3) != SQLITE_NULL;
    risk->prosecutor = sqlite3_column_double(row, 0);
    risk->marketer = sqlite3_column_double(row, 1);
    risk->has_k = sqlite3_column_double(row, 2) >= 1;
    risk->k = risk->has_k ? sqlite3_column_double(row, 2) : 1;
    risk->smallest = sqlite3_column_int64(row, 3);
    risk->units = sqlite3_column_int64(row, 4);
}

static const char risk_sql[] =
    "SELECT (SELECT value FROM report.measure WHERE resource = ?1 AND measure = 'prosecutor_risk'),"
    " (SELECT value FROM report.measure WHERE resource = ?1 AND measure = 'marketer_risk'),"
    " (SELECT effective FROM report.threshold WHERE resource = ?1 AND name = 'k'),"
    " (SELECT min(size) FROM report.class WHERE resource = ?1),"
    " (SELECT sum(size * classes) FROM report.class WHERE resource = ?1)"
    " WHERE EXISTS (SELECT 1 FROM report.field WHERE resource = ?1"
    "                AND role = 'quasi-identifier')";

/* ---- one picture a risk ---- */

typedef struct Actor {
    const char *pl, *en;           /* who */
    const char *aim_pl, *aim_en;   /* what for */
    const char *note_pl, *note_en; /* how it was measured */
} Actor;

static const Actor actors[] = {
    {"Ktoś szuka jednej osoby", "Somebody looks for one person",
     "Wie, że ta osoba jest w danych (ryzyko prokuratora).",
     "And knows that this person is in the data (prosecutor risk).",
     "Największe prawdopodobieństwo trafienia: 1 podzielone przez najmniejszą grupę.",
     "The highest chance of a hit: 1 by the smallest class."},
    {"Ktoś szuka kogokolwiek", "Somebody looks for anybody",
     "Nie wie, kto jest w danych (ryzyko dziennikarza).",
     "And does not know who is in the data (journalist risk).",
     "Najwyżej tyle, ile przy szukaniu jednej osoby; dokładniej powie tylko tablica ludności.",
     "At most that of looking for one person; only a table of the population tells more."},
    {"Ktoś chce rozpoznać jak najwięcej osób", "Somebody wants as many people as possible",
     "Liczy się dla niego odsetek trafień (ryzyko marketera).",
     "And counts the share of hits (marketer risk).",
     "Średnie prawdopodobieństwo trafienia: liczba grup podzielona przez liczbę osób.",
     "The average chance of a hit: classes by persons."},
};

/* A bar from 0 to 100 per cent with the target as a mark. */
static void write_meter(Page *page, double value, double target, bool over) {
    SitoMarkup *m = &page->m;
    sito_open(m, "svg");
    sito_attribute(m, "height", "22");
    sito_attribute(m, "aria-hidden", "true");
    sito_write_raw(m, "<rect class=\"track\" y=\"5\" width=\"100%\" height=\"12\" rx=\"3\"/>");
    sito_open(m, "rect");
    sito_attribute(m, "class", over ? "bar over" : "bar within");
    sito_attribute_print(m, "width", "%.2f%%", 100 * (value > 1 ? 1 : value));
    sito_attribute(m, "y", "5");
    sito_attribute(m, "height", "12");
    sito_attribute(m, "rx", "3");
    sito_close_empty(m, true);
    sito_open(m, "line");
    sito_attribute(m, "class", "tick");
    sito_attribute_print(m, "x1", "%.2f%%", 100 * target);
    sito_attribute_print(m, "x2", "%.2f%%", 100 * target);
    sito_attribute(m, "y1", "0");
    sito_attribute(m, "y2", "22");
    sito_close_empty(m, true);
    sito_close(m);
}

static void write_card(Page *page, const Actor *actor, double value, const Risk *risk,
                       bool at_most) {
    SitoMarkup *m = &page->m;
    double target = 1 / risk->k;
    bool over = value > target;
    sito_open_class(m, "div", "card");
    sito_element(m, page->run.resources > 1 ? "h4" : "h3", NULL,
                 sito_page_words(page, actor->pl, actor->en));
    sito_element(m, "p", "soft small", sito_page_words(page, actor->aim_pl, actor->aim_en));
    sito_open_class(m, "p", over ? "value over" : "value within");
    sito_page_say(page, at_most ? "najwyżej " : "", at_most ? "at most " : "");
    sito_page_percent(page, value);
    sito_close(m);
    write_meter(page, value, target, over);
    sito_open_class(m, "p", over ? "state over" : "state within");
    sito_page_say(page, over ? "Powyżej progu " : "W granicach progu ",
                  over ? "Above the threshold of " : "Within the threshold of ");
    sito_page_percent(page, target);
    sito_close(m);
    sito_element(m, "p", "soft small", sito_page_words(page, actor->note_pl, actor->note_en));
    sito_close(m);
}

/* ---- the histogram ---- */

typedef struct Bucket {
    int64_t from, to; /* sizes; to 0: and larger */
    int64_t classes, rows;
} Bucket;

enum { MOST_BUCKETS = 24 };

typedef struct Histogram {
    Bucket buckets[MOST_BUCKETS];
    size_t count;
    int64_t rows, most, largest;
    double k;
} Histogram;

/* R3: 1, 2, 3-4, 5-9, 10-19, 20-49, 50-99, … and a border at k. */
static void make_buckets(Histogram *h) {
    static const int64_t borders[] = {1,   2,   3,    5,    10,   20,    50,    100,
                                      200, 500, 1000, 2000, 5000, 10000, 100000};
    int64_t k = (int64_t)h->k;
    for (size_t i = 0; i < SITO_COUNT(borders); i++) {
        int64_t next = i + 1 < SITO_COUNT(borders) ? borders[i + 1] : 0;
        h->buckets[h->count++] = (Bucket){.from = borders[i], .to = next > 0 ? next - 1 : 0};
        if (k > borders[i] && (next == 0 || k < next)) {
            h->buckets[h->count - 1].to = k - 1;
            h->buckets[h->count++] = (Bucket){.from = k, .to = next > 0 ? next - 1 : 0};
        }
    }
}

/* columns: size, classes, rows */
static void fill_bucket(Page *page, sqlite3_stmt *row, void *context) {
    (void)page;
    Histogram *h = context;
    int64_t size = sqlite3_column_int64(row, 0);
    for (size_t i = 0; i < h->count; i++) {
        Bucket *bucket = &h->buckets[i];
        if (size >= bucket->from && (bucket->to == 0 || size <= bucket->to)) {
            bucket->classes += sqlite3_column_int64(row, 1);
            bucket->rows += sqlite3_column_int64(row, 2);
            h->most = bucket->rows > h->most ? bucket->rows : h->most;
        }
    }
    h->rows += sqlite3_column_int64(row, 2);
    h->largest = size > h->largest ? size : h->largest;
}

static void write_sizes(Page *page, const Bucket *bucket) {
    sito_page_integer(page, bucket->from);
    if (bucket->to == 0) {
        sito_page_say(page, " i więcej", " and more");
    } else if (bucket->to > bucket->from) {
        sito_write(&page->m, "–");
        sito_page_integer(page, bucket->to);
    }
}

static void write_text_at(Page *page, const char *class, const char *x, int y, const char *anchor) {
    sito_open(&page->m, "text");
    sito_attribute(&page->m, "class", class);
    sito_attribute(&page->m, "x", x);
    sito_attribute_print(&page->m, "y", "%d", y);
    sito_attribute(&page->m, "text-anchor", anchor);
}

enum { BAR_STEP = 44, THRESHOLD_STEP = 30 };

static void write_bar(Page *page, const Histogram *h, const Bucket *bucket, int y) {
    SitoMarkup *m = &page->m;
    write_text_at(page, "label", "0", y + 14, "start");
    sito_page_say(page, "grupy po ", "classes of ");
    write_sizes(page, bucket);
    sito_close(m);
    write_text_at(page, "soft", "100%", y + 14, "end");
    sito_page_counted(page,
                      "{n, plural, one {# rekord} few {# rekordy} many {# rekordów} other {# "
                      "rekordu}}",
                      "{n, plural, one {# record} other {# records}}", bucket->rows);
    sito_close(m);
    sito_open(m, "rect");
    sito_attribute(m, "class", "track");
    sito_attribute_print(m, "y", "%d", y + 20);
    sito_attribute(m, "width", "100%");
    sito_attribute(m, "height", "12");
    sito_close_empty(m, true);
    if (bucket->rows > 0) {
        double share = (double)bucket->rows / (double)h->most;
        sito_open(m, "rect");
        sito_attribute(m, "class", (double)bucket->from < h->k ? "bar over" : "bar");
        sito_attribute_print(m, "y", "%d", y + 20);
        sito_attribute_print(m, "width", "%.2f%%", share < 0.004 ? 0.4 : 100 * share);
        sito_attribute(m, "height", "12");
        sito_close_empty(m, true);
    }
}

static void write_threshold(Page *page, const Histogram *h, int y) {
    SitoMarkup *m = &page->m;
    sito_open(m, "line");
    sito_attribute(m, "class", "dash");
    sito_attribute(m, "x2", "100%");
    sito_attribute_print(m, "y1", "%d", y + 6);
    sito_attribute_print(m, "y2", "%d", y + 6);
    sito_close_empty(m, true);
    write_text_at(page, "label", "100%", y + 22, "end");
    sito_page_say(page, "próg k = ", "threshold k = ");
    sito_page_integer(page, (int64_t)h->k);
    sito_close(m);
}

/* From the first bar to the last that holds anything; the threshold is always among them. */
static void write_bars(Page *page, const Histogram *h, size_t first, size_t last) {
    SitoMarkup *m = &page->m;
    int height = (int)(last - first) * BAR_STEP + THRESHOLD_STEP + BAR_STEP;
    sito_open(m, "svg");
    sito_attribute_print(m, "height", "%d", height);
    sito_attribute(m, "role", "img");
    sito_attribute(m, "aria-label",
                   sito_page_words(page, "Wykres: ile rekordów stoi w grupach danej wielkości",
                                   "Chart: how many records are in classes of each size"));
    int y = 0;
    for (size_t i = first; i <= last; i++) {
        if ((double)h->buckets[i].from == h->k) {
            write_threshold(page, h, y);
            y += THRESHOLD_STEP;
        }
        write_bar(page, h, &h->buckets[i], y);
        y += BAR_STEP;
    }
    sito_close(m);
}

static void write_histogram(Page *page, const Risk *risk) {
    Histogram h = {.k = risk->k};
    make_buckets(&h);
    sito_page_each(page,
                   "SELECT size, classes, rows FROM report.class WHERE resource = ?1 ORDER BY size",
                   risk->name, fill_bucket, &h);
    size_t first = h.count, last = 0;
    for (size_t i = 0; i < h.count; i++) {
        bool border = (double)h.buckets[i].from == h.k;
        if (h.buckets[i].rows > 0 || border) {
            first = first == h.count ? i : first;
            last = i;
        }
    }
    if (h.rows == 0 || first == h.count) {
        return;
    }
    sito_open_class(&page->m, "figure", "histogram");
    sito_open(&page->m, "figcaption");
    sito_page_say(page, "Ile rekordów stoi w grupach nie do rozróżnienia danej wielkości",
                  "How many records are in classes of each size");
    sito_element(&page->m, "span", "soft small",
                 sito_page_words(page,
                                 "Grupa to rekordy o tych samych wartościach wszystkich cech "
                                 "pośrednio identyfikujących. Im większa, tym trudniej kogoś "
                                 "wskazać.",
                                 "A class is the records that agree in every quasi-identifier. The "
                                 "larger it is, the harder to point at somebody."));
    sito_close(&page->m);
    write_bars(page, &h, first, last);
    sito_close(&page->m);
}

/* ---- the smallest classes ---- */

/* columns: size, classes, rows */
static void write_class(Page *page, sqlite3_stmt *row, void *context) {
    const Risk *risk = context;
    SitoMarkup *m = &page->m;
    sito_open(m, "tr");
    if ((double)sqlite3_column_int64(row, 0) < risk->k) {
        sito_attribute(m, "class", "over");
    }
    for (int i = 0; i < 3; i++) {
        sito_open_class(m, "td", "number");
        sito_page_integer(page, sqlite3_column_int64(row, i));
        sito_close(m);
    }
    sito_close(m);
}

static void write_field_name(Page *page, sqlite3_stmt *row, void *context) {
    bool *any = context;
    sito_write(&page->m, *any ? ", " : "");
    sito_page_column(page, row, 0);
    *any = true;
}

static void write_smallest(Page *page, Risk *risk) {
    SitoMarkup *m = &page->m;
    bool any = false;
    sito_open_class(m, "table", "smallest");
    sito_open(m, "caption");
    sito_page_say(page, "Najmniejsze grupy (wartości nie są pokazywane). Grupę tworzą kolumny: ",
                  "The smallest classes (values are not shown). A class is made by the columns: ");
    sito_page_each(page,
                   "SELECT name FROM report.field WHERE resource = ?1 AND role = 'quasi-identifier'"
                   " ORDER BY rowid LIMIT 30",
                   risk->name, write_field_name, &any);
    sito_close(m);
    static const char *const heads[][2] = {
        {[SITO_PL] = "Wielkość grupy", [SITO_EN] = "Size of a class"},
        {[SITO_PL] = "Ile takich grup", [SITO_EN] = "How many such classes"},
        {[SITO_PL] = "Rekordów w nich", [SITO_EN] = "Records in them"},
    };
    sito_open(m, "thead");
    sito_open(m, "tr");
    for (size_t i = 0; i < SITO_COUNT(heads); i++) {
        sito_open_class(m, "th", "number");
        sito_attribute(m, "scope", "col");
        sito_write(m, heads[i][page->run.language]);
        sito_close(m);
    }
    sito_close(m);
    sito_close(m);
    sito_open(m, "tbody");
    sito_page_each(page,
                   "SELECT size, classes, rows FROM report.class WHERE resource = ?1"
                   " ORDER BY size LIMIT 5",
                   risk->name, write_class, risk);
    sito_close(m);
    sito_close(m);
}

/* ---- the other measures ---- */

static void write_measure(Page *page, sqlite3_stmt *row, void *context) {
    bool *any = context;
    SitoBuffer sentence = {0};
    int rc = sito_put_measure(page->run.language, row, &sentence, page->error);
    page->m.rc = page->m.rc == SITO_OK ? rc : page->m.rc;
    if (sentence.size > 0) {
        if (!*any) {
            sito_element(&page->m, "h3", NULL, sito_page_words(page, "Zmierzono", "Measured"));
            sito_open_class(&page->m, "ul", "plain");
        }
        *any = true;
        sito_open(&page->m, "li");
        sito_write_text(&page->m, (SitoText){sentence.data, sentence.size});
        sito_close(&page->m);
    }
    sito_buffer_free(&sentence);
}

static void write_measures(Page *page, const Risk *risk) {
    bool any = false;
    sito_page_each(page,
                   "SELECT measure, field, round(value, 4), target FROM report.measure"
                   " WHERE resource = ?1 AND target IS NOT NULL ORDER BY rowid",
                   risk->name, write_measure, &any);
    if (any) {
        sito_close(&page->m);
    }
}

static const char table_sql[] =
    "SELECT 1 FROM report.field WHERE resource = ?1 AND role = 'dimension' LIMIT 1";

static void read_table(Page *page, sqlite3_stmt *row, void *data) {
    (void)page;
    *(bool *)data = sqlite3_column_int(row, 0) != 0;
}

void sito_page_risk(Page *page, const char *name) {
    Risk risk = {.name = name};
    bool table = false;
    sito_page_each(page, risk_sql, name, read_risk, &risk);
    sito_page_each(page, table_sql, name, read_table, &table);
    if (table) {
        sito_element(
            &page->m, "p", NULL,
            sito_page_words(page,
                            "To tabela statystyczna: wiersz jest komórką, a nie osobą. Co "
                            "mówią jej komórki, także ukryte, oceniają reguły o komórkach.",
                            "This is a statistical table: a row is a cell, not a person. What "
                            "its cells tell, the hidden ones too, the rules about cells judge."));
        return;
    }
    if (!risk.measured) {
        sito_element(&page->m, "p", NULL,
                     sito_page_words(page,
                                     "Nie zmierzono: opis zbioru nie wskazuje cech pośrednio "
                                     "identyfikujących albo plik nie ma rekordów, które da się "
                                     "porównać.",
                                     "Not measured: the descriptor names no quasi-identifiers, or "
                                     "the file has no records that can be compared."));
        return;
    }
    double values[] = {risk.prosecutor, risk.prosecutor, risk.marketer};
    sito_open_class(&page->m, "div", "cards");
    for (size_t i = 0; i < SITO_COUNT(actors); i++) {
        write_card(page, &actors[i], values[i], &risk, i == 1);
    }
    sito_close(&page->m);
    write_histogram(page, &risk);
    write_smallest(page, &risk);
    write_measures(page, &risk);
}

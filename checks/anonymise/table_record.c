/*
** What the record says of a table that was made: sentences, and a picture of its cells (record.h).
**
** R1  Sentences that an official can sign: how many cells are shown, how many are hidden and why. Never a hidden
**     value, nor a sum of hidden values.
** R2  In the picture hidden cells are told apart by shape as well as colour: a square with a cross says too
**     much by itself, a circle protects others.
*/
#include <sqlite3.h>

#include <string.h>

#include "anonymise/record.h"
#include "common/db.h"
#include "common/number.h"
#include "runner/rule.h"

/* ---- sentences ---- */

static const struct {
    const char *reason, *pl, *en;
} reasons[] = {
    {"few",
     "{n, plural, one {# komórka obejmuje} few {# komórki obejmują} many {# komórek obejmuje} other {# komórki "
     "obejmuje}} mniej niż {threshold} {about, select, entities {podmioty} other {osób}}",
     "{n, plural, one {# cell counts} other {# cells count}} fewer than {threshold} {about, select, entities "
     "{entities} other {persons}}"},
    {"article-38",
     "w {n, plural, one {# komórce} few {# komórkach} many {# komórkach} other {# komórki}} są mniej niż trzy podmioty albo jeden ma ponad trzy "
     "czwarte sumy (próg przyjęty na wzór art. 38)",
     "in {n, plural, one {# cell} other {# cells}} there are fewer than three contributors, or one has more than "
     "three quarters of the sum (a threshold on the model of art. 38)"},
    {"dominance",
     "w {n, plural, one {# komórce} few {# komórkach} many {# komórkach} other {# komórki}} najwięksi mają razem za duży udział",
     "in {n, plural, one {# cell} other {# cells}} the largest together have too large a share"},
    {"p-percent",
     "w {n, plural, one {# komórce} few {# komórkach} many {# komórkach} other {# komórki}} drugi co do wielkości oszacowałby największego zbyt "
     "dokładnie",
     "in {n, plural, one {# cell} other {# cells}} the second could estimate the largest too closely"},
    {"pq",
     "w {n, plural, one {# komórce} few {# komórkach} many {# komórkach} other {# komórki}} drugi co do wielkości oszacowałby największego zbyt "
     "dokładnie",
     "in {n, plural, one {# cell} other {# cells}} the second could estimate the largest too closely"},
    {"zero",
     "{n, plural, one {# zero mówi} few {# zera mówią} many {# zer mówi} other {# zera mówi}} coś o każdym, kto "
     "za nim stoi",
     "{n, plural, one {# zero says} other {# zeros say}} something of everybody behind it"},
    {"group-all",
     "w {n, plural, one {# komórce} few {# komórkach} many {# komórkach} other {# komórki}} stoją wszyscy ze swojego wiersza",
     "{n, plural, one {# cell holds} other {# cells hold}} everybody of a row"},
    {"group-none",
     "{n, plural, one {# zero mówi} few {# zera mówią} many {# zer mówi} other {# zera mówi}} coś o wszystkich z "
     "wiersza",
     "{n, plural, one {# zero says} other {# zeros say}} something of everybody in a row"},
    {"protects",
     "{n, plural, one {# komórkę} few {# komórki} many {# komórek} other {# komórki}} ukryto po to, żeby "
     "pozostałych ukrytych nie dało się wyliczyć z sum",
     "{n, plural, one {# cell is} other {# cells are}} hidden so that the others cannot be computed from the "
     "totals"},
};

static const char shown_pl[] =
    "Kolumna „{measure}”: pokazane komórki: {shown} z {cells}; {state, select, none {nic nie trzeba było ukryć} "
    "other {ukryte: {hidden}, znak „{sign}”}}";
static const char shown_en[] =
    "Column \"{measure}\": cells shown: {shown} of {cells}; {state, select, none {nothing had to be hidden} other "
    "{hidden: {hidden}, sign \"{sign}\"}}";

static SitoMessageValue number_value(const char *name, int64_t number) {
    return (SitoMessageValue){.name = name, .type = SITO_VALUE_INTEGER, .integer = number};
}

static SitoMessageValue text_value(const char *name, const char *text) {
    return (SitoMessageValue){.name = name,
                              .type = SITO_VALUE_TEXT,
                              .text = {text != NULL ? text : "", text != NULL ? strlen(text) : 0}};
}

/* measure, cells, hidden, sign, share hidden */
static int put_measure(const SitoAnonymised *done, sqlite3_stmt *row, SitoBuffer *out,
                       char **error) {
    const char *measure = (const char *)sqlite3_column_text(row, 0);
    const char *sign = (const char *)sqlite3_column_text(row, 3);
    int64_t cells = sqlite3_column_int64(row, 1), hidden = sqlite3_column_int64(row, 2);
    const SitoMessageValue values[] = {text_value("measure", measure),
                                       number_value("cells", cells),
                                       number_value("shown", cells - hidden),
                                       number_value("hidden", hidden),
                                       text_value("sign", sign),
                                       text_value("state", hidden > 0 ? "some" : "none")};
    int rc = sito_message_format(done->language, sito_say(done->language, shown_pl, shown_en),
                                 values, SITO_COUNT(values), out, error);
    if (rc == SITO_OK && hidden > 0) {
        rc = sito_buffer_print(
            out, "%s", sito_say(done->language, "; utrata informacji: ", "; information lost: "));
        rc = rc == SITO_OK ? sito_write_percent(done->language, sqlite3_column_double(row, 4), out)
                           : rc;
    }
    return rc == SITO_OK ? sito_buffer_print(out, ".\n") : rc;
}

/* reason, cells, threshold, about */
static int put_reason(const SitoAnonymised *done, sqlite3_stmt *row, SitoBuffer *out,
                      char **error) {
    const char *reason = (const char *)sqlite3_column_text(row, 0);
    const char *about = (const char *)sqlite3_column_text(row, 3);
    const SitoMessageValue values[] = {number_value("n", sqlite3_column_int64(row, 1)),
                                       number_value("threshold", sqlite3_column_int64(row, 2)),
                                       text_value("about", about)};
    int rc = reason == NULL ? SITO_NOMEM : SITO_OK;
    for (size_t i = 0; i < SITO_COUNT(reasons) && rc == SITO_OK; i++) {
        if (sqlite3_stricmp(reasons[i].reason, reason) == 0) {
            rc = sito_buffer_print(out, "  – ");
            rc = rc == SITO_OK
                     ? sito_message_format(done->language,
                                           sito_say(done->language, reasons[i].pl, reasons[i].en),
                                           values, SITO_COUNT(values), out, error)
                     : rc;
            rc = rc == SITO_OK ? sito_buffer_print(out, "\n") : rc;
        }
    }
    return rc;
}

typedef int (*row_writer)(const SitoAnonymised *, sqlite3_stmt *, SitoBuffer *, char **);

static int each(const SitoAnonymised *done, const char *sql, int64_t resource, const char *measure,
                row_writer write, SitoBuffer *out, char **error) {
    sqlite3_stmt *row = NULL;
    int step = SQLITE_DONE;
    int rc = measure == NULL ? sito_db_prepare(done->db, &row, error, sql, "i", resource)
                             : sito_db_prepare(done->db, &row, error, sql, "it", resource, measure);
    while (rc == SITO_OK && (step = sqlite3_step(row)) == SQLITE_ROW) {
        rc = write(done, row, out, error);
        if (rc == SITO_OK && measure == NULL) {
            rc = each(
                done,
                "SELECT h.reason, h.cells, t.threshold, t.about FROM hidden AS h JOIN tabled AS t"
                " USING (resource, measure) WHERE h.resource = ?1 AND h.measure = ?2"
                " ORDER BY h.reason = 'protects', h.rowid",
                resource, (const char *)sqlite3_column_text(row, 0), put_reason, out, error);
        }
    }
    rc = rc == SITO_OK && step != SQLITE_DONE ? sito_db_error(done->db, step, error) : rc;
    sqlite3_finalize(row);
    return rc;
}

int sito_tabled_write(const SitoAnonymised *done, int64_t resource, SitoBuffer *out, char **error) {
    return each(done,
                "SELECT measure, cells, hidden, sign, 1.0 * hidden / max(1, cells) FROM tabled"
                " WHERE resource = ?1 ORDER BY rowid",
                resource, NULL, put_measure, out, error);
}

/* ---- the picture ---- */

enum { LABEL = 170, WIDTH = 92, HEIGHT = 26, MOST_LETTERS = 20 };

/* A label, cut where it is long; its whole stands in <title>. */
static void put_label(SitoMarkup *m, int x, int y, const char *anchor, const char *text) {
    SitoText whole = {text, text != NULL ? strlen(text) : 0};
    size_t at = 0, letters = 0, cut = 0;
    while (at < whole.size && letters < MOST_LETTERS) {
        (void)sito_utf8_next(whole, &at);
        cut = letters + 1 < MOST_LETTERS ? at : cut;
        letters++;
    }
    sito_open(m, "text");
    sito_attribute_print(m, "x", "%d", x);
    sito_attribute_print(m, "y", "%d", y);
    sito_attribute(m, "text-anchor", anchor);
    sito_attribute(m, "fill", "currentColor");
    sito_attribute(m, "font-size", "12");
    sito_write_text(m, (SitoText){whole.data, at == whole.size ? at : cut});
    sito_write(m, at == whole.size ? "" : "…");
    sito_close(m);
}

static void put_cross(SitoMarkup *m, int x, int y) {
    sito_open(m, "path");
    sito_attribute_print(m, "d", "M%d %dh16v16h-16zl16 16M%d %dl-16 16", x - 8, y - 8, x + 8,
                         y - 8);
    sito_attribute(m, "fill", "none");
    sito_attribute(m, "stroke", "var(--fail)");
    sito_attribute(m, "stroke-width", "2");
    sito_close_empty(m, true);
}

static void put_circle(SitoMarkup *m, int x, int y) {
    sito_open(m, "circle");
    sito_attribute_print(m, "cx", "%d", x);
    sito_attribute_print(m, "cy", "%d", y);
    sito_attribute(m, "r", "7");
    sito_attribute(m, "fill", "none");
    sito_attribute(m, "stroke", "var(--bar)");
    sito_attribute(m, "stroke-width", "3");
    sito_close_empty(m, true);
}

/* row, col, row label, column label, state, shown */
static void put_square(SitoMarkup *m, sqlite3_stmt *row) {
    int r = sqlite3_column_int(row, 0), c = sqlite3_column_int(row, 1);
    int x = LABEL + (c - 1) * WIDTH + WIDTH / 2, y = 30 + (r - 1) * HEIGHT + HEIGHT / 2;
    const char *state = (const char *)sqlite3_column_text(row, 4);
    if (c == 1) {
        put_label(m, LABEL - 8, y + 4, "end", (const char *)sqlite3_column_text(row, 2));
    }
    if (r == 1) {
        put_label(m, x, 18, "middle", (const char *)sqlite3_column_text(row, 3));
    }
    sito_open(m, "rect");
    sito_attribute_print(m, "x", "%d", x - WIDTH / 2);
    sito_attribute_print(m, "y", "%d", y - HEIGHT / 2);
    sito_attribute_print(m, "width", "%d", WIDTH);
    sito_attribute_print(m, "height", "%d", HEIGHT);
    sito_attribute(m, "fill", "none");
    sito_attribute(m, "stroke", "var(--line)");
    sito_close_empty(m, true);
    if (state != NULL && sqlite3_stricmp(state, "primary") == 0) {
        put_cross(m, x, y);
    } else if (state != NULL && sqlite3_stricmp(state, "secondary") == 0) {
        put_circle(m, x, y);
    } else {
        put_label(m, x, y + 4, "middle", (const char *)sqlite3_column_text(row, 5));
    }
}

static void put_legend(SitoMarkup *m, SitoLanguage language, int y) {
    put_cross(m, 16, y);
    put_label(m, 32, y + 4, "start", sito_say(language, "mówi za dużo", "says too much"));
    put_circle(m, 196, y);
    put_label(m, 212, y + 4, "start", sito_say(language, "chroni pozostałe", "protects others"));
}

static void picture(SitoMarkup *m, const SitoAnonymised *done, int64_t resource,
                    const char *measure, int rows, int columns, char **error) {
    sqlite3_stmt *row = NULL;
    int step = SQLITE_DONE, width = LABEL + columns * WIDTH + 4, height = 30 + rows * HEIGHT;
    int rc = sito_db_prepare(done->db, &row, error,
                             "SELECT row, col, row_label, col_label, state, shown FROM square WHERE"
                             " resource = ?1 AND measure = ?2 ORDER BY row, col",
                             "it", resource, measure);
    sito_element(m, "h3", NULL, measure);
    sito_open_class(m, "div", "scroll");
    sito_attribute(m, "tabindex", "0");
    sito_attribute(m, "role", "region");
    sito_attribute(m, "aria-label", measure);
    sito_open(m, "svg");
    sito_attribute_print(m, "viewBox", "0 0 %d %d", width, height + 40);
    sito_attribute_print(m, "width", "%d", width);
    sito_attribute_print(m, "height", "%d", height + 40);
    sito_attribute(m, "role", "img");
    sito_attribute(
        m, "aria-label",
        sito_say(done->language,
                 "Tabela: pokazane liczby; kwadrat z krzyżykiem: komórka, która sama mówi za "
                 "dużo; kółko: komórka, która chroni pozostałe",
                 "The table: numbers that are shown; a square with a cross: a cell that says "
                 "too much by itself; a circle: a cell that protects others"));
    while (rc == SITO_OK && m->rc == SITO_OK && (step = sqlite3_step(row)) == SQLITE_ROW) {
        put_square(m, row);
    }
    rc = rc == SITO_OK && m->rc == SITO_OK && step != SQLITE_DONE
             ? sito_db_error(done->db, step, error)
             : rc;
    put_legend(m, done->language, height + 22);
    sito_close(m);
    sito_close(m);
    m->rc = m->rc == SITO_OK ? rc : m->rc;
    sqlite3_finalize(row);
}

/* The sentences, a line each, and the pictures. */
void sito_tabled_page(SitoMarkup *m, const SitoAnonymised *done, int64_t resource, char **error) {
    SitoBuffer text = {0};
    sqlite3_stmt *row = NULL;
    int rc = sito_tabled_write(done, resource, &text, error), step = SQLITE_DONE;
    for (size_t from = 0; rc == SITO_OK && from < text.size;) {
        size_t size = strcspn(text.data + from, "\n");
        sito_open(m, "p");
        sito_write_text(m, (SitoText){text.data + from, size});
        sito_close(m);
        from += size + 1;
    }
    sito_buffer_free(&text);
    rc = rc == SITO_OK
             ? sito_db_prepare(done->db, &row, error,
                               "SELECT measure, max(row), max(col) FROM square WHERE resource"
                               " = ?1 GROUP BY measure ORDER BY min(rowid)",
                               "i", resource)
             : rc;
    while (rc == SITO_OK && m->rc == SITO_OK && (step = sqlite3_step(row)) == SQLITE_ROW) {
        picture(m, done, resource, (const char *)sqlite3_column_text(row, 0),
                sqlite3_column_int(row, 1), sqlite3_column_int(row, 2), error);
    }
    rc = rc == SITO_OK && m->rc == SITO_OK && step != SQLITE_DONE
             ? sito_db_error(done->db, step, error)
             : rc;
    m->rc = m->rc == SITO_OK ? rc : m->rc;
    sqlite3_finalize(row);
}

/*
** The pages for people: of one data set, of one that was withdrawn, of all (pages.h).
**
** R1  One file each: no script, no font, no picture from elsewhere. Readable on a telephone and on paper.
** R2  Polish: they are for the public of a Polish office.
*/
#include "publish/pages.h"

#include <sqlite3.h>
#include <string.h>

#include "common/db.h"
#include "common/embedded.h"
#include "common/markup.h"
#include "publish/section.h"

static const char page_head[] =
    "<!DOCTYPE html>\n<html lang=\"pl\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>";

static const char page_style[] =
    "</title>\n<style>\n"
    ":root { color-scheme: light dark; --line: #c9d1d6; --soft: #f2f5f6; --ink: #16242c;"
    " --quiet: #52636d; --accent: #00607a; --back: #fff; }\n"
    "@media (prefers-color-scheme: dark) { :root { --line: #3a4850; --soft: #1b262c;"
    " --ink: #e6edf0; --quiet: #a3b3bb; --accent: #6cc4dc; --back: #10181c; } }\n"
    "* { box-sizing: border-box; }\n"
    "body { margin: 0; background: var(--back); color: var(--ink);"
    " font: 1rem/1.55 system-ui, \"Segoe UI\", \"DejaVu Sans\", sans-serif; }\n"
    "main { max-width: 62rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }\n"
    "a { color: var(--accent); }\n"
    ".office { margin: 0; color: var(--quiet); }\n"
    "h1 { margin: .2rem 0 .6rem; font-size: 1.7rem; line-height: 1.25; overflow-wrap: anywhere; }\n"
    "h2 { margin: 2rem 0 .5rem; padding-bottom: .25rem; border-bottom: 2px solid var(--line);"
    " font-size: 1.15rem; }\n"
    "h3 { margin: 0 0 .2rem; font-size: 1.1rem; overflow-wrap: anywhere; }\n"
    "dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.2rem; }\n"
    "dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }\n"
    "@media (max-width: 34rem) { dl { grid-template-columns: 1fr; gap: 0; }"
    " dd { margin-bottom: .5rem; } }\n"
    ".wide { overflow-x: auto; }\n"
    "table { border-collapse: collapse; width: 100%; }\n"
    "th, td { padding: .35rem .7rem .35rem 0; border-bottom: 1px solid var(--line);"
    " text-align: left; vertical-align: top; }\n"
    "th { color: var(--quiet); font-weight: 600; }\n"
    "td.number, th.number { text-align: right; white-space: nowrap; }\n"
    ".card { margin: .8rem 0; padding: .8rem 1rem; background: var(--soft); border-radius: .4rem; }\n"
    ".card p { margin: .2rem 0; }\n"
    ".quiet { color: var(--quiet); font-size: .92rem; }\n"
    ".hash { font-family: ui-monospace, \"DejaVu Sans Mono\", monospace; font-size: .8rem;"
    " overflow-wrap: anywhere; }\n"
    ".gone { border-left: .3rem solid #b3261e; padding-left: 1rem; }\n"
    "@media print { :root { color-scheme: light; } main { max-width: none; padding: 0; } }\n"
    "</style>\n</head>\n<body>\n<main>\n";

static const char page_end[] = "</main>\n</body>\n</html>\n";

#define SIZE(bytes)                                                                                \
    "CASE WHEN " bytes " < 1000 THEN " bytes " || ' B'"                                            \
    " WHEN " bytes " < 1e6 THEN replace(printf('%.1f', " bytes " / 1e3), '.', ',') || ' kB'"       \
    " WHEN " bytes " < 1e9 THEN replace(printf('%.1f', " bytes " / 1e6), '.', ',') || ' MB'"       \
    " ELSE replace(printf('%.1f', " bytes " / 1e9), '.', ',') || ' GB' END"
#define COUNT(number) "replace(printf('%,d', " number "), ',', ' ')" /* no-break space */

/* ---- one data set; ?1 is its details ---- */

static const SitoSection note_title = {
    .sql = "SELECT coalesce(?1 ->> '$.descriptor.title', ?1 ->> '$.dataset')",
    .row = "%1",
};

static const SitoSection note_head = {
    .sql = "SELECT ?1 ->> '$.publisher', coalesce(?1 ->> '$.descriptor.title', ?1 ->> '$.dataset'),"
           "       ?1 ->> '$.descriptor.description'",
    .row = "<p class=\"office\"><a href=\"../index.html\">Otwarte dane: %1</a></p>\n"
           "<h1>%2</h1>\n<p>%3</p>\n",
};

static const SitoSection note_facts = {
    .sql = "WITH rhythm(uri, pl) AS (VALUES ('ANNUAL', 'co rok'), ('ANNUAL_2', 'co pół roku'),"
           "  ('QUARTERLY', 'co kwartał'), ('MONTHLY', 'co miesiąc'), ('WEEKLY', 'co tydzień'),"
           "  ('DAILY', 'codziennie'), ('IRREG', 'nieregularnie'), ('NEVER', 'nie będzie'),"
           "  ('NOT_PLANNED', 'nie jest planowana')),"
           "given(d) AS (SELECT ?1)"
           "SELECT 'Wersja', d ->> '$.version' FROM given WHERE d ->> '$.version' IS NOT NULL"
           " UNION ALL SELECT 'Opublikowano', substr(d ->> '$.published_at', 1, 10) FROM given"
           " UNION ALL SELECT 'Pierwsza publikacja', substr(d ->> '$.issued_at', 1, 10) FROM given"
           "   WHERE substr(d ->> '$.issued_at', 1, 10) <> substr(d ->> '$.published_at', 1, 10)"
           " UNION ALL SELECT 'Stan danych na dzień', d ->> '$.descriptor.dcat.\"dct:modified\"'"
           "   FROM given WHERE d ->> '$.descriptor.dcat.\"dct:modified\"' IS NOT NULL"
           " UNION ALL SELECT 'Aktualizacja', pl FROM given JOIN rhythm"
           "   ON d ->> '$.descriptor.dcat.\"dct:accrualPeriodicity\"' LIKE '%/' || uri"
           " UNION ALL SELECT 'Warunki wykorzystania', coalesce(l.value ->> '$.title',"
           "   l.value ->> '$.name') FROM given, json_each(d, '$.descriptor.licenses') AS l"
           " UNION ALL SELECT 'Słowa kluczowe', (SELECT group_concat(value, ', ')"
           "   FROM json_each(d, '$.descriptor.keywords')) FROM given"
           "   WHERE json_array_length(d, '$.descriptor.keywords') > 0"
           " UNION ALL SELECT 'Źródło', s.value ->> '$.title'"
           "   FROM given, json_each(d, '$.descriptor.sources') AS s"
           "   WHERE s.value ->> '$.title' IS NOT NULL",
    .head = "<dl>\n",
    .row = "<dt>%1</dt><dd>%2</dd>\n",
    .tail = "</dl>\n",
};

static const SitoSection note_files = {
    .sql =
        "SELECT r.value ->> '$.path', coalesce(r.value ->> '$.title', r.value ->> '$.name'),"
        "       " SIZE("(f.value ->> '$.bytes')") ", " COUNT(
            "f.value ->> '$.rows'") ","
                                    "       f.value ->> '$.sha256'"
                                    "  FROM json_each(?1, '$.descriptor.resources') AS r"
                                    "  JOIN json_each(?1, '$.files') AS f ON f.value ->> '$.path' = r.value ->> '$.path'",
    .head = "<h2>Pliki</h2>\n",
    .row = "<div class=\"card\"><h3><a href=\"%1\" download>%1</a></h3>\n"
           "<p>%2: CSV, %3, rekordów: %4</p>\n"
           "<p class=\"hash\">SHA-256 %5</p></div>\n",
};

static const SitoSection note_fields = {
    .sql = "SELECT f.value ->> '$.name', coalesce(f.value ->> '$.title', ''),"
           "       coalesce(f.value ->> '$.description', ''),"
           "       CASE coalesce(f.value ->> '$.type', 'string') WHEN 'string' THEN 'tekst'"
           "         WHEN 'integer' THEN 'liczba całkowita' WHEN 'number' THEN 'liczba'"
           "         WHEN 'boolean' THEN 'tak/nie' WHEN 'date' THEN 'data'"
           "         WHEN 'datetime' THEN 'data i czas' WHEN 'time' THEN 'czas'"
           "         WHEN 'year' THEN 'rok' WHEN 'yearmonth' THEN 'miesiąc'"
           "         ELSE f.value ->> '$.type' END"
           "  FROM json_each(?1, '$.schema.fields') AS f",
    .head = "<div class=\"wide\"><table>\n<thead><tr><th>Kolumna</th><th>Rodzaj</th><th>Opis</th>"
            "</tr></thead>\n<tbody>\n",
    .row = "<tr><td>%1</td><td>%4</td><td>%2 %3</td></tr>\n",
    .tail = "</tbody>\n</table></div>\n",
};

static const SitoSection *const note_columns_parts[] = {&note_fields};
static const SitoSection note_columns = {
    .sql = "SELECT r.value, r.value ->> '$.path' FROM json_each(?1, '$.descriptor.resources') AS r",
    .head = "<h2>Kolumny</h2>\n",
    .row = "<p class=\"quiet\">%2</p>\n%A",
    .inner = note_columns_parts,
};

static const SitoSection note_method = {
    .sql =
        "SELECT ?1 ->> '$.program', substr(?1 ->> '$.checked_at', 1, 10),"
        "       json_array_length(?1, '$.rules'),"
        "       (SELECT group_concat(value, ', ') FROM json_each(?1, '$.rules')),"
        "       iif(?1 ->> '$.persons' = 'none', 'Według oświadczenia urzędu zbiór nie powstał z danych"
        " o osobach.', 'Zbiór powstał z danych o osobach lub ich dotyczy; zmierzono, w jakim stopniu"
        " cechy wskazane w opisie zbioru pozwalają wyodrębnić osobę.')",
    .row =
        "<h2>Jak sprawdzono</h2>\n"
        "<p>Dokładnie te pliki skontrolował program %1 (%2): spełniają ustalone progi kontroli. "
        "O udostępnieniu decyduje lokalny administrator danych.</p>\n<p>%5</p>\n"
        "<details><summary>Zastosowane reguły (%3)</summary><p class=\"quiet\">%4</p></details>\n",
};

static const SitoSection note_thresholds = {
    .sql =
        "WITH word(name, pl) AS (VALUES"
        "  ('k', 'najmniejsza grupa nie do rozróżnienia (k)'),"
        "  ('l', 'najmniejsza liczba różnych wartości cechy wrażliwej w grupie (l)'),"
        "  ('t', 'największa odległość rozkładu w grupie od rozkładu w całości (t)'),"
        "  ('alpha', 'największy udział jednej wartości wrażliwej w grupie (alfa)'),"
        "  ('beta', 'największy względny przyrost udziału wartości wrażliwej w grupie (beta)'),"
        "  ('maxSuppressed', 'największy udział rekordów pominiętych w pliku do publikacji'))"
        "SELECT coalesce(pl, t.value ->> '$.name'),"
        "       replace(iif(t.value ->> '$.value' = CAST(t.value ->> '$.value' AS INTEGER),"
        "           CAST(t.value ->> '$.value' AS INTEGER), round(t.value ->> '$.value', 6)), '.', ','),"
        "       iif((SELECT count(DISTINCT value ->> '$.resource') FROM"
        "            json_each(?1, '$.thresholds')) > 1, ' (' || (t.value ->> '$.resource') || ')', '')"
        "  FROM json_each(?1, '$.thresholds') AS t LEFT JOIN word ON name = t.value ->> '$.name'"
        " WHERE ?1 ->> '$.persons' <> 'none'",
    .head =
        "<div class=\"wide\"><table>\n<thead><tr><th>Próg</th><th class=\"number\">Wartość</th></tr>"
        "</thead>\n<tbody>\n",
    .row = "<tr><td>%1%3</td><td class=\"number\">%2</td></tr>\n",
    .tail = "</tbody>\n</table></div>\n",
};

static const SitoSection note_statement = {
    .sql = "SELECT ?1 ->> '$.statement' WHERE ?1 ->> '$.statement' IS NOT NULL",
    .row = "<h2>Wyłączenia</h2>\n<p>%1</p>\n",
};

static const SitoSection note_hashes = {
    .sql = "SELECT ?1 ->> '$.digest', ?1 ->> '$.policy_sha256', ?1 ->> '$.head'",
    .head = "<h2>Opisy i skróty</h2>\n"
            "<p><a href=\"datapackage.json\">datapackage.json</a> (Data Package) · "
            "<a href=\"dcat.jsonld\">dcat.jsonld</a> (DCAT-AP) · "
            "<a href=\"dane-gov-pl.xml\">dane-gov-pl.xml</a> (dane.gov.pl) · "
            "<a href=\"publication.json\">publication.json</a></p>\n",
    .row = "<dl>\n<dt>Skrót kontroli</dt><dd class=\"hash\">%1</dd>\n"
           "<dt>Skrót progów urzędu</dt><dd class=\"hash\">%2</dd>\n"
           "<dt>Skrót łańcucha zdarzeń</dt><dd class=\"hash\">%3</dd>\n</dl>\n",
};

/* A page: its title, then its sections. */
static int write_page(sqlite3 *db, const SitoSection *title, const SitoSection *const *sections,
                      size_t count, const char *const given[3], SitoBuffer *out, char **error) {
    int rc = sito_buffer_add(out, page_head, sizeof page_head - 1);
    if (rc == SITO_OK) {
        rc = sito_section_write(db, title, given, out, error);
    }
    if (rc == SITO_OK) {
        rc = sito_buffer_add(out, page_style, sizeof page_style - 1);
    }
    for (size_t i = 0; i < count && rc == SITO_OK; i++) {
        rc = sito_section_write(db, sections[i], given, out, error);
    }
    return rc == SITO_OK ? sito_buffer_add(out, page_end, sizeof page_end - 1) : rc;
}

int sito_pages_note(sqlite3 *db, const char *details, SitoBuffer *out, char **error) {
    static const SitoSection *const sections[] = {&note_head,      &note_facts,  &note_files,
                                                  &note_columns,   &note_method, &note_thresholds,
                                                  &note_statement, &note_hashes};
    const char *given[3] = {details};
    return write_page(db, &note_title, sections, SITO_COUNT(sections), given, out, error);
}

/* ---- a data set that was withdrawn ---- */

static const SitoSection tombstone_title = {
    .sql = "SELECT ?1 ->> '$.title'",
    .row = "%1 (wycofany)",
};

static const SitoSection tombstone_page = {
    .sql = "SELECT ?1 ->> '$.publisher', ?1 ->> '$.title', substr(?1 ->> '$.withdrawn_at', 1, 10),"
           "       ?1 ->> '$.reason', coalesce(?1 ->> '$.role_pl', 'osoba upoważniona'),"
           "       substr(?1 ->> '$.issued_at', 1, 10), ?1 ->> '$.dataset', ?1 ->> '$.head'",
    .row = "<p class=\"office\"><a href=\"../index.html\">Otwarte dane: %1</a></p>\n"
           "<div class=\"gone\"><h1>%2</h1>\n"
           "<p><strong>Zbiór wycofano %3.</strong> Jego plików już się nie udostępnia.</p></div>\n"
           "<dl>\n<dt>Powód</dt><dd>%4</dd>\n<dt>Kto wycofał</dt><dd>%5</dd>\n"
           "<dt>Pierwsza publikacja</dt><dd>%6</dd>\n<dt>Nazwa zbioru</dt><dd>%7 (nie będzie użyta "
           "ponownie)</dd>\n<dt>Skrót łańcucha zdarzeń</dt><dd class=\"hash\">%8</dd>\n</dl>\n",
};

int sito_pages_tombstone(sqlite3 *db, const char *details, SitoBuffer *out, char **error) {
    static const SitoSection *const sections[] = {&tombstone_page};
    const char *given[3] = {details};
    return write_page(db, &tombstone_title, sections, 1, given, out, error);
}

/* ---- all data sets; ?1 is the list of details, ?2 the office ---- */

static const SitoSection index_title = {.sql = "SELECT 'Otwarte dane: ' || ?2", .row = "%1"};

static const SitoSection index_head = {
    .sql = "SELECT ?2, ?1",
    .row = "<p class=\"office\">Dane do ponownego wykorzystywania</p>\n<h1>Otwarte dane: %1</h1>\n",
};

static const SitoSection index_sets = {
    .sql =
        "SELECT value ->> '$.dataset',"
        "       coalesce(value ->> '$.descriptor.title', value ->> '$.dataset'),"
        "       value ->> '$.descriptor.description', substr(value ->> '$.published_at', 1, 10),"
        "       coalesce('wersja ' || (value ->> '$.version') || ' · ', ''),"
        "       (SELECT group_concat((f.value ->> '$.path') || ' (' ||"
        "               " SIZE(
            "(f.value ->> '$.bytes')") " || ')', ', ')"
                                       "          FROM json_each(j.value, '$.files') AS f)"
                                       "  FROM json_each(?1) AS j WHERE value ->> '$.outcome' = 'published'"
                                       " ORDER BY value ->> '$.dataset'",
    .head = "<h2>Zbiory danych</h2>\n",
    .row = "<div class=\"card\"><h3><a href=\"%1/index.html\">%2</a></h3>\n<p>%3</p>\n"
           "<p class=\"quiet\">%5opublikowano %4 · %6</p></div>\n",
};

static const SitoSection index_none = {
    .sql = "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM json_each(?1)"
           " WHERE value ->> '$.outcome' = 'published')",
    .row = "<p>Nie udostępnia się teraz żadnego zbioru.</p>\n",
};

static const SitoSection index_gone = {
    .sql = "SELECT value ->> '$.dataset', value ->> '$.title',"
           "       substr(value ->> '$.withdrawn_at', 1, 10), value ->> '$.reason'"
           "  FROM json_each(?1) WHERE value ->> '$.outcome' = 'withdrawn'"
           " ORDER BY value ->> '$.dataset'",
    .head = "<h2>Wycofane</h2>\n",
    .row = "<div class=\"card gone\"><h3><a href=\"%1/index.html\">%2</a></h3>\n"
           "<p class=\"quiet\">wycofano %3 · %4</p></div>\n",
};

static const SitoSection index_foot = {
    .sql = "SELECT 1 WHERE EXISTS (SELECT 1 FROM json_each(?1)"
           " WHERE value ->> '$.outcome' = 'published')",
    .row = "<h2>Dla programów</h2>\n<p><a href=\"index.json\">index.json</a> · "
           "<a href=\"dcat.jsonld\">dcat.jsonld</a> (DCAT-AP) · "
           "<a href=\"dane-gov-pl.xml\">dane-gov-pl.xml</a> (dane.gov.pl)</p>\n",
};

int sito_pages_index(sqlite3 *db, const char *list, const char *publisher, SitoBuffer *out,
                     char **error) {
    static const SitoSection *const sections[] = {&index_head, &index_sets, &index_none,
                                                  &index_gone, &index_foot};
    const char *given[3] = {list, publisher};
    return write_page(db, &index_title, sections, SITO_COUNT(sections), given, out, error);
}

/* ---- for programs ---- */

static int put_query(sqlite3 *db, const char *sql, const char *a, const char *b, const char *c,
                     SitoBuffer *out, char **error) {
    char *json = NULL;
    int rc = sito_db_text(db, &json, error, sql, "ttt", a, b, c);
    if (rc == SITO_OK) {
        rc = json == NULL ? SITO_ERROR : sito_pages_pretty((SitoText){json, strlen(json)}, out);
    }
    sito_free(json);
    return rc;
}

int sito_pages_index_json(sqlite3 *db, const char *list, const char *url, const char *publisher,
                          SitoBuffer *out, char **error) {
    return put_query(
        db,
        "SELECT json_object('url', ?2, 'publisher', ?3, 'datasets',"
        " (SELECT json_group_array(json_patch('{}', json_object('name', value -> '$.dataset',"
        "   'title', coalesce(value ->> '$.descriptor.title', value ->> '$.dataset'),"
        "   'description', value -> '$.descriptor.description', 'version', value -> '$.version',"
        "   'published_at', value -> '$.published_at', 'issued_at', value -> '$.issued_at',"
        "   'page', ?2 || (value ->> '$.dataset') || '/',"
        "   'datapackage', ?2 || (value ->> '$.dataset') || '/datapackage.json',"
        "   'digest', value -> '$.digest', 'files', value -> '$.files')))"
        "    FROM (SELECT value FROM json_each(?1) WHERE value ->> '$.outcome' = 'published'"
        "           ORDER BY value ->> '$.dataset')),"
        " 'withdrawn', (SELECT json_group_array(json_object('name', value -> '$.dataset',"
        "   'title', value -> '$.title', 'withdrawn_at', value -> '$.withdrawn_at',"
        "   'reason', value -> '$.reason'))"
        "    FROM (SELECT value FROM json_each(?1) WHERE value ->> '$.outcome' = 'withdrawn'"
        "           ORDER BY value ->> '$.dataset')))",
        list, url, publisher, out, error);
}

int sito_pages_dcat(sqlite3 *db, const char *list, const char *url, const char *publisher,
                    SitoBuffer *out, char **error) {
    return put_query(db, sito_embedded_find(sito_embedded_publish, "dcat.sql")->data, list, url,
                     publisher, out, error);
}

int sito_pages_pretty(SitoText json, SitoBuffer *out) {
    size_t depth = 0;
    bool inside = false;
    int rc = SITO_OK;
    for (size_t i = 0; i < json.size && rc == SITO_OK; i++) {
        char c = json.data[i];
        bool opens = !inside && (c == '{' || c == '['), closes = !inside && (c == '}' || c == ']');
        bool empty =
            opens && i + 1 < json.size && (json.data[i + 1] == '}' || json.data[i + 1] == ']');
        bool was_empty = closes && (json.data[i - 1] == '{' || json.data[i - 1] == '[');
        if (inside && c == '\\') {
            rc = sito_buffer_add(out, json.data + i++, 1);
            rc = rc == SITO_OK ? sito_buffer_add(out, json.data + i, 1) : rc;
            continue;
        }
        inside = c == '"' ? !inside : inside;
        depth -= closes && !was_empty;
        if (closes && !was_empty) {
            rc = sito_buffer_print(out, "\n%*s", (int)(2 * depth), "");
        }
        rc = rc == SITO_OK ? sito_buffer_add(out, &c, 1) : rc;
        depth += opens && !empty;
        if (rc == SITO_OK && ((opens && !empty) || (!inside && c == ','))) {
            rc = sito_buffer_print(out, "\n%*s", (int)(2 * depth), "");
        } else if (rc == SITO_OK && !inside && c == ':') {
            rc = sito_buffer_add(out, " ", 1);
        }
    }
    return rc == SITO_OK ? sito_buffer_add(out, "\n", 1) : rc;
}

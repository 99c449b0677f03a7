/*
** Findings, waivers and rules in the report in HTML.
**
** R1  Findings of one rule stand together, with one reason, one remedy and one basis; of each rule the
**     first 20, and how many there are.
** R2  What was waived stands in its own section with who waived it, and never among the reasons.
** R3  The record of a finding is masked; the cell it is about is marked, not only by colour.
*/
#include <string.h>

#include "report/page.h"
#include "runner/rule.h"

enum { FINDINGS_SHOWN = 20 };

/* columns: findings, waived, rules not met, met, without a result, not asked */
static void write_totals(Page *page, sqlite3_stmt *row, void *context) {
    (void)context;
    static const struct {
        const char *pl, *en;
        bool always;
    } totals[] = {
        {"Ustalenia: ", "Findings: ", true},
        {", w tym objęte odstępstwem: ", ", of them waived: ", false},
        {". Reguły niespełnione: ", ". Rules not met: ", true},
        {", spełnione: ", ", met: ", true},
        {", nieocenione: ", ", without a result: ", false},
        {", nie dotyczą: ", ", do not apply: ", false},
    };
    sito_open_class(&page->m, "p", "soft");
    for (int i = 0; i < (int)SITO_COUNT(totals); i++) {
        if (totals[i].always || sqlite3_column_int64(row, i) > 0) {
            sito_page_say(page, totals[i].pl, totals[i].en);
            sito_page_integer(page, sqlite3_column_int64(row, i));
        }
    }
    sito_write(&page->m, ".");
    sito_close(&page->m);
}

static const char totals_sql[] =
    "SELECT (SELECT count(*) FROM report.finding), (SELECT sum(waived) FROM report.finding),"
    " count(*) FILTER (WHERE status = 'FAIL'), count(*) FILTER (WHERE status = 'PASS'),"
    " count(*) FILTER (WHERE status = 'ERROR'), count(*) FILTER (WHERE status = 'NOT APPLICABLE')"
    " FROM report.rule";

/* ---- one finding ---- */

/* columns: line, record, caret, width. The record's cuts are single characters, so that positions
** count in characters of UTF-8. */
static void write_excerpt(Page *page, sqlite3_stmt *row, void *context) {
    (void)context;
    SitoMarkup *m = &page->m;
    SitoText record = sito_column_text(row, 1);
    int64_t caret = sqlite3_column_type(row, 2) == SQLITE_NULL ? -1 : sqlite3_column_int64(row, 2);
    int64_t width = sqlite3_column_int64(row, 3), place = 0;
    size_t from = record.size, to = record.size;
    for (size_t at = 0; at < record.size && caret >= 0; place++) {
        from = place == caret ? at : from;
        (void)sito_utf8_next(record, &at);
        to = place == caret + width - 1 ? at : to;
    }
    from = from > to ? to : from;
    sito_open(m, "pre");
    sito_page_column(page, row, 0);
    sito_write(m, " │ ");
    sito_write_text(m, (SitoText){record.data, from});
    if (caret >= 0) {
        sito_open(m, "mark");
        sito_write_text(m, (SitoText){record.data + from, to - from});
        sito_write(m, from == to ? "\xC2\xA0" : "");
        sito_close(m);
        sito_write_text(m, (SitoText){record.data + to, record.size - to});
    }
    sito_close(m);
}

typedef struct Lines {
    int64_t shown;
} Lines;

static void write_line_number(Page *page, sqlite3_stmt *row, void *context) {
    Lines *lines = context;
    sito_write(&page->m, lines->shown++ > 0 ? ", " : "");
    sito_page_column(page, row, 0);
}

/* Line numbers are written as in the file, without groups of digits: they are looked up there. */
static void write_lines(Page *page, int64_t finding, int64_t count) {
    SitoMarkup *m = &page->m;
    char *sql = sito_print("SELECT line FROM report.sample WHERE finding = %lld"
                           " AND line IS NOT NULL AND (SELECT count(*) FROM report.sample"
                           "  WHERE finding = %lld) > 1 ORDER BY rowid",
                           (long long)finding, (long long)finding);
    if (sql == NULL) {
        m->rc = SITO_NOMEM;
        return;
    }
    Lines lines = {0};
    sito_open_class(m, "p", "soft small");
    sito_page_say(page, "Wiersze: ", "Lines: ");
    sito_page_each(page, sql, NULL, write_line_number, &lines);
    if (lines.shown < count) {
        sito_page_say(page, " (pokazano ", " (");
        sito_page_integer(page, lines.shown);
        sito_page_say(page, " z ", " of ");
        sito_page_integer(page, count);
        sito_page_say(page, ")", " shown)");
    }
    sito_close(m);
    sito_free(sql);
}

enum { COL_ID, COL_MESSAGE, COL_FILE, COL_LINE, COL_COUNT, COL_SAMPLES };

static const char finding_columns[] =
    "id, message, file, line, count,"
    " (SELECT count(line) FROM report.sample WHERE finding = finding.id)";

static void write_finding(Page *page, sqlite3_stmt *row, void *context) {
    SitoMarkup *m = &page->m;
    int64_t *seen = context;
    if (++*seen > FINDINGS_SHOWN) {
        return;
    }
    sito_open(m, "li");
    sito_open(m, "p");
    sito_page_column(page, row, COL_MESSAGE);
    if (sqlite3_column_type(row, COL_FILE) != SQLITE_NULL) {
        sito_write(m, " ");
        sito_open_class(m, "span", "place mono");
        sito_page_column(page, row, COL_FILE);
        if (sqlite3_column_type(row, COL_LINE) != SQLITE_NULL) {
            sito_write(m, ":");
            sito_page_column(page, row, COL_LINE);
        }
        sito_close(m);
    }
    sito_close(m);
    int64_t finding = sqlite3_column_int64(row, COL_ID);
    char *excerpt = sito_print("SELECT line, record, caret, width FROM report.excerpt"
                               " WHERE finding = %lld",
                               (long long)finding);
    if (excerpt == NULL) {
        m->rc = SITO_NOMEM;
    } else {
        sito_page_each(page, excerpt, NULL, write_excerpt, NULL);
    }
    sito_free(excerpt);
    if (sqlite3_column_int64(row, COL_SAMPLES) > 1) {
        write_lines(page, finding, sqlite3_column_int64(row, COL_COUNT));
    }
    sito_close(m);
}

/* ---- one rule ---- */

static void write_why(Page *page, const char *why, const char *hint, const char *basis) {
    const char *const texts[][2] = {{sito_page_words(page, "Co zrobić", "What to do"), hint},
                                    {sito_page_words(page, "Dlaczego", "Why"), why},
                                    {sito_page_words(page, "Podstawa", "Basis"), basis}};
    sito_open_class(&page->m, "dl", "why");
    for (size_t i = 0; i < SITO_COUNT(texts); i++) {
        sito_element(&page->m, "dt", NULL, texts[i][0]);
        sito_element(&page->m, "dd", i == 0 ? "do" : "soft", texts[i][1]);
    }
    sito_close(&page->m);
}

/* columns: code, severity, title, why, hint, basis, family, the rule it follows */
static void write_rule(Page *page, sqlite3_stmt *row, void *context) {
    SitoMarkup *m = &page->m;
    char *family = context;
    const char *code = sito_column_word(row, 0), *severity = sito_column_word(row, 1);
    enum { ROOM = 100 };
    if (strcmp(family, sito_column_word(row, 6)) != 0) {
        sqlite3_snprintf(ROOM, family, "%s", sito_column_word(row, 6));
        sito_element(m, "h3", NULL, sito_family_title(family, page->run.language));
    }
    sito_open(m, "section");
    sito_attribute_print(m, "class", "rule %s", severity);
    sito_attribute_print(m, "id", "r-%s", code);
    sito_open_class(m, "div", "head");
    sito_open(m, "h4");
    sito_page_column(page, row, 2);
    sito_close(m);
    sito_page_badge(page, severity);
    sito_element(m, "span", "soft small mono", code);
    sito_close(m);
    char *sql = sito_print("SELECT %s FROM report.finding WHERE code = ?1 AND NOT waived"
                           " ORDER BY id",
                           finding_columns);
    int64_t seen = 0;
    sito_open_class(m, "ul", "places");
    if (sql == NULL) {
        m->rc = SITO_NOMEM;
    } else {
        sito_page_each(page, sql, code, write_finding, &seen);
    }
    sito_free(sql);
    sito_close(m);
    if (seen > FINDINGS_SHOWN) {
        sito_open_class(m, "p", "soft");
        sito_page_counted(page,
                          "… i jeszcze {n, plural, one {# ustalenie} few {# ustalenia} many {# "
                          "ustaleń} other {# ustalenia}}",
                          "… and {n, plural, one {# more finding} other {# more findings}}",
                          seen - FINDINGS_SHOWN);
        sito_close(m);
    }
    if (sqlite3_column_type(row, 7) != SQLITE_NULL) {
        sito_open_class(m, "p", "do");
        sito_page_say(page, "Najpierw popraw ", "Mend ");
        sito_open(m, "a");
        sito_attribute_print(m, "href", "#r-%s", sito_column_word(row, 7));
        sito_page_column(page, row, 7);
        sito_close(m);
        sito_page_say(page, ": te ustalenia zwykle znikają razem z tamtym.",
                      " first: these findings mostly go away with it.");
        sito_close(m);
    } else {
        write_why(page, sito_column_word(row, 3), sito_column_word(row, 4),
                  sito_column_word(row, 5));
    }
    sito_close(m);
    sito_write_raw(m, "\n");
}

static const char rules_with_findings[] =
    "SELECT code, severity, (SELECT title FROM report.rule WHERE id = code), why, hint, basis,"
    " (SELECT family FROM report.rule WHERE id = code),"
    " (SELECT r.follows FROM report.rule AS r WHERE r.id = code AND EXISTS"
    "   (SELECT 1 FROM report.finding AS cause WHERE cause.code = r.follows AND NOT cause.waived))"
    " FROM report.finding WHERE NOT waived GROUP BY code ORDER BY min(id)";

static void write_failed_rule(Page *page, sqlite3_stmt *row, void *context) {
    bool *any = context;
    if (!*any) {
        sito_element(
            &page->m, "h3", NULL,
            sito_page_words(page, "Czego nie udało się ocenić", "What could not be judged"));
        sito_open_class(&page->m, "ul", "plain");
    }
    *any = true;
    sito_open(&page->m, "li");
    sito_element(&page->m, "span", "mono", sito_column_word(row, 0));
    sito_write(&page->m, ": ");
    sito_page_column(page, row, 1);
    sito_close(&page->m);
}

void sito_page_findings(Page *page) {
    char family[100] = "";
    bool failed = false;
    sito_page_heading(page, "findings", "Ustalenia i co z nimi zrobić",
                      "Findings and what to do about them");
    sito_page_each(page, totals_sql, NULL, write_totals, NULL);
    sito_page_each(page, rules_with_findings, NULL, write_rule, family);
    sito_page_each(page,
                   "SELECT id, coalesce(reason, title) FROM report.rule WHERE status = 'ERROR'"
                   " AND reason IS NOT NULL ORDER BY position",
                   NULL, write_failed_rule, &failed);
    if (failed) {
        sito_close(&page->m);
    }
}

/* ---- waivers ---- */

static const struct {
    const char *pl, *en;
} waiver_labels[] = {
    {"Kto", "Who"},
    {"Dlaczego", "Why"},
    {"Do kiedy", "Until"},
    {"Podstawa", "Basis"},
    {"Znak sprawy", "Case mark"},
    {"Opinia inspektora ochrony danych", "Opinion of the data protection officer"},
};

/* columns: message, code, file, line, then those of waiver_labels */
static void write_waived(Page *page, sqlite3_stmt *row, void *context) {
    SitoMarkup *m = &page->m;
    bool *any = context;
    enum { FIRST = 4 };
    if (!*any) {
        sito_page_heading(page, "waived", "Ustalenia objęte odstępstwem", "Waived findings");
    }
    *any = true;
    sito_open_class(m, "section", "rule");
    sito_open(m, "p");
    sito_page_column(page, row, 0);
    sito_write(m, " ");
    sito_open_class(m, "span", "place mono");
    sito_page_column(page, row, 2);
    sito_write(m, sqlite3_column_type(row, 3) != SQLITE_NULL ? ":" : "");
    sito_page_column(page, row, 3);
    sito_write(m, " ");
    sito_page_column(page, row, 1);
    sito_close(m);
    sito_close(m);
    sito_open_class(m, "dl", "why");
    for (int i = 0; i < (int)SITO_COUNT(waiver_labels); i++) {
        if (sqlite3_column_bytes(row, FIRST + i) > 0) {
            sito_element(m, "dt", NULL,
                         sito_page_words(page, waiver_labels[i].pl, waiver_labels[i].en));
            sito_open(m, "dd");
            sito_page_column(page, row, FIRST + i);
            sito_close(m);
        }
    }
    sito_close(m);
    sito_close(m);
}

static const char waived_sql[] =
    "SELECT f.message, f.code, f.file, f.line, w.by, w.why, w.expires, w.basis, w.case_mark, w.opinion"
    " FROM report.finding AS f LEFT JOIN report.waiver AS w ON w.finding = f.id"
    " WHERE f.waived ORDER BY f.id, w.number";

void sito_page_waivers(Page *page) {
    bool any = false;
    sito_page_each(page, waived_sql, NULL, write_waived, &any);
}

/* ---- every rule that was asked ---- */

/* columns: id, title, status, reason, resource */
static void write_rule_row(Page *page, sqlite3_stmt *row, void *context) {
    (void)context;
    SitoMarkup *m = &page->m;
    const char *status = sito_column_word(row, 2);
    sito_open(m, "tr");
    sito_open(m, "td");
    sito_page_column(page, row, 1);
    if (page->run.resources > 1 && sqlite3_column_type(row, 4) != SQLITE_NULL) {
        sito_write(m, " (");
        sito_page_column(page, row, 4);
        sito_write(m, ")");
    }
    sito_write(m, " ");
    sito_open_class(m, "span", "soft small mono");
    sito_page_column(page, row, 0);
    sito_close(m);
    sito_close(m);
    sito_open(m, "td");
    if (strcmp(status, "PASS") == 0) {
        sito_element(m, "span", "badge within", sito_page_words(page, "spełniona", "met"));
    } else if (strcmp(status, "FAIL") == 0) {
        sito_element(m, "span", "badge error", sito_page_words(page, "niespełniona", "not met"));
    } else if (strcmp(status, "ERROR") == 0) {
        sito_element(m, "span", "badge warning",
                     sito_page_words(page, "nieoceniona", "without a result"));
    } else {
        sito_element(m, "span", "badge", sito_page_words(page, "nie dotyczy", "does not apply"));
    }
    if (sqlite3_column_type(row, 3) != SQLITE_NULL) {
        sito_write(m, " ");
        sito_open_class(m, "span", "soft small");
        sito_page_column(page, row, 3);
        sito_close(m);
    }
    sito_close(m);
    sito_close(m);
}

/* columns: id, title, resource */
static void write_met_rule(Page *page, sqlite3_stmt *row, void *context) {
    SitoMarkup *m = &page->m;
    bool *any = context;
    if (!*any) {
        sito_element(m, "h3", NULL, sito_page_words(page, "Spełnione", "Met"));
        sito_open_class(m, "ul", "met small");
    }
    *any = true;
    sito_open(m, "li");
    sito_page_column(page, row, 1);
    if (page->run.resources > 1 && sqlite3_column_type(row, 2) != SQLITE_NULL) {
        sito_write(m, " (");
        sito_page_column(page, row, 2);
        sito_write(m, ")");
    }
    sito_write(m, " ");
    sito_element(m, "span", "soft mono", sito_column_word(row, 0));
    sito_close(m);
}

static void write_other_rules(Page *page) {
    SitoMarkup *m = &page->m;
    sito_open_class(m, "table", "rules");
    sito_open(m, "thead");
    sito_open(m, "tr");
    for (int i = 0; i < 2; i++) {
        sito_open(m, "th");
        sito_attribute(m, "scope", "col");
        sito_page_say(page, i == 0 ? "Reguła" : "Ocena", i == 0 ? "Rule" : "Result");
        sito_close(m);
    }
    sito_close(m);
    sito_close(m);
    sito_open(m, "tbody");
    sito_page_each(
        page,
        "SELECT id, title, status, reason, resource FROM report.rule WHERE status <> 'PASS'"
        " ORDER BY status = 'NOT APPLICABLE', position",
        NULL, write_rule_row, NULL);
    sito_close(m);
    sito_close(m);
}

void sito_page_rules(Page *page) {
    bool met = false;
    sito_page_heading(page, "rules", "Wszystkie reguły tej kontroli",
                      "All the rules of this check");
    write_other_rules(page);
    sito_page_each(page,
                   "SELECT id, title, resource FROM report.rule WHERE status = 'PASS'"
                   " ORDER BY position",
                   NULL, write_met_rule, &met);
    if (met) {
        sito_close(&page->m);
    }
}

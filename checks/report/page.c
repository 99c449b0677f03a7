/*
** What every part of the report in HTML writes alike (page.h).
*/
#include "report/page.h"

#include <string.h>

#include "common/number.h"
#include "runner/rule.h"

const char *sito_page_words(const Page *page, const char *pl, const char *en) {
    return sito_say(page->run.language, pl, en);
}

void sito_page_say(Page *page, const char *pl, const char *en) {
    sito_write(&page->m, sito_page_words(page, pl, en));
}

void sito_page_heading(Page *page, const char *id, const char *pl, const char *en) {
    sito_open(&page->m, "h2");
    sito_attribute(&page->m, "id", id);
    sito_page_say(page, pl, en);
    sito_close(&page->m);
}

/* Text that a function of number.c or message.c writes. */
static void take(Page *page, int rc, SitoBuffer *text) {
    if (rc != SITO_OK && page->m.rc == SITO_OK) {
        page->m.rc = rc;
    }
    sito_write_text(&page->m, (SitoText){text->data, text->size});
    sito_buffer_free(text);
}

void sito_page_integer(Page *page, int64_t number) {
    SitoBuffer text = {0};
    int rc = sito_write_integer(page->run.language, number, &text);
    take(page, rc, &text);
}

void sito_page_percent(Page *page, double share) {
    SitoBuffer text = {0};
    int rc = SITO_OK;
    if (share > 0 && share < 0.0005) {
        rc = sito_put(&text, sito_page_words(page, "poniżej 0,1%", "below 0.1%"));
    } else {
        rc = sito_write_percent(page->run.language, share, &text);
    }
    take(page, rc, &text);
}

void sito_page_counted(Page *page, const char *pl, const char *en, int64_t number) {
    SitoBuffer text = {0};
    int rc = sito_put_counted(page->run.language, sito_page_words(page, pl, en), number, &text,
                              page->error);
    take(page, rc, &text);
}

void sito_page_column(Page *page, sqlite3_stmt *row, int column) {
    sito_write_text(&page->m, sito_column_text(row, column));
}

void sito_page_each(Page *page, const char *sql, const char *name, sito_page_writer write,
                    void *context) {
    sqlite3_stmt *row = NULL;
    if (page->m.rc != SITO_OK) {
        return;
    }
    int rc = sqlite3_prepare_v2(page->db, sql, -1, &row, NULL);
    if (rc == SQLITE_OK && sqlite3_bind_parameter_count(row) > 0) {
        rc = sqlite3_bind_text(row, 1, name, -1, SQLITE_TRANSIENT);
    }
    while (rc == SQLITE_OK && page->m.rc == SITO_OK && sqlite3_step(row) == SQLITE_ROW) {
        write(page, row, context);
    }
    int end = sqlite3_finalize(row);
    rc = rc != SQLITE_OK ? rc : end;
    if (rc != SQLITE_OK && page->m.rc == SITO_OK) {
        page->m.rc = sito_error(page->error, rc, "report: %s", sqlite3_errmsg(page->db));
    }
}

void sito_page_badge(Page *page, const char *severity) {
    SitoSeverity parsed = SITO_SEVERE;
    (void)sito_severity_parse((SitoText){severity, strlen(severity)}, &parsed);
    sito_open(&page->m, "span");
    sito_attribute_print(&page->m, "class", "badge %s", severity);
    sito_write(&page->m, sito_severity_title(parsed, page->run.language));
    sito_close(&page->m);
}

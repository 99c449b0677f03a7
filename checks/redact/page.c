/*
** The record of a covered document as a page: who covered what, on what basis, and the four steps.
*/
#include <sqlite3.h>

#include "common/db.h"
#include "common/embedded.h"
#include "common/markup.h"
#include "redact/private.h"

typedef struct Page {
    SitoRedaction *redaction;
    SitoMarkup m;
    char **error;
} Page;

static const char *words(const Page *page, const char *pl, const char *en) {
    return sito_say(page->redaction->language, pl, en);
}

/* The rows of a SELECT as rows of a table; ?1 is the language. */
static void write_rows(Page *page, const char *select) {
    sqlite3_stmt *row = NULL;
    int rc = sito_db_prepare(page->redaction->db, &row, page->error, select, "t",
                             words(page, "pl", "en"));
    int step = SQLITE_DONE;
    while (rc == SITO_OK && (step = sqlite3_step(row)) == SQLITE_ROW) {
        sito_open(&page->m, "tr");
        for (int i = 0; i < sqlite3_column_count(row); i++) {
            const char *text = (const char *)sqlite3_column_text(row, i);
            bool number = sqlite3_column_type(row, i) == SQLITE_INTEGER;
            sito_element(&page->m, "td", number ? "num" : NULL, text != NULL ? text : "");
        }
        sito_close(&page->m);
    }
    rc = rc == SITO_OK && step != SQLITE_DONE
             ? sito_db_error(page->redaction->db, step, page->error)
             : rc;
    sqlite3_finalize(row);
    page->m.rc = page->m.rc == SITO_OK ? rc : page->m.rc;
}

static void write_table(Page *page, const char *title, const char *const *headings, size_t count,
                        const char *select) {
    sito_element(&page->m, "h2", NULL, title);
    sito_open_class(&page->m, "div", "scroll");
    sito_attribute(&page->m, "role", "region");
    sito_attribute(&page->m, "aria-label", title);
    sito_attribute(&page->m, "tabindex", "0");
    sito_open(&page->m, "table");
    sito_open(&page->m, "tr");
    for (size_t i = 0; i < count; i++) {
        sito_open(&page->m, "th");
        sito_attribute(&page->m, "scope", "col");
        sito_write(&page->m, headings[i]);
        sito_close(&page->m);
    }
    sito_close(&page->m);
    write_rows(page, select);
    sito_close(&page->m);
    sito_close(&page->m);
}

static const char facts[] =
    "SELECT * FROM (SELECT iif(?1 = 'pl', 'Dokument', 'Document'), name AS content FROM made UNION ALL"
    " SELECT iif(?1 = 'pl', 'Kto', 'By'), actor || coalesce(', ' || position, '') || coalesce(', ' || unit, '')"
    "   FROM made UNION ALL"
    " SELECT iif(?1 = 'pl', 'Kiedy', 'When'), at FROM made UNION ALL"
    " SELECT iif(?1 = 'pl', 'Podstawa prawna', 'Legal basis'), basis FROM made UNION ALL"
    " SELECT iif(?1 = 'pl', 'Znak sprawy', 'Case mark'), case_mark FROM made UNION ALL"
    " SELECT iif(?1 = 'pl', 'Zdanie z §5.2', 'Sentence of §5.2'), statement FROM made UNION ALL"
    " SELECT iif(?1 = 'pl', 'SHA-256 dokumentu źródłowego', 'SHA-256 of the source'), source_digest FROM made"
    " UNION ALL SELECT iif(?1 = 'pl', 'SHA-256 dokumentu zanonimizowanego', 'SHA-256 of the covered document'),"
    "   digest FROM made UNION ALL"
    " SELECT iif(?1 = 'pl', 'Program', 'Program'), program FROM made) WHERE content IS NOT NULL";

static const char steps[] =
    "SELECT l.step, iif(?1 = 'pl', l.pl, l.en), CASE s.outcome WHEN 'positive' THEN iif(?1 = 'pl', 'tak',"
    "   'yes') WHEN 'negative' THEN iif(?1 = 'pl', 'nie', 'no') ELSE iif(?1 = 'pl', 'nie zapisano',"
    "   'not recorded') END, s.actor, s.at FROM step_list AS l LEFT JOIN step AS s ON s.name = l.name"
    "  ORDER BY l.step";

static const char places[] =
    "SELECT number, line, column, length, kind_words, CASE action WHEN 'keep' THEN iif(?1 = 'pl', 'zostawiono',"
    "   'left') ELSE iif(?1 = 'pl', 'zasłonięto', 'covered') END, paragraph, sentence,"
    "   iif(decided, iif(?1 = 'pl', 'człowiek', 'a person'), iif(?1 = 'pl', 'propozycja przyjęta',"
    "   'proposal accepted')) FROM place ORDER BY number";

static void write_head(Page *page, const char *title) {
    SitoMarkup *m = &page->m;
    const SitoEmbedded *style = sito_embedded_find(sito_embedded_report, "style.css");
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
    sito_write_raw(m,
                   "table { border-collapse: collapse; }\n"
                   "th, td { text-align: left; padding: 0.3rem 0.8rem 0.3rem 0; border-bottom: 1px "
                   "solid var(--line); vertical-align: top; }\n"
                   "main.page { padding-top: 2rem; padding-bottom: 2rem; }\n"
                   ".num { text-align: right; }\n.scroll { overflow-x: auto; }\n"
                   "</style>\n</head>\n");
}

int sito_redaction_page(SitoRedaction *r, SitoBuffer *out, char **error) {
    Page page = {.redaction = r, .m = {.out = out}, .error = error};
    const char *title =
        words(&page, "Zapis anonimizacji dokumentu", "Record of a covered document");
    const char *const fact_names[] = {words(&page, "pozycja", "item"),
                                      words(&page, "treść", "content")};
    const char *const step_names[] = {words(&page, "krok", "step"), words(&page, "co", "what"),
                                      words(&page, "wynik", "outcome"), words(&page, "kto", "by"),
                                      words(&page, "kiedy", "when")};
    const char *const place_names[] = {words(&page, "nr", "no"),
                                       words(&page, "wiersz", "line"),
                                       words(&page, "kolumna", "column"),
                                       words(&page, "znaki", "characters"),
                                       words(&page, "rodzaj", "kind"),
                                       words(&page, "co zrobiono", "what was done"),
                                       words(&page, "paragraf", "paragraph"),
                                       words(&page, "dlaczego", "why"),
                                       words(&page, "kto rozstrzygnął", "decided by")};
    write_head(&page, title);
    sito_open(&page.m, "body");
    sito_open_class(&page.m, "main", "page");
    sito_element(&page.m, "h1", NULL, title);
    write_table(&page, words(&page, "Dokument", "Document"), fact_names, SITO_COUNT(fact_names),
                facts);
    write_table(&page, words(&page, "Cztery kroki (zał. 1 §1.3)", "The four steps (annex 1 §1.3)"),
                step_names, SITO_COUNT(step_names), steps);
    sito_element(
        &page.m, "p", "soft",
        words(&page,
              "Stan z chwili zasłonięcia. Późniejsze kroki są w katalogu: sito redact PLIK "
              "--step, sito catalogue redactions.",
              "As it was when the document was covered. Later steps are in the catalogue: "
              "sito redact FILE --step, sito catalogue redactions."));
    write_table(&page, words(&page, "Miejsca", "Places"), place_names, SITO_COUNT(place_names),
                places);
    sito_close(&page.m);
    sito_close(&page.m);
    sito_close(&page.m);
    return page.m.rc != SITO_OK ? page.m.rc : sito_buffer_print(out, "\n");
}

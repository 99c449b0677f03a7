/*
** The „Karta analizy możliwości ponownego wykorzystywania”: one HTML document for A4 (analysis.h).
**
** R1  The seven steps in the words of Annex 2, each with outcome, person, day, case mark and the SHA-256 of
**     its document; the 27 sources of risk of Annex 3, each with its answer and reason.
** R2  What is not answered is a ruled line to write on, so that somebody who has only this page sees
**     what is missing.
** R3  It says of itself what it is: a print of records. Nothing in it is the program's judgement but
**     the verdict of the check, which it quotes.
** R4  In Polish whatever the language of messages: it goes into the files of a Polish office.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "catalogue/analysis.h"
#include "catalogue/private.h"
#include "common/markup.h"

static const char page_head[] =
    "<!DOCTYPE html>\n<html lang=\"pl\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<title>Karta analizy możliwości ponownego wykorzystywania</title>\n<style>\n"
    "@page { size: A4; margin: 18mm 16mm }\n"
    "body { font: 10pt/1.35 serif; max-width: 178mm; margin: 0 auto }\n"
    "h1 { font-size: 15pt } h2 { font-size: 12pt; margin: 7mm 0 2mm }\n"
    "table { border-collapse: collapse; width: 100%; table-layout: fixed }\n"
    "th, td { border: 0.3mm solid #555; padding: 1.2mm 1.6mm; text-align: left; vertical-align: top;\n"
    "         overflow-wrap: anywhere }\n"
    "th { background: #eee } tr { break-inside: avoid } thead { display: table-header-group }\n"
    ".open { display: block; border-bottom: 0.3mm solid #000; height: 7mm }\n"
    ".hash { font: 7.5pt monospace; display: block }\n"
    ".sign { display: flex; gap: 10mm; margin-top: 16mm } .sign p { flex: 1; border-top: 0.3mm solid #000;\n"
    "         font-size: 8.5pt }\n"
    "</style>\n</head>\n<body>\n<h1>Karta analizy możliwości ponownego wykorzystywania</h1>\n";

static const char page_end[] =
    "<h2>Podpisy</h2>\n<div class=\"sign\"><p>lokalny administrator danych</p>"
    "<p>inspektor ochrony danych (opinia)</p><p>pełnomocnik ds. otwartych danych</p></div>\n"
    "<p>Karta jest wydrukiem zapisów katalogu. Osoby i dokumenty są takie, jak je wskazano przy zapisie; "
    "program zapisuje, nie uwierzytelnia. O udostępnieniu decyduje lokalny administrator danych.</p>\n"
    "</body>\n</html>\n";

static const char open_line[] = "<span class=\"open\"></span>";

typedef struct Card {
    SitoCatalogue *catalogue;
    const char *dataset;
    SitoBuffer *out;
    char **raw;
} Card;

typedef int (*RowWriter)(Card *card, sqlite3_stmt *row);

static int put(Card *card, const char *markup) {
    return sito_buffer_add(card->out, markup, strlen(markup));
}

static int each_row(Card *card, const char *sql, RowWriter write) {
    sqlite3 *db = card->catalogue->db;
    sqlite3_stmt *row = NULL;
    int step = SQLITE_DONE, rc = sito_db_prepare(db, &row, card->raw, sql, "t", card->dataset);
    while (rc == SITO_OK && (step = sqlite3_step(row)) == SQLITE_ROW) {
        rc = write(card, row);
    }
    if (rc == SITO_OK && step != SQLITE_DONE) {
        rc = sito_db_error(db, step, card->raw);
    }
    sqlite3_finalize(row);
    return rc;
}

/* The value escaped, between two pieces of markup; NULL gives `otherwise`. */
static int put_value(Card *card, sqlite3_stmt *row, int column, const char *before,
                     const char *after, const char *otherwise) {
    const char *text = (const char *)sqlite3_column_text(row, column);
    if (text == NULL) {
        return put(card, otherwise);
    }
    int rc = put(card, before);
    rc = rc == SITO_OK ? sito_put_markup(
                             card->out, (SitoText){text, (size_t)sqlite3_column_bytes(row, column)})
                       : rc;
    return rc == SITO_OK ? put(card, after) : rc;
}

/* ---- the data set ---- */

static const char dataset_sql[] =
    "SELECT name, version, location, digest,"
    "       (SELECT life.pl FROM life WHERE life.state = dataset.state),"
    "       (SELECT CASE verdict WHEN 'PASS' THEN 'spełnia ustalone progi kontroli'"
    "                            WHEN 'FAIL' THEN 'nie spełnia progów kontroli'"
    "                            ELSE 'kontrola niepełna – wyniku nie ma' END"
    "               || ' (' || substr(at, 1, 10) || coalesce(', ' || program, '') || ')'"
    "          FROM verdict"
    "         WHERE verdict.dataset = name AND verdict.digest = dataset.digest"
    "         ORDER BY verdict.id DESC LIMIT 1),"
    "       (SELECT person || coalesce(', ' || unit, '') FROM record"
    "         WHERE record.dataset = name AND topic = 'custodian' AND outcome = 'positive')"
    "  FROM dataset WHERE name = ?1";

static int write_dataset(Card *card, sqlite3_stmt *row) {
    static const char *const labels[] = {"Zbiór",         "Wersja",          "Folder",
                                         "Skrót plików",  "Stan w katalogu", "Wynik kontroli",
                                         "Gestor (osoba)"};
    int rc = put(card, "<table>\n");
    for (int i = 0; i < (int)SITO_COUNT(labels) && rc == SITO_OK; i++) {
        rc = sito_buffer_print(card->out, "<tr><th style=\"width: 38mm\">%s</th><td>", labels[i]);
        rc = rc == SITO_OK ? put_value(card, row, i, i == 3 ? "<span class=\"hash\">" : "",
                                       i == 3 ? "</span>" : "", open_line)
                           : rc;
        rc = rc == SITO_OK ? put(card, "</td></tr>\n") : rc;
    }
    return rc == SITO_OK ? put(card, "</table>\n") : rc;
}

/* ---- the steps ---- */

static const char steps_sql[] =
    "SELECT step, pl, CASE required WHEN 1 THEN 'wymagana' WHEN 0 THEN 'nie jest wymagana'"
    "                 ELSE 'rozstrzygną czynności 1 i 2' END,"
    "       iif(step = '7', iif(done, 'zarejestrowano: wynik kontroli w katalogu', NULL),"
    "           (SELECT o.pl FROM step_outcome AS o"
    "             WHERE o.step = analysis.step AND o.outcome = analysis.outcome)),"
    "       actor, substr(at, 1, 10), case_mark, document, reason,"
    "       nullif(form, ''), required IS 0"
    "  FROM analysis WHERE dataset = ?1 ORDER BY step";

static int write_step(Card *card, sqlite3_stmt *row) {
    const char *otherwise = sqlite3_column_int(row, 10) ? "–" : open_line;
    bool seventh = strcmp((const char *)sqlite3_column_text(row, 0), "7") == 0;
    int rc = put_value(card, row, 0, "<tr><td>", "</td>", "");
    rc = rc == SITO_OK ? put_value(card, row, 1, "<td>", "", "") : rc;
    rc = rc == SITO_OK ? put_value(card, row, 2, " <em>(", ")</em></td>", "") : rc;
    rc = rc == SITO_OK ? put_value(card, row, 3, "<td>", "", "<td>") : rc;
    rc = rc == SITO_OK ? put_value(card, row, 9, "<br>forma: ", "", "") : rc;
    rc = rc == SITO_OK ? put_value(card, row, 8, "<br>", "", "") : rc;
    if (rc == SITO_OK && sqlite3_column_type(row, 3) == SQLITE_NULL) {
        rc = put(card, otherwise);
    }
    rc = rc == SITO_OK ? put(card, "</td><td>") : rc;
    rc = rc == SITO_OK ? put_value(card, row, 4, "", "<br>", seventh ? "" : otherwise) : rc;
    rc = rc == SITO_OK ? put_value(card, row, 5, "", "<br>", "") : rc;
    rc = rc == SITO_OK ? put_value(card, row, 6, "", "", "") : rc;
    rc = rc == SITO_OK ? put_value(card, row, 7, "<span class=\"hash\">", "</span>", "") : rc;
    return rc == SITO_OK ? put(card, "</td></tr>\n") : rc;
}

/* ---- the sources of risk ---- */

static const char risks_sql[] =
    "SELECT risk_source.risk, risk_source.pl,"
    "       CASE answer.outcome WHEN 'absent' THEN 'nie występuje' WHEN 'reduced' THEN 'ograniczono'"
    "                           WHEN 'remains' THEN 'pozostaje' END,"
    "       answer.reason, answer.actor || ', ' || substr(answer.at, 1, 10),"
    "       coalesce('reguły: ' || replace(looked_at_by, ' ', ', '),"
    "                'oświadczenie (żadna reguła tego nie bada)')"
    "  FROM risk_source"
    "  LEFT JOIN risk_answer AS answer ON answer.risk = risk_source.risk AND answer.dataset = ?1";

static int write_risk(Card *card, sqlite3_stmt *row) {
    int rc = put_value(card, row, 0, "<tr><td>", "</td>", "");
    rc = rc == SITO_OK ? put_value(card, row, 1, "<td>", "", "") : rc;
    rc = rc == SITO_OK ? put_value(card, row, 5, " <em>", "</em></td><td>", "") : rc;
    rc = rc == SITO_OK ? put_value(card, row, 2, "", ": ", open_line) : rc;
    rc = rc == SITO_OK ? put_value(card, row, 3, "", "", open_line) : rc;
    rc = rc == SITO_OK ? put_value(card, row, 4, "<br>", "", "") : rc;
    return rc == SITO_OK ? put(card, "</td></tr>\n") : rc;
}

/* ---- decision and changes ---- */

static const char decision_sql[] =
    "SELECT CASE d.outcome WHEN 'positive' THEN 'udostępnić' ELSE 'nie udostępniać' END"
    "       || '; zapisano decyzję wskazaną jako ' || d.case_mark || ', ' || d.actor || ', '"
    "       || substr(d.at, 1, 10), d.document, d.reason"
    "  FROM dataset LEFT JOIN decision AS d ON d.dataset = name WHERE name = ?1";

static int write_decision(Card *card, sqlite3_stmt *row) {
    int rc = put_value(card, row, 0, "<p>", "", "<p><span class=\"open\"></span>");
    rc = rc == SITO_OK ? put_value(card, row, 2, "<br>", "", "") : rc;
    rc = rc == SITO_OK ? put_value(card, row, 1, "<span class=\"hash\">", "</span>", "") : rc;
    return rc == SITO_OK ? put(card, "</p>\n") : rc;
}

static const char changes_sql[] =
    "SELECT record.reason FROM dataset LEFT JOIN record ON record.dataset = name AND topic = 'changes'"
    " WHERE name = ?1";

static int write_changes(Card *card, sqlite3_stmt *row) {
    return put_value(card, row, 0, "<p>", "</p>\n",
                     "<span class=\"open\"></span><span class=\"open\"></span>"
                     "<span class=\"open\"></span>\n");
}

/* ---- the page ---- */

static int put_card(Card *card) {
    int rc = put(card, page_head);
    rc = rc == SITO_OK ? each_row(card, dataset_sql, write_dataset) : rc;
    rc = rc == SITO_OK
             ? put(card, "<h2>Czynności (załącznik 2)</h2>\n<table>\n<thead><tr>"
                         "<th style=\"width: 7mm\">Nr</th><th>Czynność</th><th>Wynik</th>"
                         "<th style=\"width: 46mm\">Kto, kiedy, znak sprawy, skrót dokumentu</th>"
                         "</tr></thead>\n")
             : rc;
    rc = rc == SITO_OK ? each_row(card, steps_sql, write_step) : rc;
    rc = rc == SITO_OK
             ? put(card, "</table>\n<h2>Źródła ryzyka (załącznik 3)</h2>\n<table>\n<thead>"
                         "<tr><th style=\"width: 9mm\"></th><th>Zdarzenie</th>"
                         "<th>Odpowiedź i jej uzasadnienie</th></tr></thead>\n")
             : rc;
    rc = rc == SITO_OK ? each_row(card, risks_sql, write_risk) : rc;
    rc = rc == SITO_OK ? put(card, "</table>\n<h2>Decyzja lokalnego administratora danych</h2>\n")
                       : rc;
    rc = rc == SITO_OK ? each_row(card, decision_sql, write_decision) : rc;
    rc = rc == SITO_OK ? put(card, "<h2>Co zmieniono w danych i dlaczego</h2>\n") : rc;
    rc = rc == SITO_OK ? each_row(card, changes_sql, write_changes) : rc;
    return rc == SITO_OK ? put(card, page_end) : rc;
}

int sito_analysis_card(SitoCatalogue *c, const char *dataset, SitoBuffer *out, char **error) {
    char *raw = NULL;
    Card card = {.catalogue = c, .dataset = dataset, .out = out, .raw = &raw};
    int rc = put_card(&card);
    return sito_catalogue_explain(c, rc, raw, error);
}

/*
** The „Karta analizy możliwości ponownego wykorzystywania”: one HTML document for A4 (analysis.h).
**
** R1  The seven steps in the words of Annex 2, each with outcome, person, day, case mark and the SHA-256 of
**     its document; the 27 sources of risk of Annex 3, each with its answer and reason.
**     It begins with what is still missing; the evidence about a source of risk is what the rules said in the
**     newest check of the present files.
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
    "th, td { font-size: 9pt; border: 0.3mm solid #555; padding: 1.2mm 1.6mm; text-align: left; vertical-align: top;\n"
    "         overflow-wrap: anywhere }\n"
    "th { background: #eee } ul { margin: 0; padding-left: 6mm } h2 { break-after: avoid } .sign { break-inside: avoid }\n"
    "tr { break-inside: avoid } thead { display: table-header-group }\n"
    ".open { display: block; border-bottom: 0.3mm solid #000; height: 7mm }\n"
    ".hash { font: 7.5pt monospace; display: block }\n"
    ".sign { display: flex; gap: 10mm; margin-top: 16mm } .sign p { flex: 1; border-top: 0.3mm solid #000;\n"
    "         font-size: 8.5pt }\n"
    "</style>\n</head>\n<body>\n<h1>Karta analizy możliwości ponownego wykorzystywania</h1>\n";

static const char page_end[] =
    "<h2>Podpisy (imię i nazwisko, data)</h2>\n<div class=\"sign\"><p>lokalny administrator danych</p>"
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
    "       CASE form WHEN 'risk-assessment' THEN 'ocena ryzyka' WHEN 'dpia' THEN 'ocena skutków (DPIA)'"
    "                 WHEN '' THEN NULL ELSE form END, required IS 0,"
    "       (SELECT substr(verdict.at, 1, 10) FROM verdict JOIN present USING (dataset, digest)"
    "         WHERE verdict.dataset = analysis.dataset ORDER BY verdict.id DESC LIMIT 1)"
    "  FROM analysis WHERE dataset = ?1 ORDER BY step";

/* An empty cell is a line to write on, unless nothing is asked for. */
static int put_cell(Card *card, sqlite3_stmt *row, int column, const char *otherwise) {
    return put_value(card, row, column, "<td>", "</td>", otherwise);
}

static int write_step(Card *card, sqlite3_stmt *row) {
    bool seventh = strcmp((const char *)sqlite3_column_text(row, 0), "7") == 0;
    const char *open =
        sqlite3_column_int(row, 10) ? "<td>–</td>" : "<td><span class=\"open\"></span></td>";
    int rc = put_value(card, row, 0, "<tr><td>", "</td>", "");
    rc = rc == SITO_OK ? put_value(card, row, 1, "<td>", "", "") : rc;
    rc = rc == SITO_OK ? put_value(card, row, 2, " <em>(", ")</em></td>", "") : rc;
    if (sqlite3_column_type(row, 3) == SQLITE_NULL) {
        rc = rc == SITO_OK ? put(card, open) : rc;
    } else {
        rc = rc == SITO_OK ? put_value(card, row, 3, "<td>", "", "") : rc;
        rc = rc == SITO_OK ? put_value(card, row, 9, "<br>forma: ", "", "") : rc;
        rc = rc == SITO_OK ? put_value(card, row, 8, "<br>", "", "") : rc;
        rc = rc == SITO_OK
                 ? put_value(card, row, 7, "<br>dowód: <span class=\"hash\">", "</span>", "")
                 : rc;
        rc = rc == SITO_OK ? put(card, "</td>") : rc;
    }
    rc = rc == SITO_OK ? put_cell(card, row, 4, seventh ? "<td>program</td>" : open) : rc;
    rc = rc == SITO_OK ? put_cell(card, row, seventh ? 11 : 5, open) : rc;
    rc = rc == SITO_OK ? put_cell(card, row, 6, seventh ? "<td>–</td>" : open) : rc;
    return rc == SITO_OK ? put(card, "</tr>\n") : rc;
}

/* ---- the sources of risk ---- */

/* The evidence is what the rules said in the newest check of the present files. */
static const char risks_sql[] =
    "WITH report AS (SELECT iif(json_valid(event.detail), event.detail, '{}') AS doc"
    "    FROM event JOIN present USING (dataset, digest)"
    "   WHERE event.kind = 'verdict' AND event.dataset = ?1 ORDER BY event.id DESC LIMIT 1),"
    " rule AS (SELECT r.value ->> '$.id' AS id, max(CASE r.value ->> '$.status' WHEN 'FAIL' THEN 3"
    "      WHEN 'ERROR' THEN 2 WHEN 'PASS' THEN 1 ELSE 0 END) AS worst"
    "    FROM report, json_each(doc, '$.rules') AS r GROUP BY 1)"
    "SELECT risk_source.risk, risk_source.pl,"
    "       CASE answer.outcome WHEN 'absent' THEN 'nie występuje' WHEN 'reduced' THEN 'ograniczono'"
    "                           WHEN 'remains' THEN 'pozostaje' END,"
    "       answer.reason, answer.actor || ', ' || substr(answer.at, 1, 10)"
    "         || coalesce(', ' || answer.case_mark, ''),"
    "       CASE WHEN looked_at_by IS NULL THEN 'oświadczenie; żadna reguła tego nie bada'"
    "            WHEN looked_at_by = 'step 5' THEN 'zob. czynność 5'"
    "            ELSE coalesce('kontrola: ' || (SELECT group_concat(id || ' – ' || CASE worst"
    "                   WHEN 3 THEN 'ustalenia' WHEN 2 THEN 'nie zbadano' WHEN 1 THEN 'spełniona'"
    "                   ELSE 'nie dotyczy' END, '; ') FROM rule"
    "                  WHERE instr(' ' || looked_at_by || ' ', ' ' || id || ' ')),"
    "                 'reguły: ' || replace(looked_at_by, ' ', ', ') || '; brak kontroli tych plików')"
    "       END, answer.document"
    "  FROM risk_source"
    "  LEFT JOIN risk_answer AS answer ON answer.risk = risk_source.risk AND answer.dataset = ?1";

static int write_risk(Card *card, sqlite3_stmt *row) {
    int rc = put_value(card, row, 0, "<tr><td>", "</td>", "");
    rc = rc == SITO_OK ? put_value(card, row, 1, "<td>", "", "") : rc;
    rc = rc == SITO_OK ? put_value(card, row, 5, "<br><em>", "</em></td><td>", "") : rc;
    rc = rc == SITO_OK ? put_value(card, row, 2, "", ": ", open_line) : rc;
    rc = rc == SITO_OK ? put_value(card, row, 3, "", "", open_line) : rc;
    rc = rc == SITO_OK ? put_value(card, row, 4, "<br>", "", "") : rc;
    rc = rc == SITO_OK ? put_value(card, row, 6, "<span class=\"hash\">", "</span>", "") : rc;
    return rc == SITO_OK ? put(card, "</td></tr>\n") : rc;
}

/* ---- what is missing, on top ---- */

static const char missing_sql[] =
    "SELECT 'czynność ' || step || ': ' || pl FROM analysis"
    " WHERE dataset = ?1 AND NOT done AND coalesce(required, 1)"
    " UNION ALL SELECT 'odpowiedzi o źródłach ryzyka: ' || group_concat(what, ', ')"
    "  FROM analysis_missing WHERE dataset = ?1 AND what NOT LIKE 'step %' HAVING count(*) > 0"
    " UNION ALL SELECT 'decyzja lokalnego administratora danych o dokładnie tych plikach' FROM dataset"
    "  WHERE name = ?1 AND NOT EXISTS (SELECT 1 FROM decision JOIN present USING (dataset, digest)"
    "                                   WHERE decision.dataset = ?1)"
    " UNION ALL SELECT 'pozytywny wynik kontroli dokładnie tych plików' FROM dataset"
    "  WHERE name = ?1 AND NOT EXISTS (SELECT 1 FROM passing WHERE passing.dataset = ?1)"
    " UNION ALL SELECT 'wskazany gestor zbioru (sito catalogue assign)' FROM dataset WHERE name = ?1"
    "  AND NOT EXISTS (SELECT 1 FROM record WHERE record.dataset = ?1 AND topic = 'custodian'"
    "                     AND outcome = 'positive')"
    " UNION ALL SELECT 'zapis, co zmieniono w danych i dlaczego' FROM dataset WHERE name = ?1"
    "  AND NOT EXISTS (SELECT 1 FROM record WHERE record.dataset = ?1 AND topic = 'changes')";

static int write_missing(Card *card, sqlite3_stmt *row) {
    return put_value(card, row, 0, "<li>", "</li>\n", "");
}

static int put_missing(Card *card) {
    size_t before = card->out->size;
    int rc = put(card, "<h2>Czego jeszcze brakuje</h2>\n<ul>\n");
    size_t empty = card->out->size;
    rc = rc == SITO_OK ? each_row(card, missing_sql, write_missing) : rc;
    if (rc == SITO_OK && card->out->size == empty) {
        card->out->size = before;
        return put(card, "<p>Niczego nie brakuje: wszystkie wymagane zapisy są w katalogu.</p>\n");
    }
    return rc == SITO_OK ? put(card, "</ul>\n") : rc;
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
    rc = rc == SITO_OK ? put_missing(card) : rc;
    rc = rc == SITO_OK
             ? put(card, "<h2>Czynności (załącznik 2)</h2>\n<table>\n<thead><tr>"
                         "<th style=\"width: 8mm\">Nr</th><th style=\"width: 40mm\">Czynność</th>"
                         "<th>Wynik i dowód</th><th style=\"width: 22mm\">Osoba</th>"
                         "<th style=\"width: 21mm\">Data</th>"
                         "<th style=\"width: 32mm\">Znak sprawy</th></tr></thead>\n")
             : rc;
    rc = rc == SITO_OK ? each_row(card, steps_sql, write_step) : rc;
    rc = rc == SITO_OK
             ? put(card,
                   "</table>\n<h2>Źródła ryzyka (załącznik 3)</h2>\n<table>\n<thead>"
                   "<tr><th style=\"width: 7mm\"></th><th>Zdarzenie i co o nim wie kontrola</th>"
                   "<th>Odpowiedź, uzasadnienie, dowód</th></tr></thead>\n")
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

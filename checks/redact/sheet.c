/*
** The places of a document as a list and as a sheet to fill in, and the filled sheet back (redact.h, R2, R5).
**
** R1  Each row of the sheet has a key of its place in exactly this file. A row whose key is of no place, one
**     that is missing and one that is there twice are refused: the sheet is taken whole or not at all.
** R2  A place that is not to be decided may be left empty: the proposal holds. To leave a place uncovered needs
**     one of the reasons of annex 1.
** R3  A row without a key is a place that the program did not find: line, column and number of characters.
*/
#include <sqlite3.h>

#include <string.h>

#include "common/db.h"
#include "common/listing.h"
#include "common/sheet.h"
#include "redact/private.h"

/* ---- out ---- */

#define ACTION_WORDS                                                                               \
    "CASE iif(needs_decision, 'decide', action) WHEN 'mask' THEN iif(?1 = 'pl', 'zasłonić',"     \
    " 'cover') WHEN 'keep' THEN iif(?1 = 'pl', 'zostawić', 'leave') ELSE iif(?1 = 'pl',"          \
    " 'rozstrzygnąć', 'decide') END"

static const SitoList places = {
    .sql = "SELECT number, line, column, length, kind_words, " ACTION_WORDS ", paragraph, sentence"
           " FROM place WHERE ?2 IS NULL OR needs_decision ORDER BY number",
    .headings_pl = "nr;wiersz;kolumna;znaki;rodzaj;co zrobić;paragraf;dlaczego",
    .headings_en = "no;line;column;characters;kind;what to do;paragraph;why",
    .keys = ""};

/* For programs: codes instead of words. */
static const SitoList codes = {
    .sql =
        "SELECT number, line, column, length, start, \"end\", kind, action, paragraph, reason,"
        " needs_decision FROM place WHERE ?1 IS NOT NULL AND (?2 IS NULL OR needs_decision) ORDER BY number",
    .headings_pl = "",
    .headings_en = "",
    .keys = "number;line;column;characters;start;end;kind;action;paragraph;reason;needs_decision"};

#define SHEET                                                                                      \
    "SELECT p.key, p.nr, line, column, length, kind_words, " ACTION_WORDS ", paragraph,"           \
    " sentence, iif(?1 = 'pl', 'zasłoń | zostaw', 'mask | keep'),"                               \
    " (SELECT group_concat(iif(?1 = 'pl', pl, en), ' | ') FROM reason_word), NULL, NULL"
#define SHEET_ROWS                                                                                 \
    " FROM (SELECT key, number AS nr, start AS first, \"end\" AS last FROM proposal) AS p"         \
    " JOIN place AS s ON s.start = p.first AND s.\"end\" = p.last WHERE ?2 IS NULL ORDER BY p.nr"
#define HEADINGS_PL                                                                                \
    "klucz;numer;wiersz;kolumna;znaki;rodzaj;propozycja;paragraf;dlaczego;możliwe decyzje;"       \
    "powody zostawienia;decyzja;powód decyzji"
#define HEADINGS_EN                                                                                \
    "key;number;line;column;characters;kind;proposal;paragraph;why;possible decisions;"            \
    "reasons to keep;decision;reason of the decision"

static const SitoList sheet = {
    .sql = SHEET SHEET_ROWS, .headings_pl = HEADINGS_PL, .headings_en = HEADINGS_EN, .keys = ""};

static const SitoList sheet_with_values = {
    .sql = SHEET ", (SELECT substr(text, s.start, s.length) FROM document)" SHEET_ROWS,
    .headings_pl = HEADINGS_PL ";treść",
    .headings_en = HEADINGS_EN ";value",
    .keys = ""};

int sito_redaction_list(SitoRedaction *r, bool waiting, const char *format, SitoBuffer *out,
                        char **error) {
    int64_t rows = 0;
    return sito_list_rows(r->db, strcmp(format, "json") == 0 ? &codes : &places, r->language,
                          waiting ? "waiting" : NULL, format, out, &rows, error);
}

int sito_redaction_sheet(SitoRedaction *r, bool values, SitoBuffer *out, char **error) {
    int64_t rows = 0;
    return sito_list_rows(r->db, values ? &sheet_with_values : &sheet, r->language, NULL, "csv",
                          out, &rows, error);
}

/* ---- in ---- */

static const SitoSheetColumn columns[] = {
    {"key", "klucz", "key", true},
    {"at", "wiersz", "line", true},
    {"column", "kolumna", "column", true},
    {"length", "znaki", "characters", true},
    {"decision", "decyzja", "decision", true},
    {"why", "powód decyzji", "reason of the decision", true},
};

/* The rows of the sheet that say something, read: `action` and `reason` are words of the engine, NULL where the
** cell says nothing that is known. */
static const char read_rows[] =
    "CREATE TEMP TABLE row AS SELECT line, key, CAST(at AS INTEGER) AS at, CAST(\"column\" AS INTEGER) AS"
    "   \"column\", CAST(length AS INTEGER) AS length, decision, why,"
    "  CASE pl_lower(decision) WHEN 'zasłoń' THEN 'mask' WHEN 'mask' THEN 'mask' WHEN 'zostaw' THEN 'keep'"
    "    WHEN 'keep' THEN 'keep' END AS action,"
    "  (SELECT reason FROM reason_word WHERE pl_lower(why) IN (pl, en, reason)) AS reason"
    " FROM filled WHERE coalesce(key, at, \"column\", length, decision, why) IS NOT NULL;"
    "CREATE INDEX temp.row_key ON row (key, line)";

/* A row that cannot be taken, and why; the first one is told. */
static const char bad_rows[] =
    "SELECT line, iif(?1 = 'pl', pl, en) FROM (SELECT line, CASE"
    "  WHEN key IS NOT NULL AND key NOT IN (SELECT key FROM proposal) THEN 1"
    "  WHEN line > (SELECT min(line) FROM row AS other WHERE other.key = row.key) THEN 2"
    "  WHEN decision IS NOT NULL AND action IS NULL THEN 3"
    "  WHEN action = 'keep' AND reason IS NULL THEN 4"
    "  WHEN key IS NULL AND action IS NOT 'mask' THEN 5"
    "  WHEN key IS NULL AND (at NOT IN (SELECT number FROM line) OR at IS NULL OR coalesce(\"column\", 0) < 1"
    "    OR coalesce(length, 0) < 1 OR (SELECT first FROM line WHERE number = at) + \"column\" - 1 + length - 1"
    "    > (SELECT length(text) FROM document)) THEN 6 END AS problem FROM row) JOIN (SELECT 1 AS number,"
    "  'klucz nie jest z tego dokumentu: dokument albo arkusz zmieniono; utwórz nowy arkusz (--review)' AS pl,"
    "  'the key is not of this document: the document or the sheet was changed; make a new sheet (--review)' AS en"
    "  UNION ALL VALUES (2, 'to miejsce jest w arkuszu dwa razy; zostaw jeden wiersz',"
    "    'this place is in the sheet twice; leave one row'),"
    "  (3, 'decyzja to „zasłoń” albo „zostaw”', 'a decision is \"mask\" or \"keep\"'),"
    "  (4, 'zostawienie wymaga powodu z listy: ' || (SELECT group_concat(pl, ', ') FROM reason_word),"
    "    'to keep a place needs a reason of the list: ' || (SELECT group_concat(en, ', ') FROM reason_word)),"
    "  (5, 'wiersz bez klucza to miejsce dopisane; jego decyzja to „zasłoń”',"
    "    'a row without a key is a place that was added; its decision is \"mask\"'),"
    "  (6, 'dopisane miejsce ma wiersz, kolumnę i liczbę znaków, które są w dokumencie',"
    "    'a place that was added has a line, a column and a number of characters that the document has'))"
    " ON number = problem ORDER BY line LIMIT 1";

static int refuse_row(SitoRedaction *r, const char *path, char **error) {
    sqlite3_stmt *row = NULL;
    int64_t missing = 0;
    int rc = sito_db_prepare(r->db, &row, error, bad_rows, "t", sito_say(r->language, "pl", "en"));
    int step = rc == SITO_OK ? sqlite3_step(row) : SQLITE_DONE;
    if (step == SQLITE_ROW) {
        rc = sito_error(error, SITO_ERROR,
                        sito_say(r->language, "%s, wiersz %lld: %s", "%s, line %lld: %s"), path,
                        (long long)sqlite3_column_int64(row, 0), sqlite3_column_text(row, 1));
    } else if (rc == SITO_OK && step != SQLITE_DONE) {
        rc = sito_db_error(r->db, step, error);
    }
    sqlite3_finalize(row);
    rc = rc == SITO_OK
             ? sito_db_integer(r->db, &missing, error,
                               "SELECT min(number) FROM proposal WHERE key NOT IN (SELECT key FROM"
                               " row WHERE key IS NOT NULL)",
                               "")
             : rc;
    return rc == SITO_OK && missing > 0
               ? sito_error(
                     error, SITO_ERROR,
                     sito_say(r->language,
                              "%s: arkusz jest niepełny, brakuje w nim miejsca nr %lld; przywróć "
                              "wiersz albo utwórz nowy arkusz (--review)",
                              "%s: the sheet is not whole, place number %lld is missing; bring "
                              "the row back, or make a new sheet (--review)"),
                     path, (long long)missing)
               : rc;
}

int sito_redaction_answer(SitoRedaction *r, const char *path, char **error) {
    sqlite3 *filled = NULL;
    int rc = sito_sheet_open(&filled, path, columns, SITO_COUNT(columns), r->language, error);
    rc = rc == SITO_OK ? sito_db_run(r->db,
                                     "CREATE TEMP TABLE filled(line, key, at, \"column\", length,"
                                     " decision, why)",
                                     error)
                       : rc;
    rc = rc == SITO_OK ? sito_db_copy(filled, r->db, "SELECT * FROM sheet",
                                      "INSERT INTO temp.filled VALUES (?, ?, ?, ?, ?, ?, ?)", error)
                       : rc;
    sqlite3_close(filled);
    rc = rc == SITO_OK ? sito_db_run(r->db, read_rows, error) : rc;
    rc = rc == SITO_OK ? refuse_row(r, path, error) : rc;
    rc = rc == SITO_OK
             ? sito_db_run(
                   r->db,
                   "INSERT INTO decision SELECT p.number, p.start, p.\"end\", w.action,"
                   " iif(w.action = 'keep', w.reason, NULL) FROM row AS w JOIN proposal AS p"
                   " ON p.key = w.key WHERE w.action IS NOT NULL UNION ALL SELECT NULL,"
                   " l.first + w.\"column\" - 1, l.first + w.\"column\" + w.length - 2, w.action,"
                   " NULL FROM row AS w JOIN line AS l ON l.number = w.at WHERE w.key IS NULL",
                   error)
             : rc;
    return rc == SITO_OK ? sito_redaction_find(r, error) : rc;
}

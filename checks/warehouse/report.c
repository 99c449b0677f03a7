/*
** What came of a fetch, for a person or a program (warehouse.h).
*/
#include <string.h>

#include "common/number.h"
#include "common/wrap.h"
#include "warehouse/private.h"

static const char *outcome_words(const char *outcome, SitoLanguage language) {
    static const char *const words[][3] = {{"loaded", "wczytano", "loaded"},
                                           {"unchanged", "bez zmian", "unchanged"},
                                           {"refused", "ODRZUCONO", "REFUSED"},
                                           {"failed", "NIE ODCZYTANO", "NOT READ"}};
    for (size_t i = 0; i < SITO_COUNT(words); i++) {
        if (strcmp(words[i][0], outcome) == 0) {
            return words[i][language == SITO_PL ? 1 : 2];
        }
    }
    return outcome;
}

/* "drzewa: wczytano, wierszy 120 (było 118)", and below why not. */
static int put_source(sqlite3_stmt *row, SitoLanguage language, SitoBuffer *out) {
    const char *name = (const char *)sqlite3_column_text(row, 0);
    const char *outcome = (const char *)sqlite3_column_text(row, 1);
    const char *reason = (const char *)sqlite3_column_text(row, 2);
    if (name == NULL || outcome == NULL) {
        return SITO_NOMEM;
    }
    int rc = sito_buffer_print(out, "%s: %s", name, outcome_words(outcome, language));
    if (rc == SITO_OK && sqlite3_column_type(row, 3) != SQLITE_NULL) {
        rc = sito_buffer_print(out, "%s", sito_say(language, ", wierszy: ", ", rows: "));
        rc = rc == SITO_OK ? sito_write_integer(language, sqlite3_column_int64(row, 3), out) : rc;
    }
    if (rc == SITO_OK && sqlite3_column_type(row, 4) != SQLITE_NULL &&
        strcmp(outcome, "unchanged") != 0) {
        rc = sito_buffer_print(out, "%s",
                               reason == NULL ? sito_say(language, " (było ", " (before ")
                                              : sito_say(language, "; zostaje poprzednia wersja (",
                                                         "; the version before stays ("));
        rc = rc == SITO_OK ? sito_write_integer(language, sqlite3_column_int64(row, 4), out) : rc;
        rc = rc == SITO_OK ? sito_buffer_print(out, ")") : rc;
    }
    rc = rc == SITO_OK ? sito_buffer_print(out, "\n") : rc;
    if (rc == SITO_OK && reason != NULL) {
        rc = sito_buffer_print(out, "  ");
        rc = rc == SITO_OK ? sito_put_wrapped(out, (SitoText){reason, strlen(reason)}, 2, 2) : rc;
    }
    return rc;
}

static int put_text(const SitoFetched *done, SitoLanguage language, SitoBuffer *out, char **error) {
    sqlite3_stmt *rows = NULL;
    int step = SQLITE_DONE,
        rc = sito_db_prepare(done->result, &rows, error,
                             "SELECT source, outcome, reason, rows, rows_before FROM fetched"
                             " ORDER BY source",
                             "");
    while (rc == SITO_OK && (step = sqlite3_step(rows)) == SQLITE_ROW) {
        rc = put_source(rows, language, out);
    }
    rc = rc == SITO_OK && step != SQLITE_DONE ? sito_db_error(done->result, step, error) : rc;
    sqlite3_finalize(rows);
    if (rc != SITO_OK) {
        return rc;
    }
    return done->loaded + done->unchanged + done->refused + done->failed == 0
               ? sito_buffer_print(
                     out, "%s\n",
                     sito_say(
                         language,
                         "Katalog nie ma ani jednego źródła; zacznij od: sito fetch --questions "
                         "-o zrodla.csv",
                         "The catalogue has no source; begin with: sito fetch --questions -o "
                         "sources.csv"))
               : sito_buffer_print(
                     out,
                     sito_say(language,
                              "Wczytano: %lld, bez zmian: %lld, odrzucono: %lld, nie "
                              "odczytano: %lld\n",
                              "Loaded: %lld, unchanged: %lld, refused: %lld, not read: "
                              "%lld\n"),
                     (long long)done->loaded, (long long)done->unchanged, (long long)done->refused,
                     (long long)done->failed);
}

static const char json_rows[] =
    "SELECT json_object('summary', json_object('loaded', ?1, 'unchanged', ?2, 'refused', ?3, 'failed', ?4),"
    "  'sources', (SELECT json_group_array(json_object('source', source, 'item', item, 'outcome', outcome,"
    "     'reason', reason, 'rows', rows, 'rows_before', rows_before, 'sha256', sha256, 'load', load))"
    "     FROM (SELECT * FROM fetched ORDER BY source)))";

int sito_fetched_report(const SitoFetched *done, const char *format, SitoLanguage language,
                        SitoBuffer *out, char **error) {
    char *json = NULL;
    if (strcmp(format, "json") != 0) {
        return put_text(done, language, out, error);
    }
    int rc = sito_db_text(done->result, &json, error, json_rows, "iiii", done->loaded,
                          done->unchanged, done->refused, done->failed);
    rc = rc == SITO_OK ? sito_buffer_print(out, "%s\n", json) : rc;
    sito_free(json);
    return rc;
}

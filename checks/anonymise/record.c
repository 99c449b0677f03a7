/*
** The record of what sito anonymise did, as text and as JSON (page.c: as a page).
**
** R1  It names columns, levels, counts and measures; no value of a cell. A measure without a bound is null in JSON.
*/
#include "anonymise/record.h"

#include <sqlite3.h>

#include <string.h>

#include "common/db.h"
#include "common/number.h"

static const char json_record[] =
    "SELECT record FROM (SELECT json_object("
    "  'dataset', dataset, 'version', version, 'source', source, 'folder', folder, 'program', program,"
    "  'at', at, 'source_digest', source_digest, 'digest', digest, 'verdict', verdict,"
    "  'findings', findings,"
    "  'resources', (SELECT json_group_array(json_object('name', r.name, 'path', r.path, 'rows', r.rows,"
    "     'suppressed', r.suppressed, 'loss', r.loss, 'note', r.note, 'proven', json(iif(r.proven IS NULL, 'null',"
    "       iif(r.proven, 'true', 'false'))), 'plan', json(r.plan),"
    "     'columns', (SELECT json_group_array(json_object('field', t.field, 'role', t.role, 'how', t.how,"
    "        'hierarchy', iif(t.how = 'generalise', coalesce(t.hierarchy, t.spec), NULL), 'level', t.level,"
    "        'levels', t.height)) FROM (SELECT * FROM treatment WHERE resource = r.number ORDER BY"
    "        position) AS t),"
    "     'frontier', (SELECT json_group_array(json_object('k', f.k, 'suppressed', f.suppressed, 'loss',"
    "        f.loss, 'levels', f.levels, 'chosen', json(iif(f.chosen, 'true', 'false')))) FROM (SELECT *"
    "        FROM frontier WHERE resource = r.number ORDER BY k, suppressed) AS f),"
    "     'measures', (SELECT json_group_array(json_object('measure', g.measure, 'field', g.field,'before', iif(g.before < 9e307, g.before, NULL), 'after', iif(g.after < 9e307, g.after, NULL), 'target', g.target)) FROM figure AS g WHERE g.resource ="
    "        r.name),"
    "     'tables', (SELECT json_group_array(json_object('measure', t.measure, 'kind', t.kind, 'about', t.about,"
    "        'sign', t.sign, 'threshold', t.threshold, 'cells', t.cells, 'hidden', t.hidden, 'secondary',"
    "        t.secondary, 'reasons', (SELECT json_group_object(h.reason, h.cells) FROM hidden AS h WHERE"
    "        h.resource = t.resource AND h.measure = t.measure))) FROM tabled AS t WHERE t.resource = r.number),"
    "     'classes_before', (SELECT json_group_array(json_array(size, classes, rows)) FROM (SELECT * FROM"
    "        class WHERE resource = r.name AND NOT after ORDER BY size)),"
    "     'classes_after', (SELECT json_group_array(json_array(size, classes, rows)) FROM (SELECT * FROM"
    "        class WHERE resource = r.name AND after ORDER BY size))"
    "   )) FROM (SELECT * FROM resource ORDER BY number) AS r)) AS record FROM made)";

/* columns: path, rows, suppressed, loss, proven, number, name, note, measures of a table */
static const char resources[] =
    "SELECT path, rows, suppressed, loss, proven, number, name, note, (SELECT count(*) FROM tabled AS t"
    "  WHERE t.resource = number) FROM resource ORDER BY number";

/* field, how, role, level, height, hierarchy */
static const char columns[] =
    "SELECT field, how, role, level, height, coalesce(hierarchy, spec) FROM treatment"
    " WHERE resource = ?1 ORDER BY position";

/* The figures that people ask for first. */
static const char figures[] =
    "SELECT measure, field, round(before, 4), round(after, 4) FROM figure WHERE resource = ?1 AND after IS NOT NULL AND"
    " measure IN ('k_anonymity', 'prosecutor_risk', 'marketer_risk', 'l_diversity', 't_closeness')"
    " ORDER BY CASE measure WHEN 'k_anonymity' THEN 0 WHEN 'prosecutor_risk' THEN 1 WHEN 'marketer_risk'"
    " THEN 2 WHEN 'l_diversity' THEN 3 ELSE 4 END, field";

static int put_column(SitoLanguage language, sqlite3_stmt *row, SitoBuffer *out) {
    const char *how = (const char *)sqlite3_column_text(row, 1);
    int64_t level = sqlite3_column_int64(row, 3);
    if (how == NULL) {
        return SITO_NOMEM;
    }
    int rc = sito_buffer_print(out, "  %s: ", sqlite3_column_text(row, 0));
    if (rc != SITO_OK || strcmp(how, "generalise") != 0) {
        return rc != SITO_OK ? rc
                             : sito_buffer_print(out, "%s\n", sito_treatment_words(language, how));
    }
    return level == 0 ? sito_buffer_print(out, "%s\n", sito_treatment_words(language, "keep"))
                      : sito_buffer_print(out,
                                          sito_say(language, "uogólniona do poziomu %lld (%s)\n",
                                                   "generalised to level %lld (%s)\n"),
                                          (long long)level, sqlite3_column_text(row, 5));
}

static int put_figure(SitoLanguage language, sqlite3_stmt *row, SitoBuffer *out) {
    const char *measure = (const char *)sqlite3_column_text(row, 0);
    if (measure == NULL) {
        return SITO_NOMEM;
    }
    int rc = sito_buffer_print(out, "  %s", sito_figure_words(language, measure));
    if (rc == SITO_OK && sqlite3_column_type(row, 1) != SQLITE_NULL) {
        rc = sito_buffer_print(out, ", %s", sqlite3_column_text(row, 1));
    }
    rc = rc == SITO_OK ? sito_buffer_print(out, ": ") : rc;
    if (rc == SITO_OK && sqlite3_column_type(row, 2) != SQLITE_NULL) {
        rc = sito_write_number(language, sqlite3_column_double(row, 2), out);
        rc = rc == SITO_OK ? sito_buffer_print(out, " → ") : rc;
    }
    rc = rc == SITO_OK ? sito_write_number(language, sqlite3_column_double(row, 3), out) : rc;
    return rc == SITO_OK ? sito_buffer_print(out, "\n") : rc;
}

typedef int (*put_row)(SitoLanguage, sqlite3_stmt *, SitoBuffer *);

static int each(const SitoAnonymised *done, const char *sql, const char *types, int64_t number,
                const char *name, put_row put, SitoBuffer *out, char **error) {
    sqlite3_stmt *row = NULL;
    int rc = types[0] == 'i' ? sito_db_prepare(done->db, &row, error, sql, types, number)
                             : sito_db_prepare(done->db, &row, error, sql, types, name);
    int step = SQLITE_DONE;
    while (rc == SITO_OK && (step = sqlite3_step(row)) == SQLITE_ROW) {
        rc = put(done->language, row, out);
    }
    rc = rc == SITO_OK && step != SQLITE_DONE ? sito_db_error(done->db, step, error) : rc;
    sqlite3_finalize(row);
    return rc;
}

static int put_counts(SitoLanguage language, sqlite3_stmt *row, SitoBuffer *out) {
    int64_t rows = sqlite3_column_int64(row, 1), suppressed = sqlite3_column_int64(row, 2);
    if (sqlite3_column_int(row, 8) > 0) {
        return sito_buffer_print(out, "%s\n", sqlite3_column_text(row, 0));
    }
    int rc = sito_buffer_print(out, "%s\n  ", sqlite3_column_text(row, 0));
    rc = rc == SITO_OK ? sito_buffer_print(out, "%s", sito_say(language, "rekordy: ", "records: "))
                       : rc;
    rc = rc == SITO_OK ? sito_write_integer(language, rows - suppressed, out) : rc;
    rc = rc == SITO_OK
             ? sito_buffer_print(out, "%s", sito_say(language, "; pominięto: ", "; left out: "))
             : rc;
    rc = rc == SITO_OK ? sito_write_integer(language, suppressed, out) : rc;
    if (rc == SITO_OK && sqlite3_column_type(row, 3) != SQLITE_NULL) {
        rc = sito_buffer_print(out, "%s",
                               sito_say(language, "; utrata informacji: ", "; information lost: "));
        rc = rc == SITO_OK ? sito_write_percent(language, sqlite3_column_double(row, 3), out) : rc;
        rc = rc == SITO_OK && !sqlite3_column_int(row, 4)
                 ? sito_buffer_print(out, "%s",
                                     sito_say(language, " (najmniejsza znaleziona)",
                                              " (the least that was found)"))
                 : rc;
    }
    rc = rc == SITO_OK ? sito_buffer_print(out, "\n") : rc;
    return rc == SITO_OK && sqlite3_column_type(row, 7) != SQLITE_NULL
               ? sito_buffer_print(out, "  %s: %s\n", sito_say(language, "uwaga", "note"),
                                   sqlite3_column_text(row, 7))
               : rc;
}

static int write_text(const SitoAnonymised *done, SitoBuffer *out, char **error) {
    sqlite3_stmt *row = NULL;
    char *folder = NULL;
    int64_t findings = 0;
    int rc = sito_db_text(done->db, &folder, error, "SELECT folder FROM made", "");
    rc = rc == SITO_OK ? sito_buffer_print(out,
                                           sito_say(done->language, "Zapisano nowy zbiór: %s\n\n",
                                                    "Wrote a new data set: %s\n\n"),
                                           folder)
                       : rc;
    rc = rc == SITO_OK ? sito_db_prepare(done->db, &row, error, resources, "") : rc;
    while (rc == SITO_OK && sqlite3_step(row) == SQLITE_ROW) {
        rc = put_counts(done->language, row, out);
        rc = rc == SITO_OK ? each(done, columns, "i", sqlite3_column_int64(row, 5), NULL,
                                  put_column, out, error)
                           : rc;
        rc = rc == SITO_OK ? each(done, figures, "t", 0, (const char *)sqlite3_column_text(row, 6),
                                  put_figure, out, error)
                           : rc;
        rc = rc == SITO_OK ? sito_tabled_write(done, sqlite3_column_int64(row, 5), out, error) : rc;
        rc = rc == SITO_OK ? sito_buffer_print(out, "\n") : rc;
    }
    sqlite3_finalize(row);
    rc = rc == SITO_OK
             ? sito_db_integer(done->db, &findings, error, "SELECT findings FROM made", "")
             : rc;
    rc = rc == SITO_OK
             ? sito_buffer_print(
                   out,
                   findings == 0
                       ? sito_say(
                             done->language,
                             "Nowy zbiór, sprawdzony jeszcze raz, spełnia ustalone progi "
                             "kontroli. O udostępnieniu decyduje lokalny administrator danych.\n"
                             "Dalej: sito check %s\n",
                             "The new data set, checked once more, meets the thresholds. The "
                             "local data controller decides on publication.\nNext: sito check "
                             "%s\n")
                       : sito_say(done->language,
                                  "Progi ryzyka są spełnione; zostały inne ustalenia. Dalej: sito "
                                  "check %s\n",
                                  "The thresholds of risk are met; other findings are left. Next: "
                                  "sito check %s\n"),
                   folder)
             : rc;
    sito_free(folder);
    return rc;
}

int sito_anonymised_write(const SitoAnonymised *done, const char *format, SitoBuffer *out,
                          char **error) {
    if (strcmp(format, "html") == 0) {
        return sito_anonymised_page(done, out, error);
    }
    if (strcmp(format, "json") != 0) {
        return write_text(done, out, error);
    }
    char *json = NULL;
    int rc = sito_db_text(done->db, &json, error, json_record, "");
    rc = rc == SITO_OK ? sito_buffer_print(out, "%s\n", json) : rc;
    sito_free(json);
    return rc;
}

/*
** The record of a covered document, as text and JSON (redact.h). It has the reader, the decision about each
** place, the digests and the four steps of §1.3, and no value of the document.
*/
#include <sqlite3.h>

#include <string.h>

#include "common/db.h"
#include "redact/private.h"

#define STEPS                                                                                      \
    "(SELECT json_group_array(json_object('step', l.step, 'name', l.name, 'outcome', s.outcome,"   \
    " 'by', s.actor, 'at', s.at)) FROM step_list AS l LEFT JOIN step AS s ON s.name = l.name)"

static const char json_record[] =
    "SELECT json_object('document', name, 'encoding', (SELECT encoding FROM document),"
    "  'source_digest', source_digest, 'digest', digest, 'policy', (SELECT policy FROM office), 'program', program, 'at', at, 'by', actor,"
    "  'position', position, 'unit', unit, 'basis', basis, 'case_mark', case_mark, 'statement', statement,"
    "  'places', (SELECT json_group_array(json_object('number', number, 'line', line, 'column', column,"
    "     'characters', length, 'kind', kind, 'proposal', proposed, 'action', action, 'paragraph', paragraph,"
    "     'reason', reason, 'decided_by', iif(decided, 'person', 'proposal')))"
    "     FROM (SELECT * FROM place ORDER BY number)),"
    "  'steps', json(" STEPS ")) FROM made";

static int write_json(SitoRedaction *r, SitoBuffer *out, char **error) {
    char *json = NULL;
    int rc = sito_db_text(r->db, &json, error, json_record, "");
    rc = rc == SITO_OK && json != NULL ? sito_buffer_print(out, "%s\n", json) : rc;
    sito_free(json);
    return rc;
}

/* One line each. */
static const char lines[] =
    "SELECT iif(?1 = 'pl', 'Zapisano zanonimizowany dokument: ', 'Wrote the covered document: ') || folder ||"
    "   '/' || document FROM made"
    " UNION ALL SELECT iif(?1 = 'pl', 'Zasłonięte miejsca: ', 'Places covered: ') || (SELECT count(*) FROM span"
    "   WHERE action <> 'keep') || iif(?1 = 'pl', '; zostawione: ', '; left: ') || (SELECT count(*) FROM span"
    "   WHERE action = 'keep') || iif(?1 = 'pl', '; rozstrzygnięte przez człowieka: ',"
    "   '; decided by a person: ') || (SELECT count(*) FROM place WHERE decided)"
    " UNION ALL SELECT iif(?1 = 'pl', 'Ponowne przeszukanie: niczego nie znaleziono',"
    "   'Searched again: nothing was found')"
    " UNION ALL SELECT iif(?1 = 'pl', 'Zdanie z §5.2: ', 'Sentence of §5.2: ') || coalesce(statement,"
    "   iif(?1 = 'pl', 'nie dopisano – wymaga --basis, --position i --unit',"
    "   'not added – it needs --basis, --position and --unit')) FROM made"
    " UNION ALL SELECT ''";

static const char step_lines[] =
    "SELECT iif(?1 = 'pl', 'Cztery kroki (zał. 1 §1.3):', 'The four steps (annex 1 §1.3):')"
    " UNION ALL SELECT * FROM (SELECT printf('  %d. %s: %s', l.step, iif(?1 = 'pl', l.pl, l.en),"
    "   CASE s.outcome WHEN 'positive' THEN iif(?1 = 'pl', 'tak', 'yes') WHEN 'negative' THEN"
    "   iif(?1 = 'pl', 'nie', 'no') ELSE iif(?1 = 'pl', 'nie zapisano', 'not recorded') END ||"
    "   coalesce(' (' || s.actor || ', ' || substr(s.at, 1, 10) || ')', ''))"
    "   FROM step_list AS l LEFT JOIN step AS s ON s.name = l.name ORDER BY l.step)";

static int write_lines(SitoRedaction *r, const char *select, SitoBuffer *out, char **error) {
    sqlite3_stmt *row = NULL;
    int rc = sito_db_prepare(r->db, &row, error, select, "t", sito_say(r->language, "pl", "en"));
    int step = SQLITE_DONE;
    while (rc == SITO_OK && (step = sqlite3_step(row)) == SQLITE_ROW) {
        const char *line = (const char *)sqlite3_column_text(row, 0);
        rc = line == NULL ? SITO_NOMEM : sito_buffer_print(out, "%s\n", line);
    }
    rc = rc == SITO_OK && step != SQLITE_DONE ? sito_db_error(r->db, step, error) : rc;
    sqlite3_finalize(row);
    return rc;
}

static int write_text(SitoRedaction *r, SitoBuffer *out, char **error) {
    int rc = write_lines(r, lines, out, error);
    return rc == SITO_OK ? write_lines(r, step_lines, out, error) : rc;
}

int sito_redaction_know(SitoRedaction *r, const char *steps, char **error) {
    int rc = sito_db_run(r->db, "DELETE FROM step", error);
    return rc == SITO_OK ? sito_db_do(r->db, error,
                                      "INSERT INTO step SELECT value ->> '$.step', value ->>"
                                      " '$.outcome', value ->> '$.by', value ->> '$.at' FROM"
                                      " json_each(?1)",
                                      "t", steps)
                         : rc;
}

int sito_redaction_put_steps(SitoRedaction *r, const char *format, SitoBuffer *out, char **error) {
    char *json = NULL;
    if (strcmp(format, "json") != 0) {
        return write_lines(r, step_lines, out, error);
    }
    int rc = sito_db_text(r->db, &json, error,
                          "SELECT json_object('document', name, 'source_digest', sha256, 'steps',"
                          " json(" STEPS ")) FROM document",
                          "");
    rc = rc == SITO_OK && json != NULL ? sito_buffer_print(out, "%s\n", json) : rc;
    sito_free(json);
    return rc;
}

int sito_redaction_record(SitoRedaction *r, const char *format, SitoBuffer *out, char **error) {
    return strcmp(format, "json") == 0   ? write_json(r, out, error)
           : strcmp(format, "html") == 0 ? sito_redaction_page(r, out, error)
                                         : write_text(r, out, error);
}

/*
** The record of a covered document, as text and JSON (redact.h). It has the reader, the decision about each
** place, the digests and the four steps of §1.3, and no value of the document.
*/
#include <sqlite3.h>

#include <string.h>

#include "common/db.h"
#include "redact/private.h"

/* steps: those that are recorded, {"step": 1, "outcome": …, "by": …, "at": …}. */
#define STEPS                                                                                      \
    "(SELECT json_group_array(json_object('step', l.step, 'name', l.name, 'outcome', s.value ->>"  \
    " '$.outcome', 'by', s.value ->> '$.by', 'at', s.value ->> '$.at')) FROM step_list AS l LEFT"  \
    " JOIN json_each(coalesce((SELECT steps FROM made), '[]')) AS s ON s.value ->> '$.step' = l.step)"

static const char json_record[] =
    "SELECT json_object('document', name, 'encoding', (SELECT encoding FROM document),"
    "  'source_digest', source_digest, 'digest', digest, 'program', program, 'at', at, 'by', actor,"
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
    " UNION ALL SELECT ''"
    " UNION ALL SELECT iif(?1 = 'pl', 'Cztery kroki (zał. 1 §1.3):', 'The four steps (annex 1 §1.3):')"
    " UNION ALL SELECT * FROM (SELECT printf('  %d. %s: %s', l.step, iif(?1 = 'pl', l.pl, l.en),"
    "   CASE s.value ->> '$.outcome' WHEN 'positive' THEN iif(?1 = 'pl', 'tak', 'yes') WHEN 'negative' THEN"
    "   iif(?1 = 'pl', 'nie', 'no') ELSE iif(?1 = 'pl', 'nie zapisano', 'not recorded') END ||"
    "   coalesce(' (' || (s.value ->> '$.by') || ', ' || substr(s.value ->> '$.at', 1, 10) || ')', ''))"
    "   FROM step_list AS l LEFT JOIN json_each(coalesce((SELECT steps FROM made), '[]')) AS s ON"
    "   s.value ->> '$.step' = l.step ORDER BY l.step)";

static int write_text(SitoRedaction *r, SitoBuffer *out, char **error) {
    sqlite3_stmt *row = NULL;
    int rc = sito_db_prepare(r->db, &row, error, lines, "t", sito_say(r->language, "pl", "en"));
    int step = SQLITE_DONE;
    while (rc == SITO_OK && (step = sqlite3_step(row)) == SQLITE_ROW) {
        const char *line = (const char *)sqlite3_column_text(row, 0);
        rc = line == NULL ? SITO_NOMEM : sito_buffer_print(out, "%s\n", line);
    }
    rc = rc == SITO_OK && step != SQLITE_DONE ? sito_db_error(r->db, step, error) : rc;
    sqlite3_finalize(row);
    return rc;
}

int sito_redaction_record(SitoRedaction *r, const char *format, SitoBuffer *out, char **error) {
    return strcmp(format, "json") == 0   ? write_json(r, out, error)
           : strcmp(format, "html") == 0 ? sito_redaction_page(r, out, error)
                                         : write_text(r, out, error);
}

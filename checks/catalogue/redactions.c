/*
** The steps of a redaction (redactions.h).
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include "catalogue/office.h"
#include "catalogue/private.h"
#include "catalogue/redactions.h"

int sito_redaction_event(SitoCatalogue *c, const SitoRedactionEvent *e, char **error) {
    SitoField fields[] = {{"source", e->source},
                          {"step", e->step},
                          {"outcome", e->outcome},
                          {"covered", e->covered},
                          {"unit", e->unit},
                          {"ground", e->ground},
                          {"marked_day", e->marked_day},
                          {"request_day", e->request_day},
                          {"record", e->record},
                          {"actor", e->act.actor},
                          {"role", e->act.role},
                          {"reason", e->act.reason},
                          {"case_mark", e->act.case_mark},
                          {"document", e->act.document}};
    return sito_office_add(c, "redaction_event", fields, SITO_COUNT(fields), error);
}

int sito_redaction_steps(SitoCatalogue *c, const char *source, char **json, char **error) {
    char *raw = NULL;
    int rc =
        sito_db_text(c->db, json, &raw,
                     "SELECT json_group_array(json_object('step', step, 'outcome', outcome,"
                     " 'by', actor, 'at', at)) FROM (SELECT * FROM redaction_step WHERE source ="
                     " ?1 AND (step NOT IN ('checked', 'prepared') OR id > coalesce((SELECT id"
                     " FROM redaction_step WHERE source = ?1 AND step = 'covered'), 0)) ORDER BY"
                     " id)",
                     "t", source);
    return sito_catalogue_explain(c, rc, raw, error);
}

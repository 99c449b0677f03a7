/*
** A runner without the gate (rule.h).
*/
#include "rule.h"

int rule_open(sqlite3 *db, char **error) {
    (void)db;
    *error = sqlite3_mprintf("this test-runner was built without the gate");
    return SQLITE_ERROR;
}

int rule_run(sqlite3 *db, const char *arguments, const char *body, FILE *out, char **error) {
    (void)arguments, (void)body, (void)out;
    return rule_open(db, error);
}

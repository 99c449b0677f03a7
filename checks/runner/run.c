/*
** Runs rules (run.h).
*/
#include "run.h"

#include <sqlite3.h>

#include <stdlib.h>
#include <string.h>

#include "common/db.h"
#include "runner/course.h"
#include "runner/vocabulary.h"

enum { FINDINGS_LIMIT = 1000 };

static int spoil_by_sqlite(SitoCourse *course, int rc) {
    char *reason = NULL;
    int told = sito_watch_explain(&course->watch, rc, course->runner->language, &reason);
    told = told == SITO_OK ? sito_course_spoil(course, "%s", reason) : told;
    sito_free(reason);
    return told;
}

/* ---- parameters ---- */

/* What office and data set make of a parameter or of the severity; NULL: nothing. In a package, the
** office. */
static int find_setting(const SitoCourse *course, const char *name, char **effective,
                        char **error) {
    const SitoRunner *runner = course->runner;
    char *sql = sito_print("SELECT coalesce((SELECT effective FROM threshold WHERE name = ?1 AND"
                           " %s), (SELECT effective FROM parameter WHERE rule = ?2 AND name = ?1"
                           " AND %s))",
                           runner->package ? "resource IS NULL" : "1",
                           runner->package ? "resource IS NULL" : "1");
    int rc = sql == NULL
                 ? SITO_NOMEM
                 : sito_db_text(runner->facts, effective, error, sql, "tt", name, course->rule->id);
    sito_free(sql);
    return rc;
}

/* Binds every parameter of the SELECT: the effective threshold of that name, else the default. */
static int bind_parameter(SitoCourse *course, sqlite3_stmt *select, int index, char **error) {
    const char *name = sqlite3_bind_parameter_name(select, index);
    const SitoParam *param = NULL;
    for (size_t i = 0; i < course->rule->params_count; i++) {
        if (name != NULL && strcmp(course->rule->params[i].name, name + 1) == 0) {
            param = &course->rule->params[i];
        }
    }
    if (param == NULL) {
        return sito_course_spoil(course,
                                 sito_say(course->runner->language, "niezadeklarowany parametr %s",
                                          "undeclared parameter %s"),
                                 name == NULL ? "?" : name);
    }
    char *effective = NULL;
    int rc = find_setting(course, param->name, &effective, error);
    if (rc != SITO_OK) {
        return rc;
    }
    const char *value = effective != NULL ? effective : param->value;
    if (strcmp(param->type, "text") == 0) {
        rc = sqlite3_bind_text(select, index, value, -1, SQLITE_TRANSIENT);
    } else {
        /* SQLite reads the number: it does so alike under every locale. */
        sqlite3_stmt *number = NULL;
        rc = sito_db_prepare(course->runner->facts, &number, error,
                             strcmp(param->type, "integer") == 0 ? "SELECT CAST(?1 AS INTEGER)"
                                                                 : "SELECT CAST(?1 AS REAL)",
                             "t", value);
        if (rc == SITO_OK) {
            int step = sqlite3_step(number);
            rc = step == SQLITE_ROW
                     ? sqlite3_bind_value(select, index, sqlite3_column_value(number, 0))
                     : sito_db_error(course->runner->facts, step, error);
        }
        sqlite3_finalize(number);
    }
    sito_free(effective);
    return sito_db_error(course->runner->facts, rc, error);
}

/* ---- one rule ---- */

static int step_rows(SitoCourse *course, sqlite3_stmt *select, char **error) {
    int rc = SITO_OK;
    while (rc == SITO_OK && course->reason == NULL) {
        int step = sqlite3_step(select);
        if (step == SQLITE_DONE) {
            break;
        }
        if (step != SQLITE_ROW) {
            rc = spoil_by_sqlite(course, step);
        } else if (++course->findings > FINDINGS_LIMIT) {
            rc = sito_course_spoil(course,
                                   sito_say(course->runner->language, "więcej niż %d ustaleń",
                                            "more than %d findings"),
                                   FINDINGS_LIMIT);
        } else {
            rc = sito_finding_take(course, select, error);
        }
    }
    return rc;
}

static int measure_file(SitoCourse *course, char **error) {
    sqlite3 *facts = course->runner->facts;
    int rc = sito_db_integer(facts, &course->bytes, error, "SELECT max(bytes) FROM resource", "");
    return rc != SITO_OK ? rc
                         : sito_db_integer(facts, &course->cells, error,
                                           "SELECT max(rows) * (SELECT count(*) FROM field)"
                                           " FROM resource",
                                           "");
}

static int evaluate(SitoCourse *course, char **error) {
    sqlite3 *facts = course->runner->facts;
    sqlite3_stmt *select = NULL;
    const char *rest = NULL;
    int rc = sito_watch_begin(&course->watch, facts, course->runner->time_limit,
                              course->runner->language, error);
    if (rc != SITO_OK) {
        sito_watch_end(&course->watch);
        return rc;
    }
    int prepared = sqlite3_prepare_v2(facts, course->rule->sql, -1, &select, &rest);
    if (prepared != SQLITE_OK) {
        rc = spoil_by_sqlite(course, prepared);
    } else if (select == NULL || !sqlite3_stmt_readonly(select) ||
               rest[strspn(rest, " \t\r\n;")] != 0) {
        rc = sito_course_spoil(course, "%s",
                               sito_say(course->runner->language, "reguła ma być jednym SELECT",
                                        "a rule must be one SELECT"));
    }
    for (int i = 1;
         rc == SITO_OK && course->reason == NULL && i <= sqlite3_bind_parameter_count(select);
         i++) {
        rc = bind_parameter(course, select, i, error);
    }
    if (rc == SITO_OK && course->reason == NULL) {
        rc = measure_file(course, error);
    }
    if (rc == SITO_OK && course->reason == NULL) {
        rc = step_rows(course, select, error);
    }
    sqlite3_finalize(select);
    sito_watch_end(&course->watch);
    return rc;
}

/* *reason: why the rule does not apply; NULL: it does. */
static int ask_needs(const SitoRunner *runner, const SitoRule *rule, const char **reason,
                     char **error) {
    *reason = NULL;
    for (size_t i = 0; i < rule->needs_count && *reason == NULL; i++) {
        const SitoNeed *need = sito_need_find(rule->needs[i]);
        int64_t met = 0;
        if (need == NULL) {
            return sito_error(error, SITO_ERROR, "unknown need %s", rule->needs[i]);
        }
        int rc = sito_db_integer(runner->facts, &met, error, need->sql, "");
        if (rc != SITO_OK) {
            return rc;
        }
        *reason = met ? NULL : need->reason[runner->language];
    }
    return SITO_OK;
}

static int run_rule(const SitoRunner *runner, const SitoRule *rule, char **error) {
    SitoCourse course = {
        .runner = runner, .rule = rule, .severity = rule->severity, .status = "PASS"};
    const char *reason = NULL;
    char *severity = NULL;
    int rc = ask_needs(runner, rule, &reason, error);
    if (rc == SITO_OK) {
        rc = find_setting(&course, "severity", &severity, error);
    }
    if (severity != NULL) {
        sito_severity_parse((SitoText){severity, strlen(severity)}, &course.severity);
        sito_free(severity);
    }
    if (rc == SITO_OK && reason != NULL) {
        course.status = "NOT APPLICABLE";
    } else if (rc == SITO_OK) {
        rc = evaluate(&course, error);
        reason = course.reason;
    }
    if (rc == SITO_OK) {
        rc = sito_db_do(
            runner->report, error,
            "INSERT INTO report.rule(id, family, resource, severity, status, title, reason, follows)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            "tttttttt", rule->id, rule->family, runner->resource,
            sito_severity_word(course.severity), course.status, rule->title[runner->language],
            reason, rule->follows);
    }
    sito_free(course.reason);
    return rc;
}

int sito_run_rules(const SitoRunner *runner, const SitoRules *rules, char **error) {
    int rc = SITO_OK;
    for (size_t i = 0; i < rules->count && rc == SITO_OK; i++) {
        if (rules->items[i].scope_package == runner->package) {
            rc = run_rule(runner, &rules->items[i], error);
        }
    }
    return rc;
}

/*
** Runs rules (run.h).
*/
#include "run.h"

#include <sqlite3.h>

#include <stdlib.h>
#include <string.h>

#include "runner/authorize.h"
#include "common/db.h"
#include "runner/vocabulary.h"

enum { MOST_VALUES = 60, FINDINGS_LIMIT = 1000, MOST_TEXT = 1000 };

/* A rule on its way. */
typedef struct Course {
    const SitoRunner *runner;
    const SitoRule *rule;
    SitoWatch watch;
    int64_t findings;
    int64_t bytes, cells; /* of the file: no line and no count is larger */
    const char *status;   /* PASS, FAIL, ERROR */
    char *reason;         /* of ERROR */
} Course;

/* The rule could not be evaluated: its own failure, not the runner's. */
static int spoil(Course *course, const char *format, ...) {
    va_list args;
    va_start(args, format);
    sito_free(course->reason);
    course->reason = sqlite3_vmprintf(format, args);
    va_end(args);
    course->status = "ERROR";
    return course->reason == NULL ? SITO_NOMEM : SITO_OK;
}

static int spoil_by_sqlite(Course *course, int rc) {
    SitoLanguage language = course->runner->language;
    if (sito_watch_late(&course->watch)) {
        return spoil(course,
                     sito_say(language, "przerwana po upływie %lld s", "stopped after %lld s"),
                     course->runner->time_limit / 1000);
    }
    if (course->watch.denied[language] != NULL) {
        return spoil(course, sito_say(language, "odmówiono: %s", "refused: %s"),
                     course->watch.denied[language]);
    }
    if ((rc & 0xFF) == SITO_NOMEM) {
        return SITO_NOMEM;
    }
    return course->watch.values /* R3 */
               ? spoil(course,
                       sito_say(
                           language,
                           "błąd SQLite %d; treści nie pokazano, bo reguła czyta wartości",
                           "SQLite error %d; its text is not shown, since the rule reads values"),
                       rc)
               : spoil(course, "%s", sqlite3_errmsg(course->runner->facts));
}

/* ---- parameters ---- */

/* Binds every parameter of the SELECT: the effective threshold of that name, else the default. */
static int bind_parameter(Course *course, sqlite3_stmt *select, int index, char **error) {
    const char *name = sqlite3_bind_parameter_name(select, index);
    const SitoParam *param = NULL;
    for (size_t i = 0; i < course->rule->params_count; i++) {
        if (name != NULL && strcmp(course->rule->params[i].name, name + 1) == 0) {
            param = &course->rule->params[i];
        }
    }
    if (param == NULL) {
        return spoil(course,
                     sito_say(course->runner->language, "niezadeklarowany parametr %s",
                              "undeclared parameter %s"),
                     name == NULL ? "?" : name);
    }
    char *effective = NULL;
    int rc = sito_db_text(course->runner->facts, &effective, error,
                          "SELECT effective FROM threshold WHERE name = ?", "t", param->name);
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

/* ---- one row is one finding ---- */

typedef struct Row {
    SitoMessageValue values[MOST_VALUES];
    size_t count;
    const char *field, *witness, *severity;
    bool has_line;
    int64_t line, total;
    bool counted;
} Row;

/* R3 */
static bool may_be_shown(const Course *course, const char *name, double number) {
    int64_t most = strcmp(name, "line") == 0 ? course->bytes + 1 : course->cells;
    bool whole = number >= 0 && number <= (double)most && number == (double)(int64_t)number;
    return !course->watch.values || whole || (number >= 0 && number <= 1);
}

static void read_value(Course *course, sqlite3_stmt *select, int column, SitoMessageValue *value) {
    *value = (SitoMessageValue){.name = sqlite3_column_name(select, column)};
    switch (sqlite3_column_type(select, column)) {
    case SQLITE_INTEGER:
        value->type = SITO_VALUE_INTEGER;
        value->integer = sqlite3_column_int64(select, column);
        break;
    case SQLITE_FLOAT:
        value->type = SITO_VALUE_REAL;
        value->real = sqlite3_column_double(select, column);
        break;
    case SQLITE_NULL:
        value->type = SITO_VALUE_NULL;
        break;
    default:
        value->type = SITO_VALUE_TEXT;
        value->text.data = (const char *)sqlite3_column_text(select, column);
        value->text.size = (size_t)sqlite3_column_bytes(select, column);
        if (value->text.size > MOST_TEXT ||
            (course->watch.values && strcmp(value->name, "field") != 0)) {
            value->text = SITO_LITERAL("…"); /* R3, R4 */
        }
        break;
    }
    bool number = value->type == SITO_VALUE_INTEGER || value->type == SITO_VALUE_REAL;
    if (number && !may_be_shown(course, value->name, sqlite3_column_double(select, column))) {
        value->type = SITO_VALUE_TEXT;
        value->text = SITO_LITERAL("…");
    }
}

static void read_row(Course *course, sqlite3_stmt *select, Row *row) {
    *row = (Row){0};
    int columns = sqlite3_column_count(select);
    for (int i = 0; i < columns && i < MOST_VALUES; i++) {
        SitoMessageValue *value = &row->values[row->count++];
        read_value(course, select, i, value);
        const char *text =
            value->type == SITO_VALUE_TEXT ? (const char *)sqlite3_column_text(select, i) : NULL;
        if (strcmp(value->name, "field") == 0) {
            row->field = text;
        } else if (strcmp(value->name, "witness") == 0) {
            row->witness = text;
        } else if (strcmp(value->name, "severity") == 0) {
            row->severity = text;
        } else if (strcmp(value->name, "line") == 0) {
            row->has_line = value->type == SITO_VALUE_INTEGER;
            row->line = value->integer;
        } else if (strcmp(value->name, "count") == 0) {
            row->counted = value->type == SITO_VALUE_INTEGER && value->integer > 0;
            row->total = value->integer;
        }
    }
}

/* The severity of a row: its own where the rule allows that, else the rule's. False: not allowed. */
static bool severity_of(const Course *course, const Row *row, SitoSeverity *severity) {
    *severity = course->rule->severity;
    if (row->severity == NULL) {
        return true;
    }
    SitoText word = {row->severity, strlen(row->severity)};
    return sito_severity_parse(word, severity) &&
           (*severity == course->rule->severity ||
            (course->rule->row_severities & 1u << *severity) != 0);
}

static int fingerprint(const Course *course, const Row *row, char out[17]) {
    SitoSha256 *hash = NULL;
    char hex[SITO_SHA256_HEX];
    char *text = sito_print("%s\n%s\n%s", course->rule->id, course->runner->file,
                            row->field != NULL ? row->field : "");
    int rc = text == NULL ? SITO_NOMEM : sito_sha256_new(&hash);
    if (rc == SITO_OK) {
        rc = sito_sha256_add(hash, text, strlen(text));
    }
    if (rc == SITO_OK) {
        rc = sito_sha256_hex(hash, hex);
    }
    if (rc == SITO_OK) {
        memcpy(out, hex, 16);
        out[16] = 0;
    }
    sito_sha256_free(hash);
    sito_free(text);
    return rc;
}

/* Copies the witnesses of the finding just written; the first one gives its record and byte. */
static int copy_samples(Course *course, const Row *row, int64_t finding, char **error) {
    sqlite3_stmt *witness = NULL;
    sqlite3 *report = course->runner->report;
    int rc = sito_db_prepare(course->runner->facts, &witness, error,
                             "SELECT line, record, byte, shape FROM witness"
                             " WHERE kind = ?1 AND field IS ?2 ORDER BY record LIMIT 20",
                             "tt", row->witness, row->field);
    for (int n = 0; rc == SITO_OK && sqlite3_step(witness) == SQLITE_ROW; n++) {
        const char *shape = (const char *)sqlite3_column_text(witness, 3);
        int64_t line = sqlite3_column_int64(witness, 0), record = sqlite3_column_int64(witness, 1),
                byte = sqlite3_column_int64(witness, 2);
        rc = sito_db_do(report, error, "INSERT INTO report.sample VALUES (?, ?, ?, ?, ?)", "iiiit",
                        finding, line, record, byte, shape);
        if (rc == SITO_OK && n == 0) {
            rc = sito_db_do(report, error,
                            "UPDATE report.finding SET line = coalesce(line, ?2), record = ?3,"
                            " byte = iif(coalesce(line, ?2) = ?2, ?4, NULL) WHERE id = ?1",
                            "iiii", finding, line, record, byte);
        }
    }
    int closing = sqlite3_finalize(witness);
    return rc != SITO_OK ? rc : sito_db_error(course->runner->facts, closing, error);
}

static int write_finding(Course *course, const Row *row, SitoSeverity severity, const char *message,
                         char **error) {
    const SitoRunner *runner = course->runner;
    const SitoRule *rule = course->rule;
    char print[17];
    int64_t column = 0;
    int rc = fingerprint(course, row, print);
    if (rc == SITO_OK && row->field != NULL) {
        rc = sito_db_integer(runner->facts, &column, error,
                             "SELECT position FROM field WHERE name = ?", "t", row->field);
    }
    if (rc == SITO_OK) {
        rc = sito_db_do(
            runner->report, error,
            "INSERT INTO report.finding(code, severity, file, line, field, column_number,"
            " count, message, why, hint, basis, fingerprint)"
            " VALUES (?, ?, ?, iif(?, ?, NULL), ?, nullif(?, 0), ?, ?, ?, ?, ?, ?)",
            "tttiitiittttt", rule->id, sito_severity_word(severity), runner->file,
            (int64_t)row->has_line, row->line, row->field, column, row->total, message,
            rule->why[runner->language], rule->fix[runner->language], rule->basis[runner->language],
            print);
    }
    return rc == SITO_OK && row->witness != NULL
               ? copy_samples(course, row, sqlite3_last_insert_rowid(runner->report), error)
               : rc;
}

/* *known: the row names no column, or one that there is. */
static int ask_field(const Course *course, const Row *row, int64_t *known, char **error) {
    *known = 1;
    return row->field == NULL
               ? SITO_OK
               : sito_db_integer(course->runner->facts, known, error,
                                 "SELECT EXISTS (SELECT 1 FROM field WHERE name = ?)", "t",
                                 row->field);
}

static int take_row(Course *course, sqlite3_stmt *select, char **error) {
    Row row;
    SitoSeverity severity;
    SitoLanguage language = course->runner->language;
    int64_t known = 0;
    read_row(course, select, &row);
    int asked = ask_field(course, &row, &known, error);
    if (asked != SITO_OK) {
        return asked;
    }
    if (!known) {
        return spoil(course, "%s",
                     sito_say(language, "field nie jest nazwą kolumny",
                              "field is not the name of a column"));
    }
    if (!row.counted) {
        return spoil(course, "%s",
                     sito_say(language, "kolumna count nie jest liczbą powyżej 0",
                              "the column count is no number above 0"));
    }
    if (!severity_of(course, &row, &severity)) {
        return spoil(course, "%s",
                     sito_say(language, "niedozwolona waga wiersza",
                              "a severity that the rule does not allow"));
    }
    SitoBuffer message = {0};
    char *broken = NULL;
    int rc = sito_message_format(language, course->rule->message[language], row.values, row.count,
                                 &message, &broken);
    if (rc == SITO_OK) {
        rc = sito_buffer_add(&message, "", 1);
    }
    if (rc == SITO_OK) {
        rc = write_finding(course, &row, severity, message.data, error);
    } else if (rc != SITO_NOMEM) {
        rc = spoil(course, "%s", broken);
    }
    sito_free(broken);
    sito_buffer_free(&message);
    if (rc == SITO_OK && severity == SITO_FATAL) {
        course->status = "ERROR";
    } else if (rc == SITO_OK && severity >= course->runner->fail_on &&
               strcmp(course->status, "PASS") == 0) {
        course->status = "FAIL";
    }
    return rc;
}

/* ---- one rule ---- */

static int step_rows(Course *course, sqlite3_stmt *select, char **error) {
    int rc = SITO_OK;
    while (rc == SITO_OK && course->reason == NULL) {
        int step = sqlite3_step(select);
        if (step == SQLITE_DONE) {
            break;
        }
        if (step != SQLITE_ROW) {
            rc = spoil_by_sqlite(course, step);
        } else if (++course->findings > FINDINGS_LIMIT) {
            rc = spoil(course,
                       sito_say(course->runner->language, "więcej niż %d ustaleń",
                                "more than %d findings"),
                       FINDINGS_LIMIT);
        } else {
            rc = take_row(course, select, error);
        }
    }
    return rc;
}

static int measure_file(Course *course, char **error) {
    sqlite3 *facts = course->runner->facts;
    int rc = sito_db_integer(facts, &course->bytes, error, "SELECT max(bytes) FROM resource", "");
    return rc != SITO_OK ? rc
                         : sito_db_integer(facts, &course->cells, error,
                                           "SELECT max(rows) * (SELECT count(*) FROM field)"
                                           " FROM resource",
                                           "");
}

static int evaluate(Course *course, char **error) {
    sqlite3 *facts = course->runner->facts;
    sqlite3_stmt *select = NULL;
    const char *rest = NULL;
    int rc = sito_watch_begin(&course->watch, facts, course->runner->time_limit, error);
    if (rc != SITO_OK) {
        return rc;
    }
    int prepared = sqlite3_prepare_v2(facts, course->rule->sql, -1, &select, &rest);
    if (prepared != SQLITE_OK) {
        rc = spoil_by_sqlite(course, prepared);
    } else if (select == NULL || !sqlite3_stmt_readonly(select) ||
               rest[strspn(rest, " \t\r\n;")] != 0) {
        rc = spoil(course, "%s",
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
        int rc = need == NULL ? sito_error(error, SITO_ERROR, "unknown need %s", rule->needs[i])
                              : sito_db_integer(runner->facts, &met, error, need->sql, "");
        if (rc != SITO_OK) {
            return rc;
        }
        *reason = met ? NULL : need->reason[runner->language];
    }
    return SITO_OK;
}

static int run_rule(const SitoRunner *runner, const SitoRule *rule, char **error) {
    Course course = {.runner = runner, .rule = rule, .status = "PASS"};
    const char *reason = NULL;
    int rc = ask_needs(runner, rule, &reason, error);
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
            sito_severity_word(rule->severity), course.status, rule->title[runner->language],
            reason, rule->follows);
    }
    sito_free(course.reason);
    return rc;
}

int sito_run_rules(const SitoRunner *runner, const SitoRules *rules, char **error) {
    int rc = SITO_OK;
    for (size_t i = 0; i < rules->count && rc == SITO_OK; i++) {
        rc = run_rule(runner, &rules->items[i], error);
    }
    return rc;
}

/*
** One row of a rule becomes one finding of the report (course.h, rule.h).
*/
#include "runner/course.h"

#include <sqlite3.h>

#include <string.h>

#include "common/db.h"

enum { MOST_VALUES = 60, MOST_TEXT = 1000 };

typedef struct Row {
    SitoMessageValue values[MOST_VALUES];
    size_t count;
    const char *field, *witness, *severity;
    const char *resource; /* of which the row speaks; NULL: of the whole package */
    bool has_line;
    int64_t line, total;
    bool counted;
} Row;

/* R3 */
static bool may_be_shown(const SitoCourse *course, const char *name, double number) {
    int64_t most = strcmp(name, "line") == 0 ? course->bytes + 1 : course->cells;
    bool whole = number >= 0 && number <= (double)most && number == (double)(int64_t)number;
    return !course->watch.values || whole || (number >= 0 && number <= 1);
}

static void read_value(SitoCourse *course, sqlite3_stmt *select, int column,
                       SitoMessageValue *value) {
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

static void read_row(SitoCourse *course, sqlite3_stmt *select, Row *row) {
    *row = (Row){.resource = course->runner->resource};
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
        } else if (strcmp(value->name, "resource") == 0 && course->runner->package) {
            row->resource = text;
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
static bool severity_of(const SitoCourse *course, const Row *row, SitoSeverity *severity) {
    *severity = course->severity;
    if (row->severity == NULL) {
        return true;
    }
    SitoText word = {row->severity, strlen(row->severity)};
    return sito_severity_parse(word, severity) &&
           (*severity == course->rule->severity || *severity == course->severity ||
            (course->rule->row_severities & 1u << *severity) != 0);
}

static int fingerprint(const SitoCourse *course, const Row *row, const char *file, char out[17]) {
    SitoSha256 *hash = NULL;
    char hex[SITO_SHA256_HEX];
    char *text =
        sito_print("%s\n%s\n%s", course->rule->id, file, row->field != NULL ? row->field : "");
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
static int copy_samples(SitoCourse *course, const Row *row, int64_t finding, char **error) {
    sqlite3_stmt *witness = NULL;
    sqlite3 *report = course->runner->report;
    int rc = sito_db_prepare(course->runner->facts, &witness, error,
                             course->runner->package
                                 ? "SELECT line, record, byte, shape FROM witness WHERE kind = ?1"
                                   " AND field IS ?2 AND resource IS ?3 ORDER BY record LIMIT 20"
                                 : "SELECT line, record, byte, shape FROM witness WHERE kind = ?1"
                                   " AND field IS ?2 AND ?3 IS ?3 ORDER BY record LIMIT 20",
                             "ttt", row->witness, row->field, row->resource);
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

/* The rows of a table of facts that are about the resource of the finding. */
#define OF_RESOURCE(runner) ((runner)->package ? "resource IS ?2" : "?2 IS ?2")

/* The file of the finding: that of its resource; to be released. */
static int file_of(const SitoRunner *runner, const Row *row, char **file, char **error) {
    int rc = SITO_OK;
    *file = NULL;
    if (runner->package && row->resource != NULL) {
        rc = sito_db_text(runner->facts, file, error, "SELECT path FROM resource WHERE name = ?",
                          "t", row->resource);
    }
    if (rc == SITO_OK && *file == NULL) {
        *file = sito_print("%s", runner->file);
        rc = *file == NULL ? SITO_NOMEM : SITO_OK;
    }
    return rc;
}

static int insert_finding(const SitoCourse *course, const Row *row, SitoSeverity severity,
                          const char *message, const char *file, char **error) {
    const SitoRunner *runner = course->runner;
    const SitoRule *rule = course->rule;
    char print[17];
    int64_t column = 0;
    int rc = fingerprint(course, row, file, print);
    if (rc == SITO_OK && row->field != NULL) {
        char *sql =
            sito_print("SELECT position FROM field WHERE name = ?1 AND %s", OF_RESOURCE(runner));
        rc = sql == NULL ? SITO_NOMEM
                         : sito_db_integer(runner->facts, &column, error, sql, "tt", row->field,
                                           row->resource);
        sito_free(sql);
    }
    return rc != SITO_OK
               ? rc
               : sito_db_do(
                     runner->report, error,
                     "INSERT INTO report.finding(code, severity, file, line, field, column_number,"
                     " count, message, why, hint, basis, fingerprint, resource)"
                     " VALUES (?, ?, ?, iif(?, ?, NULL), ?, nullif(?, 0), ?, ?, ?, ?, ?, ?, ?)",
                     "tttiitiitttttt", rule->id, sito_severity_word(severity), file,
                     (int64_t)row->has_line, row->line, row->field, column, row->total, message,
                     rule->why[runner->language], rule->fix[runner->language],
                     rule->basis[runner->language], print, row->resource);
}

static int write_finding(SitoCourse *course, const Row *row, SitoSeverity severity,
                         const char *message, char **error) {
    const SitoRunner *runner = course->runner;
    char *file = NULL;
    int rc = file_of(runner, row, &file, error);
    if (rc == SITO_OK) {
        rc = insert_finding(course, row, severity, message, file, error);
    }
    sito_free(file);
    return rc == SITO_OK && row->witness != NULL
               ? copy_samples(course, row, sqlite3_last_insert_rowid(runner->report), error)
               : rc;
}

/* *known: the row names no resource and no column, or such as there are. */
static int ask_names(const SitoCourse *course, const Row *row, int64_t *known, char **error) {
    const SitoRunner *runner = course->runner;
    *known = 1;
    int rc = SITO_OK;
    if (runner->package && row->resource != NULL) {
        rc = sito_db_integer(runner->facts, known, error,
                             "SELECT EXISTS (SELECT 1 FROM resource WHERE name = ?)", "t",
                             row->resource);
    }
    if (rc == SITO_OK && *known && row->field != NULL) {
        char *sql = sito_print("SELECT EXISTS (SELECT 1 FROM field WHERE name = ?1 AND %s)",
                               OF_RESOURCE(runner));
        rc = sql == NULL ? SITO_NOMEM
                         : sito_db_integer(runner->facts, known, error, sql, "tt", row->field,
                                           row->resource);
        sito_free(sql);
    }
    return rc;
}

int sito_finding_take(SitoCourse *course, sqlite3_stmt *select, char **error) {
    Row row;
    SitoSeverity severity;
    SitoLanguage language = course->runner->language;
    int64_t known = 0;
    read_row(course, select, &row);
    int asked = ask_names(course, &row, &known, error);
    if (asked != SITO_OK) {
        return asked;
    }
    if (!known) {
        return sito_course_spoil(
            course, "%s",
            course->runner->package
                ? sito_say(language, "resource albo field nie jest nazwą zasobu i kolumny",
                           "resource or field is not the name of a resource and column")
                : sito_say(language, "field nie jest nazwą kolumny",
                           "field is not the name of a column"));
    }
    if (!row.counted) {
        return sito_course_spoil(course, "%s",
                                 sito_say(language, "kolumna count nie jest liczbą powyżej 0",
                                          "the column count is no number above 0"));
    }
    if (!severity_of(course, &row, &severity)) {
        return sito_course_spoil(course, "%s",
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
        rc = sito_course_spoil(course, "%s", broken);
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

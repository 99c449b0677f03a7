/*
** risk_table: the primary rules over the cells that a table shows.
**
**   SELECT row, reason, dimension, state FROM risk_table('wg_osiedli', '{"dimensions": [{"name": "osiedle",
**     "total": "Ogółem"}], "measure": "liczba", "rules": {"least": 5, "group": true}}');
**
** R1  One row a cell and reason (primary.h): `row` is the rowid, `dimension` the one along which a group or
**     a zero was found, else NULL; state: found, or unknown where the facts of the rule are not known.
** R2  Judged are cells that hold a number or a sign of zero. A hidden cell has no reason here.
** R3  The row of a cell along a dimension is the cell at that dimension's total, the others being the
**     same. Where the table shows no such cell, nothing is said of the row.
** R4  Numbers are exact: text or integers with up to 6 digits behind the point (shown.h).
** R5  Without "contributors" the measure counts its own.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "base/register.h"
#include "functions.h"
#include "shown.h"

typedef struct Shown {
    SitoCall *call;
    ShownConfig config;
    const ShownSink *sink; /* NULL: the rows of risk_table */
} Shown;

/* ---- the SELECT: each cell, and for every dimension the cell at its total ---- */

static int print_column(SitoBuffer *sql, const char *alias, const char *name) {
    return name == NULL ? sito_buffer_print(sql, ", NULL")
                        : sito_buffer_print(sql, ", %s.\"%w\"", alias, name);
}

/* LEFT JOIN t AS r0 ON r0.d0 = 'total' AND r0.d1 IS a.d1 … */
static int print_join(const Shown *shown, const char *table, int d, SitoBuffer *sql) {
    const ShownConfig *config = &shown->config;
    int rc = sito_buffer_print(sql, " LEFT JOIN %s AS r%d ON r%d.\"%w\" = %Q AND a.\"%w\" <> %Q",
                               table, d, d, config->dimensions[d].name, config->dimensions[d].total,
                               config->dimensions[d].name, config->dimensions[d].total);
    for (int i = 0; i < config->count && rc == SITO_OK; i++) {
        rc = i == d ? SITO_OK
                    : sito_buffer_print(sql, " AND r%d.\"%w\" = a.\"%w\"", d,
                                        config->dimensions[i].name, config->dimensions[i].name);
    }
    return rc;
}

static bool has_row(const Shown *shown, int d) {
    return shown->config.dimensions[d].total != NULL &&
           (shown->config.rules.group || shown->config.rules.zeros);
}

static int print_select(const Shown *shown, const char *table, SitoBuffer *sql) {
    const ShownConfig *config = &shown->config;
    const char *counted = config->columns[SHOWN_CONTRIBUTORS] != NULL
                              ? config->columns[SHOWN_CONTRIBUTORS]
                              : config->columns[SHOWN_MEASURE];
    int rc = sito_buffer_print(sql, "SELECT sito_collect(?1, a.rowid");
    for (int i = 0; i < SHOWN_COLUMNS && rc == SITO_OK; i++) {
        rc = print_column(sql, "a", i == SHOWN_CONTRIBUTORS ? counted : config->columns[i]);
    }
    rc = rc == SITO_OK ? sito_buffer_print(sql, ", a.\"%w\" IN (SELECT value FROM json_each(%Q))",
                                           config->columns[SHOWN_MEASURE], config->zeros)
                       : rc;
    for (int d = 0; d < config->count && rc == SITO_OK; d++) {
        char alias[16];
        sqlite3_snprintf((int)sizeof alias, alias, "r%d", d);
        rc = has_row(shown, d)
                 ? print_column(sql, alias, counted)
                 : sito_buffer_print(sql, ", iif(0, a.\"%w\", NULL)", config->dimensions[d].name);
    }
    rc = rc == SITO_OK ? sito_buffer_print(sql, ") FROM %s AS a", table) : rc;
    for (int d = 0; d < config->count && rc == SITO_OK; d++) {
        rc = has_row(shown, d) ? print_join(shown, table, d, sql) : SITO_OK;
    }
    return rc == SITO_OK ? sito_buffer_add(sql, "", 1) : rc;
}

/* ---- the facts of a cell ---- */

typedef struct Number {
    int64_t digits;
    int fraction;
    bool known;
} Number;

static int read_number(const Shown *shown, sqlite3_value *value, Number *number) {
    char plain[80];
    SitoText text;
    size_t size = 0, width = strlen(shown->config.decimal);
    *number = (Number){.known = false};
    if (sqlite3_value_type(value) == SQLITE_NULL) {
        return SITO_OK;
    }
    int rc = sito_value_text(value, &text);
    if (rc != SITO_OK || text.size >= sizeof plain) {
        return rc;
    }
    bool real = sqlite3_value_type(value) == SQLITE_FLOAT;
    for (size_t i = 0; i < text.size; i++) {
        bool decimal = !real && width > 0 && text.size - i >= width &&
                       memcmp(text.data + i, shown->config.decimal, width) == 0;
        plain[size++] = decimal ? '.' : text.data[i];
        i += decimal ? width - 1 : 0;
    }
    number->known = shown_number((SitoText){plain, size}, &number->digits, &number->fraction);
    return SITO_OK;
}

/* All numbers of a cell get the same number of digits behind the point; one too large is not known. */
static void align(Number *numbers, size_t count) {
    int most = 0;
    for (size_t i = 0; i < count; i++) {
        most = numbers[i].known && numbers[i].fraction > most ? numbers[i].fraction : most;
    }
    for (size_t i = 0; i < count; i++) {
        for (; numbers[i].known && numbers[i].fraction < most; numbers[i].fraction++) {
            numbers[i].known =
                numbers[i].digits <= INT64_MAX / 10 && numbers[i].digits >= INT64_MIN / 10;
            numbers[i].digits *= numbers[i].known ? 10 : 1;
        }
    }
}

static int64_t whole_or_unknown(const Number *number) {
    return number->known && number->fraction == 0 && number->digits >= 0 ? number->digits : -1;
}

static int64_t magnitude(int64_t value) {
    return value < 0 ? -value : value;
}

/* numbers: value, largest, second, absolute */
static TablesFacts facts_of(const Shown *shown, const Number *numbers, int64_t contributors) {
    bool negative = shown->config.negative || numbers[0].digits < 0;
    TablesFacts facts = {.value = numbers[0].digits,
                         .contributors = contributors,
                         .whole = -1,
                         .row = -1,
                         .negative = negative};
    for (int i = 1; i <= 2 && numbers[i].known; i++) {
        facts.largest[facts.known++] = magnitude(numbers[i].digits);
    }
    facts.all_known = contributors >= 0 && contributors <= facts.known;
    if (numbers[3].known) {
        facts.whole = magnitude(numbers[3].digits);
    } else if (!negative) {
        facts.whole = numbers[0].digits;
    }
    return facts;
}

/* ---- the answer ---- */

static int answer_reasons(Shown *shown, int64_t row, unsigned reasons, const char *dimension,
                          const char *state) {
    int rc = SITO_OK;
    for (int r = 0; r < TABLES_REASON_COUNT && rc == SITO_OK; r++) {
        if ((reasons & TABLES_BIT(r)) != 0 && shown->sink != NULL) {
            rc = shown->sink->reason(shown->sink->data, row, (TablesReason)r, state[0] == 'f');
        } else if ((reasons & TABLES_BIT(r)) != 0) {
            rc = sito_answer_row(&shown->call->answer, "isss", row, tables_reason_words[r],
                                 dimension, state);
        }
    }
    return rc;
}

static int judge(Shown *shown, int64_t row, const TablesRules *rules, const TablesFacts *facts,
                 const char *dimension) {
    unsigned undecided = 0;
    unsigned found = tables_primary(rules, facts, &undecided);
    int rc = answer_reasons(shown, row, found, dimension, "found");
    return rc == SITO_OK ? answer_reasons(shown, row, undecided, dimension, "unknown") : rc;
}

/* values: rowid, the columns, zero sign, one number a dimension */
static int take_row(void *data, int count, sqlite3_value **values) {
    static const int read[] = {SHOWN_MEASURE, SHOWN_LARGEST, SHOWN_SECOND, SHOWN_ABSOLUTE};
    Shown *shown = data;
    const TablesRules *asked = &shown->config.rules;
    Number numbers[SITO_COUNT(read)], counted, row;
    int rc = SITO_OK;
    (void)count;
    for (size_t i = 0; i < SITO_COUNT(read) && rc == SITO_OK; i++) {
        rc = read_number(shown, values[1 + read[i]], &numbers[i]);
    }
    rc = rc == SITO_OK ? read_number(shown, values[1 + SHOWN_CONTRIBUTORS], &counted) : rc;
    bool zero = sqlite3_value_int(values[1 + SHOWN_COLUMNS]) != 0;
    bool hidden =
        sqlite3_value_type(values[1 + SHOWN_STATUS]) != SQLITE_NULL &&
        sqlite3_value_bytes(values[1 + SHOWN_STATUS]) > 0 &&
        strcmp((const char *)sqlite3_value_text(values[1 + SHOWN_STATUS]), "published") != 0;
    if (zero) {
        numbers[0] = (Number){.known = true};
        counted = shown->config.columns[SHOWN_CONTRIBUTORS] == NULL ? numbers[0] : counted;
    }
    if (rc != SITO_OK || hidden || !numbers[0].known) {
        return rc;
    }
    align(numbers, SITO_COUNT(numbers));
    int64_t number = sqlite3_value_int64(values[0]);
    TablesFacts facts = facts_of(shown, numbers, whole_or_unknown(&counted));
    TablesRules own = *asked, along = {.group = asked->group};
    own.group = false;
    own.zeros = asked->zeros && shown->config.columns[SHOWN_CONTRIBUTORS] != NULL;
    rc = judge(shown, number, &own, &facts, NULL);
    for (int d = 0; d < shown->config.count && rc == SITO_OK; d++) {
        rc = read_number(shown, values[2 + SHOWN_COLUMNS + d], &row);
        facts.row = rc == SITO_OK ? whole_or_unknown(&row) : -1;
        rc = rc == SITO_OK && facts.row > 0 && asked->group
                 ? judge(shown, number, &along, &facts, shown->config.dimensions[d].name)
                 : rc;
    }
    return rc;
}

int tables_shown_judge(SitoCall *call, const ShownSink *reasons) {
    Shown shown = {.call = call, .sink = reasons};
    SitoText table, json;
    SitoName name = {0};
    SitoBuffer sql = {0};
    const SitoSink sink = {.row = take_row, .data = &shown};
    int rc = sito_call_text(call, 0, &table);
    rc = rc == SITO_OK ? sito_call_text(call, 1, &json) : rc;
    rc = rc == SITO_OK ? sito_name_parse(table, &name, &call->error) : rc;
    rc = rc == SITO_OK ? shown_config_read(call, json, &shown.config) : rc;
    rc = rc == SITO_OK ? print_select(&shown, name.quoted, &sql) : rc;
    rc = rc == SITO_OK ? sito_table_run(call, sql.data, &sink) : rc;
    sito_buffer_free(&sql);
    sito_name_free(&name);
    shown_config_free(&shown.config);
    return rc;
}

int tables_shown_run(SitoCall *call) {
    return tables_shown_judge(call, NULL);
}

/*
** Records read for a table (make.h).
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "base/register.h"
#include "make.h"

#define MOST_RECORDS ((size_t)1 << 31)

typedef struct Reading {
    SitoCall *call;
    const MakePlan *plan;
    MakeRecords *records;
} Reading;

/* ---- amounts ---- */

static bool read_amount(const MakePlan *plan, sqlite3_value *value, SitoText text,
                        AnonDecimal *number) {
    char real[32];
    if (sqlite3_value_type(value) == SQLITE_FLOAT) {
        sqlite3_snprintf(sizeof real, real, "%!.15g", sqlite3_value_double(value));
        return anon_decimal_read_plain((SitoText){real, strlen(real)}, number);
    }
    return plan->comma && sqlite3_value_type(value) == SQLITE_TEXT
               ? anon_decimal_read(text, number)
               : anon_decimal_read_plain(text, number);
}

/* *missing: the record has no amount. */
static int take_amount(Reading *reading, sqlite3_value *value, bool *missing) {
    MakeRecords *records = reading->records;
    SitoText text;
    AnonDecimal number;
    int rc = sito_value_text(value, &text);
    *missing = rc == SITO_OK && text.size == 0;
    if (rc != SITO_OK || *missing) {
        return rc;
    }
    if (!read_amount(reading->plan, value, text, &number)) {
        return sito_error(&reading->call->error, SITO_ERROR,
                          "record %lld: what stands in \"%w\" is no number of at most 15 digits "
                          "(\"decimal\": \".\" takes 12.50, \",\" takes 12,50)",
                          (long long)records->count + (long long)records->missing + 1,
                          reading->plan->measure);
    }
    number = anon_decimal_trim(number);
    rc = sito_grow((void **)&records->amounts, &records->amount_room, records->count + 1,
                   sizeof *records->amounts, MOST_RECORDS);
    rc = rc == SITO_OK ? sito_grow((void **)&records->scales, &records->scale_room,
                                   records->count + 1, sizeof *records->scales, MOST_RECORDS)
                       : rc;
    if (rc == SITO_OK) {
        records->amounts[records->count] = number.digits;
        records->scales[records->count] = (uint8_t)number.scale;
        records->scale = number.scale > records->scale ? number.scale : records->scale;
    }
    return rc;
}

/* All amounts in units of the finest. */
static int scale_amounts(Reading *reading) {
    MakeRecords *records = reading->records;
    for (size_t i = 0; i < records->count && records->amounts != NULL; i++) {
        int64_t amount = records->amounts[i];
        for (int scale = records->scales[i]; scale < records->scale; scale++) {
            if (amount > TABLES_MOST_VALUE || amount < -TABLES_MOST_VALUE) {
                break;
            }
            amount *= 10;
        }
        if (amount > TABLES_MOST_VALUE || amount < -TABLES_MOST_VALUE) {
            return sito_error(&reading->call->error, SITO_TOOBIG,
                              "amounts in \"%w\" have more than 15 digits in their common unit",
                              reading->plan->measure);
        }
        records->amounts[i] = amount;
        records->negative = records->negative || amount < 0;
    }
    return SITO_OK;
}

/* ---- rows ---- */

static int take_code(AnonDictionary *texts, sqlite3_value *value, uint32_t **codes, size_t *room,
                     size_t at) {
    char real[32];
    SitoText text;
    uint32_t code;
    bool fresh, whole = sqlite3_value_type(value) == SQLITE_INTEGER;
    int rc = SITO_OK;
    if (!whole || !anon_dictionary_integer(texts, sqlite3_value_int64(value), &code)) {
        rc = anon_value_text(value, real, &text);
        rc = rc == SITO_OK ? anon_dictionary_code(texts, text, &code, &fresh) : rc;
        if (rc == SITO_OK && whole) {
            anon_dictionary_remember(texts, sqlite3_value_int64(value), code);
        }
    }
    rc = rc == SITO_OK ? sito_grow((void **)codes, room, at + 1, sizeof **codes, MOST_RECORDS) : rc;
    if (rc == SITO_OK) {
        (*codes)[at] = code;
    }
    return rc;
}

static int take_row(void *data, int count, sqlite3_value **values) {
    Reading *reading = data;
    MakeRecords *records = reading->records;
    const MakePlan *plan = reading->plan;
    bool missing = false;
    int rc = SITO_OK, at = plan->count;
    (void)count;
    if (plan->measure != NULL) {
        rc = take_amount(reading, values[at++], &missing);
    }
    if (missing) {
        records->missing++;
        return rc;
    }
    if (plan->contributors != NULL && rc == SITO_OK) {
        rc = take_code(&records->people, values[at], &records->contributors,
                       &records->contributor_room, records->count);
    }
    for (int d = 0; d < plan->count && rc == SITO_OK; d++) {
        rc = take_code(&records->values[d], values[d], &records->codes[d], &records->code_room[d],
                       records->count);
    }
    records->count += rc == SITO_OK;
    return rc;
}

static int add_name(SitoColumns *columns, const char *name, char **error) {
    return sito_columns_add(columns, (SitoText){name, strlen(name)}, error);
}

int make_records_read(SitoCall *call, SitoText table, const MakePlan *plan, MakeRecords *records) {
    SitoColumns dimensions = {.count = 0}, measure = {.count = 0}, people = {.count = 0};
    const SitoColumns *lists[] = {&dimensions, &measure, &people};
    Reading reading = {.call = call, .plan = plan, .records = records};
    SitoSink sink = {.row = take_row, .data = &reading};
    int rc = SITO_OK;
    for (int d = 0; d < plan->count && rc == SITO_OK; d++) {
        rc = add_name(&dimensions, plan->dimensions[d].name, &call->error);
    }
    if (rc == SITO_OK && plan->measure != NULL) {
        rc = add_name(&measure, plan->measure, &call->error);
    }
    if (rc == SITO_OK && plan->contributors != NULL) {
        rc = add_name(&people, plan->contributors, &call->error);
    }
    rc = rc == SITO_OK ? sito_table_read(call, table, lists, 3, false, &sink) : rc;
    if (rc == SITO_OK && records->count == 0) {
        rc = sito_error(&call->error, SITO_ERROR, "the table has no records%s",
                        records->missing > 0 ? " with an amount" : "");
    }
    rc = rc == SITO_OK ? scale_amounts(&reading) : rc;
    sito_columns_free(&dimensions);
    sito_columns_free(&measure);
    sito_columns_free(&people);
    return rc;
}

void make_records_free(MakeRecords *records) {
    for (int d = 0; d < TABLES_MOST_DIMENSIONS; d++) {
        anon_dictionary_free(&records->values[d]);
        sito_free(records->codes[d]);
    }
    anon_dictionary_free(&records->people);
    sito_free(records->contributors);
    sito_free(records->amounts);
    sito_free(records->scales);
    *records = (MakeRecords){0};
}

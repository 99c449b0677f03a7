/*
** Reads a table into classes (load.h).
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "load.h"

static int add_rowid(RiskLoad *load, sqlite3_value *value) {
    void *rowids = load->rowids;
    int rc = sito_grow(&rowids, &load->rowid_capacity, load->rowid_count + 1, sizeof *load->rowids,
                       RISK_MAX_ROWS);
    load->rowids = rowids;
    if (rc == SITO_OK) {
        bool none = sqlite3_value_type(value) != SQLITE_INTEGER;
        int64_t number = (int64_t)load->rowid_count + 1;
        load->rowids[load->rowid_count++] = none ? number : sqlite3_value_int64(value);
    }
    return rc;
}

static int add_row(void *data, int count, sqlite3_value **values) {
    RiskLoad *load = data;
    size_t sensitive = (size_t)load->sensitive.count;
    int rc = SITO_OK;
    (void)count;
    if (load->keep_rowids) {
        rc = add_rowid(load, *values++);
    }
    sqlite3_value **quasi = values;
    if (rc == SITO_OK && !load->codes_only) {
        rc = risk_gather_class(&load->gather, values, load->quasi.count);
        values += load->quasi.count;
    }
    if (rc == SITO_OK && load->unit.count > 0) {
        rc = risk_gather_unit(&load->gather, *values++);
    }
    for (size_t i = 0; i < load->gather.sensitive_count && rc == SITO_OK; i++) {
        rc = risk_gather_sensitive(&load->gather, i,
                                   i < sensitive ? values[i] : quasi[i - sensitive]);
    }
    return rc;
}

int risk_load_columns(SitoCall *call, RiskLoad *load, int arg) {
    SitoText table;
    load->codes_only = true;
    int rc = sito_call_text(call, 0, &table);
    rc = rc == SITO_OK ? sito_call_columns(call, arg, table, &load->sensitive) : rc;
    return rc == SITO_OK ? risk_load(call, load, false) : rc;
}

int risk_load(SitoCall *call, RiskLoad *load, bool ids) {
    SitoText table;
    const SitoColumns *lists[] = {&load->quasi, &load->unit, &load->sensitive};
    SitoSink sink = {.row = add_row, .data = load};
    int kept = load->sensitive.count + (load->keep_quasi ? load->quasi.count : 0);
    int rc = risk_gather_start(&load->gather, (size_t)kept);
    rc = rc == SITO_OK ? sito_call_text(call, 0, &table) : rc;
    rc = rc == SITO_OK
             ? sito_table_read(call, table, lists, SITO_COUNT(lists), load->keep_rowids, &sink)
             : rc;
    return rc == SITO_OK ? risk_gather_partition(&load->gather, ids, &call->watch, &load->partition)
                         : rc;
}

void risk_load_free(RiskLoad *load) {
    risk_partition_free(&load->partition);
    risk_gather_free(&load->gather);
    sito_columns_free(&load->quasi);
    sito_columns_free(&load->sensitive);
    sito_columns_free(&load->unit);
    sito_free(load->rowids);
}

int risk_load_names(SitoCall *call, RiskLoad *load, int unit) {
    SitoText list;
    int rc = sito_call_text(call, 1, &list);
    rc = rc == SITO_OK ? sito_columns_parse(list, &load->quasi, &call->error) : rc;
    if (rc != SITO_OK || call->args[unit] == NULL) {
        return rc;
    }
    rc = sito_call_text(call, unit, &list);
    rc = rc == SITO_OK ? sito_columns_parse(list, &load->unit, &call->error) : rc;
    if (rc == SITO_OK && load->unit.count != 1) {
        rc = sito_error(&call->error, SITO_ERROR, "the unit is one column");
    }
    return rc;
}

/*
** risk_facts(config, v1, …): what the gate asks of one scan, JSON in, JSON out.
**
**   {"risk":    [{"measure": "k_anonymity", "field": null, "value": 3}, …],
**    "class":   [{"size": 3, "classes": 1, "rows": 3}, …],
**    "witness": [{"kind": "k_anonymity", "field": null, "line": 7, "record": 6, "byte": 93,
**                 "shape": null}, …],
**    "doubt":   [{"field": "ulica", "rows": 7, "uniques": 3, "k": 1}, …]}
**
** R1  The configuration is read once a group, from its first row (facts_config.h).
** R2  Measures of the quasi-identifiers have field null, those of a sensitive column its name. All
**     words of risk.h are there, but t_closeness_ordered only where the column asks for it.
** R3  Without quasi-identifiers all rows are one class.
** R4  Over no rows: counts are 0, measures null, lists empty; sensitive columns are not known then.
** R5  Witnesses are records in classes below k, those of the smallest classes first, then in file
**     order. Without a column for it the record is the number of the row.
** R6  `doubt` is there where the configuration asks for it (doubt.h); its witnesses have the kind doubtful
**     and the field. Of the other columns 8 bytes a row are kept, of all together DOUBT_CELLS values at
**     most; beyond, their figures are null.
** R7  With cells (facts_config.h) the facts are the same; SQLite hands over one value for all columns.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "base/register.h"
#include "doubt.h"
#include "facts_config.h"
#include "gather.h"
#include "measures.h"
#include "places.h"

enum { DOUBT_CELLS = 1 << 25 };

/* A hash of each value of a column. */
typedef struct Codes {
    uint64_t *values;
    size_t count, capacity;
} Codes;

typedef struct Facts {
    RiskGather gather;
    RiskConfig config;
    Codes *others; /* one for each other column */
    int64_t other_cells;
    size_t unclassed; /* rows that are in no log, since all of them are one class (R3) */
    bool gave_up;     /* there were more than DOUBT_CELLS */
    RiskPlaces places[RISK_ROLES]; /* of the roles record, line, byte; INT64_MIN: NULL */
    bool started, failed;
} Facts;

static int start(sqlite3_context *context, Facts *facts, int nargs, sqlite3_value *json,
                 char **error) {
    SitoText text;
    int rc = sito_value_text(json, &text);
    if (rc == SITO_OK) {
        rc = risk_config_read(sqlite3_context_db_handle(context), text, &facts->config, error);
    }
    if (rc == SITO_OK && facts->config.values != nargs - 1) {
        return sito_error(error, SITO_ERROR,
                          "risk_facts: the configuration names %d columns, but %d values follow",
                          facts->config.values, nargs - 1);
    }
    if (rc == SITO_OK && facts->config.others_count > 0) {
        size_t size = (size_t)facts->config.others_count * sizeof *facts->others;
        facts->others = sito_malloc(size);
        rc = facts->others == NULL ? SITO_NOMEM : SITO_OK;
        if (rc == SITO_OK) {
            memset(facts->others, 0, size);
        }
    }
    return rc == SITO_OK ? risk_gather_start(&facts->gather, (size_t)facts->config.sensitive_count)
                         : rc;
}

static void free_others(Facts *facts) {
    for (int i = 0; facts->others != NULL && i < facts->config.others_count; i++) {
        sito_free(facts->others[i].values);
    }
    sito_free(facts->others);
    facts->others = NULL;
}

/* A row as it comes in: one value a column, or one for all of them. */
typedef struct Row {
    sqlite3_value **values;
    const SitoCells *cells; /* NULL: there are values */
} Row;

/* A cell of the record. A text is only good until the next one is read. */
static int read_cell(const Facts *facts, const SitoCells *cells, int column, RiskCell *cell) {
    size_t position = (size_t)facts->config.position[column];
    *cell = (RiskCell){0};
    int rc = cells->read(cells, position, &cell->text);
    cell->type = cell->text.data != NULL ? RISK_TEXT : RISK_NULL;
    return rc;
}

static int hash_column(Facts *facts, const Row *row, int column, SitoHash128 *hash) {
    RiskCell cell;
    if (row->cells == NULL) {
        return risk_row_hash(&row->values[column], 1, &facts->gather.key, hash);
    }
    int rc = read_cell(facts, row->cells, column, &cell);
    facts->gather.key.size = 0;
    rc = rc == SITO_OK ? risk_cell_key(&cell, &facts->gather.key) : rc;
    if (rc == SITO_OK) {
        *hash = sito_hash128(facts->gather.key.data, facts->gather.key.size);
    }
    return rc;
}

/* R6 */
static int add_others(Facts *facts, const Row *row) {
    const RiskConfig *config = &facts->config;
    facts->other_cells += config->others_count;
    if (facts->others != NULL && facts->other_cells > DOUBT_CELLS) {
        facts->gave_up = true;
        free_others(facts);
    }
    int rc = SITO_OK;
    for (int i = 0; facts->others != NULL && i < config->others_count && rc == SITO_OK; i++) {
        Codes *codes = &facts->others[i];
        SitoHash128 hash;
        void *array = codes->values;
        rc = sito_grow(&array, &codes->capacity, codes->count + 1, sizeof *codes->values,
                       RISK_MAX_ROWS);
        codes->values = array;
        rc = rc == SITO_OK ? hash_column(facts, row, config->others[i], &hash) : rc;
        if (rc == SITO_OK) {
            codes->values[codes->count++] = hash.low;
        }
    }
    return rc;
}

static int add_place(RiskPlaces *places, sqlite3_value *value) {
    bool missing = sqlite3_value_type(value) == SQLITE_NULL;
    return risk_places_add(places, missing ? INT64_MIN : sqlite3_value_int64(value));
}

static int add_values(Facts *facts, sqlite3_value **values) {
    const RiskConfig *config = &facts->config;
    sqlite3_value *quasi[RISK_MOST_COLUMNS];
    for (int i = 0; i < config->quasi_count; i++) {
        quasi[i] = values[config->quasi[i]];
    }
    int rc = risk_gather_class(&facts->gather, quasi, config->quasi_count);
    for (int i = 0; i < config->sensitive_count && rc == SITO_OK; i++) {
        rc = risk_gather_sensitive(&facts->gather, (size_t)i, values[config->sensitive[i]]);
    }
    return rc;
}

static int add_cells(Facts *facts, const SitoCells *cells) {
    const RiskConfig *config = &facts->config;
    RiskCell cell;
    int rc = SITO_OK;
    facts->gather.key.size = 0;
    for (int i = 0; i < config->quasi_count && rc == SITO_OK; i++) {
        rc = read_cell(facts, cells, config->quasi[i], &cell);
        rc = rc == SITO_OK ? risk_cell_key(&cell, &facts->gather.key) : rc;
    }
    if (rc == SITO_OK && (config->quasi_count > 0 || config->place[RISK_UNIT] >= 0)) {
        rc = risk_gather_key(&facts->gather);
    } else {
        facts->unclassed += rc == SITO_OK;
    }
    for (int i = 0; i < config->sensitive_count && rc == SITO_OK; i++) {
        rc = read_cell(facts, cells, config->sensitive[i], &cell);
        rc = rc == SITO_OK ? risk_column_add(&facts->gather.sensitive[i], &cell, &facts->gather.key)
                           : rc;
    }
    return rc;
}

/* The cells of the record; NULL where each column has its own value. */
static int find_cells(const RiskConfig *config, sqlite3_value **values, const SitoCells **cells,
                      char **error) {
    *cells = NULL;
    if (!config->cells) {
        return SITO_OK;
    }
    int rc =
        sito_value_cells(values[0], values[config->place[RISK_RECORD]], "risk_facts", cells, error);
    if (rc == SITO_OK && config->furthest >= (int64_t)(*cells)->count) {
        rc = sito_error(error, SITO_ERROR,
                        "risk_facts: a column has the position %lld, the record has %lld cells",
                        (long long)config->furthest + 1, (long long)(*cells)->count);
    }
    return rc;
}

static int add_row(Facts *facts, sqlite3_value **values, char **error) {
    const RiskConfig *config = &facts->config;
    Row row = {.values = values};
    int rc = find_cells(config, values, &row.cells, error);
    if (rc == SITO_OK) {
        rc = row.cells != NULL ? add_cells(facts, row.cells) : add_values(facts, values);
    }
    if (rc == SITO_OK && config->others_count > 0) {
        rc = add_others(facts, &row);
    }
    if (rc == SITO_OK && config->place[RISK_UNIT] >= 0) {
        rc = risk_gather_unit(&facts->gather, values[config->place[RISK_UNIT]]);
    }
    for (int role = RISK_RECORD; role < RISK_ROLES && rc == SITO_OK; role++) {
        if (config->place[role] >= 0) {
            rc = add_place(&facts->places[role], values[config->place[role]]);
        }
    }
    return rc;
}

void risk_facts_step(sqlite3_context *context, int nargs, sqlite3_value **args) {
    char *error = NULL;
    int rc = SITO_OK;
    if (!sito_args_ok(context, nargs)) {
        return;
    }
    Facts *facts = sqlite3_aggregate_context(context, sizeof *facts);
    if (facts == NULL) {
        sqlite3_result_error_nomem(context);
        return;
    }
    if (facts->failed) {
        return;
    }
    if (!facts->started) {
        facts->started = true;
        rc = start(context, facts, nargs, args[0], &error);
    }
    if (rc == SITO_OK) {
        rc = add_row(facts, args + 1, &error);
    }
    if (rc != SITO_OK) {
        facts->failed = true;
        risk_result_failure(context, rc, error);
    }
}

/* ---- the result ---- */

static int write_summary(const RiskSummary *summary, SitoBuffer *json) {
    int rc = sito_buffer_print(json, "{\"risk\":[");
    for (size_t i = 0; i < risk_summary_word_count && rc == SITO_OK; i++) {
        rc = sito_buffer_print(json,
                               "%s{\"measure\":\"%s\",\"field\":null,\"value\":", i == 0 ? "" : ",",
                               risk_summary_words[i].word);
        rc = rc == SITO_OK ? risk_json_summary(json, &risk_summary_words[i], summary) : rc;
        rc = rc == SITO_OK ? sito_buffer_add(json, "}", 1) : rc;
    }
    return rc;
}

static int write_sensitive(Facts *facts, int i, const RiskPartition *partition,
                           const SitoWatch *watch, SitoBuffer *json) {
    enum { OFFICE_L = 2 };
    RiskSensitive measured;
    int place = facts->config.sensitive[i];
    unsigned what = facts->config.ordered[place] ? RISK_ALL : RISK_ALL & ~(unsigned)RISK_T_ORDERED;
    int rc =
        risk_sensitive(partition, &facts->gather.sensitive[i], what, OFFICE_L, watch, &measured);
    for (size_t w = 0; w < risk_sensitive_word_count && rc == SITO_OK; w++) {
        const RiskWord *word = &risk_sensitive_words[w];
        if ((word->what & what) == 0) {
            continue;
        }
        rc = sito_buffer_print(json, ",{\"measure\":\"%s\",\"field\":%s,\"value\":", word->word,
                               facts->config.names[place]);
        rc = rc == SITO_OK ? risk_json_sensitive(json, word, &measured) : rc;
        rc = rc == SITO_OK ? sito_buffer_add(json, "}", 1) : rc;
    }
    return rc;
}

static int write_classes(const RiskHistogram *histogram, SitoBuffer *json) {
    int rc = sito_buffer_print(json, "],\"class\":[");
    for (size_t i = 0; i < histogram->count && rc == SITO_OK; i++) {
        const RiskSize *size = &histogram->sizes[i];
        rc = sito_buffer_print(json, "%s{\"size\":%u,\"classes\":%llu,\"rows\":%llu}",
                               i == 0 ? "" : ",", size->size, (unsigned long long)size->classes,
                               (unsigned long long)size->rows);
    }
    return rc;
}

static int write_place(const Facts *facts, RiskRole role, const char *word, size_t row,
                       SitoBuffer *json) {
    const RiskPlaces *places = &facts->places[role];
    int64_t place = places->count > 0     ? risk_places_at(places, row)
                    : role == RISK_RECORD ? (int64_t)row + 1
                                          : INT64_MIN;
    return place == INT64_MIN ? sito_buffer_print(json, ",\"%s\":null", word)
                              : sito_buffer_print(json, ",\"%s\":%lld", word, (long long)place);
}

static int write_witness(const Facts *facts, const char *kind, const char *field, size_t row,
                         bool first, SitoBuffer *json) {
    int rc =
        sito_buffer_print(json, "%s{\"kind\":\"%s\",\"field\":%s", first ? "" : ",", kind, field);
    rc = rc == SITO_OK ? write_place(facts, RISK_LINE, "line", row, json) : rc;
    rc = rc == SITO_OK ? write_place(facts, RISK_RECORD, "record", row, json) : rc;
    rc = rc == SITO_OK ? write_place(facts, RISK_BYTE, "byte", row, json) : rc;
    return rc == SITO_OK ? sito_buffer_print(json, ",\"shape\":null}") : rc;
}

/* Each size below k is one walk over the rows; it yields a witness at least, so there are at most
** `witnesses` walks. */
static int write_witnesses(const Facts *facts, const RiskPartition *partition,
                           const RiskHistogram *histogram, SitoBuffer *json) {
    int64_t written = 0;
    int rc = SITO_OK;
    for (size_t i = 0; i < histogram->count && rc == SITO_OK; i++) {
        uint32_t size = histogram->sizes[i].size;
        if (size >= facts->config.k) {
            break;
        }
        for (size_t row = 0; row < partition->rows && rc == SITO_OK; row++) {
            if (written == facts->config.witnesses) {
                break;
            }
            if (partition->sizes[partition->classes.ids[row]] == size) {
                rc = write_witness(facts, "k_anonymity", "null", row, written++ == 0, json);
            }
        }
    }
    return rc;
}

/* ---- what other columns would do ---- */

static int write_doubt(const Facts *facts, const char *name, const RiskPartition *partition,
                       const uint64_t *codes, const SitoWatch *watch, SitoBuffer *doubts,
                       SitoBuffer *witnesses) {
    RiskDoubt doubt = {0};
    size_t missing = facts->gather.unit_missing;
    uint32_t nobody = missing == SIZE_MAX ? UINT32_MAX : partition->units.ids[missing];
    int rc = risk_doubt(partition, codes, nobody, (uint32_t)facts->config.k, watch, &doubt);
    if (rc == SITO_OK) {
        rc = sito_buffer_print(doubts, "%s{\"field\":%s,\"rows\":%llu,\"uniques\":%llu,\"k\":%u}",
                               doubts->size == 0 ? "" : ",", name, (unsigned long long)doubt.rows,
                               (unsigned long long)doubt.uniques, doubt.k);
    }
    int64_t most = doubt.rows < (uint64_t)facts->config.witnesses ? (int64_t)doubt.rows
                                                                  : facts->config.witnesses;
    for (size_t row = 0; row < partition->rows && most > 0 && rc == SITO_OK; row++) {
        if ((doubt.marks[row / 64] >> row % 64 & 1) != 0) {
            rc = write_witness(facts, "doubtful", name, row, false, witnesses);
            most--;
        }
    }
    sito_free(doubt.marks);
    return rc;
}

/* The hashes of a sensitive column, which is kept as a dictionary. */
static int write_sensitive_doubt(const Facts *facts, int i, const RiskPartition *partition,
                                 const SitoWatch *watch, SitoBuffer *doubts,
                                 SitoBuffer *witnesses) {
    const RiskColumn *column = &facts->gather.sensitive[i];
    uint64_t *codes = sito_malloc((column->rows + 1) * sizeof *codes);
    for (size_t row = 0; codes != NULL && row < column->rows; row++) {
        codes[row] = column->values[column->codes[row]].hash.low;
    }
    int rc = codes == NULL ? SITO_NOMEM
                           : write_doubt(facts, facts->config.names[facts->config.sensitive[i]],
                                         partition, codes, watch, doubts, witnesses);
    sito_free(codes);
    return rc;
}

static int write_doubts(const Facts *facts, const RiskPartition *partition, const SitoWatch *watch,
                        SitoBuffer *doubts, SitoBuffer *witnesses) {
    const RiskConfig *config = &facts->config;
    int rc = SITO_OK;
    if (!config->doubts || partition->rows == 0) {
        return SITO_OK;
    }
    for (int i = 0; i < config->sensitive_count && rc == SITO_OK; i++) {
        rc = write_sensitive_doubt(facts, i, partition, watch, doubts, witnesses);
    }
    for (int i = 0; i < config->others_count && rc == SITO_OK; i++) {
        const char *name = config->names[config->others[i]];
        rc = facts->gave_up
                 ? sito_buffer_print(doubts,
                                     "%s{\"field\":%s,\"rows\":null,\"uniques\":null,\"k\":null}",
                                     doubts->size == 0 ? "" : ",", name)
                 : write_doubt(facts, name, partition, facts->others[i].values, watch, doubts,
                               witnesses);
    }
    return rc;
}

/* The measures, the classes, and the witnesses of small classes. */
static int write_measures(Facts *facts, const RiskPartition *partition, const SitoWatch *watch,
                          SitoBuffer *json, SitoBuffer *witnesses) {
    RiskHistogram histogram = {0};
    RiskSummary summary;
    int rc = risk_histogram_make(partition, &histogram);
    if (rc == SITO_OK) {
        risk_summarise(partition, &histogram, &summary);
        rc = write_summary(&summary, json);
    }
    for (int i = 0; i < facts->config.sensitive_count && rc == SITO_OK && partition->rows > 0;
         i++) {
        rc = write_sensitive(facts, i, partition, watch, json);
    }
    rc = rc == SITO_OK ? write_classes(&histogram, json) : rc;
    rc = rc == SITO_OK ? write_witnesses(facts, partition, &histogram, witnesses) : rc;
    risk_histogram_free(&histogram);
    return rc;
}

/* True where rows are looked at one by one in the end. */
static bool needs_rows(const Facts *facts) {
    return facts->config.sensitive_count > 0 ||
           (facts->config.doubts && facts->config.others_count > 0) ||
           facts->unclassed < (size_t)facts->config.k;
}

static int write_facts(Facts *facts, const SitoWatch *watch, SitoBuffer *json) {
    RiskPartition partition = {0};
    SitoBuffer doubts = {0}, witnesses = {0};
    int rc = facts->unclassed > 0
                 ? risk_partition_whole(facts->unclassed, needs_rows(facts), &partition)
                 : risk_gather_partition(&facts->gather, true, watch, &partition);
    if (rc == SITO_OK && (!facts->started || facts->config.measures)) {
        rc = write_measures(facts, &partition, watch, json, &witnesses);
    } else if (rc == SITO_OK) {
        rc = sito_buffer_print(json, "{\"risk\":[],\"class\":[");
    }
    rc = rc == SITO_OK ? write_doubts(facts, &partition, watch, &doubts, &witnesses) : rc;
    size_t comma = witnesses.size > 0 && witnesses.data[0] == ',';
    rc = rc == SITO_OK
             ? sito_buffer_print(json, "],\"witness\":[%.*s]", (int)(witnesses.size - comma),
                                 witnesses.size > 0 ? witnesses.data + comma : "")
             : rc;
    if (rc == SITO_OK && facts->config.doubts) {
        rc = sito_buffer_print(json, ",\"doubt\":[%.*s]", (int)doubts.size,
                               doubts.size > 0 ? doubts.data : "");
    }
    rc = rc == SITO_OK ? sito_buffer_add(json, "}", 1) : rc;
    sito_buffer_free(&doubts);
    sito_buffer_free(&witnesses);
    risk_partition_free(&partition);
    return rc;
}

void risk_facts_final(sqlite3_context *context) {
    Facts nothing = {.gather = {.unit_missing = SIZE_MAX}};
    Facts *facts = sqlite3_aggregate_context(context, 0);
    SitoWatch watch = sito_watch_database(sqlite3_context_db_handle(context));
    SitoBuffer json = {0};
    facts = facts == NULL ? &nothing : facts;
    if (!facts->failed) {
        int rc = write_facts(facts, &watch, &json);
        if (rc == SITO_OK) {
            sqlite3_result_text64(context, json.data, json.size, SQLITE_TRANSIENT, SQLITE_UTF8);
        } else {
            risk_result_failure(context, rc, NULL);
        }
    }
    sito_buffer_free(&json);
    free_others(facts);
    risk_gather_free(&facts->gather);
    risk_config_free(&facts->config);
    for (int role = 0; role < RISK_ROLES; role++) {
        risk_places_free(&facts->places[role]);
    }
}

/*
** The rules of a plan (make_config.h).
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "make_reader.h"

/* A number of at most nine decimals, exactly. */
static bool ratio_of(SitoText text, TablesRatio *ratio) {
    AnonDecimal number;
    if (!anon_decimal_read_plain(text, &number) || number.scale > 9) {
        return false;
    }
    *ratio = (TablesRatio){.over = number.digits, .under = 1};
    for (int i = 0; i < number.scale; i++) {
        ratio->under *= 10;
    }
    return tables_ratio_valid(*ratio);
}

static int take_percent(MakeReader *reader, const MakeField *field, TablesRatio *to) {
    bool number = make_is(field, "integer") || make_is(field, "real");
    if (!number || !ratio_of(field->text, to) || to->over > 100 * to->under) {
        return make_wrong(reader, field, "a percentage from 0 to 100, of at most nine decimals");
    }
    if (to->over == 0) {
        *to = (TablesRatio){0, 0};
    }
    return SITO_OK;
}

/* [a, b]: two numbers of the list. */
static int take_pair(MakeReader *reader, const MakeField *field, TablesRatio pair[2]) {
    sqlite3_stmt *statement = NULL;
    bool ok = false;
    int rc = sqlite3_prepare_v2(reader->db,
                                "SELECT json_extract(?1, '$[0]'), json_extract(?1, '$[1]') WHERE"
                                " json_array_length(?1) = 2",
                                -1, &statement, NULL);
    rc = rc == SQLITE_OK ? sqlite3_bind_text64(statement, 1, field->text.data, field->text.size,
                                               SQLITE_STATIC, SQLITE_UTF8)
                         : rc;
    rc = rc == SQLITE_OK && make_is(field, "array") ? sqlite3_step(statement) : rc;
    if (rc == SQLITE_ROW) {
        ok = true;
        for (int i = 0; i < 2; i++) {
            SitoText text = {(const char *)sqlite3_column_text(statement, i),
                             (size_t)sqlite3_column_bytes(statement, i)};
            int type = sqlite3_column_type(statement, i);
            ok = ok && text.data != NULL && (type == SQLITE_INTEGER || type == SQLITE_FLOAT) &&
                 ratio_of(text, &pair[i]);
        }
    }
    sqlite3_finalize(statement);
    if (rc != SQLITE_ROW && rc != SQLITE_DONE && rc != SQLITE_OK) {
        return make_failure(reader, rc);
    }
    return ok ? SITO_OK : SITO_ERROR;
}

static int take_dominance(MakeReader *reader, const MakeField *field) {
    TablesRules *rules = &reader->plan->rules;
    TablesRatio pair[2] = {{0, 1}, {0, 1}};
    int rc = take_pair(reader, field, pair);
    if (rc == SITO_ERROR || (rc == SITO_OK && (pair[0].under != 1 || pair[0].over < 1 ||
                                               pair[0].over > TABLES_MOST_LARGEST ||
                                               pair[1].over > 100 * pair[1].under))) {
        return make_wrong(reader, field,
                          "[n, k]: the n largest, 1 to 8, together above k percent, as [2, 85]");
    }
    rules->n = (int)pair[0].over;
    rules->k = pair[1];
    return rc;
}

static int take_pq(MakeReader *reader, const MakeField *field) {
    TablesRatio pair[2] = {{0, 1}, {0, 1}};
    int rc = take_pair(reader, field, pair);
    if (rc == SITO_ERROR ||
        (rc == SITO_OK &&
         (pair[0].over <= 0 || pair[1].over <= 0 || pair[0].over > 1000000 * pair[0].under ||
          pair[1].over > 1000000 * pair[1].under || pair[0].under > 1 || pair[1].under > 1 ||
          pair[0].over >= pair[1].over))) {
        return make_wrong(reader, field, "[p, q]: whole percentages, p below q, as [10, 50]");
    }
    reader->plan->rules.pq = (TablesRatio){pair[0].over, pair[1].over};
    return rc;
}

static int take_group(MakeReader *reader, const MakeField *field) {
    MakePlan *plan = reader->plan;
    for (int d = 0; d < plan->count; d++) {
        if (make_is(field, "text") &&
            sqlite3_stricmp(plan->dimensions[d].name, field->text.data) == 0) {
            plan->dimensions[d].group = true;
            plan->rules.group = true;
            return SITO_OK;
        }
    }
    return sito_error(reader->error, SITO_ERROR, "group is a list of names of dimensions");
}

/* true: of every dimension; a list: of those it names. */
static int take_groups(MakeReader *reader, const MakeField *field) {
    MakePlan *plan = reader->plan;
    if (make_is(field, "array")) {
        return make_each(reader, field->text, take_group);
    }
    plan->rules.group = make_is(field, "true");
    for (int d = 0; d < plan->count; d++) {
        plan->dimensions[d].group = plan->rules.group;
    }
    return plan->rules.group || make_is(field, "false")
               ? SITO_OK
               : make_wrong(reader, field, "true, or a list of names of dimensions");
}

static int take_rule(MakeReader *reader, const MakeField *field) {
    static const char *const keys[] = {"least", "article38", "dominance", "p",
                                       "pq",    "zeros",     "group"};
    TablesRules *rules = &reader->plan->rules;
    if (strcmp(field->key, "least") == 0) {
        return make_take_whole(reader, field, 1000000, &rules->least);
    }
    if (strcmp(field->key, "article38") == 0) {
        return make_take_flag(reader, field, &rules->article_38);
    }
    if (strcmp(field->key, "zeros") == 0) {
        return make_take_flag(reader, field, &rules->zeros);
    }
    if (strcmp(field->key, "p") == 0) {
        return take_percent(reader, field, &rules->p);
    }
    if (strcmp(field->key, "dominance") == 0) {
        return take_dominance(reader, field);
    }
    if (strcmp(field->key, "pq") == 0) {
        return take_pq(reader, field);
    }
    return strcmp(field->key, "group") == 0
               ? take_groups(reader, field)
               : make_unknown_key(reader, field->key, " of the rules", keys, SITO_COUNT(keys));
}

int make_take_rules(MakeReader *reader, const MakeField *field) {
    if (strcmp(field->key, "rules") != 0) {
        return SITO_OK;
    }
    return make_is(field, "object") ? make_each(reader, field->text, take_rule)
                                    : make_wrong(reader, field, "an object, as {\"least\": 5}");
}

/*
** The plan of a table, read (make_config.h).
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "make_reader.h"

/* ---- values ---- */

static int take_word(MakeReader *reader, const MakeField *field, const char *const *words,
                     size_t count, int *to) {
    for (size_t i = 0; i < count && make_is(field, "text"); i++) {
        if (strcmp(field->text.data, words[i]) == 0) {
            *to = (int)i;
            return SITO_OK;
        }
    }
    return sito_error(reader->error, SITO_ERROR, "%s is %s, %s or %s", field->key, words[0],
                      words[1], words[count - 1]);
}

static int take_base(MakeReader *reader, const MakeField *field) {
    int64_t *base = &reader->plan->base;
    int rc = make_take_whole(reader, field, 5, base);
    return rc != SITO_OK || *base == 3 || *base == 5 ? rc : make_wrong(reader, field, "3 or 5");
}

static int take_share(MakeReader *reader, const MakeField *field) {
    reader->plan->most_suppressed = field->number;
    bool number = make_is(field, "integer") || make_is(field, "real");
    return number && field->number >= 0 && field->number <= 1
               ? SITO_OK
               : make_wrong(reader, field, "a share from 0 to 1");
}

static int take_decimal(MakeReader *reader, const MakeField *field) {
    bool comma = make_is(field, "text") && strcmp(field->text.data, ",") == 0;
    reader->plan->comma = comma;
    return comma || (make_is(field, "text") && strcmp(field->text.data, ".") == 0)
               ? SITO_OK
               : make_wrong(reader, field, "',' or '.'");
}

/* ---- dimensions ---- */

static int take_dimension_key(MakeReader *reader, const MakeField *field) {
    static const char *const keys[] = {"name", "hierarchy", "total", "least", "weight"};
    MakeDimension *dimension = reader->dimension;
    int64_t least = 0;
    int rc = SITO_OK;
    if (strcmp(field->key, "name") == 0) {
        return make_take_text(reader, field, &dimension->name);
    }
    if (strcmp(field->key, "hierarchy") == 0) {
        return make_take_text(reader, field, &dimension->spec);
    }
    if (strcmp(field->key, "total") == 0) {
        return make_take_text(reader, field, &dimension->total);
    }
    if (strcmp(field->key, "least") == 0) {
        rc = make_take_whole(reader, field, ANON_MOST_LEVELS, &least);
        dimension->least = (int)least;
        return rc;
    }
    if (strcmp(field->key, "weight") == 0) {
        dimension->weight = field->number;
        bool number = make_is(field, "integer") || make_is(field, "real");
        return number && field->number >= 1 && field->number <= 1000
                   ? SITO_OK
                   : make_wrong(reader, field, "a number from 1 to 1000");
    }
    return make_unknown_key(reader, field->key, " of a dimension", keys, SITO_COUNT(keys));
}

static int finish_dimension(MakeReader *reader, MakeDimension *dimension) {
    const MakePlan *plan = reader->plan;
    if (dimension->name == NULL) {
        return sito_error(reader->error, SITO_ERROR, "each dimension has a name");
    }
    for (const MakeDimension *other = plan->dimensions; other < dimension; other++) {
        if (sqlite3_stricmp(other->name, dimension->name) == 0) {
            return sito_error(reader->error, SITO_ERROR, "the dimension \"%w\" is named twice",
                              dimension->name);
        }
    }
    if (dimension->total == NULL && (dimension->total = sito_print("Ogółem")) == NULL) {
        return SITO_NOMEM;
    }
    if (dimension->spec == NULL) {
        return dimension->least == 0
                   ? SITO_OK
                   : sito_error(reader->error, SITO_ERROR,
                                "dimension \"%w\": least goes with a hierarchy", dimension->name);
    }
    char *cause = NULL;
    int rc = anon_hierarchy_load(reader->db, (SitoText){dimension->spec, strlen(dimension->spec)},
                                 ANON_POLISH, NULL, &dimension->hierarchy, &cause);
    if (rc != SITO_OK && cause != NULL) {
        rc = sito_error(reader->error, rc, "dimension \"%w\": %s", dimension->name, cause);
    }
    sito_free(cause);
    int height = rc == SITO_OK ? anon_hierarchy_height(dimension->hierarchy) : 0;
    if (rc == SITO_OK && dimension->least > height) {
        rc = sito_error(reader->error, SITO_ERROR, "dimension \"%w\": least is at most %d",
                        dimension->name, height);
    }
    return rc;
}

static int take_dimension(MakeReader *reader, const MakeField *field) {
    MakePlan *plan = reader->plan;
    if (!make_is(field, "object")) {
        return sito_error(reader->error, SITO_ERROR,
                          "each of the dimensions is an object, as {\"name\": \"osiedle\"}");
    }
    if (plan->count == TABLES_MOST_DIMENSIONS) {
        return sito_error(reader->error, SITO_ERROR, "more than %d dimensions",
                          TABLES_MOST_DIMENSIONS);
    }
    reader->dimension = &plan->dimensions[plan->count++];
    *reader->dimension = (MakeDimension){.weight = 2};
    int rc = make_each(reader, field->text, take_dimension_key);
    rc = rc == SITO_OK ? finish_dimension(reader, reader->dimension) : rc;
    reader->dimension = NULL;
    return rc;
}

/* ---- the plan ---- */

static int take_way(MakeReader *reader, const MakeField *field, bool *known) {
    static const char *const methods[] = {"suppress", "round", "coarsen"};
    static const char *const losses[] = {"cells", "values", "contributors"};
    MakePlan *plan = reader->plan;
    int word = 0, rc = SITO_OK;
    *known = true;
    if (strcmp(field->key, "method") == 0) {
        rc = take_word(reader, field, methods, SITO_COUNT(methods), &word);
        plan->method = (MakeMethod)word;
    } else if (strcmp(field->key, "loss") == 0) {
        rc = take_word(reader, field, losses, SITO_COUNT(losses), &word);
        plan->loss = (MakeLoss)word;
    } else if (strcmp(field->key, "base") == 0) {
        rc = take_base(reader, field);
    } else if (strcmp(field->key, "mostSuppressed") == 0) {
        rc = take_share(reader, field);
    } else if (strcmp(field->key, "secret") == 0) {
        rc = make_take_flag(reader, field, &plan->secret);
    } else if (strcmp(field->key, "protection") == 0) {
        rc = make_take_whole(reader, field, TABLES_MOST_VALUE, &plan->rules.protection);
    } else {
        *known = false;
    }
    return rc;
}

static int take_key(MakeReader *reader, const MakeField *field) {
    static const char *const keys[] = {
        "dimensions", "measure", "decimal", "contributors",   "rules", "protection",
        "method",     "base",    "loss",    "mostSuppressed", "sign",  "secret",
    };
    MakePlan *plan = reader->plan;
    const struct {
        const char *key;
        char **to;
    } texts[] = {
        {"measure", &plan->measure}, {"contributors", &plan->contributors}, {"sign", &plan->sign}};
    bool known = false;
    for (size_t i = 0; i < SITO_COUNT(texts); i++) {
        if (strcmp(field->key, texts[i].key) == 0) {
            return make_take_text(reader, field, texts[i].to);
        }
    }
    if (strcmp(field->key, "decimal") == 0) {
        return take_decimal(reader, field);
    }
    if (strcmp(field->key, "dimensions") == 0) {
        return make_is(field, "array") ? make_each(reader, field->text, take_dimension)
                                       : make_wrong(reader, field, "a list of objects");
    }
    int rc = take_way(reader, field, &known);
    return rc != SITO_OK || known || strcmp(field->key, "rules") == 0
               ? rc
               : make_unknown_key(reader, field->key, "", keys, SITO_COUNT(keys));
}

static int check_sign(const MakePlan *plan, char **error) {
    static const char *const taken[] = {"-", ".", ":", "X", "x", "…", "NA"};
    const char *sign = plan->sign != NULL ? plan->sign : "";
    bool number = sign[0] >= '0' && sign[0] <= '9';
    for (size_t i = 0; i < SITO_COUNT(taken); i++) {
        if (strcmp(sign, taken[i]) == 0 || number) {
            return sito_error(error, SITO_ERROR,
                              "the sign '%s' means something else (a zero, a number, missing, not "
                              "applicable); leave it out, or take another, as '*'",
                              sign);
        }
    }
    if (strcmp(sign, "#") == 0 && !plan->secret) {
        return sito_error(error, SITO_ERROR,
                          "'#' stands for statistical secrecy; only its owner declares that: write "
                          "\"secret\": true, or take another sign");
    }
    return SITO_OK;
}

static int check_plan(MakePlan *plan, char **error) {
    TablesRules *rules = &plan->rules;
    if (plan->count == 0) {
        return sito_error(error, SITO_ERROR,
                          "dimensions are missing, as {\"dimensions\": [{\"name\": \"osiedle\"}]}");
    }
    if (rules->least == 0 && !rules->article_38 && rules->n == 0 && rules->p.under == 0 &&
        rules->pq.under == 0 && !rules->zeros && !rules->group) {
        rules->least = 5;
    }
    plan->base = plan->base == 0 ? 3 : plan->base;
    return check_sign(plan, error);
}

static int check_json(MakeReader *reader) {
    sqlite3_stmt *statement = NULL;
    int rc = sqlite3_prepare_v2(
        reader->db,
        "SELECT CASE WHEN NOT json_valid(?1) THEN 0 WHEN json_type(?1) <> 'object' THEN 0 ELSE NOT "
        "EXISTS (SELECT 1 FROM json_tree(?1) GROUP BY fullkey HAVING count(*) > 1) END",
        -1, &statement, NULL);
    rc = rc == SQLITE_OK ? sqlite3_bind_text64(statement, 1, reader->json.data, reader->json.size,
                                               SQLITE_STATIC, SQLITE_UTF8)
                         : rc;
    rc = rc == SQLITE_OK ? sqlite3_step(statement) : rc;
    bool valid = rc == SQLITE_ROW && sqlite3_column_int(statement, 0) == 1;
    sqlite3_finalize(statement);
    if (rc != SQLITE_ROW) {
        return make_failure(reader, rc);
    }
    return valid ? SITO_OK
                 : sito_error(reader->error, SITO_ERROR,
                              "the plan is a JSON object without a key twice, as {\"dimensions\": "
                              "[{\"name\": \"osiedle\"}, {\"name\": \"wiek\", \"hierarchy\": "
                              "\"interval:10\"}], \"rules\": {\"least\": 5}}");
}

int make_plan_read(sqlite3 *db, SitoText json, MakePlan *plan, char **error) {
    MakeReader reader = {.db = db, .json = json, .plan = plan, .error = error};
    plan->comma = true;
    int rc = check_json(&reader);
    rc = rc == SITO_OK ? make_each(&reader, json, take_key) : rc;
    rc = rc == SITO_OK ? make_each(&reader, json, make_take_rules) : rc;
    return rc == SITO_OK ? check_plan(plan, error) : rc;
}

void make_plan_free(MakePlan *plan) {
    for (int d = 0; d < plan->count; d++) {
        sito_free(plan->dimensions[d].name);
        sito_free(plan->dimensions[d].spec);
        sito_free(plan->dimensions[d].total);
        anon_hierarchy_free(plan->dimensions[d].hierarchy);
    }
    sito_free(plan->measure);
    sito_free(plan->contributors);
    sito_free(plan->sign);
    *plan = (MakePlan){0};
}

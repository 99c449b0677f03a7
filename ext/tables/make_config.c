/*
** The plan of a table, read (make_config.h).
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "make_config.h"

/* ---- one object ---- */

typedef struct Reader {
    sqlite3 *db;
    SitoText json;
    MakePlan *plan;
    MakeDimension *dimension; /* of which the keys are read; NULL: of the plan itself */
    char **error;
} Reader;

/* What json_each gives: key, value, type, and the value as JSON where it is a list or an object. */
typedef struct Field {
    const char *key;
    SitoText text;
    const char *type;
    double number;
    sqlite3_stmt *row;
} Field;

typedef int Take(Reader *reader, const Field *field);

static int failure(Reader *reader, int rc) {
    rc &= 0xff;
    return rc == SQLITE_NOMEM || rc == SQLITE_INTERRUPT
               ? rc
               : sito_error(reader->error, SITO_ERROR, "%s", sqlite3_errmsg(reader->db));
}

/* Calls `take` for each member of the object or list `json`. */
static int each(Reader *reader, SitoText json, Take *take) {
    sqlite3_stmt *statement = NULL;
    int step = SQLITE_DONE,
        rc = sqlite3_prepare_v2(reader->db, "SELECT key, value, type FROM json_each(?1)", -1,
                                &statement, NULL);
    rc = rc == SQLITE_OK
             ? sqlite3_bind_text64(statement, 1, json.data, json.size, SQLITE_STATIC, SQLITE_UTF8)
             : rc;
    rc = rc == SQLITE_OK ? SITO_OK : failure(reader, rc);
    while (rc == SITO_OK && (step = sqlite3_step(statement)) == SQLITE_ROW) {
        Field field = {.row = statement};
        field.key = (const char *)sqlite3_column_text(statement, 0);
        field.type = (const char *)sqlite3_column_text(statement, 2);
        field.number = sqlite3_column_double(statement, 1);
        field.text.data = (const char *)sqlite3_column_text(statement, 1);
        field.text.size = (size_t)sqlite3_column_bytes(statement, 1);
        bool lost = field.key == NULL || field.type == NULL ||
                    (field.text.data == NULL && strcmp(field.type, "null") != 0);
        rc = lost ? SITO_NOMEM : take(reader, &field);
    }
    rc = rc == SITO_OK && step != SQLITE_DONE ? failure(reader, step) : rc;
    sqlite3_finalize(statement);
    return rc;
}

static bool is(const Field *field, const char *type) {
    return strcmp(field->type, type) == 0;
}

static int wrong(Reader *reader, const Field *field, const char *allowed) {
    return sito_error(reader->error, SITO_ERROR, "%s is %s", field->key, allowed);
}

static int unknown_key(Reader *reader, const char *key, const char *of, const char *const *known,
                       size_t count) {
    const char *near = sito_nearest((SitoText){key, strlen(key)}, known, count);
    SitoBuffer list = {0};
    int rc = SITO_OK;
    for (size_t i = 0; i < count && rc == SITO_OK; i++) {
        rc = sito_buffer_print(&list, "%s%s", i > 0 ? ", " : "", known[i]);
    }
    rc = rc != SITO_OK
             ? rc
             : sito_error(reader->error, SITO_ERROR, "unknown key '%s'%s%s%s%s; the keys are %.*s",
                          key, of, near != NULL ? " (did you mean '" : "", near != NULL ? near : "",
                          near != NULL ? "'?)" : "", (int)list.size, list.data);
    sito_buffer_free(&list);
    return rc;
}

/* ---- values ---- */

static int take_text(Reader *reader, const Field *field, char **to) {
    if (!is(field, "text") || memchr(field->text.data, 0, field->text.size) != NULL) {
        return wrong(reader, field, "a text");
    }
    sito_free(*to);
    *to = sito_print("%s", field->text.data);
    return *to == NULL ? SITO_NOMEM : SITO_OK;
}

static int take_whole(Reader *reader, const Field *field, int64_t most, int64_t *to) {
    *to = sqlite3_column_int64(field->row, 1);
    if (!is(field, "integer") || *to < 0 || *to > most) {
        return sito_error(reader->error, SITO_ERROR, "%s is a whole number from 0 to %lld",
                          field->key, (long long)most);
    }
    return SITO_OK;
}

static int take_flag(Reader *reader, const Field *field, bool *to) {
    *to = is(field, "true");
    return *to || is(field, "false") ? SITO_OK : wrong(reader, field, "true or false");
}

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

static int take_percent(Reader *reader, const Field *field, TablesRatio *to) {
    bool number = is(field, "integer") || is(field, "real");
    if (!number || !ratio_of(field->text, to) || to->over > 100 * to->under) {
        return wrong(reader, field, "a percentage from 0 to 100, of at most nine decimals");
    }
    if (to->over == 0) {
        *to = (TablesRatio){0, 0};
    }
    return SITO_OK;
}

/* [a, b]: two numbers of the list. */
static int take_pair(Reader *reader, const Field *field, TablesRatio pair[2]) {
    sqlite3_stmt *statement = NULL;
    bool ok = false;
    int rc = sqlite3_prepare_v2(reader->db,
                                "SELECT json_extract(?1, '$[0]'), json_extract(?1, '$[1]') WHERE"
                                " json_array_length(?1) = 2",
                                -1, &statement, NULL);
    rc = rc == SQLITE_OK ? sqlite3_bind_text64(statement, 1, field->text.data, field->text.size,
                                               SQLITE_STATIC, SQLITE_UTF8)
                         : rc;
    rc = rc == SQLITE_OK && is(field, "array") ? sqlite3_step(statement) : rc;
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
        return failure(reader, rc);
    }
    return ok ? SITO_OK : SITO_ERROR;
}

static int take_dominance(Reader *reader, const Field *field) {
    TablesRules *rules = &reader->plan->rules;
    TablesRatio pair[2];
    int rc = take_pair(reader, field, pair);
    if (rc == SITO_ERROR || (rc == SITO_OK && (pair[0].under != 1 || pair[0].over < 1 ||
                                               pair[0].over > TABLES_MOST_LARGEST ||
                                               pair[1].over > 100 * pair[1].under))) {
        return wrong(reader, field,
                     "[n, k]: the n largest, 1 to 8, together above k percent, as [2, 85]");
    }
    rules->n = (int)pair[0].over;
    rules->k = pair[1];
    return rc;
}

static int take_pq(Reader *reader, const Field *field) {
    TablesRatio pair[2];
    int rc = take_pair(reader, field, pair);
    if (rc == SITO_ERROR ||
        (rc == SITO_OK &&
         (pair[0].over <= 0 || pair[1].over <= 0 || pair[0].over > 1000000 * pair[0].under ||
          pair[1].over > 1000000 * pair[1].under || pair[0].under > 1 || pair[1].under > 1 ||
          pair[0].over >= pair[1].over))) {
        return wrong(reader, field, "[p, q]: whole percentages, p below q, as [10, 50]");
    }
    reader->plan->rules.pq = (TablesRatio){pair[0].over, pair[1].over};
    return rc;
}

static int take_word(Reader *reader, const Field *field, const char *const *words, size_t count,
                     int *to) {
    for (size_t i = 0; i < count && is(field, "text"); i++) {
        if (strcmp(field->text.data, words[i]) == 0) {
            *to = (int)i;
            return SITO_OK;
        }
    }
    return sito_error(reader->error, SITO_ERROR, "%s is %s, %s or %s", field->key, words[0],
                      words[1], words[count - 1]);
}

static int take_base(Reader *reader, const Field *field) {
    int64_t *base = &reader->plan->base;
    int rc = take_whole(reader, field, 5, base);
    return rc != SITO_OK || *base == 3 || *base == 5 ? rc : wrong(reader, field, "3 or 5");
}

static int take_share(Reader *reader, const Field *field) {
    reader->plan->most_suppressed = field->number;
    bool number = is(field, "integer") || is(field, "real");
    return number && field->number >= 0 && field->number <= 1
               ? SITO_OK
               : wrong(reader, field, "a share from 0 to 1");
}

static int take_decimal(Reader *reader, const Field *field) {
    bool comma = is(field, "text") && strcmp(field->text.data, ",") == 0;
    reader->plan->comma = comma;
    return comma || (is(field, "text") && strcmp(field->text.data, ".") == 0)
               ? SITO_OK
               : wrong(reader, field, "',' or '.'");
}

/* ---- dimensions ---- */

static int take_dimension_key(Reader *reader, const Field *field) {
    static const char *const keys[] = {"name", "hierarchy", "total", "least", "weight"};
    MakeDimension *dimension = reader->dimension;
    int64_t least = 0;
    int rc = SITO_OK;
    if (strcmp(field->key, "name") == 0) {
        return take_text(reader, field, &dimension->name);
    }
    if (strcmp(field->key, "hierarchy") == 0) {
        return take_text(reader, field, &dimension->spec);
    }
    if (strcmp(field->key, "total") == 0) {
        return take_text(reader, field, &dimension->total);
    }
    if (strcmp(field->key, "least") == 0) {
        rc = take_whole(reader, field, ANON_MOST_LEVELS, &least);
        dimension->least = (int)least;
        return rc;
    }
    if (strcmp(field->key, "weight") == 0) {
        dimension->weight = field->number;
        bool number = is(field, "integer") || is(field, "real");
        return number && field->number >= 1 && field->number <= 1000
                   ? SITO_OK
                   : wrong(reader, field, "a number from 1 to 1000");
    }
    return unknown_key(reader, field->key, " of a dimension", keys, SITO_COUNT(keys));
}

static int finish_dimension(Reader *reader, MakeDimension *dimension) {
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

static int take_dimension(Reader *reader, const Field *field) {
    MakePlan *plan = reader->plan;
    if (!is(field, "object")) {
        return sito_error(reader->error, SITO_ERROR,
                          "each of the dimensions is an object, as {\"name\": \"osiedle\"}");
    }
    if (plan->count == TABLES_MOST_DIMENSIONS) {
        return sito_error(reader->error, SITO_ERROR, "more than %d dimensions",
                          TABLES_MOST_DIMENSIONS);
    }
    reader->dimension = &plan->dimensions[plan->count++];
    *reader->dimension = (MakeDimension){.weight = 2};
    int rc = each(reader, field->text, take_dimension_key);
    rc = rc == SITO_OK ? finish_dimension(reader, reader->dimension) : rc;
    reader->dimension = NULL;
    return rc;
}

static int take_group(Reader *reader, const Field *field) {
    MakePlan *plan = reader->plan;
    for (int d = 0; d < plan->count; d++) {
        if (is(field, "text") && sqlite3_stricmp(plan->dimensions[d].name, field->text.data) == 0) {
            plan->dimensions[d].group = true;
            plan->rules.group = true;
            return SITO_OK;
        }
    }
    return sito_error(reader->error, SITO_ERROR, "group is a list of names of dimensions");
}

/* true: of every dimension; a list: of those it names. */
static int take_groups(Reader *reader, const Field *field) {
    MakePlan *plan = reader->plan;
    if (is(field, "array")) {
        return each(reader, field->text, take_group);
    }
    plan->rules.group = is(field, "true");
    for (int d = 0; d < plan->count; d++) {
        plan->dimensions[d].group = plan->rules.group;
    }
    return plan->rules.group || is(field, "false")
               ? SITO_OK
               : wrong(reader, field, "true, or a list of names of dimensions");
}

/* ---- the plan ---- */

static int take_rule(Reader *reader, const Field *field) {
    static const char *const keys[] = {"least", "article38", "dominance", "p",
                                       "pq",    "zeros",     "group"};
    TablesRules *rules = &reader->plan->rules;
    if (strcmp(field->key, "least") == 0) {
        return take_whole(reader, field, 1000000, &rules->least);
    }
    if (strcmp(field->key, "article38") == 0) {
        return take_flag(reader, field, &rules->article_38);
    }
    if (strcmp(field->key, "zeros") == 0) {
        return take_flag(reader, field, &rules->zeros);
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
               : unknown_key(reader, field->key, " of the rules", keys, SITO_COUNT(keys));
}

/* Once the dimensions are known. */
static int take_rules(Reader *reader, const Field *field) {
    if (strcmp(field->key, "rules") != 0) {
        return SITO_OK;
    }
    return is(field, "object") ? each(reader, field->text, take_rule)
                               : wrong(reader, field, "an object, as {\"least\": 5}");
}

static int take_way(Reader *reader, const Field *field, bool *known) {
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
        rc = take_flag(reader, field, &plan->secret);
    } else if (strcmp(field->key, "protection") == 0) {
        rc = take_whole(reader, field, TABLES_MOST_VALUE, &plan->rules.protection);
    } else {
        *known = false;
    }
    return rc;
}

static int take_key(Reader *reader, const Field *field) {
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
            return take_text(reader, field, texts[i].to);
        }
    }
    if (strcmp(field->key, "decimal") == 0) {
        return take_decimal(reader, field);
    }
    if (strcmp(field->key, "dimensions") == 0) {
        return is(field, "array") ? each(reader, field->text, take_dimension)
                                  : wrong(reader, field, "a list of objects");
    }
    int rc = take_way(reader, field, &known);
    return rc != SITO_OK || known || strcmp(field->key, "rules") == 0
               ? rc
               : unknown_key(reader, field->key, "", keys, SITO_COUNT(keys));
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

static int check_json(Reader *reader) {
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
        return failure(reader, rc);
    }
    return valid ? SITO_OK
                 : sito_error(reader->error, SITO_ERROR,
                              "the plan is a JSON object without a key twice, as {\"dimensions\": "
                              "[{\"name\": \"osiedle\"}, {\"name\": \"wiek\", \"hierarchy\": "
                              "\"interval:10\"}], \"rules\": {\"least\": 5}}");
}

int make_plan_read(sqlite3 *db, SitoText json, MakePlan *plan, char **error) {
    Reader reader = {.db = db, .json = json, .plan = plan, .error = error};
    plan->comma = true;
    int rc = check_json(&reader);
    rc = rc == SITO_OK ? each(&reader, json, take_key) : rc;
    rc = rc == SITO_OK ? each(&reader, json, take_rules) : rc;
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

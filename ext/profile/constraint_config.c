/*
** Reads what is asked of the values of a column (constraint.h) from the configuration of profile_facts:
**
**   {"name", "type", …, "constraints": {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
**    "minLength", "maxLength", "pattern", "enum": [...]}, "categories": [...], "kind": "nip",
**    "axis": "latitude" | "longitude", "codes": ["061011", …], "today": "2026-11-22"}
**
** R1  A bound is a value of the column's type: as JSON has it, else as the file would write it, else as
**     ISO 8601. A bound or a list that is none, a length below 0, a pattern that ICU refuses is an error
**     that names the column and the key.
** R2  Bounds belong to numbers and dates. On another type they are an error, not passed over.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>
#include <unicode/uregex.h>
#include <unicode/ustring.h>

#include "constraint.h"
#include "plain_pattern.h"
#include "identity/identity.h"

enum {
    LONGEST_PATTERN = 10000,
    MOST_LISTED = 1 << 22,
    PATTERN_TIME = 200,
    PATTERN_STACK = 1 << 20
};

typedef struct Reading {
    SitoConstraints *constraints;
    const SitoFieldType *type;
    SitoText name, field;
    sqlite3 *db;
    char **error;
} Reading;

static int refuse(const Reading *r, const char *key, const char *why) {
    return sito_error(r->error, SITO_ERROR, "profile_facts: column %.*s: constraints.%s: %s",
                      (int)r->name.size, r->name.data, key, why);
}

static int prepare(const Reading *r, const char *sql, const char *path, sqlite3_stmt **rows) {
    int rc = sqlite3_prepare_v2(r->db, sql, -1, rows, NULL);
    if (rc == SQLITE_OK) {
        rc = sqlite3_bind_text64(*rows, 1, r->field.data, r->field.size, SQLITE_TRANSIENT,
                                 SQLITE_UTF8);
    }
    if (rc == SQLITE_OK) {
        rc = sqlite3_bind_text(*rows, 2, path, -1, SQLITE_STATIC);
    }
    return rc == SQLITE_OK ? rc
                           : sito_error(r->error, rc, "profile_facts: %s", sqlite3_errmsg(r->db));
}

/* One value by its path: calls take() where it is there and not null. */
static int with_value(const Reading *r, const char *path, const char *key,
                      int (*take)(const Reading *, const char *key, SitoText, bool is_number)) {
    sqlite3_stmt *row = NULL;
    int rc = prepare(r, "SELECT json_extract(?1, ?2)", path, &row);
    if (rc != SITO_OK) {
        sqlite3_finalize(row);
        return rc;
    }
    rc = sqlite3_step(row);
    if (rc == SQLITE_ROW) {
        int type = sqlite3_column_type(row, 0);
        const char *text = (const char *)sqlite3_column_text(row, 0);
        size_t size = (size_t)sqlite3_column_bytes(row, 0);
        rc = type == SQLITE_NULL ? SITO_OK
             : text == NULL      ? SITO_NOMEM
                                 : take(r, key, (SitoText){text, size}, type != SQLITE_TEXT);
    } else {
        rc = sito_error(r->error, rc, "profile_facts: config: %s", sqlite3_errmsg(r->db));
    }
    sqlite3_finalize(row);
    return rc;
}

/* ---- bounds ---- */

/* R1 */
static bool read_as(const SitoFieldType *type, SitoText text, bool is_number,
                    SitoJudgement *judgement) {
    SitoFieldType plain = {.name = type->name};
    if (is_number && sito_type_order(type->name) == ORDER_NUMBER) {
        plain.name = TYPE_NUMBER;
        sito_type_judge(&plain, text, judgement);
        return judgement->fits;
    }
    sito_type_judge(type, text, judgement);
    if (!judgement->fits) {
        sito_type_judge(&plain, text, judgement);
    }
    return judgement->fits;
}

static int take_bound(const Reading *r, const char *key, SitoText text, bool is_number) {
    bool lower = strstr(key, "inimum") != NULL, exclusive = key[0] == 'e';
    SitoBound *bound = lower ? &r->constraints->minimum : &r->constraints->maximum;
    SitoOrder order = sito_type_order(r->type->name);
    SitoJudgement judgement = {0};
    if (order == ORDER_TEXT) {
        return refuse(r, key, "only numbers, dates and times have bounds");
    }
    if (!read_as(r->type, text, is_number, &judgement)) {
        return refuse(r, key, "not a value of the column's type");
    }
    SitoBound taken = {.set = true, .exclusive = exclusive};
    if (order == ORDER_NUMBER) {
        taken.number = judgement.value.number;
    } else {
        taken.moment = judgement.value.moment;
    }
    *bound = taken;
    return SITO_OK;
}

static int take_length(const Reading *r, const char *key, SitoText text, bool is_number) {
    SitoNumberForm form = {0};
    SitoNumber number;
    int64_t value = 0;
    bool whole = is_number && sito_number_read(text, &form, &number) && number.whole &&
                 !number.negative && text.size < 10;
    if (!whole) {
        return refuse(r, key, "not an integer from 0");
    }
    for (size_t i = 0; i < text.size; i++) {
        value = value * 10 + (text.data[i] - '0');
    }
    *(key[1] == 'i' ? &r->constraints->least : &r->constraints->most) = value;
    return SITO_OK;
}

/* ---- patterns ---- */

/* Keeps the plain form of the pattern if it has one. */
static int keep_plain(SitoConstraints *constraints, SitoText pattern) {
    SitoPlainPattern plain;
    if (constraints->plain != NULL || !sito_plain_pattern_read(pattern, &plain)) {
        return SITO_OK;
    }
    constraints->plain = sito_malloc(sizeof plain);
    if (constraints->plain == NULL) {
        return SITO_NOMEM;
    }
    *constraints->plain = plain;
    return SITO_OK;
}

static int take_pattern(const Reading *r, const char *key, SitoText text, bool is_number) {
    UErrorCode status = U_ZERO_ERROR;
    UParseError place;
    int32_t size = 0;
    if (is_number || text.size > LONGEST_PATTERN) {
        return refuse(r, key, "not a text of at most 10,000 bytes");
    }
    UChar *wide = sito_malloc((text.size + 1) * sizeof *wide);
    if (wide == NULL) {
        return SITO_NOMEM;
    }
    u_strFromUTF8(wide, (int32_t)text.size + 1, &size, text.data, (int32_t)text.size, &status);
    r->constraints->pattern = uregex_open(wide, size, 0, &place, &status);
    uregex_setTimeLimit(r->constraints->pattern, PATTERN_TIME, &status);
    uregex_setStackLimit(r->constraints->pattern, PATTERN_STACK, &status);
    sito_free(wide);
    return U_SUCCESS(status)                     ? keep_plain(r->constraints, text)
           : status == U_MEMORY_ALLOCATION_ERROR ? SITO_NOMEM
                                                 : refuse(r, key, "not a regular expression");
}

/* ---- lists ---- */

/* Puts the atoms of an array into `set`; by their value where `typed`. *any: there is an array. */
static int read_list(const Reading *r, const char *path, bool typed, SitoSeen *set, bool *any) {
    static const char sql[] =
        "SELECT CASE e.type WHEN 'object' THEN json_extract(e.value, '$.value')"
        "  WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' ELSE e.atom END,"
        " e.type IN ('integer', 'real') FROM json_each(?1, ?2) AS e";
    sqlite3_stmt *rows = NULL;
    int rc = prepare(r, sql, path, &rows);
    set->limit = MOST_LISTED;
    while (rc == SITO_OK && (rc = sqlite3_step(rows)) == SQLITE_ROW) {
        const char *bytes = (const char *)sqlite3_column_text(rows, 0);
        SitoText text = {bytes, (size_t)sqlite3_column_bytes(rows, 0)};
        SitoJudgement judgement = {0};
        SitoHash128 hash;
        unsigned char *note;
        bool is_new;
        rc = bytes == NULL ? SITO_OK
             : typed && !read_as(r->type, text, sqlite3_column_int(rows, 1) != 0, &judgement)
                 ? refuse(r, "enum", "a value that is not of the column's type")
                 : sito_constraints_hash(r->type, text, &judgement, &hash);
        if (rc == SITO_OK && bytes != NULL) {
            rc = sito_seen_add(set, hash, &is_new, &note);
            *any = true;
        }
    }
    sqlite3_finalize(rows);
    return rc == SQLITE_DONE ? SITO_OK
           : rc == SITO_OK
               ? rc
               : sito_error(r->error, rc, "profile_facts: config: %s", sqlite3_errmsg(r->db));
}

/* ---- our own keys ---- */

static int take_kind(const Reading *r, const char *key, SitoText text, bool is_number) {
    r->constraints->kind = is_number ? -1 : sito_identity_declared(text);
    return r->constraints->kind >= 0 ? SITO_OK : refuse(r, key, "no kind of number");
}

static int take_axis(const Reading *r, const char *key, SitoText text, bool is_number) {
    (void)is_number;
    r->constraints->axis = sito_text_equal(text, SITO_LITERAL("latitude"))    ? AXIS_LATITUDE
                           : sito_text_equal(text, SITO_LITERAL("longitude")) ? AXIS_LONGITUDE
                                                                              : AXIS_NONE;
    return r->constraints->axis != AXIS_NONE ? SITO_OK : refuse(r, key, "latitude or longitude");
}

static int take_today(const Reading *r, const char *key, SitoText text, bool is_number) {
    SitoConstraints *c = r->constraints;
    (void)is_number;
    c->dated = sito_moment_read(text, SITO_LITERAL("%Y-%m-%d"), &c->today);
    c->today.hour = 23, c->today.minute = 59, c->today.second = 59;
    return c->dated ? SITO_OK : refuse(r, key, "not a date as 2026-11-22");
}

int sito_constraints_read(SitoConstraints *constraints, const SitoFieldType *type, SitoText name,
                          sqlite3 *db, SitoText field, char **error) {
    static const struct {
        const char *path, *key;
        int (*take)(const Reading *, const char *, SitoText, bool);
    } keys[] = {{"$.constraints.minimum", "minimum", take_bound},
                {"$.constraints.maximum", "maximum", take_bound},
                {"$.constraints.exclusiveMinimum", "exclusiveMinimum", take_bound},
                {"$.constraints.exclusiveMaximum", "exclusiveMaximum", take_bound},
                {"$.constraints.minLength", "minLength", take_length},
                {"$.constraints.maxLength", "maxLength", take_length},
                {"$.constraints.pattern", "pattern", take_pattern},
                {"$.kind", "kind", take_kind},
                {"$.axis", "axis", take_axis},
                {"$.today", "today", take_today}};
    Reading r = {.constraints = constraints,
                 .type = type,
                 .name = name,
                 .field = field,
                 .db = db,
                 .error = error};
    *constraints = (SitoConstraints){.least = -1, .most = -1, .kind = -1};
    int rc = SITO_OK;
    for (size_t i = 0; i < SITO_COUNT(keys) && rc == SITO_OK; i++) {
        rc = with_value(&r, keys[i].path, keys[i].key, keys[i].take);
    }
    if (rc == SITO_OK) {
        rc = read_list(&r, "$.constraints.enum", true, &constraints->enumerated,
                       &constraints->has_enumerated);
    }
    if (rc == SITO_OK) {
        rc = read_list(&r, "$.categories", true, &constraints->enumerated,
                       &constraints->has_enumerated);
    }
    if (rc == SITO_OK) {
        rc = read_list(&r, "$.codes", false, &constraints->codes, &constraints->has_codes);
    }
    return rc;
}

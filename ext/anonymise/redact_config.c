/*
** The office's own rules for redaction, as JSON.
**
**   {"language": "pl",
**    "allow":     [{"name": "Jan Kowalski", "reason": "consent", "basis": "art. 4 ust. 3 ustawy o petycjach"},
**                  {"text": "kontakt@example.pl", "reason": "institution"}],
**    "patterns":  [{"name": "numer karty", "pattern": "KM-[0-9]{6}", "basis": "§4.2"}],
**    "decisions": [{"start": 12, "end": 20, "action": "keep", "reason": "not-personal"}]}
**
** R1  allow: what may stay, with its reason: consent, public-function, author, institution, legal-person,
**     document-name, patron, not-personal. A text stays where it stands just so; a name stays in any case and
**     inflected, the surname alone as well.
** R2  patterns: regular expressions of ICU; what matches is masked. One that takes too long is an error.
** R3  decisions: of places, in characters from 1 as anon_redact_spans gives them. To keep needs a reason; to mask
**     may be said of any place, also one in which nothing was found.
** R4  An unknown key is an error with a suggestion. No message holds a value.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "redact_config.h"

static const char *const keys[] = {"allow", "patterns", "decisions", "language"};
static const char *const allow_keys[] = {"text", "name", "reason", "basis"};
static const char *const pattern_keys[] = {"name", "pattern", "basis"};
static const char *const decision_keys[] = {"start", "end", "action", "reason", "basis"};

typedef struct Reading {
    sqlite3 *db;
    SitoText json;
    AnonRules *rules;
    char **error;
    const char *list; /* allow, patterns, decisions */
    int64_t entry;    /* of the list, from 1; 0: none yet */
    bool open;        /* an entry waits for its end */
} Reading;

/* One key of one entry. */
typedef struct Field {
    const char *key, *text; /* text: NULL where the value is no text */
    int64_t number;
    bool is_number;
} Field;

static int refuse(Reading *r, const char *what) {
    return r->entry == 0 ? sito_error(r->error, SITO_ERROR, "%s", what)
                         : sito_error(r->error, SITO_ERROR, "%s, entry %lld: %s", r->list,
                                      (long long)r->entry, what);
}

static int unknown(Reading *r, const char *kind, const char *word, const char *const *known,
                   size_t count) {
    const char *near = sito_nearest((SitoText){word, strlen(word)}, known, count);
    SitoBuffer list = {0};
    int rc = SITO_OK;
    for (size_t i = 0; i < count && rc == SITO_OK; i++) {
        rc = sito_buffer_print(&list, "%s%s", i > 0 ? ", " : "", known[i]);
    }
    rc = rc == SITO_OK ? sito_buffer_add(&list, "", 1) : rc;
    char *message = rc != SITO_OK ? NULL
                    : near != NULL
                        ? sito_print("unknown %s '%s'; did you mean '%s'?", kind, word, near)
                        : sito_print("unknown %s; write one of %s", kind, list.data);
    rc = message == NULL ? SITO_NOMEM : refuse(r, message);
    sito_free(message);
    sito_buffer_free(&list);
    return rc;
}

static bool is_in(const char *word, const char *const *known, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(word, known[i]) == 0) {
            return true;
        }
    }
    return false;
}

static int keep_text(Reading *r, const Field *field, char **to) {
    if (field->text == NULL || field->text[0] == 0) {
        char *message = sito_print("%s is a text that is not empty", field->key);
        int rc = message == NULL ? SITO_NOMEM : refuse(r, message);
        sito_free(message);
        return rc;
    }
    sito_free(*to);
    *to = sito_print("%s", field->text);
    return *to == NULL ? SITO_NOMEM : SITO_OK;
}

/* A reason to stay. */
static int keep_reason(Reading *r, const Field *field, AnonReason *reason) {
    const char *words[ANON_REASONS - ANON_PUBLIC_FUNCTION];
    for (size_t i = 0; i < SITO_COUNT(words); i++) {
        words[i] = anon_reason_name((AnonReason)(ANON_PUBLIC_FUNCTION + i));
        if (field->text != NULL && strcmp(field->text, words[i]) == 0) {
            *reason = (AnonReason)(ANON_PUBLIC_FUNCTION + i);
            return SITO_OK;
        }
    }
    return unknown(r, "reason", field->text != NULL ? field->text : "", words, SITO_COUNT(words));
}

static int take_allow(Reading *r, const Field *field) {
    AnonAllow *allow = &r->rules->allow[r->rules->allow_count - 1];
    if (strcmp(field->key, "reason") == 0) {
        return keep_reason(r, field, &allow->reason);
    }
    if (strcmp(field->key, "basis") == 0) {
        return keep_text(r, field, &allow->basis);
    }
    if (allow->text != NULL) {
        return refuse(r, "either text or name, not both");
    }
    allow->is_name = strcmp(field->key, "name") == 0;
    return keep_text(r, field, &allow->text);
}

static int take_pattern(Reading *r, const Field *field) {
    AnonPattern *pattern = &r->rules->patterns[r->rules->pattern_count - 1];
    if (strcmp(field->key, "name") == 0) {
        return keep_text(r, field, &pattern->name);
    }
    if (strcmp(field->key, "basis") == 0) {
        return keep_text(r, field, &pattern->basis);
    }
    const char *reason = "pattern is a regular expression";
    if (field->text == NULL || field->text[0] == 0 || pattern->regex != NULL) {
        return refuse(r, reason);
    }
    int rc =
        anon_pattern_open((SitoText){field->text, strlen(field->text)}, &pattern->regex, &reason);
    return rc == SITO_ERROR ? refuse(r, reason) : rc;
}

static int take_decision(Reading *r, const Field *field) {
    AnonDecision *decision = &r->rules->decisions[r->rules->decision_count - 1];
    if (strcmp(field->key, "reason") == 0) {
        return keep_reason(r, field, &decision->reason);
    }
    if (strcmp(field->key, "basis") == 0) {
        return keep_text(r, field, &decision->basis);
    }
    if (strcmp(field->key, "action") == 0) {
        bool mask = field->text != NULL && strcmp(field->text, "mask") == 0;
        bool keep = field->text != NULL && strcmp(field->text, "keep") == 0;
        decision->action = mask ? ANON_MASK : ANON_KEEP;
        return mask || keep ? SITO_OK : refuse(r, "action is mask or keep");
    }
    if (!field->is_number || field->number < 1) {
        return refuse(r, "start and end are numbers of characters, from 1");
    }
    *(strcmp(field->key, "start") == 0 ? &decision->start : &decision->end) = field->number;
    return SITO_OK;
}

/* ---- the three lists ---- */

typedef struct List {
    const char *name, *path;
    const char *const *keys;
    size_t count;
    int (*take)(Reading *r, const Field *field);
    int (*begin)(AnonRules *rules);
    int (*finish)(Reading *r);
} List;

static int begin_allow(AnonRules *rules) {
    void *items = rules->allow;
    int rc = sito_grow(&items, &rules->allow_capacity, rules->allow_count + 1, sizeof(AnonAllow),
                       ANON_MOST_ENTRIES);
    rules->allow = items;
    if (rc == SITO_OK) {
        rules->allow[rules->allow_count++] = (AnonAllow){.reason = ANON_REASONS};
    }
    return rc;
}

static int begin_pattern(AnonRules *rules) {
    void *items = rules->patterns;
    int rc = sito_grow(&items, &rules->pattern_capacity, rules->pattern_count + 1,
                       sizeof(AnonPattern), ANON_MOST_ENTRIES);
    rules->patterns = items;
    if (rc == SITO_OK) {
        rules->patterns[rules->pattern_count++] = (AnonPattern){.name = NULL};
    }
    return rc;
}

static int begin_decision(AnonRules *rules) {
    void *items = rules->decisions;
    int rc = sito_grow(&items, &rules->decision_capacity, rules->decision_count + 1,
                       sizeof(AnonDecision), ANON_MOST_ENTRIES);
    rules->decisions = items;
    if (rc == SITO_OK) {
        rules->decisions[rules->decision_count++] =
            (AnonDecision){.action = ANON_DECIDE, .reason = ANON_REASONS};
    }
    return rc;
}

static int finish_allow(Reading *r) {
    const AnonAllow *allow = &r->rules->allow[r->rules->allow_count - 1];
    return allow->text == NULL             ? refuse(r, "text or name is missing")
           : allow->reason == ANON_REASONS ? refuse(r, "reason is missing")
                                           : SITO_OK;
}

static int finish_pattern(Reading *r) {
    const AnonPattern *pattern = &r->rules->patterns[r->rules->pattern_count - 1];
    return pattern->regex == NULL ? refuse(r, "pattern is missing") : SITO_OK;
}

static int finish_decision(Reading *r) {
    const AnonDecision *decision = &r->rules->decisions[r->rules->decision_count - 1];
    if (decision->start == 0 || decision->end < decision->start) {
        return refuse(r, "start and end are missing, or end is before start");
    }
    if (decision->action == ANON_DECIDE) {
        return refuse(r, "action is missing: mask or keep");
    }
    bool reasonless = decision->action == ANON_KEEP && decision->reason == ANON_REASONS;
    return reasonless ? refuse(r, "to keep needs a reason") : SITO_OK;
}

static const List lists[] = {
    {"allow", "$.allow", allow_keys, SITO_COUNT(allow_keys), take_allow, begin_allow, finish_allow},
    {"patterns", "$.patterns", pattern_keys, SITO_COUNT(pattern_keys), take_pattern, begin_pattern,
     finish_pattern},
    {"decisions", "$.decisions", decision_keys, SITO_COUNT(decision_keys), take_decision,
     begin_decision, finish_decision},
};

static int finish_entry(Reading *r, const List *list) {
    int rc = r->open ? list->finish(r) : SITO_OK;
    r->open = false;
    return rc;
}

/* entry, its type, key, value, type of the value */
static int take_row(Reading *r, const List *list, sqlite3_stmt *row) {
    int64_t entry = sqlite3_column_int64(row, 0) + 1;
    if (entry != r->entry) {
        int rc = finish_entry(r, list);
        rc = rc == SITO_OK ? list->begin(r->rules) : rc;
        r->entry = entry;
        r->open = rc == SITO_OK;
        if (rc != SITO_OK) {
            return rc;
        }
    }
    if (sqlite3_column_int(row, 1) == 0) {
        return refuse(r, "is not an object");
    }
    const char *key = (const char *)sqlite3_column_text(row, 2);
    int type = sqlite3_column_type(row, 3);
    Field field = {.key = key, .is_number = type == SQLITE_INTEGER};
    if (key == NULL) { /* an empty object */
        return sqlite3_column_type(row, 2) == SQLITE_NULL ? SITO_OK : SITO_NOMEM;
    }
    if (!is_in(key, list->keys, list->count)) {
        return unknown(r, "key", key, list->keys, list->count);
    }
    field.number = field.is_number ? sqlite3_column_int64(row, 3) : 0;
    if (sqlite3_column_int(row, 4) != 0) {
        field.text = (const char *)sqlite3_column_text(row, 3);
        if (field.text == NULL) {
            return SITO_NOMEM;
        }
    }
    return list->take(r, &field);
}

/* ---- JSON ---- */

static int failure(Reading *r, int rc) {
    return (rc & 0xff) == SQLITE_NOMEM
               ? SITO_NOMEM
               : sito_error(r->error, SITO_ERROR, "%s", sqlite3_errmsg(r->db));
}

static int prepare(Reading *r, const char *sql, const char *path, sqlite3_stmt **statement) {
    int rc = sqlite3_prepare_v2(r->db, sql, -1, statement, NULL);
    rc = rc == SQLITE_OK ? sqlite3_bind_text64(*statement, 1, r->json.data, r->json.size,
                                               SQLITE_STATIC, SQLITE_UTF8)
                         : rc;
    rc = rc == SQLITE_OK && path != NULL ? sqlite3_bind_text(*statement, 2, path, -1, SQLITE_STATIC)
                                         : rc;
    return rc == SQLITE_OK ? SITO_OK : failure(r, rc);
}

static int read_list(Reading *r, const List *list) {
    sqlite3_stmt *rows = NULL;
    r->list = list->name;
    r->entry = 0;
    r->open = false;
    int rc = prepare(r,
                     "SELECT a.key, a.type = 'object', b.key, b.value, b.type = 'text'"
                     " FROM json_each(?1, ?2) AS a LEFT JOIN json_each(CASE a.type WHEN 'object'"
                     " THEN a.value END) AS b",
                     list->path, &rows);
    int step = SQLITE_DONE;
    while (rc == SITO_OK && (step = sqlite3_step(rows)) == SQLITE_ROW) {
        rc = take_row(r, list, rows);
    }
    rc = rc == SITO_OK && step != SQLITE_DONE ? failure(r, step) : rc;
    sqlite3_finalize(rows);
    return rc == SITO_OK ? finish_entry(r, list) : rc;
}

/* key, type, value */
static int take_key(Reading *r, sqlite3_stmt *row) {
    const char *key = (const char *)sqlite3_column_text(row, 0);
    const char *type = (const char *)sqlite3_column_text(row, 1);
    if (key == NULL || type == NULL) {
        return SITO_NOMEM;
    }
    if (!is_in(key, keys, SITO_COUNT(keys))) {
        return unknown(r, "key", key, keys, SITO_COUNT(keys));
    }
    if (strcmp(key, "language") != 0) {
        return strcmp(type, "array") == 0
                   ? SITO_OK
                   : sito_error(r->error, SITO_ERROR, "%s is an array of objects", key);
    }
    const char *language = (const char *)sqlite3_column_text(row, 2);
    bool english = language != NULL && strcmp(language, "en") == 0;
    r->rules->tongue = english ? ANON_EN : ANON_PL;
    bool known = english || (language != NULL && strcmp(language, "pl") == 0);
    return known ? SITO_OK : refuse(r, "language is pl or en");
}

static int read_keys(Reading *r) {
    sqlite3_stmt *rows = NULL;
    int rc = prepare(r, "SELECT CASE WHEN json_valid(?1) THEN json_type(?1) = 'object' END", NULL,
                     &rows);
    int step = rc == SITO_OK ? sqlite3_step(rows) : SQLITE_DONE;
    bool valid = step == SQLITE_ROW && sqlite3_column_int(rows, 0) == 1;
    rc = rc == SITO_OK && step != SQLITE_ROW ? failure(r, step) : rc;
    sqlite3_finalize(rows);
    rows = NULL;
    if (rc == SITO_OK && !valid) {
        return refuse(r, "the configuration is a JSON object with allow, patterns, decisions, "
                         "language");
    }
    rc = rc == SITO_OK ? prepare(r, "SELECT key, type, value FROM json_each(?1)", NULL, &rows) : rc;
    step = SQLITE_DONE;
    while (rc == SITO_OK && (step = sqlite3_step(rows)) == SQLITE_ROW) {
        rc = take_key(r, rows);
    }
    rc = rc == SITO_OK && step != SQLITE_DONE ? failure(r, step) : rc;
    sqlite3_finalize(rows);
    return rc;
}

int anon_rules_read(sqlite3 *db, SitoText json, AnonRules *rules, char **error) {
    Reading r = {.db = db, .json = json, .rules = rules, .error = error};
    *rules = (AnonRules){.tongue = ANON_PL};
    if (json.data == NULL) {
        return SITO_OK;
    }
    int rc = read_keys(&r);
    for (size_t i = 0; i < SITO_COUNT(lists) && rc == SITO_OK; i++) {
        rc = read_list(&r, &lists[i]);
    }
    return rc;
}

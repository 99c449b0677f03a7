/*
** Parameters and severities that are set from outside the rules (settings.h).
*/
#include "runner/settings.h"

#include <sqlite3.h>

#include <string.h>

#include "common/db.h"
#include "common/embedded.h"
#include "common/file.h"

/* ---- profiles ---- */

enum { PROFILES_LIMIT = 50, NAME_ROOM = 40 };

/* The names of all profiles, "a, b", and the one nearest to `name`; NULL: none is near. */
static int list_profiles(const char *name, SitoBuffer *list, char nearest[NAME_ROOM]) {
    char names[PROFILES_LIMIT][NAME_ROOM];
    const char *pointers[PROFILES_LIMIT] = {NULL};
    size_t count = 0;
    int rc = SITO_OK;
    for (const SitoEmbedded *file = sito_embedded_profiles;
         file->path != NULL && count < PROFILES_LIMIT && rc == SITO_OK; file++) {
        sqlite3_snprintf(NAME_ROOM, names[count], "%.*s", (int)strlen(file->path) - 5, file->path);
        pointers[count] = names[count];
        rc = sito_buffer_print(list, "%s%s", count > 0 ? ", " : "", names[count]);
        count++;
    }
    const char *near = sito_nearest((SitoText){name, strlen(name)}, pointers, count);
    sqlite3_snprintf(NAME_ROOM, nearest, "%s", near != NULL ? near : "");
    return rc == SITO_OK ? sito_buffer_add(list, "", 1) : rc;
}

static int refuse_profile(const char *name, SitoLanguage language, char **error) {
    SitoBuffer list = {0};
    char nearest[NAME_ROOM];
    int rc = list_profiles(name, &list, nearest);
    if (rc == SITO_OK && nearest[0] != 0) {
        rc = sito_error(error, SITO_MISUSE,
                        sito_say(language, "nie ma profilu '%s' (czy chodziło o %s?); profile: %s",
                                 "there is no profile '%s' (did you mean %s?); profiles: %s"),
                        name, nearest, list.data);
    } else if (rc == SITO_OK) {
        rc = sito_error(error, SITO_MISUSE,
                        sito_say(language, "nie ma profilu '%s'; profile: %s",
                                 "there is no profile '%s'; profiles: %s"),
                        name, list.data);
    }
    sito_buffer_free(&list);
    return rc;
}

int sito_profile_load(sqlite3 *db, SitoProfile *profile, const char *name, SitoLanguage language,
                      char **error) {
    *profile = (SitoProfile){0};
    char *path = sito_print("%s.json", name != NULL ? name : "default"), *word = NULL;
    const SitoEmbedded *file =
        path == NULL ? NULL : sito_embedded_find(sito_embedded_profiles, path);
    sito_free(path);
    if (file == NULL) {
        return path == NULL ? SITO_NOMEM : refuse_profile(name, language, error);
    }
    profile->name = name != NULL ? name : "default";
    profile->text = file->data;
    int rc = sito_text_hash((SitoText){file->data, file->size}, profile->sha256);
    if (rc == SITO_OK) {
        rc = sito_db_text(db, &word, error, "SELECT ?1 ->> '$.failOn'", "t", file->data);
    }
    profile->fail_on_given =
        word != NULL && sito_severity_parse((SitoText){word, strlen(word)}, &profile->fail_on);
    sito_free(word);
    return rc;
}

void sito_profile_choose(const SitoProfile *profile, SitoRules *rules) {
    size_t kept = 0;
    for (size_t i = 0; i < rules->count; i++) {
        SitoRule *rule = &rules->items[i];
        if (rule->profile == NULL || strcmp(rule->profile, profile->name) == 0) {
            rules->items[kept++] = *rule;
        } else {
            sito_rule_free(rule);
        }
    }
    rules->count = kept;
}

/* ---- what may be set, and what is ---- */

/* temp.settable: of each rule its severity (allowed: the words it may be, ' ' around each) and its
** parameters (way: higher or lower where a data set may set it). */
static int list_settable(sqlite3 *db, const SitoRules *rules, char **error) {
    sqlite3_stmt *insert = NULL;
    int rc = sito_db_run(db,
                         "CREATE TEMP TABLE IF NOT EXISTS settable(rule, name, type, builtin, way,"
                         " allowed, PRIMARY KEY(rule, name)) WITHOUT ROWID;"
                         "DELETE FROM temp.settable",
                         error);
    rc = rc == SITO_OK
             ? sito_db_prepare(db, &insert, error,
                               "INSERT OR IGNORE INTO temp.settable VALUES (?1, ?2, ?3,"
                               " CASE ?3 WHEN 'integer' THEN CAST(?4 AS INTEGER)"
                               "  WHEN 'number' THEN CAST(?4 AS REAL) ELSE ?4 END, ?5, ?6)",
                               "")
             : rc;
    static const char *const ways[] = {NULL, "higher", "lower"};
    for (size_t i = 0; i < rules->count && rc == SITO_OK; i++) {
        const SitoRule *rule = &rules->items[i];
        char allowed[60] = " ";
        for (int s = SITO_NOTE; s <= SITO_FATAL; s++) {
            size_t used = strlen(allowed);
            if ((rule->allowed_severities & 1u << s) != 0) {
                sqlite3_snprintf((int)(sizeof allowed - used), allowed + used, "%s ",
                                 sito_severity_word((SitoSeverity)s));
            }
        }
        rc = sito_db_step(db, insert, error, "tttttt", rule->id, "severity", "severity",
                          sito_severity_word(rule->severity), "higher", allowed);
        for (size_t p = 0; p < rule->params_count && rc == SITO_OK; p++) {
            const SitoParam *param = &rule->params[p];
            rc = sito_db_step(db, insert, error, "tttttt", rule->id, param->name, param->type,
                              param->value, ways[param->stricter], NULL);
        }
    }
    sqlite3_finalize(insert);
    return rc;
}

/* What is asked for, by the office (?1: profile, ?2: policy) and by data sets (?3: array of
** resources). Later rows of one source count. */
#define ASKED                                                                                      \
    "WITH asked(source, place, rule, name, value, type) AS ("                                      \
    " SELECT 1, 'rules.' || r.key, r.key, s.key, s.value, s.type"                                  \
    "   FROM json_each(?1, '$.rules') AS r, json_each(r.value) AS s WHERE r.type = 'object'"       \
    " UNION ALL SELECT 2, 'rules.' || r.key, r.key, s.key, s.value, s.type"                        \
    "   FROM json_each(?2, '$.rules') AS r, json_each(r.value) AS s WHERE r.type = 'object'"       \
    " UNION ALL SELECT 3, 'resources[' || d.key || '].quality[' || q.key || ']',"                  \
    "     q.value ->> '$.rule', a.key, a.value, a.type"                                            \
    "   FROM json_each(?3) AS d, json_each(d.value, '$.quality') AS q,"                            \
    "     json_each(json_patch(coalesce(q.value -> '$.arguments', '{}'),"                          \
    "       iif(q.value ->> '$.severity' IS NULL, '{}',"                                           \
    "           json_object('severity', q.value ->> '$.severity')))) AS a"                         \
    "  WHERE q.value ->> '$.rule' IS NOT NULL)"

#define RANK(word)                                                                                 \
    "CASE " word                                                                                   \
    " WHEN 'note' THEN 0 WHEN 'warning' THEN 1 WHEN 'error' THEN 2 WHEN 'fatal' THEN 3 "           \
    "ELSE " word " END"

/* ---- R1 ---- */

/* source, place, what is wrong, the word that is wrong */
static const char problems_sql[] = ASKED
    " SELECT source, place, CASE"
    "   WHEN NOT EXISTS (SELECT 1 FROM temp.settable AS k WHERE k.rule = a.rule) THEN 'rule'"
    "   WHEN a.name IN ('k', 'l', 't', 'alpha', 'beta', 'maxSuppressed') THEN 'threshold'"
    "   WHEN s.name IS NULL THEN 'name'"
    "   WHEN s.name = 'severity' AND NOT coalesce(a.type = 'text'"
    "     AND instr(s.allowed || s.builtin || ' ', ' ' || a.value || ' ') > 0, 0) THEN 'severity'"
    "   WHEN s.type = 'integer' AND a.type <> 'integer' OR s.type = 'text' AND a.type <> 'text'"
    "     OR s.type = 'number' AND a.type NOT IN ('integer', 'real') THEN 'type'"
    "   WHEN a.source = 3 AND s.way IS NULL THEN 'fixed' END AS what,"
    "   a.rule, a.name, s.allowed, s.type"
    "  FROM asked AS a LEFT JOIN temp.settable AS s ON s.rule = a.rule AND s.name = a.name"
    " WHERE what IS NOT NULL"
    " UNION ALL SELECT 2, 'rules.' || key, 'form', key, '', '', '' FROM json_each(?2, '$.rules')"
    "  WHERE type <> 'object'"
    " UNION ALL SELECT 2, 'rules.' || key, 'rule', key, '', '', '' FROM json_each(?2, '$.rules')"
    "  WHERE value = '{}' AND key NOT IN (SELECT rule FROM temp.settable)"
    " UNION ALL SELECT 3, 'resources[' || d.key || '].quality[' || q.key || ']', 'rule',"
    "     q.value ->> '$.rule', '', '', '' FROM json_each(?3) AS d, json_each(d.value, '$.quality') AS q"
    "  WHERE q.value ->> '$.rule' NOT IN (SELECT rule FROM temp.settable)"
    "    AND q.value -> '$.arguments' IS NULL AND q.value -> '$.severity' IS NULL";

static const struct Wrong {
    const char *what;
    const char *pl,
        *en; /* of the rule, the name, the severities, the type; "rule": of the rule and a hint */
} wrongs[] = {
    {"rule", "nie ma reguły '%s'%s", "there is no rule '%s'%s"},
    {"threshold",
     "progu '%.0s%s' nie ustawia się przy regule, tylko w polityce urzędu lub w disclosure",
     "the threshold '%.0s%s' is not set with a rule, but in the policy or in disclosure"},
    {"name", "reguła %s nie ma parametru '%s'", "the rule %s has no parameter '%s'"},
    {"severity", "reguła %s nie pozwala na taką wagę%.0s; dozwolone zmiany:%s",
     "the rule %s does not allow that severity%.0s; allowed changes:%s"},
    {"type", "reguła %s: wartość parametru '%s' ma mieć typ%.0s %s",
     "the rule %s: the value of the parameter '%s' must have the type%.0s %s"},
    {"fixed", "reguła %s: parametru '%s' nie ustawia się w opisie zbioru, tylko w polityce urzędu",
     "the rule %s: the parameter '%s' is not set in a descriptor, but in the office's policy"},
    {"form", "ustawienia reguły '%s' mają być obiektem {…}",
     "the settings of the rule '%s' must be an object {…}"},
};

static const char *nearest_rule(const SitoRules *rules, const char *id, const char **names) {
    for (size_t i = 0; i < rules->count; i++) {
        names[i] = rules->items[i].id;
    }
    return sito_nearest((SitoText){id, strlen(id)}, names, rules->count);
}

static int tell_problem(sqlite3_stmt *row, const SitoRules *rules, SitoProblems *problems) {
    const char *texts[7];
    for (int i = 0; i < 7; i++) {
        const char *text = (const char *)sqlite3_column_text(row, i);
        texts[i] = text != NULL ? text : "";
    }
    const struct Wrong *wrong = wrongs;
    while (strcmp(wrong->what, texts[2]) != 0) {
        wrong++;
    }
    const char *pattern = sito_say(problems->language, wrong->pl, wrong->en);
    if (wrong != wrongs) {
        const char *allowed =
            strcmp(texts[5], " ") == 0 ? sito_say(problems->language, " żadne", " none") : texts[5];
        return sito_problem(problems, texts[1], pattern, texts[3], texts[4], allowed, texts[6]);
    }
    const char **names = sito_malloc((rules->count + 1) * sizeof *names);
    if (names == NULL) {
        return SITO_NOMEM;
    }
    const char *nearest = nearest_rule(rules, texts[3], names);
    char *hint = nearest == NULL ? sito_print("%s", "")
                                 : sito_print(sito_say(problems->language, " (czy chodziło o %s?)",
                                                       " (did you mean %s?)"),
                                              nearest);
    int rc = hint == NULL ? SITO_NOMEM : sito_problem(problems, texts[1], pattern, texts[3], hint);
    sito_free(hint);
    sito_free(names);
    return rc;
}

int sito_settings_check(sqlite3 *db, const SitoRules *rules, const SitoProfile *profile,
                        const SitoPolicy *policy, const SitoPackage *package,
                        SitoProblems *problems, char **error) {
    sqlite3_stmt *row = NULL;
    char *resources = NULL;
    int rc = list_settable(db, rules, error);
    if (rc == SITO_OK && package->text != NULL) {
        rc = sito_db_text(db, &resources, error, "SELECT ?1 -> '$.resources'", "t", package->text);
    }
    if (rc == SITO_OK) {
        rc = sito_db_prepare(db, &row, error, problems_sql, "ttt", profile->text, policy->text,
                             resources);
    }
    while (rc == SITO_OK) {
        int step = sqlite3_step(row);
        if (step != SQLITE_ROW) {
            rc = step == SQLITE_DONE ? SITO_OK : sito_db_error(db, step, error);
            break;
        }
        int source = sqlite3_column_int(row, 0);
        problems->file = source == 3   ? package->descriptor
                         : source == 2 ? policy->path
                                       : profile->name;
        rc = tell_problem(row, rules, problems);
    }
    sqlite3_finalize(row);
    sito_free(resources);
    return rc;
}

/* ---- R2 ---- */

#define DECLARED                                                                                   \
    "(SELECT value FROM asked AS a WHERE a.source = 3 AND a.rule = s.rule AND a.name = s.name"     \
    " ORDER BY " RANK("value")

static const char fill_sql[] = ASKED
    " INSERT INTO parameter(rule, name, builtin, office, declared, effective, looser)"
    " SELECT rule, name, builtin, office, declared,"
    "   CASE WHEN declared IS NULL THEN office WHEN looser THEN office ELSE declared END, looser"
    "  FROM (SELECT *, coalesce(CASE way WHEN 'higher' THEN " RANK("declared") " < " RANK(
        "office") "                 ELSE declared > office END, 0) AS looser"
                  "  FROM (SELECT s.rule, s.name, s.builtin, s.way, coalesce("
                  "     (SELECT value FROM asked AS a WHERE a.source = 2 AND a.rule = s.rule AND a.name = s.name),"
                  "     (SELECT value FROM asked AS a WHERE a.source = 1 AND a.rule = s.rule AND a.name = s.name),"
                  "     s.builtin) AS office,"
                  /* of several items the strictest */
                  "     CASE s.way WHEN 'higher' THEN " DECLARED " DESC LIMIT 1) ELSE " DECLARED
                  " LIMIT 1) END AS declared"
                  "   FROM temp.settable AS s WHERE EXISTS"
                  "     (SELECT 1 FROM asked AS a WHERE a.rule = s.rule AND a.name = s.name)))";

int sito_settings_fill(sqlite3 *facts, const SitoRules *rules, const SitoProfile *profile,
                       const SitoPolicy *policy, const char *resource, char **error) {
    char *resources = resource == NULL ? NULL : sito_print("[%s]", resource);
    if (resource != NULL && resources == NULL) {
        return SITO_NOMEM;
    }
    int rc = list_settable(facts, rules, error);
    if (rc == SITO_OK) {
        rc = sito_db_do(facts, error, fill_sql, "ttt", profile->text, policy->text, resources);
    }
    sito_free(resources);
    return rc;
}

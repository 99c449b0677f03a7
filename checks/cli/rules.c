/*
** sito rules: the rules by family, for people, as JSON, or as docs/rules.md.
**
** R1  docs/rules.md is `sito rules --format markdown --lang en`; a test keeps it so.
*/
#include "cli.h"

#include <sqlite3.h>

#include <string.h>

#include "common/trouble.h"

#include "runner/rule.h"
#include "runner/vocabulary.h"
#include "common/wrap.h"

enum { INDENT = 24 };

static bool begins_family(const SitoRules *rules, size_t i) {
    return i == 0 || strcmp(rules->items[i].family, rules->items[i - 1].family) != 0;
}

/* ---- text ---- */

static int list_text(const SitoRules *rules, SitoLanguage language, SitoBuffer *out) {
    int rc = SITO_OK;
    for (size_t i = 0; i < rules->count && rc == SITO_OK; i++) {
        const SitoRule *rule = &rules->items[i];
        if (begins_family(rules, i)) {
            rc = sito_buffer_print(out, "%s%s\n", i > 0 ? "\n" : "",
                                   sito_family_title(rule->family, language));
        }
        const char *title = rule->title[language];
        rc = rc == SITO_OK ? sito_put_entry(out, rule->id, (SitoText){title, strlen(title)}, INDENT)
                           : rc;
    }
    return rc == SITO_OK ? sito_buffer_print(out, "\n%s\n",
                                             sito_say(language, "Więcej o regule: sito explain KOD",
                                                      "More about one: sito explain CODE"))
                         : rc;
}

/* ---- json ---- */

static const char *const json_rule =
    "SELECT json_object('id', ?1, 'family', ?2, 'severity', ?3, 'title', ?4, 'why', ?5, 'fix', ?6,"
    " 'basis', ?7, 'since', ?8, 'needs', json(?9), 'params', json(?10), 'builtin',"
    " json(iif(?11, 'true', 'false')), 'sha256', ?12, 'waiver', ?13)";

/* ["a","b"] */
static int needs_json(const SitoRule *rule, SitoBuffer *out) {
    int rc = sito_buffer_add(out, "[", 1);
    for (size_t i = 0; i < rule->needs_count && rc == SITO_OK; i++) {
        /* words of VOCABULARY: nothing in them to escape */
        rc = sito_buffer_print(out, "%s\"%s\"", i > 0 ? "," : "", rule->needs[i]);
    }
    return rc == SITO_OK ? sito_buffer_add(out, "]", 2) : rc; /* with its NUL */
}

static int params_json(sqlite3 *db, const SitoRule *rule, SitoLanguage language, SitoBuffer *out) {
    int rc = sito_buffer_add(out, "[", 1);
    for (size_t i = 0; i < rule->params_count && rc == SITO_OK; i++) {
        const SitoParam *param = &rule->params[i];
        sqlite3_stmt *select = NULL;
        rc = sqlite3_prepare_v2(db,
                                "SELECT json_object('name', ?1, 'type', ?2, 'default', ?3,"
                                " 'meaning', ?4)",
                                -1, &select, NULL);
        const char *texts[] = {param->name, param->type, param->value, param->sentence[language]};
        for (int n = 0; n < 4 && rc == SQLITE_OK; n++) {
            rc = sqlite3_bind_text(select, n + 1, texts[n], -1, SQLITE_STATIC);
        }
        if (rc == SQLITE_OK) {
            rc = sqlite3_step(select) == SQLITE_ROW
                     ? sito_buffer_print(out, "%s%s", i > 0 ? "," : "",
                                         (const char *)sqlite3_column_text(select, 0))
                     : SITO_NOMEM;
        }
        sqlite3_finalize(select);
    }
    return rc == SITO_OK ? sito_buffer_add(out, "]", 2) : rc;
}

static int put_json_rule(sqlite3 *db, const SitoRule *rule, SitoLanguage language,
                         SitoBuffer *out) {
    SitoBuffer needs = {0}, params = {0};
    sqlite3_stmt *select = NULL;
    int rc = needs_json(rule, &needs);
    rc = rc == SITO_OK ? params_json(db, rule, language, &params) : rc;
    rc = rc == SITO_OK ? sqlite3_prepare_v2(db, json_rule, -1, &select, NULL) : rc;
    const char *texts[] = {rule->id,
                           rule->family,
                           sito_severity_word(rule->severity),
                           rule->title[language],
                           rule->why[language],
                           rule->fix[language],
                           rule->basis[language],
                           rule->since,
                           needs.data,
                           params.data,
                           rule->builtin ? "1" : "0",
                           rule->sha256,
                           sito_waiver_word(rule->waiver)};
    for (size_t i = 0; i < SITO_COUNT(texts) && rc == SQLITE_OK; i++) {
        rc = sqlite3_bind_text(select, (int)i + 1, texts[i], -1, SQLITE_STATIC);
    }
    if (rc == SQLITE_OK) {
        rc = sqlite3_step(select) == SQLITE_ROW
                 ? sito_buffer_print(out, "  %s", (const char *)sqlite3_column_text(select, 0))
                 : SITO_NOMEM;
    }
    sqlite3_finalize(select);
    sito_buffer_free(&needs);
    sito_buffer_free(&params);
    return rc;
}

static int list_json(const SitoRules *rules, SitoLanguage language, SitoBuffer *out) {
    sqlite3 *db = NULL;
    int rc = sqlite3_open(":memory:", &db);
    rc = rc == SITO_OK ? sito_buffer_print(out, "{\"schema\":1,\"rules\":[\n") : rc;
    for (size_t i = 0; i < rules->count && rc == SITO_OK; i++) {
        rc = put_json_rule(db, &rules->items[i], language, out);
        rc = rc == SITO_OK ? sito_buffer_print(out, "%s\n", i + 1 < rules->count ? "," : "") : rc;
    }
    sqlite3_close(db);
    return rc == SITO_OK ? sito_buffer_print(out, "]}\n") : rc;
}

/* ---- markdown ---- */

static int put_markdown_conditions(const SitoRule *rule, SitoLanguage language, SitoBuffer *out) {
    int rc = SITO_OK;
    for (size_t i = 0; i < rule->params_count && rc == SITO_OK; i++) {
        const SitoParam *param = &rule->params[i];
        rc = sito_buffer_print(out, "- **%s** `%s` = %s: %s\n",
                               sito_say(language, "Próg", "Threshold"), param->name, param->value,
                               param->sentence[language]);
    }
    for (size_t i = 0; i < rule->needs_count && rc == SITO_OK; i++) {
        const SitoNeed *need = sito_need_find(rule->needs[i]);
        rc = sito_buffer_print(out, "- **%s** %s\n",
                               sito_say(language, "Nie dotyczy, gdy", "Not asked where"),
                               need != NULL ? need->reason[language] : rule->needs[i]);
    }
    return rc;
}

static int put_markdown_rule(const SitoRule *rule, SitoLanguage language, SitoBuffer *out) {
    int rc = sito_buffer_print(
        out, "\n### %s\n\n%s. *%s*\n\n- **%s** %s\n- **%s** %s\n- **%s** %s\n- **%s** %s\n",
        rule->id, rule->title[language], sito_severity_title(rule->severity, language),
        sito_say(language, "Dlaczego:", "Why:"), rule->why[language],
        sito_say(language, "Co zrobić:", "What to do:"), rule->fix[language],
        sito_say(language, "Podstawa:", "Basis:"), rule->basis[language],
        sito_say(language, "Odstępstwo:", "Waiver:"), sito_waiver_title(rule->waiver, language));
    rc = rc == SITO_OK ? put_markdown_conditions(rule, language, out) : rc;
    return rc == SITO_OK ? sito_buffer_print(out, "\n```sql\n%s\n```\n", rule->sql) : rc;
}

static int list_markdown(const SitoRules *rules, SitoLanguage language, SitoBuffer *out) {
    int rc = sito_buffer_print(
        out, "# %s\n\n%s\n", sito_say(language, "Reguły", "Rules"),
        sito_say(
            language,
            "Każda reguła to jeden SELECT na faktach (checks/runner/facts.sql): zwrócony wiersz "
            "to ustalenie. Ten plik tworzy `sito rules --format markdown`.",
            "Each rule is one SELECT over the facts (checks/runner/facts.sql): a row returned is "
            "a finding. This file is made by `sito rules --format markdown --lang en`."));
    for (size_t i = 0; i < rules->count && rc == SITO_OK; i++) {
        const SitoRule *rule = &rules->items[i];
        if (begins_family(rules, i)) {
            rc = sito_buffer_print(out, "\n## %s\n", sito_family_title(rule->family, language));
        }
        rc = rc == SITO_OK ? put_markdown_rule(rule, language, out) : rc;
    }
    return rc;
}

int sito_command_rules(const SitoArguments *arguments) {
    SitoRules rules;
    SitoBuffer out = {0};
    char *error = NULL;
    int rc = sito_rules_load(&rules, arguments->rules, &error);
    if (rc != SITO_OK && sito_trouble_translate_rule(arguments->language, &error) != SITO_OK) {
        rc = SITO_NOMEM;
    }
    if (rc != SITO_OK) {
        return sito_fail(rc, error);
    }
    const char *format = arguments->format != NULL ? arguments->format : "text";
    rc = strcmp(format, "json") == 0       ? list_json(&rules, arguments->language, &out)
         : strcmp(format, "markdown") == 0 ? list_markdown(&rules, arguments->language, &out)
                                           : list_text(&rules, arguments->language, &out);
    int status = rc == SITO_OK ? sito_write_result(arguments, (SitoText){out.data, out.size})
                               : sito_fail(rc, NULL);
    sito_buffer_free(&out);
    sito_rules_free(&rules);
    return status;
}

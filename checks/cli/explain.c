/*
** sito explain CODE: what a rule asks, why it matters, how to mend it, and on what basis.
*/
#include "cli.h"
#include "example.h"

#include <string.h>

#include "common/trouble.h"

#include "runner/rule.h"
#include "runner/vocabulary.h"
#include "common/wrap.h"

enum { INDENT = 14 };

static int put_entry(SitoBuffer *out, const char *label, const char *text) {
    return sito_put_entry(out, label, (SitoText){text, strlen(text)}, INDENT);
}

static int put_params(SitoBuffer *out, const SitoRule *rule, SitoLanguage language) {
    int rc = SITO_OK;
    for (size_t i = 0; i < rule->params_count && rc == SITO_OK; i++) {
        const SitoParam *param = &rule->params[i];
        char *text = sito_print(sito_say(language,
                                         "%s = %s (%s), o ile urząd lub opis zbioru nie "
                                         "ustala inaczej",
                                         "%s = %s (%s), unless the office or the descriptor says "
                                         "otherwise"),
                                param->name, param->value, param->sentence[language]);
        rc = text == NULL ? SITO_NOMEM
                          : put_entry(out, sito_say(language, "Próg", "Threshold"), text);
        sito_free(text);
    }
    return rc;
}

static int put_needs(SitoBuffer *out, const SitoRule *rule, SitoLanguage language) {
    int rc = SITO_OK;
    for (size_t i = 0; i < rule->needs_count && rc == SITO_OK; i++) {
        const SitoNeed *need = sito_need_find(rule->needs[i]);
        const char *reason = need != NULL ? need->reason[language] : rule->needs[i];
        char *text = sito_print(sito_say(language, "gdy %s", "where %s"), reason);
        rc = text == NULL ? SITO_NOMEM
                          : put_entry(out, sito_say(language, "Nie dotyczy", "Not asked"), text);
        sito_free(text);
    }
    return rc;
}

/* "zgloszenia.csv:12:3 k-anonymity …", with values that nobody measured */
static int put_example(SitoBuffer *out, const SitoRule *rule, SitoLanguage language) {
    SitoBuffer line = {0};
    int rc = sito_buffer_print(&line, "zgloszenia.csv:12 %s ", rule->id);
    rc = rc == SITO_OK ? sito_put_example(rule, language, &line) : rc;
    rc = rc == SITO_OK ? sito_put_entry(out, sito_say(language, "Przykład", "Example"),
                                        (SitoText){line.data, line.size}, INDENT)
                       : rc;
    sito_buffer_free(&line);
    return rc;
}

static int explain(SitoBuffer *out, const SitoRule *rule, SitoLanguage language) {
    const char *title = rule->title[language];
    int rc = sito_buffer_print(out, "%s – ", rule->id);
    size_t column = sito_columns((SitoText){rule->id, strlen(rule->id)}) + 3;
    rc = rc == SITO_OK ? sito_put_wrapped(out, (SitoText){title, strlen(title)}, column, 0) : rc;
    rc = rc == SITO_OK
             ? sito_buffer_print(out, "%s · %s · %s %s\n\n",
                                 sito_family_title(rule->family, language),
                                 sito_severity_title(rule->severity, language),
                                 sito_say(language, "od wersji", "since version"), rule->since)
             : rc;
    rc = rc == SITO_OK ? put_entry(out, sito_say(language, "Dlaczego", "Why"), rule->why[language])
                       : rc;
    rc = rc == SITO_OK
             ? put_entry(out, sito_say(language, "Co zrobić", "What to do"), rule->fix[language])
             : rc;
    rc = rc == SITO_OK
             ? put_entry(out, sito_say(language, "Podstawa", "Basis"), rule->basis[language])
             : rc;
    rc = rc == SITO_OK ? put_entry(out, sito_say(language, "Odstępstwo", "Waiver"),
                                   sito_waiver_title(rule->waiver, language))
                       : rc;
    rc = rc == SITO_OK ? put_example(out, rule, language) : rc;
    rc = rc == SITO_OK ? put_params(out, rule, language) : rc;
    return rc == SITO_OK ? put_needs(out, rule, language) : rc;
}

static int complain_unknown(const SitoRules *rules, const char *code, SitoLanguage language) {
    const char **names = sito_malloc((rules->count + 1) * sizeof *names);
    if (names == NULL) {
        return sito_fail(SITO_NOMEM, NULL);
    }
    for (size_t i = 0; i < rules->count; i++) {
        names[i] = rules->items[i].id;
    }
    const char *nearest = sito_nearest((SitoText){code, strlen(code)}, names, rules->count);
    int status = SITO_EXIT_USAGE;
    if (nearest != NULL) {
        sito_complain(status,
                      sito_say(language, "nie ma reguły '%s'; może chodzi o '%s'?",
                               "there is no rule '%s'; did you mean '%s'?"),
                      code, nearest);
    } else {
        sito_complain(status,
                      sito_say(language, "nie ma reguły '%s'; wszystkie wymienia `sito rules`",
                               "there is no rule '%s'; `sito rules` lists them all"),
                      code);
    }
    sito_free(names);
    return status;
}

int sito_command_explain(const SitoArguments *arguments) {
    SitoRules rules;
    char *error = NULL;
    int rc = sito_rules_load(&rules, arguments->rules, &error);
    if (rc != SITO_OK && sito_trouble_translate_rule(arguments->language, &error) != SITO_OK) {
        rc = SITO_NOMEM;
    }
    if (rc != SITO_OK) {
        return sito_fail(rc, error);
    }
    int status;
    const SitoRule *rule = sito_rules_find(&rules, arguments->paths[0]);
    if (rule == NULL) {
        status = complain_unknown(&rules, arguments->paths[0], arguments->language);
    } else {
        SitoBuffer out = {0};
        rc = explain(&out, rule, arguments->language);
        status = rc == SITO_OK ? sito_write_result(arguments, (SitoText){out.data, out.size})
                               : sito_fail(rc, NULL);
        sito_buffer_free(&out);
    }
    sito_rules_free(&rules);
    return status;
}

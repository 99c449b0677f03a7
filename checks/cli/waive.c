/*
** sito waive: lets the findings of one rule stand, as one waiver each in waivers.json, for exactly the file
** that was checked. What nobody may waive, and what is asked for without the papers that the rule wants,
** is refused before anything is read (waiver.h).
**
** R1  The whole file of waivers is written anew beside the descriptor. A waiver of the same finding gives way.
** R2  Without --records the scope is the fingerprint of the finding and the number that it counts now.
*/
#include <sqlite3.h>
#include <string.h>

#include "common/db.h"
#include "common/file.h"
#include "common/trouble.h"
#include "dataset.h"
#include "runner/waiver.h"

typedef struct Waive {
    const SitoArguments *arguments;
    SitoLanguage language;
    SitoDataset dataset;
    const SitoRule *rule;
} Waive;

/* ---- may this be waived, by this person, with these papers ---- */

static int find_rule(Waive *waive) {
    const char *code = waive->arguments->paths[1];
    const SitoRules *rules = &waive->dataset.check.rules;
    waive->rule = sito_rules_find(rules, code);
    if (waive->rule == NULL) {
        return sito_complain(SITO_EXIT_USAGE,
                             sito_say(waive->language,
                                      "nie ma reguły '%s'; wszystkie wymienia `sito rules`",
                                      "there is no rule '%s'; `sito rules` lists them all"),
                             code);
    }
    if (waive->rule->waiver == SITO_WAIVER_NEVER) {
        return sito_complain(
            SITO_EXIT_USAGE,
            sito_say(waive->language,
                     "od reguły %s nikt nie może odstąpić; co zrobić: sito explain %s",
                     "nobody may waive the rule %s; what to do: sito explain %s"),
            code, code);
    }
    return SITO_EXIT_OK;
}

static int need(const Waive *waive, const char *value, const char *option) {
    return value != NULL && value[strspn(value, " \t")] != 0
               ? SITO_EXIT_OK
               : sito_complain(SITO_EXIT_USAGE,
                               sito_say(waive->language, "brakuje opcji --%s; reguła %s: %s",
                                        "the option --%s is missing; rule %s: %s"),
                               option, waive->rule->id,
                               sito_waiver_title(waive->rule->waiver, waive->language));
}

static bool is_among(const char *word, const char *list) {
    size_t size = strlen(word);
    for (const char *at = list; *at != 0; at += strcspn(at, " "), at += *at == ' ') {
        if (strcspn(at, " ") == size && strncmp(at, word, size) == 0) {
            return true;
        }
    }
    return false;
}

static int check_word(const Waive *waive, const char *option, const char *word, const char *list) {
    if (word == NULL || is_among(word, list)) {
        return SITO_EXIT_OK;
    }
    char hint[120];
    sito_suggest(waive->language, "", word, list, hint, sizeof hint);
    return sito_complain(SITO_EXIT_USAGE,
                         sito_say(waive->language, "nieznane słowo '%s' w --%s%s; dozwolone: %s",
                                  "unknown word '%s' in --%s%s; allowed: %s"),
                         word, option, hint, list);
}

static int check_day(const Waive *waive) {
    char today[11];
    int64_t sound = 0;
    char *error = NULL;
    const char *day = waive->arguments->until;
    sito_today(today);
    int rc = sito_db_integer(waive->dataset.check.report, &sound, &error,
                             "SELECT date(?1, '+0 days') IS ?1 AND length(?1) = 10 AND ?1 >= ?2",
                             "tt", day, today);
    if (rc != SITO_OK) {
        return sito_fail(rc, error);
    }
    return sound ? SITO_EXIT_OK
                 : sito_complain(
                       SITO_EXIT_USAGE,
                       sito_say(waive->language,
                                "--until '%s': podaj dzień RRRR-MM-DD, nie wcześniejszy niż "
                                "dziś (%s)",
                                "--until '%s': give a day YYYY-MM-DD that is not before "
                                "today (%s)"),
                       day, today);
}

static int check_papers(const Waive *waive) {
    const SitoArguments *a = waive->arguments;
    SitoWaiverBy by = waive->rule->waiver;
    bool controller = by == SITO_WAIVER_CONTROLLER || by == SITO_WAIVER_WAYS;
    const struct {
        const char *value, *option;
        bool needed;
    } needs[] = {{a->by, "by", true},
                 {a->role, "role", true},
                 {a->reason, "reason", true},
                 {a->until, "until", true},
                 {a->basis, "basis", controller},
                 {a->case_mark, "case", controller},
                 {a->opinion, "opinion", controller},
                 {a->way, "way", by == SITO_WAIVER_WAYS}};
    int status = SITO_EXIT_OK;
    for (size_t i = 0; i < SITO_COUNT(needs) && status == SITO_EXIT_OK; i++) {
        status = needs[i].needed ? need(waive, needs[i].value, needs[i].option) : SITO_EXIT_OK;
    }
    status =
        status == SITO_EXIT_OK ? check_word(waive, "role", a->role, sito_waiver_roles) : status;
    status =
        status == SITO_EXIT_OK ? check_word(waive, "way", a->way, "15.2.2 15.2.3 statute") : status;
    status = status == SITO_EXIT_OK
                 ? check_word(waive, "opinion-outcome", a->opinion_outcome, "positive negative")
                 : status;
    if (status == SITO_EXIT_OK && controller && strcmp(a->role, "local-data-controller") != 0) {
        status = sito_complain(SITO_EXIT_USAGE,
                               sito_say(waive->language, "rola %s nie wystarcza; reguła %s: %s",
                                        "the role %s is not enough; rule %s: %s"),
                               a->role, waive->rule->id, sito_waiver_title(by, waive->language));
    }
    return status == SITO_EXIT_OK ? check_day(waive) : status;
}

/* ---- what is waived ---- */

/* "3,17" or "3, 17" as [3,17] */
static int records_json(const Waive *waive, char **json) {
    const char *list = waive->arguments->records;
    int64_t sound = 1;
    char *error = NULL;
    *json = NULL;
    if (list == NULL) {
        return SITO_EXIT_OK;
    }
    int rc = sito_db_integer(
        waive->dataset.check.report, &sound, &error,
        "SELECT count(*) BETWEEN 1 AND 20 AND sum(type <> 'integer' OR value < 1) = 0"
        " FROM json_each(iif(json_valid('[' || ?1 || ']'), '[' || ?1 || ']', '[null]'))",
        "t", list);
    if (rc != SITO_OK) {
        return sito_fail(rc, error);
    }
    if (!sound) {
        return sito_complain(SITO_EXIT_USAGE,
                             sito_say(waive->language,
                                      "--records '%s': podaj od 1 do 20 numerów rekordów, np. 3,17",
                                      "--records '%s': give 1 to 20 numbers of records, like 3,17"),
                             list);
    }
    *json = sito_print("[%s]", list);
    return *json == NULL ? sito_fail(SITO_NOMEM, NULL) : SITO_EXIT_OK;
}

/* temp.given: one JSON object for each finding of the rule that is not waived yet. */
static int collect(const Waive *waive, const char *records, char **error) {
    const SitoArguments *a = waive->arguments;
    const SitoCheck *check = &waive->dataset.check;
    char today[11];
    sito_today(today);
    int rc =
        sito_db_run(check->report, "CREATE TEMP TABLE given(resource, fingerprint, json)", error);
    return rc != SITO_OK
               ? rc
               : sito_db_do(
                     check->report, error,
                     "INSERT INTO temp.given SELECT f.resource, f.fingerprint, json_patch('{}',"
                     " json_object('rule', ?1, 'dataset', ?2, 'resource', f.resource,"
                     "  'sha256', coalesce((SELECT r.sha256 FROM report.resource AS r"
                     "     WHERE r.name = f.resource), ?3),"
                     "  'scope', json(iif(?4 IS NULL, json_object('fingerprints',"
                     "     json_array(f.fingerprint), 'count', f.count), json_object('records', json(?4)))),"
                     "  'by', ?5, 'role', ?6, 'why', ?7, 'basis', ?8, 'case', ?9,"
                     "  'opinion', json(iif(?10 IS NULL, 'null', json_object('case', ?10, 'outcome',"
                     "     coalesce(?11, 'positive')))), 'way', ?12, 'granted', ?13, 'expires', ?14))"
                     " FROM report.finding AS f WHERE f.code = ?1 AND NOT f.waived"
                     "  AND f.severity <> 'fatal' AND (?15 IS NULL OR f.field = ?15)"
                     "  AND (?4 IS NULL OR f.count = (SELECT count(DISTINCT record) FROM report.sample"
                     "    WHERE finding = f.id AND record IN (SELECT value FROM json_each(?4))))"
                     " ORDER BY f.id",
                     "ttttttttttttttt", waive->rule->id, check->package.name, check->package.sha256,
                     records, a->by, a->role, a->reason, a->basis, a->case_mark, a->opinion,
                     a->opinion_outcome, a->way, today, a->until, a->field);
}

/* R1 */
static int write_waivers(const Waive *waive, char **text, char **error) {
    const SitoCheck *check = &waive->dataset.check;
    return sito_db_text(
        check->report, text, error,
        "SELECT printf('{\"waivers\": [%s%s%s]}%s', char(10), group_concat('  ' || w, ',' || char(10)),"
        "   char(10), char(10))"
        " FROM (SELECT json(w.value) AS w FROM json_each(coalesce(?1, '{}'), '$.waivers') AS w"
        "        WHERE NOT EXISTS (SELECT 1 FROM temp.given AS g"
        "               WHERE w.value ->> '$.rule' = g.json ->> '$.rule'"
        "                 AND coalesce(w.value ->> '$.resource', '') = coalesce(g.resource, '')"
        "                 AND g.fingerprint IN (SELECT value FROM json_each(w.value, '$.scope.fingerprints')))"
        "       UNION ALL SELECT json FROM temp.given)",
        "t", check->package.waivers);
}

static int save(const Waive *waive, char **error) {
    char *text = NULL, *path = sito_path_join(waive->dataset.check.package.folder, SITO_WAIVERS);
    int rc = path == NULL ? SITO_NOMEM : write_waivers(waive, &text, error);
    int failure = rc == SITO_OK ? sito_replace_file(path, (SitoText){text, strlen(text)}) : 0;
    if (failure != 0) {
        rc = sito_error(error, SITO_ERROR,
                        sito_say(waive->language, "nie można zapisać pliku %s: %s",
                                 "cannot write the file %s: %s"),
                        path, sito_errno_words(waive->language, failure));
    }
    sito_free(text);
    sito_free(path);
    return rc;
}

static int tell(const Waive *waive, int64_t count) {
    const SitoArguments *a = waive->arguments;
    SitoBuffer out = {0};
    SitoMessageValue value = {.name = "n", .type = SITO_VALUE_INTEGER, .integer = count};
    char *error = NULL;
    int rc = sito_message_format(
        waive->language,
        sito_say(
            waive->language,
            "Zapisano w waivers.json: {n, plural, one {# odstępstwo} few {# odstępstwa} many {# "
            "odstępstw} other {# odstępstwa}}",
            "Written to waivers.json: {n, plural, one {# waiver} other {# waivers}}"),
        &value, 1, &out, &error);
    rc =
        rc == SITO_OK
            ? sito_buffer_print(
                  &out,
                  sito_say(
                      waive->language,
                      " od reguły %s, do %s (%s).\nDotyczy dokładnie tego pliku; po każdej zmianie "
                      "pliku trzeba go udzielić ponownie.\nDalej: sito check %s\n",
                      " of the rule %s, until %s (%s).\nOf exactly this file; after any change of "
                      "the file it has to be given again.\nNext: sito check %s\n"),
                  waive->rule->id, a->until, a->by, a->paths[0])
            : rc;
    int status =
        rc == SITO_OK ? sito_write_result(a, (SitoText){out.data, out.size}) : sito_fail(rc, error);
    sito_buffer_free(&out);
    return status;
}

static int none_found(const Waive *waive) {
    const SitoArguments *a = waive->arguments;
    return sito_complain(
        SITO_EXIT_USAGE,
        sito_say(waive->language,
                 "%s: nie ma ustalenia reguły %s%s%s, od którego można by odstąpić",
                 "%s: there is no finding of the rule %s%s%s that could be waived"),
        a->paths[0], waive->rule->id,
        a->field == NULL             ? ""
        : waive->language == SITO_PL ? " w kolumnie "
                                     : " in the column ",
        a->field == NULL ? "" : a->field);
}

static int give(Waive *waive) {
    SitoDataset *dataset = &waive->dataset;
    char *error = NULL, *records = NULL;
    int64_t count = 0;
    int status = records_json(waive, &records);
    if (status != SITO_EXIT_OK) {
        return status;
    }
    int rc = sito_check_run(&dataset->check, &dataset->options, &error);
    rc = rc == SITO_OK ? collect(waive, records, &error) : rc;
    rc = rc == SITO_OK ? sito_db_integer(dataset->check.report, &count, &error,
                                         "SELECT count(*) FROM temp.given", "")
                       : rc;
    rc = rc == SITO_OK && count > 0 ? save(waive, &error) : rc;
    sito_free(records);
    return rc != SITO_OK ? sito_fail(rc, error)
           : count > 0   ? tell(waive, count)
                         : none_found(waive);
}

int sito_command_waive(const SitoArguments *arguments) {
    Waive waive = {.arguments = arguments, .language = arguments->language};
    int status = sito_dataset_open(&waive.dataset, arguments);
    waive.language = status == SITO_EXIT_OK ? waive.dataset.check.language : waive.language;
    if (status == SITO_EXIT_OK && waive.dataset.check.package.descriptor == NULL) {
        status = sito_complain(
            SITO_EXIT_USAGE, "%s",
            sito_say(waive.language,
                     "odstąpić można tylko w zbiorze z opisem; utwórz opis: sito init "
                     "PLIK.csv",
                     "only a described data set can have waivers; make a descriptor: "
                     "sito init FILE.csv"));
    }
    status = status == SITO_EXIT_OK ? find_rule(&waive) : status;
    status = status == SITO_EXIT_OK ? check_papers(&waive) : status;
    status = status == SITO_EXIT_OK ? give(&waive) : status;
    sito_dataset_close(&waive.dataset);
    return status;
}

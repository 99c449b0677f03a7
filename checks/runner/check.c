/*
** A check from the path to the verdict (check.h).
*/
#include "check.h"

#include <sqlite3.h>

#include <string.h>

#include "common/clock.h"
#include "common/db.h"
#include "common/embedded.h"
#include "common/file.h"
#include "common/trouble.h"
#include "common/mask.h"
#include "runner/excerpt.h"
#include "runner/earlier.h"
#include "runner/keys.h"
#include "runner/record.h"
#include "runner/run.h"
#include "runner/scan.h"
#include "runner/summary.h"
#include "runner/table_judge.h"
#include "runner/waiver.h"
#include "runner/whole.h"

enum { RULE_TIME_LIMIT = 60 * 1000 };

/* The profile in force, and whether policy and descriptor set what may be set. */
static int choose_settings(SitoCheck *check, const SitoCheckOptions *options, char **error) {
    SitoProblems problems = {.language = check->language};
    const char *name = options->profile != NULL ? options->profile : check->policy.profile;
    int rc = sito_profile_load(check->report, &check->profile, name, check->language, error);
    if (rc != SITO_OK) {
        return rc;
    }
    check->fail_on = !options->fail_on_given && check->profile.fail_on_given
                         ? check->profile.fail_on
                         : options->fail_on;
    sito_profile_choose(&check->profile, &check->rules);
    rc = sito_settings_check(check->report, &check->rules, &check->profile, &check->policy,
                             &check->package, &problems, error);
    int raised = sito_problems_raise(&problems, error);
    return rc != SITO_OK ? rc : raised;
}

int sito_check_prepare(SitoCheck *check, const SitoCheckOptions *options, char **error) {
    *check = (SitoCheck){.language = options->language};
    int rc = sito_db_open(&check->report, error);
    if (rc == SITO_OK) {
        rc = sito_policy_load(check->report, &check->policy, options->policy, options->language,
                              error);
    }
    if (rc == SITO_OK && !options->language_given && check->policy.language_given) {
        check->language = check->policy.language;
    }
    if (rc == SITO_OK) {
        SitoProblems problems = {.language = check->language};
        rc = sito_package_load(check->report, &check->package, options->path, &problems, error);
        int raised = sito_problems_raise(&problems, error);
        rc = rc != SITO_OK ? rc : raised;
    }
    if (rc == SITO_OK) {
        rc = sito_rules_load(&check->rules, options->rules, error);
        rc = rc == SITO_OK || rc == SITO_NOMEM ? rc : SITO_MISUSE;
        if (rc != SITO_OK && sito_trouble_translate_rule(check->language, error) != SITO_OK) {
            rc = SITO_NOMEM;
        }
    }
    return rc == SITO_OK ? choose_settings(check, options, error) : rc;
}

void sito_check_free(SitoCheck *check) {
    sito_inputs_free(&check->inputs);
    sito_rules_free(&check->rules);
    sito_package_free(&check->package);
    sito_policy_free(&check->policy);
    sqlite3_close(check->report);
    *check = (SitoCheck){0};
}

static int open_report(SitoCheck *check, char **error) {
    const SitoEmbedded *schema = sito_embedded_find(sito_embedded_runner, "report.sql");
    int rc = sito_db_run(check->report, "ATTACH ':memory:' AS report", error);
    return rc == SITO_OK ? sito_db_run(check->report, schema->data, error) : rc;
}

/* Runs the rules of a resource, or with `resource` NULL those of the package. */
static int run_rules(SitoCheck *check, sqlite3 *facts, const char *resource, const char *file,
                     char **error) {
    SitoRunner runner = {.facts = facts,
                         .report = check->report,
                         .package = resource == NULL,
                         .resource = resource,
                         .file = file,
                         .language = check->language,
                         .fail_on = check->fail_on,
                         .time_limit = RULE_TIME_LIMIT};
    return sito_run_rules(&runner, &check->rules, error);
}

/* Tells whoever wants to know what the check is at. */
static int tell_stage(const SitoCheck *check, const SitoCheckOptions *options, SitoCheckStage stage,
                      int64_t index, char **error) {
    char *path = NULL, *full = NULL;
    if (options->stage == NULL) {
        return SITO_OK;
    }
    int rc = sito_package_text(check->report, &check->package, &path, error,
                               "$.resources[%lld].path", index);
    if (rc == SITO_OK) {
        full = sito_path_join(check->package.folder, path != NULL ? path : "");
        rc = full == NULL ? SITO_NOMEM : SITO_OK;
    }
    if (rc == SITO_OK) {
        options->stage(options->stage_context, stage, full, index + 1, check->package.resources);
    }
    sito_free(path);
    sito_free(full);
    return rc;
}

/* What the scan does not know: settings, waivers, the earlier version. */
static int complete_facts(SitoCheck *check, const SitoCheckOptions *options, sqlite3 *facts,
                          int64_t index, const char *object, char **error) {
    int rc =
        sito_settings_fill(facts, &check->rules, &check->profile, &check->policy, object, error);
    if (rc == SITO_OK) {
        rc = sito_table_fill(facts, &check->package, check->language, options->remembered,
                             &check->inputs, error);
    }
    if (rc == SITO_OK) {
        rc = sito_summary_copy(check->report, facts, error);
    }
    if (rc == SITO_OK) {
        rc = sito_waivers_fill(facts, &check->package, &check->rules, index, error);
    }
    if (rc == SITO_OK) {
        rc = sito_earlier_fill(facts, options->remembered, error);
    }
    if (rc == SITO_OK) {
        rc = sito_record_fill(facts, options->record, check->package.name, error);
    }
    rc = rc == SITO_OK ? sito_table_keep(check->report, facts, error) : rc;
    return rc == SITO_OK ? sito_earlier_keep(check->report, facts, error) : rc;
}

static int check_resource(SitoCheck *check, const SitoCheckOptions *options, sqlite3 *whole,
                          int64_t index, char **error) {
    sqlite3 *facts = NULL;
    char *name = NULL, *path = NULL, *object = NULL;
    int rc = tell_stage(check, options, SITO_CHECK_READS, index, error);
    if (rc == SITO_OK) {
        rc = sito_scan(&facts, &check->package, &check->policy, index, check->language,
                       &check->inputs, error);
    }
    if (rc == SITO_OK) {
        rc = sito_db_text(facts, &name, error, "SELECT name FROM resource", "");
    }
    if (rc == SITO_OK) {
        rc = sito_db_text(facts, &path, error, "SELECT path FROM resource", "");
    }
    if (rc == SITO_OK) {
        rc = sito_db_text(facts, &object, error, "SELECT resource FROM temp.descriptor", "");
    }
    if (rc == SITO_OK) {
        rc = complete_facts(check, options, facts, index, object, error);
    }
    if (rc == SITO_OK) {
        rc = tell_stage(check, options, SITO_CHECK_RULES, index, error);
    }
    if (rc == SITO_OK) {
        rc = run_rules(check, facts, name, path, error);
    }
    if (rc == SITO_OK) {
        rc = sito_excerpt_fill(check->report, facts, path, options->show_values, error);
    }
    if (rc == SITO_OK) {
        rc = sito_waivers_apply(facts, check->report, name, check->fail_on, error);
    }
    if (rc == SITO_OK) {
        rc = sito_summary_not_covered(check->report, facts, check->language, error);
    }
    if (rc == SITO_OK) {
        rc = sito_whole_add(whole, facts, error);
    }
    if (rc == SITO_OK) {
        rc = sito_table_keep_linked(facts, whole, error);
    }
    sito_free(name);
    sito_free(path);
    sito_free(object);
    sqlite3_close(facts);
    return rc;
}

/* A file that the warehouse has to write first is missing in another way than one that is lost. */
static int miss_file(const SitoCheck *check, const char *path, int64_t i, char **error) {
    char *query = NULL;
    int rc = sito_package_text(check->report, &check->package, &query, error,
                               "$.resources[%lld].warehouse.query", i);
    if (rc == SITO_OK && query != NULL) {
        rc = sito_error(error, SITO_CANTOPEN,
                        sito_say(check->language,
                                 "nie ma pliku %s; zapisuje go z hurtowni: sito export %s",
                                 "there is no file %s; the warehouse writes it: sito export %s"),
                        path, check->package.folder);
    }
    sito_free(query);
    return rc;
}

/* R2 */
static int find_files(SitoCheck *check, char **error) {
    int rc = SITO_OK;
    for (int64_t i = 0; i < check->package.resources && rc == SITO_OK; i++) {
        char *path = NULL, *full = NULL;
        int64_t size;
        rc = sito_package_text(check->report, &check->package, &path, error,
                               "$.resources[%lld].path", i);
        if (rc == SITO_OK) {
            full = sito_path_join(check->package.folder, path);
            rc = full == NULL                                ? SITO_NOMEM
                 : sito_file_kind(full) == SITO_FILE_MISSING ? miss_file(check, full, i, error)
                                                             : SITO_OK;
        }
        rc = rc == SITO_OK ? sito_file_size(full, check->language, &size, error) : rc;
        sito_free(full);
        sito_free(path);
    }
    return rc;
}

static int check_package(SitoCheck *check, const SitoCheckOptions *options, char **error) {
    sqlite3 *whole = NULL;
    int rc = sito_whole_open(&whole, &check->policy, error);
    for (int64_t i = 0; i < check->package.resources && rc == SITO_OK; i++) {
        rc = check_resource(check, options, whole, i, error);
    }
    if (rc == SITO_OK) {
        rc = sito_keys_fill_foreign(whole, error);
    }
    if (rc == SITO_OK) {
        rc = sito_settings_fill(whole, &check->rules, &check->profile, &check->policy, NULL, error);
    }
    if (rc == SITO_OK) {
        rc = sito_table_fill_linked(whole, error);
    }
    if (rc == SITO_OK) {
        const char *descriptor = check->package.descriptor, *slash = NULL;
        slash = descriptor != NULL ? strrchr(descriptor, '/') : NULL;
        rc = run_rules(check, whole, NULL,
                       slash != NULL        ? slash + 1
                       : descriptor != NULL ? descriptor
                                            : check->package.name,
                       error);
    }
    if (rc == SITO_OK) {
        rc = sito_waivers_apply(whole, check->report, NULL, check->fail_on, error);
    }
    sqlite3_close(whole);
    return rc == SITO_OK
               ? sito_summary_policy(check->report, &check->policy, check->language, error)
               : rc;
}

/* ERROR > FAIL > PASS over all rules and resources. No rule at all, or no resource, is no pass. */
static int judge(SitoCheck *check, char **error) {
    char *verdict = NULL;
    int rc = sito_db_text(
        check->report, &verdict, error,
        "SELECT CASE WHEN count(*) = 0 OR sum(status = 'ERROR') > 0 THEN 'ERROR'"
        "            WHEN sum(status NOT IN ('PASS', 'NOT APPLICABLE')) > 0 THEN 'FAIL'"
        "            ELSE 'PASS' END FROM report.rule",
        "");
    if (rc == SITO_OK) {
        bool pass = strcmp(verdict, "PASS") == 0, fail = strcmp(verdict, "FAIL") == 0;
        check->verdict = pass ? "PASS" : fail ? "FAIL" : "ERROR";
        check->exit_status = pass ? 0 : fail ? 1 : 3;
    }
    sito_free(verdict);
    return rc;
}

/* R1 */
static int judge_resources(SitoCheck *check, char **error) {
    return sito_db_do(
        check->report, error,
        "WITH rank(severity, rank) AS (VALUES ('note', 0), ('warning', 1), ('error', 2),"
        "   ('fatal', 3)),"
        " found AS (SELECT f.resource, max(rank) AS worst FROM report.finding AS f"
        "   JOIN rank USING (severity) WHERE NOT f.waived GROUP BY f.resource)"
        "UPDATE report.resource SET verdict = CASE"
        "   WHEN EXISTS (SELECT 1 FROM report.rule AS r"
        "                 WHERE r.resource = resource.name AND r.status = 'ERROR')"
        "     OR EXISTS (SELECT 1 FROM found WHERE found.resource = resource.name AND worst = 3)"
        "     THEN 'ERROR'"
        "   WHEN EXISTS (SELECT 1 FROM found WHERE found.resource = resource.name"
        "                 AND worst >= ?1) THEN 'FAIL'"
        "   ELSE 'PASS' END",
        "i", (int64_t)check->fail_on);
}

static int write_run(SitoCheck *check, const SitoCheckOptions *options, char **error) {
    char now[SITO_CLOCK_SIZE];
    sito_clock_now(now);
    return sito_db_do(check->report, error,
                      "INSERT INTO report.run(program, language, checked_at, dataset, version,"
                      " path, described, digest, policy, policy_sha256, fail_on, verdict,"
                      " exit_status, folder, profile)"
                      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                      "ttttttitttttitt", SITO_PROGRAM, sito_say(check->language, "pl", "en"), now,
                      check->package.name, check->package.version,
                      options->shown != NULL ? options->shown : options->path,
                      (int64_t)(check->package.descriptor != NULL), check->digest,
                      check->policy.path, check->policy.sha256, sito_severity_word(check->fail_on),
                      check->verdict, (int64_t)check->exit_status,
                      options->shown != NULL ? "." : check->package.folder, check->profile.name);
}

/* What the office called its files, data sets and columns may name a person; so may what quotes it. */
static int mask_names(SitoCheck *check, char **error) {
    static const char updates[] =
        "UPDATE report.run SET dataset = masked_name(dataset), version = masked_name(version),"
        " path = masked_name(path), folder = masked_name(folder), policy = masked_name(policy);"
        "UPDATE report.resource SET name = masked_name(name), path = masked_name(path);"
        "UPDATE report.rule SET resource = masked_name(resource), reason = masked_message(reason);"
        "UPDATE report.finding SET file = masked_name(file), field = masked_name(field),"
        " resource = masked_name(resource), message = masked_message(message);"
        "UPDATE report.measure SET resource = masked_name(resource), field = masked_name(field);"
        "UPDATE report.class SET resource = masked_name(resource);"
        "UPDATE report.threshold SET resource = masked_name(resource);"
        "UPDATE report.field SET resource = masked_name(resource), name = masked_name(name);"
        "UPDATE report.not_covered SET sentence = masked_message(sentence);"
        "UPDATE report.next_step SET sentence = masked_name(sentence)";
    int rc = sito_db_error(check->report, sito_mask_register(check->report), error);
    return rc == SITO_OK ? sito_db_run(check->report, updates, error) : rc;
}

int sito_check_run(SitoCheck *check, const SitoCheckOptions *options, char **error) {
    int rc = open_report(check, error);
    if (rc == SITO_OK) {
        rc = find_files(check, error);
    }
    if (rc == SITO_OK) {
        rc = check_package(check, options, error);
    }
    if (rc == SITO_OK) {
        rc = sito_inputs_add_rest(&check->inputs, &check->package, &check->policy, &check->profile,
                                  &check->rules);
    }
    if (rc == SITO_OK) {
        rc = sito_inputs_digest(&check->inputs, check->digest);
    }
    if (rc == SITO_OK) {
        rc = judge(check, error);
    }
    if (rc == SITO_OK) {
        rc = judge_resources(check, error);
    }
    if (rc == SITO_OK) {
        rc = write_run(check, options, error);
    }
    rc = rc == SITO_OK
             ? sito_summary_next_steps(check->report,
                                       options->shown == NULL
                                           ? options->path
                                           : sito_say(check->language, "PLIK.csv", "FILE.csv"),
                                       options->catalogue, check->language, error)
             : rc;
    rc = rc == SITO_OK ? mask_names(check, error) : rc;
    return rc == SITO_OK ? sito_waivers_tell(check->report, check->language, error) : rc;
}

/*
** sito lint: the descriptor, the policy and what they say about rules, without reading the data. Every problem is one line on
** stdout; exit status 2 where there is one.
*/
#include <sqlite3.h>

#include <string.h>

#include "cli.h"
#include "common/db.h"
#include "common/trouble.h"
#include "runner/package.h"
#include "runner/settings.h"

static int print_problems(const SitoArguments *arguments, const SitoProblems *problems,
                          const SitoPackage *package) {
    if (problems->count > 0) {
        int status =
            sito_write_masked(arguments, (SitoText){problems->lines.data, problems->lines.size});
        return status == SITO_EXIT_OK ? SITO_EXIT_USAGE : status;
    }
    char *line = sito_print(sito_say(arguments->language, "%s: opis zbioru jest poprawny\n",
                                     "%s: the descriptor is well-formed\n"),
                            package->descriptor);
    int status = line == NULL ? sito_fail(SITO_NOMEM, NULL)
                              : sito_write_masked(arguments, (SitoText){line, strlen(line)});
    sito_free(line);
    return status;
}

int sito_command_lint(const SitoArguments *arguments) {
    sqlite3 *db = NULL;
    SitoPackage package = {0};
    SitoPolicy policy = {0};
    SitoProfile profile = {0};
    SitoRules rules = {0};
    SitoProblems problems = {.language = arguments->language};
    char *error = NULL;
    int rc = sito_db_open(&db, &error);
    if (rc == SITO_OK) {
        rc = sito_policy_load(db, &policy, arguments->policy, arguments->language, &error);
    }
    if (rc == SITO_OK) {
        rc = sito_package_load(db, &package, arguments->paths[0], &problems, &error);
    }
    if (rc == SITO_OK) {
        rc = sito_rules_load(&rules, arguments->rules, &error);
        rc = rc == SITO_OK || rc == SITO_NOMEM ? rc : SITO_MISUSE;
        if (rc != SITO_OK && sito_trouble_translate_rule(arguments->language, &error) != SITO_OK) {
            rc = SITO_NOMEM;
        }
    }
    if (rc == SITO_OK) {
        rc = sito_profile_load(db, &profile,
                               arguments->profile != NULL ? arguments->profile : policy.profile,
                               arguments->language, &error);
    }
    if (rc == SITO_OK && problems.count == 0) {
        rc = sito_settings_check(db, &rules, &profile, &policy, &package, &problems, &error);
    }
    int status;
    if (rc != SITO_OK) {
        status = sito_fail(rc, error);
    } else if (package.descriptor == NULL) {
        status =
            sito_complain(SITO_EXIT_USAGE,
                          sito_say(arguments->language,
                                   "%s nie jest opisem zbioru; podaj folder albo datapackage.json",
                                   "%s is no descriptor; name a folder or datapackage.json"),
                          arguments->paths[0]);
    } else {
        status = print_problems(arguments, &problems, &package);
    }
    sito_buffer_free(&problems.lines);
    sito_package_free(&package);
    sito_policy_free(&policy);
    sito_rules_free(&rules);
    sqlite3_close(db);
    return status;
}

/*
** What others than the rule itself say about its parameters and its severity.
**
**   the rule's own ◀─ profile (checks/profiles/NAME.json) ◀─ policy.json ◀─ descriptor (quality[])
**
** A profile is a set of rules by name: {"title": {"pl", "en"}, "failOn": "warning", "rules": …}; rules
** whose front matter has `profile: NAME` run in that profile alone. Profile and policy hold
** "rules": {"RULE": {"PARAMETER": value, "severity": "error"}}; a data set has items
** {"id", "rule": "RULE", "arguments": {"PARAMETER": value}, "severity": "error"} in quality[].
**
** R1  A rule, parameter or severity that there is not, a value of another type, and a severity that
**     the rule does not allow (severity.allowed) are problems of the policy or the descriptor.
** R2  A data set may only be stricter, in the parameters that the rule names (stricter) and by a
**     graver severity; a looser value is a finding (policy-loosened) and is not used.
** R3  What has the name of a threshold (k, l, …) is set as a threshold, never here.
*/
#ifndef SITO_SETTINGS_H
#define SITO_SETTINGS_H

#include "runner/package.h"
#include "runner/policy.h"
#include "runner/rule.h"

typedef struct SitoProfile {
    const char *name; /* of the profile that is in force */
    const char *text; /* JSON */
    char sha256[SITO_SHA256_HEX];
    SitoSeverity fail_on;
    bool fail_on_given;
} SitoProfile;

/* The built-in profile of that name; NULL is "default". An unknown name is SITO_MISUSE. */
int sito_profile_load(struct sqlite3 *db, SitoProfile *profile, const char *name,
                      SitoLanguage language, char **error) SITO_MUST_CHECK;

/* Takes the rules of other profiles out. */
void sito_profile_choose(const SitoProfile *profile, SitoRules *rules);

/* R1: adds to `problems`; their file is set to that of the policy or the descriptor. */
int sito_settings_check(struct sqlite3 *db, const SitoRules *rules, const SitoProfile *profile,
                        const SitoPolicy *policy, const SitoPackage *package,
                        SitoProblems *problems, char **error) SITO_MUST_CHECK;

/* R2: fills the table `parameter` of the facts. `resource` is the resource's object of the descriptor,
** NULL: of none. */
int sito_settings_fill(struct sqlite3 *facts, const SitoRules *rules, const SitoProfile *profile,
                       const SitoPolicy *policy, const char *resource,
                       char **error) SITO_MUST_CHECK;

#endif

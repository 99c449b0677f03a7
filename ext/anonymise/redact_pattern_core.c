/*
** Patterns of the office: regular expressions of ICU, with a limit on their time and memory, and the rules that
** hold them (redact.h).
**
** R1  A pattern that takes too long is an error with its name, never a text in which it was not looked for.
** R2  An empty match is none.
*/
#include <unicode/uregex.h>
#include <unicode/ustring.h>
#include <unicode/utext.h>

#include "redact_config.h"
#include "redact_pattern.h"

enum {
    LONGEST_PATTERN = 10000,
    STEPS = 4000,
    STACK = 4 << 20
}; /* a step is 10,000 of the engine's own */

int anon_pattern_open(SitoText source, URegularExpression **regex, const char **reason) {
    UErrorCode status = U_ZERO_ERROR;
    UParseError place;
    int32_t size = 0;
    if (source.size > LONGEST_PATTERN) {
        *reason = "pattern is longer than 10,000 bytes";
        return SITO_ERROR;
    }
    UChar *wide = sito_malloc((source.size + 1) * sizeof *wide);
    if (wide == NULL) {
        return SITO_NOMEM;
    }
    u_strFromUTF8(wide, (int32_t)source.size + 1, &size, source.data, (int32_t)source.size,
                  &status);
    *regex = uregex_open(wide, size, 0, &place, &status);
    uregex_setTimeLimit(*regex, STEPS, &status);
    uregex_setStackLimit(*regex, STACK, &status);
    sito_free(wide);
    *reason = "pattern is not a regular expression of ICU";
    return U_SUCCESS(status)                     ? SITO_OK
           : status == U_MEMORY_ALLOCATION_ERROR ? SITO_NOMEM
                                                 : SITO_ERROR;
}

static int find_one(const AnonPattern *pattern, SitoText text, AnonSpans *spans, char **error) {
    UErrorCode status = U_ZERO_ERROR;
    UText wrapped = UTEXT_INITIALIZER;
    int rc = SITO_OK;
    utext_openUTF8(&wrapped, text.data, (int64_t)text.size, &status);
    uregex_setUText(pattern->regex, &wrapped, &status);
    while (rc == SITO_OK && U_SUCCESS(status) && uregex_findNext(pattern->regex, &status)) {
        int64_t start = uregex_start64(pattern->regex, 0, &status);
        int64_t end = uregex_end64(pattern->regex, 0, &status);
        if (U_SUCCESS(status) && end > start) {
            rc = anon_span_add(spans, (AnonSpan){.start = (size_t)start,
                                                 .end = (size_t)end,
                                                 .kind = ANON_CUSTOM,
                                                 .reason = ANON_PATTERN,
                                                 .basis = pattern->basis});
        }
    }
    utext_close(&wrapped);
    if (rc != SITO_OK || U_SUCCESS(status)) {
        return rc;
    }
    return status == U_MEMORY_ALLOCATION_ERROR
               ? SITO_NOMEM
               : sito_error(error, SITO_ERROR, "the pattern%s%s takes too long; make it simpler",
                            pattern->name != NULL ? " " : "",
                            pattern->name != NULL ? pattern->name : "");
}

int anon_patterns_find(const AnonRules *rules, SitoText text, AnonSpans *spans, char **error) {
    int rc = SITO_OK;
    for (size_t i = 0; i < rules->pattern_count && rc == SITO_OK && text.size > 0; i++) {
        rc = find_one(&rules->patterns[i], text, spans, error);
    }
    return rc;
}

void anon_rules_free(AnonRules *rules) {
    for (size_t i = 0; i < rules->allow_count; i++) {
        sito_free(rules->allow[i].text);
        sito_free(rules->allow[i].basis);
    }
    for (size_t i = 0; i < rules->pattern_count; i++) {
        sito_free(rules->patterns[i].name);
        sito_free(rules->patterns[i].basis);
        uregex_close(rules->patterns[i].regex);
    }
    for (size_t i = 0; i < rules->decision_count; i++) {
        sito_free(rules->decisions[i].basis);
    }
    sito_free(rules->allow);
    sito_free(rules->patterns);
    sito_free(rules->decisions);
    *rules = (AnonRules){.tongue = ANON_PL};
}

/*
** anon_redact(text, config) and anon_redact_spans(text, config).
**
**   SELECT anon_redact('Skargę złożyła Anna Nowak, PESEL 24471200015.');
**   SELECT number, start, "end", kind, action, reason FROM anon_redact_spans((SELECT tresc FROM pismo));
**
** R1  start and "end" count characters from 1, as substr() does; "end" is the last one of the span. No row
**     holds what stands there.
** R2  action is mask, keep or decide; what is to be decided is masked by anon_redact until it is. mark is what
**     will stand there, NULL where the text stays.
** R3  NULL and an empty text have no spans; anon_redact gives them back.
** R4  An error names the entry of the configuration and never a value.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include "base/register.h"
#include "redact_call.h"
#include "redact_config.h"

static void free_rules(void *rules) {
    anon_rules_free(rules);
    sito_free(rules);
}

/* The rules of the call: read once a statement where the configuration is a constant. */
static const AnonRules *rules_of(sqlite3_context *context, int argc, sqlite3_value **argv) {
    static const AnonRules none = {.tongue = ANON_PL};
    if (argc < 2 || sqlite3_value_type(argv[1]) == SQLITE_NULL) {
        return &none;
    }
    const AnonRules *known = sqlite3_get_auxdata(context, 1);
    if (known != NULL) {
        return known;
    }
    SitoText json;
    char *error = NULL;
    AnonRules *rules = sito_malloc(sizeof *rules);
    int rc = rules == NULL ? SITO_NOMEM : sito_value_text(argv[1], &json);
    if (rc == SITO_OK) {
        rc = anon_rules_read(sqlite3_context_db_handle(context), json, rules, &error);
    } else if (rules != NULL) {
        *rules = none;
    }
    if (rc != SITO_OK) {
        char *message = error == NULL ? NULL : sito_print("anon_redact: %s", error);
        sito_result_failure(context, error != NULL && message == NULL ? SITO_NOMEM : rc, message);
        sito_free(error);
        if (rules != NULL) {
            free_rules(rules);
        }
        return NULL;
    }
    sqlite3_set_auxdata(context, 1, rules, free_rules);
    known = sqlite3_get_auxdata(context, 1);
    if (known == NULL) {
        sqlite3_result_error_nomem(context);
    }
    return known;
}

void anon_redact(sqlite3_context *context, int argc, sqlite3_value **argv) {
    SitoText text;
    const AnonRules *rules = sito_args_ok(context, argc) ? rules_of(context, argc, argv) : NULL;
    if (rules == NULL) {
        return;
    }
    if (sqlite3_value_type(argv[0]) == SQLITE_NULL) {
        return; /* R3 */
    }
    AnonSpans spans = {.count = 0};
    SitoBuffer out = {0};
    char *error = NULL;
    SitoWatch watch = sito_watch_database(sqlite3_context_db_handle(context));
    int rc = sito_value_text(argv[0], &text);
    rc = rc == SITO_OK ? anon_redact_find(rules, text, &watch, &spans, &error) : rc;
    rc = rc == SITO_OK ? anon_redact_render(text, &spans, &out) : rc;
    if (rc == SITO_OK) {
        sqlite3_result_text64(context, out.data != NULL ? out.data : "", out.size, SQLITE_TRANSIENT,
                              SQLITE_UTF8);
    } else {
        char *message = error == NULL ? NULL : sito_print("anon_redact: %s", error);
        sito_result_failure(context, error != NULL && message == NULL ? SITO_NOMEM : rc, message);
    }
    sito_free(error);
    sito_buffer_free(&out);
    anon_spans_free(&spans);
}

/* Characters up to a byte, counted as substr() counts them. Asked with growing bytes. */
typedef struct Count {
    SitoText text;
    size_t byte, characters;
} Count;

static int64_t character_of(Count *count, size_t byte) {
    const unsigned char *text = (const unsigned char *)count->text.data;
    while (count->byte < byte) {
        bool lead = text[count->byte++] >= 0xC0;
        while (lead && count->byte < byte && (text[count->byte] & 0xC0) == 0x80) {
            count->byte++;
        }
        count->characters++;
    }
    return (int64_t)count->characters;
}

static int answer_span(SitoCall *call, const AnonRules *rules, const AnonSpan *span, Count *count,
                       int64_t number) {
    const char *paragraph =
        span->basis != NULL ? span->basis : anon_paragraph(span->kind, span->action, span->reason);
    int64_t start = character_of(count, span->start) + 1, end = character_of(count, span->end);
    return sito_answer_row(
        &call->answer, "iiisssssis", number, start, end, anon_kind_name(span->kind),
        anon_action_name(span->action), paragraph, anon_reason_name(span->reason),
        anon_reason_sentence(span->reason, rules->tongue), (int64_t)span->needs_decision,
        span->action == ANON_KEEP ? NULL : ANON_MARK);
}

int anon_redact_spans_run(SitoCall *call) {
    SitoText text, json;
    AnonRules rules = {.tongue = ANON_PL};
    AnonSpans spans = {.count = 0};
    int rc = sito_call_text(call, 0, &text);
    rc = rc == SITO_OK ? sito_call_text(call, 1, &json) : rc;
    rc = rc == SITO_OK ? anon_rules_read(call->db, json, &rules, &call->error) : rc;
    rc = rc == SITO_OK ? anon_redact_find(&rules, text, &call->watch, &spans, &call->error) : rc;
    Count count = {.text = text};
    for (size_t i = 0; i < spans.count && rc == SITO_OK; i++) {
        rc = answer_span(call, &rules, &spans.items[i], &count, (int64_t)i + 1);
    }
    anon_spans_free(&spans);
    anon_rules_free(&rules);
    return rc;
}

/*
** Redaction of a text after annex 1 to order 354/2022 of the Mayor of Łódź: what is personal data of natural
** persons, what of it stays, and why.
**
**   text ──▶ reading copy ──▶ words ──▶ finders ──▶ spans ──▶ text with marks ──▶ the same again, until
**            (reading)        (tokens)  (identity,   (redact_core)                nothing is found
**                                        names, places, …)
**
** R1  Every span has a proposal: mask, keep, or decide. What is in doubt is masked and asks for a decision.
** R2  A mark has always the same length, so it tells nothing of what it hides.
** R3  The text with marks is searched again, as if it were new; what is found then is masked as well. So
**     redacting a second time changes nothing.
** R4  Time is linear in the length of the text.
*/
#ifndef SITO_ANONYMISE_REDACT_H
#define SITO_ANONYMISE_REDACT_H

#include "base/sito.h"
#include "base/watch.h"

#define ANON_MARK "\xE2\x96\x88\xE2\x96\x88\xE2\x96\x88" /* ███ */

typedef enum AnonAction { ANON_MASK, ANON_KEEP, ANON_DECIDE } AnonAction;

/* What a span is: the words of SQL are in redact_reasons_core.c. The first ones are those of identity. */
typedef enum AnonKind {
    ANON_PESEL,
    ANON_NIP,
    ANON_EMAIL,
    ANON_IBAN,
    ANON_LAND_REGISTER,
    ANON_EDELIVERY,
    ANON_ID_CARD,
    ANON_PASSPORT,
    ANON_REGON,
    ANON_PHONE,
    ANON_PWZ,
    ANON_PLATE,
    ANON_NAME,
    ANON_ADDRESS,
    ANON_BIRTH_DATE,
    ANON_BIRTH_PLACE,
    ANON_POSTAL_CODE,
    ANON_IP_ADDRESS,
    ANON_COORDINATES,
    ANON_INITIALS,
    ANON_ISSUE_PLACE,
    ANON_DOCUMENT,
    ANON_HEALTH,
    ANON_RELIGION,
    ANON_ORIGIN,
    ANON_POLITICS,
    ANON_UNION,
    ANON_SEXUALITY,
    ANON_CONVICTION,
    ANON_SITUATION,
    ANON_CUSTOM,
    ANON_OTHER,
    ANON_REDACTION_KINDS
} AnonKind;

/* Why it is masked or stays. */
typedef enum AnonReason {
    ANON_PERSONAL,        /* personal data of a natural person */
    ANON_REPEATED,        /* the same as what is masked elsewhere in the text */
    ANON_DOUBT,           /* probably personal data; masked until somebody decides */
    ANON_ATTENTION,       /* words of points 8 to 10; masked until somebody decides */
    ANON_PATTERN,         /* a pattern of the office */
    ANON_SECOND_PASS,     /* seen only when the result was searched again */
    ANON_PUBLIC_FUNCTION, /* from here on reasons to stay */
    ANON_AUTHOR,
    ANON_INSTITUTION,
    ANON_LEGAL_PERSON,
    ANON_DOCUMENT_NAME,
    ANON_CONSENT,
    ANON_PATRON,
    ANON_NOT_PERSONAL,
    ANON_REASONS
} AnonReason;

typedef enum AnonTongue { ANON_PL, ANON_EN } AnonTongue;

const char *anon_kind_name(AnonKind kind);
/* The paragraph of annex 1: "§4.1.2". */
const char *anon_paragraph(AnonKind kind, AnonAction action, AnonReason reason);
const char *anon_reason_name(AnonReason reason);
const char *anon_reason_sentence(AnonReason reason, AnonTongue tongue);
const char *anon_action_name(AnonAction action);

typedef struct AnonSpan {
    size_t start, end; /* bytes */
    AnonKind kind;
    AnonAction action;
    AnonReason reason;
    bool needs_decision;
    bool decided; /* by the configuration: nothing overrules it */
    const char
        *basis; /* the office's own, of the configuration that gave it; NULL: that of annex 1 */
} AnonSpan;

typedef struct AnonSpans {
    AnonSpan *items;
    size_t count, capacity;
} AnonSpans;

enum { ANON_MOST_SPANS = 1 << 22 };

int anon_span_add(AnonSpans *spans, AnonSpan span) SITO_MUST_CHECK;

/* Something that may stay, or a name that may, in any case and inflected. */
typedef struct AnonAllow {
    char *text;
    bool is_name;
    AnonReason reason;
    char *basis; /* NULL: none was given */
} AnonAllow;

/* What a person decided of one place. Characters, counted from 1 as substr() counts them. */
typedef struct AnonDecision {
    int64_t start, end;
    AnonAction action;
    AnonReason reason;
    char *basis;
} AnonDecision;

typedef struct AnonPattern {
    char *name, *basis;
    struct URegularExpression *regex;
} AnonPattern;

enum { ANON_MOST_ENTRIES = 1 << 16 };

/* The office's own rules for a text. Release with anon_rules_free. */
typedef struct AnonRules {
    AnonAllow *allow;
    AnonDecision *decisions;
    AnonPattern *patterns;
    size_t allow_count, decision_count, pattern_count;
    size_t allow_capacity, decision_capacity, pattern_capacity;
    AnonTongue tongue;
} AnonRules;

void anon_rules_free(AnonRules *rules);

/* All spans of the text, from left to right, none overlapping another. */
int anon_redact_find(const AnonRules *rules, SitoText text, const SitoWatch *watch,
                     AnonSpans *spans, char **error) SITO_MUST_CHECK;
void anon_spans_free(AnonSpans *spans);

/* Appends the text with a mark in place of each span that does not stay. */
int anon_redact_render(SitoText text, const AnonSpans *spans, SitoBuffer *out) SITO_MUST_CHECK;

#endif

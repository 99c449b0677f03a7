/*
** What the finders of redaction share (redact_pass_core.c drives them).
*/
#ifndef SITO_ANONYMISE_REDACT_FIND_H
#define SITO_ANONYMISE_REDACT_FIND_H

#include "redact.h"
#include "redact_known.h"
#include "redact_words.h"

/* A name in the text: words first to last. */
typedef struct AnonPerson {
    size_t first, last;  /* words */
    size_t claimed;      /* the word behind the function that follows it; 0: none follows */
    uint32_t start, end; /* bytes, with the full stop of a last initial */
    AnonAction action;
    AnonReason reason;
    bool doubt; /* the form alone is weak */
    bool role;  /* a private role stands in front, or where he lives behind */
    bool initials;
    bool evident; /* the place itself says why it stays, not another place */
} AnonPerson;

typedef struct AnonPeople {
    AnonPerson *items;
    size_t count, capacity;
} AnonPeople;

/* What was last spoken of before a place: whose address or number stands there. */
typedef enum AnonOwner {
    OWNER_NONE,
    OWNER_PERSON,
    OWNER_OFFICE,
    OWNER_ENTITY,
    OWNER_DOUBT
} AnonOwner;

/* One pass over a text: all places in bytes of the reading copy. */
typedef struct AnonPass {
    const AnonRules *rules;
    const SitoWatch *watch;
    SitoText text; /* of the reading */
    AnonWords words;
    AnonPeople people;
    AnonKnown known;   /* what the names in the text are called, and whether they stay */
    AnonSpans hits;    /* of identity */
    AnonSpans found;   /* all of them */
    AnonSpans allowed; /* by the configuration */
    AnonSpans issued;  /* who issued a document of a person */
    AnonSpans things;  /* names after which streets and schools are called */
    bool speaks_of_persons;
} AnonPass;

/* All spans of one pass, settled, in bytes of the text. */
int anon_pass(const AnonRules *rules, SitoText text, const SitoWatch *watch, AnonSpans *spans,
              char **error) SITO_MUST_CHECK;

/* Each adds to pass->found, or to what others need. In this order. */
int anon_find_allowed(AnonPass *pass) SITO_MUST_CHECK;      /* redact_known_core.c */
int anon_find_people(AnonPass *pass) SITO_MUST_CHECK;       /* redact_names_core.c */
int anon_add_hits(AnonPass *pass) SITO_MUST_CHECK;          /* of identity, the same file */
int anon_judge_people(AnonPass *pass) SITO_MUST_CHECK;      /* redact_roles_core.c */
int anon_find_again(AnonPass *pass) SITO_MUST_CHECK;        /* redact_again_core.c */
int anon_find_tables(AnonPass *pass) SITO_MUST_CHECK;       /* redact_tables_core.c */
int anon_find_homes(AnonPass *pass) SITO_MUST_CHECK;        /* redact_homes_core.c */
int anon_find_papers(AnonPass *pass) SITO_MUST_CHECK;       /* redact_papers_core.c */
int anon_find_births(AnonPass *pass) SITO_MUST_CHECK;       /* redact_papers_core.c */
int anon_judge_contacts(AnonPass *pass) SITO_MUST_CHECK;    /* redact_owner_core.c */
int anon_find_attention(AnonPass *pass) SITO_MUST_CHECK;    /* redact_attention_core.c */
int anon_find_same_numbers(AnonPass *pass) SITO_MUST_CHECK; /* redact_again_core.c */

/* A legal form stands behind the word: Kowalski i Synowie sp. z o.o. */
bool anon_is_firm(const AnonPass *pass, size_t last);

/* What the words beside a name say of a public function (redact_function_core.c). */
typedef enum AnonFunction { FUNCTION_NONE, FUNCTION_PUBLIC, FUNCTION_UNSURE } AnonFunction;

/* A function in front of the name, no further back than the word `from`; *plural: of several people. */
AnonFunction anon_function_before(const AnonPass *pass, const AnonPerson *person, size_t from,
                                  bool *plural);
/* Behind the name stands where somebody lives, when he was born, his number. */
bool anon_is_followed_by_home(const AnonPass *pass, size_t last);
/* A function behind it; *role: what stands there is a private role; *claimed: the word behind that function, which
** is then nobody else's. */
AnonFunction anon_function_after(const AnonPass *pass, const AnonPerson *person, bool *role,
                                 size_t *claimed);

#endif

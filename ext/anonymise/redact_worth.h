/*
** A run of capitalised words that may be a name, and what it is worth (redact_worth_core.c).
*/
#ifndef SITO_ANONYMISE_REDACT_WORTH_H
#define SITO_ANONYMISE_REDACT_WORTH_H

#include "redact_find.h"

typedef enum AnonWorth { WORTH_NOTHING, WORTH_DOUBT, WORTH_NAME } AnonWorth;

typedef struct AnonRun {
    size_t first, last;
    size_t count;
    bool all_initials;
    bool surname, given; /* a part that is neither a first name nor an initial; a first name */
} AnonRun;

/* What stands in front of it. */
typedef struct AnonFront {
    bool polite, role, family, label, academic;
    bool party; /* of these roles one that is of a contract, which an office may have */
} AnonFront;

AnonFront anon_look_in_front(const AnonPass *pass, size_t first);
AnonWorth anon_worth_of(const AnonPass *pass, const AnonRun *run, AnonFront front);

#endif

/*
** One resource on its way (resource.c), for the whole (anonymise.c).
*/
#ifndef SITO_CHECKS_ANONYMISE_PRIVATE_H
#define SITO_CHECKS_ANONYMISE_PRIVATE_H

#include "anonymise/anonymise.h"
#include "publish/folder.h"

typedef struct SitoMaking {
    struct sqlite3 *db; /* record.sql; temp.data, temp.unit of the resource at hand */
    const SitoCheck *before;
    SitoStage *stage;
    SitoLanguage language;
    int64_t number; /* of the resource, from 0 */
} SitoMaking;

/* Reads resource `number`, finds its levels, stages the new file (and companion), and changes its part of
** the descriptor. */
int sito_make_resource(SitoMaking *making, char **error) SITO_MUST_CHECK;

#endif

/*
** The functions of the module as sito.so declares them: told of, not there (functions.h).
*/
#include "remote.h"

#define HERE(what) NULL
#include "functions.h"

const SitoModule sito_remote_declared = {
    .name = "remote",
    .sentence = "Remote sources as tables, through a cache; load sito_remote.so.",
    .functions = functions,
    .count = SITO_COUNT(functions),
    .file = "sito_remote.so",
};

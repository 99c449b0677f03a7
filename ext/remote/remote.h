/*
** Remote sources as tables (module.c), on top of one GET into a cache (fetch.h). The only module
** that reaches the network: it lives in sito_remote.so and in the program sito.
*/
#ifndef SITO_REMOTE_H
#define SITO_REMOTE_H

#include "base/sito.h"

struct sqlite3;

extern const SitoModule sito_remote_module;

/* The same table without what it calls: by it sito.so tells in sito_help what sito_remote.so has. */
extern const SitoModule sito_remote_declared;

/* Registers the module with a connection of the program. */
int sito_remote_register(struct sqlite3 *db, char **error) SITO_MUST_CHECK;

#endif

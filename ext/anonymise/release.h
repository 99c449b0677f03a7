/*
** anon_release, anon_frontier, anon_release_rows (release.c).
*/
#ifndef SITO_ANONYMISE_RELEASE_H
#define SITO_ANONYMISE_RELEASE_H

#include "base/table.h"

struct sqlite3_context;
struct sqlite3_value;

int anon_release_run(SitoCall *call);
int anon_frontier_run(SitoCall *call);
int anon_release_rows_run(SitoCall *call);

/* anon_kept(pointer): the next of the flags behind a pointer that anon_release binds. */
void anon_kept(struct sqlite3_context *context, int argc, struct sqlite3_value **argv);

#endif

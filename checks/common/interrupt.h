/*
** Ctrl-C and its like (SIGINT, SIGTERM, SIGHUP): one sentence on stderr, half-written files removed,
** exit status 3. What SQLite was writing is rolled back when its file is next opened.
*/
#ifndef SITO_INTERRUPT_H
#define SITO_INTERRUPT_H

#include "base/sito.h"
#include "common/language.h"

/* From here on. A signal that is ignored (nohup) stays ignored. */
void sito_interrupt_catch(SitoLanguage language);

/* Whether the file, or the empty folder, of that path is to be removed on such an end. `path` must
** live until it is forgotten. Of several the last is removed first; at most 256 are remembered. */
void sito_interrupt_remember(const char *path);
void sito_interrupt_forget(const char *path);

#endif

/*
** Progress on a terminal: what a check is at, how far it is, how long it may still take.
**
** R1  On stderr, and only where that is a terminal: a pipe, a file, a log of CI gets nothing.
** R2  One line, rewritten and cleared at the end, no wider than the terminal ($COLUMNS where it does
**     not say). Where TERM is dumb or missing nothing can be rewritten: one plain line a stage.
** R3  The first line stands within a tenth of a second; what is done sooner says nothing.
** R4  A thread of its own writes, so that no step of the check has to think of it. How far the reading
**     is, the system knows: the position of the open file (/proc/self/fdinfo); where there is no such
**     thing, the line has no share and no estimate.
** R5  Names in it are masked as in messages, and nothing in them is obeyed by the terminal.
*/
#ifndef SITO_PROGRESS_H
#define SITO_PROGRESS_H

#include "cli.h"
#include "runner/check.h"

typedef struct SitoProgress SitoProgress;

/* NULL where there is no terminal (R1) or no thread to be had. */
SitoProgress *sito_progress_begin(SitoLanguage language);

/* A sito_stage_teller of check.h; `context` is the SitoProgress, or NULL. */
void sito_progress_stage(void *context, SitoCheckStage stage, const char *file, int64_t number,
                         int64_t count);

void sito_progress_end(SitoProgress *progress);

#endif

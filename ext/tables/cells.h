/*
** anon_table over a table of cells (cells.c).
*/
#ifndef SITO_TABLES_CELLS_H
#define SITO_TABLES_CELLS_H

#include "base/table.h"

/* Whether the plan of the call says "cells": true. */
int cells_asked(SitoCall *call, bool *asked) SITO_MUST_CHECK;

int cells_run(SitoCall *call) SITO_MUST_CHECK;      /* rows of anon_table */
int cells_run_loss(SitoCall *call) SITO_MUST_CHECK; /* the row of anon_table_loss */

#endif

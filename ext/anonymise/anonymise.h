/*
** anonymise: from a masked cell to the least change that meets a target.
**
**   functions.c   one value: suppress, mask, date, range, top, bottom, round, prefix
**   keyed.c       noise and pseudonyms, with keys by name (base/key.h)
**   redact.h      documents: which places are personal data, and the text with marks in their place
**   hierarchy.h   what a value becomes at each level; anon_level and its tables
**
** Nothing here says that a result may be published: the risk engine measures it again, and a person
** decides.
*/
#ifndef SITO_ANONYMISE_H
#define SITO_ANONYMISE_H

#include "base/sito.h"

/* What ext/tables takes from here: hierarchies and how they are named, texts as codes, decimal numbers,
** and the text of a value as hierarchies read it. */
#include "dictionary.h"
#include "functions.h"
#include "stored.h"

extern const SitoModule sito_anonymise_module;

#endif

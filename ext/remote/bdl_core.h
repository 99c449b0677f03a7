/*
** Units of BDL and TERYT. The id of a unit has 12 digits:
**
**   01 12 1 20 01 01 1     macroregion, voivodeship, region, subregion, powiat, gmina, kind of gmina
**
** and holds the TERYT code of what is a unit of the country's administration: 12, 1201, 1201011.
** Poland, macroregions, regions and subregions are statistical units and have none.
*/
#ifndef SITO_BDL_CORE_H
#define SITO_BDL_CORE_H

#include "base/sito.h"

enum { SITO_TERYT_SIZE = 7 };

/* The TERYT code into `teryt`; its length, 0 where there is none or `id` is no id of a unit. */
size_t sito_bdl_teryt(SitoText id, char teryt[SITO_TERYT_SIZE]);

#endif

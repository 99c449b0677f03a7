/*
** Points and geometries as Table Schema writes them in a cell (geo.c).
*/
#ifndef SITO_PROFILE_GEO_H
#define SITO_PROFILE_GEO_H

#include "base/sito.h"

bool sito_geo_is_pair(SitoText value);   /* lon, lat */
bool sito_geo_is_array(SitoText value);  /* [lon, lat] */
bool sito_geo_is_object(SitoText value); /* {"lon": …, "lat": …} */
bool sito_geo_is_geojson(SitoText value);
bool sito_geo_is_topojson(SitoText value);

#endif

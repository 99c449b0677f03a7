/*
** Where each row stands in the file: numbers that mostly grow by little from row to row, in few bytes.
**
** R1  A row costs one byte for each seven bits of the distance to the row before (LEB128, zigzag): one for the number of
**     a record or a line, two for the offset of a record of up to 8 KiB. Every EVERY-th row also stands in an
**     index of 16 bytes, from which the others are found.
*/
#ifndef SITO_RISK_PLACES_H
#define SITO_RISK_PLACES_H

#include "base/sito.h"

typedef struct RiskPlace {
    int64_t value;
    size_t offset; /* of the distances that follow it */
} RiskPlace;

typedef struct RiskPlaces {
    unsigned char *bytes;
    size_t size, capacity;
    RiskPlace *index;
    size_t index_count, index_capacity;
    size_t count; /* rows */
    int64_t last;
} RiskPlaces;

/* Adds the place of the next row; any number, INT64_MIN too. */
int risk_places_add(RiskPlaces *places, int64_t place) SITO_MUST_CHECK;

/* The place of a row below count. */
int64_t risk_places_at(const RiskPlaces *places, size_t row);

void risk_places_free(RiskPlaces *places);

#endif

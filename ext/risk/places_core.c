/*
** Places of rows (places.h).
*/
#include "places.h"

#include "group.h"

enum { EVERY = 128, LONGEST = 10 /* bytes of a distance */ };

static int index_row(RiskPlaces *places, int64_t place) {
    void *index = places->index;
    int rc = sito_grow(&index, &places->index_capacity, places->index_count + 1,
                       sizeof *places->index, RISK_MAX_ROWS);
    places->index = index;
    if (rc == SITO_OK) {
        places->index[places->index_count++] = (RiskPlace){.value = place, .offset = places->size};
    }
    return rc;
}

int risk_places_add(RiskPlaces *places, int64_t place) {
    int rc = SITO_OK;
    if (places->count % EVERY == 0) {
        rc = index_row(places, place);
    } else {
        if (places->capacity - places->size < LONGEST) {
            void *bytes = places->bytes;
            rc = sito_grow(&bytes, &places->capacity, places->size + LONGEST, 1,
                           RISK_MAX_ROWS * LONGEST);
            places->bytes = bytes;
        }
        uint64_t distance = (uint64_t)place - (uint64_t)places->last;
        uint64_t left = distance << 1 ^ (0 - (distance >> 63)); /* small ones of either sign */
        for (; rc == SITO_OK && left > 0x7F; left >>= 7) {
            places->bytes[places->size++] = (unsigned char)(left | 0x80);
        }
        if (rc == SITO_OK) {
            places->bytes[places->size++] = (unsigned char)left;
        }
    }
    places->count += rc == SITO_OK;
    places->last = place;
    return rc;
}

int64_t risk_places_at(const RiskPlaces *places, size_t row) {
    const RiskPlace *before = &places->index[row / EVERY];
    uint64_t place = (uint64_t)before->value;
    const unsigned char *byte = places->bytes + before->offset;
    for (size_t i = row % EVERY; i > 0; i--) {
        uint64_t distance = 0;
        unsigned shift = 0;
        do {
            distance |= (uint64_t)(*byte & 0x7F) << shift;
            shift += 7;
        } while ((*byte++ & 0x80) != 0);
        place += distance >> 1 ^ (0 - (distance & 1));
    }
    return (int64_t)place;
}

void risk_places_free(RiskPlaces *places) {
    sito_free(places->bytes);
    sito_free(places->index);
    *places = (RiskPlaces){0};
}

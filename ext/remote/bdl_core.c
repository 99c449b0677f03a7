/*
** Units of BDL and TERYT (bdl_core.h).
*/
#include "bdl_core.h"

#include <string.h>

enum { ID_SIZE = 12, VOIVODESHIP = 2, REGION = 4, POWIAT = 7, GMINA = 9 };

static bool is_zero(SitoText id, size_t from, size_t to) {
    for (size_t i = from; i < to; i++) {
        if (id.data[i] != '0') {
            return false;
        }
    }
    return true;
}

size_t sito_bdl_teryt(SitoText id, char teryt[SITO_TERYT_SIZE]) {
    bool digits = id.size == ID_SIZE;
    for (size_t i = 0; i < id.size && digits; i++) {
        digits = id.data[i] >= '0' && id.data[i] <= '9';
    }
    if (!digits || is_zero(id, VOIVODESHIP, REGION)) {
        return 0;
    }
    memcpy(teryt, id.data + VOIVODESHIP, 2);
    if (is_zero(id, REGION, ID_SIZE)) {
        return 2;
    }
    if (is_zero(id, POWIAT, GMINA)) {
        return 0;
    }
    memcpy(teryt + 2, id.data + POWIAT, ID_SIZE - POWIAT);
    return is_zero(id, GMINA, ID_SIZE) ? 4 : SITO_TERYT_SIZE;
}

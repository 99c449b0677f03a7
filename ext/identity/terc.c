/*
** TERC, the code of a unit of the territorial division in the TERYT register.
**
**   SELECT terc_valid('1061011')   1   the city of Łódź
**   SELECT terc_valid('1061')      1   the same as a county
**
** R1  2 digits of the voivodship (even, 02 to 32), 2 of the county, 2 of the commune, 1 of its kind: 1 urban,
**     2 rural, 3 mixed, 4 town and 5 country of a mixed one, 8 district of Warsaw, 9 delegation of a city.
**     Codes end after the voivodship, the county, the commune or the kind.
** R2  There is no check digit: this is the form alone. An integer may have lost its leading zero.
** R3  NULL gives NULL; anything else gives 0.
*/
#include <string.h>

#include "code.h"

static int two_digits(const char *digits) {
    return (digits[0] - '0') * 10 + (digits[1] - '0');
}

bool sito_terc_valid(const SitoCode *code) {
    const char *signs = code->signs;
    size_t size = code->size;
    bool sized = size == 2 || size == 4 || size == 6 || size == 7;
    if (!sized || code->digits != size || code->groups > 0xF) {
        return false;
    }
    int voivodship = two_digits(signs);
    return voivodship >= 2 && voivodship <= 32 && voivodship % 2 == 0 &&
           (size < 4 || two_digits(signs + 2) > 0) && (size < 6 || two_digits(signs + 4) > 0) &&
           (size < 7 || strchr("1234589", signs[6]) != NULL);
}

/*
** Numbers of a kind that somebody declared (identity.h): a column said to hold NIPs holds them or not.
**
** R1  A KRS number has no check digit: ten digits. All others are what their SQL functions accept, but
**     written without separators where the number is digits alone: 856-734-62-15 is no value of a
**     column that other data are joined by.
*/
#include <string.h>

#include "code.h"
#include "identity.h"

static bool is_krs(const SitoCode *code) {
    return sito_code_is_number(code, 10);
}

static const struct {
    const char *name;
    bool (*valid)(const SitoCode *);
    bool bare; /* R1: nothing but digits */
} kinds[] = {
    {"pesel", sito_pesel_valid, true},
    {"nip", sito_nip_valid, true},
    {"regon", sito_regon_valid, true},
    {"krs", is_krs, true},
    {"terc", sito_terc_valid, true},
    {"simc", sito_simc_valid, true},
    {"pwz", sito_pwz_valid, true},
    {"iban", sito_iban_valid, false},
    {"id_card", sito_id_card_valid, false},
    {"passport", sito_passport_valid, false},
    {"land_register", sito_land_register_valid, false},
    {"edelivery", sito_edelivery_valid, false},
};

int sito_identity_declared(SitoText name) {
    for (size_t i = 0; i < SITO_COUNT(kinds); i++) {
        if (sito_text_equal(name, (SitoText){kinds[i].name, strlen(kinds[i].name)})) {
            return (int)i;
        }
    }
    return -1;
}

bool sito_identity_holds(int kind, SitoText value) {
    SitoCode code;
    if (kind < 0 || !sito_code_read(value, &code)) {
        return false;
    }
    return kinds[kind].valid(&code) && (!kinds[kind].bare || code.digits == value.size);
}

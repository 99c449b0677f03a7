/*
** Names of kinds of personal data (kind.h).
*/
#include "common/kind.h"

#include <string.h>

static const char *title_of(SitoLanguage language, SitoText kind) {
    static const struct {
        const char *kind, *pl, *en;
    } kinds[] = {
        {"pesel", "PESEL", "PESEL"},
        {"nip", "NIP", "NIP"},
        {"regon", "REGON", "REGON"},
        {"email", "adres e-mail", "e-mail address"},
        {"phone", "numer telefonu", "telephone number"},
        {"iban", "numer rachunku bankowego", "bank account"},
        {"land_register", "numer księgi wieczystej", "land register number"},
        {"edelivery", "adres do doręczeń elektronicznych", "electronic delivery address"},
        {"id_card", "numer dowodu osobistego", "identity card number"},
        {"passport", "numer paszportu", "passport number"},
        {"pwz", "numer prawa wykonywania zawodu", "licence number of a doctor or nurse"},
        {"plate", "numer rejestracyjny pojazdu", "number plate"},
        {"name", "imię i nazwisko", "name of a person"},
        {"address", "adres", "address"},
        {"birth_date", "data urodzenia", "date of birth"},
        {"birth_place", "miejsce urodzenia", "place of birth"},
        {"postal_code", "kod pocztowy", "postal code"},
        {"ip_address", "adres IP", "IP address"},
        {"coordinates", "współrzędne", "coordinates"},
        {"initials", "inicjały", "initials"},
        {"issue_place", "miejsce wydania dokumentu", "place of issue of a document"},
        {"document", "numer dokumentu", "number of a document"},
        {"health", "zdrowie", "health"},
        {"religion", "wyznanie", "religion"},
        {"origin", "pochodzenie", "origin"},
        {"politics", "poglądy lub partia", "politics"},
        {"union", "związek zawodowy", "trade union"},
        {"sexuality", "życie intymne", "sexual life"},
        {"conviction", "karalność", "convictions"},
        {"situation", "sytuacja życiowa", "personal situation"},
        {"custom", "wzorzec urzędu", "pattern of the office"},
        {"other", "inne dane", "other data"},
    };
    for (size_t i = 0; i < SITO_COUNT(kinds); i++) {
        if (sito_text_equal(kind, (SitoText){kinds[i].kind, strlen(kinds[i].kind)})) {
            return sito_say(language, kinds[i].pl, kinds[i].en);
        }
    }
    return NULL;
}

int sito_put_kinds(SitoLanguage language, SitoText kinds, SitoBuffer *out) {
    int rc = SITO_OK;
    while (kinds.size > 0 && rc == SITO_OK) {
        const char *comma = memchr(kinds.data, ',', kinds.size);
        size_t size = comma != NULL ? (size_t)(comma - kinds.data) : kinds.size;
        SitoText kind = {kinds.data, size};
        const char *title = title_of(language, kind);
        rc = title != NULL ? sito_buffer_add(out, title, strlen(title))
                           : sito_buffer_add(out, kind.data, kind.size);
        while (size < kinds.size && (kinds.data[size] == ',' || kinds.data[size] == ' ')) {
            size++;
        }
        kinds = (SitoText){kinds.data + size, kinds.size - size};
        rc = rc == SITO_OK && kinds.size > 0 ? sito_buffer_add(out, ", ", 2) : rc;
    }
    return rc;
}

/*
** The words of the record that all its forms share (record.h).
*/
#include "anonymise/record.h"

#include <string.h>

const char *sito_treatment_words(SitoLanguage language, const char *how) {
    if (strcmp(how, "drop") == 0) {
        return sito_say(language, "pominięta", "left out");
    }
    if (strcmp(how, "renumber") == 0) {
        return sito_say(language, "numery nadane na nowo", "numbered anew");
    }
    return strcmp(how, "keep") == 0 ? sito_say(language, "bez zmian", "unchanged")
                                    : sito_say(language, "uogólniona", "generalised");
}

const char *sito_figure_words(SitoLanguage language, const char *measure) {
    static const struct {
        const char *measure, *pl, *en;
    } words[] = {
        {"k_anonymity", "najmniejsza grupa nie do rozróżnienia (k)", "smallest class (k)"},
        {"prosecutor_risk", "największe ryzyko rozpoznania rekordu", "highest risk of a record"},
        {"marketer_risk", "średnie ryzyko rozpoznania rekordu", "average risk of a record"},
        {"l_diversity", "najmniej różnych wartości w grupie (l)", "fewest values in a class (l)"},
        {"t_closeness", "największa odległość rozkładu w grupie (t)",
         "largest distance of a class (t)"},
    };
    for (size_t i = 0; i < SITO_COUNT(words); i++) {
        if (strcmp(words[i].measure, measure) == 0) {
            return sito_say(language, words[i].pl, words[i].en);
        }
    }
    return measure;
}

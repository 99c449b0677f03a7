/*
** The words for severities and for who may waive a rule (rule.h).
*/
#include "runner/rule.h"

#include <string.h>

static const char *const severities[] = {[SITO_NOTE] = "note",
                                         [SITO_WARNING] = "warning",
                                         [SITO_SEVERE] = "error",
                                         [SITO_FATAL] = "fatal"};

const char *sito_severity_word(SitoSeverity severity) {
    return severities[severity];
}

const char *sito_severity_title(SitoSeverity severity, SitoLanguage language) {
    static const char *const polish[] = {[SITO_NOTE] = "uwaga",
                                         [SITO_WARNING] = "ostrzeżenie",
                                         [SITO_SEVERE] = "błąd",
                                         [SITO_FATAL] = "błąd uniemożliwiający kontrolę"};
    return sito_say(language, polish[severity], severities[severity]);
}

static const char *const waiver_words[] = {[SITO_WAIVER_OFFICE] = "office",
                                           [SITO_WAIVER_CONTROLLER] = "controller",
                                           [SITO_WAIVER_WAYS] = "ways",
                                           [SITO_WAIVER_NEVER] = "never"};

const char *sito_waiver_word(SitoWaiverBy by) {
    return waiver_words[by];
}

const char *sito_waiver_title(SitoWaiverBy by, SitoLanguage language) {
    static const char *const polish[] = {
        [SITO_WAIVER_OFFICE] =
            "odstąpić może osoba odpowiedzialna za zbiór, podając powód i termin",
        [SITO_WAIVER_CONTROLLER] =
            "odstąpić może tylko lokalny administrator danych: podstawa prawna, znak sprawy, opinia "
            "inspektora ochrony danych, termin",
        [SITO_WAIVER_WAYS] =
            "odstąpić może tylko lokalny administrator danych i tylko na drogach 15.2.2, 15.2.3 lub na "
            "podstawie ustawy: podstawa prawna, znak sprawy, opinia inspektora ochrony danych, termin",
        [SITO_WAIVER_NEVER] = "nikt nie może odstąpić"};
    static const char *const english[] = {
        [SITO_WAIVER_OFFICE] =
            "whoever answers for the data set may waive it, with a reason and an end",
        [SITO_WAIVER_CONTROLLER] =
            "only the local data controller may waive it: legal basis, case mark, opinion of the data "
            "protection officer, an end",
        [SITO_WAIVER_WAYS] =
            "only the local data controller may waive it, and only on the ways 15.2.2, 15.2.3 and "
            "statute: legal basis, case mark, opinion of the data protection officer, an end",
        [SITO_WAIVER_NEVER] = "nobody may waive it"};
    return sito_say(language, polish[by], english[by]);
}

bool sito_severity_parse(SitoText word, SitoSeverity *severity) {
    for (size_t i = 0; i < SITO_COUNT(severities); i++) {
        if (sito_text_equal(word, (SitoText){severities[i], strlen(severities[i])})) {
            *severity = (SitoSeverity)i;
            return true;
        }
    }
    return false;
}

bool sito_waiver_parse(const char *word, SitoWaiverBy *by) {
    for (size_t i = 0; i < SITO_COUNT(waiver_words); i++) {
        if (strcmp(word, waiver_words[i]) == 0) {
            *by = (SitoWaiverBy)i;
            return true;
        }
    }
    return false;
}

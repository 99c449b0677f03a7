/*
** The one table of options (cli.h), and where each keeps its value.
*/
#include "cli.h"

#include <string.h>

static const SitoOption options[] = {
    {"catalogue", 0, "FILE",
     "plik katalogu (domyślnie $SITO_CATALOGUE, potem sito.db obok folderu)",
     "the catalogue (default $SITO_CATALOGUE, then sito.db beside the folder)"},
    {"warehouse", 0, "FILE",
     "plik hurtowni (domyślnie $SITO_WAREHOUSE, potem hurtownia.db obok katalogu)",
     "the warehouse (default $SITO_WAREHOUSE, then hurtownia.db beside the catalogue)"},
    {"list", 0, NULL, "wymień, co jest zapisane; niczego nie zmieniaj",
     "list what is recorded; change nothing"},
    {"accept", 0, NULL, "różnica wobec poprzedniej wersji (kolumny, ubytek, braki) jest zamierzona",
     "a difference from the version before (columns, rows, missing values) is meant"},
    {"policy", 0, "FILE", "progi urzędu (domyślnie policy.json obok katalogu, potem wbudowane)",
     "the office's thresholds (default policy.json beside the catalogue, then built-in)"},
    {"rules", 0, "DIR", "folder z własnymi regułami (RODZINA/REGUŁA.sql)",
     "a folder with rules of your own (FAMILY/RULE.sql)"},
    {"profile", 0, "NAME", "zestaw wag i reguł: default, strict, … (domyślnie z polityki urzędu)",
     "a set of severities and rules: default, strict, … (default: as the policy says)"},
    {"key", 0, "COLUMN,COLUMN", "kolumny, po których poznaje się rekord (domyślnie primaryKey)",
     "the columns by which a record is known (default primaryKey)"},
    {"format", 0, "FORMAT", "postać wyniku", "form of the result"},
    {"output", 'o', "FILE", "zapisz wynik do pliku", "write the result to a file"},
    {"fail-on", 0, "error|warning|note", "od jakiej wagi ustalenie zmienia wynik (domyślnie error)",
     "the least severity that fails the check (default error)"},
    {"by", 0, "NAME", "kto to robi", "who does it"},
    {"person", 0, "NAME", "osoba, o której jest zapis", "the person that the record is about"},
    {"role", 0, "WORD", "rola osoby; role wymienia sito people",
     "the person's role; sito people lists them"},
    {"unit", 0, "NAME", "komórka lub jednostka", "the unit"},
    {"position", 0, "TEXT", "stanowisko służbowe osoby, która zasłania dane (zał. 1 §5.2)",
     "the post of the person who covers the data (annex 1 §5.2)"},
    {"from", 0, "DAY", "od dnia (RRRR-MM-DD); o tajemnicy przedsiębiorcy: dzień jej zastrzeżenia",
     "from this day on (YYYY-MM-DD); of a business secret: the day on which it was marked"},
    {"until", 0, "DAY", "do dnia włącznie (RRRR-MM-DD)",
     "until this day, including it (YYYY-MM-DD)"},
    {"deputy-of", 0, "NAME", "kogo osoba zastępuje", "in whose place"},
    {"rhythm", 0, "WORD",
     "rytm aktualizacji: ANNUAL, ANNUAL_2, QUARTERLY, MONTHLY, WEEKLY, DAILY, IRREG, NEVER",
     "rhythm of updates: ANNUAL, ANNUAL_2, QUARTERLY, MONTHLY, WEEKLY, DAILY, IRREG, NEVER"},
    {"period", 0, "WORD", "okres danych: 2024, 2024-Q3, 2024-07 albo dzień",
     "the period of the data: 2024, 2024-Q3, 2024-07 or a day"},
    {"event", 0, "WORD",
     "received, routed, extended, partial, accepted, answered, refused, discontinued, not-held",
     "received, routed, extended, partial, accepted, answered, refused, discontinued, not-held"},
    {"day", 0, "DAY", "dzień zdarzenia (RRRR-MM-DD)", "the day of the event (YYYY-MM-DD)"},
    {"procedure", 0, "access|reuse", "tryb: dostęp albo ponowne wykorzystywanie",
     "the procedure: access or reuse"},
    {"about", 0, "TEXT", "przedmiot wniosku słowami urzędu, bez danych osobowych",
     "what the request is about, in the office's words, without personal data"},
    {"minutes", 0, "NUMBER", "czas pracy w minutach", "working time in minutes"},
    {"questions", 0, NULL, "arkusz CSV z pytaniami, na które nie ma jeszcze odpowiedzi",
     "a CSV sheet with the questions that are still open"},
    {"review", 0, NULL, "arkusz CSV z miejscami dokumentu, do rozstrzygnięcia przez człowieka",
     "a CSV sheet with the places of the document, for a person to decide"},
    {"answers", 0, "FILE", "wypełniony arkusz CSV do zapisania", "a filled CSV sheet to record"},
    {"step", 0, "1-6", "numer czynności analizy (1-6) albo kroku anonimizacji (1-4)",
     "the step of the analysis (1-6) or of a redaction (1-4)"},
    {"risk", 0, "P1-K4", "źródło ryzyka, o którym jest odpowiedź", "the source of risk to answer"},
    {"outcome", 0, "WORD",
     "wynik: czynności; o ryzyku absent, reduced, remains; decyzji positive, negative",
     "the outcome: of a step; of a risk absent, reduced, remains; of a decision positive, negative"},
    {"case", 0, "MARK", "znak sprawy", "the case mark"},
    {"document", 0, "FILE", "podpisany dokument; zapisuje się jego skrót SHA-256",
     "the signed document; its SHA-256 is recorded"},
    {"form", 0, "NAME",
     "forma czynności; czynność 6: risk-assessment albo dpia; odmowa w kroku 2 anonimizacji: "
     "classified, business-secret, privacy",
     "the form of the step; of step 6: risk-assessment or dpia; of a refusal in step 2 of a redaction: "
     "classified, business-secret, privacy"},
    {"reason", 0, "TEXT", "uzasadnienie", "the reason"},
    {"basis", 0, "TEXT", "podstawa prawna", "the legal basis"},
    {"opinion", 0, "MARK", "znak opinii inspektora ochrony danych",
     "the case mark of the data protection officer's opinion"},
    {"opinion-outcome", 0, "positive|negative", "wynik opinii (domyślnie positive)",
     "the outcome of the opinion (default positive)"},
    {"way", 0, "15.2.2|15.2.3|statute", "droga udostępnienia", "the way to release"},
    {"field", 0, "NAME", "tylko ustalenia o tej kolumnie", "findings of this column alone"},
    {"records", 0, "3,17", "tylko te rekordy (najwyżej 20)", "these records alone (20 at most)"},
    {"persons", 0, "NUMBER", "liczba osób (droga 15.2.4)", "how many persons (way 15.2.4)"},
    {"print", 0, NULL, "karta analizy jako dokument HTML do wydruku na A4",
     "the card of the analysis, as an HTML document for A4"},
    {"head", 0, "SHA-256", "skrót łańcucha zapisany wcześniej poza katalogiem",
     "a head of the chain that was noted elsewhere"},
    {"show-values", 0, NULL,
     "pokaż wartości: w sito check tylko na ekranie, w sito redact w arkuszu do pliku; nigdy w CI",
     "show values: of sito check on a terminal only, of sito redact in a sheet only; never in CI"},
    {"to", 0, "DIR", "nowy folder; przy publikacji folder, który widzą wszyscy",
     "the new folder; when publishing, the folder that everybody sees"},
    {"url", 0, "URL", "adres tego folderu, https://… (raz; potem jest znany)",
     "the address of that folder, https://… (once; it is known then)"},
    {"publisher", 0, "NAME", "nazwa urzędu (raz; potem jest znana)",
     "the name of the office (once; it is known then)"},
    {"harvester", 0, "VERSION",
     "wersja XML dla dane.gov.pl: 1.13 (domyślnie), 1.12, 1.11, 1.10, 1.9",
     "version of the XML for dane.gov.pl: 1.13 (default), 1.12, 1.11, 1.10, 1.9"},
    {"bip-document", 0, "TEXT", "nazwa dokumentu w formule zał. 1 §5.2 (do BIP)",
     "name of the document in the sentence of annex 1 §5.2"},
    {"bip-basis", 0, "TEXT", "podstawa prawna wyłączeń w tej formule",
     "the legal basis of the exclusions in it"},
    {"bip-person", 0, "TEXT",
     "kto dokonał wyłączeń: imię i nazwisko, stanowisko, komórka (zostanie opublikowane)",
     "who made them: name, post, unit (it will be published)"},
    {"force", 0, NULL, "zastąp istniejący plik", "replace an existing file"},
    {"lang", 0, "pl|en", "język komunikatów", "language of the messages"},
};

const SitoOption *sito_options(size_t *count) {
    *count = SITO_COUNT(options);
    return options;
}

bool sito_takes_option(const SitoCommand *command, const SitoOption *option) {
    return sito_is_among(option->name, command->options);
}

/* Where the value of an option is kept, or NULL for one without a place of its own. */
const char **sito_option_place(SitoArguments *arguments, const char *name) {
    struct {
        const char *name;
        const char **place;
    } places[] = {
        {"catalogue", &arguments->catalogue},
        {"warehouse", &arguments->warehouse},
        {"policy", &arguments->policy},
        {"rules", &arguments->rules},
        {"profile", &arguments->profile},
        {"key", &arguments->key},
        {"format", &arguments->format},
        {"output", &arguments->output},
        {"fail-on", &arguments->fail_on},
        {"by", &arguments->by},
        {"head", &arguments->head},
        {"step", &arguments->step},
        {"risk", &arguments->risk},
        {"outcome", &arguments->outcome},
        {"case", &arguments->case_mark},
        {"document", &arguments->document},
        {"form", &arguments->form},
        {"reason", &arguments->reason},
        {"persons", &arguments->persons},
        {"person", &arguments->person},
        {"role", &arguments->role},
        {"unit", &arguments->unit},
        {"position", &arguments->position},
        {"from", &arguments->from},
        {"until", &arguments->until},
        {"deputy-of", &arguments->deputy_of},
        {"answers", &arguments->answers},
        {"rhythm", &arguments->rhythm},
        {"period", &arguments->period},
        {"event", &arguments->event},
        {"day", &arguments->day},
        {"procedure", &arguments->procedure},
        {"about", &arguments->about},
        {"minutes", &arguments->minutes},
        {"to", &arguments->to},
        {"url", &arguments->url},
        {"publisher", &arguments->publisher},
        {"harvester", &arguments->harvester},
        {"bip-document", &arguments->bip_document},
        {"bip-basis", &arguments->bip_basis},
        {"bip-person", &arguments->bip_person},
        {"basis", &arguments->basis},
        {"opinion", &arguments->opinion},
        {"opinion-outcome", &arguments->opinion_outcome},
        {"way", &arguments->way},
        {"field", &arguments->field},
        {"records", &arguments->records},
    };
    for (size_t i = 0; i < SITO_COUNT(places); i++) {
        if (strcmp(places[i].name, name) == 0) {
            return places[i].place;
        }
    }
    return NULL;
}

const char *sito_option_value(const SitoArguments *arguments, const char *name) {
    SitoArguments copy = *arguments;
    const char **place = sito_option_place(&copy, name);
    return place == NULL ? NULL : *place;
}

/*
** The one table of options, and the reading of the command line by it (cli.h). A value is written
** --name VALUE or --name=VALUE; `--` ends the options.
*/
#include "cli.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common/file.h"
#include "common/trouble.h"
#include "common/wrap.h"

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
    {"from", 0, "DAY", "od dnia (RRRR-MM-DD)", "from this day on (YYYY-MM-DD)"},
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
    {"answers", 0, "FILE", "wypełniony arkusz CSV do zapisania", "a filled CSV sheet to record"},
    {"step", 0, "1-6", "numer czynności analizy do zapisania",
     "the step of the analysis to record"},
    {"risk", 0, "P1-K4", "źródło ryzyka, o którym jest odpowiedź", "the source of risk to answer"},
    {"outcome", 0, "WORD",
     "wynik: czynności; o ryzyku absent, reduced, remains; decyzji positive, negative",
     "the outcome: of a step; of a risk absent, reduced, remains; of a decision positive, negative"},
    {"case", 0, "MARK", "znak sprawy", "the case mark"},
    {"document", 0, "FILE", "podpisany dokument; zapisuje się jego skrót SHA-256",
     "the signed document; its SHA-256 is recorded"},
    {"form", 0, "NAME", "forma czynności; czynność 6: risk-assessment albo dpia",
     "the form of the step; of step 6: risk-assessment or dpia"},
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
    {"show-values", 0, NULL, "pokaż wartości komórek; tylko na ekranie, nigdy w CI",
     "show the values of cells; on a terminal only, never in CI"},
    {"to", 0, "DIR", "folder, który widzą wszyscy; powstaje, jeśli go nie ma",
     "the folder that everybody sees; made where it is missing"},
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

/* True where `word` is one of the blank-separated words of `list`. */
static bool is_among(const char *word, const char *list) {
    size_t size = strlen(word);
    for (const char *at = list; *at != 0;) {
        size_t length = strcspn(at, " ");
        if (length == size && strncmp(at, word, size) == 0) {
            return true;
        }
        at += length + strspn(at + length, " ");
    }
    return false;
}

const SitoOption *sito_options(size_t *count) {
    *count = SITO_COUNT(options);
    return options;
}

bool sito_takes_option(const SitoCommand *command, const SitoOption *option) {
    return is_among(option->name, command->options);
}

void sito_read_form(const char *form, SitoForm *out) {
    *out = (SitoForm){.words = ""};
    size_t used = 0;
    while (*form != 0) {
        size_t size = strcspn(form, "| []");
        bool capitals = size > 0 && strspn(form, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") > 1;
        bool file = strncmp(form, "FILE", 4) == 0 || strncmp(form, "PATH", 4) == 0 ||
                    strncmp(form, "datapackage", 11) == 0;
        if (file) {
            out->files = true;
        } else if (size == 3 && strncmp(form, "DIR", 3) == 0) {
            out->folders = true;
        } else if (size == 4 && strncmp(form, "CODE", 4) == 0) {
            out->codes = true;
        } else if (capitals || (size > 0 && memchr(form, ',', size) != NULL)) {
            out->free = true;
        } else if (size > 0 && used + size + 2 < sizeof out->words) {
            used += (size_t)snprintf(out->words + used, sizeof out->words - used, "%s%.*s",
                                     used > 0 ? " " : "", (int)size, form);
        }
        form += size > 0 ? size : 1;
    }
}

const char *sito_placeholders(SitoLanguage language, const char *form, char *out, size_t room) {
    static const char *const words[][2] = {
        {"PATH", "ŚCIEŻKA"},      {"FILE", "PLIK"},     {"DIR", "FOLDER"},     {"CODE", "KOD"},
        {"FORMAT", "POSTAĆ"},     {"NAME", "NAZWA"},    {"WORD", "SŁOWO"},     {"DAY", "DZIEŃ"},
        {"COLUMN", "KOLUMNA"},    {"OLD", "STARY"},     {"NEW", "NOWY"},       {"MARK", "ZNAK"},
        {"TEXT", "TEKST"},        {"NUMBER", "LICZBA"}, {"VERSION", "WERSJA"}, {"URL", "ADRES"},
        {"COMMAND", "POLECENIE"},
    };
    size_t used = 0;
    while (*form != 0 && used + 1 < room) {
        size_t size = strspn(form, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
        const char *word = form;
        int written = (int)(size > 0 ? size : 1);
        for (size_t i = 0; i < SITO_COUNT(words) && language == SITO_PL; i++) {
            if (strlen(words[i][0]) == size && strncmp(words[i][0], form, size) == 0) {
                word = words[i][1];
                written = (int)strlen(word);
            }
        }
        int n = snprintf(out + used, room - used, "%.*s", written, word);
        used += n > 0 ? (size_t)n : 0;
        form += size > 0 ? size : 1;
    }
    out[used < room ? used : room - 1] = 0;
    return out;
}

/* Where the value of an option is kept, or NULL for one without a place of its own. */
static const char **place_of(SitoArguments *arguments, const char *name) {
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
    const char **place = place_of(&copy, name);
    return place == NULL ? NULL : *place;
}

void sito_suggest(SitoLanguage language, const char *word, const char *list, char *out,
                  size_t room) {
    char copy[400];
    const char *words[40];
    size_t count = 0, length = strlen(list);
    out[0] = 0;
    if (length >= sizeof copy) {
        return;
    }
    memcpy(copy, list, length + 1);
    for (char *at = copy; *at != 0 && count < SITO_COUNT(words);) {
        words[count++] = at;
        at += strcspn(at, " ");
        if (*at != 0) {
            *at++ = 0;
        }
    }
    const char *nearest = sito_nearest((SitoText){word, strlen(word)}, words, count);
    if (nearest != NULL) {
        snprintf(out, room, "%s%s?)", sito_say(language, " (czy chodziło o ", " (did you mean "),
                 nearest);
    }
}

bool sito_language_parse(const char *word, SitoLanguage *language) {
    *language = strcmp(word, "en") == 0 ? SITO_EN : SITO_PL;
    return strcmp(word, "en") == 0 || strcmp(word, "pl") == 0;
}

enum { HELP_INDENT = 26 };

/* One option: its sentence stands beside it, or below where it is long. */
static int put_option(SitoBuffer *out, const SitoCommand *command, const SitoOption *option,
                      SitoLanguage language) {
    const char *value = strcmp(option->name, "format") == 0 ? command->formats : option->value;
    char form[160], letter[] = "-?, ";
    letter[1] = option->letter;
    SitoBuffer spelled = {0};
    int rc = sito_buffer_print(&spelled, "  %s--%s%s%s", option->letter != 0 ? letter : "",
                               option->name, value != NULL ? " " : "",
                               value != NULL ? sito_placeholders(language, value, form, sizeof form)
                                             : "");
    size_t columns = sito_columns((SitoText){spelled.data, spelled.size});
    rc = rc == SITO_OK ? sito_buffer_add(out, spelled.data, spelled.size) : rc;
    if (rc == SITO_OK && columns + 2 > HELP_INDENT) {
        rc = sito_buffer_print(out, "\n");
        columns = 0;
    }
    for (; columns < HELP_INDENT && rc == SITO_OK; columns++) {
        rc = sito_buffer_add(out, " ", 1);
    }
    sito_buffer_free(&spelled);
    const char *sentence = sito_say(language, option->pl, option->en);
    return rc == SITO_OK ? sito_put_wrapped(out, (SitoText){sentence, strlen(sentence)},
                                            HELP_INDENT, HELP_INDENT)
                         : rc;
}

static int put_help(SitoBuffer *out, const SitoCommand *command, SitoLanguage language) {
    static const char *const statuses[2] = {
        [SITO_PL] = "0 spełnia progi lub wykonano, 1 są ustalenia, 2 błąd użycia lub opisu zbioru, "
                    "3 danych nie da się odczytać lub kontrola jest niepełna",
        [SITO_EN] =
            "0 publishable or done, 1 findings, 2 usage or descriptor, 3 data unreadable or "
            "check incomplete"};
    char form[160];
    const char *sentence = sito_say(language, command->pl, command->en);
    int rc = sito_buffer_print(out, "%s\n%s\n", sito_say(language, "Przykłady:", "Examples:"),
                               command->examples);
    rc = rc == SITO_OK ? sito_put_wrapped(out, (SitoText){sentence, strlen(sentence)}, 0, 0) : rc;
    rc = rc == SITO_OK
             ? sito_buffer_print(out, "  sito %s [%s] %s\n\n", command->name,
                                 sito_say(language, "opcje", "options"),
                                 sito_placeholders(language, command->paths, form, sizeof form))
             : rc;
    for (size_t i = 0; i < SITO_COUNT(options) && rc == SITO_OK; i++) {
        if (sito_takes_option(command, &options[i])) {
            rc = put_option(out, command, &options[i], language);
        }
    }
    const char *label = sito_say(language, "Kod wyjścia: ", "Exit status: ");
    const char *status = statuses[language];
    rc = rc == SITO_OK ? sito_buffer_print(out, "\n%s", label) : rc;
    return rc == SITO_OK ? sito_put_wrapped(out, (SitoText){status, strlen(status)}, 13, 13) : rc;
}

int sito_print_help(const SitoCommand *command, SitoLanguage language) {
    SitoBuffer out = {0};
    SitoArguments to_stdout = {.language = language};
    int rc = put_help(&out, command, language);
    int status = rc == SITO_OK ? sito_write_result(&to_stdout, (SitoText){out.data, out.size})
                               : sito_fail(rc, NULL);
    sito_buffer_free(&out);
    return status;
}

/* The option that the first `size` bytes of `word` name, where the command takes it; else NULL. */
static const SitoOption *find_option(const SitoCommand *command, const char *word, size_t size) {
    for (size_t i = 0; i < SITO_COUNT(options); i++) {
        const char *name = options[i].name;
        bool by_letter = size == 2 && word[1] == options[i].letter;
        bool by_name = size > 2 && word[1] == '-' && strlen(name) == size - 2 &&
                       strncmp(word + 2, name, size - 2) == 0;
        if ((by_letter || by_name) && is_among(name, command->options)) {
            return &options[i];
        }
    }
    return NULL;
}

static int refuse_option(const SitoArguments *a, const char *word, size_t size) {
    char spelled[80], hint[120];
    snprintf(spelled, sizeof spelled, "%.*s", (int)size, word);
    sito_suggest(a->language, spelled + strspn(spelled, "-"), a->command->options, hint,
                 sizeof hint);
    return sito_complain(SITO_EXIT_USAGE,
                         sito_say(a->language,
                                  "polecenie %s nie zna opcji %s%s; jego opcje: sito %s --help",
                                  "%s has no option %s%s; its options: sito %s --help"),
                         a->command->name, spelled, hint, a->command->name);
}

/* --format opens a result, -o names the file of the one that is open; of a command with one result
** each is given once. */
static bool take_result(SitoArguments *a, const char *name, const char *value) {
    bool format = strcmp(name, "format") == 0;
    SitoResult *last = a->results_count > 0 ? &a->results[a->results_count - 1] : NULL;
    if (!format && last != NULL && last->output == NULL) {
        last->output = value;
        return true;
    }
    if (format && last != NULL && last->format == NULL) {
        last->format = value;
        return true;
    }
    if (a->results_count + 1 == SITO_MOST_RESULTS || (!format && last != NULL)) {
        return false;
    }
    a->results[a->results_count++] = (SitoResult){format ? value : NULL, format ? NULL : value};
    return true;
}

static int refuse_twice(const SitoArguments *a, const char *name) {
    return sito_complain(
        SITO_EXIT_USAGE,
        sito_say(a->language, "opcja --%s jest podana dwa razy", "option --%s is given twice"),
        name);
}

static int set_option(SitoArguments *a, const SitoOption *option, const char *value) {
    const char **place = place_of(a, option->name);
    bool result = a->command->several &&
                  (strcmp(option->name, "format") == 0 || strcmp(option->name, "output") == 0);
    if (result) {
        return take_result(a, option->name, value) ? SITO_EXIT_OK : refuse_twice(a, option->name);
    }
    if (strcmp(option->name, "force") == 0) {
        a->force = true;
    } else if (strcmp(option->name, "show-values") == 0) {
        a->show_values = true;
    } else if (strcmp(option->name, "print") == 0) {
        a->print = true;
    } else if (strcmp(option->name, "list") == 0) {
        a->list = true;
    } else if (strcmp(option->name, "accept") == 0) {
        a->accept = true;
    } else if (strcmp(option->name, "questions") == 0) {
        a->questions = true;
    } else if (strcmp(option->name, "lang") == 0) {
        if (!sito_language_parse(value, &a->language)) {
            return sito_complain(SITO_EXIT_USAGE,
                                 sito_say(a->language, "nieznany język '%s'; dozwolone: pl, en",
                                          "unknown language '%s'; allowed: pl, en"),
                                 value);
        }
        a->language_given = true;
    } else if (*place != NULL) {
        return refuse_twice(a, option->name);
    } else {
        *place = value;
    }
    return SITO_EXIT_OK;
}

/* One option at argv[*i]; moves *i on where the value is the next word. */
static int read_option(SitoArguments *a, int argc, char **argv, int *i) {
    const char *word = argv[*i];
    size_t size = strcspn(word, "=");
    const SitoOption *option = find_option(a->command, word, size);
    if (option == NULL) {
        return refuse_option(a, word, size);
    }
    const char *value = word[size] == '=' ? word + size + 1 : NULL;
    if (option->value == NULL && value != NULL) {
        return sito_complain(SITO_EXIT_USAGE,
                             sito_say(a->language, "opcja --%s nie przyjmuje wartości",
                                      "option --%s takes no value"),
                             option->name);
    }
    if (option->value != NULL && value == NULL && *i + 1 < argc) {
        value = argv[++*i];
    }
    if (option->value != NULL && (value == NULL || value[0] == 0)) {
        char form[120];
        return sito_complain(SITO_EXIT_USAGE,
                             sito_say(a->language, "opcja --%s wymaga wartości: %s",
                                      "option --%s needs a value: %s"),
                             option->name,
                             sito_placeholders(a->language, option->value, form, sizeof form));
    }
    return set_option(a, option, value);
}

static int check_format(const SitoArguments *a, const char *format) {
    if (format == NULL || is_among(format, a->command->formats)) {
        return SITO_EXIT_OK;
    }
    char hint[120];
    sito_suggest(a->language, format, a->command->formats, hint, sizeof hint);
    return sito_complain(SITO_EXIT_USAGE,
                         sito_say(a->language, "nieznana postać wyniku '%s'%s; dozwolone: %s",
                                  "unknown format '%s'%s; allowed: %s"),
                         format, hint, a->command->formats);
}

static bool goes_to_stdout(const SitoResult *result) {
    return result->output == NULL || strcmp(result->output, "-") == 0;
}

/* Two results in one place: on stdout, or in one file. */
static bool clash(const SitoResult *one, const SitoResult *other) {
    bool screen = goes_to_stdout(one);
    return screen == goes_to_stdout(other) && (screen || strcmp(one->output, other->output) == 0);
}

/* Completes the results of a command that may have several: where all of them go to files, people
** still read the report on the screen. */
static int complete_results(SitoArguments *a) {
    bool screen = false, named = false, text = false;
    for (size_t i = 0; i < a->results_count; i++) {
        SitoResult *result = &a->results[i];
        int status = check_format(a, result->format);
        for (size_t j = 0; j < i && status == SITO_EXIT_OK; j++) {
            if (clash(result, &a->results[j])) {
                status = sito_complain(
                    SITO_EXIT_USAGE, "%s",
                    sito_say(a->language,
                             "dwie postacie wyniku trafiłyby w jedno miejsce; każdą kolejną zapisz "
                             "do osobnego pliku: --format html -o raport.html",
                             "two results would go to one place; write each further one to a file "
                             "of its own: --format html -o report.html"));
            }
        }
        if (status != SITO_EXIT_OK) {
            return status;
        }
        named = named || result->format != NULL;
        screen = screen || goes_to_stdout(result);
        result->format = result->format != NULL ? result->format : "text";
        text = text || strcmp(result->format, "text") == 0;
    }
    if (a->results_count == 0 || (named && !screen && !text)) {
        a->results[a->results_count++] = (SitoResult){.format = "text"};
    }
    a->format = a->results[0].format;
    a->output = a->results[0].output;
    return SITO_EXIT_OK;
}

/* What the tables of commands and options promise about the values. */
static int check_arguments(const SitoArguments *a) {
    const SitoCommand *command = a->command;
    if (a->paths_count < command->least || a->paths_count > command->most) {
        char form[120];
        return sito_complain(SITO_EXIT_USAGE,
                             sito_say(a->language, "polecenie ma postać: sito %s [opcje]%s%s",
                                      "write: sito %s [options]%s%s"),
                             command->name, command->paths[0] != 0 ? " " : "",
                             sito_placeholders(a->language, command->paths, form, sizeof form));
    }
    for (size_t i = 0; i < a->paths_count; i++) {
        if (a->paths[i][0] == 0) {
            return sito_complain(SITO_EXIT_USAGE, "%s",
                                 sito_say(a->language, "podana nazwa jest pusta",
                                          "the name that was given is empty"));
        }
    }
    if (a->rules != NULL && sito_file_kind(a->rules) != SITO_FILE_FOLDER) {
        return sito_complain(
            SITO_EXIT_USAGE,
            sito_say(a->language, "nie ma folderu z regułami %s", "there is no folder of rules %s"),
            a->rules);
    }
    int status = check_format(a, a->format);
    if (status != SITO_EXIT_OK) {
        return status;
    }
    if (a->fail_on != NULL && !is_among(a->fail_on, "error warning note")) {
        char hint[120];
        sito_suggest(a->language, a->fail_on, "error warning note", hint, sizeof hint);
        return sito_complain(
            SITO_EXIT_USAGE,
            sito_say(a->language, "nieznana waga '%s'%s w --fail-on; dozwolone: error warning note",
                     "unknown severity '%s'%s in --fail-on; allowed: error warning note"),
            a->fail_on, hint);
    }
    if (a->rules != NULL && access(a->rules, R_OK | X_OK) != 0) {
        return sito_complain(SITO_EXIT_USAGE,
                             sito_say(a->language, "nie można odczytać folderu z regułami %s: %s",
                                      "cannot read the folder of rules %s: %s"),
                             a->rules, sito_errno_words(a->language, errno));
    }
    return SITO_EXIT_OK;
}

int sito_read_arguments(SitoArguments *a, int argc, char **argv) {
    bool only_paths = false;
    for (int i = 2; i < argc; i++) {
        const char *word = argv[i];
        if (only_paths || word[0] != '-' || word[1] == 0) {
            a->paths[a->paths_count++] = word;
        } else if (strcmp(word, "--") == 0) {
            only_paths = true;
        } else {
            int status = read_option(a, argc, argv, &i);
            if (status != SITO_EXIT_OK) {
                return status;
            }
        }
    }
    int status = a->command->several ? complete_results(a) : SITO_EXIT_OK;
    return status == SITO_EXIT_OK ? check_arguments(a) : status;
}

/*
** sito manual [COMMAND]: a page of the manual in the language of man(7), made from the tables of
** commands and options. `cmake --install` puts all of them where man looks.
**
** R1  Whoever reads a page sees examples before options.
** R2  What has a meaning in roff is escaped: backslashes, hyphens that are typed, dots and apostrophes
**     that begin a line.
*/
#include "cli.h"

#include <sqlite3.h>

#include <stdarg.h>
#include <string.h>

typedef struct Manual {
    SitoBuffer out;
    int rc;
    SitoLanguage language;
} Manual;

static void put(Manual *manual, const char *format, ...) {
    va_list args;
    va_start(args, format);
    char *text = sqlite3_vmprintf(format, args);
    va_end(args);
    if (manual->rc == SITO_OK) {
        manual->rc = text == NULL ? SITO_NOMEM : sito_buffer_add(&manual->out, text, strlen(text));
    }
    sqlite3_free(text);
}

static const char *say(const Manual *manual, const char *pl, const char *en) {
    return sito_say(manual->language, pl, en);
}

static void put_bytes(Manual *manual, const char *bytes, size_t size) {
    manual->rc = manual->rc == SITO_OK ? sito_buffer_add(&manual->out, bytes, size) : manual->rc;
}

/* R2; a line end stays one. */
static void put_text(Manual *manual, const char *text) {
    bool start = true;
    for (; *text != 0; text++) {
        if (start && (*text == '.' || *text == '\'')) {
            put(manual, "\\&");
        }
        start = *text == '\n';
        if (*text == '\\') {
            put(manual, "\\e");
        } else {
            put_bytes(manual, "\\", *text == '-');
            put_bytes(manual, text, 1);
        }
    }
}

static void put_section(Manual *manual, const char *pl, const char *en) {
    put(manual, ".SH %s\n", say(manual, pl, en));
}

static void put_entry(Manual *manual, const char *name, const char *text) {
    put(manual, ".TP\n.B ");
    put_text(manual, name);
    put(manual, "\n");
    put_text(manual, text);
    put(manual, "\n");
}

static void put_head(Manual *manual, const char *name, const char *sentence) {
    put(manual, ".TH ");
    for (const char *at = name; *at != 0; at++) {
        bool small = *at >= 'a' && *at <= 'z';
        char capital = (char)(small ? *at - 'a' + 'A' : *at);
        put_bytes(manual, "\\", *at == '-');
        put_bytes(manual, &capital, 1);
    }
    put(manual, " 1 \"\" \"%s\" \"sito\"\n", "sito " SITO_VERSION);
    put_section(manual, "NAZWA", "NAME");
    put_text(manual, name);
    put(manual, " \\- ");
    put_text(manual, sentence);
    put(manual, "\n");
}

static void put_examples(Manual *manual, const char *examples) {
    put_section(manual, "PRZYKŁADY", "EXAMPLES");
    put(manual, ".nf\n");
    for (const char *at = examples; *at != 0;) {
        size_t size = strcspn(at, "\n");
        char line[300];
        sqlite3_snprintf(sizeof line, line, "%.*s", (int)size, at);
        put_text(manual, line + strspn(line, " "));
        put(manual, "\n");
        at += size + (at[size] != 0);
    }
    put(manual, ".fi\n");
}

static void put_status(Manual *manual) {
    static const struct {
        const char *status, *pl, *en;
    } statuses[] = {
        {"0", "zbiór spełnia progi albo polecenie wykonano", "publishable, or done"},
        {"1", "są ustalenia", "findings"},
        {"2", "błąd użycia lub opisu zbioru", "usage or descriptor error"},
        {"3", "danych nie da się odczytać, wyniku zapisać albo kontrola jest niepełna",
         "data unreadable, result not written, or check incomplete"},
    };
    put_section(manual, "KOD WYJŚCIA", "EXIT STATUS");
    for (size_t i = 0; i < SITO_COUNT(statuses); i++) {
        put_entry(manual, statuses[i].status, say(manual, statuses[i].pl, statuses[i].en));
    }
}

static void put_options(Manual *manual, const SitoCommand *command) {
    size_t count;
    const SitoOption *options = sito_options(&count);
    put_section(manual, "OPCJE", "OPTIONS");
    for (size_t i = 0; i < count; i++) {
        const SitoOption *option = &options[i];
        if (!sito_takes_option(command, option)) {
            continue;
        }
        bool format = strcmp(option->name, "format") == 0;
        const char *value = format ? command->formats : option->value;
        char form[160], name[240], letter[] = "-?, ";
        letter[1] = option->letter;
        sqlite3_snprintf(
            sizeof name, name, "%s--%s%s%s", option->letter != 0 ? letter : "", option->name,
            value != NULL ? " " : "",
            value != NULL ? sito_placeholders(manual->language, value, form, sizeof form) : "");
        put_entry(manual, name, say(manual, option->pl, option->en));
    }
    put_entry(manual, "-h, --help", say(manual, "krótka pomoc", "short help"));
}

static void write_command(Manual *manual, const SitoCommand *command) {
    char name[60], form[160];
    sqlite3_snprintf(sizeof name, name, "sito-%s", command->name);
    put_head(manual, name, say(manual, command->pl, command->en));
    put_section(manual, "SKŁADNIA", "SYNOPSIS");
    put(manual, ".B sito %s\n", command->name);
    put(manual, "[%s] ", say(manual, "opcje", "options"));
    put_text(manual, sito_placeholders(manual->language, command->paths, form, sizeof form));
    put(manual, "\n");
    put_examples(manual, command->examples);
    put_options(manual, command);
    put_status(manual);
    put_section(manual, "ZOBACZ TEŻ", "SEE ALSO");
    put(manual, ".BR sito (1)\n");
}

static void put_environment(Manual *manual) {
    static const struct {
        const char *name, *pl, *en;
    } variables[] = {
        {"SITO_CATALOGUE", "plik katalogu, gdy nie podano --catalogue",
         "the catalogue where --catalogue is not given"},
        {"SITO_KEYS", "plik z kluczami (domyślnie ~/.config/sito/keys)",
         "the file of keys (default ~/.config/sito/keys)"},
        {"LC_ALL, LC_MESSAGES, LANG", "język komunikatów: angielski, gdy zaczyna się od en",
         "language of the messages: English where it begins with en, else Polish"},
        {"NO_COLOR, TERM", "bez kolorów, gdy NO_COLOR nie jest puste albo TERM to dumb",
         "no colours where NO_COLOR is not empty or TERM is dumb"},
        {"CI", "gdy ustawione, --show-values jest odrzucane",
         "where it is set, --show-values is refused"},
        {"GITHUB_STEP_SUMMARY", "plik, do którego --format github dopisuje podsumowanie",
         "the file to which --format github appends its summary"},
        {"SOURCE_DATE_EPOCH", "czas zamiast zegara: raport da się odtworzyć co do bajtu",
         "the time instead of the clock: a report can be made again byte for byte"},
    };
    put_section(manual, "ŚRODOWISKO", "ENVIRONMENT");
    for (size_t i = 0; i < SITO_COUNT(variables); i++) {
        put_entry(manual, variables[i].name, say(manual, variables[i].pl, variables[i].en));
    }
}

static void put_files(Manual *manual) {
    static const struct {
        const char *name, *pl, *en;
    } files[] = {
        {"datapackage.json", "opis zbioru, obok danych", "the descriptor, beside the data"},
        {"policy.json", "progi urzędu, obok katalogu",
         "the office's thresholds, beside the catalogue"},
        {"waivers.json", "odstępstwa, obok opisu zbioru", "waivers, beside the descriptor"},
        {"sito.db", "katalog, obok folderu zbioru",
         "the catalogue, beside the folder of the data set"},
    };
    put_section(manual, "PLIKI", "FILES");
    for (size_t i = 0; i < SITO_COUNT(files); i++) {
        put_entry(manual, files[i].name, say(manual, files[i].pl, files[i].en));
    }
}

static void write_program(Manual *manual) {
    size_t count;
    const SitoCommand *commands = sito_commands(&count);
    put_head(manual, "sito",
             say(manual, "sprawdza zbiór danych, zanim urząd go opublikuje",
                 "checks a data set before a public office publishes it"));
    put_section(manual, "SKŁADNIA", "SYNOPSIS");
    put(manual, ".B sito\n%s\n",
        say(manual, "polecenie [opcje] [plik]", "command [options] [file]"));
    put_examples(manual, "sito check plik.csv\nsito init plik.csv\nsito check zbior/\n"
                         "sito check --format html -o raport.html zbior/\n"
                         "sito explain k-anonymity\n");
    put_section(manual, "POLECENIA", "COMMANDS");
    for (size_t i = 0; i < count; i++) {
        char name[200], form[160];
        sqlite3_snprintf(sizeof name, name, "sito %s %s", commands[i].name,
                         sito_placeholders(manual->language, commands[i].paths, form, sizeof form));
        put_entry(manual, name, say(manual, commands[i].pl, commands[i].en));
    }
    put_environment(manual);
    put_files(manual);
    put_status(manual);
    put_section(manual, "ZOBACZ TEŻ", "SEE ALSO");
    for (size_t i = 0; i < count; i++) {
        put(manual, ".BR sito\\-%s (1)%s\n", commands[i].name, i + 1 < count ? "," : "");
    }
}

static int refuse_command(const SitoArguments *arguments) {
    size_t count, used = 0;
    const SitoCommand *commands = sito_commands(&count);
    char names[400] = "", hint[120];
    for (size_t i = 0; i < count && used + 40 < sizeof names; i++) {
        sqlite3_snprintf((int)(sizeof names - used), names + used, "%s%s", i > 0 ? " " : "",
                         commands[i].name);
        used += strlen(names + used);
    }
    sito_suggest(arguments->language, "", arguments->paths[0], names, hint, sizeof hint);
    return sito_complain(SITO_EXIT_USAGE,
                         sito_say(arguments->language,
                                  "nie ma polecenia '%s'%s; polecenia wymienia sito --help",
                                  "there is no command '%s'%s; sito --help lists them"),
                         arguments->paths[0], hint);
}

int sito_command_manual(const SitoArguments *arguments) {
    Manual manual = {.language = arguments->language};
    size_t count;
    const SitoCommand *commands = sito_commands(&count), *command = NULL;
    for (size_t i = 0; i < count && arguments->paths_count > 0; i++) {
        command = strcmp(commands[i].name, arguments->paths[0]) == 0 ? &commands[i] : command;
    }
    if (arguments->paths_count > 0 && command == NULL) {
        return refuse_command(arguments);
    }
    if (command != NULL) {
        write_command(&manual, command);
    } else {
        write_program(&manual);
    }
    int status = manual.rc == SITO_OK
                     ? sito_write_result(arguments, (SitoText){manual.out.data, manual.out.size})
                     : sito_fail(manual.rc, NULL);
    sito_buffer_free(&manual.out);
    return status;
}

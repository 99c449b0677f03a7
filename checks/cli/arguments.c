/*
** The reading of the command line by the table of options (cli.h). A value is written --name VALUE or
** --name=VALUE; `--` ends the options.
*/
#include "cli.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common/file.h"
#include "common/trouble.h"

static const SitoOption *find_option(const SitoCommand *command, const char *word, size_t size) {
    size_t count;
    const SitoOption *options = sito_options(&count);
    for (size_t i = 0; i < count; i++) {
        const char *name = options[i].name;
        bool by_letter = size == 2 && word[1] == options[i].letter;
        bool by_name = size > 2 && word[1] == '-' && strlen(name) == size - 2 &&
                       strncmp(word + 2, name, size - 2) == 0;
        if ((by_letter || by_name) && sito_takes_option(command, &options[i])) {
            return &options[i];
        }
    }
    return NULL;
}

static int refuse_option(const SitoArguments *a, const char *word, size_t size) {
    char spelled[80], hint[120];
    snprintf(spelled, sizeof spelled, "%.*s", (int)size, word);
    sito_suggest(a->language, "--", spelled + strspn(spelled, "-"), a->command->options, hint,
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
    const char **place = sito_option_place(a, option->name);
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
    } else if (strcmp(option->name, "review") == 0) {
        a->review = true;
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
    if (format == NULL || sito_is_among(format, a->command->formats)) {
        return SITO_EXIT_OK;
    }
    char hint[120];
    sito_suggest(a->language, "", format, a->command->formats, hint, sizeof hint);
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
    if (a->fail_on != NULL && !sito_is_among(a->fail_on, "error warning note")) {
        char hint[120];
        sito_suggest(a->language, "", a->fail_on, "error warning note", hint, sizeof hint);
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

/*
** What `sito COMMAND --help` prints, from the tables of commands and options.
*/
#include "cli.h"

#include <string.h>

#include "common/wrap.h"

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
    size_t count;
    const SitoOption *options = sito_options(&count);
    for (size_t i = 0; i < count && rc == SITO_OK; i++) {
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

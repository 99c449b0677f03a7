/*
** sito completion SHELL: a script that completes commands, options and their values, made from the
** tables of commands and options, so that it cannot lag behind them.
**
** R1  Values that are words of a list are offered as words, codes of rules as codes, paths as files or
**     folders; for a text that nothing can complete, nothing is offered.
** R2  --name VALUE and --name=VALUE complete alike in bash; an option that is there may come again
**     only where the command takes it several times (zsh).
** R3  Descriptions are in the chosen language, where the shell shows them.
*/
#include "cli.h"

#include <sqlite3.h>

#include <stdarg.h>
#include <string.h>

#include "common/embedded.h"
#include "runner/rule.h"

typedef struct Script {
    SitoBuffer out;
    int rc;
    SitoLanguage language;
    char *codes; /* of the built-in rules, separated by blanks */
} Script;

static void put(Script *script, const char *format, ...) {
    va_list args;
    va_start(args, format);
    char *text = sqlite3_vmprintf(format, args);
    va_end(args);
    if (script->rc == SITO_OK) {
        script->rc = text == NULL ? SITO_NOMEM : sito_buffer_add(&script->out, text, strlen(text));
    }
    sqlite3_free(text);
}

/* Text between single quotes of a shell; `marks` are those that get a backslash besides. */
static void put_quoted(Script *script, const char *text, const char *marks) {
    for (; *text != 0; text++) {
        const char *mark = *text == '\'' ? "'\\'" : strchr(marks, *text) != NULL ? "\\" : "";
        put(script, "%s", mark);
        script->rc = script->rc == SITO_OK ? sito_buffer_add(&script->out, text, 1) : script->rc;
    }
}

static const char *sentence(const Script *script, const char *pl, const char *en) {
    return sito_say(script->language, pl, en);
}

/* What the value of an option may be: that of --format depends on the command, names of profiles are
** known. */
static void value_form(const SitoCommand *command, const SitoOption *option, SitoForm *form) {
    if (strcmp(option->name, "format") == 0 && command->formats != NULL) {
        *form = (SitoForm){.words = ""};
        memcpy(form->words, command->formats, strlen(command->formats) + 1);
        return;
    }
    sito_read_form(option->value, form);
    if (strcmp(option->name, "profile") == 0) {
        size_t used = 0;
        *form = (SitoForm){.words = ""};
        for (const SitoEmbedded *file = sito_embedded_profiles; file->path != NULL; file++) {
            size_t size = strcspn(file->path, ".");
            if (used + size + 2 < sizeof form->words) {
                form->words[used] = ' ';
                used += used > 0 ? 1 : 0;
                memcpy(form->words + used, file->path, size);
                form->words[used += size] = 0;
            }
        }
    }
}

typedef void (*OptionWriter)(Script *script, const SitoCommand *command, const SitoOption *option);

static void each_option(Script *script, const SitoCommand *command, OptionWriter write) {
    size_t count;
    const SitoOption *options = sito_options(&count);
    for (size_t i = 0; i < count; i++) {
        if (sito_takes_option(command, &options[i])) {
            write(script, command, &options[i]);
        }
    }
}

/* ---- bash ---- */

static void bash_name(Script *script, const SitoCommand *command, const SitoOption *option) {
    (void)command;
    put(script, " --%s", option->name);
    if (option->letter != 0) {
        put(script, " -%c", option->letter);
    }
}

static void bash_value(Script *script, const SitoCommand *command, const SitoOption *option) {
    SitoForm form;
    if (option->value == NULL) {
        return;
    }
    value_form(command, option, &form);
    put(script, "    %s:--%s", command->name, option->name);
    if (option->letter != 0) {
        put(script, " | %s:-%c", command->name, option->letter);
    }
    put(script, ") words='%s' kind=%s ;;\n", form.words,
        form.words[0] != 0 ? "words"
        : form.files       ? "files"
        : form.folders     ? "folders"
                           : "none");
}

static const char bash_head[] =
    "# sito completion bash\n"
    "_sito() {\n"
    "  local cur prev command=${COMP_WORDS[1]} options='' words='' kind='' path=''\n"
    "  cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}\n"
    "  # --name=value is three words to bash\n"
    "  if [[ $cur == '=' ]]; then\n"
    "    cur=''\n"
    "  elif [[ $prev == '=' ]]; then\n"
    "    prev=${COMP_WORDS[COMP_CWORD - 2]}\n"
    "  fi\n"
    "  COMPREPLY=()\n";

static const char bash_end[] =
    "  if [[ $kind == '' && $cur == -* ]]; then\n"
    "    words=\"$options --help\" kind=words\n"
    "  elif [[ $kind == '' ]]; then\n"
    "    kind=$path\n"
    "  fi\n"
    "  case $kind in\n"
    "    words) mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\") ;;\n"
    "    files)\n"
    "      compopt -o filenames 2>/dev/null\n"
    "      mapfile -t COMPREPLY < <(compgen -f -- \"$cur\")\n"
    "      ;;\n"
    "    folders)\n"
    "      compopt -o filenames 2>/dev/null\n"
    "      mapfile -t COMPREPLY < <(compgen -d -- \"$cur\")\n"
    "      ;;\n"
    "  esac\n"
    "}\n"
    "complete -F _sito sito\n";

static void write_bash(Script *script) {
    size_t count;
    const SitoCommand *commands = sito_commands(&count);
    put(script, "%s  if ((COMP_CWORD == 1)); then\n    mapfile -t COMPREPLY < <(compgen -W '",
        bash_head);
    for (size_t i = 0; i < count; i++) {
        put(script, "%s ", commands[i].name);
    }
    put(script, "--help --version' -- \"$cur\")\n    return\n  fi\n  case $command in\n");
    for (size_t i = 0; i < count; i++) {
        SitoForm form;
        sito_read_form(commands[i].paths, &form);
        put(script, "    %s)\n      options='", commands[i].name);
        each_option(script, &commands[i], bash_name);
        bool files = form.files || form.folders;
        put(script, "'\n      path=%s",
            files                              ? "files"
            : form.codes || form.words[0] != 0 ? "words"
                                               : "none");
        put(script, " words='%s%s%s'\n      ;;\n", form.words, form.codes ? " " : "",
            form.codes ? script->codes : "");
    }
    put(script, "  esac\n  case $command:$prev in\n");
    for (size_t i = 0; i < count; i++) {
        each_option(script, &commands[i], bash_value);
    }
    put(script, "  esac\n%s", bash_end);
}

/* ---- zsh ---- */

static const char zsh_marks[] = "[]:\\";

static void zsh_action(Script *script, const SitoForm *form) {
    if (form->words[0] != 0 && !form->files) {
        put(script, "(%s%s%s)", form->words, form->codes ? " " : "",
            form->codes ? script->codes : "");
    } else if (form->files) {
        put(script, "_files");
    } else if (form->folders) {
        put(script, "_files -/");
    } else if (form->codes) {
        put(script, "(%s)", script->codes);
    } else {
        put(script, " ");
    }
}

static void zsh_option(Script *script, const SitoCommand *command, const SitoOption *option) {
    const char *again = command->several ? "*" : "";
    for (int form = 0; form < 2; form++) {
        if (form == 1 && option->letter == 0) {
            continue;
        }
        put(script, " \\\n        '%s", again);
        if (form == 0) {
            put(script, "--%s%s[", option->name, option->value != NULL ? "=" : "");
        } else {
            put(script, "-%c[", option->letter);
        }
        put_quoted(script, sentence(script, option->pl, option->en), zsh_marks);
        put(script, "]");
        if (option->value != NULL) {
            SitoForm value;
            value_form(command, option, &value);
            put(script, ":%s:", option->name);
            zsh_action(script, &value);
        }
        put(script, "'");
    }
}

static void write_zsh(Script *script) {
    size_t count;
    const SitoCommand *commands = sito_commands(&count);
    put(script, "#compdef sito\n# sito completion zsh\n_sito() {\n"
                "  if ((CURRENT == 2)); then\n    local -a commands=(\n");
    for (size_t i = 0; i < count; i++) {
        put(script, "      '%s:", commands[i].name);
        put_quoted(script, sentence(script, commands[i].pl, commands[i].en), zsh_marks);
        put(script, "'\n");
    }
    put(script, "    )\n    _describe sito commands\n    return\n  fi\n"
                "  local command=$words[2]\n  shift words\n  ((CURRENT--))\n  case $command in\n");
    for (size_t i = 0; i < count; i++) {
        SitoForm form;
        sito_read_form(commands[i].paths, &form);
        put(script, "    %s)\n      _arguments '--help[%s]'", commands[i].name,
            sentence(script, "pomoc", "help"));
        each_option(script, &commands[i], zsh_option);
        if (commands[i].most > 0) {
            put(script, " \\\n        '*:%s:", commands[i].name);
            zsh_action(script, &form);
            put(script, "'");
        }
        put(script, "\n      ;;\n");
    }
    put(script, "  esac\n}\nif [[ $funcstack[1] == _sito ]]; then\n  _sito \"$@\"\nelse\n"
                "  compdef _sito sito\nfi\n");
}

/* ---- fish ---- */

static void fish_option(Script *script, const SitoCommand *command, const SitoOption *option) {
    put(script, "complete -c sito -n '__fish_seen_subcommand_from %s' -l %s", command->name,
        option->name);
    if (option->letter != 0) {
        put(script, " -s %c", option->letter);
    }
    if (option->value != NULL) {
        SitoForm form;
        value_form(command, option, &form);
        if (form.words[0] != 0) {
            put(script, " -x -a '%s'", form.words);
        } else if (form.folders && !form.files) {
            put(script, " -x -a '(__fish_complete_directories)'");
        } else {
            put(script, form.files ? " -r -F" : " -x");
        }
    }
    put(script, " -d '");
    put_quoted(script, sentence(script, option->pl, option->en), "\\");
    put(script, "'\n");
}

static void write_fish(Script *script) {
    size_t count;
    const SitoCommand *commands = sito_commands(&count);
    put(script, "# sito completion fish\ncomplete -c sito -f\n"
                "complete -c sito -n '__fish_use_subcommand' -l version\n"
                "complete -c sito -l help -s h\n");
    for (size_t i = 0; i < count; i++) {
        SitoForm form;
        sito_read_form(commands[i].paths, &form);
        put(script, "complete -c sito -n '__fish_use_subcommand' -a %s -d '", commands[i].name);
        put_quoted(script, sentence(script, commands[i].pl, commands[i].en), "\\");
        put(script, "'\n");
        if (form.files || form.folders) {
            put(script, "complete -c sito -n '__fish_seen_subcommand_from %s' -F\n",
                commands[i].name);
        }
        if (form.words[0] != 0 || form.codes) {
            put(script, "complete -c sito -n '__fish_seen_subcommand_from %s' -a '%s%s%s'\n",
                commands[i].name, form.words, form.codes ? " " : "",
                form.codes ? script->codes : "");
        }
        each_option(script, &commands[i], fish_option);
    }
}

/* ---- the command ---- */

static int read_codes(Script *script, char **error) {
    SitoRules rules;
    SitoBuffer codes = {0};
    int rc = sito_rules_load(&rules, NULL, error);
    for (size_t i = 0; rc == SITO_OK && i < rules.count; i++) {
        rc = sito_buffer_print(&codes, "%s%s", i > 0 ? " " : "", rules.items[i].id);
    }
    rc = rc == SITO_OK ? sito_buffer_add(&codes, "", 1) : rc;
    sito_rules_free(&rules);
    if (rc != SITO_OK) {
        sito_buffer_free(&codes);
    }
    script->codes = codes.data;
    return rc;
}

int sito_command_completion(const SitoArguments *arguments) {
    static const struct {
        const char *shell;
        void (*write)(Script *script);
    } shells[] = {{"bash", write_bash}, {"zsh", write_zsh}, {"fish", write_fish}};
    const char *shell = arguments->paths[0];
    Script script = {.language = arguments->language};
    char *error = NULL;
    for (size_t i = 0; i < SITO_COUNT(shells); i++) {
        if (strcmp(shells[i].shell, shell) == 0) {
            script.rc = read_codes(&script, &error);
            if (script.rc == SITO_OK) {
                shells[i].write(&script);
            }
            int status =
                script.rc == SITO_OK
                    ? sito_write_result(arguments, (SitoText){script.out.data, script.out.size})
                    : sito_fail(script.rc, error);
            sito_free(script.codes);
            sito_buffer_free(&script.out);
            return status;
        }
    }
    char hint[120];
    sito_suggest(arguments->language, "", shell, "bash zsh fish", hint, sizeof hint);
    return sito_complain(SITO_EXIT_USAGE,
                         sito_say(arguments->language,
                                  "nieznana powłoka '%s'%s; dozwolone: bash zsh fish",
                                  "unknown shell '%s'%s; allowed: bash zsh fish"),
                         shell, hint);
}

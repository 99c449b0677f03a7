/*
** The program `sito`: its commands and the one table of their options.
**
**   main.c      the table of commands; finds the command and the language
**   options.c   the table of options; reads the command line
**   output.c    results and complaints
**   NAME.c      one command: int sito_command_NAME(const SitoArguments *)
**
** R1  Results go to stdout (or -o FILE), everything else to stderr; a result that could not be written
**     whole is an error.
** R2  Exit status: 0 publishable or done · 1 findings · 2 usage or descriptor · 3 unreadable data or
**     an incomplete check.
** R3  Every message is one clear sentence in the chosen language: what, where, what to do.
*/
#ifndef SITO_CLI_H
#define SITO_CLI_H

#include "base/sito.h"
#include "common/language.h"

enum { SITO_EXIT_OK = 0, SITO_EXIT_FINDINGS = 1, SITO_EXIT_USAGE = 2, SITO_EXIT_UNREADABLE = 3 };

/* A form of the result and the file it goes to: --format html -o r.html --format junit -o r.xml */
enum { SITO_MOST_RESULTS = 16 };
typedef struct SitoResult {
    const char *format; /* never NULL */
    const char *output; /* NULL: stdout */
} SitoResult;

/* What the command line said. Options that were not given are NULL or false. */
typedef struct SitoArguments {
    SitoLanguage language;
    bool language_given; /* by --lang: else a policy may choose it */
    const char *format;  /* the first */
    const char *output;  /* the first; of a command with several results use `results` */
    SitoResult results[SITO_MOST_RESULTS];
    size_t results_count;
    const char *catalogue;
    const char *warehouse;
    const char *policy;
    const char *rules;
    const char *profile;
    const char *key; /* of diff */
    const char *fail_on;
    const char *by;
    const char *head;
    const char *step, *risk, *outcome, *form, *persons; /* of analysis */
    const char *case_mark, *document, *reason;
    const char *person, *role, *unit, *from, *until, *deputy_of; /* of people and assignments */
    const char *answers, *rhythm, *period;
    const char *event, *day, *procedure, *about, *minutes;                 /* of request */
    const char *basis, *opinion, *opinion_outcome, *way, *field, *records; /* of waive */
    const char *position;                                                  /* of redact */
    bool force, print, questions, review, show_values, list, accept;
    const char *to, *url, *publisher, *harvester; /* of publish */
    const char *bip_document, *bip_basis, *bip_person;
    const char **paths;
    size_t paths_count;
    const struct SitoCommand *command;
} SitoArguments;

typedef struct SitoCommand {
    const char *name;
    int (*run)(const SitoArguments *arguments);
    const char *paths;    /* "DIR|FILE.csv", as usage shows it; "" takes none */
    size_t least, most;   /* how many paths */
    const char *options;  /* names of the options it takes, separated by blanks */
    const char *formats;  /* values of --format, the default first; NULL: no --format */
    bool several;         /* --format may be repeated, each with its own -o */
    const char *pl, *en;  /* what it does, in one line */
    const char *examples; /* lines for --help */
} SitoCommand;

/* One option: the table stands in options.c. */
typedef struct SitoOption {
    const char *name;
    char letter;       /* 0: none */
    const char *value; /* NULL: the option takes none */
    const char *pl, *en;
} SitoOption;

/* The table of commands (main.c) and that of options (options.c), for whatever is made from them: help,
** completion, man pages. */
const SitoCommand *sito_commands(size_t *count);
const SitoOption *sito_options(size_t *count);
bool sito_takes_option(const SitoCommand *command, const SitoOption *option);
/* The form of an option's value, or of paths: what stands for one thing there. Of "DIR|FILE.csv", "[verify]",
** "error|warning" or "new NAME|list" the words that are typed as they are go to `words`, separated
** by blanks. */
typedef struct SitoForm {
    bool files, folders, codes, free; /* free: a text that nothing can complete */
    char words[200];
} SitoForm;
void sito_read_form(const char *form, SitoForm *out);

int sito_command_analysis(const SitoArguments *arguments);
int sito_command_anonymise(const SitoArguments *arguments);
int sito_command_audit(const SitoArguments *arguments);
int sito_command_decide(const SitoArguments *arguments);
int sito_command_people(const SitoArguments *arguments);
int sito_command_backup(const SitoArguments *arguments);
int sito_command_catalogue(const SitoArguments *arguments);
int sito_command_collect(const SitoArguments *arguments);
int sito_command_request(const SitoArguments *arguments);
int sito_command_check(const SitoArguments *arguments);
int sito_command_completion(const SitoArguments *arguments);
int sito_command_diff(const SitoArguments *arguments);
int sito_command_explain(const SitoArguments *arguments);
int sito_command_export(const SitoArguments *arguments);
int sito_command_fetch(const SitoArguments *arguments);
int sito_command_indicators(const SitoArguments *arguments);
int sito_command_init(const SitoArguments *arguments);
int sito_command_key(const SitoArguments *arguments);
int sito_command_inventory(const SitoArguments *arguments);
int sito_command_lint(const SitoArguments *arguments);
int sito_command_manual(const SitoArguments *arguments);
int sito_command_mark(const SitoArguments *arguments);
int sito_command_publish(const SitoArguments *arguments);
int sito_command_redact(const SitoArguments *arguments);
int sito_command_rules(const SitoArguments *arguments);
int sito_command_run(const SitoArguments *arguments);
int sito_command_status(const SitoArguments *arguments);
int sito_command_verify(const SitoArguments *arguments);
int sito_command_withdraw(const SitoArguments *arguments);
int sito_command_waive(const SitoArguments *arguments);

/* ---- options.c, arguments.c, help.c, words.c ---- */

/* Where the value of an option is kept; NULL: it has no place of its own. */
const char **sito_option_place(SitoArguments *arguments, const char *name);

/* Reads argv[2…] by the table of options; returns an exit status. arguments->paths has room for
** argc entries. */
int sito_read_arguments(SitoArguments *arguments, int argc, char **argv);
int sito_print_help(const SitoCommand *command, SitoLanguage language);

/* The form of a command or an option with its placeholders in the chosen language: FILE is PLIK. */
const char *sito_placeholders(SitoLanguage language, const char *form, char *out, size_t room);

/* True where `word` is one of the blank-separated words of `list`. */
bool sito_is_among(const char *word, const char *list);

/* " (did you mean …?)" with the nearest word of a blank-separated list, `mark` before it, or "". */
void sito_suggest(SitoLanguage language, const char *mark, const char *word, const char *list,
                  char *out, size_t room);
bool sito_language_parse(const char *word, SitoLanguage *language);

/* ---- output.c ---- */

/* Prints "sito: …" on stderr and returns `status`. Formats are SQLite's (%q, %w and the usual). */
int sito_complain(int status, const char *format, ...);

/* A text that quotes names of things, masked as sito_complain does it; to be released, NULL without memory. */
char *sito_mask_words(const char *text);

/* The exit status for a result code of the runner: SITO_MISUSE is the user's, all else is reading.
** Prints the error and releases it. */
int sito_fail(int rc, char *error);

/* Writes a result whole to -o FILE (through a temporary file beside it, renamed at the end; straight to
** a device or a pipe) or to stdout; a closed pipe or a full disk is an error. Returns an exit status, 0 where it was written. */
int sito_write_result(const SitoArguments *arguments, SitoText result);

/* The same for one of several results. */
int sito_write_result_to(const SitoArguments *arguments, const char *output, SitoText result);

/* The same for a text that quotes names of things: personal data in it is masked (common/mask.h). */
int sito_write_masked(const SitoArguments *arguments, SitoText result);

/* Appends to a file, as the step summary of a workflow wants it; an exit status. */
int sito_append_result(const SitoArguments *arguments, const char *path, SitoText result);

/* The same as sito_write_result for a file of a given path; 0 or an errno. */
int sito_replace_file(const char *path, SitoText text);

/* Flushes what was printed to stdout; an exit status, as above. */
int sito_end_output(SitoLanguage language);

/* True where the result goes to a terminal that may show colours. */
bool sito_colour(const SitoArguments *arguments);

/* ---- office.c ---- */

/* --catalogue, $SITO_CATALOGUE, else sito.db in the present folder. */
const char *sito_catalogue_path(const SitoArguments *arguments);

/* The exit status for what the catalogue answered: a refusal by its rules is a finding. Prints and
** releases the error. */
int sito_catalogue_status(int rc, char *error);

/* The SHA-256 of --document; NULL where none is given. Returns an exit status, having complained. */
int sito_hash_document(const SitoArguments *arguments, char sha256[SITO_SHA256_HEX],
                       const char **document);

/* True, having complained, where an option that the record needs is missing; `names` are separated by
** blanks: "person role from". */
bool sito_lacks_options(const SitoArguments *arguments, const char *names);

/* A text of an option that is to become an event, which cannot be erased: an exit status, having complained
** where personal data is found in it. `hint` says what to do. */
int sito_refuse_personal(const SitoArguments *arguments, const char *option, const char *text,
                         const char *hint);

/* The value of an option by its name, or NULL. */
const char *sito_option_value(const SitoArguments *arguments, const char *name);

#endif

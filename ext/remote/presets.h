/*
** Presets: a portal described once, in JSON, instead of ten options in every statement.
**
**   USING bdl(variable='72305', level='5')  or  USING remote(preset='bdl', variable='72305', level='5')
**
** A description is sql/presets/NAME.json, carried in the program, or NAME.json in the folder that the option
** presets or the environment variable SITO_PRESETS names; the folder comes first.
**
**   title       what it is                        base      address that paths begin with; may hold {parameter}
**   parameters  name: {type, least, most, default, says}
**   options     options of the table remote, for all readings
**   read        name: {needs, path, query, options, columns or fields, ask}; the first is the usual one
**
** In path, query and base {name} stands for the value of a parameter. An item of query whose parameter was
** not given is left out; a list gives one item for each number. ask is {path, query, answer}: an answer
** that is read first for the address of the file.
**
** R1  Types of parameters: integer (least to most), numbers (2019-2022,2024), word (letters, digits, - _ .),
**     text, address (http or https). Values are escaped where they become part of an address.
** R2  A parameter that is not known, is missing or does not fit is an error that says what is possible.
**     Beside parameters: read, base, and what concerns the transport.
** R3  A description with an unknown key, or that is no JSON, is an error that names it.
*/
#ifndef SITO_PRESETS_H
#define SITO_PRESETS_H

#include "options.h"

struct sqlite3;

/* What the program carries (made of sql/presets by the build); path NULL ends the list. */
typedef struct SitoPresetText {
    const char *path, *text;
    size_t size;
} SitoPresetText;
extern const SitoPresetText sito_preset_texts[];

/* An argument of CREATE VIRTUAL TABLE. */
typedef struct SitoArgument {
    char *name, *value;
} SitoArgument;

typedef struct SitoArguments {
    SitoArgument *items;
    size_t count, capacity;
} SitoArguments;

/* The value of that name; NULL: not given. */
const char *sito_argument(const SitoArguments *arguments, SitoText name);

/* The description, as it is written. */
int sito_preset_load(struct sqlite3 *db, const char *name, const char *folder, SitoBuffer *text,
                     char **error) SITO_MUST_CHECK;

/* Checks what the user gave and sets the options (preset_use.c). */
int sito_preset_use(struct sqlite3 *db, const SitoBuffer *preset, const SitoArguments *given,
                    SitoRemoteOptions *options, char **error) SITO_MUST_CHECK;

/* The value of a parameter as its type has it: numbers become "2019,2020,2022". *error is a phrase. */
int sito_preset_value(SitoText type, SitoText value, int64_t least, int64_t most, SitoBuffer *out,
                      char **error) SITO_MUST_CHECK;

/* What asked first tells of the address of the file: options->url (preset_ask.c). */
int sito_preset_ask(struct sqlite3 *db, SitoRemoteOptions *options, char **error) SITO_MUST_CHECK;

#endif

/*
** Reading our JSON files strictly: a well-formed object, no key twice, no unknown key inside an
** object of ours, every value of its type. SQLite's JSON functions are the only parser.
*/
#ifndef SITO_JSON_H
#define SITO_JSON_H

#include "base/sito.h"
#include "common/language.h"

struct sqlite3;

/* One key of an object. The object is named by its path, [] for any index: "$.resources[].schema". */
typedef struct SitoKey {
    const char *object;
    const char *key;
    const char *types; /* allowed, by letter: t text, i integer, n number, b true/false, o object,
                          a array, ! null; a leading * marks a key that must be there */
    const char *words; /* the allowed texts, separated by blanks; NULL: any */
} SitoKey;

/* The problems of a file, as lines in the chosen language. */
typedef struct SitoProblems {
    SitoLanguage language;
    const char *file;
    SitoBuffer lines; /* "file: where: what\n" … */
    size_t count;
} SitoProblems;

int sito_problem(SitoProblems *problems, const char *where, const char *format,
                 ...) SITO_MUST_CHECK;

/* Checks `text` (of `size` bytes) against `keys`. Objects of `closed` (a NULL-ended list of paths) admit
** no other keys, but those that hold a colon in "$.dcat". SITO_OK also where problems were found. */
int sito_json_check(struct sqlite3 *db, SitoText text, const SitoKey *keys, size_t count,
                    const char *const *closed, SitoProblems *problems,
                    char **error) SITO_MUST_CHECK;

/* The first problem as an error of kind SITO_MISUSE, with the number of others; SITO_OK where there
** is none. Releases the lines. */
int sito_problems_raise(SitoProblems *problems, char **error) SITO_MUST_CHECK;

#endif

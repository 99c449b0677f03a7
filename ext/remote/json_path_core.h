/*
** Paths into a JSON text, as in JSONPath:   $.results[*].values[*]   @.year   $.results[*]."od d"   $.total
**
** R1  A path begins with $ (the whole text) or @ (the row) and goes on with .name, ."name", [3] or [*].
**     A bare name is letters, digits, _ , - and everything beyond ASCII; other names stand in quotes.
** R2  [*] parts a path: each part is a path of SQLite's from one element of the array before it.
** R3  A name cannot hold a double quote or a control character, which SQLite's paths have no way to say.
** R4  At most SITO_MOST_STARS [*].
*/
#ifndef SITO_JSON_PATH_CORE_H
#define SITO_JSON_PATH_CORE_H

#include "base/sito.h"

enum { SITO_MOST_STARS = 4 };

typedef struct SitoJsonPath {
    bool of_row; /* began with @ */
    size_t stars;
    char *parts[SITO_MOST_STARS + 1]; /* stars + 1 of them: "$", "$.\"a\"[3]" */
} SitoJsonPath;

/* *error is a phrase without the name of the option. */
int sito_json_path_parse(SitoText text, SitoJsonPath *path, char **error) SITO_MUST_CHECK;
/* The path @."name". */
int sito_json_path_member(SitoText name, SitoJsonPath *path, char **error) SITO_MUST_CHECK;
void sito_json_path_free(SitoJsonPath *path);

/* True where `path` leads through the first path->stars arrays of `rows`. */
bool sito_json_path_within(const SitoJsonPath *path, const SitoJsonPath *rows);

#endif

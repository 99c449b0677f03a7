/*
** A data set as it lies on disk: the descriptor (datapackage.json, DESIGN: a Data Package v2 with our
** own objects) and the folder that its paths start from. A bare CSV file is given a descriptor that
** names it and says nothing else.
**
** R1  Unknown keys inside our own objects are problems with a suggestion; elsewhere they are left
**     alone, as the standard asks.
** R2  What a descriptor declares and this version cannot judge is a problem, never passed over.
** R3  Paths stay inside the folder.
*/
#ifndef SITO_PACKAGE_H
#define SITO_PACKAGE_H

#include "base/sito.h"
#include "common/json.h"

typedef struct SitoPackage {
    char *folder;     /* relative paths start here */
    char *descriptor; /* path of the descriptor; NULL for a bare CSV file */
    char *text;       /* JSON */
    char sha256[SITO_SHA256_HEX];
    char *name;
    char *version; /* NULL where none is given */
    int64_t resources;
    char *waivers; /* the text of waivers.json beside the descriptor; NULL: there is none */
    char waivers_sha256[SITO_SHA256_HEX];
} SitoPackage;

/* Reads what `path` names: a folder with datapackage.json, a descriptor (*.json) or a CSV file. The
** problems of the descriptor go to `problems`; the other fields are filled only where there are none.
** Release with sito_package_free, also after errors. */
int sito_package_load(struct sqlite3 *db, SitoPackage *package, const char *path,
                      SitoProblems *problems, char **error) SITO_MUST_CHECK;
void sito_package_free(SitoPackage *package);

/* One text of the descriptor by its JSON path, or NULL; %lld in the path stands for `index`. */
int sito_package_text(struct sqlite3 *db, const SitoPackage *package, char **text, char **error,
                      const char *path, int64_t index) SITO_MUST_CHECK;

#endif

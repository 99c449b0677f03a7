/*
** What lies in a folder against what the catalogue says: lists of files, their digest, the pages over all
** sets, and what an earlier program left unsettled.
*/
#ifndef SITO_PUBLISH_BUNDLE_H
#define SITO_PUBLISH_BUNDLE_H

#include "catalogue/publication.h"
#include "folder/folder.h"

struct sqlite3;

/* A folder, its catalogue and a database to work in. */
typedef struct SitoPlaceOf {
    SitoFolder folder;
    SitoCatalogue *catalogue;
    struct sqlite3 *db; /* with a table `shown` (position, entry): sito_publication_list */
    SitoLanguage language;
} SitoPlaceOf;

/* Opens the database; then opens and locks the folder and fills `shown`. Release with sito_place_close,
** also after errors. */
int sito_place_open(SitoPlaceOf *place, SitoCatalogue *catalogue, SitoLanguage language,
                    char **error) SITO_MUST_CHECK;
int sito_place_enter(SitoPlaceOf *place, const char *folder, bool create,
                     char **error) SITO_MUST_CHECK;
void sito_place_close(SitoPlaceOf *place);
int sito_place_refresh(SitoPlaceOf *place, char **error) SITO_MUST_CHECK;

/* SHA-256 over the sorted lines "path\tsha256\n". Sorts the list. */
int sito_bundle_digest(SitoInputs *files, char digest[SITO_SHA256_HEX]) SITO_MUST_CHECK;

/* The digest of what lies at folder/name; "" where there is nothing, or what is no file. */
int sito_bundle_present(const SitoFolder *folder, const char *name, char digest[SITO_SHA256_HEX],
                        char **error) SITO_MUST_CHECK;

/* Settles what is pending in this folder (R4 of publish.h), then removes what was left. */
int sito_place_settle(SitoPlaceOf *place, int64_t *settled, char **error) SITO_MUST_CHECK;

/* After a failure `rc` between intent and state: the files tell which of the two stands there, and that is
** settled. SITO_OK, without error, where it is the new one after all. */
int sito_place_mend(SitoPlaceOf *place, const char *bundle, int rc, char **error) SITO_MUST_CHECK;

/* Makes the pages over all sets. With `flaws` NULL it replaces those that differ; else it writes nothing
** and adds to the list those that differ or are missing. */
int sito_place_index(SitoPlaceOf *place, SitoInputs *flaws, char **error) SITO_MUST_CHECK;

/* The names of those pages, ended by NULL. */
extern const char *const sito_index_names[];

#endif

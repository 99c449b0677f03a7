/*
** What the files of this room share.
*/
#ifndef SITO_FOLDER_PRIVATE_H
#define SITO_FOLDER_PRIVATE_H

#include <sys/stat.h>

#include "common/file.h"
#include "common/trouble.h"
#include "folder/folder.h"

/* A data set that stands aside while the new one moves in (R2). */
#define SITO_ASIDE ".sito-old."

/* SITO_IOERR with the words for errno. */
int sito_folder_trouble(const SitoFolder *folder, const char *name, char **error);
int sito_folder_sync(const SitoFolder *folder, char **error) SITO_MUST_CHECK;
void sito_folder_random_name(char out[32]);

/* The digest of an open file from where it stands, copied to `to` where that is >= 0. */
int sito_folder_hash(const SitoFolder *folder, const char *name, int from, int to,
                     char sha256[SITO_SHA256_HEX], char **error) SITO_MUST_CHECK;

/* A new file in `dir` from `source` (>= 0) or `text`: on disk and read back. */
int sito_folder_make_file(const SitoFolder *folder, int dir, const char *name, int source,
                          SitoText text, char sha256[SITO_SHA256_HEX],
                          char **error) SITO_MUST_CHECK;

/* Called for everything below a folder; `dir` holds it, folders come after what is in them. */
typedef int (*SitoVisit)(void *context, int dir, const char *name, const char *path, mode_t mode,
                         char **error);

/* Visits dir/name and, where it is a folder, everything in it first. */
int sito_folder_visit(const SitoFolder *folder, int dir, const char *name, const char *prefix,
                      int depth, SitoVisit visit, void *context, char **error) SITO_MUST_CHECK;
int sito_folder_remove_tree(const SitoFolder *folder, const char *name,
                            char **error) SITO_MUST_CHECK;

#endif

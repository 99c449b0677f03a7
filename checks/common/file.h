/*
** Reading the files of a data set: regular files only, never through a symbolic link, whole or not
** at all. Messages are in the chosen language and name the file, never its content.
*/
#ifndef SITO_FILE_H
#define SITO_FILE_H

#include "base/sito.h"
#include "common/language.h"

enum { SITO_FILE_LIMIT = 16 << 20 }; /* bytes of a descriptor, policy or rule */

typedef enum SitoFileKind {
    SITO_FILE_MISSING,
    SITO_FILE_FOLDER,
    SITO_FILE_REGULAR,
    SITO_FILE_OTHER
} SitoFileKind;

SitoFileKind sito_file_kind(const char *path); /* symbolic links are followed */

/* Opens a regular file for reading; what is not one, or is one by way of a symbolic link, is refused. */
int sito_file_open(const char *path, SitoLanguage language, int *fd, int64_t *size,
                   char **error) SITO_MUST_CHECK;

/* The size of a regular file; what is not one, or is one by way of a symbolic link, is refused. */
int sito_file_size(const char *path, SitoLanguage language, int64_t *size,
                   char **error) SITO_MUST_CHECK;

/* The whole file (at most SITO_FILE_LIMIT bytes), a NUL behind it, and its SHA-256. */
int sito_file_read(const char *path, SitoLanguage language, SitoBuffer *content,
                   char sha256[SITO_SHA256_HEX], char **error) SITO_MUST_CHECK;

/* The SHA-256 and the size of a file of any length. */
int sito_file_hash(const char *path, SitoLanguage language, char sha256[SITO_SHA256_HEX],
                   int64_t *size, char **error) SITO_MUST_CHECK;

/* The SHA-256 of a text. */
int sito_text_hash(SitoText text, char sha256[SITO_SHA256_HEX]) SITO_MUST_CHECK;

/* folder/name (just the name in "."); the folder that holds a path ("." where it has none); both to be released. */
char *sito_path_join(const char *folder, const char *name) SITO_MUST_CHECK;
char *sito_path_folder(const char *path) SITO_MUST_CHECK;

#endif

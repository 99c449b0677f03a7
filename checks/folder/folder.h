/*
** A folder whose data sets are replaced whole: a new set of files is staged beside the old one, read
** back, and takes its place in one step. The published folder is one; a data set made anew is another.
**
** R1  Nothing is opened through a symbolic link, and no file is written over another: what is new has a
**     name of its own (.sito-…, closed to others) until it is whole, on disk and read back.
** R2  A data set is one folder. The staged one and the present one change places in one system call;
**     where the file system cannot do that, the old one is moved aside first.
** R3  One program at a time: the folder is locked (flock) from opening to closing.
** R4  What a stopped program left is removed by the next one that holds the lock.
*/
#ifndef SITO_FOLDER_H
#define SITO_FOLDER_H

#include "runner/inputs.h"

typedef struct SitoFolder {
    int fd;
    char *path; /* absolute, without symbolic links */
    SitoLanguage language;
} SitoFolder;

/* Opens the folder and waits, at most a minute, for its lock; with `create` makes it where it is missing
** (not its parents). SITO_MISUSE where it is no folder. */
int sito_folder_open(SitoFolder *folder, const char *path, bool create, SitoLanguage language,
                     char **error) SITO_MUST_CHECK;
/* The same without lock, for looking only. */
int sito_folder_look(SitoFolder *folder, const char *path, SitoLanguage language,
                     char **error) SITO_MUST_CHECK;
void sito_folder_close(SitoFolder *folder);

typedef enum SitoEntry {
    SITO_ENTRY_NONE,
    SITO_ENTRY_FILE,
    SITO_ENTRY_FOLDER,
    SITO_ENTRY_ODD
} SitoEntry;
int sito_folder_entry(const SitoFolder *folder, const char *name, SitoEntry *entry,
                      char **error) SITO_MUST_CHECK;

/* Adds every file below folder/name (folder itself where name is NULL: its files, and the folders in it
** by name alone) with its SHA-256, kind "file"; whatever is neither file nor folder has kind "odd". */
int sito_folder_list(const SitoFolder *folder, const char *name, SitoInputs *files,
                     char **error) SITO_MUST_CHECK;

/* The whole content of folder/name, a NUL behind it; where it is missing SITO_OK and no data. */
int sito_folder_read(const SitoFolder *folder, const char *name, SitoBuffer *content,
                     char **error) SITO_MUST_CHECK;

/* Puts a file in place of another of that name: written beside it, on disk, read back, renamed. */
int sito_folder_replace(const SitoFolder *folder, const char *name, SitoText content,
                        char **error) SITO_MUST_CHECK;

int sito_folder_remove(const SitoFolder *folder, const char *name, char **error) SITO_MUST_CHECK;

/* A data set whose old files stand aside, and nothing in their place, gets them back. */
int sito_folder_restore(const SitoFolder *folder, const char *name, char **error) SITO_MUST_CHECK;

/* What is staged begins with SITO_STAGED; what was begun watched (see below) with SITO_MADE. */
#define SITO_STAGED ".sito-"
#define SITO_MADE SITO_STAGED "made."

/* Removes what a stopped program left under names of one of these beginnings. */
int sito_folder_sweep(const SitoFolder *folder, const char *beginning,
                      char **error) SITO_MUST_CHECK;

/* ---- a data set that is to take its place ---- */

typedef struct SitoStage {
    const SitoFolder *folder;
    int fd;
    char name[32];
    char **watched; /* paths that an end from outside removes */
    size_t watched_count, watched_room;
} SitoStage;

int sito_stage_begin(SitoStage *stage, const SitoFolder *folder, char **error) SITO_MUST_CHECK;

/* The same, and an end from outside (common/interrupt.h) removes at once what is staged, until it is
** placed. Only for what no record knows of: a publication that was interrupted is settled by its intent. */
int sito_stage_begin_watched(SitoStage *stage, const SitoFolder *folder,
                             char **error) SITO_MUST_CHECK;

/* A new file, from memory or from an open file; its path may lead through folders. The digest is of the
** bytes that were taken; what is read back has to have it, too. */
int sito_stage_write(SitoStage *stage, const char *path, SitoText content,
                     char sha256[SITO_SHA256_HEX], char **error) SITO_MUST_CHECK;
int sito_stage_copy(SitoStage *stage, const char *path, int source, char sha256[SITO_SHA256_HEX],
                    char **error) SITO_MUST_CHECK;

/* Everything on disk, and open to readers as the umask has it. */
int sito_stage_close(SitoStage *stage, char **error) SITO_MUST_CHECK;

/* Takes the place of folder/name; what was there is staged now. */
int sito_stage_place(SitoStage *stage, const char *name, char **error) SITO_MUST_CHECK;

/* Takes a data set out of its place, to be dropped. */
int sito_stage_take(SitoStage *stage, const SitoFolder *folder, const char *name,
                    char **error) SITO_MUST_CHECK;

/* The new folder `to`, which must not be there (SITO_MISUSE): staged watched in the folder that holds it,
** filled by fill(stage, context), and placed. */
typedef int (*SitoFill)(SitoStage *stage, void *context, char **error);
int sito_folder_make(const char *to, SitoLanguage language, SitoFill fill, void *context,
                     char **error) SITO_MUST_CHECK;

/* What an earlier program staged under this name. */
int sito_stage_find(SitoStage *stage, const SitoFolder *folder, const char *name,
                    char **error) SITO_MUST_CHECK;

/* Removes what is staged. */
void sito_stage_drop(SitoStage *stage);

#endif

/*
** A new folder that appears whole, or not at all (folder.h).
*/
#include <string.h>

#include "common/file.h"
#include "folder/folder.h"

/* The name of the new folder, the last part of its path. */
static const char *name_of(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

static int make(SitoFolder *folder, const char *to, SitoFill fill, void *context, char **error) {
    SitoStage stage;
    SitoEntry entry = SITO_ENTRY_NONE;
    int rc = sito_folder_entry(folder, name_of(to), &entry, error);
    if (rc == SITO_OK && entry != SITO_ENTRY_NONE) {
        rc = sito_error(error, SITO_MISUSE,
                        sito_say(folder->language,
                                 "%s już jest; podaj inną nazwę nowego folderu (--to)",
                                 "%s is there already; give the new folder another name (--to)"),
                        to);
    }
    rc = rc == SITO_OK ? sito_folder_sweep(folder, SITO_MADE, error) : rc;
    rc = rc == SITO_OK ? sito_stage_begin_watched(&stage, folder, error) : rc;
    if (rc == SITO_OK) {
        rc = fill(&stage, context, error);
        rc = rc == SITO_OK ? sito_stage_close(&stage, error) : rc;
        rc = rc == SITO_OK ? sito_stage_place(&stage, name_of(to), error) : rc;
        if (rc != SITO_OK) {
            sito_stage_drop(&stage);
        }
    }
    return rc;
}

int sito_folder_make(const char *to, SitoLanguage language, SitoFill fill, void *context,
                     char **error) {
    SitoFolder folder;
    size_t size = strlen(to);
    while (size > 1 && to[size - 1] == '/') {
        size--;
    }
    char *path = sito_print("%.*s", (int)size, to);
    char *parent = path != NULL ? sito_path_folder(path) : NULL;
    int rc =
        parent == NULL ? SITO_NOMEM : sito_folder_open(&folder, parent, false, language, error);
    if (rc == SITO_OK) {
        rc = make(&folder, path, fill, context, error);
        sito_folder_close(&folder);
    }
    sito_free(parent);
    sito_free(path);
    return rc;
}

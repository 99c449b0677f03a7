/*
** Finds embedded files (embedded.h).
*/
#include "common/embedded.h"

#include <string.h>

const SitoEmbedded *sito_embedded_find(const SitoEmbedded *list, const char *path) {
    for (; list->path != NULL; list++) {
        if (strcmp(list->path, path) == 0) {
            return list;
        }
    }
    return NULL;
}

/*
** Who stands alone in more than one cell (protect_core.h).
*/
#include <string.h>

#include "protect_core.h"

static uint32_t class_of(uint32_t *classes, uint32_t cell) {
    while (classes[cell] != cell) {
        classes[cell] = classes[classes[cell]];
        cell = classes[cell];
    }
    return cell;
}

int protect_owners_are_simple(const Protect *protect, bool *simple) {
    const TablesSystem *system = protect->system;
    const uint32_t *owners = protect->task->owners;
    uint32_t most = 0;
    *simple = true;
    for (size_t i = 0; owners != NULL && i < system->count; i++) {
        most = owners[i] > most ? owners[i] : most;
    }
    uint32_t *classes = sito_malloc((system->count + 1) * sizeof *classes);
    uint32_t *first = sito_malloc(((size_t)most + 1) * sizeof *first);
    int rc = classes == NULL || first == NULL ? SITO_NOMEM : SITO_OK;
    if (rc == SITO_OK && most > 0) {
        memset(first, 0xff, ((size_t)most + 1) * sizeof *first);
        for (uint32_t i = 0; i < system->count; i++) {
            classes[i] = i;
        }
        for (size_t e = 0; e < system->equations; e++) {
            const uint32_t *parts = system->parts + system->first[e];
            if (system->first[e + 1] - system->first[e] == 2) {
                classes[class_of(classes, parts[0])] = class_of(classes, parts[1]);
            }
        }
        for (uint32_t i = 0; i < system->count && *simple; i++) {
            uint32_t at = class_of(classes, i);
            if (owners[i] != 0 && first[owners[i]] == UINT32_MAX) {
                first[owners[i]] = at;
            }
            *simple = owners[i] == 0 || first[owners[i]] == at;
        }
    }
    sito_free(classes);
    sito_free(first);
    return rc;
}

/*
** The set of rules: those that the program carries, and those of a folder (rule.h).
**
** R1  A folder holds FAMILY/ID.sql; other files and hidden ones are left alone, a folder without
**     any rule is an error: somebody meant something by it.
** R2  Files are regular files; a link, a pipe or a device is refused.
** R3  The order is that of the families below (others behind them, by name), then by id, byte by
**     byte, rules that follow another behind those that do not: what brings other findings with it
**     is read first.
*/
#include "runner/rule.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/embedded.h"

enum { RULE_LIMIT = 10000, FILE_LIMIT = 256 * 1024 + 1 };

static const struct {
    const char *name, *pl, *en;
} families[] = {
    {"structure", "Budowa pliku", "Structure of the file"},
    {"completeness", "Kompletność", "Completeness"},
    {"validity", "Poprawność wartości", "Validity of values"},
    {"consistency", "Spójność", "Consistency"},
    {"personal-data", "Dane osobowe", "Personal data"},
    {"reidentification", "Ryzyko ponownej identyfikacji", "Risk of re-identification"},
    {"procedure", "Procedura", "Procedure"},
};

static size_t family_rank(const char *family) {
    size_t rank = 0;
    while (rank < SITO_COUNT(families) && strcmp(families[rank].name, family) != 0) {
        rank++;
    }
    return rank;
}

const char *sito_family_title(const char *family, SitoLanguage language) {
    size_t rank = family_rank(family);
    return rank == SITO_COUNT(families) ? family
                                        : sito_say(language, families[rank].pl, families[rank].en);
}

static int add(SitoRules *rules, size_t *capacity, const char *path, SitoText text, bool builtin,
               char **error) {
    void *items = rules->items;
    int rc = sito_grow(&items, capacity, rules->count + 1, sizeof *rules->items, RULE_LIMIT);
    rules->items = items;
    if (rc != SITO_OK) {
        return sito_error(error, rc, "more than %d rules", RULE_LIMIT);
    }
    SitoRule *rule = &rules->items[rules->count];
    rc = sito_rule_read(rule, path, text, error);
    if (rc != SITO_OK) {
        return rc;
    }
    rule->builtin = builtin;
    const SitoRule *other = sito_rules_find(rules, rule->id);
    rules->count++;
    if (other != NULL) {
        return sito_error(error, SITO_ERROR, "%s: the id '%s' is taken by a rule of family %s",
                          path, rule->id, other->family);
    }
    return SITO_OK;
}

static bool ends_with(const char *name, const char *end) {
    size_t size = strlen(name), tail = strlen(end);
    return size > tail && strcmp(name + size - tail, end) == 0;
}

static int read_file(const char *path, SitoBuffer *text, char **error) {
    int file = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    struct stat info;
    if (file < 0 || fstat(file, &info) != 0 || !S_ISREG(info.st_mode)) {
        if (file >= 0) {
            close(file);
        }
        return sito_error(error, SITO_CANTOPEN, "%s: no regular file that can be read", path);
    }
    int rc = SITO_OK;
    for (;;) {
        char chunk[16384];
        ssize_t got = read(file, chunk, sizeof chunk);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            rc = sito_error(error, SITO_IOERR, "%s: %s", path, strerror(errno));
        }
        if (got <= 0) {
            break;
        }
        rc = sito_buffer_add(text, chunk, (size_t)got);
        if (rc != SITO_OK) {
            rc = sito_error(error, rc, "%s: a rule is UTF-8 text of at most 256 KiB", path);
            break;
        }
    }
    close(file);
    return rc;
}

static int visible(const struct dirent *entry) {
    return entry->d_name[0] != '.';
}

/* The rules of one family's folder. */
static int add_family(SitoRules *rules, size_t *capacity, const char *folder, char **error) {
    struct dirent **names = NULL;
    int count = scandir(folder, &names, visible, NULL);
    if (count < 0) {
        return errno == ENOTDIR
                   ? SITO_OK
                   : sito_error(error, SITO_CANTOPEN, "%s: %s", folder, strerror(errno));
    }
    int rc = SITO_OK;
    for (int i = 0; i < count; i++) {
        if (rc == SITO_OK && ends_with(names[i]->d_name, ".sql")) {
            SitoBuffer text = {.limit = FILE_LIMIT};
            char *path = sito_print("%s/%s", folder, names[i]->d_name);
            rc = path == NULL ? SITO_NOMEM : read_file(path, &text, error);
            if (rc == SITO_OK) {
                SitoText whole = {text.data != NULL ? text.data : "", text.size};
                rc = add(rules, capacity, path, whole, false, error);
            }
            sito_free(path);
            sito_buffer_free(&text);
        }
        free(names[i]);
    }
    free(names);
    return rc;
}

static int add_folder(SitoRules *rules, size_t *capacity, const char *folder, char **error) {
    struct dirent **names = NULL;
    int count = scandir(folder, &names, visible, NULL);
    if (count < 0) {
        return sito_error(error, SITO_CANTOPEN, "%s: %s", folder, strerror(errno));
    }
    size_t before = rules->count;
    int rc = SITO_OK;
    for (int i = 0; i < count; i++) {
        if (rc == SITO_OK) {
            char *family = sito_print("%s/%s", folder, names[i]->d_name);
            rc = family == NULL ? SITO_NOMEM : add_family(rules, capacity, family, error);
            sito_free(family);
        }
        free(names[i]);
    }
    free(names);
    if (rc == SITO_OK && rules->count == before) {
        rc = sito_error(error, SITO_ERROR, "%s: no rule here; rules lie as FAMILY/ID.sql", folder);
    }
    return rc;
}

static int compare(const void *a, const void *b) {
    const SitoRule *left = a, *right = b;
    size_t left_rank = family_rank(left->family), right_rank = family_rank(right->family);
    if (left_rank != right_rank) {
        return left_rank < right_rank ? -1 : 1;
    }
    int order = strcmp(left->family, right->family);
    if (order == 0) {
        order = (left->follows != NULL) - (right->follows != NULL);
    }
    return order != 0 ? order : strcmp(left->id, right->id);
}

int sito_rules_load(SitoRules *rules, const char *folder, char **error) {
    *rules = (SitoRules){0};
    size_t capacity = 0;
    int rc = SITO_OK;
    for (const SitoEmbedded *file = sito_embedded_rules; file->path != NULL && rc == SITO_OK;
         file++) {
        if (ends_with(file->path, ".sql")) {
            rc = add(rules, &capacity, file->path, (SitoText){file->data, file->size}, true, error);
        }
    }
    if (rc == SITO_OK && folder != NULL) {
        rc = add_folder(rules, &capacity, folder, error);
    }
    if (rc != SITO_OK) {
        sito_rules_free(rules);
        return rc;
    }
    if (rules->count > 0) {
        qsort(rules->items, rules->count, sizeof *rules->items, compare);
    }
    return SITO_OK;
}

void sito_rules_free(SitoRules *rules) {
    for (size_t i = 0; i < rules->count; i++) {
        sito_rule_free(&rules->items[i]);
    }
    sito_free(rules->items);
    *rules = (SitoRules){0};
}

const SitoRule *sito_rules_find(const SitoRules *rules, const char *id) {
    for (size_t i = 0; i < rules->count; i++) {
        if (strcmp(rules->items[i].id, id) == 0) {
            return &rules->items[i];
        }
    }
    return NULL;
}

/*
** The walk through the named folders (inventory.h), in the order of names, byte by byte.
**
** R1  A folder is read whole before anything in it is looked at, so a file that appears meanwhile is met
**     next time. What lies deeper than 200 folders is listed as one item that was not read.
** R2  A file that is met twice, by two of the named paths, is read once.
*/
#include <dirent.h>
#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "private.h"
#include "common/db.h"
#include "common/embedded.h"
#include "common/file.h"
#include "common/trouble.h"

enum { DEEPEST = 200, MOST_NAMES = 1 << 24 };

typedef struct Names {
    char **items;
    size_t count, capacity;
} Names;

/* ---- names ---- */

static int compare_names(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void names_free(Names *names) {
    for (size_t i = 0; i < names->count; i++) {
        sito_free(names->items[i]);
    }
    sito_free(names->items);
    *names = (Names){0};
}

static int names_add(Names *names, const char *name) {
    int rc = sito_grow((void **)&names->items, &names->capacity, names->count + 1,
                       sizeof *names->items, MOST_NAMES);
    char *copy = rc == SITO_OK ? sito_print("%s", name) : NULL;
    if (rc == SITO_OK && copy == NULL) {
        rc = SITO_NOMEM;
    }
    if (rc == SITO_OK) {
        names->items[names->count++] = copy;
    }
    return rc;
}

/* The names in a folder, sorted; *failed is an errno. */
static int read_folder(const char *path, Names *names, int *failed) {
    int rc = SITO_OK;
    DIR *folder = opendir(path);
    *failed = folder == NULL ? errno : 0;
    while (folder != NULL && rc == SITO_OK) {
        errno = 0;
        struct dirent *entry = readdir(folder);
        if (entry == NULL) {
            *failed = errno;
            break;
        }
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            rc = names_add(names, entry->d_name);
        }
    }
    if (folder != NULL) {
        closedir(folder);
    }
    if (names->count > 0) {
        qsort(names->items, names->count, sizeof *names->items, compare_names);
    }
    return rc;
}

/* ---- visiting ---- */

static void show_progress(const Inventory *inventory, const char *path) {
    if (inventory->progress) {
        char *name = sito_inventory_name(path);
        size_t size = name == NULL ? 0 : strlen(name), from = size > 60 ? size - 60 : 0;
        while (from < size && ((unsigned char)name[from] & 0xC0) == 0x80) {
            from++;
        }
        fprintf(stderr, "\r\033[K%lld  %s", (long long)inventory->files,
                size > 0 ? name + from : "");
        fflush(stderr);
        sito_free(name);
    }
}

/* R2: *known tells whether the file was met before; then it is one that was met. */
static int meet(Inventory *inventory, const char *path, bool *known, char **error) {
    char *name = sito_inventory_name(path);
    int rc = name == NULL ? SITO_NOMEM
                          : sito_db_do(inventory->result, error,
                                       "INSERT OR IGNORE INTO met VALUES (?1)", "t", name);
    *known = rc == SITO_OK && sqlite3_changes(inventory->result) == 0;
    sito_free(name);
    return rc;
}

static int visit(Inventory *inventory, const char *path, int depth, char **error);

static int visit_folder(Inventory *inventory, const char *path, int depth, char **error) {
    Names names = {0};
    int failed = 0, rc = SITO_OK;
    const char *trouble = NULL;
    if (depth > DEEPEST) {
        trouble = sito_say(inventory->language, "foldery zagnieżdżone zbyt głęboko",
                           "folders too deep inside each other");
    } else {
        rc = read_folder(path, &names, &failed);
        trouble = failed != 0 ? sito_errno_words(inventory->language, failed) : NULL;
    }
    if (rc == SITO_OK && trouble != NULL) {
        rc = sito_inventory_unread(inventory, path, "folder", -1, trouble, error);
    }
    for (size_t i = 0; i < names.count && rc == SITO_OK; i++) {
        char *inside =
            sito_print("%s%s%s", path, strcmp(path, "/") == 0 ? "" : "/", names.items[i]);
        rc = inside == NULL ? SITO_NOMEM : visit(inventory, inside, depth + 1, error);
        sito_free(inside);
    }
    names_free(&names);
    return rc;
}

static int visit(Inventory *inventory, const char *path, int depth, char **error) {
    struct stat status;
    if (lstat(path, &status) != 0) {
        return sito_inventory_unread(inventory, path, "other", -1,
                                     sito_errno_words(inventory->language, errno), error);
    }
    if (S_ISDIR(status.st_mode)) {
        return visit_folder(inventory, path, depth, error);
    }
    inventory->files++;
    show_progress(inventory, path);
    if (S_ISLNK(status.st_mode)) {
        return sito_inventory_unread(
            inventory, path, "link", -1,
            sito_say(inventory->language,
                     "dowiązanie symboliczne; liczy się plik, na który wskazuje",
                     "a symbolic link; the file that it points at counts"),
            error);
    }
    if (!S_ISREG(status.st_mode)) {
        return sito_inventory_unread(
            inventory, path, "other", -1,
            sito_say(inventory->language, "to nie jest zwykły plik", "this is no regular file"),
            error);
    }
    bool known = false;
    int rc = meet(inventory, path, &known, error);
    return rc != SITO_OK || known ? rc
                                  : sito_inventory_look(inventory, path, status.st_size, error);
}

/* ---- what a descriptor beside the files says of them ---- */

static int read_descriptor(Inventory *inventory, const char *path, char **error) {
    SitoBuffer content = {0};
    char sha256[SITO_SHA256_HEX], *ignored = NULL, *folder = sito_path_folder(path);
    int rc = folder == NULL ? SITO_NOMEM
                            : sito_file_read(path, inventory->language, &content, sha256, &ignored);
    if (rc == SITO_OK) {
        rc = sito_db_do(
            inventory->result, error,
            "WITH doc AS (SELECT iif(json_valid(?1), ?1, '{}') AS text),"
            " owner AS (SELECT c.value ->> '$.title' AS title FROM doc, json_each(text, '$.contributors') AS c"
            "   WHERE c.value ->> '$.roles' LIKE '%\"custodian\"%' LIMIT 1),"
            " named AS (SELECT ?2 || '/' || (r.value ->> '$.path') AS item"
            "             FROM doc, json_each(text, '$.resources') AS r)"
            " UPDATE item SET unit = coalesce(unit, (SELECT title FROM owner)),"
            "   rhythm = coalesce(rhythm, (SELECT replace(text ->> '$.dcat.\"dct:accrualPeriodicity\"',"
            "     'http://publications.europa.eu/resource/authority/frequency/', '') FROM doc))"
            "  WHERE item IN (SELECT item FROM named)",
            "tt", content.data, folder);
    } else if (rc != SITO_NOMEM) { /* the descriptor is listed as a file; that is all */
        rc = SITO_OK;
    }
    sito_buffer_free(&content);
    sito_free(ignored);
    sito_free(folder);
    return rc;
}

static int read_descriptors(Inventory *inventory, char **error) {
    sqlite3_stmt *paths = NULL;
    int rc = sito_db_prepare(inventory->result, &paths, error,
                             "SELECT item FROM item WHERE format = 'descriptor' ORDER BY item", "");
    while (rc == SITO_OK && sqlite3_step(paths) == SQLITE_ROW) {
        rc = read_descriptor(inventory, (const char *)sqlite3_column_text(paths, 0), error);
    }
    sqlite3_finalize(paths);
    return rc;
}

/* ---- all of it ---- */

static int walk_root(Inventory *inventory, const char *path, char **error) {
    char *real = realpath(path, NULL); /* a link that was named is followed */
    if (real == NULL) {
        return sito_error(error, SITO_MISUSE, "%s: %s", path,
                          sito_errno_words(inventory->language, errno));
    }
    char *root = sito_inventory_name(real);
    int rc = root == NULL
                 ? SITO_NOMEM
                 : sito_db_do(inventory->result, error, "INSERT INTO root VALUES (?1)", "t", root);
    inventory->root = root;
    rc = rc == SITO_OK ? visit(inventory, real, 0, error) : rc;
    inventory->root = NULL;
    sito_free(root);
    free(real);
    return rc;
}

int sito_inventory_take(sqlite3 **result, const SitoInventoryOptions *options, char **error) {
    Inventory inventory = {.language = options->language, .progress = options->progress};
    int rc = sito_db_open(result, error);
    inventory.result = *result;
    if (rc == SITO_OK) {
        rc = sito_db_run(*result, sito_embedded_find(sito_embedded_inventory, "result.sql")->data,
                         error);
    }
    for (size_t i = 0; i < options->paths_count && rc == SITO_OK; i++) {
        rc = walk_root(&inventory, options->paths[i], error);
    }
    rc = rc == SITO_OK ? read_descriptors(&inventory, error) : rc;
    if (inventory.progress) {
        fprintf(stderr, "\r\033[K");
    }
    return rc;
}

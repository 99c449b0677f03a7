/*
** Backups of the catalogue.
**
** R1  The copy is made by SQLite's online backup into PATH.unfinished, while others may go on working, put
**     on disk, opened again and verified: integrity of its pages, its guards, as many events as the
**     original had, the chain of seals.
** R2  Only then it gets its name, by a hard link, which fails where the name is taken: a backup never
**     overwrites.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "catalogue/private.h"
#include "common/file.h"
#include "common/trouble.h"

static int trouble(const SitoCatalogue *c, const char *path, char **error) {
    return sito_error(
        error, SITO_CANTOPEN,
        sito_say(c->language, "kopia %s: %s; nie powstała", "the backup %s: %s; it was not made"),
        path, sito_errno_words(c->language, errno));
}

static int refuse_taken(const SitoCatalogue *c, const char *path, char **error) {
    return sito_error(error, SITO_MISUSE,
                      sito_say(c->language,
                               "%s już istnieje; kopia niczego nie zastępuje, podaj inną nazwę",
                               "%s exists already; a backup replaces nothing, name another"),
                      path);
}

/* R1: what the copy says of itself. */
static int verify_copy(SitoCatalogue *c, const char *path, int64_t events, char **error) {
    SitoCatalogue *copy = NULL;
    SitoAudit audit = {0};
    char *raw = NULL, *sound = NULL;
    int rc = sito_catalogue_open(&copy, path, false, c->language, error);
    if (rc == SITO_OK) {
        rc = sito_db_text(copy->db, &sound, &raw, "PRAGMA integrity_check", "");
        rc = sito_catalogue_explain(copy, rc, raw, error);
    }
    if (rc == SITO_OK) {
        rc = sito_catalogue_verify(copy, NULL, &audit, error);
    }
    if (rc == SITO_OK && (strcmp(sound, "ok") != 0 || audit.flaws > 0 || audit.events < events)) {
        rc = sito_error(
            error, SITO_CANTOPEN,
            sito_say(c->language,
                     "kopia %s nie przeszła sprawdzenia, więc jej nie zachowano; sprawdź "
                     "katalog: sito audit verify",
                     "the backup %s did not verify and was not kept; look at the "
                     "catalogue: sito audit verify"),
            path);
    }
    sito_buffer_free(&audit.lines);
    sito_free(sound);
    sito_catalogue_close(copy);
    return rc;
}

static int sync_path(const SitoCatalogue *c, const char *path, int flags, char **error) {
    int fd = open(path, O_RDONLY | O_CLOEXEC | flags);
    int rc = fd >= 0 && fsync(fd) == 0 ? SITO_OK : trouble(c, path, error);
    if (fd >= 0) {
        close(fd);
    }
    return rc;
}

/* R2. */
static int give_name(const SitoCatalogue *c, const char *unfinished, const char *path,
                     char **error) {
    if (link(unfinished, path) != 0) {
        return errno == EEXIST ? refuse_taken(c, path, error) : trouble(c, path, error);
    }
    char *folder = sito_path_folder(path);
    int rc = folder == NULL ? SITO_NOMEM : sync_path(c, folder, O_DIRECTORY, error);
    sito_free(folder);
    return rc;
}

static int make_copy(SitoCatalogue *c, const char *unfinished, const char *path, char **error) {
    char *raw = NULL;
    int64_t events = 0;
    int rc = sito_db_integer(c->db, &events, &raw, "SELECT count(*) FROM event", "");
    rc = rc == SITO_OK ? sito_catalogue_copy(c, unfinished, &raw) : rc;
    if (rc != SITO_OK) {
        sito_free(raw);
        return rc == SITO_NOMEM ? rc
                                : sito_error(error, SITO_CANTOPEN,
                                             sito_say(c->language, "kopia %s nie powstała: %s",
                                                      "the backup %s was not made: %s"),
                                             path, sqlite3_errstr(rc));
    }
    rc = sync_path(c, unfinished, 0, error);
    rc = rc == SITO_OK ? verify_copy(c, unfinished, events, error) : rc;
    return rc == SITO_OK ? give_name(c, unfinished, path, error) : rc;
}

int sito_catalogue_backup(SitoCatalogue *c, const char *path, char **error) {
    struct stat status;
    if (lstat(path, &status) == 0) {
        return refuse_taken(c, path, error);
    }
    char *unfinished = sito_print("%s.unfinished", path);
    if (unfinished == NULL) {
        return SITO_NOMEM;
    }
    int fd = open(unfinished, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    int rc = fd >= 0           ? SITO_OK
             : errno == EEXIST ? refuse_taken(c, unfinished, error)
                               : trouble(c, path, error);
    if (fd >= 0) {
        close(fd);
        rc = make_copy(c, unfinished, path, error);
        unlink(unfinished);
    }
    sito_free(unfinished);
    return rc;
}

/*
** One act on the catalogue: a transaction, and the sentence where it fails (private.h).
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "catalogue/private.h"

/* The part of a trigger's message that is in the reader's language; released with sito_free. */
static char *spoken(const char *message, SitoLanguage language) {
    static const char prefix[] = "sito: ", between[] = " / ";
    if (strncmp(message, prefix, sizeof prefix - 1) == 0) {
        message += sizeof prefix - 1;
    }
    const char *english = strstr(message, between);
    if (english == NULL) {
        return sito_print("%s", message);
    }
    return language == SITO_EN ? sito_print("%s", english + sizeof between - 1)
                               : sito_print("%.*s", (int)(english - message), message);
}

/* Why SQLite failed, or NULL where its own words have to do. */
static const char *cause(int rc, SitoLanguage language) {
    switch (rc) {
    case SQLITE_BUSY:
        return sito_say(language, "inny program właśnie z niego korzysta; spróbuj ponownie",
                        "another program is using it; try again");
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return sito_say(language, "nie wolno do niego pisać", "it may not be written");
    case SQLITE_FULL:
        return sito_say(language, "brak miejsca na dysku", "the disk is full");
    case SQLITE_IOERR:
        return sito_say(language, "błąd odczytu lub zapisu na dysku",
                        "the disk could not be read or written");
    case SQLITE_CANTOPEN:
        return sito_say(language, "nie można otworzyć pliku ani utworzyć go w tym folderze",
                        "the file cannot be opened, nor made in this folder");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return sito_say(language, "plik jest uszkodzony", "the file is damaged");
    default:
        return NULL;
    }
}

int sito_catalogue_explain(const SitoCatalogue *c, int rc, char *raw, char **error) {
    if (rc == SITO_OK || rc == SITO_NOMEM || rc == SITO_INTERRUPT) {
        sito_free(raw);
        return rc;
    }
    if (rc == SQLITE_CONSTRAINT && raw != NULL && strncmp(raw, "sito: ", 6) == 0) {
        char *sentence = spoken(raw, c->language);
        rc = sentence == NULL ? SITO_NOMEM : sito_error(error, SITO_ERROR, "%s", sentence);
        sito_free(sentence);
    } else {
        const char *why = cause(rc, c->language);
        rc = sito_error(error, SITO_CANTOPEN,
                        sito_say(c->language, "katalog %s: %s; niczego nie zapisano",
                                 "catalogue %s: %s; nothing was recorded"),
                        c->path,
                        why != NULL   ? why
                        : raw != NULL ? raw
                                      : sqlite3_errstr(rc));
    }
    sito_free(raw);
    return rc;
}

int sito_catalogue_begin(SitoCatalogue *c, char **error) {
    char *raw = NULL;
    int rc = sito_db_run(c->db, "BEGIN IMMEDIATE", &raw);
    return sito_catalogue_explain(c, rc, raw, error);
}

int sito_catalogue_end(SitoCatalogue *c, int rc, char **error) {
    if (rc == SITO_OK) {
        char *raw = NULL;
        rc = sito_db_run(c->db, "COMMIT", &raw);
        rc = sito_catalogue_explain(c, rc, raw, error);
    }
    if (rc != SITO_OK && !sqlite3_get_autocommit(c->db)) {
        sqlite3_exec(c->db, "ROLLBACK", NULL, NULL, NULL);
    }
    return rc;
}

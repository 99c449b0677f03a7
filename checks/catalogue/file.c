/*
** Tells a catalogue from any other file by its first bytes (catalogue_file.h).
**
** The header of an SQLite file is 100 bytes: 16 of magic, the user version at 60, the application
** id at 68, both big-endian (https://www.sqlite.org/fileformat2.html, section 1.3).
*/
#include "catalogue/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEADER_SIZE = 100, AT_USER_VERSION = 60, AT_APPLICATION_ID = 68 };

static uint32_t big_endian(const unsigned char *bytes) {
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

/* Reads the header; *size is what was there of it. 0, or an errno. */
static int read_header(const char *path, unsigned char header[HEADER_SIZE], size_t *size) {
    *size = 0;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return errno;
    }
    int failed = 0;
    while (*size < HEADER_SIZE) {
        ssize_t got = read(file, header + *size, HEADER_SIZE - *size);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            failed = got < 0 ? errno : 0;
            break;
        }
        *size += (size_t)got;
    }
    close(file);
    return failed;
}

static int refuse(const char *path, SitoLanguage language, const char *pl, const char *en,
                  char **error) {
    return sito_error(error, SITO_CANTOPEN,
                      sito_say(language, "katalog %s: %s", "catalogue %s: %s"), path,
                      sito_say(language, pl, en));
}

static int check_header(const char *path, const unsigned char *header, size_t size,
                        SitoLanguage language, char **error) {
    static const char magic[] = "SQLite format 3"; /* with the NUL that ends it */
    if (size < HEADER_SIZE || memcmp(header, magic, sizeof magic) != 0) {
        return refuse(path, language, "to nie jest baza SQLite", "this is no SQLite database",
                      error);
    }
    if (big_endian(header + AT_APPLICATION_ID) != SITO_CATALOGUE_ID) {
        return refuse(path, language, "ta baza SQLite nie jest katalogiem programu sito",
                      "this SQLite database is no catalogue of sito", error);
    }
    uint32_t version = big_endian(header + AT_USER_VERSION);
    if (version > SITO_CATALOGUE_VERSION) {
        return refuse(path, language,
                      "zapisała go nowsza wersja programu sito; zaktualizuj program",
                      "a newer version of sito wrote it; update the program", error);
    }
    if (version == 0) {
        return refuse(path, language, "brak numeru wersji, więc to nie jest katalog programu sito",
                      "it has no version number, so it is no catalogue of sito", error);
    }
    return SITO_OK;
}

int sito_catalogue_file_check(const char *path, bool create, SitoLanguage language, char **error) {
    struct stat status;
    if (stat(path, &status) != 0) {
        if (errno == ENOENT && create) {
            return SITO_OK;
        }
        return errno == ENOENT
                   ? refuse(path, language,
                            "nie ma takiego pliku; katalog tworzy sito check --catalogue PLIK",
                            "there is no such file; sito check --catalogue FILE makes one", error)
                   : refuse(path, language, "nie można odczytać pliku", "the file cannot be read",
                            error);
    }
    if (S_ISDIR(status.st_mode)) {
        return refuse(path, language, "to jest folder, a katalog programu sito to jeden plik",
                      "this is a folder; the catalogue of sito is one file", error);
    }
    if (!S_ISREG(status.st_mode)) {
        return refuse(path, language, "to nie jest zwykły plik", "this is no regular file", error);
    }
    unsigned char header[HEADER_SIZE];
    size_t size = 0;
    if (read_header(path, header, &size) != 0) {
        return refuse(path, language, "nie można odczytać pliku", "the file cannot be read", error);
    }
    if (size == 0) {
        return create ? SITO_OK
                      : refuse(path, language, "plik jest pusty", "the file is empty", error);
    }
    return check_header(path, header, size, language, error);
}

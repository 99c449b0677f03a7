/*
** The key file (key.h).
*/
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "key.h"

enum { LARGEST_FILE = 1 << 20 };

static const char *say(bool polish, const char *pl, const char *en) {
    return polish ? pl : en;
}

int sito_key_path(char **path, bool polish, char **error) {
    const char *set = getenv("SITO_KEYS"), *home = getenv("HOME");
    bool by_home = (set == NULL || set[0] == 0) && home != NULL && home[0] != 0;
    if (!by_home && (set == NULL || set[0] == 0)) {
        return sito_error(error, SITO_CANTOPEN,
                          say(polish, "nie ma pliku kluczy: nie ustawiono ani SITO_KEYS, ani HOME",
                              "there is no key file: neither SITO_KEYS nor HOME is set"));
    }
    *path = by_home ? sito_print("%s/.config/sito/keys", home) : sito_print("%s", set);
    return *path == NULL ? SITO_NOMEM : SITO_OK;
}

static bool is_name(SitoText name) {
    static const char signs[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
    for (size_t i = 0; i < name.size; i++) {
        if (name.data[i] == 0 || strchr(signs, name.data[i]) == NULL) {
            return false;
        }
    }
    return name.size > 0 && name.size <= SITO_KEY_NAME;
}

static int check_name(SitoText name, bool polish, char **error) {
    return is_name(name)
               ? SITO_OK
               : sito_error(
                     error, SITO_ERROR,
                     say(polish,
                         "nazwa klucza ma od 1 do %d liter bez znaków diakrytycznych, cyfr, kropek, myślników i podkreśleń",
                         "the name of a key has 1 to %d letters without marks, digits, points, dashes and underscores"),
                     SITO_KEY_NAME);
}

/* ---- reading ---- */

static int check_file(int file, const char *path, bool polish, char **error) {
    struct stat st;
    if (fstat(file, &st) != 0) {
        return sito_error(
            error, SITO_IOERR,
            say(polish, "%s: nie można odczytać pliku kluczy", "%s: the key file cannot be read"),
            path);
    }
    if (!S_ISREG(st.st_mode) || st.st_uid != geteuid()) {
        return sito_error(error, SITO_CANTOPEN,
                          say(polish, "%s: plik kluczy nie jest zwykłym plikiem tego użytkownika",
                              "%s: the key file is not a file of your own"),
                          path);
    }
    if ((st.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        return sito_error(error, SITO_CANTOPEN,
                          say(polish, "%s: plik kluczy mogą czytać inni; uruchom: chmod 600 '%s'",
                              "%s: others can read the key file; run: chmod 600 '%s'"),
                          path, path);
    }
    if (st.st_size > LARGEST_FILE) {
        return sito_error(error, SITO_TOOBIG,
                          say(polish, "%s: plik kluczy jest większy niż %d bajtów",
                              "%s: the key file is larger than %d bytes"),
                          path, LARGEST_FILE);
    }
    return SITO_OK;
}

static int read_all(int file, const char *path, SitoBuffer *text, bool polish, char **error) {
    for (;;) {
        if (text->size > LARGEST_FILE) {
            return sito_error(error, SITO_TOOBIG,
                              say(polish, "%s: plik kluczy jest większy niż %d bajtów",
                                  "%s: the key file is larger than %d bytes"),
                              path, LARGEST_FILE);
        }
        int rc = sito_buffer_reserve(text, 4096);
        if (rc != SITO_OK) {
            return rc;
        }
        ssize_t n = read(file, text->data + text->size, 4096);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n < 0) {
            return sito_error(error, SITO_IOERR,
                              say(polish, "%s: nie można odczytać pliku kluczy",
                                  "%s: the key file cannot be read"),
                              path);
        }
        if (n == 0) {
            return SITO_OK;
        }
        text->size += (size_t)n;
    }
}

/* What is in the file goes to *text, to be wiped by forget(). A missing file is SITO_CANTOPEN and
** leaves *error alone. */
static int read_file(const char *path, SitoBuffer *text, bool polish, char **error) {
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (file < 0) {
        return errno == ENOENT
                   ? SITO_CANTOPEN
                   : sito_error(error, SITO_CANTOPEN,
                                say(polish, "%s: nie można otworzyć pliku kluczy: %s",
                                    "%s: the key file cannot be opened: %s"),
                                path,
                                errno == ELOOP ? say(polish, "to dowiązanie symboliczne",
                                                     "it is a symbolic link")
                                               : strerror(errno));
    }
    int rc = check_file(file, path, polish, error);
    rc = rc == SITO_OK ? read_all(file, path, text, polish, error) : rc;
    (void)close(file);
    return rc;
}

static void forget(SitoBuffer *text) {
    if (text->data != NULL) {
        OPENSSL_cleanse(text->data, text->capacity);
    }
    sito_buffer_free(text);
}

static int digit(char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The next line of the text that is neither empty nor a comment; false at the end. */
static bool next_line(const SitoBuffer *text, size_t *position, SitoText *line) {
    while (*position < text->size) {
        const char *start = text->data + *position,
                   *end = memchr(start, '\n', text->size - *position);
        size_t size = end != NULL ? (size_t)(end - start) : text->size - *position;
        *position += size + (end != NULL);
        size -= size > 0 && start[size - 1] == '\r';
        if (size > 0 && start[0] != '#') {
            *line = (SitoText){start, size};
            return true;
        }
    }
    return false;
}

/* NAME HEX; `key` may be NULL. */
static bool split_line(SitoText line, SitoText *name, unsigned char *key) {
    const char *blank = memchr(line.data, ' ', line.size);
    if (blank == NULL) {
        return false;
    }
    *name = (SitoText){line.data, (size_t)(blank - line.data)};
    const char *hex = blank + 1;
    if (!is_name(*name) || line.size - name->size - 1 != 2 * SITO_KEY_SIZE) {
        return false;
    }
    for (size_t i = 0; i < SITO_KEY_SIZE; i++) {
        int high = digit(hex[2 * i]), low = digit(hex[2 * i + 1]);
        if (high < 0 || low < 0) {
            return false;
        }
        if (key != NULL) {
            key[i] = (unsigned char)(high * 16 + low);
        }
    }
    return true;
}

/* SITO_OK with the key, or SITO_CANTOPEN without a message where the name is not there. */
static int find(const SitoBuffer *text, const char *path, SitoText name, unsigned char *key,
                bool polish, char **error) {
    SitoText line, here;
    int number = 0;
    for (size_t position = 0; next_line(text, &position, &line);) {
        number++;
        unsigned char read_key[SITO_KEY_SIZE];
        if (!split_line(line, &here, read_key)) {
            return sito_error(error, SITO_ERROR,
                              say(polish,
                                  "%s: wpis %d to nie nazwa, odstęp i 64 cyfry szesnastkowe",
                                  "%s: entry %d is not a name, a blank and 64 hexadecimal digits"),
                              path, number);
        }
        if (sito_text_equal(here, name)) {
            memcpy(key, read_key, SITO_KEY_SIZE);
            OPENSSL_cleanse(read_key, sizeof read_key);
            return SITO_OK;
        }
    }
    return SITO_CANTOPEN;
}

int sito_key_read(SitoText name, unsigned char key[SITO_KEY_SIZE], bool polish, char **error) {
    char *path = NULL;
    SitoBuffer text = {.limit = LARGEST_FILE + 8192};
    int rc = check_name(name, polish, error);
    rc = rc == SITO_OK ? sito_key_path(&path, polish, error) : rc;
    rc = rc == SITO_OK ? read_file(path, &text, polish, error) : rc;
    rc = rc == SITO_OK ? find(&text, path, name, key, polish, error) : rc;
    if (rc == SITO_CANTOPEN) {
        rc = sito_error(error, rc,
                        say(polish, "%s: nie ma klucza '%.*s'; utwórz go: sito key new %.*s",
                            "%s: there is no key '%.*s'; make one: sito key new %.*s"),
                        path, (int)name.size, name.data, (int)name.size, name.data);
    }
    forget(&text);
    sito_free(path);
    return rc;
}

int sito_key_list(SitoBuffer *names, bool polish, char **error) {
    char *path = NULL;
    SitoBuffer text = {.limit = LARGEST_FILE + 8192};
    int rc = sito_key_path(&path, polish, error);
    rc = rc == SITO_OK ? read_file(path, &text, polish, error) : rc;
    SitoText line, name;
    int number = 0;
    for (size_t position = 0; rc == SITO_OK && next_line(&text, &position, &line);) {
        number++;
        rc =
            !split_line(line, &name, NULL)
                ? sito_error(error, SITO_ERROR,
                             say(polish, "%s: wpis %d to nie nazwa, odstęp i 64 cyfry szesnastkowe",
                                 "%s: entry %d is not a name, a blank and 64 hexadecimal digits"),
                             path, number)
                : sito_buffer_print(names, "%.*s\n", (int)name.size, name.data);
    }
    if (rc == SITO_CANTOPEN && (error == NULL || *error == NULL)) {
        rc = SITO_OK; /* no file yet: no keys */
    }
    forget(&text);
    sito_free(path);
    return rc;
}

/* ---- a new key ---- */

/* Makes the folders of a path, each for its owner alone. */
static int make_folders(char *path, bool polish, char **error) {
    for (char *c = path + 1; *c != 0; c++) {
        if (*c != '/') {
            continue;
        }
        *c = 0;
        int failed = mkdir(path, 0700) != 0 && errno != EEXIST;
        int rc = failed ? sito_error(error, SITO_CANTOPEN,
                                     say(polish, "%s: nie można utworzyć folderu: %s",
                                         "%s: the folder cannot be made: %s"),
                                     path, strerror(errno))
                        : SITO_OK;
        *c = '/';
        if (rc != SITO_OK) {
            return rc;
        }
    }
    return SITO_OK;
}

static int append(int file, const char *path, SitoText name, bool line_end, bool polish,
                  char **error) {
    unsigned char key[SITO_KEY_SIZE];
    char line[1 + SITO_KEY_NAME + 1 + 2 * SITO_KEY_SIZE + 1];
    if (RAND_bytes(key, sizeof key) != 1) {
        return sito_error(error, SITO_ERROR,
                          say(polish, "system nie dał bajtów losowych",
                              "the operating system gave no random bytes"));
    }
    size_t n = 0;
    if (line_end) {
        line[n++] = '\n';
    }
    memcpy(line + n, name.data, name.size);
    n += name.size;
    line[n++] = ' ';
    for (size_t i = 0; i < sizeof key; i++) {
        line[n++] = "0123456789abcdef"[key[i] >> 4];
        line[n++] = "0123456789abcdef"[key[i] & 15];
    }
    line[n++] = '\n';
    off_t end = lseek(file, 0, SEEK_END);
    bool written = end >= 0 && write(file, line, n) == (ssize_t)n && fsync(file) == 0;
    OPENSSL_cleanse(key, sizeof key);
    OPENSSL_cleanse(line, sizeof line);
    if (!written) {
        int cut = end >= 0 ? ftruncate(file, end) : 0;
        return sito_error(
            error, SITO_IOERR,
            say(polish, "%s: nie udało się zapisać klucza%s", "%s: the key could not be written%s"),
            path,
            cut != 0 ? say(polish, ", a w pliku została połowa wiersza",
                           " and the file was left with half a line")
                     : "");
    }
    return SITO_OK;
}

static int add_to_file(int file, const char *path, SitoText name, bool polish, char **error) {
    SitoBuffer text = {.limit = LARGEST_FILE + 8192};
    unsigned char key[SITO_KEY_SIZE];
    int rc = flock(file, LOCK_EX) != 0
                 ? sito_error(error, SITO_IOERR,
                              say(polish, "%s: nie można zablokować pliku kluczy",
                                  "%s: the key file cannot be locked"),
                              path)
                 : check_file(file, path, polish, error);
    rc = rc == SITO_OK ? read_all(file, path, &text, polish, error) : rc;
    rc = rc == SITO_OK ? find(&text, path, name, key, polish, error) : rc;
    if (rc == SITO_OK) {
        OPENSSL_cleanse(key, sizeof key);
        rc = sito_error(
            error, SITO_ERROR,
            say(polish,
                "%s: klucz '%.*s' już jest; klucza się nie nadpisuje, bo tego, co z niego powstało, nie dałoby się powtórzyć",
                "%s: there is a key '%.*s' already; a key is never overwritten, since what it made could not be made again"),
            path, (int)name.size, name.data);
    } else if (rc == SITO_CANTOPEN) {
        bool line_end = text.size > 0 && text.data[text.size - 1] != '\n';
        rc = append(file, path, name, line_end, polish, error);
    }
    forget(&text);
    return rc;
}

int sito_key_new(SitoText name, bool polish, char **error) {
    char *path = NULL;
    int rc = check_name(name, polish, error);
    rc = rc == SITO_OK ? sito_key_path(&path, polish, error) : rc;
    rc = rc == SITO_OK ? make_folders(path, polish, error) : rc;
    if (rc == SITO_OK) {
        int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
        rc = file < 0 ? sito_error(error, SITO_CANTOPEN,
                                   say(polish, "%s: nie można otworzyć pliku kluczy: %s",
                                       "%s: the key file cannot be opened: %s"),
                                   path,
                                   errno == ELOOP ? say(polish, "to dowiązanie symboliczne",
                                                        "it is a symbolic link")
                                                  : strerror(errno))
                      : add_to_file(file, path, name, polish, error);
        if (file >= 0) {
            (void)close(file);
        }
    }
    sito_free(path);
    return rc;
}

int sito_hmac(const unsigned char key[SITO_KEY_SIZE], const void *message, size_t size,
              unsigned char digest[SITO_SHA256_SIZE]) {
    unsigned int length = SITO_SHA256_SIZE;
    return HMAC(EVP_sha256(), key, SITO_KEY_SIZE, message, size, digest, &length) != NULL
               ? SITO_OK
               : SITO_NOMEM;
}

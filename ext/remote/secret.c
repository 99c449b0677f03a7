/*
** Secrets by name (secret.h).
*/
#define _GNU_SOURCE
#include "secret.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/key.h"

enum { MOST_SECRET = 4096 };

void sito_secret_forget(char *value) {
    if (value != NULL) {
        OPENSSL_cleanse(value, strlen(value));
    }
    sito_free(value);
}

/* ---- its value ---- */

static int check_value(const SitoSecret *secret, const char *value, char **error) {
    const char *where = secret->kind == SITO_SECRET_ENV ? "environment variable" : "key file";
    size_t size = strlen(value);
    if (size == 0 || size > MOST_SECRET) {
        return sito_error(error, SITO_ERROR, "remote: the key in the %s %s is %s", where,
                          secret->name, size == 0 ? "empty" : "longer than 4096 characters");
    }
    for (size_t i = 0; i < size; i++) {
        if ((unsigned char)value[i] < 0x20 || (unsigned char)value[i] > 0x7E) {
            return sito_error(
                error, SITO_ERROR,
                "remote: the key in the %s %s has a character that no key has (number "
                "%d); write it on the first line, in ASCII",
                where, secret->name, (int)i + 1);
        }
    }
    return SITO_OK;
}

static int open_file(const char *path, int *file, char **error) {
    struct stat st;
    *file = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    if (*file < 0) {
        return sito_error(error, SITO_CANTOPEN, "remote: the key file %s cannot be opened: %s",
                          path, errno == ELOOP ? "it is a symbolic link" : strerror(errno));
    }
    if (fstat(*file, &st) != 0 || !S_ISREG(st.st_mode) || st.st_uid != geteuid()) {
        return sito_error(error, SITO_CANTOPEN, "remote: the key file %s is not a file of your own",
                          path);
    }
    if ((st.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        return sito_error(error, SITO_CANTOPEN,
                          "remote: others can read the key file %s; run: chmod 600 '%s'", path,
                          path);
    }
    return SITO_OK;
}

/* The first line of the file. */
static int read_file(const char *path, char **value, char **error) {
    char text[MOST_SECRET + 2];
    size_t size = 0;
    int file = -1;
    int rc = open_file(path, &file, error);
    while (rc == SITO_OK && size < sizeof text) {
        ssize_t n = read(file, text + size, sizeof text - size);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n < 0) {
            rc = sito_error(error, SITO_IOERR, "remote: the key file %s cannot be read", path);
        }
        if (n <= 0) {
            break;
        }
        size += (size_t)n;
    }
    if (rc == SITO_OK) {
        const char *end = memchr(text, '\n', size);
        size_t line = end != NULL ? (size_t)(end - text) : size;
        line -= line > 0 && text[line - 1] == '\r';
        *value = sito_malloc(line + 1);
        if (*value != NULL) {
            memcpy(*value, text, line);
            (*value)[line] = 0;
        }
        rc = *value == NULL ? SITO_NOMEM : SITO_OK;
    }
    OPENSSL_cleanse(text, sizeof text);
    if (file >= 0) {
        (void)close(file);
    }
    return rc;
}

int sito_secret_read(const SitoSecret *secret, char **value, char **error) {
    *value = NULL;
    int rc = SITO_OK;
    if (secret->kind == SITO_SECRET_NONE) {
        return SITO_OK;
    }
    if (secret->kind == SITO_SECRET_ENV) {
        const char *set = getenv(secret->name);
        if (set == NULL) {
            return sito_error(
                error, SITO_ERROR,
                "remote: the environment variable %s, which auth_env names, is not set",
                secret->name);
        }
        *value = sito_print("%s", set);
        rc = *value == NULL ? SITO_NOMEM : SITO_OK;
    } else {
        rc = read_file(secret->name, value, error);
    }
    rc = rc == SITO_OK ? check_value(secret, *value, error) : rc;
    if (rc != SITO_OK) {
        sito_secret_forget(*value);
        *value = NULL;
    }
    return rc;
}

/* ---- its digest ---- */

static bool read_key(int folder, unsigned char key[SITO_KEY_SIZE]) {
    struct stat st;
    int file = openat(folder, "secret", O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    bool good = file >= 0 && fstat(file, &st) == 0 && S_ISREG(st.st_mode) &&
                read(file, key, SITO_KEY_SIZE) == SITO_KEY_SIZE;
    if (file >= 0) {
        (void)close(file);
    }
    return good;
}

/* A new key, whole or not at all; the one of another process that was quicker stays. */
static int make_key(const SitoCache *cache, char **error) {
    unsigned char key[SITO_KEY_SIZE];
    SitoPart part = {.file = -1};
    int rc = RAND_bytes(key, sizeof key) == 1
                 ? sito_part_new(cache, &part, error)
                 : sito_error(error, SITO_ERROR, "remote: the system gives no random bytes");
    if (rc == SITO_OK &&
        (write(part.file, key, sizeof key) != (ssize_t)sizeof key || fsync(part.file) != 0 ||
         (linkat(cache->parts, part.name, cache->folder, "secret", 0) != 0 && errno != EEXIST))) {
        rc = sito_cache_trouble(cache, "a key cannot be made", error);
    }
    sito_part_drop(cache, &part);
    OPENSSL_cleanse(key, sizeof key);
    return rc;
}

int sito_secret_digest(const SitoCache *cache, const char *value, char hex[SITO_SHA256_HEX],
                       char **error) {
    static const char digits[] = "0123456789abcdef";
    unsigned char key[SITO_KEY_SIZE], digest[SITO_SHA256_SIZE];
    int rc = read_key(cache->folder, key) ? SITO_OK : make_key(cache, error);
    if (rc == SITO_OK && !read_key(cache->folder, key)) {
        rc = sito_error(
            error, SITO_CANTOPEN,
            "remote: the file secret in the cache folder %s is damaged; remove it, and what "
            "was fetched with a key is fetched again",
            cache->path);
    }
    rc = rc == SITO_OK ? sito_hmac(key, value, strlen(value), digest) : rc;
    OPENSSL_cleanse(key, sizeof key);
    for (size_t i = 0; i < SITO_SHA256_SIZE && rc == SITO_OK; i++) {
        hex[2 * i] = digits[digest[i] >> 4];
        hex[2 * i + 1] = digits[digest[i] & 15];
    }
    hex[SITO_SHA256_HEX - 1] = 0;
    return rc;
}

/*
** The keyed hash of this process and SHA-256 (sito.h).
*/
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <openssl/evp.h>

#include "sito.h"

/* XXH3 asks for at least 136 bytes of secret. They are drawn once, from SQLite's generator, which
** is seeded by the operating system; SQLite's own mutex guards the first drawing. */
static unsigned char secret[192];
static bool secret_drawn;

static void draw_secret(void) {
    sqlite3_mutex *mutex = sqlite3_mutex_alloc(SQLITE_MUTEX_STATIC_APP1);
    sqlite3_mutex_enter(mutex);
    if (!secret_drawn) {
        sqlite3_randomness(sizeof secret, secret);
        __atomic_store_n(&secret_drawn, true, __ATOMIC_RELEASE);
    }
    sqlite3_mutex_leave(mutex);
}

SitoHash128 sito_hash128(const void *bytes, size_t size) {
    if (!__atomic_load_n(&secret_drawn, __ATOMIC_ACQUIRE)) {
        draw_secret();
    }
    XXH128_hash_t hash = XXH3_128bits_withSecret(bytes, size, secret, sizeof secret);
    return (SitoHash128){.low = hash.low64, .high = hash.high64};
}

struct SitoSha256 {
    EVP_MD_CTX *context;
};

int sito_sha256_new(SitoSha256 **hash) {
    *hash = sito_malloc(sizeof **hash);
    if (*hash == NULL) {
        return SITO_NOMEM;
    }
    (*hash)->context = EVP_MD_CTX_new();
    if ((*hash)->context == NULL || EVP_DigestInit_ex((*hash)->context, EVP_sha256(), NULL) != 1) {
        sito_sha256_free(*hash);
        *hash = NULL;
        return SITO_NOMEM;
    }
    return SITO_OK;
}

int sito_sha256_add(SitoSha256 *hash, const void *bytes, size_t size) {
    return EVP_DigestUpdate(hash->context, bytes, size) == 1 ? SITO_OK : SITO_ERROR;
}

int sito_sha256_hex(SitoSha256 *hash, char hex[SITO_SHA256_HEX]) {
    unsigned char digest[SITO_SHA256_SIZE];
    if (EVP_DigestFinal_ex(hash->context, digest, NULL) != 1) {
        return SITO_ERROR;
    }
    for (size_t i = 0; i < SITO_SHA256_SIZE; i++) {
        hex[2 * i] = "0123456789abcdef"[digest[i] >> 4];
        hex[2 * i + 1] = "0123456789abcdef"[digest[i] & 15];
    }
    hex[SITO_SHA256_HEX - 1] = 0;
    return SITO_OK;
}

void sito_sha256_free(SitoSha256 *hash) {
    if (hash != NULL) {
        EVP_MD_CTX_free(hash->context);
        sito_free(hash);
    }
}

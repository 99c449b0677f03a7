/*
** Noise and pseudonyms: the same key gives the same result, another key or domain another one.
**
**   SELECT anon_pseudonym(pesel, 'ops', 'zgloszenia-2024') FROM zgloszenia;
**
** R1  The key is named; its bytes come from the key file (base/key.h), once a statement, and are wiped
**     when the statement is finished.
** R2  HMAC-SHA-256 over the purpose, the domain and the value, each behind its length, so that no two
**     triples have one message. The domain names the data set (of noise: and the column): what one set
**     calls a person says nothing in another.
** R3  A pseudonym is 32 hexadecimal digits: the first 128 bits. Pseudonymised data remain personal data
**     (GDPR art. 4(5), recital 26): who has the key, or guesses values and may ask, can undo it.
** R4  Noise is drawn from the Laplace distribution of the given scale b (mean absolute error b): for u
**     uniform in (-1/2, 1/2), -b sign(u) ln(1 - 2|u|), u made of the first 53 bits. It is rounded to the
**     places of the number. It is no differential privacy: a fixed key answers the same question the
**     same way for ever.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <math.h>
#include <openssl/crypto.h>
#include <string.h>

#include "base/key.h"
#include "base/register.h"
#include "functions.h"

static void forget_key(void *key) {
    OPENSSL_cleanse(key, SITO_KEY_SIZE);
    sito_free(key);
}

/* The key that argument `arg` names; false with the error set. */
static bool load_key(sqlite3_context *context, sqlite3_value **argv, int arg,
                     unsigned char key[SITO_KEY_SIZE]) {
    unsigned char *kept = sqlite3_get_auxdata(context, arg);
    if (kept != NULL) {
        memcpy(key, kept, SITO_KEY_SIZE);
        return true;
    }
    SitoText name;
    char *error = NULL;
    int rc = sito_value_text(argv[arg], &name);
    rc = rc == SITO_OK ? sito_key_read(name, key, false, &error) : rc;
    kept = rc == SITO_OK ? sito_malloc(SITO_KEY_SIZE) : NULL;
    if (kept != NULL) {
        memcpy(kept, key, SITO_KEY_SIZE);
        sqlite3_set_auxdata(context, arg, kept, forget_key);
    } else if (rc == SITO_OK) {
        rc = SITO_NOMEM;
    }
    if (rc != SITO_OK) {
        const SitoFunction *f = sqlite3_user_data(context);
        char *message = error != NULL ? sito_print("%s: %s", f->name, error) : NULL;
        sito_free(error);
        sito_result_failure(context, error != NULL && message == NULL ? SITO_NOMEM : rc, message);
    }
    return rc == SITO_OK;
}

static int add_part(SitoBuffer *message, SitoText part) {
    unsigned char size[8];
    for (int i = 0; i < 8; i++) {
        size[i] = (unsigned char)((uint64_t)part.size >> (8 * i));
    }
    int rc = sito_buffer_add(message, (const char *)size, sizeof size);
    return rc == SITO_OK ? sito_buffer_add(message, part.data, part.size) : rc;
}

static int digest_of(const unsigned char key[SITO_KEY_SIZE], SitoText purpose, SitoText domain,
                     SitoText value, unsigned char digest[SITO_SHA256_SIZE]) {
    SitoBuffer message = {0};
    int rc = add_part(&message, purpose);
    rc = rc == SITO_OK ? add_part(&message, domain) : rc;
    rc = rc == SITO_OK ? add_part(&message, value) : rc;
    rc = rc == SITO_OK ? sito_hmac(key, message.data, message.size, digest) : rc;
    if (message.data != NULL) {
        OPENSSL_cleanse(message.data, message.capacity);
    }
    sito_buffer_free(&message);
    return rc;
}

/* The digest of a call f(value, …, key, domain, …); false with the error set. */
static bool keyed(sqlite3_context *context, sqlite3_value **argv, SitoText purpose, int key_arg,
                  sqlite3_value *value, unsigned char digest[SITO_SHA256_SIZE]) {
    unsigned char key[SITO_KEY_SIZE];
    SitoText domain, text;
    int rc = sito_value_text(argv[key_arg + 1], &domain);
    rc = rc == SITO_OK ? sito_value_text(value, &text) : rc;
    if (rc != SITO_OK) {
        sqlite3_result_error_nomem(context);
        return false;
    }
    if (domain.size == 0) {
        anon_refuse(context, "the domain", "names the data set; it cannot be empty");
        return false;
    }
    if (!load_key(context, argv, key_arg, key)) {
        return false;
    }
    rc = digest_of(key, purpose, domain, text, digest);
    OPENSSL_cleanse(key, sizeof key);
    if (rc != SITO_OK) {
        sito_result_failure(context, rc, NULL);
    }
    return rc == SITO_OK;
}

void anon_pseudonym(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    unsigned char digest[SITO_SHA256_SIZE];
    char hex[33];
    if (sqlite3_value_type(argv[0]) == SQLITE_NULL ||
        !keyed(context, argv, SITO_LITERAL("sito pseudonym 1"), 1, argv[0], digest)) {
        return;
    }
    for (size_t i = 0; i < 16; i++) {
        hex[2 * i] = "0123456789abcdef"[digest[i] >> 4];
        hex[2 * i + 1] = "0123456789abcdef"[digest[i] & 15];
    }
    sqlite3_result_text(context, hex, 32, SQLITE_TRANSIENT);
}

static double laplace(const unsigned char digest[SITO_SHA256_SIZE], double scale) {
    uint64_t bits = 0;
    for (int i = 0; i < 8; i++) {
        bits = bits << 8 | digest[i];
    }
    double u = ((double)(bits >> 11) + 0.5) / 9007199254740992.0 - 0.5;
    return u < 0 ? scale * log1p(2 * u) : -scale * log1p(-2 * u);
}

void anon_noise(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    AnonDecimal number, scale;
    unsigned char digest[SITO_SHA256_SIZE];
    if (sqlite3_value_type(argv[0]) == SQLITE_NULL ||
        !anon_number(context, argv[0], "a value", &number) ||
        !anon_number(context, argv[1], "the scale", &scale)) {
        return;
    }
    if (scale.digits <= 0) {
        anon_refuse(context, "the scale", "is a number above 0");
        return;
    }
    if (sqlite3_value_type(argv[4]) == SQLITE_NULL) {
        anon_refuse(context, "the record", "cannot be NULL: all such records had one noise");
        return;
    }
    if (!keyed(context, argv, SITO_LITERAL("sito noise 1"), 2, argv[4], digest)) {
        return;
    }
    double unit = pow(10, number.scale), b = (double)scale.digits / pow(10, scale.scale);
    double noisy = (double)number.digits + round(laplace(digest, b) * unit);
    if (number.scale == 0 && fabs(noisy) < 9e15) {
        sqlite3_result_int64(context, number.digits + (sqlite3_int64)round(laplace(digest, b)));
    } else {
        sqlite3_result_double(context, noisy / unit);
    }
}

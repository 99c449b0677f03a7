/*
** What a sheet says of a source: its options, as arguments of a virtual table are written.
**
**   delimiter=';', encoding=windows-1250, columns='rok integer, liczba integer'
**
** R1  A value stands in single quotes, a quote in it doubled, or is a word without blanks and commas.
** R2  An argument that would hold a secret is refused: the name of a variable or of a key file goes there.
*/
#include <string.h>

#include "warehouse/private.h"

void sito_declared_free(Source *source) {
    sito_free(source->name);
    sito_free(source->kind);
    sito_free(source->item);
    sito_free(source->qualification);
    sito_free(source->options);
    sito_free(source->columns);
    sito_free(source->required);
    *source = (Source){0};
}

static const char blanks[] = " \t\r\n";
static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";

static int misuse(SitoLanguage language, const char *name, char **error) {
    return sito_error(error, SITO_MISUSE,
                      sito_say(language,
                               "opcje źródła zapisuje się jako nazwa='wartość', po przecinku; "
                               "błąd przy „%s”",
                               "the options of a source are written name='value', separated by "
                               "commas; wrong at \"%s\""),
                      name);
}

/* Names of arguments that hold a secret themselves, not the name of where it is. */
static bool is_secret(const char *name) {
    static const char *const words[] = {"password", "passwd",  "haslo",  "secret", "token",
                                        "apikey",   "api_key", "bearer", "auth",   "authorization"};
    for (size_t i = 0; i < SITO_COUNT(words); i++) {
        if (sqlite3_stricmp(name, words[i]) == 0) {
            return true;
        }
    }
    return false;
}

static int refuse_secret(SitoLanguage language, const char *where, char **error) {
    return sito_error(
        error, SITO_MISUSE,
        sito_say(language,
                 "adres zawiera tajemnicę (%s); podaj adres bez niej, a w opcjach auth_env "
                 "(zmienna środowiska) lub auth_file i auth_param",
                 "the address holds a secret (%s); give it without, and in the options auth_env "
                 "(an environment variable) or auth_file, and auth_param"),
        where);
}

/* R2 of an address: a user with a password, or a parameter that is named like a secret. */
int sito_address_check(const char *address, SitoLanguage language, char **error) {
    static const char *const marks[] = {"key", "token", "secret", "passw", "haslo", "auth", "sig"};
    const char *host = strstr(address, "://");
    host = host == NULL ? address : host + 3;
    const char *at = memchr(host, '@', strcspn(host, "/?#"));
    if (at != NULL) {
        return refuse_secret(language, "user@", error);
    }
    const char *p = strchr(host, '?');
    while (p != NULL && *p != 0 && *p != '#') {
        char name[40] = "";
        size_t size = strcspn(++p, "=&#");
        for (size_t i = 0; i < size && i + 1 < sizeof name; i++) {
            name[i] = (char)(p[i] >= 'A' && p[i] <= 'Z' ? p[i] + ('a' - 'A') : p[i]);
        }
        for (size_t i = 0; i < SITO_COUNT(marks); i++) {
            if (strstr(name, marks[i]) != NULL) {
                return refuse_secret(language, name, error);
            }
        }
        p += strcspn(p, "&#");
    }
    return SITO_OK;
}

static int read_value(const char **at, Argument *argument, SitoLanguage language, char **error) {
    const char *p = *at;
    int rc = SITO_OK;
    if (*p == '\'') {
        for (p++; rc == SITO_OK && *p != 0 && !(p[0] == '\'' && p[1] != '\''); p++) {
            p += *p == '\'';
            rc = sito_buffer_add(&argument->value, p, 1);
        }
        if (rc == SITO_OK && *p == 0) {
            return misuse(language, argument->name, error);
        }
        p++;
    } else {
        size_t size = strcspn(p, ", \t\r\n'\"()");
        rc = size == 0 ? misuse(language, argument->name, error)
                       : sito_buffer_add(&argument->value, p, size);
        p += size;
    }
    p += strspn(p, blanks);
    if (rc == SITO_OK && *p != 0 && *p != ',') {
        return misuse(language, argument->name, error);
    }
    *at = *p == ',' ? p + 1 : p;
    return rc == SITO_OK ? sito_buffer_add(&argument->value, "", 1) : rc;
}

int sito_argument_next(const char **at, Argument *argument, bool *found, SitoLanguage language,
                       char **error) {
    *found = false;
    argument->value.size = 0;
    const char *p = *at + strspn(*at, blanks);
    if (*p == 0) {
        *at = p;
        return SITO_OK;
    }
    size_t size = strspn(p, letters);
    if (size == 0 || size >= sizeof argument->name) {
        return misuse(language, "…", error);
    }
    memcpy(argument->name, p, size);
    argument->name[size] = 0;
    p += size;
    p += strspn(p, blanks);
    if (*p != '=') {
        return misuse(language, argument->name, error);
    }
    if (is_secret(argument->name)) {
        return sito_error(error, SITO_MISUSE,
                          sito_say(language,
                                   "opcja „%s” zawierałaby tajemnicę; podaj nazwę zmiennej "
                                   "środowiska (auth_env) albo pliku klucza",
                                   "the option \"%s\" would hold a secret; give the name of an "
                                   "environment variable (auth_env) or of a key file"),
                          argument->name);
    }
    p++;
    *at = p + strspn(p, blanks);
    *found = true;
    return read_value(at, argument, language, error);
}

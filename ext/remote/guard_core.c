/*
** Addresses that are not public, and keys in URLs (guard_core.h).
*/
#include "guard_core.h"

#include <string.h>

/* ---- addresses ---- */

typedef struct Range {
    unsigned char prefix[16];
    unsigned bits;
    const char *kind;
} Range;

/* Sources: RFC 6890 and the registries that continue it, RFC 6598, 5737, 2544, 5771, 1112. */
static const Range ranges4[] = {
    {{0}, 8, "an address of this network"},
    {{10}, 8, "private"},
    {{100, 64}, 10, "shared by customers of one provider"},
    {{127}, 8, "loopback"},
    {{169, 254}, 16, "link-local"},
    {{172, 16}, 12, "private"},
    {{192, 0, 0}, 24, "reserved"},
    {{192, 0, 2}, 24, "reserved for documentation"},
    {{192, 88, 99}, 24, "reserved"},
    {{192, 168}, 16, "private"},
    {{198, 18}, 15, "reserved for measurements"},
    {{198, 51, 100}, 24, "reserved for documentation"},
    {{203, 0, 113}, 24, "reserved for documentation"},
    {{224}, 4, "multicast"},
    {{240}, 4, "reserved"},
};

/* RFC 4291, 4193, 3879, 6666, 8215, 3849, 9637, 4380 (Teredo) and 2928. */
static const Range ranges6[] = {
    {{[15] = 1}, 128, "loopback"},
    {{0}, 128, "an address of this network"},
    {{0xFC}, 7, "private"},
    {{0xFE, 0x80}, 10, "link-local"},
    {{0xFE, 0xC0}, 10, "private"},
    {{0xFF}, 8, "multicast"},
    {{0x20, 0x01}, 23, "reserved"},
    {{0x20, 0x01, 0x0D, 0xB8}, 32, "reserved for documentation"},
    {{0x3F, 0xFF}, 20, "reserved for documentation"},
};

/* Where an IPv6 address holds an IPv4 one, and at which byte. */
static const struct Inner {
    Range range;
    size_t at;
} inners[] = {
    {{{[10] = 0xFF, 0xFF}, 96, NULL}, 12},      /* mapped */
    {{{0}, 96, NULL}, 12},                      /* compatible */
    {{{0x00, 0x64, 0xFF, 0x9B}, 96, NULL}, 12}, /* NAT64 */
    {{{0x20, 0x02}, 16, NULL}, 2},              /* 6to4 */
};

static bool in_range(const unsigned char *bytes, const Range *range) {
    size_t whole = range->bits / 8;
    unsigned rest = range->bits % 8;
    return memcmp(bytes, range->prefix, whole) == 0 &&
           (rest == 0 || (bytes[whole] ^ range->prefix[whole]) >> (8 - rest) == 0);
}

static const char *kind_in(const unsigned char *bytes, const Range *ranges, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (in_range(bytes, &ranges[i])) {
            return ranges[i].kind;
        }
    }
    return NULL;
}

static const char *kind_of_6(const unsigned char *bytes) {
    const char *kind = kind_in(bytes, ranges6, SITO_COUNT(ranges6));
    if (kind != NULL) {
        return kind;
    }
    for (size_t i = 0; i < SITO_COUNT(inners); i++) {
        if (in_range(bytes, &inners[i].range)) {
            return kind_in(bytes + inners[i].at, ranges4, SITO_COUNT(ranges4));
        }
    }
    bool global = bytes[0] >> 5 == 1; /* 2000::/3, all that is given out */
    return global ? NULL : "reserved";
}

const char *sito_address_kind(const unsigned char *bytes, size_t size) {
    return size == 4    ? kind_in(bytes, ranges4, SITO_COUNT(ranges4))
           : size == 16 ? kind_of_6(bytes)
                        : "of an unknown kind";
}

/* ---- keys in URLs ---- */

static char lower(char c) {
    return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

static int hex_value(char c) {
    c = lower(c);
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The name in small letters, percent signs resolved, - and _ and points left out. */
static void plain_name(SitoText name, char plain[64]) {
    size_t n = 0;
    for (size_t i = 0; i < name.size && n < 63; i++) {
        char c = name.data[i];
        if (c == '%' && i + 2 < name.size && hex_value(name.data[i + 1]) >= 0 &&
            hex_value(name.data[i + 2]) >= 0) {
            c = (char)(hex_value(name.data[i + 1]) * 16 + hex_value(name.data[i + 2]));
            i += 2;
        }
        if (c != 0 && strchr("-_.[]", c) == NULL) {
            plain[n++] = lower(c);
        }
    }
    plain[n] = 0;
}

bool sito_name_is_secret(SitoText name) {
    static const char *const parts[] = {
        "apikey",          "accesskey", "secret",     "token",   "passw",     "passphr", "pwd",
        "haslo",           "auth",      "credential", "session", "signature", "appkey",  "jwt",
        "subscriptionkey", "userkey",   "klucz"};
    static const char *const whole[] = {"key", "sig", "cookie", "setcookie", "proxyauthorization"};
    char plain[64];
    plain_name(name, plain);
    for (size_t i = 0; i < SITO_COUNT(parts); i++) {
        if (strstr(plain, parts[i]) != NULL) {
            return strcmp(plain, "author") != 0 && strcmp(plain, "authors") != 0;
        }
    }
    for (size_t i = 0; i < SITO_COUNT(whole); i++) {
        if (strcmp(plain, whole[i]) == 0) {
            return true;
        }
    }
    return false;
}

int sito_hide_text(SitoBuffer *shown, SitoText text, const char *secret) {
    size_t size = secret != NULL ? strlen(secret) : 0;
    int rc = SITO_OK;
    for (size_t i = 0; i < text.size && rc == SITO_OK;) {
        bool here = size > 0 && text.size - i >= size && memcmp(text.data + i, secret, size) == 0;
        rc = here ? sito_buffer_add(shown, "***", 3) : sito_buffer_add(shown, text.data + i, 1);
        i += here ? size : 1;
    }
    return rc;
}

/* One name=value of a query. */
static int add_parameter(SitoBuffer *shown, SitoText pair, const char *hidden, const char *secret) {
    const char *equals = memchr(pair.data, '=', pair.size);
    SitoText name = {pair.data, equals != NULL ? (size_t)(equals - pair.data) : pair.size};
    bool hide =
        equals != NULL &&
        (sito_name_is_secret(name) ||
         (hidden != NULL && sito_text_equal_nocase(name, (SitoText){hidden, strlen(hidden)})));
    if (!hide) {
        return sito_hide_text(shown, pair, secret);
    }
    int rc = sito_buffer_add(shown, name.data, name.size);
    return rc == SITO_OK ? sito_buffer_add(shown, "=***", 4) : rc;
}

int sito_show_url(SitoBuffer *shown, SitoText url, const char *hidden, const char *secret) {
    const char *query = memchr(url.data, '?', url.size);
    size_t at = query != NULL ? (size_t)(query - url.data) + 1 : url.size;
    int rc = sito_hide_text(shown, (SitoText){url.data, at}, secret);
    while (at < url.size && rc == SITO_OK) {
        size_t end = at;
        while (end < url.size && strchr("&;#", url.data[end]) == NULL) {
            end++;
        }
        rc = add_parameter(shown, (SitoText){url.data + at, end - at}, hidden, secret);
        rc = rc == SITO_OK && end < url.size ? sito_buffer_add(shown, url.data + end, 1) : rc;
        at = end + 1;
    }
    return rc;
}

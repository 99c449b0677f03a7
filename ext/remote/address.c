/*
** Addresses of sockets and of hosts (address.h).
*/
#define _GNU_SOURCE
#include "address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "guard_core.h"

bool sito_address_plays_public;

static const char *kind_of_4(const unsigned char *bytes) {
    static const unsigned char player[4] = {127, 0, 0, 1};
    bool plays = sito_address_plays_public && memcmp(bytes, player, sizeof player) == 0;
    return plays ? NULL : sito_address_kind(bytes, 4);
}

const char *sito_socket_kind(const struct sockaddr *address) {
    if (address->sa_family == AF_INET) {
        struct sockaddr_in in;
        memcpy(&in, address, sizeof in);
        return kind_of_4((const unsigned char *)&in.sin_addr);
    }
    if (address->sa_family == AF_INET6) {
        struct sockaddr_in6 in6;
        memcpy(&in6, address, sizeof in6);
        return sito_address_kind((const unsigned char *)&in6.sin6_addr, 16);
    }
    return "of an unknown kind";
}

/* The host without the brackets of an IPv6 address and the dot behind a whole name. */
static bool plain_host(const char *host, char plain[256]) {
    size_t size = strlen(host), from = host[0] == '[';
    size -= size > 0 && (host[size - 1] == '.' || host[size - 1] == ']');
    if (size <= from || size - from >= 256) {
        return false;
    }
    memcpy(plain, host + from, size - from);
    plain[size - from] = 0;
    return true;
}

const char *sito_host_kind(const char *host) {
    unsigned char bytes[16];
    char plain[256];
    if (!plain_host(host, plain)) {
        return "of an unknown kind";
    }
    if (inet_pton(AF_INET, plain, bytes) == 1) {
        return kind_of_4(bytes);
    }
    if (inet_pton(AF_INET6, plain, bytes) == 1) {
        return sito_address_kind(bytes, 16);
    }
    const char *last = strrchr(plain, '.');
    return last == NULL || strcmp(last, ".localhost") == 0 ? "a name of this network" : NULL;
}

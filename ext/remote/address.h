/*
** What kind of address a socket goes to, or a host is written as (guard_core.h).
*/
#ifndef SITO_ADDRESS_H
#define SITO_ADDRESS_H

#include "base/sito.h"

struct sockaddr;

/* NULL: public. */
const char *sito_socket_kind(const struct sockaddr *address);

/* The kind of a host that is written as an address, NULL where that is public or the host is a name
** that may be; for names of this network (localhost, printer) a kind too. All that can be judged of a
** host to which a proxy makes the connection. */
const char *sito_host_kind(const char *host);

/* What tests put in: 127.0.0.1 plays a public address, and 127.0.0.2 stays what it is. */
extern bool sito_address_plays_public;

#endif

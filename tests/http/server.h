/*
** http-server: sends reply files to HTTP clients, byte for byte, on 127.0.0.1 and 127.0.0.2 only.
**
**   http-server --root FOLDER… [--ready FILE] [--log FILE] [--seconds N] [--tls NAME=CERT,KEY]…
**
** GET /bdl/data?page=0 is answered by the first of these files that is there:
**   bdl/data?page=0.N.reply   bdl/data?page=0.reply   bdl/data.N.reply   bdl/data.reply   bdl/data
** N counts the requests for that path from 1; the last of them stays. The last form is any file, sent
** with status 200, its length and an ETag. Anything else is a 404. Percent-encoded bytes in these names
** have small letters.
**
** A .reply file begins with directives, one a line, and goes on with what is sent:
**   #! delay MS           wait before anything is sent
**   #! drip BYTES MS      so many bytes at a time, with pauses
**   #! hang MS            wait, with all sent, before the connection is closed
**   #! stop BYTES         send so many bytes and close
**   #! reset              close with a reset
**   #! repeat N           the body is sent N times
**   #! require NAME: V    a request without this header line is answered by 403
**   #! forbid NAME        a request with such a header is answered by 400
**   #! unless "ETAG"      a request whose If-None-Match is this is answered by 304
**   #! raw                what follows is sent as it lies there
** Otherwise line ends of the head become CR LF, and @LENGTH@ in it is the length of the body; @HTTP@,
** @OTHER@ and @TLS:NAME@ anywhere are 127.0.0.1, 127.0.0.2 and 127.0.0.1 with the port.
**
** R1  The server ends after --seconds (60, at most 600), whatever happens.
** R2  --ready is written whole when the ports are open: HTTP=PORT, TLS_NAME=PORT, one a line.
** R3  --log gets one line a request: method, target, address asked, and all header lines after " | ".
*/
#ifndef SITO_HTTP_SERVER_H
#define SITO_HTTP_SERVER_H

#include <openssl/ssl.h>
#include <stdbool.h>
#include <stddef.h>

enum { MOST_ROOTS = 4, MOST_TLS = 8, MOST_REQUEST = 1 << 16, MOST_CONDITIONS = 4 };

typedef struct Listener {
    int socket;
    const char *address; /* "127.0.0.1" */
    SSL_CTX *tls;        /* NULL: plain */
} Listener;

typedef struct Tls {
    char name[32];
    int port;
} Tls;

typedef struct Server {
    const char *roots[MOST_ROOTS];
    size_t root_count;
    const char *log;
    int port;
    Tls tls[MOST_TLS];
    size_t tls_count;
} Server;

typedef struct Peer {
    int socket;
    SSL *ssl; /* NULL: plain */
    const char *address;
} Peer;

typedef struct Reply {
    long delay, drip_bytes, drip_ms, hang, stop, repeat;
    bool reset, raw;
    const char *require[MOST_CONDITIONS], *forbid[MOST_CONDITIONS], *unless;
    size_t require_count, forbid_count;
    char *text; /* the file; directives are cut into texts */
    char *head; /* what is sent first */
    size_t head_size;
    char *body;
    size_t body_size;
} Reply;

/* reply.c: the file for a request, as a reply; false: there is none. */
bool reply_find(const Server *server, const char *asked, Reply *reply);
void reply_free(Reply *reply);
void reply_status(Reply *reply, const char *status, const char *header);

/* serve.c: answers one connection and closes it. */
void serve(const Server *server, Peer *peer);

/* The value of a header line of a request, or NULL; up to its end of line. */
bool header_is(const char *request, const char *line);
bool header_there(const char *request, const char *name);

#endif

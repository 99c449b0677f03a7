/*
** One connection: a request is read, logged and answered (server.h).
*/
#define _GNU_SOURCE
#include "server.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static void pause_ms(long ms) {
    struct timespec time = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
    (void)nanosleep(&time, NULL);
}

static long peer_read(Peer *peer, char *data, size_t size) {
    return peer->ssl != NULL ? SSL_read(peer->ssl, data, (int)size)
                             : (long)recv(peer->socket, data, size, 0);
}

static bool peer_write(Peer *peer, const char *data, size_t size) {
    while (size > 0) {
        size_t some = size < 1 << 20 ? size : 1 << 20;
        long n = peer->ssl != NULL ? SSL_write(peer->ssl, data, (int)some)
                                   : (long)send(peer->socket, data, some, MSG_NOSIGNAL);
        if (n <= 0) {
            return false;
        }
        data += n;
        size -= (size_t)n;
    }
    return true;
}

/* ---- the request ---- */

static bool read_request(Peer *peer, char request[MOST_REQUEST]) {
    size_t size = 0;
    request[0] = 0;
    while (strstr(request, "\r\n\r\n") == NULL) {
        long n =
            size < MOST_REQUEST - 1 ? peer_read(peer, request + size, MOST_REQUEST - 1 - size) : 0;
        if (n <= 0) {
            return false;
        }
        size += (size_t)n;
        request[size] = 0;
    }
    return true;
}

/* The next header line behind `line`, or NULL. */
static const char *next_line(const char *line) {
    const char *end = strstr(line, "\r\n");
    return end != NULL && strncmp(end + 2, "\r\n", 2) != 0 ? end + 2 : NULL;
}

bool header_is(const char *request, const char *line) {
    size_t size = strlen(line);
    for (const char *at = next_line(request); at != NULL; at = next_line(at)) {
        if (strncasecmp(at, line, size) == 0 && strncmp(at + size, "\r\n", 2) == 0) {
            return true;
        }
    }
    return false;
}

bool header_there(const char *request, const char *name) {
    size_t size = strlen(name);
    for (const char *at = next_line(request); at != NULL; at = next_line(at)) {
        if (strncasecmp(at, name, size) == 0 && at[size] == ':') {
            return true;
        }
    }
    return false;
}

/* One write, so that lines of two threads do not mix. */
static void log_request(const Server *server, const Peer *peer, const char *request,
                        const char *method, const char *target) {
    char *line = malloc(2 * MOST_REQUEST);
    int file = server->log != NULL
                   ? open(server->log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600)
                   : -1;
    if (line != NULL && file >= 0) {
        size_t size =
            (size_t)snprintf(line, MOST_REQUEST, "%s %s %s", method, target, peer->address);
        for (const char *at = next_line(request); at != NULL; at = next_line(at)) {
            size += (size_t)snprintf(line + size, 2 * MOST_REQUEST - size - 1, " | %.*s",
                                     (int)(strstr(at, "\r\n") - at), at);
        }
        line[size++] = '\n';
        if (write(file, line, size) != (ssize_t)size) {
            fputs("http-server: the log cannot be written\n", stderr);
        }
    }
    if (file >= 0) {
        close(file);
    }
    free(line);
}

/* ---- the answer ---- */

/* Conditions that a reply sets; one that is not met takes its place. */
static void check_conditions(const char *request, Reply *reply) {
    char line[512];
    for (size_t i = 0; i < reply->require_count; i++) {
        if (!header_is(request, reply->require[i])) {
            reply_status(reply, "403 Forbidden", "");
            return;
        }
    }
    for (size_t i = 0; i < reply->forbid_count; i++) {
        if (header_there(request, reply->forbid[i])) {
            reply_status(reply, "400 Bad Request", "");
            return;
        }
    }
    if (reply->unless != NULL) {
        char etag[256];
        snprintf(line, sizeof line, "If-None-Match: %s", reply->unless);
        snprintf(etag, sizeof etag, "ETag: %s\r\n", reply->unless);
        if (header_is(request, line)) { /* the texts of the reply go with it */
            long delay = reply->delay;
            reply_status(reply, "304 Not Modified", etag);
            reply->delay = delay;
        }
    }
}

/* Sends as the directives say; `left` is what may be sent before the connection is cut. */
static bool send_some(Peer *peer, const Reply *reply, const char *data, size_t size, long *left) {
    size_t allowed = *left < 0 || size < (size_t)*left ? size : (size_t)*left;
    if (*left >= 0) {
        *left -= (long)allowed;
    }
    if (reply->drip_bytes <= 0) {
        return peer_write(peer, data, allowed) && allowed == size;
    }
    for (size_t at = 0; at < allowed;) {
        size_t some =
            (size_t)reply->drip_bytes < allowed - at ? (size_t)reply->drip_bytes : allowed - at;
        if (!peer_write(peer, data + at, some)) {
            return false;
        }
        at += some;
        pause_ms(reply->drip_ms);
    }
    return allowed == size;
}

static void send_reply(Peer *peer, const Reply *reply) {
    long left = reply->stop > 0 ? reply->stop : -1;
    pause_ms(reply->delay);
    bool good = send_some(peer, reply, reply->head, reply->head_size, &left);
    for (long i = 0; good && i < (reply->repeat > 0 ? reply->repeat : 1); i++) {
        good = send_some(peer, reply, reply->body, reply->body_size, &left);
    }
    pause_ms(reply->hang);
}

static void end_connection(Peer *peer, bool reset) {
    char rest[4096];
    if (reset) {
        struct linger hard = {.l_onoff = 1, .l_linger = 0};
        (void)setsockopt(peer->socket, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
        return;
    }
    if (peer->ssl != NULL) {
        (void)SSL_shutdown(peer->ssl);
    }
    (void)shutdown(peer->socket, SHUT_WR);
    while (recv(peer->socket, rest, sizeof rest, 0) > 0) {
        /* what the client still sends, so that closing does not reset */
    }
}

void serve(const Server *server, Peer *peer) {
    char *request = malloc(MOST_REQUEST);
    char method[16], target[4096];
    Reply reply = {0};
    if (request != NULL && read_request(peer, request) &&
        sscanf(request, "%15s %4095s", method, target) == 2) {
        log_request(server, peer, request, method, target);
        if (strcmp(method, "GET") != 0) {
            reply_status(&reply, "405 Method Not Allowed", "");
        } else if (!reply_find(server, target, &reply)) {
            reply_status(&reply, "404 Not Found", "");
        }
        check_conditions(request, &reply);
        send_reply(peer, &reply);
        end_connection(peer, reply.reset);
        reply_free(&reply);
    }
    free(request);
}

/*
** http-server: options, ports, one thread a connection (server.h).
*/
#define _GNU_SOURCE
#include "server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST_LISTENERS = MOST_TLS + 2, BACKLOG = 256 };

static Server server;
static Listener listeners[MOST_LISTENERS];
static size_t listener_count;

static void fail(const char *what) {
    fprintf(stderr, "http-server: %s\n", what);
    exit(2);
}

/* ---- ports ---- */

/* A listening socket; *port 0 takes any, and is set. -1 where the port is taken. */
static int listen_on(const char *address, int *port) {
    struct sockaddr_in in = {.sin_family = AF_INET, .sin_port = htons((uint16_t)*port)};
    socklen_t size = sizeof in;
    int file = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;
    if (file < 0 || inet_pton(AF_INET, address, &in.sin_addr) != 1) {
        fail("no socket");
    }
    (void)setsockopt(file, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(file, (struct sockaddr *)&in, size) != 0 || listen(file, BACKLOG) != 0 ||
        getsockname(file, (struct sockaddr *)&in, &size) != 0) {
        close(file);
        return -1;
    }
    *port = ntohs(in.sin_port);
    return file;
}

static void add_listener(int file, const char *address, SSL_CTX *tls) {
    listeners[listener_count++] = (Listener){.socket = file, .address = address, .tls = tls};
}

/* The same port on both addresses. */
static void open_plain(void) {
    for (int tries = 0; tries < 50; tries++) {
        server.port = 0;
        int first = listen_on("127.0.0.1", &server.port);
        int second = first >= 0 ? listen_on("127.0.0.2", &server.port) : -1;
        if (second >= 0) {
            add_listener(first, "127.0.0.1", NULL);
            add_listener(second, "127.0.0.2", NULL);
            return;
        }
        if (first >= 0) {
            close(first);
        }
    }
    fail("no port");
}

/* NAME=CERT,KEY */
static void open_tls(char *text) {
    char *equals = strchr(text, '='), *comma = equals != NULL ? strchr(equals, ',') : NULL;
    SSL_CTX *tls = SSL_CTX_new(TLS_server_method());
    if (comma == NULL || tls == NULL || server.tls_count == MOST_TLS) {
        fail("--tls NAME=CERT,KEY");
    }
    *equals = *comma = 0;
    if (SSL_CTX_use_certificate_chain_file(tls, equals + 1) != 1 ||
        SSL_CTX_use_PrivateKey_file(tls, comma + 1, SSL_FILETYPE_PEM) != 1) {
        fail("a certificate or its key cannot be read");
    }
    Tls *entry = &server.tls[server.tls_count++];
    snprintf(entry->name, sizeof entry->name, "%s", text);
    int file = listen_on("127.0.0.1", &entry->port);
    if (file < 0) {
        fail("no port");
    }
    add_listener(file, "127.0.0.1", tls);
}

static void write_ready(const char *path) {
    char part[4096];
    snprintf(part, sizeof part, "%s.part", path);
    FILE *out = fopen(part, "w");
    if (out == NULL) {
        fail("--ready cannot be written");
    }
    fprintf(out, "HTTP=%d\n", server.port);
    for (size_t i = 0; i < server.tls_count; i++) {
        fprintf(out, "TLS_%s=%d\n", server.tls[i].name, server.tls[i].port);
    }
    if (fclose(out) != 0 || rename(part, path) != 0) {
        fail("--ready cannot be written");
    }
}

/* ---- connections ---- */

typedef struct Connection {
    int socket;
    const Listener *listener;
} Connection;

static void *run_connection(void *data) {
    Connection connection = *(Connection *)data;
    free(data);
    Peer peer = {.socket = connection.socket, .address = connection.listener->address};
    struct timeval patience = {.tv_sec = 20};
    (void)setsockopt(peer.socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    (void)setsockopt(peer.socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    bool good = true;
    if (connection.listener->tls != NULL) {
        peer.ssl = SSL_new(connection.listener->tls);
        good =
            peer.ssl != NULL && SSL_set_fd(peer.ssl, peer.socket) == 1 && SSL_accept(peer.ssl) == 1;
    }
    if (good) {
        serve(&server, &peer);
    }
    SSL_free(peer.ssl);
    close(peer.socket);
    return NULL;
}

static void accept_one(const Listener *listener) {
    pthread_t thread;
    Connection *connection = malloc(sizeof *connection);
    int file = accept4(listener->socket, NULL, NULL, SOCK_CLOEXEC);
    if (connection == NULL || file < 0) {
        free(connection);
        return;
    }
    *connection = (Connection){.socket = file, .listener = listener};
    if (pthread_create(&thread, NULL, run_connection, connection) != 0) {
        close(file);
        free(connection);
        return;
    }
    pthread_detach(thread);
}

static void run(void) {
    struct pollfd files[MOST_LISTENERS];
    for (size_t i = 0; i < listener_count; i++) {
        files[i] = (struct pollfd){.fd = listeners[i].socket, .events = POLLIN};
    }
    while (poll(files, listener_count, -1) >= 0) {
        for (size_t i = 0; i < listener_count; i++) {
            if (files[i].revents != 0) {
                accept_one(&listeners[i]);
            }
        }
    }
}

int main(int argc, char **argv) {
    const char *ready = NULL;
    long seconds = 60;
    signal(SIGPIPE, SIG_IGN);
    for (int i = 1; i < argc; i += 2) {
        char *value = argv[i + 1];
        if (value == NULL) {
            fail("an option needs a value; see tests/http/server.h");
        } else if (strcmp(argv[i], "--root") == 0 && server.root_count < MOST_ROOTS) {
            server.roots[server.root_count++] = value;
        } else if (strcmp(argv[i], "--ready") == 0) {
            ready = value;
        } else if (strcmp(argv[i], "--log") == 0) {
            server.log = value;
        } else if (strcmp(argv[i], "--seconds") == 0) {
            seconds = strtol(value, NULL, 10);
        } else if (strcmp(argv[i], "--tls") == 0) {
            open_tls(value);
        } else {
            fail("unknown option; see tests/http/server.h");
        }
    }
    alarm(seconds > 0 && seconds <= 600 ? (unsigned)seconds : 60);
    open_plain();
    if (ready != NULL) {
        write_ready(ready);
    }
    run();
    return 0;
}

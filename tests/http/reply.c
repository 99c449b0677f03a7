/*
** Reply files (server.h).
*/
#define _GNU_SOURCE
#include "server.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { MOST_PATHS = 512, MOST_PATH = 4096 };

static void stop(const char *why) {
    fprintf(stderr, "http-server: %s\n", why);
    exit(3);
}

static void *room(size_t size) {
    void *memory = malloc(size + 1);
    if (memory == NULL) {
        stop("out of memory");
    }
    return memory;
}

/* ---- files ---- */

static char *read_whole(const char *path, size_t *size) {
    struct stat st;
    FILE *file = stat(path, &st) == 0 && S_ISREG(st.st_mode) ? fopen(path, "rb") : NULL;
    if (file == NULL) {
        return NULL;
    }
    char *text = room((size_t)st.st_size);
    *size = fread(text, 1, (size_t)st.st_size, file);
    text[*size] = 0;
    fclose(file);
    return text;
}

static char *read_under(const Server *server, const char *name, size_t *size) {
    char path[MOST_PATH];
    for (size_t i = 0; i < server->root_count; i++) {
        int n = snprintf(path, sizeof path, "%s%s", server->roots[i], name);
        char *text = n > 0 && n < MOST_PATH ? read_whole(path, size) : NULL;
        if (text != NULL) {
            return text;
        }
    }
    return NULL;
}

/* How many requests there were for a path, this one included. */
static int count_request(const char *path) {
    static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    static struct {
        char *path;
        int count;
    } paths[MOST_PATHS];
    int count = 1;
    pthread_mutex_lock(&mutex);
    for (size_t i = 0; i < MOST_PATHS; i++) {
        if (paths[i].path == NULL) {
            paths[i].path = strdup(path);
            paths[i].count = 1;
            break;
        }
        if (strcmp(paths[i].path, path) == 0) {
            count = ++paths[i].count;
            break;
        }
    }
    pthread_mutex_unlock(&mutex);
    return count;
}

/* path.N.reply for the largest N up to the number of this request, else path.reply. */
static char *read_reply(const Server *server, const char *path, size_t *size) {
    char name[MOST_PATH];
    snprintf(name, sizeof name, "%s.1.reply", path);
    char *first = read_under(server, name, size);
    if (first != NULL) {
        free(first);
        for (int n = count_request(path); n > 0; n--) {
            snprintf(name, sizeof name, "%s.%d.reply", path, n);
            char *text = read_under(server, name, size);
            if (text != NULL) {
                return text;
            }
        }
    }
    snprintf(name, sizeof name, "%s.reply", path);
    return read_under(server, name, size);
}

/* ---- directives ---- */

static void read_directive(Reply *reply, char *line) {
    char *value = strchr(line, ' ');
    if (value != NULL) {
        *value++ = 0;
    } else {
        value = line + strlen(line);
    }
    long *numbers[] = {&reply->delay, &reply->hang, &reply->stop, &reply->repeat};
    static const char *const words[] = {"delay", "hang", "stop", "repeat"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(line, words[i]) == 0) {
            *numbers[i] = strtol(value, NULL, 10);
            return;
        }
    }
    if (strcmp(line, "drip") == 0) {
        reply->drip_bytes = strtol(value, &value, 10);
        reply->drip_ms = strtol(value, NULL, 10);
    } else if (strcmp(line, "require") == 0 && reply->require_count < MOST_CONDITIONS) {
        reply->require[reply->require_count++] = value;
    } else if (strcmp(line, "forbid") == 0 && reply->forbid_count < MOST_CONDITIONS) {
        reply->forbid[reply->forbid_count++] = value;
    } else if (strcmp(line, "unless") == 0) {
        reply->unless = value;
    } else if (strcmp(line, "reset") == 0) {
        reply->reset = true;
    } else if (strcmp(line, "raw") == 0) {
        reply->raw = true;
    } else {
        stop("a reply file has an unknown directive");
    }
}

/* Returns what follows the directives. */
static char *read_directives(Reply *reply) {
    char *at = reply->text;
    while (strncmp(at, "#! ", 3) == 0) {
        char *end = strchr(at, '\n');
        if (end == NULL) {
            stop("a reply file ends among its directives");
        }
        *end = 0;
        read_directive(reply, at + 3);
        at = end + 1;
    }
    return at;
}

/* ---- what is sent ---- */

static char *replace(char *text, size_t *size, const char *mark, const char *value) {
    size_t mark_size = strlen(mark), value_size = strlen(value), at = 0, out = 0;
    if (memmem(text, *size, mark, mark_size) == NULL) {
        return text;
    }
    char *result = room(*size * (value_size + 1));
    while (at < *size) {
        if (*size - at >= mark_size && memcmp(text + at, mark, mark_size) == 0) {
            memcpy(result + out, value, value_size);
            out += value_size;
            at += mark_size;
        } else {
            result[out++] = text[at++];
        }
    }
    result[out] = 0;
    *size = out;
    free(text);
    return result;
}

static char *replace_places(const Server *server, char *text, size_t *size) {
    char mark[64], place[64];
    snprintf(place, sizeof place, "127.0.0.1:%d", server->port);
    text = replace(text, size, "@HTTP@", place);
    snprintf(place, sizeof place, "127.0.0.2:%d", server->port);
    text = replace(text, size, "@OTHER@", place);
    for (size_t i = 0; i < server->tls_count; i++) {
        snprintf(mark, sizeof mark, "@TLS:%s@", server->tls[i].name);
        snprintf(place, sizeof place, "127.0.0.1:%d", server->tls[i].port);
        text = replace(text, size, mark, place);
    }
    return text;
}

static char *with_cr(const char *text, size_t *size) {
    char *result = room(2 * *size);
    size_t out = 0;
    for (size_t i = 0; i < *size; i++) {
        if (text[i] == '\n' && (i == 0 || text[i - 1] != '\r')) {
            result[out++] = '\r';
        }
        result[out++] = text[i];
    }
    result[out] = 0;
    *size = out;
    return result;
}

/* Cuts what is sent into head and body. */
static void make_reply(const Server *server, Reply *reply, const char *from, size_t size) {
    const char *blank = memmem(from, size, "\n\n", 2), *crlf = memmem(from, size, "\n\r\n", 3);
    const char *end = crlf != NULL && (blank == NULL || crlf < blank) ? crlf + 3
                      : blank != NULL                                 ? blank + 2
                                                                      : from + size;
    reply->head_size = (size_t)(end - from);
    reply->body_size = size - reply->head_size;
    reply->body = room(reply->body_size);
    memcpy(reply->body, end, reply->body_size);
    if (reply->raw) {
        reply->head = room(reply->head_size);
        memcpy(reply->head, from, reply->head_size);
        return;
    }
    char length[32];
    reply->head = with_cr(from, &reply->head_size);
    reply->head = replace_places(server, reply->head, &reply->head_size);
    reply->body = replace_places(server, reply->body, &reply->body_size);
    snprintf(length, sizeof length, "%ld",
             (long)reply->body_size * (reply->repeat > 0 ? reply->repeat : 1));
    reply->head = replace(reply->head, &reply->head_size, "@LENGTH@", length);
}

void reply_free(Reply *reply) {
    free(reply->text);
    free(reply->head);
    free(reply->body);
    *reply = (Reply){0};
}

void reply_status(Reply *reply, const char *status, const char *header) {
    reply_free(reply);
    reply->head = room(1024);
    reply->head_size = (size_t)snprintf(
        reply->head, 1024, "HTTP/1.1 %s\r\n%sConnection: close\r\nContent-Length: 0\r\n\r\n",
        status, header);
}

/* Any file: its type by its name, its length and its length as ETag. */
static void make_plain(Reply *reply, const char *path, char *text, size_t size) {
    const char *dot = strrchr(path, '.');
    bool json = dot != NULL && strcmp(dot, ".json") == 0;
    bool gzip = dot != NULL && strcmp(dot, ".gz") == 0;
    reply->text = room(32);
    snprintf(reply->text, 32, "\"%zu\"", size);
    reply->unless = reply->text;
    reply->head = room(1024);
    reply->head_size = (size_t)snprintf(
        reply->head, 1024,
        "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %zu\r\nETag: %s\r\n"
        "Connection: close\r\n\r\n",
        json   ? "application/json"
        : gzip ? "application/gzip"
               : "text/csv",
        size, reply->text);
    reply->body = text;
    reply->body_size = size;
}

/* The path of a target, which to a proxy is a whole URL; %C5 and %c5 are one byte. */
static void copy_target(const char *target, char plain[MOST_PATH]) {
    size_t n = 0;
    if (strncmp(target, "http://", 7) == 0) {
        target += 7 + strcspn(target + 7, "/");
    }
    for (; target[n] != 0 && n < MOST_PATH - 1; n++) {
        bool digit = (n > 0 && target[n - 1] == '%') || (n > 1 && target[n - 2] == '%');
        plain[n] =
            digit && target[n] >= 'A' && target[n] <= 'F' ? (char)(target[n] + 32) : target[n];
    }
    plain[n] = 0;
}

bool reply_find(const Server *server, const char *asked, Reply *reply) {
    char path[MOST_PATH], target[MOST_PATH];
    size_t size = 0;
    *reply = (Reply){0};
    copy_target(asked, target);
    if (strstr(target, "..") != NULL || strlen(target) >= MOST_PATH - 32) {
        return false;
    }
    snprintf(path, sizeof path, "%.*s", (int)strcspn(target, "?"), target);
    reply->text = read_reply(server, target, &size);
    if (reply->text == NULL) {
        reply->text = read_reply(server, path, &size);
    }
    if (reply->text != NULL) {
        const char *from = read_directives(reply);
        make_reply(server, reply, from, size - (size_t)(from - reply->text));
        return true;
    }
    char *plain = read_under(server, path, &size);
    if (plain != NULL) {
        make_plain(reply, path, plain, size);
    }
    return plain != NULL;
}

/*
** One GET (transfer.h).
*/
#define _GNU_SOURCE
#include "transfer.h"

#include <curl/curl.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "address.h"
#include "pipe.h"

enum {
    MOST_HEADERS = 1 << 16,     /* bytes of all headers */
    MOST_DROPPED = 1 << 16,     /* bytes read of a body that is not kept */
    RECEIVED_AT_ONCE = 1 << 18, /* bytes */
    POLL_MS = 100,
    ASK_MS = 50
};

typedef struct State {
    const SitoTransfer *transfer;
    SitoReply *reply;
    SitoSha256 *hash;
    int rc; /* of what a callback found wrong */
    char **error;
    const char *refused; /* kind of an address that was not opened */
    bool dropped;        /* enough of a body that is not kept */
    int64_t asked;       /* when the watch was asked last, ms */
    char detail[CURL_ERROR_SIZE];
} State;

static int64_t monotonic_ms(void) {
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ---- addresses ---- */

static curl_socket_t open_socket(void *data, curlsocktype purpose, struct curl_sockaddr *address) {
    State *state = data;
    const SitoRequest *request = state->transfer->request;
    const char *kind = sito_socket_kind(&address->addr);
    (void)purpose;
    if (kind != NULL && !request->allow_private && request->proxy == NULL) {
        state->refused = kind;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static int refuse_address(const State *state, const char *kind) {
    return sito_error(
        state->error, SITO_ERROR,
        "remote: %s is refused: its address is not public (%s); allow_private=yes lets "
        "it through",
        state->transfer->url->shown, kind);
}

/* ---- what comes ---- */

static size_t take_header(char *data, size_t one, size_t size, void *user) {
    State *state = user;
    (void)one;
    state->rc = sito_reply_line(state->reply, (SitoText){data, size});
    if (state->rc == SITO_OK && state->reply->header_bytes > MOST_HEADERS) {
        state->rc = sito_error(state->error, SITO_ERROR,
                               "remote: %s: the server sends more than 64 KB of headers",
                               state->transfer->url->shown);
    }
    return state->rc == SITO_OK ? size : 0;
}

static bool ends_with(const char *text, size_t size, const char *end) {
    size_t tail = strlen(end);
    return size >= tail && memcmp(text + size - tail, end, tail) == 0;
}

/* A body that is packed although identity was asked for; a server may say of a file .gz that it is. */
static bool is_packed(const State *state) {
    const char *encoding = sito_reply_get(state->reply, REPLY_ENCODING);
    const char *url = state->transfer->url->text;
    bool plain = encoding[0] == 0 || strcmp(encoding, "identity") == 0;
    bool gzip = strcmp(encoding, "gzip") == 0 || strcmp(encoding, "x-gzip") == 0;
    return !plain && !(gzip && ends_with(url, strcspn(url, "?"), ".gz"));
}

/* Whether a length was sent, and which; -1 where none is to be believed. */
static int64_t length_sent(const SitoReply *reply) {
    const char *text = sito_reply_get(reply, REPLY_LENGTH);
    int64_t length = 0;
    if (text[0] == 0 || reply->text[REPLY_TRANSFER] != NULL) {
        return -1;
    }
    for (const char *c = text; *c != 0; c++) {
        if (*c < '0' || *c > '9' || length > INT64_MAX / 16) {
            return INT64_MAX; /* more than any body has */
        }
        length = length * 10 + (*c - '0');
    }
    return length;
}

static int too_big(const State *state) {
    return sito_error(state->error, SITO_TOOBIG,
                      "remote: %s: the answer has more than max_bytes=%lld bytes",
                      state->transfer->url->shown, (long long)state->transfer->request->max_bytes);
}

/* What the headers of a 200 tell before anything is kept of it. */
static int judge_headers(const State *state) {
    const SitoReply *reply = state->reply;
    const SitoRequest *request = state->transfer->request;
    const char *url = state->transfer->url->shown;
    if (reply->lengths_differ) {
        return sito_error(state->error, SITO_ERROR,
                          "remote: %s: the server sends two lengths that differ", url);
    }
    if (is_packed(state)) {
        return sito_error(
            state->error, SITO_ERROR,
            "remote: %s: the server packed the answer (Content-Encoding), which nobody "
            "asked for; fetch a file that is packed itself, or another URL",
            url);
    }
    if (!sito_reply_is_marked(reply) && !request->any_length && request->sha256 == NULL) {
        return sito_error(state->error, SITO_ERROR,
                          "remote: %s: nothing marks the end of the answer (no Content-Length, no "
                          "chunks), so a truncated one could not be told; give its sha256, or "
                          "any_length=yes to take it as it comes",
                          url);
    }
    int64_t length = length_sent(reply);
    return length != INT64_MAX && length > request->max_bytes ? too_big(state) : SITO_OK;
}

static int keep(State *state, const char *data, size_t size) {
    SitoReply *reply = state->reply;
    int rc = reply->bytes == 0 ? judge_headers(state) : SITO_OK;
    if (rc == SITO_OK && (int64_t)size > state->transfer->request->max_bytes - reply->bytes) {
        rc = too_big(state);
    }
    if (rc == SITO_OK) {
        rc = sito_sha256_add(state->hash, data, size);
    }
    size_t room = SITO_FIRST_BYTES - reply->first_size, first = size < room ? size : room;
    memcpy(reply->first + reply->first_size, data, first);
    reply->first_size += first;
    reply->bytes += (int64_t)size;
    while (size > 0 && rc == SITO_OK) {
        ssize_t n = write(state->transfer->file, data, size);
        if (n < 0 && errno != EINTR) {
            rc = sito_error(state->error, SITO_IOERR, "remote: %s cannot be kept: %s",
                            state->transfer->url->shown, strerror(errno));
        }
        data += n > 0 ? n : 0;
        size -= n > 0 ? (size_t)n : 0;
    }
    return rc;
}

static size_t take_body(char *data, size_t one, size_t size, void *user) {
    State *state = user;
    (void)one;
    if (state->reply->status == 200) {
        state->rc = keep(state, data, size);
        return state->rc == SITO_OK ? size : 0;
    }
    state->reply->bytes += (int64_t)size;
    state->dropped = state->reply->bytes > MOST_DROPPED;
    return state->dropped ? 0 : size;
}

/* ---- the transfer ---- */

static bool set_up(CURL *curl, State *state, struct curl_slist *headers) {
    const SitoTransfer *t = state->transfer;
    const SitoRequest *r = t->request;
    CURLcode rc[] = {
        curl_easy_setopt(curl, CURLOPT_URL, t->sent != NULL ? t->sent : t->url->text),
        curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https"),
        curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, "http,https"),
        curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L),
        curl_easy_setopt(curl, CURLOPT_PROXY, r->proxy != NULL ? r->proxy : ""),
        curl_easy_setopt(curl, CURLOPT_NOPROXY, ""),
        curl_easy_setopt(curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED),
        curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1),
        curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers),
        curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket),
        curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, state),
        curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header),
        curl_easy_setopt(curl, CURLOPT_HEADERDATA, state),
        curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body),
        curl_easy_setopt(curl, CURLOPT_WRITEDATA, state),
        curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, state->detail),
        curl_easy_setopt(curl, CURLOPT_BUFFERSIZE, (long)RECEIVED_AT_ONCE),
        curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L),
        curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 1L),
        curl_easy_setopt(curl, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L),
        curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)r->connect_seconds * 1000),
        curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, (long)r->low_speed_bytes),
        curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, (long)r->low_speed_seconds),
        curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)t->longest_ms),
        curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L),
        curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L),
        curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2),
        r->ca_file != NULL ? curl_easy_setopt(curl, CURLOPT_CAINFO, r->ca_file) : CURLE_OK,
        r->ca_file != NULL ? curl_easy_setopt(curl, CURLOPT_CAPATH, NULL) : CURLE_OK,
    };
    for (size_t i = 0; i < SITO_COUNT(rc); i++) {
        if (rc[i] != CURLE_OK) {
            return false;
        }
    }
    return true;
}

static int ask(State *state) {
    int64_t now = monotonic_ms();
    if (now - state->asked < ASK_MS) {
        return SITO_OK;
    }
    state->asked = now;
    return sito_watch_ask(state->transfer->request->watch);
}

/* Runs the transfer to its end; libcurl's own loop would look up once a second only. */
static int run(CURL *curl, State *state, CURLcode *code) {
    SitoPipe pipe = sito_pipe_hold();
    CURLM *multi = curl_multi_init();
    int rc = multi != NULL && curl_multi_add_handle(multi, curl) == CURLM_OK ? SITO_OK : SITO_NOMEM;
    int running = 1, left = 0;
    while (rc == SITO_OK && running > 0) {
        CURLMcode m = curl_multi_perform(multi, &running);
        if (m == CURLM_OK && running > 0) {
            m = curl_multi_poll(multi, NULL, 0, POLL_MS, NULL);
        }
        rc = m == CURLM_OK ? ask(state) : SITO_NOMEM;
    }
    const CURLMsg *message = rc == SITO_OK ? curl_multi_info_read(multi, &left) : NULL;
    *code = message != NULL ? message->data.result : CURLE_OUT_OF_MEMORY;
    if (rc != SITO_OK) {
        /* Whoever pressed Ctrl-C does not wait for a name server that is silent. */
        (void)curl_easy_setopt(curl, CURLOPT_QUICK_EXIT, 1L);
    }
    if (multi != NULL) {
        (void)curl_multi_remove_handle(multi, curl);
        (void)curl_multi_cleanup(multi);
    }
    sito_pipe_release(&pipe);
    return rc;
}

/* ---- what it came to ---- */

static int describe_failure(State *state, CURLcode code, bool *again) {
    const char *url = state->transfer->url->shown, *host = state->transfer->url->host;
    long long bytes = state->reply->bytes;
    *again = true;
    switch (code) {
    case CURLE_OUT_OF_MEMORY: /* libcurl's word for a line beyond 100 KB, too */
        *again = false;
        return sito_error(
            state->error, SITO_ERROR,
            "remote: %s: the server sends a header that is too long, or memory is short", url);
    case CURLE_COULDNT_RESOLVE_HOST:
        return sito_error(state->error, SITO_ERROR,
                          "remote: %s: there is no address for the name %s", url, host);
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
        return sito_error(state->error, SITO_ERROR, "remote: %s: there is no connection to %s", url,
                          state->transfer->request->proxy != NULL ? "the proxy" : host);
    case CURLE_OPERATION_TIMEDOUT:
        return sito_error(
            state->error, SITO_ERROR,
            "remote: %s: the server is too slow (%lld bytes came before the time was up)", url,
            bytes);
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_PARTIAL_FILE:
        return sito_error(
            state->error, SITO_ERROR,
            "remote: %s: the answer broke off after %lld bytes; nothing of it is used", url, bytes);
    case CURLE_PEER_FAILED_VERIFICATION:
        *again = false;
        return sito_error(state->error, SITO_ERROR,
                          "remote: %s: the certificate of the server cannot be trusted: %s", url,
                          state->detail[0] != 0 ? state->detail : curl_easy_strerror(code));
    case CURLE_SSL_CACERT_BADFILE:
        *again = false;
        return sito_error(state->error, SITO_ERROR,
                          "remote: the certificates in ca_file=%s cannot be read",
                          state->transfer->request->ca_file);
    default:
        *again = false;
        return sito_error(state->error, SITO_ERROR, "remote: %s: %s", url,
                          curl_easy_strerror(code));
    }
}

/* A transfer that libcurl calls a success, or whose status alone matters. */
static int judge_answer(State *state, bool *again) {
    SitoReply *reply = state->reply;
    if (reply->status != 200) {
        return SITO_OK;
    }
    int rc = judge_headers(state); /* an empty body has not been judged yet */
    int64_t length = length_sent(reply);
    if (rc == SITO_OK && length >= 0 && length != reply->bytes) {
        *again = true;
        rc = sito_error(state->error, SITO_ERROR,
                        "remote: %s: the answer broke off after %lld bytes; nothing of it is used",
                        state->transfer->url->shown, (long long)reply->bytes);
    }
    return rc;
}

static int judge(CURL *curl, State *state, CURLcode code, bool *again) {
    const char *address = NULL;
    bool known = state->reply->status != 0 && state->reply->status != 200;
    if (state->rc != SITO_OK) {
        return state->rc;
    }
    if (code != CURLE_OK && state->refused != NULL) {
        return refuse_address(state, state->refused);
    }
    /* The status decides, though the rest was not read, or broke off. */
    if (code != CURLE_OK &&
        !(known && (state->dropped || code == CURLE_PARTIAL_FILE || code == CURLE_RECV_ERROR))) {
        return describe_failure(state, code, again);
    }
    if (state->transfer->request->proxy == NULL &&
        curl_easy_getinfo(curl, CURLINFO_PRIMARY_IP, &address) == CURLE_OK && address != NULL) {
        state->reply->address = sito_host_kind(address);
    }
    return judge_answer(state, again);
}

/* The headers as libcurl wants them; NULL where memory is short. */
static struct curl_slist *list_headers(const SitoTransfer *transfer) {
    struct curl_slist *list = curl_slist_append(NULL, "Accept-Encoding: identity");
    for (size_t i = 0; i < transfer->header_count && list != NULL; i++) {
        char *line = sito_print("%s: %s", transfer->headers[i].name, transfer->headers[i].value);
        struct curl_slist *longer = line != NULL ? curl_slist_append(list, line) : NULL;
        sito_free(line);
        if (longer == NULL) {
            curl_slist_free_all(list);
        }
        list = longer;
    }
    return list;
}

int sito_transfer(const SitoTransfer *transfer, SitoReply *reply, char sha256[SITO_SHA256_HEX],
                  bool *again, char **error) {
    State state = {.transfer = transfer, .reply = reply, .error = error};
    const char *kind = transfer->request->proxy != NULL && !transfer->request->allow_private
                           ? sito_host_kind(transfer->url->host)
                           : NULL;
    *again = false;
    *reply = (SitoReply){0};
    if (kind != NULL) {
        return refuse_address(&state, kind);
    }
    struct curl_slist *headers = NULL;
    CURL *curl = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK ? curl_easy_init() : NULL;
    int rc = sito_sha256_new(&state.hash);
    if (rc == SITO_OK && (curl == NULL || (headers = list_headers(transfer)) == NULL ||
                          !set_up(curl, &state, headers))) {
        rc = SITO_NOMEM;
    }
    if (rc == SITO_OK) {
        CURLcode code;
        rc = run(curl, &state, &code);
        rc = rc == SITO_OK ? judge(curl, &state, code, again) : rc;
    }
    rc = rc == SITO_OK ? sito_sha256_hex(state.hash, sha256) : rc;
    curl_easy_cleanup(curl);
    curl_slist_free_all(headers);
    sito_sha256_free(state.hash);
    if (rc != SITO_OK) {
        sito_reply_free(reply);
    }
    return rc;
}

/*
** Redirects, retries and quota (download.h).
*/
#include "download.h"

#include <curl/curl.h>
#include <openssl/rand.h>
#include <string.h>
#include <time.h>

#include "quota.h"
#include "transfer.h"

enum { MOST_REDIRECTS = 5, FIRST_PAUSE_MS = 500, LONGEST_PAUSE_MS = 30000 };

typedef struct Work {
    const SitoFetchPlan *plan;
    const SitoCache *cache;
    const char *server;
    const SitoStored *known;
    SitoDownload *download;
    int64_t deadline; /* of the monotonic clock, ms */
    char **error;
} Work;

int64_t sito_http_date(const char *text) {
    time_t when = text[0] != 0 ? curl_getdate(text, NULL) : -1;
    return when > 0 ? (int64_t)when * 1000 : 0;
}

void sito_download_free(const SitoCache *cache, SitoDownload *download) {
    sito_part_drop(cache, &download->part);
    sito_reply_free(&download->reply);
    sito_url_free(&download->final);
}

static int64_t monotonic_ms(void) {
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ---- one request ---- */

static bool is_same_origin(const Work *work) {
    return strcmp(work->download->final.origin, work->plan->url.origin) == 0;
}

/* The headers that go to the present URL; conditions only to the one that answered last time. */
static size_t choose_headers(const Work *work, SitoHeader *headers) {
    const SitoFetchPlan *plan = work->plan;
    size_t count = 0;
    for (size_t i = 0; i < plan->header_count; i++) {
        bool of_program = i < plan->own && i >= plan->request.header_count;
        if (is_same_origin(work) || of_program) {
            headers[count++] = plan->headers[i];
        }
    }
    if (work->known != NULL &&
        strcmp(work->download->final.shown, sito_stored_get(work->known, STORED_FINAL)) == 0) {
        const char *etag = sito_stored_get(work->known, STORED_ETAG);
        const char *modified = sito_stored_get(work->known, STORED_LAST_MODIFIED);
        if (etag[0] != 0) {
            headers[count++] = (SitoHeader){"If-None-Match", etag};
        }
        if (modified[0] != 0) {
            headers[count++] = (SitoHeader){"If-Modified-Since", modified};
        }
    }
    return count;
}

static int ask_server(const Work *work, bool first, bool *again) {
    const SitoRequest *request = &work->plan->request;
    SitoDownload *download = work->download;
    SitoHeader headers[SITO_MOST_HEADERS + 6];
    int rc = SITO_OK;
    *again = false;
    if (is_same_origin(work)) {
        rc = sito_quota_take(work->cache, work->server, work->plan->url.host, request->quotas,
                             request->quota_count, request->longest_wait * 1000, work->error);
    }
    sito_part_drop(work->cache, &download->part);
    rc = rc == SITO_OK ? sito_part_new(work->cache, &download->part, work->error) : rc;
    int64_t left = work->deadline - monotonic_ms();
    if (rc == SITO_OK && left <= 0) {
        rc = sito_error(work->error, SITO_ERROR, "remote: %s: %lld s were not enough",
                        work->plan->url.shown, (long long)request->total_seconds);
    }
    if (rc != SITO_OK) {
        return rc;
    }
    SitoTransfer transfer = {.request = request,
                             .url = &download->final,
                             .sent = first ? work->plan->sent : NULL,
                             .headers = headers,
                             .header_count = choose_headers(work, headers),
                             .longest_ms = left,
                             .file = download->part.file};
    return sito_transfer(&transfer, &download->reply, download->sha256, again, work->error);
}

/* ---- redirects ---- */

static bool is_redirect(const SitoReply *reply) {
    int s = reply->status;
    return (s == 301 || s == 302 || s == 303 || s == 307 || s == 308) &&
           reply->text[REPLY_LOCATION] != NULL;
}

/* Moves on to where the reply leads. */
static int follow(const Work *work, char **seen, size_t count) {
    SitoDownload *download = work->download;
    SitoUrl next;
    int rc = sito_url_read(sito_reply_get(&download->reply, REPLY_LOCATION), &download->final,
                           sito_fetch_plan_hidden(work->plan), &next, work->error);
    if (rc != SITO_OK) {
        return rc;
    }
    for (size_t i = 0; i < count && rc == SITO_OK; i++) {
        if (strcmp(seen[i], next.text) == 0) {
            rc = sito_error(work->error, SITO_ERROR, "remote: %s: the redirects run in a circle",
                            work->plan->url.shown);
        }
    }
    if (rc == SITO_OK && download->final.tls && !next.tls) {
        rc = sito_error(work->error, SITO_ERROR,
                        "remote: %s: a redirect from https to http (%s) is refused",
                        work->plan->url.shown, next.shown);
    }
    if (rc != SITO_OK) {
        sito_url_free(&next);
        return rc;
    }
    sito_url_free(&download->final);
    download->final = next;
    sito_reply_free(&download->reply);
    return SITO_OK;
}

static int start_over(const Work *work) {
    sito_url_free(&work->download->final);
    return sito_url_read(work->plan->url.text, NULL, sito_fetch_plan_hidden(work->plan),
                         &work->download->final, work->error);
}

/* One attempt: from the URL along its redirects to an answer. */
static int attempt(const Work *work, bool *again) {
    char *seen[MOST_REDIRECTS + 1] = {NULL};
    size_t count = 0;
    *again = false;
    int rc = start_over(work);
    while (rc == SITO_OK) {
        seen[count] = sito_print("%s", work->download->final.text);
        rc = seen[count] == NULL ? SITO_NOMEM : ask_server(work, count == 0, again);
        count++;
        if (rc != SITO_OK || !is_redirect(&work->download->reply)) {
            break;
        }
        rc = count > MOST_REDIRECTS
                 ? sito_error(work->error, SITO_ERROR, "remote: %s: more than %d redirects",
                              work->plan->url.shown, MOST_REDIRECTS)
                 : follow(work, seen, count);
    }
    for (size_t i = 0; i < count; i++) {
        sito_free(seen[i]);
    }
    return rc;
}

/* ---- retries ---- */

static bool is_passing(int status) {
    return status == 408 || status == 429 || (status >= 500 && status != 501 && status != 505);
}

/* ms that Retry-After asks for; -1: it does not. */
static int64_t retry_after(const SitoReply *reply) {
    const char *text = sito_reply_get(reply, REPLY_RETRY_AFTER);
    int64_t seconds = 0;
    if (text[0] == 0) {
        return -1;
    }
    size_t digits = strspn(text, "0123456789");
    if (text[digits] == 0) {
        for (size_t i = 0; i < digits && seconds < 1000000000; i++) {
            seconds = seconds * 10 + (text[i] - '0');
        }
        return seconds * 1000;
    }
    int64_t when = sito_http_date(text), now = sito_http_date(sito_reply_get(reply, REPLY_DATE));
    now = now != 0 ? now : sito_clock_ms();
    return when == 0 ? -1 : when > now ? when - now : 0;
}

/* Between a half and one and a half times the pause of this attempt. */
static int64_t scattered_pause(int number) {
    unsigned char byte = 128;
    int64_t pause = FIRST_PAUSE_MS;
    for (int i = 1; i < number && pause < LONGEST_PAUSE_MS; i++) {
        pause *= 2;
    }
    (void)RAND_bytes(&byte, 1); /* without it they are not scattered, and that is all */
    return pause / 2 + pause * byte / 255;
}

static int describe_status(const Work *work, int attempts) {
    static const struct {
        int status;
        const char *meaning;
    } meanings[] = {
        {204, ", that there is nothing"},
        {206, ", a part of the file, though all of it was asked for"},
        {304, ", unchanged, though nothing was known of it"},
        {400, ": it does not understand the request"},
        {401, ": it wants a key; name it with auth_env or auth_file"},
        {403, ": access is denied; it may want another key"},
        {404, ": there is nothing under this URL"},
        {410, ": what was under this URL is gone"},
        {429, ": too many requests; try again later"},
    };
    int status = work->download->reply.status;
    const char *meaning = status >= 500 ? ": the fault is the server's; try again later" : "";
    for (size_t i = 0; i < SITO_COUNT(meanings); i++) {
        meaning = meanings[i].status == status ? meanings[i].meaning : meaning;
    }
    return attempts > 1
               ? sito_error(work->error, SITO_ERROR,
                            "remote: %s: the server answers with status %d (tried %d times)%s",
                            work->download->final.shown, status, attempts, meaning)
               : sito_error(work->error, SITO_ERROR,
                            "remote: %s: the server answers with status %d%s",
                            work->download->final.shown, status, meaning);
}

/* Waits before the next attempt, or says why it is not worth waiting. */
static int wait_for_next(const Work *work, int number, bool answered) {
    const SitoRequest *request = &work->plan->request;
    int64_t asked = answered ? retry_after(&work->download->reply) : -1;
    int64_t pause = asked >= 0 ? asked : scattered_pause(number);
    int64_t left = work->deadline - monotonic_ms();
    if (asked > 0 && is_same_origin(work)) {
        /* Others who share the cache hold back too. */
        int rc = sito_quota_hold(work->cache, work->server, request->quotas, request->quota_count,
                                 asked, work->error);
        if (rc != SITO_OK) {
            return rc;
        }
    }
    if (pause > request->longest_wait * 1000 || pause > left) {
        return sito_error(work->error, SITO_ERROR,
                          "remote: %s: the server answers with status %d and asks to wait %lld s, "
                          "longer than this request may; try again then",
                          work->download->final.shown, work->download->reply.status,
                          (long long)(pause + 999) / 1000);
    }
    return sito_wait(work->cache, pause);
}

static bool is_wanted(const SitoReply *reply, const SitoStored *known) {
    return reply->status == 200 || (reply->status == 304 && known != NULL);
}

int sito_download(const SitoFetchPlan *plan, const SitoCache *cache, const char *server,
                  const SitoStored *known, SitoDownload *download, char **error) {
    char *trouble = NULL; /* of the last attempt */
    Work work = {.plan = plan,
                 .cache = cache,
                 .server = server,
                 .known = known,
                 .download = download,
                 .deadline = monotonic_ms() + plan->request.total_seconds * 1000,
                 .error = &trouble};
    int rc = SITO_OK;
    *download = (SitoDownload){.part = {.file = -1}};
    for (int number = 1;; number++) {
        bool again = false;
        sito_reply_free(&download->reply);
        rc = attempt(&work, &again);
        bool answered = rc == SITO_OK;
        if (answered && is_wanted(&download->reply, known)) {
            break;
        }
        again = answered ? is_passing(download->reply.status) : again;
        if (!again || number == plan->request.attempts) {
            rc = answered ? describe_status(&work, number) : rc;
            break;
        }
        sito_free(trouble);
        trouble = NULL;
        rc = wait_for_next(&work, number, answered);
        if (rc != SITO_OK) {
            break;
        }
    }
    if (rc != SITO_OK) {
        sito_download_free(cache, download);
        if (trouble != NULL) {
            (void)sito_error(error, rc, "%s", trouble);
        }
    }
    sito_free(trouble);
    return rc;
}

/*
** One GET, into a cache (fetch.h): what is stored, whether it still does, and what is fetched instead.
*/
#define _GNU_SOURCE
#include "fetch.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "download.h"
#include "guard_core.h"
#include "quota.h"

enum { CLEAN_EVERY_MS = 60000, TOMORROW_MS = 24 * 3600 * 1000 };

typedef struct Fetch {
    SitoFetchPlan plan;
    SitoCache cache;
    char key[SITO_SHA256_HEX], server[SITO_SHA256_HEX];
    SitoStored stored; /* where `found` */
    bool found;
    int64_t started; /* ms since 1970 */
    SitoEntry *entry;
    char **error;
} Fetch;

void sito_entry_close(SitoEntry *entry) {
    if (entry->file >= 0) {
        (void)close(entry->file);
    }
    sito_free(entry->path);
    sito_free(entry->url);
    sito_free(entry->content_type);
    sito_free(entry->charset);
    sito_free(entry->etag);
    sito_free(entry->last_modified);
    sito_free(entry->link);
    *entry = (SitoEntry){.file = -1};
}

/* ---- handing out what is stored ---- */

static int refuse_body(const Fetch *fetch, const char *why, const char *type) {
    return sito_error(fetch->error, SITO_ERROR, "remote: %s: the answer is %s%s%s%s",
                      fetch->plan.url.shown, why, type[0] != 0 ? " (Content-Type: " : "", type,
                      type[0] != 0 ? ")" : "");
}

/* What this request asks of a body, though another one may have stored it. */
static int judge_stored(const Fetch *fetch, int file) {
    const SitoRequest *request = &fetch->plan.request;
    const char *type = sito_stored_get(&fetch->stored, STORED_TYPE);
    char first[SITO_FIRST_BYTES];
    if (fetch->stored.number[STORED_BYTES] > request->max_bytes) {
        return sito_error(fetch->error, SITO_TOOBIG,
                          "remote: %s: the answer has more than max_bytes=%lld bytes",
                          fetch->plan.url.shown, (long long)request->max_bytes);
    }
    ssize_t size = pread(file, first, sizeof first, 0);
    if (size < 0) {
        return sito_cache_trouble(&fetch->cache, "a stored body cannot be read", fetch->error);
    }
    const char *why = sito_body_refusal(request->body, type, (SitoText){first, (size_t)size});
    return why != NULL ? refuse_body(fetch, why, type) : SITO_OK;
}

static char *copy_of(const Fetch *fetch, SitoStoredText which) {
    return sito_print("%s", sito_stored_get(&fetch->stored, which));
}

static int fill_entry(const Fetch *fetch, int file, bool from_cache) {
    SitoEntry *entry = fetch->entry;
    const int64_t *number = fetch->stored.number;
    *entry = (SitoEntry){
        .file = file,
        .bytes = number[STORED_BYTES],
        .status = (int)number[STORED_STATUS],
        .fetched = number[STORED_FETCHED],
        .since = number[STORED_SINCE],
        .expires = number[STORED_EXPIRES],
        .from_cache = from_cache,
        .path = sito_print("%s/bodies/%s", fetch->cache.path,
                           sito_stored_get(&fetch->stored, STORED_SHA256)),
        .url = copy_of(fetch, STORED_FINAL),
        .content_type = copy_of(fetch, STORED_TYPE),
        .charset = copy_of(fetch, STORED_CHARSET),
        .etag = copy_of(fetch, STORED_ETAG),
        .last_modified = copy_of(fetch, STORED_LAST_MODIFIED),
        .link = copy_of(fetch, STORED_LINK),
    };
    memcpy(entry->sha256, sito_stored_get(&fetch->stored, STORED_SHA256), SITO_SHA256_HEX);
    return entry->path == NULL || entry->url == NULL || entry->content_type == NULL ||
                   entry->charset == NULL || entry->etag == NULL || entry->last_modified == NULL ||
                   entry->link == NULL
               ? SITO_NOMEM
               : SITO_OK;
}

/* Opens the stored body; *served stays false where it is missing or damaged. */
static int serve(Fetch *fetch, bool from_cache, bool *served) {
    SitoBodyState state;
    bool stamped = false;
    int file = -1;
    int rc = sito_cache_body(&fetch->cache, &fetch->stored, false, &file, &state, &stamped,
                             fetch->error);
    if (rc != SITO_OK || state != BODY_GOOD) {
        return rc;
    }
    rc = judge_stored(fetch, file);
    if (rc == SITO_OK && stamped) {
        rc = sito_cache_save(&fetch->cache, fetch->key, &fetch->stored, fetch->error);
    } else if (rc == SITO_OK) {
        sito_cache_touch(&fetch->cache, fetch->key);
    }
    if (rc == SITO_OK) {
        *served = true;
        return fill_entry(fetch, file, from_cache);
    }
    (void)close(file);
    return rc;
}

/* Whether what is stored may be given to this request at all. */
static bool is_allowed(const Fetch *fetch) {
    const SitoRequest *request = &fetch->plan.request;
    const int64_t *number = fetch->stored.number;
    const char *digest = sito_stored_get(&fetch->stored, STORED_SHA256);
    bool same = request->sha256 == NULL ||
                sito_text_equal_nocase((SitoText){request->sha256, SITO_SHA256_HEX - 1},
                                       (SitoText){digest, SITO_SHA256_HEX - 1});
    bool marked = number[STORED_MARKED] != 0 || request->any_length || request->sha256 != NULL;
    return same && marked && (number[STORED_PRIVATE] == 0 || request->allow_private);
}

/* `waited`: what another process has got since this request began is as good as asked for. */
static bool is_young(const Fetch *fetch, bool waited) {
    const SitoRequest *request = &fetch->plan.request;
    int64_t fetched = fetch->stored.number[STORED_FETCHED], now = sito_clock_ms();
    if (request->offline || (waited && fetch->stored.number[STORED_DONE] > fetch->started)) {
        return true;
    }
    if (fetched > now + TOMORROW_MS) {
        return false; /* a clock was wrong */
    }
    return request->max_age < 0 ? fetch->stored.number[STORED_EXPIRES] > now
                                : (now - fetched) / 1000 < request->max_age;
}

static int look_up(Fetch *fetch, bool waited, bool *served) {
    sito_stored_free(&fetch->stored);
    int rc =
        sito_cache_find(&fetch->cache, fetch->key, &fetch->stored, &fetch->found, fetch->error);
    fetch->found = fetch->found && is_allowed(fetch);
    return rc == SITO_OK && fetch->found && is_young(fetch, waited) ? serve(fetch, true, served)
                                                                    : rc;
}

/* ---- storing what was fetched ---- */

static int set_text(Fetch *fetch, SitoStoredText which, const char *text) {
    return sito_stored_set(&fetch->stored, which, (SitoText){text, strlen(text)});
}

/* Validators and age, as an answer of status 200 or 304 tells them. */
static int store_headers(Fetch *fetch, const SitoReply *reply, int64_t asked) {
    static const struct {
        SitoReplyText sent;
        SitoStoredText kept;
    } pairs[] = {{REPLY_ETAG, STORED_ETAG}, {REPLY_LAST_MODIFIED, STORED_LAST_MODIFIED}};
    int rc = SITO_OK;
    for (size_t i = 0; i < SITO_COUNT(pairs) && rc == SITO_OK; i++) {
        if (reply->text[pairs[i].sent] != NULL || reply->status == 200) {
            rc = set_text(fetch, pairs[i].kept, sito_reply_get(reply, pairs[i].sent));
        }
    }
    int64_t age = sito_max_age(sito_reply_get(reply, REPLY_CACHE_CONTROL));
    int64_t expires = sito_http_date(sito_reply_get(reply, REPLY_EXPIRES));
    int64_t date = sito_http_date(sito_reply_get(reply, REPLY_DATE));
    fetch->stored.number[STORED_FETCHED] = asked;
    fetch->stored.number[STORED_DONE] = sito_clock_ms();
    fetch->stored.number[STORED_EXPIRES] = age >= 0                    ? asked + age * 1000
                                           : expires != 0 && date != 0 ? asked + expires - date
                                                                       : expires;
    return rc;
}

/* The header Link, in which a server may repeat the key. */
static int store_link(Fetch *fetch, const SitoReply *reply) {
    SitoBuffer shown = {.limit = 4 * SITO_MOST_HEADER};
    const char *link = sito_reply_get(reply, REPLY_LINK);
    SitoHidden hidden = sito_fetch_plan_hidden(&fetch->plan);
    int rc = hidden.value == NULL
                 ? set_text(fetch, STORED_LINK, link)
                 : sito_hide_text(&shown, (SitoText){link, strlen(link)}, hidden.value);
    if (rc == SITO_OK && hidden.value != NULL) {
        rc = sito_stored_set(&fetch->stored, STORED_LINK, (SitoText){shown.data, shown.size});
    }
    sito_buffer_free(&shown);
    return rc;
}

static int describe_body(Fetch *fetch, const SitoDownload *download) {
    const SitoReply *reply = &download->reply;
    char *type = NULL, *charset = NULL;
    int rc = sito_type_split(sito_reply_get(reply, REPLY_TYPE), &type, &charset);
    rc = rc == SITO_OK ? set_text(fetch, STORED_TYPE, type) : rc;
    rc = rc == SITO_OK ? set_text(fetch, STORED_CHARSET, charset) : rc;
    rc = rc == SITO_OK ? set_text(fetch, STORED_URL, fetch->plan.url.shown) : rc;
    rc = rc == SITO_OK ? set_text(fetch, STORED_FINAL, download->final.shown) : rc;
    rc = rc == SITO_OK ? set_text(fetch, STORED_SHA256, download->sha256) : rc;
    rc = rc == SITO_OK ? store_link(fetch, reply) : rc;
    fetch->stored.number[STORED_BYTES] = reply->bytes;
    fetch->stored.number[STORED_STATUS] = reply->status;
    fetch->stored.number[STORED_PRIVATE] = reply->address != NULL;
    fetch->stored.number[STORED_MARKED] = sito_reply_is_marked(reply);
    sito_free(type);
    sito_free(charset);
    return rc;
}

static int judge_new(const Fetch *fetch, const SitoDownload *download) {
    const SitoRequest *request = &fetch->plan.request;
    const char *type = sito_stored_get(&fetch->stored, STORED_TYPE);
    const char *why = sito_body_refusal(
        request->body, type, (SitoText){download->reply.first, download->reply.first_size});
    if (request->sha256 != NULL &&
        !sito_text_equal_nocase((SitoText){request->sha256, SITO_SHA256_HEX - 1},
                                (SitoText){download->sha256, SITO_SHA256_HEX - 1})) {
        return sito_error(fetch->error, SITO_ERROR,
                          "remote: %s: the answer has another SHA-256 (%s) than the declared one",
                          fetch->plan.url.shown, download->sha256);
    }
    return why != NULL ? refuse_body(fetch, why, type) : SITO_OK;
}

static int store_new(Fetch *fetch, SitoDownload *download, int64_t asked) {
    bool same = strcmp(sito_stored_get(&fetch->stored, STORED_SHA256), download->sha256) == 0;
    int64_t since = same ? fetch->stored.number[STORED_SINCE] : asked;
    sito_stored_free(&fetch->stored);
    fetch->stored.number[STORED_SINCE] = since;
    int rc = describe_body(fetch, download);
    rc = rc == SITO_OK ? judge_new(fetch, download) : rc;
    rc = rc == SITO_OK ? store_headers(fetch, &download->reply, asked) : rc;
    rc = rc == SITO_OK
             ? sito_cache_keep(&fetch->cache, &download->part, &fetch->stored, fetch->error)
             : rc;
    return rc == SITO_OK ? sito_cache_save(&fetch->cache, fetch->key, &fetch->stored, fetch->error)
                         : rc;
}

static int store_unchanged(Fetch *fetch, const SitoDownload *download, int64_t asked) {
    int rc = store_headers(fetch, &download->reply, asked);
    return rc == SITO_OK ? sito_cache_save(&fetch->cache, fetch->key, &fetch->stored, fetch->error)
                         : rc;
}

/* ---- fetching ---- */

/* Whether what is stored is whole, by its digest: a 304 will rest on it. */
static int check_known(Fetch *fetch, bool *whole) {
    SitoBodyState state = BODY_MISSING;
    bool stamped;
    int file = -1;
    int rc = fetch->found ? sito_cache_body(&fetch->cache, &fetch->stored, true, &file, &state,
                                            &stamped, fetch->error)
                          : SITO_OK;
    if (file >= 0) {
        (void)close(file);
    }
    *whole = rc == SITO_OK && state == BODY_GOOD;
    return rc;
}

static int fetch_once(Fetch *fetch, bool conditional, bool *served) {
    SitoDownload download;
    int64_t asked = sito_clock_ms();
    int rc = sito_download(&fetch->plan, &fetch->cache, fetch->server,
                           conditional ? &fetch->stored : NULL, &download, fetch->error);
    if (rc != SITO_OK) {
        return rc;
    }
    bool unchanged = download.reply.status == 304;
    rc = unchanged ? store_unchanged(fetch, &download, asked) : store_new(fetch, &download, asked);
    sito_download_free(&fetch->cache, &download);
    return rc == SITO_OK ? serve(fetch, unchanged, served) : rc;
}

/* Cleaning reads all records, so not after each of a thousand pages. */
static int clean(const Fetch *fetch) {
    const SitoCache *cache = &fetch->cache;
    struct stat st;
    int64_t limit = fetch->plan.request.cache_bytes;
    bool large = fetch->entry->bytes >= limit / 16;
    bool lately = fstatat(cache->folder, "cleaned", &st, AT_SYMLINK_NOFOLLOW) == 0 &&
                  sito_clock_ms() - (int64_t)st.st_mtim.tv_sec * 1000 < CLEAN_EVERY_MS;
    if (lately && !large) {
        return SITO_OK;
    }
    int mark = openat(cache->folder, "cleaned", O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC,
                      S_IRUSR | S_IWUSR);
    if (mark >= 0) {
        (void)futimens(mark, NULL);
        (void)close(mark);
    }
    return sito_cache_clean(cache, limit, NULL, fetch->error);
}

static int fetch_locked(Fetch *fetch, bool *served) {
    bool whole = false;
    int rc = look_up(fetch, true, served);
    if (rc != SITO_OK || *served) {
        return rc;
    }
    rc = check_known(fetch, &whole);
    rc = rc == SITO_OK ? fetch_once(fetch, whole, served) : rc;
    if (rc == SITO_OK && !*served) {
        /* What a 304 rested on was taken away meanwhile. */
        rc = fetch_once(fetch, false, served);
    }
    return rc == SITO_OK && *served ? clean(fetch) : rc;
}

static int run(Fetch *fetch) {
    bool served = false;
    int lock = -1;
    int rc = look_up(fetch, false, &served);
    if (rc != SITO_OK || served) {
        return rc;
    }
    if (fetch->plan.request.offline) {
        return sito_error(fetch->error, SITO_CANTOPEN,
                          "remote: %s is not stored, and offline=yes forbids to fetch it",
                          fetch->plan.url.shown);
    }
    rc = sito_cache_lock(&fetch->cache, fetch->key, &lock, fetch->error);
    rc = rc == SITO_OK ? fetch_locked(fetch, &served) : rc;
    if (lock >= 0) {
        (void)close(lock);
    }
    if (rc == SITO_OK && !served) {
        rc = sito_error(
            fetch->error, SITO_IOERR,
            "remote: %s was fetched, but something takes files away from the cache folder "
            "%s",
            fetch->plan.url.shown, fetch->cache.path);
    }
    return rc;
}

int sito_fetch(const SitoRequest *request, SitoEntry *entry, char **error) {
    Fetch fetch = {.entry = entry, .error = error, .started = sito_clock_ms()};
    *entry = (SitoEntry){.file = -1};
    int rc = sito_fetch_plan_make(request, &fetch.plan, error);
    if (rc != SITO_OK) {
        return rc;
    }
    rc = sito_cache_open(request->cache, request->watch, &fetch.cache, error);
    if (rc == SITO_OK) {
        rc = sito_fetch_plan_keys(&fetch.plan, &fetch.cache, fetch.key, fetch.server, error);
        rc = rc == SITO_OK ? run(&fetch) : rc;
        sito_stored_free(&fetch.stored);
        sito_cache_close(&fetch.cache);
    }
    sito_fetch_plan_free(&fetch.plan);
    if (rc != SITO_OK) {
        sito_entry_close(entry);
    }
    return rc;
}

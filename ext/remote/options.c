/*
** The options of the table remote (options.h).
*/
#include "options.h"

#include <stddef.h>
#include <string.h>

#include "base/option.h"
#include "csv/csv.h"
#include "guard_core.h"
#include "quantity_core.h"

typedef enum Kind { TEXT, PREFIX, COUNT, AGE, BYTES, CHOICE, HEADER } Kind;

/* An option, and where it is kept. */
typedef struct Option {
    const char *name;
    const char *values; /* for messages; of a CHOICE the words, parted by blanks */
    size_t offset;
    int64_t least, most;
    Kind kind;
    enum { OF_TABLE, OF_TRANSPORT, OF_PRESET } part;
} Option;

#define AT(field) offsetof(SitoRemoteOptions, field)
#define YES_NO "no yes"

static const Option known[] = {
    {"url", "an address that begins with https:// or http://", AT(url), 0, 0, TEXT, OF_TABLE},
    {"data", "the text of the answer itself", AT(data), 0, 0, TEXT, OF_TABLE},
    {"format", "auto csv json ndjson", AT(format), 0, 0, CHOICE, OF_TABLE},
    {"rows", "a path to an array, such as $.results", AT(rows), 0, 0, TEXT, OF_TABLE},
    {"columns", "a list of columns", AT(columns), 0, 0, TEXT, OF_TABLE},
    {"fields", "a JSON object", AT(fields), 0, 0, TEXT, OF_PRESET},
    {"page", "none number offset next cursor", AT(page), 0, 0, CHOICE, OF_TABLE},
    {"page_param", "the name of a parameter", AT(page_param), 0, 0, TEXT, OF_TABLE},
    {"page_first", "a number from 0", AT(page_first), 0, INT32_MAX, COUNT, OF_TABLE},
    {"page_size", "a number from 1 to 1000000", AT(page_size), 1, 1000000, COUNT, OF_TABLE},
    {"size_param", "the name of a parameter", AT(size_param), 0, 0, TEXT, OF_TABLE},
    {"next", "a path, such as $.links.next", AT(next), 0, 0, TEXT, OF_TABLE},
    {"cursor", "a path, such as $.next_cursor", AT(cursor), 0, 0, TEXT, OF_TABLE},
    {"total", "a path, such as $.totalRecords", AT(total), 0, 0, TEXT, OF_TABLE},
    {"max_pages", "a number from 1 to 20000", AT(max_pages), 1, SITO_MOST_PAGES, COUNT,
     OF_TRANSPORT},
    {"max_page", "bytes from 1K to 500M", AT(max_page), 1024, SITO_MOST_PAGE, BYTES, OF_TRANSPORT},
    {"sha256", "64 hexadecimal digits", AT(sha256), 0, 0, TEXT, OF_TABLE},
    {"http_header", "'Name: value'", 0, 0, 0, HEADER, OF_TABLE},
    {"auth_env", "the name of an environment variable", AT(auth_env), 0, 0, TEXT, OF_TRANSPORT},
    {"auth_file", "the path of a file of your own, mode 0600", AT(auth_file), 0, 0, TEXT,
     OF_TRANSPORT},
    {"auth_header", "the name of a header", AT(auth_header), 0, 0, TEXT, OF_TABLE},
    {"auth_prefix", "a word before the secret, such as Bearer", AT(auth_prefix), 0, 0, PREFIX,
     OF_TABLE},
    {"auth_param", "the name of a parameter", AT(auth_param), 0, 0, TEXT, OF_TABLE},
    {"cache", "the path of a folder", AT(cache), 0, 0, TEXT, OF_TRANSPORT},
    {"cache_bytes", "bytes from 1M", AT(cache_bytes), 1 << 20, INT64_MAX, BYTES, OF_TRANSPORT},
    {"max_age", "server, 30s, 15m, 12h, 7d or 0", AT(max_age), 0, INT32_MAX, AGE, OF_TRANSPORT},
    {"offline", YES_NO, AT(offline), 0, 0, CHOICE, OF_TRANSPORT},
    {"max_bytes", "bytes from 1", AT(max_bytes), 1, INT64_MAX, BYTES, OF_TRANSPORT},
    {"timeout", "a time from 1s", AT(timeout), 1, INT32_MAX, AGE, OF_TRANSPORT},
    {"connect_timeout", "a time from 1s", AT(connect_timeout), 1, 3600, AGE, OF_TRANSPORT},
    {"attempts", "a number from 1 to 20", AT(attempts), 1, 20, COUNT, OF_TRANSPORT},
    {"quota", "'5/1s 100/15m': requests in a time", AT(quota), 0, 0, TEXT, OF_TRANSPORT},
    {"quota_auth", "as quota", AT(quota_auth), 0, 0, TEXT, OF_PRESET},
    {"any_length", YES_NO, AT(any_length), 0, 0, CHOICE, OF_TRANSPORT},
    {"allow_private", YES_NO, AT(allow_private), 0, 0, CHOICE, OF_TRANSPORT},
    {"ca_file", "the path of a file of certificates", AT(ca_file), 0, 0, TEXT, OF_TRANSPORT},
    {"proxy", "http://host:port", AT(proxy), 0, 0, TEXT, OF_TRANSPORT},
    {"ask", "an address", AT(ask), 0, 0, TEXT, OF_PRESET},
    {"answer", "paths parted by blanks", AT(answer), 0, 0, TEXT, OF_PRESET},
};
_Static_assert(SITO_COUNT(known) <= 64, "a bit for each in seen");

static SitoText text_of(const char *string) {
    return (SitoText){.data = string, .size = strlen(string)};
}

static int shown(SitoText text) {
    return (int)(text.size < 80 ? text.size : 80);
}

SitoRemoteOptions sito_remote_defaults(const char *module) {
    return (SitoRemoteOptions){.module = module,
                               .max_pages = SITO_MAX_PAGES,
                               .max_page = SITO_MAX_PAGE,
                               .page_first = -1,
                               .max_age = SITO_REMOTE_AGE};
}

void sito_remote_options_free(SitoRemoteOptions *options) {
    for (size_t i = 0; i < SITO_COUNT(known); i++) {
        if (known[i].kind == TEXT || known[i].kind == PREFIX) {
            sito_free(*(char **)((char *)options + known[i].offset));
        }
    }
    sito_buffer_free(&options->headers);
    sito_buffer_free(&options->csv);
    *options = (SitoRemoteOptions){0};
}

/* ---- values ---- */

/* The place of a word in "no yes"; -1: it is not there. */
static int64_t choice(const char *words, SitoText value) {
    for (int64_t i = 0; *words != 0; i++) {
        size_t size = strcspn(words, " ");
        if (sito_text_equal_nocase(value, (SitoText){.data = words, .size = size})) {
            return i;
        }
        words += size;
        words += *words == ' ';
    }
    return -1;
}

static int take_text(char **place, SitoText value) {
    sito_free(*place);
    *place = sito_print("%.*s", (int)value.size, value.size > 0 ? value.data : "");
    return *place == NULL ? SITO_NOMEM : SITO_OK;
}

/* Bearer is parted from the secret by a blank; token= is not. */
static int take_prefix(char **place, SitoText value) {
    char last = value.size > 0 ? value.data[value.size - 1] : ' ';
    bool word = (last >= 'a' && last <= 'z') || (last >= 'A' && last <= 'Z');
    sito_free(*place);
    *place = sito_print("%.*s%s", (int)value.size, value.data, word ? " " : "");
    return *place == NULL ? SITO_NOMEM : SITO_OK;
}

static int take_header(SitoRemoteOptions *o, SitoText value, char **error) {
    const char *colon = value.size > 0 ? memchr(value.data, ':', value.size) : NULL;
    if (colon == NULL || colon == value.data || o->header_count == SITO_MOST_HEADERS) {
        return sito_error(error, SITO_ERROR, "%s: http_header is 'Name: value', at most %d of them",
                          o->module, SITO_MOST_HEADERS);
    }
    SitoText name =
        sito_option_trim((SitoText){.data = value.data, .size = (size_t)(colon - value.data)});
    SitoText rest = sito_option_trim(
        (SitoText){.data = colon + 1, .size = value.size - (size_t)(colon - value.data) - 1});
    if (sito_name_is_secret(name)) {
        return sito_error(
            error, SITO_ERROR,
            "%s: the header %.*s carries a secret, which must not stand in SQL; write "
            "auth_env='VARIABLE' or auth_file='FILE', and auth_header='%.*s'",
            o->module, (int)name.size, name.data, (int)name.size, name.data);
    }
    int rc = sito_buffer_add(&o->headers, name.data, name.size);
    rc = rc == SITO_OK ? sito_buffer_add(&o->headers, "", 1) : rc;
    rc = rc == SITO_OK ? sito_buffer_add(&o->headers, rest.data, rest.size) : rc;
    rc = rc == SITO_OK ? sito_buffer_add(&o->headers, "", 1) : rc;
    o->header_count += rc == SITO_OK;
    return rc;
}

static int refuse(const SitoRemoteOptions *o, const Option *option, SitoText value, char **error) {
    SitoBuffer words = {.limit = 1000};
    int rc = SITO_OK;
    for (const char *c = option->values; *c != 0 && rc == SITO_OK; c++) {
        bool part = option->kind == CHOICE && *c == ' ';
        rc = part ? sito_buffer_add(&words, ", ", 2) : sito_buffer_add(&words, c, 1);
    }
    if (rc == SITO_OK) {
        rc = sito_error(error, SITO_ERROR, "%s: %s cannot be '%.*s'; it is %.*s", o->module,
                        option->name, shown(value), value.size > 0 ? value.data : "",
                        (int)words.size, words.data);
    }
    sito_buffer_free(&words);
    return rc;
}

static int take(SitoRemoteOptions *o, const Option *option, SitoText value, char **error) {
    void *place = (char *)o + option->offset;
    int64_t number = -1;
    bool good = true;
    switch (option->kind) {
    case TEXT:
        good = value.size > 0 || strcmp(option->name, "data") == 0;
        return good ? take_text(place, value) : refuse(o, option, value, error);
    case PREFIX:
        return value.size > 0 ? take_prefix(place, value) : refuse(o, option, value, error);
    case HEADER:
        return take_header(o, value, error);
    case CHOICE:
        number = choice(option->values, value);
        good = number >= 0;
        break;
    case AGE:
        if (sito_text_equal_nocase(value, SITO_LITERAL("server"))) {
            good = option->least == 0;
            number = SITO_AGE_OF_SERVER;
            break;
        }
        good = sito_quantity_age(value, &number);
        good = good && number >= option->least && number <= option->most;
        break;
    default:
        good = option->kind == BYTES ? sito_quantity_bytes(value, &number)
                                     : sito_quantity_count(value, &number);
        good = good && number >= option->least && number <= option->most;
    }
    if (!good) {
        return refuse(o, option, value, error);
    }
    *(int64_t *)place = number;
    return SITO_OK;
}

/* ---- which option it is ---- */

static int unknown(const SitoRemoteOptions *o, SitoText name, char **error) {
    const char *names[SITO_COUNT(known) + 32];
    size_t count = 0;
    for (size_t i = 0; i < SITO_COUNT(known); i++) {
        if (known[i].part != OF_PRESET) {
            names[count++] = known[i].name;
        }
    }
    names[count++] = "preset";
    for (size_t i = 0; sito_csv_option_name(i) != NULL && count < SITO_COUNT(names); i++) {
        const char *of_csv = sito_csv_option_name(i);
        bool taken = strcmp(of_csv, "filename") == 0;
        for (size_t j = 0; j < count && !taken; j++) {
            taken = strcmp(names[j], of_csv) == 0;
        }
        if (!taken) {
            names[count++] = of_csv;
        }
    }
    return sito_option_unknown(o->module, name, names, count, error);
}

static const char *csv_option(SitoText name) {
    for (size_t i = 0; sito_csv_option_name(i) != NULL; i++) {
        const char *of_csv = sito_csv_option_name(i);
        if (sito_text_equal_nocase(name, text_of(of_csv)) && strcmp(of_csv, "filename") != 0) {
            return of_csv;
        }
    }
    return NULL;
}

/* Kept as an argument of the table csv: name='value'. */
static int take_for_csv(SitoRemoteOptions *o, const char *name, SitoText value) {
    char *plain = sito_print("%.*s", (int)value.size, value.size > 0 ? value.data : "");
    int rc = plain == NULL ? SITO_NOMEM : sito_buffer_print(&o->csv, "%s='%q'", name, plain);
    rc = rc == SITO_OK ? sito_buffer_add(&o->csv, "", 1) : rc;
    o->csv_count += rc == SITO_OK;
    o->csv_first = o->csv_first == NULL ? name : o->csv_first;
    sito_free(plain);
    return rc;
}

static bool may_give(SitoGiver giver, const Option *option) {
    switch (giver) {
    case SITO_BY_USER:
        return option->part != OF_PRESET;
    case SITO_BY_USER_OF_PRESET:
        return option->part == OF_TRANSPORT;
    default:
        return true;
    }
}

int sito_remote_option(SitoRemoteOptions *options, SitoGiver giver, SitoText name, SitoText value,
                       bool *is_known, char **error) {
    const char *of_csv = giver == SITO_BY_USER_OF_PRESET ? NULL : csv_option(name);
    size_t i = 0;
    while (i < SITO_COUNT(known) &&
           !(sito_text_equal_nocase(name, text_of(known[i].name)) && may_give(giver, &known[i]))) {
        i++;
    }
    if (is_known != NULL) {
        *is_known = i < SITO_COUNT(known) || of_csv != NULL;
        if (!*is_known) {
            return SITO_OK;
        }
    }
    if (i == SITO_COUNT(known)) {
        return of_csv != NULL ? take_for_csv(options, of_csv, value)
                              : unknown(options, name, error);
    }
    options->of_preset |= giver == SITO_BY_PRESET;
    bool seen = (options->seen & (uint64_t)1 << i) != 0;
    if (seen && giver == SITO_BY_PRESET) {
        return SITO_OK;
    }
    if (seen && known[i].kind != HEADER) {
        return sito_error(error, SITO_ERROR, "%s: option %s is given twice", options->module,
                          known[i].name);
    }
    options->seen |= (uint64_t)1 << i;
    return take(options, &known[i], value, error);
}

const char *sito_remote_transport_name(size_t i) {
    for (size_t k = 0; k < SITO_COUNT(known); k++) {
        if (known[k].part == OF_TRANSPORT && i-- == 0) {
            return known[k].name;
        }
    }
    return NULL;
}

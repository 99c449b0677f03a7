/*
** The functions of polish: SQL glue around letters.c, collation.c, date.c, number.c and working_day.c.
**
** R1  NULL in any argument gives NULL. What is no date or number gives NULL; nothing is guessed.
** R2  pl_sort_key orders as COLLATE polish does, ties included, so it can stand in an index of a database that
**     a plain shell opens.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>
#include <unicode/ucol.h>

#include "base/register.h"
#include "date.h"
#include "functions.h"
#include "letters.h"
#include "polish.h"

/* The text of the argument; false with the result set: NULL for NULL, or an error. */
static bool read_text(sqlite3_context *context, sqlite3_value *value, SitoText *text) {
    if (sqlite3_value_type(value) == SQLITE_NULL) {
        return false;
    }
    if (sito_value_text(value, text) != SITO_OK) {
        sqlite3_result_error_nomem(context);
        return false;
    }
    return true;
}

static void answer(sqlite3_context *context, int rc, SitoBuffer *out) {
    if (rc == SITO_OK) {
        sqlite3_result_text64(context, out->data != NULL ? out->data : "", out->size,
                              SQLITE_TRANSIENT, SQLITE_UTF8);
    } else {
        sito_result_failure(context, rc, NULL);
    }
    sito_buffer_free(out);
}

static void change(sqlite3_context *context, sqlite3_value *value,
                   int (*form)(SitoText, SitoBuffer *)) {
    SitoText text;
    SitoBuffer out = {0};
    if (read_text(context, value, &text)) {
        answer(context, form(text, &out), &out);
    }
}

void sito_pl_upper(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    change(context, argv[0], sito_polish_upper);
}

void sito_pl_lower(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    change(context, argv[0], sito_polish_lower_all);
}

void sito_pl_fold(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    change(context, argv[0], sito_polish_fold);
}

void sito_pl_ascii(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    change(context, argv[0], sito_polish_ascii);
}

static bool contains(SitoText text, SitoText part) {
    if (part.size == 0) {
        return true;
    }
    for (size_t i = 0; i + part.size <= text.size; i++) {
        const char *first = memchr(text.data + i, part.data[0], text.size - part.size - i + 1);
        if (first == NULL) {
            return false;
        }
        i = (size_t)(first - text.data);
        if (memcmp(first, part.data, part.size) == 0) {
            return true;
        }
    }
    return false;
}

void sito_pl_contains(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    SitoText text, part;
    SitoBuffer bare_text = {0}, bare_part = {0};
    if (!read_text(context, argv[0], &text) || !read_text(context, argv[1], &part)) {
        return;
    }
    int rc = sito_polish_bare(text, &bare_text);
    if (rc == SITO_OK) {
        rc = sito_polish_bare(part, &bare_part);
    }
    if (rc == SITO_OK) {
        sqlite3_result_int(context, contains((SitoText){bare_text.data, bare_text.size},
                                             (SitoText){bare_part.data, bare_part.size}));
    } else {
        sito_result_failure(context, rc, NULL);
    }
    sito_buffer_free(&bare_text);
    sito_buffer_free(&bare_part);
}

/* A collator of this process, opened once: opening one costs far more than a key. ICU's collators may be read by
** several threads at a time. */
static UCollator *shared_collator(void) {
    static UCollator *collator;
    sqlite3_mutex *mutex = sqlite3_mutex_alloc(SQLITE_MUTEX_STATIC_APP2);
    sqlite3_mutex_enter(mutex);
    if (collator == NULL) {
        UErrorCode status = U_ZERO_ERROR;
        UCollator *opened = ucol_open("pl", &status);
        collator = U_SUCCESS(status) ? opened : NULL;
    }
    sqlite3_mutex_leave(mutex);
    return collator;
}

/* ICU's key, which ends with 00, and behind it the text itself (R2). */
static int make_key(SitoText text, SitoBuffer *out) {
    const UCollator *collator = shared_collator();
    UCharIterator characters;
    uint32_t state[2] = {0, 0};
    if (collator == NULL) {
        return SITO_NOMEM;
    }
    uiter_setUTF8(&characters, text.size > 0 ? text.data : "", (int32_t)text.size);
    for (;;) {
        uint8_t part[256];
        UErrorCode status = U_ZERO_ERROR;
        int32_t count =
            ucol_nextSortKeyPart(collator, &characters, state, part, sizeof part, &status);
        if (U_FAILURE(status)) {
            return status == U_MEMORY_ALLOCATION_ERROR ? SITO_NOMEM : SITO_ERROR;
        }
        int rc = sito_buffer_add(out, (const char *)part, (size_t)count);
        if (rc != SITO_OK) {
            return rc;
        }
        if (count < (int32_t)sizeof part) {
            break;
        }
    }
    int rc = sito_buffer_add(out, "", 1);
    return rc == SITO_OK ? sito_buffer_add(out, text.data, text.size) : rc;
}

void sito_pl_sort_key(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    SitoText text;
    SitoBuffer out = {0};
    if (!read_text(context, argv[0], &text)) {
        return;
    }
    int rc = make_key(text, &out);
    if (rc == SITO_OK) {
        sqlite3_result_blob64(context, out.data, out.size, SQLITE_TRANSIENT);
    } else {
        sito_result_failure(context, rc, NULL);
    }
    sito_buffer_free(&out);
}

void sito_pl_collation_version(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc, (void)argv;
    const UCollator *collator = shared_collator();
    UVersionInfo version;
    char text[U_MAX_VERSION_STRING_LENGTH];
    if (collator == NULL) {
        sqlite3_result_error_nomem(context);
        return;
    }
    ucol_getVersion(collator, version);
    u_versionToString(version, text);
    sqlite3_result_text(context, text, -1, SQLITE_TRANSIENT);
}

static void answer_day(sqlite3_context *context, SitoDay day) {
    char *text = sito_print("%04d-%02d-%02d", day.year, day.month, day.day);
    if (text == NULL) {
        sqlite3_result_error_nomem(context);
        return;
    }
    sqlite3_result_text(context, text, -1, SQLITE_TRANSIENT);
    sito_free(text);
}

void sito_pl_date(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    SitoText text;
    SitoDay day;
    if (read_text(context, argv[0], &text) && sito_polish_date(text, &day)) {
        answer_day(context, day);
    }
}

void sito_pl_number(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    static const double powers[] = {1,    1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8, 1e9,
                                    1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18};
    SitoText text;
    int64_t digits;
    int scale;
    if (!read_text(context, argv[0], &text) || !sito_polish_number(text, &digits, &scale)) {
        return;
    }
    if (scale == 0) {
        sqlite3_result_int64(context, digits);
    } else { /* below 2^53 both are exact, so the quotient is rounded once */
        sqlite3_result_double(context, (double)digits / powers[scale]);
    }
}

void sito_pl_is_working_day(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    SitoText text;
    SitoDay day;
    if (read_text(context, argv[0], &text) && sito_polish_date(text, &day)) {
        sqlite3_result_int(context, sito_is_working_day(sito_day_number(day)));
    }
}

void sito_pl_add_working_days(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    SitoText text;
    SitoDay day;
    int64_t result;
    if (!read_text(context, argv[0], &text) || sqlite3_value_type(argv[1]) == SQLITE_NULL ||
        !sito_polish_date(text, &day)) {
        return;
    }
    int64_t count = sqlite3_value_int64(argv[1]);
    if (count < -4000000 || count > 4000000) {
        return; /* more than all working days of the calendar */
    }
    if (sito_add_working_days(sito_day_number(day), count, &result)) {
        answer_day(context, sito_day_of(result));
    }
}

/*
** Numbers and signs of cells (table_sign.h).
*/
#include "runner/table_sign.h"

#include <sqlite3.h>

#include <string.h>

#include "common/db.h"

enum { MOST_SIGNS = 64, MOST_TEXT = 60, MOST_WHOLE = 15, MOST_FRACTION = 6 };

typedef struct Signs {
    struct {
        char *sign;
        char token;
    } items[MOST_SIGNS];
    size_t count;
} Signs;

static void signs_free(void *data) {
    Signs *signs = data;
    for (size_t i = 0; i < signs->count; i++) {
        sito_free(signs->items[i].sign);
    }
    sito_free(signs);
}

/* The text of an argument without blanks at its ends; data NULL: SQL NULL. */
static SitoText argument(sqlite3_value *value) {
    SitoText text = {(const char *)sqlite3_value_text(value), (size_t)sqlite3_value_bytes(value)};
    while (text.size > 0 && *text.data == ' ') {
        text.data++, text.size--;
    }
    while (text.size > 0 && text.data[text.size - 1] == ' ') {
        text.size--;
    }
    return text;
}

static bool begins(SitoText text, const char *prefix, size_t size) {
    return size > 0 && text.size >= size && memcmp(text.data, prefix, size) == 0;
}

/* The bytes of a grouping character at the start of `text`. */
static size_t grouped(SitoText text, SitoText grouping) {
    bool blank = grouping.size == 1 && grouping.data[0] == ' ';
    if (begins(text, grouping.data, grouping.size)) {
        return grouping.size;
    }
    return !blank ? 0 : begins(text, "\xC2\xA0", 2) ? 2 : begins(text, "\xE2\x80\xAF", 3) ? 3 : 0;
}

/* R1. out has room for MOST_TEXT bytes; returns their number, 0 where the text is no number. */
static size_t plain(SitoText text, SitoText decimal, SitoText grouping, char *out) {
    size_t size = 0, whole = 0, fraction = 0;
    bool point = false;
    if (text.size > 0 && (*text.data == '-' || *text.data == '+')) {
        if (*text.data == '-') {
            out[size++] = '-';
        }
        text.data++, text.size--;
    }
    while (text.size > 0) {
        size_t step = 1;
        if (*text.data >= '0' && *text.data <= '9') {
            whole += !point && (whole > 0 || *text.data != '0' || size == 0);
            fraction += point;
            out[size++] = *text.data;
        } else if (!point && begins(text, decimal.data, decimal.size)) {
            point = true;
            step = decimal.size;
            out[size++] = '.';
        } else if (!point && size > 0 && grouped(text, grouping) > 0) {
            step = grouped(text, grouping);
        } else {
            return 0;
        }
        if (whole > MOST_WHOLE || fraction > MOST_FRACTION || size + 1 >= MOST_TEXT) {
            return 0;
        }
        text = (SitoText){text.data + step, text.size - step};
    }
    bool digits = size > 0 && out[size - 1] >= '0' && out[size - 1] <= '9' && out[0] != '.';
    return digits ? size : 0;
}

static bool answer_number(sqlite3_context *context, sqlite3_value **args) {
    char out[MOST_TEXT];
    SitoText decimal = argument(args[1]);
    SitoText grouping = {(const char *)sqlite3_value_text(args[2]),
                         (size_t)sqlite3_value_bytes(args[2])};
    size_t size = plain(argument(args[0]), decimal, grouping, out);
    if (size > 0) {
        sqlite3_result_text(context, out, (int)size, SQLITE_TRANSIENT);
    }
    return size > 0;
}

static void table_plain(sqlite3_context *context, int count, sqlite3_value **args) {
    (void)count;
    (void)answer_number(context, args);
}

static void table_token(sqlite3_context *context, int count, sqlite3_value **args) {
    const Signs *signs = sqlite3_user_data(context);
    SitoText text = argument(args[0]);
    (void)count;
    for (size_t i = 0; i < signs->count; i++) {
        if (strlen(signs->items[i].sign) == text.size &&
            (text.size == 0 || memcmp(signs->items[i].sign, text.data, text.size) == 0)) {
            sqlite3_result_text(context, &signs->items[i].token, 1, SQLITE_TRANSIENT);
            return;
        }
    }
    if (!answer_number(context, args)) {
        sqlite3_result_text(context, text.size == 0 ? "" : "?", -1, SQLITE_STATIC);
    }
}

static int read_signs(sqlite3 *db, Signs *signs, char **error) {
    sqlite3_stmt *rows = NULL;
    int rc = sito_db_prepare(db, &rows, error,
                             "SELECT sign, token FROM temp.table_sign ORDER BY sign LIMIT ?", "i",
                             (int64_t)MOST_SIGNS);
    int step = SQLITE_DONE;
    while (rc == SITO_OK && (step = sqlite3_step(rows)) == SQLITE_ROW) {
        const char *sign = (const char *)sqlite3_column_text(rows, 0);
        const char *token = (const char *)sqlite3_column_text(rows, 1);
        char *copy = sign != NULL && token != NULL ? sito_print("%s", sign) : NULL;
        rc = copy == NULL ? SITO_NOMEM : SITO_OK;
        if (rc == SITO_OK) {
            signs->items[signs->count].sign = copy;
            signs->items[signs->count++].token = token[0];
        }
    }
    rc = rc == SITO_OK && step != SQLITE_DONE ? sito_db_error(db, step, error) : rc;
    sqlite3_finalize(rows);
    return rc;
}

int sito_table_signs(sqlite3 *facts, char **error) {
    Signs *signs = sito_malloc(sizeof *signs);
    if (signs == NULL) {
        return SITO_NOMEM;
    }
    signs->count = 0;
    int rc = read_signs(facts, signs, error);
    if (rc != SITO_OK) {
        signs_free(signs);
        return rc;
    }
    int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;
    rc = sqlite3_create_function_v2(facts, "table_token", 3, flags, signs, table_token, NULL, NULL,
                                    signs_free);
    if (rc == SQLITE_OK) {
        rc = sqlite3_create_function_v2(facts, "table_plain", 3, flags, NULL, table_plain, NULL,
                                        NULL, NULL);
    }
    return sito_db_error(facts, rc, error);
}

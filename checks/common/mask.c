/*
** Masking personal data in names (mask.h).
*/
#include "common/mask.h"

#include <sqlite3.h>

#include <string.h>

#include "common/db.h"

enum { MOST_SEARCHED = 1 << 16 }; /* bytes of one text; a longer one is shown by its beginning */

/* Marks the characters that belong to a hit. */
static int mark_hits(sqlite3 *db, SitoText text, bool names, char *marks, size_t count,
                     char **error) {
    sqlite3_stmt *hit = NULL;
    int rc = sqlite3_prepare_v2(db,
                                "SELECT start, \"end\" FROM personal_data_find(?1)"
                                " WHERE confidence >= 0.5 AND (?2 OR kind NOT IN ('name',"
                                " 'address', 'postal_code', 'birth_place'))",
                                -1, &hit, NULL);
    rc = rc == SQLITE_OK ? sqlite3_bind_text(hit, 1, text.data, (int)text.size, SQLITE_TRANSIENT)
                         : rc;
    rc = rc == SQLITE_OK ? sqlite3_bind_int(hit, 2, names) : rc;
    int step = rc;
    while (rc == SQLITE_OK && (step = sqlite3_step(hit)) == SQLITE_ROW) {
        int64_t from = sqlite3_column_int64(hit, 0), to = sqlite3_column_int64(hit, 1);
        for (int64_t i = from; i <= to && i >= 1 && (size_t)i <= count; i++) {
            marks[i - 1] = 1;
        }
    }
    if (rc == SQLITE_OK && step != SQLITE_DONE) {
        rc = sito_db_error(db, step, error);
    }
    sqlite3_finalize(hit);
    return rc;
}

/* Eleven digits are a PESEL to every reader, also where a check digit is wrong. */
static void mark_eleven(SitoText text, char *marks) {
    size_t at = 0, place = 0, run = 0;
    while (at <= text.size) {
        uint32_t c = at < text.size ? sito_utf8_next(text, &at) : (at++, 0);
        bool digit = c >= '0' && c <= '9';
        if (!digit && run == 11) {
            memset(marks + place - run, 1, run);
        }
        run = digit ? run + 1 : 0;
        place++;
    }
}

/* R4: 64 hexadecimal digits between other characters, letters among them. All are one byte long, so bytes
** are counted; `place` is the number of the character. */
static void spare_digests(SitoText text, char *marks) {
    size_t at = 0, place = 0, run = 0;
    bool letters = false, inside = false;
    while (at <= text.size) {
        uint32_t c = at < text.size ? sito_utf8_next(text, &at) : (at++, 0);
        bool digit = c >= '0' && c <= '9', hex = digit || (c >= 'a' && c <= 'f');
        bool word = hex || (c >= 'g' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
        if (!word && !inside && run == 64 && letters) {
            memset(marks + place - run, 0, run);
        }
        inside = word && (inside || !hex); /* some other word that ends in such digits is none */
        run = hex && !inside ? run + 1 : 0;
        letters = hex && !inside && (letters || !digit);
        place++;
    }
}

/* R1: what joins the words of a name, as blanks. */
static int part_words(SitoText text, SitoBuffer *out) {
    int rc = sito_buffer_add(out, text.data, text.size);
    for (size_t i = 0; i < out->size && rc == SITO_OK; i++) {
        if (strchr("_-./", out->data[i]) != NULL) {
            out->data[i] = ' ';
        }
    }
    return rc;
}

static int put_shaped(SitoBuffer *out, SitoText text, const char *marks) {
    int rc = SITO_OK;
    size_t at = 0;
    for (size_t i = 0; at < text.size && rc == SITO_OK; i++) {
        size_t start = at;
        uint32_t c = sito_utf8_next(text, &at);
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
        const char *shape = letter ? "a" : c >= '0' && c <= '9' ? "9" : NULL;
        rc = marks[i] && shape != NULL ? sito_buffer_add(out, shape, 1)
                                       : sito_buffer_add(out, text.data + start, at - start);
    }
    return rc;
}

/* Every kind has a digit or an @, but names and addresses, which are several words. */
static bool may_hit(SitoText text, bool names) {
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if ((c >= '0' && c <= '9') || c == '@' || (names && strchr(" _-.", c) != NULL)) {
            return true;
        }
    }
    return false;
}

int sito_put_masked(sqlite3 *db, SitoText text, bool names, SitoBuffer *out, char **error) {
    if (text.size > MOST_SEARCHED) {
        text.size = MOST_SEARCHED;
    }
    if (!may_hit(text, names)) {
        return sito_buffer_add(out, text.data, text.size);
    }
    SitoBuffer parted = {0};
    char *marks = sito_malloc(text.size); /* as many as there can be characters */
    int rc = marks == NULL ? SITO_NOMEM : part_words(text, &parted);
    if (rc == SITO_OK) {
        memset(marks, 0, text.size);
        mark_eleven(text, marks);
        rc = mark_hits(db, text, names, marks, text.size, error);
    }
    if (rc == SITO_OK) {
        rc = mark_hits(db, (SitoText){parted.data, parted.size}, names, marks, text.size, error);
    }
    if (rc == SITO_OK && !names) {
        spare_digests(text, marks);
    }
    rc = rc == SITO_OK ? put_shaped(out, text, marks) : rc;
    sito_buffer_free(&parted);
    sito_free(marks);
    return rc;
}

/* ---- in SQL ---- */

static void masked(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    if (sqlite3_value_type(values[0]) == SQLITE_NULL) {
        return;
    }
    SitoText text = {(const char *)sqlite3_value_text(values[0]), 0};
    text.size = (size_t)sqlite3_value_bytes(values[0]);
    SitoBuffer out = {0};
    bool names = sqlite3_user_data(context) != NULL;
    int rc = text.data == NULL
                 ? SITO_NOMEM
                 : sito_put_masked(sqlite3_context_db_handle(context), text, names, &out, NULL);
    if (rc == SITO_OK) {
        sqlite3_result_text64(context, out.data != NULL ? out.data : "", out.size, SQLITE_TRANSIENT,
                              SQLITE_UTF8);
    } else {
        sqlite3_result_error_code(context, rc);
    }
    sito_buffer_free(&out);
}

int sito_mask_register(sqlite3 *db) {
    static const char with_names[] = "names";
    int rc = sqlite3_create_function_v2(db, "masked_name", 1, SQLITE_UTF8 | SQLITE_DIRECTONLY,
                                        (void *)with_names, masked, NULL, NULL, NULL);
    return rc == SQLITE_OK ? sqlite3_create_function_v2(db, "masked_message", 1,
                                                        SQLITE_UTF8 | SQLITE_DIRECTONLY, NULL,
                                                        masked, NULL, NULL, NULL)
                           : rc;
}

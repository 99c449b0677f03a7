/*
** A document is read: refused where it is none, turned into UTF-8 (redact.h, R1).
**
** R1  Letters have to be certain: bytes that the encoding does not know, control characters and U+FFFD are
**     refused with their line, since a name with a broken letter is not found.
** R2  The encoding of a file that is not UTF-8 is the one that the csv module finds.
*/
#include "redact/redact.h"

#include <sqlite3.h>

#include <string.h>
#include <unicode/ucnv.h>

#include "common/db.h"
#include "common/file.h"
#include "redact/private.h"

void sito_document_free(SitoDocument *d) {
    sito_buffer_free(&d->text);
    *d = (SitoDocument){.path = NULL};
}

static int64_t line_of(SitoText bytes, size_t at) {
    int64_t line = 1;
    for (size_t i = 0; i < at && i < bytes.size; i++) {
        line += bytes.data[i] == '\n' ||
                (bytes.data[i] == '\r' && (i + 1 == bytes.size || bytes.data[i + 1] != '\n'));
    }
    return line;
}

static int refuse_bytes(const SitoDocument *d, SitoLanguage language, int64_t line, char **error) {
    return sito_error(
        error, SITO_ERROR,
        sito_say(
            language,
            "%s, wiersz %lld: bajty, które w kodowaniu %s nie są tekstem; otwórz plik w edytorze "
            "i zapisz jako zwykły tekst w kodowaniu UTF-8",
            "%s, line %lld: bytes that are no text in the encoding %s; open the file in an "
            "editor and save it as plain text in UTF-8"),
        d->path, (long long)line, d->encoding);
}

/* ---- encodings ---- */

/* Replaces the text by itself in UTF-8; a byte that the encoding does not know is refused. */
static int convert(SitoDocument *d, const char *converter, size_t unit, SitoLanguage language,
                   char **error) {
    UErrorCode status = U_ZERO_ERROR;
    UConverter *from = ucnv_open(converter, &status), *to = ucnv_open("UTF-8", &status);
    const char *source = d->text.data;
    SitoBuffer out = {.limit = 3 * (size_t)SITO_FILE_LIMIT + 4};
    int rc = U_FAILURE(status) ? SITO_NOMEM : sito_buffer_reserve(&out, 3 * d->text.size + 4);
    if (rc == SITO_OK) {
        UChar pivot[1024], *pivot_from = pivot, *pivot_to = pivot;
        char *target = out.data;
        ucnv_setToUCallBack(from, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
        ucnv_convertEx(to, from, &target, out.data + 3 * d->text.size + 4, &source,
                       d->text.data + d->text.size, pivot, &pivot_from, &pivot_to,
                       pivot + SITO_COUNT(pivot), true, true, &status);
        out.size = (size_t)(target - out.data);
        rc = !U_FAILURE(status) ? SITO_OK
             : unit > 1 /* the lines of UTF-16 are counted in what was turned already */
                 ? refuse_bytes(d, language, line_of((SitoText){out.data, out.size}, out.size),
                                error)
                 : refuse_bytes(d, language,
                                line_of((SitoText){d->text.data, d->text.size},
                                        (size_t)(source - d->text.data)),
                                error);
    }
    ucnv_close(from);
    ucnv_close(to);
    if (rc == SITO_OK) {
        sito_buffer_free(&d->text);
        d->text = out;
    } else {
        sito_buffer_free(&out);
    }
    return rc;
}

/* The encoding that the csv module finds (R2); "" where it finds none. */
static int sniff(SitoDocument *d, char **error) {
    sqlite3 *db = NULL;
    char *found = NULL, *cause = NULL;
    int rc = sito_db_open(&db, error);
    if (rc == SITO_OK) {
        rc = sito_db_text(db, &found, &cause, "SELECT encoding FROM csv_sniff(?1)", "t", d->path);
        rc = rc == SITO_NOMEM ? rc : SITO_OK;
        sqlite3_snprintf((int)sizeof d->encoding, d->encoding, "%s", found != NULL ? found : "");
    }
    sito_free(found);
    sito_free(cause);
    sqlite3_close(db);
    return rc;
}

static int refuse_encoding(const SitoDocument *d, SitoLanguage language, char **error) {
    return sito_error(
        error, SITO_ERROR,
        sito_say(language,
                 "nie wiadomo, w jakim kodowaniu jest %s; zapisz go jako zwykły tekst w "
                 "kodowaniu UTF-8",
                 "the encoding of %s cannot be told; save it as plain text in UTF-8"),
        d->path);
}

static int decode(SitoDocument *d, SitoLanguage language, char **error) {
    static const struct {
        const char *name, *converter;
        size_t unit;
    } known[] = {{"utf-16le", "UTF-16LE", 2},
                 {"utf-16be", "UTF-16BE", 2},
                 {"windows-1250", "windows-1250", 1},
                 {"iso-8859-2", "ISO-8859-2", 1},
                 {"cp852", "IBM852", 1}};
    size_t valid = sito_utf8_valid((SitoText){d->text.data, d->text.size});
    bool zero = memchr(d->text.data, 0, d->text.size) != NULL;
    sqlite3_snprintf((int)sizeof d->encoding, d->encoding, "utf-8");
    if (valid == d->text.size && !zero) {
        return SITO_OK;
    }
    int rc = sniff(d, error);
    for (size_t i = 0; i < SITO_COUNT(known) && rc == SITO_OK; i++) {
        bool wide = known[i].unit > 1;
        if (strcmp(d->encoding, known[i].name) == 0 && (wide || !zero)) {
            d->mark = true;
            return convert(d, known[i].converter, known[i].unit, language, error);
        }
    }
    if (rc == SITO_OK && zero) {
        return sito_refuse_zero(
            d->path, line_of((SitoText){d->text.data, d->text.size}, strlen(d->text.data)),
            language, error);
    }
    return rc != SITO_OK ? rc
           : strcmp(d->encoding, "utf-8") == 0
               ? refuse_bytes(d, language, line_of((SitoText){d->text.data, d->text.size}, valid),
                              error)
               : refuse_encoding(d, language, error);
}

/* ---- what a text is made of ---- */

static bool is_odd(uint32_t c) {
    return (c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f') ||
           (c >= 0x7F && c < 0xA0) || c == 0xFFFD;
}

static int check_characters(const SitoDocument *d, SitoLanguage language, char **error) {
    SitoText text = {d->text.data, d->text.size};
    for (size_t at = 0; at < text.size;) {
        size_t here = at;
        if (is_odd(sito_utf8_next(text, &at))) {
            return sito_error(
                error, SITO_ERROR,
                sito_say(
                    language,
                    "%s, wiersz %lld: znak sterujący albo litera zgubiona przy zmianie kodowania; "
                    "danych z takim znakiem nie da się rozpoznać – popraw go i zapisz plik jako "
                    "zwykły tekst UTF-8",
                    "%s, line %lld: a control character, or a letter that was lost in another "
                    "encoding; data with such a character cannot be recognised – mend it and save "
                    "the file as plain text in UTF-8"),
                d->path, (long long)line_of(text, here));
        }
    }
    return SITO_OK;
}

/* Takes a byte order mark off. */
static void take_mark(SitoDocument *d) {
    const size_t size = sizeof "\xEF\xBB\xBF" - 1;
    if (d->text.size >= size && memcmp(d->text.data, "\xEF\xBB\xBF", size) == 0) {
        memmove(d->text.data, d->text.data + size, d->text.size - size + 1);
        d->text.size -= size;
        d->mark = true;
    }
}

int sito_document_read(SitoDocument *d, const char *path, SitoLanguage language, char **error) {
    *d = (SitoDocument){.path = path};
    int rc = sito_refuse_name(path, language, error);
    rc = rc == SITO_OK ? sito_file_read(path, language, &d->text, d->sha256, error) : rc;
    if (rc == SITO_TOOBIG && error != NULL && *error != NULL) {
        char *cause = *error;
        *error = NULL;
        rc = sito_error(
            error, rc, sito_say(language, "%s; podziel dokument", "%s; split the document"), cause);
        sito_free(cause);
    }
    rc = rc == SITO_OK
             ? sito_refuse_content(path, (SitoText){d->text.data, d->text.size}, language, error)
             : rc;
    rc = rc == SITO_OK ? decode(d, language, error) : rc;
    rc = rc == SITO_OK ? sito_buffer_add(&d->text, "", 1) : rc;
    if (rc == SITO_OK) {
        d->text.size--;
        take_mark(d);
        rc = check_characters(d, language, error);
    }
    return rc;
}

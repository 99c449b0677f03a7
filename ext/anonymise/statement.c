/*
** anon_statement(document, basis, name, position, unit, form): the sentence of § 5 (2) of annex 1 to order 354/2022,
** which stands under a redacted document in the BIP.
**
**   Wyłączenia informacji niejawnych z (nazwa dokumentu) na podstawie (podstawa prawna) dokonał(a) (imię,
**   nazwisko, stanowisko służbowe, komórka organizacyjna …).
**
** R1  The words are the order's own; its slip „postawa prawna” is not repeated, being only the name of a place to
**     fill.
** R2  'dokonał(a)' stands as the order has it, unless the caller says 'dokonał' or 'dokonała': nobody's sex is
**     guessed from a name.
** R3  An argument that is NULL, empty or blank is an error, which names it: a statement without an author or
**     without a legal basis is none (§ 5 (1)). Blanks at the ends and line breaks are taken off.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "base/register.h"
#include "redact_call.h"

static bool is_blank(SitoText text, size_t i) {
    return (unsigned char)text.data[i] <= ' ';
}

/* The blank at i, of any width; 0: there is none. */
static size_t blank_size(SitoText text, size_t i) {
    if (is_blank(text, i)) {
        return 1;
    }
    bool no_break = text.size - i >= 2 && memcmp(text.data + i, "\xC2\xA0", 2) == 0;
    bool wide = text.size - i >= 3 && (memcmp(text.data + i, "\xE2\x80\x8B", 3) == 0 ||
                                       memcmp(text.data + i, "\xE2\x80\xAF", 3) == 0 ||
                                       memcmp(text.data + i, "\xE3\x80\x80", 3) == 0);
    return no_break ? 2 : wide ? 3 : 0;
}

/* Appends the words of the text, one blank between them; *empty: it has none. */
static int add_words(SitoBuffer *out, SitoText text, bool *empty) {
    int rc = SITO_OK;
    bool gap = false;
    *empty = true;
    for (size_t i = 0; i < text.size && rc == SITO_OK;) {
        size_t blank = blank_size(text, i);
        if (blank > 0) {
            gap = !*empty;
            i += blank;
            continue;
        }
        rc = gap ? sito_buffer_add(out, " ", 1) : SITO_OK;
        rc = rc == SITO_OK ? sito_buffer_add(out, text.data + i++, 1) : rc;
        gap = *empty = false;
    }
    return rc;
}

/* The verb as the caller wants it (R2); NULL: it is none of the three. */
static const char *verb_of(SitoText form) {
    static const char *const forms[] = {"dokonał(a)", "dokonał", "dokonała"};
    for (size_t i = 0; i < SITO_COUNT(forms); i++) {
        if (form.size == strlen(forms[i]) && memcmp(form.data, forms[i], form.size) == 0) {
            return forms[i];
        }
    }
    return form.data == NULL ? forms[0] : NULL;
}

static int print_statement(sqlite3_value **argv, const char *verb, SitoBuffer *out,
                           const char **missing) {
    static const struct {
        const char *name, *before;
    } parts[] = {{"the name of the document", "Wyłączenia informacji niejawnych z "},
                 {"the legal basis", " na podstawie "},
                 {"the name of the employee", NULL},
                 {"the position of the employee", ", "},
                 {"the unit of the employee", ", "}};
    int rc = SITO_OK;
    for (size_t i = 0; i < SITO_COUNT(parts) && rc == SITO_OK && *missing == NULL; i++) {
        SitoText text;
        bool empty = true;
        rc = parts[i].before != NULL ? sito_buffer_print(out, "%s", parts[i].before)
                                     : sito_buffer_print(out, " %s ", verb);
        rc = rc == SITO_OK ? sito_value_text(argv[i], &text) : rc;
        rc = rc == SITO_OK ? add_words(out, text, &empty) : rc;
        *missing = rc == SITO_OK && empty ? parts[i].name : NULL;
    }
    bool ends = out->size > 0 && out->data[out->size - 1] == '.';
    return rc == SITO_OK && !ends ? sito_buffer_add(out, ".", 1) : rc;
}

void anon_statement(sqlite3_context *context, int argc, sqlite3_value **argv) {
    SitoBuffer out = {0};
    SitoText form = {NULL, 0};
    const char *missing = NULL;
    if (!sito_args_ok(context, argc)) {
        return;
    }
    int rc = argc > 5 ? sito_value_text(argv[5], &form) : SITO_OK;
    const char *verb = verb_of(form);
    if (rc == SITO_OK && verb == NULL) {
        anon_refuse(context, "form", "is 'dokonał(a)', 'dokonał' or 'dokonała'");
        return;
    }
    rc = rc == SITO_OK ? print_statement(argv, verb, &out, &missing) : rc;
    if (rc == SITO_OK && missing != NULL) {
        anon_refuse(context, missing, "is missing; § 5 of annex 1 asks for it");
        sito_buffer_free(&out);
        return;
    }
    anon_answer(context, rc, &out, NULL);
}

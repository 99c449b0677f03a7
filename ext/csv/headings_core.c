/*
** The names of a table's columns (headings_core.h).
*/
#include "headings_core.h"

#include <string.h>
#include <unicode/uchar.h>

static bool same_letter(uint32_t a, uint32_t b) {
    return a == b || u_foldCase((UChar32)a, U_FOLD_CASE_DEFAULT) ==
                         u_foldCase((UChar32)b, U_FOLD_CASE_DEFAULT);
}

bool sito_headings_begin(SitoText text, const char *word, SitoText *rest) {
    SitoText wanted = {.data = word, .size = strlen(word)};
    size_t i = 0, j = 0;
    while (j < wanted.size) {
        if (i == text.size || !same_letter(sito_utf8_next(text, &i), sito_utf8_next(wanted, &j))) {
            return false;
        }
    }
    *rest = (SitoText){.data = text.data + i, .size = text.size - i};
    return true;
}

bool sito_headings_equal(const char *a, const char *b) {
    SitoText rest;
    return sito_headings_begin((SitoText){.data = a, .size = strlen(a)}, b, &rest) &&
           rest.size == 0;
}

static bool is_taken(const SitoHeadings *headings, const char *name) {
    for (size_t i = 0; i < headings->count; i++) {
        if (sito_headings_equal(headings->names[i], name)) {
            return true;
        }
    }
    return false;
}

/* The heading itself, or the first form with a suffix that is free. NULL: out of memory. */
static char *unique_name(const SitoHeadings *headings, const char *heading) {
    char *name = sito_print("%s", heading);
    for (int suffix = 2; name != NULL && (name[0] == '_' || is_taken(headings, name)); suffix++) {
        bool free_underscore = suffix > 2 && !is_taken(headings, name);
        if (free_underscore) {
            break;
        }
        sito_free(name);
        name = sito_print("%s_%d", heading, suffix);
    }
    return name;
}

int sito_headings_add(SitoHeadings *headings, SitoText heading) {
    void *names = headings->names;
    int rc = sito_grow(&names, &headings->capacity, headings->count + 1, sizeof *headings->names,
                       SITO_CSV_MAX_COLUMNS);
    headings->names = names;
    if (rc != SITO_OK) {
        return rc;
    }
    /* Text behind a NUL would be lost in a name, but a heading with a NUL is a defect of its own
    *and
    ** arrives with U+FFFD in its place. */
    char *text = heading.size > 0 ? sito_print("%.*s", (int)heading.size, heading.data)
                                  : sito_print("c%lld", (long long)headings->count + 1);
    char *name = text != NULL ? unique_name(headings, text) : NULL;
    sito_free(text);
    if (name == NULL) {
        return SITO_NOMEM;
    }
    headings->names[headings->count++] = name;
    return SITO_OK;
}

void sito_headings_free(SitoHeadings *headings) {
    for (size_t i = 0; i < headings->count; i++) {
        sito_free(headings->names[i]);
    }
    sito_free(headings->names);
    *headings = (SitoHeadings){0};
}

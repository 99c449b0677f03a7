/*
** Collations for Polish names, on ICU's collator and CLDR's rules.
**
**   polish     the order of a Polish dictionary: a < ą < b, marks and case counted last
**   polish_ci  the same, upper and lower case equal
**   polish_ai  letters alone, without marks and case: Łódź = lodz
**   polish_num as polish, with numbers in a text by their value: ul. 2 < ul. 11
**
** R1  `polish` and `polish_num` are total orders of different texts: where CLDR sees no difference (a text and its
**     decomposed form, control characters) the code points decide, so DISTINCT and UNIQUE never
**     merge two texts.
** R2  polish_ci and polish_ai are for searching: what they call equal is equal to SQLite.
** R3  The locale must really be Polish. ICU opens "xx_YY" with the rules of the root and reports no
**     error, so a host with ICU data without Polish is refused at load.
** R4  polish_ai takes the root's search rules: under `pl` ł is a letter of its own, never an l.
** R5  NUL and ill-formed UTF-8 are compared, never cut at, never read past.
**
** Source: UTS 10, UTS 35 (collation); CLDR's pl. An index built with another version of the rules
** is found by PRAGMA integrity_check and mended by REINDEX polish.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>
#include <unicode/ucol.h>

#include "collation.h"

static int compare_loosely(void *collator, int a_size, const void *a, int b_size, const void *b) {
    UErrorCode status = U_ZERO_ERROR;
    return ucol_strcollUTF8(collator, a, a_size, b, b_size, &status);
}

static int compare_totally(void *collator, int a_size, const void *a, int b_size, const void *b) {
    int order = compare_loosely(collator, a_size, a, b_size, b);
    if (order != 0) {
        return order;
    }
    int shorter = a_size < b_size ? a_size : b_size;
    order = shorter > 0 ? memcmp(a, b, (size_t)shorter) : 0; /* UTF-8 sorts as its code points do */
    return order != 0 ? order : (a_size > b_size) - (a_size < b_size);
}

/* True when the collator follows the rules it was asked for (R3, R4). */
static bool is_as_asked(const UCollator *collator, bool polish) {
    UErrorCode status = U_ZERO_ERROR;
    if (polish) {
        const char *locale = ucol_getLocaleByType(collator, ULOC_ACTUAL_LOCALE, &status);
        return U_SUCCESS(status) && locale != NULL && strcmp(locale, "pl") == 0;
    }
    return ucol_strcollUTF8(collator,
                            "\xC5\x81\xC3\xB3"
                            "d\xC5\xBA",
                            -1, "lodz", -1, &status) == UCOL_EQUAL;
}

static void close_collator(void *collator) {
    ucol_close(collator);
}

static int open_collation(sqlite3 *db, const char *name, const char *locale,
                          UColAttributeValue strength,
                          int (*compare)(void *, int, const void *, int, const void *),
                          char **error) {
    UErrorCode status = U_ZERO_ERROR;
    UCollator *collator = ucol_open(locale, &status);
    if (U_FAILURE(status)) {
        return sito_error(error, status == U_MEMORY_ALLOCATION_ERROR ? SITO_NOMEM : SITO_ERROR,
                          "%s: ICU has no collation data: %s", name, u_errorName(status));
    }
    ucol_setStrength(collator, strength);
    if (!is_as_asked(collator, strncmp(locale, "pl", 2) == 0)) {
        ucol_close(collator);
        return sito_error(error, SITO_ERROR, "%s: this ICU has no Polish collation data", name);
    }
    int rc = sqlite3_create_collation_v2(db, name, SQLITE_UTF8, collator, compare, close_collator);
    if (rc != SQLITE_OK) {
        ucol_close(collator); /* SQLite does not call the destructor when it refuses */
    }
    return rc;
}

int sito_polish_collation(sqlite3 *db, const char *name, char **error) {
    return open_collation(db, name, "pl", UCOL_TERTIARY, compare_totally, error);
}

int sito_polish_collation_num(sqlite3 *db, const char *name, char **error) {
    return open_collation(db, name, "pl-u-kn-true", UCOL_TERTIARY, compare_totally, error);
}

int sito_polish_collation_ci(sqlite3 *db, const char *name, char **error) {
    return open_collation(db, name, "pl", UCOL_SECONDARY, compare_loosely, error);
}

int sito_polish_collation_ai(sqlite3 *db, const char *name, char **error) {
    return open_collation(db, name, "und-u-co-search-ks-level1", UCOL_PRIMARY, compare_loosely,
                          error);
}

/*
** A query with a total order, so that equal tables give equal files.
**
**   SELECT a, b FROM t ORDER BY b DESC LIMIT 9  →  … ORDER BY b DESC, 1 COLLATE BINARY, 2 COLLATE BINARY LIMIT 9
**
** R1  The order that is written stands first; all columns of the result follow, compared byte by byte. Records
**     that are still equal are equal in every column.
** R2  The last ORDER BY and LIMIT outside of parentheses are those of the query. Only words, quotes, comments
**     and parentheses are told apart; whether it is SQL was found out before.
*/
#include <string.h>

#include "warehouse/private.h"

typedef struct Scan {
    const char *limit; /* where LIMIT stands; NULL: nowhere */
    const char *end;   /* behind the last word or sign that is not ; */
    bool ordered;
} Scan;

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (unsigned char)c >= 0x80;
}

/* Behind what begins with a quote; a doubled quote belongs to it. */
static const char *skip_quoted(const char *at) {
    char quote = *at == '[' ? ']' : *at;
    for (at++; *at != 0; at++) {
        if (*at == quote && (quote == ']' || at[1] != quote)) {
            return at + 1;
        }
        at += *at == quote;
    }
    return at;
}

/* Behind a comment; NULL: there is none. */
static const char *skip_comment(const char *at) {
    if (at[0] == '-' && at[1] == '-') {
        return at + strcspn(at, "\n");
    }
    if (at[0] == '/' && at[1] == '*') {
        const char *end = strstr(at + 2, "*/");
        return end == NULL ? at + strlen(at) : end + 2;
    }
    return NULL;
}

static void take_word(Scan *scan, const char *word, size_t size) {
    if (size == 5 && sqlite3_strnicmp(word, "ORDER", 5) == 0) {
        scan->ordered = true;
        scan->limit = NULL;
    } else if (size == 5 && sqlite3_strnicmp(word, "LIMIT", 5) == 0) {
        scan->limit = word;
    }
}

static Scan scan_query(const char *query) {
    Scan scan = {.end = query};
    int depth = 0;
    for (const char *at = query; *at != 0;) {
        const char *behind = skip_comment(at);
        if (behind != NULL || strchr(" \t\r\n\f", *at) != NULL) {
            at = behind != NULL ? behind : at + 1;
            continue;
        }
        const char *start = at;
        if (strchr("'\"`[", *at) != NULL) {
            at = skip_quoted(at);
        } else if (is_letter(*at)) {
            while (is_letter(*at)) {
                at++;
            }
            if (depth == 0) {
                take_word(&scan, start, (size_t)(at - start));
            }
        } else {
            depth += (*at == '(') - (*at == ')');
            at++;
        }
        scan.end = *start == ';' ? scan.end : at;
    }
    return scan;
}

int sito_total_order(const char *query, int columns, SitoBuffer *out) {
    Scan scan = scan_query(query);
    const char *cut = scan.limit != NULL ? scan.limit : scan.end;
    int rc = sito_buffer_add(out, query, (size_t)(cut - query));
    rc = rc == SITO_OK ? sito_buffer_print(out, "%s", scan.ordered ? "\n, " : "\nORDER BY ") : rc;
    for (int i = 1; i <= columns && rc == SITO_OK; i++) {
        rc = sito_buffer_print(out, "%s%d COLLATE BINARY", i > 1 ? ", " : "", i);
    }
    rc = rc == SITO_OK ? sito_buffer_print(out, "\n") : rc;
    rc = rc == SITO_OK ? sito_buffer_add(out, cut, (size_t)(scan.end - cut)) : rc;
    return rc == SITO_OK ? sito_buffer_add(out, "", 1) : rc;
}

/*
** personal_data_find(text): where personal data stands in a text.
**
**   SELECT kind, substr(text, start, "end" - start + 1) FROM letters, personal_data_find(text);
**
** R1  start and "end" count characters from 1, as substr() does; "end" is the last one of the hit.
** R2  confidence is 0 to 1: what a reader should mask has 0.5 or more; less is shown with its reason.
** R3  basis is the paragraph of annex 1 to order 354/2022 of the Mayor of Łódź.
** R4  Hits come from left to right and do not overlap. NULL and an empty text have none.
** R5  A text of up to SITO_FIND_LIMIT hits; more are an error, not a shorter list.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include "base/register.h"
#include "identity.h"
#include "tables.h"

enum { COL_START, COL_END, COL_KIND, COL_CONFIDENCE, COL_BASIS, COL_REASON, COL_TEXT };
enum { NOT_GIVEN = 1 }; /* a plan without a text, which only fails */
enum { SITO_FIND_LIMIT = 1 << 22 };

typedef struct FindCursor {
    sqlite3_vtab_cursor base;
    SitoHit *hits; /* start and end in characters */
    size_t count, capacity, row;
    SitoText text; /* while the search runs */
    size_t bytes, characters;
} FindCursor;

static int find_connect(sqlite3 *db, void *modules, int argc, const char *const *argv,
                        sqlite3_vtab **vtab, char **error) {
    (void)modules, (void)argc, (void)argv, (void)error;
    int rc = sqlite3_declare_vtab(
        db, "CREATE TABLE personal_data_find(start, \"end\", kind, confidence, basis, "
            "reason, text HIDDEN)");
    if (rc != SQLITE_OK) {
        return rc;
    }
    sqlite3_vtab_config(db, SQLITE_VTAB_INNOCUOUS);
    sqlite3_vtab *table = sito_malloc(sizeof *table);
    if (table == NULL) {
        return SQLITE_NOMEM;
    }
    *table = (sqlite3_vtab){0};
    *vtab = table;
    return SQLITE_OK;
}

static int find_disconnect(sqlite3_vtab *vtab) {
    sito_free(vtab);
    return SQLITE_OK;
}

/* The one plan: the text is given. */
static int find_best_index(sqlite3_vtab *vtab, sqlite3_index_info *info) {
    (void)vtab;
    for (int i = 0; i < info->nConstraint; i++) {
        if (info->aConstraint[i].iColumn != COL_TEXT ||
            info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ) {
            continue;
        }
        if (!info->aConstraint[i].usable) {
            return SQLITE_CONSTRAINT;
        }
        info->aConstraintUsage[i].argvIndex = 1;
        info->aConstraintUsage[i].omit = 1;
        info->estimatedCost = 1000;
        info->estimatedRows = 5;
        return SQLITE_OK;
    }
    info->idxNum = NOT_GIVEN; /* also asked for one side of an OR, where another plan gives it */
    info->estimatedCost = 1e99;
    return SQLITE_OK;
}

static int find_open(sqlite3_vtab *vtab, sqlite3_vtab_cursor **out) {
    (void)vtab;
    FindCursor *cursor = sito_malloc(sizeof *cursor);
    if (cursor == NULL) {
        return SQLITE_NOMEM;
    }
    *cursor = (FindCursor){0};
    *out = &cursor->base;
    return SQLITE_OK;
}

static int find_close(sqlite3_vtab_cursor *base) {
    sito_free(((FindCursor *)base)->hits);
    sito_free(base);
    return SQLITE_OK;
}

/* Characters up to the byte, counted as substr() counts them: a lead byte takes the trail bytes behind it, and
** a stray one is a character. Called with growing bytes, so the text is counted once. */
static size_t character_of(FindCursor *cursor, size_t byte) {
    const unsigned char *text = (const unsigned char *)cursor->text.data;
    while (cursor->bytes < byte) {
        bool lead = text[cursor->bytes++] >= 0xC0;
        while (lead && cursor->bytes < byte && (text[cursor->bytes] & 0xC0) == 0x80) {
            cursor->bytes++;
        }
        cursor->characters++;
    }
    return cursor->characters;
}

static int keep_hit(void *context, const SitoHit *hit) {
    FindCursor *cursor = context;
    void *hits = cursor->hits;
    int rc = sito_grow(&hits, &cursor->capacity, cursor->count + 1, sizeof *hit, SITO_FIND_LIMIT);
    cursor->hits = hits;
    if (rc == SITO_OK) {
        SitoHit *kept = &cursor->hits[cursor->count++];
        *kept = *hit;
        kept->start = character_of(cursor, hit->start) + 1;
        kept->end = character_of(cursor, hit->end);
    }
    return rc;
}

static int find_filter(sqlite3_vtab_cursor *base, int plan, const char *name, int argc,
                       sqlite3_value **argv) {
    (void)name, (void)argc;
    FindCursor *cursor = (FindCursor *)base;
    if (plan == NOT_GIVEN) {
        sqlite3_free(base->pVtab->zErrMsg);
        base->pVtab->zErrMsg =
            sito_print("personal_data_find: which text? write personal_data_find(text)");
        return base->pVtab->zErrMsg == NULL ? SQLITE_NOMEM : SQLITE_ERROR;
    }
    cursor->count = cursor->row = cursor->bytes = cursor->characters = 0;
    int rc = sito_value_text(argv[0], &cursor->text);
    return rc == SITO_OK ? sito_identity_find(cursor->text, keep_hit, cursor) : rc;
}

static int find_next(sqlite3_vtab_cursor *base) {
    ((FindCursor *)base)->row++;
    return SQLITE_OK;
}

static int find_eof(sqlite3_vtab_cursor *base) {
    FindCursor *cursor = (FindCursor *)base;
    return cursor->row >= cursor->count;
}

static int find_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
    FindCursor *cursor = (FindCursor *)base;
    const SitoHit *hit = &cursor->hits[cursor->row];
    switch (column) {
    case COL_START:
        sqlite3_result_int64(context, (sqlite3_int64)hit->start);
        break;
    case COL_END:
        sqlite3_result_int64(context, (sqlite3_int64)hit->end);
        break;
    case COL_KIND:
        sqlite3_result_text(context, sito_identity_name(hit->kind), -1, SQLITE_STATIC);
        break;
    case COL_CONFIDENCE:
        sqlite3_result_double(context, hit->confidence);
        break;
    case COL_BASIS:
        sqlite3_result_text(context, sito_identity_basis(hit->kind), -1, SQLITE_STATIC);
        break;
    case COL_REASON:
        sqlite3_result_text(context, hit->reason, -1, SQLITE_STATIC);
        break;
    default:
        break;
    }
    return SQLITE_OK;
}

static int find_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *rowid) {
    *rowid = (sqlite3_int64)((FindCursor *)base)->row + 1;
    return SQLITE_OK;
}

const sqlite3_module sito_personal_data_find = {
    .iVersion = 1,
    .xConnect = find_connect, /* no xCreate: the table is always there, under its own name */
    .xBestIndex = find_best_index,
    .xDisconnect = find_disconnect,
    .xDestroy = find_disconnect,
    .xOpen = find_open,
    .xClose = find_close,
    .xFilter = find_filter,
    .xNext = find_next,
    .xEof = find_eof,
    .xColumn = find_column,
    .xRowid = find_rowid,
};

/*
** May these rows take the place of the present ones? What the declaration asks for, then what the version
** before makes one expect.
**
** R1  Asked for: a least number of rows (1 unless said), the columns where they are listed, no missing value in
**     the required ones, no column with more missing values than allowed.
** R2  Against the version before: the same columns, numbers still numbers and texts still texts, no more rows
**     lost than `shrinkage` (20 %), no share of missing values that grew by more than `growth` (20 points).
**     `accept` lets these pass, not R1: a person has looked.
** R3  The first cause is told, with names of columns and numbers, never with a value.
*/
#include <string.h>

#include "warehouse/private.h"

typedef struct Judge {
    const Stage *stage;
    const Source *source;
    SitoLanguage language;
    char **error;
} Judge;

/* SITO_ERROR with a sentence. */
#define REFUSE(judge, pl, en, ...)                                                                 \
    sito_error((judge)->error, SITO_ERROR, sito_say((judge)->language, pl, en), __VA_ARGS__)

static const StagedColumn *find(const Stage *stage, SitoText name) {
    for (int i = 0; i < stage->count; i++) {
        SitoText own = {stage->columns[i].name, strlen(stage->columns[i].name)};
        if (sito_text_equal_nocase(own, name)) {
            return &stage->columns[i];
        }
    }
    return NULL;
}

/* The next name of a list `a, b, c`; size 0: no more. */
static SitoText next_name(const char **at) {
    *at += strspn(*at, ", \t\r\n");
    SitoText name = {*at, strcspn(*at, ",")};
    *at += name.size;
    while (name.size > 0 && strchr(" \t\r\n", name.data[name.size - 1]) != NULL) {
        name.size--;
    }
    return name;
}

/* ---- R1 ---- */

static int check_listed(const Judge *j) {
    if (j->source->columns == NULL) {
        return SITO_OK;
    }
    const char *at = j->source->columns;
    int listed = 0;
    for (SitoText name = next_name(&at); name.size > 0; name = next_name(&at), listed++) {
        if (find(j->stage, name) == NULL) {
            return REFUSE(j, "brak kolumny „%.*s”", "the column \"%.*s\" is missing",
                          (int)name.size, name.data);
        }
    }
    if (listed == j->stage->count) {
        return SITO_OK;
    }
    return REFUSE(j, "źródło ma kolumn: %d, a wymieniono: %d",
                  "the source has %d columns, %d are listed", j->stage->count, listed);
}

static int check_required(const Judge *j) {
    const char *at = j->source->required == NULL ? "" : j->source->required;
    for (SitoText name = next_name(&at); name.size > 0; name = next_name(&at)) {
        const StagedColumn *column = find(j->stage, name);
        if (column == NULL) {
            return REFUSE(j, "brak wymaganej kolumny „%.*s”",
                          "the required column \"%.*s\" is missing", (int)name.size, name.data);
        }
        if (column->missing > 0) {
            return REFUSE(j, "w wymaganej kolumnie „%s” brakuje wartości: %lld",
                          "values are missing in the required column \"%s\": %lld", column->name,
                          (long long)column->missing);
        }
    }
    return SITO_OK;
}

static int check_missing(const Judge *j) {
    for (int i = 0; i < j->stage->count && j->stage->rows > 0; i++) {
        const StagedColumn *c = &j->stage->columns[i];
        double share = (double)c->missing / (double)j->stage->rows;
        if (share > j->source->missing) {
            return REFUSE(j, "w kolumnie „%s” brakuje %.1f%% wartości; dozwolone: %.1f%%",
                          "in the column \"%s\" %.1f%% of the values are missing; allowed: %.1f%%",
                          c->name, share * 100, j->source->missing * 100);
        }
    }
    return SITO_OK;
}

/* ---- R2 ---- */

static int check_rows(const Judge *j, int64_t before) {
    int64_t rows = j->stage->rows;
    if (rows >= before || (double)(before - rows) <= j->source->shrinkage * (double)before) {
        return SITO_OK;
    }
    return REFUSE(
        j,
        "wierszy było %lld, jest %lld: ubyło więcej niż dozwolone %.1f%%; jeśli tak ma być: "
        "sito fetch --accept %s --by OSOBA",
        "there were %lld rows, there are %lld: more were lost than the allowed %.1f%%; if "
        "that is meant: sito fetch --accept %s --by NAME",
        (long long)before, (long long)rows, j->source->shrinkage * 100, j->source->name);
}

static int check_column(const Judge *j, const char *name, const char *type, int64_t missing,
                        int64_t rows) {
    const StagedColumn *c = find(j->stage, (SitoText){name, strlen(name)});
    if (c == NULL) {
        return REFUSE(
            j, "nie ma już kolumny „%s”; jeśli tak ma być: sito fetch --accept %s --by OSOBA",
            "the column \"%s\" is gone; if that is meant: sito fetch --accept %s --by NAME", name,
            j->source->name);
    }
    bool was_number = strcmp(type, "INTEGER") == 0 || strcmp(type, "REAL") == 0;
    bool was_text = strcmp(type, "TEXT") == 0;
    if ((was_number && c->texts + c->blobs > 0) || (was_text && sito_stage_is_number(c))) {
        return REFUSE(
            j,
            "kolumna „%s” zmieniła rodzaj (%s); jeśli tak ma być: sito fetch --accept %s --by OSOBA",
            "the column \"%s\" changed its kind (%s); if that is meant: sito fetch --accept %s --by NAME",
            c->name,
            was_number
                ? sito_say(j->language, "liczby, teraz także teksty", "numbers, now texts too")
                : sito_say(j->language, "teksty, teraz liczby", "texts, now numbers"),
            j->source->name);
    }
    double share = j->stage->rows > 0 ? (double)c->missing / (double)j->stage->rows : 0;
    double before = rows > 0 ? (double)missing / (double)rows : 0;
    if (share - before > j->source->growth) {
        return REFUSE(
            j,
            "w kolumnie „%s” brakuje %.1f%% wartości, poprzednio %.1f%%; jeśli tak ma być: "
            "sito fetch --accept %s --by OSOBA",
            "in the column \"%s\" %.1f%% of the values are missing, before %.1f%%; if that "
            "is meant: sito fetch --accept %s --by NAME",
            c->name, share * 100, before * 100, j->source->name);
    }
    return SITO_OK;
}

static int check_new(const Judge *j, int64_t before) {
    if (j->stage->count <= before) { /* none is gone, so none is new */
        return SITO_OK;
    }
    return REFUSE(
        j,
        "doszły kolumny: jest ich %d, było %lld; jeśli tak ma być: sito fetch --accept %s --by OSOBA",
        "there are new columns: %d, before %lld; if that is meant: sito fetch --accept %s --by NAME",
        j->stage->count, (long long)before, j->source->name);
}

static int check_before(const Judge *j) {
    sqlite3_stmt *columns = NULL;
    int64_t count = 0, rows = 0;
    int step = SQLITE_DONE,
        rc = sito_db_prepare(
            j->stage->db, &columns, j->error,
            "SELECT c.value ->> '$.name', c.value ->> '$.type', c.value ->> '$.missing', rows"
            "  FROM sito_version, json_each(sito_version.columns) AS c"
            " WHERE source = ?1 AND present ORDER BY c.key",
            "t", j->source->name);
    while (rc == SITO_OK && (step = sqlite3_step(columns)) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(columns, 0);
        const char *type = (const char *)sqlite3_column_text(columns, 1);
        rows = sqlite3_column_int64(columns, 3);
        rc = name == NULL || type == NULL ? SITO_NOMEM : count == 0 ? check_rows(j, rows) : SITO_OK;
        rc = rc == SITO_OK ? check_column(j, name, type, sqlite3_column_int64(columns, 2), rows)
                           : rc;
        count++;
    }
    if (rc == SITO_OK && step != SQLITE_DONE) {
        rc = sito_db_error(j->stage->db, step, j->error);
    }
    sqlite3_finalize(columns);
    return rc == SITO_OK && count > 0 ? check_new(j, count) : rc;
}

int sito_stage_expect(const Stage *stage, const Source *source, bool accept, SitoLanguage language,
                      char **error) {
    Judge j = {stage, source, language, error};
    int rc = SITO_OK;
    if (stage->rows < source->least) {
        rc = stage->rows == 0 ? REFUSE(&j, "źródło nie ma ani jednego wiersza (%s)",
                                       "the source has no rows (%s)", source->name)
                              : REFUSE(&j, "wierszy: %lld, a ma być najmniej %lld",
                                       "rows: %lld; at least %lld are expected",
                                       (long long)stage->rows, (long long)source->least);
    }
    rc = rc == SITO_OK ? check_listed(&j) : rc;
    rc = rc == SITO_OK ? check_required(&j) : rc;
    rc = rc == SITO_OK ? check_missing(&j) : rc;
    return rc == SITO_OK && !accept ? check_before(&j) : rc;
}

/*
** Why a release loses everything (private.h): a sensitive column with so many values that l, t and their kin
** are met by one class of all rows alone, or by none.
*/
#include <sqlite3.h>

#include "anonymise/private.h"
#include "common/db.h"

/* The loss of the best release by k and, where it is named, one sensitive column; 2: there is none. */
static int least_loss(SitoMaking *m, int64_t k, const char *sensitive, double *loss, char **error) {
    sqlite3_stmt *row = NULL;
    char *plan = NULL;
    int rc = sito_make_plan(m, k, sensitive, &plan, error);
    rc = rc == SITO_OK ? sito_db_prepare(m->db, &row, error,
                                         "SELECT coalesce(min(loss), 2) FROM"
                                         " anon_release('temp.data', ?1)",
                                         "t", plan)
                       : rc;
    int step = rc == SITO_OK ? sqlite3_step(row) : SQLITE_DONE;
    if (step == SQLITE_ROW) {
        *loss = sqlite3_column_double(row, 0);
    } else if (rc == SITO_OK) {
        rc = sito_db_error(m->db, step, error);
    }
    sqlite3_finalize(row);
    sito_free(plan);
    return rc;
}

/* Writes the SELECT that counts the values of a column. */
static int count_values(SitoMaking *m, const char *field, int64_t *values, char **error) {
    char *sql = sito_print("SELECT count(DISTINCT \"%w\") FROM temp.data", field);
    int rc = sql == NULL ? SITO_NOMEM : sito_db_integer(m->db, values, error, sql, "");
    sito_free(sql);
    return rc;
}

static int say(SitoMaking *m, const char *field, bool lost, char **sentence, char **error) {
    char *limits = NULL;
    int64_t values = 0;
    int rc = count_values(m, field, &values, error);
    rc =
        rc == SITO_OK
            ? sito_db_text(m->db, &limits, error,
                           "SELECT group_concat(name || ' = ' || replace(effective, '.', ?1), '; ')"
                           " FROM (SELECT name, printf('%g', effective) AS effective FROM"
                           " before.threshold WHERE name IN ('l', 't', 'alpha', 'beta') AND"
                           " effective IS NOT NULL AND resource ="
                           " (SELECT resource ->> '$.name' FROM descriptor) ORDER BY name)",
                           "t", sito_say(m->language, ",", "."))
            : rc;
    if (rc == SITO_OK) {
        *sentence = sito_print(
            lost ? sito_say(
                       m->language,
                       "kolumna wrażliwa „%s” ma %lld różnych wartości i jej progi (%s) spełnia "
                       "dopiero zbiór bez żadnej cechy pośrednio identyfikującej; najpierw "
                       "podziel jej wartości na przedziały lub kategorie (anon_range) i uruchom "
                       "sito anonymise jeszcze raz",
                       "the sensitive column \"%s\" has %lld different values, and its "
                       "thresholds (%s) are met only where no quasi-identifier is left; put its "
                       "values into ranges or categories first (anon_range), then run sito "
                       "anonymise again")
                 : sito_say(
                       m->language,
                       "kolumna wrażliwa „%s” ma %lld różnych wartości i jej progów (%s) nie "
                       "spełnia żaden wybór poziomów, choć sam próg k da się spełnić; najpierw "
                       "podziel jej wartości na przedziały lub kategorie (anon_range) albo "
                       "zmień progi",
                       "the sensitive column \"%s\" has %lld different values, and no choice of "
                       "levels meets its thresholds (%s), though k alone can be met; put its "
                       "values into ranges or categories first (anon_range), or change the "
                       "thresholds"),
            field, (long long)values, limits != NULL ? limits : "");
        rc = *sentence == NULL ? SITO_NOMEM : SITO_OK;
    }
    sito_free(limits);
    return rc;
}

int sito_make_blame(SitoMaking *m, bool lost, char **sentence, char **error) {
    const double all = 0.999;
    double loss = 2;
    int64_t k = 0;
    sqlite3_stmt *row = NULL;
    *sentence = NULL;
    int rc = sito_db_integer(m->db, &k, error,
                             "SELECT CAST(effective AS INTEGER) FROM before.threshold WHERE name ="
                             " 'k' AND resource = (SELECT resource ->> '$.name' FROM descriptor)",
                             "");
    rc = rc == SITO_OK ? least_loss(m, k, NULL, &loss, error) : rc;
    if (rc != SITO_OK || loss > all) {
        return rc;
    }
    rc = sito_db_prepare(m->db, &row, error,
                         "SELECT field FROM treatment WHERE resource = ?1 AND role = 'sensitive'"
                         " ORDER BY position",
                         "i", m->number);
    while (rc == SITO_OK && *sentence == NULL && sqlite3_step(row) == SQLITE_ROW) {
        const char *field = (const char *)sqlite3_column_text(row, 0);
        rc = field == NULL ? SITO_NOMEM : least_loss(m, k, field, &loss, error);
        if (rc == SITO_OK && loss > all) {
            rc = say(m, field, lost, sentence, error);
        }
    }
    sqlite3_finalize(row);
    return rc;
}

/*
** The whole of a data set made anew (anonymise.h).
*/
#include "anonymise/anonymise.h"

#include <sqlite3.h>

#include <string.h>

#include "anonymise/private.h"
#include "common/clock.h"
#include "common/db.h"
#include "common/embedded.h"
#include "common/file.h"

void sito_anonymised_free(SitoAnonymised *done) {
    sqlite3_close(done->db);
    *done = (SitoAnonymised){.db = NULL};
}

/* What the check of the source measured and asked for. */
static int keep_before(SitoAnonymised *done, const SitoCheck *before, char **error) {
    sqlite3 *report = before->report;
    int rc = sito_db_run(done->db,
                         "ATTACH ':memory:' AS before;"
                         "CREATE TABLE before.threshold(resource, name, effective REAL)",
                         error);
    rc = rc == SITO_OK ? sito_db_copy(report, done->db,
                                      "SELECT resource, name, effective FROM report.threshold",
                                      "INSERT INTO before.threshold VALUES (?, ?, ?)", error)
                       : rc;
    rc = rc == SITO_OK ? sito_db_copy(report, done->db,
                                      "SELECT resource, measure, field, value, target"
                                      " FROM report.measure",
                                      "INSERT INTO figure(resource, measure, field, before, target)"
                                      " VALUES (?, ?, ?, ?, ?)",
                                      error)
                       : rc;
    return rc == SITO_OK ? sito_db_copy(report, done->db,
                                        "SELECT resource, size, classes, rows FROM report.class",
                                        "INSERT INTO class VALUES (?, 0, ?, ?, ?)", error)
                         : rc;
}

static int keep_after(SitoAnonymised *done, const SitoCheck *after, char **error) {
    sqlite3 *report = after->report;
    int rc = sito_db_run(done->db,
                         "CREATE TEMP TABLE after(resource, measure, field, value, target)", error);
    rc = rc == SITO_OK ? sito_db_copy(report, done->db,
                                      "SELECT resource, measure, field, value, target"
                                      " FROM report.measure",
                                      "INSERT INTO temp.after VALUES (?, ?, ?, ?, ?)", error)
                       : rc;
    rc = rc == SITO_OK ? sito_db_copy(report, done->db,
                                      "SELECT resource, size, classes, rows FROM report.class",
                                      "INSERT INTO class VALUES (?, 1, ?, ?, ?)", error)
                       : rc;
    rc = rc == SITO_OK
             ? sito_db_run(done->db,
                           "UPDATE figure SET after = (SELECT a.value FROM temp.after AS a WHERE"
                           " a.resource IS figure.resource AND a.measure = figure.measure AND"
                           " a.field IS figure.field);"
                           "INSERT INTO figure SELECT resource, measure, field, NULL, value, target"
                           " FROM temp.after AS a WHERE NOT EXISTS (SELECT 1 FROM figure AS f WHERE"
                           " f.resource IS a.resource AND f.measure = a.measure AND f.field IS"
                           " a.field)",
                           error)
             : rc;
    int64_t findings = 0;
    rc = rc == SITO_OK ? sito_db_integer(report, &findings, error,
                                         "SELECT count(*) FROM report.finding WHERE NOT waived", "")
                       : rc;
    return rc == SITO_OK ? sito_db_do(done->db, error,
                                      "UPDATE made SET digest = ?1, verdict = ?2, findings = ?3",
                                      "tti", after->digest, after->verdict, findings)
                         : rc;
}

static int begin(SitoAnonymised *done, const SitoCheck *before, const SitoCheckOptions *options,
                 const char *to, char **error) {
    char now[SITO_CLOCK_SIZE];
    const SitoEmbedded *schema = sito_embedded_find(sito_embedded_anonymise, "record.sql");
    sito_clock_now(now);
    done->language = before->language;
    int rc = sito_db_open(&done->db, error);
    rc = rc == SITO_OK ? sito_db_run(done->db, schema->data, error) : rc;
    rc = rc == SITO_OK ? keep_before(done, before, error) : rc;
    rc = rc == SITO_OK
             ? sito_db_do(done->db, error,
                          "INSERT INTO made VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, NULL, NULL, NULL)",
                          "ttttttt", before->package.name, before->package.version, options->path,
                          to, SITO_PROGRAM, now, before->digest)
             : rc;
    return rc == SITO_OK ? sito_db_do(done->db, error, "INSERT INTO descriptor VALUES (?1, NULL)",
                                      "t", before->package.text)
                         : rc;
}

static int stage_text(SitoStage *stage, const char *path, SitoText text, char **error) {
    char sha256[SITO_SHA256_HEX];
    return sito_stage_write(stage, path, text, sha256, error);
}

static int stage_descriptor(SitoAnonymised *done, SitoStage *stage, char **error) {
    char *doc = NULL;
    int rc = sito_db_text(done->db, &doc, error, "SELECT doc FROM descriptor", "");
    rc = rc == SITO_OK ? stage_text(stage, "datapackage.json", (SitoText){doc, strlen(doc)}, error)
                       : rc;
    sito_free(doc);
    return rc;
}

/* A threshold that is missed, or was not measured: R3. */
static int refuse_risk(const SitoCheck *after, char **error) {
    char *rule = NULL;
    int rc = sito_db_text(
        after->report, &rule, error,
        "SELECT group_concat(id, ', ') FROM (SELECT DISTINCT id FROM report.rule WHERE id IN"
        " ('k-anonymity', 'l-diversity', 't-closeness', 'alpha-k', 'beta-likeness', 'small-cell',"
        "  'dominant-contributor', 'group-disclosure', 'recoverable-cell', 'narrow-cell', 'linked-cell',"
        "  'table-cell', 'table-total', 'table-sign')"
        " AND status IN ('FAIL', 'ERROR'))",
        "");
    if (rc == SITO_OK && rule != NULL) {
        rc = sito_error(
            error, SITO_ERROR,
            sito_say(after->language,
                     "nowy plik, sprawdzony jeszcze raz, nie spełnia progów (%s); nic nie "
                     "zapisano",
                     "the new file, checked once more, misses thresholds (%s); nothing "
                     "was written"),
            rule);
    }
    sito_free(rule);
    return rc;
}

/* The gate reads what was staged. */
static int check_stage(SitoAnonymised *done, const SitoCheckOptions *options,
                       const SitoStage *stage, char **error) {
    SitoCheck after;
    SitoCheckOptions again = *options;
    char *path = sito_path_join(stage->folder->path, stage->name);
    again.path = path;
    again.language = done->language;
    again.language_given = true;
    int rc = path == NULL ? SITO_NOMEM : sito_check_prepare(&after, &again, error);
    if (path != NULL) {
        rc = rc == SITO_OK ? sito_check_run(&after, &again, error) : rc;
        rc = rc == SITO_OK ? refuse_risk(&after, error) : rc;
        rc = rc == SITO_OK ? keep_after(done, &after, error) : rc;
        done->exit_status = rc == SITO_OK ? after.exit_status : 0;
        sito_check_free(&after);
    }
    sito_free(path);
    return rc;
}

static int stage_record(SitoAnonymised *done, SitoStage *stage, const char *format,
                        const char *path, char **error) {
    SitoBuffer out = {0};
    int rc = sito_anonymised_write(done, format, &out, error);
    rc = rc == SITO_OK ? stage_text(stage, path, (SitoText){out.data, out.size}, error) : rc;
    sito_buffer_free(&out);
    return rc;
}

typedef struct Making {
    SitoAnonymised *done;
    const SitoCheck *before;
    const SitoCheckOptions *options;
} Making;

static int fill(SitoStage *stage, void *context, char **error) {
    const Making *all = context;
    SitoAnonymised *done = all->done;
    const SitoCheck *before = all->before;
    int rc = SITO_OK;
    for (int64_t i = 0; i < before->package.resources && rc == SITO_OK; i++) {
        SitoMaking making = {.db = done->db,
                             .before = before,
                             .stage = stage,
                             .language = done->language,
                             .number = i};
        rc = sito_make_resource(&making, error);
    }
    rc = rc == SITO_OK ? stage_descriptor(done, stage, error) : rc;
    rc = rc == SITO_OK ? sito_stage_close(stage, error) : rc;
    rc = rc == SITO_OK ? check_stage(done, all->options, stage, error) : rc;
    rc = rc == SITO_OK ? stage_record(done, stage, "json", "anonimizacja.json", error) : rc;
    return rc == SITO_OK ? stage_record(done, stage, "html", "anonimizacja.html", error) : rc;
}

int sito_anonymise(const SitoCheckOptions *options, const char *to, SitoAnonymised *done,
                   char **error) {
    SitoCheck before;
    *done = (SitoAnonymised){.language = options->language};
    int rc = sito_check_prepare(&before, options, error);
    done->language = rc == SITO_OK ? before.language : options->language;
    if (rc == SITO_OK && before.package.descriptor == NULL) {
        rc = sito_error(
            error, SITO_MISUSE,
            sito_say(done->language,
                     "%s nie ma opisu zbioru, a w nim ról kolumn; zacznij od: sito init",
                     "%s has no descriptor with the roles of its columns; begin with: sito "
                     "init"),
            options->path);
    }
    rc = rc == SITO_OK ? sito_check_run(&before, options, error) : rc;
    rc = rc == SITO_OK ? begin(done, &before, options, to, error) : rc;
    Making all = {.done = done, .before = &before, .options = options};
    rc = rc == SITO_OK ? sito_folder_make(to, done->language, fill, &all, error) : rc;
    sito_check_free(&before);
    return rc;
}

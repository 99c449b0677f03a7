/*
** The questions of an analysis as a sheet to fill in, and the filled sheet back (analysis.h).
**
** R1  The sheet has a row for every step and every source of risk that is still open, and one for what was
**     changed in the data, with the words that
**     may be answered; an official opens it in an office program and never types a code.
** R2  It is read back whole or not at all; the first row that is refused is named with its line. Rows without
**     an answer are left for later. The order of recording is that of the analysis, whatever the file's.
** R3  The person and the case mark of a row that names none are those of the command. Documents are files
**     beside the sheet; their SHA-256 is recorded.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "catalogue/analysis.h"
#include "catalogue/office.h"
#include "catalogue/private.h"
#include "common/file.h"
#include "common/sheet.h"

/* ---- questions ---- */

static const SitoList questions = {
    .sql =
        "SELECT step, iif(?1 = 'pl', pl, en),"
        "       (SELECT group_concat(iif(?1 = 'pl', o.pl, o.en), ' | ') FROM step_outcome AS o"
        "         WHERE o.step = analysis.step),"
        "       NULL, NULL, NULL, NULL, NULL, NULL, NULL"
        "  FROM analysis WHERE dataset = ?2 AND step < '7' AND NOT done AND coalesce(required, 1)"
        " UNION ALL "
        "SELECT risk, iif(?1 = 'pl', risk_source.pl, risk_source.en),"
        "       iif(?1 = 'pl', 'nie występuje | ograniczono | pozostaje',"
        "           'absent | reduced | remains'), NULL, NULL, NULL, NULL, NULL, NULL, NULL"
        "  FROM risk_source JOIN analysis_missing ON what = risk WHERE dataset = ?2"
        " UNION ALL "
        "SELECT iif(?1 = 'pl', 'zmiany', 'changes'),"
        "       iif(?1 = 'pl', 'Co zmieniono w danych i dlaczego',"
        "           'What was changed in the data, and why'),"
        "       iif(?1 = 'pl', 'zmieniono | nie zmieniono', 'changed | unchanged'), NULL, NULL, NULL,"
        "       NULL, NULL, NULL, NULL FROM dataset WHERE name = ?2"
        "   AND NOT EXISTS (SELECT 1 FROM record WHERE dataset = ?2 AND topic = 'changes')",
    .headings_pl = "pozycja;pytanie;możliwe wyniki;wynik;uzasadnienie;osoba;znak sprawy;dokument;"
                   "forma;liczba osób",
    .headings_en = "item;question;possible outcomes;outcome;reason;person;case mark;document;form;"
                   "persons",
    .keys = "item;question;outcomes;outcome;reason;person;case_mark;document;form;persons"};

int sito_analysis_questions(SitoCatalogue *c, const char *dataset, SitoBuffer *out, char **error) {
    int64_t rows = 0;
    return sito_office_list(c, &questions, dataset, "csv", out, &rows, error);
}

/* ---- answers ---- */

static const SitoSheetColumn columns[] = {
    {"item", "pozycja", "item", true},
    {"outcome", "wynik", "outcome", true},
    {"reason", "uzasadnienie", "reason", false},
    {"person", "osoba", "person", false},
    {"case_mark", "znak sprawy", "case mark", false},
    {"document", "dokument", "document", false},
    {"form", "forma", "form", false},
    {"persons", "liczba osób", "persons", false},
};

enum { LINE, ITEM, OUTCOME, REASON, PERSON, CASE_MARK, DOCUMENT, FORM, PERSONS };

/* Steps 1 and 2 open a case, risks come before their assessment. */
static const char in_order[] =
    "SELECT line, item, outcome, reason, person, case_mark, document, form, persons FROM sheet"
    " WHERE outcome IS NOT NULL"
    " ORDER BY CASE WHEN item IN ('1', '2') THEN 0 WHEN item IN ('3', '4', '5') THEN 1"
    "               WHEN item = '6' THEN 3 ELSE 2 END, item, line";

typedef struct Answers {
    const char *path, *dataset;
    const SitoAct *act;
    sqlite3_stmt *rows;
} Answers;

static const char *cell(const Answers *answers, int column) {
    return (const char *)sqlite3_column_text(answers->rows, column);
}

/* The code of an outcome that people may write in words; NULL where there is none. */
static int read_outcome(SitoCatalogue *c, const Answers *answers, char **outcome, char **error) {
    char *raw = NULL;
    int rc = sito_db_text(
        c->db, outcome, &raw,
        "SELECT outcome FROM (SELECT step, outcome, pl, en FROM step_outcome UNION ALL"
        "   SELECT risk, word, polish, word FROM risk_source JOIN (SELECT 'absent' AS word,"
        "     'nie występuje' AS polish UNION ALL VALUES ('reduced', 'ograniczono'),"
        "     ('remains', 'pozostaje'))"
        " UNION ALL VALUES ('zmiany', 'positive', 'zmieniono', 'changed'),"
        "     ('changes', 'positive', 'zmieniono', 'changed'),"
        "     ('zmiany', 'negative', 'nie zmieniono', 'unchanged'),"
        "     ('changes', 'negative', 'nie zmieniono', 'unchanged'))"
        " WHERE step = ?1 AND ?2 IN (outcome, pl, en)",
        "tt", cell(answers, ITEM), cell(answers, OUTCOME));
    rc = sito_catalogue_explain(c, rc, raw, error);
    if (rc == SITO_OK && *outcome == NULL) {
        rc = sito_error(
            error, SITO_ERROR,
            sito_say(c->language,
                     "pozycja %s nie ma wyniku „%s”; możliwe wyniki podaje arkusz pytań "
                     "(sito analysis --questions)",
                     "item %s has no outcome \"%s\"; the sheet of questions lists them "
                     "(sito analysis --questions)"),
            cell(answers, ITEM) == NULL ? "" : cell(answers, ITEM), cell(answers, OUTCOME));
    }
    return rc;
}

static int hash_document(SitoCatalogue *c, const Answers *answers, char sha256[SITO_SHA256_HEX],
                         char **error) {
    int64_t size = 0;
    const char *name = cell(answers, DOCUMENT);
    char *folder = sito_path_folder(answers->path);
    char *path = folder == NULL   ? NULL
                 : name[0] == '/' ? sito_print("%s", name)
                                  : sito_path_join(folder, name);
    int rc = path == NULL ? SITO_NOMEM : sito_file_hash(path, c->language, sha256, &size, error);
    sito_free(path);
    sito_free(folder);
    return rc;
}

static int record_answer(SitoCatalogue *c, const Answers *answers, const char *outcome,
                         const char *sha256, char **error) {
    const char *item = cell(answers, ITEM), *person = cell(answers, PERSON);
    const char *case_mark = cell(answers, CASE_MARK);
    bool step = item[0] >= '0' && item[0] <= '9';
    bool changes = strcmp(item, "zmiany") == 0 || strcmp(item, "changes") == 0;
    SitoField fields[] = {
        {"dataset", answers->dataset},
        {changes ? "topic"
         : step  ? "step"
                 : "risk",
         changes ? "changes" : item},
        {"outcome", outcome},
        {"reason", cell(answers, REASON)},
        {"actor", person != NULL ? person : answers->act->actor},
        {"case_mark", case_mark != NULL ? case_mark : answers->act->case_mark},
        {"document", sha256},
        {"form", step ? cell(answers, FORM) : NULL},
        {"number", step ? cell(answers, PERSONS) : NULL},
    };
    return sito_office_insert(c,
                              changes ? "record"
                              : step  ? "step"
                                      : "risk_answer",
                              fields, SITO_COUNT(fields), error);
}

/* The message of a refused row gets its place in front. */
static int place_error(const SitoCatalogue *c, const Answers *answers, int rc, char **error) {
    if (rc == SITO_OK || rc == SITO_NOMEM || error == NULL || *error == NULL) {
        return rc;
    }
    char *message = *error;
    *error = NULL;
    rc = sito_error(error, rc, sito_say(c->language, "%s, wiersz %lld: %s", "%s, line %lld: %s"),
                    answers->path, (long long)sqlite3_column_int64(answers->rows, LINE), message);
    sito_free(message);
    return rc;
}

static int add_answer(SitoCatalogue *c, void *context, size_t row, char **error) {
    Answers *answers = context;
    char *outcome = NULL, sha256[SITO_SHA256_HEX] = "";
    (void)row;
    if (sqlite3_step(answers->rows) != SQLITE_ROW) {
        return sito_error(error, SITO_NOMEM, "%s", sqlite3_errstr(SQLITE_NOMEM));
    }
    int rc = read_outcome(c, answers, &outcome, error);
    if (rc == SITO_OK && cell(answers, DOCUMENT) != NULL) {
        rc = hash_document(c, answers, sha256, error);
    }
    if (rc == SITO_OK) {
        rc = record_answer(c, answers, outcome, sha256[0] != 0 ? sha256 : NULL, error);
    }
    sito_free(outcome);
    return place_error(c, answers, rc, error);
}

int sito_analysis_answers(SitoCatalogue *c, const char *dataset, const char *path,
                          const SitoAct *act, int64_t *recorded, char **error) {
    sqlite3 *sheet = NULL;
    Answers answers = {.path = path, .dataset = dataset, .act = act};
    *recorded = 0;
    int rc = sito_sheet_open(&sheet, path, columns, SITO_COUNT(columns), c->language, error);
    if (rc == SITO_OK) {
        rc = sito_db_integer(sheet, recorded, error,
                             "SELECT count(*) FROM sheet WHERE outcome IS NOT NULL", "");
    }
    if (rc == SITO_OK && *recorded == 0) {
        rc = sito_error(error, SITO_ERROR,
                        sito_say(c->language,
                                 "plik %s nie ma ani jednej odpowiedzi w kolumnie „wynik”",
                                 "the file %s has no answer in the column \"outcome\""),
                        path);
    }
    if (rc == SITO_OK) {
        rc = sito_db_prepare(sheet, &answers.rows, error, in_order, "");
    }
    if (rc == SITO_OK) {
        rc = sito_office_add_all(c, add_answer, &answers, (size_t)*recorded, error);
    }
    sqlite3_finalize(answers.rows);
    sqlite3_close(sheet);
    return rc;
}

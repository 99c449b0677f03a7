/*
** sito collect: asks a custodian for data, and takes them in.
**
** R1  With -o FOLDER it makes the form: for each file of the data set an empty CSV with its headings, the
**     instructions as a page, and the schema for programs.
** R2  With a file it verifies what was delivered by the rules of structure, completeness, validity and
**     consistency, in whatever encoding and with whatever delimiter it came, and writes a reply that lists
**     what to mend. What is personal is judged later, by sito check of the file that is to be published.
** R3  The delivery is recorded with its period and the digest of the file; it is accepted where nothing is to
**     be mended. An archival delivery is one of an older period.
** R4  The delivered file is neither copied nor changed.
*/
#include <errno.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>

#include "dataset.h"
#include "catalogue/office.h"
#include "common/db.h"
#include "common/file.h"
#include "common/markup.h"
#include "common/trouble.h"
#include "common/wrap.h"

/* ---- the form ---- */

static int write_file(const SitoArguments *a, const char *name, SitoText text) {
    char *path = sito_path_join(a->output, name);
    int error = path == NULL ? ENOMEM : sito_replace_file(path, text);
    int status = error == 0 ? SITO_EXIT_OK
                            : sito_complain(SITO_EXIT_UNREADABLE,
                                            sito_say(a->language, "nie można zapisać pliku %s: %s",
                                                     "cannot write the file %s: %s"),
                                            path == NULL ? name : path,
                                            sito_errno_words(a->language, error));
    sito_free(path);
    return status;
}

/* A file of the form from a SELECT of (name, content); ?1 the descriptor, ?2 the language. */
static int write_files(const SitoArguments *a, sqlite3 *db, const char *package, const char *sql) {
    sqlite3_stmt *rows = NULL;
    char *error = NULL;
    int status = SITO_EXIT_OK, rc = sito_db_prepare(db, &rows, &error, sql, "tt", package,
                                                    sito_say(a->language, "pl", "en"));
    while (rc == SITO_OK && status == SITO_EXIT_OK && sqlite3_step(rows) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(rows, 0);
        const char *text = (const char *)sqlite3_column_text(rows, 1);
        status = name == NULL || text == NULL
                     ? sito_fail(SITO_NOMEM, NULL)
                     : write_file(a, name, (SitoText){text, (size_t)sqlite3_column_bytes(rows, 1)});
    }
    sqlite3_finalize(rows);
    return rc == SITO_OK ? status : sito_fail(rc, error);
}

static const char empty_files[] =
    "SELECT (r.value ->> '$.name') || '.csv', char(0xFEFF) || (SELECT group_concat('\"' ||"
    "   replace(f.value ->> '$.name', '\"', '\"\"') || '\"', ';')"
    "   FROM json_each(r.value, '$.schema.fields') AS f) || char(13, 10)"
    "  FROM json_each(?1, '$.resources') AS r WHERE ?2 IS NOT NULL"
    "   AND json_array_length(r.value, '$.schema.fields') > 0";

/* What is for the gate alone stays at home. */
static const char schema_file[] =
    "SELECT 'datapackage.json', json_object('$schema',"
    "    'https://datapackage.org/profiles/2.0/datapackage.json', 'name', ?1 ->> '$.name', 'resources',"
    "    (SELECT json_group_array(json_object('name', r.value ->> '$.name', 'path',"
    "        (r.value ->> '$.name') || '.csv', 'encoding', 'utf-8', 'dialect', json('{\"delimiter\":\";\"}'),"
    "        'schema', json((SELECT json_object('fields', json_group_array(json_remove(f.value,"
    "           '$.disclosure'))) FROM json_each(r.value, '$.schema.fields') AS f))))"
    "       FROM json_each(?1, '$.resources') AS r)) || char(10) WHERE ?2 IS NOT NULL";

/* resource, column, what it is, type in words, required, example */
static const char column_rows[] =
    "SELECT r.value ->> '$.name', f.value ->> '$.name',"
    "  coalesce(f.value ->> '$.description', f.value ->> '$.title', ''),"
    "  CASE f.value ->> '$.type' WHEN 'integer' THEN iif(?2 = 'pl', 'liczba całkowita', 'whole number')"
    "    WHEN 'number' THEN iif(?2 = 'pl', 'liczba', 'number')"
    "    WHEN 'date' THEN coalesce(f.value ->> '$.format', iif(?2 = 'pl', 'data RRRR-MM-DD', 'date YYYY-MM-DD'))"
    "    WHEN 'year' THEN iif(?2 = 'pl', 'rok', 'year')"
    "    WHEN 'yearmonth' THEN iif(?2 = 'pl', 'miesiąc RRRR-MM', 'month YYYY-MM')"
    "    WHEN 'boolean' THEN iif(?2 = 'pl', 'tak lub nie', 'yes or no')"
    "    ELSE iif(?2 = 'pl', 'tekst', 'text') END,"
    "  iif(coalesce(f.value ->> '$.constraints.required', 0), iif(?2 = 'pl', 'tak', 'yes'), ''),"
    "  coalesce(f.value ->> '$.example', '') ||"
    "  coalesce((SELECT group_concat(e.value, ' | ') FROM json_each(f.value, '$.constraints.enum') AS e), '')"
    "  FROM json_each(?1, '$.resources') AS r, json_each(r.value, '$.schema.fields') AS f";

static int put_columns(sqlite3 *db, const char *package, SitoLanguage language, SitoBuffer *out,
                       char **error) {
    sqlite3_stmt *rows = NULL;
    int rc = sito_db_prepare(db, &rows, error, column_rows, "tt", package,
                             sito_say(language, "pl", "en"));
    while (rc == SITO_OK && sqlite3_step(rows) == SQLITE_ROW) {
        rc = sito_buffer_print(out, "<tr>");
        for (int i = 0; i < 6 && rc == SITO_OK; i++) {
            const char *text = (const char *)sqlite3_column_text(rows, i);
            rc = sito_buffer_print(out, "<td>");
            rc = rc == SITO_OK && text != NULL
                     ? sito_put_markup(out, (SitoText){text, strlen(text)})
                     : rc;
            rc = rc == SITO_OK ? sito_buffer_print(out, "</td>") : rc;
        }
        rc = rc == SITO_OK ? sito_buffer_print(out, "</tr>\n") : rc;
    }
    sqlite3_finalize(rows);
    return rc;
}

static int put_instructions(sqlite3 *db, const SitoPackage *package, SitoLanguage language,
                            SitoBuffer *out, char **error) {
    int rc = sito_buffer_print(
        out,
        "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n<title>%s</title>\n<style>\n"
        "@page { size: A4; margin: 18mm } body { font: 11pt/1.4 sans-serif; max-width: 170mm; margin: auto }\n"
        "table { border-collapse: collapse; width: 100%% } th, td { border: 1px solid #777; padding: 2mm;\n"
        "text-align: left; vertical-align: top }\n</style>\n</head>\n<body>\n<h1>%s ",
        sito_say(language, "pl", "en"), sito_say(language, "Instrukcja", "Instructions"),
        sito_say(language, "Formularz danych: zbiór", "Form of data: data set"));
    rc =
        rc == SITO_OK ? sito_put_markup(out, (SitoText){package->name, strlen(package->name)}) : rc;
    rc =
        rc == SITO_OK
            ? sito_buffer_print(
                  out, "</h1>\n<ol>\n%s</ol>\n<table>\n<tr>%s</tr>\n",
                  sito_say(
                      language,
                      "<li>Otwórz plik CSV w programie biurowym i wpisz dane pod nagłówkami: jeden "
                      "wiersz to jeden rekord.</li>\n"
                      "<li>Nie zmieniaj nagłówków ani ich kolejności; nie dodawaj tytułu, wierszy "
                      "pustych ani podsumowań.</li>\n"
                      "<li>Czego nie wiadomo, zostaw puste; nie wpisuj „brak”, kresek ani zer.</li>\n"
                      "<li>Zapisz jako CSV (UTF-8, rozdzielany średnikami). Kody i numery z zerem "
                      "na początku zapisz jako tekst.</li>\n"
                      "<li>Dane za lata poprzednie zapisz w osobnych plikach, po jednym na okres.</li>\n"
                      "<li>Odeślij plik; dostaniesz odpowiedź, czy go przyjęto i co poprawić.</li>\n",
                      "<li>Open the CSV in an office program and fill it in below the headings: one "
                      "line is one record.</li>\n"
                      "<li>Leave the headings and their order; add no title, empty line or total.</li>\n"
                      "<li>Leave empty what is not known; no \"none\", dashes or zeros.</li>\n"
                      "<li>Save as CSV (UTF-8, semicolons). Codes with a leading zero are text.</li>\n"
                      "<li>Earlier years go into files of their own, one for each period.</li>\n"
                      "<li>Send the file back; a reply says whether it was accepted, and what to "
                      "mend.</li>\n"),
                  sito_say(
                      language,
                      "<th>Plik</th><th>Kolumna</th><th>Co zawiera</th><th>Postać</th><th>Wymagana</th>"
                      "<th>Przykład lub lista</th>",
                      "<th>File</th><th>Column</th><th>What it holds</th><th>Form</th><th>Required</th>"
                      "<th>Example or list</th>"))
            : rc;
    rc = rc == SITO_OK ? put_columns(db, package->text, language, out, error) : rc;
    return rc == SITO_OK ? sito_buffer_print(out, "</table>\n</body>\n</html>\n") : rc;
}

static int make_form(SitoDataset *dataset, const SitoArguments *a) {
    const SitoPackage *package = &dataset->check.package;
    sqlite3 *db = dataset->check.report;
    SitoBuffer page = {0};
    char *error = NULL;
    if (mkdir(a->output, 0777) != 0 && errno != EEXIST) {
        return sito_complain(SITO_EXIT_UNREADABLE,
                             sito_say(a->language, "nie można utworzyć folderu %s: %s",
                                      "cannot make the folder %s: %s"),
                             a->output, sito_errno_words(a->language, errno));
    }
    int status = write_files(a, db, package->text, empty_files);
    status = status == SITO_EXIT_OK ? write_files(a, db, package->text, schema_file) : status;
    if (status == SITO_EXIT_OK) {
        int rc = put_instructions(db, package, a->language, &page, &error);
        status = rc == SITO_OK
                     ? write_file(a, sito_say(a->language, "instrukcja.html", "instructions.html"),
                                  (SitoText){page.data, page.size})
                     : sito_fail(rc, error);
    }
    sito_buffer_free(&page);
    if (status == SITO_EXIT_OK) {
        sito_complain(0,
                      sito_say(a->language, "formularz zbioru %s zapisano w folderze %s",
                               "the form of the data set %s is in the folder %s"),
                      package->name, a->output);
    }
    return status;
}

/* ---- what was delivered ---- */

/* The descriptor with the one file that was delivered, as it is. */
static int describe_delivery(SitoPackage *package, sqlite3 *db, const char *file,
                             SitoLanguage language, char **error) {
    char *text = NULL, *folder = sito_path_folder(file);
    const char *slash = strrchr(file, '/'), *name = slash == NULL ? file : slash + 1;
    int rc = folder == NULL ? SITO_NOMEM : SITO_OK;
    rc =
        rc == SITO_OK
            ? sito_db_text(
                  db, &text, error,
                  "WITH wanted AS (SELECT r.value AS resource FROM json_each(?1, '$.resources') AS r"
                  "   WHERE (SELECT count(*) FROM json_each(?1, '$.resources')) = 1"
                  "      OR ?2 IN (r.value ->> '$.path', (r.value ->> '$.name') || '.csv') LIMIT 1)"
                  " SELECT json_set(?1, '$.resources', json_array(json(json_set(json_patch(resource,"
                  "   json_object('path', ?2, 'encoding', s.encoding)), '$.dialect.delimiter', s.delimiter,"
                  "   '$.disclosure', json('{\"persons\":\"none\"}')))))"
                  "   FROM wanted, csv_sniff(?3) AS s",
                  "ttt", package->text, name, file)
            : rc;
    if (rc == SITO_OK && text == NULL) {
        rc = sito_error(
            error, SITO_MISUSE,
            sito_say(language,
                     "zbiór ma kilka plików, a %s nie jest żadnym z nich; nadaj mu nazwę z opisu",
                     "the data set has several files, and %s is none of them; give it its name"),
            name);
    }
    if (rc == SITO_OK) {
        sito_free(package->text);
        sito_free(package->folder);
        package->text = text;
        package->folder = folder;
        package->resources = 1;
        return SITO_OK;
    }
    sito_free(text);
    sito_free(folder);
    return rc;
}

/* The findings that a custodian can mend: the rest of the check is not about deliveries. */
#define TO_MEND                                                                                      \
    " FROM finding WHERE severity IN ('fatal', 'error', 'warning') AND code IN (SELECT id FROM rule" \
    "   WHERE family IN ('structure', 'completeness', 'validity', 'consistency'))"

static int count_errors(sqlite3 *report, int64_t *errors, char **error) {
    return sito_db_integer(report, errors, error,
                           "SELECT count(*)" TO_MEND " AND severity <> 'warning'", "");
}

static int put_findings(sqlite3 *report, SitoLanguage language, SitoBuffer *out, char **error) {
    sqlite3_stmt *rows = NULL;
    int64_t number = 0;
    int rc = sito_db_prepare(
        report, &rows, error,
        "SELECT iif(line IS NULL, '', iif(?1 = 'pl', 'linia ', 'line ') || line || ': ') || message ||"
        "   iif(severity = 'warning', iif(?1 = 'pl', ' (do rozważenia)', ' (to consider)'), '') ||"
        "   ' – ' || hint" TO_MEND " ORDER BY severity = 'warning', id",
        "t", sito_say(language, "pl", "en"));
    while (rc == SITO_OK && sqlite3_step(rows) == SQLITE_ROW) {
        const char *text = (const char *)sqlite3_column_text(rows, 0);
        char *label = sito_print("%lld.", (long long)++number);
        rc = label == NULL || text == NULL
                 ? SITO_NOMEM
                 : sito_put_entry(out, label, (SitoText){text, strlen(text)}, 6);
        sito_free(label);
    }
    sqlite3_finalize(rows);
    return rc;
}

static int put_reply(const SitoCheck *check, const SitoArguments *a, bool accepted,
                     const char *sha256, SitoBuffer *out, char **error) {
    SitoLanguage language = a->language;
    SitoBuffer findings = {0};
    int rc = sito_buffer_print(
        out,
        sito_say(language, "Dostawa do zbioru %s: plik %s, okres %s\nOd: %s%s%s\nWynik: %s\n\n",
                 "Delivery to the data set %s: file %s, period %s\nFrom: %s%s%s\nResult: %s\n\n"),
        check->package.name, a->paths[1], a->period, a->person, a->unit == NULL ? "" : ", ",
        a->unit == NULL ? "" : a->unit,
        accepted ? sito_say(language, "przyjęta", "accepted")
                 : sito_say(language, "zwrócona do poprawy", "returned to be mended"));
    rc = rc == SITO_OK ? put_findings(check->report, language, &findings, error) : rc;
    if (rc == SITO_OK && findings.size > 0) {
        rc = sito_buffer_print(out, "%s\n",
                               accepted ? sito_say(language, "Uwagi:", "Remarks:")
                                        : sito_say(language, "Do poprawy:", "To be mended:"));
        rc = rc == SITO_OK ? sito_buffer_add(out, findings.data, findings.size) : rc;
        rc = rc == SITO_OK ? sito_buffer_print(out, "\n") : rc;
    }
    rc = rc == SITO_OK ? sito_buffer_print(out,
                                           sito_say(language, "Skrót SHA-256 pliku: %s\n",
                                                    "SHA-256 of the file: %s\n"),
                                           sha256)
                       : rc;
    sito_buffer_free(&findings);
    return rc;
}

typedef struct Delivery {
    const SitoArguments *a;
    const char *dataset, *sha256, *outcome;
    char findings[24];
    bool known;
} Delivery;

/* Row 0: the data set, where it is new; row 1: the delivery. */
static int add_row(SitoCatalogue *catalogue, void *context, size_t row, char **error) {
    const Delivery *d = context;
    SitoField dataset[] = {{"name", d->dataset}, {"actor", d->a->by}};
    SitoField delivery[] = {
        {"dataset", d->dataset},   {"period", d->a->period}, {"outcome", d->outcome},
        {"digest", d->sha256},     {"person", d->a->person}, {"unit", d->a->unit},
        {"findings", d->findings}, {"actor", d->a->by},      {"case_mark", d->a->case_mark}};
    if (row == 0) {
        return d->known
                   ? SITO_OK
                   : sito_office_insert(catalogue, "dataset", dataset, SITO_COUNT(dataset), error);
    }
    return sito_office_insert(catalogue, "delivery", delivery, SITO_COUNT(delivery), error);
}

static int record(SitoDataset *dataset, Delivery *delivery) {
    SitoCatalogue *catalogue = NULL;
    char *state = NULL, *error = NULL;
    if (!dataset->catalogue_named && sito_file_kind(dataset->catalogue) == SITO_FILE_MISSING) {
        return sito_complain(
            0, "%s",
            sito_say(delivery->a->language,
                     "dostawy nie zapisano w żadnym katalogu; zapisuje ją --catalogue sito.db",
                     "the delivery is not recorded in any catalogue; --catalogue sito.db does"));
    }
    int rc =
        sito_catalogue_open(&catalogue, dataset->catalogue, true, delivery->a->language, &error);
    rc = rc == SITO_OK ? sito_catalogue_state(catalogue, delivery->dataset, &state, &error) : rc;
    delivery->known = state != NULL;
    rc = rc == SITO_OK ? sito_office_add_all(catalogue, add_row, delivery, 2, &error) : rc;
    sito_free(state);
    sito_catalogue_close(catalogue);
    return sito_catalogue_status(rc, error);
}

static int take_in(SitoDataset *dataset, const SitoArguments *a) {
    SitoCheck *check = &dataset->check;
    SitoBuffer reply = {0};
    char *error = NULL, *sha256 = NULL;
    int64_t errors = 0;
    int rc = describe_delivery(&check->package, check->report, a->paths[1], a->language, &error);
    rc = rc == SITO_OK ? sito_check_run(check, &dataset->options, &error) : rc;
    rc = rc == SITO_OK ? count_errors(check->report, &errors, &error) : rc;
    rc = rc == SITO_OK ? sito_db_text(check->report, &sha256, &error,
                                      "SELECT sha256 FROM resource LIMIT 1", "")
                       : rc;
    if (rc == SITO_OK && sha256 == NULL) {
        rc = sito_error(&error, SITO_ERROR,
                        sito_say(a->language, "pliku %s nie odczytano", "the file %s was not read"),
                        a->paths[1]);
    }
    rc = rc == SITO_OK ? put_reply(check, a, errors == 0, sha256, &reply, &error) : rc;
    int status = rc == SITO_OK ? SITO_EXIT_OK : sito_fail(rc, error);
    if (status == SITO_EXIT_OK) {
        Delivery delivery = {.a = a,
                             .dataset = check->package.name,
                             .sha256 = sha256,
                             .outcome = errors == 0 ? "accepted" : "returned"};
        sqlite3_snprintf((int)sizeof delivery.findings, delivery.findings, "%lld",
                         (long long)errors);
        status = record(dataset, &delivery);
    }
    status =
        status == SITO_EXIT_OK ? sito_write_result(a, (SitoText){reply.data, reply.size}) : status;
    sito_buffer_free(&reply);
    sito_free(sha256);
    return status == SITO_EXIT_OK && errors > 0 ? SITO_EXIT_FINDINGS : status;
}

int sito_command_collect(const SitoArguments *a) {
    bool delivery = a->paths_count == 2;
    bool given = a->period != NULL || a->person != NULL || a->unit != NULL || a->by != NULL ||
                 a->case_mark != NULL;
    if (delivery && sito_lacks_options(a, "period person by")) {
        return SITO_EXIT_USAGE;
    }
    if (!delivery && (given || a->output == NULL)) {
        return sito_complain(
            SITO_EXIT_USAGE, "%s",
            sito_say(a->language,
                     "formularz: sito collect FOLDER -o FOLDER; dostawa: sito collect FOLDER "
                     "PLIK.csv --period OKRES --person OSOBA --by OSOBA",
                     "a form: sito collect DIR -o DIR; a delivery: sito collect DIR FILE.csv "
                     "--period WORD --person NAME --by NAME"));
    }
    SitoDataset dataset;
    int status = sito_dataset_open(&dataset, a);
    if (status == SITO_EXIT_OK && dataset.check.package.descriptor == NULL) {
        status = sito_complain(
            SITO_EXIT_USAGE, "%s",
            sito_say(a->language, "podaj folder zbioru z opisem (datapackage.json)",
                     "name the folder of a data set with its descriptor (datapackage.json)"));
    }
    if (status == SITO_EXIT_OK) {
        status = delivery ? take_in(&dataset, a) : make_form(&dataset, a);
    }
    sito_dataset_close(&dataset);
    return status;
}

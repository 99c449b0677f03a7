/*
** sito init: scans a file that has no descriptor, proposes one and says why. The proposal errs on the
** careful side (checks/runner/propose.sql); what only a person can know is left open and said so.
*/
#include <errno.h>
#include <sqlite3.h>
#include <string.h>

#include "cli.h"
#include "common/db.h"
#include "common/embedded.h"
#include "common/file.h"
#include "common/kind.h"
#include "runner/rule.h"
#include "runner/propose_table.h"
#include "runner/scan.h"
#include "common/trouble.h"
#include "common/wrap.h"

enum { COLUMNS_SHOWN = 60, MOST_NAME = 60 };

typedef struct Init {
    const SitoArguments *arguments;
    SitoLanguage language;
    sqlite3 *scratch; /* reads the bare package and the policy */
    sqlite3 *facts;
    SitoPackage package;
    SitoPolicy policy;
    SitoInputs inputs;
    char *target; /* path of the descriptor to write */
} Init;

static const struct {
    const char *word, *pl, *en;
} reasons[] = {
    {"personal", "znaleziono dane osobowe: %s", "personal data found: %s"},
    {"heading", "tak mówi nagłówek%s", "the heading says so%s"},
    {"case-mark", "znaki spraw prowadzą do pojedynczych rekordów%s",
     "case marks lead to single records%s"},
    {"special", "szczególna kategoria danych (art. 9 i 10 RODO)%s",
     "a special category of data (GDPR art. 9 and 10)%s"},
    {"date", "data wskazuje osobę w połączeniu z innymi cechami%s",
     "a date points at a person together with other columns%s"},
    {"row-unique", "w każdym wierszu inna wartość%s", "another value in every row%s"},
    {"long-text", "długi, zmienny tekst%s", "long, varied text%s"},
    {"other", "z ostrożności%s", "to be careful%s"},
    {"dimension", "wymiar tabeli%s", "a dimension of the table%s"},
    {"table", "liczby tabeli statystycznej%s", "numbers of a statistical table%s"},
};

static int choose_target(Init *init) {
    const SitoArguments *a = init->arguments;
    init->target = a->output != NULL ? sito_print("%s", a->output)
                                     : sito_path_join(init->package.folder, "datapackage.json");
    if (init->target == NULL) {
        return sito_fail(SITO_NOMEM, NULL);
    }
    if (strcmp(init->target, "-") != 0 && !a->force &&
        sito_file_kind(init->target) != SITO_FILE_MISSING) {
        return sito_complain(SITO_EXIT_USAGE,
                             sito_say(init->language,
                                      "plik %s już istnieje; zastąpi go opcja --force",
                                      "the file %s is there already; --force replaces it"),
                             init->target);
    }
    return SITO_EXIT_OK;
}

/* The exact number of distinct values where the profile stopped counting. */
static int count_distinct(sqlite3 *facts, char **error) {
    sqlite3_stmt *wide = NULL;
    int rc = sito_db_prepare(facts, &wide, error,
                             "SELECT printf('INSERT INTO temp.counted SELECT %Q,"
                             " count(DISTINCT \"%w\") FROM temp.data', field, field)"
                             " FROM profile WHERE distinct_values IS NULL",
                             "");
    while (rc == SITO_OK && sqlite3_step(wide) == SQLITE_ROW) {
        rc = sito_db_run(facts, (const char *)sqlite3_column_text(wide, 0), error);
    }
    int closing = sqlite3_finalize(wide);
    return rc != SITO_OK ? rc : sito_db_error(facts, closing, error);
}

static int propose(Init *init, char **error) {
    const SitoEmbedded *sql = sito_embedded_find(sito_embedded_runner, "propose.sql");
    const char *second = strstr(sql->data, "CREATE TEMP TABLE proposal");
    char *tables = sito_print("%.*s", (int)(second - sql->data), sql->data);
    int rc = tables == NULL ? SITO_NOMEM : sito_db_run(init->facts, tables, error);
    sito_free(tables);
    if (rc == SITO_OK) {
        rc = count_distinct(init->facts, error);
    }
    rc = rc == SITO_OK ? sito_db_run(init->facts, second, error) : rc;
    return rc == SITO_OK ? sito_propose_table(init->facts, error) : rc;
}

/* The descriptor as text, one column a line. */
static int write_descriptor(Init *init, char **text, char **error) {
    return sito_db_text(
        init->facts, text, error,
        "SELECT printf('{%s  \"$schema\": \"https://datapackage.org/profiles/2.0/datapackage.json\",%s"
        "  \"name\": %s,%s  \"resources\": [{%s    \"name\": %s,%s    \"path\": %s,%s"
        "    \"encoding\": %s,%s    \"dialect\": {\"delimiter\": %s, \"quoteChar\": %s, \"header\": %s},%s"
        "    \"schema\": {\"fields\": [%s%s%s    ]},%s"
        "    \"disclosure\": {\"persons\": \"others\"%s}%s  }]%s}%s',"
        "   n, n, json_quote(slug), n, n, json_quote(slug), n, json_quote(path), n, json_quote(encoding), n,"
        "   json_quote(delimiter), json_quote(quote), iif(header, 'true', 'false'), n, n, fields, n, n,"
        "   coalesce((SELECT printf(', \"kind\": \"table\",%s      \"table\": %s', n, object)"
        "               FROM temp.proposed_table), ''), n, n, n)"
        " FROM (SELECT char(10) AS n, r.path, r.encoding, r.delimiter, r.quote, r.header,"
        "   (WITH RECURSIVE letter(i, slug) AS (VALUES (0, '') UNION ALL"
        "      SELECT i + 1, slug || iif(substr(plain, i + 1, 1) GLOB '[a-z0-9._]',"
        "                                substr(plain, i + 1, 1), '-')"
        "        FROM letter, (SELECT replace(text, '.csv', '') AS plain FROM temp.plain WHERE original = r.path)"
        "       WHERE i < length(plain))"
        "    SELECT slug FROM letter ORDER BY i DESC LIMIT 1) AS slug,"
        "   (SELECT group_concat(printf('      {\"name\": %s, \"type\": \"%s\"%s%s%s}', json_quote(name), type,"
        "       iif(format IS NULL, '', ', \"format\": ' || json_quote(format)),"
        "       iif(decimal IS NULL, '', ', \"decimalChar\": ' || json_quote(decimal)),"
        "       CASE WHEN role <> 'measure' THEN printf(', \"disclosure\": {\"role\": \"%s\"}', role)"
        "         WHEN position IN (SELECT position FROM temp.proposed_number WHERE signs)"
        "           THEN ', \"missingValues\": [\"\", \"-\", \".\", \":\", \"X\", \"#\"]' ELSE '' END),"
        "       ',' || char(10)) FROM (SELECT * FROM temp.proposal ORDER BY position)) AS fields"
        "  FROM resource AS r)",
        "");
}

static const char *reason_text(const char *word, SitoLanguage language) {
    for (size_t i = 0; i < SITO_COUNT(reasons); i++) {
        if (strcmp(reasons[i].word, word) == 0) {
            return sito_say(language, reasons[i].pl, reasons[i].en);
        }
    }
    return "%s";
}

/* A pattern of message.c over the one value n. */
static int counted(Init *init, SitoBuffer *out, const char *pl, const char *en, int64_t number,
                   char **error) {
    SitoMessageValue value = {.name = "n", .type = SITO_VALUE_INTEGER, .integer = number};
    return sito_message_format(init->language, sito_say(init->language, pl, en), &value, 1, out,
                               error);
}

/* A text and blanks up to that many columns; a long text is cut. */
static int put_padded(SitoBuffer *out, const char *text, size_t columns) {
    SitoText plain = {text, strlen(text)};
    size_t used = 0, at = 0, cut = 0;
    for (; at < plain.size && used < MOST_NAME; used++) {
        cut = at;
        (void)sito_utf8_next(plain, &at);
    }
    bool whole = at == plain.size;
    int rc = sito_put_plain(out, (SitoText){text, whole ? at : cut});
    rc = rc == SITO_OK && !whole ? sito_buffer_print(out, "…") : rc;
    for (; used < columns && rc == SITO_OK; used++) {
        rc = sito_buffer_print(out, " ");
    }
    return rc;
}

/* columns: name, type, role, why, kinds */
static int explain_column(Init *init, sqlite3_stmt *row, SitoBuffer *out) {
    const char *kinds = (const char *)sqlite3_column_text(row, 4);
    const char *why = reason_text((const char *)sqlite3_column_text(row, 3), init->language);
    SitoBuffer names = {0};
    int rc = sito_put_kinds(init->language, (SitoText){kinds, strlen(kinds)}, &names);
    rc = rc == SITO_OK ? sito_buffer_add(&names, "", 1) : rc;
    char *reason = rc == SITO_OK ? sito_print(why, names.data) : NULL;
    rc = reason == NULL ? SITO_NOMEM : sito_buffer_print(out, "  ");
    rc = rc == SITO_OK ? put_padded(out, (const char *)sqlite3_column_text(row, 0), 24) : rc;
    rc = rc == SITO_OK
             ? sito_buffer_print(out, " %-9s %-18s %s\n", (const char *)sqlite3_column_text(row, 1),
                                 (const char *)sqlite3_column_text(row, 2), reason)
             : rc;
    sito_free(reason);
    sito_buffer_free(&names);
    return rc;
}

static int explain_columns(Init *init, SitoBuffer *out, char **error) {
    sqlite3_stmt *rows = NULL;
    int64_t seen = 0;
    int rc = sito_db_prepare(init->facts, &rows, error,
                             "SELECT name, type, role, why, coalesce(detail, '') FROM temp.proposal"
                             " ORDER BY position",
                             "");
    while (rc == SITO_OK && sqlite3_step(rows) == SQLITE_ROW) {
        rc = ++seen <= COLUMNS_SHOWN ? explain_column(init, rows, out) : SITO_OK;
    }
    int closing = sqlite3_finalize(rows);
    rc = rc != SITO_OK ? rc : sito_db_error(init->facts, closing, error);
    return rc != SITO_OK || seen <= COLUMNS_SHOWN
               ? rc
               : counted(
                     init, out,
                     "  … {n, plural, one {i # kolejna} few {i # kolejne} many {i # kolejnych} other {i # kolejnej}}\n",
                     "  … and {n, plural, one {# more} other {# more}}\n", seen - COLUMNS_SHOWN,
                     error);
}

/* What is left to a person. */
static int explain_rest(const Init *init, bool table, SitoBuffer *out) {
    SitoLanguage language = init->language;
    int rc = sito_buffer_print(
        out,
        sito_say(language,
                 "\nZapisano %s. Do uzupełnienia przez człowieka:\n"
                 "  - persons: czyje to dane (przyjęto others, czyli osoby prywatne)\n",
                 "\nWritten: %s. Left for a person to state:\n"
                 "  - persons: whose data these are (others, private persons, is assumed)\n"),
        init->target);
    if (rc == SITO_OK && table) {
        rc = sito_buffer_print(
            out, "%s",
            sito_say(
                language,
                "  - kind: plik wygląda na tabelę statystyczną (wiersz to komórka); jeśli wiersze są\n"
                "    rekordami, usuń kind i table\n"
                "  - table.about: czyje liczby to są: persons (osób) czy entities (podmiotów)\n"
                "  - table.measures: liczebność (count) czy suma (sum); suma potrzebuje contributors, "
                "czyli liczby osób\n"
                "  - table.dimensions: słowo sumy (total), a przy poziomach także hierarchy\n"
                "  - table.signs: znaki, którymi ukryto komórki, np. {\"*\": \"suppressed\"}\n",
                "  - kind: the file looks like a statistical table (a row is a cell); if its rows are\n"
                "    records, remove kind and table\n"
                "  - table.about: whose numbers they are: persons or entities\n"
                "  - table.measures: a count or a sum; a sum needs contributors, the number of persons\n"
                "  - table.dimensions: the word of the total, and with levels also hierarchy\n"
                "  - table.signs: signs by which cells are hidden, such as {\"*\": \"suppressed\"}\n"));
    } else if (rc == SITO_OK) {
        rc = sito_buffer_print(
            out, "%s",
            sito_say(
                language,
                "  - unit: \"row\", jeśli jeden rekord to jedna osoba, albo plik osób (companion)\n"
                "  - presence: co mówi sama obecność w zbiorze (harmless albo assessed, z podstawą)\n",
                "  - unit: \"row\" where one record is one person, or a companion file\n"
                "  - presence: what being in the data says by itself (harmless or assessed, with its "
                "basis)\n"));
    }
    return rc != SITO_OK
               ? rc
               : sito_buffer_print(
                     out,
                     sito_say(
                         language,
                         "  - role: każda kolumna public potrzebuje powodu (reason) i podstawy "
                         "(basis)\n"
                         "Dalej: sito lint %s, potem sito check %s\n",
                         "  - role: every public column needs a reason and a basis\n"
                         "Next: sito lint %s, then sito check %s\n"),
                     init->target, init->target);
}

/* What was proposed and why, and what is left to a person. */
static int explain(Init *init, SitoBuffer *out, char **error) {
    char *path = NULL, *rest = NULL;
    int64_t records = 0, table = 0;
    int rc = sito_db_integer(init->facts, &records, error, "SELECT rows FROM resource", "");
    rc = rc == SITO_OK ? sito_db_text(init->facts, &path, error, "SELECT path FROM resource", "")
                       : rc;
    rc = rc == SITO_OK
             ? sito_db_text(init->facts, &rest, error,
                            sito_say(init->language,
                                     "SELECT printf(', kodowanie %s, separator %s',"
                                     " encoding, iif(delimiter = char(9), 'TAB', delimiter))"
                                     " FROM resource",
                                     "SELECT printf(', encoding %s, delimiter %s',"
                                     " encoding, iif(delimiter = char(9), 'TAB', delimiter))"
                                     " FROM resource"),
                            "")
             : rc;
    rc = rc == SITO_OK ? sito_put_plain(out, (SitoText){path, strlen(path)}) : rc;
    rc =
        rc == SITO_OK
            ? counted(
                  init, out,
                  ": {n, plural, one {# rekord} few {# rekordy} many {# rekordów} other {# rekordu}}",
                  ": {n, plural, one {# record} other {# records}}", records, error)
            : rc;
    rc = rc == SITO_OK ? sito_buffer_print(out, "%s\n\n%s\n", rest,
                                           sito_say(init->language,
                                                    "Propozycja (do sprawdzenia przez gestora):",
                                                    "Proposal (for the custodian to check):"))
                       : rc;
    sito_free(path);
    sito_free(rest);
    if (rc == SITO_OK) {
        rc = explain_columns(init, out, error);
    }
    rc = rc == SITO_OK ? sito_db_integer(init->facts, &table, error,
                                         "SELECT count(*) FROM temp.proposed_table", "")
                       : rc;
    return rc == SITO_OK ? explain_rest(init, table != 0, out) : rc;
}

static int write_files(Init *init) {
    SitoBuffer out = {0};
    char *text = NULL, *error = NULL;
    int rc = write_descriptor(init, &text, &error);
    int status = SITO_EXIT_OK;
    if (rc == SITO_OK && strcmp(init->target, "-") == 0) {
        SitoArguments plain = {.language = init->language};
        status = sito_write_result(&plain, (SitoText){text, strlen(text)});
    } else if (rc == SITO_OK) {
        rc = explain(init, &out, &error);
        int failure =
            rc == SITO_OK ? sito_replace_file(init->target, (SitoText){text, strlen(text)}) : 0;
        if (failure != 0) {
            status = sito_complain(SITO_EXIT_UNREADABLE,
                                   sito_say(init->language, "nie można zapisać pliku %s: %s",
                                            "cannot write the file %s: %s"),
                                   init->target, sito_errno_words(init->language, failure));
        } else if (rc == SITO_OK) {
            SitoArguments plain = {.language = init->language};
            status = sito_write_masked(&plain, (SitoText){out.data, out.size});
        }
    }
    sito_free(text);
    sito_buffer_free(&out);
    return rc == SITO_OK ? status : sito_fail(rc, error);
}

/* A name that no descriptor may hold (package.c). */
static int refuse_name(const Init *init) {
    const char *path = init->arguments->paths[0], *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    for (const char *at = name; *at != 0; at++) {
        if (*at == ':' || *at == '\\' || (unsigned char)*at < ' ') {
            return sito_complain(
                SITO_EXIT_USAGE,
                sito_say(init->language,
                         "nazwa %s zawiera znak, którego opis zbioru nie dopuszcza (: \\ "
                         "lub znak sterujący); zmień nazwę pliku",
                         "the name %s holds a character that no descriptor allows (: \\ "
                         "or a control character); rename the file"),
                name);
        }
    }
    return SITO_EXIT_OK;
}

/* A file without records, or one whose first record was taken for the heading. */
static int refuse_content(Init *init, int *status, char **error) {
    const char *path = init->arguments->paths[0];
    int64_t records = 0;
    char *columns = NULL;
    int rc = sito_db_integer(init->facts, &records, error, "SELECT rows FROM resource", "");
    rc = rc == SITO_OK
             ? sito_db_text(init->facts, &columns, error,
                            "SELECT group_concat(position, ', ') FROM (SELECT DISTINCT position"
                            " FROM temp.telling ORDER BY position)",
                            "")
             : rc;
    if (rc == SITO_OK && records == 0) {
        *status = sito_complain(
            SITO_EXIT_UNREADABLE,
            sito_say(init->language,
                     "w pliku %s nie ma ani jednego rekordu, więc nie ma czego opisać",
                     "the file %s holds no record, so there is nothing to describe"),
            path);
    } else if (rc == SITO_OK && columns != NULL) {
        *status = sito_complain(
            SITO_EXIT_USAGE,
            sito_say(init->language,
                     "%s: pierwszy wiersz wygląda na dane osobowe, a nie na nagłówek "
                     "(kolumny: %s); dopisz wiersz z nazwami kolumn",
                     "%s: the first line looks like personal data, not like a heading "
                     "(columns: %s); add a line with the names of the columns"),
            path, columns);
    }
    sito_free(columns);
    return rc;
}

static int scan(Init *init) {
    SitoProblems problems = {.language = init->language};
    char *error = NULL;
    int rc = sito_db_open(&init->scratch, &error);
    if (rc == SITO_OK) {
        rc = sito_policy_load(init->scratch, &init->policy, NULL, init->language, &error);
    }
    if (rc == SITO_OK) {
        rc = sito_package_load(init->scratch, &init->package, init->arguments->paths[0], &problems,
                               &error);
    }
    sito_buffer_free(&problems.lines);
    if (rc != SITO_OK) {
        return sito_fail(rc, error);
    }
    if (init->package.descriptor != NULL) {
        return sito_complain(SITO_EXIT_USAGE,
                             sito_say(init->language, "%s: podaj plik CSV, który ma być opisany",
                                      "%s: name the CSV file that is to be described"),
                             init->arguments->paths[0]);
    }
    int status = choose_target(init);
    if (status != SITO_EXIT_OK) {
        return status;
    }
    status = refuse_name(init);
    if (status != SITO_EXIT_OK) {
        return status;
    }
    rc = sito_scan(&init->facts, &init->package, &init->policy, 0, init->language, &init->inputs,
                   &error);
    if (rc == SITO_OK) {
        rc = refuse_content(init, &status, &error);
    }
    if (rc == SITO_OK && status == SITO_EXIT_OK) {
        rc = propose(init, &error);
    }
    return rc == SITO_OK ? status : sito_fail(rc, error);
}

int sito_command_init(const SitoArguments *arguments) {
    Init init = {.arguments = arguments, .language = arguments->language};
    int status = scan(&init);
    if (status == SITO_EXIT_OK) {
        status = write_files(&init);
    }
    sito_inputs_free(&init.inputs);
    sito_package_free(&init.package);
    sito_policy_free(&init.policy);
    sito_free(init.target);
    sqlite3_close(init.facts);
    sqlite3_close(init.scratch);
    return status;
}

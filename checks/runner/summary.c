/*
** What a report says besides its findings (summary.h).
*/
#include "summary.h"

#include <sqlite3.h>

#include <string.h>

#include "common/db.h"

int sito_summary_copy(sqlite3 *report, sqlite3 *facts, char **error) {
    static const struct {
        const char *select, *insert;
    } copies[] = {
        {"SELECT name, path, sha256, bytes, rows, (SELECT count(*) FROM temp.file_column), encoding,"
         " delimiter, units FROM resource",
         "INSERT INTO report.resource(name, path, sha256, bytes, rows, columns, encoding, delimiter,"
         " units) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"},
        {"SELECT r.name, measure, field, value, target FROM risk, resource AS r",
         "INSERT INTO report.measure VALUES (?, ?, ?, ?, ?)"},
        {"SELECT r.name, size, classes, class.rows FROM class, resource AS r ORDER BY size",
         "INSERT INTO report.class VALUES (?, ?, ?, ?)"},
        {"SELECT r.name, t.name, policy, declared, effective FROM threshold AS t, resource AS r",
         "INSERT INTO report.threshold VALUES (?, ?, ?, ?, ?)"},
        {"SELECT r.name, f.position, f.name, f.type, f.role, p.rows, p.missing, p.distinct_values,"
         "       (SELECT group_concat(kind, ', ') FROM (SELECT kind FROM personal"
         "          WHERE field = f.name AND verdict <> 'chance' ORDER BY kind)),"
         "       p.integers, p.numbers, p.dates, p.texts"
         "  FROM resource AS r, field AS f LEFT JOIN profile AS p ON p.field = f.name"
         " ORDER BY f.position IS NULL, f.position, f.declared_position",
         "INSERT INTO report.field VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"},
    };
    int rc = SITO_OK;
    for (size_t i = 0; i < SITO_COUNT(copies) && rc == SITO_OK; i++) {
        rc = sito_db_copy(facts, report, copies[i].select, copies[i].insert, error);
    }
    return rc;
}

/* A sentence is said where its SELECT gives a row; %s stands for the row's text. */
typedef struct Sentence {
    const char *sql;
    const char *pl, *en;
} Sentence;

const char *const sito_never_covered[][2] = {
    {[SITO_PL] = "Szukano imion i nazwisk, adresów i danych wrażliwych według list słów i postaci "
                 "zapisu: to, czego na listach nie ma, mogło pozostać niezauważone.",
     [SITO_EN] =
         "Names, addresses and sensitive data were looked for by lists of words and by form: "
         "what is on no list may have been missed."},
    {[SITO_PL] =
         "Nie porównano zbioru z wcześniejszymi publikacjami ani z innymi rejestrami poza tymi, "
         "które wskazuje opis zbioru (disclosure.published) lub polityka (registry).",
     [SITO_EN] =
         "The data set was not compared with earlier releases or other registers but those that "
         "the descriptor (disclosure.published) or the policy (registry) names."},
};
const size_t sito_never_covered_count = SITO_COUNT(sito_never_covered);

static const Sentence not_covered[] = {
    {"SELECT group_concat(field, ', ') FROM sampled HAVING count(*) > 0",
     "W kolumnach, w których jest ponad 65 536 różnych tekstów (%s), imion i nazwisk, adresów i danych "
     "wrażliwych szukano dalej w co ósmym tekście; numerów we wszystkich.",
     "In columns of more than 65,536 different texts (%s), names, addresses and sensitive data were from "
     "there on looked for in one text of eight; numbers in all."},
    {"SELECT group_concat(u.value ->> '$.field', ', ') FROM temp.scanned,"
     " json_each(result, '$.unchecked') AS u HAVING count(*) > 0",
     "Opis zbioru podaje formaty, których ta wersja nie sprawdza; w tych kolumnach każda wartość "
     "uchodziła za zgodną z typem: %s.",
     "The descriptor gives formats that this version does not check; in these columns every value "
     "passed as one of its type: %s."},
    {"SELECT group_concat(DISTINCT name) FROM published WHERE columns IS NOT NULL HAVING count(*) > 0",
     "Z tego, co już opublikowano, porównano tylko: %s.",
     "Of what is published already, only these were compared: %s."},
    {"SELECT group_concat(DISTINCT name) FROM published WHERE columns IS NULL HAVING count(*) > 0",
     "Nie porównano, bo brak wspólnych kolumn: %s.",
     "Not compared, since they have no column in common: %s."},
    {"SELECT group_concat(field, ', ') FROM temp.withstood HAVING count(*) > 0",
     "Skróty w kolumnach %s wytrzymały próby odwrócenia (100 mln w każdej); to nie dowodzi, że nikt ich "
     "nie odwróci.",
     "The digests in the columns %s withstood the tries made (100 million each); that does not prove that "
     "nobody turns them back."},
    {"SELECT '' FROM dataset WHERE persons = 'none'",
     "Oświadczono, że dane nie dotyczą osób; ryzyka ponownej identyfikacji nie oceniano.",
     "It was stated that the data are not about persons; the risk of re-identification was not "
     "assessed."},
    {"SELECT '' FROM dataset WHERE unit = 'row' AND persons IS NOT 'none'",
     "Oświadczono, że jeden rekord to jedna osoba; nie da się tego sprawdzić w samym pliku.",
     "It was stated that one record is one person; the file alone cannot show that."},
    {"SELECT '' FROM dataset WHERE unit = 'companion'",
     "Które rekordy należą do tej samej osoby, przyjęto z pliku osób; nie sprawdzono, jak powstał.",
     "Which records belong to one person was taken from the companion file; how it was made was not "
     "checked."},
    {"SELECT resource ->> '$.disclosure.table.companion' FROM temp.descriptor, tabulated",
     "Ile osób lub podmiotów stoi za komórką i jakie są największe wkłady, przyjęto z pliku %s; nie "
     "sprawdzono, jak powstał.",
     "How many stand behind a cell, and the largest contributions, were taken from the file %s; how it "
     "was made was not checked."},
    {"SELECT '' FROM tabulated",
     "Ukryte komórki oceniono wobec czytelnika, który zna tę tabelę, wskazane wcześniejsze wydania i "
     "tabele połączone (linked); innej wiedzy nie uwzględniono.",
     "Hidden cells were judged against a reader who knows this table, the earlier releases that are named "
     "and linked tables (linked); no other knowledge was considered."},
    {"SELECT '' WHERE EXISTS (SELECT 1 FROM field WHERE role = 'public')",
     "Powody, dla których kolumny mają rolę public, przyjęto z opisu zbioru.",
     "The reasons why columns have the role public were taken from the descriptor."},
    {"SELECT group_concat(name, ', ') FROM field WHERE role = 'free-text' HAVING count(*) > 0",
     "Treści kolumn z tekstem swobodnym nie oceniono: %s.",
     "The content of free-text columns was not assessed: %s."},
    {"SELECT group_concat(DISTINCT c.key) FROM temp.descriptor, json_each(resource, '$.schema.fields')"
     " AS f, json_each(f.value, '$.constraints') AS c WHERE c.key = 'jsonSchema'"
     " HAVING count(*) > 0",
     "Opis zbioru stawia warunki, których ta wersja nie sprawdza: constraints %s.",
     "The descriptor sets constraints that this version does not check: %s."},
    {"SELECT group_concat(q.value ->> '$.description', '; ') FROM temp.descriptor,"
     " (SELECT value FROM temp.descriptor, json_each(resource, '$.quality') UNION ALL"
     "  SELECT q.value FROM temp.descriptor, json_each(resource, '$.schema.fields') AS f,"
     "   json_each(f.value, '$.quality') AS q) AS q WHERE q.value ->> '$.type' = 'text'"
     " HAVING count(*) > 0",
     "Wymagań opisanych słowami nikt tu nie sprawdził: %s.",
     "Requirements in words were not checked by anybody here: %s."},
    {"SELECT group_concat(printf('%s: %s %s (%s)', rule, name, office, builtin), ', ') FROM parameter"
     " WHERE office IS NOT builtin HAVING count(*) > 0",
     "Urząd ustawił inaczej parametry reguł (w nawiasie wartość wbudowana): %s.",
     "The office set parameters of rules (in brackets the built-in value): %s."},
};

/* Each sentence stands once, however many resources there are. */
static int add_not_covered(sqlite3 *report, const char *sentence, const char *text, char **error) {
    return sito_db_do(
        report, error,
        "INSERT INTO report.not_covered(sentence) SELECT replace(?1, '%s', ?2)"
        " WHERE replace(?1, '%s', ?2) NOT IN (SELECT sentence FROM report.not_covered)",
        "tt", sentence, text);
}

int sito_summary_policy(sqlite3 *report, const SitoPolicy *policy, SitoLanguage language,
                        char **error) {
    char *looser = NULL;
    int rc = sito_policy_looser(report, policy, &looser, error);
    if (rc == SITO_OK && looser != NULL) {
        rc = add_not_covered(report,
                             sito_say(language,
                                      "Polityka urzędu jest łagodniejsza niż progi wbudowane (w "
                                      "nawiasie): %s.",
                                      "The office's policy asks for less than the built-in "
                                      "thresholds (in brackets): %s."),
                             looser, error);
    }
    sito_free(looser);
    return rc;
}

int sito_summary_not_covered(sqlite3 *report, sqlite3 *facts, SitoLanguage language, char **error) {
    int rc = SITO_OK;
    for (size_t i = 0; i < sito_never_covered_count && rc == SITO_OK; i++) {
        rc = add_not_covered(report, sito_never_covered[i][language], "", error);
    }
    for (size_t i = 0; i < SITO_COUNT(not_covered) && rc == SITO_OK; i++) {
        char *text = NULL;
        rc = sito_db_text(facts, &text, error, not_covered[i].sql, "");
        if (rc == SITO_OK && text != NULL) {
            rc = add_not_covered(report, sito_say(language, not_covered[i].pl, not_covered[i].en),
                                 text, error);
        }
        sito_free(text);
    }
    return rc;
}

static int add_step(sqlite3 *report, const char *sentence, char **error) {
    int rc = sentence == NULL
                 ? SITO_NOMEM
                 : sito_db_do(report, error, "INSERT INTO report.next_step(sentence) VALUES (?)",
                              "t", sentence);
    sito_free((char *)sentence);
    return rc;
}

/* A word as a shell takes it: quoted only where it must be. */
static char *shell_word(const char *word) {
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "_./-+,:@%";
    if (word[0] != 0 && word[0] != '-' && word[strspn(word, plain)] == 0) {
        return sito_print("%s", word);
    }
    SitoBuffer quoted = {0};
    int rc = sito_buffer_print(&quoted, "%s'", word[0] == '-' ? "./" : "");
    for (const char *at = word; *at != 0 && rc == SITO_OK; at++) {
        rc = *at == '\'' ? sito_buffer_add(&quoted, "'\\''", 4) : sito_buffer_add(&quoted, at, 1);
    }
    if (rc == SITO_OK) {
        rc = sito_buffer_add(&quoted, "'", 2);
    }
    if (rc != SITO_OK) {
        sito_buffer_free(&quoted);
    }
    return quoted.data;
}

static int write_steps(sqlite3 *report, const char *path, const char *option, const char *catalogue,
                       SitoLanguage language, char **error) {
    char *verdict = NULL, *code = NULL;
    int64_t described = 0;
    int rc = sito_db_text(report, &verdict, error, "SELECT verdict FROM report.run", "");
    if (rc == SITO_OK) {
        rc = sito_db_integer(report, &described, error, "SELECT described FROM report.run", "");
    }
    if (rc == SITO_OK) {
        rc = sito_db_text(report, &code, error,
                          "SELECT code FROM report.finding ORDER BY id LIMIT 1", "");
    }
    if (rc == SITO_OK && !described) {
        rc = add_step(report,
                      sito_print(sito_say(language, "Opisz zbiór: sito init %s",
                                          "Describe the data set: sito init %s"),
                                 path),
                      error);
    } else if (rc == SITO_OK && strcmp(verdict, "PASS") == 0) {
        rc = add_step(report,
                      sito_print(sito_say(language, "Oznacz zbiór: sito mark%s%s %s",
                                          "Mark the data set: sito mark%s%s %s"),
                                 option, catalogue, path),
                      error);
    } else if (rc == SITO_OK && code != NULL) {
        rc = add_step(report,
                      sito_print(sito_say(language, "Więcej o pierwszym ustaleniu: sito explain %s",
                                          "More on the first finding: sito explain %s"),
                                 code),
                      error);
    }
    sito_free(verdict);
    sito_free(code);
    return rc;
}

int sito_summary_next_steps(sqlite3 *report, const char *path, const char *catalogue,
                            SitoLanguage language, char **error) {
    char *path_word = shell_word(path);
    char *catalogue_word = shell_word(catalogue != NULL ? catalogue : "sito.db");
    int rc = path_word == NULL || catalogue_word == NULL
                 ? SITO_NOMEM
                 : write_steps(report, path_word, catalogue != NULL ? " --catalogue " : "",
                               catalogue != NULL ? catalogue_word : "", language, error);
    sito_free(path_word);
    sito_free(catalogue_word);
    return rc;
}

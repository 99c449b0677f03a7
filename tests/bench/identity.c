/*
** How fast columns are profiled and names are sorted, as ratios of medians in one process and one run:
**
**   bench_identity [rows] [runs]     default: 1000000 rows, 5 alternating runs
**
** One table of rows with a name, a short text, a phone number and a date; a million cells a column. The yardsticks
** are SQLite's own: the bare scan sum(length(x)) over the same column, and ORDER BY in binary order. (SQLite's ICU
** extension would be the better yardstick for sorting; Debian has it in no package.) Names are joined from parts of
** Polish surnames. What reads bytes has its MB/s, of the column's text.
*/
#include <sqlite3.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/sito.h"

enum { MOST_RUNS = 99 };

#define PROFILE(column)                                                                             \
    "SELECT profile_facts('{\"fields\":[{\"name\":\"x\"}]}', NULL, NULL, NULL, NULL, NULL, " column \
    ") FROM t"
#define SORT(order)                                                                                \
    "SELECT count(*) FROM (SELECT nazwisko FROM t ORDER BY nazwisko " order " LIMIT -1 OFFSET 1)"

typedef struct Query {
    const char *name, *sql;
    int against;      /* the query whose median is 1 */
    const char *text; /* the column that is read; NULL: what is read is not told */
    double share;     /* of its rows; the ratio is that of all */
    double seconds[MOST_RUNS], median;
} Query;

static Query queries[] = {
    {.name = "sum(length()) of the texts",
     .sql = "SELECT sum(length(opis)) FROM t",
     .against = 0,
     .text = "opis",
     .share = 1},
    {.name = "personal data in the texts",
     .sql = PROFILE("opis"),
     .against = 0,
     .text = "opis",
     .share = 1},
    {.name = "sum(length()) of the numbers",
     .sql = "SELECT sum(length(telefon)) FROM t",
     .against = 2,
     .text = "telefon",
     .share = 1},
    {.name = "personal data in the numbers",
     .sql = PROFILE("telefon"),
     .against = 2,
     .text = "telefon",
     .share = 1},
    {.name = "sum(length()) of the dates",
     .sql = "SELECT sum(length(dzien)) FROM t",
     .against = 4,
     .text = "dzien",
     .share = 1},
    {.name = "personal data in the dates",
     .sql = PROFILE("dzien"),
     .against = 4,
     .text = "dzien",
     .share = 1},
    {.name = "personal_data_kind of the numbers",
     .sql = "SELECT count(personal_data_kind(telefon)) FROM t",
     .against = 2,
     .text = "telefon",
     .share = 1},
    {.name = "personal_data_find in the texts",
     .sql = "SELECT count(*) FROM (SELECT opis FROM t LIMIT 100000), personal_data_find(opis)",
     .against = 0,
     .text = "opis",
     .share = 0.1},
    {.name = "personal_data_columns, all columns",
     .sql = "SELECT count(*) FROM personal_data_columns('t')",
     .against = 0},
    {.name = "ORDER BY, binary", .sql = SORT(""), .against = 9},
    {.name = "ORDER BY COLLATE polish", .sql = SORT("COLLATE polish"), .against = 9},
    {.name = "ORDER BY COLLATE polish_ai", .sql = SORT("COLLATE polish_ai"), .against = 9},
    {.name = "ORDER BY pl_sort_key()",
     .sql = "SELECT count(*) FROM (SELECT nazwisko FROM t ORDER BY "
            "pl_sort_key(nazwisko) LIMIT -1 OFFSET 1)",
     .against = 9},
};

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void run(sqlite3 *db, const char *sql) {
    char *error = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &error) != SQLITE_OK) {
        fprintf(stderr, "bench_identity: %s\n", error);
        exit(1);
    }
}

static int compare(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void make_table(sqlite3 *db, int64_t rows) {
    char *sql = sqlite3_mprintf(
        "CREATE TABLE t AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %lld) "
        "SELECT substr('KowalNowakWójciŻukówĆwikłŁuczyŚliwaZając', 1 + abs(random()) %% 36, 4) || 'ąćęłńóśźż' || "
        "abs(random() %% 100000) AS nazwisko, "
        "'zgłoszenie awarii oświetlenia przy ul. Zgierskiej nr ' || abs(random() %% 1000000) AS opis, "
        "printf('%%d%%08d', 5 + abs(random()) %% 4, abs(random() %% 100000000)) AS telefon, "
        "printf('20%%02d-%%02d-%%02d', 10 + abs(random()) %% 15, 1 + abs(random()) %% 12, 1 + abs(random()) %% 28)"
        " AS dzien FROM n",
        (long long)rows);
    run(db, sql);
    sqlite3_free(sql);
}

/* The bytes of the texts of a column, in MB. */
static double megabytes(sqlite3 *db, const char *column) {
    sqlite3_stmt *sum = NULL;
    char *sql = sqlite3_mprintf("SELECT sum(length(CAST(%s AS BLOB))) / 1e6 FROM t", column);
    double size = 0;
    if (sqlite3_prepare_v2(db, sql, -1, &sum, NULL) == SQLITE_OK &&
        sqlite3_step(sum) == SQLITE_ROW) {
        size = sqlite3_column_double(sum, 0);
    }
    sqlite3_finalize(sum);
    sqlite3_free(sql);
    return size;
}

int main(int argc, char **argv) {
    int64_t rows = argc > 1 ? strtoll(argv[1], NULL, 10) : 1000000;
    int runs = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 5;
    sqlite3 *db;
    char *error = NULL;
    if (rows < 1 || runs < 1 || runs > MOST_RUNS || sqlite3_open(":memory:", &db) != SQLITE_OK ||
        sito_register(db, sito_modules, false, &error) != SITO_OK) {
        fprintf(stderr, "bench_identity: usage: bench_identity [rows] [runs] %s\n",
                error != NULL ? error : "");
        return 2;
    }
    make_table(db, rows);
    for (int n = 0; n < runs; n++) {
        for (size_t i = 0; i < SITO_COUNT(queries); i++) {
            double start = now();
            run(db, queries[i].sql);
            queries[i].seconds[n] = now() - start;
        }
    }
    for (size_t i = 0; i < SITO_COUNT(queries); i++) {
        qsort(queries[i].seconds, (size_t)runs, sizeof(double), compare);
        queries[i].median = queries[i].seconds[runs / 2];
    }
    printf("%" PRId64 " rows, median of %d runs, ratio to the yardstick of its group\n", rows,
           runs);
    for (size_t i = 0; i < SITO_COUNT(queries); i++) {
        double share = queries[i].text != NULL ? queries[i].share : 1;
        printf("%-36s %7.2f", queries[i].name,
               queries[i].median / share / queries[queries[i].against].median);
        if (queries[i].text != NULL) {
            printf(" %9.1f MB/s", megabytes(db, queries[i].text) * share / queries[i].median);
        }
        printf("\n");
    }
    sqlite3_close(db);
    return 0;
}

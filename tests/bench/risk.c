/*
** How fast the classes are found, as ratios of medians in one process and one run:
**
**   bench_risk [rows] [runs]     default: 1000000 rows, 9 alternating runs
**
** The table is made here: five quasi-identifiers (year of birth, sex, postal code, education, marital
** status), one sensitive column of 60 values and one of a person; the classes are about half as many
** as the rows. The yardsticks are SQLite's own: the bare scan, and k by GROUP BY.
*/
#include <sqlite3.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/sito.h"

enum { MOST_RUNS = 99 };

#define QUASI "rok, plec, kod, wyksztalcenie, stan"

typedef struct Query {
    const char *name, *sql;
    double seconds[MOST_RUNS], median;
} Query;

static Query queries[] = {
    {.name = "bare scan: count of five columns",
     .sql = "SELECT count(rok), count(plec), count(kod), count(wyksztalcenie), count(stan) FROM t"},
    {.name = "k by GROUP BY",
     .sql = "SELECT min(c) FROM (SELECT count(*) AS c FROM t GROUP BY " QUASI ")"},
    {.name = "k_anonymity", .sql = "SELECT k_anonymity(" QUASI ") FROM t"},
    {.name = "l_diversity", .sql = "SELECT l_diversity(powod, " QUASI ") FROM t"},
    {.name = "t_closeness", .sql = "SELECT t_closeness(powod, " QUASI ") FROM t"},
    {.name = "risk_measures", .sql = "SELECT risk_measures(powod, " QUASI ") FROM t"},
};

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static void run(sqlite3 *db, const char *sql) {
    char *error = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &error) != SQLITE_OK) {
        fprintf(stderr, "%s: %s\n", sql, error);
        exit(1);
    }
}

static uint64_t state = 20;

static unsigned draw(unsigned below) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (unsigned)((state >> 33) % below);
}

static void fill(sqlite3 *db, long rows) {
    static const char *const education[] = {"podstawowe", "zawodowe", "srednie", "wyzsze"};
    static const char *const marital[] = {"panna/kawaler", "w malzenstwie", "rozwiedzione",
                                          "wdowie"};
    char code[8], reason[16];
    sqlite3_stmt *insert = NULL;
    run(db, "CREATE TABLE t(rok INTEGER, plec TEXT, kod TEXT, wyksztalcenie TEXT, stan TEXT,"
            " powod TEXT, osoba INTEGER); BEGIN");
    sqlite3_prepare_v2(db, "INSERT INTO t VALUES (?,?,?,?,?,?,?)", -1, &insert, NULL);
    for (long i = 0; i < rows; i++) {
        sqlite3_snprintf(sizeof code, code, "9%u-%03u", draw(4), draw(20) * draw(20));
        sqlite3_snprintf(sizeof reason, reason, "powod %u", draw(60));
        sqlite3_bind_int(insert, 1, 1930 + (int)draw(80));
        sqlite3_bind_text(insert, 2, draw(2) ? "K" : "M", -1, SQLITE_STATIC);
        sqlite3_bind_text(insert, 3, code, -1, SQLITE_TRANSIENT);
        sqlite3_bind_text(insert, 4, education[draw(4)], -1, SQLITE_STATIC);
        sqlite3_bind_text(insert, 5, marital[draw(4)], -1, SQLITE_STATIC);
        sqlite3_bind_text(insert, 6, reason, -1, SQLITE_TRANSIENT);
        sqlite3_bind_int(insert, 7, (int)draw((unsigned)rows / 3 + 1));
        sqlite3_step(insert);
        sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    run(db, "COMMIT");
}

static int ascending(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static int print_cell(void *label, int count, char **values, char **names) {
    (void)count, (void)names;
    printf("%s%s\n", (const char *)label, values[0]);
    return 0;
}

int main(int argc, char **argv) {
    long rows = argc > 1 ? strtol(argv[1], NULL, 10) : 1000000;
    long runs = argc > 2 ? strtol(argv[2], NULL, 10) : 9;
    sqlite3 *db = NULL;
    char *error = NULL;
    if (rows < 1 || runs < 1 || runs > MOST_RUNS || sqlite3_open(":memory:", &db) != SQLITE_OK ||
        sito_register(db, sito_modules, false, &error) != SITO_OK) {
        fprintf(stderr, "bench_risk [rows] [runs, at most %d]\n", MOST_RUNS);
        return 2;
    }
    fill(db, rows);
    sqlite3_exec(db, "SELECT 'classes: ' || count(*) FROM (SELECT 1 FROM t GROUP BY " QUASI ")",
                 print_cell, "", NULL);
    for (long i = 0; i < runs; i++) {
        for (size_t q = 0; q < SITO_COUNT(queries); q++) {
            double start = now();
            run(db, queries[q].sql);
            queries[q].seconds[i] = now() - start;
        }
    }
    for (size_t q = 0; q < SITO_COUNT(queries); q++) {
        qsort(queries[q].seconds, (size_t)runs, sizeof(double), ascending);
        queries[q].median = queries[q].seconds[runs / 2];
    }
    printf("rows: %ld, median of %ld alternating runs\n", rows, runs);
    printf("%-36s %16s %20s\n", "", "of the bare scan", "faster than GROUP BY");
    for (size_t q = 0; q < SITO_COUNT(queries); q++) {
        printf("%-36s %15.2fx %19.1fx\n", queries[q].name, queries[q].median / queries[0].median,
               queries[1].median / queries[q].median);
    }
    return sqlite3_close(db) == SQLITE_OK ? 0 : 1;
}

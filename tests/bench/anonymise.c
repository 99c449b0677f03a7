/*
** How much work it is to find a release, as ratios to the bare scan of the same table, in one process:
**
**   bench_anonymise [runs]     default: 5 alternating runs
**
** A table of 30,000 records and nine columns with hierarchies, in the shape of the census data that the
** literature measures by: 12,960 nodes, every one looked at, once with no row left out and once with 5 %.
** And 1,000,000 rows with five columns for anon_mondrian. Times are of the processor; seconds are printed
** beside, since the aims name them.
*/
#include <sqlite3.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/sito.h"

enum { MOST_RUNS = 99 };

#define NINE "wiek, plec, pochodzenie, stan, wyksztalcenie, kraj, zatrudnienie, zawod, dochod"
#define PLAN(suppressed)                                                                           \
    "'{\"columns\": [{\"name\": \"wiek\", \"hierarchy\": \"interval:5,10,20\"},"                   \
    " {\"name\": \"plec\"}, {\"name\": \"pochodzenie\"}, {\"name\": \"stan\", \"hierarchy\":"      \
    " \"prefix:1\"}, {\"name\": \"wyksztalcenie\", \"hierarchy\": \"prefix:2,1\"}, {\"name\":"     \
    " \"kraj\", \"hierarchy\": \"prefix:1\"}, {\"name\": \"zatrudnienie\", \"hierarchy\":"         \
    " \"prefix:1\"}, {\"name\": \"zawod\", \"hierarchy\": \"prefix:1\"}, {\"name\": \"dochod\"}]," \
    " \"k\": 5, \"maxSuppressed\": " suppressed "}'"

typedef struct Query {
    const char *name;
    int yardstick;
    const char *sql;
    double seconds[MOST_RUNS], median;
} Query;

static Query queries[] = {
    {.name = "bare scan of 9 columns",
     .sql =
         "SELECT count(wiek), count(plec), count(pochodzenie),"
         " count(stan), count(wyksztalcenie), count(kraj), count(zatrudnienie), count(zawod), count(dochod)"
         " FROM spis"},
    {.name = "anon_release, 12,960 nodes, 0 %",
     .sql =
         "SELECT looked_at, levels, loss FROM anon_release('spis', " PLAN("0") ") WHERE rank = 1"},
    {.name = "anon_release, 12,960 nodes, 5 %",
     .sql = "SELECT looked_at, levels, loss FROM anon_release('spis', " PLAN(
         "0.05") ") WHERE rank = 1"},
    {.name = "bare scan of 5 columns, 1M rows",
     .yardstick = 3,
     .sql =
         "SELECT count(rok), count(plec), count(kod), count(wyksztalcenie), count(stan) FROM rejestr"},
    {.name = "anon_mondrian, 1M rows x 5, k 5",
     .yardstick = 3,
     .sql = "SELECT max(class), min(size) FROM anon_mondrian('rejestr', '{\"columns\": [{\"name\":"
            " \"rok\"}, {\"name\": \"plec\"}, {\"name\": \"kod\"}, {\"name\": \"wyksztalcenie\"},"
            " {\"name\": \"stan\"}], \"k\": 5}')"},
    {.name = "anon_frontier, 5 %",
     .sql = "SELECT count(*) FROM anon_frontier('spis', " PLAN("0.05") ")"},
};

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static int print_row(void *data, int count, char **values, char **names) {
    (void)names;
    for (int i = 0; data != NULL && i < count; i++) {
        printf("  %s", values[i] != NULL ? values[i] : "NULL");
    }
    return 0;
}

static void run(sqlite3 *db, const char *sql, void *print) {
    char *error = NULL;
    if (sqlite3_exec(db, sql, print_row, print, &error) != SQLITE_OK) {
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

static void fill(sqlite3 *db) {
    sqlite3_stmt *insert = NULL;
    run(db, "CREATE TABLE spis(" NINE "); BEGIN", NULL);
    sqlite3_prepare_v2(db, "INSERT INTO spis VALUES (?,?,?,?,?,?,?,?,?)", -1, &insert, NULL);
    for (int i = 0; i < 30000; i++) {
        static const int bases[] = {0, 0, 0, 10, 100, 10, 10, 10, 0};
        unsigned values[] = {17 + draw(37) + draw(37), draw(2),  draw(5) * draw(5) / 4,
                             draw(7) * draw(7) / 6,    draw(16), draw(20) < 18 ? 0 : draw(41),
                             draw(8) * draw(8) / 7,    draw(14), draw(2)};
        values[4] = values[4] / 4 * 10 + values[4] % 4 + values[4] / 8 * 100;
        for (int c = 0; c < 9; c++) {
            sqlite3_bind_int(insert, c + 1, (int)values[c] + bases[c]);
        }
        sqlite3_step(insert);
        sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    run(db, "COMMIT; CREATE TABLE rejestr(rok, plec, kod, wyksztalcenie, stan); BEGIN", NULL);
    sqlite3_prepare_v2(db, "INSERT INTO rejestr VALUES (?,?,?,?,?)", -1, &insert, NULL);
    for (int i = 0; i < 1000000; i++) {
        unsigned values[] = {1930 + draw(80), 1 + draw(2),
                             90000 + draw(4) * 1000 + draw(20) * draw(20), 1 + draw(4),
                             1 + draw(4)};
        for (int c = 0; c < 5; c++) {
            sqlite3_bind_int(insert, c + 1, (int)values[c]);
        }
        sqlite3_step(insert);
        sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    run(db, "COMMIT", NULL);
}

static int ascending(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

int main(int argc, char **argv) {
    long runs = argc > 1 ? strtol(argv[1], NULL, 10) : 5;
    sqlite3 *db = NULL;
    char *error = NULL;
    if (runs < 1 || runs > MOST_RUNS || sqlite3_open(":memory:", &db) != SQLITE_OK ||
        sito_register(db, sito_modules, false, &error) != SITO_OK) {
        fprintf(stderr, "usage: bench_anonymise [runs]\n");
        return 2;
    }
    fill(db);
    for (long i = 0; i < runs; i++) {
        for (size_t q = 0; q < SITO_COUNT(queries); q++) {
            double start = now();
            run(db, queries[q].sql, NULL);
            queries[q].seconds[i] = now() - start;
        }
    }
    for (size_t q = 0; q < SITO_COUNT(queries); q++) {
        Query *one = &queries[q];
        qsort(one->seconds, (size_t)runs, sizeof(double), ascending);
        one->median = one->seconds[runs / 2];
        printf("%-34s %9.1fx of the scan %8.3f s ", one->name,
               one->median / queries[one->yardstick].median, one->median);
        run(db, one->sql, one);
        printf("\n");
    }
    sqlite3_close(db);
    return 0;
}

/*
** How much work it is to measure risk, as ratios of medians in one process and one run:
**
**   bench_risk [rows] [runs]     default: 1000000 rows, 9 alternating runs
**
** The table is made here, twice: with codes as numbers, as registers keep them, and with the same
** values as texts, as they come from CSV. Five quasi-identifiers (year of birth, sex, postal code,
** education, marital status; about half as many classes as rows), three more columns for the search of
** unique sets, a sensitive column of 60 values. The yardsticks are SQLite's own: the bare scan of the
** same columns, and k by GROUP BY. For the reversal of digests it is the bare compression of SHA-256.
**
** Times are of the processor, so that a busy machine disturbs them less. Memory is SQLite's high-water mark above what was in use before, by cell of the columns read.
*/
#define OPENSSL_SUPPRESS_DEPRECATED
#include <sqlite3.h>

#include <openssl/sha.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/sito.h"
#include "risk/reverse.h"

enum { MOST_RUNS = 99, TRIES = 20000000 };

#define QUASI "rok, plec, kod, wyksztalcenie, stan"
#define EIGHT QUASI ", obywatelstwo, zawod, rodzina"

typedef struct Query {
    const char *name;
    int yardstick; /* the query whose median is 1 */
    int columns;
    const char *sql;
    double seconds[MOST_RUNS], median;
    sqlite3_int64 memory;
} Query;

enum { SCAN, GROUP_BY, SCAN_8 = 7 };

static Query queries[] = {
    {.name = "bare scan of 5 columns",
     .columns = 5,
     .sql = "SELECT count(rok), count(plec), count(kod), count(wyksztalcenie), count(stan) FROM t"},
    {.name = "k by GROUP BY",
     .columns = 5,
     .sql = "SELECT min(c) FROM (SELECT count(*) AS c FROM t GROUP BY " QUASI ")"},
    {.name = "k_anonymity", .columns = 5, .sql = "SELECT k_anonymity(" QUASI ") FROM t"},
    {.name = "l_diversity", .columns = 6, .sql = "SELECT l_diversity(powod, " QUASI ") FROM t"},
    {.name = "t_closeness", .columns = 6, .sql = "SELECT t_closeness(powod, " QUASI ") FROM t"},
    {.name = "risk_measures: all of them",
     .columns = 6,
     .sql = "SELECT risk_measures(powod, " QUASI ") FROM t"},
    {.name = "risk_histogram",
     .columns = 5,
     .sql = "SELECT * FROM risk_histogram('t', '" QUASI "')"},
    {.name = "bare scan of 8 columns",
     .yardstick = SCAN_8,
     .columns = 8,
     .sql = "SELECT count(rok), count(plec), count(kod), count(wyksztalcenie), count(stan),"
            " count(obywatelstwo), count(zawod), count(rodzina) FROM t"},
    {.name = "risk_unique_sets of 8, up to 3",
     .yardstick = SCAN_8,
     .columns = 8,
     .sql = "SELECT * FROM risk_unique_sets('t', '" EIGHT "', 3)"},
};

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
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
    sqlite3_stmt *insert = NULL;
    run(db, "CREATE TABLE codes(rok, plec, kod, wyksztalcenie, stan, obywatelstwo, zawod, rodzina,"
            " powod); BEGIN");
    sqlite3_prepare_v2(db, "INSERT INTO codes VALUES (?,?,?,?,?,?,?,?,?)", -1, &insert, NULL);
    for (long i = 0; i < rows; i++) {
        unsigned values[] = {
            1930 + draw(80),   1 + draw(2), 90000 + draw(4) * 1000 + draw(20) * draw(20),
            1 + draw(4),       1 + draw(4), draw(50) == 0 ? draw(30) : 0,
            draw(9) * draw(9), 1 + draw(6), draw(60)};
        for (int c = 0; c < 9; c++) {
            sqlite3_bind_int(insert, c + 1, (int)values[c]);
        }
        sqlite3_step(insert);
        sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    run(db,
        "COMMIT;"
        "CREATE TABLE texts AS SELECT rok || '' AS rok, iif(plec = 1, 'K', 'M') AS plec,"
        " substr(kod, 1, 2) || '-' || substr(kod, 3) AS kod,"
        " substr('podstawowe  zawodowe    srednie     wyzsze      ', wyksztalcenie * 12 - 11, 10)"
        "  AS wyksztalcenie, 'stan ' || stan AS stan, 'kraj ' || obywatelstwo AS obywatelstwo,"
        " 'zawod ' || zawod AS zawod, rodzina || '' AS rodzina, 'powod ' || powod AS powod"
        " FROM codes");
}

static int ascending(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static void measure(sqlite3 *db, long runs) {
    for (long i = 0; i < runs; i++) {
        for (size_t q = 0; q < SITO_COUNT(queries); q++) {
            sqlite3_int64 before = sqlite3_memory_used();
            sqlite3_memory_highwater(1);
            double start = now();
            run(db, queries[q].sql);
            queries[q].seconds[i] = now() - start;
            queries[q].memory = sqlite3_memory_highwater(0) - before;
        }
    }
    for (size_t q = 0; q < SITO_COUNT(queries); q++) {
        qsort(queries[q].seconds, (size_t)runs, sizeof(double), ascending);
        queries[q].median = queries[q].seconds[runs / 2];
    }
}

static void print(const char *table, long rows) {
    printf("\n%-32s %15s %19s %14s\n", table, "of the scan", "faster than", "bytes");
    printf("%-32s %15s %19s %14s\n", "", "of its columns", "GROUP BY", "a cell");
    for (size_t q = 0; q < SITO_COUNT(queries); q++) {
        Query *one = &queries[q];
        printf("%-32s %14.2fx ", one->name, one->median / queries[one->yardstick].median);
        if (one->yardstick == SCAN) {
            printf("%18.1fx ", queries[GROUP_BY].median / one->median);
        } else {
            printf("%19s ", "");
        }
        printf("%14.1f\n", (double)one->memory / ((double)rows * one->columns));
    }
}

/* Tries of PESELs against as many compressions of one block. */
static void measure_reversal(long runs) {
    double tries[MOST_RUNS], compressions[MOST_RUNS];
    unsigned char *digests = sito_malloc(32);
    RiskTargets targets;
    memset(digests, 7, 32);
    if (risk_targets_make(digests, 32, 1, &targets) != SITO_OK) {
        exit(1);
    }
    for (long i = 0; i < runs; i++) {
        uint64_t tried = 0, hits = 0;
        RiskAttack attack = {.hash = RISK_SHA256, .identifier = RISK_PESEL};
        double start = now();
        if (risk_attack(&attack, &targets, TRIES, false, NULL, &tried, &hits) != SITO_OK) {
            exit(1);
        }
        tries[i] = (now() - start) / (double)tried;
        SHA256_CTX first, context;
        unsigned char block[64] = {0};
        SHA256_Init(&first);
        start = now();
        for (uint32_t n = 0; n < TRIES; n++) {
            memcpy(block, &n, sizeof n);
            memcpy(context.h, first.h, sizeof first.h);
            SHA256_Transform(&context, block);
        }
        compressions[i] = (now() - start) / TRIES;
    }
    qsort(tries, (size_t)runs, sizeof(double), ascending);
    qsort(compressions, (size_t)runs, sizeof(double), ascending);
    printf(
        "\nrisk_reversal: a PESEL tried costs %.2f bare compressions of SHA-256; there are %" PRIu64
        "\n",
        tries[runs / 2] / compressions[runs / 2], risk_attack_space(RISK_PESEL));
    risk_targets_free(&targets);
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
    printf("%ld rows, median of %ld alternating runs\n", rows, runs);
    run(db, "CREATE TEMP VIEW t AS SELECT * FROM codes");
    measure(db, runs);
    print("codes as numbers", rows);
    run(db, "DROP VIEW t; CREATE TEMP VIEW t AS SELECT * FROM texts");
    measure(db, runs);
    print("texts", rows);
    measure_reversal(runs);
    return sqlite3_close(db) == SQLITE_OK ? 0 : 1;
}

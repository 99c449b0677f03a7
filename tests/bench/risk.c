/*
** How much work it is to measure risk, as ratios of medians in one process and one run:
**
**   bench_risk [rows] [runs]     default: 1000000 rows, 9 alternating runs
**   bench_risk rows FILE.csv     writes the table "register" for another program (risk_duckdb.sh)
**
** The tables are made here, with the same rows: „register”, years as numbers and the rest as texts, as
** offices keep them; codes as numbers alone; texts alone, as they come from CSV. Five quasi-identifiers
** (year of birth, sex, postal code, education, marital status; about 0.65 classes a row), three more
** columns for the search of unique sets, a sensitive column of 60 values. The yardsticks are SQLite's
** own: the bare scan of the same columns, and k by GROUP BY. They lie in a file whose pages are all in
** the cache of the connection, and once more with SQLite's own cache of 2 MB: GROUP BY sorts in more or
** less memory, too. For the reversal of digests the yardstick is the bare compression of SHA-256.
**
** Times are of the processor, so that a busy machine disturbs them less. Memory is SQLite's high-water
** mark above what was in use before, by cell of the columns read. What one more measure costs is the
** difference between all measures of the sensitive column and all but that one.
*/
#define OPENSSL_SUPPRESS_DEPRECATED
#include <sqlite3.h>

#include <openssl/sha.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <math.h>
#include <unistd.h>

#include "base/sito.h"
#include "risk/reverse.h"
#include "risk/summary.h"

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

/* Fills table `codes` from the start of the generator; the other tables are made of it. */
static void draw_row(unsigned values[9]) {
    values[0] = 1930 + draw(80);
    values[1] = 1 + draw(2);
    values[2] = 90000 + draw(4) * 1000;
    values[2] += draw(20) * draw(20);
    values[3] = 1 + draw(4);
    values[4] = 1 + draw(4);
    values[5] = draw(50) == 0 ? draw(30) : 0;
    values[6] = draw(9);
    values[6] *= draw(9);
    values[7] = 1 + draw(6);
    values[8] = draw(60);
}

static void fill(sqlite3 *db, long rows) {
    sqlite3_stmt *insert = NULL;
    run(db, "CREATE TABLE codes(rok, plec, kod, wyksztalcenie, stan, obywatelstwo, zawod, rodzina,"
            " powod); BEGIN");
    sqlite3_prepare_v2(db, "INSERT INTO codes VALUES (?,?,?,?,?,?,?,?,?)", -1, &insert, NULL);
    for (long i = 0; i < rows; i++) {
        unsigned values[9];
        draw_row(values);
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
        " trim(substr('podstawowe  zawodowe    srednie     wyzsze      ', wyksztalcenie * 12 - 11, 12))"
        "  AS wyksztalcenie, 'stan ' || stan AS stan, 'kraj ' || obywatelstwo AS obywatelstwo,"
        " 'zawod ' || zawod AS zawod, rodzina || '' AS rodzina, 'powod ' || powod AS powod"
        " FROM codes;"
        "CREATE TABLE register AS SELECT CAST(rok AS INTEGER) AS rok, plec, kod, wyksztalcenie, stan,"
        " obywatelstwo, zawod, CAST(rodzina AS INTEGER) AS rodzina, powod FROM texts");
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
    printf("\n%s; the bare scan of 5 columns took %.0f ms\n", table, queries[SCAN].median * 1e3);
    printf("%-32s %15s %19s %14s\n", "", "of the scan", "faster than", "bytes");
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

/* ---- one more measure ---- */

static const struct {
    const char *name;
    unsigned what;
} measures[] = {{"l_diversity", RISK_L_DISTINCT},
                {"l_diversity_entropy", RISK_L_ENTROPY},
                {"l_diversity_recursive", RISK_L_RECURSIVE},
                {"alpha_k", RISK_ALPHA},
                {"t_closeness", RISK_T_EQUAL},
                {"t_closeness_ordered", RISK_T_ORDERED},
                {"beta_likeness", RISK_BETA},
                {"beta_likeness_enhanced", RISK_BETA_ENHANCED},
                {"delta_disclosure", RISK_DELTA}};

/* The same rows as in the tables, read into classes and a sensitive column. */
static void read_rows(long rows, RiskPartition *partition, RiskColumn *column) {
    RiskLog log = {0};
    SitoBuffer key = {0};
    char text[16];
    int rc = SITO_OK;
    state = 20;
    for (long i = 0; i < rows && rc == SITO_OK; i++) {
        unsigned values[9];
        draw_row(values);
        rc = risk_log_add(&log, sito_hash128(values, 5 * sizeof *values));
        int size = snprintf(text, sizeof text, "powod %u", values[8]);
        RiskCell cell = {.type = RISK_TEXT, .text = {.data = text, .size = (size_t)size}};
        rc = rc == SITO_OK ? risk_column_add(column, &cell, &key) : rc;
    }
    rc = rc == SITO_OK ? risk_partition(&log, NULL, SIZE_MAX, RISK_ORDER, NULL, partition) : rc;
    if (rc != SITO_OK) {
        exit(1);
    }
    risk_log_free(&log);
    sito_buffer_free(&key);
}

static double time_measures(const RiskPartition *partition, const RiskColumn *column,
                            unsigned what) {
    RiskSensitive result;
    double start = now();
    if (risk_sensitive(partition, column, what, 2, NULL, &result) != SITO_OK) {
        exit(1);
    }
    return now() - start;
}

/* scan: the seconds of the bare scan of five columns. */
static void measure_one_more(long rows, long runs, double scan) {
    RiskPartition partition = {0};
    RiskColumn column = {0};
    double all[MOST_RUNS], without[SITO_COUNT(measures)][MOST_RUNS];
    read_rows(rows, &partition, &column);
    for (long i = 0; i < runs; i++) {
        all[i] = time_measures(&partition, &column, RISK_ALL);
        for (size_t m = 0; m < SITO_COUNT(measures); m++) {
            without[m][i] = time_measures(&partition, &column, RISK_ALL & ~measures[m].what);
        }
    }
    qsort(all, (size_t)runs, sizeof(double), ascending);
    printf(
        "\nAll measures of a sensitive column, once the classes are there: %.2f of the bare scan of 5"
        " columns; of it one measure more costs\n",
        all[runs / 2] / scan);
    for (size_t m = 0; m < SITO_COUNT(measures); m++) {
        qsort(without[m], (size_t)runs, sizeof(double), ascending);
        printf("%-32s %14.2fx\n", measures[m].name,
               fmax(0, (all[runs / 2] - without[m][runs / 2]) / scan));
    }
    risk_partition_free(&partition);
    risk_column_free(&column);
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

static void write_csv(sqlite3 *db, const char *path) {
    sqlite3_stmt *rows = NULL;
    FILE *file = fopen(path, "w");
    if (file == NULL ||
        sqlite3_prepare_v2(db,
                           "SELECT printf('%d,%s,%s,%s,%s,%s', rok, plec, kod, wyksztalcenie, stan,"
                           " powod) FROM register",
                           -1, &rows, NULL) != SQLITE_OK) {
        fprintf(stderr, "bench_risk: %s cannot be written\n", path);
        exit(1);
    }
    fputs("rok,plec,kod,wyksztalcenie,stan,powod\n", file);
    while (sqlite3_step(rows) == SQLITE_ROW) {
        fprintf(file, "%s\n", (const char *)sqlite3_column_text(rows, 0));
    }
    sqlite3_finalize(rows);
    if (fclose(file) != 0) {
        exit(1);
    }
}

static void measure_table(sqlite3 *db, const char *table, const char *title, long rows, long runs) {
    char view[80];
    sqlite3_snprintf(sizeof view, view, "CREATE TEMP VIEW t AS SELECT * FROM %s", table);
    run(db, view);
    measure(db, runs);
    print(title, rows);
    run(db, "DROP VIEW t");
}

/* A file in the folder for temporary ones, gone from it as soon as it is open. */
static sqlite3 *open_file(void) {
    const char *folder = getenv("TMPDIR");
    char path[4096];
    sqlite3 *db = NULL;
    sqlite3_snprintf(sizeof path, path, "%s/bench-risk-XXXXXX", folder != NULL ? folder : "/tmp");
    int file = mkstemp(path);
    char *error = NULL;
    if (file < 0 || sqlite3_open(path, &db) != SQLITE_OK ||
        sito_register(db, sito_modules, false, &error) != SITO_OK) {
        fprintf(stderr, "bench_risk: no database in %s\n", path);
        exit(1);
    }
    close(file);
    run(db, "PRAGMA journal_mode = off; PRAGMA synchronous = off; PRAGMA locking_mode = exclusive");
    run(db, "PRAGMA cache_size = -1000000; CREATE TABLE opened(x)");
    unlink(path);
    return db;
}

int main(int argc, char **argv) {
    long rows = argc > 1 ? strtol(argv[1], NULL, 10) : 1000000;
    long runs = argc > 2 ? strtol(argv[2], NULL, 10) : 9;
    bool export = argc == 3 && strchr(argv[2], '.') != NULL;
    if (rows < 1 || (!export && (runs < 1 || runs > MOST_RUNS))) {
        fprintf(stderr, "bench_risk [rows] [runs, at most %d], or bench_risk rows FILE.csv\n",
                MOST_RUNS);
        return 2;
    }
    sqlite3 *db = open_file();
    fill(db, rows);
    if (export) {
        write_csv(db, argv[2]);
        return sqlite3_close(db) == SQLITE_OK ? 0 : 1;
    }
    printf("%ld rows, median of %ld alternating runs\n", rows, runs);
    measure_table(db, "codes", "Codes as numbers", rows, runs);
    measure_table(db, "texts", "Texts", rows, runs);
    measure_table(db, "register", "A register: numbers and texts", rows, runs);
    double scan = queries[SCAN].median;
    run(db, "PRAGMA cache_size = -2000");
    measure_table(db, "register", "A register, with SQLite's usual cache", rows, runs);
    measure_one_more(rows, runs, scan);
    measure_reversal(runs);
    return sqlite3_close(db) == SQLITE_OK ? 0 : 1;
}

/*
** How fast the table csv reads, as ratios of CPU time in one run:
**
**   bench_csv [rows] [runs]     default: 2000000 rows (about 240 MB), 5 alternating runs
**
** The file is made here: 12 columns in UTF-8, `;`, decimal commas, Polish letters, a quoted field in
** every eighth row. The yardsticks: libcsv alone, strict, over the same bytes (with callbacks that
** only count), and `.import` of the sqlite3 shell. Peak memory is that of this process. A SHA-256 of
** the bytes is measured beside, since the gate asks for one.
*/
#include <csv.h>
#include <sqlite3.h>

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/sito.h"

enum { MOST_RUNS = 99 };

static char path[] = "/tmp/bench_csv_XXXXXX";
static sqlite3 *db;

static void require(bool condition, const char *what) {
    if (!condition) {
        fprintf(stderr, "bench_csv: %s failed\n", what);
        (void)unlink(path);
        exit(1);
    }
}

/* ---- the file ---- */

static uint64_t state = 20;

static unsigned draw(unsigned below) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (unsigned)((state >> 33) % below);
}

static void make_file(int rows) {
    static const char *const gminy[] = {"Łódź",
                                        "Kutno",
                                        "Zgierz",
                                        "Pabianice",
                                        "Bełchatów",
                                        "Tomaszów Mazowiecki",
                                        "Piotrków Trybunalski"};
    static const char *const sprawy[] = {"naprawa chodnika", "wymiana lampy ulicznej",
                                         "usunięcie gałęzi", "nielegalne wysypisko śmieci"};
    static const char *const wydzialy[] = {"Wydział Gospodarki Komunalnej",
                                           "Zarząd Dróg i Transportu", "Straż Miejska"};
    int fd = mkstemp(path);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "w");
    require(file != NULL, "making the file");
    fputs("lp;teryt;gmina;ulica;numer;data;sprawa;wydzial;kwota;dni;ocena;uwagi\n", file);
    for (int i = 1; i <= rows; i++) {
        bool quoted = draw(8) == 0;
        fprintf(file, "%d;%02u%02u%03u;%s;ul. %s %u;%u;2024-%02u-%02u;%s;%s;%u,%02u;%u;%u;%s\n", i,
                2 * (1 + draw(16)), 1 + draw(30), 11 + draw(80), gminy[draw(7)],
                draw(2) ? "Piotrkowska" : "Źródlana", 1 + draw(40), 1 + draw(300), 1 + draw(12),
                1 + draw(28), sprawy[draw(4)], wydzialy[draw(3)], draw(5000), draw(100), draw(60),
                1 + draw(5), quoted ? "\"pilne; proszę \"\"dzwonić\"\"\"" : "brak");
    }
    require(fclose(file) == 0, "writing the file");
}

/* ---- what is measured ---- */

static void on_field(void *bytes, size_t size, void *count) {
    (void)bytes, (void)size;
    ++*(uint64_t *)count;
}

static void on_row(int end, void *count) {
    (void)end, (void)count;
}

static void bare_libcsv(void) {
    static char chunk[256 * 1024];
    struct csv_parser parser;
    uint64_t fields = 0;
    int fd = open(path, O_RDONLY);
    require(fd >= 0 && csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) == 0, "libcsv");
    csv_set_delim(&parser, ';');
    for (ssize_t got; (got = read(fd, chunk, sizeof chunk)) > 0;) {
        require(csv_parse(&parser, chunk, (size_t)got, on_field, on_row, &fields) == (size_t)got,
                "libcsv");
    }
    require(csv_fini(&parser, on_field, on_row, &fields) == 0, "libcsv");
    csv_free(&parser);
    (void)close(fd);
}

static void run(const char *sql) {
    char *error = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &error) != SQLITE_OK) {
        fprintf(stderr, "%s: %s\n", sql, error);
        require(false, "SQL");
    }
}

static void import(void) {
    char command[100];
    (void)snprintf(command, sizeof command, ".import %s t", path);
    pid_t child = fork();
    if (child == 0) {
        (void)execlp("sqlite3", "sqlite3", "-init", "/dev/null", "-batch", ":memory:", ".mode csv",
                     ".separator ;", command, (char *)NULL);
        _exit(127);
    }
    int status;
    require(child > 0 && waitpid(child, &status, 0) == child && status == 0, ".import");
}

static void table_count(void) {
    run("SELECT count(*) FROM temp.t");
}

static void table_sum(void) {
    run("SELECT sum(dni) FROM temp.t");
}

static void table_group(void) {
    run("SELECT count(*) FROM (SELECT gmina, count(*) FROM temp.t GROUP BY gmina)");
}

static void table_equal(void) {
    run("SELECT count(*) FROM temp.t WHERE teryt = '1061011'");
}

static void table_copy(void) {
    run("CREATE TABLE main.copy AS SELECT * FROM temp.t; DROP TABLE main.copy");
}

static void table_hashed(void) {
    run("SELECT count(*) FROM temp.hashed");
}

typedef struct Measure {
    const char *name;
    void (*call)(void);
    const char *yardstick; /* whose median is 1 */
    double aim;            /* 0: none */
    double seconds[MOST_RUNS], median;
} Measure;

static Measure measures[] = {
    {.name = "libcsv alone", .call = bare_libcsv, .yardstick = "libcsv alone"},
    {.name = ".import", .call = import, .yardstick = ".import"},
    {.name = "SELECT count(*)", .call = table_count, .yardstick = "libcsv alone", .aim = 0.40},
    {.name = "SELECT sum(column 10)", .call = table_sum, .yardstick = "libcsv alone", .aim = 0.55},
    {.name = "GROUP BY a text", .call = table_group, .yardstick = "libcsv alone"},
    {.name = "WHERE a text = …", .call = table_equal, .yardstick = "libcsv alone"},
    {.name = "count(*) with SHA-256", .call = table_hashed, .yardstick = "libcsv alone"},
    {.name = "CREATE TABLE … AS SELECT *", .call = table_copy, .yardstick = ".import", .aim = 0.35},
};

static double cpu_now(void) {
    struct rusage own, children;
    getrusage(RUSAGE_SELF, &own);
    getrusage(RUSAGE_CHILDREN, &children);
    return (double)(own.ru_utime.tv_sec + own.ru_stime.tv_sec + children.ru_utime.tv_sec +
                    children.ru_stime.tv_sec) +
           1e-6 * (double)(own.ru_utime.tv_usec + own.ru_stime.tv_usec + children.ru_utime.tv_usec +
                           children.ru_stime.tv_usec);
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void print_measures(int runs) {
    for (size_t m = 0; m < SITO_COUNT(measures); m++) {
        qsort(measures[m].seconds, (size_t)runs, sizeof(double), ascending);
        measures[m].median = measures[m].seconds[runs / 2];
    }
    for (size_t m = 0; m < SITO_COUNT(measures); m++) {
        const Measure *of = &measures[strcmp(measures[m].yardstick, ".import") == 0];
        printf("%-28s %6.3f s  %5.2f of %s", measures[m].name, measures[m].median,
               measures[m].median / of->median, measures[m].yardstick);
        if (measures[m].aim > 0) {
            printf("  (aim %.2f)", measures[m].aim);
        }
        printf("\n");
    }
}

int main(int argc, char **argv) {
    int rows = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 2000000;
    int runs = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 5;
    char *error = NULL, sql[300];
    struct stat status;
    struct rusage usage;
    if (rows < 1 || runs < 1 || runs > MOST_RUNS) {
        fprintf(stderr, "bench_csv [rows] [runs]\n");
        return 2;
    }
    make_file(rows);
    require(stat(path, &status) == 0, "stat");
    require(sqlite3_open(":memory:", &db) == SQLITE_OK, "open");
    require(sito_register(db, sito_modules, false, &error) == SITO_OK, "register");
    double before = cpu_now();
    (void)snprintf(sql, sizeof sql, "CREATE VIRTUAL TABLE temp.t USING csv(filename='%s')", path);
    run(sql);
    double sniffed = cpu_now() - before;
    (void)snprintf(sql, sizeof sql,
                   "CREATE VIRTUAL TABLE temp.hashed USING csv(filename='%s', sha256=compute)",
                   path);
    run(sql);
    table_count();
    table_sum();
    getrusage(RUSAGE_SELF, &usage);
    long peak = usage.ru_maxrss;
    for (int i = 0; i < runs; i++) {
        for (size_t m = 0; m < SITO_COUNT(measures); m++) {
            before = cpu_now();
            measures[m].call();
            measures[m].seconds[i] = cpu_now() - before;
        }
    }
    printf("%d rows, %.0f MB, medians of %d runs, CPU time\n", rows, (double)status.st_size / 1e6,
           runs);
    print_measures(runs);
    printf("CREATE VIRTUAL TABLE, all bytes looked at: %.3f s\n", sniffed);
    printf("peak memory after count and sum: %.1f MB\n", (double)peak / 1024);
    sqlite3_close(db);
    return unlink(path);
}

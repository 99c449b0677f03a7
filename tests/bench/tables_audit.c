/*
** Tables: making the equations, and the audit of a hierarchical table of 7,650 cells in four dimensions
** (age, education, occupation, sex, each with its total) of 30,162 invented records. Cells of 1 to 4 are
** suppressed, and of each line with one such cell its smallest other one, until there is none: a greedy
** baseline of secondary suppression.
**
**   bench_tables_audit [records [seed]]
**
** Yardstick: summing up the same cells once over all equations.
*/
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "tables/audit.h"

enum { DIMENSIONS = 4 };
static const uint32_t sizes[DIMENSIONS] = {9, 16, 14, 2}; /* without totals */

static uint64_t state = 1;

static double random_share(void) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (double)(state >> 11) / 9007199254740992.0;
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Few values are frequent, and what somebody does depends on what he has learnt. */
static void draw(uint32_t *codes) {
    double a = random_share(), b = random_share(), c = random_share();
    codes[0] = (uint32_t)(a * random_share() * sizes[0] + (1 - a) * 3);
    codes[1] = (uint32_t)(b * b * sizes[1]);
    codes[2] = ((uint32_t)(c * c * sizes[2]) + codes[1]) % sizes[2];
    codes[3] = random_share() < 0.33 + 0.02 * codes[2] ? 1 : 0;
}

typedef struct Bench {
    TablesCell *cells;
    uint32_t *codes;
    size_t rows;
} Bench;

static size_t place_of(const uint32_t *codes) {
    size_t place = 0;
    for (int d = 0; d < DIMENSIONS; d++) {
        place = place * (sizes[d] + 1) + codes[d];
    }
    return place;
}

static void count_records(Bench *bench, long records) {
    bench->rows = 1;
    for (int d = 0; d < DIMENSIONS; d++) {
        bench->rows *= sizes[d] + 1;
    }
    bench->cells = calloc(bench->rows, sizeof *bench->cells);
    bench->codes = calloc(bench->rows * DIMENSIONS, sizeof *bench->codes);
    for (size_t r = 0; r < bench->rows; r++) {
        size_t rest = r;
        for (int d = DIMENSIONS; d-- > 0; rest /= sizes[d] + 1) {
            bench->codes[r * DIMENSIONS + (size_t)d] = (uint32_t)(rest % (sizes[d] + 1));
        }
        bench->cells[r] = (TablesCell){.known = true, .upper = TABLES_NO_UPPER, .width = 3};
    }
    for (long i = 0; i < records; i++) {
        uint32_t codes[DIMENSIONS], at[DIMENSIONS];
        draw(codes);
        for (int set = 0; set < 1 << DIMENSIONS; set++) {
            for (int d = 0; d < DIMENSIONS; d++) {
                at[d] = (set >> d & 1) != 0 ? sizes[d] : codes[d];
            }
            bench->cells[place_of(at)].value++;
        }
    }
}

static int add(TablesSystem *system, const Bench *bench) {
    static char names[17];
    static SitoText texts[17];
    static uint32_t parents[DIMENSIONS][17];
    static const char *const dimensions_of[] = {"age", "education", "occupation", "sex"};
    TablesDimension dimensions[DIMENSIONS];
    TablesFault fault;
    for (int i = 0; i < 17; i++) {
        names[i] = (char)('a' + i);
        texts[i] = (SitoText){names + i, 1};
    }
    for (int d = 0; d < DIMENSIONS; d++) {
        for (uint32_t c = 0; c <= sizes[d]; c++) {
            parents[d][c] = c == sizes[d] ? TABLES_NO_CODE : sizes[d];
        }
        dimensions[d] = (TablesDimension){.name = {dimensions_of[d], 3},
                                          .codes = texts,
                                          .count = sizes[d] + 1,
                                          .total = sizes[d],
                                          .hierarchies = 1,
                                          .parents = {parents[d]}};
    }
    TablesSource source = {.measure = {"n", 1},
                           .dimensions = dimensions,
                           .dimension_count = DIMENSIONS,
                           .codes = bench->codes,
                           .cells = bench->cells,
                           .rows = bench->rows};
    return tables_system_add(system, &source, NULL, &fault, NULL);
}

static size_t suppress_small(TablesSystem *system) {
    size_t count = 0;
    for (size_t c = 0; c < system->count; c++) {
        if (system->cells[c].value >= 1 && system->cells[c].value <= 4) {
            system->cells[c].status = TABLES_PRIMARY;
            count++;
        }
    }
    return count;
}

/* One more cell in each equation that hides exactly one. */
static size_t suppress_more(TablesSystem *system) {
    size_t count = 0;
    for (size_t e = 0; e < system->equations; e++) {
        size_t hidden = 0;
        TablesCell *least = NULL;
        for (size_t i = system->first[e]; i < system->first[e + 1]; i++) {
            TablesCell *cell = &system->cells[system->parts[i]];
            if (cell->status != TABLES_PUBLISHED) {
                hidden++;
            } else if (cell->value > 0 && (least == NULL || cell->value < least->value)) {
                least = cell;
            }
        }
        if (hidden == 1 && least != NULL) {
            least->status = TABLES_SECONDARY;
            count++;
        }
    }
    return count;
}

static double sum_up(const TablesSystem *system) {
    double begun = seconds();
    volatile int64_t sum = 0;
    for (size_t i = 0; i < system->parts_count; i++) {
        sum += system->signs[i] * system->cells[system->parts[i]].value;
    }
    return seconds() - begun;
}

static void audit(const TablesSystem *system, bool verdicts, double yardstick) {
    TablesAuditOptions options = {.verdicts = verdicts};
    TablesAudit result;
    size_t by[TABLES_BY_NOTHING + 1] = {0};
    double begun = seconds();
    int rc = tables_audit(system, &options, NULL, &result, NULL);
    double took = seconds() - begun;
    for (size_t i = 0; i < result.count; i++) {
        by[result.intervals[i].proof]++;
    }
    printf("%s rc %d: %zu cells, %zu disclosed, %zu narrow, %zu undecided; %zu components, largest "
           "%zu; by propagation %zu, programme %zu, search %zu; %llu pivots, %llu nodes; %.2f s "
           "(%.0f sums)\n",
           verdicts ? "verdicts" : "exact   ", rc, result.count, result.disclosed, result.narrow,
           result.undecided, result.components, result.largest, by[TABLES_BY_PROPAGATION],
           by[TABLES_BY_PROGRAMME], by[TABLES_BY_SEARCH], (unsigned long long)result.pivots,
           (unsigned long long)result.nodes, took, took / yardstick);
    fflush(stdout);
    tables_audit_free(&result);
}

/* As a reader has the table: hidden values are not known. */
static void forget_hidden(TablesSystem *system) {
    for (size_t c = 0; c < system->count; c++) {
        system->cells[c].known = system->cells[c].status == TABLES_PUBLISHED;
        system->cells[c].value = system->cells[c].known ? system->cells[c].value : 0;
    }
}

int main(int argc, char **argv) {
    Bench bench;
    TablesSystem system = {.whole = true};
    state = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    count_records(&bench, argc > 1 ? strtol(argv[1], NULL, 10) : 30162);
    double begun = seconds();
    int rc = add(&system, &bench);
    printf("rc %d: %zu cells, %zu equations, %.3f s\n", rc, system.count, system.equations,
           seconds() - begun);
    double yardstick = sum_up(&system);
    printf("%zu primary\n", suppress_small(&system));
    audit(&system, true, yardstick);
    size_t more, all = 0;
    while ((more = suppress_more(&system)) > 0) {
        all += more;
    }
    printf("%zu secondary, by one more in each line\n", all);
    audit(&system, true, yardstick);
    printf("the same, of a file that shows signs in place of hidden values\n");
    forget_hidden(&system);
    audit(&system, true, yardstick);
    tables_system_free(&system);
    free(bench.cells);
    free(bench.codes);
    return 0;
}

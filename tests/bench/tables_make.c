/*
** What a safe table costs, in time and in cells hidden:
**
**   bench_tables_make [records]     default: 100,000
**
** A table of 7,650 cells: four dimensions of 9, 16, 14 and 2 values with their totals, from generated
** records of uneven frequencies. Counts below 5 are primary and must stay 5 wide. Printed are the times of
** each step, and secondary cells beside two greedy baselines: the old rule of thumb (the smallest cell
** beside each one that stands alone in a sum), with how many primary cells it leaves too narrow by patterns,
** and patterns taken one after the other without a second look.
*/
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tables/audit.h"
#include "tables/eliminate.h"
#include "tables/guards.h"
#include "tables/protect.h"
#include "tables/tally.h"

enum { DIMENSIONS = 4, CELLS = 7650, LEAST = 5 };

static const uint32_t sizes[DIMENSIONS] = {10, 17, 15, 3};
static uint32_t parents[DIMENSIONS][32];
static uint8_t depths[32];
static uint64_t seed = 12345;

static double drawn(void) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (double)(seed >> 11) / 9007199254740992.0;
}

/* From 1; the first are the most frequent. */
static uint32_t pick(uint32_t count) {
    double u = drawn();
    return 1 + (uint32_t)(u * u * u * count);
}

static double seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double lap(const char *name, double since) {
    double now = seconds();
    printf("%-44s %8.3f s\n", name, now - since);
    return seconds();
}

static void must(int rc, const char *error) {
    if (rc != SITO_OK) {
        fprintf(stderr, "%d %s\n", rc, error != NULL ? error : "");
        exit(1);
    }
}

static void tally(size_t records, Tally *made) {
    TallyDimension dimensions[DIMENSIONS];
    uint32_t *codes[DIMENSIONS];
    char *error = NULL;
    for (int d = 0; d < DIMENSIONS; d++) {
        codes[d] = malloc(records * sizeof *codes[d]);
        must(codes[d] == NULL ? SITO_NOMEM : SITO_OK, NULL);
        dimensions[d] = (TallyDimension){parents[d], depths, codes[d], sizes[d], 1};
    }
    for (size_t i = 0; i < records; i++) {
        for (int d = 0; d < DIMENSIONS; d++) {
            codes[d][i] = pick(sizes[d] - 1);
        }
        if (drawn() < 0.5) { /* dimensions hang together, as in real tables */
            codes[2][i] = 1 + codes[1][i] * 7 % (sizes[2] - 1);
        }
    }
    const TallyInput input = {
        .dimensions = dimensions, .dimension_count = DIMENSIONS, .records = records};
    must(tables_tally(&input, NULL, made, &error), error);
    for (int d = 0; d < DIMENSIONS; d++) {
        free(codes[d]);
    }
}

static void build(const Tally *made, TablesSystem *system, uint32_t *index, uint32_t *owners) {
    static TablesCell cells[CELLS];
    static uint32_t codes[CELLS * DIMENSIONS];
    static char text[32][8];
    static SitoText names[32];
    TablesDimension dimensions[DIMENSIONS];
    TablesFault fault;
    char *error = NULL;
    size_t rows = 0;
    for (int i = 0; i < 32; i++) {
        names[i] = (SitoText){text[i], (size_t)snprintf(text[i], sizeof text[i], "c%d", i)};
    }
    for (size_t place = 0; place < CELLS; place++) {
        const TablesFacts *facts = &made->facts[place];
        size_t left = place;
        double cost = 1;
        index[place] = TABLES_NO_CELL;
        if (facts->contributors == 0) {
            continue;
        }
        for (int d = DIMENSIONS; d-- > 0; left /= sizes[d]) {
            codes[rows * DIMENSIONS + (size_t)d] = (uint32_t)(left % sizes[d]);
            cost *= left % sizes[d] == 0 ? 2 : 1;
        }
        bool few = facts->contributors < LEAST;
        owners[rows] = made->owners[place];
        index[place] = (uint32_t)rows;
        cells[rows++] = (TablesCell){.value = facts->value,
                                     .upper = TABLES_NO_UPPER,
                                     .width = LEAST,
                                     .cost = cost,
                                     .status = few ? TABLES_PRIMARY : TABLES_PUBLISHED,
                                     .known = true,
                                     .single = facts->contributors == 1};
    }
    for (int d = 0; d < DIMENSIONS; d++) {
        dimensions[d] = (TablesDimension){names[d], names, sizes[d], 0, 1, {parents[d]}};
    }
    const TablesSource source = {.measure = SITO_LITERAL("n"),
                                 .dimensions = dimensions,
                                 .dimension_count = DIMENSIONS,
                                 .codes = codes,
                                 .cells = cells,
                                 .rows = rows};
    must(tables_system_add(system, &source, NULL, &fault, &error), error);
}

/* ---- baselines ---- */

/* The smallest published cell beside each hidden one that stands alone in a sum, until none does. */
static size_t rule_of_thumb(const TablesSystem *system, uint8_t *hidden) {
    size_t more = 1, count = 0;
    while (more > 0) {
        more = 0;
        for (size_t e = 0; e < system->equations; e++) {
            uint32_t best = TABLES_NO_CELL;
            size_t alone = 0;
            for (size_t i = system->first[e]; i < system->first[e + 1]; i++) {
                uint32_t cell = system->parts[i];
                alone += hidden[cell];
                if (hidden[cell] == 0 && (best == TABLES_NO_CELL ||
                                          system->cells[cell].value < system->cells[best].value)) {
                    best = cell;
                }
            }
            if (alone == 1 && best != TABLES_NO_CELL) {
                hidden[best] = 1;
                more++;
            }
        }
        count += more;
    }
    return count;
}

/* Guards of all primary cells over what is hidden, not yet looked up. */
static void guard(Guards *guards, const TablesSystem *system, const PatternGrid *grid,
                  uint8_t *hidden, const uint32_t *owners, const double *price, uint32_t *turns) {
    must(guards_start(guards, system, grid, hidden, price, owners, 1, NULL), NULL);
    for (uint32_t i = 0; i < system->count; i++) {
        if (system->cells[i].status == TABLES_PRIMARY) {
            turns[guards->count] = (uint32_t)guards->count;
            must(guards_add(guards, i, LEAST), NULL);
        }
    }
}

static void baselines(const TablesSystem *system, const PatternGrid *grid, const uint32_t *owners) {
    static uint8_t hidden[CELLS];
    static uint32_t turns[CELLS];
    static double never[CELLS], price[CELLS];
    Guards guards;
    size_t primary = 0, held = 0, secondary = 0;
    for (size_t i = 0; i < system->count; i++) {
        hidden[i] = system->cells[i].status == TABLES_PRIMARY;
        primary += hidden[i];
        never[i] = -1;
        price[i] = system->cells[i].cost;
    }
    double start = seconds();
    secondary = rule_of_thumb(system, hidden);
    lap("greedy: the rule of thumb", start);
    guard(&guards, system, grid, hidden, owners, never, turns);
    must(guards_widen(&guards, turns, guards.count), NULL);
    for (size_t i = 0; i < guards.count; i++) {
        held += guards.list[i].held;
    }
    printf("  secondary %zu; of %zu primary %zu are not shown wide\n", secondary, primary,
           primary - held);
    guards_free(&guards);
    for (size_t i = 0; i < system->count; i++) {
        hidden[i] = system->cells[i].status == TABLES_PRIMARY;
    }
    start = seconds();
    guard(&guards, system, grid, hidden, owners, price, turns);
    must(guards_widen(&guards, turns, guards.count), NULL);
    lap("greedy: patterns, one after the other", start);
    secondary = 0;
    for (size_t i = 0; i < system->count; i++) {
        secondary += hidden[i] != 0 && system->cells[i].status != TABLES_PRIMARY;
    }
    printf("  secondary %zu\n", secondary);
    guards_free(&guards);
}

/* ---- elimination alone, which says nothing of widths ---- */

static const TablesCell *compared;

static int large_first(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return compared[x].value != compared[y].value ? (compared[x].value < compared[y].value ? 1 : -1)
                                                  : (x > y) - (x < y);
}

static void eliminate(const TablesSystem *system) {
    static uint8_t roles[CELLS], suppress[CELLS];
    static uint32_t order[CELLS];
    size_t count = 0, secondary = 0;
    char *error = NULL;
    for (uint32_t i = 0; i < system->count; i++) {
        bool primary = system->cells[i].status == TABLES_PRIMARY;
        roles[i] = primary ? ELIMINATE_GUARDED : ELIMINATE_CANDIDATE;
        if (!primary) {
            order[count++] = i;
        }
    }
    compared = system->cells;
    qsort(order, count, sizeof *order, large_first);
    double start = seconds();
    must(tables_eliminate(system, roles, order, count, suppress, NULL, &error), error);
    lap("elimination alone (not determined, any width)", start);
    for (size_t i = 0; i < system->count; i++) {
        secondary += suppress[i];
    }
    printf("  secondary %zu\n", secondary);
}

static void audit(const TablesSystem *system) {
    const TablesAuditOptions options = {.verdicts = true};
    TablesAudit result = {0};
    char *error = NULL;
    double start = seconds();
    must(tables_audit(system, &options, NULL, &result, &error), error);
    lap("audit of every hidden cell", start);
    printf("  disclosed %zu, narrow %zu, undecided %zu\n", result.disclosed, result.narrow,
           result.undecided);
    tables_audit_free(&result);
}

int main(int argc, char **argv) {
    size_t records = argc > 1 ? (size_t)strtoul(argv[1], NULL, 10) : 100000;
    static uint32_t index[CELLS], owners[CELLS];
    Tally made;
    TablesSystem system = {.whole = true};
    PatternGrid grid = {.dimensions = DIMENSIONS, .cells = index};
    ProtectResult result;
    char *error = NULL;
    for (int d = 0; d < DIMENSIONS; d++) {
        grid.sizes[d] = sizes[d];
        grid.parents[d] = parents[d];
        parents[d][0] = TABLES_NO_CODE;
    }
    memset(depths + 1, 1, sizeof depths - 1);
    double start = seconds();
    tally(records, &made);
    start = lap("records generated and tallied", start);
    build(&made, &system, index, owners);
    lap("cells and equations", start);
    eliminate(&system);
    baselines(&system, &grid, owners);
    const ProtectTask task = {.system = &system, .grid = &grid, .owners = owners, .narrower = 1};
    start = seconds();
    must(tables_protect(&task, NULL, &result, &error), error);
    lap("protection (patterns, elimination, audit)", start);
    printf("  primary %zu, secondary %zu, held %zu, audited %zu, open %zu, rounds %d\n",
           result.primary, result.secondary, result.held, result.audited, result.open,
           result.rounds);
    audit(&system);
    tables_tally_free(&made);
    tables_system_free(&system);
    return 0;
}

/*
** Cells, reasons and the system of a table made from records (make.h).
*/
#include "make.h"

#include <string.h>

uint32_t make_table_code(const MakeTable *table, size_t place, int d) {
    for (int last = table->dimensions - 1; last > d; last--) {
        place /= table->grid.sizes[last];
    }
    return (uint32_t)(place % table->grid.sizes[d]);
}

/* ---- cells ---- */

static int build_trees(const MakePlan *plan, const MakeRecords *records, const int *least,
                       MakeTable *table, char **error) {
    int rc = SITO_OK;
    for (int d = 0; d < plan->count && rc == SITO_OK; d++) {
        const MakeDimension *dimension = &plan->dimensions[d];
        SitoText total = {dimension->total, strlen(dimension->total)};
        char *cause = NULL;
        table->dimensions = d + 1;
        rc = tables_tree_build(&table->trees[d], &records->values[d], total, dimension->hierarchy,
                               least[d], &cause);
        if (rc != SITO_OK && cause != NULL) {
            rc = sito_error(error, rc, "dimension \"%w\": %s", dimension->name, cause);
        }
        sito_free(cause);
        table->grid.sizes[d] = (uint32_t)table->trees[d].codes.count;
        table->grid.parents[d] = table->trees[d].parents;
    }
    table->grid.dimensions = table->dimensions;
    return rc;
}

static int tally_records(const MakePlan *plan, const MakeRecords *records, const SitoWatch *watch,
                         MakeTable *table, char **error) {
    TallyDimension dimensions[TABLES_MOST_DIMENSIONS];
    uint32_t *codes[TABLES_MOST_DIMENSIONS] = {NULL};
    TallyInput input = {.dimensions = dimensions,
                        .dimension_count = plan->count,
                        .records = records->count,
                        .amounts = records->amounts,
                        .contributors = records->contributors,
                        .contributor_count = (uint32_t)records->people.count};
    int rc = SITO_OK;
    for (int d = 0; d < plan->count && rc == SITO_OK; d++) {
        const TablesTree *tree = &table->trees[d];
        codes[d] = sito_malloc((records->count + 1) * sizeof *codes[d]);
        rc = codes[d] == NULL ? SITO_NOMEM : SITO_OK;
        for (size_t i = 0; i < records->count && rc == SITO_OK; i++) {
            codes[d][i] = tree->leaves[records->codes[d][i]];
        }
        dimensions[d] = (TallyDimension){.codes = (uint32_t)tree->codes.count,
                                         .parents = tree->parents,
                                         .depths = tree->depths,
                                         .depth = tree->depth,
                                         .records = codes[d]};
    }
    rc = rc == SITO_OK ? tables_tally(&input, watch, &table->tally, error) : rc;
    for (int d = 0; d < plan->count; d++) {
        sito_free(codes[d]);
    }
    return rc;
}

/* ---- reasons ---- */

/* The contributors of the row that a place is a part of, along one dimension; -1: it is no part. */
static int64_t row_of(const MakeTable *table, size_t place, int d, size_t step) {
    uint32_t code = make_table_code(table, place, d);
    if (code == 0) {
        return -1;
    }
    size_t above = place - code * step + table->trees[d].parents[code] * step;
    return table->tally.facts[above].contributors;
}

/* The rule of groups is asked along the dimensions that the plan names, the rule of zeros along all. */
static unsigned reasons_of(const MakePlan *plan, const MakeTable *table, size_t place) {
    TablesRules rules = plan->rules;
    TablesFacts facts = table->tally.facts[place];
    unsigned reasons, undecided;
    size_t step = 1;
    rules.group = rules.zeros = false;
    reasons = tables_primary(&rules, &facts, &undecided);
    if (!plan->rules.group && !plan->rules.zeros) {
        return reasons;
    }
    for (int d = plan->count; d-- > 0; step *= table->grid.sizes[d]) {
        const TablesRules row = {.group = plan->dimensions[d].group, .zeros = plan->rules.zeros};
        facts.row = row_of(table, place, d, step);
        reasons |= tables_primary(&row, &facts, &undecided);
    }
    return reasons;
}

int make_table_build(const MakePlan *plan, const MakeRecords *records, const int *least,
                     const SitoWatch *watch, MakeTable *table, char **error) {
    *table = (MakeTable){.negative = records->negative};
    int rc = build_trees(plan, records, least, table, error);
    rc = rc == SITO_OK ? tally_records(plan, records, watch, table, error) : rc;
    if (rc != SITO_OK) {
        return rc;
    }
    table->reasons = sito_malloc(table->tally.cells + 1);
    if (table->reasons == NULL) {
        return SITO_NOMEM;
    }
    for (size_t place = 0; place < table->tally.cells; place++) {
        table->reasons[place] = (uint8_t)reasons_of(plan, table, place);
        table->primary += table->reasons[place] != 0;
        table->empty += table->tally.facts[place].contributors == 0;
    }
    return SITO_OK;
}

/* ---- the system ---- */

static bool seen(const MakeTable *table, size_t place) {
    return table->tally.facts[place].contributors > 0 || table->reasons[place] != 0;
}

/* What hiding a cell costs. */
static double cost_of(const MakePlan *plan, const MakeTable *table, size_t place) {
    const TablesFacts *facts = &table->tally.facts[place];
    double cost = 1;
    if (plan->loss == MAKE_VALUES) {
        cost = facts->value < 0 ? -(double)facts->value : (double)facts->value;
    } else if (plan->loss == MAKE_CONTRIBUTORS) {
        cost = (double)facts->contributors;
    }
    cost = cost < 1 ? 1 : cost;
    for (int d = 0; d < plan->count; d++) {
        const TablesTree *tree = &table->trees[d];
        int steps = tree->depth - tree->depths[make_table_code(table, place, d)];
        for (int i = 0; i < steps; i++) {
            cost *= plan->dimensions[d].weight;
        }
    }
    return cost;
}

static TablesCell cell_of(const MakePlan *plan, const MakeTable *table, size_t place) {
    const TablesFacts *facts = &table->tally.facts[place];
    unsigned reasons = table->reasons[place];
    TablesCell cell = {.value = facts->value,
                       .lower = table->negative ? TABLES_NO_LOWER : 0,
                       .upper = TABLES_NO_UPPER,
                       .cost = cost_of(plan, table, place),
                       .status = reasons != 0 ? TABLES_PRIMARY : TABLES_PUBLISHED,
                       .known = true,
                       .single = facts->contributors == 1};
    bool counts = plan->measure == NULL;
    if (reasons == 0) { /* what it needs if it is hidden for the sake of others */
        reasons = (plan->rules.least > 0 ? TABLES_BIT(TABLES_FEW) : 0) |
                  (counts && plan->rules.article_38 ? TABLES_BIT(TABLES_ARTICLE_38) : 0);
    }
    cell.width = tables_protection(&plan->rules, facts, reasons, counts);
    return cell;
}

typedef struct Source {
    uint32_t *codes;
    TablesCell *cells;
    SitoText *texts[TABLES_MOST_DIMENSIONS];
    size_t rows;
} Source;

static int fill_source(const MakePlan *plan, MakeTable *table, Source *source) {
    size_t count = table->tally.cells, dimensions = (size_t)table->dimensions;
    table->cells = sito_malloc((count + 1) * sizeof *table->cells);
    source->codes = sito_malloc((count * dimensions + 1) * sizeof *source->codes);
    source->cells = sito_malloc((count + 1) * sizeof *source->cells);
    if (table->cells == NULL || source->codes == NULL || source->cells == NULL) {
        return SITO_NOMEM;
    }
    for (size_t place = 0; place < count; place++) {
        table->cells[place] = TABLES_NO_CELL;
        if (seen(table, place)) {
            for (int d = 0; d < table->dimensions; d++) {
                source->codes[source->rows * dimensions + (size_t)d] =
                    make_table_code(table, place, d);
            }
            table->cells[place] = (uint32_t)source->rows;
            source->cells[source->rows++] = cell_of(plan, table, place);
        }
    }
    return SITO_OK;
}

static int describe(const MakePlan *plan, const MakeTable *table, Source *source,
                    TablesDimension *dimensions) {
    static const SitoText none = {"\0", 1}; /* NULL: no text that a column can hold is like it */
    for (int d = 0; d < table->dimensions; d++) {
        const TablesTree *tree = &table->trees[d];
        source->texts[d] = sito_malloc((tree->codes.count + 1) * sizeof(SitoText));
        if (source->texts[d] == NULL) {
            return SITO_NOMEM;
        }
        for (uint32_t code = 0; code < tree->codes.count; code++) {
            SitoText text = anon_dictionary_text(&tree->codes, code);
            source->texts[d][code] = text.data != NULL ? text : none;
        }
        dimensions[d] =
            (TablesDimension){.name = {plan->dimensions[d].name, strlen(plan->dimensions[d].name)},
                              .codes = source->texts[d],
                              .count = (uint32_t)tree->codes.count,
                              .total = 0,
                              .hierarchies = 1,
                              .parents = {tree->parents}};
    }
    return SITO_OK;
}

static int list_owners(MakeTable *table) {
    table->owners = sito_malloc((table->system.count + 1) * sizeof *table->owners);
    if (table->owners == NULL) {
        return SITO_NOMEM;
    }
    memset(table->owners, 0, (table->system.count + 1) * sizeof *table->owners);
    for (size_t place = 0; place < table->tally.cells; place++) {
        if (table->cells[place] != TABLES_NO_CELL) {
            table->owners[table->cells[place]] = table->tally.owners[place];
        }
    }
    table->grid.cells = table->cells;
    return SITO_OK;
}

int make_table_system(const MakePlan *plan, MakeTable *table, const SitoWatch *watch,
                      char **error) {
    Source source = {.rows = 0};
    TablesDimension dimensions[TABLES_MOST_DIMENSIONS];
    TablesFault fault;
    int rc = fill_source(plan, table, &source);
    rc = rc == SITO_OK ? describe(plan, table, &source, dimensions) : rc;
    const char *measure = plan->measure != NULL ? plan->measure : "";
    const TablesSource given = {.measure = {measure, strlen(measure)},
                                .dimensions = dimensions,
                                .dimension_count = table->dimensions,
                                .codes = source.codes,
                                .cells = source.cells,
                                .rows = source.rows,
                                .negative = table->negative};
    table->system.whole = true;
    rc = rc == SITO_OK ? tables_system_add(&table->system, &given, watch, &fault, error) : rc;
    rc = rc == SITO_OK ? list_owners(table) : rc;
    sito_free(source.codes);
    sito_free(source.cells);
    for (int d = 0; d < table->dimensions; d++) {
        sito_free(source.texts[d]);
    }
    return rc;
}

void make_table_free(MakeTable *table) {
    for (int d = 0; d < table->dimensions; d++) {
        tables_tree_free(&table->trees[d]);
    }
    tables_tally_free(&table->tally);
    tables_system_free(&table->system);
    sito_free(table->reasons);
    sito_free(table->cells);
    sito_free(table->owners);
    *table = (MakeTable){.dimensions = 0};
}

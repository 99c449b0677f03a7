/*
** The levels of every code (plan.h).
**
** Loss of a column at a level, after ARX's normalised loss: with n rows, D leaves and share(v) = leaves
** under v / D, (sum of the shares over all rows - n / D) / (n - n / D), from 0 to 1. Entropy: the bits
** that a row loses, log2(rows with its generalised value / rows with its value), summed (NU entropy,
** De Waal and Willenborg 1999, as ARX has it).
*/
#include "plan.h"

#include <math.h>
#include <string.h>

static void free_column(AnonColumn *column) {
    sito_free(column->name);
    sito_free(column->spec);
    anon_hierarchy_free(column->hierarchy);
    sito_free(column->codes);
    for (int level = 0; level < ANON_LEVELS; level++) {
        sito_free(column->map[level]);
        sito_free(column->code[level]);
    }
}

void anon_plan_free(AnonPlan *plan) {
    for (int c = 0; c < plan->count; c++) {
        free_column(&plan->columns[c]);
    }
    sito_free(plan->secret.name);
    sito_free(plan->secret.codes);
    sito_free(plan->secret.folded);
    sito_free(plan->rowids);
    *plan = (AnonPlan){.count = 0};
}

int64_t anon_plan_nodes(const AnonPlan *plan) {
    int64_t nodes = 1;
    for (int c = 0; c < plan->count; c++) {
        nodes *= plan->columns[c].most - plan->columns[c].least + 1;
        if (nodes > (int64_t)1 << 40) {
            return 0;
        }
    }
    return nodes;
}

/* Adds the leaves that only the table of the hierarchy has. */
static int add_listed(const AnonColumn *column, AnonDictionary *leaves) {
    SitoText leaf;
    uint32_t code;
    bool fresh;
    int rc = SITO_OK;
    for (size_t i = 0;
         rc == SITO_OK && (leaf = anon_hierarchy_leaf(column->hierarchy, i)).data != NULL; i++) {
        rc = anon_dictionary_code(leaves, leaf, &code, &fresh);
    }
    return rc;
}

static int map_leaf(const AnonColumn *column, int level, SitoText leaf, uint32_t row,
                    AnonDictionary *values, uint32_t *code, char **error) {
    SitoBuffer out = {0};
    bool is_null, fresh;
    const char *reason = "";
    int rc = anon_hierarchy_level(column->hierarchy, leaf, level, &out, &is_null, &reason);
    if (rc == SITO_OK) {
        SitoText text = {is_null ? NULL : out.data != NULL ? out.data : "", out.size};
        rc = anon_dictionary_code(values, text, code, &fresh);
    } else if (rc == SITO_ERROR) {
        rc = row > 0 ? sito_error(error, rc, "column \"%w\", row %lld: the value %s", column->name,
                                  (long long)row, reason)
                     : sito_error(error, rc, "column \"%w\": a value of its hierarchy %s",
                                  column->name, reason);
    }
    sito_buffer_free(&out);
    return rc;
}

/* How many leaves, and how many rows, have each code; and the sums over all rows. */
static int weigh(AnonPlan *plan, int number, int level, const uint32_t *leaf_rows, uint32_t codes) {
    AnonColumn *column = &plan->columns[number];
    uint64_t *under = sito_malloc((size_t)codes * 2 * sizeof *under);
    AnonCode *code = sito_malloc((size_t)codes * sizeof *code);
    column->code[level] = code;
    if (under == NULL || code == NULL) {
        sito_free(under);
        return SITO_NOMEM;
    }
    uint64_t *rows = under + codes;
    memset(under, 0, (size_t)codes * 2 * sizeof *under);
    for (uint32_t leaf = 0; leaf < column->leaves; leaf++) {
        under[column->map[level][leaf]]++;
        rows[column->map[level][leaf]] += leaf_rows[leaf];
    }
    for (uint32_t c = 0; c < codes; c++) {
        uint32_t name[3] = {(uint32_t)number, (uint32_t)level, c};
        code[c].key = sito_hash128(name, sizeof name).low;
        code[c].share = (double)under[c] / column->leaves;
        code[c].rarity = rows[c] > 0 ? log2((double)plan->rows / (double)rows[c]) : 0;
        column->loss[level] += code[c].share * (double)rows[c];
    }
    for (uint32_t leaf = 0; leaf < column->leaves; leaf++) {
        if (leaf_rows[leaf] > 0) {
            column->entropy[level] +=
                leaf_rows[leaf] * log2((double)rows[column->map[level][leaf]] / leaf_rows[leaf]);
        }
    }
    sito_free(under);
    return SITO_OK;
}

static int finish_level(AnonPlan *plan, int number, int level, const AnonDictionary *leaves,
                        const uint32_t *first, size_t seen, const uint32_t *leaf_rows,
                        char **error) {
    AnonColumn *column = &plan->columns[number];
    AnonDictionary values = {.count = 0};
    int rc = SITO_OK;
    column->map[level] = sito_malloc(leaves->count * sizeof *column->map[level]);
    if (column->map[level] == NULL) {
        return SITO_NOMEM;
    }
    for (uint32_t leaf = 0; leaf < leaves->count && rc == SITO_OK; leaf++) {
        rc = map_leaf(column, level, anon_dictionary_text(leaves, leaf),
                      leaf < seen ? first[leaf] : 0, &values, &column->map[level][leaf], error);
    }
    rc = rc == SITO_OK ? weigh(plan, number, level, leaf_rows, (uint32_t)values.count) : rc;
    anon_dictionary_free(&values);
    return rc;
}

int anon_plan_finish(AnonPlan *plan, AnonDictionary *leaves, uint32_t *const *first, char **error) {
    int rc = SITO_OK;
    for (int c = 0; c < plan->count && rc == SITO_OK; c++) {
        AnonColumn *column = &plan->columns[c];
        size_t seen = leaves[c].count;
        rc = add_listed(column, &leaves[c]);
        if (rc != SITO_OK) {
            return rc;
        }
        column->leaves = (uint32_t)leaves[c].count;
        uint32_t *leaf_rows = sito_malloc(((size_t)column->leaves + 1) * sizeof *leaf_rows);
        if (leaf_rows == NULL) {
            return SITO_NOMEM;
        }
        memset(leaf_rows, 0, ((size_t)column->leaves + 1) * sizeof *leaf_rows);
        for (uint32_t row = 0; row < plan->rows; row++) {
            leaf_rows[column->codes[row]]++;
        }
        for (int level = 0; level <= anon_hierarchy_height(column->hierarchy) && rc == SITO_OK;
             level++) {
            rc = finish_level(plan, c, level, &leaves[c], first[c], seen, leaf_rows, error);
        }
        sito_free(leaf_rows);
    }
    return rc;
}

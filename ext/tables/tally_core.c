/*
** From records to cells (tally.h).
**
** Records are brought into the order of their contributors once. For each combination of depths (so many
** steps below the total in the first dimension, so many in the second, …) they are dealt out to the cells
** of those depths, stably, so that in every cell the records of one contributor stand together.
*/
#include "tally.h"

#include <string.h>

typedef struct Dealing {
    const TallyInput *input;
    Tally *tally;
    uint32_t *order;  /* records by contributor */
    uint32_t *dealt;  /* records by cell, for one combination of depths */
    uint32_t *starts; /* of each cell, in dealt */
    uint32_t *cells;  /* of each record, in that order; or NONE */
    int depths[TABLES_MOST_DIMENSIONS];
} Dealing;

#define NONE UINT32_MAX

static uint32_t contributor_of(const TallyInput *input, uint32_t record) {
    return input->contributors != NULL ? input->contributors[record] : record;
}

static int by_contributor(Dealing *dealing) {
    const TallyInput *input = dealing->input;
    size_t kinds = input->contributors != NULL ? input->contributor_count : 0;
    uint32_t *starts = sito_malloc((kinds + 2) * sizeof *starts);
    if (starts == NULL) {
        return SITO_NOMEM;
    }
    memset(starts, 0, (kinds + 2) * sizeof *starts);
    for (size_t i = 0; i < input->records && kinds > 0; i++) {
        starts[input->contributors[i] + 1]++;
    }
    for (size_t i = 1; i < kinds + 2; i++) {
        starts[i] += starts[i - 1];
    }
    for (uint32_t i = 0; i < input->records; i++) {
        dealing->order[kinds > 0 ? starts[input->contributors[i]]++ : i] = i;
    }
    sito_free(starts);
    return SITO_OK;
}

/* The cell of the depths that a record belongs to; NONE where its own codes are less deep. */
static uint32_t reach(const Dealing *dealing, uint32_t record) {
    const TallyInput *input = dealing->input;
    size_t cell = 0;
    for (int d = 0; d < input->dimension_count; d++) {
        const TallyDimension *dimension = &input->dimensions[d];
        uint32_t code = dimension->records[record];
        if (dimension->depths[code] < dealing->depths[d]) {
            return NONE;
        }
        while (dimension->depths[code] > dealing->depths[d]) {
            code = dimension->parents[code];
        }
        cell = cell * dimension->codes + code;
    }
    return (uint32_t)cell;
}

static void deal(Dealing *dealing) {
    size_t records = dealing->input->records, cells = dealing->tally->cells;
    uint32_t *starts = dealing->starts;
    memset(starts, 0, (cells + 2) * sizeof *starts);
    for (size_t i = 0; i < records; i++) {
        dealing->cells[i] = reach(dealing, dealing->order[i]);
        if (dealing->cells[i] != NONE) {
            starts[dealing->cells[i] + 2]++;
        }
    }
    for (size_t cell = 2; cell < cells + 2; cell++) {
        starts[cell] += starts[cell - 1];
    }
    for (size_t i = 0; i < records; i++) {
        if (dealing->cells[i] != NONE) {
            dealing->dealt[starts[dealing->cells[i] + 1]++] = dealing->order[i];
        }
    }
}

/* ---- facts of a cell ---- */

static bool add_contribution(TablesFacts *facts, int64_t amount) {
    int64_t size = amount < 0 ? -amount : amount;
    int at = facts->known < TABLES_MOST_LARGEST ? facts->known++ : TABLES_MOST_LARGEST - 1;
    if (facts->whole + size > TABLES_MOST_VALUE) {
        return false;
    }
    if (facts->contributors < TABLES_MOST_LARGEST || facts->largest[at] < size) {
        for (; at > 0 && facts->largest[at - 1] < size; at--) {
            facts->largest[at] = facts->largest[at - 1];
        }
        facts->largest[at] = size;
    }
    facts->value += amount;
    facts->whole += size;
    facts->negative = facts->negative || amount < 0;
    facts->contributors++;
    facts->all_known = facts->contributors <= TABLES_MOST_LARGEST;
    return true;
}

static bool gather(Dealing *dealing, size_t cell) {
    const TallyInput *input = dealing->input;
    uint32_t i = dealing->starts[cell], end = dealing->starts[cell + 1];
    TablesFacts *facts = &dealing->tally->facts[cell];
    while (i < end) {
        uint32_t contributor = contributor_of(input, dealing->dealt[i]);
        int64_t amount = 0, most = 0; /* each amount is at most TABLES_MOST_VALUE: no overflow */
        for (; i < end && contributor_of(input, dealing->dealt[i]) == contributor; i++) {
            amount += input->amounts != NULL ? input->amounts[dealing->dealt[i]] : 1;
            most = amount < 0 ? -amount : amount;
            if (most > TABLES_MOST_VALUE) {
                return false;
            }
        }
        if (!add_contribution(facts, amount)) {
            return false;
        }
        dealing->tally->owners[cell] = facts->contributors == 1 ? contributor + 1 : 0;
    }
    return true;
}

static int gather_all(Dealing *dealing, const SitoWatch *watch, char **error) {
    int rc = sito_watch_ask(watch);
    if (rc != SITO_OK) {
        return rc;
    }
    deal(dealing);
    for (size_t cell = 0; cell < dealing->tally->cells; cell++) {
        if (!gather(dealing, cell)) {
            return sito_error(error, SITO_TOOBIG, "a sum has more than 15 digits");
        }
    }
    return SITO_OK;
}

/* The next combination; false after the last. */
static bool next_depths(Dealing *dealing) {
    for (int d = 0; d < dealing->input->dimension_count; d++) {
        if (dealing->depths[d]++ < dealing->input->dimensions[d].depth) {
            return true;
        }
        dealing->depths[d] = 0;
    }
    return false;
}

static int start(Dealing *dealing, char **error) {
    const TallyInput *input = dealing->input;
    Tally *tally = dealing->tally;
    tally->cells = 1;
    for (int d = 0; d < input->dimension_count; d++) {
        if (input->dimensions[d].codes > TABLES_MOST_MADE / tally->cells) {
            return sito_error(error, SITO_TOOBIG,
                              "the table would have more than %d cells; take fewer dimensions or "
                              "coarser ones",
                              (int)TABLES_MOST_MADE);
        }
        tally->cells *= input->dimensions[d].codes;
    }
    size_t records = input->records + 1;
    tally->facts = sito_malloc((tally->cells + 1) * sizeof *tally->facts);
    tally->owners = sito_malloc((tally->cells + 1) * sizeof *tally->owners);
    dealing->order = sito_malloc(records * sizeof *dealing->order);
    dealing->dealt = sito_malloc(records * sizeof *dealing->dealt);
    dealing->cells = sito_malloc(records * sizeof *dealing->cells);
    dealing->starts = sito_malloc((tally->cells + 3) * sizeof *dealing->starts);
    if (tally->facts == NULL || tally->owners == NULL || dealing->order == NULL ||
        dealing->dealt == NULL || dealing->cells == NULL || dealing->starts == NULL) {
        return SITO_NOMEM;
    }
    for (size_t cell = 0; cell < tally->cells; cell++) {
        tally->facts[cell] = (TablesFacts){.row = -1, .all_known = true};
        tally->owners[cell] = 0;
    }
    return by_contributor(dealing);
}

int tables_tally(const TallyInput *input, const SitoWatch *watch, Tally *tally, char **error) {
    Dealing dealing = {.input = input, .tally = tally};
    *tally = (Tally){0};
    int rc = start(&dealing, error);
    rc = rc == SITO_OK && dealing.starts == NULL ? SITO_NOMEM : rc; /* for analyzers */
    while (rc == SITO_OK) {
        rc = gather_all(&dealing, watch, error);
        if (!next_depths(&dealing)) {
            break;
        }
    }
    sito_free(dealing.order);
    sito_free(dealing.dealt);
    sito_free(dealing.cells);
    sito_free(dealing.starts);
    return rc;
}

void tables_tally_free(Tally *tally) {
    sito_free(tally->facts);
    sito_free(tally->owners);
    *tally = (Tally){0};
}

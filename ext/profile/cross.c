/*
** Cells against cells, and records against records (cross.h).
**
** R1  A cell that is missing or not of its type breaks no order and no sum. A part that is missing counts as
**     nothing; where all parts are, nothing is compared.
** R2  A sum is off by more than its tolerance, or than what doubles lose.
** R3  A record comes twice when all its cells have the same bytes; nearly twice when they are the same after
**     folding (case, blanks at the ends, ways of encoding: polish.h). Records are told apart by 64 keyed bits.
** R4  Exact repeats are counted among at most 1,000,000 records (16 MiB), near ones among 50,000; in a larger
**     file of neither kind anything is said.
*/
#include <math.h>
#include <string.h>

#include "cross.h"
#include "polish/polish.h"

enum { MOST_EXACT = 1000000, MOST_NEAR = 50000, SMALLEST = 1024 };

/* ---- records ---- */

static uint64_t *slot_of(const SitoRecords *records, uint64_t hash) {
    size_t mask = records->capacity - 1, slot = (size_t)hash & mask;
    while (records->slots[slot] != 0 && records->slots[slot] != hash) {
        slot = (slot + 1) & mask;
    }
    return &records->slots[slot];
}

static int enlarge(SitoRecords *records) {
    SitoRecords larger = {.capacity = records->capacity == 0 ? SMALLEST : records->capacity * 2};
    larger.slots = sito_malloc(larger.capacity * sizeof *larger.slots);
    if (larger.slots == NULL) {
        return SITO_NOMEM;
    }
    memset(larger.slots, 0, larger.capacity * sizeof *larger.slots);
    for (size_t i = 0; i < records->capacity; i++) {
        if (records->slots[i] != 0) {
            *slot_of(&larger, records->slots[i]) = records->slots[i];
        }
    }
    sito_free(records->slots);
    records->slots = larger.slots;
    records->capacity = larger.capacity;
    return SITO_OK;
}

static void give_up(SitoRecords *records) {
    sito_free(records->slots);
    sito_tally_free(&records->repeated);
    *records = (SitoRecords){.full = true};
}

/* *known: the record was there before. */
static int remember(SitoRecords *records, uint64_t hash, size_t most, bool *known) {
    *known = false;
    if (records->full) {
        return SITO_OK;
    }
    if (records->count * 2 >= records->capacity) {
        int rc = enlarge(records);
        if (rc != SITO_OK) {
            return rc;
        }
    }
    hash = hash == 0 ? 1 : hash;
    uint64_t *slot = slot_of(records, hash);
    *known = *slot == hash;
    *slot = hash;
    records->count += !*known;
    if (records->count > most) {
        give_up(records);
        *known = false;
    }
    return SITO_OK;
}

static int judge_repeats(SitoCross *c, const SitoPlace *place, size_t witnesses) {
    bool exact, near;
    int rc = remember(&c->exact, c->hash, MOST_EXACT, &exact);
    if (rc == SITO_OK) {
        rc = remember(&c->near, c->folded_hash, MOST_NEAR, &near);
    }
    if (rc == SITO_OK && exact) {
        rc = sito_tally_add(&c->exact.repeated, place, NULL, witnesses);
    } else if (rc == SITO_OK && near) {
        rc = sito_tally_add(&c->near.repeated, place, NULL, witnesses);
    }
    return rc;
}

/* ---- cells ---- */

static uint64_t join(uint64_t hash, SitoText text) {
    return (hash ^ sito_hash128(text.data, text.size).low) * 0x9E3779B97F4A7C15u + text.size;
}

static int hash_cell(SitoCross *c, SitoText value) {
    c->hash = join(c->hash, value);
    if (c->near.full) {
        return SITO_OK;
    }
    c->folded.size = 0;
    int rc = sito_polish_fold(value, &c->folded);
    if (rc == SITO_OK) {
        c->folded_hash = join(c->folded_hash, (SitoText){c->folded.data, c->folded.size});
    }
    return rc;
}

int sito_cross_take(SitoCross *c, const SitoColumn *column, size_t index, SitoText value,
                    bool missing) {
    if (c->cells != NULL && c->wanted[index]) {
        SitoCompared *cell = &c->cells[index];
        SitoJudgement judgement;
        cell->there = false;
        cell->order = sito_type_order(column->type.name);
        if (!missing && cell->order != ORDER_TEXT) {
            sito_type_judge(&column->type, value, &judgement);
            cell->there = judgement.fits;
            if (cell->there && cell->order == ORDER_NUMBER) {
                cell->number = judgement.value.number;
                cell->there = !cell->number.is_nan;
            } else if (cell->there) {
                cell->moment = judgement.value.moment;
            }
        }
    }
    return c->repeats && !c->exact.full ? hash_cell(c, value) : SITO_OK;
}

static bool comes_before(const SitoCompared *a, const SitoCompared *b) {
    if (!a->there || !b->there || a->order != b->order) {
        return false;
    }
    return (a->order == ORDER_NUMBER ? sito_number_compare(&a->number, &b->number)
                                     : sito_moment_compare(&a->moment, &b->moment)) < 0;
}

/* R1, R2 */
static bool is_off(const SitoCross *c, const SitoSum *sum) {
    const SitoCompared *total = &c->cells[sum->total];
    double parts = 0, size = 0;
    bool any = false;
    for (size_t i = 0; i < sum->count; i++) {
        const SitoCompared *part = &c->cells[sum->parts[i]];
        if (part->there && part->order == ORDER_NUMBER) {
            double value = sito_number_real(&part->number);
            parts += value, size += fabs(value);
            any = true;
        }
    }
    if (!any || !total->there || total->order != ORDER_NUMBER) {
        return false;
    }
    double wanted = sito_number_real(&total->number);
    return fabs(wanted - parts) > sum->tolerance + 1e-9 + 1e-12 * (size + fabs(wanted));
}

int sito_cross_judge(SitoCross *c, const SitoPlace *place, size_t witnesses) {
    int rc = SITO_OK;
    for (size_t i = 0; i < c->pair_count && rc == SITO_OK; i++) {
        SitoPair *pair = &c->pairs[i];
        if (comes_before(&c->cells[pair->last], &c->cells[pair->first])) {
            rc = sito_tally_add(&pair->broken, place, NULL, witnesses);
        }
    }
    for (size_t i = 0; i < c->sum_count && rc == SITO_OK; i++) {
        if (is_off(c, &c->sums[i])) {
            rc = sito_tally_add(&c->sums[i].broken, place, NULL, witnesses);
        }
    }
    if (rc == SITO_OK && c->repeats && !c->exact.full) {
        rc = judge_repeats(c, place, witnesses);
    }
    c->hash = c->folded_hash = 0;
    return rc;
}

void sito_cross_free(SitoCross *c) {
    for (size_t i = 0; i < c->pair_count; i++) {
        sito_tally_free(&c->pairs[i].broken);
    }
    for (size_t i = 0; i < c->sum_count; i++) {
        sito_tally_free(&c->sums[i].broken);
        sito_free(c->sums[i].parts);
    }
    sito_tally_free(&c->exact.repeated);
    sito_tally_free(&c->near.repeated);
    sito_free(c->exact.slots);
    sito_free(c->near.slots);
    sito_free(c->pairs);
    sito_free(c->sums);
    sito_free(c->cells);
    sito_free(c->wanted);
    sito_buffer_free(&c->folded);
    *c = (SitoCross){0};
}

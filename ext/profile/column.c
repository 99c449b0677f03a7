/*
** One column, counted value by value (column.h). The scan of a large file spends its time here.
**
** R1  A value that was seen before costs a hash and one look into a table: what it is was noted in a byte
**     when it came first. Only while there are few different values; past SITO_DISTINCT_LIMIT the table is
**     dropped and every value is judged.
** R2  A unique column keeps all its values (SITO_UNIQUE_LIMIT): each row that repeats an earlier one counts.
**     Whole numbers that lie close together are kept as bits, without a note: a repeated one is judged again.
** R4  Texts are read as prose (names, addresses, words of special categories) once for each different
**     value; past SITO_DISTINCT_LIMIT one in PROSE_SAMPLE. Numbers, and dates but for headings of birth, are not.
** R3  Extremes are those of values that fit the type; texts compare by their first SITO_RANGE_BYTES bytes.
*/
#include <string.h>

#include "column.h"
#include "shape.h"

/* What is noted of a value: its class in the low bits, and these. */
enum {
    NOTE_CLASS = 3,
    NOTE_ZEROS = 4,
    NOTE_MISFIT = 8,
    NOTE_PERSONAL = 16,
    NOTE_BROKEN = 32,
    NOTE_NAME = 64,
    NOTE_ADDRESS = 128
};

enum { PROSE_SAMPLE = 8 };

int sito_tally_add(SitoTally *tally, const SitoPlace *place, const SitoText *value, size_t most) {
    if (tally->count++ == 0) {
        tally->first_line = place->line;
    }
    if (tally->kept >= most) {
        return SITO_OK;
    }
    void *witnesses = tally->witnesses;
    int rc =
        sito_grow(&witnesses, &tally->capacity, tally->kept + 1, sizeof *tally->witnesses, most);
    tally->witnesses = witnesses;
    if (rc != SITO_OK) {
        return rc;
    }
    SitoBuffer shape = {0};
    if (value != NULL) {
        rc = sito_shape_print(*value, &shape);
    }
    if (rc == SITO_OK) {
        tally->witnesses[tally->kept++] =
            (SitoWitness){.place = *place, .shape = {shape.data, shape.size}};
    } else {
        sito_buffer_free(&shape);
    }
    return rc;
}

void sito_tally_free(SitoTally *tally) {
    for (size_t i = 0; i < tally->kept; i++) {
        sito_free((char *)tally->witnesses[i].shape.data);
    }
    sito_free(tally->witnesses);
    *tally = (SitoTally){0};
}

static size_t count_characters(SitoText value) {
    size_t count = 0;
    for (size_t i = 0; i < value.size; i++) {
        count += ((unsigned char)value.data[i] & 0xC0) != 0x80;
    }
    return count;
}

static void set_extreme(SitoExtreme *extreme, SitoOrder order, SitoText value,
                        const SitoJudgement *judgement) {
    switch (order) {
    case ORDER_NUMBER:
        extreme->number = judgement->value.number;
        break;
    case ORDER_MOMENT:
        extreme->moment = judgement->value.moment;
        break;
    case ORDER_TEXT:
        extreme->size = value.size < SITO_RANGE_BYTES ? value.size : SITO_RANGE_BYTES;
        if (extreme->size > 0) {
            memcpy(extreme->text, value.data, extreme->size);
        }
        break;
    }
}

static int compare_extreme(const SitoExtreme *extreme, SitoOrder order, SitoText value,
                           const SitoJudgement *judgement) {
    if (order == ORDER_NUMBER) {
        return sito_number_compare(&judgement->value.number, &extreme->number);
    }
    if (order == ORDER_MOMENT) {
        return sito_moment_compare(&judgement->value.moment, &extreme->moment);
    }
    size_t size = value.size < SITO_RANGE_BYTES ? value.size : SITO_RANGE_BYTES;
    size_t shorter = size < extreme->size ? size : extreme->size;
    int result = shorter > 0 ? memcmp(value.data, extreme->text, shorter) : 0;
    return result != 0 ? result : (size > extreme->size) - (size < extreme->size);
}

static void widen_range(SitoColumn *column, SitoText value, const SitoJudgement *judgement) {
    SitoOrder order = sito_type_order(column->type.name);
    if (order == ORDER_NUMBER && judgement->value.number.is_nan) {
        return;
    }
    if (!column->has_range) {
        set_extreme(&column->min, order, value, judgement);
        set_extreme(&column->max, order, value, judgement);
        column->has_range = true;
    } else if (compare_extreme(&column->min, order, value, judgement) < 0) {
        set_extreme(&column->min, order, value, judgement);
    } else if (compare_extreme(&column->max, order, value, judgement) > 0) {
        set_extreme(&column->max, order, value, judgement);
    }
}

static void add_counts(SitoCounts *counts, const SitoLook *look, uint32_t bit) {
    bool within = (look->within & bit) != 0;
    counts->shaped += ((look->shaped | look->within) & bit) != 0;
    counts->found += ((look->kinds | look->within) & bit) != 0;
    counts->weak += (look->weak & bit) != 0;
    counts->loose += (look->loose & bit) != 0;
    counts->within += within;
}

int sito_finds_add(SitoFinds *finds, const SitoLook *look, bool is_new, const SitoPlace *place,
                   const SitoText *shape_of, size_t most) {
    uint32_t found = look->kinds | look->within, any = found | look->shaped;
    int rc = SITO_OK;
    for (int kind = 0; kind < SITO_IDENTITY_KINDS && rc == SITO_OK; kind++) {
        if ((any & SITO_KIND(kind)) == 0) {
            continue;
        }
        add_counts(&finds[kind].rows, look, SITO_KIND(kind));
        if (is_new) {
            add_counts(&finds[kind].different, look, SITO_KIND(kind));
        }
        if ((found & SITO_KIND(kind)) != 0) {
            rc = sito_tally_add(&finds[kind].places, place, shape_of, most);
        }
    }
    return rc;
}

void sito_finds_free(SitoFinds *finds) {
    for (int kind = 0; kind < SITO_IDENTITY_KINDS; kind++) {
        sito_tally_free(&finds[kind].places);
    }
}

static bool is_personal(const SitoLook *look) {
    return (look->kinds | look->within | look->shaped) != 0;
}

/* R4: the NOTE_ bits of what the value shows by itself. */
static unsigned read_prose(SitoColumn *column, SitoText value, SitoClass class) {
    bool birth =
        (column->heading & (SITO_KIND(SITO_BIRTH_DATE) | SITO_KIND(SITO_BIRTH_PLACE))) != 0;
    if (!birth && (class == CLASS_INTEGER || class == CLASS_NUMBER || class == CLASS_DATE)) {
        sito_prose_pass(&column->prose);
        return 0;
    }
    if (column->overflowed && (column->read + column->unread) % PROSE_SAMPLE != 0) {
        column->unread++;
        return 0;
    }
    column->read += column->overflowed;
    unsigned special = sito_special_look(value);
    for (int i = 0; special != 0; i++, special >>= 1) {
        column->special[i] += special & 1;
    }
    uint32_t kinds = sito_prose_add(&column->prose, value);
    return ((kinds & SITO_KIND(SITO_NAME)) != 0 ? NOTE_NAME : 0u) |
           ((kinds & SITO_KIND(SITO_ADDRESS)) != 0 ? NOTE_ADDRESS : 0u);
}

/* Everything about a value that does not depend on how often it comes; the rest goes into the note.
** `first`: where it stands, NULL where it was there before. */
static int judge(SitoColumn *column, SitoText value, const SitoPlace *first, SitoLook *look,
                 unsigned *broken, unsigned char *note) {
    SitoJudgement judgement;
    sito_type_judge(&column->type, value, &judgement);
    if (value.size > column->longest) {
        size_t characters = count_characters(value);
        column->longest = characters > column->longest ? characters : column->longest;
    }
    if (judgement.fits) {
        widen_range(column, value, &judgement);
    }
    *look = sito_identity_look(value);
    if (first != NULL) {
        sito_digits_add(&column->digits, value, first->line);
    }
    int rc = sito_constraints_ask(&column->constraints, &column->type, value, &judgement, broken);
    *note = (unsigned char)((unsigned)judgement.class | (judgement.leading_zeros ? NOTE_ZEROS : 0) |
                            (judgement.fits ? 0 : NOTE_MISFIT) |
                            (is_personal(look) ? NOTE_PERSONAL : 0) |
                            read_prose(column, value, judgement.class) |
                            (*broken != 0 ? NOTE_BROKEN : 0));
    bool number = judgement.fits && sito_type_order(column->type.name) == ORDER_NUMBER;
    return rc == SITO_OK && number && first != NULL
               ? sito_spread_add(&column->spread, &judgement.value.number, first->line)
               : rc;
}

/* What a value that was noted as broken breaks: rare, so it is asked again. */
static int judge_again(SitoColumn *column, SitoText value, unsigned *broken) {
    SitoJudgement judgement;
    sito_type_judge(&column->type, value, &judgement);
    return sito_constraints_ask(&column->constraints, &column->type, value, &judgement, broken);
}

static int add_broken(SitoColumn *column, SitoText value, const SitoPlace *place, unsigned broken) {
    int rc = SITO_OK;
    for (int defect = DEFECT_RANGE; defect < DEFECT_KINDS && rc == SITO_OK; defect++) {
        if ((broken & SITO_DEFECT(defect)) != 0) {
            rc = sito_tally_add(&column->defects[defect], place, &value, column->witnesses);
        }
    }
    return rc;
}

/* Looks the value up (R1, R2); after an overflow every value is new and its note is `spare`. *judged: the
** note was made when the value came first. */
static int recall(SitoColumn *column, SitoText value, bool *is_new, bool *judged,
                  unsigned char **note, unsigned char *spare) {
    *is_new = true;
    *judged = false;
    *note = spare;
    if (column->overflowed) {
        return SITO_OK;
    }
    int rc = SITO_OK;
    if (column->unique && sito_wholes_add(&column->wholes, value, is_new, &rc)) {
        return SITO_OK;
    }
    if (rc != SITO_OK) {
        return rc;
    }
    column->seen.limit = column->unique ? SITO_UNIQUE_LIMIT : SITO_DISTINCT_LIMIT;
    rc = sito_seen_add(&column->seen, sito_hash128(value.data, value.size), is_new, note);
    if (rc == SITO_TOOBIG && !column->unique) {
        sito_seen_free(&column->seen);
        column->overflowed = true;
        *note = spare;
        rc = SITO_OK;
    }
    *judged = !*is_new;
    return rc;
}

static int add_prose(SitoColumn *column, unsigned note, const SitoPlace *place,
                     const SitoText *value) {
    static const struct {
        unsigned note;
        SitoIdentityKind kind;
    } kinds[] = {{NOTE_NAME, SITO_NAME}, {NOTE_ADDRESS, SITO_ADDRESS}};
    int rc = SITO_OK;
    for (size_t i = 0; i < SITO_COUNT(kinds) && rc == SITO_OK; i++) {
        if ((note & kinds[i].note) != 0) {
            SitoFinds *finds = &column->finds[kinds[i].kind];
            finds->rows.found++;
            rc = sito_tally_add(&finds->places, place, value, column->witnesses);
        }
    }
    return rc;
}

int sito_column_add(SitoColumn *column, SitoText value, const SitoPlace *place) {
    bool is_new, judged;
    unsigned char spare = 0, *note;
    int rc = recall(column, value, &is_new, &judged, &note, &spare);
    if (rc != SITO_OK) {
        return rc;
    }
    SitoLook look;
    unsigned broken = 0;
    if (!judged) {
        rc = judge(column, value, is_new ? place : NULL, &look, &broken, note);
    } else if ((*note & NOTE_PERSONAL) != 0) {
        look = sito_identity_look(value);
    }
    if (rc == SITO_OK && judged && (*note & NOTE_BROKEN) != 0) {
        rc = judge_again(column, value, &broken);
    }
    if (rc == SITO_OK && broken != 0) {
        rc = add_broken(column, value, place, broken);
    }
    column->rows++;
    column->classes[*note & NOTE_CLASS]++;
    column->leading_zeros += (*note & NOTE_ZEROS) != 0;
    if (rc == SITO_OK && (*note & NOTE_PERSONAL) != 0) {
        rc = sito_finds_add(column->finds, &look, is_new && !column->overflowed, place, &value,
                            column->witnesses);
    }
    if (rc == SITO_OK && (*note & (NOTE_NAME | NOTE_ADDRESS)) != 0) {
        rc = add_prose(column, *note, place, &value);
    }
    if (rc == SITO_OK && (*note & NOTE_MISFIT) != 0) {
        rc = sito_tally_add(&column->defects[DEFECT_TYPE], place, &value, column->witnesses);
    }
    if (rc == SITO_OK && column->unique && !is_new) {
        rc = sito_tally_add(&column->defects[DEFECT_UNIQUE], place, &value, column->witnesses);
    }
    return rc;
}

int sito_column_add_missing(SitoColumn *column, const SitoPlace *place) {
    column->rows++;
    column->missing++;
    return column->required
               ? sito_tally_add(&column->defects[DEFECT_REQUIRED], place, NULL, column->witnesses)
               : SITO_OK;
}

int64_t sito_column_distinct(const SitoColumn *column) {
    return column->overflowed ? -1 : (int64_t)(column->seen.count + column->wholes.count);
}

SitoCounts sito_column_counts(const SitoColumn *column, SitoIdentityKind kind) {
    SitoCounts counts = column->finds[kind].rows;
    if (sito_kind_is_prose(kind)) {
        SitoProseFind find = sito_prose_judge(&column->prose, kind);
        counts.found = find.found > counts.found ? find.found : counts.found;
    }
    return counts;
}

/* One cell that names somebody is a find; among names of places (Kazimierz Dolny) it takes one in a hundred. */
static SitoVerdict judge_prose(const SitoColumn *column, SitoIdentityKind kind) {
    SitoProseFind find = sito_prose_judge(&column->prose, kind);
    bool alone = column->finds[kind].rows.found > 0 && (!sito_prose_is_of_names(&column->prose) ||
                                                        find.found * 100 >= column->prose.values);
    return find.verdict == SITO_CHANCE && alone ? SITO_LIKELY : find.verdict;
}

SitoVerdict sito_column_verdict(const SitoColumn *column, SitoIdentityKind kind) {
    if (sito_kind_is_prose(kind)) {
        return judge_prose(column, kind);
    }
    SitoCounts counts =
        column->overflowed ? column->finds[kind].rows : column->finds[kind].different;
    counts.values =
        column->overflowed ? column->rows - column->missing : sito_column_distinct(column);
    return sito_identity_verdict(kind, &counts, (column->heading & SITO_KIND(kind)) != 0);
}

static void free_texts(SitoTexts *texts) {
    for (size_t i = 0; i < texts->count; i++) {
        sito_free((char *)texts->items[i].data);
    }
    sito_free(texts->items);
}

void sito_column_free(SitoColumn *column) {
    sito_free((char *)column->name.data);
    sito_free((char *)column->type_name.data);
    sito_free((char *)column->type.pattern.data);
    sito_free((char *)column->type.number.decimal.data);
    sito_free((char *)column->type.number.group.data);
    sito_free((char *)column->type.delimiter.data);
    free_texts(&column->absent);
    free_texts(&column->type.trues);
    free_texts(&column->type.falses);
    sito_constraints_free(&column->constraints);
    sito_spread_free(&column->spread);
    sito_seen_free(&column->seen);
    sito_wholes_free(&column->wholes);
    sito_finds_free(column->finds);
    for (size_t i = 0; i < DEFECT_KINDS; i++) {
        sito_tally_free(&column->defects[i]);
    }
}

/*
** Gathers the facts of a table (facts.h).
**
** R1  A damaged record counts as a defect and is searched for personal data; its cells are not judged,
**     since nobody knows which column they belong to.
*/
#include <string.h>

#include "facts.h"

enum { MOST_RECORD_DEFECTS = 64, LONGEST_KIND = 40 };

static bool is_missing(const SitoFacts *facts, const SitoColumn *column, SitoText value) {
    const SitoTexts *texts = column->has_absent ? &column->absent : &facts->missing;
    for (size_t i = 0; i < texts->count; i++) {
        if (sito_text_equal(value, texts->items[i])) {
            return true;
        }
    }
    return value.data == NULL;
}

int sito_facts_add(SitoFacts *facts, size_t index, SitoText value, const SitoPlace *place,
                   char **error) {
    SitoColumn *column = &facts->columns[index];
    bool missing = is_missing(facts, column, value);
    facts->filled = facts->filled || !missing;
    int rc =
        missing ? sito_column_add_missing(column, place) : sito_column_add(column, value, place);
    if (rc == SITO_OK && (facts->cross.cells != NULL || facts->cross.repeats)) {
        rc = sito_cross_take(&facts->cross, column, index, value, missing);
    }
    if (rc == SITO_TOOBIG) {
        return sito_error(
            error, rc,
            "profile_facts: column %.*s has more than %d different values; whether they "
            "are unique cannot be told",
            (int)column->name.size, column->name.data, SITO_UNIQUE_LIMIT);
    }
    return rc;
}

static int find_record_defect(SitoFacts *facts, SitoText kind, SitoRecordDefect **defect) {
    for (size_t i = 0; i < facts->record_defect_count; i++) {
        if (sito_text_equal(facts->record_defects[i].kind, kind)) {
            *defect = &facts->record_defects[i];
            return SITO_OK;
        }
    }
    void *array = facts->record_defects;
    int rc = sito_grow(&array, &facts->record_defect_capacity, facts->record_defect_count + 1,
                       sizeof *facts->record_defects, MOST_RECORD_DEFECTS);
    facts->record_defects = array;
    if (rc != SITO_OK) {
        return rc;
    }
    SitoBuffer name = {.limit = LONGEST_KIND};
    rc = sito_buffer_add(&name, kind.data, kind.size);
    if (rc == SITO_OK) {
        *defect = &facts->record_defects[facts->record_defect_count++];
        **defect = (SitoRecordDefect){.kind = {name.data, name.size}};
    }
    return rc;
}

static void join_look(SitoLook *all, SitoText piece) {
    SitoLook look = sito_identity_look(piece);
    all->kinds |= look.kinds;
    all->weak |= look.weak;
    all->loose |= look.loose;
    all->shaped |= look.shaped;
    SitoProseColumn nobody = {0};
    all->within |= look.within | sito_prose_add(&nobody, piece);
}

static bool is_cut(char c) {
    return c == ';' || c == ',' || c == '\t' || c == '|' || c == '"' || c == '\r' || c == '\n';
}

/* Cuts the record where any dialect would, since its own is what failed. */
static SitoLook look_at_record(SitoText raw) {
    SitoLook all = {0};
    size_t start = 0;
    for (size_t i = 0; i <= raw.size; i++) {
        if (i == raw.size || is_cut(raw.data[i])) {
            join_look(&all, (SitoText){raw.data + start, i - start});
            start = i + 1;
        }
    }
    all.weak &= all.kinds;
    return all;
}

int sito_facts_add_damaged(SitoFacts *facts, SitoText kind, SitoText raw, const SitoPlace *place) {
    if (!facts->defects) {
        return SITO_OK;
    }
    SitoRecordDefect *defect = NULL;
    int rc = find_record_defect(facts, kind, &defect);
    if (rc == SITO_OK) {
        rc = sito_tally_add(&defect->tally, place, NULL, facts->witnesses);
    }
    if (rc == SITO_OK && raw.data != NULL) {
        SitoLook look = look_at_record(raw);
        facts->damaged++;
        rc = sito_finds_add(facts->damaged_finds, &look, true, place, NULL, facts->witnesses);
    }
    return rc;
}

void sito_facts_free(SitoFacts *facts) {
    for (size_t i = 0; i < facts->count; i++) {
        sito_column_free(&facts->columns[i]);
    }
    for (size_t i = 0; i < facts->missing.count; i++) {
        sito_free((char *)facts->missing.items[i].data);
    }
    for (size_t i = 0; i < facts->record_defect_count; i++) {
        sito_free((char *)facts->record_defects[i].kind.data);
        sito_tally_free(&facts->record_defects[i].tally);
    }
    sito_finds_free(facts->damaged_finds);
    sito_cross_free(&facts->cross);
    sito_free(facts->columns);
    sito_free(facts->missing.items);
    sito_free(facts->record_defects);
    *facts = (SitoFacts){0};
}

/*
** The facts of a table as the JSON object that docs/architecture.md shows.
**
** R1  Order is that of the columns, then of the kinds: the same table gives the same bytes.
** R2  Extremes of a column in which personal data is likely are null: they are values of persons.
** R3  Numbers are written with a point and without groups, dates as ISO 8601, whatever the file has.
*/
#include <string.h>

#include "facts.h"
#include "json.h"

static SitoText word(const char *text) {
    return (SitoText){text, strlen(text)};
}

static bool is_withheld(const SitoColumn *column) {
    for (int kind = 0; kind < SITO_IDENTITY_KINDS; kind++) {
        if (sito_column_verdict(column, (SitoIdentityKind)kind) != SITO_CHANCE) {
            return true;
        }
    }
    return false;
}

static int print_date(const SitoMoment *m, SitoTypeName type, SitoBuffer *out) {
    switch (type) {
    case TYPE_TIME:
        return SITO_OK;
    case TYPE_YEAR:
        return sito_buffer_print(out, "%04d", m->year);
    case TYPE_YEARMONTH:
        return sito_buffer_print(out, "%04d-%02d", m->year, m->month);
    default:
        return sito_buffer_print(out, "%04d-%02d-%02d", m->year, m->month, m->day);
    }
}

static int print_moment(const SitoMoment *m, SitoTypeName type, SitoBuffer *out) {
    int rc = print_date(m, type, out);
    if (rc == SITO_OK && (type == TYPE_TIME || type == TYPE_DATETIME)) {
        rc = sito_buffer_print(out, "%s%02d:%02d:%02d", type == TYPE_TIME ? "" : "T", m->hour,
                               m->minute, m->second);
        if (rc == SITO_OK && m->nanosecond > 0) {
            rc = sito_buffer_print(out, ".%09d", m->nanosecond);
        }
        if (rc == SITO_OK && m->zoned && m->offset == 0) {
            rc = sito_buffer_add(out, "Z", 1);
        } else if (rc == SITO_OK && m->zoned) {
            int offset = m->offset < 0 ? -m->offset : m->offset;
            rc = sito_buffer_print(out, "%c%02d:%02d", m->offset < 0 ? '-' : '+', offset / 60,
                                   offset % 60);
        }
    }
    return rc;
}

/* The kept bytes of a text, not cut in the middle of a character. */
static SitoText whole_characters(const SitoExtreme *extreme) {
    SitoText text = {extreme->text, extreme->size};
    while (text.size > SITO_RANGE_BYTES - 4 && sito_utf8_valid(text) < text.size) {
        text.size--;
    }
    return text;
}

static void write_extreme(SitoJson *json, const char *key, const SitoColumn *column,
                          const SitoExtreme *extreme, bool withheld) {
    SitoBuffer printed = {0};
    SitoText text = {0};
    sito_json_key(json, key);
    if (column->has_range && !withheld && json->rc == SITO_OK) {
        switch (sito_type_order(column->type.name)) {
        case ORDER_NUMBER:
            json->rc = sito_number_print(&extreme->number, &printed);
            break;
        case ORDER_MOMENT:
            json->rc = print_moment(&extreme->moment, column->type.name, &printed);
            break;
        case ORDER_TEXT:
            break;
        }
        text = printed.data != NULL ? (SitoText){printed.data, printed.size}
                                    : whole_characters(extreme);
    }
    sito_json_text(json, text);
    sito_buffer_free(&printed);
}

static void write_quartiles(SitoJson *json, const SitoColumn *c, bool withheld) {
    SitoQuartiles q;
    bool known = sito_spread_sum_up(&c->spread, &q) && !withheld;
    const struct {
        const char *key;
        double value;
    } parts[] = {{"low_quartile", q.low}, {"median", q.median}, {"high_quartile", q.high}};
    for (size_t i = 0; i < SITO_COUNT(parts); i++) {
        sito_json_key(json, parts[i].key);
        if (known) {
            sito_json_real(json, parts[i].value);
        } else {
            sito_json_text(json, (SitoText){0});
        }
    }
}

static void write_column(SitoJson *json, const SitoColumn *c) {
    static const struct {
        const char *key;
        SitoClass class;
    } classes[] = {{"integers", CLASS_INTEGER},
                   {"numbers", CLASS_NUMBER},
                   {"dates", CLASS_DATE},
                   {"texts", CLASS_TEXT}};
    bool withheld = is_withheld(c);
    sito_json_open(json, '{');
    sito_json_key(json, "field");
    sito_json_text(json, c->name);
    sito_json_key(json, "rows");
    sito_json_integer(json, c->rows);
    sito_json_key(json, "missing");
    sito_json_integer(json, c->missing);
    sito_json_key(json, "distinct_values");
    sito_json_count(json, sito_column_distinct(c));
    write_extreme(json, "min", c, &c->min, withheld);
    write_extreme(json, "max", c, &c->max, withheld);
    sito_json_key(json, "longest");
    sito_json_integer(json, (int64_t)c->longest);
    for (size_t i = 0; i < SITO_COUNT(classes); i++) {
        sito_json_key(json, classes[i].key);
        sito_json_integer(json, c->classes[classes[i].class]);
    }
    sito_json_key(json, "leading_zeros");
    sito_json_integer(json, c->leading_zeros);
    write_quartiles(json, c, withheld);
    sito_json_close(json, '}');
}

static void write_columns(SitoJson *json, const SitoFacts *facts) {
    for (size_t i = 0; i < facts->count; i++) {
        write_column(json, &facts->columns[i]);
    }
}

static void write_defect(SitoJson *json, SitoText kind, SitoText field, const SitoTally *tally) {
    sito_json_open(json, '{');
    sito_json_key(json, "kind");
    sito_json_text(json, kind);
    sito_json_key(json, "field");
    sito_json_text(json, field);
    sito_json_key(json, "count");
    sito_json_integer(json, tally->count);
    sito_json_key(json, "first_line");
    sito_json_count(json, tally->first_line);
    sito_json_close(json, '}');
}

static void write_witnesses(SitoJson *json, SitoText kind, SitoText field, const SitoTally *tally) {
    for (size_t i = 0; i < tally->kept; i++) {
        const SitoWitness *witness = &tally->witnesses[i];
        sito_json_open(json, '{');
        sito_json_key(json, "kind");
        sito_json_text(json, kind);
        sito_json_key(json, "field");
        sito_json_text(json, field);
        sito_json_key(json, "line");
        sito_json_count(json, witness->place.line);
        sito_json_key(json, "record");
        sito_json_count(json, witness->place.record);
        sito_json_key(json, "byte");
        sito_json_count(json, witness->place.byte);
        sito_json_key(json, "shape");
        sito_json_text(json, witness->shape);
        sito_json_close(json, '}');
    }
}

/* Every tally that counted something: of records first, then of the columns. */
static void write_tallies(SitoJson *json, const SitoFacts *facts,
                          void (*write)(SitoJson *, SitoText, SitoText, const SitoTally *)) {
    for (size_t i = 0; i < facts->record_defect_count; i++) {
        const SitoRecordDefect *defect = &facts->record_defects[i];
        write(json, defect->kind, (SitoText){0}, &defect->tally);
    }
    const SitoCross *cross = &facts->cross;
    const SitoText none = {0};
    if (cross->exact.repeated.count > 0) {
        write(json, word("duplicate"), none, &cross->exact.repeated);
    }
    if (cross->near.repeated.count > 0) {
        write(json, word("near-duplicate"), none, &cross->near.repeated);
    }
    for (size_t i = 0; i < cross->pair_count; i++) {
        if (cross->pairs[i].broken.count > 0) {
            write(json, word("order"), facts->columns[cross->pairs[i].last].name,
                  &cross->pairs[i].broken);
        }
    }
    for (size_t i = 0; i < cross->sum_count; i++) {
        if (cross->sums[i].broken.count > 0) {
            write(json, word("sum"), facts->columns[cross->sums[i].total].name,
                  &cross->sums[i].broken);
        }
    }
    for (size_t i = 0; i < facts->count; i++) {
        const SitoColumn *column = &facts->columns[i];
        for (size_t kind = 0; kind < DEFECT_KINDS; kind++) {
            if (column->defects[kind].count > 0) {
                write(json, word(sito_defect_names[kind]), column->name, &column->defects[kind]);
            }
        }
    }
}

/* What only the end of a column shows: how many, and where one stands. */
static void write_at_the_end(SitoJson *json, const SitoColumn *column) {
    SitoQuartiles q;
    int64_t line = -1, fewer = sito_digits_short(&column->digits, &line);
    if (fewer > 0) {
        write_defect(json, word("lost-zeros"), column->name,
                     &(SitoTally){.count = fewer, .first_line = line});
    }
    if (sito_spread_sum_up(&column->spread, &q) && q.outliers > 0) {
        write_defect(json, word("outlier"), column->name,
                     &(SitoTally){.count = q.outliers, .first_line = q.line});
    }
}

static void write_defects(SitoJson *json, const SitoFacts *facts) {
    write_tallies(json, facts, write_defect);
    for (size_t i = 0; i < facts->count; i++) {
        write_at_the_end(json, &facts->columns[i]);
    }
}

static void write_find(SitoJson *json, SitoIdentityKind kind, SitoText field,
                       const SitoCounts *rows, int64_t values, SitoVerdict verdict) {
    if (rows->found == 0) {
        return;
    }
    /* what random digits would give does not concern numbers that are written as phone numbers */
    bool unlike_digits = kind == SITO_PHONE && rows->weak * 2 < rows->found;
    sito_json_open(json, '{');
    sito_json_key(json, "kind");
    sito_json_text(json, word(sito_identity_name(kind)));
    sito_json_key(json, "field");
    sito_json_text(json, field);
    sito_json_key(json, "found");
    sito_json_integer(json, rows->found);
    sito_json_key(json, "share");
    sito_json_real(json, values > 0 ? (double)rows->found / (double)values : 0.0);
    sito_json_key(json, "expected_share");
    sito_json_real(json, unlike_digits ? 0.0 : sito_identity_expected_share(kind));
    sito_json_key(json, "verdict");
    sito_json_text(json, word(sito_identity_verdict_name(verdict)));
    sito_json_close(json, '}');
}

static SitoVerdict damaged_verdict(const SitoFacts *facts, SitoIdentityKind kind) {
    SitoCounts counts = facts->damaged_finds[kind].rows;
    counts.values = facts->damaged;
    return sito_identity_verdict(kind, &counts, false);
}

static void write_personal(SitoJson *json, const SitoFacts *facts) {
    for (size_t i = 0; i < facts->count; i++) {
        const SitoColumn *column = &facts->columns[i];
        for (int kind = 0; kind < SITO_IDENTITY_KINDS; kind++) {
            SitoCounts counts = sito_column_counts(column, (SitoIdentityKind)kind);
            write_find(json, (SitoIdentityKind)kind, column->name, &counts,
                       column->rows - column->missing,
                       sito_column_verdict(column, (SitoIdentityKind)kind));
        }
    }
    for (int kind = 0; kind < SITO_IDENTITY_KINDS; kind++) {
        write_find(json, (SitoIdentityKind)kind, (SitoText){0}, &facts->damaged_finds[kind].rows,
                   facts->damaged, damaged_verdict(facts, (SitoIdentityKind)kind));
    }
}

/* Where personal data stands, unless it is there by chance. */
static void write_places(SitoJson *json, const SitoFinds *finds, SitoIdentityKind kind,
                         SitoText field, SitoVerdict verdict) {
    if (verdict != SITO_CHANCE) {
        write_witnesses(json, word(sito_identity_name(kind)), field, &finds[kind].places);
    }
}

static void write_all_witnesses(SitoJson *json, const SitoFacts *facts) {
    write_tallies(json, facts, write_witnesses);
    for (size_t i = 0; i < facts->count; i++) {
        const SitoColumn *column = &facts->columns[i];
        for (int kind = 0; kind < SITO_IDENTITY_KINDS; kind++) {
            write_places(json, column->finds, (SitoIdentityKind)kind, column->name,
                         sito_column_verdict(column, (SitoIdentityKind)kind));
        }
    }
    for (int kind = 0; kind < SITO_IDENTITY_KINDS; kind++) {
        write_places(json, facts->damaged_finds, (SitoIdentityKind)kind, (SitoText){0},
                     damaged_verdict(facts, (SitoIdentityKind)kind));
    }
}

/* What words of special categories were seen, in different values; and whether all were read (R4 of column.c). */
static void write_special(SitoJson *json, const SitoFacts *facts) {
    for (size_t i = 0; i < facts->count; i++) {
        const SitoColumn *column = &facts->columns[i];
        for (int category = 0; category < SPECIAL_CATEGORIES; category++) {
            if (column->special[category] > 0) {
                sito_json_open(json, '{');
                sito_json_key(json, "category");
                sito_json_text(json, word(sito_special_name((SitoSpecial)category)));
                sito_json_key(json, "field");
                sito_json_text(json, column->name);
                sito_json_key(json, "found");
                sito_json_integer(json, column->special[category]);
                sito_json_close(json, '}');
            }
        }
    }
}

static void write_sampled(SitoJson *json, const SitoFacts *facts) {
    for (size_t i = 0; i < facts->count; i++) {
        if (facts->columns[i].unread > 0) {
            sito_json_open(json, '{');
            sito_json_key(json, "field");
            sito_json_text(json, facts->columns[i].name);
            sito_json_key(json, "read");
            sito_json_integer(json, facts->columns[i].read);
            sito_json_key(json, "unread");
            sito_json_integer(json, facts->columns[i].unread);
            sito_json_close(json, '}');
        }
    }
}

static void write_unchecked(SitoJson *json, const SitoFacts *facts) {
    for (size_t i = 0; i < facts->count; i++) {
        if (facts->columns[i].unchecked) {
            sito_json_open(json, '{');
            sito_json_key(json, "field");
            sito_json_text(json, facts->columns[i].name);
            sito_json_key(json, "type");
            sito_json_text(json, facts->columns[i].type_name);
            sito_json_close(json, '}');
        }
    }
}

int sito_facts_print(const SitoFacts *facts, SitoBuffer *out) {
    static const struct {
        const char *key;
        void (*write)(SitoJson *, const SitoFacts *);
    } parts[] = {{"profile", write_columns},       {"defect", write_defects},
                 {"witness", write_all_witnesses}, {"personal", write_personal},
                 {"special", write_special},       {"sampled", write_sampled},
                 {"unchecked", write_unchecked}};
    SitoJson json = {.out = out, .rc = SITO_OK};
    sito_json_open(&json, '{');
    for (size_t i = 0; i < SITO_COUNT(parts); i++) {
        sito_json_key(&json, parts[i].key);
        sito_json_open(&json, '[');
        parts[i].write(&json, facts);
        sito_json_close(&json, ']');
    }
    sito_json_close(&json, '}');
    return json.rc;
}

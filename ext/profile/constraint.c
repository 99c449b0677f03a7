/*
** Whether a value keeps what is asked of its column (constraint.h).
**
** R1  One cause, one defect: of enumeration, code list, check digit, pattern, length and range the first
**     that is broken counts. A value that is not of its type breaks none of them but may be a formula.
** R2  A pattern is ICU's and must match the whole value. It has 0.2 s and 1 MiB of stack for a value; one
**     that needs more is not tried again: every value from there on counts as untried, none as matching.
** R3  Coordinates: degrees, or metres of EPSG:2180 and its like where they are that large. A latitude that
**     lies within Poland's longitudes is a swapped one. Poland: 49 to 55 north, 14 to 24.2 east.
** R4  Dates: later than today, or before 1800.
*/
#include <string.h>
#include <unicode/uregex.h>
#include <unicode/utext.h>

#include "constraint.h"
#include "identity/identity.h"
#include "odd.h"
#include "plain_pattern.h"

const char *const sito_defect_names[DEFECT_KINDS] = {
    [DEFECT_TYPE] = "type-mismatch",      [DEFECT_REQUIRED] = "required-missing",
    [DEFECT_UNIQUE] = "unique-violated",  [DEFECT_RANGE] = "range",
    [DEFECT_LENGTH] = "length",           [DEFECT_PATTERN] = "pattern",
    [DEFECT_STOPPED] = "pattern-stopped", [DEFECT_ENUM] = "not-listed",
    [DEFECT_CODE] = "unknown-code",       [DEFECT_CHECK_DIGIT] = "check-digit",
    [DEFECT_FUTURE] = "future-date",      [DEFECT_ANCIENT] = "ancient-date",
    [DEFECT_OUTSIDE] = "outside-poland",  [DEFECT_SWAPPED] = "swapped-axes",
    [DEFECT_FORMULA] = "formula",         [DEFECT_SIGNED] = "signed-formula",
    [DEFECT_BLANKS] = "outer-blanks",     [DEFECT_INVISIBLE] = "invisible",
    [DEFECT_DECOMPOSED] = "decomposed"};

/* ---- ranges ---- */

static int compare(const SitoBound *bound, SitoOrder order, const SitoJudgement *judgement) {
    return order == ORDER_NUMBER ? sito_number_compare(&judgement->value.number, &bound->number)
                                 : sito_moment_compare(&judgement->value.moment, &bound->moment);
}

static bool is_within(const SitoConstraints *c, SitoOrder order, const SitoJudgement *judgement) {
    if (order == ORDER_TEXT) {
        return true;
    }
    int below = c->minimum.set ? compare(&c->minimum, order, judgement) : 1;
    int above = c->maximum.set ? compare(&c->maximum, order, judgement) : -1;
    return (below > 0 || (below == 0 && !c->minimum.exclusive)) &&
           (above < 0 || (above == 0 && !c->maximum.exclusive));
}

static bool has_length(const SitoConstraints *c, const SitoFieldType *type, SitoText value) {
    if (c->least < 0 && c->most < 0) {
        return true;
    }
    int64_t length = sito_type_length(type, value);
    return length >= c->least && (c->most < 0 || length <= c->most);
}

/* ---- patterns ---- */

/* R2 */
static int match(SitoConstraints *c, SitoText value, unsigned *defects) {
    UErrorCode status = U_ZERO_ERROR;
    UText text = UTEXT_INITIALIZER;
    if (c->stopped) {
        *defects |= SITO_DEFECT(DEFECT_STOPPED);
        return SITO_OK;
    }
    if (c->plain != NULL && sito_plain_pattern_decides(value)) {
        *defects |= sito_plain_pattern_matches(c->plain, value) ? 0 : SITO_DEFECT(DEFECT_PATTERN);
        return SITO_OK;
    }
    utext_openUTF8(&text, value.data, (int64_t)value.size, &status);
    uregex_setUText(c->pattern, &text, &status);
    bool matches = uregex_matches64(c->pattern, -1, &status) != 0;
    utext_close(&text);
    if (status == U_MEMORY_ALLOCATION_ERROR) {
        return SITO_NOMEM;
    }
    c->stopped = U_FAILURE(status);
    if (c->stopped || !matches) {
        *defects |= SITO_DEFECT(c->stopped ? DEFECT_STOPPED : DEFECT_PATTERN);
    }
    return SITO_OK;
}

/* ---- lists ---- */

int sito_constraints_hash(const SitoFieldType *type, SitoText value, const SitoJudgement *judgement,
                          SitoHash128 *hash) {
    SitoBuffer printed = {0};
    int rc = SITO_OK;
    if (judgement->fits && sito_type_order(type->name) == ORDER_NUMBER) {
        rc = sito_number_print(&judgement->value.number, &printed);
        value = (SitoText){printed.data, printed.size};
    }
    *hash = sito_hash128(value.data, value.size);
    sito_buffer_free(&printed);
    return rc;
}

/* ---- coordinates and dates ---- */

typedef struct Box {
    double low, high;
} Box;

static bool is_in(double value, Box box) {
    return value >= box.low && value <= box.high;
}

/* R3 */
static unsigned place(SitoAxis axis, const SitoNumber *number) {
    static const Box north = {48.9, 55.1}, east = {14.0, 24.2};
    static const Box metres_north = {130000, 6200000}, metres_east = {140000, 8700000};
    double value = sito_number_real(number);
    bool latitude = axis == AXIS_LATITUDE;
    if (number->is_special) {
        return SITO_DEFECT(DEFECT_OUTSIDE);
    }
    if (value > 1000 || value < -1000) {
        return is_in(value, latitude ? metres_north : metres_east) ? 0
                                                                   : SITO_DEFECT(DEFECT_OUTSIDE);
    }
    if (is_in(value, latitude ? north : east)) {
        return 0;
    }
    return SITO_DEFECT(is_in(value, latitude ? east : north) ? DEFECT_SWAPPED : DEFECT_OUTSIDE);
}

/* R4 */
static unsigned date(const SitoConstraints *c, const SitoMoment *moment) {
    if (c->dated && sito_moment_compare(moment, &c->today) > 0) {
        return SITO_DEFECT(DEFECT_FUTURE);
    }
    return moment->year < 1800 ? SITO_DEFECT(DEFECT_ANCIENT) : 0;
}

/* ---- all of it ---- */

/* R1: the first that is broken. */
static int ask_declared(SitoConstraints *c, const SitoFieldType *type, SitoText value,
                        const SitoJudgement *judgement, unsigned *defects) {
    SitoHash128 hash;
    int rc = SITO_OK;
    if (c->has_enumerated) {
        rc = sito_constraints_hash(type, value, judgement, &hash);
        if (rc != SITO_OK || !sito_seen_has(&c->enumerated, hash)) {
            *defects |= SITO_DEFECT(DEFECT_ENUM);
            return rc;
        }
    }
    if (c->has_codes && !sito_seen_has(&c->codes, sito_hash128(value.data, value.size))) {
        *defects |= SITO_DEFECT(DEFECT_CODE);
        return rc;
    }
    if (c->kind >= 0 && !sito_identity_holds(c->kind, value)) {
        *defects |= SITO_DEFECT(DEFECT_CHECK_DIGIT);
        return rc;
    }
    if (c->pattern != NULL) {
        rc = match(c, value, defects);
        if (rc != SITO_OK || *defects != 0) {
            return rc;
        }
    }
    if (!has_length(c, type, value)) {
        *defects |= SITO_DEFECT(DEFECT_LENGTH);
    } else if (!is_within(c, sito_type_order(type->name), judgement)) {
        *defects |= SITO_DEFECT(DEFECT_RANGE);
    }
    return rc;
}

static unsigned ask_characters(SitoText value, const SitoJudgement *judgement) {
    static const struct {
        unsigned odd;
        SitoDefect defect;
    } kinds[] = {{SITO_ODD_FORMULA, DEFECT_FORMULA},
                 {SITO_ODD_SIGNED, DEFECT_SIGNED},
                 {SITO_ODD_BLANKS, DEFECT_BLANKS},
                 {SITO_ODD_INVISIBLE, DEFECT_INVISIBLE},
                 {SITO_ODD_DECOMPOSED, DEFECT_DECOMPOSED}};
    if (judgement->class != CLASS_TEXT) {
        return 0;
    }
    unsigned odd = sito_odd(value), defects = 0;
    if (!judgement->fits) {
        odd &= SITO_ODD_FORMULA | SITO_ODD_SIGNED;
    }
    for (size_t i = 0; i < SITO_COUNT(kinds) && odd != 0; i++) {
        defects |= (odd & kinds[i].odd) != 0 ? SITO_DEFECT(kinds[i].defect) : 0;
    }
    return defects;
}

int sito_constraints_ask(SitoConstraints *c, const SitoFieldType *type, SitoText value,
                         const SitoJudgement *judgement, unsigned *defects) {
    *defects = ask_characters(value, judgement);
    if (!judgement->fits) {
        return SITO_OK;
    }
    unsigned broken = 0;
    int rc = ask_declared(c, type, value, judgement, &broken);
    if (rc == SITO_OK && broken == 0) {
        SitoOrder order = sito_type_order(type->name);
        if (c->axis != AXIS_NONE && order == ORDER_NUMBER) {
            broken = place(c->axis, &judgement->value.number);
        } else if (type->name == TYPE_DATE || type->name == TYPE_DATETIME) {
            broken = date(c, &judgement->value.moment);
        }
    }
    *defects |= broken;
    return rc;
}

void sito_constraints_free(SitoConstraints *c) {
    uregex_close(c->pattern);
    c->pattern = NULL;
    sito_free(c->plain);
    c->plain = NULL;
    sito_seen_free(&c->enumerated);
    sito_seen_free(&c->codes);
}

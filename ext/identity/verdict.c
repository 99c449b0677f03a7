/*
** What a column is, from what its values can be.
**
** R1  Share of valid values among those with the right length, against the share that random digits
**     would reach: a binomial test. Random digits are chance, however many pass by chance.
** R2  The heading counts: a column named PESEL needs less proof, a nameless one more.
** R3  One e-mail address or one phone number that is written as such is a likely find by itself,
**     since nothing else looks so. So is one PESEL, unless most numbers of eleven digits beside it
**     are none.
** R4  One NIP or REGON alone proves nothing: a tenth of all numbers of that length pass.
**
** The tail of the binomial distribution is bounded by Chernoff's inequality, P(X >= f) <=
** exp(-n KL(f/n, p)) (Hoeffding 1963, theorem 1): exact where all values are valid, else on the
** safe side.
*/
#include <math.h>

#include "identity.h"

double sito_identity_expected_share(SitoIdentityKind kind) {
    static const double shares[SITO_IDENTITY_KINDS] = {
        [SITO_PESEL] = 0.0186,      [SITO_NIP] = 0.092,   [SITO_REGON] = 0.0996,
        [SITO_PHONE] = 0.69,        [SITO_ID_CARD] = 0.1, [SITO_PASSPORT] = 0.1,
        [SITO_LAND_REGISTER] = 0.1, [SITO_IBAN] = 0.001,  [SITO_EDELIVERY] = 0.03,
    };
    return shares[kind];
}

/* An upper bound of the probability that at least `found` of `count` random numbers are valid. */
static double probability_by_chance(int64_t count, int64_t found, double p) {
    if (found <= 0 || count <= 0 || (double)found <= p * (double)count) {
        return 1;
    }
    double n = (double)count, q = (double)found / n;
    double divergence = q * log(q / p);
    divergence += q < 1 ? (1 - q) * log((1 - q) / (1 - p)) : 0;
    return exp(-n * divergence);
}

static SitoVerdict judge_number(SitoIdentityKind kind, const SitoCounts *c, bool heading) {
    double p = sito_identity_expected_share(kind);
    int64_t valid = c->found - c->weak;
    int64_t shaped = c->shaped > valid ? c->shaped : valid;
    double chance = probability_by_chance(shaped, valid, p);
    bool is_most = c->found * 2 >= c->values;
    bool stands_out = chance < 1e-6 && (double)valid >= 2.5 * p * (double)shaped;
    if (is_most && ((chance < 1e-9 && valid * 10 >= shaped * 9) ||
                    (heading && valid > 0 && valid * 2 >= shaped))) {
        return SITO_CERTAIN;
    }
    bool announced = c->within > 0; /* R3, R4: a NIP in prose is only found behind its word */
    bool telling = kind == SITO_PESEL || kind == SITO_IBAN || kind == SITO_LAND_REGISTER ||
                   kind == SITO_EDELIVERY; /* nothing else has that length or form */
    bool alone = (telling || announced) && valid > 0 && valid * 2 >= shaped;
    bool named = heading && ((double)valid > 3 * p * (double)shaped || c->weak * 2 >= c->values);
    bool lost_zeros =
        c->weak * 2 >= c->values && probability_by_chance(c->values, c->weak, p) < 1e-9;
    return stands_out || alone || named || (kind == SITO_PESEL && lost_zeros) ? SITO_LIKELY
                                                                              : SITO_CHANCE;
}

static SitoVerdict judge_email(const SitoCounts *c, bool heading) {
    return heading || c->found >= 5 || c->found * 2 >= c->values ? SITO_CERTAIN : SITO_LIKELY;
}

static SitoVerdict judge_phone(const SitoCounts *c, bool heading) {
    int64_t strong = c->found - c->weak - c->loose;
    bool is_most = c->found * 2 >= c->values;
    if (is_most && (strong > 0 || heading)) {
        return SITO_CERTAIN;
    }
    bool all_grouped = c->loose >= 3 && c->loose * 10 >= c->values * 9;
    return strong > 0 || heading || all_grouped ? SITO_LIKELY : SITO_CHANCE;
}

SitoVerdict sito_identity_verdict(SitoIdentityKind kind, const SitoCounts *counts, bool heading) {
    if (counts->found == 0) {
        return SITO_CHANCE;
    }
    switch (kind) {
    case SITO_EMAIL:
        return judge_email(counts, heading);
    case SITO_PHONE:
        return judge_phone(counts, heading);
    case SITO_NAME:
    case SITO_ADDRESS:
        return SITO_LIKELY; /* of a damaged record: no column to be judged by (prose_column.c) */
    default:
        return judge_number(kind, counts, heading);
    }
}

const char *sito_identity_verdict_name(SitoVerdict verdict) {
    static const char *const names[] = {"chance", "likely", "certain"};
    return names[verdict];
}

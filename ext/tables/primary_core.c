/*
** Primary rules (primary.h).
*/
#include "primary.h"

__extension__ typedef __int128 Wide;

const char *const tables_reason_words[TABLES_REASON_COUNT] = {
    [TABLES_FEW] = "few",
    [TABLES_ARTICLE_38] = "article-38",
    [TABLES_DOMINANCE] = "dominance",
    [TABLES_P_PERCENT] = "p-percent",
    [TABLES_PQ] = "pq",
    [TABLES_ZERO] = "zero",
    [TABLES_GROUP_ALL] = "group-all",
    [TABLES_GROUP_NONE] = "group-none",
};

const char *tables_reason_word(unsigned reasons) {
    for (int reason = 0; reason < TABLES_REASON_COUNT; reason++) {
        if ((reasons & TABLES_BIT(reason)) != 0) {
            return tables_reason_words[reason];
        }
    }
    return NULL;
}

bool tables_ratio_valid(TablesRatio ratio) {
    return ratio.under >= 1 && ratio.under <= 1000000000 && ratio.over >= 0 &&
           ratio.over <= 1000000000000000;
}

static bool asked(TablesRatio ratio) {
    return ratio.under > 0;
}

/* The sum of the n largest; false where they are not known. */
static bool top(const TablesFacts *facts, int n, Wide *sum) {
    *sum = 0;
    for (int i = 0; i < n && i < facts->known; i++) {
        *sum += facts->largest[i];
    }
    return n <= facts->known || facts->all_known;
}

/* The whole less the two largest; false where that is not known. */
static bool rest(const TablesFacts *facts, Wide *left) {
    Wide two;
    bool known = facts->whole >= 0 && top(facts, 2, &two);
    *left = known ? facts->whole - two : 0;
    return known;
}

static int64_t first(const TablesFacts *facts) {
    return facts->known > 0 ? facts->largest[0] : 0;
}

/* ---- one function a rule: 1 found, 0 not, -1 not decided ---- */

static int few(const TablesFacts *facts, int64_t least) {
    return facts->contributors < 0 ? -1 : facts->contributors > 0 && facts->contributors < least;
}

static int article_38(const TablesFacts *facts) {
    int found = few(facts, 3);
    Wide sum;
    if (found == 1 || facts->contributors == 0) {
        return found == 1;
    }
    if (facts->whole < 0 || !top(facts, 1, &sum)) {
        return -1;
    }
    return 4 * sum > 3 * (Wide)facts->whole ? 1 : found;
}

static int dominance(const TablesFacts *facts, int n, TablesRatio k) {
    Wide sum;
    if (facts->whole < 0 || !top(facts, n, &sum)) {
        return -1;
    }
    return sum * 100 * k.under > (Wide)k.over * facts->whole;
}

/* The rest is below share × the largest. */
static int estimable(const TablesFacts *facts, TablesRatio share) {
    Wide left;
    if (!rest(facts, &left)) {
        return -1;
    }
    return left * share.under < (Wide)share.over * first(facts);
}

static TablesRatio percent(TablesRatio p) {
    return (TablesRatio){p.over, p.under * 100};
}

static int zero(const TablesFacts *facts) {
    if (facts->value != 0 || facts->negative) {
        return 0;
    }
    if (facts->contributors < 0) {
        return facts->row < 0 ? -1 : facts->row > 0;
    }
    return facts->contributors > 0 || facts->row > 0;
}

unsigned tables_primary(const TablesRules *rules, const TablesFacts *facts, unsigned *undecided) {
    int found[TABLES_REASON_COUNT] = {0};
    unsigned reasons = 0;
    if (rules->least > 0) {
        found[TABLES_FEW] = few(facts, rules->least);
    }
    if (rules->article_38) {
        found[TABLES_ARTICLE_38] = article_38(facts);
    }
    if (rules->n > 0) {
        found[TABLES_DOMINANCE] = dominance(facts, rules->n, rules->k);
    }
    if (asked(rules->p)) {
        found[TABLES_P_PERCENT] = estimable(facts, percent(rules->p));
    }
    if (asked(rules->pq)) {
        found[TABLES_PQ] = estimable(facts, rules->pq);
    }
    if (rules->zeros) {
        found[TABLES_ZERO] = zero(facts);
    }
    if (rules->group && facts->row > 0) {
        found[TABLES_GROUP_ALL] = facts->contributors < 0 ? -1 : facts->contributors == facts->row;
        found[TABLES_GROUP_NONE] = facts->contributors < 0 ? -1 : facts->contributors == 0;
    }
    *undecided = 0;
    for (int reason = 0; reason < TABLES_REASON_COUNT; reason++) {
        reasons |= found[reason] > 0 ? TABLES_BIT(reason) : 0;
        *undecided |= found[reason] < 0 ? TABLES_BIT(reason) : 0;
    }
    return reasons;
}

/* ---- protection ---- */

static Wide ceiling(Wide over, Wide under) {
    return over <= 0 ? 0 : (over + under - 1) / under;
}

static Wide larger(Wide a, Wide b) {
    return a > b ? a : b;
}

/* What the whole would have to be larger for the rule not to find the cell. */
static Wide lacking(const TablesRules *rules, const TablesFacts *facts, unsigned reasons) {
    Wide most = 0, sum, left;
    if ((reasons & TABLES_BIT(TABLES_DOMINANCE)) != 0 && rules->k.over > 0 &&
        top(facts, rules->n, &sum)) {
        most = ceiling(sum * 100 * rules->k.under, rules->k.over) - facts->whole;
    }
    if ((reasons & TABLES_BIT(TABLES_ARTICLE_38)) != 0 && facts->whole >= 0) {
        most = larger(most, ceiling(4 * (Wide)first(facts), 3) - facts->whole);
    }
    if ((reasons & TABLES_BIT(TABLES_P_PERCENT)) != 0 && rest(facts, &left)) {
        most = larger(
            most, ceiling((Wide)rules->p.over * first(facts), (Wide)rules->p.under * 100) - left);
    }
    if ((reasons & TABLES_BIT(TABLES_PQ)) != 0 && rest(facts, &left)) {
        most = larger(most, ceiling((Wide)rules->pq.over * first(facts), rules->pq.under) - left);
    }
    return most;
}

int64_t tables_protection(const TablesRules *rules, const TablesFacts *facts, unsigned reasons,
                          bool counts) {
    const Wide limit = INT64_MAX;
    Wide width = 1;
    if (rules->protection > 0) {
        return rules->protection;
    }
    if (counts) {
        width = larger(width, (reasons & TABLES_BIT(TABLES_FEW)) != 0 ? rules->least : 1);
        width = larger(width, (reasons & TABLES_BIT(TABLES_ARTICLE_38)) != 0 ? 3 : 1);
    } else {
        TablesRatio p = asked(rules->p) ? percent(rules->p) : (TablesRatio){10, 100};
        Wide value = facts->value < 0 ? -(Wide)facts->value : facts->value;
        /* of the larger end: p/(100 - p) of the value, and the whole value from p = 50 on */
        width =
            larger(width, 2 * p.over < p.under ? ceiling(value * p.over, p.under - p.over) : value);
        width = larger(width, lacking(rules, facts, reasons));
    }
    return (int64_t)(width < limit ? width : limit);
}

/*
** risk_reversal: does a column hold digests that a stranger can turn back into identifiers?
**
**   SELECT verdict, hash, identifier, salt FROM risk_reversal('pacjenci', 'pesel_sha');
**
** R1  One row. verdict: 'reversible' (an identifier was found), 'not reversed' (digests that withstood
**     the tries made, which proves nothing about others) or 'no digests' (fewer than nine in ten values
**     have the form of a digest).
** R2  The hash follows from the size of the digests; longer hashes may have been cut to it and get a
**     tenth of the tries. Identifiers: PESEL of people born 1920 to 2025, REGON of nine digits, NIP, telephone
**     numbers (mobile, and landlines of Łódź), bare and with +48 or 48.
** R3  Salts before and behind: the names of the column and the table, words and years that come to
**     everyone's mind (reversal_salts). Bare identifiers get most of the tries.
** R4  `tries` (100 million by default) bounds the work; `all` 1: after the first hit that attack goes
**     through all of its identifiers, so that `reversed` says how many digests fall.
** R5  No value that was found is shown, only how many.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <math.h>
#include <string.h>

#include "digest.h"
#include "load.h"
#include "reverse.h"
#include "tables.h"

#define USUAL_TRIES 100000000

static const char *const reversal_salts[] = {
    "salt", "sol",  "pepper", "secret", "sekret", "pesel", "hash", "lodz", "Łódź", "UMŁ",  "uml",
    "2018", "2019", "2020",   "2021",   "2022",   "2023",  "2024", "2025", "2026", "12345"};

typedef struct Reversal {
    SitoCall *call;
    RiskTargets targets;
    const char *form;
    SitoText column, table; /* as names; they may be salts */
    int64_t most;
    bool all;
    uint64_t tried, hits;
    RiskAttack attack; /* the one that hit */
    const char *place; /* where its salt stands */
} Reversal;

/* ---- the column ---- */

/* Reads the distinct values of the column; *size 0: they are no digests. */
static int read_targets(const RiskColumn *column, Reversal *reversal, size_t *size) {
    size_t counts[65] = {0}, values = 0, count = 0;
    unsigned char digest[64];
    *size = 0;
    for (uint32_t code = 0; code < column->count; code++) {
        RiskCell cell = risk_column_cell(column, code);
        values += cell.type != RISK_NULL;
        counts[risk_digest_read(&cell, digest, &reversal->form)]++;
    }
    for (size_t s = 1; s <= 64; s++) {
        *size = counts[s] > counts[*size] || (*size == 0 && counts[s] > 0) ? s : *size;
    }
    if (*size == 0 || (double)counts[*size] < 0.9 * (double)values) {
        *size = 0;
        return SITO_OK;
    }
    unsigned char *digests = sito_malloc(counts[*size] * *size);
    if (digests == NULL) {
        return SITO_NOMEM;
    }
    for (uint32_t code = 0; code < column->count; code++) {
        RiskCell cell = risk_column_cell(column, code);
        const char *form;
        if (risk_digest_read(&cell, digest, &form) == *size) {
            memcpy(digests + count++ * *size, digest, *size);
            reversal->form = form;
        }
    }
    return risk_targets_make(digests, *size, count, &reversal->targets);
}

/* ---- attacks ---- */

static int attack(Reversal *reversal, RiskAttack attack, const char *place, uint64_t tries) {
    uint64_t left = (uint64_t)reversal->most - reversal->tried;
    if (reversal->hits > 0 || left < RISK_BLOCK) {
        return SITO_OK;
    }
    tries = tries < left ? tries : left;
    int rc = risk_attack(&attack, &reversal->targets, tries, true, &reversal->call->watch,
                         &reversal->tried, &reversal->hits);
    if (rc == SITO_OK && reversal->hits > 0) {
        reversal->attack = attack;
        reversal->place = place;
    }
    return rc;
}

static int attack_salted(Reversal *reversal, RiskHash hash, SitoText salt, uint64_t tries) {
    int rc = SITO_OK;
    if (salt.size == 0 || salt.size > RISK_MOST_SALT) {
        return SITO_OK;
    }
    for (int i = 0; i <= RISK_PESEL && rc == SITO_OK; i++) {
        RiskAttack one = {.hash = hash, .identifier = (RiskIdentifier)i, .before = salt};
        rc = attack(reversal, one, "before", tries);
        one.before = (SitoText){0};
        one.after = salt;
        rc = rc == SITO_OK ? attack(reversal, one, "behind", tries) : rc;
    }
    return rc;
}

/* First a little of everything, so that a large column falls at once; then the bulk. */
static int attack_with(Reversal *reversal, RiskHash hash, uint64_t tries) {
    uint64_t bulk = tries / 5 * 3, taste = tries / 200 / 100 * 100;
    int rc = SITO_OK;
    for (int i = 0; i < RISK_IDENTIFIERS && rc == SITO_OK; i++) {
        RiskAttack bare = {.hash = hash, .identifier = (RiskIdentifier)i};
        rc = attack(reversal, bare, NULL, taste);
    }
    for (int i = 0; i < RISK_IDENTIFIERS && rc == SITO_OK; i++) {
        RiskAttack bare = {
            .hash = hash, .identifier = (RiskIdentifier)i, .passed = taste / RISK_BLOCK};
        rc = attack(reversal, bare, NULL, i == RISK_PESEL ? bulk : tries / 20);
    }
    RiskAttack phone = {.hash = hash, .identifier = RISK_PHONE, .before = SITO_LITERAL("+48")};
    rc = rc == SITO_OK ? attack(reversal, phone, "before", taste) : rc;
    phone.before = SITO_LITERAL("48");
    rc = rc == SITO_OK ? attack(reversal, phone, "before", taste) : rc;
    rc = rc == SITO_OK ? attack_salted(reversal, hash, reversal->column, taste) : rc;
    rc = rc == SITO_OK ? attack_salted(reversal, hash, reversal->table, taste) : rc;
    for (size_t i = 0; i < SITO_COUNT(reversal_salts) && rc == SITO_OK; i++) {
        SitoText salt = {.data = reversal_salts[i], .size = strlen(reversal_salts[i])};
        rc = attack_salted(reversal, hash, salt, taste);
    }
    return rc;
}

static int attack_all(Reversal *reversal, size_t size) {
    int whole = RISK_HASHES, cut = 0, rc = SITO_OK;
    for (int hash = 0; hash < RISK_HASHES; hash++) {
        whole = risk_hash_sizes[hash] == size ? hash : whole;
        cut += risk_hash_sizes[hash] > size;
    }
    uint64_t most = (uint64_t)reversal->most, spare = whole == RISK_HASHES ? most : most / 10;
    spare = cut > 0 ? spare / (uint64_t)cut : 0;
    if (whole != RISK_HASHES) {
        rc = attack_with(reversal, (RiskHash)whole, cut > 0 ? most / 10 * 9 : most);
    }
    for (int hash = 0; hash < RISK_HASHES && rc == SITO_OK; hash++) {
        if (risk_hash_sizes[hash] > size) {
            rc = attack_with(reversal, (RiskHash)hash, spare);
        }
    }
    if (rc == SITO_OK && reversal->hits > 0 && reversal->all) {
        uint64_t tried = 0, space = risk_attack_space(reversal->attack.identifier) + 100;
        reversal->attack.passed = 0;
        rc = risk_attack(&reversal->attack, &reversal->targets, space, false,
                         &reversal->call->watch, &tried, &reversal->hits);
        reversal->tried += tried;
    }
    return rc;
}

/* ---- the answer ---- */

static int answer(Reversal *reversal, size_t size, size_t values) {
    SitoAnswer *out = &reversal->call->answer;
    const RiskAttack *hit = &reversal->attack;
    bool found = reversal->hits > 0;
    SitoText salt = hit->before.size > 0 ? hit->before : hit->after;
    int rc = sito_answer_string(out, found      ? "reversible"
                                     : size > 0 ? "not reversed"
                                                : "no digests");
    rc = rc == SITO_OK ? sito_answer_string(out, found ? risk_hash_names[hit->hash] : NULL) : rc;
    rc = rc == SITO_OK ? sito_answer_string(out, size > 0 ? reversal->form : NULL) : rc;
    rc = rc == SITO_OK
             ? sito_answer_string(out, found ? risk_identifier_names[hit->identifier] : NULL)
             : rc;
    rc = rc != SITO_OK ? rc : found ? sito_answer_text(out, salt) : sito_answer_null(out);
    rc = rc == SITO_OK ? sito_answer_string(out, reversal->place) : rc;
    rc = rc == SITO_OK
             ? sito_answer_integer(out, (int64_t)(size > 0 ? reversal->targets.count : values))
             : rc;
    rc = rc == SITO_OK ? sito_answer_integer(out, (int64_t)reversal->hits) : rc;
    rc = rc == SITO_OK ? sito_answer_integer(out, (int64_t)reversal->tried) : rc;
    return rc == SITO_OK
               ? sito_answer_integer(out, found ? (int64_t)risk_attack_space(hit->identifier) : 0)
               : rc;
}

int risk_reversal_run(SitoCall *call) {
    RiskLoad load = {0};
    Reversal reversal = {.call = call};
    SitoName name = {0};
    SitoText table;
    int64_t all;
    size_t size = 0;
    int rc =
        sito_call_integer(call, 2, "tries", 1, INT64_C(1000000000000), USUAL_TRIES, &reversal.most);
    rc = rc == SITO_OK ? sito_call_integer(call, 3, "all", 0, 1, 0, &all) : rc;
    rc = rc == SITO_OK ? risk_load_columns(call, &load, 1) : rc;
    rc = rc == SITO_OK ? sito_call_text(call, 0, &table) : rc;
    rc = rc == SITO_OK ? sito_name_parse(table, &name, &call->error) : rc;
    if (rc == SITO_OK && load.sensitive.count != 1) {
        rc = sito_error(&call->error, SITO_ERROR, "it looks at one column at a time");
    }
    if (rc == SITO_OK) {
        reversal.all = all == 1;
        reversal.column = (SitoText){load.sensitive.names[0], strlen(load.sensitive.names[0])};
        reversal.table = (SitoText){name.table, strlen(name.table)};
        rc = read_targets(&load.gather.sensitive[0], &reversal, &size);
    }
    rc = rc == SITO_OK && size > 0 ? attack_all(&reversal, size) : rc;
    if (rc == SITO_OK) {
        rc = answer(&reversal, size, load.gather.sensitive[0].count);
    }
    risk_targets_free(&reversal.targets);
    sito_name_free(&name);
    risk_load_free(&load);
    return rc;
}

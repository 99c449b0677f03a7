/*
** Digests of identifiers turned back: all possible identifiers are hashed and looked up.
**
** There are 387 million PESELs of people born from 1920 to 2025, and a machine hashes all of them in
** seconds. A digest of such a number, with or without a salt that can be guessed, hides nothing; an
** HMAC under a secret key does.
**
** R1  Identifiers are tried in blocks of 100 (the last two free digits), the blocks in an order that
**     scatters over the whole space, so that a column of many digests is caught after few tries; of PESELs those of people born from
**     1940 to 2005 come first.
** R2  The order is fixed; nothing depends on chance or time.
** R3  A hit is a digest that agrees in all of its bytes, at least RISK_LEAST_DIGEST.
** R4  Salts and identifiers together fit into one block of the hash: each try is one compression.
*/
#ifndef SITO_RISK_REVERSE_H
#define SITO_RISK_REVERSE_H

#include "base/sito.h"
#include "base/watch.h"

enum {
    RISK_BLOCK = 100, /* identifiers with one head */
    RISK_LEAST_DIGEST = 8,
    RISK_MOST_DIGEST = 64,
    RISK_MOST_SALT = 40
};

typedef enum RiskHash { RISK_MD5, RISK_SHA1, RISK_SHA256, RISK_SHA512, RISK_HASHES } RiskHash;
typedef enum RiskIdentifier {
    RISK_PESEL,
    RISK_REGON,
    RISK_NIP,
    RISK_PHONE,
    RISK_IDENTIFIERS
} RiskIdentifier;

extern const char *const risk_hash_names[RISK_HASHES];
extern const size_t risk_hash_sizes[RISK_HASHES];
extern const char *const risk_identifier_names[RISK_IDENTIFIERS];

/* The digests to look for, each of the same size, sorted and without repetition. */
typedef struct RiskTargets {
    unsigned char *digests;
    size_t size, count;
    bool *found;
    uint64_t *filter; /* bit of the first 32 bits of each digest, taken modulo filter_bits */
    size_t filter_bits;
} RiskTargets;

/* Sorts `count` digests of `size` bytes, which it takes over. */
int risk_targets_make(unsigned char *digests, size_t size, size_t count,
                      RiskTargets *targets) SITO_MUST_CHECK;
void risk_targets_free(RiskTargets *targets);

/* Where a digest is noted as found, or NULL: it is none of the targets. */
bool *risk_targets_find(const RiskTargets *targets, const unsigned char *digest);

typedef struct RiskAttack {
    RiskHash hash;
    RiskIdentifier identifier;
    SitoText before, after; /* what stands before and behind the identifier */
    uint64_t passed;        /* blocks that an earlier call has tried */
} RiskAttack;

/* Identifiers that an attack can try, wrong check digits not counted. */
uint64_t risk_attack_space(RiskIdentifier identifier);

/* Tries up to `most` identifiers. *tried and *hits are added to. With stop_at_hit the block of the
** first hit is the last. */
int risk_attack(const RiskAttack *attack, RiskTargets *targets, uint64_t most, bool stop_at_hit,
                const SitoWatch *watch, uint64_t *tried, uint64_t *hits) SITO_MUST_CHECK;

#endif

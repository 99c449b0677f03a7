/*
** Enumerates identifiers and hashes them (reverse.h).
**
** The one-block functions of libcrypto are called directly: its general interface costs several times
** the compression itself. They are old but public, and use the processor's SHA instructions.
*/
#define OPENSSL_SUPPRESS_DEPRECATED
#include "reverse.h"

#include <openssl/md5.h>
#include <openssl/sha.h>
#include <string.h>

enum {
    LONGEST_HEAD = 8,
    MOST_BYTES = 128, /* of a block of SHA-512 */
    AHEAD = 10,       /* blocks written before the first is hashed; one for each last free digit */
    FIRST_YEAR = 1920,
    LIKELY_FIRST = 1940, /* most people in a register were born in these years */
    LIKELY_LAST = 2005,
    LAST_YEAR = 2025,
    ASK_EVERY = 4096 /* blocks between two questions to the watch */
};

const char *const risk_hash_names[RISK_HASHES] = {"md5", "sha1", "sha256", "sha512"};
const size_t risk_hash_sizes[RISK_HASHES] = {16, 20, 32, 64};
const char *const risk_identifier_names[RISK_IDENTIFIERS] = {"pesel", "regon", "nip", "phone"};

/* ---- one compression ---- */

typedef struct Hasher {
    RiskHash hash;
    unsigned char blocks[AHEAD][MOST_BYTES];
    union {
        MD5_CTX md5;
        SHA_CTX sha1;
        SHA256_CTX sha256;
        SHA512_CTX sha512;
    } start, state;
} Hasher;

static void put_length(const Hasher *hasher, unsigned char *block, size_t size) {
    uint64_t bits = (uint64_t)size * 8;
    size_t end = hasher->hash == RISK_SHA512 ? 128 : 64;
    for (size_t i = 0; i < 8; i++) {
        unsigned char byte = (unsigned char)(bits >> 8 * i);
        block[hasher->hash == RISK_MD5 ? 56 + i : end - 1 - i] = byte;
    }
}

/* Blocks of a message of `size` bytes, padded; the message is filled in later. */
static void hasher_start(Hasher *hasher, RiskHash hash, size_t size) {
    memset(hasher, 0, sizeof *hasher);
    hasher->hash = hash;
    for (int i = 0; i < AHEAD; i++) {
        hasher->blocks[i][size] = 0x80;
        put_length(hasher, hasher->blocks[i], size);
    }
    if (hash == RISK_MD5) {
        MD5_Init(&hasher->start.md5);
    } else if (hash == RISK_SHA1) {
        SHA1_Init(&hasher->start.sha1);
    } else if (hash == RISK_SHA256) {
        SHA256_Init(&hasher->start.sha256);
    } else {
        SHA512_Init(&hasher->start.sha512);
    }
}

/* Compresses a block and gives the first 32 bits of the digest. */
static inline uint32_t hasher_run(Hasher *hasher, RiskHash hash, const unsigned char *block) {
    switch (hash) {
    case RISK_SHA256:
        memcpy(hasher->state.sha256.h, hasher->start.sha256.h, sizeof hasher->start.sha256.h);
        SHA256_Transform(&hasher->state.sha256, block);
        return hasher->state.sha256.h[0];
    case RISK_MD5:
        hasher->state.md5 = hasher->start.md5;
        MD5_Transform(&hasher->state.md5, block);
        return __builtin_bswap32(hasher->state.md5.A);
    case RISK_SHA1:
        hasher->state.sha1 = hasher->start.sha1;
        SHA1_Transform(&hasher->state.sha1, block);
        return hasher->state.sha1.h0;
    default:
        memcpy(hasher->state.sha512.h, hasher->start.sha512.h, sizeof hasher->start.sha512.h);
        SHA512_Transform(&hasher->state.sha512, block);
        return (uint32_t)(hasher->state.sha512.h[0] >> 32);
    }
}

static void put_word(unsigned char *out, uint64_t word, size_t bytes, bool little) {
    for (size_t i = 0; i < bytes; i++) {
        size_t shift = little ? i : bytes - 1 - i;
        out[i] = (unsigned char)(word >> 8 * shift);
    }
}

static void hasher_digest(const Hasher *hasher, unsigned char digest[RISK_MOST_DIGEST]) {
    const MD5_CTX *md5 = &hasher->state.md5;
    const SHA_CTX *sha1 = &hasher->state.sha1;
    uint32_t words5[] = {md5->A, md5->B, md5->C, md5->D};
    uint32_t words1[] = {sha1->h0, sha1->h1, sha1->h2, sha1->h3, sha1->h4};
    for (size_t i = 0; i < 8; i++) {
        if (hasher->hash == RISK_SHA256) {
            put_word(digest + 4 * i, hasher->state.sha256.h[i], 4, false);
        } else if (hasher->hash == RISK_SHA512) {
            put_word(digest + 8 * i, hasher->state.sha512.h[i], 8, false);
        } else if (hasher->hash == RISK_MD5 && i < 4) {
            put_word(digest + 4 * i, words5[i], 4, true);
        } else if (hasher->hash == RISK_SHA1 && i < 5) {
            put_word(digest + 4 * i, words1[i], 4, false);
        }
    }
}

/* ---- identifiers ---- */

/* A head is the digits before the last two free ones. The check digit follows from the weighted sum
** modulo `modulus` (0: there is none): digit_of_rest, where NUL says that such numbers are not given
** out (a NIP of rest 10; a REGON writes it as 0). */
typedef struct Kind {
    int head_digits, modulus;
    unsigned char weights[10];
    char digit_of_rest[12];
} Kind;

static const Kind kinds[RISK_IDENTIFIERS] = {
    [RISK_PESEL] = {8, 10, {1, 3, 7, 9, 1, 3, 7, 9, 1, 3}, "0987654321"},
    [RISK_REGON] = {6, 11, {8, 9, 2, 3, 4, 5, 6, 7}, "01234567890"},
    [RISK_NIP] = {7, 11, {6, 5, 7, 2, 3, 4, 5, 6, 7}, "0123456789"},
    [RISK_PHONE] = {.head_digits = 7},
};

/* What mobile numbers begin with, and the landlines of Łódź. */
static const char phone_prefixes[][3] = {"45", "50", "51", "53", "57", "60", "66",
                                         "69", "72", "73", "78", "79", "88", "42"};

enum { DAYS_MOST = (LAST_YEAR - FIRST_YEAR + 1) * 366 };

static bool is_leap(int year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* The days of one year as six digits, YYMMDD with the century in the month. */
static uint32_t list_year(int year, char (*days)[6]) {
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    uint32_t count = 0;
    for (int month = 1; month <= 12; month++) {
        int last = lengths[month - 1] + (month == 2 && is_leap(year));
        int coded = month + (year >= 2000 ? 20 : 0);
        for (int day = 1; day <= last; day++, count++) {
            int parts[] = {year % 100, coded, day};
            for (int i = 0; i < 3; i++) {
                days[count][2 * i] = (char)('0' + parts[i] / 10);
                days[count][2 * i + 1] = (char)('0' + parts[i] % 10);
            }
        }
    }
    return count;
}

/* All days of birth, those of the likely years first; *likely is their number. */
static uint32_t list_days(char (*days)[6], uint32_t *likely) {
    uint32_t count = 0;
    for (int year = LIKELY_FIRST; year <= LIKELY_LAST; year++) {
        count += list_year(year, days + count);
    }
    *likely = count;
    for (int year = FIRST_YEAR; year <= LAST_YEAR; year++) {
        if (year < LIKELY_FIRST || year > LIKELY_LAST) {
            count += list_year(year, days + count);
        }
    }
    return count;
}

static uint64_t count_heads(RiskIdentifier identifier, uint32_t days) {
    switch (identifier) {
    case RISK_PESEL:
        return (uint64_t)days * 100;
    case RISK_REGON:
        return 1000000;
    case RISK_NIP:
        return 9000000; /* the first digit is no zero */
    default:
        return SITO_COUNT(phone_prefixes) * 100000;
    }
}

static void put_digits(char *out, uint64_t number, int digits) {
    for (int i = digits - 1; i >= 0; i--, number /= 10) {
        out[i] = (char)('0' + number % 10);
    }
}

static void put_head(RiskIdentifier identifier, const char (*days)[6], uint64_t head, char *out) {
    switch (identifier) {
    case RISK_PESEL:
        memcpy(out, days[head / 100], 6);
        put_digits(out + 6, head % 100, 2);
        break;
    case RISK_REGON:
        put_digits(out, head, 6);
        break;
    case RISK_NIP:
        put_digits(out, head + 1000000, 7);
        break;
    default:
        memcpy(out, phone_prefixes[head / 100000], 2);
        put_digits(out + 2, head % 100000, 5);
        break;
    }
}

uint64_t risk_attack_space(RiskIdentifier identifier) {
    uint32_t days = 0;
    for (int year = FIRST_YEAR; year <= LAST_YEAR; year++) {
        days += is_leap(year) ? 366 : 365;
    }
    uint64_t all = count_heads(identifier, days) * RISK_BLOCK;
    return identifier == RISK_NIP ? all / 11 * 10 : all; /* a check of 10 is not given out */
}

/* ---- the search ---- */

typedef struct Search {
    const RiskAttack *attack;
    RiskTargets *targets;
    Hasher hasher;
    char *identifiers[AHEAD]; /* in each block */
    uint64_t tried, hits;
} Search;

static void look_up(Search *search) {
    unsigned char digest[RISK_MOST_DIGEST] = {0};
    RiskTargets *targets = search->targets;
    hasher_digest(&search->hasher, digest);
    bool *found = risk_targets_find(targets, digest);
    if (found != NULL) {
        search->hits += !*found;
        *found = true;
    }
}

/* Tries the block whose head stands in place. Inlined once for each hash, so that the inner loop knows
** what it calls; the check digit is carried along instead of being divided out. */
static inline void try_block_with(Search *search, RiskHash hash) {
    const Kind *kind = &kinds[search->attack->identifier];
    const RiskTargets *targets = search->targets;
    const uint32_t mask = (uint32_t)(targets->filter_bits - 1);
    const int modulus = kind->modulus == 0 ? 10 : kind->modulus;
    const int tens_weight = kind->weights[kind->head_digits] % modulus;
    const int ones_weight = kind->weights[kind->head_digits + 1] % modulus;
    int head_sum = 0;
    for (int i = 0; i < kind->head_digits; i++) {
        head_sum += kind->weights[i] * (search->identifiers[0][i] - '0');
    }
    head_sum %= modulus;
    for (int i = 1; i < AHEAD; i++) {
        memcpy(search->identifiers[i], search->identifiers[0], (size_t)kind->head_digits);
    }
    for (int tens = 0; tens < 10; tens++) {
        int rest = head_sum;
        for (int ones = 0; ones < AHEAD; ones++) {
            char *tail = search->identifiers[ones] + kind->head_digits;
            tail[0] = (char)('0' + tens);
            if (kind->modulus != 0) {
                tail[2] = kind->digit_of_rest[rest];
            }
            rest += ones_weight;
            rest -= rest >= modulus ? modulus : 0;
        }
        for (int ones = 0; ones < AHEAD; ones++) {
            if (kind->modulus != 0 && search->identifiers[ones][kind->head_digits + 2] == 0) {
                continue; /* not given out */
            }
            uint32_t bit = hasher_run(&search->hasher, hash, search->hasher.blocks[ones]) & mask;
            search->tried++;
            if ((targets->filter[bit / 64] >> bit % 64 & 1) != 0) {
                look_up(search);
            }
        }
        head_sum += tens_weight;
        head_sum -= head_sum >= modulus ? modulus : 0;
    }
}

static void try_block(Search *search) {
    switch (search->attack->hash) {
    case RISK_SHA256:
        try_block_with(search, RISK_SHA256);
        break;
    case RISK_MD5:
        try_block_with(search, RISK_MD5);
        break;
    case RISK_SHA1:
        try_block_with(search, RISK_SHA1);
        break;
    default:
        try_block_with(search, RISK_SHA512);
        break;
    }
}

static size_t identifier_size(RiskIdentifier identifier) {
    const Kind *kind = &kinds[identifier];
    return (size_t)kind->head_digits + 2 + (kind->modulus != 0);
}

/* A step that visits all heads in turn: near the golden section of their number, and coprime to it. */
static uint64_t scatter_step(uint64_t heads) {
    uint64_t step = (uint64_t)((double)heads * 0.6180339887498949) | 1;
    for (;; step += 2) {
        uint64_t a = heads, b = step;
        while (b != 0) {
            uint64_t rest = a % b;
            a = b;
            b = rest;
        }
        if (a == 1) {
            return step;
        }
    }
}

/* Tries the heads from `first` to before `end`, except for *passed blocks, which it counts down. */
static int run(Search *search, const char (*days)[6], uint64_t first, uint64_t end,
               uint64_t *passed, uint64_t most, bool stop_at_hit, const SitoWatch *watch) {
    if (first >= end) {
        return SITO_OK;
    }
    uint64_t heads = end - first, step = scatter_step(heads);
    uint64_t skip = *passed < heads ? *passed : heads;
    uint64_t head = skip * step % heads;
    int rc = SITO_OK;
    *passed -= skip;
    for (uint64_t i = skip; i < heads && rc == SITO_OK && search->tried + RISK_BLOCK <= most; i++) {
        put_head(search->attack->identifier, days, first + head, search->identifiers[0]);
        try_block(search);
        if (stop_at_hit && search->hits > 0) {
            break;
        }
        head = (head + step) % heads;
        rc = i % ASK_EVERY == ASK_EVERY - 1 ? sito_watch_ask(watch) : SITO_OK;
    }
    return rc;
}

/* Salts and the last free digit, which stay as they are. The blocks are written some tries ahead: a
** processor that loads bytes it has just stored waits for them. */
static void fill_blocks(Search *search, size_t middle) {
    const RiskAttack *attack = search->attack;
    for (int i = 0; i < AHEAD; i++) {
        char *block = (char *)search->hasher.blocks[i];
        search->identifiers[i] = block + attack->before.size;
        if (attack->before.size > 0) {
            memcpy(block, attack->before.data, attack->before.size);
        }
        if (attack->after.size > 0) {
            memcpy(search->identifiers[i] + middle, attack->after.data, attack->after.size);
        }
        search->identifiers[i][kinds[attack->identifier].head_digits + 1] = (char)('0' + i);
    }
}

int risk_attack(const RiskAttack *attack, RiskTargets *targets, uint64_t most, bool stop_at_hit,
                const SitoWatch *watch, uint64_t *tried, uint64_t *hits) {
    size_t middle = identifier_size(attack->identifier);
    Search *search = sito_malloc(sizeof *search);
    char(*days)[6] = sito_malloc(DAYS_MOST * sizeof *days);
    int rc = search != NULL && days != NULL ? SITO_OK : SITO_NOMEM;
    if (rc == SITO_OK) {
        memset(search, 0, sizeof *search);
        search->attack = attack;
        search->targets = targets;
        hasher_start(&search->hasher, attack->hash,
                     attack->before.size + middle + attack->after.size);
        fill_blocks(search, middle);
        uint32_t likely = 0, day_count = list_days(days, &likely);
        uint64_t heads = count_heads(attack->identifier, day_count), passed = attack->passed;
        uint64_t first = attack->identifier == RISK_PESEL ? (uint64_t)likely * 100 : heads;
        const char(*list)[6] = (const char(*)[6])days;
        rc = run(search, list, 0, first, &passed, most, stop_at_hit, watch);
        if (rc == SITO_OK && first < heads && !(stop_at_hit && search->hits > 0)) {
            rc = run(search, list, first, heads, &passed, most, stop_at_hit, watch);
        }
        *tried += search->tried;
        *hits += search->hits;
    }
    sito_free(search);
    sito_free(days);
    return rc;
}

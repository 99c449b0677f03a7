/*
** Vectors of hidden cells (hidden.h).
*/
#include "hidden.h"

#include <string.h>

int hidden_start(Hidden *hidden, size_t positions, size_t guarded, bool singles) {
    *hidden = (Hidden){.positions = positions, .budget.left = SPARSE_MOST_ENTRIES};
    hidden->columns = sito_malloc((positions + 1) * sizeof *hidden->columns);
    if (hidden->columns == NULL) {
        return SITO_NOMEM;
    }
    memset(hidden->columns, 0, (positions + 1) * sizeof *hidden->columns);
    if (singles) {
        for (hidden->bucket_count = 16; hidden->bucket_count < guarded * 2;) {
            hidden->bucket_count *= 2;
        }
        hidden->buckets = sito_malloc(hidden->bucket_count * sizeof *hidden->buckets);
        if (hidden->buckets == NULL) {
            return SITO_NOMEM;
        }
        memset(hidden->buckets, 0xff, hidden->bucket_count * sizeof *hidden->buckets);
    }
    return SITO_OK;
}

void hidden_free(Hidden *hidden) {
    for (size_t i = 0; i < hidden->count; i++) {
        sparse_free(&hidden->vectors[i].vector, &hidden->budget);
    }
    for (size_t i = 0; hidden->columns != NULL && i < hidden->positions; i++) {
        sito_free(hidden->columns[i].list);
    }
    sito_free(hidden->vectors);
    sito_free(hidden->columns);
    sito_free(hidden->buckets);
    sito_free(hidden->budget.scratch);
    *hidden = (Hidden){0};
}

/* ---- images ---- */

static void image_of(const SparseVector *vector, uint64_t image[3]) {
    memset(image, 0, 3 * sizeof *image);
    for (size_t i = 0; i < vector->count; i++) {
        for (uint64_t k = 0; k < 3; k++) {
            uint64_t drawn = field_drawn((uint64_t)vector->entries[i].at * 3 + k);
            image[k] = field_add(image[k], field_multiply(vector->entries[i].value, drawn));
        }
    }
}

/* One number for all multiples of an image. */
static uint64_t direction(const uint64_t image[3]) {
    uint64_t inverse = field_inverse(image[0]);
    uint64_t a = field_multiply(image[1], inverse), b = field_multiply(image[2], inverse);
    return field_add(a, field_multiply(b, 0x1234567890abcdefu & FIELD_PRIME));
}

static uint64_t cross(const uint64_t a[3], const uint64_t b[3], int i, int j) {
    return field_subtract(field_multiply(a[i], b[j]), field_multiply(a[j], b[i]));
}

static bool parallel(const uint64_t a[3], const uint64_t b[3]) {
    return cross(a, b, 0, 1) == 0 && cross(a, b, 0, 2) == 0 && cross(a, b, 1, 2) == 0;
}

static bool in_one_plane(const uint64_t a[3], const uint64_t b[3], const uint64_t c[3]) {
    uint64_t sum = field_multiply(a[0], cross(b, c, 1, 2));
    sum = field_subtract(sum, field_multiply(a[1], cross(b, c, 0, 2)));
    return field_add(sum, field_multiply(a[2], cross(b, c, 0, 1))) == 0;
}

/* ---- guarded vectors by direction ---- */

static void file(Hidden *hidden, uint32_t number) {
    HiddenVector *vector = &hidden->vectors[number];
    if (hidden->buckets != NULL && vector->guarded) {
        vector->key = direction(vector->image);
        uint32_t *bucket = &hidden->buckets[vector->key & (hidden->bucket_count - 1)];
        vector->next = *bucket;
        *bucket = number;
    }
}

static void take_out(Hidden *hidden, uint32_t number) {
    HiddenVector *vector = &hidden->vectors[number];
    if (hidden->buckets != NULL && vector->guarded) {
        uint32_t *link = &hidden->buckets[vector->key & (hidden->bucket_count - 1)];
        while (*link != number) {
            link = &hidden->vectors[*link].next;
        }
        *link = vector->next;
    }
}

static int note(Hidden *hidden, uint32_t at, uint32_t number) {
    HiddenColumn *column = &hidden->columns[at];
    if (column->count == column->room) {
        int rc = sito_grow((void **)&column->list, &column->room, column->count + 1,
                           sizeof *column->list, SPARSE_MOST_ENTRIES);
        if (rc != SITO_OK) {
            return rc;
        }
    }
    column->list[column->count++] = number;
    return SITO_OK;
}

int hidden_add(Hidden *hidden, SparseVector *vector, bool guarded, bool single, uint32_t *number) {
    int rc = sito_grow((void **)&hidden->vectors, &hidden->room, hidden->count + 1,
                       sizeof *hidden->vectors, SPARSE_MOST_ENTRIES);
    if (rc != SITO_OK) {
        sparse_free(vector, &hidden->budget);
        return rc;
    }
    *number = (uint32_t)hidden->count++;
    HiddenVector *added = &hidden->vectors[*number];
    *added = (HiddenVector){.vector = *vector, .guarded = guarded, .single = single};
    *vector = (SparseVector){0};
    image_of(&added->vector, added->image);
    file(hidden, *number);
    for (size_t i = 0; i < added->vector.count && rc == SITO_OK; i++) {
        rc = note(hidden, added->vector.entries[i].at, *number);
    }
    return rc;
}

/* ---- publishing ---- */

/* The position of the vector that the fewest hidden vectors have. */
static uint32_t rarest(const Hidden *hidden, const SparseVector *vector) {
    uint32_t best = vector->entries[0].at;
    for (size_t i = 1; i < vector->count; i++) {
        uint32_t at = vector->entries[i].at;
        best = hidden->columns[at].count < hidden->columns[best].count ? at : best;
    }
    return best;
}

static int reduce(Hidden *hidden, uint32_t number, uint64_t factor, const SparseVector *by,
                  const uint64_t image[3]) {
    HiddenVector *vector = &hidden->vectors[number];
    int rc = SITO_OK;
    for (size_t i = 0; i < by->count && rc == SITO_OK && by->count > 1; i++) {
        if (sparse_at(&vector->vector, by->entries[i].at) == 0) {
            rc = note(hidden, by->entries[i].at, number);
        }
    }
    rc = rc == SITO_OK ? sparse_add(&vector->vector, factor, by, &hidden->budget) : rc;
    if (rc != SITO_OK) {
        return rc;
    }
    take_out(hidden, number);
    for (int k = 0; k < 3; k++) {
        vector->image[k] = field_add(vector->image[k], field_multiply(factor, image[k]));
    }
    file(hidden, number);
    return SITO_OK;
}

int hidden_publish(Hidden *hidden, const SparseVector *vector) {
    uint64_t image[3];
    uint32_t at = rarest(hidden, vector);
    HiddenColumn column = hidden->columns[at]; /* nothing is added to it: the entry goes */
    uint64_t inverse = field_negative(field_inverse(sparse_at(vector, at)));
    int rc = SITO_OK;
    image_of(vector, image);
    for (size_t i = 0; i < column.count && rc == SITO_OK; i++) {
        uint64_t value = sparse_at(&hidden->vectors[column.list[i]].vector, at);
        if (value != 0) {
            rc = reduce(hidden, column.list[i], field_multiply(value, inverse), vector, image);
        }
    }
    sito_free(hidden->columns[at].list);
    hidden->columns[at] = (HiddenColumn){0};
    return rc;
}

/* ---- harm ---- */

/* Guarded vectors of the direction of `image`, other than `not`, one of the two being single. */
static bool finds_partner(const Hidden *hidden, const uint64_t image[3], uint32_t not ) {
    uint64_t key = direction(image);
    uint32_t number = hidden->buckets[key & (hidden->bucket_count - 1)];
    for (; number != UINT32_MAX; number = hidden->vectors[number].next) {
        const HiddenVector *other = &hidden->vectors[number];
        if (number != not &&other->key == key && (other->single || hidden->vectors[not ].single) &&
            parallel(other->image, image)) {
            return true;
        }
    }
    return false;
}

/* The vector and this one span the direction of another: of one that lacks the position `at`, or of one
** further down its column. */
static bool reveals_with(const Hidden *hidden, const SparseVector *vector, const uint64_t image[3],
                         uint32_t at, size_t i) {
    const HiddenColumn *column = &hidden->columns[at];
    const HiddenVector *one = &hidden->vectors[column->list[i]];
    uint64_t factor =
        field_multiply(sparse_at(vector, at), field_inverse(sparse_at(&one->vector, at)));
    uint64_t rest[3];
    for (int k = 0; k < 3; k++) {
        rest[k] = field_subtract(image[k], field_multiply(factor, one->image[k]));
    }
    if (finds_partner(hidden, rest, column->list[i])) {
        return true;
    }
    for (size_t j = i + 1; j < column->count; j++) {
        const HiddenVector *two = &hidden->vectors[column->list[j]];
        if (two != one && two->guarded && (one->single || two->single) &&
            in_one_plane(image, one->image, two->image) && !parallel(one->image, two->image) &&
            sparse_at(&two->vector, at) != 0) {
            return true;
        }
    }
    return false;
}

bool hidden_reveals(const Hidden *hidden, const SparseVector *vector) {
    uint64_t image[3];
    uint32_t at = rarest(hidden, vector);
    const HiddenColumn *column = &hidden->columns[at];
    if (column->count > 0) {
        image_of(vector, image);
    }
    for (size_t i = 0; i < column->count; i++) {
        const HiddenVector *one = &hidden->vectors[column->list[i]];
        if (one->guarded && one->vector.count > 0 && sparse_at(&one->vector, at) != 0 &&
            (parallel(image, one->image) ||
             (hidden->buckets != NULL && reveals_with(hidden, vector, image, at, i)))) {
            return true;
        }
    }
    return false;
}

/*
** Codes of a dimension (tree.h).
*/
#include "tree.h"

#include <stdlib.h>
#include <string.h>

#include "system.h"

static int add_code(TablesTree *tree, SitoText text, uint32_t *code, bool *fresh) {
    int rc = anon_dictionary_code(&tree->codes, text, code, fresh);
    rc = rc == SITO_OK ? sito_grow((void **)&tree->parents, &tree->room, tree->codes.count,
                                   sizeof *tree->parents, (size_t)1 << 31)
                       : rc;
    if (rc == SITO_OK && *fresh) {
        tree->parents[*code] = TABLES_NO_CODE;
    }
    return rc;
}

static int two_meanings(char **error) {
    return sito_error(error, SITO_ERROR,
                      "one text stands for two things: at two levels of the hierarchy, or as a "
                      "value and as the total; write one of them differently");
}

/* The code below goes under this one; the same text is the same code. */
static int put_under(TablesTree *tree, uint32_t below, uint32_t above, char **error) {
    if (below == above) {
        return SITO_OK;
    }
    if ((tree->parents[below] != TABLES_NO_CODE && tree->parents[below] != above)) {
        return two_meanings(error);
    }
    tree->parents[below] = above;
    return SITO_OK;
}

/* One value, from its code up to the total. */
static int add_value(TablesTree *tree, size_t value, SitoText text, const AnonHierarchy *hierarchy,
                     int least, char **error) {
    int height = hierarchy != NULL ? anon_hierarchy_height(hierarchy) : 1, rc = SITO_OK;
    uint32_t below = TABLES_NO_CODE, code = 0;
    SitoBuffer out = {0};
    for (int level = least; level < height && rc == SITO_OK; level++) {
        const char *reason = "is not covered by the hierarchy";
        bool is_null = text.data == NULL, fresh;
        SitoText at = text;
        if (hierarchy != NULL && level > 0) {
            out.size = 0;
            rc = anon_hierarchy_level(hierarchy, text, level, &out, &is_null, &reason);
            at = is_null ? (SitoText){0} : (SitoText){out.data != NULL ? out.data : "", out.size};
        }
        if (rc == SITO_ERROR) {
            rc = sito_error(error, rc, "a value %s", reason);
        }
        rc = rc == SITO_OK ? add_code(tree, at, &code, &fresh) : rc;
        rc = rc == SITO_OK && code == 0 ? two_meanings(error) : rc;
        if (rc == SITO_OK && below == TABLES_NO_CODE) {
            tree->leaves[value] = code;
        } else if (rc == SITO_OK) {
            rc = put_under(tree, below, code, error);
        }
        below = code;
    }
    if (rc == SITO_OK && below == TABLES_NO_CODE) {
        tree->leaves[value] = 0; /* the column is left out whole */
    } else if (rc == SITO_OK) {
        rc = put_under(tree, below, 0, error);
    }
    sito_buffer_free(&out);
    return rc;
}

/* The way up from each code ends at the total, or two texts are mixed up. */
static int check_ways(const TablesTree *tree, char **error) {
    for (uint32_t code = 0; code < tree->codes.count; code++) {
        int steps = 0;
        for (uint32_t up = code; up != 0; up = tree->parents[up]) {
            if (++steps > ANON_MOST_LEVELS || tree->parents[up] == TABLES_NO_CODE) {
                return two_meanings(error);
            }
        }
    }
    return SITO_OK;
}

static int measure_depths(TablesTree *tree) {
    tree->depths = sito_malloc(tree->codes.count + 1);
    if (tree->depths == NULL) {
        return SITO_NOMEM;
    }
    tree->depths[0] = 0;
    for (uint32_t code = 1; code < tree->codes.count; code++) {
        /* a code above comes before those below it */
        tree->depths[code] = (uint8_t)(tree->depths[tree->parents[code]] + 1);
        tree->depth = tree->depths[code] > tree->depth ? tree->depths[code] : tree->depth;
    }
    return SITO_OK;
}

/* A value that is also a code above others would be counted twice. */
static int check_leaves(const TablesTree *tree, char **error) {
    for (size_t value = 0; value < tree->values; value++) {
        for (uint32_t code = 1; code < tree->codes.count && tree->leaves[value] != 0; code++) {
            if (tree->parents[code] == tree->leaves[value]) {
                return two_meanings(error);
            }
        }
    }
    return SITO_OK;
}

/* ---- one order, whatever the order of the records ---- */

typedef struct Sorted {
    SitoText text;
    uint32_t parent, code;
} Sorted;

static bool is_whole(SitoText text) {
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') {
            return false;
        }
    }
    return text.size > 0 && text.size < 19;
}

/* Whole numbers as numbers, before other texts; NULL is the last. */
static int compare_texts(SitoText a, SitoText b) {
    bool a_whole = is_whole(a), b_whole = is_whole(b);
    if (a.data == NULL || b.data == NULL || a_whole != b_whole) {
        return a.data == NULL || b.data == NULL ? (a.data == NULL) - (b.data == NULL)
                                                : b_whole - a_whole;
    }
    if (a_whole && a.size != b.size && a.data[0] != '0' && b.data[0] != '0') {
        return a.size < b.size ? -1 : 1;
    }
    int order = memcmp(a.data, b.data, a.size < b.size ? a.size : b.size);
    return order != 0 ? order : (a.size > b.size) - (a.size < b.size);
}

static int by_parent_and_text(const void *a, const void *b) {
    const Sorted *x = a, *y = b;
    return x->parent != y->parent ? (x->parent > y->parent ? 1 : -1)
                                  : compare_texts(x->text, y->text);
}

typedef struct Renumbering {
    Sorted *list; /* codes but the total, by parent and text */
    size_t count;
    uint32_t *numbers; /* of each code: its new one */
    uint32_t next;
} Renumbering;

/* Below a code, each with all that is below it. */
static void renumber_below(Renumbering *renumbering, uint32_t parent) {
    size_t low = 0, high = renumbering->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (renumbering->list[middle].parent < parent) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (; low < renumbering->count && renumbering->list[low].parent == parent; low++) {
        renumbering->numbers[renumbering->list[low].code] = renumbering->next++;
        renumber_below(renumbering, renumbering->list[low].code); /* ANON_MOST_LEVELS deep */
    }
}

static int renumber(TablesTree *tree, const uint32_t *numbers) {
    size_t count = tree->codes.count;
    TablesTree old = *tree;
    uint32_t *order = sito_malloc((count + 1) * sizeof *order), code;
    bool fresh;
    int rc = order == NULL ? SITO_NOMEM : SITO_OK;
    tree->codes = (AnonDictionary){.count = 0};
    tree->parents = NULL;
    tree->room = 0;
    for (uint32_t i = 0; i < count && rc == SITO_OK; i++) {
        order[numbers[i]] = i;
    }
    for (uint32_t i = 0; i < count && rc == SITO_OK; i++) {
        rc = add_code(tree, anon_dictionary_text(&old.codes, order[i]), &code, &fresh);
        uint32_t parent = old.parents[order[i]];
        if (rc == SITO_OK) {
            tree->parents[i] = parent == TABLES_NO_CODE ? parent : numbers[parent];
        }
    }
    for (size_t value = 0; value < tree->values && rc == SITO_OK; value++) {
        tree->leaves[value] = numbers[tree->leaves[value]];
    }
    anon_dictionary_free(&old.codes);
    sito_free(old.parents);
    sito_free(order);
    return rc;
}

static int sort_codes(TablesTree *tree) {
    size_t count = tree->codes.count;
    Renumbering renumbering = {.count = count - 1, .next = 1};
    renumbering.list = sito_malloc((count + 1) * sizeof *renumbering.list);
    renumbering.numbers = sito_malloc((count + 1) * sizeof *renumbering.numbers);
    int rc = SITO_NOMEM;
    if (renumbering.list != NULL && renumbering.numbers != NULL) {
        for (uint32_t code = 1; code < count; code++) {
            renumbering.list[code - 1] =
                (Sorted){anon_dictionary_text(&tree->codes, code), tree->parents[code], code};
        }
        if (renumbering.count > 1) {
            qsort(renumbering.list, renumbering.count, sizeof(Sorted), by_parent_and_text);
        }
        renumbering.numbers[0] = 0;
        renumber_below(&renumbering, 0);
        rc = renumber(tree, renumbering.numbers);
    }
    sito_free(renumbering.list);
    sito_free(renumbering.numbers);
    return rc;
}

int tables_tree_build(TablesTree *tree, const AnonDictionary *values, SitoText total,
                      const AnonHierarchy *hierarchy, int least, char **error) {
    uint32_t code;
    bool fresh;
    *tree = (TablesTree){.values = values->count};
    tree->leaves = sito_malloc((values->count + 1) * sizeof *tree->leaves);
    int rc = tree->leaves == NULL ? SITO_NOMEM : add_code(tree, total, &code, &fresh);
    for (uint32_t value = 0; value < values->count && rc == SITO_OK; value++) {
        rc = add_value(tree, value, anon_dictionary_text(values, value), hierarchy, least, error);
    }
    rc = rc == SITO_OK ? check_ways(tree, error) : rc;
    rc = rc == SITO_OK ? check_leaves(tree, error) : rc;
    rc = rc == SITO_OK ? sort_codes(tree) : rc;
    return rc == SITO_OK ? measure_depths(tree) : rc;
}

void tables_tree_free(TablesTree *tree) {
    anon_dictionary_free(&tree->codes);
    sito_free(tree->parents);
    sito_free(tree->leaves);
    sito_free(tree->depths);
    *tree = (TablesTree){0};
}

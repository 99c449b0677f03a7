/*
** Whole numbers as bits (wholes.h): the numbers of a register come one after the other, so that a set of
** them costs a bit each where a set of hashes costs forty bytes and a miss of the cache.
**
** R1  Only plain forms: digits without a sign and without a leading zero, below 10^18. 7, +7 and 07 are three
**     values.
** R2  A number stands in the page that holds its neighbours. New pages are made while all of them take less
**     than LEAST_BYTES, or less than BYTES_A_NUMBER for each number kept.
** R3  Once a page was refused no other is made: whether a number is kept here never changes, so that none
**     stands both here and elsewhere.
*/
#include <string.h>

#include "wholes.h"

enum { MOST_DIGITS = 18, LEAST_BYTES = 1 << 20, BYTES_A_NUMBER = 8, LEAST_SLOTS = 64 };
enum { MOST_PAGES = 1 << 24 };

static bool read_number(SitoText value, uint64_t *number) {
    bool plain =
        value.size > 0 && value.size <= MOST_DIGITS && (value.data[0] != '0' || value.size == 1);
    *number = 0;
    for (size_t i = 0; i < value.size && plain; i++) {
        unsigned digit = (unsigned char)value.data[i] - (unsigned)'0';
        plain = digit <= 9;
        *number = *number * 10 + digit;
    }
    return plain;
}

/* The slot of the page of that number, or the free one where it would stand. */
static size_t slot_of(const SitoWholes *wholes, uint64_t page) {
    size_t mask = wholes->slot_count - 1,
           slot = (size_t)sito_hash128(&page, sizeof page).low & mask;
    while (wholes->slots[slot] != 0 && wholes->pages[wholes->slots[slot] - 1].number != page) {
        slot = (slot + 1) & mask;
    }
    return slot;
}

static int widen(SitoWholes *wholes) {
    size_t count = wholes->slot_count == 0 ? LEAST_SLOTS : wholes->slot_count * 2;
    uint32_t *slots = sito_malloc(count * sizeof *slots);
    if (slots == NULL) {
        return SITO_NOMEM;
    }
    sito_free(wholes->slots);
    memset(slots, 0, count * sizeof *slots);
    wholes->slots = slots;
    wholes->slot_count = count;
    for (size_t i = 0; i < wholes->page_count; i++) {
        slots[slot_of(wholes, wholes->pages[i].number)] = (uint32_t)i + 1;
    }
    return SITO_OK;
}

/* True when there is a page for the number, which is then the last one used. */
static bool find_page(SitoWholes *wholes, uint64_t page, int *rc) {
    if (wholes->page_count > 0 && wholes->pages[wholes->last].number == page) {
        return true;
    }
    if (wholes->page_count * 2 >= wholes->slot_count) {
        *rc = widen(wholes);
        if (*rc != SITO_OK) {
            return false;
        }
    }
    size_t slot = slot_of(wholes, page);
    if (wholes->slots[slot] != 0) {
        wholes->last = wholes->slots[slot] - 1;
        return true;
    }
    size_t bytes = (wholes->page_count + 1) * sizeof *wholes->pages;
    wholes->full = wholes->full || (bytes > LEAST_BYTES && bytes / BYTES_A_NUMBER > wholes->count);
    if (wholes->full) {
        return false;
    }
    void *pages = wholes->pages;
    *rc = sito_grow(&pages, &wholes->page_capacity, wholes->page_count + 1, sizeof *wholes->pages,
                    MOST_PAGES);
    wholes->pages = pages;
    if (*rc == SITO_OK) {
        wholes->pages[wholes->page_count] = (SitoWholesPage){.number = page};
        wholes->last = wholes->page_count++;
        wholes->slots[slot] = (uint32_t)wholes->page_count;
    }
    return *rc == SITO_OK;
}

bool sito_wholes_add(SitoWholes *wholes, SitoText value, bool *is_new, int *rc) {
    uint64_t number;
    *rc = SITO_OK;
    if (!read_number(value, &number) || !find_page(wholes, number / SITO_WHOLES_PAGE, rc)) {
        return false;
    }
    size_t bit = number % SITO_WHOLES_PAGE;
    uint64_t *word = &wholes->pages[wholes->last].bits[bit / 64], mask = (uint64_t)1 << bit % 64;
    *is_new = (*word & mask) == 0;
    *word |= mask;
    wholes->count += *is_new;
    return true;
}

void sito_wholes_free(SitoWholes *wholes) {
    sito_free(wholes->pages);
    sito_free(wholes->slots);
    *wholes = (SitoWholes){0};
}

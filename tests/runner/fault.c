/*
** The failing allocator (fault.h). The tests run in one thread.
*/
#include "fault.h"

#include <openssl/crypto.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <unicode/uclean.h>

static sqlite3_mem_methods heap; /* SQLite's own */
static struct {
    bool armed, spares_icu, persistent, fired;
    long n, count, blocks;
} fault;

static bool strikes(void) {
    if (!fault.armed) {
        return false;
    }
    fault.count++;
    bool fails =
        fault.n > 0 && (fault.persistent ? fault.count >= fault.n : fault.count == fault.n);
    fault.fired |= fails;
    return fails;
}

static void *sqlite_malloc(int size) {
    void *memory = strikes() ? NULL : heap.xMalloc(size);
    fault.blocks += memory != NULL;
    return memory;
}

static void *sqlite_realloc(void *memory, int size) {
    return strikes() ? NULL : heap.xRealloc(memory, size);
}

static void sqlite_free(void *memory) {
    fault.blocks -= memory != NULL;
    heap.xFree(memory);
}

static void *icu_malloc(const void *context, size_t size) {
    (void)context;
    return !fault.spares_icu && strikes() ? NULL : malloc(size);
}

static void *icu_realloc(const void *context, void *memory, size_t size) {
    (void)context;
    return !fault.spares_icu && strikes() ? NULL : realloc(memory, size);
}

static void icu_free(const void *context, void *memory) {
    (void)context;
    free(memory);
}

static void *crypto_malloc(size_t size, const char *file, int line) {
    (void)file, (void)line;
    return strikes() ? NULL : malloc(size);
}

static void *crypto_realloc(void *memory, size_t size, const char *file, int line) {
    (void)file, (void)line;
    return strikes() ? NULL : realloc(memory, size);
}

static void crypto_free(void *memory, const char *file, int line) {
    (void)file, (void)line;
    free(memory);
}

int fault_install(void) {
    int rc = sqlite3_config(SQLITE_CONFIG_GETMALLOC, &heap);
    if (rc != SQLITE_OK) {
        return rc;
    }
    sqlite3_mem_methods faulty = heap;
    faulty.xMalloc = sqlite_malloc;
    faulty.xRealloc = sqlite_realloc;
    faulty.xFree = sqlite_free;
    rc = sqlite3_config(SQLITE_CONFIG_MALLOC, &faulty);
    if (rc == SQLITE_OK) {
        rc =
            sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0); /* small blocks come from it otherwise */
    }
    UErrorCode status = U_ZERO_ERROR;
    u_setMemoryFunctions(NULL, icu_malloc, icu_realloc, icu_free, &status);
    if (CRYPTO_set_mem_functions(crypto_malloc, crypto_realloc, crypto_free) != 1 ||
        U_FAILURE(status)) {
        return SQLITE_ERROR;
    }
    return rc;
}

void fault_arm(long n, bool persistent) {
    fault.armed = true;
    fault.spares_icu = false;
    fault.persistent = persistent;
    fault.fired = false;
    fault.n = n;
    fault.count = 0;
}

void fault_arm_without_icu(long n, bool persistent) {
    fault_arm(n, persistent);
    fault.spares_icu = true;
}

long fault_disarm(void) {
    fault.armed = false;
    return fault.count;
}

bool fault_fired(void) {
    return fault.fired;
}

long fault_blocks(void) {
    return fault.blocks;
}

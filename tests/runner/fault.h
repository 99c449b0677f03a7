/*
** An allocator that fails on demand, under SQLite, sito, libcsv (through sito_malloc), ICU and
** OpenSSL.
**
** R1  fault_install comes before the first use of any of them.
** R2  While armed, allocations are counted from 1; the n-th fails, and with `persistent` all after.
** R3  ICU is struck in statements, not while a connection opens: ucol_open of ICU 72 follows a NULL
**     of its own (CollationLoader, a keyword that could not be stored) when memory is short.
** R4  fault_blocks counts the blocks that SQLite's heap has handed out and not got back: the
**     measure of leaks. ICU and OpenSSL keep caches for the process and are not in it.
*/
#ifndef RUNNER_FAULT_H
#define RUNNER_FAULT_H

#include <stdbool.h>

int fault_install(void);
void fault_arm(long n, bool persistent);
void fault_arm_without_icu(long n, bool persistent);

/* Ends the counting; returns the number of allocations that were asked for. */
long fault_disarm(void);

/* Whether an allocation has failed since the last fault_arm. */
bool fault_fired(void);
long fault_blocks(void);

#endif

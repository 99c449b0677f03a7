/*
** Secondary suppression by Gaussian elimination (Langsrud, "Secondary Cell Suppression by Gaussian
** Elimination", 2024): cells are published one after another, the most wanted first; a cell whose
** publication would make a guarded cell known is suppressed.
**
** R1  All equations of the system count at once: hierarchies, linked tables, earlier versions.
** R2  Afterwards no guarded cell follows from the equations and what is published, nor does one for whoever
**     knows one single guarded cell, unless it followed before anything was published.
** R3  None of the suppressed cells could be published without breaking R2.
** R4  That says nothing of how narrow an interval is: protect.h goes on from here.
** R5  The same input gives the same cells.
*/
#ifndef SITO_TABLES_ELIMINATE_H
#define SITO_TABLES_ELIMINATE_H

#include "base/watch.h"
#include "system.h"

typedef enum EliminateRole {
    ELIMINATE_KNOWN,     /* published whatever comes */
    ELIMINATE_CANDIDATE, /* published where it harms nobody */
    ELIMINATE_GUARDED,   /* hidden, and must stay so */
    ELIMINATE_HIDDEN     /* hidden, and may become known */
} EliminateRole;

/* `order`: the candidates, the most wanted first. suppress[cell] becomes 1 where a candidate must not be
** published, else 0. SITO_TOOBIG with *error where the equations are too much for memory. */
int tables_eliminate(const TablesSystem *system, const uint8_t *roles, const uint32_t *order,
                     size_t candidates, uint8_t *suppress, const SitoWatch *watch,
                     char **error) SITO_MUST_CHECK;

#endif

/*
** Files of the project that the program carries with it: rules, the schema of the facts, of the
** report and of the catalogue. Made by checks/embed.cmake.
*/
#ifndef SITO_EMBEDDED_H
#define SITO_EMBEDDED_H

#include <stddef.h>

typedef struct SitoEmbedded {
    const char *path; /* "reidentification/k-anonymity.sql"; NULL ends the list */
    const char *data; /* a NUL follows the last byte */
    size_t size;
} SitoEmbedded;

extern const SitoEmbedded sito_embedded_rules[];    /* checks/rules: VOCABULARY and FAMILY/ID.sql */
extern const SitoEmbedded sito_embedded_runner[];   /* checks/runner: facts.sql, report.sql */
extern const SitoEmbedded sito_embedded_profiles[]; /* checks/profiles: NAME.json */
extern const SitoEmbedded sito_embedded_report[];   /* checks/report: style.css */
extern const SitoEmbedded sito_embedded_anonymise[]; /* checks/anonymise: record.sql */
extern const SitoEmbedded sito_embedded_redact[];    /* checks/redact: redact.sql */
extern const SitoEmbedded sito_embedded_inventory[]; /* checks/inventory */
extern const SitoEmbedded sito_embedded_catalogue[]; /* sql/catalogue */
extern const SitoEmbedded sito_embedded_publish[];   /* sql/publish */
extern const SitoEmbedded sito_embedded_warehouse[]; /* sql/warehouse */

/* The file of that path in a list, or NULL. */
const SitoEmbedded *sito_embedded_find(const SitoEmbedded *list, const char *path);

#endif

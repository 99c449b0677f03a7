/*
** What polish offers to SQL: one table, every function once.
*/
#include "collation.h"
#include "polish.h"

static const SitoFunction functions[] = {
    {.name = "polish",
     .kind = SITO_COLLATION,
     .power = SITO_PURE,
     .open = sito_polish_collation,
     .args = "",
     .sentence = "Sorts as a Polish dictionary does; different texts stay different.",
     .example =
         "SELECT group_concat(column1) FROM (SELECT column1 FROM (VALUES ('zebra'), ('ćma'), "
         "('cud')) ORDER BY column1 COLLATE polish)",
     .result = "'cud,ćma,zebra'"},
    {.name = "polish_ci",
     .kind = SITO_COLLATION,
     .power = SITO_PURE,
     .open = sito_polish_collation_ci,
     .args = "",
     .sentence = "Compares as polish does, without regard to case.",
     .example = "SELECT 'ŁÓDŹ' = 'łódź' COLLATE polish_ci",
     .result = "1"},
    {.name = "polish_ai",
     .kind = SITO_COLLATION,
     .power = SITO_PURE,
     .open = sito_polish_collation_ai,
     .args = "",
     .sentence = "Compares letters alone, without regard to marks and case.",
     .example = "SELECT 'Łódź' = 'LODZ' COLLATE polish_ai",
     .result = "1"},
};

const SitoModule sito_polish_module = {
    .name = "polish",
    .sentence = "Polish text: sorting and comparing.",
    .functions = functions,
    .count = SITO_COUNT(functions),
};

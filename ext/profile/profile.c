/*
** What profile offers to SQL: one table, every function once.
*/
#include "profile.h"
#include "profile_facts.h"

static const SitoFunction functions[] = {
    {.name = "profile_facts",
     .kind = SITO_AGGREGATE,
     .power = SITO_PURE,
     .min_args = 7,
     .max_args = SITO_MANY,
     .step = sito_profile_facts_step,
     .final = sito_profile_facts_final,
     .args = "config, record, line, byte, defect, raw, value, …",
     .sentence = "What the rules of the gate ask of the columns of a table, as one JSON object.",
     .example =
         "SELECT json_extract(profile_facts('{\"fields\":[{\"name\":\"rok\",\"type\":\"integer\"}]}', "
         "NULL, NULL, NULL, NULL, NULL, column1), '$.defect[0].kind') "
         "FROM (VALUES ('2024'), ('brak'))",
     .result = "'type-mismatch'"},
    {.name = "profile_columns",
     .kind = SITO_TABLE,
     .power = SITO_DIRECT,
     .module = &sito_profile_columns,
     .args = "'table'",
     .sentence =
         "One row for each column of a table: what it holds and which personal data is in it.",
     .example = "SELECT field, missing FROM profile_columns('sito_help') LIMIT 1",
     .result = "'name',0"},
};

const SitoModule sito_profile_module = {
    .name = "profile",
    .sentence = "What a table holds, column by column, in one pass.",
    .functions = functions,
    .count = SITO_COUNT(functions),
};

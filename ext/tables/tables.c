/*
** The functions of tables (tables.h).
*/
#include "tables.h"

#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include "functions.h"

#define TABLE(called, arguments, says, shown)                                                      \
    {                                                                                              \
        .name = (called), .kind = SITO_TABLE, .power = SITO_DIRECT, .module = &sito_table_module,  \
        .tables = tables_list, .args = (arguments), .sentence = (says), .example = (shown)         \
    }

static const SitoFunction functions[] = {
    TABLE(
        "risk_table", "source, config",
        "Each cell of a statistical table that is shown and says too much, and by which rule: few "
        "contributors, article 38, (n,k), p %, pq, zeros, groups.",
        "SELECT row, reason FROM risk_table('wg_osiedli', '{\"dimensions\": [{\"name\": \"osiedle\", "
        "\"total\": \"Ogółem\"}], \"measure\": \"liczba\", \"rules\": {\"least\": 5}}')"),
};

const SitoModule sito_tables_module = {
    .name = "tables",
    .sentence = "Statistical tables: cells that say too much, and what is left of those hidden.",
    .functions = functions,
    .count = SITO_COUNT(functions),
};

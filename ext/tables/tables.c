/*
** The functions of tables (tables.h).
*/
#include "tables.h"

#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include "functions.h"
#include "make_tables.h"

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
    {.name = "anon_table",
     .kind = SITO_TABLE,
     .power = SITO_DIRECT,
     .module = &sito_table_module,
     .tables = make_tables,
     .args = "source, plan",
     .sentence =
         "A table of cells from records, with totals: what says too much is suppressed, and "
         "whatever would give it away, or all is rounded.",
     .example =
         "SELECT dimensions ->> 'osiedle', value, status, reason FROM anon_table('zgloszenia', "
         "'{\"dimensions\": [{\"name\": \"osiedle\"}, {\"name\": \"wiek\", \"hierarchy\": "
         "\"interval:10\"}], \"rules\": {\"least\": 5}}')"},
    {.name = "anon_table_loss",
     .kind = SITO_TABLE,
     .power = SITO_DIRECT,
     .module = &sito_table_module,
     .tables = make_tables,
     .args = "source, plan",
     .sentence = "What a table of anon_table hides: cells, their share, the share of the value.",
     .example = "SELECT \"primary\", secondary, value_share FROM anon_table_loss('zgloszenia', "
                "'{\"dimensions\": [{\"name\": \"osiedle\"}]}')"},
    TABLE("risk_table_audit", "source, config",
          "What a reader can work out of each suppressed cell of a statistical table: the exact "
          "interval, from the totals, linked tables and earlier versions.",
          "SELECT cell, lo, hi, verdict FROM risk_table_audit('wg_osiedli', '{\"dimensions\": "
          "[{\"name\": \"osiedle\", \"total\": \"Ogółem\"}, {\"name\": \"wiek\", \"total\": "
          "\"Ogółem\"}], \"measure\": \"liczba\", \"protection\": 5}')"),
};

const SitoModule sito_tables_module = {
    .name = "tables",
    .sentence = "Statistical tables: cells that say too much, and what is left of those hidden.",
    .functions = functions,
    .count = SITO_COUNT(functions),
};

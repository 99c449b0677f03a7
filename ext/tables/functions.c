/*
** The list of the table functions: columns, arguments, and how a call is written.
*/
#include "functions.h"

const SitoTable tables_list[] = {
    {.name = "risk_table",
     .columns = "row, reason, dimension, state",
     .args = "source, config",
     .column_count = 4,
     .arg_count = 2,
     .required = 2,
     .usage = "risk_table('table', '{\"dimensions\": […], \"measure\": \"…\", \"rules\": {…}}')",
     .run = tables_shown_run},
    {.name = "risk_table_audit",
     .columns = "row, cell, lo, hi, width, required, verdict, proof, exact, by_row",
     .args = "source, config",
     .column_count = 10,
     .arg_count = 2,
     .required = 2,
     .usage = "risk_table_audit('table', '{\"dimensions\": […], \"measure\": \"…\"}')",
     .run = tables_audit_run},
    {.name = NULL},
};

/*
** The aggregates that give one measure, or all of them (measures.c).
*/
#ifndef SITO_RISK_MEASURES_H
#define SITO_RISK_MEASURES_H

struct sqlite3_context;
struct sqlite3_value;

void risk_quasi_step(struct sqlite3_context *context, int nargs, struct sqlite3_value **args);
void risk_k_final(struct sqlite3_context *context);
void risk_sensitive_step(struct sqlite3_context *context, int nargs, struct sqlite3_value **args);
void risk_sensitive_final(struct sqlite3_context *context); /* the measure is the function's name */
void risk_recursive_step(struct sqlite3_context *context, int nargs, struct sqlite3_value **args);
void risk_measures_final(struct sqlite3_context *context);

/* risk_facts (facts.c) */
void risk_facts_step(struct sqlite3_context *context, int nargs, struct sqlite3_value **args);
void risk_facts_final(struct sqlite3_context *context);

#endif

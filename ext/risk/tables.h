/*
** The table functions of this module: what each runs (tables.c has the list).
*/
#ifndef SITO_RISK_TABLES_H
#define SITO_RISK_TABLES_H

#include "table.h"

int risk_histogram_run(RiskCall *call);
int risk_classes_run(RiskCall *call);
int risk_rows_run(RiskCall *call);
int risk_summary_run(RiskCall *call);
int risk_unique_sets_run(RiskCall *call);
int risk_suda_run(RiskCall *call);
int risk_quasi_identifiers_run(RiskCall *call);
int risk_dependencies_run(RiskCall *call);
int risk_reversal_run(RiskCall *call);
int risk_linkage_run(RiskCall *call);
int risk_links_run(RiskCall *call);
int risk_presence_run(RiskCall *call);
int risk_difference_run(RiskCall *call);
int risk_inference_run(RiskCall *call);
int risk_frequency_run(RiskCall *call);
int risk_population_run(RiskCall *call);
int risk_individual_run(RiskCall *call);
int risk_registry_run(RiskCall *call);

#endif

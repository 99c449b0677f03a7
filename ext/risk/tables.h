/*
** The table functions of this module: what each runs (tables.c has the list).
*/
#ifndef SITO_RISK_TABLES_H
#define SITO_RISK_TABLES_H

#include "base/table.h"

extern const SitoTable risk_tables[]; /* ends with a name of NULL */

int risk_histogram_run(SitoCall *call);
int risk_classes_run(SitoCall *call);
int risk_rows_run(SitoCall *call);
int risk_summary_run(SitoCall *call);
int risk_unique_sets_run(SitoCall *call);
int risk_suda_run(SitoCall *call);
int risk_quasi_identifiers_run(SitoCall *call);
int risk_dependencies_run(SitoCall *call);
int risk_reversal_run(SitoCall *call);
int risk_linkage_run(SitoCall *call);
int risk_links_run(SitoCall *call);
int risk_presence_run(SitoCall *call);
int risk_difference_run(SitoCall *call);
int risk_inference_run(SitoCall *call);
int risk_frequency_run(SitoCall *call);
int risk_population_run(SitoCall *call);
int risk_individual_run(SitoCall *call);
int risk_registry_run(SitoCall *call);

#endif

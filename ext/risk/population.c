/*
** risk_population and risk_individual: the rows as a sample of a larger population.
**
**   SELECT * FROM risk_population('badanie', 'rok, plec, dzielnica', 670000);
**   SELECT * FROM risk_individual('badanie', 'rok, plec, dzielnica', 'waga') ORDER BY risk DESC;
**
** A complete register is no sample: its population is the register itself, never the city, and neither
** table applies to it.
**
** R1  risk_population prints every estimate beside the uniques of the sample (population.h); the
**     population must be larger than the table.
** R2  risk_individual: row, size of its class f, F = the sum of the sampling weights in its class, and
**     the expected risk E(1/F | f). A weight is a number of at least 1.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <math.h>
#include <string.h>

#include "load.h"
#include "population.h"
#include "tables.h"

static int answer_estimates(SitoCall *call, const RiskHistogram *histogram, double rows,
                            double population) {
    RiskPopulation estimates;
    int64_t uniques = histogram->sizes[0].size == 1 ? (int64_t)histogram->sizes[0].classes : 0;
    risk_population(histogram, population, &estimates);
    return sito_answer_row(&call->answer, "sisrsrsrsrsrsrsrsr", "sample_uniques", uniques,
                           "fraction", rows / population, "pitman", estimates.pitman,
                           "pitman_theta", estimates.theta, "pitman_alpha", estimates.alpha,
                           "zayatz", estimates.zayatz, "snb", estimates.snb, "snb_a", estimates.a,
                           "snb_b", estimates.b);
}

int risk_population_run(SitoCall *call) {
    RiskLoad load = {0};
    RiskHistogram histogram = {0};
    double population;
    int rc = sito_call_real(call, 2, "the population", 1e12, 0, &population);
    rc = rc == SITO_OK ? risk_load_names(call, &load, 3) : rc;
    rc = rc == SITO_OK ? risk_load(call, &load, false) : rc;
    rc = rc == SITO_OK ? risk_histogram_make(&load.partition, &histogram) : rc;
    double units = 0;
    for (size_t i = 0; i < histogram.count; i++) {
        units += (double)histogram.sizes[i].size * (double)histogram.sizes[i].classes;
    }
    if (rc == SITO_OK && histogram.count > 0) {
        rc = population > units
                 ? answer_estimates(call, &histogram, units, population)
                 : sito_error(&call->error, SITO_ERROR,
                              "the population is larger than the table; a complete register is no "
                              "sample, and its own class sizes are the risk");
    }
    risk_histogram_free(&histogram);
    risk_load_free(&load);
    return rc;
}

/* ---- risk_individual ---- */

static bool weight_of(const RiskColumn *column, size_t row, double *weight) {
    const RiskValue *value = &column->values[column->codes[row]];
    *weight = value->type == RISK_INTEGER ? (double)value->integer
              : value->type == RISK_REAL  ? value->real
                                          : NAN;
    return *weight >= 1;
}

static int answer_rows(SitoCall *call, const RiskLoad *load) {
    const RiskPartition *partition = &load->partition;
    double *sums = sito_malloc((partition->classes.count + 1) * sizeof *sums);
    int rc = sums != NULL ? SITO_OK : SITO_NOMEM;
    for (size_t g = 0; g < partition->classes.count && rc == SITO_OK; g++) {
        sums[g] = 0;
    }
    for (size_t row = 0; row < partition->rows && rc == SITO_OK; row++) {
        double weight;
        if (!weight_of(&load->gather.sensitive[0], row, &weight)) {
            rc = sito_error(&call->error, SITO_ERROR,
                            "a weight is a number of at least 1; row %lld "
                            "has none",
                            (long long)load->rowids[row]);
        } else {
            sums[partition->classes.ids[row]] += weight;
        }
    }
    for (size_t row = 0; row < partition->rows && rc == SITO_OK; row++) {
        uint32_t class = partition->classes.ids[row];
        double f = partition->classes.sizes[class];
        rc = sito_answer_row(&call->answer, "iirr", load->rowids[row], (int64_t)f, sums[class],
                             risk_individual(f, sums[class]));
    }
    sito_free(sums);
    return rc;
}

int risk_individual_run(SitoCall *call) {
    RiskLoad load = {.keep_rowids = true};
    SitoText list;
    int rc = sito_call_text(call, 1, &list);
    rc = rc == SITO_OK ? sito_columns_parse(list, &load.quasi, &call->error) : rc;
    rc = rc == SITO_OK ? sito_call_text(call, 2, &list) : rc;
    rc = rc == SITO_OK ? sito_columns_parse(list, &load.sensitive, &call->error) : rc;
    if (rc == SITO_OK && load.sensitive.count != 1) {
        rc = sito_error(&call->error, SITO_ERROR, "the weight is one column");
    }
    rc = rc == SITO_OK ? risk_load(call, &load, true) : rc;
    rc = rc == SITO_OK ? answer_rows(call, &load) : rc;
    risk_load_free(&load);
    return rc;
}

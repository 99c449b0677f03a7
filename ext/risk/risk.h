/*
** Risk: equivalence classes of quasi-identifiers and what they give away.
**
**   SELECT k_anonymity(osiedle, wiek) FROM zgloszenia;
**   SELECT l_diversity(powod, osiedle, wiek) FROM zgloszenia;
**   SELECT risk_measures(powod, osiedle, wiek) FROM zgloszenia;
**
** The words for measures are one closed list. They are the keys of risk_measures(), the values of
** `measure` in risk_facts(), and the names of the functions that give one measure alone. A class is
** a set of rows that agree in every quasi-identifier; its size is counted in units: in rows, or in
** distinct persons where a unit column is named.
**
**   Of the quasi-identifiers:
**     rows                      rows read
**     units                     distinct persons; the rows where no unit column is named
**     classes                   classes
**     uniques                   classes of size 1
**     k_anonymity               the smallest size
**     rows_below_2              rows in classes below 2
**     rows_below_3              … below 3
**     rows_below_5              … below 5
**     rows_below_10             … below 10
**     rows_below_20             … below 20
**     prosecutor_risk           1 / smallest size
**     marketer_risk             classes / sum of sizes
**     discernibility            sum of size squared
**     average_class_size        sum of sizes / classes
**     distinction               classes / rows
**     separation                share of the pairs of rows that differ in some quasi-identifier
**     k_anonymity_wildcard      k where NULL may stand for any value: information only (risk_summary)
**
**   Of a sensitive column within the classes (q: share in the class, p: share in the table):
**     l_diversity               least number of distinct values in a class
**     l_diversity_entropy       exp of the least entropy of a class, a real number
**     l_diversity_recursive     least c such that (c', 2)-diversity holds for every c' above it
**     alpha_k                   largest q
**     t_closeness               largest variational distance between q and p
**     t_closeness_ordered       largest earth mover's distance over the order of the values
**     t_closeness_hierarchical  … over a hierarchy of the values (risk_summary)
**     beta_likeness             largest (q - p) / p, "basic beta"
**     beta_likeness_enhanced    the same, infinite where enhanced beta-likeness cannot hold
**     beta_enhanced_violations  pairs of class and value with (q - p) / p above -ln p
**     delta_disclosure          largest |ln(q / p)| over the values in a class, natural logarithm
**     delta_disclosure_strict   the same, infinite where a class lacks a value of the table
*/
#ifndef SITO_RISK_H
#define SITO_RISK_H

#include "base/sito.h"

/* True where a text, folded by sito_polish_fold, stands for no value: '', '-', 'brak danych', … */
bool risk_means_no_value(SitoText folded);

extern const SitoModule sito_risk_module;

#endif

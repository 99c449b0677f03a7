/*
** How many rows of a sample are unique in the population: estimates from the class sizes.
**
** a_i is the number of classes of size i in the sample, u their number, n the rows, N the population,
** f = n / N. Estimates of population uniques:
**
**   pitman   Pitman's sampling formula, theta and alpha by maximum likelihood (Hoshino 2001):
**            Gamma(theta+1) / Gamma(theta+alpha) * N^alpha
**   zayatz   a_1 * P(unique in the population | unique in the sample), Zayatz 1991, from the
**            hypergeometric chances H(N, i, n) that a class of i is seen once
**   snb      slide negative binomial, Chen & Keller-McNulty 1998, with f^2 a(1-b) b^a (2-(1-a)d) /
**            (2 (1-d)^(a+2)) for the pairs, d = (1-f)(1-b); a known program multiplies there
**
** R1  On 125 samples of a known population the best is off by a factor of 1.3 to 1.45 at f <= 0.1,
**     Zayatz up to 3.5: all are printed, with the sample's own uniques, and none is for a gate.
** R2  Where f >= 1 the sample is the population: nothing is estimated.
** R3  What does not converge is NaN.
*/
#ifndef SITO_RISK_POPULATION_H
#define SITO_RISK_POPULATION_H

#include "summary.h"

typedef struct RiskPopulation {
    double pitman, theta, alpha;
    double zayatz;
    double snb, a, b;
} RiskPopulation;

void risk_population(const RiskHistogram *histogram, double population, RiskPopulation *estimates);

/* Individual risk E(1/F | f) of a row in a class of f in the sample and F expected in the population
** (Benedetti & Franconi 1998): p = f/F; 1/f where F <= f;
** for f above 2 the usual approximation p / (f - (1 - p)). */
double risk_individual(double f, double population);

#endif

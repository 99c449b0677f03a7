/*
** Estimates of population uniques (population.h).
*/
#include "population.h"

#include <math.h>

typedef struct Sample {
    const RiskHistogram *histogram;
    double rows, classes, population, fraction;
    double single, pairs; /* a_1, a_2 */
    double population_classes;
} Sample;

/* ---- minimising a function of two numbers (Nelder & Mead 1965) ---- */

typedef double Function(const Sample *sample, double x, double y);

typedef struct Point {
    double x, y, value;
} Point;

static Point at(const Sample *sample, Function *function, double x, double y) {
    double value = function(sample, x, y);
    return (Point){.x = x, .y = y, .value = isfinite(value) ? value : HUGE_VAL};
}

static void sort_points(Point p[3]) {
    for (int i = 1; i < 3; i++) {
        for (int j = i; j > 0 && p[j].value < p[j - 1].value; j--) {
            Point swap = p[j];
            p[j] = p[j - 1];
            p[j - 1] = swap;
        }
    }
}

static Point minimise_from(const Sample *sample, Function *function, double x, double y) {
    Point p[3] = {at(sample, function, x, y), at(sample, function, x + 1, y),
                  at(sample, function, x, y + 1)};
    for (int round = 0; round < 600; round++) {
        sort_points(p);
        double size = fabs(p[2].x - p[0].x) + fabs(p[2].y - p[0].y) + fabs(p[1].x - p[0].x) +
                      fabs(p[1].y - p[0].y);
        if (size < 1e-10) {
            break;
        }
        double cx = (p[0].x + p[1].x) / 2, cy = (p[0].y + p[1].y) / 2;
        double dx = cx - p[2].x, dy = cy - p[2].y;
        Point mirrored = at(sample, function, cx + dx, cy + dy);
        if (mirrored.value < p[0].value) {
            Point further = at(sample, function, cx + 2 * dx, cy + 2 * dy);
            p[2] = further.value < mirrored.value ? further : mirrored;
        } else if (mirrored.value < p[1].value) {
            p[2] = mirrored;
        } else {
            bool outside = mirrored.value < p[2].value;
            Point nearer =
                at(sample, function, cx + (outside ? dx : -dx) / 2, cy + (outside ? dy : -dy) / 2);
            if (nearer.value < fmin(p[2].value, mirrored.value)) {
                p[2] = nearer;
            } else {
                for (int i = 1; i < 3; i++) {
                    p[i] = at(sample, function, (p[0].x + p[i].x) / 2, (p[0].y + p[i].y) / 2);
                }
            }
        }
    }
    sort_points(p);
    return p[0];
}

/* The best of several starts, each improved twice: one start alone is known to stop elsewhere. */
static Point minimise(const Sample *sample, Function *function, const double (*starts)[2],
                      size_t count) {
    Point best = {.value = HUGE_VAL};
    for (size_t i = 0; i < count; i++) {
        Point one = minimise_from(sample, function, starts[i][0], starts[i][1]);
        one = minimise_from(sample, function, one.x, one.y);
        best = one.value < best.value ? one : best;
    }
    return best;
}

/* ---- Pitman ---- */

/* x and y stand for alpha in (0, 1) and theta > -alpha. */
static void pitman_parameters(double x, double y, double *theta, double *alpha) {
    *alpha = 1 / (1 + exp(-x));
    *theta = exp(y) - *alpha;
}

/* The sum of ln(theta + i alpha) over i = 1 .. u - 1; in closed form where it is long and the form
** does not cancel. */
static double rising(double theta, double alpha, double u) {
    double shift = theta / alpha, sum = 0;
    if (u > 20000 && shift < 1e6 * u) {
        return (u - 1) * log(alpha) + lgamma(shift + u) - lgamma(shift + 1);
    }
    for (uint64_t i = 1; i < (uint64_t)u; i++) {
        sum += log(theta + (double)i * alpha);
    }
    return sum;
}

static double pitman_loss(const Sample *sample, double x, double y) {
    double theta, alpha, sum;
    pitman_parameters(x, y, &theta, &alpha);
    if (alpha < 1e-9 || alpha > 1 - 1e-9) {
        return HUGE_VAL;
    }
    sum = rising(theta, alpha, sample->classes) - lgamma(theta + sample->rows) + lgamma(theta + 1);
    for (size_t i = 0; i < sample->histogram->count; i++) {
        const RiskSize *size = &sample->histogram->sizes[i];
        sum += (double)size->classes * (lgamma(size->size - alpha) - lgamma(1 - alpha));
    }
    return -sum;
}

static void estimate_pitman(const Sample *sample, RiskPopulation *out) {
    const double middle = log(sample->classes);
    const double starts[][2] = {{0, middle}, {-2, middle}, {2, middle}, {0, 0}, {-4, middle + 2}};
    Point best = minimise(sample, pitman_loss, starts, SITO_COUNT(starts));
    double theta, alpha;
    pitman_parameters(best.x, best.y, &theta, &alpha);
    if (isfinite(best.value)) {
        out->theta = theta;
        out->alpha = alpha;
        out->pitman =
            exp(lgamma(theta + 1) - lgamma(theta + alpha) + alpha * log(sample->population));
    }
}

/* ---- Zayatz ---- */

/* ln of the chance that a class of i in the population is seen once: i C(N-i, n-1) / C(N, n). */
static double seen_once(const Sample *sample, double i) {
    double N = sample->population, n = sample->rows;
    if (N - i < n - 1) {
        return -HUGE_VAL;
    }
    double chosen = lgamma(N - i + 1) - lgamma(n) - lgamma(N - i - n + 2);
    return log(i) + chosen - (lgamma(N + 1) - lgamma(n + 1) - lgamma(N - n + 1));
}

static double estimate_zayatz(const Sample *sample) {
    double once = 0;
    for (size_t i = 0; i < sample->histogram->count; i++) {
        const RiskSize *size = &sample->histogram->sizes[i];
        once += (double)size->classes * exp(seen_once(sample, size->size));
    }
    double unique = sample->single * exp(seen_once(sample, 1)) / once;
    return sample->single == 0 ? 0 : sample->single * unique / sample->fraction;
}

/* ---- slide negative binomial ---- */

/* The classes of the population: Shlosser's estimate as modified by Haas & Stokes 1998. */
static double shlosser(const Sample *sample) {
    double f = sample->fraction, above = 0, below = 0, unseen = 0, once = 0;
    for (size_t i = 0; i < sample->histogram->count; i++) {
        double size = sample->histogram->sizes[i].size;
        double classes = (double)sample->histogram->sizes[i].classes;
        above += size * f * f * pow(1 - f * f, size - 1) * classes;
        below += pow(1 - f, size) * (pow(1 + f, size) - 1) * classes;
        unseen += pow(1 - f, size) * classes;
        once += size * f * pow(1 - f, size - 1) * classes;
    }
    return sample->classes + sample->single * above / below * (unseen / once) * (unseen / once);
}

static double snb_loss(const Sample *sample, double x, double y) {
    double a = exp(x), b = 1 / (1 + exp(-y)), f = sample->fraction, d = (1 - f) * (1 - b);
    double scale = log(sample->population_classes) + a * log(b);
    double once = scale + log(f) + log(1 - d + a * d) - (a + 1) * log(1 - d);
    double twice =
        scale + 2 * log(f) + log(a * (1 - b) * (2 - (1 - a) * d) / 2) - (a + 2) * log(1 - d);
    double e1 = once - log(sample->single), e2 = twice - log(sample->pairs);
    return e1 * e1 + e2 * e2;
}

static void estimate_snb(const Sample *sample, RiskPopulation *out) {
    const double starts[][2] = {{0, 0}, {-2, -2}, {-4, -4}, {-2, 2}, {1, -3}, {-6, -8}, {2, 3}};
    if (sample->single == 0) {
        out->snb = 0;
        return;
    }
    if (sample->pairs == 0) {
        return;
    }
    Point best = minimise(sample, snb_loss, starts, SITO_COUNT(starts));
    if (best.value < 1e-12) {
        out->a = exp(best.x);
        out->b = 1 / (1 + exp(-best.y));
        out->snb = sample->population_classes * pow(out->b, out->a);
    }
}

void risk_population(const RiskHistogram *histogram, double population, RiskPopulation *estimates) {
    Sample sample = {.histogram = histogram, .population = population};
    *estimates = (RiskPopulation){NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    for (size_t i = 0; i < histogram->count; i++) {
        const RiskSize *size = &histogram->sizes[i];
        sample.rows += (double)size->size * (double)size->classes;
        sample.classes += (double)size->classes;
        sample.single += size->size == 1 ? (double)size->classes : 0;
        sample.pairs += size->size == 2 ? (double)size->classes : 0;
    }
    sample.fraction = sample.rows / population;
    if (sample.rows == 0 || sample.fraction >= 1) {
        return;
    }
    sample.population_classes = shlosser(&sample);
    estimate_pitman(&sample, estimates);
    estimates->zayatz = estimate_zayatz(&sample);
    estimate_snb(&sample, estimates);
}

double risk_individual(double f, double population) {
    double p = f / population;
    if (!(population > f)) {
        return 1 / f;
    }
    double odds = p / (1 - p), log_inverse = -log(p);
    if (f == 1) {
        return odds * log_inverse;
    }
    return f == 2 ? odds - odds * odds * log_inverse : p / (f - (1 - p));
}

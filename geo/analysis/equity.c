/* equity.c - computes Gini, Theil and concentration index from shares. */
#include "geo/analysis/equity.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static double sum_value(const struct geo_equity_unit *units, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += units[i].value;
    return sum;
}

static double sum_people(const struct geo_equity_unit *units, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += units[i].people;
    return sum;
}

/* Ratios are compared as products, which are exact for whole numbers. */
static int by_served(const void *a, const void *b)
{
    const struct geo_equity_unit *x = a, *y = b;
    double left = x->value * y->people, right = y->value * x->people;
    if (left != right)
        return left < right ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

static int by_need(const void *a, const void *b)
{
    const struct geo_equity_unit *x = a, *y = b;
    bool x_unknown = isnan(x->need), y_unknown = isnan(y->need);
    if (x_unknown != y_unknown)
        return x_unknown ? 1 : -1;
    if (!x_unknown && x->need != y->need)
        return x->need > y->need ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

/* The points of the curve; with `together`, units of equal rank form one straight segment. */
static void accumulate(const struct geo_equity_unit *units, size_t n, bool together,
                       struct geo_equity_point *points)
{
    double people = sum_people(units, n), value = sum_value(units, n);
    double before_people = 0, before_value = 0;
    points[0] = (struct geo_equity_point){0, 0, SIZE_MAX};
    for (size_t from = 0, to; from < n; from = to) {
        for (to = from + 1; together && to < n && units[to].need == units[from].need;)
            to++;
        double run_people = sum_people(units + from, to - from);
        double run_value = sum_value(units + from, to - from), along = 0;
        for (size_t i = from; i < to; i++) {
            along += units[i].people;
            points[i + 1].people = (before_people + along) / people;
            points[i + 1].value = (before_value + run_value * (along / run_people)) / value;
            points[i + 1].at = units[i].at;
        }
        before_people += run_people;
        before_value += run_value;
    }
    if (n > 0) /* so that no rounding error is left */
        points[n].people = points[n].value = 1;
}

static double area_index(const struct geo_equity_point *points, size_t n)
{
    double twice = 0;
    for (size_t i = 1; i <= n; i++)
        twice +=
            (points[i].people - points[i - 1].people) * (points[i].value + points[i - 1].value);
    return 1 - twice;
}

/* If there is nothing to share: only the shares of people. */
static void people_alone(const struct geo_equity_unit *units, size_t n,
                         struct geo_equity_point *points)
{
    double people = sum_people(units, n), along = 0;
    points[0] = (struct geo_equity_point){0, NAN, SIZE_MAX};
    for (size_t i = 0; i < n; i++) {
        along += units[i].people;
        points[i + 1] = (struct geo_equity_point){along / people, NAN, units[i].at};
    }
}

double geo_equity_lorenz(struct geo_equity_unit *units, size_t n, struct geo_equity_point *points)
{
    if (n > 1)
        qsort(units, n, sizeof *units, by_served);
    if (sum_value(units, n) <= 0) {
        people_alone(units, n, points);
        return NAN;
    }
    accumulate(units, n, false, points);
    return area_index(points, n);
}

double geo_equity_concentration(struct geo_equity_unit *units, size_t n,
                                struct geo_equity_point *points, size_t *n_points)
{
    if (n > 1)
        qsort(units, n, sizeof *units, by_need);
    while (n > 0 && isnan(units[n - 1].need))
        n--;
    *n_points = n + 1;
    if (sum_value(units, n) <= 0) {
        people_alone(units, n, points);
        return NAN;
    }
    accumulate(units, n, true, points);
    return area_index(points, n);
}

/* x ln(x / of); 0 if x is 0. */
static double entropy(double x, double of)
{
    return x > 0 ? x * log(x / of) : 0;
}

double geo_equity_theil(const struct geo_equity_unit *units, size_t n, size_t n_groups,
                        struct geo_equity_share *groups)
{
    double people = sum_people(units, n), value = sum_value(units, n), total = 0;
    memset(groups, 0, n_groups * sizeof *groups);
    for (size_t i = 0; i < n; i++) {
        struct geo_equity_share *group = &groups[units[i].group];
        group->units++;
        group->people += units[i].people;
        group->value += units[i].value;
    }
    for (size_t g = 0; g < n_groups; g++)
        groups[g].theil = groups[g].value > 0 ? 0 : NAN;
    for (size_t i = 0; i < n; i++) {
        struct geo_equity_share *group = &groups[units[i].group];
        if (group->value > 0)
            group->theil += entropy(units[i].value / group->value, units[i].people / group->people);
    }
    if (value <= 0) {
        for (size_t g = 0; g < n_groups; g++)
            groups[g].within = groups[g].between = NAN;
        return NAN;
    }
    for (size_t g = 0; g < n_groups; g++) {
        struct geo_equity_share *group = &groups[g];
        double share = group->value / value;
        group->within = share > 0 ? share * group->theil : 0;
        group->between = entropy(share, group->people / people);
        total += group->within + group->between;
    }
    return total;
}

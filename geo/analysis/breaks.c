/* breaks.c - class breaks of a map: quantile, equal interval, Jenks, manual. */
#include "geo/analysis/breaks.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[] = {"quantile", "equal", "jenks", "manual"};

bool breaks_method_of(const char *name, enum breaks_method *method)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0) {
            *method = (enum breaks_method)i;
            return true;
        }
    return false;
}

const char *breaks_method_name(enum breaks_method method)
{
    return names[method];
}

double breaks_round(double low, double high)
{
    static const double steps[] = {5, 2, 1};
    /* A multiple exists at least for powers far below the distance. */
    int from = (int)ceil(log10(fmax(fabs(low), fabs(high)))) + 1;
    int to = (int)floor(log10(high - low)) - 1;
    for (int e = from; e >= to; e--)
        for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
            /* Below one, dividing by the inverse gives the double with the shortest
             * decimal text. */
            double inverse = pow(10, -e) / steps[i], unit = steps[i] * pow(10, e);
            double at = e < 0 ? floor(high * inverse) / inverse : floor(high / unit) * unit;
            if (at > low && at <= high)
                return at;
        }
    return high;
}

/* The distinct values in order, with the number of occurrences. */
struct breaks_values {
    double *at;
    size_t *count, n, total;
};

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void values_free(struct breaks_values *values)
{
    free(values->at);
    free(values->count);
}

static bool values_sort(const double *given, size_t n, struct breaks_values *out, struct err *err)
{
    *out = (struct breaks_values){.at = malloc((n + 1) * sizeof *out->at),
                                  .count = calloc(n + 1, sizeof *out->count)};
    if (!out->at || !out->count) {
        values_free(out);
        err_no_memory(err);
        return false;
    }
    for (size_t i = 0; i < n; i++)
        if (isfinite(given[i]))
            out->at[out->total++] = given[i] + 0.0; /* -0 is 0 */
    qsort(out->at, out->total, sizeof *out->at, ascending);
    for (size_t i = 0; i < out->total; i++) {
        if (out->n == 0 || out->at[i] > out->at[out->n - 1])
            out->at[out->n++] = out->at[i];
        out->count[out->n - 1]++;
    }
    return true;
}

/* first[i]: the distinct value at which class i begins; first[0] is 0. Methods give them
 * in ascending order, maybe with repetitions. */

static void part_at(const struct breaks_values *values, double at, size_t *first)
{
    *first = 0;
    while (*first < values->n && values->at[*first] < at)
        ++*first;
}

/* The value of a rank among all values, equal ones counted separately. */
static double ranked(const struct breaks_values *values, size_t rank)
{
    size_t i = 0;
    while (rank >= values->count[i])
        rank -= values->count[i++];
    return values->at[i];
}

static void by_quantile(const struct breaks_values *values, size_t k, size_t *first)
{
    for (size_t i = 1; i < k; i++) {
        double h = (double)(values->total - 1) * (double)i / (double)k;
        double low = ranked(values, (size_t)floor(h)), high = ranked(values, (size_t)ceil(h));
        part_at(values, low + (h - floor(h)) * (high - low), &first[i]);
        /* With ties the class below would be empty: they become that class. */
        if (first[i] <= first[i - 1] && first[i - 1] + 1 < values->n)
            first[i] = first[i - 1] + 1;
    }
}

static void by_distance(const struct breaks_values *values, size_t k, size_t *first)
{
    double least = values->at[0], span = values->at[values->n - 1] - least;
    for (size_t i = 1; i < k; i++)
        part_at(values, least + span * (double)i / (double)k, &first[i]);
}

/* Fisher's table, one class a row: cost[j] is the least sum of squares of the values 0..j
 * in that many classes, from[j] where the last class begins. The best from[j] never
 * decreases with j, so a row is found by divide and conquer: n log n instead of n^2 (Wang
 * and Song 2011 describe the recurrence; divide and conquer is Wu 1991's). */
struct breaks_table {
    const struct breaks_values *values;
    double *weight, *sum, *square; /* of the values before i, each less their mean */
    double *before, *cost;
    size_t *from;
};

/* Sum of squares of the values i..j around their own mean. */
static double squares(const struct breaks_table *table, size_t i, size_t j)
{
    double weight = table->weight[j + 1] - table->weight[i];
    double sum = table->sum[j + 1] - table->sum[i];
    return fmax(table->square[j + 1] - table->square[i] - sum * sum / weight, 0);
}

static void fill_row(struct breaks_table *table, size_t low, size_t high, size_t least, size_t most)
{
    size_t middle = low + (high - low) / 2, best = least;
    double cost = INFINITY;
    for (size_t i = least; i <= most && i <= middle; i++) {
        double here = (i ? table->before[i - 1] : 0) + squares(table, i, middle);
        if (here < cost) {
            cost = here;
            best = i;
        }
    }
    table->cost[middle] = cost;
    table->from[middle] = best;
    if (middle > low)
        fill_row(table, low, middle - 1, least, best);
    if (middle < high)
        fill_row(table, middle + 1, high, best, most);
}

static bool by_fisher(const struct breaks_values *values, size_t k, size_t *first)
{
    size_t n = values->n;
    double *room = calloc(5 * (n + 1), sizeof *room), mean = 0;
    size_t *from = calloc(k * n + 1, sizeof *from);
    bool ok = room && from;
    if (!ok)
        goto done;
    struct breaks_table table = {
        values, room, room + (n + 1), room + 2 * (n + 1), room + 3 * (n + 1), room + 4 * (n + 1),
        from};
    for (size_t i = 0; i < n; i++)
        mean += (values->at[i] - mean) * (double)values->count[i] / (double)values->total;
    for (size_t i = 0; i < n; i++) {
        double weight = (double)values->count[i], off = values->at[i] - mean;
        table.weight[i + 1] = table.weight[i] + weight;
        table.sum[i + 1] = table.sum[i] + weight * off;
        table.square[i + 1] = table.square[i] + weight * off * off;
    }
    for (size_t j = 0; j < n; j++)
        table.before[j] = squares(&table, 0, j);
    for (size_t c = 1; c < k; c++) {
        table.from = from + c * n;
        fill_row(&table, c, n - 1, c, n - 1);
        double *swap = table.before;
        table.before = table.cost;
        table.cost = swap;
    }
    size_t end = n - 1;
    for (size_t c = k - 1; c > 0; c--) {
        first[c] = from[c * n + end];
        end = first[c] - 1;
    }
done:
    free(room);
    free(from);
    return ok;
}

static void set_class(struct breaks *out, const struct breaks_values *values, size_t begin,
                      size_t end)
{
    size_t class = out->n_classes++;
    out->count[class] = 0;
    for (size_t i = begin; i < end; i++)
        out->count[class] += values->count[i];
    if (class)
        out->at[class - 1] = breaks_round(values->at[begin - 1], values->at[begin]);
}

bool breaks_compute(enum breaks_method method, const double *given, size_t n, size_t n_classes,
                    struct breaks *out, struct err *err)
{
    struct breaks_values values;
    size_t first[BREAKS_MAX_CLASSES + 1] = {0};
    *out = (struct breaks){0};
    if (!values_sort(given, n, &values, err))
        return false;
    bool ok = true;
    if (values.n == 0)
        goto done;
    size_t k = n_classes < values.n ? n_classes : values.n;
    out->least = values.at[0];
    out->greatest = values.at[values.n - 1];
    if (method == BREAKS_JENKS)
        ok = by_fisher(&values, k, first) || err_no_memory(err);
    else if (method == BREAKS_QUANTILE)
        by_quantile(&values, k, first);
    else
        by_distance(&values, k, first);
    first[k] = values.n;
    for (size_t i = 0; i < k && ok; i++)
        if (first[i + 1] > first[i])
            set_class(out, &values, first[i], first[i + 1]);
done:
    values_free(&values);
    return ok;
}

bool breaks_manual(const double *given, size_t n_classes, const double *values, size_t n,
                   struct breaks *out, struct err *err)
{
    bool any = false;
    struct breaks made = {.n_classes = n_classes};
    for (size_t i = 0; i + 1 < n_classes; i++) {
        made.at[i] = given[i];
        if (!isfinite(given[i]) || (i && given[i] <= given[i - 1]))
            return err_set(err, ERR_INPUT, "los cortes deben ir de menor a mayor: %g no va tras %g",
                           given[i], i ? given[i - 1] : -INFINITY);
    }
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(values[i]))
            continue;
        made.least = any ? fmin(made.least, values[i]) : values[i];
        made.greatest = any ? fmax(made.greatest, values[i]) : values[i];
        any = true;
        size_t class = 0;
        while (class + 1 < n_classes && values[i] >= made.at[class])
            class ++;
        made.count[class]++;
    }
    *out = made;
    return true;
}

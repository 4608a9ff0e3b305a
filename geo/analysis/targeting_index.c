/* targeting_index.c - computes the index and the places from a municipality's figures. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/analysis/targeting_internal.h"
#include "geo/analysis/variates.h"

/* Rulers span these percentiles of the municipalities, so that one outlier does not set
 * the scale of all (OECD and JRC, Handbook on Constructing Composite Indicators, 2008,
 * steps 2 and 5). */
static const double low_share = 0.05, high_share = 0.95;

static double per(double figure, double of, double many)
{
    return of > 0 ? many * figure / of : NAN; /* NaN of NaN too */
}

void target_values(const struct geo_target_model *model, const struct target_input *input,
                   double *values)
{
    values[TARGET_NBI] = input->nbi_pct;
    values[TARGET_RURAL] = input->people;
    values[TARGET_FAMILIAS] = per(input->families, input->dwellings, 100);
    values[TARGET_RIEGO] = per(input->irrigated_ha, input->dwellings, 1000);
    values[TARGET_OBRAS] = per(input->works_families, input->dwellings, 100);
    for (size_t f = 0; f < model->n_facts; f++)
        values[GEO_TARGET_BASIC + f] = input->facts[f];
}

static bool is_used(const struct geo_target_model *model, size_t c)
{
    int pillar = (int)model->components[c].pillar;
    return model->components[c].weight * model->weight[pillar] > 0 ||
           model->scenario_component[c] * model->scenario_weight[pillar] > 0;
}

const char *target_missing(const struct geo_target_model *model, const double *values,
                           const struct target_input *input)
{
    for (size_t c = 0; c < model->n_components; c++) {
        if (!is_used(model, c) || !isnan(values[c]))
            continue;
        if (model->components[c].pillar == GEO_TARGET_GAP && !isnan(input->dwellings))
            return "tiene 0 viviendas rurales";
        return model->components[c].missing;
    }
    return NULL;
}

/* Rulers -------------------------------------------------------------------- */

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Linear between order statistics (Hyndman and Fan, 1996, definition 7). */
static double quantile(const double *sorted, size_t n, double share)
{
    double at = share * (double)(n - 1);
    size_t below = (size_t)at;
    if (below + 1 >= n)
        return sorted[n - 1];
    return sorted[below] + (at - (double)below) * (sorted[below + 1] - sorted[below]);
}

static double log_people_of(double people)
{
    return geo_log(people > 1 ? people : 1);
}

/* The ruler of a gap begins at 0 (no service), whatever the least value is. */
static void make_ruler(struct geo_target_model *model, size_t c, const double *sorted, size_t n)
{
    struct target_ruler *ruler = &model->rulers[c];
    ruler->sorted = sorted;
    ruler->n_sorted = n;
    if (n == 0)
        return;
    bool gap = model->components[c].pillar == GEO_TARGET_GAP;
    ruler->low = gap ? 0 : quantile(sorted, n, low_share);
    ruler->high = quantile(sorted, n, high_share);
    if (ruler->high <= ruler->low) {
        ruler->low = gap ? 0 : sorted[0];
        ruler->high = sorted[n - 1];
    }
}

bool target_make_rulers(struct geo_target_model *model, struct err *err)
{
    size_t n = model->n;
    model->sorted = malloc((model->n_components * n + 1) * sizeof *model->sorted);
    if (!model->sorted)
        return err_no_memory(err);
    model->dwellings = 0;
    for (size_t i = 0; i < n; i++) {
        double values[GEO_TARGET_COMPONENTS_MAX];
        target_values(model, &model->inputs[i], values);
        for (size_t c = 0; c < model->n_components; c++)
            model->sorted[c * n + i] = c == TARGET_RURAL ? log_people_of(values[c]) : values[c];
        if (model->inputs[i].dwellings > 0)
            model->dwellings += model->inputs[i].dwellings;
    }
    for (size_t c = 0; c < model->n_components; c++) {
        double *sorted = model->sorted + c * n, sum = 0, squares = 0;
        if (!is_used(model, c))
            continue;
        qsort(sorted, n, sizeof *sorted, by_value);
        make_ruler(model, c, sorted, n);
        if (c < GEO_TARGET_BASIC)
            continue;
        for (size_t i = 0; i < n; i++)
            sum += sorted[i];
        for (size_t i = 0; i < n; i++)
            squares += (sorted[i] - sum / (double)n) * (sorted[i] - sum / (double)n);
        model->fact_spread[c - GEO_TARGET_BASIC] = sqrt(squares / (double)(n ? n : 1));
    }
    return true;
}

/* Norms ----------------------------------------------------------------------- */

/* The share of municipalities with less, plus half of those with the same. */
static double percentile(const struct target_ruler *ruler, double value)
{
    size_t ends[2];
    for (int side = 0; side < 2; side++) { /* first the lower, then the upper end of the ties */
        size_t from = 0, to = ruler->n_sorted;
        while (from < to) {
            size_t middle = from + (to - from) / 2;
            bool left = side == 0 ? ruler->sorted[middle] < value : ruler->sorted[middle] <= value;
            if (left)
                from = middle + 1;
            else
                to = middle;
        }
        ends[side] = from;
    }
    return 0.5 * (double)(ends[0] + ends[1]) / (double)ruler->n_sorted;
}

static double range(const struct target_ruler *ruler, double value, bool gap)
{
    if (ruler->high <= ruler->low) /* all equal: no service at all, or no difference in need */
        return gap ? 0 : 0.5;
    double share = (value - ruler->low) / (ruler->high - ruler->low);
    return share < 0 ? 0 : share > 1 ? 1 : share;
}

void target_norms(const struct geo_target_model *model, const double *values, double log_people,
                  double *norms)
{
    for (size_t c = 0; c < model->n_components; c++) {
        const struct geo_target_component *component = &model->components[c];
        double value = values[c];
        if (!model->rulers[c].sorted || isnan(value)) {
            norms[c] = NAN;
            continue;
        }
        if (c == TARGET_RURAL)
            value = isnan(log_people) ? log_people_of(value) : log_people;
        double share = model->scale == GEO_TARGET_PERCENTILE
                           ? percentile(&model->rulers[c], value)
                           : range(&model->rulers[c], value, component->pillar == GEO_TARGET_GAP);
        norms[c] = component->less_is_more ? 1 - share : share;
    }
}

void target_pillars(const struct geo_target_model *model, const double *norms,
                    const double *component_weights, double pillars[2])
{
    pillars[0] = pillars[1] = 0;
    for (size_t c = 0; c < model->n_components; c++)
        if (component_weights[c] > 0)
            pillars[model->components[c].pillar] += component_weights[c] * norms[c];
}

/* 0 to the power 0 is 1: a pillar without weight has no effect. */
static double log_part(double pillar, double weight)
{
    if (weight <= 0)
        return 0;
    return pillar > 0 ? weight * geo_log(pillar) : -1e9;
}

double target_combine(enum geo_target_form form, const double pillars[2], const double weight[2])
{
    if (form == GEO_TARGET_ADDITIVE)
        return weight[0] * pillars[0] + weight[1] * pillars[1];
    return geo_exp(log_part(pillars[0], weight[0]) + log_part(pillars[1], weight[1]));
}

/* Places ------------------------------------------------------------------------ */

struct targeting_index_placed {
    double index;
    size_t at;
};

static int by_index(const void *a, const void *b)
{
    const struct targeting_index_placed *x = a, *y = b;
    if (x->index != y->index)
        return x->index > y->index ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

bool target_places(const double *index, const size_t *group, size_t n, size_t n_groups,
                   int64_t *places, struct err *err)
{
    struct targeting_index_placed *order = malloc((n + 1) * sizeof *order);
    int64_t *counts = calloc(n_groups + 1, sizeof *counts);
    bool ok = order && counts;
    if (ok) {
        for (size_t i = 0; i < n; i++)
            order[i] = (struct targeting_index_placed){index[i], i};
        qsort(order, n, sizeof *order, by_index);
        for (size_t i = 0; i < n; i++)
            places[order[i].at] = ++counts[group[order[i].at]];
    }
    free(counts);
    free(order);
    return ok || err_no_memory(err);
}

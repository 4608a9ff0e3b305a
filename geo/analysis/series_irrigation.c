/* series_irrigation.c - net irrigated hectares by period.
 *
 * Areas that overlap, directly or through others, are measured together
 * (geo/figures/overlap.h). What a period adds to a municipality is the measure of the
 * clusters that gained a member in it, less their measure before; other clusters are not
 * measured again. Clusters are found by the boxes of the areas: they may join areas that
 * do not overlap, which does not change the result.
 */
#include <stdlib.h>
#include <string.h>

#include "geo/analysis/series_internal.h"
#include "geo/figures/areas.h"
#include "geo/place/edition.h"
#include "geo/place/shape.h"

struct series_areas {
    struct geo_areas *areas;
    const struct geo_area *list; /* borrowed from areas */
    size_t n;
    size_t *cluster; /* by area: index of its cluster's first area */
    struct geo_box *box;
    bool *has_box;
};

static size_t root_of(struct series_areas *areas, size_t i)
{
    while (areas->cluster[i] != i)
        i = areas->cluster[i] = areas->cluster[areas->cluster[i]];
    return i;
}

struct series_irrigation_by_left {
    double min_x;
    size_t index;
};

static int compare_left(const void *a, const void *b)
{
    const struct series_irrigation_by_left *x = a, *y = b;
    if (x->min_x != y->min_x)
        return x->min_x < y->min_x ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

/* Sweeps from west to east: a box can only meet boxes that begin before it ends. */
static bool find_clusters(struct series_areas *areas, struct err *err)
{
    struct series_irrigation_by_left *order = calloc(areas->n + 1, sizeof *order);
    size_t n = 0;
    if (!order)
        return err_no_memory(err);
    for (size_t i = 0; i < areas->n; i++)
        if (areas->has_box[i])
            order[n++] = (struct series_irrigation_by_left){areas->box[i].min_x, i};
    if (n > 1)
        qsort(order, n, sizeof *order, compare_left);
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++) {
            const struct geo_box *a = &areas->box[order[i].index], *b = &areas->box[order[j].index];
            if (b->min_x > a->max_x)
                break;
            if (!geo_box_meets(*a, *b))
                continue;
            size_t x = root_of(areas, order[i].index), y = root_of(areas, order[j].index);
            areas->cluster[x > y ? x : y] = x > y ? y : x;
        }
    free(order);
    return true;
}

struct series_areas *series_areas_open(struct series *series)
{
    struct series_areas *areas = calloc(1, sizeof *areas);
    if (!areas) {
        err_no_memory(series->err);
        return NULL;
    }
    areas->areas = geo_areas_dated(series->store, series->units, series->err);
    bool ok = areas->areas != NULL;
    if (ok)
        areas->list = geo_areas_list(areas->areas, &areas->n);
    areas->cluster = calloc(areas->n + 1, sizeof *areas->cluster);
    areas->box = calloc(areas->n + 1, sizeof *areas->box);
    areas->has_box = calloc(areas->n + 1, sizeof *areas->has_box);
    if (ok && (!areas->cluster || !areas->box || !areas->has_box))
        ok = err_no_memory(series->err);
    for (size_t i = 0; i < areas->n && ok; i++) {
        const char *day = geo_areas_since(areas->areas, i);
        areas->cluster[i] = i;
        if (day)
            series_span(series, day);
        if (areas->list[i].wkb_len == 0)
            continue;
        struct geo_shape *shape =
            geo_shape_parse(areas->list[i].wkb, areas->list[i].wkb_len, series->err);
        ok = shape != NULL;
        if (ok) {
            areas->box[i] = shape->box;
            areas->has_box[i] = true;
        }
        geo_shape_free(shape);
    }
    ok = ok && find_clusters(areas, series->err);
    if (ok)
        return areas;
    series_areas_close(areas);
    return NULL;
}

void series_areas_close(struct series_areas *areas)
{
    if (!areas)
        return;
    geo_areas_free(areas->areas);
    free(areas->cluster);
    free(areas->box);
    free(areas->has_box);
    free(areas);
}

/* Measuring ---------------------------------------------------------------- */

struct series_irrigation_work {
    struct series *series;
    struct series_areas *areas;
    struct geo_edition *edition;
    long *period;            /* by area; -1: before the first */
    bool *gains;             /* by first area of a cluster: it gains a member in this period */
    struct geo_area *chosen; /* has room for all areas */
    struct geo_irrigated *before, *after;
};

/* Measures the areas of these clusters that count up to a period. */
static bool measure(struct series_irrigation_work *work, long until, struct geo_irrigated *by_unit)
{
    size_t n = 0;
    memset(by_unit, 0, (work->series->units->n + 1) * sizeof *by_unit);
    for (size_t i = 0; i < work->areas->n; i++)
        if (work->period[i] <= until && work->gains[root_of(work->areas, i)])
            work->chosen[n++] = work->areas->list[i];
    return n == 0 ||
           geo_overlap_measure(work->edition, work->chosen, n,
                               geo_store_budget(work->series->store), by_unit, work->series->err);
}

static bool add_period(struct series_irrigation_work *work, long period)
{
    struct series *series = work->series;
    const char *day = period < 0 ? NULL : series->periods[period].from;
    bool any = false;
    memset(work->gains, 0, (work->areas->n + 1) * sizeof *work->gains);
    for (size_t i = 0; i < work->areas->n; i++)
        if (work->period[i] == period)
            any = work->gains[root_of(work->areas, i)] = true;
    if (!any)
        return true;
    if (!measure(work, period - 1, work->before) || !measure(work, period, work->after))
        return false;
    for (size_t slot = 0; slot <= series->units->n; slot++) {
        const struct geo_irrigated *a = &work->after[slot], *b = &work->before[slot];
        const double values[SERIES_MEASURES] = {(double)(a->areas - b->areas),
                                                a->bruto_m2 - b->bruto_m2, a->neto_m2 - b->neto_m2,
                                                1e4 * (a->declarado_ha - b->declarado_ha)};
        if ((values[0] != 0 || values[1] != 0 || values[2] != 0 || values[3] != 0) &&
            !series_add(series, day, slot, 0, values))
            return false;
    }
    return true;
}

bool series_areas_measure(struct series *series, struct series_areas *areas)
{
    struct series_irrigation_work work = {
        .series = series,
        .areas = areas,
        .edition = geo_edition_load(series->store, series->units->edition, series->err),
        .period = calloc(areas->n + 1, sizeof *work.period),
        .gains = calloc(areas->n + 1, sizeof *work.gains),
        .chosen = calloc(areas->n + 1, sizeof *work.chosen),
        .before = calloc(series->units->n + 1, sizeof *work.before),
        .after = calloc(series->units->n + 1, sizeof *work.after),
    };
    bool ok = work.edition != NULL;
    if (ok && (!work.period || !work.gains || !work.chosen || !work.before || !work.after))
        ok = err_no_memory(series->err);
    if (ok && geo_edition_count(work.edition) != series->units->n)
        ok = err_set(series->err, ERR_SETUP, "la edición %s tiene municipios sin límites",
                     series->units->edition);
    for (size_t i = 0; i < areas->n && ok; i++) {
        const char *day = geo_areas_since(areas->areas, i);
        work.period[i] = day ? series_period_of(series, day) : -1;
    }
    for (long period = -1; period < (long)series->n_periods && ok; period++)
        ok = add_period(&work, period);
    geo_edition_free(work.edition);
    free(work.period);
    free(work.gains);
    free(work.chosen);
    free(work.before);
    free(work.after);
    return ok;
}

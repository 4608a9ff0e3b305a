/* overlap.c - gross and net area of overlapping polygons, by municipality. */
#include "geo/figures/overlap.h"

#include <math.h>
#include <stdlib.h>

#include "geo/place/geos.h"
#include "geo/place/measure.h"

/* The polygon itself stays as its bytes: there may be hundreds of thousands. */
struct measured {
    struct geo_box box;    /* if there is a polygon */
    struct geo_geom *geom; /* while it is compared with others or united with them, else NULL */
    double area_m2;
    size_t cluster; /* parent in the union-find tree; the root has the smallest index */
    size_t next;    /* of the cluster, in order of index; 0: it is the last */
    size_t last;    /* of a root: the last of its cluster so far */
};

struct overlap_work {
    const struct geo_edition *edition;
    size_t n_units;
    const struct geo_area *areas;
    struct measured *measured;
    size_t n;
    struct geo_geos *geos;
    struct geo_irrigated *by_unit;
    const struct budget *budget;
    struct err *err;
};

/* Gross ------------------------------------------------------------------- */

static size_t slot_of(const struct overlap_work *work, int unit)
{
    return unit < 0 ? work->n_units : (size_t)unit;
}

static bool read_area(struct overlap_work *work, size_t i)
{
    const struct geo_area *area = &work->areas[i];
    struct measured *measured = &work->measured[i];
    struct geo_part *parts = NULL;
    size_t n_parts = 0;
    double declared = isnan(area->declarado_ha) ? 0 : area->declarado_ha;
    measured->cluster = i;
    work->by_unit[slot_of(work, area->unit)].areas++;
    if (area->wkb_len == 0) {
        work->by_unit[slot_of(work, area->unit)].declarado_ha += declared;
        return true;
    }
    struct geo_shape *shape = geo_shape_parse(area->wkb, area->wkb_len, work->err);
    if (!shape)
        return false;
    measured->box = shape->box;
    measured->area_m2 = geo_measure_area(shape);
    geo_shape_free(shape);
    if (!geo_edition_split(work->edition, area->wkb, area->wkb_len, &parts, &n_parts, work->err))
        return false;
    for (size_t p = 0; p < n_parts; p++) {
        struct geo_irrigated *to = &work->by_unit[slot_of(work, parts[p].unit)];
        to->bruto_m2 += measured->area_m2 * parts[p].share;
        to->declarado_ha += declared * parts[p].share;
    }
    free(parts);
    return true;
}

/* Clusters ---------------------------------------------------------------- */

/* Halves the way to the root, so that long chains are walked once. */
static size_t root_of(struct overlap_work *work, size_t i)
{
    struct measured *measured = work->measured;
    while (measured[i].cluster != i)
        i = measured[i].cluster = measured[measured[i].cluster].cluster;
    return i;
}

static void join(struct overlap_work *work, size_t a, size_t b)
{
    a = root_of(work, a);
    b = root_of(work, b);
    if (a < b)
        work->measured[b].cluster = a;
    else
        work->measured[a].cluster = b;
}

static bool need_geom(struct overlap_work *work, size_t i)
{
    const struct geo_area *area = &work->areas[i];
    struct measured *measured = &work->measured[i];
    if (measured->geom)
        return true;
    struct geo_shape *shape = geo_shape_parse(area->wkb, area->wkb_len, work->err);
    if (shape)
        measured->geom = geo_geos_from_shape(work->geos, shape, work->err);
    geo_shape_free(shape);
    return measured->geom != NULL;
}

static void drop_geom(struct overlap_work *work, size_t i)
{
    geo_geos_free_geom(work->geos, work->measured[i].geom);
    work->measured[i].geom = NULL;
}

static bool join_if_meeting(struct overlap_work *work, size_t a, size_t b)
{
    bool meets = false;
    if (root_of(work, a) == root_of(work, b))
        return true;
    if (!need_geom(work, a) || !need_geom(work, b))
        return false;
    struct geo_prepared *prepared = geo_geos_prepare(work->geos, work->measured[a].geom, work->err);
    bool ok =
        prepared && geo_geos_meets(work->geos, prepared, work->measured[b].geom, &meets, work->err);
    geo_geos_free_prepared(work->geos, prepared);
    if (ok && meets)
        join(work, a, b);
    return ok;
}

struct overlap_by_left {
    struct geo_box box;
    size_t index;
};

static int compare_left(const void *a, const void *b)
{
    const struct overlap_by_left *x = a, *y = b;
    if (x->box.min_x != y->box.min_x)
        return x->box.min_x < y->box.min_x ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

/* Sweeps from west to east: a box can only meet boxes that begin before it ends. */
static bool find_clusters(struct overlap_work *work)
{
    struct overlap_by_left *order = calloc(work->n + 1, sizeof *order);
    if (!order)
        return err_no_memory(work->err);
    size_t n = 0;
    for (size_t i = 0; i < work->n; i++)
        if (work->areas[i].wkb_len)
            order[n++] = (struct overlap_by_left){work->measured[i].box, i};
    if (n > 1)
        qsort(order, n, sizeof *order, compare_left);
    bool ok = true;
    for (size_t i = 0; i < n && ok; i++) {
        struct geo_box box = order[i].box;
        for (size_t j = i + 1; j < n && ok && order[j].box.min_x <= box.max_x; j++)
            if (geo_box_meets(box, order[j].box))
                ok = join_if_meeting(work, order[i].index, order[j].index);
        drop_geom(work, order[i].index); /* those that follow are not compared with it */
        ok = ok && budget_left(work->budget, work->err);
    }
    free(order);
    return ok;
}

/* Net --------------------------------------------------------------------- */

static bool add_net(struct overlap_work *work, const unsigned char *wkb, size_t wkb_len,
                    double area_m2)
{
    struct geo_part *parts = NULL;
    size_t n_parts = 0;
    if (!geo_edition_split(work->edition, wkb, wkb_len, &parts, &n_parts, work->err))
        return false;
    for (size_t p = 0; p < n_parts; p++)
        work->by_unit[slot_of(work, parts[p].unit)].neto_m2 += area_m2 * parts[p].share;
    free(parts);
    return true;
}

/* sum_m2: total area of the members. The union of polygons that only share a border can
 * come out slightly larger, because an edge with fewer vertices is a different geodesic. */
static bool add_union(struct overlap_work *work, struct geo_geom *const *members, size_t n,
                      double sum_m2)
{
    struct geo_shape *shape = NULL;
    struct buf wkb;
    buf_init(&wkb);
    struct geo_geom *whole = geo_geos_union(work->geos, members, n, work->err);
    if (whole)
        shape = geo_geos_to_shape(work->geos, whole, GEO_SHAPE_POLYGON, work->err);
    if (shape)
        geo_shape_put_wkb(shape, true, &wkb);
    bool ok = shape && !buf_failed(&wkb) &&
              add_net(work, (const unsigned char *)wkb.data, wkb.len,
                      fmin(geo_measure_area(shape), sum_m2));
    if (shape && buf_failed(&wkb))
        err_no_memory(work->err);
    buf_free(&wkb);
    geo_shape_free(shape);
    geo_geos_free_geom(work->geos, whole);
    return ok;
}

/* Chains the members of each cluster, from its root on. */
static void chain_clusters(struct overlap_work *work)
{
    for (size_t i = 0; i < work->n; i++) {
        size_t root = root_of(work, i);
        if (root != i)
            work->measured[work->measured[root].last].next = i;
        work->measured[root].last = i;
    }
}

/* Adds the cluster of its first area; members has room for it. */
static bool add_cluster(struct overlap_work *work, size_t first, struct geo_geom **members)
{
    double sum_m2 = 0;
    size_t n = 0, j = first;
    bool ok = true;
    if (!work->measured[first].next)
        return add_net(work, work->areas[first].wkb, work->areas[first].wkb_len,
                       work->measured[first].area_m2);
    do {
        ok = need_geom(work, j);
        members[n++] = work->measured[j].geom;
        sum_m2 += work->measured[j].area_m2;
        j = work->measured[j].next;
    } while (ok && j);
    ok = ok && add_union(work, members, n, sum_m2);
    for (j = first; n > 0; n--, j = work->measured[j].next)
        drop_geom(work, j);
    return ok;
}

/* Adds clusters in the order of their first area, so that figures are equal to the last
 * bit whichever other areas are measured with them. */
static bool add_clusters(struct overlap_work *work)
{
    struct geo_geom **members = calloc(work->n + 1, sizeof(struct geo_geom *));
    if (!members)
        return err_no_memory(work->err);
    bool ok = true;
    chain_clusters(work);
    for (size_t i = 0; i < work->n && ok; i++)
        if (work->areas[i].wkb_len && root_of(work, i) == i)
            ok = add_cluster(work, i, members) && budget_left(work->budget, work->err);
    free(members);
    return ok;
}

bool geo_overlap_measure(const struct geo_edition *edition, const struct geo_area *areas, size_t n,
                         const struct budget *budget, struct geo_irrigated *by_unit,
                         struct err *err)
{
    struct overlap_work work = {
        .edition = edition,
        .n_units = geo_edition_count(edition),
        .areas = areas,
        .measured = calloc(n + 1, sizeof *work.measured),
        .n = n,
        .by_unit = by_unit,
        .budget = budget,
        .err = err,
    };
    if (!work.measured)
        return err_no_memory(err);
    work.geos = geo_geos_new(err);
    bool ok = work.geos != NULL;
    for (size_t i = 0; i < n && ok; i++)
        if (!read_area(&work, i))
            ok = err_wrap(err, "área de riego %lld", (long long)areas[i].id);
        else
            ok = budget_left(budget, err);
    ok = ok && find_clusters(&work) && add_clusters(&work);
    for (size_t i = 0; i < n; i++)
        drop_geom(&work, i);
    geo_geos_free(work.geos);
    free(work.measured);
    return ok;
}

/* split.c - splits a line or polygon by municipality, into shares of its size. */
#include <math.h>
#include <stdlib.h>

#include "geo/place/edition_internal.h"
#include "geo/place/geos.h"

/* Rounding of overlays; a smaller difference is no gap or overlap. */
static const double SAME = 1e-11;
/* Contract: smaller shares are dropped. */
static const double LEAST_SHARE = 1e-9;

struct splitter {
    const struct geo_edition *edition;
    enum geo_shape_kind kind;
    struct geo_geos *geos;
    struct geo_geom *whole;
    unsigned char *near; /* by unit: true if it may meet the shape */
    struct geo_part *parts;
    size_t n;
};

static double measure(const struct geo_shape *shape)
{
    return shape->kind == GEO_SHAPE_POLYGON ? geo_measure_area(shape) : geo_measure_length(shape);
}

/* Geodesic measure of an overlay's result; 0 for nothing. */
static bool measure_geom(const struct splitter *splitter, const struct geo_geom *geom,
                         double *value, struct err *err)
{
    struct err inner = {0};
    struct geo_shape *shape = geo_geos_to_shape(splitter->geos, geom, splitter->kind, &inner);
    if (!shape && inner.kind != ERR_NONE) {
        if (err)
            *err = inner;
        return false;
    }
    *value = shape ? measure(shape) : 0;
    geo_shape_free(shape);
    return true;
}

static void add_part(struct splitter *splitter, int unit, double value)
{
    if (value > 0)
        splitter->parts[splitter->n++] = (struct geo_part){.unit = unit, .measure = value};
}

/* Intersects `whole` with each near unit. With `rest`, each intersection is subtracted
 * from it first: so what two units share goes to the lower code, and what is left at the
 * end lies in none. *cut is the planar sum of the intersections. */
static bool cut_units(struct splitter *splitter, struct geo_geom **rest, double *cut,
                      struct err *err)
{
    const struct geo_edition *edition = splitter->edition;
    struct geo_geos *geos = splitter->geos;
    bool good = true;
    *cut = 0;
    for (size_t i = 0; good && i < edition->areas.n; i++) {
        double value = 0;
        if (!splitter->near[i])
            continue;
        struct geo_geom *part = NULL, *left = NULL;
        struct geo_geom *unit = geo_geos_from_shape(geos, edition->areas.shapes[i], err);
        if (unit)
            part = geo_geos_intersection(geos, rest ? *rest : splitter->whole, unit, splitter->kind,
                                         err);
        good = part && measure_geom(splitter, part, &value, err);
        if (good) {
            *cut += geo_geos_extent(geos, part, splitter->kind);
            add_part(splitter, (int)i, value);
        }
        if (good && rest && value > 0) {
            left = geo_geos_difference(geos, *rest, unit, splitter->kind, err);
            good = left != NULL;
            if (good) {
                geo_geos_free_geom(geos, *rest);
                *rest = left;
            }
        }
        geo_geos_free_geom(geos, part);
        geo_geos_free_geom(geos, unit);
    }
    return good;
}

static bool cut_shape(struct splitter *splitter, const struct geo_shape *shape, struct err *err)
{
    struct geo_geom *rest = NULL;
    double cut = 0, outside = 0;
    bool good = false;
    splitter->geos = geo_geos_new(err);
    if (splitter->geos)
        splitter->whole = geo_geos_from_shape(splitter->geos, shape, err);
    if (!splitter->whole)
        goto done;
    /* Mostly the intersections sum to the whole, and there are neither overlaps nor gaps. */
    double whole = geo_geos_extent(splitter->geos, splitter->whole, splitter->kind);
    good = cut_units(splitter, NULL, &cut, err);
    if (good && fabs(cut - whole) > SAME * whole) {
        splitter->n = 0;
        rest = geo_geos_from_shape(splitter->geos, shape, err);
        good = rest && cut_units(splitter, &rest, &cut, err) &&
               measure_geom(splitter, rest, &outside, err);
        if (good)
            add_part(splitter, -1, outside);
    }
done:
    if (splitter->geos) {
        geo_geos_free_geom(splitter->geos, rest);
        geo_geos_free_geom(splitter->geos, splitter->whole);
    }
    geo_geos_free(splitter->geos);
    return good;
}

/* Points have no measure: each counts the same. */
static void count_points(struct splitter *splitter, const struct geo_shape *shape)
{
    for (size_t i = 0; i < shape->n_points; i++) {
        int unit = geo_edition_locate(splitter->edition, shape->xy[2 * i], shape->xy[2 * i + 1]);
        size_t k = 0;
        while (k < splitter->n && splitter->parts[k].unit != unit)
            k++;
        if (k == splitter->n)
            splitter->parts[splitter->n++] = (struct geo_part){.unit = unit};
        splitter->parts[k].share += 1.0 / (double)shape->n_points;
    }
}

/* Largest first, equal ones by code, "in none" last. */
static int by_share(const void *a, const void *b)
{
    const struct geo_part *left = a, *right = b;
    if ((left->unit < 0) != (right->unit < 0))
        return left->unit < 0 ? 1 : -1;
    if (left->share != right->share)
        return left->share > right->share ? -1 : 1;
    return left->unit - right->unit;
}

/* Scales the shares to sum to 1, and the measures to sum to that of the whole. A cut edge
 * is not exactly the geodesic of the whole edge, so the parts' own sum differs by a
 * millionth or less. */
static void scale_parts(struct splitter *splitter, double whole)
{
    double sum = 0, kept = 0;
    size_t n = 0;
    for (size_t i = 0; i < splitter->n; i++)
        sum += splitter->parts[i].measure;
    for (size_t i = 0; i < splitter->n; i++)
        if (splitter->parts[i].measure >= LEAST_SHARE * sum) {
            kept += splitter->parts[i].measure;
            splitter->parts[n++] = splitter->parts[i];
        }
    splitter->n = n;
    for (size_t i = 0; i < n; i++) {
        splitter->parts[i].share = splitter->parts[i].measure / kept;
        splitter->parts[i].measure = splitter->parts[i].share * whole;
    }
}

bool geo_edition_split(const struct geo_edition *edition, const unsigned char *wkb, size_t wkb_len,
                       struct geo_part **parts, size_t *n_parts, struct err *err)
{
    struct splitter splitter = {.edition = edition};
    struct geo_shape *shape = geo_shape_parse(wkb, wkb_len, err);
    int unit = -1;
    bool done = false;
    if (!shape)
        return false;
    splitter.kind = shape->kind;
    bool whole = geo_locate_whole(edition->areas.locate, shape, &unit);
    splitter.parts = calloc(whole ? 1 : edition->areas.n + 1, sizeof *splitter.parts);
    if (!splitter.parts) {
        err_no_memory(err);
        goto done;
    }
    double size = shape->kind == GEO_SHAPE_POINT ? 0 : measure(shape);
    if (shape->kind == GEO_SHAPE_POINT) {
        count_points(&splitter, shape);
    } else if (whole || !(size > 0)) {
        /* In one unit, or a shape without extent: the unit of its first point. */
        if (!whole)
            unit = geo_edition_locate(edition, shape->xy[0], shape->xy[1]);
        splitter.parts[splitter.n++] = (struct geo_part){unit, 1, size};
    } else {
        splitter.near = calloc(edition->areas.n + 1, 1);
        if (!splitter.near) {
            err_no_memory(err);
            goto done;
        }
        geo_locate_near(edition->areas.locate, shape->box, splitter.near);
        if (!cut_shape(&splitter, shape, err)) {
            err_wrap(err, "repartir entre municipios");
            goto done;
        }
        scale_parts(&splitter, size);
    }
    qsort(splitter.parts, splitter.n, sizeof *splitter.parts, by_share);
    *parts = splitter.parts;
    *n_parts = splitter.n;
    splitter.parts = NULL;
    done = true;
done:
    free(splitter.near);
    free(splitter.parts);
    geo_shape_free(shape);
    return done;
}

/* projection.c - projects a snapshot's geometry to any coordinate system. */
#include "layers/page/projection.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/place/crs.h"
#include "layers/map/map.h"
#include "layers/shapes/merc.h"
#include "layers/snapshot/snapshot_internal.h"

enum { EDGE_POINTS = 33 }; /* along each side of a box, to find its bounds */

#define STEPS_PER_METRE 100.0
#define STEPS_PER_DEGREE 1e7

struct projection {
    int epsg;
    bool mercator;
    struct geo_crs *crs; /* NULL for Mercator */
    double centre_x, centre_y, steps_per_unit;
};

struct projection *projection_new(int epsg, const char *crs, struct geo_box box, struct err *err)
{
    struct projection *projection = calloc(1, sizeof *projection);
    double centre[2] = {(box.min_x + box.max_x) / 2, (box.min_y + box.max_y) / 2};
    bool geographic = false;
    if (!projection) {
        err_no_memory(err);
        return NULL;
    }
    projection->epsg = epsg;
    projection->mercator = !crs && epsg == PROJECTION_MERCATOR;
    if (projection->mercator)
        return projection;
    projection->crs = geo_crs_new(err);
    if (!projection->crs || (crs && !geo_crs_named(projection->crs, crs, &projection->epsg, err)) ||
        !geo_crs_is_geographic(projection->crs, projection->epsg, &geographic, err) ||
        !geo_crs_from_lonlat(projection->crs, projection->epsg, centre, 1, err)) {
        projection_free(projection);
        return NULL;
    }
    projection->centre_x = centre[0];
    projection->centre_y = centre[1];
    projection->steps_per_unit = geographic ? STEPS_PER_DEGREE : STEPS_PER_METRE;
    return projection;
}

void projection_free(struct projection *projection)
{
    if (!projection)
        return;
    geo_crs_free(projection->crs);
    free(projection);
}

bool projection_to_steps(struct projection *projection, double *xy, size_t n, struct err *err)
{
    if (!projection->mercator &&
        !geo_crs_from_lonlat(projection->crs, projection->epsg, xy, n, err))
        return false;
    for (size_t i = 0; i < n; i++) {
        double *at = xy + 2 * i;
        if (projection->mercator) {
            at[0] = merc_x_of(at[0]);
            at[1] = merc_y_of(at[1]);
        } else {
            at[0] = (at[0] - projection->centre_x) * projection->steps_per_unit;
            at[1] = (projection->centre_y - at[1]) * projection->steps_per_unit;
        }
        if (!(fabs(at[0]) <= MERC_WORLD / 2 && fabs(at[1]) <= MERC_WORLD / 2))
            return err_set(err, ERR_INPUT,
                           "el sistema de coordenadas no alcanza a mostrar lo que se pide");
    }
    return true;
}

bool projection_to_lonlat(struct projection *projection, double *xy, size_t n, struct err *err)
{
    for (size_t i = 0; i < n; i++) {
        double *at = xy + 2 * i;
        if (projection->mercator) {
            at[0] = merc_lon(at[0]);
            at[1] = merc_lat(at[1]);
        } else {
            at[0] = projection->centre_x + at[0] / projection->steps_per_unit;
            at[1] = projection->centre_y - at[1] / projection->steps_per_unit;
        }
    }
    return projection->mercator || geo_crs_to_lonlat(projection->crs, projection->epsg, xy, n, err);
}

bool projection_box(struct projection *projection, struct geo_box lonlat, struct geo_box *steps,
                    struct err *err)
{
    double xy[4 * EDGE_POINTS * 2];
    const double width = lonlat.max_x - lonlat.min_x, height = lonlat.max_y - lonlat.min_y;
    for (int i = 0; i < EDGE_POINTS; i++) {
        double part = i / (EDGE_POINTS - 1.0), x = lonlat.min_x + part * width,
               y = lonlat.min_y + part * height;
        const double sides[8] = {x, lonlat.min_y, x, lonlat.max_y, lonlat.min_x,
                                 y, lonlat.max_x, y};
        memcpy(xy + (size_t)i * 8, sides, sizeof sides);
    }
    if (!projection_to_steps(projection, xy, 4 * EDGE_POINTS, err))
        return false;
    *steps = geo_box_empty();
    for (int i = 0; i < 4 * EDGE_POINTS; i++)
        *steps = geo_box_grow(*steps, xy[2 * i], xy[2 * i + 1]);
    return true;
}

/* A copy of a shape with lon/lat chosen so that Web Mercator maps them to the plane's
 * steps: so the code that builds geometry needs no changes. */
static struct geo_shape *lay_shape(struct projection *projection, const struct geo_shape *shape,
                                   struct err *err)
{
    struct buf wkb;
    struct geo_shape *laid = NULL;
    double *xy = malloc(shape->n_points * 2 * sizeof *xy);
    if (!xy) {
        err_no_memory(err);
        return NULL;
    }
    memcpy(xy, shape->xy, shape->n_points * 2 * sizeof *xy);
    buf_init(&wkb);
    if (projection_to_steps(projection, xy, shape->n_points, err)) {
        for (size_t i = 0; i < shape->n_points; i++) {
            xy[2 * i] = merc_lon(xy[2 * i]);
            xy[2 * i + 1] = merc_lat(xy[2 * i + 1]);
        }
        struct geo_shape moved = *shape;
        moved.xy = xy;
        geo_shape_put_wkb(&moved, shape->multi, &wkb);
        if (buf_failed(&wkb))
            err_no_memory(err);
        else
            laid = geo_shape_parse((const unsigned char *)wkb.data, wkb.len, err);
    }
    buf_free(&wkb);
    free(xy);
    return laid;
}

/* Columns are borrowed from the snapshot, geometry is new. */
static struct slab *lay_slab(struct projection *projection, const struct slab *slab, bool drawn,
                             struct err *err)
{
    size_t n = slab->geometry->n_features;
    struct slab *laid = calloc(1, sizeof *laid);
    struct geo_shape **shapes = calloc(n + 1, sizeof(struct geo_shape *));
    bool ok = laid && shapes;
    if (!ok)
        err_no_memory(err);
    for (size_t f = 0; f < n && ok && drawn; f++)
        if (slab->geometry->shapes[f])
            ok = (shapes[f] = lay_shape(projection, slab->geometry->shapes[f], err)) != NULL;
    if (!ok) {
        for (size_t f = 0; shapes && f < n; f++)
            geo_shape_free(shapes[f]);
        free(shapes);
        free(laid);
        return NULL;
    }
    laid->layer = slab->layer;
    laid->info = slab->info;
    laid->columns = slab->columns;
    laid->geometry = geometry_build(shapes, n, slab->layer->tiling, NULL, err);
    if (laid->geometry)
        return laid;
    free(laid);
    return NULL;
}

struct snapshot *projection_lay(struct projection *projection, struct snapshot *snapshot,
                                const struct style *style, struct err *err)
{
    if (projection->mercator)
        return snapshot_ref(snapshot);
    struct snapshot *laid = calloc(1, sizeof *laid);
    if (laid)
        laid->slabs = calloc(snapshot->n_slabs + 1, sizeof(struct slab *));
    if (!laid || !laid->slabs) {
        free(laid);
        err_no_memory(err);
        return NULL;
    }
    laid->revision = snapshot->revision;
    laid->edition = snapshot->edition;
    laid->shared = snapshot->shared; /* borrowed, as the columns */
    for (; laid->n_slabs < snapshot->n_slabs; laid->n_slabs++) {
        const struct slab *slab = snapshot->slabs[laid->n_slabs];
        struct slab *one = lay_slab(projection, slab, map_reads(style, slab->layer), err);
        if (!one) {
            projection_drop(projection, laid);
            return NULL;
        }
        laid->slabs[laid->n_slabs] = one;
    }
    return laid;
}

void projection_drop(struct projection *projection, struct snapshot *laid)
{
    if (!laid)
        return;
    if (projection->mercator) {
        snapshot_unref(laid);
        return;
    }
    for (size_t i = 0; i < laid->n_slabs; i++) {
        geometry_unref(laid->slabs[i]->geometry);
        free(laid->slabs[i]);
    }
    free(laid->slabs);
    free(laid);
}

/* geos_repair.c - repairs an invalid polygon, and says in Spanish what was wrong. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/place/geos.h"
#include "geo/place/geos_internal.h"
#include "geo/place/measure.h"

/* GEOS' reasons (operation/valid/TopologyValidationError) in words for users. */
static void explain(const char *reason, char *out, size_t size)
{
    static const struct {
        const char *theirs, *ours;
    } reasons[] = {
        {"Self-intersection", "autointersección"},
        {"Ring Self-intersection", "un anillo se toca a sí mismo"},
        {"Hole lies outside shell", "un hueco queda fuera del contorno"},
        {"Holes are nested", "hay un hueco dentro de otro"},
        {"Nested shells", "hay un contorno dentro de otro"},
        {"Interior is disconnected", "el interior queda partido"},
        {"Duplicate Rings", "hay anillos repetidos"},
        {"Too few points in geometry component", "un anillo tiene muy pocos puntos distintos"},
    };
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (reason && strcmp(reason, reasons[i].theirs) == 0) {
            snprintf(out, size, "%s", reasons[i].ours);
            return;
        }
    snprintf(out, size, "%s", reason ? reason : "geometría no válida");
}

/* Valid rings first, then shells without their holes. NULL: GEOS failed. */
static GEOSGeometry *fix_rings(struct geo_geos *geos, const GEOSGeometry *geom)
{
    GEOSMakeValidParams *how = GEOSMakeValidParams_create_r(geos->handle);
    if (!how)
        return NULL;
    GEOSMakeValidParams_setMethod_r(geos->handle, how, GEOS_MAKE_VALID_STRUCTURE);
    GEOSMakeValidParams_setKeepCollapsed_r(geos->handle, how, 0);
    GEOSGeometry *valid = GEOSMakeValidWithParams_r(geos->handle, geom, how);
    GEOSMakeValidParams_destroy_r(geos->handle, how);
    return valid;
}

/* The polygons without their holes. NULL: GEOS failed. */
static GEOSGeometry *shells_of(struct geo_geos *geos, const GEOSGeometry *geom)
{
    GEOSContextHandle_t handle = geos->handle;
    int n = GEOSGetNumGeometries_r(handle, geom), made = 0;
    GEOSGeometry **shells = calloc((size_t)n + 1, sizeof *shells);
    for (; shells && made < n; made++) {
        const GEOSGeometry *part = GEOSGetGeometryN_r(handle, geom, made);
        GEOSGeometry *ring = GEOSGeom_clone_r(handle, GEOSGetExteriorRing_r(handle, part));
        shells[made] = ring ? GEOSGeom_createPolygon_r(handle, ring, NULL, 0) : NULL;
        if (!shells[made])
            break;
    }
    bool all = shells && made == n;
    GEOSGeometry *whole =
        all ? GEOSGeom_createCollection_r(handle, GEOS_MULTIPOLYGON, shells, (unsigned)n) : NULL;
    for (int i = 0; !all && i < made; i++)
        GEOSGeom_destroy_r(handle, shells[i]);
    free(shells);
    return whole;
}

/* Of a hole that lies outside of its shell GEOS makes land: what is in no shell is taken away. */
static GEOSGeometry *make_valid(struct geo_geos *geos, const GEOSGeometry *geom)
{
    GEOSGeometry *fixed = fix_rings(geos, geom), *shells = shells_of(geos, geom);
    GEOSGeometry *land = shells ? fix_rings(geos, shells) : NULL;
    GEOSGeometry *valid = fixed && land ? GEOSIntersection_r(geos->handle, fixed, land) : NULL;
    GEOSGeom_destroy_r(geos->handle, fixed);
    GEOSGeom_destroy_r(geos->handle, shells);
    GEOSGeom_destroy_r(geos->handle, land);
    return valid;
}

static bool has_holes(const struct geo_shape *shape)
{
    return shape->n_rings > shape->n_parts;
}

static bool copy_shape(const struct geo_shape *shape, struct geo_shape **copy, struct err *err)
{
    struct buf wkb;
    buf_init(&wkb);
    geo_shape_put_wkb(shape, shape->multi, &wkb);
    *copy = buf_failed(&wkb) ? NULL
                             : geo_shape_parse_plane((const unsigned char *)wkb.data, wkb.len, err);
    if (buf_failed(&wkb))
        err_no_memory(err);
    buf_free(&wkb);
    return *copy != NULL;
}

bool geo_geos_repair(struct geo_geos *geos, const struct geo_shape *shape, struct geo_shape **fixed,
                     struct geo_repair *what, struct err *err)
{
    *what = (struct geo_repair){.lon_deg = NAN, .lat_deg = NAN};
    if (shape->kind != GEO_SHAPE_POLYGON)
        return copy_shape(shape, fixed, err);
    GEOSGeometry *place = NULL, *valid = NULL;
    char *reason = NULL;
    bool done = false;
    struct geo_geom *geom = geo_geos_from_shape(geos, shape, err);
    if (!geom)
        return false;
    char good = GEOSisValidDetail_r(geos->handle, geo_geos_theirs(geom), 0, &reason, &place);
    if (good == 1) {
        done = copy_shape(shape, fixed, err);
        goto done;
    }
    what->changed = true;
    explain(reason, what->reason, sizeof what->reason);
    if (place && GEOSisEmpty_r(geos->handle, place) == 0) {
        GEOSGeomGetX_r(geos->handle, place, &what->lon_deg);
        GEOSGeomGetY_r(geos->handle, place, &what->lat_deg);
    }
    valid = good == 2          ? NULL
            : has_holes(shape) ? make_valid(geos, geo_geos_theirs(geom))
                               : fix_rings(geos, geo_geos_theirs(geom));
    if (!valid) {
        geo_geos_failed(geos, "reparar", err);
        goto done;
    }
    struct err inner = {0};
    *fixed = geo_geos_to_shape(geos, geo_geos_ours(valid), GEO_SHAPE_POLYGON, &inner);
    if (!*fixed) {
        if (inner.kind == ERR_NONE)
            err_set(err, ERR_INPUT, "polígono sin superficie (%s)", what->reason);
        else if (err)
            *err = inner;
        goto done;
    }
    what->change_m2 = geo_measure_area_unplaced(*fixed) - geo_measure_area_unplaced(shape);
    done = true;
done:
    if (valid)
        GEOSGeom_destroy_r(geos->handle, valid);
    if (place)
        GEOSGeom_destroy_r(geos->handle, place);
    GEOSFree_r(geos->handle, reason);
    geo_geos_free_geom(geos, geom);
    return done;
}

bool geo_geos_repair_wkb(struct geo_geos *geos, const unsigned char *wkb, size_t wkb_len,
                         struct buf *out, struct geo_repair *what, struct err *err)
{
    struct geo_shape *fixed = NULL, *shape = geo_shape_parse_plane(wkb, wkb_len, err);
    bool done = shape && geo_geos_repair(geos, shape, &fixed, what, err);
    if (done) {
        geo_shape_put_wkb(fixed, fixed->multi || fixed->kind == GEO_SHAPE_POLYGON, out);
        done = !buf_failed(out) || err_no_memory(err);
    }
    geo_shape_free(fixed);
    geo_shape_free(shape);
    return done;
}

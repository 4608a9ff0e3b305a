/* geos.c - GEOS: conversion from and to shapes, overlay, prepared predicates. */
#include "geo/place/geos.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/place/geos_internal.h"

static void remember(const char *message, void *arg)
{
    struct geo_geos *geos = arg;
    snprintf(geos->said, sizeof geos->said, "%s", message);
}

static struct geo_geom *failed(struct geo_geos *geos, const char *what, struct err *err)
{
    geo_geos_failed(geos, what, err);
    return NULL;
}

struct geo_geos *geo_geos_new(struct err *err)
{
    struct geo_geos *geos = calloc(1, sizeof *geos);
    if (geos)
        geos->handle = GEOS_init_r();
    if (!geos || !geos->handle) {
        free(geos);
        err_no_memory(err);
        return NULL;
    }
    GEOSContext_setErrorMessageHandler_r(geos->handle, remember, geos);
    return geos;
}

void geo_geos_free(struct geo_geos *geos)
{
    if (!geos)
        return;
    GEOS_finish_r(geos->handle);
    free(geos);
}

void geo_geos_free_geom(struct geo_geos *geos, struct geo_geom *geom)
{
    if (geom)
        GEOSGeom_destroy_r(geos->handle, (GEOSGeometry *)geom);
}

/* To and from shapes ---------------------------------------------------------- */

static GEOSGeometry *part_of(struct geo_geos *geos, const struct geo_shape *shape, uint32_t ring)
{
    uint32_t first = shape->rings[ring], count = shape->rings[ring + 1] - first;
    GEOSCoordSequence *points = GEOSCoordSeq_copyFromBuffer_r(
        geos->handle, shape->xy + 2 * (size_t)first, count, false, false);
    if (!points)
        return NULL;
    switch (shape->kind) {
    case GEO_SHAPE_POINT:
        return GEOSGeom_createPoint_r(geos->handle, points);
    case GEO_SHAPE_LINE:
        return GEOSGeom_createLineString_r(geos->handle, points);
    default:
        return GEOSGeom_createLinearRing_r(geos->handle, points);
    }
}

static void destroy_all(struct geo_geos *geos, GEOSGeometry **parts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        GEOSGeom_destroy_r(geos->handle, parts[i]);
}

static GEOSGeometry *polygon_of(struct geo_geos *geos, const struct geo_shape *shape, size_t part,
                                GEOSGeometry **rings)
{
    uint32_t first = shape->parts[part], count = shape->parts[part + 1] - first;
    for (uint32_t i = 0; i < count; i++) {
        rings[i] = part_of(geos, shape, first + i);
        if (!rings[i]) {
            destroy_all(geos, rings, i);
            return NULL;
        }
    }
    /* Takes ownership of the rings, also on failure. */
    return GEOSGeom_createPolygon_r(geos->handle, rings[0], rings + 1, count - 1);
}

struct geo_geom *geo_geos_from_shape(struct geo_geos *geos, const struct geo_shape *shape,
                                     struct err *err)
{
    GEOSGeometry **parts = malloc((shape->n_parts + shape->n_rings) * sizeof(GEOSGeometry *));
    GEOSGeometry *whole = NULL;
    if (!parts) {
        err_no_memory(err);
        return NULL;
    }
    for (size_t p = 0; p < shape->n_parts; p++) {
        parts[p] = shape->kind == GEO_SHAPE_POLYGON
                       ? polygon_of(geos, shape, p, parts + shape->n_parts)
                       : part_of(geos, shape, (uint32_t)p);
        if (!parts[p]) {
            destroy_all(geos, parts, p);
            goto done;
        }
    }
    if (shape->n_parts == 1) {
        whole = parts[0];
    } else {
        static const int types[] = {0, GEOS_MULTIPOINT, GEOS_MULTILINESTRING, GEOS_MULTIPOLYGON};
        whole = GEOSGeom_createCollection_r(geos->handle, types[shape->kind], parts,
                                            (unsigned)shape->n_parts);
    }
done:
    free(parts);
    return whole ? geo_geos_ours(whole) : failed(geos, "leer geometría", err);
}

/* The parts of one kind, at any depth, as one Multi…; takes `geom`. */
static GEOSGeometry *only_kind(struct geo_geos *geos, GEOSGeometry *geom, enum geo_shape_kind kind)
{
    static const int single[] = {-1, GEOS_POINT, GEOS_LINESTRING, GEOS_POLYGON};
    static const int multi[] = {-1, GEOS_MULTIPOINT, GEOS_MULTILINESTRING, GEOS_MULTIPOLYGON};
    if (!geom)
        return NULL;
    int type = GEOSGeomTypeId_r(geos->handle, geom);
    if (type == single[kind] || type == multi[kind])
        return geom;
    GEOSGeometry **kept = NULL;
    size_t n = 0, room = 0;
    int members = type == GEOS_GEOMETRYCOLLECTION ? GEOSGetNumGeometries_r(geos->handle, geom) : 0;
    bool good = true;
    for (int i = 0; good && i < members; i++) {
        GEOSGeometry *copy =
            GEOSGeom_clone_r(geos->handle, GEOSGetGeometryN_r(geos->handle, geom, i));
        copy = only_kind(geos, copy, kind);
        int pieces = copy ? GEOSGetNumGeometries_r(geos->handle, copy) : -1;
        good = pieces >= 0;
        for (int k = 0; good && k < pieces; k++) {
            good = array_reserve(kept, room, n + 1);
            if (!good)
                break;
            kept[n] = GEOSGeom_clone_r(geos->handle, GEOSGetGeometryN_r(geos->handle, copy, k));
            good = kept[n] != NULL;
            n += good;
        }
        if (copy)
            GEOSGeom_destroy_r(geos->handle, copy);
    }
    GEOSGeom_destroy_r(geos->handle, geom);
    GEOSGeometry *result = NULL;
    if (good)
        result = GEOSGeom_createCollection_r(geos->handle, multi[kind], kept, (unsigned)n);
    else
        destroy_all(geos, kept, n);
    free(kept);
    return result;
}

/* Collects the parts of one kind. The first pass, with `room` NULL, only counts. GEOS' WKB
 * writer is not used: when memory is short it ends the process, or returns fewer bytes
 * without an error. */
struct filling {
    struct geo_geos *geos;
    struct geo_shape_room room;
    size_t n_points, n_rings, n_parts;
};

static bool fill_points(struct filling *fill, const GEOSGeometry *line)
{
    GEOSContextHandle_t handle = fill->geos->handle;
    const GEOSCoordSequence *points = line ? GEOSGeom_getCoordSeq_r(handle, line) : NULL;
    unsigned n = 0;
    if (!points || !GEOSCoordSeq_getSize_r(handle, points, &n))
        return false;
    if (n > 0 && fill->room.xy) {
        fill->room.rings[fill->n_rings] = (uint32_t)fill->n_points;
        if (!GEOSCoordSeq_copyToBuffer_r(handle, points, fill->room.xy + 2 * fill->n_points, 0, 0))
            return false;
    }
    fill->n_points += n;
    fill->n_rings += n > 0;
    return true;
}

static bool fill_part(struct filling *fill, const GEOSGeometry *part, enum geo_shape_kind kind)
{
    GEOSContextHandle_t handle = fill->geos->handle;
    if (!part || GEOSisEmpty_r(handle, part) != 0)
        return part != NULL && GEOSisEmpty_r(handle, part) == 1;
    if (fill->room.parts)
        fill->room.parts[fill->n_parts] = (uint32_t)fill->n_rings;
    fill->n_parts++;
    if (kind != GEO_SHAPE_POLYGON)
        return fill_points(fill, part);
    int holes = GEOSGetNumInteriorRings_r(handle, part);
    bool good = holes >= 0 && fill_points(fill, GEOSGetExteriorRing_r(handle, part));
    for (int i = 0; good && i < holes; i++)
        good = fill_points(fill, GEOSGetInteriorRingN_r(handle, part, i));
    return good;
}

static bool fill_all(struct filling *fill, const GEOSGeometry *geom, enum geo_shape_kind kind)
{
    int parts = GEOSGetNumGeometries_r(fill->geos->handle, geom);
    bool good = parts >= 0;
    for (int i = 0; good && i < parts; i++)
        good = fill_part(fill, GEOSGetGeometryN_r(fill->geos->handle, geom, i), kind);
    return good;
}

static struct geo_box box_of(const struct geo_shape *shape)
{
    struct geo_box box = geo_box_empty();
    for (size_t i = 0; i < shape->n_points; i++)
        box = geo_box_grow(box, shape->xy[2 * i], shape->xy[2 * i + 1]);
    return box;
}

static struct geo_shape *shape_of(struct geo_geos *geos, const GEOSGeometry *geom,
                                  enum geo_shape_kind kind, struct err *err)
{
    struct filling count = {.geos = geos}, fill = {.geos = geos};
    bool multi = GEOSGeomTypeId_r(geos->handle, geom) > GEOS_POLYGON;
    if (!fill_all(&count, geom, kind)) {
        failed(geos, "contar puntos", err);
        return NULL;
    }
    if (count.n_points == 0)
        return NULL;
    struct geo_shape *shape =
        geo_shape_new(kind, multi, count.n_points, count.n_rings, count.n_parts, &fill.room, err);
    if (shape && !fill_all(&fill, geom, kind)) {
        failed(geos, "leer puntos", err);
        geo_shape_free(shape);
        return NULL;
    }
    if (shape)
        shape->box = box_of(shape);
    return shape;
}

struct geo_shape *geo_geos_to_shape(struct geo_geos *geos, const struct geo_geom *geom,
                                    enum geo_shape_kind kind, struct err *err)
{
    if (err)
        err->kind = ERR_NONE;
    GEOSGeometry *kept =
        only_kind(geos, GEOSGeom_clone_r(geos->handle, geo_geos_theirs(geom)), kind);
    if (!kept) {
        failed(geos, "separar partes", err);
        return NULL;
    }
    struct geo_shape *shape = shape_of(geos, kept, kind, err);
    GEOSGeom_destroy_r(geos->handle, kept);
    return shape;
}

/* Overlay ----------------------------------------------------------------------- */

struct geo_geom *geo_geos_intersection(struct geo_geos *geos, const struct geo_geom *a,
                                       const struct geo_geom *b, enum geo_shape_kind kind,
                                       struct err *err)
{
    GEOSGeometry *result = only_kind(
        geos, GEOSIntersection_r(geos->handle, geo_geos_theirs(a), geo_geos_theirs(b)), kind);
    return result ? geo_geos_ours(result) : failed(geos, "intersección", err);
}

struct geo_geom *geo_geos_difference(struct geo_geos *geos, const struct geo_geom *a,
                                     const struct geo_geom *b, enum geo_shape_kind kind,
                                     struct err *err)
{
    GEOSGeometry *result = only_kind(
        geos, GEOSDifference_r(geos->handle, geo_geos_theirs(a), geo_geos_theirs(b)), kind);
    return result ? geo_geos_ours(result) : failed(geos, "diferencia", err);
}

struct geo_geom *geo_geos_union(struct geo_geos *geos, struct geo_geom *const *geoms, size_t n,
                                struct err *err)
{
    GEOSGeometry **copies = malloc((n ? n : 1) * sizeof(GEOSGeometry *));
    GEOSGeometry *all = NULL, *result = NULL;
    if (!copies) {
        err_no_memory(err);
        return NULL;
    }
    for (size_t i = 0; i < n; i++) {
        copies[i] = GEOSGeom_clone_r(geos->handle, geo_geos_theirs(geoms[i]));
        if (!copies[i]) {
            destroy_all(geos, copies, i);
            goto done;
        }
    }
    all = GEOSGeom_createCollection_r(geos->handle, GEOS_GEOMETRYCOLLECTION, copies, (unsigned)n);
    if (all)
        result = only_kind(geos, GEOSUnaryUnion_r(geos->handle, all), GEO_SHAPE_POLYGON);
done:
    if (all)
        GEOSGeom_destroy_r(geos->handle, all);
    free(copies);
    return result ? geo_geos_ours(result) : failed(geos, "unión", err);
}

double geo_geos_extent(struct geo_geos *geos, const struct geo_geom *geom, enum geo_shape_kind kind)
{
    double extent = 0;
    if (kind == GEO_SHAPE_POLYGON)
        GEOSArea_r(geos->handle, geo_geos_theirs(geom), &extent);
    else if (kind == GEO_SHAPE_LINE)
        GEOSLength_r(geos->handle, geo_geos_theirs(geom), &extent);
    else
        extent = GEOSGetNumCoordinates_r(geos->handle, geo_geos_theirs(geom));
    return extent;
}

bool geo_geos_inside(struct geo_geos *geos, const struct geo_geom *geom, double *lon_deg,
                     double *lat_deg, struct err *err)
{
    GEOSGeometry *point = GEOSPointOnSurface_r(geos->handle, geo_geos_theirs(geom));
    bool good = point && GEOSGeomGetX_r(geos->handle, point, lon_deg) == 1 &&
                GEOSGeomGetY_r(geos->handle, point, lat_deg) == 1;
    if (point)
        GEOSGeom_destroy_r(geos->handle, point);
    if (!good)
        failed(geos, "punto interior", err);
    return good;
}

struct geo_geom *geo_geos_holes(struct geo_geos *geos, const struct geo_geom *geom, struct err *err)
{
    GEOSContextHandle_t handle = geos->handle;
    int n_parts = GEOSGetNumGeometries_r(handle, geo_geos_theirs(geom));
    size_t n = 0, count = 0;
    for (int p = 0; p < n_parts; p++) {
        int holes =
            GEOSGetNumInteriorRings_r(handle, GEOSGetGeometryN_r(handle, geo_geos_theirs(geom), p));
        count += holes > 0 ? (size_t)holes : 0;
    }
    GEOSGeometry **holes = malloc((count ? count : 1) * sizeof(GEOSGeometry *));
    if (!holes) {
        err_no_memory(err);
        return NULL;
    }
    for (int p = 0; p < n_parts; p++) {
        const GEOSGeometry *part = GEOSGetGeometryN_r(handle, geo_geos_theirs(geom), p);
        int here = GEOSGetNumInteriorRings_r(handle, part);
        for (int i = 0; i < here; i++) {
            GEOSGeometry *ring = GEOSGeom_clone_r(handle, GEOSGetInteriorRingN_r(handle, part, i));
            holes[n] = ring ? GEOSGeom_createPolygon_r(handle, ring, NULL, 0) : NULL;
            if (!holes[n]) {
                destroy_all(geos, holes, n);
                free(holes);
                return failed(geos, "huecos", err);
            }
            n++;
        }
    }
    GEOSGeometry *all = GEOSGeom_createCollection_r(handle, GEOS_MULTIPOLYGON, holes, (unsigned)n);
    free(holes);
    return all ? geo_geos_ours(all) : failed(geos, "huecos", err);
}

/* Prepared tests ------------------------------------------------------------------ */

struct geo_prepared *geo_geos_prepare(struct geo_geos *geos, const struct geo_geom *geom,
                                      struct err *err)
{
    const GEOSPreparedGeometry *prepared = GEOSPrepare_r(geos->handle, geo_geos_theirs(geom));
    if (!prepared)
        failed(geos, "preparar", err);
    return (struct geo_prepared *)(uintptr_t)prepared;
}

void geo_geos_free_prepared(struct geo_geos *geos, struct geo_prepared *prepared)
{
    if (prepared)
        GEOSPreparedGeom_destroy_r(geos->handle, (const GEOSPreparedGeometry *)prepared);
}

bool geo_geos_meets(struct geo_geos *geos, const struct geo_prepared *prepared,
                    const struct geo_geom *other, bool *meets, struct err *err)
{
    char answer = GEOSPreparedIntersects_r(geos->handle, (const GEOSPreparedGeometry *)prepared,
                                           geo_geos_theirs(other));
    *meets = answer == 1;
    return answer != 2 || geo_geos_failed(geos, "comparar", err);
}

bool geo_geos_near(struct geo_geos *geos, const struct geo_prepared *prepared,
                   const struct geo_geom *other, double distance_deg, bool *near, struct err *err)
{
    char answer = GEOSPreparedDistanceWithin_r(geos->handle, (const GEOSPreparedGeometry *)prepared,
                                               geo_geos_theirs(other), distance_deg);
    *near = answer == 1;
    return answer != 2 || geo_geos_failed(geos, "comparar", err);
}

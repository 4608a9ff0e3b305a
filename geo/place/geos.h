/* geos.h - repair, overlay and predicates of geometries; the only module that uses GEOS.
 *
 * Owns:    a GEOS context in struct geo_geos; geometries (struct geo_geom) are
 *          the caller's, released with geo_geos_free_geom() of the same context.
 * Threads: one context per thread; never shared.
 * Units:   planar lon/lat degrees; areas here are square degrees, only good for
 *          comparing (geo/place/measure.h has the geodesic ones).
 * Errors:  NULL or false with *err; GEOS' own message is part of it.
 */
#ifndef GEO_GEOS_H
#define GEO_GEOS_H

#include "geo/place/shape.h"

struct geo_geos;
struct geo_geom; /* one GEOS geometry */

struct geo_geos *geo_geos_new(struct err *err);
void geo_geos_free(struct geo_geos *geos); /* NULL is fine */

struct geo_geom *geo_geos_from_shape(struct geo_geos *geos, const struct geo_shape *shape,
                                     struct err *err);
void geo_geos_free_geom(struct geo_geos *geos, struct geo_geom *geom); /* NULL is fine */
/* NULL without an error if nothing of that kind is left. Caller owns it. */
struct geo_shape *geo_geos_to_shape(struct geo_geos *geos, const struct geo_geom *geom,
                                    enum geo_shape_kind kind, struct err *err);

/* Results contain only parts of `kind`: the intersection of two polygons that share a
 * border is empty as polygons. */
struct geo_geom *geo_geos_intersection(struct geo_geos *geos, const struct geo_geom *a,
                                       const struct geo_geom *b, enum geo_shape_kind kind,
                                       struct err *err);
struct geo_geom *geo_geos_difference(struct geo_geos *geos, const struct geo_geom *a,
                                     const struct geo_geom *b, enum geo_shape_kind kind,
                                     struct err *err);
/* The union of polygons; the inputs stay the caller's. n = 0 gives an empty geometry. */
struct geo_geom *geo_geos_union(struct geo_geos *geos, struct geo_geom *const *geoms, size_t n,
                                struct err *err);
/* Length, area or number of points in the plane, by kind; 0 for an empty one. */
double geo_geos_extent(struct geo_geos *geos, const struct geo_geom *geom,
                       enum geo_shape_kind kind);
/* A point that is inside a polygon, unlike its centroid. */
bool geo_geos_inside(struct geo_geos *geos, const struct geo_geom *geom, double *lon_deg,
                     double *lat_deg, struct err *err);
/* The greatest width of polygons: the radius, in metres, of the largest circle inside
 * one of their parts. It exceeds r exactly when eroding the polygons by r leaves
 * something (geos_width.c). Accurate to a metre, or to a fiftieth of the mean width of
 * large polygons. Stops early: any radius known to exceed enough_m may be returned.
 * enough_m INFINITY: the largest. */
bool geo_geos_width(struct geo_geos *geos, const struct geo_shape *shape, double enough_m,
                    double *radius_m, struct err *err);
/* Holes of polygons as polygons; *holes is one multipolygon, maybe empty. */
struct geo_geom *geo_geos_holes(struct geo_geos *geos, const struct geo_geom *geom,
                                struct err *err);

/* Validity ------------------------------------------------------------------ */

struct geo_repair {
    bool changed;            /* false: the input was valid */
    char reason[96];         /* Spanish: "autointersección"; "" if valid */
    double lon_deg, lat_deg; /* where, NaN if unknown */
    double change_m2;        /* area after less before, as geo_measure_area_unplaced() has it */
};

/* Returns the shape itself if it is valid, else a repaired one (GEOS MakeValid, as PostGIS'
 * ST_MakeValid(geom, 'method=structure'): shells less holes), of which only polygons are kept;
 * what no shell encloses never becomes land. *fixed is the caller's in both cases. Lines and points
 * are copied. ERR_INPUT if nothing of a polygon is left. */
bool geo_geos_repair(struct geo_geos *geos, const struct geo_shape *shape, struct geo_shape **fixed,
                     struct geo_repair *what, struct err *err);
/* The same from WKB to WKB, of any finite numbers; polygons come out as MultiPolygon. */
bool geo_geos_repair_wkb(struct geo_geos *geos, const unsigned char *wkb, size_t wkb_len,
                         struct buf *out, struct geo_repair *what, struct err *err);

/* Prepared tests -------------------------------------------------------------- */

/* A prepared geometry for many tests; the geometry must outlive it. */
struct geo_prepared;
struct geo_prepared *geo_geos_prepare(struct geo_geos *geos, const struct geo_geom *geom,
                                      struct err *err);
void geo_geos_free_prepared(struct geo_geos *geos, struct geo_prepared *prepared);
bool geo_geos_meets(struct geo_geos *geos, const struct geo_prepared *prepared,
                    const struct geo_geom *other, bool *meets, struct err *err);
/* Planar distance of at most `distance_deg`. */
bool geo_geos_near(struct geo_geos *geos, const struct geo_prepared *prepared,
                   const struct geo_geom *other, double distance_deg, bool *near, struct err *err);

#endif

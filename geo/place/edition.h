/* edition.h - one edition of municipal boundaries in memory, indexed to find the
 * municipality of a point.
 *
 * Owns:    units, rings, R-tree and grid. Immutable once built: share it
 *          between threads; free it once.
 * Units:   lon/lat degrees (OGC:CRS84); distances in metres on WGS84; areas in m2.
 * Errors:  NULL or false with *err filled.
 */
#ifndef GEO_EDITION_H
#define GEO_EDITION_H

#include "geo/base/box.h"
#include "geo/base/err.h"
#include "geo/store/store.h"

struct geo_edition;

struct geo_unit {
    char codigo[7];
    const char *nombre, *provincia, *departamento, *uo; /* never NULL; "" if unknown */
    int64_t id;                                         /* row of `municipios` */
    struct geo_box box;
};

/* An island, a hole of a body of water, that no unit covers counts as that water. */
enum geo_where { GEO_IN_UNIT, GEO_IN_WATER, GEO_OUTSIDE };

struct geo_place {
    enum geo_where where;
    int unit;          /* the unit that contains the point; in water the nearest; outside -1 */
    double distance_m; /* to `unit`: 0 inside, > 0 in water; outside NaN */
};

/* codigo NULL: the current edition. Also reads cuerpos_agua. */
struct geo_edition *geo_edition_load(struct geo_store *store, const char *codigo, struct err *err);

/* The same from memory (tests, checks before storing). Units are copied and
 * sorted by codigo; wkb[i] is a valid (Multi)Polygon. */
struct geo_source_unit {
    struct geo_unit unit;
    const unsigned char *wkb;
    size_t wkb_len;
};
struct geo_edition *geo_edition_build(const char *codigo, const struct geo_source_unit *units,
                                      size_t n_units, const struct geo_source_unit *water,
                                      size_t n_water, struct err *err);
void geo_edition_free(struct geo_edition *edition); /* NULL is fine */

const char *geo_edition_codigo(const struct geo_edition *edition);
size_t geo_edition_count(const struct geo_edition *edition);
struct geo_box geo_edition_box(const struct geo_edition *edition); /* of all units */
/* In order of codigo; the pointer lives as long as the edition. */
const struct geo_unit *geo_edition_unit(const struct geo_edition *edition, size_t index);
bool geo_edition_is_code(const char *codigo); /* six digits, as INE's codes are */
int geo_edition_find(const struct geo_edition *edition, const char *codigo); /* -1: none */

/* Index of the unit that contains the point (on a border: the lower code), or
 * -1. Exact: the same as testing every ring with exact arithmetic. */
int geo_edition_locate(const struct geo_edition *edition, double lon_deg, double lat_deg);
/* n points at once, xy interleaved. */
void geo_edition_locate_all(const struct geo_edition *edition, const double *xy, size_t n,
                            int *units);
/* Also considers water. */
struct geo_place geo_edition_place(const struct geo_edition *edition, double lon_deg,
                                   double lat_deg);
/* A record no farther than this from the municipality it declares is next to it: its link is
 * "vecino" (geo/figures/link.h), and its coordinate was read well (geo/place/rescue.h). */
enum { GEO_NEXT_TO_M = 2000 };

/* Geodesic distance to the unit's polygon, 0 inside. */
double geo_edition_distance(const struct geo_edition *edition, int unit, double lon_deg,
                            double lat_deg);

/* The nearest point of the unit's polygon (lon, lat); the point itself if it is inside. */
void geo_edition_nearest(const struct geo_edition *edition, int unit, double lon_deg,
                         double lat_deg, double nearest_deg[2]);

/* The shares of a line or polygon by unit, of its geodesic length or area (the whole = 1).
 * One part for each unit it meets, then at most one part of unit -1 for what lies in no
 * unit. The largest unit is first (equal shares: the lower code). Shares below 1e-9 are
 * dropped and the rest scaled, so that the shares sum to 1. A point gives one part of
 * share 1. */
struct geo_part {
    int unit;       /* -1: in none */
    double share;   /* 0–1 */
    double measure; /* m2 for polygons, m for lines, 0 for points */
};
/* *parts is malloc'ed, the caller frees it. */
bool geo_edition_split(const struct geo_edition *edition, const unsigned char *wkb, size_t wkb_len,
                       struct geo_part **parts, size_t *n_parts, struct err *err);

#endif

/* locate.h - finds which of many polygons contains a point: exact, in nanoseconds.
 *
 * A fine grid covers all polygons. A cell that no border touches stores its polygon. Any
 * other cell stores the few edges in it, a reference point, and the polygons that contain
 * that point. A point of the cell is in the same polygons, except that every edge crossed
 * on the way from the reference point switches the polygon of that edge.
 *
 * Owns:    cells and copies of edges; borrows the shapes, which must outlive it.
 *          Immutable once built: share it between threads.
 * Units:   lon/lat degrees.
 * Errors:  NULL with *err when memory is short.
 */
#ifndef GEO_LOCATE_H
#define GEO_LOCATE_H

#include "geo/place/shape.h"

struct geo_locate;

/* Shapes must be polygons; where several hold a point the lowest index wins. */
struct geo_locate *geo_locate_build(struct geo_shape *const *shapes, size_t n, struct err *err);
void geo_locate_free(struct geo_locate *locate); /* NULL is fine */

/* Index of the shape that holds the point, its border included, or -1. */
int geo_locate_point(const struct geo_locate *locate, double lon_deg, double lat_deg);
/* n points at once, xy interleaved. */
void geo_locate_points(const struct geo_locate *locate, const double *xy, size_t n, int *found);

/* True when no border touches `shape`, so that all of it lies in one polygon
 * or in none; *found is that polygon or -1. False: unknown, it must be cut. */
bool geo_locate_whole(const struct geo_locate *locate, const struct geo_shape *shape, int *found);

/* Marks, in `marks` (one byte a shape, zeroed by the caller), every shape that
 * meets the box, and maybe some that only come near it. */
void geo_locate_near(const struct geo_locate *locate, struct geo_box box, unsigned char *marks);

#endif

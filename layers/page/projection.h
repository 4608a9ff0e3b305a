/* projection.h - maps in any coordinate system: projects lon/lat, and a snapshot's geometry,
 * to the integer plane from which maps are drawn.
 *
 * EPSG:3857 uses the plane of the tiles (layers/shapes/merc.h). Another system gets its own
 * plane around the centre of the map: a step is a centimetre (1e-7 degrees if the unit is
 * an angle), y south. Drawing works the same on both.
 *
 * Owns:    a PROJ context. Threads: one owner.
 * Units:   lon/lat degrees on WGS 84; steps.
 * Errors:  false or NULL with *err; ERR_INPUT for a point outside the system.
 */
#ifndef LAYERS_PROJECTION_H
#define LAYERS_PROJECTION_H

#include "geo/base/box.h"
#include "layers/snapshot/snapshot.h"
#include "styles/style.h"

struct projection;

enum { PROJECTION_MERCATOR = 3857 };

/* box: the extent of the map; the system must be defined there. crs: a system by PROJ's
 * name (geo_crs_named()) instead of a code; NULL: none. */
struct projection *projection_new(int epsg, const char *crs, struct geo_box box, struct err *err);
void projection_free(struct projection *projection); /* NULL is fine */

/* n points x,y interleaved, in place. */
bool projection_to_steps(struct projection *projection, double *xy, size_t n, struct err *err);
bool projection_to_lonlat(struct projection *projection, double *xy, size_t n, struct err *err);

/* The bounding box in steps: y grows south, so min_y is the northern edge. */
bool projection_box(struct projection *projection, struct geo_box lonlat, struct geo_box *steps,
                    struct err *err);

/* The snapshot with its geometry on the projection's plane, for drawing only. For
 * EPSG:3857 it is the same snapshot with another reference. Layers that the style does not
 * draw are empty. Free it with projection_drop(), before the snapshot. */
struct snapshot *projection_lay(struct projection *projection, struct snapshot *snapshot,
                                const struct style *style, struct err *err);
void projection_drop(struct projection *projection, struct snapshot *laid); /* NULL is fine */

#endif

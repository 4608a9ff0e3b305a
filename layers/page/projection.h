/* projection.h - a map in any coordinate system: lon/lat onto the integer plane
 * that geometry is drawn from, and a snapshot's geometry laid out on it.
 *
 * EPSG:3857 is the plane of the tiles itself (layers/merc.h). Another system
 * gets a plane of its own around the centre of the map: a centimetre a step
 * (1e-7 degrees where its unit is an angle), y south. Everything that draws
 * works on either alike.
 *
 * Owns:    a PROJ context. Threads: one owner.
 * Units:   lon/lat degrees on WGS 84; steps.
 * Errors:  false or NULL with *err; a place the system cannot show: ERR_INPUT.
 */
#ifndef LAYERS_PROJECTION_H
#define LAYERS_PROJECTION_H

#include "geo/base/box.h"
#include "layers/snapshot.h"
#include "styles/style.h"

struct projection;

enum { PROJECTION_MERCATOR = 3857 };

/* box: what the map is to show; it must lie where the system is defined. crs: a
 * system by the name that PROJ has for it (geo_crs_named()) in place of a code;
 * NULL: none. */
struct projection *projection_new(int epsg, const char *crs, struct geo_box box, struct err *err);
void projection_free(struct projection *projection); /* NULL is fine */

/* n points x,y interleaved, in place. */
bool projection_to_steps(struct projection *projection, double *xy, size_t n, struct err *err);
bool projection_to_lonlat(struct projection *projection, double *xy, size_t n, struct err *err);

/* Around the box in steps: y grows south, so min_y is the northern edge. */
bool projection_box(struct projection *projection, struct geo_box lonlat, struct geo_box *steps,
                    struct err *err);

/* The snapshot on the projection's plane, for drawing alone: EPSG:3857 gives
 * the same one with a reference more. Layers the style does not draw are left
 * empty. Free it with projection_drop(), before the snapshot. */
struct snapshot *projection_lay(struct projection *projection, struct snapshot *snapshot,
                                const struct style *style, struct err *err);
void projection_drop(struct projection *projection, struct snapshot *laid); /* NULL is fine */

#endif

/* simplify.h - which vertices of arcs each zoom can omit.
 *
 * Visvalingam and Whyatt's rule: the vertex whose triangle with its neighbours is smallest
 * is removed first, until that triangle is large enough to be seen. Two conditions can
 * forbid a removal:
 *   - no other vertex may lie in the removed triangle, so that borders do not come to
 *     cross;
 *   - a ring keeps at least half of its area, so that none collapses or vanishes.
 * The ends of an arc stay, so junctions are the same at every zoom.
 *
 * Units: layers/shapes/merc.h. Threads: any; the result is the caller's.
 */
#ifndef LAYERS_SIMPLIFY_H
#define LAYERS_SIMPLIFY_H

#include "layers/shapes/arcs.h"

/* Level l is for pixels of 2^(24-l) steps: 256 px tiles of zoom l. Levels
 * 0 .. SIMPLIFY_LEVELS-1 are simplified; the one after has every vertex. */
enum { SIMPLIFY_LEVELS = 15 };

/* A triangle is not visible if it has less than this many square pixels and its tip is
 * less than one pixel away: it moves a border by a third of a pixel over one and a half. */
#define SIMPLIFY_AREA_PX2 0.25

/* removed[i] of arcs->xy[i]: it is missing at levels <= removed[i]; -1: never.
 * The caller frees it; NULL when memory is short. */
signed char *simplify_arcs(const struct arcs *arcs, const struct arc_path *paths);

#endif

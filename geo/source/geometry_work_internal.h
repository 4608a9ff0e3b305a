/* geometry_work_internal.h - what is done to a geometry to make it fit, and how it is said.
 * Private to geometry_fit.c and geometry_work.c, because it uses OGR's types.
 *
 * Owns:    nothing.
 * Threads: any.
 * Errors:  ERR_MEMORY.
 */
#ifndef GEO_GEOMETRY_WORK_INTERNAL_H
#define GEO_GEOMETRY_WORK_INTERNAL_H

#include "geo/base/buf.h"
#include "geo/source/geometry_fit_internal.h"

/* What was done to the parts of one geometry, for its note. */
struct geometry_work {
    OGRGeometryH made; /* the multipolygon */
    int lines_closed, gaps_closed, rings_closed, rings_empty, rings_short, joined;
    struct geometry_parts left; /* out */
    double gap_m;               /* of the last line that is not closed */
};

bool geometry_is_multi(OGRwkbGeometryType type); /* or a collection */
/* Writes "1 polígono, 2 líneas, 1 punto". */
void geometry_put_parts(struct buf *out, const struct geometry_parts *parts);
bool geometry_write_note(const struct geometry_work *work, char note[GEOMETRY_NOTE_MAX],
                         struct err *err);

#endif

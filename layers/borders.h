/* borders.h - the borders of a layer that parts the land, by what they part.
 *
 * Threads: any.
 */
#ifndef LAYERS_BORDERS_H
#define LAYERS_BORDERS_H

#include "layers/columns.h"
#include "layers/geometry.h"

/* Whether the arc has features of two departments beside it. Nobody tells which
 * of the arcs with one feature are the country's border and which a lake's
 * shore: they part no departments. */
bool border_departmental(const struct geometry *geometry, const struct columns *columns,
                         uint32_t arc);

#endif

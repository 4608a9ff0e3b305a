/* borders.h - the borders of a layer that parts the land, by what they part.
 *
 * Threads: any.
 */
#ifndef LAYERS_BORDERS_H
#define LAYERS_BORDERS_H

#include "layers/columns.h"
#include "layers/geometry.h"

/* Departmental: features of two departments are beside it. Outer: where
 * the land ends, but for shores inside it (arcs_outline()); a lake at the country's
 * border is still outside, so that a map which knows its waters draws these borders
 * beneath land and water. */
enum border_kind { BORDER_ANY, BORDER_DEPARTMENTAL, BORDER_OUTER };

/* Whether the arc is a border of the kind. */
bool border_is(enum border_kind kind, const struct geometry *geometry,
               const struct columns *columns, uint32_t arc);

#endif

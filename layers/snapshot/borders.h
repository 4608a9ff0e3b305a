/* borders.h - which borders of a layer such as municipios are department borders or
 * outer borders.
 *
 * Threads: any.
 */
#ifndef LAYERS_BORDERS_H
#define LAYERS_BORDERS_H

#include "layers/shapes/geometry.h"
#include "layers/snapshot/columns.h"

/* BORDER_DEPARTMENTAL: between features of two departments. BORDER_OUTER: the outline
 * of the whole layer, without the shores of lakes inside it (arcs_outline()). A lake at
 * the country's border lies outside the outline, so a map that also shows water draws
 * the outer borders below land and water. */
enum border_kind { BORDER_ANY, BORDER_DEPARTMENTAL, BORDER_OUTER };

/* True if the arc is a border of the kind. */
bool border_is(enum border_kind kind, const struct geometry *geometry,
               const struct columns *columns, uint32_t arc);

#endif

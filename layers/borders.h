/* borders.h - the borders of a layer that parts the land, by what they part.
 *
 * Threads: any.
 */
#ifndef LAYERS_BORDERS_H
#define LAYERS_BORDERS_H

#include "layers/columns.h"
#include "layers/geometry.h"

/* Departmental: features of two departments are beside it. Outer: a feature is on
 * one side only. Nobody tells which of those are the country's border and which a
 * lake's shore: they part no departments, and a map that wants the country's alone
 * draws them beneath its land and water. */
enum border_kind { BORDER_ANY, BORDER_DEPARTMENTAL, BORDER_OUTER };

/* Whether the arc is a border of the kind. */
bool border_is(enum border_kind kind, const struct geometry *geometry,
               const struct columns *columns, uint32_t arc);

#endif

/* borders.c - tells which arcs are department or outer borders. */
#include "layers/snapshot/borders.h"

#include <string.h>

static bool parts_departments(const struct geometry *geometry, const struct columns *columns,
                              const struct arc *at)
{
    int column = layer_column(columns->layer, "departamento");
    if (column < 0 || at->left < 0 || at->right < 0)
        return false;
    const char *one =
        columns_cell(columns, (size_t)column, geometry->paths[at->left].feature)->text;
    const char *other =
        columns_cell(columns, (size_t)column, geometry->paths[at->right].feature)->text;
    return one && other && strcmp(one, other) != 0;
}

bool border_is(enum border_kind kind, const struct geometry *geometry,
               const struct columns *columns, uint32_t arc)
{
    const struct arc *at = &geometry->arcs->arcs[arc];
    return kind == BORDER_DEPARTMENTAL ? parts_departments(geometry, columns, at)
           : kind == BORDER_OUTER      ? geometry->outline && geometry->outline[arc]
                                       : true;
}

/* islas.c - the layer of land inside lakes and salt flats.
 *
 * A feature for each of these that has any, with its name. Maps draw it below the municipalities,
 * so that an island that is no municipality's is land all the same. */
#include "layers/layer_internal.h"

static const struct layer_column columns[] = {
    TEXT("codigo", "Código"),
    TEXT("nombre", "Nombre"),
    TEXT("departamento", "Departamento"),
};

const struct layer layer_islas = {
    .name = "islas",
    .title = "Islas",
    .description = "Tierra dentro de lagos y salares: los huecos de los cuerpos de agua. La "
                   "mayoría es de algún municipio; la que no, se cuenta como su lago.",
    .holes_of = "cuerpos_agua",
    .columns = columns,
    .n_columns = sizeof columns / sizeof *columns,
};

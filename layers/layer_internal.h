/* layer_internal.h - macros to describe the columns of layers. */
#ifndef LAYERS_LAYER_INTERNAL_H
#define LAYERS_LAYER_INTERNAL_H

#include "layers/layer.h"

#define TEXT(name, title)                             \
    {                                                 \
        name, LAYER_TEXT, title, 0, LAYER_FIELD, 0, 0 \
    }
#define WHOLE(name, title)                               \
    {                                                    \
        name, LAYER_INTEGER, title, 0, LAYER_FIELD, 0, 0 \
    }
#define REAL(name, title, decimals)                          \
    {                                                        \
        name, LAYER_REAL, title, decimals, LAYER_FIELD, 0, 0 \
    }
#define FLAG(name, title)                             \
    {                                                 \
        name, LAYER_BOOL, title, 0, LAYER_FIELD, 0, 0 \
    }
#define BS(name, title) REAL(name, title, 2)

/* As the source declares it. */
#define DECLARED_COLUMNS                                 \
    TEXT("municipio_codigo", "Código INE declarado"),    \
        TEXT("municipio_nombre", "Municipio declarado"), \
        TEXT("municipio_departamento", "Departamento declarado")

/* How the point was read. */
#define LOCATED_COLUMNS \
    TEXT("rescate", "Corrección de la coordenada"), FLAG("datum_incierto", "Datum incierto")

/* As geo/figures/link.h found it on the current edition. */
#define LINK(name, title, what)                         \
    {                                                   \
        name, LAYER_TEXT, title, 0, LAYER_LINK, what, 0 \
    }
#define LINK_COLUMNS                                                                      \
    LINK("municipio", "Código INE del municipio", LAYER_LINK_CODE),                       \
        LINK("municipio_vinculado", "Municipio", LAYER_LINK_NAME),                        \
        LINK("departamento", "Departamento", LAYER_LINK_DEPARTMENT),                      \
        LINK("uo", "Unidad operativa", LAYER_LINK_UO),                                    \
        LINK("metodo_vinculo", "Cómo se vinculó", LAYER_LINK_METHOD),                     \
        LINK("estado_vinculo", "Estado del vínculo", LAYER_LINK_STATE),                   \
    {                                                                                     \
        "distancia_m", LAYER_REAL, "Distancia al municipio declarado (m)", 1, LAYER_LINK, \
            LAYER_LINK_DISTANCE, 0                                                        \
    }

#endif

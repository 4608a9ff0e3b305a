/* params.h - the parameters that mean the same in every figure, and short forms to write
 * others. Only for the figures of this folder.
 */
#ifndef GEO_CATALOG_PARAMS_H
#define GEO_CATALOG_PARAMS_H

#include <stddef.h>

#include "geo/base/param.h"

#define PARAM_WORDS(...)  \
    (const char *const[]) \
    {                     \
        __VA_ARGS__, NULL \
    }

#define FIGURE_BY(otherwise)                                                       \
    {                                                                              \
        .name = "by", .kind = PARAM_CHOICE,                                        \
        .choices = PARAM_WORDS("nacional", "departamento", "uo", "municipio"),     \
        .fallback = (otherwise), .value = "G", .title = "agrupación de las filas" \
    }
#define FIGURE_AS_OF                                                               \
    {                                                                              \
        .name = "as-of", .kind = PARAM_DATE, .value = "FECHA",                     \
        .title = "lo que contaba ese día, AAAA-MM-DD; si falta, todo lo conocido" \
    }
#define FIGURE_EDITION                                                          \
    {                                                                           \
        .name = "edition", .kind = PARAM_TEXT, .value = "E",                    \
        .title = "código de la edición de los límites; si falta, la vigente" \
    }
#define FIGURE_DEPARTAMENTO                                                  \
    {                                                                        \
        .name = "departamento", .kind = PARAM_TEXT, .value = "D",            \
        .title = "solo las filas de ese departamento; las cifras no cambian" \
    }
#define FIGURE_UO                                                                \
    {                                                                            \
        .name = "uo", .kind = PARAM_TEXT, .value = "U",                          \
        .title = "solo las filas de esa unidad operativa; las cifras no cambian" \
    }

#endif

/* reach.h - the parameters that `access` and `access sites` share. Only for these two.
 */
#ifndef GEO_CATALOG_REACH_H
#define GEO_CATALOG_REACH_H

#include "geo/analysis/reach.h"
#include "geo/catalog/figure.h"
#include "geo/catalog/params.h"

#define REACH_KM                                                                            \
    {                                                                                       \
        .name = "km", .kind = PARAM_REAL, .above_min = true, .max = 1000, .fallback = "10", \
        .value = "D", .title = "distancia en kilómetros, en línea recta (geodésica)"     \
    }
#define REACH_OF                                                                          \
    {                                                                                     \
        .name = "of", .kind = PARAM_CHOICE,                                               \
        .choices = PARAM_WORDS("alianzas", "subproyectos", "ambos"), .fallback = "ambos", \
        .value = "Q", .title = "a qué: alianzas con convenio, subproyectos o ambos"      \
    }

/* Loads the places and what they reach, and says in the result where people were taken to
 * live. The distance in metres. */
struct geo_reach *catalog_reach(const struct figure_args *args, struct geo_store *store,
                                struct figure_result *result, struct err *err);
double catalog_distance_m(const struct figure_args *args);

#endif

/* editions.h - two editions of the boundaries as parameters. Only for the figures of this
 * folder.
 */
#ifndef GEO_CATALOG_EDITIONS_H
#define GEO_CATALOG_EDITIONS_H

#include "geo/analysis/crosswalk.h"
#include "geo/catalog/figure.h"

#define CATALOG_FROM                                                                       \
    {                                                                                      \
        .name = "from", .kind = PARAM_TEXT, .required = true, .position = 1, .value = "A", \
        .title = "código de la primera edición (véase editions)"                        \
    }
#define CATALOG_TO                                                                       \
    {                                                                                    \
        .name = "to", .kind = PARAM_TEXT, .required = true, .position = 2, .value = "B", \
        .title = "código de la segunda edición (véase editions)"                      \
    }

/* True if the parameter names a loaded edition; else ERR_NOT_FOUND about it. */
bool catalog_edition_is_there(const struct figure_args *args, struct geo_store *store,
                              const char *param, struct err *err);
/* Fills from, to and threads. ERR_NOT_FOUND about the parameter that names an unknown
 * edition. */
bool catalog_editions(const struct figure_args *args, struct geo_store *store,
                      struct geo_crosswalk_options *options, struct err *err);

#endif

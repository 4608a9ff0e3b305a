/* source_layers.h - the layers of a GDAL data set that are data, not tables that SpatiaLite, QGIS
 * or an index keep for themselves.
 *
 * Owns:    nothing. Threads: as the data set. Errors: memory.
 */
#ifndef GEO_SOURCE_LAYERS_H
#define GEO_SOURCE_LAYERS_H

#include "geo/base/err.h"
#include "geo/files/gdal_internal.h"

/* Their indexes in the data set; the caller frees *layers. */
bool source_layers_list(GDALDatasetH dataset, int **layers, size_t *n, struct err *err);

#endif

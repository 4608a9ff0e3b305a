/* source_json.h - which kind of JSON a file is, and whether its places can be read.
 *
 * GDAL reads Esri JSON (what ArcGIS services answer to f=json) only with its members
 * geometryType and fields, which services leave out when asked so, and people when they cut
 * an answer down; and it gives dates as milliseconds. A copy gets what is missing.
 *
 * Owns:    nothing.
 * Threads: any.
 * Errors:  ERR_INPUT: cut or malformed; JSON without places, with what it is; ERR_MEMORY.
 */
#ifndef GEO_SOURCE_JSON_H
#define GEO_SOURCE_JSON_H

#include <stdbool.h>

#include "geo/base/buf.h"
#include "geo/base/err.h"
#include "geo/claims/json_scan.h"

enum source_json_kind {
    SOURCE_JSON_GEOJSON, /* also one record a line, a bare geometry, TopoJSON */
    SOURCE_JSON_ESRI,
};

bool source_json_look(json_scan_read_fn *read, void *arg, enum source_json_kind *kind,
                      struct err *err);

/* True, with *err, for the answer of a service that failed: the error has its words. */
bool source_json_is_error(const char *bytes, size_t len, struct err *err);

/* Appends an Esri JSON that GDAL reads: geometryType and fields are first, dates are days. */
bool source_json_complete(const char *bytes, size_t len, struct buf *out, struct err *err);

#endif

/* geojson.h - features as GeoJSON (RFC 7946): CRS84, nine decimals (0.1 mm),
 * shells counterclockwise.
 *
 * Threads: any. Errors: buf_failed().
 */
#ifndef LAYERS_GEOJSON_H
#define LAYERS_GEOJSON_H

#include "geo/base/buf.h"
#include "geo/place/shape.h"
#include "layers/snapshot/columns.h"

/* {"type":"Feature","id":…,"geometry":…,"properties":{…}} */
void geojson_put_feature(const struct columns *columns, struct geo_shape *const *shapes,
                         size_t feature, struct buf *out);
/* Writes a geometry object; null for NULL. */
void geojson_put_geometry(const struct geo_shape *shape, struct buf *out);

#endif

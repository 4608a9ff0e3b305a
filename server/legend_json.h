/* legend_json.h - a style's legend as JSON: what the endpoint answers and
 * `sigg legend` writes.
 *
 * Threads: any. Units: CSS pixels. Errors: the buffer's (buf_failed).
 */
#ifndef SERVER_LEGEND_JSON_H
#define SERVER_LEGEND_JSON_H

#include "geo/base/buf.h"
#include "styles/style.h"

/* simulated, schematic: what the data and the boundaries are. */
void legend_put_json(const struct style *style, bool simulated, bool schematic, struct buf *out);

#endif

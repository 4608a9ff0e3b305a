/* legend_json.h - writes a style's legend as JSON, for the endpoint and for `sigg legend`.
 *
 * Threads: any. Units: CSS pixels. Errors: the buffer's (buf_failed).
 */
#ifndef SERVER_LEGEND_JSON_H
#define SERVER_LEGEND_JSON_H

#include "geo/base/buf.h"
#include "styles/style.h"

/* simulated: the data; schematic: the boundaries. */
void legend_put_json(const struct style *style, bool simulated, bool schematic, struct buf *out);

#endif

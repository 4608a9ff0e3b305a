/* tools.h - what maps are drawn with beside the data: a pool of painters, and the letters of
 * labels.
 *
 * All successive snapshots of a store share them (layers/snapshot/attachment.h); they are made for
 * the first map.
 *
 * Owns:    the painters, and a reference to the lettering.
 * Threads: any.
 * Errors:  NULL with *err: memory.
 */
#ifndef LAYERS_TOOLS_H
#define LAYERS_TOOLS_H

#include "layers/snapshot/snapshot.h"

/* They live as long as the snapshot. */
struct painters *tools_painters(const struct snapshot *snapshot, struct err *err);
/* Release with lettering_unref(). */
struct lettering *tools_lettering(const struct snapshot *snapshot, struct err *err);

#endif

/* tile.h - one map tile of a style, drawn from a snapshot: fills, thin lines and
 * circles by our own code (docs/decisions/0005), everything else by cairo.
 *
 * Threads: any number at once over one snapshot and one style.
 * Units:   XYZ tile addresses; size in CSS px; pixels are size x scale.
 */
#ifndef LAYERS_TILE_H
#define LAYERS_TILE_H

#include "layers/snapshot/snapshot.h"
#include "styles/style.h"

enum { TILE_MAX_ZOOM = 22 };

struct tile_request {
    int z;
    int64_t x, y;
    int size_px; /* 256 or 512 */
    int scale;   /* 1, or 2 for @2x */
};

/* A style bound to a snapshot: slots resolved to columns. Build a new plan when either
 * changes; both must outlive it. */
struct tile_plan;
struct tile_plan *tile_plan_new(const struct style *style, const struct snapshot *snapshot,
                                struct err *err);
void tile_plan_free(struct tile_plan *plan);

enum tile_format { TILE_PNG, TILE_WEBP /* lossless: the same pixels */ };

/* Appends the bytes of the file to out. */
bool tile_picture(const struct tile_plan *plan, const struct tile_request *request,
                  enum tile_format format, struct buf *out, struct err *err);
/* tile_picture() with TILE_PNG. */
bool tile_png(const struct tile_plan *plan, const struct tile_request *request, struct buf *out,
              struct err *err);

#endif

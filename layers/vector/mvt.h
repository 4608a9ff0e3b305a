/* mvt.h - Mapbox vector tiles (specification 2.1), encoded from a snapshot.
 *
 * A tile has MVT_EXTENT units a side and MVT_BUFFER more around it. Geometry is the
 * snapshot's simplified copy for 512 px tiles on a screen of double density. It is rounded
 * to units before it is clipped, so that both sides of a border, and both tiles at an
 * edge, get the same vertices. Shells have a positive area (clockwise on the screen),
 * holes a negative one. Features that collapse to less than a unit are drawn as one unit,
 * so that nothing vanishes.
 *
 * A feature's id is the store's row id; its attributes are the layer's columns, without
 * missing values.
 *
 * A tile should have at most MVT_BUDGET bytes. While it has more, the layer that takes most
 * of it is reduced by a step:
 *   1     without the columns from "municipio_codigo" on: where a record was
 *         declared to be, how it was located and how it was linked;
 *   2     also without texts that hardly repeat (names, of which most records have
 *         their own), except "codigo";
 *   3..12 also thinned: of the features smaller than a cell of 8, 16 .. 4096
 *         units, the first by id in each cell is kept.
 * Steps that cannot suffice by what is known of the layer are skipped. A `tiling` layer
 * (municipios) is never reduced.
 *
 * At low zooms, a layer with very many features shows one feature for those that share a
 * pixel, whatever the budget (layers/shapes/thinning.h). There, and in thinned tiles, every
 * feature has MVT_RECORDS_NAME, the number of records it stands for; their sum is the
 * number of records.
 *
 * Owns:    an encoder owns scratch memory, for reuse from tile to tile.
 * Threads: one encoder per thread; the snapshot is read by any number.
 * Errors:  false or NULL when memory is short.
 */
#ifndef LAYERS_MVT_H
#define LAYERS_MVT_H

#include "layers/snapshot/snapshot.h"

/* The number of records that a feature stands for; only in thinned tiles, and in those of
 * large layers at low zooms. */
#define MVT_RECORDS_NAME "registros"

enum {
    MVT_EXTENT = 4096,
    MVT_BUFFER = 64,
    MVT_MAX_ZOOM = 14,        /* here a unit is 0.6 m at the equator: higher zooms show no more */
    MVT_BUDGET = 1024 * 1024, /* some 350 kB gzipped */
    MVT_REDUCTION_MAX = 12,
};

struct mvt_request {
    int z; /* 0 .. TILE_MAX_ZOOM */
    int64_t x, y;
    const struct layer *layers[LAYERS_MAX];
    size_t n_layers;
    size_t budget; /* bytes; 0: MVT_BUDGET */
    bool derived;  /* also the derived layers (layer_has_part()) */
};

/* The result for each layer asked for, in the same order. */
struct mvt_report {
    size_t features[LAYERS_MAX]; /* in the tile */
    int reduced[LAYERS_MAX];     /* step, as above; 0: whole */
};

struct mvt_encoder;

struct mvt_encoder *mvt_encoder_new(void);          /* NULL: memory */
void mvt_encoder_free(struct mvt_encoder *encoder); /* NULL is fine */

/* Prepares data that the first vector tile of a large layer needs, so that no request
 * waits for it. Requests may be served meanwhile. */
void mvt_warm(const struct snapshot *snapshot);

/* Appends the tile to out; nothing if no layer has a feature in it. */
bool mvt_encode(struct mvt_encoder *encoder, const struct snapshot *snapshot,
                const struct mvt_request *request, struct mvt_report *report, struct buf *out,
                struct err *err);

#endif

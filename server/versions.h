/* versions.h - the words that stand for contents: in ETags, in v= of tile URLs, in
 * the cache.
 *
 * What is made of one layer, or by a style of some, has a version of those alone: a
 * change of another layer leaves it, and what clients and the cache hold of it.
 *
 * Owns:    its words.
 * Threads: immutable once made.
 * Errors:  memory.
 */
#ifndef SERVER_VERSIONS_H
#define SERVER_VERSIONS_H

#include "layers/snapshot.h"
#include "styles/style.h"

/* In the place of a layer's name: all of them. It is the source that styles name. */
#define TILES_ALL_LAYERS "sigg"

struct versions; /* opaque */

/* What contents depend on beside the layers. */
struct versions_common {
    uint64_t file; /* tells databases of the same name apart */
    uint32_t program;
    bool simulated, schematic; /* said of every layer that shows figures */
};

/* styles: all documents, in order of styles_id(). */
struct versions *versions_new(const struct versions_common *common, const struct snapshot *snapshot,
                              const struct style *const *styles, size_t n_styles);
void versions_free(struct versions *versions); /* NULL is fine */

const char *versions_all(const struct versions *versions);
const char *versions_style(const struct versions *versions, size_t style);
/* Of one of them (n 1), or of every layer: nothing is made of some. */
const char *versions_layers(const struct versions *versions, const struct layer *const *layers,
                            size_t n);
/* Of the style or, vector, of the layers that a tile's address names; NULL: none. */
const char *versions_named(const struct versions *versions, const char *name, size_t len,
                           bool vector);
/* One of them, or "": what depends on the program alone. */
bool versions_has(const struct versions *versions, const char *version);

#endif

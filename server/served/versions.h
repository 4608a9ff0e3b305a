/* versions.h - version strings of contents: for ETags, v= of tile URLs, cache entries.
 *
 * The version of a layer depends on that layer alone; the version of a style on the
 * layers it draws. When another layer changes it stays the same, and what clients and
 * the cache hold stays valid.
 *
 * Owns:    its strings.
 * Threads: immutable once made.
 * Errors:  memory.
 */
#ifndef SERVER_VERSIONS_H
#define SERVER_VERSIONS_H

#include "layers/snapshot/snapshot.h"
#include "styles/style.h"

/* In the place of a layer's name: all layers. Styles use it as the source's name. */
#define VERSIONS_ALL_LAYERS "sigg"

struct versions; /* opaque */

/* What every version depends on, beside the layers. */
struct versions_common {
    uint64_t file; /* identity of the database file: another file may have the same name */
    uint32_t program;
    bool simulated, schematic; /* warnings printed with every layer that has figures */
};

/* styles: all documents, in order of styles_id(). */
struct versions *versions_new(const struct versions_common *common, const struct snapshot *snapshot,
                              const struct style *const *styles, size_t n_styles);
void versions_free(struct versions *versions); /* NULL is fine */

const char *versions_all(const struct versions *versions);
const char *versions_style(const struct versions *versions, size_t style);
/* Version of one layer (n == 1) or of all layers; other subsets do not occur. */
const char *versions_layers(const struct versions *versions, const struct layer *const *layers,
                            size_t n);
/* `name` is the style in the URL of a picture tile or, with `vector`, the layer in the
 * URL of a vector tile. NULL: no such style or layer. */
const char *versions_named(const struct versions *versions, const char *name, size_t len,
                           bool vector);
/* True if `version` is one of these, or "" (content of the program itself). */
bool versions_has(const struct versions *versions, const char *version);

#endif

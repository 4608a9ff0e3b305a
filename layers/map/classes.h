/* classes.h - a style with class breaks computed from the data that it shows.
 *
 * Threads: any. Errors: NULL, with the layer's name.
 */
#ifndef LAYERS_CLASSES_H
#define LAYERS_CLASSES_H

#include <stdint.h>

#include "layers/snapshot/snapshot.h"
#include "styles/style.h"

/* The style with computed breaks; the caller frees it. Only needed if
 * style_breaks_computed(). */
struct style *classes_style(const struct style *style, const struct snapshot *snapshot,
                            struct err *err);
/* A hash of the style's class breaks over this data: while it is the same, classes_style()
 * gives the same. */
bool classes_key(const struct style *style, const struct snapshot *snapshot, uint64_t *key,
                 struct err *err);
/* A style_values_fn that reads a snapshot. */
bool classes_values(void *snapshot, const char *source_layer, const char *property, double **values,
                    size_t *n, struct err *err);

#endif

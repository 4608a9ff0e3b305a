/* classes.h - a style with the class breaks of the data that it shows.
 *
 * Threads: any. Errors: NULL, with the layer's name.
 */
#ifndef LAYERS_CLASSES_H
#define LAYERS_CLASSES_H

#include <stdint.h>

#include "layers/snapshot.h"
#include "styles/style.h"

/* The caller frees it. Worth it where style_breaks_computed(). */
struct style *classes_style(const struct style *style, const struct snapshot *snapshot,
                            struct err *err);
/* The class breaks of the style over this data, as one number: while it stays the
 * same, so does classes_style(). */
bool classes_key(const struct style *style, const struct snapshot *snapshot, uint64_t *key,
                 struct err *err);
/* style_values_fn over a snapshot. */
bool classes_values(void *snapshot, const char *source_layer, const char *property, double **values,
                    size_t *n, struct err *err);

#endif

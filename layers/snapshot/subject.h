/* subject.h - gives the style engine the attributes of a layer's features.
 *
 * Owns:    nothing; columns and slots outlive it.
 * Threads: one subject per thread.
 */
#ifndef LAYERS_SUBJECT_H
#define LAYERS_SUBJECT_H

#include "geo/place/shape.h"
#include "layers/snapshot/columns.h"
#include "styles/style.h"

struct subject {
    const struct columns *columns;
    const int *slots; /* by slot of the style: column, or -1 */
    size_t feature;
};

/* A style_feature that reads the feature with the index subject->feature, which may
 * change. */
struct style_feature subject_feature(const struct subject *subject);
/* Selects a feature; its shape determines the geometry type. */
void subject_set(struct subject *subject, struct style_feature *feature, size_t index,
                 const struct geo_shape *shape);

#endif

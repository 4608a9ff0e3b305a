/* subject.h - a feature of a layer as the style engine asks for it.
 *
 * Owns:    nothing; columns and slots outlive it.
 * Threads: one subject per thread.
 */
#ifndef LAYERS_SUBJECT_H
#define LAYERS_SUBJECT_H

#include "geo/place/shape.h"
#include "layers/columns.h"
#include "styles/style.h"

struct subject {
    const struct columns *columns;
    const int *slots; /* of the style: columns, or -1 */
    size_t feature;
};

/* The feature that subject->feature names, now and whenever it changes. */
struct style_feature subject_feature(const struct subject *subject);
/* Sets the subject on a feature; its shape says the geometry's type. */
void subject_set(struct subject *subject, struct style_feature *feature, size_t index,
                 const struct geo_shape *shape);

#endif

/* collisions.h - boxes that may not overlap, in a grid.
 *
 * Owns:    the boxes added. Threads: one at a time.
 * Units:   CSS pixels. Errors: false or NULL when memory is short.
 */
#ifndef LAYERS_COLLISIONS_H
#define LAYERS_COLLISIONS_H

#include <stdbool.h>

struct collisions;

struct collision_box {
    double min_x, min_y, max_x, max_y;
};

struct collisions *collisions_new(void);
void collisions_free(struct collisions *collisions); /* NULL is fine */

/* True if the box overlaps one of those added; touching does not count. */
bool collisions_hit(const struct collisions *collisions, const struct collision_box *box);
bool collisions_add(struct collisions *collisions, const struct collision_box *box);

#endif

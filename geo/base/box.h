/* box.h - an axis-aligned rectangle, passed by value. Units are the caller's. */
#ifndef GEO_BOX_H
#define GEO_BOX_H

#include <float.h>
#include <stdbool.h>

struct geo_box {
    double min_x, min_y, max_x, max_y;
};

/* Contains nothing; growing it by a point gives that point. */
static inline struct geo_box geo_box_empty(void)
{
    return (struct geo_box){DBL_MAX, DBL_MAX, -DBL_MAX, -DBL_MAX};
}

static inline bool geo_box_is_empty(struct geo_box box)
{
    return box.min_x > box.max_x || box.min_y > box.max_y;
}

static inline struct geo_box geo_box_grow(struct geo_box box, double x, double y)
{
    box.min_x = x < box.min_x ? x : box.min_x;
    box.min_y = y < box.min_y ? y : box.min_y;
    box.max_x = x > box.max_x ? x : box.max_x;
    box.max_y = y > box.max_y ? y : box.max_y;
    return box;
}

static inline struct geo_box geo_box_join(struct geo_box a, struct geo_box b)
{
    a.min_x = b.min_x < a.min_x ? b.min_x : a.min_x;
    a.min_y = b.min_y < a.min_y ? b.min_y : a.min_y;
    a.max_x = b.max_x > a.max_x ? b.max_x : a.max_x;
    a.max_y = b.max_y > a.max_y ? b.max_y : a.max_y;
    return a;
}

/* Touching counts. */
static inline bool geo_box_meets(struct geo_box a, struct geo_box b)
{
    return a.min_x <= b.max_x && b.min_x <= a.max_x && a.min_y <= b.max_y && b.min_y <= a.max_y;
}

static inline bool geo_box_holds(struct geo_box box, double x, double y)
{
    return x >= box.min_x && x <= box.max_x && y >= box.min_y && y <= box.max_y;
}

#endif

/* meets.c - exact test of whether a geometry intersects a box. */
#include "layers/shapes/meets.h"

#include "geo/place/orient.h"

/* A segment and a box are disjoint exactly if one of three axes separates them: x, y, or
 * the segment's normal. */
static bool segment_meets(const double *a, const double *b, struct geo_box box)
{
    if ((a[0] < box.min_x && b[0] < box.min_x) || (a[0] > box.max_x && b[0] > box.max_x) ||
        (a[1] < box.min_y && b[1] < box.min_y) || (a[1] > box.max_y && b[1] > box.max_y))
        return false;
    if (geo_box_holds(box, a[0], a[1]) || geo_box_holds(box, b[0], b[1]))
        return true;
    const double corners[4][2] = {{box.min_x, box.min_y},
                                  {box.max_x, box.min_y},
                                  {box.min_x, box.max_y},
                                  {box.max_x, box.max_y}};
    int left = 0, right = 0;
    for (int i = 0; i < 4; i++) {
        int side = geo_orient(a[0], a[1], b[0], b[1], corners[i][0], corners[i][1]);
        left += side > 0;
        right += side < 0;
    }
    return left < 4 && right < 4;
}

bool shape_meets_box(const struct geo_shape *shape, struct geo_box box)
{
    if (!geo_box_meets(shape->box, box))
        return false;
    for (size_t r = 0; r < shape->n_rings; r++)
        for (size_t i = shape->rings[r]; i < shape->rings[r + 1]; i++) {
            const double *at = shape->xy + 2 * i;
            bool start = i == shape->rings[r] || shape->kind == GEO_SHAPE_POINT;
            if (start ? geo_box_holds(box, at[0], at[1]) : segment_meets(at - 2, at, box))
                return true;
        }
    /* No border in the box: the box is entirely inside or outside the polygon. */
    return shape->kind == GEO_SHAPE_POLYGON &&
           geo_shape_side(shape, box.min_x, box.min_y) != GEO_SIDE_OUT;
}

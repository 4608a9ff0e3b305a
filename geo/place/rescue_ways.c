/* rescue_ways.c - the ways to read all vertices of a shape alike. */
#include "geo/place/rescue_ways.h"

#include <string.h>

#include "geo/place/rescue_read.h"

enum { MERCATOR = 3857 };

bool rescue_box_within(struct geo_box inner, struct geo_box outer)
{
    return inner.min_x >= outer.min_x && inner.max_x <= outer.max_x && inner.min_y >= outer.min_y &&
           inner.max_y <= outer.max_y;
}

/* A copy of the shape; its arrays are in *room. */
static struct geo_shape *copy(const struct geo_shape *shape, struct geo_shape_room *room,
                              struct err *err)
{
    struct geo_shape *made = geo_shape_new(shape->kind, shape->multi, shape->n_points,
                                           shape->n_rings, shape->n_parts, room, err);
    if (!made)
        return NULL;
    memcpy(room->xy, shape->xy, 2 * shape->n_points * sizeof *room->xy);
    memcpy(room->rings, shape->rings, shape->n_rings * sizeof *room->rings);
    memcpy(room->parts, shape->parts, shape->n_parts * sizeof *room->parts);
    made->box = shape->box;
    return made;
}

static struct geo_box box_of(const double *xy, size_t n)
{
    struct geo_box box = geo_box_empty();
    for (size_t i = 0; i < n; i++)
        box = geo_box_grow(box, xy[2 * i], xy[2 * i + 1]);
    return box;
}

struct geo_shape *rescue_numbers(struct geo_crs *crs, const struct geo_shape *shape, int epsg,
                                 struct err *err)
{
    struct geo_shape_room room;
    struct geo_shape *numbers = copy(shape, &room, err);
    if (numbers && epsg && !geo_crs_from_lonlat(crs, epsg, room.xy, shape->n_points, err)) {
        geo_shape_free(numbers);
        return NULL;
    }
    if (numbers)
        numbers->box = box_of(room.xy, shape->n_points);
    return numbers;
}

/* Listing ---------------------------------------------------------------------------- */

static void list_degrees(struct geo_box numbers, int epsg, struct rescue_ways *out)
{
    for (int i = 1; i < 8; i++) {
        struct rescue_way way = {.swap = i & 1, .flip_x = i & 2, .flip_y = i & 4, .epsg = epsg};
        /* Only positive numbers can have lost their sign. */
        double low_x = way.swap ? numbers.min_y : numbers.min_x;
        double low_y = way.swap ? numbers.min_x : numbers.min_y;
        if ((way.flip_x && low_x <= 0) || (way.flip_y && low_y <= 0))
            continue;
        way.kinds = (way.swap ? RESCUE_SWAPPED : 0) | (i > 1 ? RESCUE_SIGN : 0);
        out->all[out->n++] = way;
    }
}

static bool is_utm_box(struct geo_box box, bool swap)
{
    return swap ? rescue_is_utm(box.min_y, box.min_x) && rescue_is_utm(box.max_y, box.max_x)
                : rescue_is_utm(box.min_x, box.min_y) && rescue_is_utm(box.max_x, box.max_y);
}

static void list_metres(struct geo_box numbers, int epsg, struct rescue_ways *out)
{
    enum geo_datum datum = geo_utm_datum(epsg);
    bool foreign = epsg && datum == GEO_DATUM_OPEN; /* of its datum no other zones are known */
    if (foreign && is_utm_box(numbers, true))
        out->all[out->n++] =
            (struct rescue_way){.kinds = RESCUE_SWAPPED, .swap = true, .epsg = epsg};
    for (int swap = 0; swap < (foreign ? 1 : 2); swap++)
        for (int zone = 19; zone <= 21 && is_utm_box(numbers, swap); zone++) {
            int code = geo_utm_code(datum, zone, false);
            if (code == epsg && !swap)
                continue;
            out->all[out->n++] = (struct rescue_way){
                .kinds = (swap ? RESCUE_SWAPPED : 0) | (code == epsg ? 0 : RESCUE_ZONE),
                .swap = swap,
                .epsg = code,
            };
        }
    if (epsg != MERCATOR && rescue_is_mercator(numbers.min_x, numbers.min_y) &&
        rescue_is_mercator(numbers.max_x, numbers.max_y))
        out->all[out->n++] = (struct rescue_way){.kinds = RESCUE_MERCATOR, .epsg = MERCATOR};
}

bool rescue_list_ways(struct geo_crs *crs, struct geo_box numbers, int epsg,
                      struct rescue_ways *out, struct err *err)
{
    struct geo_box globe = {-180, -180, 180, 180};
    bool geographic = true;
    out->n = 0;
    if (epsg && !geo_crs_is_geographic(crs, epsg, &geographic, err))
        return false;
    if (!rescue_box_within(numbers, globe))
        list_metres(numbers, geographic ? 0 : epsg, out);
    else if (geographic)
        list_degrees(numbers, epsg, out);
    return true;
}

/* Applying --------------------------------------------------------------------------- */

static bool apply(struct geo_crs *crs, const struct rescue_way *way, double *xy, size_t n,
                  struct err *err)
{
    for (size_t i = 0; i < n; i++) {
        double *at = xy + 2 * i, x = at[way->swap], y = at[!way->swap];
        at[0] = way->flip_x ? -x : x;
        at[1] = way->flip_y ? -y : y;
    }
    return !way->epsg || geo_crs_to_lonlat(crs, way->epsg, xy, n, err);
}

struct geo_box rescue_way_box(struct geo_crs *crs, const struct rescue_way *way,
                              struct geo_box numbers)
{
    double corners[8] = {numbers.min_x, numbers.min_y, numbers.max_x, numbers.min_y,
                         numbers.max_x, numbers.max_y, numbers.min_x, numbers.max_y};
    return apply(crs, way, corners, 4, NULL) ? box_of(corners, 4) : geo_box_empty();
}

struct geo_shape *rescue_way_shape(struct geo_crs *crs, const struct rescue_way *way,
                                   const struct geo_shape *numbers, struct err *err)
{
    struct geo_shape_room room;
    struct geo_shape *shape = copy(numbers, &room, err);
    if (shape && !apply(crs, way, room.xy, shape->n_points, err)) {
        geo_shape_free(shape);
        return NULL;
    }
    if (shape)
        shape->box = box_of(room.xy, shape->n_points);
    return shape;
}

/* fuzz_wkb.c - any bytes as WKB.
 * Refused, or read and written back the same, then measured, repaired, located and split. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "geo/place/geos.h"
#include "geo/place/locate.h"
#include "geo/place/measure.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void write_and_read(const struct geo_shape *shape)
{
    struct buf wkb;
    buf_init(&wkb);
    geo_shape_put_wkb(shape, shape->multi, &wkb);
    struct geo_shape *again = geo_shape_parse((const unsigned char *)wkb.data, wkb.len, NULL);
    require(again && again->n_points == shape->n_points && again->n_parts == shape->n_parts &&
            memcmp(again->xy, shape->xy, 2 * shape->n_points * sizeof(double)) == 0);
    geo_shape_free(again);
    buf_free(&wkb);
}

static void locate_corners(struct geo_shape *shape)
{
    struct geo_locate *locate = geo_locate_build(&shape, 1, NULL);
    int whole;
    require(locate != NULL);
    for (size_t i = 0; i < shape->n_points; i++)
        require(geo_locate_point(locate, shape->xy[2 * i], shape->xy[2 * i + 1]) == 0);
    require(!geo_locate_whole(locate, shape, &whole));
    for (int i = 0; i < 16; i++) {
        double x = shape->box.min_x + i * (shape->box.max_x - shape->box.min_x) / 15;
        double y = shape->box.min_y + (i * 7 % 16) * (shape->box.max_y - shape->box.min_y) / 15;
        require((geo_locate_point(locate, x, y) == 0) ==
                (geo_shape_side(shape, x, y) != GEO_SIDE_OUT));
    }
    geo_locate_free(locate);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct err err = {0};
    struct geo_shape *plane = geo_shape_parse_plane(data, size, NULL);
    struct geo_shape *shape = geo_shape_parse(data, size, &err);
    require(plane ? isfinite(plane->box.min_x + plane->box.max_y) : !shape);
    geo_shape_free(plane);
    if (!shape) {
        require(err.kind == ERR_INPUT && err.message[0] != '\0');
        return 0;
    }
    write_and_read(shape);
    require(geo_measure_area(shape) == geo_measure_area(shape)); /* a number */
    /* Coordinates nearer to zero than geo/place/orient.h promises are left out. */
    bool tiny = false;
    for (size_t i = 0; i < 2 * shape->n_points; i++)
        tiny = tiny || (shape->xy[i] != 0 && fabs(shape->xy[i]) < 1e-100);
    if (shape->kind == GEO_SHAPE_POLYGON && shape->n_points < 200) {
        struct geo_geos *geos = geo_geos_new(NULL);
        struct geo_shape *fixed = NULL;
        struct geo_repair repair;
        if (geos && geo_geos_repair(geos, shape, &fixed, &repair, NULL))
            geo_shape_free(fixed);
        geo_geos_free(geos);
        if (!tiny)
            locate_corners(shape);
    }
    geo_shape_free(shape);
    return 0;
}

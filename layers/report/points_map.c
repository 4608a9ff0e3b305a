/* points_map.c - draws where the points of a source fall. */
#include "layers/report/points_map.h"

#include <math.h>
#include <stdlib.h>

#include "geo/base/embed.h"
#include "layers/page/page.h"
#include "layers/page/projection.h"

EMBED(report_style_points, "layers/report/templates/puntos_mapa.json");

enum { USUAL_PX = 1000, SCALE = 2 };

/* Points up to this far from the country are shown where they are. */
#define NEAR_DEG 1.0
/* The least that a map shows, some 50 km. */
#define LEAST_DEG 0.5

static const struct page_mark_kind kinds[] = {
    [POINTS_OK] = {"ubicados", PAGE_DISC, {0x0F / 255.0, 0x61 / 255.0, 0x45 / 255.0}},
    [POINTS_MOVED] = {"lejos de donde estaban",
                      PAGE_DIAMOND,
                      {0x1F / 255.0, 0x6B / 255.0, 0xCC / 255.0}},
    [POINTS_RESCUED] = {"corregidos", PAGE_DIAMOND, {0xE0 / 255.0, 0x8A / 255.0, 0x00 / 255.0}},
    [POINTS_CONFLICT] = {"en otro municipio que el declarado",
                         PAGE_SQUARE,
                         {0xB8 / 255.0, 0x17 / 255.0, 0x1C / 255.0}},
    [POINTS_OUTSIDE] = {"fuera", PAGE_TRIANGLE, {0x6B / 255.0, 0x21 / 255.0, 0xA8 / 255.0}},
};

static struct geo_box grown(struct geo_box box, double dx, double dy)
{
    return (struct geo_box){box.min_x - dx, box.min_y - dy, box.max_x + dx, box.max_y + dy};
}

/* The panel of the legend stands above. */
enum { PANEL_PX = 100 };

/* The box of the points that are in or near the country, with room for the panel; without any, the
 * country. */
static struct geo_box box_of(const struct points_map *map, struct geo_box country)
{
    struct geo_box near = grown(country, NEAR_DEG, NEAR_DEG), box = geo_box_empty();
    for (size_t i = 0; i < map->n; i++) {
        double x = map->points[i].lon_deg, y = map->points[i].lat_deg;
        if (x >= near.min_x && x <= near.max_x && y >= near.min_y && y <= near.max_y)
            box = geo_box_join(box, (struct geo_box){x, y, x, y});
    }
    if (geo_box_is_empty(box))
        return country;
    double width = box.max_x - box.min_x, height = box.max_y - box.min_y;
    box = grown(box, fmax(width * 0.08, (LEAST_DEG - width) / 2),
                fmax(height * 0.08, (LEAST_DEG - height) / 2));
    box.max_y += (box.max_y - box.min_y) * PANEL_PX / (map->height_px ? map->height_px : USUAL_PX);
    return box;
}

bool points_map_png(struct snapshot *snapshot, const struct points_map *map, struct buf *out,
                    struct err *err)
{
    struct geo_box country = snapshot_extent(snapshot, layers_find("municipios"));
    if (geo_box_is_empty(country))
        return err_set(err, ERR_INPUT, "no hay límites municipales sobre los que dibujar");
    struct page_mark *marks = calloc(map->n ? map->n : 1, sizeof *marks);
    if (!marks)
        return err_no_memory(err);
    for (size_t i = 0; i < map->n; i++)
        marks[i] = (struct page_mark){map->points[i].lon_deg, map->points[i].lat_deg,
                                      (int)map->points[i].state};
    const struct page_marks over = {kinds, sizeof kinds / sizeof *kinds, marks, map->n};
    const struct page_request request = {.box = box_of(map, country),
                                         .width_px = map->width_px ? map->width_px : USUAL_PX,
                                         .height_px = map->height_px ? map->height_px : USUAL_PX,
                                         .scale = SCALE,
                                         .epsg = PROJECTION_MERCATOR,
                                         .format = PAGE_PNG,
                                         .title = map->title,
                                         .scale_bar = true,
                                         .provenance = true,
                                         .version = map->version,
                                         .marks = &over,
                                         .only_boundaries = true};
    /* Both are labels of one object (geo/base/embed.h). */
    /* cppcheck-suppress comparePointers */
    size_t len = (size_t)(report_style_points_end - report_style_points);
    struct style *style = style_parse(report_style_points, len, err);
    bool ok = style && page_draw(style, snapshot, &request, out, err);
    style_free(style);
    free(marks);
    return ok;
}

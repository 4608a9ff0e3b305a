/* handlers.h - handlers of the route table, by file; each is a route_handler
 * (server/request/route.h).
 */
#ifndef SERVER_HANDLERS_H
#define SERVER_HANDLERS_H

#include "server/request/route.h"

/* pages.c */
route_handler pages_home, pages_api, pages_asset, pages_favicon;
/* health.c */
route_handler health_get, health_metrics;
/* collections.c */
route_handler collections_list, collections_get, collections_items, collections_item;
/* reports.c */
route_handler reports_list, reports_nacional, reports_departamento, reports_municipio,
    reports_libro;
/* tiles.c */
route_handler tiles_png, tiles_png_2x, tiles_png_512, tiles_png_512_2x, tiles_webp, tiles_webp_2x,
    tiles_webp_512, tiles_webp_512_2x, tiles_map;
/* ogc_tiles.c */
route_handler ogc_tiles_conformance, ogc_tiles_matrix_sets, ogc_tiles_matrix_set, ogc_tiles_dataset,
    ogc_tiles_dataset_web, ogc_tiles_layer, ogc_tiles_layer_web, ogc_tiles_style,
    ogc_tiles_style_web;
/* vector_tiles.c */
route_handler vector_tiles_get, vector_tiles_json;
/* fonts.c */
route_handler fonts_range, fonts_sprite_png, fonts_sprite_png_2x, fonts_sprite_json,
    fonts_sprite_json_2x;
/* archives.c */
route_handler archives_list, archives_get;
/* styles.c */
route_handler styles_list, styles_get, styles_legend, styles_legend_png, styles_legend_svg;

#endif

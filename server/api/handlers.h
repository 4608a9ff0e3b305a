/* handlers.h - the handlers of the route table, by file; each is a route_handler
 * (routes.h).
 */
#ifndef SERVER_HANDLERS_H
#define SERVER_HANDLERS_H

#include "server/routes.h"

/* pages.c */
route_handler pages_home, pages_api, pages_asset, pages_favicon;
/* health.c */
route_handler health_get, health_metrics;
/* collections.c */
route_handler collections_list, collections_get, collections_items, collections_item;
/* figures.c */
route_handler figures_coverage, figures_irrigation;
/* reports.c */
route_handler reports_list, reports_nacional, reports_departamento, reports_municipio,
    reports_libro;
/* figures_time.c */
route_handler figures_time_series, figures_time_indicators;
/* editions_http.c */
route_handler editions_http_list, editions_http_crosswalk, editions_http_conflicts;
/* access_http.c */
route_handler access_http_get, access_http_sites, access_http_clusters;
/* targeting_http.c */
route_handler targeting_http_get, targeting_http_equity;
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

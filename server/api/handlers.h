/* handlers.h - the handlers of the route table, by file; each is a route_handler
 * (routes.h).
 */
#ifndef SERVER_HANDLERS_H
#define SERVER_HANDLERS_H

#include "server/routes.h"

/* pages.c */
route_handler pages_home, pages_api, pages_asset, pages_favicon;
/* health.c */
route_handler health_get, metrics_get;
/* collections.c */
route_handler collections_list, collections_get, items_list, items_get;
/* figures.c */
route_handler figures_coverage, figures_irrigation;
/* reports_http.c */
route_handler reports_list, reports_nacional, reports_departamento, reports_municipio,
    reports_libro;
/* figures_time.c */
route_handler figures_series, figures_indicators;
/* editions_http.c */
route_handler editions_http_list, editions_http_crosswalk, editions_http_conflicts;
/* access_http.c */
route_handler access_http_get, access_http_sites, access_http_clusters;
/* targeting_http.c */
route_handler figures_targeting, figures_equity;
/* tiles.c */
route_handler tiles_png, tiles_png_2x, tiles_png_512, tiles_png_512_2x, tiles_webp, tiles_webp_2x,
    tiles_webp_512, tiles_webp_512_2x, tiles_map;
/* ogc_tiles.c */
route_handler conformance_get, matrix_sets_list, matrix_sets_get, tilesets_dataset,
    tilesets_dataset_web, tilesets_layer, tilesets_layer_web, tilesets_style, tilesets_style_web;
/* vector_tiles.c */
route_handler vector_tiles_get, vector_tiles_json;
/* fonts_http.c */
route_handler fonts_range, sprites_http_png, sprites_http_png_2x, sprites_http_json,
    sprites_http_json_2x;
/* archives.c */
route_handler archives_list, archives_get;
/* styles_http.c */
route_handler styles_list, styles_get, styles_legend, styles_legend_png, styles_legend_svg;

#endif

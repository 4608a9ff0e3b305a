/* routes.c - every URL we answer, with its handler and its parameters. */
#include "server/routes.h"

#include <string.h>

#include "server/api/handlers.h"
#include "server/figures/figure_http.h"

enum { YEAR_S = 31536000 };

#define FORMATS(...)      \
    (const char *const[]) \
    {                     \
        __VA_ARGS__, NULL \
    }
/* f=, the format, which overrides Accept. */
#define F(...)                                                             \
    {                                                                      \
        .name = "f", .kind = PARAM_CHOICE, .choices = FORMATS(__VA_ARGS__) \
    }
/* v=, the version of the content, which lets clients cache it for long. */
#define V                               \
    {                                   \
        .name = "v", .kind = PARAM_TEXT \
    }
#define END \
    {       \
        0   \
    }

static const struct param json_params[] = {F("json"), END};
static const struct param home_params[] = {F("html", "json"), END};
static const struct param version_params[] = {V, END};
static const struct param map_tile_params[] = {V, F("png", "webp"), END};
static const struct param legend_params[] = {F("json", "png", "svg"), END};
static const struct param item_params[] = {F("geojson", "json"), END};

static const struct param items_params[] = {
    F("geojson", "json"),
    {.name = "limit", .kind = PARAM_INT, .min = 1, .max = 10000, .fallback = "10", .clamp = true},
    {.name = "offset", .kind = PARAM_INT, .max = 1000000000, .fallback = "0"},
    {.name = "bbox", .kind = PARAM_BOX},
    END,
};

static const struct param report_params[] = {
    {.name = "as-of", .kind = PARAM_DATE},
    {.name = "edition", .kind = PARAM_TEXT},
    END,
};

/* A new endpoint is a new row, and an entry in server/api/openapi.json. Figures have theirs
 * from their descriptions (geo/catalog/figure.h). */
static const struct route rows[] = {
    /* clang-format off */
    /* method pattern                            handler                  parameters        max-age unlimited */
    {"GET", "/",                                 pages_home,              home_params,      0,      true},
    {"GET", "/api",                              pages_api,               json_params,      0,      true},
    {"GET", "/assets/{file}",                    pages_asset,             version_params,   YEAR_S, true},
    {"GET", "/favicon.ico",                      pages_favicon,           NULL,             0,      true},
    {"GET", "/health",                           health_get,              json_params,      0,      true},
    {"GET", "/collections",                      collections_list,        json_params,      0,      false},
    {"GET", "/collections/{layer}",              collections_get,         json_params,      0,      false},
    {"GET", "/collections/{layer}/items",        collections_items,       items_params,     0,      false},
    {"GET", "/collections/{layer}/items/{id}",   collections_item,        item_params,      0,      false},
    {"GET", "/archives",                         archives_list,           json_params,      0,      false},
    {"GET", "/archives/{file}",                  archives_get,            NULL,             0,      false},
    {"GET", "/metrics",                          health_metrics,          NULL,             0,      true},
    {"GET", "/fonts/{fontstack}/{range}.pbf",    fonts_range,             version_params,   YEAR_S, false},
    {"GET", "/reports",                          reports_list,            json_params,      0,      false},
    {"GET", "/reports/nacional.pdf",             reports_nacional,        report_params,    0,      false},
    {"GET", "/reports/departamentos/{departamento}.pdf",
                                                 reports_departamento,    report_params,    0,      false},
    {"GET", "/reports/municipios/{codigo}.pdf",  reports_municipio,       report_params,    0,      false},
    {"GET", "/reports/libro.xlsx",               reports_libro,           report_params,    0,      false},
    {"GET", "/sprites/sigg.json",                fonts_sprite_json,       version_params,   YEAR_S, false},
    {"GET", "/sprites/sigg.png",                 fonts_sprite_png,        version_params,   YEAR_S, false},
    {"GET", "/sprites/sigg@2x.json",             fonts_sprite_json_2x,    version_params,   YEAR_S, false},
    {"GET", "/sprites/sigg@2x.png",              fonts_sprite_png_2x,     version_params,   YEAR_S, false},
    {"GET", "/styles",                           styles_list,             json_params,      0,      false},
    {"GET", "/styles/{style}",                   styles_get,              json_params,      0,      false},
    {"GET", "/styles/{style}/legend",            styles_legend,           legend_params,    0,      false},
    {"GET", "/styles/{style}/legend.png",        styles_legend_png,       NULL,             0,      false},
    {"GET", "/styles/{style}/legend.svg",        styles_legend_svg,       NULL,             0,      false},
    {"GET", "/collections/{layer}/tiles/WebMercatorQuad/{z}/{y}/{x}",
                                                 vector_tiles_get,        version_params,   YEAR_S, false},
    {"GET", "/tiles/{layer}.json",               vector_tiles_json,       json_params,      0,      false},
    {"GET", "/tiles/{layer}/{z}/{x}/{y}.mvt",    vector_tiles_get,        version_params,   YEAR_S, false},
    {"GET", "/tiles/{style}/512/{z}/{x}/{y}@2x.png",
                                                 tiles_png_512_2x,        version_params,   YEAR_S, false},
    {"GET", "/tiles/{style}/512/{z}/{x}/{y}.png",
                                                 tiles_png_512,           version_params,   YEAR_S, false},
    {"GET", "/tiles/{style}/512/{z}/{x}/{y}@2x.webp",
                                                 tiles_webp_512_2x,       version_params,   YEAR_S, false},
    {"GET", "/tiles/{style}/512/{z}/{x}/{y}.webp",
                                                 tiles_webp_512,          version_params,   YEAR_S, false},
    {"GET", "/tiles/{style}/{z}/{x}/{y}@2x.png", tiles_png_2x,            version_params,   YEAR_S, false},
    {"GET", "/tiles/{style}/{z}/{x}/{y}.png",    tiles_png,               version_params,   YEAR_S, false},
    {"GET", "/tiles/{style}/{z}/{x}/{y}@2x.webp",
                                                 tiles_webp_2x,           version_params,   YEAR_S, false},
    {"GET", "/tiles/{style}/{z}/{x}/{y}.webp",   tiles_webp,              version_params,   YEAR_S, false},
    {"GET", "/conformance",                      ogc_tiles_conformance,   json_params,      0,      false},
    {"GET", "/tileMatrixSets",                   ogc_tiles_matrix_sets,   json_params,      0,      false},
    {"GET", "/tileMatrixSets/WebMercatorQuad",   ogc_tiles_matrix_set,    json_params,      0,      false},
    {"GET", "/tiles",                            ogc_tiles_dataset,       json_params,      0,      false},
    {"GET", "/tiles/WebMercatorQuad",            ogc_tiles_dataset_web,   json_params,      0,      false},
    {"GET", "/collections/{layer}/tiles",        ogc_tiles_layer,         json_params,      0,      false},
    {"GET", "/collections/{layer}/tiles/WebMercatorQuad",
                                                 ogc_tiles_layer_web,     json_params,      0,      false},
    {"GET", "/styles/{style}/map/tiles",         ogc_tiles_style,         json_params,      0,      false},
    {"GET", "/styles/{style}/map/tiles/WebMercatorQuad",
                                                 ogc_tiles_style_web,     json_params,      0,      false},
    {"GET", "/styles/{style}/map/tiles/WebMercatorQuad/{z}/{y}/{x}",
                                                 tiles_map,               map_tile_params,  YEAR_S, false},
    {0},
    /* clang-format on */
};

enum { N_ROWS = sizeof rows / sizeof *rows, FIGURES_MAX = 40 };

static struct param figure_params[FIGURES_MAX][PARAMS_MAX];
static struct route all[N_ROWS + FIGURES_MAX];

const struct route *routes(void)
{
    size_t n = N_ROWS - 1; /* without the row that ends the list */
    if (all[0].method)
        return all;
    for (size_t i = 0, n_figures = 0; figures[i] && n_figures < FIGURES_MAX; i++)
        if (figures[i]->path)
            figure_http_route(figures[i], figure_params[n_figures++], &all[n++]);
    memcpy(all, rows, (N_ROWS - 1) * sizeof *rows);
    return all;
}

/* routes.c - every URL we answer, with its handler and its parameters. */
#include "server/routes.h"

#include "server/api/handlers.h"
#include "server/figures/handlers.h"

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
    {.name = "limit", .kind = PARAM_INT, .min = 1, .max = 10000, .fallback = 10, .clamp = true},
    {.name = "offset", .kind = PARAM_INT, .min = 0, .max = 1000000000},
    {.name = "bbox", .kind = PARAM_BOX},
    END,
};

/* km, fdr, weights and rate are checked where they are read. */
static const struct param access_params[] = {
    {.name = "km", .kind = PARAM_TEXT},
    {.name = "of", .kind = PARAM_CHOICE, .choices = FORMATS("alianzas", "subproyectos", "ambos")},
    {.name = "by",
     .kind = PARAM_CHOICE,
     .choices = FORMATS("municipio", "departamento", "uo", "nacional")},
    {.name = "as-of", .kind = PARAM_DATE},
    {.name = "edition", .kind = PARAM_TEXT},
    F("json", "csv", "html"),
    END,
};

static const struct param sites_params[] = {
    {.name = "km", .kind = PARAM_TEXT},
    {.name = "of", .kind = PARAM_CHOICE, .choices = FORMATS("alianzas", "subproyectos", "ambos")},
    {.name = "k",
     .kind = PARAM_INT,
     .min = 1,
     .max = 100,
     .fallback = 10,
     .beyond = "en el servidor no se buscan más; con «sigg access sites -k» se puede hasta 1000"},
    {.name = "as-of", .kind = PARAM_DATE},
    {.name = "edition", .kind = PARAM_TEXT},
    F("json", "csv", "html"),
    END,
};

static const struct param clusters_params[] = {
    {.name = "rate", .kind = PARAM_TEXT},
    {.name = "weights", .kind = PARAM_TEXT},
    {.name = "seed", .kind = PARAM_INT, .min = 0, .max = 1000000000, .fallback = 1},
    {.name = "fdr", .kind = PARAM_TEXT},
    {.name = "as-of", .kind = PARAM_DATE},
    {.name = "edition", .kind = PARAM_TEXT},
    F("json", "csv", "html"),
    END,
};

static const struct param coverage_params[] = {
    {.name = "by",
     .kind = PARAM_CHOICE,
     .choices = FORMATS("municipio", "departamento", "uo", "nacional")},
    {.name = "as-of", .kind = PARAM_DATE},
    {.name = "edition", .kind = PARAM_TEXT},
    {.name = "restate-from", .kind = PARAM_TEXT},
    F("json", "csv", "html"),
    END,
};

static const struct param figures_params[] = {
    {.name = "by",
     .kind = PARAM_CHOICE,
     .choices = FORMATS("municipio", "departamento", "uo", "nacional")},
    {.name = "as-of", .kind = PARAM_DATE},
    {.name = "edition", .kind = PARAM_TEXT},
    F("json", "csv", "html"),
    END,
};

static const struct param report_params[] = {
    {.name = "as-of", .kind = PARAM_DATE},
    {.name = "edition", .kind = PARAM_TEXT},
    END,
};

static const struct param series_params[] = {
    {.name = "what",
     .kind = PARAM_CHOICE,
     .choices =
         FORMATS("cobertura", "riego", "subproyectos", "procesos", "difusion", "embudo", "rubros")},
    {.name = "by",
     .kind = PARAM_CHOICE,
     .choices = FORMATS("nacional", "uo", "departamento", "municipio")},
    {.name = "step", .kind = PARAM_CHOICE, .choices = FORMATS("year", "semester")},
    {.name = "from", .kind = PARAM_TEXT},
    {.name = "to", .kind = PARAM_TEXT},
    {.name = "edition", .kind = PARAM_TEXT},
    F("json", "csv", "html"),
    END,
};

static const struct param table_params[] = {F("json", "csv", "html"), END};

#define YES_NO(word)                                                              \
    {                                                                             \
        .name = (word), .kind = PARAM_CHOICE, .choices = FORMATS("true", "false") \
    }

static const struct param crosswalk_params[] = {
    {.name = "from", .kind = PARAM_TEXT},
    {.name = "to", .kind = PARAM_TEXT},
    YES_NO("changes"),
    F("json", "csv", "html"),
    END,
};

static const struct param conflicts_params[] = {
    {.name = "layer", .kind = PARAM_LAYER, .tables = GEO_TABLES_PLACED},
    {.name = "by",
     .kind = PARAM_CHOICE,
     .choices = FORMATS("municipio", "departamento", "uo", "nacional")},
    {.name = "state", .kind = PARAM_TEXT},
    {.name = "edition", .kind = PARAM_TEXT},
    YES_NO("all"),
    F("json", "csv", "html"),
    END,
};

static const struct param targeting_params[] = {
    {.name = "weights", .kind = PARAM_TEXT},
    {.name = "facts", .kind = PARAM_TEXT},
    {.name = "form", .kind = PARAM_CHOICE, .choices = FORMATS("multiplicativa", "aditiva")},
    {.name = "normalise", .kind = PARAM_CHOICE, .choices = FORMATS("rango", "percentil")},
    {.name = "draws",
     .kind = PARAM_INT,
     .min = 1,
     .max = 10000,
     .fallback = 10000,
     .beyond = "en el servidor no se hacen más; con «sigg target --draws» se puede hasta 1000000"},
    {.name = "seed", .kind = PARAM_INT, .min = 0, .max = INT64_MAX, .fallback = 1},
    {.name = "k", .kind = PARAM_INT, .min = 1, .max = 100000, .fallback = 50},
    {.name = "by", .kind = PARAM_CHOICE, .choices = FORMATS("all", "departamento")},
    {.name = "concentration", .kind = PARAM_TEXT},
    {.name = "errors", .kind = PARAM_TEXT},
    {.name = "scenario", .kind = PARAM_TEXT},
    {.name = "explain", .kind = PARAM_TEXT},
    {.name = "as-of", .kind = PARAM_DATE},
    {.name = "edition", .kind = PARAM_TEXT},
    F("json", "csv", "html", "geojson"),
    END,
};

static const struct param equity_params[] = {
    {.name = "of",
     .kind = PARAM_CHOICE,
     .choices = FORMATS("familias", "bs", "riego", "obras", "alianzas")},
    {.name = "by", .kind = PARAM_CHOICE, .choices = FORMATS("departamento", "uo", "nacional")},
    {.name = "curve", .kind = PARAM_CHOICE, .choices = FORMATS("lorenz", "concentracion")},
    {.name = "as-of", .kind = PARAM_DATE},
    {.name = "edition", .kind = PARAM_TEXT},
    F("json", "csv", "html"),
    END,
};

/* A new endpoint is a new row, and an entry in server/api/openapi.json. */
const struct route routes[] = {
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
    {"GET", "/coverage",                         figures_coverage,        coverage_params,  0,      false},
    {"GET", "/access",                           access_http_get,         access_params,    0,      false},
    {"GET", "/access/sites",                     access_http_sites,       sites_params,     0,      false},
    {"GET", "/clusters",                         access_http_clusters,    clusters_params,  0,      false},
    {"GET", "/equity",                           targeting_http_equity,   equity_params,    0,      false},
    {"GET", "/targeting",                        targeting_http_get,      targeting_params, 0,      false},
    {"GET", "/metrics",                          health_metrics,          NULL,             0,      true},
    {"GET", "/irrigation",                       figures_irrigation,      figures_params,   0,      false},
    {"GET", "/series",                           figures_time_series,     series_params,    0,      false},
    {"GET", "/indicators",                       figures_time_indicators, figures_params,   0,      false},
    {"GET", "/editions",                         editions_http_list,      table_params,     0,      false},
    {"GET", "/crosswalk",                        editions_http_crosswalk, crosswalk_params, 0,      false},
    {"GET", "/conflicts",                        editions_http_conflicts, conflicts_params, 0,      false},
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

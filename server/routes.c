/* routes.c - the table of URLs, and the lookup of a request in it. */
#include "server/routes.h"

#include <stdio.h>
#include <string.h>

#include "server/api/handlers.h"

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
    {.name = "layer",
     .kind = PARAM_CHOICE,
     .choices = FORMATS("comunidades", "alianzas", "areas_riego", "subproyectos")},
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
    /* method pattern                            handler             parameters      max-age */
    {"GET", "/",                                 pages_home,         home_params,    0},
    {"GET", "/api",                              pages_api,          json_params,    0},
    {"GET", "/assets/{file}",                    pages_asset,        version_params, YEAR_S},
    {"GET", "/favicon.ico",                      pages_favicon,      NULL,           0},
    {"GET", "/health",                           health_get,         json_params,    0},
    {"GET", "/collections",                      collections_list,   json_params,    0},
    {"GET", "/collections/{layer}",              collections_get,    json_params,    0},
    {"GET", "/collections/{layer}/items",        collections_items,         items_params,   0},
    {"GET", "/collections/{layer}/items/{id}",   collections_item,          item_params,    0},
    {"GET", "/archives",                         archives_list,      json_params,    0},
    {"GET", "/archives/{file}",                  archives_get,       NULL,           0},
    {"GET", "/coverage",                         figures_coverage,   coverage_params, 0},
    {"GET", "/access",                           access_http_get,    access_params,  0},
    {"GET", "/access/sites",                     access_http_sites,  sites_params,   0},
    {"GET", "/clusters",                         access_http_clusters, clusters_params, 0},
    {"GET", "/equity",                           targeting_http_equity,     equity_params,  0},
    {"GET", "/targeting",                        targeting_http_get,  targeting_params, 0},
    {"GET", "/metrics",                          health_metrics,        NULL,           0},
    {"GET", "/irrigation",                       figures_irrigation, figures_params, 0},
    {"GET", "/series",                           figures_time_series,     series_params,  0},
    {"GET", "/indicators",                       figures_time_indicators, figures_params, 0},
    {"GET", "/editions",                         editions_http_list, table_params,   0},
    {"GET", "/crosswalk",                        editions_http_crosswalk, crosswalk_params, 0},
    {"GET", "/conflicts",                        editions_http_conflicts, conflicts_params, 0},
    {"GET", "/fonts/{fontstack}/{range}.pbf",    fonts_range,        version_params, YEAR_S},
    {"GET", "/reports",                          reports_list,       json_params,    0},
    {"GET", "/reports/nacional.pdf",             reports_nacional,   report_params,  0},
    {"GET", "/reports/departamentos/{departamento}.pdf",
                                                 reports_departamento, report_params, 0},
    {"GET", "/reports/municipios/{codigo}.pdf",  reports_municipio,  report_params,  0},
    {"GET", "/reports/libro.xlsx",               reports_libro,      report_params,  0},
    {"GET", "/sprites/sigg.json",                fonts_sprite_json,  version_params, YEAR_S},
    {"GET", "/sprites/sigg.png",                 fonts_sprite_png,   version_params, YEAR_S},
    {"GET", "/sprites/sigg@2x.json",             fonts_sprite_json_2x, version_params, YEAR_S},
    {"GET", "/sprites/sigg@2x.png",              fonts_sprite_png_2x, version_params, YEAR_S},
    {"GET", "/styles",                           styles_list,        json_params,    0},
    {"GET", "/styles/{style}",                   styles_get,         json_params,    0},
    {"GET", "/styles/{style}/legend",            styles_legend,      legend_params,  0},
    {"GET", "/styles/{style}/legend.png",        styles_legend_png,  NULL,           0},
    {"GET", "/styles/{style}/legend.svg",        styles_legend_svg,  NULL,           0},
    {"GET", "/collections/{layer}/tiles/WebMercatorQuad/{z}/{y}/{x}",
                                                 vector_tiles_get,   version_params, YEAR_S},
    {"GET", "/tiles/{layer}.json",               vector_tiles_json,  json_params,    0},
    {"GET", "/tiles/{layer}/{z}/{x}/{y}.mvt",    vector_tiles_get,   version_params, YEAR_S},
    {"GET", "/tiles/{style}/512/{z}/{x}/{y}@2x.png", tiles_png_512_2x, version_params, YEAR_S},
    {"GET", "/tiles/{style}/512/{z}/{x}/{y}.png", tiles_png_512,     version_params, YEAR_S},
    {"GET", "/tiles/{style}/512/{z}/{x}/{y}@2x.webp", tiles_webp_512_2x, version_params, YEAR_S},
    {"GET", "/tiles/{style}/512/{z}/{x}/{y}.webp", tiles_webp_512,   version_params, YEAR_S},
    {"GET", "/tiles/{style}/{z}/{x}/{y}@2x.png", tiles_png_2x,       version_params, YEAR_S},
    {"GET", "/tiles/{style}/{z}/{x}/{y}.png",    tiles_png,          version_params, YEAR_S},
    {"GET", "/tiles/{style}/{z}/{x}/{y}@2x.webp", tiles_webp_2x,     version_params, YEAR_S},
    {"GET", "/tiles/{style}/{z}/{x}/{y}.webp",   tiles_webp,         version_params, YEAR_S},
    {"GET", "/conformance",                      ogc_tiles_conformance,    json_params,    0},
    {"GET", "/tileMatrixSets",                   ogc_tiles_matrix_sets,   json_params,    0},
    {"GET", "/tileMatrixSets/WebMercatorQuad",   ogc_tiles_matrix_set,    json_params,    0},
    {"GET", "/tiles",                            ogc_tiles_dataset,   json_params,    0},
    {"GET", "/tiles/WebMercatorQuad",            ogc_tiles_dataset_web, json_params,  0},
    {"GET", "/collections/{layer}/tiles",        ogc_tiles_layer,     json_params,    0},
    {"GET", "/collections/{layer}/tiles/WebMercatorQuad",
                                                 ogc_tiles_layer_web, json_params,    0},
    {"GET", "/styles/{style}/map/tiles",         ogc_tiles_style,     json_params,    0},
    {"GET", "/styles/{style}/map/tiles/WebMercatorQuad",
                                                 ogc_tiles_style_web, json_params,    0},
    {"GET", "/styles/{style}/map/tiles/WebMercatorQuad/{z}/{y}/{x}",
                                                 tiles_map,          map_tile_params, YEAR_S},
    {0},
    /* clang-format on */
};

/* Matches a segment with "literal", "{name}" or "{name}suffix". */
static bool match_segment(const char *pattern, size_t len, const char *segment, struct arena *arena,
                          struct route_values *values)
{
    if (pattern[0] != '{')
        return strlen(segment) == len && memcmp(segment, pattern, len) == 0;
    const char *close = memchr(pattern, '}', len);
    size_t suffix_len = len - (size_t)(close + 1 - pattern);
    size_t segment_len = strlen(segment);
    if (segment_len <= suffix_len ||
        memcmp(segment + segment_len - suffix_len, close + 1, suffix_len) != 0)
        return false;
    const char *value = arena_strndup(arena, segment, segment_len - suffix_len);
    if (!value || values->n == ROUTE_VALUES_MAX)
        return false;
    values->list[values->n].name = pattern + 1;
    values->list[values->n].name_len = (size_t)(close - pattern - 1);
    values->list[values->n++].value = value;
    return true;
}

static bool match_pattern(const char *pattern, const struct target *target, struct arena *arena,
                          struct route_values *values)
{
    values->n = 0;
    size_t n = 0;
    for (const char *at = pattern + 1; *at; n++) {
        size_t len = strcspn(at, "/");
        if (n == target->n_segments || !match_segment(at, len, target->segments[n], arena, values))
            return false;
        at += len + (at[len] == '/');
    }
    return n == target->n_segments;
}

const struct route *routes_match(const char *method, const struct target *target,
                                 struct arena *arena, struct route_values *values,
                                 char allow[ROUTE_ALLOW_MAX])
{
    allow[0] = '\0';
    for (const struct route *route = routes; route->method; route++) {
        if (!match_pattern(route->pattern, target, arena, values))
            continue;
        if (strcmp(route->method, method) == 0)
            return route;
        if (!strstr(allow, route->method)) {
            size_t used = strlen(allow);
            snprintf(allow + used, ROUTE_ALLOW_MAX - used, "%s%s%s", used ? ", " : "",
                     route->method, strcmp(route->method, "GET") == 0 ? ", HEAD" : "");
        }
    }
    if (allow[0]) {
        size_t used = strlen(allow);
        snprintf(allow + used, ROUTE_ALLOW_MAX - used, ", OPTIONS");
    }
    return NULL;
}

/* style.h - a MapLibre style document (v8), parsed and compiled once.
 *
 * The engine does not draw: from a feature and a zoom it computes the values of paint and
 * layout properties, one property at a time.
 *
 * Owns:    everything compiled. Immutable: share it between threads.
 * Units:   sizes in CSS pixels, colours as straight RGBA 0–1, zoom as MapLibre's
 *          (512 px tiles: a 256 px tile of z is drawn at zoom z - 1).
 * Errors:  ERR_INPUT with the JSON path of what is wrong or outside the subset:
 *          "layers[3].paint.fill-color[2]: ..."
 */
#ifndef STYLES_STYLE_H
#define STYLES_STYLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/analysis/breaks.h"
#include "geo/base/arena.h"
#include "geo/base/buf.h"
#include "geo/base/err.h"

struct style;

/* Parses a document; *err is the first problem. */
struct style *style_parse(const char *json, size_t len, struct err *err);
/* Reports all problems, each as "PATH: sentence"; returns how many. */
typedef void style_problem_fn(void *arg, const char *problem);
size_t style_check(const char *json, size_t len, style_problem_fn *fn, void *arg);
/* Evaluates one line of input of `sigg style eval`, and writes one line of answer. */
void style_eval_line(const char *line, size_t len, struct buf *answer);
void style_free(struct style *style);

const char *style_id(const struct style *style);    /* metadata "sigg:id", or "" */
const char *style_title(const struct style *style); /* "name" */
/* The heading of a map and its legend: metadata "sigg:encabezado", else the name. */
const char *style_heading(const struct style *style);
const char *style_json(const struct style *style, size_t *len); /* as read */

/* The feature properties that the style reads, each once; their indexes are the slots.
 * Before drawing, each slot is resolved to a column of the data. */
size_t style_slots(const struct style *style, const char *const **names);

enum style_value_kind {
    STYLE_NULL,
    STYLE_BOOL,
    STYLE_NUMBER,
    STYLE_STRING,
    STYLE_COLOR,
    STYLE_JSON
};

struct style_color {
    float r, g, b, a; /* straight, 0–1 */
};

struct style_value {
    enum style_value_kind kind;
    union {
        bool boolean;
        double number;
        const char *string;
        struct style_color color;
        const void *json; /* arrays and objects, in the engine's own form */
    };
};

struct style_feature {
    /* The value of a slot, or STYLE_NULL; strings live as long as the feature. */
    struct style_value (*get)(const void *ctx, int slot);
    bool (*has)(const void *ctx, int slot);
    /* The i-th property the feature has, for names that an expression computes
     * and for ["properties"]; false past the last. NULL: only slots are seen. */
    bool (*at)(const void *ctx, size_t i, const char **name, struct style_value *value);
    const void *ctx;
    struct style_value id;
    const char *geometry_type; /* "Point", "LineString", "Polygon" */
};

enum style_layer_type { STYLE_BACKGROUND, STYLE_FILL, STYLE_LINE, STYLE_CIRCLE, STYLE_SYMBOL };

enum style_property {
    STYLE_BACKGROUND_COLOR,
    STYLE_BACKGROUND_OPACITY,
    STYLE_FILL_COLOR,
    STYLE_FILL_OPACITY,
    STYLE_FILL_OUTLINE_COLOR,
    STYLE_FILL_PATTERN,
    STYLE_LINE_COLOR,
    STYLE_LINE_WIDTH,
    STYLE_LINE_OPACITY,
    STYLE_LINE_DASHARRAY,
    STYLE_LINE_CAP,
    STYLE_LINE_JOIN,
    STYLE_LINE_OFFSET,
    STYLE_CIRCLE_COLOR,
    STYLE_CIRCLE_RADIUS,
    STYLE_CIRCLE_OPACITY,
    STYLE_CIRCLE_STROKE_COLOR,
    STYLE_CIRCLE_STROKE_WIDTH,
    STYLE_CIRCLE_STROKE_OPACITY,
    STYLE_CIRCLE_SORT_KEY,
    STYLE_SYMBOL_PLACEMENT,
    STYLE_SYMBOL_SPACING,
    STYLE_SYMBOL_SORT_KEY,
    STYLE_ICON_IMAGE,
    STYLE_ICON_SIZE,
    STYLE_ICON_ANCHOR,
    STYLE_ICON_OFFSET,
    STYLE_ICON_PADDING,
    STYLE_ICON_ALLOW_OVERLAP,
    STYLE_ICON_OVERLAP,
    STYLE_ICON_IGNORE_PLACEMENT,
    STYLE_ICON_OPTIONAL,
    STYLE_ICON_OPACITY,
    STYLE_TEXT_FIELD,
    STYLE_TEXT_FONT,
    STYLE_TEXT_SIZE,
    STYLE_TEXT_MAX_WIDTH,
    STYLE_TEXT_LINE_HEIGHT,
    STYLE_TEXT_LETTER_SPACING,
    STYLE_TEXT_JUSTIFY,
    STYLE_TEXT_ANCHOR,
    STYLE_TEXT_TRANSFORM,
    STYLE_TEXT_OFFSET,
    STYLE_TEXT_PADDING,
    STYLE_TEXT_ALLOW_OVERLAP,
    STYLE_TEXT_OVERLAP,
    STYLE_TEXT_IGNORE_PLACEMENT,
    STYLE_TEXT_OPTIONAL,
    STYLE_TEXT_COLOR,
    STYLE_TEXT_OPACITY,
    STYLE_TEXT_HALO_COLOR,
    STYLE_TEXT_HALO_WIDTH,
    STYLE_N_PROPERTIES
};

struct style_layer; /* opaque */

size_t style_layer_count(const struct style *style);
const struct style_layer *style_layer_at(const struct style *style, size_t index);
enum style_layer_type style_layer_type(const struct style_layer *layer);
const char *style_layer_id(const struct style_layer *layer);
const char *
style_layer_source(const struct style_layer *layer); /* "source-layer", "" for background */
/* Within minzoom/maxzoom and visible. */
bool style_layer_shows(const struct style_layer *layer, double zoom);
/* The layer has a filter; without one it accepts every feature. */
bool style_layer_filtered(const struct style_layer *layer);
/* Feature passes the layer's filter. */
bool style_layer_accepts(const struct style_layer *layer, double zoom,
                         const struct style_feature *feature, struct arena *arena);
/* True if the style sets the property (else it has its default). */
bool style_layer_gives(const struct style_layer *layer, enum style_property property);
/* True if the property does not depend on the feature: evaluate it once a tile. */
bool style_layer_constant(const struct style_layer *layer, enum style_property property);

/* Numbers are limited to the property's range. On an evaluation error the result is the
 * property's default, as in MapLibre. fill-outline-color defaults to fill-color. feature
 * may be NULL for a constant property. */
double style_number(const struct style_layer *layer, enum style_property property, double zoom,
                    const struct style_feature *feature, struct arena *arena);
struct style_color style_color(const struct style_layer *layer, enum style_property property,
                               double zoom, const struct style_feature *feature,
                               struct arena *arena);
/* line-cap, line-join, symbol-placement, the anchors, text-justify */
const char *style_word(const struct style_layer *layer, enum style_property property, double zoom,
                       const struct style_feature *feature, struct arena *arena);
/* line-dasharray in line widths, *n 0 for a solid line; text-offset in ems and
 * icon-offset in pixels, *n 0 for none. */
const double *style_numbers(const struct style_layer *layer, enum style_property property,
                            double zoom, const struct style_feature *feature, struct arena *arena,
                            size_t *n);

/* icon-padding in pixels: top, right, bottom, left. */
void style_padding(const struct style_layer *layer, enum style_property property, double zoom,
                   const struct style_feature *feature, struct arena *arena, double out[4]);

/* text-allow-overlap and its like */
bool style_flag(const struct style_layer *layer, enum style_property property, double zoom);
/* icon-image, fill-pattern; NULL: none. */
const char *style_image(const struct style_layer *layer, enum style_property property, double zoom,
                        const struct style_feature *feature, struct arena *arena);

/* text-font, the names joined by commas, as in the URL of glyphs. */
const char *style_fonts(const struct style_layer *layer, double zoom,
                        const struct style_feature *feature, struct arena *arena);

/* A section of a text-field; text-transform has been applied. */
struct style_run {
    const char *text;
    double scale;      /* of text-size */
    const char *fonts; /* NULL: text-font */
    bool colored;      /* false: text-color */
    struct style_color color;
};

/* The text-field without images and empty sections; *n 0: no text. False: memory. */
bool style_runs(const struct style_layer *layer, double zoom, const struct style_feature *feature,
                struct arena *arena, const struct style_run **runs, size_t *n);

/* For a browser -------------------------------------------------------------
 * The document as it was read, with the URLs that a browser needs. */
struct style_urls {
    const char *glyphs;  /* "https://…/fonts/{fontstack}/{range}.pbf" */
    const char *sprite;  /* "https://…/sprites/sigg" */
    const char *sources; /* TileJSON of the source "sigg" is at SOURCES/sigg.json */
};

void style_put_resolved(const struct style *style, const struct style_urls *urls, struct buf *out);

/* Legend ------------------------------------------------------------------
 * Entries of the layers, from the style's own step/match expressions plus the
 * labels of the layer's metadata ("sigg:leyenda"). */
enum style_legend_shape { STYLE_LEGEND_FILL, STYLE_LEGEND_LINE, STYLE_LEGEND_CIRCLE };

struct style_legend_entry {
    const char *layer_id;
    const char *label; /* Spanish */
    enum style_legend_shape shape;
    struct style_color color, stroke;
    double size_px; /* line width, circle radius */
    bool has_stroke;
    const char *pattern; /* of a fill: name of its image, drawn with color's alpha; or NULL */
};

size_t style_legend(const struct style *style, const struct style_legend_entry **entries);

/* Class breaks -------------------------------------------------------------
 * A layer's "sigg:breaks" (docs/styles.md). */
struct style_breaks {
    const char *layer_id, *source_layer, *property;
    enum breaks_method method;
    size_t n_classes;
    double from;                      /* values below it are in no class */
    double given[BREAKS_MAX_CLASSES]; /* the document's own breaks, n_classes - 1 */
    const char *unit, *one, *prefix;  /* of the labels; "" for none */
    bool whole;                       /* values are counts */
};

size_t style_breaks(const struct style *style, const struct style_breaks **breaks);
/* True if some breaks are computed from the data. */
bool style_breaks_computed(const struct style *style);
bool style_breaks_of(const struct style_breaks *asked, const double *values, size_t n,
                     struct breaks *out, struct err *err);

/* The label of a class in the legend, "50 a 99 familias". NULL: memory. */
const char *style_breaks_label(const struct style_breaks *asked, const struct breaks *breaks,
                               size_t index, struct arena *arena);

/* Gets the values of a property over a layer; missing ones are NaN or left out; *values is
 * malloc'd for the caller. */
typedef bool style_values_fn(void *arg, const char *source_layer, const char *property,
                             double **values, size_t *n, struct err *err);
/* The style with computed breaks in its expressions and legend; this one is served and
 * drawn. The caller frees it. */
struct style *style_with_breaks(const struct style *style, style_values_fn *fn, void *arg,
                                struct err *err);

/* The composed documents (docs/styles.md, "Themes"), built into the program: by id, or in
 * order. */
size_t styles_count(void);
const char *styles_id(size_t index);
bool styles_document(const char *id, const char **json, size_t *len);

#endif

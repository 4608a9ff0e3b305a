/* style_legend.c - makes the legend of a style from its layers' colour expressions.
 *
 * Their outputs are the entries, with the labels of the layers' metadata.
 *
 * "sigg:leyenda" is one text for the whole layer, or a list with one text for each output
 * in the order of the JSON; null leaves an output out. A layer without it is not in the
 * legend.
 */
#include <math.h>

#include "styles/style_layer.h"

/* The zoom at which the legend takes sizes and colours that depend on it. */
static const double legend_zoom = 8;

struct outputs {
    const struct expr **at;
    size_t n, room;
};

static bool count_output(void *arg, const struct expr *output)
{
    (void)output;
    ++*(size_t *)arg;
    return true;
}

static bool keep_output(void *arg, const struct expr *output)
{
    struct outputs *outputs = arg;
    outputs->at[outputs->n++] = output;
    return outputs->n < outputs->room;
}

/* The property whose outputs are the classes of the layer. */
static enum style_property class_property(const struct style_layer *layer)
{
    switch (layer->type) {
    case STYLE_FILL:
        return STYLE_FILL_COLOR;
    case STYLE_LINE:
        return STYLE_LINE_COLOR;
    case STYLE_CIRCLE:
        return STYLE_CIRCLE_COLOR;
    default:
        return STYLE_BACKGROUND_COLOR;
    }
}

static struct style_color faded(struct style_color color, double opacity)
{
    color.a *= (float)opacity;
    return color;
}

/* Sets shape, size and stroke; the colour is that of the output. */
static void fill_entry(const struct style_layer *layer, struct arena *arena,
                       struct style_color color, struct style_legend_entry *entry)
{
    double zoom = legend_zoom;
    entry->layer_id = layer->id;
    switch (layer->type) {
    case STYLE_LINE:
        entry->shape = STYLE_LEGEND_LINE;
        entry->color = faded(color, style_number(layer, STYLE_LINE_OPACITY, zoom, NULL, arena));
        entry->size_px = style_number(layer, STYLE_LINE_WIDTH, zoom, NULL, arena);
        break;
    case STYLE_CIRCLE:
        entry->shape = STYLE_LEGEND_CIRCLE;
        entry->color = faded(color, style_number(layer, STYLE_CIRCLE_OPACITY, zoom, NULL, arena));
        entry->size_px = style_number(layer, STYLE_CIRCLE_RADIUS, zoom, NULL, arena);
        entry->has_stroke = style_number(layer, STYLE_CIRCLE_STROKE_WIDTH, zoom, NULL, arena) > 0;
        entry->stroke = faded(style_color(layer, STYLE_CIRCLE_STROKE_COLOR, zoom, NULL, arena),
                              style_number(layer, STYLE_CIRCLE_STROKE_OPACITY, zoom, NULL, arena));
        break;
    case STYLE_FILL:
        entry->color = faded(color, style_number(layer, STYLE_FILL_OPACITY, zoom, NULL, arena));
        entry->pattern = style_image(layer, STYLE_FILL_PATTERN, zoom, NULL, arena);
        entry->has_stroke = style_layer_gives(layer, STYLE_FILL_OUTLINE_COLOR);
        entry->stroke = style_color(layer, STYLE_FILL_OUTLINE_COLOR, zoom, NULL, arena);
        break;
    default:
        entry->color =
            faded(color, style_number(layer, STYLE_BACKGROUND_OPACITY, zoom, NULL, arena));
    }
}

/* The colour of an output that depends on nothing but the zoom. */
static bool output_color(const struct style_layer *layer, const struct expr *output,
                         struct arena *arena, struct style_color *out)
{
    struct expr_env env = {
        .zoom = legend_zoom, .names = layer->names, .state = layer->state, .arena = arena};
    struct expr_value value;
    struct color color;
    if (expr_uses_feature(output) || !expr_eval(output, &env, &value))
        return false;
    if (value.kind == EXPR_COLOR)
        color = value.color;
    else if (value.kind != EXPR_STRING || !color_parse(value.string, &color))
        return false;
    *out = (struct style_color){(float)color.r, (float)color.g, (float)color.b, (float)color.a};
    return true;
}

static bool add_entry(struct style_reader *reader, const struct style_layer *layer,
                      const struct expr_value *label, const struct expr_path *path,
                      struct style_color color)
{
    if (label->kind == EXPR_NULL)
        return true;
    if (label->kind != EXPR_STRING || !label->string[0])
        return style_problem(reader, path, "una etiqueta de la leyenda es un texto, o null");
    struct style_legend_entry *entry = &reader->style->legend[reader->style->n_legend++];
    entry->label = label->string;
    fill_entry(layer, reader->arena, color, entry);
    return true;
}

static bool read_classes(struct style_reader *reader, const struct style_layer *layer,
                         const struct expr_path *path)
{
    const struct expr_items *labels = layer->labels->array;
    const struct expr *expr = layer->settings[class_property(layer)].expr;
    size_t n = 0;
    if (!expr)
        return style_problem(reader, path,
                             "hay una lista de etiquetas, y el color no tiene "
                             "clases: escriba un texto");
    expr_each_output(expr, count_output, &n);
    if (labels->n != n)
        return style_problem(reader, path, "el color tiene %zu clases, y hay %zu etiquetas", n,
                             labels->n);
    struct outputs outputs = {arena_array(reader->arena, n, sizeof(const struct expr *)), 0, n};
    if (!outputs.at)
        return err_no_memory(&reader->first);
    expr_each_output(expr, keep_output, &outputs);
    for (size_t i = 0; i < n; i++) {
        struct style_color color = {0};
        const struct expr_path *at = style_path(reader, path, NULL, i);
        if (labels->at[i].kind != EXPR_NULL &&
            !output_color(layer, outputs.at[i], reader->arena, &color))
            return style_problem(reader, at, "la clase no tiene un color fijo");
        if (!add_entry(reader, layer, &labels->at[i], at, color))
            return false;
    }
    return true;
}

static size_t label_count(const struct style_layer *layer)
{
    if (!layer->labels)
        return 0;
    return layer->labels->kind == EXPR_ARRAY ? layer->labels->array->n : 1;
}

void style_legend_read(struct style_reader *reader)
{
    struct style *style = reader->style;
    size_t room = 0;
    for (size_t i = 0; i < style->n_layers; i++)
        room += label_count(&style->layers[i]);
    style->legend = arena_array(reader->arena, room, sizeof *style->legend);
    if (!style->legend) {
        err_no_memory(&reader->first);
        return;
    }
    for (size_t i = 0; i < style->n_layers; i++) {
        const struct style_layer *layer = &style->layers[i];
        if (!layer->labels)
            continue;
        const struct expr_path root = {NULL, "layers", 0}, at = {&root, NULL, i};
        const struct expr_path metadata = {&at, "metadata", 0};
        const struct expr_path path = {&metadata, "sigg:leyenda", 0};
        if (layer->labels->kind == EXPR_ARRAY)
            read_classes(reader, layer, &path);
        else
            add_entry(reader, layer, layer->labels, &path,
                      style_color(layer, class_property(layer), legend_zoom, NULL, reader->arena));
    }
}

/* style_setting.c - evaluates the filter and the properties of a style layer. */
#include <math.h>
#include <string.h>

#include "styles/style_layer.h"

bool style_setting_eval(const struct style_layer *layer, enum style_property property, double zoom,
                        const struct style_feature *feature, struct arena *arena,
                        struct expr_value *out)
{
    const struct style_setting *setting = &layer->settings[property];
    if (!setting->expr) {
        *out = setting->constant;
        return out->kind != EXPR_NULL;
    }
    struct expr_env env = {.zoom = zoom,
                           .feature = feature,
                           .names = layer->names,
                           .state = layer->state,
                           .arena = arena};
    return expr_eval(setting->expr, &env, out) && out->kind == style_rows[property].kind;
}

bool style_layer_filtered(const struct style_layer *layer)
{
    return layer->filter != NULL;
}

bool style_layer_accepts(const struct style_layer *layer, double zoom,
                         const struct style_feature *feature, struct arena *arena)
{
    struct expr_value value;
    struct expr_env env = {.zoom = zoom,
                           .feature = feature,
                           .names = layer->names,
                           .state = layer->state,
                           .arena = arena};
    return !layer->filter ||
           (expr_eval(layer->filter, &env, &value) && value.kind == EXPR_BOOLEAN && value.boolean);
}

bool style_layer_gives(const struct style_layer *layer, enum style_property property)
{
    const struct style_setting *setting = &layer->settings[property];
    return setting->expr || setting->constant.kind != EXPR_NULL;
}

bool style_layer_constant(const struct style_layer *layer, enum style_property property)
{
    if (property == STYLE_FILL_OUTLINE_COLOR && !style_layer_gives(layer, property))
        property = STYLE_FILL_COLOR;
    const struct expr *expr = layer->settings[property].expr;
    return !expr || !expr_uses_feature(expr);
}

static double within(const struct style_row *row, double number)
{
    return fmin(fmax(number, row->min), row->max);
}

double style_number(const struct style_layer *layer, enum style_property property, double zoom,
                    const struct style_feature *feature, struct arena *arena)
{
    const struct style_row *row = &style_rows[property];
    struct expr_value value;
    if (!style_setting_eval(layer, property, zoom, feature, arena, &value) || isnan(value.number))
        return row->fallback;
    return within(row, value.number);
}

struct style_color style_color(const struct style_layer *layer, enum style_property property,
                               double zoom, const struct style_feature *feature,
                               struct arena *arena)
{
    struct expr_value value;
    if (property == STYLE_FILL_OUTLINE_COLOR && !style_layer_gives(layer, property))
        property = STYLE_FILL_COLOR;
    struct color color = style_rows[property].color;
    if (style_setting_eval(layer, property, zoom, feature, arena, &value))
        color = value.color;
    return (struct style_color){(float)color.r, (float)color.g, (float)color.b, (float)color.a};
}

const char *style_word(const struct style_layer *layer, enum style_property property, double zoom,
                       const struct style_feature *feature, struct arena *arena)
{
    const char *const *words = style_rows[property].words;
    struct expr_value value;
    if (style_setting_eval(layer, property, zoom, feature, arena, &value))
        for (const char *const *word = words; *word; word++)
            if (strcmp(*word, value.string) == 0)
                return *word;
    return words[0];
}

const double *style_numbers(const struct style_layer *layer, enum style_property property,
                            double zoom, const struct style_feature *feature, struct arena *arena,
                            size_t *n)
{
    struct expr_value value;
    *n = 0;
    if (!style_setting_eval(layer, property, zoom, feature, arena, &value))
        return NULL;
    const struct style_row *row = &style_rows[property];
    double *numbers = arena_array(arena, value.array->n, sizeof *numbers);
    if (!numbers)
        return NULL;
    *n = value.array->n < STYLE_MAX_NUMBERS ? value.array->n : STYLE_MAX_NUMBERS;
    for (size_t i = 0; i < *n; i++) {
        const struct expr_value *item = &value.array->at[i];
        numbers[i] = item->kind == EXPR_NUMBER ? within(row, item->number) : 0;
    }
    return numbers;
}

void style_padding(const struct style_layer *layer, enum style_property property, double zoom,
                   const struct style_feature *feature, struct arena *arena, double out[4])
{
    size_t n;
    const double *numbers = style_numbers(layer, property, zoom, feature, arena, &n);
    for (size_t i = 0; i < 4; i++)
        out[i] = n == 4 ? numbers[i] : style_rows[property].fallback;
}

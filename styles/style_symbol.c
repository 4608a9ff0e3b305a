/* style_symbol.c - evaluates the properties of symbol layers: texts, fonts, images. */
#include <math.h>
#include <string.h>

#include "styles/locale.h"
#include "styles/style_layer.h"

bool style_flag(const struct style_layer *layer, enum style_property property, double zoom)
{
    struct expr_value value;
    struct arena *arena = arena_new();
    bool flag = style_rows[property].fallback != 0;
    if (arena && style_setting_eval(layer, property, zoom, NULL, arena, &value))
        flag = value.boolean;
    arena_free(arena);
    return flag;
}

const char *style_image(const struct style_layer *layer, enum style_property property, double zoom,
                        const struct style_feature *feature, struct arena *arena)
{
    struct expr_value value;
    if (!style_setting_eval(layer, property, zoom, feature, arena, &value))
        return NULL;
    const char *name = value.kind == EXPR_IMAGE ? value.image->name : value.string;
    return name[0] ? name : NULL;
}

const char *style_fonts(const struct style_layer *layer, double zoom,
                        const struct style_feature *feature, struct arena *arena)
{
    static const char fallback[] = "Open Sans Regular,Arial Unicode MS Regular";
    struct expr_value value;
    if (!style_setting_eval(layer, STYLE_TEXT_FONT, zoom, feature, arena, &value))
        return fallback;
    const char *fonts = "";
    for (size_t i = 0; fonts && i < value.array->n; i++)
        if (value.array->at[i].kind == EXPR_STRING)
            fonts = arena_printf(arena, "%s%s%s", fonts, i ? "," : "", value.array->at[i].string);
    return fonts && fonts[0] ? fonts : fallback;
}

/* Applies text-transform; NULL: memory. */
static const char *transformed(const char *text, const char *how, struct arena *arena)
{
    return strcmp(how, "uppercase") == 0   ? locale_upper(arena, text)
           : strcmp(how, "lowercase") == 0 ? locale_lower(arena, text)
                                           : text;
}

/* Limit of "font-scale" in a format expression, in multiples of text-size. */
#define FONT_SCALE_MOST 4.0

static struct style_run run_of(const struct expr_section *section)
{
    struct style_run run = {.text = section->text, .scale = 1, .fonts = section->fonts};
    if (section->scale && isfinite(*section->scale))
        run.scale = fmin(fmax(*section->scale, 0), FONT_SCALE_MOST);
    if (section->color) {
        run.colored = true;
        run.color = (struct style_color){(float)section->color->r, (float)section->color->g,
                                         (float)section->color->b, (float)section->color->a};
    }
    return run;
}

bool style_runs(const struct style_layer *layer, double zoom, const struct style_feature *feature,
                struct arena *arena, const struct style_run **runs, size_t *n)
{
    struct expr_value value;
    *n = 0;
    if (!style_setting_eval(layer, STYLE_TEXT_FIELD, zoom, feature, arena, &value))
        return true;
    struct expr_section one = {.text = value.kind == EXPR_STRING ? value.string : ""};
    struct expr_sections plain = {1, &one};
    const struct expr_sections *sections = value.kind == EXPR_FORMATTED ? value.formatted : &plain;
    const char *how = style_word(layer, STYLE_TEXT_TRANSFORM, zoom, feature, arena);
    struct style_run *made = arena_array(arena, sections->n, sizeof *made);
    if (!made)
        return false;
    for (size_t i = 0; i < sections->n; i++) {
        struct style_run run = run_of(&sections->at[i]);
        if (!run.text[0] || run.scale <= 0)
            continue;
        run.text = transformed(run.text, how, arena);
        if (!run.text)
            return false;
        made[(*n)++] = run;
    }
    *runs = made;
    return true;
}

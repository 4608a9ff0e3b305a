/* style_symbol.c - evaluates properties of symbol layers; writes the browser's document. */
#include <math.h>
#include <string.h>

#include "styles/json.h"
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

/* For a browser ---------------------------------------------------------------- */

static void put_name(struct buf *out, const char *name)
{
    buf_put_json(out, name);
    buf_putc(out, ':');
}

/* Writes the members of an object except those named, each followed by a comma. */
static void put_members(struct buf *out, const struct expr_members *object,
                        const char *const *without)
{
    for (size_t i = 0; i < object->n; i++) {
        const char *const *other = without;
        while (*other && strcmp(*other, object->at[i].name) != 0)
            other++;
        if (*other)
            continue;
        put_name(out, object->at[i].name);
        expr_put_json(out, &object->at[i].value);
        buf_putc(out, ',');
    }
}

static void put_sources(struct buf *out, const struct expr_value *sources, const char *base)
{
    static const char *const replaced[] = {"url", "tiles", NULL};
    buf_putc(out, '{');
    for (size_t i = 0; i < sources->object->n; i++) {
        const struct expr_member *source = &sources->object->at[i];
        struct buf url;
        buf_init(&url);
        buf_printf(&url, "%s/%s.json", base, source->name);
        put_name(out, source->name);
        buf_putc(out, '{');
        put_members(out, source->value.object, replaced);
        buf_puts(out, "\"url\":");
        buf_put_json(out, url.data ? url.data : "");
        buf_puts(out, i + 1 < sources->object->n ? "}," : "}");
        out->failed |= buf_failed(&url);
        buf_free(&url);
    }
    buf_putc(out, '}');
}

void style_put_resolved(const struct style *style, const struct style_urls *urls, struct buf *out)
{
    static const char *const replaced[] = {"sources", "glyphs", "sprite", "layers", NULL};
    struct arena *arena = arena_new();
    struct expr_value root;
    if (!arena || !styles_json_read(style->json, style->len, arena, &root, NULL)) {
        out->failed = true; /* it was parsed before, so only memory can be short */
        arena_free(arena);
        return;
    }
    buf_putc(out, '{');
    put_members(out, root.object, replaced);
    put_name(out, "glyphs");
    buf_put_json(out, urls->glyphs);
    buf_putc(out, ',');
    put_name(out, "sprite");
    buf_put_json(out, urls->sprite);
    buf_putc(out, ',');
    put_name(out, "sources");
    put_sources(out, expr_member_find(root.object, "sources"), urls->sources);
    buf_putc(out, ',');
    put_name(out, "layers");
    expr_put_json(out, expr_member_find(root.object, "layers"));
    buf_putc(out, '}');
    arena_free(arena);
}

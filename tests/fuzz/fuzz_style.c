/* fuzz_style.c - any bytes as a style document: read, evaluated, with breaks, written. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/text.h"
#include "styles/style.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct style_value get(const void *ctx, int slot)
{
    (void)ctx;
    switch (slot % 4) {
    case 0:
        return (struct style_value){.kind = STYLE_NUMBER, .number = slot};
    case 1:
        return (struct style_value){.kind = STYLE_STRING, .string = "convenio"};
    case 2:
        return (struct style_value){.kind = STYLE_BOOL, .boolean = true};
    default:
        return (struct style_value){.kind = STYLE_NULL};
    }
}

static bool has(const void *ctx, int slot)
{
    (void)ctx;
    return slot % 4 != 3;
}

/* The types as which a property is asked for. */
static void ask(const struct style_layer *layer, enum style_property property, double zoom,
                const struct style_feature *feature, struct arena *arena)
{
    size_t n;
    switch (property) {
    case STYLE_LINE_CAP:
    case STYLE_LINE_JOIN:
    case STYLE_SYMBOL_PLACEMENT:
    case STYLE_ICON_ANCHOR:
    case STYLE_TEXT_ANCHOR:
    case STYLE_TEXT_JUSTIFY:
    case STYLE_TEXT_TRANSFORM:
    case STYLE_TEXT_OVERLAP:
    case STYLE_ICON_OVERLAP:
        if (!style_word(layer, property, zoom, feature, arena)[0])
            abort();
        break;
    case STYLE_LINE_DASHARRAY:
    case STYLE_ICON_OFFSET:
    case STYLE_TEXT_OFFSET:
        (void)style_numbers(layer, property, zoom, feature, arena, &n);
        break;
    case STYLE_ICON_ALLOW_OVERLAP:
    case STYLE_ICON_IGNORE_PLACEMENT:
    case STYLE_ICON_OPTIONAL:
    case STYLE_TEXT_ALLOW_OVERLAP:
    case STYLE_TEXT_IGNORE_PLACEMENT:
    case STYLE_TEXT_OPTIONAL:
        (void)style_flag(layer, property, zoom);
        break;
    case STYLE_TEXT_FIELD: {
        const struct style_run *runs = NULL;
        if (!style_runs(layer, zoom, feature, arena, &runs, &n))
            abort();
        for (size_t i = 0; i < n; i++)
            if (!runs[i].text[0] || !text_is_utf8(runs[i].text, strlen(runs[i].text)))
                abort();
        break;
    }
    case STYLE_TEXT_FONT:
        (void)style_fonts(layer, zoom, feature, arena);
        break;
    case STYLE_ICON_IMAGE:
    case STYLE_FILL_PATTERN:
        (void)style_image(layer, property, zoom, feature, arena);
        break;
    default:
        if (style_layer_gives(layer, property)) {
            (void)style_number(layer, property, zoom, feature, arena);
            (void)style_color(layer, property, zoom, NULL, arena);
        }
    }
}

static void draw_layer(const struct style_layer *layer, struct arena *arena)
{
    const struct style_feature feature = {.get = get, .has = has, .geometry_type = "Point"};
    for (int zoom = 4; zoom < 13; zoom += 4) {
        (void)style_layer_shows(layer, zoom);
        (void)style_layer_accepts(layer, zoom, &feature, arena);
        for (int p = 0; p < STYLE_N_PROPERTIES; p++)
            ask(layer, (enum style_property)p, zoom, &feature, arena);
        arena_reset(arena);
    }
}

static void problem_is_text(void *arg, const char *problem)
{
    (void)arg;
    if (!text_is_utf8(problem, strlen(problem)))
        abort();
}

static bool some_values(void *arg, const char *source_layer, const char *property, double **values,
                        size_t *n, struct err *err)
{
    (void)arg;
    (void)source_layer;
    *n = strlen(property) % 9;
    *values = malloc((*n + 1) * sizeof **values);
    for (size_t i = 0; *values && i < *n; i++)
        (*values)[i] = (double)(i * i) * 3.7 + 1;
    return *values || err_no_memory(err);
}

/* A style with computed breaks is still valid. */
static void with_breaks(const struct style *style)
{
    struct err err = {0};
    struct style *classed = style_with_breaks(style, some_values, NULL, &err);
    if (!classed && err.kind != ERR_MEMORY)
        abort();
    style_free(classed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    struct err err = {0};
    struct style *style = style_parse(text, size, &err);
    if ((style == NULL) != (err.kind != ERR_NONE))
        abort();
    (void)style_check(text, size, problem_is_text, NULL);
    struct buf resolved;
    const struct style_urls urls = {"g", "s", "t"};
    buf_init(&resolved);
    if (style)
        style_put_resolved(style, &urls, &resolved);
    if (style && !buf_failed(&resolved) && style_check(resolved.data, resolved.len, NULL, NULL))
        abort(); /* the served document is a valid style too */
    buf_free(&resolved);
    if (style)
        with_breaks(style);
    struct arena *arena = arena_new();
    for (size_t i = 0; style && arena && i < style_layer_count(style); i++)
        draw_layer(style_layer_at(style, i), arena);
    arena_free(arena);
    style_free(style);
    return 0;
}

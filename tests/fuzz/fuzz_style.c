/* fuzz_style.c - style documents and expression lines: read, evaluated,
 * written. The first byte chooses: '{' is a document, else a line follows. */
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

static void draw_layer(const struct style_layer *layer, struct arena *arena)
{
    const struct style_feature feature = {.get = get, .has = has, .geometry_type = "Point"};
    size_t n;
    for (int zoom = 4; zoom < 13; zoom += 4) {
        (void)style_layer_shows(layer, zoom);
        (void)style_layer_accepts(layer, zoom, &feature, arena);
        for (int p = 0; p < STYLE_N_PROPERTIES; p++) {
            enum style_property property = (enum style_property)p;
            if (property == STYLE_LINE_CAP || property == STYLE_LINE_JOIN)
                (void)style_word(layer, property, zoom, &feature, arena);
            else if (property == STYLE_LINE_DASHARRAY)
                (void)style_numbers(layer, property, zoom, &feature, arena, &n);
            else if (style_layer_gives(layer, property)) {
                (void)style_number(layer, property, zoom, &feature, arena);
                (void)style_color(layer, property, zoom, NULL, arena);
            }
        }
        arena_reset(arena);
    }
}

static void problem_is_text(void *arg, const char *problem)
{
    (void)arg;
    if (!text_is_utf8(problem, strlen(problem)))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    if (size && text[0] != '{') {
        struct buf answer;
        buf_init(&answer);
        style_eval_line(text + 1, size - 1, &answer);
        if (!buf_failed(&answer) && !text_is_utf8(answer.data, answer.len))
            abort();
        buf_free(&answer);
        return 0;
    }
    struct err err = {0};
    struct style *style = style_parse(text, size, &err);
    if ((style == NULL) != (err.kind != ERR_NONE))
        abort();
    (void)style_check(text, size, problem_is_text, NULL);
    struct arena *arena = arena_new();
    for (size_t i = 0; style && arena && i < style_layer_count(style); i++)
        draw_layer(style_layer_at(style, i), arena);
    arena_free(arena);
    style_free(style);
    return 0;
}

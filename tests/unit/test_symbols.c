/* test_symbols.c - tests of symbol layers in the style engine. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "geo/base/arena.h"
#include "styles/style.h"
#include "tests/support/styles.h"

#define SYMBOL(members)                                                                        \
    "{\"version\":8,\"name\":\"x\",\"sources\":{\"sigg\":{\"type\":\"vector\"}},\"layers\":[{" \
    "\"id\":\"a\",\"type\":\"symbol\",\"source\":\"sigg\",\"source-layer\":\"municipios_"      \
    "puntos\"," members "}]}"
#define LAYOUT(members) SYMBOL("\"layout\":{" members "}")

static const struct {
    const char *name, *json, *problem; /* how the first problem begins; NULL: none */
} documents[] = {
    {"a name", LAYOUT("\"text-field\":[\"get\",\"nombre\"],\"text-size\":11"), NULL},
    {"fonts", LAYOUT("\"text-font\":[\"Open Sans Bold\",\"Arial\"]"), NULL},
    {"a font alone", LAYOUT("\"text-font\":\"Open Sans\""), "layers[0].layout.text-font: "},
    {"no font", LAYOUT("\"text-font\":[]"), "layers[0].layout.text-font: "},
    {"a font that is a number", LAYOUT("\"text-font\":[\"a\",1]"),
     "layers[0].layout.text-font[1]: "},
    {"tokens", LAYOUT("\"text-field\":\"{nombre} ({uo})\""), NULL},
    {"overlap", LAYOUT("\"text-overlap\":\"cooperative\""), "layers[0].layout.text-overlap: "},
    {"anchor", LAYOUT("\"text-anchor\":\"north\""),
     "layers[0].layout.text-anchor: se esperaba center, left, right, top, bottom, top-left, "
     "top-right, bottom-left o bottom-right"},
    {"offset of three", LAYOUT("\"text-offset\":[0,1,2]"), "layers[0].layout.text-offset: "},
    {"negative offset", LAYOUT("\"text-offset\":[0,-1.5]"), NULL},
    {"flag", LAYOUT("\"text-allow-overlap\":\"yes\""), "layers[0].layout.text-allow-overlap: "},
    {"flag of the data", LAYOUT("\"text-optional\":[\"get\",\"x\"]"),
     "layers[0].layout.text-optional"},
    {"placement of the data", LAYOUT("\"symbol-placement\":[\"get\",\"x\"]"),
     "layers[0].layout.symbol-placement"},
    {"size below zero", LAYOUT("\"text-size\":-1"), "layers[0].layout.text-size: "},
    {"not in the subset", LAYOUT("\"text-rotate\":10"), "layers[0].layout.text-rotate: "},
    {"colour in layout", LAYOUT("\"text-color\":\"#000\""), "layers[0].layout.text-color: "},
};

static void documents_are_refused_with_the_path(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
        struct err err = {0};
        struct style *style = style_parse(documents[i].json, strlen(documents[i].json), &err);
        const char *want = documents[i].problem;
        if (!style != (want != NULL) || (want && strncmp(err.message, want, strlen(want)) != 0))
            fail_msg("%s: «%s», not «%s»", documents[i].name, err.message, want ? want : "");
        style_free(style);
    }
}

static struct style_value name_of(const void *ctx, int slot)
{
    (void)slot;
    return (struct style_value){.kind = STYLE_STRING, .string = ctx};
}

static bool always(const void *ctx, int slot)
{
    (void)ctx;
    (void)slot;
    return true;
}

static void values_are_those_of_the_style(void **state)
{
    (void)state;
    static const char json[] = SYMBOL(
        "\"layout\":{\"text-field\":[\"format\",[\"get\",\"nombre\"],{},\"\",{},\"x\",{\"font-"
        "scale\":0.5,\"text-color\":\"#f00\",\"text-font\":[\"literal\",[\"B\",\"C\"]]}],\"text-"
        "transform\":\"uppercase\",\"text-font\":[\"Open Sans Bold\",\"D\"],\"text-offset\":[1,-2],"
        "\"text-allow-overlap\":[\"step\",[\"zoom\"],false,9,true],\"icon-image\":[\"get\","
        "\"nombre\"],\"symbol-placement\":\"line-center\"}");
    struct err err = {0};
    struct style *style = style_parse(json, strlen(json), &err);
    if (!style)
        fail_msg("%s", err.message);
    const struct style_layer *layer = style_layer_at(style, 0);
    const struct style_feature feature = {.get = name_of, .has = always, .ctx = "Potosí"};
    struct arena *arena = arena_new();
    const struct style_run *runs;
    size_t n;
    assert_true(style_runs(layer, 8, &feature, arena, &runs, &n));
    assert_int_equal(n, 2);
    assert_string_equal(runs[0].text, "POTOSÍ");
    assert_null(runs[0].fonts);
    assert_string_equal(runs[1].text, "X");
    assert_string_equal(runs[1].fonts, "B,C");
    assert_true(runs[1].scale == 0.5 && runs[1].colored && runs[1].color.r == 1);
    assert_string_equal(style_fonts(layer, 8, &feature, arena), "Open Sans Bold,D");
    assert_string_equal(style_image(layer, STYLE_ICON_IMAGE, 8, &feature, arena), "Potosí");
    assert_string_equal(style_word(layer, STYLE_SYMBOL_PLACEMENT, 8, NULL, arena), "line-center");
    assert_string_equal(style_word(layer, STYLE_TEXT_ANCHOR, 8, NULL, arena), "center");
    assert_false(style_flag(layer, STYLE_TEXT_ALLOW_OVERLAP, 8));
    assert_true(style_flag(layer, STYLE_TEXT_ALLOW_OVERLAP, 9));
    const double *offset = style_numbers(layer, STYLE_TEXT_OFFSET, 8, NULL, arena, &n);
    assert_int_equal(n, 2);
    assert_true(offset[0] == 1 && offset[1] == -2);
    assert_true(style_number(layer, STYLE_TEXT_SIZE, 8, NULL, arena) == 16);
    assert_true(style_color(layer, STYLE_TEXT_HALO_COLOR, 8, NULL, arena).a == 0);
    arena_free(arena);
    style_free(style);
}

static void a_served_style_names_what_it_needs_and_is_one(void **state)
{
    (void)state;
    const struct style_urls urls = {"http://h/f/{fontstack}/{range}.pbf", "http://h/s",
                                    "http://h/t"};
    for (size_t i = 0; i < styles_count(); i++) {
        struct err err = {0};
        struct buf out;
        buf_init(&out);
        struct style *style = style_at(i);
        style_put_resolved(style, &urls, &out);
        assert_false(buf_failed(&out));
        assert_non_null(strstr(out.data, "\"glyphs\":\"http://h/f/{fontstack}/{range}.pbf\""));
        assert_non_null(strstr(out.data, "\"sprite\":\"http://h/s\""));
        assert_non_null(
            strstr(out.data, "{\"sigg\":{\"type\":\"vector\",\"url\":\"http://h/t/sigg.json\"}}"));
        struct style *again = style_parse(out.data, out.len, &err);
        if (!again)
            fail_msg("%s: %s", styles_id(i), err.message);
        assert_int_equal(style_layer_count(again), style_layer_count(style));
        style_free(again);
        style_free(style);
        buf_free(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(documents_are_refused_with_the_path),
        cmocka_unit_test(values_are_those_of_the_style),
        cmocka_unit_test(a_served_style_names_what_it_needs_and_is_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_legend.c - tests of layers/page/legend: every label of every style is drawn. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <png.h>

#include "layers/page/legend.h"
#include "tests/support/styles.h"

static bool has_color(const uint32_t *pixels, size_t n, struct style_color color)
{
    uint32_t want = 0xFF000000u | (uint32_t)(color.r * 255 + 0.5f) << 16 |
                    (uint32_t)(color.g * 255 + 0.5f) << 8 | (uint32_t)(color.b * 255 + 0.5f);
    for (size_t i = 0; i < n; i++)
        if (pixels[i] == want)
            return true;
    return false;
}

static void a_picture_has_every_class(void **state)
{
    (void)state;
    assert_true(styles_count() > 0);
    for (size_t s = 0; s < styles_count(); s++) {
        struct style *style = style_at(s);
        const struct style_legend_entry *entries;
        size_t n = style_legend(style, &entries);
        for (int scale = 1; scale <= 2; scale++) {
            struct buf out;
            struct err err = {0};
            buf_init(&out);
            if (!legend_draw(style, LEGEND_PNG, scale, &out, &err))
                fail_msg("%s: %s", styles_id(s), err.message);
            png_image image = {.version = PNG_IMAGE_VERSION};
            assert_true(png_image_begin_read_from_memory(&image, out.data, out.len));
            image.format = PNG_FORMAT_BGRA;
            uint32_t *pixels = malloc(PNG_IMAGE_SIZE(image));
            assert_true(png_image_finish_read(&image, NULL, pixels, 0, NULL));
            assert_true(image.height > 20 * n * (unsigned)scale);
            for (size_t i = 0; i < n; i++)
                if (entries[i].shape == STYLE_LEGEND_FILL && entries[i].color.a >= 1 &&
                    !entries[i].pattern &&
                    !has_color(pixels, (size_t)image.width * image.height, entries[i].color))
                    fail_msg("%s: no swatch of «%s»", styles_id(s), entries[i].label);
            /* The gap between swatches and labels is empty; legend.c has the widths. */
            for (size_t y = 26 * (size_t)scale; y < image.height; y++)
                if (pixels[y * image.width + 36 * (size_t)scale] >> 24)
                    fail_msg("%s: ink between swatches and labels", styles_id(s));
            /* The background of the hatching; its lines are another grey. */
            const struct style_color grounds[] = {{230 / 255.0f, 230 / 255.0f, 226 / 255.0f, 1},
                                                  {1, 1, 251 / 255.0f, 1}};
            for (size_t i = 0; i < n; i++)
                if (entries[i].pattern &&
                    !has_color(pixels, (size_t)image.width * image.height, grounds[0]) &&
                    !has_color(pixels, (size_t)image.width * image.height, grounds[1]))
                    fail_msg("%s: no hatching of «%s»", styles_id(s), entries[i].label);
            free(pixels);
            buf_free(&out);
        }
        style_free(style);
    }
}

static void svg_is_a_document(void **state)
{
    (void)state;
    for (size_t s = 0; s < styles_count(); s++) {
        struct style *style = style_at(s);
        struct buf out;
        struct err err = {0};
        buf_init(&out);
        if (!legend_draw(style, LEGEND_SVG, 1, &out, &err))
            fail_msg("%s: %s", styles_id(s), err.message);
        assert_non_null(strstr(out.data, "<svg"));
        assert_string_equal(out.data + out.len - 7, "</svg>\n");
        buf_free(&out);
        style_free(style);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_picture_has_every_class),
        cmocka_unit_test(svg_is_a_document),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

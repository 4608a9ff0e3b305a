/* sprites.c - draws the icons and fill patterns of the maps, and the sprite sheet. */
#include "layers/paint/sprites.h"

#include <cairo.h>
#include <math.h>
#include <string.h>

#include "layers/paint/png.h"

/* White rim, coloured disc, white sign: readable on every background. */
static void disc(cairo_t *cr, double red, double green, double blue)
{
    cairo_arc(cr, 12, 12, 11, 0, 2 * acos(-1));
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_fill(cr);
    cairo_arc(cr, 12, 12, 9.75, 0, 2 * acos(-1));
    cairo_set_source_rgb(cr, red, green, blue);
    cairo_fill(cr);
    cairo_set_source_rgb(cr, 1, 1, 1);
}

/* Two people of one size, side by side. */
static void draw_alliance(cairo_t *cr)
{
    disc(cr, 0.463, 0.165, 0.514);
    for (int i = 0; i < 2; i++) {
        double x = i ? 15.2 : 8.8;
        cairo_arc(cr, x, 9, 2.1, 0, 2 * acos(-1));
        cairo_fill(cr);
        cairo_move_to(cr, x - 3, 16.5);
        cairo_curve_to(cr, x - 3, 10.6, x + 3, 10.6, x + 3, 16.5);
        cairo_close_path(cr);
        cairo_fill(cr);
    }
}

static void draw_drop(cairo_t *cr)
{
    disc(cr, 0.031, 0.318, 0.612);
    cairo_move_to(cr, 12, 4.8);
    cairo_curve_to(cr, 13.6, 8.2, 16.6, 10.6, 16.6, 13.7);
    cairo_curve_to(cr, 16.6, 16.5, 14.6, 18.4, 12, 18.4);
    cairo_curve_to(cr, 9.4, 18.4, 7.4, 16.5, 7.4, 13.7);
    cairo_curve_to(cr, 7.4, 10.6, 10.4, 8.2, 12, 4.8);
    cairo_fill(cr);
}

/* A bridge over water: most works are bridges. */
static void draw_works(cairo_t *cr)
{
    disc(cr, 0.6, 0.25, 0.02);
    cairo_rectangle(cr, 5, 8.6, 14, 2);
    cairo_fill(cr);
    cairo_set_line_width(cr, 1.8);
    cairo_arc(cr, 12, 16.4, 4.4, acos(-1), 0);
    cairo_stroke(cr);
    cairo_rectangle(cr, 5, 10, 1.8, 6.4);
    cairo_rectangle(cr, 17.2, 10, 1.8, 6.4);
    cairo_fill(cr);
}

/* A ring with a dot: a town. */
static void draw_town(cairo_t *cr)
{
    cairo_arc(cr, 12, 12, 4.5, 0, 2 * acos(-1));
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_fill_preserve(cr);
    cairo_set_source_rgb(cr, 0.2, 0.2, 0.19);
    cairo_set_line_width(cr, 1.5);
    cairo_stroke(cr);
    cairo_arc(cr, 12, 12, 1.75, 0, 2 * acos(-1));
    cairo_fill(cr);
}

enum { SIGN = 24, HATCH = 8 };

/* Diagonals at 45 degrees that continue in the neighbouring squares. */
static void hatch(cairo_t *cr, double ground, double line, double width)
{
    cairo_set_source_rgb(cr, ground, ground, ground * 0.983);
    cairo_rectangle(cr, 0, 0, HATCH, HATCH);
    cairo_fill(cr);
    for (int i = -1; i <= 1; i++) {
        cairo_move_to(cr, i * HATCH - 4, HATCH + 4);
        cairo_line_to(cr, i * HATCH + HATCH + 4, -4);
    }
    cairo_set_source_rgb(cr, line, line, line * 0.97);
    cairo_set_line_width(cr, width);
    cairo_stroke(cr);
}

static void draw_no_data(cairo_t *cr)
{
    hatch(cr, 0.902, 0.62, 1.1);
}

/* For print: finer and darker, to be distinct from every grey of a class. */
static void draw_no_data_print(cairo_t *cr)
{
    hatch(cr, 1, 0.35, 0.7);
}

static const struct {
    const char *name;
    int side;
    void (*draw)(cairo_t *cr);
} sprites[] = {
    {"alianza", SIGN, draw_alliance},
    {"localidad", SIGN, draw_town},
    {"obra", SIGN, draw_works},
    {"riego", SIGN, draw_drop},
    {"trama-impresion", HATCH, draw_no_data_print},
    {"trama-sin-datos", HATCH, draw_no_data},
};

size_t sprites_count(void)
{
    return sizeof sprites / sizeof *sprites;
}

int sprites_side(size_t index)
{
    return sprites[index].side;
}

int sprites_find(const char *name)
{
    for (size_t i = 0; i < sprites_count(); i++)
        if (strcmp(sprites[i].name, name) == 0)
            return (int)i;
    return -1;
}

void sprites_draw(cairo_t *cr, size_t index)
{
    cairo_save(cr);
    cairo_rectangle(cr, 0, 0, sprites[index].side, sprites[index].side);
    cairo_clip(cr);
    sprites[index].draw(cr);
    cairo_restore(cr);
}

bool sprites_png(int ratio, struct buf *out, struct err *err)
{
    int height = SIGN * ratio, width = 0;
    for (size_t i = 0; i < sprites_count(); i++)
        width += sprites[i].side * ratio;
    struct png_encoder *encoder = png_encoder_new(err);
    if (!encoder)
        return false;
    cairo_surface_t *sheet = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height);
    cairo_t *cr = cairo_create(sheet);
    cairo_scale(cr, ratio, ratio);
    for (size_t i = 0; i < sprites_count(); i++) {
        sprites_draw(cr, i);
        cairo_translate(cr, sprites[i].side, 0);
    }
    cairo_surface_flush(sheet);
    bool ok = cairo_status(cr) == CAIRO_STATUS_SUCCESS || err_no_memory(err);
    ok =
        ok && png_encode(encoder, (const uint32_t *)(void *)cairo_image_surface_get_data(sheet),
                         width, height, cairo_image_surface_get_stride(sheet) / 4, false, out, err);
    cairo_destroy(cr);
    cairo_surface_destroy(sheet);
    png_encoder_free(encoder);
    return ok;
}

void sprites_json(int ratio, struct buf *out)
{
    int x = 0;
    for (size_t i = 0; i < sprites_count(); i++) {
        int side = sprites[i].side * ratio;
        buf_puts(out, i ? ",\n" : "{\n");
        buf_put_json(out, sprites[i].name);
        buf_printf(out, ":{\"x\":%d,\"y\":0,\"width\":%d,\"height\":%d,\"pixelRatio\":%d}", x, side,
                   side, ratio);
        x += side;
    }
    buf_puts(out, "\n}\n");
}

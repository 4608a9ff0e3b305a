/* mosaic.h - pictures of several tiles side by side, and PNG files of them, for
 * tests that look at what is drawn. Include it in one place a program.
 */
#ifndef TESTS_SUPPORT_MOSAIC_H
#define TESTS_SUPPORT_MOSAIC_H

#include <png.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "layers/map/tile.h"
#include "layers/paint/png.h"

struct picture {
    int width, height;
    uint32_t *pixels; /* BGRA bytes; free() */
};

static void picture_free(struct picture *picture)
{
    free(picture->pixels);
    *picture = (struct picture){0};
}

/* began: of png_image_begin_read_from_…(). */
static bool picture_read(png_image *image, bool began, struct picture *out)
{
    if (!began)
        return false;
    image->format = PNG_FORMAT_BGRA;
    *out = (struct picture){(int)image->width, (int)image->height, malloc(PNG_IMAGE_SIZE(*image))};
    return png_image_finish_read(image, NULL, out->pixels, 0, NULL) != 0;
}

/* Blends transparent pixels over white. */
static inline void picture_flatten(struct picture *picture)
{
    unsigned char *byte = (unsigned char *)picture->pixels;
    for (size_t i = 0; i < (size_t)picture->width * (size_t)picture->height; i++, byte += 4) {
        for (int c = 0; c < 3; c++)
            byte[c] = (unsigned char)((byte[c] * byte[3] + 255 * (255 - byte[3]) + 127) / 255);
        byte[3] = 255;
    }
}

static bool picture_of_bytes(const struct buf *bytes, struct picture *out)
{
    png_image image = {.version = PNG_IMAGE_VERSION};
    return picture_read(&image, png_image_begin_read_from_memory(&image, bytes->data, bytes->len),
                        out);
}

/* first: the tile in the left upper corner. */
static bool mosaic_draw(const struct tile_plan *plan, const struct tile_request *first, int columns,
                        int rows, struct picture *out, struct err *err)
{
    int side = first->size_px * first->scale;
    struct buf png;
    buf_init(&png);
    *out = (struct picture){columns * side, rows * side, NULL};
    out->pixels = malloc((size_t)out->width * (size_t)out->height * 4);
    bool ok = true;
    for (int t = 0; t < columns * rows && ok; t++) {
        struct tile_request request = *first;
        struct picture tile = {0};
        request.x += t % columns;
        request.y += t / columns;
        buf_clear(&png);
        ok = tile_png(plan, &request, &png, err);
        if (ok && (!picture_of_bytes(&png, &tile) || tile.width != side || tile.height != side))
            ok = err_set(err, ERR_DEPENDENCY, "a tile is no PNG of %d px", side);
        uint32_t *corner = out->pixels + (size_t)(t / columns * side) * (size_t)out->width +
                           (size_t)(t % columns * side);
        for (int y = 0; y < side && ok; y++)
            memcpy(corner + (size_t)y * (size_t)out->width, tile.pixels + (size_t)y * (size_t)side,
                   (size_t)side * 4);
        picture_free(&tile);
    }
    buf_free(&png);
    return ok;
}

static inline bool picture_write(const struct picture *picture, const char *path, struct err *err)
{
    struct buf out;
    struct png_encoder *encoder = png_encoder_new(err);
    buf_init(&out);
    bool ok = encoder && png_encode(encoder, picture->pixels, picture->width, picture->height,
                                    picture->width, true, &out, err);
    FILE *file = ok ? fopen(path, "wb") : NULL;
    ok = ok && file && fwrite(out.data, 1, out.len, file) == out.len;
    if (file && fclose(file) != 0)
        ok = false;
    buf_free(&out);
    png_encoder_free(encoder);
    return ok || err_set(err, ERR_INPUT, "%s cannot be written", path);
}

#endif

/* webp.c - encodes pixels as lossless WebP, by libwebp. */
#include "layers/paint/webp.h"

#include <stdlib.h>
#include <webp/encode.h>

#include "layers/paint/pixel.h"

/* 0 to 9: on map tiles a higher level than 2 hardly reduces the size, and takes several
 * times as long (docs/performance.md). */
enum { LOSSLESS_LEVEL = 2 };

static int write_part(const uint8_t *data, size_t size, const WebPPicture *picture)
{
    struct buf *out = picture->custom_ptr;
    buf_put(out, data, size);
    return !buf_failed(out);
}

bool webp_encode(const uint32_t *pixels, int width_px, int height_px, int stride, bool opaque,
                 struct buf *out, struct err *err)
{
    WebPConfig config;
    WebPPicture picture;
    uint32_t *argb = malloc((size_t)width_px * (size_t)height_px * sizeof *argb);
    if (!argb || !WebPConfigInit(&config) || !WebPPictureInit(&picture) ||
        !WebPConfigLosslessPreset(&config, LOSSLESS_LEVEL)) {
        free(argb);
        return err_no_memory(err);
    }
    for (int y = 0; y < height_px; y++)
        for (int x = 0; x < width_px; x++)
            argb[(long)y * width_px + x] = pixel_straight(pixels[(long)y * stride + x], opaque);
    config.exact = 1; /* also keeps the colour of transparent pixels, as the PNG does */
    picture.use_argb = 1;
    picture.width = width_px;
    picture.height = height_px;
    picture.argb = argb;
    picture.argb_stride = width_px;
    picture.writer = write_part;
    picture.custom_ptr = out;
    bool ok = WebPEncode(&config, &picture);
    int code = (int)picture.error_code;
    WebPPictureFree(&picture);
    free(argb);
    if (ok)
        return true;
    return buf_failed(out) || code == VP8_ENC_ERROR_OUT_OF_MEMORY
               ? err_no_memory(err)
               : err_set(err, ERR_DEPENDENCY, "no se pudo escribir el WebP (código %d)", code);
}

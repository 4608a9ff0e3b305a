/* page_surface.c - ends a drawing: cairo's errors, and the bytes of the file. */
#include "layers/page/page_surface_internal.h"

#include "layers/paint/png.h"

cairo_status_t page_surface_write(void *out, const unsigned char *data, unsigned int len)
{
    buf_put(out, data, len);
    return buf_failed(out) ? CAIRO_STATUS_NO_MEMORY : CAIRO_STATUS_SUCCESS;
}

bool page_surface_close(cairo_surface_t *surface, cairo_status_t status, bool vector,
                        const char *what, struct err *err)
{
    cairo_surface_flush(surface);
    if (vector)
        cairo_surface_finish(surface);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(surface);
    if (status == CAIRO_STATUS_SUCCESS)
        return true;
    return err_set(err, status == CAIRO_STATUS_NO_MEMORY ? ERR_MEMORY : ERR_DEPENDENCY, "%s: %s",
                   what, cairo_status_to_string(status));
}

bool page_surface_png(cairo_surface_t *surface, bool opaque, struct buf *out, struct err *err)
{
    struct png_encoder *encoder = png_encoder_new(err);
    bool ok =
        encoder &&
        png_encode(encoder, (uint32_t *)(void *)cairo_image_surface_get_data(surface),
                   cairo_image_surface_get_width(surface), cairo_image_surface_get_height(surface),
                   cairo_image_surface_get_stride(surface) / 4, opaque, out, err);
    png_encoder_free(encoder);
    return ok;
}

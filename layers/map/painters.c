/* painters.c - a pool of drawing buffers and encoders for the tile threads. */
#include "layers/map/painters.h"

#include <cairo.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct painters {
    pthread_mutex_t lock;
    struct painter *resting;
};

static void painter_free(struct painter *painter)
{
    if (!painter)
        return;
    drawer_free(painter->drawer);
    canvas_free(&painter->canvas);
    png_encoder_free(painter->encoder);
    if (painter->surface)
        cairo_surface_destroy(painter->surface);
    free(painter);
}

struct painters *painters_new(void)
{
    struct painters *painters = calloc(1, sizeof *painters);
    if (!painters)
        return NULL;
    pthread_mutex_init(&painters->lock, NULL);
    return painters;
}

void painters_free(struct painters *painters)
{
    if (!painters)
        return;
    for (struct painter *painter = painters->resting, *next; painter; painter = next) {
        next = painter->next;
        painter_free(painter);
    }
    pthread_mutex_destroy(&painters->lock);
    free(painters);
}

struct painter *painters_take(struct painters *painters, struct err *err)
{
    pthread_mutex_lock(&painters->lock);
    struct painter *painter = painters->resting;
    if (painter)
        painters->resting = painter->next;
    pthread_mutex_unlock(&painters->lock);
    if (painter)
        return painter;
    painter = calloc(1, sizeof *painter);
    if (painter) {
        painter->drawer = drawer_new();
        painter->encoder = png_encoder_new(err);
    }
    if (!painter || !painter->drawer || !painter->encoder) {
        painter_free(painter);
        err_no_memory(err);
        return NULL;
    }
    return painter;
}

void painters_rest(struct painters *painters, struct painter *painter)
{
    pthread_mutex_lock(&painters->lock);
    painter->next = painters->resting;
    painters->resting = painter;
    pthread_mutex_unlock(&painters->lock);
}

bool painter_prepare(struct painter *painter, int side_px, bool opaque, struct err *err)
{
    if (painter->surface && (painter->side_px != side_px || painter->opaque != opaque)) {
        cairo_surface_destroy(painter->surface);
        painter->surface = NULL;
    }
    if (!painter->surface) {
        painter->surface = cairo_image_surface_create(
            opaque ? CAIRO_FORMAT_RGB24 : CAIRO_FORMAT_ARGB32, side_px, side_px);
        if (cairo_surface_status(painter->surface) != CAIRO_STATUS_SUCCESS) {
            cairo_surface_destroy(painter->surface);
            painter->surface = NULL;
            return err_no_memory(err);
        }
        painter->side_px = side_px;
        painter->opaque = opaque;
    }
    if (!opaque) {
        unsigned char *pixels = cairo_image_surface_get_data(painter->surface);
        memset(pixels, 0,
               (size_t)cairo_image_surface_get_stride(painter->surface) * (size_t)side_px);
        cairo_surface_mark_dirty(painter->surface);
    }
    return true;
}

/* served_tiles.h - vector tiles of the data being served, encoded and read back. Include it in
 * one place a program, after cmocka.h. */
#ifndef TESTS_SUPPORT_SERVED_TILES_H
#define TESTS_SUPPORT_SERVED_TILES_H

#include "layers/vector/mvt.h"
#include "tests/support/served.h"
#include "tests/support/vector_tile.h"

static struct mvt_encoder *encoder;

static int set_up(void **state)
{
    encoder = mvt_encoder_new();
    return encoder ? served_official(state) : -1;
}

static int tear_down(void **state)
{
    mvt_encoder_free(encoder);
    return served_close(state);
}

/* layer NULL: all of them. */
static struct mvt_request request_of(const char *layer, int z, int64_t x, int64_t y)
{
    struct mvt_request request = {.z = z, .x = x, .y = y};
    for (size_t i = 0; i < layers_count(); i++)
        if (!layer || strcmp(layers_at(i)->name, layer) == 0)
            request.layers[request.n_layers++] = layers_at(i);
    return request;
}

static struct vt_tile *encode(struct mvt_request request, struct mvt_report *report, size_t *len)
{
    struct mvt_report unused;
    struct err err = {0};
    struct buf out;
    buf_init(&out);
    if (!report)
        report = &unused;
    memset(report, 0, sizeof *report);
    if (!mvt_encode(encoder, snapshot, &request, report, &out, &err))
        fail_msg("%s", err.message);
    /* The tile's texts are borrowed from its bytes: they stay till the end. */
    static char *kept;
    free(kept);
    if (len)
        *len = out.len;
    size_t n = out.len;
    kept = buf_take(&out, NULL);
    return vt_read(kept, n);
}

#endif

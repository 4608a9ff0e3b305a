/* archive_vector.c - encodes the vector tiles of an archive, gzip-compressed. */
#include "layers/archive/archive_vector.h"

#include <libdeflate.h>
#include <pthread.h>
#include <stdlib.h>

#include "layers/vector/mvt.h"
#include "layers/vector/vector_layers.h"

enum { LEVEL = 6 };

/* What a thread needs to make a tile; kept for the next one. */
struct maker {
    struct maker *next;
    struct mvt_encoder *encoder;
    struct libdeflate_compressor *gzip;
    struct buf plain;
};

struct archive_vector {
    const struct snapshot *snapshot;
    pthread_mutex_t lock; /* protects `resting` */
    struct maker *resting;
};

struct archive_vector *archive_vector_new(const struct snapshot *snapshot, struct err *err)
{
    struct archive_vector *vector = calloc(1, sizeof *vector);
    if (!vector) {
        err_no_memory(err);
        return NULL;
    }
    vector->snapshot = snapshot;
    pthread_mutex_init(&vector->lock, NULL);
    return vector;
}

static void maker_free(struct maker *maker)
{
    if (!maker)
        return;
    mvt_encoder_free(maker->encoder);
    if (maker->gzip)
        libdeflate_free_compressor(maker->gzip);
    buf_free(&maker->plain);
    free(maker);
}

void archive_vector_free(struct archive_vector *vector)
{
    if (!vector)
        return;
    for (struct maker *maker = vector->resting, *next; maker; maker = next) {
        next = maker->next;
        maker_free(maker);
    }
    pthread_mutex_destroy(&vector->lock);
    free(vector);
}

static struct maker *take(struct archive_vector *vector)
{
    pthread_mutex_lock(&vector->lock);
    struct maker *maker = vector->resting;
    if (maker)
        vector->resting = maker->next;
    pthread_mutex_unlock(&vector->lock);
    if (maker || !(maker = calloc(1, sizeof *maker)))
        return maker;
    buf_init(&maker->plain);
    maker->encoder = mvt_encoder_new();
    maker->gzip = libdeflate_alloc_compressor(LEVEL);
    if (maker->encoder && maker->gzip)
        return maker;
    maker_free(maker);
    return NULL;
}

static void rest(struct archive_vector *vector, struct maker *maker)
{
    pthread_mutex_lock(&vector->lock);
    maker->next = vector->resting;
    vector->resting = maker;
    pthread_mutex_unlock(&vector->lock);
}

static void every_layer(struct mvt_request *request)
{
    for (size_t i = 0; i < layers_count(); i++)
        request->layers[request->n_layers++] = layers_at(i);
}

bool archive_vector_tile(void *arg, struct archive_address tile, struct buf *out, struct err *err)
{
    struct archive_vector *vector = arg;
    struct mvt_request request = {.z = tile.z, .x = tile.x, .y = tile.y, .derived = true};
    struct mvt_report report;
    struct maker *maker = take(vector);
    if (!maker)
        return err_no_memory(err);
    every_layer(&request);
    buf_clear(&maker->plain);
    bool ok = mvt_encode(maker->encoder, vector->snapshot, &request, &report, &maker->plain, err) &&
              (!buf_failed(&maker->plain) || err_no_memory(err));
    if (ok && maker->plain.len) {
        size_t bound = libdeflate_gzip_compress_bound(maker->gzip, maker->plain.len);
        if (buf_reserve(out, bound))
            out->len += libdeflate_gzip_compress(maker->gzip, maker->plain.data, maker->plain.len,
                                                 out->data + out->len, bound);
        ok = !buf_failed(out) || err_no_memory(err);
    }
    rest(vector, maker);
    return ok;
}

void archive_vector_layers(const struct archive_area *area, struct buf *out)
{
    struct mvt_request request = {0};
    every_layer(&request);
    vector_layers_put(out, request.layers, request.n_layers, true, area->zoom_min, area->zoom_max);
}

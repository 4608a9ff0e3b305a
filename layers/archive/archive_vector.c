#include "layers/archive/archive_vector.h"

#include <libdeflate.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "layers/vector/mvt.h"

enum { LEVEL = 6 };

/* What a thread needs for a tile; kept for the next one. */
struct maker {
    struct maker *next;
    struct mvt_encoder *encoder;
    struct libdeflate_compressor *gzip;
    struct buf plain;
};

struct archive_vector {
    const struct snapshot *snapshot;
    pthread_mutex_t lock; /* of resting */
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

bool archive_vector_tile(void *arg, struct archive_address tile, struct buf *out, struct err *err)
{
    struct archive_vector *vector = arg;
    struct mvt_request request = {.z = tile.z, .x = tile.x, .y = tile.y, .derived = true};
    struct mvt_report report;
    struct maker *maker = take(vector);
    if (!maker)
        return err_no_memory(err);
    for (size_t i = 0; i < layers_count() && request.n_layers < MVT_LAYERS_MAX; i++)
        request.layers[request.n_layers++] = layers_at(i);
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

/* suffix: of the layer itself, "", or of what is made of it. */
static void put_vector_layer(const struct archive_area *area, const struct layer *layer,
                             const char *suffix, struct buf *out)
{
    static const char *const kinds[] = {
        [LAYER_TEXT] = "String",
        [LAYER_INTEGER] = "Number",
        [LAYER_REAL] = "Number",
        [LAYER_BOOL] = "Boolean",
    };
    char id[64];
    bool first = true;
    snprintf(id, sizeof id, "%s%s", layer->name, suffix);
    buf_puts(out, "{\"id\":");
    buf_put_json(out, id);
    buf_puts(out, ",\"description\":");
    buf_put_json(out, layer_part_description(layer, suffix));
    buf_printf(out, ",\"minzoom\":%d,\"maxzoom\":%d,\"fields\":{", area->zoom_min, area->zoom_max);
    for (size_t c = 0; c < layer->n_columns; c++) {
        if (!layer_part_column(&layer->columns[c], suffix))
            continue;
        buf_puts(out, first ? "" : ",");
        first = false;
        buf_put_json(out, layer->columns[c].name);
        buf_putc(out, ':');
        buf_put_json(out, kinds[layer->columns[c].kind]);
    }
    buf_puts(out, "}}");
}

void archive_vector_layers(const struct archive_area *area, struct buf *out)
{
    static const char *const made[] = {LAYER_POINTS, LAYER_BORDERS, LAYER_DEPARTMENT_BORDERS};
    buf_putc(out, '[');
    for (size_t l = 0; l < layers_count(); l++) {
        buf_puts(out, l ? "," : "");
        put_vector_layer(area, layers_at(l), "", out);
    }
    for (size_t l = 0; l < layers_count(); l++)
        if (layers_at(l)->tiling) {
            for (size_t s = 0; s < sizeof made / sizeof *made; s++) {
                buf_putc(out, ',');
                put_vector_layer(area, layers_at(l), made[s], out);
            }
        }
    buf_putc(out, ']');
}

/* mvt.c - encodes a vector tile within its size limit. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "layers/shapes/anchors.h"
#include "layers/snapshot/borders.h"
#include "layers/vector/mvt_internal.h"
#include "layers/vector/mvt_wire.h"

struct mvt_encoder *mvt_encoder_new(void)
{
    struct mvt_encoder *encoder = calloc(1, sizeof *encoder);
    if (!encoder)
        return NULL;
    mvt_shaper_init(&encoder->shaper);
    buf_init(&encoder->tags);
    for (size_t i = 0; i < LAYERS_MAX; i++)
        buf_init(&encoder->parts[i].bytes);
    return encoder;
}

void mvt_encoder_free(struct mvt_encoder *encoder)
{
    if (!encoder)
        return;
    mvt_shaper_free(&encoder->shaper);
    free(encoder->bits);
    free(encoder->cells);
    free(encoder->found);
    free(encoder->stands_for);
    free(encoder->seen);
    free(encoder->used);
    buf_free(&encoder->tags);
    for (size_t i = 0; i < LAYERS_MAX; i++)
        buf_free(&encoder->parts[i].bytes);
    free(encoder);
}

/* ---- a layer ------------------------------------------------------------- */

static void put_tags(struct mvt_encoder *encoder, const uint32_t *values, size_t n_columns,
                     uint64_t kept)
{
    char *to = encoder->tags.data;
    for (size_t c = 0; c < n_columns; c++) {
        if (values[c] == MVT_NO_VALUE || !(kept >> c & 1))
            continue;
        if (encoder->key_number[c] < 0) {
            encoder->key_number[c] = (int32_t)encoder->n_keys;
            encoder->keys[encoder->n_keys++] = c;
        }
        struct seen *seen = &encoder->seen[values[c]];
        if (seen->epoch != encoder->epoch) {
            *seen = (struct seen){encoder->epoch, (uint32_t)encoder->n_used};
            encoder->used[encoder->n_used++] = values[c];
        }
        to = wire_varint(to, (uint64_t)encoder->key_number[c]);
        to = wire_varint(to, seen->number);
    }
    encoder->tags.len = (size_t)(to - encoder->tags.data);
}

/* Adds MVT_RECORDS_NAME: how many records the feature stands for. */
static bool put_records(struct mvt_encoder *encoder, uint32_t n)
{
    struct seen *seen = n < MVT_RECORDS_SEEN ? &encoder->records[n] : NULL;
    uint32_t number = (uint32_t)encoder->n_used;
    if (encoder->records_key < 0) {
        encoder->records_key = (int32_t)encoder->n_keys;
        encoder->keys[encoder->n_keys++] = MVT_NO_COLUMN;
    }
    if (seen && seen->epoch == encoder->epoch)
        number = seen->number;
    else {
        /* Makes room for everything: put_tags() does not check. */
        if (!array_reserve(encoder->used, encoder->cap_used,
                           encoder->n_used + 1 + encoder->n_values))
            return false;
        encoder->used[encoder->n_used++] = MVT_RECORDS | n;
        if (seen)
            *seen = (struct seen){encoder->epoch, number};
    }
    char *to = encoder->tags.data + encoder->tags.len;
    to = wire_varint(wire_varint(to, (uint64_t)encoder->records_key), number);
    encoder->tags.len = (size_t)(to - encoder->tags.data);
    return true;
}

/* Writes a Feature message; its length is computed before its parts are copied. */
static bool put_feature(struct mvt_encoder *encoder, int64_t row, int type, struct buf *out)
{
    const struct buf *tags = &encoder->tags, *geometry = &encoder->shaper.commands;
    size_t len = 1 + wire_varint_size((uint64_t)row) + 2 + 1 + wire_varint_size(geometry->len) +
                 geometry->len;
    if (tags->len)
        len += 1 + wire_varint_size(tags->len) + tags->len;
    if (buf_failed(tags) || buf_failed(geometry) || !buf_reserve(out, len + 1 + WIRE_VARINT_MAX))
        return false;
    char *to = out->data + out->len;
    *to++ = WIRE_LAYER_FEATURE;
    to = wire_varint(to, len);
    *to++ = WIRE_FEATURE_ID;
    to = wire_varint(to, (uint64_t)row);
    if (tags->len) {
        *to++ = WIRE_FEATURE_TAGS;
        to = wire_varint(to, tags->len);
        memcpy(to, tags->data, tags->len);
        to += tags->len;
    }
    *to++ = WIRE_FEATURE_TYPE;
    *to++ = (char)type;
    *to++ = WIRE_FEATURE_GEOMETRY;
    to = wire_varint(to, geometry->len);
    memcpy(to, geometry->data, geometry->len);
    out->len = (size_t)(to + geometry->len - out->data);
    return true;
}

static void put_bytes(struct buf *out, char tag, const char *bytes, size_t len)
{
    char head[1 + WIRE_VARINT_MAX] = {tag};
    buf_put(out, head, (size_t)(wire_varint(head + 1, len) - head));
    buf_put(out, bytes, len);
}

static void put_tail(struct mvt_encoder *encoder, const struct layer *layer,
                     const struct mvt_tables *tables, struct buf *out)
{
    static const char extent[] = {WIRE_LAYER_EXTENT, (char)((MVT_EXTENT & 127) | 128),
                                  (char)(MVT_EXTENT >> 7)};
    for (size_t k = 0; k < encoder->n_keys; k++) {
        size_t column = encoder->keys[k];
        const char *name = column == MVT_NO_COLUMN ? MVT_RECORDS_NAME : layer->columns[column].name;
        put_bytes(out, WIRE_LAYER_KEY, name, strlen(name));
    }
    for (size_t v = 0; v < encoder->n_used; v++) {
        uint32_t value = encoder->used[v];
        if (value & MVT_RECORDS) {
            char number[1 + WIRE_VARINT_MAX] = {WIRE_VALUE_INT};
            char *end = wire_varint(number + 1, value & ~MVT_RECORDS);
            put_bytes(out, WIRE_LAYER_VALUE, number, (size_t)(end - number));
            continue;
        }
        buf_put(out, tables->bytes + tables->at[value], tables->at[value + 1] - tables->at[value]);
    }
    buf_put(out, extent, sizeof extent);
}

static bool start_layer(struct mvt_encoder *encoder, const struct layer *layer, const char *suffix,
                        const struct mvt_tables *tables, struct buf *out)
{
    static const char version[] = {WIRE_LAYER_VERSION, 2};
    if (!array_reserve_filled(encoder->seen, encoder->cap_seen, tables->n_values, 0) ||
        !array_reserve(encoder->used, encoder->cap_used, tables->n_values) ||
        !buf_reserve(&encoder->tags, (size_t)2 * WIRE_VARINT_MAX * (layer->n_columns + 1)))
        return false;
    if (++encoder->epoch == 0) { /* wraps around after 2^32 layers */
        memset(encoder->seen, 0, encoder->cap_seen * sizeof *encoder->seen);
        memset(encoder->records, 0, sizeof encoder->records);
        encoder->epoch = 1;
    }
    encoder->n_used = encoder->n_keys = 0;
    encoder->n_values = tables->n_values;
    encoder->records_key = -1;
    for (size_t c = 0; c < layer->n_columns; c++)
        encoder->key_number[c] = -1;
    buf_clear(out);
    buf_put(out, version, sizeof version);
    char name[64];
    snprintf(name, sizeof name, "%s%s", layer->name, suffix);
    put_bytes(out, WIRE_LAYER_NAME, name, strlen(name));
    return !buf_failed(out);
}

/* Encodes the layer at part->reduced or, if that cannot fit, a further reduction. */
static bool encode_layer(struct mvt_encoder *encoder, const struct slab *slab, size_t budget,
                         struct mvt_part *part)
{
    const struct columns *columns = slab->columns;
    const struct geometry *geometry = slab->geometry;
    const struct mvt_tables *tables = mvt_index_get(slab);
    encoder->thinned = thinning_at(geometry->thinning, encoder->zoom);
    if (!tables || !mvt_choose(encoder, slab, tables, budget, part) ||
        !start_layer(encoder, slab->layer, "", tables, &part->bytes))
        return false;
    size_t n_columns = slab->layer->n_columns;
    uint64_t kept = mvt_columns_kept(slab->layer, tables, part->reduced);
    bool records = mvt_stands_for_more(encoder, part);
    part->features = 0;
    for (size_t i = 0; i < encoder->n_found; i++) {
        size_t feature = encoder->found[i];
        int type = mvt_shape_feature(&encoder->shaper, geometry, tables, feature);
        if (!type)
            continue;
        put_tags(encoder, &tables->value_of[feature * n_columns], n_columns, kept);
        if (records && !put_records(encoder, encoder->stands_for[i]))
            return false;
        if (!put_feature(encoder, columns->rows[feature], type, &part->bytes))
            return false;
        part->features++;
    }
    if (part->features)
        put_tail(encoder, slab->layer, tables, &part->bytes);
    else
        buf_clear(&part->bytes);
    return !encoder->shaper.failed && !buf_failed(&part->bytes);
}

/* Encodes the places of labels, as points. */
static bool encode_points(struct mvt_encoder *encoder, const struct slab *slab, struct buf *out)
{
    const struct geometry *geometry = slab->geometry;
    const struct mvt_tables *tables = mvt_index_get(slab);
    const struct arc_xy *anchors = geometry_anchors(geometry);
    struct mvt_shaper *shaper = &encoder->shaper;
    size_t n_columns = slab->layer->n_columns, n = 0;
    uint64_t kept = 0;
    if (!tables || !anchors || !start_layer(encoder, slab->layer, LAYER_POINTS, tables, out))
        return false;
    for (size_t c = 0; c < n_columns; c++)
        if (layer_part_column(&slab->layer->columns[c], LAYER_POINTS))
            kept |= (uint64_t)1 << c;
    for (size_t f = 0; f < geometry->n_features; f++) {
        struct arc_xy at = anchors[f];
        if (!geometry->shapes[f] || at.x < shaper->clip.min_x || at.x > shaper->clip.max_x ||
            at.y < shaper->clip.min_y || at.y > shaper->clip.max_y)
            continue;
        struct mvt_xy xy = mvt_shaper_round(shaper, at.x, at.y);
        char commands[1 + 2 * WIRE_VARINT_MAX] = {9}; /* MoveTo, once */
        char *end = wire_varint(wire_varint(commands + 1, wire_zigzag(xy.x)), wire_zigzag(xy.y));
        buf_clear(&shaper->commands);
        buf_put(&shaper->commands, commands, (size_t)(end - commands));
        put_tags(encoder, &tables->value_of[f * n_columns], n_columns, kept);
        if (!put_feature(encoder, slab->columns->rows[f], MVT_POINT, out))
            return false;
        n++;
    }
    if (n)
        put_tail(encoder, slab->layer, tables, out);
    else
        buf_clear(out);
    return !buf_failed(&shaper->commands) && !buf_failed(out);
}

/* Encodes the borders as one line of many parts. */
static bool encode_borders(struct mvt_encoder *encoder, const struct slab *slab,
                           enum border_kind kind, struct buf *out)
{
    static const char *const suffixes[] = {
        [BORDER_ANY] = LAYER_BORDERS,
        [BORDER_DEPARTMENTAL] = LAYER_DEPARTMENT_BORDERS,
        [BORDER_OUTER] = LAYER_OUTER_BORDERS,
    };
    encoder->thinned = NULL; /* arcs are never thinned */
    size_t kept = 0;
    const struct geometry *geometry = slab->geometry;
    const struct mvt_tables *tables = mvt_index_get(slab);
    if (!tables || !start_layer(encoder, slab->layer, suffixes[kind], tables, out) ||
        !mvt_find(encoder, geometry->arc_tree, geometry->arcs->n_arcs))
        return false;
    for (size_t i = 0; i < encoder->n_found; i++)
        if (border_is(kind, geometry, slab->columns, encoder->found[i]))
            encoder->found[kept++] = encoder->found[i];
    mvt_shape_arcs(&encoder->shaper, geometry, encoder->found, kept);
    buf_clear(&encoder->tags);
    if (!encoder->shaper.commands.len)
        buf_clear(out);
    else if (put_feature(encoder, 1, MVT_LINE, out))
        put_tail(encoder, slab->layer, tables, out);
    return !encoder->shaper.failed && !buf_failed(&encoder->shaper.commands) && !buf_failed(out);
}

/* ---- a tile -------------------------------------------------------------- */

/* The largest layer that can still be reduced; -1: none. */
static int largest(const struct mvt_encoder *encoder, size_t n)
{
    int at = -1;
    for (size_t i = 0; i < n; i++) {
        const struct mvt_part *part = &encoder->parts[i];
        if (!part->whole && part->reduced < MVT_REDUCTION_MAX && part->features &&
            (at < 0 || part->bytes.len > encoder->parts[at].bytes.len))
            at = (int)i;
    }
    return at;
}

static bool encode_layers(struct mvt_encoder *encoder, const struct snapshot *snapshot,
                          const struct mvt_request *request, size_t budget)
{
    size_t total = 0;
    for (size_t i = 0; i < request->n_layers; i++) {
        const struct slab *slab = snapshot_slab(snapshot, request->layers[i]);
        struct mvt_part *part = &encoder->parts[i];
        part->reduced = 0;
        part->whole = request->layers[i]->tiling;
        if (!encode_layer(encoder, slab, budget, part))
            return false;
        total += part->bytes.len;
    }
    for (int at; total > budget && (at = largest(encoder, request->n_layers)) >= 0;) {
        struct mvt_part *part = &encoder->parts[at];
        total -= part->bytes.len;
        part->reduced++;
        if (!encode_layer(encoder, snapshot_slab(snapshot, request->layers[at]), budget, part))
            return false;
        total += part->bytes.len;
    }
    return true;
}

bool mvt_encode(struct mvt_encoder *encoder, const struct snapshot *snapshot,
                const struct mvt_request *request, struct mvt_report *report, struct buf *out,
                struct err *err)
{
    encoder->shaper.failed = false;
    encoder->zoom = request->z;
    mvt_shaper_place(&encoder->shaper, request->z, request->x, request->y);
    bool ok =
        encode_layers(encoder, snapshot, request, request->budget ? request->budget : MVT_BUDGET);
    for (size_t i = 0; i < request->n_layers && ok; i++) {
        const struct mvt_part *part = &encoder->parts[i];
        report->features[i] = part->features;
        report->reduced[i] = part->reduced;
        if (part->features)
            put_bytes(out, WIRE_TILE_LAYER, part->bytes.data, part->bytes.len);
    }
    for (size_t i = 0; i < request->n_layers && ok && request->derived; i++) {
        const struct slab *slab = snapshot_slab(snapshot, request->layers[i]);
        struct buf *more = &encoder->parts[i].bytes; /* written out already */
        if (layer_has_part(slab->layer, LAYER_POINTS)) {
            ok = encode_points(encoder, slab, more);
            if (ok && more->len)
                put_bytes(out, WIRE_TILE_LAYER, more->data, more->len);
        }
        bool bordered = layer_has_part(slab->layer, LAYER_BORDERS);
        for (int kind = BORDER_ANY; kind <= BORDER_OUTER && ok && bordered; kind++) {
            ok = encode_borders(encoder, slab, (enum border_kind)kind, more);
            if (ok && more->len)
                put_bytes(out, WIRE_TILE_LAYER, more->data, more->len);
        }
    }
    return (ok && !buf_failed(out)) || err_no_memory(err);
}

void mvt_warm(const struct snapshot *snapshot)
{
    for (size_t i = 0; i < snapshot->n_slabs; i++)
        if (snapshot->slabs[i]->geometry->thinning)
            mvt_index_get(snapshot->slabs[i]);
}

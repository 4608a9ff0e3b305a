/* vector_tile.h - a small reader of Mapbox vector tiles for tests: it shares
 * nothing with the encoder, and stops the test at anything the specification
 * (2.1) does not allow. Include it after cmocka.h, in one place a program.
 *
 * Owns: vt_read()'s result; vt_free().
 */
#ifndef TESTS_SUPPORT_VECTOR_TILE_H
#define TESTS_SUPPORT_VECTOR_TILE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { VT_FEATURES = 20000, VT_KEYS = 64, VT_LAYERS = 16 };

struct vt_span {
    const unsigned char *at, *end;
};

struct vt_value {
    char kind; /* 's', 'd', 'i', 'b' */
    const char *text;
    size_t len;
    double number;
};

struct vt_path {
    size_t first, count; /* in xy */
    bool closed;
};

struct vt_feature {
    uint64_t id;
    int type;
    struct vt_span tags;
    size_t first_path, n_paths;
};

struct vt_layer {
    char name[64];
    uint64_t extent, version;
    size_t n_keys, n_values, first_feature, n_features;
    struct vt_span keys[VT_KEYS];
    struct vt_value *values;
};

struct vt_tile {
    size_t n_layers, n_features, n_paths, n_xy, cap_paths, cap_xy;
    struct vt_layer layers[VT_LAYERS];
    struct vt_feature features[VT_FEATURES];
    struct vt_path *paths;
    int64_t (*xy)[2];
};

static uint64_t vt_varint(struct vt_span *in)
{
    uint64_t value = 0;
    for (int shift = 0;; shift += 7) {
        assert_true(in->at < in->end && shift < 64);
        unsigned char byte = *in->at++;
        value |= (uint64_t)(byte & 127) << shift;
        if (byte < 128)
            return value;
    }
}

static struct vt_span vt_bytes(struct vt_span *in)
{
    uint64_t len = vt_varint(in);
    assert_true(len <= (uint64_t)(in->end - in->at));
    struct vt_span span = {in->at, in->at + len};
    in->at += len;
    return span;
}

static int64_t vt_signed(uint64_t zigzag)
{
    return (int64_t)(zigzag >> 1) ^ -(int64_t)(zigzag & 1);
}

static struct vt_value vt_value(struct vt_span in)
{
    struct vt_value value = {0};
    uint64_t tag = vt_varint(&in), bits = 0;
    struct vt_span text;
    switch (tag) {
    case 1 << 3 | 2:
        text = vt_bytes(&in);
        value = (struct vt_value){'s', (const char *)text.at, (size_t)(text.end - text.at), 0};
        break;
    case 3 << 3 | 1:
        assert_true(in.end - in.at == 8);
        for (int i = 0; i < 8; i++)
            bits |= (uint64_t)*in.at++ << (8 * i);
        value.kind = 'd';
        memcpy(&value.number, &bits, 8);
        break;
    case 4 << 3:
        value.kind = 'i';
        value.number = (double)vt_varint(&in);
        break;
    case 6 << 3:
        value.kind = 'i';
        value.number = (double)vt_signed(vt_varint(&in));
        break;
    case 7 << 3:
        value.kind = 'b';
        value.number = (double)vt_varint(&in);
        break;
    default:
        fail_msg("value with tag %d", (int)tag);
    }
    assert_true(in.at == in.end);
    return value;
}

static void vt_point(struct vt_tile *tile, int64_t at[2], struct vt_span *in)
{
    at[0] += vt_signed(vt_varint(in));
    at[1] += vt_signed(vt_varint(in));
    if (tile->n_xy == tile->cap_xy) {
        tile->cap_xy = 2 * tile->cap_xy + 1024;
        tile->xy = realloc(tile->xy, tile->cap_xy * sizeof *tile->xy);
        assert_non_null(tile->xy);
    }
    tile->xy[tile->n_xy][0] = at[0];
    tile->xy[tile->n_xy++][1] = at[1];
}

static struct vt_path *vt_new_path(struct vt_tile *tile, struct vt_feature *feature)
{
    if (tile->n_paths == tile->cap_paths) {
        tile->cap_paths = 2 * tile->cap_paths + 256;
        tile->paths = realloc(tile->paths, tile->cap_paths * sizeof *tile->paths);
        assert_non_null(tile->paths);
    }
    feature->n_paths++;
    tile->paths[tile->n_paths] = (struct vt_path){tile->n_xy, 0, false};
    return &tile->paths[tile->n_paths++];
}

static void vt_geometry(struct vt_tile *tile, struct vt_feature *feature, struct vt_span in)
{
    int64_t at[2] = {0, 0};
    assert_true(in.at < in.end);
    while (in.at < in.end) {
        uint64_t command = vt_varint(&in), count = command >> 3;
        assert_int_equal(command & 7, 1);
        assert_true(count > 0 && (feature->type == 1 || count == 1));
        struct vt_path *path = vt_new_path(tile, feature);
        for (uint64_t i = 0; i < count; i++)
            vt_point(tile, at, &in);
        if (feature->type != 1) {
            command = vt_varint(&in);
            assert_int_equal(command & 7, 2);
            assert_true(command >> 3 >= (feature->type == 3 ? 2u : 1u));
            for (uint64_t i = 0; i < command >> 3; i++) {
                vt_point(tile, at, &in);
                /* no segment without a length */
                assert_true(tile->xy[tile->n_xy - 1][0] != tile->xy[tile->n_xy - 2][0] ||
                            tile->xy[tile->n_xy - 1][1] != tile->xy[tile->n_xy - 2][1]);
            }
        }
        if (feature->type == 3) {
            assert_int_equal(vt_varint(&in), 15);
            path->closed = true;
        }
        path->count = tile->n_xy - path->first;
    }
}

static void vt_feature(struct vt_tile *tile, struct vt_span in)
{
    assert_true(tile->n_features < VT_FEATURES);
    struct vt_feature *feature = &tile->features[tile->n_features++];
    *feature = (struct vt_feature){.first_path = tile->n_paths};
    while (in.at < in.end) {
        uint64_t tag = vt_varint(&in);
        if (tag == 1 << 3)
            feature->id = vt_varint(&in);
        else if (tag == (2 << 3 | 2))
            feature->tags = vt_bytes(&in);
        else if (tag == 3 << 3)
            feature->type = (int)vt_varint(&in);
        else if (tag == (4 << 3 | 2))
            vt_geometry(tile, feature, vt_bytes(&in));
        else
            fail_msg("feature with tag %d", (int)tag);
    }
    assert_in_range(feature->type, 1, 3);
    assert_true(feature->n_paths > 0);
}

/* Checks that tags are pairs of an existing key and value. */
static void vt_check_tags(const struct vt_layer *layer, struct vt_span tags)
{
    bool seen[VT_KEYS] = {false};
    while (tags.at < tags.end) {
        uint64_t key = vt_varint(&tags);
        assert_true(key < layer->n_keys && !seen[key]);
        seen[key] = true;
        assert_true(vt_varint(&tags) < layer->n_values);
    }
}

static void vt_layer(struct vt_tile *tile, struct vt_span in)
{
    assert_true(tile->n_layers < VT_LAYERS);
    struct vt_layer *layer = &tile->layers[tile->n_layers++];
    *layer = (struct vt_layer){.first_feature = tile->n_features};
    static const unsigned char none[1] = {0};
    size_t cap = 0;
    while (in.at < in.end) {
        uint64_t tag = vt_varint(&in);
        struct vt_span bytes = {none, none};
        if ((tag & 7) == 2)
            bytes = vt_bytes(&in);
        switch (tag >> 3) {
        case 1:
            assert_true((size_t)(bytes.end - bytes.at) < sizeof layer->name);
            memcpy(layer->name, bytes.at, (size_t)(bytes.end - bytes.at));
            break;
        case 2:
            vt_feature(tile, bytes);
            layer->n_features++;
            break;
        case 3:
            assert_true(layer->n_keys < VT_KEYS);
            layer->keys[layer->n_keys++] = bytes;
            break;
        case 4:
            if (layer->n_values == cap) {
                cap = 2 * cap + 256;
                layer->values = realloc(layer->values, cap * sizeof *layer->values);
                assert_non_null(layer->values);
            }
            layer->values[layer->n_values++] = vt_value(bytes);
            break;
        case 5:
            layer->extent = vt_varint(&in);
            break;
        case 15:
            layer->version = vt_varint(&in);
            break;
        default:
            fail_msg("layer with tag %d", (int)tag);
        }
    }
    for (size_t f = 0; f < layer->n_features; f++)
        vt_check_tags(layer, tile->features[layer->first_feature + f].tags);
    assert_int_equal(layer->version, 2);
    assert_int_equal(layer->extent, 4096);
    assert_true(layer->name[0] && layer->n_features > 0);
}

static struct vt_tile *vt_read(const char *data, size_t len)
{
    struct vt_tile *tile = calloc(1, sizeof *tile);
    assert_non_null(tile);
    struct vt_span in = {(const unsigned char *)data, (const unsigned char *)data + len};
    while (in.at < in.end) {
        assert_int_equal(vt_varint(&in), 3 << 3 | 2);
        vt_layer(tile, vt_bytes(&in));
    }
    return tile;
}

static void vt_free(struct vt_tile *tile)
{
    for (size_t i = 0; i < tile->n_layers; i++)
        free(tile->layers[i].values);
    free(tile->paths);
    free(tile->xy);
    free(tile);
}

static inline const struct vt_layer *vt_find_layer(const struct vt_tile *tile, const char *name)
{
    for (size_t i = 0; i < tile->n_layers; i++)
        if (strcmp(tile->layers[i].name, name) == 0)
            return &tile->layers[i];
    return NULL;
}

/* The value of a feature's attribute, or NULL. */
static inline const struct vt_value *vt_get(const struct vt_layer *layer,
                                            const struct vt_feature *feature, const char *key)
{
    struct vt_span tags = feature->tags;
    while (tags.at < tags.end) {
        struct vt_span name = layer->keys[vt_varint(&tags)];
        uint64_t value = vt_varint(&tags);
        if ((size_t)(name.end - name.at) == strlen(key) && memcmp(name.at, key, strlen(key)) == 0)
            return &layer->values[value];
    }
    return NULL;
}

/* Twice the area by the surveyor's formula, as the specification has it. */
static inline int64_t vt_area2(const struct vt_tile *tile, const struct vt_path *path)
{
    int64_t sum = 0;
    for (size_t i = 0; i < path->count; i++) {
        const int64_t *a = tile->xy[path->first + i];
        const int64_t *b = tile->xy[path->first + (i + 1) % path->count];
        sum += a[0] * b[1] - b[0] * a[1];
    }
    return sum;
}

#endif

/* outlines_kept.c - writes outlines as bytes, and reads them.
 *
 * Little endian, 32 bits a number: a header, then the arrays in the order of struct
 * kept_sizes, then a checksum of all before it. Everything read is checked once, so that
 * no index is outside its array.
 */
#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

#include "layers/shapes/outlines.h"
#include "layers/shapes/simplify.h"

/* A checksum, computed by the Makefile, of the source files that determine outlines:
 * outlines made by other versions of them are made again. */
#ifndef OUTLINES_RULES
#error "OUTLINES_RULES is not defined (Makefile)"
#endif

enum {
    MAGIC = 0x4F474753, /* "SGGO" */
    HEAD_WORDS = 11,
    PATH_WORDS = 3,
    ARC_WORDS = 11,
    MOST = 1 << 28, /* limit for all counts: products stay below 2^53 */
};

struct kept_sizes {
    uint32_t features, paths, arcs, xy, refs, vertices, anchors;
};

uint64_t outlines_key(struct geo_shape *const *shapes, size_t n_features)
{
    uint32_t crc = (uint32_t)OUTLINES_RULES, adler = 1;
    for (size_t f = 0; f < n_features; f++) {
        const struct geo_shape *shape = shapes[f];
        uint32_t sizes[3] = {0};
        if (shape) {
            sizes[0] = (uint32_t)shape->n_points;
            sizes[1] = (uint32_t)shape->n_rings;
            sizes[2] = (uint32_t)shape->n_parts;
        }
        crc = libdeflate_crc32(crc, sizes, sizeof sizes);
        if (!shape)
            continue;
        crc = libdeflate_crc32(crc, shape->rings, (shape->n_rings + 1) * sizeof *shape->rings);
        crc = libdeflate_crc32(crc, shape->parts, (shape->n_parts + 1) * sizeof *shape->parts);
        crc = libdeflate_crc32(crc, shape->xy, shape->n_points * 2 * sizeof *shape->xy);
        adler = libdeflate_adler32(adler, shape->xy, shape->n_points * 2 * sizeof *shape->xy);
    }
    return (uint64_t)crc << 32 | adler;
}

/* ---- writing ------------------------------------------------------------- */

static void put_word(struct buf *out, uint32_t word)
{
    buf_put(out, &word, sizeof word); /* the machine is little endian */
}

void outlines_keep(const struct outlines *outlines, const struct arc_xy *anchors, uint64_t key,
                   struct buf *out)
{
    const struct arcs *arcs = outlines->arcs;
    const struct kept_sizes sizes = {(uint32_t)outlines->n_features,
                                     (uint32_t)arcs->n_paths,
                                     (uint32_t)arcs->n_arcs,
                                     (uint32_t)arcs->n_xy,
                                     arcs->path_first[arcs->n_paths],
                                     (uint32_t)arcs->n_vertices,
                                     anchors ? (uint32_t)outlines->n_features : 0};
    size_t began = out->len;
    put_word(out, MAGIC);
    put_word(out, (uint32_t)OUTLINES_RULES);
    put_word(out, (uint32_t)(key >> 32));
    put_word(out, (uint32_t)key);
    buf_put(out, &sizes, sizeof sizes);
    buf_put(out, outlines->boxes, sizes.features * sizeof *outlines->boxes);
    buf_put(out, outlines->feature_path, (sizes.features + 1) * sizeof *outlines->feature_path);
    for (size_t p = 0; p < sizes.paths; p++) {
        put_word(out, outlines->paths[p].count);
        put_word(out, outlines->paths[p].feature);
        put_word(out, outlines->paths[p].ring);
    }
    for (size_t a = 0; a < sizes.arcs; a++) {
        const struct arc *arc = &arcs->arcs[a];
        const uint32_t words[ARC_WORDS - 4] = {
            arc->first,          arc->count,           arc->tail,   arc->head,
            (uint32_t)arc->left, (uint32_t)arc->right, arc->crowded};
        buf_put(out, words, sizeof words);
        buf_put(out, &arc->box, sizeof arc->box);
    }
    buf_put(out, arcs->xy, sizes.xy * sizeof *arcs->xy);
    buf_put(out, arcs->refs, sizes.refs * sizeof *arcs->refs);
    buf_put(out, arcs->path_first, (sizes.paths + 1) * sizeof *arcs->path_first);
    buf_put(out, anchors, sizes.anchors * sizeof *anchors);
    buf_put(out, outlines->removed, sizes.xy);
    if (!buf_failed(out))
        put_word(out, libdeflate_crc32(0, out->data + began, out->len - began));
}

/* ---- reading ------------------------------------------------------------- */

static uint32_t word_at(const unsigned char *at)
{
    uint32_t word;
    memcpy(&word, at, sizeof word);
    return word;
}

static size_t size_of(const struct kept_sizes *n)
{
    return ((size_t)HEAD_WORDS + 1 + 4 * (size_t)n->features + n->features + 1 +
            (size_t)PATH_WORDS * n->paths + (size_t)ARC_WORDS * n->arcs + 2 * (size_t)n->xy +
            n->refs + n->paths + 1 + 2 * (size_t)n->anchors) *
               4 +
           n->xy;
}

static bool read_head(const unsigned char *at, size_t len, uint64_t key, size_t n_features,
                      struct kept_sizes *n)
{
    if (len < (HEAD_WORDS + 1) * 4 || word_at(at) != MAGIC ||
        word_at(at + 4) != (uint32_t)OUTLINES_RULES || word_at(at + 8) != (uint32_t)(key >> 32) ||
        word_at(at + 12) != (uint32_t)key)
        return false;
    memcpy(n, at + 16, sizeof *n);
    return n->features == n_features && (n->anchors == 0 || n->anchors == n->features) &&
           n->features < MOST && n->paths < MOST && n->arcs < MOST && n->xy < MOST &&
           n->refs < MOST && n->vertices < MOST && size_of(n) == len &&
           libdeflate_crc32(0, at, len - 4) == word_at(at + len - 4);
}

/* Copies the next array; room for one more, so that none is empty. */
static void *take(const unsigned char **at, size_t n, size_t size)
{
    void *array = malloc((n + 1) * size);
    if (array && n)
        memcpy(array, *at, n * size);
    *at += n * size;
    return array;
}

static struct arc_path *take_paths(const unsigned char **at, size_t n)
{
    struct arc_path *paths = malloc((n + 1) * sizeof *paths);
    for (size_t p = 0; p < n && paths; p++) {
        const unsigned char *words = *at + 4 * PATH_WORDS * p;
        paths[p] = (struct arc_path){0, word_at(words), word_at(words + 4), word_at(words + 8)};
    }
    *at += 4 * PATH_WORDS * n;
    return paths;
}

static struct arc *take_arcs(const unsigned char **at, size_t n)
{
    struct arc *arcs = malloc((n + 1) * sizeof *arcs);
    for (size_t a = 0; a < n && arcs; a++) {
        uint32_t words[ARC_WORDS];
        memcpy(words, *at + a * sizeof words, sizeof words);
        arcs[a] = (struct arc){.first = words[0],
                               .count = words[1],
                               .tail = words[2],
                               .head = words[3],
                               .left = (int32_t)words[4],
                               .right = (int32_t)words[5],
                               .crowded = words[6]};
        memcpy(&arcs[a].box, words + 7, sizeof arcs[a].box);
    }
    *at += 4 * ARC_WORDS * n;
    return arcs;
}

/* True if first[0] .. first[n] ascends from 0 to end. */
static bool rising(const uint32_t *first, size_t n, uint32_t end)
{
    bool ok = first[0] == 0 && first[n] == end;
    for (size_t i = 0; i < n && ok; i++)
        ok = first[i] <= first[i + 1];
    return ok;
}

static bool sound(const struct outlines *outlines, const struct kept_sizes *n)
{
    const struct arcs *arcs = outlines->arcs;
    bool ok = rising(outlines->feature_path, n->features, n->paths) &&
              rising(arcs->path_first, n->paths, n->refs);
    for (uint32_t f = 0; f < n->features && ok; f++)
        for (uint32_t p = outlines->feature_path[f]; p < outlines->feature_path[f + 1] && ok; p++)
            ok = outlines->paths[p].feature == f;
    for (size_t a = 0; a < n->arcs && ok; a++) {
        const struct arc *arc = &arcs->arcs[a];
        ok = arc->count >= 2 && arc->first < n->xy && arc->count <= n->xy - arc->first &&
             arc->tail < n->vertices && arc->head < n->vertices && arc->left >= -1 &&
             arc->right >= -1 && arc->left < (int32_t)n->paths && arc->right < (int32_t)n->paths &&
             (arc->left >= 0 || arc->right >= 0) && outlines->removed[arc->first] == -1 &&
             outlines->removed[arc->first + arc->count - 1] == -1;
    }
    for (size_t i = 0; i < n->refs && ok; i++) {
        int32_t arc = arcs->refs[i] < 0 ? ~arcs->refs[i] : arcs->refs[i];
        ok = arc < (int32_t)n->arcs;
    }
    for (size_t i = 0; i < n->xy && ok; i++)
        ok = outlines->removed[i] >= -1 && outlines->removed[i] < SIMPLIFY_LEVELS;
    return ok;
}

bool outlines_restore(const void *bytes, size_t len, uint64_t key, size_t n_features,
                      struct outlines *out)
{
    const unsigned char *at = bytes;
    struct kept_sizes n;
    *out = (struct outlines){.n_features = n_features};
    if (!read_head(at, len, key, n_features, &n))
        return false;
    struct arcs *arcs = out->arcs = calloc(1, sizeof *arcs);
    if (!arcs)
        return false;
    at += HEAD_WORDS * 4;
    out->boxes = take(&at, n.features, sizeof *out->boxes);
    out->feature_path = take(&at, n.features + 1, sizeof *out->feature_path);
    out->paths = take_paths(&at, n.paths);
    arcs->arcs = take_arcs(&at, n.arcs);
    arcs->xy = take(&at, n.xy, sizeof *arcs->xy);
    arcs->refs = take(&at, n.refs, sizeof *arcs->refs);
    arcs->path_first = take(&at, n.paths + 1, sizeof *arcs->path_first);
    struct arc_xy *anchors = take(&at, n.anchors, sizeof *anchors);
    out->removed = take(&at, n.xy, sizeof *out->removed);
    out->points = calloc(1, sizeof *out->points);
    if (n.anchors)
        out->anchors = anchors;
    else
        free(anchors);
    arcs->n_paths = n.paths;
    arcs->n_arcs = n.arcs;
    arcs->n_xy = n.xy;
    arcs->n_vertices = n.vertices;
    if (out->boxes && out->feature_path && out->paths && arcs->arcs && arcs->xy && arcs->refs &&
        arcs->path_first && out->removed && out->points && (out->anchors || !n.anchors) &&
        sound(out, &n))
        return true;
    outlines_free(out);
    return false;
}

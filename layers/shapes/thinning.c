/* thinning.c - chooses which features of a very large layer each zoom shows. */
#include "layers/shapes/thinning.h"

#include <stdlib.h>
#include <string.h>

/* A feature with the pixel of its centre as a Morton code: features of one pixel are
 * adjacent at every zoom. */
struct thinning_placed {
    uint64_t code;
    uint32_t feature, side; /* side: the longer one of its box, steps */
};

/* Zooms at which less than this share would be hidden show all features. */
#define WORTH 0.1

static uint64_t spread(uint32_t v)
{
    uint64_t x = v;
    x = (x | x << 16) & UINT64_C(0x0000FFFF0000FFFF);
    x = (x | x << 8) & UINT64_C(0x00FF00FF00FF00FF);
    x = (x | x << 4) & UINT64_C(0x0F0F0F0F0F0F0F0F);
    x = (x | x << 2) & UINT64_C(0x3333333333333333);
    return (x | x << 1) & UINT64_C(0x5555555555555555);
}

static int by_code(const void *a, const void *b)
{
    const struct thinning_placed *x = a, *y = b;
    if (x->code != y->code)
        return x->code < y->code ? -1 : 1;
    return x->feature < y->feature ? -1 : x->feature > y->feature;
}

/* The features with geometry, sorted. */
static struct thinning_placed *place_all(const struct arc_box *boxes, size_t n_features, size_t *n)
{
    struct thinning_placed *placed = malloc((n_features + 1) * sizeof *placed);
    *n = 0;
    for (size_t f = 0; f < n_features && placed; f++) {
        const struct arc_box *box = &boxes[f];
        if (box->min_x > box->max_x)
            continue;
        int64_t x = ((int64_t)box->min_x + box->max_x) >> 1;
        int64_t y = ((int64_t)box->min_y + box->max_y) >> 1;
        int64_t width = (int64_t)box->max_x - box->min_x, height = (int64_t)box->max_y - box->min_y;
        placed[(*n)++] =
            (struct thinning_placed){spread((uint32_t)(x + (INT64_C(1) << 31))) |
                                         spread((uint32_t)(y + (INT64_C(1) << 31))) << 1,
                                     (uint32_t)f, (uint32_t)(width > height ? width : height)};
    }
    if (placed)
        qsort(placed, *n, sizeof *placed, by_code);
    return placed;
}

static void show(uint64_t *bits, size_t item)
{
    bits[item / 64] |= (uint64_t)1 << (item % 64);
}

/* Goes through the features cell by cell, marks those shown, and counts what each stands
 * for. counts NULL: only marks. Returns how many are shown. */
static size_t each_pixel(const struct thinning_placed *placed, size_t n, int zoom, int cell,
                         uint64_t *bits, uint32_t *counts)
{
    int shift = 2 * (24 - zoom + cell);
    uint32_t pixel = UINT32_C(1) << (24 - zoom);
    size_t shown = 0;
    for (size_t i = 0, end; i < n; i = end) {
        uint32_t first = UINT32_MAX, together = 0;
        for (end = i; end < n && placed[end].code >> shift == placed[i].code >> shift; end++) {
            uint32_t feature = placed[end].feature;
            if (placed[end].side >= pixel) { /* large enough to be shown itself */
                show(bits, feature);
                shown++;
                if (counts)
                    counts[feature] = 1;
                continue;
            }
            together++;
            first = feature < first ? feature : first;
        }
        if (!together)
            continue;
        show(bits, first);
        shown++;
        if (counts)
            counts[first] = together;
    }
    return shown;
}

/* Converts counts by feature to counts of the features shown. */
static bool pack(struct thinned *zoom, const uint32_t *counts, size_t words)
{
    zoom->before = malloc((words + 1) * sizeof *zoom->before);
    zoom->stands_for = malloc((zoom->n_shown + 1) * sizeof *zoom->stands_for);
    if (!zoom->before || !zoom->stands_for)
        return false;
    uint32_t n = 0;
    for (size_t w = 0; w < words; w++) {
        zoom->before[w] = n;
        for (uint64_t bits = zoom->features[w]; bits; bits &= bits - 1)
            zoom->stands_for[n++] = counts[w * 64 + (size_t)__builtin_ctzll(bits)];
    }
    return true;
}

struct thinning *thinning_build(const struct arc_box *boxes, size_t n_features, int cell)
{
    struct thinning *thinning = calloc(1, sizeof *thinning);
    size_t words = n_features / 64 + 1, n = 0;
    struct thinning_placed *placed = place_all(boxes, n_features, &n);
    uint32_t *counts = malloc((n_features + 1) * sizeof *counts);
    bool ok = thinning && placed && counts;
    for (int z = 0; z < THINNING_ZOOMS && ok; z++) {
        struct thinned *zoom = &thinning->zooms[z];
        zoom->features = calloc(words, sizeof *zoom->features);
        ok = zoom->features != NULL;
        if (!ok)
            break;
        zoom->n_shown = each_pixel(placed, n, z, cell, zoom->features, counts);
        if ((double)zoom->n_shown > (1 - WORTH) * (double)n) {
            free(zoom->features);
            zoom->features = NULL;
            break; /* later zooms hide even less */
        }
        ok = pack(zoom, counts, words);
        thinning->bytes += words * (sizeof *zoom->features + sizeof *zoom->before) +
                           zoom->n_shown * sizeof *zoom->stands_for;
    }
    free(placed);
    free(counts);
    if (ok)
        return thinning;
    thinning_free(thinning);
    return NULL;
}

void thinning_free(struct thinning *thinning)
{
    for (int z = 0; z < THINNING_ZOOMS && thinning; z++) {
        struct thinned *zoom = &thinning->zooms[z];
        free(zoom->features);
        free(zoom->arcs);
        free(zoom->points);
        free(zoom->before);
        free(zoom->stands_for);
    }
    free(thinning);
}

bool thinning_parts(struct thinning *thinning, bool arcs, size_t n_parts,
                    uint32_t (*feature_of)(const void *arg, size_t part), const void *arg)
{
    size_t words = n_parts / 64 + 1;
    for (int z = 0; z < THINNING_ZOOMS && thinning->zooms[z].features && n_parts; z++) {
        struct thinned *zoom = &thinning->zooms[z];
        uint64_t *bits = calloc(words, sizeof *bits);
        if (!bits)
            return false;
        *(arcs ? &zoom->arcs : &zoom->points) = bits;
        for (size_t i = 0; i < n_parts; i++) {
            uint32_t feature = feature_of(arg, i);
            if (zoom->features[feature / 64] >> (feature % 64) & 1)
                show(bits, i);
        }
        thinning->bytes += words * sizeof *bits;
    }
    return true;
}

const struct thinned *thinning_at(const struct thinning *thinning, int zoom)
{
    if (!thinning || zoom < 0 || zoom >= THINNING_ZOOMS || !thinning->zooms[zoom].features)
        return NULL;
    return &thinning->zooms[zoom];
}

uint32_t thinned_stands_for(const struct thinned *thinned, size_t feature)
{
    size_t word = feature / 64;
    uint64_t bit = (uint64_t)1 << (feature % 64);
    if (!(thinned->features[word] & bit))
        return 0;
    return thinned->stands_for[thinned->before[word] +
                               (uint32_t)__builtin_popcountll(thinned->features[word] & (bit - 1))];
}

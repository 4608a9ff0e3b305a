/* rtree.c - static R-tree over boxes, packed in Hilbert order. */
#include "geo/place/rtree.h"

#include <stdint.h>
#include <stdlib.h>

enum { FANOUT = 16, MAX_LEVELS = 17 };

/* Boxes of level 0 (the items, in Hilbert order), then of level 1, and so on
 * up to one root; box i of a level covers FANOUT of the level below. */
struct geo_rtree {
    size_t n_items, n_boxes;
    int n_levels;
    size_t level_start[MAX_LEVELS + 1];
    struct geo_box *boxes;
    uint32_t *items; /* of level 0 */
};

struct rtree_entry {
    uint32_t key, item;
};

/* Position of a 16-bit point on the Hilbert curve (Warren, Hacker's Delight). */
static uint32_t hilbert(uint32_t x, uint32_t y)
{
    uint32_t key = 0;
    for (uint32_t bit = 1u << 15; bit; bit >>= 1) {
        bool right = x & bit, up = y & bit;
        key = key << 2 | ((right ? 3u : 0u) ^ (up ? 1u : 0u));
        if (!up) {
            if (right) {
                x = ~x;
                y = ~y;
            }
            uint32_t swap = x;
            x = y;
            y = swap;
        }
    }
    return key;
}

static int by_key(const void *a, const void *b)
{
    const struct rtree_entry *left = a, *right = b;
    if (left->key != right->key)
        return left->key < right->key ? -1 : 1;
    return left->item < right->item ? -1 : left->item > right->item;
}

static uint32_t scaled(double value, double min, double size)
{
    double part = size > 0 ? (value - min) / size : 0;
    return part <= 0 ? 0 : part >= 1 ? 65535 : (uint32_t)(part * 65535);
}

struct geo_rtree *geo_rtree_build(const struct geo_box *boxes, size_t n, struct err *err)
{
    struct geo_rtree *tree = calloc(1, sizeof *tree);
    struct rtree_entry *order = malloc((n ? n : 1) * sizeof *order);
    struct geo_box all = geo_box_empty();
    if (!tree || !order || n > UINT32_MAX)
        goto failed;
    for (size_t i = 0; i < n; i++)
        if (!geo_box_is_empty(boxes[i])) {
            all = geo_box_join(all, boxes[i]);
            order[tree->n_items++].item = (uint32_t)i;
        }
    for (size_t i = 0; i < tree->n_items; i++) {
        const struct geo_box *box = &boxes[order[i].item];
        order[i].key =
            hilbert(scaled(0.5 * (box->min_x + box->max_x), all.min_x, all.max_x - all.min_x),
                    scaled(0.5 * (box->min_y + box->max_y), all.min_y, all.max_y - all.min_y));
    }
    qsort(order, tree->n_items, sizeof *order, by_key);

    for (size_t count = tree->n_items; count; count = (count + FANOUT - 1) / FANOUT) {
        tree->level_start[tree->n_levels++] = tree->n_boxes;
        tree->n_boxes += count;
        if (count == 1)
            break;
    }
    tree->level_start[tree->n_levels] = tree->n_boxes;
    tree->boxes = malloc((tree->n_boxes + 1) * sizeof *tree->boxes);
    tree->items = malloc((tree->n_items + 1) * sizeof *tree->items);
    if (!tree->boxes || !tree->items)
        goto failed;
    for (size_t i = 0; i < tree->n_items; i++) {
        tree->boxes[i] = boxes[order[i].item];
        tree->items[i] = order[i].item;
    }
    for (int level = 1; level < tree->n_levels; level++)
        for (size_t i = tree->level_start[level]; i < tree->level_start[level + 1]; i++) {
            size_t first = tree->level_start[level - 1] + FANOUT * (i - tree->level_start[level]);
            tree->boxes[i] = geo_box_empty();
            for (size_t k = first; k < first + FANOUT && k < tree->level_start[level]; k++)
                tree->boxes[i] = geo_box_join(tree->boxes[i], tree->boxes[k]);
        }
    free(order);
    return tree;
failed:
    free(order);
    geo_rtree_free(tree);
    err_no_memory(err);
    return NULL;
}

void geo_rtree_free(struct geo_rtree *tree)
{
    if (!tree)
        return;
    free(tree->boxes);
    free(tree->items);
    free(tree);
}

size_t geo_rtree_bytes(const struct geo_rtree *tree)
{
    return sizeof *tree + tree->n_boxes * sizeof *tree->boxes + tree->n_items * sizeof *tree->items;
}

void geo_rtree_search(const struct geo_rtree *tree, struct geo_box box, geo_rtree_fn *fn, void *arg)
{
    struct {
        size_t first;
        int level;
    } stack[MAX_LEVELS * FANOUT];
    int depth = 0;
    if (tree->n_items) {
        stack[depth].first = tree->level_start[tree->n_levels - 1];
        stack[depth++].level = tree->n_levels - 1;
    }
    while (depth > 0) {
        depth--;
        size_t first = stack[depth].first;
        int level = stack[depth].level;
        size_t end = first + FANOUT;
        if (end > tree->level_start[level + 1])
            end = tree->level_start[level + 1];
        for (size_t i = first; i < end; i++) {
            if (!geo_box_meets(tree->boxes[i], box))
                continue;
            if (level == 0) {
                if (!fn(arg, tree->items[i]))
                    return;
            } else {
                stack[depth].first =
                    tree->level_start[level - 1] + FANOUT * (i - tree->level_start[level]);
                stack[depth++].level = level - 1;
            }
        }
    }
}

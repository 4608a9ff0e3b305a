/* collisions.c - grid index of label boxes, for collision tests. */
#include "layers/text/collisions.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "geo/base/array.h"

/* About the size of a label: a box is in a few cells, a cell has a few boxes. */
#define CELL_PX 64.0
/* A box in more cells than this goes to a separate list. */
#define CELLS_MOST 1024.0

struct link {
    int64_t x, y; /* cell */
    uint32_t box, next;
};

struct collisions {
    struct collision_box *boxes;
    size_t n_boxes, cap_boxes;
    uint32_t *large; /* boxes that cover too many cells */
    size_t n_large, cap_large;
    struct link *links; /* 0 ends a chain */
    size_t n_links, cap_links;
    uint32_t *buckets;
    size_t n_buckets; /* a power of two */
};

static size_t bucket_of(size_t n_buckets, int64_t x, int64_t y)
{
    uint64_t hash = (uint64_t)x * 0x9E3779B97F4A7C15u ^ (uint64_t)y * 0xC2B2AE3D27D4EB4Fu;
    return (size_t)(hash ^ hash >> 29) & (n_buckets - 1);
}

struct collisions *collisions_new(void)
{
    struct collisions *made = calloc(1, sizeof *made);
    if (!made)
        return NULL;
    made->n_buckets = 1024;
    made->n_links = 1;
    made->buckets = calloc(made->n_buckets, sizeof *made->buckets);
    if (made->buckets)
        return made;
    free(made);
    return NULL;
}

void collisions_free(struct collisions *collisions)
{
    if (!collisions)
        return;
    free(collisions->boxes);
    free(collisions->large);
    free(collisions->links);
    free(collisions->buckets);
    free(collisions);
}

static int64_t cell(double px)
{
    return (int64_t)floor(px / CELL_PX);
}

static bool is_large(const struct collision_box *box)
{
    double across = floor(box->max_x / CELL_PX) - floor(box->min_x / CELL_PX) + 1;
    double down = floor(box->max_y / CELL_PX) - floor(box->min_y / CELL_PX) + 1;
    return !(across * down <= CELLS_MOST);
}

static bool meet(const struct collision_box *a, const struct collision_box *b)
{
    return a->min_x < b->max_x && b->min_x < a->max_x && a->min_y < b->max_y && b->min_y < a->max_y;
}

bool collisions_hit(const struct collisions *collisions, const struct collision_box *box)
{
    if (collisions->n_boxes == 0)
        return false;
    for (size_t i = 0; i < collisions->n_large; i++)
        if (meet(box, &collisions->boxes[collisions->large[i]]))
            return true;
    if (is_large(box)) {
        for (size_t i = 0; i < collisions->n_boxes; i++)
            if (meet(box, &collisions->boxes[i]))
                return true;
        return false;
    }
    for (int64_t y = cell(box->min_y); y <= cell(box->max_y); y++)
        for (int64_t x = cell(box->min_x); x <= cell(box->max_x); x++)
            for (uint32_t l = collisions->buckets[bucket_of(collisions->n_buckets, x, y)]; l;
                 l = collisions->links[l].next) {
                const struct link *link = &collisions->links[l];
                if (link->x == x && link->y == y && meet(box, &collisions->boxes[link->box]))
                    return true;
            }
    return false;
}

static bool rehash(struct collisions *collisions)
{
    size_t n = 2 * collisions->n_buckets;
    uint32_t *buckets = calloc(n, sizeof *buckets);
    if (!buckets)
        return false;
    for (uint32_t l = 1; l < collisions->n_links; l++) {
        struct link *link = &collisions->links[l];
        uint32_t *bucket = &buckets[bucket_of(n, link->x, link->y)];
        link->next = *bucket;
        *bucket = l;
    }
    free(collisions->buckets);
    collisions->buckets = buckets;
    collisions->n_buckets = n;
    return true;
}

bool collisions_add(struct collisions *collisions, const struct collision_box *box)
{
    if (!array_reserve(collisions->boxes, collisions->cap_boxes, collisions->n_boxes + 1))
        return false;
    collisions->boxes[collisions->n_boxes] = *box;
    if (is_large(box)) {
        if (!array_reserve(collisions->large, collisions->cap_large, collisions->n_large + 1))
            return false;
        collisions->large[collisions->n_large++] = (uint32_t)collisions->n_boxes++;
        return true;
    }
    for (int64_t y = cell(box->min_y); y <= cell(box->max_y); y++)
        for (int64_t x = cell(box->min_x); x <= cell(box->max_x); x++) {
            if (!array_reserve(collisions->links, collisions->cap_links, collisions->n_links + 1) ||
                (collisions->n_links > collisions->n_buckets && !rehash(collisions)))
                return false;
            uint32_t *bucket = &collisions->buckets[bucket_of(collisions->n_buckets, x, y)];
            collisions->links[collisions->n_links] =
                (struct link){x, y, (uint32_t)collisions->n_boxes, *bucket};
            *bucket = (uint32_t)collisions->n_links++;
        }
    collisions->n_boxes++;
    return true;
}

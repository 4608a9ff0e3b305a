/* test_mvt_borders.c - tests of the borders in vector tiles.
 * Neighbours and adjoining tiles share them. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "layers/snapshot/snapshot_internal.h"
#include "layers/vector/mvt_shape.h"
#include "tests/support/matrix.h"
#include "tests/support/served_tiles.h"

enum { SPAN = MVT_EXTENT + 2 * MVT_BUFFER };

static bool inside(const int64_t *at)
{
    return at[0] > -MVT_BUFFER && at[1] > -MVT_BUFFER && at[0] < MVT_EXTENT + MVT_BUFFER &&
           at[1] < MVT_EXTENT + MVT_BUFFER;
}

static void check_rings(const struct vt_tile *tile, const struct vt_feature *feature)
{
    for (size_t p = 0; p < feature->n_paths; p++) {
        const struct vt_path *path = &tile->paths[feature->first_path + p];
        assert_true(path->closed && path->count >= 3);
        assert_true(vt_area2(tile, path) != 0);
        if (p == 0)
            assert_true(vt_area2(tile, path) > 0); /* a shell comes first */
        const int64_t *first = tile->xy[path->first];
        const int64_t *last = tile->xy[path->first + path->count - 1];
        assert_true(first[0] != last[0] || first[1] != last[1]); /* not closed twice */
        for (size_t i = 0; i < path->count; i++) {
            assert_in_range(tile->xy[path->first + i][0] + MVT_BUFFER, 0, SPAN + 1);
            assert_in_range(tile->xy[path->first + i][1] + MVT_BUFFER, 0, SPAN + 1);
        }
    }
}

struct edge {
    int64_t ax, ay, bx, by;
};

static int by_edge(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(struct edge));
}

/* Edges of borders that have nobody on their other side in the data as
 * delivered (the country's outline, gaps and overlaps between neighbours). */
static size_t one_sided(int z, int64_t x, int64_t y, struct edge **out)
{
    const struct geometry *geometry = snapshot_slab(snapshot, layers_find("municipios"))->geometry;
    struct mvt_shaper shaper;
    size_t n = 0;
    mvt_shaper_init(&shaper);
    mvt_shaper_place(&shaper, z, x, y);
    *out = malloc((2 * geometry->n_pool + 1) * sizeof **out);
    for (uint32_t a = 0; a < geometry->arcs->n_arcs; a++) {
        const struct arc *arc = &geometry->arcs->arcs[a];
        if (arc->left >= 0 && arc->right >= 0 && !arc->crowded)
            continue;
        uint32_t count;
        const struct arc_xy *xy = geometry_arc(geometry, shaper.level, a, &count);
        for (uint32_t i = 0; i + 1 < count; i++) {
            struct mvt_xy from = mvt_shaper_round(&shaper, xy[i].x, xy[i].y);
            struct mvt_xy to = mvt_shaper_round(&shaper, xy[i + 1].x, xy[i + 1].y);
            (*out)[n++] = (struct edge){from.x, from.y, to.x, to.y};
            (*out)[n++] = (struct edge){to.x, to.y, from.x, from.y};
        }
    }
    mvt_shaper_free(&shaper);
    qsort(*out, n, sizeof **out, by_edge);
    return n;
}

/* Edges whose other side is missing: the neighbour's reverse is not there,
 * though the data have one. */
static size_t lone_edges(const struct vt_tile *tile, const struct edge *outline, size_t n_outline,
                         size_t *n_edges, size_t *n_outer)
{
    struct edge *edges = malloc((tile->n_xy + 1) * sizeof *edges);
    size_t n = 0, lone = 0;
    *n_outer = 0;
    for (size_t p = 0; p < tile->n_paths; p++)
        for (size_t i = 0; i < tile->paths[p].count; i++) {
            const int64_t *a = tile->xy[tile->paths[p].first + i];
            const int64_t *b = tile->xy[tile->paths[p].first + (i + 1) % tile->paths[p].count];
            if (inside(a) && inside(b))
                edges[n++] = (struct edge){a[0], a[1], b[0], b[1]};
        }
    qsort(edges, n, sizeof *edges, by_edge);
    for (size_t i = 0; i < n; i++) {
        struct edge back = {edges[i].bx, edges[i].by, edges[i].ax, edges[i].ay};
        if (bsearch(&back, edges, n, sizeof *edges, by_edge))
            continue;
        bool outer = bsearch(&back, outline, n_outline, sizeof *outline, by_edge) != NULL;
        *n_outer += outer;
        lone += !outer;
    }
    free(edges);
    *n_edges = n;
    return lone;
}

/* In the middle of the country the municipalities cover a tile and its buffer
 * exactly, with the same vertices on both sides of every border. Where the
 * official data leave a gap or overlap, that much may be missing. */
static void neighbours_share_their_borders(void **state)
{
    static const struct {
        const char *name;
        double lon, lat;
    } places[] = {
        {"llanos de Santa Cruz", -62.6, -17.3},
        {"valles de Cochabamba", -65.6, -17.6},
        {"Potosí", -65.7, -19.6},
        {"Beni", -65.2, -14.4},
        {"Chuquisaca", -64.3, -19.6},
    };
    (void)state;
    served_note();
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        for (int z = 8; z <= 14; z++) {
            struct vt_tile *tile =
                encode(request_of("municipios", z, matrix_column(places[i].lon, z),
                                  matrix_row(places[i].lat, z)),
                       NULL, NULL);
            int64_t area = 0;
            size_t n_edges, n_outer;
            struct edge *outline;
            size_t n_outline = one_sided(z, matrix_column(places[i].lon, z),
                                         matrix_row(places[i].lat, z), &outline);
            for (size_t f = 0; f < tile->n_features; f++)
                check_rings(tile, &tile->features[f]);
            for (size_t p = 0; p < tile->n_paths; p++)
                area += vt_area2(tile, &tile->paths[p]);
            size_t lone = lone_edges(tile, outline, n_outline, &n_edges, &n_outer);
            print_message("%s z%d: %zu municipios, %zu edges, %zu along gaps of the data, "
                          "%zu without their neighbour, area off by %lld half units\n",
                          places[i].name, z, tile->n_features, n_edges, n_outer, lone,
                          (long long)(area - 2LL * SPAN * SPAN));
            assert_int_equal(lone, 0);
            if (n_outer == 0)
                assert_int_equal(area, 2LL * SPAN * SPAN);
            free(outline);
            vt_free(tile);
        }
}

/* What two adjoining tiles both show has the same vertices in both. */
static void adjoining_tiles_agree(void **state)
{
    (void)state;
    served_note();
    for (int z = 6; z <= 12; z++) {
        int64_t x = matrix_column(-65.6, z), y = matrix_row(-17.6, z);
        size_t n[2] = {0, 0};
        struct edge *vertices[2];
        for (int side = 0; side < 2; side++) {
            struct vt_tile *tile = encode(request_of("municipios", z, x + side, y), NULL, NULL);
            vertices[side] = calloc(tile->n_xy + 1, sizeof **vertices);
            for (size_t f = 0; f < tile->n_features; f++)
                for (size_t p = 0; p < tile->features[f].n_paths; p++) {
                    const struct vt_path *path = &tile->paths[tile->features[f].first_path + p];
                    for (size_t i = 0; i < path->count; i++) {
                        const int64_t *at = tile->xy[path->first + i];
                        int64_t from_seam = at[0] - (side ? 0 : MVT_EXTENT);
                        if (llabs(from_seam) < MVT_BUFFER && inside(at))
                            vertices[side][n[side]++] =
                                (struct edge){(int64_t)tile->features[f].id, from_seam, at[1], 0};
                    }
                }
            qsort(vertices[side], n[side], sizeof **vertices, by_edge);
            vt_free(tile);
        }
        print_message("z%d: %zu vertices along the seam\n", z, n[0]);
        assert_int_equal(n[0], n[1]);
        assert_memory_equal(vertices[0], vertices[1], n[0] * sizeof **vertices);
        free(vertices[0]);
        free(vertices[1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(neighbours_share_their_borders),
        cmocka_unit_test(adjoining_tiles_agree),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

/* test_outlines.c - tests of layers/shapes/outlines_kept.
 * Kept outlines are read back as they were, or refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <libdeflate.h>

#include "layers/shapes/anchors.h"
#include "layers/snapshot/snapshot_internal.h"
#include "tests/support/world.h"

static struct world world;
static struct columns *columns;
static struct geo_shape **shapes;
static size_t n;
static uint64_t key;
static struct outlines made;
static struct buf kept;

static int set_up(void **state)
{
    char path[512];
    struct err err = {0};
    const char *official = world_official(path, sizeof path);
    (void)state;
    if (!official)
        print_message("SKIP official boundaries: schematic ones instead\n");
    if (!world_open(&world, official))
        return -1;
    const struct snapshot_reader from = {.store = world.store,
                                         .edition = official ? "339" : "esquema"};
    if (!snapshot_read_records(&from, layers_find("municipios"), &columns, &shapes, &err) ||
        !snapshot_order(columns, shapes))
        return -1;
    n = columns->n_features;
    key = outlines_key(shapes, n);
    buf_init(&kept);
    if (!outlines_build(shapes, n, true, &made))
        return -1;
    outlines_keep(&made, NULL, key, &kept);
    return n == 339 ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    outlines_free(&made);
    buf_free(&kept);
    for (size_t f = 0; f < n; f++)
        geo_shape_free(shapes[f]);
    free(shapes);
    columns_free(columns);
    world_close(&world);
    return 0;
}

static struct geo_shape **shares(void)
{
    struct geo_shape **copy = calloc(n, sizeof *copy);
    for (size_t f = 0; f < n; f++)
        copy[f] = geo_shape_ref(shapes[f]);
    return copy;
}

static void what_was_kept_draws_the_same(void **state)
{
    (void)state;
    struct err err = {0};
    struct outlines again;
    struct buf bytes;
    buf_init(&bytes);
    assert_true(outlines_restore(kept.data, kept.len, key, n, &again));
    outlines_keep(&again, NULL, key, &bytes);
    assert_int_equal(bytes.len, kept.len);
    assert_memory_equal(bytes.data, kept.data, kept.len);
    outlines_free(&again);
    buf_free(&bytes);
    struct geometry *a = geometry_build(shares(), n, true, NULL, &err);
    struct geometry *b = geometry_build(shares(), n, true, &kept, &err);
    assert_true(a && b);
    assert_int_equal(a->n_pool, b->n_pool);
    assert_memory_equal(a->pool, b->pool, a->n_pool * sizeof *a->pool);
    assert_int_equal(a->arcs->n_arcs, b->arcs->n_arcs);
    assert_memory_equal(a->runs, b->runs, a->arcs->n_arcs * GEOMETRY_LEVELS * sizeof *a->runs);
    assert_memory_equal(a->boxes, b->boxes, n * sizeof *a->boxes);
    assert_int_equal(a->tiling, b->tiling);
    /* With kept anchors of labels they are not computed again. */
    const struct arc_xy *anchors = geometry_anchors(a);
    assert_non_null(anchors);
    buf_init(&bytes);
    outlines_keep(&made, anchors, key, &bytes);
    struct geometry *c = geometry_build(shares(), n, true, &bytes, &err);
    assert_non_null(c);
    assert_null(atomic_load(&b->anchors));
    assert_non_null(atomic_load(&c->anchors));
    assert_memory_equal(geometry_anchors(c), anchors, n * sizeof *anchors);
    geometry_unref(c);
    buf_free(&bytes);
    assert_true(a->tiling);
    geometry_unref(a);
    geometry_unref(b);
}

static void other_shapes_have_other_outlines(void **state)
{
    (void)state;
    struct outlines again;
    struct geo_shape **others = shares();
    struct geo_shape *first = others[0];
    others[0] = others[1];
    others[1] = first;
    assert_true(outlines_key(others, n) != key);
    others[1] = NULL;
    assert_true(outlines_key(others, n) != key);
    others[1] = first;
    assert_false(outlines_restore(kept.data, kept.len, outlines_key(others, n), n, &again));
    assert_false(outlines_restore(kept.data, kept.len, key, n - 1, &again));
    for (size_t f = 0; f < n; f++)
        geo_shape_free(others[f]);
    free(others);
}

/* Damaged bytes are refused, also numbers out of range under a correct checksum; from
 * accepted ones a geometry can be built. */
static void damage_is_refused(void **state)
{
    (void)state;
    struct err err = {0};
    struct outlines again;
    unsigned seed = 41;
    size_t taken = 0, refused = 0;
    char *bytes = malloc(kept.len);
    memcpy(bytes, kept.data, kept.len);
    for (size_t len = 0; len < kept.len; len += 1 + len / 7)
        assert_false(outlines_restore(bytes, len, key, n, &again));
    for (int i = 0; i < 400; i++) {
        size_t at = (size_t)rand_r(&seed) % (i < 200 ? kept.len : 64 + 28 * n);
        bytes[at] ^= (char)(1 + rand_r(&seed) % 255);
        assert_false(outlines_restore(bytes, kept.len, key, n, &again));
        uint32_t crc = libdeflate_crc32(0, bytes, kept.len - 4);
        memcpy(bytes + kept.len - 4, &crc, 4);
        if (outlines_restore(bytes, kept.len, key, n, &again)) {
            const struct buf forged = {.data = bytes, .len = kept.len};
            outlines_free(&again);
            if (taken++ % 16 == 0)
                geometry_unref(geometry_build(shares(), n, true, &forged, &err));
        } else
            refused++;
        memcpy(bytes, kept.data, kept.len);
    }
    assert_true(taken > 10 && refused > 10);
    free(bytes);
}

static void the_store_keeps_them_once(void **state)
{
    (void)state;
    struct err err = {0};
    struct buf bytes;
    struct geo_edition_info edition;
    buf_init(&bytes);
    assert_true(geo_store_edition(world.store, NULL, &edition, &err));
    assert_true(geo_store_outlines(world.store, edition.codigo, &bytes, &err));
    assert_int_equal(bytes.len, 0);
    assert_true(snapshot_keep_outlines(world.store, &err));
    assert_true(geo_store_outlines(world.store, edition.codigo, &bytes, &err));
    assert_int_equal(bytes.len, kept.len + n * sizeof(struct arc_xy));
    struct buf first = {0};
    buf_put(&first, bytes.data, bytes.len);
    /* Outlines of other boundaries, or damaged ones, are made anew. */
    bytes.data[bytes.len / 2] ^= 1;
    assert_true(geo_store_begin(world.store, &err));
    assert_true(geo_store_outlines_put(world.store, edition.codigo, &bytes, &err));
    assert_true(geo_store_commit(world.store, &err));
    struct snapshot *snapshot = snapshot_build(world.store, NULL, &err);
    assert_non_null(snapshot);
    snapshot_unref(snapshot);
    assert_true(snapshot_keep_outlines(world.store, &err));
    assert_true(geo_store_outlines(world.store, edition.codigo, &bytes, &err));
    assert_int_equal(bytes.len, first.len);
    assert_memory_equal(bytes.data, first.data, first.len);
    buf_free(&first);
    /* They are removed with the edition. */
    assert_true(geo_store_begin(world.store, &err));
    assert_true(geo_store_edition_remove(world.store, edition.codigo, &err));
    assert_true(geo_store_outlines(world.store, edition.codigo, &bytes, &err));
    assert_int_equal(bytes.len, 0);
    geo_store_rollback(world.store);
    buf_free(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_kept_draws_the_same),
        cmocka_unit_test(other_shapes_have_other_outlines),
        cmocka_unit_test(damage_is_refused),
        cmocka_unit_test(the_store_keeps_them_once),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

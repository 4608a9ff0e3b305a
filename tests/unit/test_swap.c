/* test_swap.c - threads draw tiles while an editor replaces the snapshot.
 * As in the server; meant for ThreadSanitizer. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>

#include <cmocka.h>

#include "layers/map/tile.h"
#include "layers/vector/features.h"
#include "tests/support/world.h"

enum { DRAWERS = 3, EDITS = 12 };

/* A snapshot with its plan and the number of its users. */
struct serving {
    atomic_int refs;
    struct snapshot *snapshot;
    struct tile_plan *plan;
};

static struct {
    pthread_mutex_t lock;
    struct serving *now;
    atomic_bool stop;
    atomic_int drawn, failed;
} shared = {.lock = PTHREAD_MUTEX_INITIALIZER};

static void release(struct serving *serving)
{
    if (atomic_fetch_sub(&serving->refs, 1) > 1)
        return;
    tile_plan_free(serving->plan);
    snapshot_unref(serving->snapshot);
    free(serving);
}

static struct serving *serve(const struct style *style, struct snapshot *snapshot)
{
    struct serving *serving = calloc(1, sizeof *serving);
    struct err err = {0};
    atomic_init(&serving->refs, 1);
    serving->snapshot = snapshot;
    serving->plan = tile_plan_new(style, snapshot, &err);
    assert_non_null(serving->plan);
    return serving;
}

static void *draw_on(void *arg)
{
    unsigned seed = *(unsigned *)arg;
    struct buf out;
    buf_init(&out);
    while (!atomic_load(&shared.stop)) {
        pthread_mutex_lock(&shared.lock);
        struct serving *serving = shared.now;
        atomic_fetch_add(&serving->refs, 1);
        pthread_mutex_unlock(&shared.lock);
        int z = 5 + rand_r(&seed) % 4;
        int64_t n = (int64_t)1 << (z - 5);
        struct tile_request request = {z, 10 * n + rand_r(&seed) % n, 17 * n + rand_r(&seed) % n,
                                       256, 1};
        struct err err = {0};
        buf_clear(&out);
        if (!tile_png(serving->plan, &request, &out, &err))
            atomic_fetch_add(&shared.failed, 1);
        struct geo_box box = {-66, -18, -65.9, -17.9};
        struct features_query query = {&box, 0, 10};
        int64_t matched, returned;
        buf_clear(&out);
        features_put(serving->snapshot, layers_find("municipios"), &query, &out, &matched,
                     &returned);
        if (matched < 1)
            atomic_fetch_add(&shared.failed, 1);
        atomic_fetch_add(&shared.drawn, 1);
        release(serving);
    }
    buf_free(&out);
    return NULL;
}

static void readers_never_see_half_a_snapshot(void **state)
{
    (void)state;
    struct world world;
    struct err err = {0};
    const char *json;
    size_t len;
    assert_true(world_open(&world, NULL));
    assert_true(styles_document("cobertura", &json, &len));
    struct style *style = style_parse(json, len, &err);
    struct snapshot *snapshot = snapshot_build(world.store, NULL, &err);
    assert_non_null(style);
    assert_non_null(snapshot);
    shared.now = serve(style, snapshot);
    pthread_t threads[DRAWERS];
    unsigned seeds[DRAWERS] = {11, 22, 33};
    for (int i = 0; i < DRAWERS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, draw_on, &seeds[i]), 0);
    static const char *const touched[] = {"alianzas", "subproyectos", "municipios"};
    for (int i = 0; i < EDITS; i++) {
        assert_true(geo_store_begin(world.store, &err));
        assert_true(geo_store_touch(world.store, touched[i % 3], NULL, true, NULL, &err));
        assert_true(geo_store_commit(world.store, &err));
        struct snapshot *next = snapshot_build(world.store, shared.now->snapshot, &err);
        if (!next)
            fail_msg("%s", err.message);
        struct serving *fresh = serve(style, next), *old;
        pthread_mutex_lock(&shared.lock);
        old = shared.now;
        shared.now = fresh;
        pthread_mutex_unlock(&shared.lock);
        release(old);
    }
    while (atomic_load(&shared.drawn) < 50)
        ;
    atomic_store(&shared.stop, true);
    for (int i = 0; i < DRAWERS; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(atomic_load(&shared.failed), 0);
    release(shared.now);
    style_free(style);
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(readers_never_see_half_a_snapshot),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* test_cache.c - tests of server/served/cache.
 * What is kept, what is dropped, and who frees it. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "server/served/cache.h"

static const struct cache_entry *put(struct cache *cache, const char *key, size_t len, char fill)
{
    char *data = malloc(len + 1);
    assert_non_null(data);
    memset(data, fill, len);
    data[len] = '\0';
    return cache_put(cache, key, "1", data, len);
}

static void lend_back(const struct cache_entry *entry)
{
    cache_return((void *)(uintptr_t)entry);
}

static void a_kept_entry_is_lent(void **state)
{
    (void)state;
    struct cache *cache = cache_new(1 << 20);
    assert_null(cache_get(cache, "a", "1"));
    lend_back(put(cache, "a", 3, 'x'));
    const struct cache_entry *entry = cache_get(cache, "a", "1");
    assert_string_equal(entry->data, "xxx");
    assert_int_equal(entry->len, 3);
    const struct cache_entry *again = put(cache, "a", 5, 'y'); /* the first entry stays */
    assert_ptr_equal(again, entry);
    cache_free(cache);
    assert_string_equal(entry->data, "xxx"); /* still lent: outlives the cache */
    lend_back(entry);
    lend_back(again);
}

/* An entry too large to keep is shared by all who ask while it is lent; it is made once. */
static void a_large_entry_is_shared_while_lent(void **state)
{
    (void)state;
    const size_t large = 1 << 20;
    struct cache *cache = cache_new(1 << 20);
    const struct cache_entry *first = put(cache, "a", large, 'x');
    assert_null(cache_get(cache, "b", "1"));
    const struct cache_entry *second = cache_get(cache, "a", "1");
    assert_ptr_equal(second, first);
    assert_null(cache_get(cache, "a", "2")); /* another version: not found */
    assert_true(cache_lent_bytes(cache) >= large && cache_lent_bytes(cache) < 2 * large);
    lend_back(first);
    assert_string_equal(second->data + large - 3, "xxx");
    lend_back(second);
    assert_int_equal(cache_lent_bytes(cache), 0);
    assert_null(cache_get(cache, "a", "1"));
    /* Evicted, but still lent. */
    first = put(cache, "small", 50000, 's');
    cache_free(cache_new(1));
    for (char key[] = "A"; key[0] <= 'Z'; key[0]++)
        lend_back(put(cache, key, 60000, 'k'));
    second = cache_get(cache, "small", "1");
    if (!second)
        assert_true(cache_lent_bytes(cache) >= 50000);
    lend_back(second);
    /* Still lent when the cache is freed. */
    second = put(cache, "a", large, 'y');
    cache_free(cache);
    assert_string_equal(second->data + large - 3, "yyy");
    lend_back(second);
    lend_back(first);
}

static void the_least_used_goes_first(void **state)
{
    (void)state;
    struct cache *cache = cache_new(8 * 100 * 1024); /* 100 KiB a shard */
    char key[32];
    lend_back(put(cache, "kept", 1024, 'k'));
    for (int i = 0; i < 4000; i++) {
        snprintf(key, sizeof key, "tile/%d", i);
        lend_back(put(cache, key, 1024, 'a'));
        lend_back(cache_get(cache, "kept", "1"));
    }
    int left = 0;
    for (int i = 0; i < 4000; i++) {
        snprintf(key, sizeof key, "tile/%d", i);
        const struct cache_entry *entry = cache_get(cache, key, "1");
        left += entry != NULL;
        lend_back(entry);
    }
    assert_in_range(left, 400, 8 * 100); /* full, and never above the limit */
    assert_null(cache_get(cache, "tile/0", "1"));
    const struct cache_entry *kept = cache_get(cache, "kept", "1");
    assert_non_null(kept);
    lend_back(kept);
    const struct cache_entry *large = put(cache, "large", 90 * 1024, 'l'); /* over half a shard */
    assert_int_equal(large->len, 90 * 1024);
    lend_back(large);
    assert_null(cache_get(cache, "large", "1"));
    cache_free(cache);
}

static void *work(void *arg)
{
    char key[32];
    for (int i = 0; i < 20000; i++) {
        snprintf(key, sizeof key, "%d", i * 7 % 300);
        const struct cache_entry *entry = cache_get(arg, key, "1");
        if (!entry)
            entry = put(arg, key, 500, 'w');
        if (entry->data[499] != 'w')
            return arg;
        lend_back(entry);
    }
    return NULL;
}

static void many_threads_share_it(void **state)
{
    (void)state;
    struct cache *cache = cache_new(8 * 10 * 1024); /* small: entries are evicted all the time */
    pthread_t threads[4];
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, work, cache), 0);
    for (size_t i = 0; i < 4; i++) {
        void *bad = NULL;
        pthread_join(threads[i], &bad);
        assert_null(bad);
    }
    cache_free(cache);
}

/* A response made of an entry counts as memory and is freed with it. */
static atomic_int parts_freed;

static void free_counted(void *made)
{
    atomic_fetch_add(&parts_freed, 1);
    free(made);
}

static void parts_are_kept_with_their_entry(void **state)
{
    (void)state;
    struct cache *cache = cache_new(8 * 100 * 1024);
    const struct cache_entry *entry = put(cache, "a", 1000, 'x');
    size_t before = cache_bytes(cache);
    assert_null(cache_part(entry, 3));
    void *first = malloc(500), *second = malloc(500);
    assert_ptr_equal(cache_keep_part(cache, entry, 3, first, 500, free_counted), first);
    assert_int_equal(cache_bytes(cache), before + 500);
    /* Another worker made one too: the first stays, the second is freed. */
    assert_ptr_equal(cache_keep_part(cache, entry, 3, second, 500, free_counted), first);
    assert_int_equal(atomic_load(&parts_freed), 1);
    assert_int_equal(cache_bytes(cache), before + 500);
    assert_ptr_equal(cache_part(entry, 3), first);
    assert_null(cache_part(entry, 4));
    lend_back(entry);
    char key[32];
    for (int i = 0; i < 4000; i++) { /* evicts it and its response */
        snprintf(key, sizeof key, "tile/%d", i);
        lend_back(put(cache, key, 1024, 'a'));
    }
    assert_int_equal(atomic_load(&parts_freed), 2);
    /* A response attached to an evicted entry is not counted. */
    const struct cache_entry *large = put(cache, "large", 90 * 1024, 'l');
    before = cache_bytes(cache);
    cache_keep_part(cache, large, 0, malloc(100), 100, free_counted);
    assert_int_equal(cache_bytes(cache), before);
    lend_back(large);
    assert_int_equal(atomic_load(&parts_freed), 3);
    cache_free(cache);
}

/* A hundred clients and one cold tile. */
struct flight_test {
    struct cache *cache;
    atomic_int made, hits, failed;
    bool fail;
};

static bool make_slowly(void *arg, char **data, size_t *len, struct err *err)
{
    struct flight_test *test = arg;
    const struct timespec slow = {.tv_nsec = 100 * 1000 * 1000};
    atomic_fetch_add(&test->made, 1);
    nanosleep(&slow, NULL);
    if (test->fail)
        return err_set(err, ERR_DEPENDENCY, "no se pudo");
    *data = strdup("tesela");
    *len = 6;
    return *data || err_no_memory(err);
}

static void *ask(void *arg)
{
    struct flight_test *test = arg;
    struct err err = {0};
    bool hit = false;
    const struct cache_entry *entry =
        cache_fetch(test->cache, "t", "1", make_slowly, test, NULL, &hit, &err);
    if (hit)
        atomic_fetch_add(&test->hits, 1);
    if (!entry && strcmp(err.message, "no se pudo") == 0)
        atomic_fetch_add(&test->failed, 1);
    if (entry && strcmp(entry->data, "tesela") != 0)
        return arg;
    cache_return((void *)(uintptr_t)entry);
    return NULL;
}

static void a_cold_entry_is_made_once(void **state)
{
    enum { CLIENTS = 100 };
    (void)state;
    for (int fail = 0; fail < 2; fail++) {
        struct flight_test test = {.cache = cache_new(1 << 20), .fail = fail};
        pthread_t clients[CLIENTS];
        assert_non_null(test.cache);
        for (int i = 0; i < CLIENTS; i++)
            assert_int_equal(pthread_create(&clients[i], NULL, ask, &test), 0);
        for (int i = 0; i < CLIENTS; i++) {
            void *bad = NULL;
            pthread_join(clients[i], &bad);
            assert_null(bad);
        }
        if (fail) { /* a failure is not kept: the next one who asks tries again */
            assert_int_equal(atomic_load(&test.failed), CLIENTS);
            assert_int_equal(atomic_load(&test.made) + atomic_load(&test.hits), CLIENTS);
            assert_int_equal(cache_bytes(test.cache), 0);
        } else {
            assert_int_equal(atomic_load(&test.made), 1);
            assert_int_equal(atomic_load(&test.hits), CLIENTS - 1);
            assert_true(cache_bytes(test.cache) > 0);
        }
        cache_free(test.cache);
    }
}

/* An entry that takes long, and those who ask for it. */
struct long_test {
    struct cache *cache;
    atomic_int made, ended;
    atomic_bool let_go;
};

struct asker {
    struct long_test *test;
    struct budget client, own; /* of the request, and of its answer */
    bool got;
    enum err_kind kind;
};

static void nap(void)
{
    nanosleep(&(const struct timespec){.tv_nsec = 1000000}, NULL);
}

static bool make_long(void *arg, char **data, size_t *len, struct err *err)
{
    struct asker *asker = arg;
    atomic_fetch_add(&asker->test->made, 1);
    while (!atomic_load(&asker->test->let_go)) {
        if (!budget_left(&asker->own, NULL)) {
            atomic_fetch_add(&asker->test->ended, 1);
            return err_set(err, ERR_DEPENDENCY, "una lectura interrumpida");
        }
        nap();
    }
    *data = strdup("figura");
    *len = 6;
    return *data || err_no_memory(err);
}

static void *ask_long(void *arg)
{
    struct asker *asker = arg;
    struct err err = {0};
    bool hit;
    const struct cache_entry *entry =
        cache_fetch(asker->test->cache, "f", "1", make_long, asker, &asker->own, &hit, &err);
    asker->got = entry != NULL;
    asker->kind = err.kind;
    cache_return((void *)(uintptr_t)entry);
    return NULL;
}

static void begin(struct asker *asker, struct long_test *test, pthread_t *thread)
{
    *asker = (struct asker){.test = test};
    budget_start(&asker->client, 0);
    budget_start_for(&asker->own, &asker->client, 0);
    assert_int_equal(pthread_create(thread, NULL, ask_long, asker), 0);
}

static bool comes_to(const atomic_int *count, int wanted)
{
    for (int i = 0; i < 10000 && atomic_load(count) != wanted; i++)
        nap();
    return atomic_load(count) == wanted;
}

static void work_goes_on_while_a_client_waits(void **state)
{
    (void)state;
    struct long_test test = {.cache = cache_new(1 << 20)};
    struct asker first, second, third;
    pthread_t threads[3];
    begin(&first, &test, &threads[0]);
    assert_true(comes_to(&test.made, 1));
    begin(&second, &test, &threads[1]);
    begin(&third, &test, &threads[2]);
    for (int i = 0; i < 10000 && atomic_load(&first.own.others) < 2; i++)
        nap();
    budget_cancel(&first.client); /* the first one who asked hangs up: the others still wait */
    budget_cancel(&third.client); /* and one of these */
    pthread_join(threads[2], NULL);
    assert_false(third.got);
    assert_int_equal(third.kind, ERR_CANCELLED);
    for (int i = 0; i < 50; i++)
        nap();
    assert_int_equal(atomic_load(&test.ended), 0);
    atomic_store(&test.let_go, true);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    assert_true(second.got);
    assert_int_equal(atomic_load(&test.made), 1);
    cache_free(test.cache);
}

static void work_without_clients_ends_and_is_not_kept(void **state)
{
    (void)state;
    struct long_test test = {.cache = cache_new(1 << 20)};
    struct asker first, second;
    pthread_t threads[2];
    begin(&first, &test, &threads[0]);
    assert_true(comes_to(&test.made, 1));
    begin(&second, &test, &threads[1]);
    for (int i = 0; i < 10000 && atomic_load(&first.own.others) < 1; i++)
        nap();
    budget_cancel(&first.client);
    budget_cancel(&second.client);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    assert_false(first.got || second.got);
    assert_int_equal(first.kind, ERR_CANCELLED); /* not the result of the read */
    assert_int_equal(second.kind, ERR_CANCELLED);
    assert_int_equal(cache_bytes(test.cache), 0);
    begin(&first, &test, &threads[0]); /* the next one who asks has it made */
    atomic_store(&test.let_go, true);
    pthread_join(threads[0], NULL);
    assert_true(first.got);
    assert_int_equal(atomic_load(&test.made), 2);
    cache_free(test.cache);
}

/* One client hangs up as another arrives, many times: the one who stays is always answered. */
static void a_client_that_joins_as_another_leaves_is_answered(void **state)
{
    (void)state;
    for (int round = 0; round < 200; round++) {
        struct long_test test = {.cache = cache_new(1 << 20)};
        struct asker first, second;
        pthread_t threads[2];
        begin(&first, &test, &threads[0]);
        assert_true(comes_to(&test.made, 1));
        begin(&second, &test, &threads[1]);
        budget_cancel(&first.client);
        if (round % 2)
            nap();
        atomic_store(&test.let_go, true);
        pthread_join(threads[0], NULL);
        pthread_join(threads[1], NULL);
        assert_true(second.got);
        cache_free(test.cache);
    }
}

static const struct cache_entry *put_version(struct cache *cache, const char *version, char fill)
{
    char *data = malloc(10);
    memset(data, fill, 10);
    return cache_put(cache, "a", version, data, 10);
}

static bool is_two(const void *arg, const char *version)
{
    return strcmp(version, arg) == 0;
}

static void an_entry_of_another_version_is_not_found(void **state)
{
    (void)state;
    struct cache *cache = cache_new(1 << 20);
    const struct cache_entry *first = put_version(cache, "1", 'x');
    assert_null(cache_get(cache, "a", "2"));
    const struct cache_entry *second = put_version(cache, "2", 'y'); /* takes its place */
    assert_null(cache_get(cache, "a", "1"));
    assert_int_equal(first->data[0], 'x'); /* still lent */
    const struct cache_entry *found = cache_get(cache, "a", "2");
    assert_ptr_equal(found, second);
    lend_back(first);
    lend_back(second);
    lend_back(found);
    lend_back(put(cache, "b", 10, 'z')); /* of version 1 */
    size_t before = cache_bytes(cache);
    cache_prune(cache, is_two, "2");
    assert_true(cache_bytes(cache) < before);
    assert_null(cache_get(cache, "b", "1"));
    found = cache_get(cache, "a", "2");
    assert_non_null(found);
    lend_back(found);
    cache_prune(cache, is_two, "3");
    assert_int_equal(cache_bytes(cache), 0);
    cache_free(cache);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_entry_of_another_version_is_not_found),
        cmocka_unit_test(a_kept_entry_is_lent),
        cmocka_unit_test(a_large_entry_is_shared_while_lent),
        cmocka_unit_test(the_least_used_goes_first),
        cmocka_unit_test(many_threads_share_it),
        cmocka_unit_test(parts_are_kept_with_their_entry),
        cmocka_unit_test(a_cold_entry_is_made_once),
        cmocka_unit_test(work_goes_on_while_a_client_waits),
        cmocka_unit_test(work_without_clients_ends_and_is_not_kept),
        cmocka_unit_test(a_client_that_joins_as_another_leaves_is_answered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Cases for server/cache: what is kept, what goes, and who frees it. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "server/cache.h"

static const struct cache_entry *put(struct cache *cache, const char *key, size_t len, char fill)
{
    char *data = malloc(len + 1);
    assert_non_null(data);
    memset(data, fill, len);
    data[len] = '\0';
    return cache_put(cache, key, data, len);
}

static void lend_back(const struct cache_entry *entry)
{
    cache_return((void *)(uintptr_t)entry);
}

static void what_was_put_is_lent(void **state)
{
    (void)state;
    struct cache *cache = cache_new(1 << 20);
    assert_null(cache_get(cache, "a"));
    lend_back(put(cache, "a", 3, 'x'));
    const struct cache_entry *entry = cache_get(cache, "a");
    assert_string_equal(entry->data, "xxx");
    assert_int_equal(entry->len, 3);
    const struct cache_entry *again = put(cache, "a", 5, 'y'); /* the first stays */
    assert_ptr_equal(again, entry);
    cache_free(cache);
    assert_string_equal(entry->data, "xxx"); /* lent: outlives the cache */
    lend_back(entry);
    lend_back(again);
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
        lend_back(cache_get(cache, "kept"));
    }
    int left = 0;
    for (int i = 0; i < 4000; i++) {
        snprintf(key, sizeof key, "tile/%d", i);
        const struct cache_entry *entry = cache_get(cache, key);
        left += entry != NULL;
        lend_back(entry);
    }
    assert_in_range(left, 400, 8 * 100); /* full, and never fuller than allowed */
    assert_null(cache_get(cache, "tile/0"));
    const struct cache_entry *kept = cache_get(cache, "kept");
    assert_non_null(kept);
    lend_back(kept);
    const struct cache_entry *large = put(cache, "large", 90 * 1024, 'l'); /* over half a shard */
    assert_int_equal(large->len, 90 * 1024);
    lend_back(large);
    assert_null(cache_get(cache, "large"));
    cache_free(cache);
}

static void *work(void *arg)
{
    char key[32];
    for (int i = 0; i < 20000; i++) {
        snprintf(key, sizeof key, "%d", i * 7 % 300);
        const struct cache_entry *entry = cache_get(arg, key);
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
    struct cache *cache = cache_new(8 * 10 * 1024); /* small: entries go all the time */
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_put_is_lent),
        cmocka_unit_test(the_least_used_goes_first),
        cmocka_unit_test(many_threads_share_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

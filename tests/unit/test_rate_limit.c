/* test_rate_limit.c - tests of server/http/rate_limit and client_key.
 * What a client has left, and which client an address belongs to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "server/http/client_key.h"
#include "server/http/rate_limit.h"

#define MS INT64_C(1000000)
#define S (1000 * MS)

static void addresses_are_clients(void **state)
{
    static const struct {
        const char *a, *b;
        bool same;
    } cases[] = {
        {"192.0.2.7", "192.0.2.7", true},
        {"192.0.2.7", "192.0.2.8", false},
        {"192.0.2.7", "::ffff:192.0.2.7", true},
        {"2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true}, /* one /64 */
        {"2001:db8:1:2::1", "2001:db8:1:3::1", false},
        {"::1", "127.0.0.1", false},
        {"-", "nada", true},
        {"-", "192.0.2.7", false},
        {"0.0.0.0", "::", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct client_key a = client_key_of(cases[i].a), b = client_key_of(cases[i].b);
        if ((memcmp(&a, &b, sizeof a) == 0) != cases[i].same)
            fail_msg("%s and %s", cases[i].a, cases[i].b);
    }
    const struct client_key nobody = client_key_of(NULL), dash = client_key_of("-");
    assert_memory_equal(&nobody, &dash, sizeof dash);
}

static void what_is_taken_comes_back(void **state)
{
    (void)state;
    unsigned retry = 0;
    int64_t now = 5 * S;
    struct rate_limit *limit = rate_limit_new(100); /* a tenth of a processor: 4 s at once */
    const char *who = "192.0.2.7";
    assert_non_null(limit);
    assert_true(rate_limit_allows_at(limit, who, RATE_FIGURES, now, &retry));
    rate_limit_take_at(limit, who, RATE_FIGURES, now, 3 * S);
    assert_true(rate_limit_allows_at(limit, who, RATE_FIGURES, now, &retry));
    rate_limit_take_at(limit, who, RATE_FIGURES, now, 3 * S); /* 2 s too much: 20 s of waiting */
    assert_false(rate_limit_allows_at(limit, who, RATE_FIGURES, now, &retry));
    assert_in_range(retry, 20, 21);
    assert_false(rate_limit_allows_at(limit, who, RATE_FIGURES, now + 19 * S, &retry));
    assert_in_range(retry, 1, 2);
    assert_true(rate_limit_allows_at(limit, who, RATE_FIGURES, now + 21 * S, &retry));
    /* Neither another kind of request nor another client is affected. */
    assert_true(rate_limit_allows_at(limit, who, RATE_REST, now, &retry));
    assert_true(rate_limit_allows_at(limit, "192.0.2.8", RATE_FIGURES, now, &retry));
    /* After an hour a client has no more than after forty seconds. */
    now += 3600 * S;
    rate_limit_take_at(limit, who, RATE_FIGURES, now, 4 * S + MS);
    assert_false(rate_limit_allows_at(limit, who, RATE_FIGURES, now, &retry));
    /* For other requests: four times as much. */
    rate_limit_take_at(limit, who, RATE_REST, now, 16 * S - MS);
    assert_true(rate_limit_allows_at(limit, who, RATE_REST, now, &retry));
    rate_limit_take_at(limit, who, RATE_REST, now, 2 * MS);
    assert_false(rate_limit_allows_at(limit, who, RATE_REST, now, &retry));
    assert_int_equal(retry, 1);
    rate_limit_free(limit);
}

static void a_household_is_one_client(void **state)
{
    (void)state;
    unsigned retry = 0;
    struct rate_limit *limit = rate_limit_new(1);
    rate_limit_take_at(limit, "2001:db8::1", RATE_FIGURES, 0, S);
    assert_false(rate_limit_allows_at(limit, "2001:db8::2", RATE_FIGURES, 0, &retry));
    assert_true(rate_limit_allows_at(limit, "2001:db8:0:1::1", RATE_FIGURES, 0, &retry));
    assert_int_equal(rate_limit_clients(limit), 1);
    rate_limit_free(limit);
}

/* The table is bounded for any number of clients; clients without debt are dropped before
 * those with one. */
static void full_ones_go_first(void **state)
{
    (void)state;
    unsigned retry = 0;
    char who[32];
    struct rate_limit *limit = rate_limit_new(100);
    rate_limit_take_at(limit, "198.51.100.1", RATE_FIGURES, 0, 100 * S); /* in debt for long */
    for (int i = 0; i < 3 * RATE_LIMIT_CLIENTS; i++) {
        snprintf(who, sizeof who, "10.%d.%d.1", i / 256, i % 256);
        rate_limit_take_at(limit, who, RATE_REST, i * MS * 10,
                           MS); /* has its full share again soon */
        assert_in_range(rate_limit_clients(limit), 1, RATE_LIMIT_CLIENTS);
    }
    assert_false(rate_limit_allows_at(limit, "198.51.100.1", RATE_FIGURES, 0, &retry));
    rate_limit_free(limit);
}

static void no_limit_allows_all(void **state)
{
    (void)state;
    unsigned retry = 0;
    rate_limit_take(NULL, "192.0.2.7", RATE_FIGURES, 1000 * S);
    assert_true(rate_limit_allows(NULL, "192.0.2.7", RATE_FIGURES, &retry));
    assert_int_equal(rate_limit_clients(NULL), 0);
    rate_limit_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_are_clients),     cmocka_unit_test(what_is_taken_comes_back),
        cmocka_unit_test(a_household_is_one_client), cmocka_unit_test(full_ones_go_first),
        cmocka_unit_test(no_limit_allows_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

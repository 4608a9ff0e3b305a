/* test_request.c - tests of server/request/request.
 * Targets, parameters, the headers Host and Accept. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "server/request/request.h"

static int make_arena(void **state)
{
    *state = arena_new();
    return *state ? 0 : -1;
}

static int free_arena(void **state)
{
    arena_free(*state);
    return 0;
}

static void targets_are_taken_apart(void **state)
{
    static const struct {
        const char *name, *raw;
        size_t n_segments;
        const char *last; /* segment */
        size_t n_pairs;
        const char *pair; /* last one, "name=value" decoded */
    } cases[] = {
        {"root", "/", 0, NULL, 0, NULL},
        {"one segment", "/health", 1, "health", 0, NULL},
        {"trailing slash is an empty segment", "/health/", 2, "", 0, NULL},
        {"empty segment", "/a//b", 3, "b", 0, NULL},
        {"percent in a segment does not part it", "/items/a%2Fb", 2, "a/b", 0, NULL},
        {"accents", "/items/Potos%C3%AD", 2, "Potosí", 0, NULL},
        {"plus stays in a path", "/a+b", 1, "a+b", 0, NULL},
        {"query", "/x?a=1&b=2", 1, "x", 2, "b=2"},
        {"plus is a blank in a query", "/x?q=San+Pedro", 1, "x", 1, "q=San Pedro"},
        {"no value", "/x?a", 1, "x", 1, "a="},
        {"value with an equals sign", "/x?a=b=c", 1, "x", 1, "a=b=c"},
        {"empty pairs do not count", "/x?&&a=1&", 1, "x", 1, "a=1"},
        {"question mark in a query", "/x?a=?", 1, "x", 1, "a=?"},
        {"absolute form", "http://h.bo/x?a=1", 1, "x", 1, "a=1"},
        {"absolute form without a path", "http://h.bo", 0, NULL, 0, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct target target;
        struct err err = {0};
        print_message("%s\n", cases[i].name);
        assert_true(request_parse_target(*state, cases[i].raw, &target, &err));
        assert_int_equal(target.n_segments, cases[i].n_segments);
        if (cases[i].last)
            assert_string_equal(target.segments[target.n_segments - 1], cases[i].last);
        assert_int_equal(target.n_pairs, cases[i].n_pairs);
        if (cases[i].pair) {
            const size_t last = target.n_pairs - 1;
            assert_string_equal(
                arena_printf(*state, "%s=%s", target.pairs[last].name, target.pairs[last].value),
                cases[i].pair);
        }
    }
}

static void bad_targets_are_refused(void **state)
{
    static const char *const cases[] = {
        "",         "x",
        "*",        "http://h.bo?x",
        "/%",       "/%2",
        "/%zz",     "/%00",
        "/a%0Ab",   "/%ff",
        "/?a=%",    "/?a=%C3",
        "/?%0a=1",  "/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q",
        "/?a=\x01", "/\xC3",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct target target;
        struct err err = {0};
        print_message("«%s»\n", cases[i]);
        assert_false(request_parse_target(*state, cases[i], &target, &err));
        assert_int_equal(err.kind, ERR_INPUT);
        assert_true(err.message[0]);
    }
}

static const struct param params[] = {
    {.name = "f", .kind = PARAM_CHOICE, .choices = (const char *const[]){"json", "csv", NULL}},
    {.name = "limit", .kind = PARAM_INT, .min = 1, .max = 100, .fallback = "10", .clamp = true},
    {.name = "page", .kind = PARAM_INT, .min = 0, .max = 9},
    {.name = "as-of", .kind = PARAM_DATE},
    {.name = "bbox", .kind = PARAM_BOX},
    {.name = "v", .kind = PARAM_TEXT},
    {0},
};
enum { P_F, P_LIMIT, P_PAGE, P_AS_OF, P_BBOX, P_V };

static bool parse(struct arena *arena, const char *raw, const struct param *list,
                  struct param_value *values, struct err *err)
{
    struct target target;
    return request_parse_target(arena, raw, &target, err) &&
           request_parse_params(&target, list, values, err);
}

static void parameters_become_values(void **state)
{
    struct param_value values[PARAMS_MAX];
    struct err err = {0};
    assert_true(parse(*state, "/x", params, values, &err));
    assert_int_equal(values[P_LIMIT].integer, 10);
    assert_false(values[P_LIMIT].given);
    assert_null(values[P_F].text);
    assert_true(parse(*state,
                      "/x?f=csv&limit=5000&page=9&as-of=2022-06-30&bbox=-69.5,-20,-60,-10.25&v=a",
                      params, values, &err));
    assert_string_equal(values[P_F].text, "csv");
    assert_int_equal(values[P_LIMIT].integer, 100); /* clamped */
    assert_int_equal(values[P_PAGE].integer, 9);
    assert_string_equal(values[P_AS_OF].text, "2022-06-30");
    assert_true(values[P_BBOX].box.min_x == -69.5 && values[P_BBOX].box.max_y == -10.25);
    assert_true(parse(*state, "/x?bbox=-69,-20,0,-60,-10,4000", params, values, &err));
    assert_true(values[P_BBOX].box.max_x == -60 && values[P_BBOX].box.max_y == -10);
    assert_true(parse(*state, "/x?bbox=-65%2C-17%2C-65%2C-17", params, values, &err));
    /* West greater than east: the box crosses 180° (OGC API Features 7.15.3). */
    assert_true(parse(*state, "/x?bbox=170,-30,-170,30", params, values, &err));
    assert_true(values[P_BBOX].box.min_x == 170 && values[P_BBOX].box.max_x == -170);
    assert_true(parse(*state, "/x?bbox=-60,-23,0,-70,-9,4000", params, values, &err));
    assert_true(values[P_BBOX].box.min_x == -60 && values[P_BBOX].box.max_x == -70);
}

static void bad_parameters_are_named_with_what_is_accepted(void **state)
{
    static const struct {
        const char *raw, *parts[3]; /* each stands in the message */
    } cases[] = {
        {"/x?foo=bar", {"«foo»", "«bar»", "f, limit, page, as-of, bbox, v"}},
        {"/x?F=json", {"«F»", "«json»", "f, limit"}},
        {"/x?f=json&f=json", {"«f»", "repetido", "una sola vez"}},
        {"/x?f=xml", {"«f»", "«xml»", "json, csv"}},
        {"/x?f=", {"«f»", "«»", "json, csv"}},
        {"/x?limit=0", {"«limit»", "«0»", "un entero de 1 a 100"}},
        {"/x?limit=ten", {"«limit»", "«ten»", "un entero de 1 a 100"}},
        {"/x?limit=99999999999999999999", {"«limit»", "un entero", NULL}},
        {"/x?page=10", {"«page»", "«10»", "un entero de 0 a 9"}},
        {"/x?page=-1", {"«page»", "«-1»", "un entero de 0 a 9"}},
        {"/x?as-of=2022-02-30", {"«as-of»", "«2022-02-30»", "AAAA-MM-DD"}},
        {"/x?bbox=1,2,3", {"«bbox»", "«1,2,3»", "oeste,sur,este,norte"}},
        {"/x?bbox=1,2,3,4,5", {"«bbox»", NULL, "oeste,sur,este,norte"}},
        {"/x?bbox=1,2,3,4,5,6,7", {"«bbox»", NULL, NULL}},
        {"/x?bbox=-69,-10,-60,-20", {"«bbox»", "sur ≤ norte", NULL}},
        {"/x?bbox=181,-20,-60,-10", {"«bbox»", "oeste > este cruza los 180°", NULL}},
        {"/x?bbox=-60,-20,-181,-10", {"«bbox»", "-180 a 180", NULL}},
        {"/x?bbox=-69,-91,-60,-10", {"«bbox»", "-90 a 90", NULL}},
        {"/x?bbox=a,b,c,d", {"«bbox»", "«a,b,c,d»", NULL}},
        {"/x?bbox=nan,0,1,1", {"«bbox»", NULL, NULL}},
        {"/x?bbox=", {"«bbox»", NULL, NULL}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct param_value values[PARAMS_MAX];
        struct err err = {0};
        print_message("%s\n", cases[i].raw);
        assert_false(parse(*state, cases[i].raw, params, values, &err));
        assert_int_equal(err.kind, ERR_INPUT);
        err_show_field(&err, "parámetro «", "»");
        for (size_t p = 0; p < 3; p++)
            if (cases[i].parts[p])
                assert_non_null(strstr(err.message, cases[i].parts[p]));
    }
    struct param_value values[PARAMS_MAX];
    struct err err = {0};
    assert_false(parse(*state, "/x?a=1", NULL, values, &err));
    assert_non_null(strstr(err.message, "ninguno"));
}

static void qualities_are_read_as_rfc_9110_says(void **state)
{
    static const struct {
        const char *header, *token;
        double quality;
    } cases[] = {
        {NULL, "text/html", 1},
        {"", "text/html", 0},
        {"text/html", "text/html", 1},
        {"text/html, application/json;q=0.5", "application/json", 0.5},
        {"*/*;q=0.1, application/json", "application/json", 1},
        {"application/json;q=0.3, */*;q=0.9", "application/json", 0.3},
        {"text/*;q=0.4", "text/csv", 0.4},
        {"text/*;q=0.4", "image/png", 0},
        {"TEXT/HTML ; level=1 ; Q=0.7", "text/html", 0.7},
        {"gzip, br", "gzip", 1},
        {"gzip;q=0, *", "gzip", 0},
        {"deflate, *;q=0.5", "gzip", 0.5},
        {"identity", "gzip", 0},
        {"gzip;q=", "gzip", 1},
        {"gzip;q=7", "gzip", 1},
        {",,, ;;;q=1", "gzip", 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        print_message("%s\n", cases[i].header ? cases[i].header : "(none)");
        assert_true(request_quality(cases[i].header, cases[i].token) == cases[i].quality);
    }
}

static void a_tile_has_one_address(void **state)
{
    static const struct {
        const char *text;
        int64_t value;
    } good[] = {{"0", 0}, {"7", 7}, {"10", 10}, {"1099511627776", INT64_C(1) << 40}};
    static const char *const bad[] = {"",    "+39", "-0",  "-1",    "07",  "00",
                                      "1.0", " 1",  "0x1", "1e3",   "٣",   "1099511627777",
                                      "1_0", "1 ",  "{z}", "1/2\n", "NaN", "99999999999999999999"};
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct err err = {0};
        int64_t value = -1;
        assert_true(request_parse_index("z", good[i].text, &value, &err));
        assert_int_equal(value, good[i].value);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct err err = {0};
        int64_t value = -1;
        print_message("«%s»\n", bad[i]);
        assert_false(request_parse_index("x", bad[i], &value, &err));
        assert_int_equal(err.kind, ERR_INPUT);
        assert_non_null(strstr(err.message, "«x»"));
        assert_int_equal(value, -1);
    }
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, make_arena, free_arena)
    const struct CMUnitTest tests[] = {
        CASE(targets_are_taken_apart),  CASE(bad_targets_are_refused),
        CASE(parameters_become_values), CASE(bad_parameters_are_named_with_what_is_accepted),
        CASE(a_tile_has_one_address),   CASE(qualities_are_read_as_rfc_9110_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

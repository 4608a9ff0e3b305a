/* test_routes.c - tests that every route is reached and described in /api. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "server/api/pages.h"
#include "server/routes.h"

/* The pattern as a request's path: each {name} is replaced by "7". */
static void fill(const char *pattern, char *out, size_t size)
{
    size_t n = 0;
    while (*pattern && n + 2 < size) {
        if (*pattern == '{') {
            out[n++] = '7';
            pattern = strchr(pattern, '}') + 1;
        } else {
            out[n++] = *pattern++;
        }
    }
    out[n] = '\0';
}

static const struct route *match(struct arena *arena, const char *method, const char *raw,
                                 struct route_values *values, char *allow)
{
    struct target target;
    struct err err = {0};
    assert_true(request_parse_target(arena, raw, &target, &err));
    return route_match(routes(), method, &target, arena, values, allow);
}

static void every_route_is_reached(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    for (const struct route *route = routes(); route->method; route++) {
        char raw[128], allow[ROUTE_ALLOW_MAX];
        struct route_values values;
        fill(route->pattern, raw, sizeof raw);
        print_message("%s %s\n", route->method, raw);
        assert_ptr_equal(match(arena, route->method, raw, &values, allow), route);
        for (size_t i = 0; i < values.n; i++)
            assert_string_equal(values.list[i].value, "7");
        assert_null(match(arena, "PURGE", raw, &values, allow));
        assert_non_null(strstr(allow, route->method));
        assert_non_null(strstr(allow, "OPTIONS"));
    }
    arena_free(arena);
}

static void what_is_no_route_is_told_apart(void **state)
{
    static const struct {
        const char *method, *raw, *allow; /* "" for an unknown path */
    } cases[] = {
        {"GET", "/nada", ""},
        {"GET", "/health/", ""},
        {"GET", "//health", ""},
        {"GET", "/collections//items", ""},
        {"GET", "/tiles/cobertura/1/2/3.jpg", ""},
        {"GET", "/tiles/cobertura/1/2/.png", ""},
        {"GET", "/tiles/cobertura/1/2", ""},
        {"GET", "/Health", ""},
        {"POST", "/health", "GET, HEAD, OPTIONS"},
        {"DELETE", "/collections/a/items/b", "GET, HEAD, OPTIONS"},
        {"OPTIONS", "/coverage", "GET, HEAD, OPTIONS"},
    };
    (void)state;
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct route_values values;
        char allow[ROUTE_ALLOW_MAX];
        print_message("%s %s\n", cases[i].method, cases[i].raw);
        assert_null(match(arena, cases[i].method, cases[i].raw, &values, allow));
        assert_string_equal(allow, cases[i].allow);
    }
    arena_free(arena);
}

static void suffixes_choose_the_row(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct route_values values;
    char allow[ROUTE_ALLOW_MAX];
    const struct route *plain = match(arena, "GET", "/tiles/riego/5/9/17.png", &values, allow);
    assert_string_equal(plain->pattern, "/tiles/{style}/{z}/{x}/{y}.png");
    assert_string_equal(values.list[0].value, "riego");
    assert_string_equal(values.list[3].value, "17");
    const struct route *twice = match(arena, "GET", "/tiles/riego/5/9/17@2x.png", &values, allow);
    assert_string_equal(twice->pattern, "/tiles/{style}/{z}/{x}/{y}@2x.png");
    assert_string_equal(values.list[3].value, "17");
    const struct route *item = match(arena, "GET", "/collections/a/items/x%2Fy", &values, allow);
    assert_string_equal(item->pattern, "/collections/{layer}/items/{id}");
    assert_string_equal(values.list[1].value, "x/y");
    arena_free(arena);
}

static bool described(json_t *parameters, const char *where, const char *name, size_t len)
{
    size_t i;
    json_t *one;
    json_array_foreach(parameters, i, one)
    {
        const char *found = json_string_value(json_object_get(one, "name"));
        if (strcmp(json_string_value(json_object_get(one, "in")), where) == 0 &&
            strlen(found) == len && memcmp(found, name, len) == 0)
            return true;
    }
    return false;
}

static size_t check_path_names(const char *pattern, json_t *parameters)
{
    size_t n = 0;
    for (const char *open = strchr(pattern, '{'); open; open = strchr(open + 1, '{'), n++) {
        size_t len = strcspn(open + 1, "}");
        if (!described(parameters, "path", open + 1, len))
            fail_msg("/api: %s: path parameter %.*s is not described", pattern, (int)len, open + 1);
    }
    return n;
}

static void check_limits(const struct param *param, const char *pattern, json_t *parameters)
{
    size_t i;
    json_t *one;
    json_array_foreach(parameters, i, one)
    {
        if (strcmp(json_string_value(json_object_get(one, "name")), param->name) != 0)
            continue;
        json_t *schema = json_object_get(one, "schema");
        if (param->kind == PARAM_INT && param->max > 0) {
            assert_int_equal(json_integer_value(json_object_get(schema, "minimum")),
                             (json_int_t)param->min);
            assert_int_equal(json_integer_value(json_object_get(schema, "maximum")),
                             (json_int_t)param_max(param, true));
            if (param->fallback)
                assert_int_equal(json_integer_value(json_object_get(schema, "default")),
                                 atoi(param->fallback));
        }
        json_t *choices = json_object_get(schema, "enum");
        const char *const *accepted = param_choices(param);
        for (size_t c = 0; accepted && accepted[c]; c++) {
            const char *choice = json_string_value(json_array_get(choices, c));
            if (!choice || strcmp(choice, accepted[c]) != 0)
                fail_msg("/api: %s: %s: choice %s", pattern, param->name, accepted[c]);
        }
        if (accepted)
            assert_null(accepted[json_array_size(choices)]);
    }
}

static void every_route_is_described(void **state)
{
    (void)state;
    size_t n = 0;
    struct buf text;
    struct err err = {0};
    json_error_t why;
    buf_init(&text);
    if (!pages_put_openapi("", &text, &err))
        fail_msg("/api: %s", err.message);
    json_t *api = json_loadb(text.data, text.len, JSON_REJECT_DUPLICATES, &why);
    if (!api)
        fail_msg("/api: line %d: %s", why.line, why.text);
    json_t *ids = json_object();
    json_t *paths = json_object_get(api, "paths");
    for (const struct route *route = routes(); route->method; route++, n++) {
        json_t *get = json_object_get(json_object_get(paths, route->pattern), "get");
        if (strcmp(route->method, "GET") != 0 || !get)
            fail_msg("/api has no entry for %s %s", route->method, route->pattern);
        const char *id = json_string_value(json_object_get(get, "operationId"));
        if (!id || json_object_get(ids, id))
            fail_msg("/api: %s: the operationId %s is missing or not its own", route->pattern, id);
        json_object_set_new(ids, id, json_true());
        if (!json_object_get(json_object_get(get, "responses"), "503"))
            fail_msg("/api: %s can be answered 503, and does not say so", route->pattern);
        json_t *parameters = json_object_get(get, "parameters");
        size_t expected = check_path_names(route->pattern, parameters);
        for (const struct param *param = route->params; param && param->name; param++) {
            expected++;
            if (!described(parameters, "query", param->name, strlen(param->name)))
                fail_msg("/api: %s: %s is not described", route->pattern, param->name);
            check_limits(param, route->pattern, parameters);
        }
        if (json_array_size(parameters) != expected)
            fail_msg("/api: %s describes parameters that are not accepted", route->pattern);
    }
    assert_int_equal(json_object_size(paths), n);
    json_decref(ids);
    json_decref(api);
    buf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_route_is_reached),
        cmocka_unit_test(what_is_no_route_is_told_apart),
        cmocka_unit_test(suffixes_choose_the_row),
        cmocka_unit_test(every_route_is_described),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* fuzz_figures.c - the parameters of figures, as a request has them.
 * Through the route's list and the figure itself on a small country: weights, facts, errors,
 * dates, lists, numbers, filters. What is wrong is said in UTF-8 as the caller's mistake; a
 * figure has 20 ms, after which it must end. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/budget.h"
#include "geo/base/text.h"
#include "server/figures/figure_http.h"
#include "server/routes.h"
#include "tests/unit/country.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LIMIT_MS = 20, DRAWS_MAX = 64 };

static void check_result(const struct figure_result *result)
{
    struct buf out;
    buf_init(&out);
    buf_append(&out, &result->head);
    buf_append(&out, &result->note);
    buf_append(&out, &result->text);
    if (result->rows) {
        rows_write(result->rows, ROWS_JSON, &out);
        rows_write(result->rows, ROWS_CSV_EXCEL, &out);
    }
    if (out.len && !text_is_utf8(out.data, out.len))
        abort();
    buf_free(&out);
}

/* Fewer draws than asked for: the parsing of weights and errors is what is tried. */
static void make_cheap(struct figure_args *args)
{
    for (size_t i = 0; args->figure->params[i].name; i++)
        if (strcmp(args->figure->params[i].name, "draws") == 0)
            args->values[i].integer = args->values[i].integer % DRAWS_MAX + 1;
}

static void compute(struct geo_store *store, struct figure_args *args)
{
    struct err err = {0};
    struct budget budget;
    struct figure_result result;
    make_cheap(args);
    budget_start(&budget, LIMIT_MS);
    geo_store_bound(store, &budget);
    bool made = figure_make(args, store, &result, &err);
    geo_store_bound(store, NULL);
    if (made) {
        check_result(&result);
        figure_result_free(&result);
        return;
    }
    if (!text_is_utf8(err.message, strlen(err.message)))
        abort();
    /* Errors are the caller's or "not found"; any other needs a spent budget. */
    if (err.kind == ERR_NONE || (err.kind != ERR_INPUT && err.kind != ERR_USAGE &&
                                 err.kind != ERR_NOT_FOUND && budget_left(&budget, NULL)))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct country *country; /* lives as long as the fuzzer */
    struct route_values path;
    struct param_value values[PARAMS_MAX];
    struct target target;
    struct figure_args args;
    struct err err = {0};
    char allow[ROUTE_ALLOW_MAX];
    if (!country)
        country = country_new();
    struct arena *arena = arena_new();
    char *request = arena ? arena_strndup(arena, (const char *)data, size) : NULL;
    if (!request)
        abort();
    if (request_parse_target(arena, request, &target, &err)) {
        const struct route *route = route_match(routes(), "GET", &target, arena, &path, allow);
        if (route && route->handler == figure_http_get &&
            request_parse_params(&target, route->params, values, &err) &&
            figure_http_args(route, values, &args, &err))
            compute(country->store, &args);
    }
    arena_free(arena);
    return 0;
}

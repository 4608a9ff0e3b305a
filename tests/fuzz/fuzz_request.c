/* A request's target through the parser, the route table and the parameters of
 * the route; then the same bytes as Host and Accept headers. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/text.h"
#include "server/request.h"
#include "server/routes.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    char *text = arena ? arena_strndup(arena, (const char *)data, size) : NULL;
    struct err err = {0};
    struct target target;
    if (!text)
        abort();
    if (request_parse_target(arena, text, &target, &err)) {
        struct route_values values;
        struct param_value params[PARAMS_MAX];
        char allow[ROUTE_ALLOW_MAX];
        const struct route *route = routes_match("GET", &target, arena, &values, allow);
        for (size_t i = 0; i < target.n_segments; i++)
            if (!text_is_utf8(target.segments[i], strlen(target.segments[i])))
                abort();
        if (route && !request_parse_params(&target, route->params, params, &err) &&
            err.kind != ERR_INPUT)
            abort();
    } else if (err.kind != ERR_INPUT) {
        abort();
    }
    if (err.kind != ERR_NONE && !text_is_utf8(err.message, strlen(err.message)))
        abort();
    double quality = request_quality(text, "text/html") + request_quality(text, "gzip");
    if (quality < 0 || quality > 2)
        abort();
    if (request_host_ok(text) && strpbrk(text, "\"<>&' /\\\r\n"))
        abort();
    arena_free(arena);
    return 0;
}

/* fuzz_request.c - any bytes as a request's target.
 * They go through the parser, the route table and the route's parameters; then they are read
 * as the headers Host, Accept, Accept- Encoding and Range. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/text.h"
#include "server/http/content_coding.h"
#include "server/http/http_head.h"
#include "server/http/range.h"
#include "server/request/request.h"
#include "server/routes.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Parses the headers that decide the answer's form. */
static void check_range(const char *text, uint64_t size)
{
    uint64_t first = 7, last = 3;
    enum range range = range_parse(text, size, &first, &last);
    if (range == RANGE_PART ? first > last || last >= size : first != 7 || last != 3)
        abort();
}

static void check_coding(const char *text)
{
    for (int effort = CODING_CACHED; effort <= CODING_ONCE; effort++) {
        enum content_coding coding =
            content_coding_choose(text, (enum content_coding_effort)effort);
        if (coding < CODING_NONE || coding >= CODING_N)
            abort();
        /* The chosen type is in the header, by name or as "*". */
        if (coding != CODING_NONE && !strchr(text, '*') &&
            !strcasestr(text, content_coding_name(coding)))
            abort();
    }
}

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
        const struct route *route = route_match(routes(), "GET", &target, arena, &values, allow);
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
    if (http_head_host_ok(text) && strpbrk(text, "\"<>&' /\\\r\n"))
        abort();
    const uint64_t sizes[] = {0, 1, 1000, UINT64_MAX};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        check_range(text, sizes[i]);
    check_coding(text);
    arena_free(arena);
    return 0;
}

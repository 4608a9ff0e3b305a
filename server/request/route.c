/* route.c - finds the row of the route table for a request. */
#include "server/request/route.h"

#include <stdio.h>
#include <string.h>

/* Matches a segment with "literal", "{name}" or "{name}suffix". */
static bool match_segment(const char *pattern, size_t len, const char *segment, struct arena *arena,
                          struct route_values *values)
{
    if (pattern[0] != '{')
        return strlen(segment) == len && memcmp(segment, pattern, len) == 0;
    const char *close = memchr(pattern, '}', len);
    size_t suffix_len = len - (size_t)(close + 1 - pattern);
    size_t segment_len = strlen(segment);
    if (segment_len <= suffix_len ||
        memcmp(segment + segment_len - suffix_len, close + 1, suffix_len) != 0)
        return false;
    const char *value = arena_strndup(arena, segment, segment_len - suffix_len);
    if (!value || values->n == ROUTE_VALUES_MAX)
        return false;
    values->list[values->n].name = pattern + 1;
    values->list[values->n].name_len = (size_t)(close - pattern - 1);
    values->list[values->n++].value = value;
    return true;
}

static bool match_pattern(const char *pattern, const struct target *target, struct arena *arena,
                          struct route_values *values)
{
    values->n = 0;
    size_t n = 0;
    for (const char *at = pattern + 1; *at; n++) {
        size_t len = strcspn(at, "/");
        if (n == target->n_segments || !match_segment(at, len, target->segments[n], arena, values))
            return false;
        at += len + (at[len] == '/');
    }
    return n == target->n_segments;
}

const struct route *route_match(const struct route *routes, const char *method,
                                const struct target *target, struct arena *arena,
                                struct route_values *values, char allow[ROUTE_ALLOW_MAX])
{
    allow[0] = '\0';
    for (const struct route *route = routes; route->method; route++) {
        if (!match_pattern(route->pattern, target, arena, values))
            continue;
        if (strcmp(route->method, method) == 0)
            return route;
        if (!strstr(allow, route->method)) {
            size_t used = strlen(allow);
            snprintf(allow + used, ROUTE_ALLOW_MAX - used, "%s%s%s", used ? ", " : "",
                     route->method, strcmp(route->method, "GET") == 0 ? ", HEAD" : "");
        }
    }
    if (allow[0]) {
        size_t used = strlen(allow);
        snprintf(allow + used, ROUTE_ALLOW_MAX - used, ", OPTIONS");
    }
    return NULL;
}

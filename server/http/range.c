/* range.c - parses the Range header. */
#include "server/http/range.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

/* Reads digits; the number is limited to the largest; false: there are none. */
static bool read_number(const char **at, uint64_t *number)
{
    const char *begin = *at;
    *number = 0;
    for (; **at >= '0' && **at <= '9'; (*at)++) {
        uint64_t digit = (uint64_t)(**at - '0');
        *number = *number > (UINT64_MAX - digit) / 10 ? UINT64_MAX : *number * 10 + digit;
    }
    return *at > begin;
}

enum range range_parse(const char *header, uint64_t size, uint64_t *first, uint64_t *last)
{
    if (!header || strncasecmp(header, "bytes=", 6) != 0)
        return RANGE_NONE;
    const char *at = header + 6;
    at += strspn(at, " \t");
    uint64_t from = 0, to = 0;
    bool has_from = read_number(&at, &from);
    if (*at++ != '-')
        return RANGE_NONE;
    bool has_to = read_number(&at, &to);
    at += strspn(at, " \t");
    if (*at || (!has_from && !has_to) || (has_from && has_to && to < from))
        return RANGE_NONE;
    if (!has_from) { /* the last `to` bytes */
        if (to == 0 || size == 0)
            return RANGE_BEYOND;
        from = to < size ? size - to : 0;
        to = size - 1;
    }
    if (from >= size)
        return RANGE_BEYOND;
    *first = from;
    *last = has_from && !has_to ? size - 1 : to < size ? to : size - 1;
    return RANGE_PART;
}

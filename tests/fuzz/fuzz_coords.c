/* fuzz_coords.c - any text as coordinates, in one column and, split at a NUL, in two.
 * What is read is finite, in order, and reads the same when it is written and read again. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "geo/place/coords.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct geo_coord *coord)
{
    if (!isfinite(coord->value) || isinf(coord->grouped) || coord->parts < 1 || coord->parts > 3 ||
        (coord->sexagesimal && !coord->degrees))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    if (!text)
        return 0;
    memcpy(text, data, size);
    text[size] = '\0';
    size_t first = strlen(text);
    const char *second = first < size ? text + first + 1 : NULL;
    struct geo_coords coords, again;
    struct err err = {0};
    if (geo_coords_parse(text, second, &coords, &err)) {
        check(&coords.first);
        check(&coords.second);
        if (coords.zone < 0 || coords.zone > 60 || !geo_coords_parse(text, second, &again, &err) ||
            again.first.value != coords.first.value || again.second.value != coords.second.value)
            abort();
    } else if (err.kind != ERR_INPUT || !err.message[0])
        abort();
    free(text);
    return 0;
}

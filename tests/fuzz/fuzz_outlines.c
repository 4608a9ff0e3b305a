/* fuzz_outlines.c - any bytes as outlines kept in a database.
 * Refused, or good enough to build a geometry. Head and checksum are corrected first, so that
 * the code behind them is reached. */
#include <libdeflate.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "layers/shapes/geometry.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { HEAD = 44, FEATURES_AT = 16, FEATURES_MAX = 64 };

/* A right head: of outlines that were kept. */
static void put_head(char *bytes, size_t size, uint64_t key)
{
    struct outlines none;
    struct buf kept;
    buf_init(&kept);
    if (!outlines_build(NULL, 0, true, &none))
        abort();
    outlines_keep(&none, NULL, key, &kept);
    if (buf_failed(&kept))
        abort();
    memcpy(bytes, kept.data, FEATURES_AT);
    outlines_free(&none);
    buf_free(&kept);
    uint32_t crc = libdeflate_crc32(0, bytes, size - 4);
    memcpy(bytes + size - 4, &crc, 4);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint32_t n = 0;
    if (size < HEAD + 4)
        return 0;
    memcpy(&n, data + FEATURES_AT, sizeof n);
    if (n > FEATURES_MAX)
        return 0;
    struct geo_shape **shapes = calloc(n + 1, sizeof *shapes);
    struct buf bytes = {.data = malloc(size), .len = size};
    if (!shapes || !bytes.data)
        abort();
    memcpy(bytes.data, data, size);
    put_head(bytes.data, size, outlines_key(shapes, n));
    struct geometry *geometry = geometry_build(shapes, n, true, &bytes, NULL);
    if (!geometry)
        abort(); /* with nothing kept it builds one of no shapes */
    geometry_unref(geometry);
    free(bytes.data);
    return 0;
}

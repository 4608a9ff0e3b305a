/* fuzz_blob.c - any bytes as a SpatiaLite geometry.
 * Refused with a message, or readable by geo_shape_parse() and within the box that the bytes
 * declare. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "geo/place/shape.h"
#include "geo/store/db_sqlite.h"
#include "geo/store/store_internal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

/* Puts the start and end bytes of a valid geometry around the input, so that more inputs
 * reach the code behind. */
static unsigned char *dressed(const uint8_t *data, size_t size)
{
    static const unsigned char start[] = {0, 1, 0xE6, 0x10, 0, 0};
    enum { MARK_AT = 38, END = 0xFE, MARK = 0x7C };
    unsigned char *blob = malloc(size + 1);
    require(blob != NULL);
    memcpy(blob, data, size);
    memcpy(blob, start, size < sizeof start ? size : sizeof start);
    if (size > MARK_AT)
        blob[MARK_AT] = MARK;
    blob[size - 1] = END;
    return blob;
}

static void read_blob(const unsigned char *blob, size_t len)
{
    struct buf wkb;
    struct err err = {0};
    double box[4];
    buf_init(&wkb);
    const char *wrong = db_geometry_wkb(blob, len, &wkb);
    require(!wrong == (wkb.len > 0));
    if (!wrong) {
        struct geo_shape *shape = geo_shape_parse((const unsigned char *)wkb.data, wkb.len, &err);
        require(shape != NULL);
        memcpy(box, blob + 6, sizeof box);
        require(shape->box.min_x <= box[0] && shape->box.min_y <= box[1] &&
                shape->box.max_x >= box[2] && shape->box.max_y >= box[3]);
        geo_shape_free(shape);
    }
    buf_free(&wkb);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    unsigned char *copy =
        calloc(size + 1, 1); /* an exact allocation: sanitizers see one byte too many */
    require(copy != NULL);
    if (size)
        memcpy(copy, data, size);
    read_blob(copy, size);
    free(copy);
    if (size) {
        unsigned char *blob = dressed(data, size);
        read_blob(blob, size);
        free(blob);
    }
    return 0;
}

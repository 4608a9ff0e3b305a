/* fuzz_trace.c - any text as a geotrace and a geoshape of a form. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "geo/place/shape.h"
#include "geo/place/trace_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is read has the form of a trace, and gives a valid geometry of as many points. */
static void check(const char *text, enum geo_trace_kind kind)
{
    struct buf wkb;
    buf_init(&wkb);
    struct geo_trace what;
    struct err err = {0};
    bool is = geo_trace_is(text);
    if (geo_trace_read(text, kind, &wkb, &what, &err)) {
        struct geo_shape *shape = geo_shape_parse((const unsigned char *)wkb.data, wkb.len, &err);
        if (!is || !shape || (shape->kind == GEO_SHAPE_POLYGON) != what.polygon ||
            shape->n_points < what.vertices || shape->n_points > what.vertices + 1 ||
            !(what.gap_m >= 0))
            abort();
        geo_shape_free(shape);
    } else if (err.kind != ERR_INPUT || !err.message[0] || wkb.len)
        abort();
    buf_free(&wkb);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    if (!text)
        return 0;
    memcpy(text, data, size);
    text[size] = '\0';
    check(text, GEO_TRACE_SHAPE);
    check(text, GEO_TRACE_LINE);
    free(text);
    return 0;
}

/* fuzz_source_json.c - any bytes as JSON: its kind, Esri JSON completed, errors, values. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "geo/claims/geometry_claims_internal.h"
#include "geo/source/source_beside.h"
#include "geo/source/source_json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct fuzz_bytes {
    const uint8_t *data;
    size_t left;
};

static size_t read_some(void *arg, char *bytes, size_t size)
{
    struct fuzz_bytes *from = arg;
    size_t len = from->left < size ? from->left : size;
    len = len > 7 ? 7 : len; /* tokens cross the ends of what is read */
    memcpy(bytes, from->data, len);
    from->data += len;
    from->left -= len;
    return len;
}

/* The document is the only record. */
static void read_beside(const uint8_t *data, size_t size)
{
    struct fuzz_bytes from = {data, size};
    struct geometry_claims claims = {0};
    struct source_beside beside;
    struct err err = {0};
    struct arena *arena = arena_new();
    char *text = strndup((const char *)data, size);
    buf_init(&claims.note);
    if (!arena || !text)
        abort();
    if (geometry_claims_json(read_some, &from, &claims, &err) &&
        source_beside_find("GeoJSON", &claims, arena, &beside, &err) && beside.n) {
        struct source_cell *cells = arena_array(arena, beside.n, sizeof *cells);
        bool ok = source_beside_read(&beside, text, arena, cells, &err);
        for (size_t i = 0; ok && i < beside.n; i++)
            if ((cells[i].kind == SOURCE_CELL_EMPTY) == (cells[i].text != NULL))
                abort();
        if (!ok && err.kind == ERR_NONE)
            abort();
    }
    geometry_claims_free(&claims);
    free(text);
    arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_bytes from = {data, size};
    enum source_json_kind kind = SOURCE_JSON_GEOJSON;
    struct err err = {0};
    struct buf out;
    buf_init(&out);
    if (!source_json_look(read_some, &from, &kind, &err) && err.kind == ERR_NONE)
        abort();
    if (!source_json_complete((const char *)data, size, &out, &err) && err.kind == ERR_NONE)
        abort();
    buf_free(&out);
    err = (struct err){0};
    if (source_json_is_error((const char *)data, size, &err) != (err.kind == ERR_INPUT))
        abort();
    read_beside(data, size);
    return 0;
}

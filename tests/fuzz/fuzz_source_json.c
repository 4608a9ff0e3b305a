/* fuzz_source_json.c - any bytes as JSON: which kind it is, and Esri JSON completed. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

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
    return 0;
}

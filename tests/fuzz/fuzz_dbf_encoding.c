/* fuzz_dbf_encoding.c - any bytes as a .dbf and its .cpg: its encoding, its odd values. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/text.h"
#include "geo/source/dbf_encoding.h"
#include "geo/source/dbf_values.h"
#include "geo/source/source.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct err err = {0};
    struct dbf_encoding encoding;
    struct buf text;
    size_t cpg = size > 20 ? 20 : size;
    if (!geo_source_put_memory("fuzz.dbf", data, size, &err) ||
        !geo_source_put_memory("fuzz.cpg", data + size - cpg, cpg, &err))
        return 0;
    if (dbf_encoding_read("/vsimem/fuzz.dbf", &encoding, &err)) {
        char bytes[64] = "";
        memcpy(bytes, data, size < 63 ? size : 63);
        buf_init(&text);
        if (dbf_encoding_recode(&encoding, bytes, &text) && text.len &&
            !text_is_utf8(text.data, text.len))
            abort();
        buf_free(&text);
    }
    struct dbf_values *values;
    buf_init(&text);
    if (dbf_values_open("/vsimem/fuzz.dbf", &values, &text, &err))
        for (size_t i = 0; i < 64; i++)
            dbf_values_text(values, (int64_t)i / 8, i % 8);
    dbf_values_close(values);
    buf_free(&text);
    geo_source_drop_memory("fuzz.dbf");
    geo_source_drop_memory("fuzz.cpg");
    return 0;
}

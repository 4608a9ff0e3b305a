/* fuzz_dbf_encoding.c - any bytes as a .dbf and its .cpg: encoding and values. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/text.h"
#include "geo/claims/dbf_encoding.h"
#include "geo/claims/dbf_values.h"
#include "geo/source/source.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Every value of the first records; its bytes are read. */
static size_t read_values(void)
{
    struct err err = {0};
    struct dbf_values *values = dbf_values_new("/vsimem/fuzz.dbf", &err);
    size_t sum = 0;
    for (int64_t record = 0; values && record < 8; record++)
        for (size_t column = 0; column < 64; column++) {
            enum source_cell_kind kind;
            const char *text;
            size_t len;
            if (dbf_values_get(values, record, column, &kind, &text, &len))
                for (size_t i = 0; i < len; i++)
                    sum += (unsigned char)text[i];
        }
    dbf_values_free(values);
    return sum;
}

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
    volatile size_t sum = read_values();
    (void)sum;
    geo_source_drop_memory("fuzz.dbf");
    geo_source_drop_memory("fuzz.cpg");
    return 0;
}

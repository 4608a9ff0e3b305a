/* fuzz_typed_values.c - any bytes as a KML whose types are dropped, and as .mif and .mid. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "geo/claims/kml_types.h"
#include "geo/claims/mid_values.h"
#include "geo/source/source.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Only what stands for a type changes, and no name is empty of a column that is there. */
static void drop_types(const uint8_t *data, size_t size)
{
    struct kml_types types = {0};
    char *bytes = malloc(size + 1);
    if (!bytes)
        return;
    memcpy(bytes, data, size);
    bytes[size] = '\0';
    if (!kml_types_drop(bytes, size, &types) || bytes[size] != '\0')
        abort();
    for (size_t i = 0; i < types.n; i++)
        if (!kml_types_has(&types, types.numbers[i]))
            abort();
    kml_types_free(&types);
    struct buf out;
    buf_init(&out);
    if (!kml_types_declare(bytes, size, &out) || (out.len && out.len < size))
        abort();
    buf_free(&out);
    if (!kml_types_drop(bytes, size, &types) || types.n != 0)
        abort(); /* nothing is left */
    free(bytes);
}

static size_t read_values(void)
{
    struct err err = {0};
    struct mid_values *values = mid_values_new("/vsimem/fuzz.mif", "/vsimem/fuzz.mid", &err);
    size_t sum = 0;
    for (int64_t record = 0; values && record < 8; record++)
        for (size_t column = 0; column < 16; column++) {
            enum source_cell_kind kind;
            const char *text;
            if (mid_values_get(values, record == 7 ? 0 : record, column, &kind, &text))
                sum += strlen(text) + kind;
        }
    mid_values_free(values);
    return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char mark[] = "\nData\n";
    struct err err = {0};
    const uint8_t *end = memmem(data, size, mark, sizeof mark - 1);
    size_t head = end ? (size_t)(end - data) + sizeof mark - 1 : size / 2;
    drop_types(data, size);
    if (!geo_source_put_memory("fuzz.mif", data, head, &err) ||
        !geo_source_put_memory("fuzz.mid", data + head, size - head, &err))
        return 0;
    volatile size_t sum = read_values();
    (void)sum;
    geo_source_drop_memory("fuzz.mif");
    geo_source_drop_memory("fuzz.mid");
    return 0;
}

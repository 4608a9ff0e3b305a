/* fuzz_geometry_claims.c - any bytes as JSON, KML, GPX and GML, and as a Shapefile's index. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "geo/claims/geometry_claims_internal.h"
#include "geo/files/gdal_internal.h"
#include "geo/source/source.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_all(const char *path, const char *format)
{
    struct source_format of = {.name = format};
    struct geometry_claims claims;
    struct err err = {0};
    if (!geometry_claims_read(path, &of, &claims, &err)) {
        if (err.kind == ERR_NONE)
            abort();
        return;
    }
    for (size_t i = 0; i < claims.n; i++) {
        const struct geometry_claim_list *list = &claims.lists[i];
        for (int64_t k = -1; k <= (int64_t)list->n + 3; k++)
            if (!geometry_claims_allow(list, k, k, k % 2, &err) && err.kind != ERR_INPUT)
                abort();
        struct geometry_claims_layer layer = {list->layer ? list->layer : "a", i, (int64_t)list->n};
        const struct geometry_claim_list *found;
        if (!geometry_claims_match(&claims, &layer, &found, &err) && err.kind != ERR_INPUT)
            abort();
    }
    geometry_claims_free(&claims);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const formats[] = {"GeoJSON", "KML", "GPX", "GML"};
    struct err err = {0};
    if (!geo_source_put_memory("fuzz.txt", data, size, &err) ||
        !geo_source_put_memory("fuzz.mif", data, size, &err) ||
        !geo_source_put_memory("fuzz.shp", data, size, &err) ||
        !geo_source_put_memory("fuzz.shx", data, size, &err) ||
        !geo_source_put_memory("fuzz.dbf", data, size > 50 ? 50 : size, &err))
        return 0;
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        read_all("/vsimem/fuzz.txt", formats[i]);
    read_all("/vsimem/fuzz.shp", "Shapefile");
    read_all("/vsimem/fuzz.mif", "MapInfo");
    geo_source_drop_memory("fuzz.mif");
    geo_source_drop_memory("fuzz.txt");
    geo_source_drop_memory("fuzz.shp");
    geo_source_drop_memory("fuzz.shx");
    geo_source_drop_memory("fuzz.dbf");
    return 0;
}

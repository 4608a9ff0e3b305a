/* fuzz_geometry_claims.c - any bytes as JSON, KML, GPX and GML, and as a Shapefile's index. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "geo/claims/geometry_claims_internal.h"
#include "geo/files/gdal_internal.h"
#include "geo/source/source.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void join(const struct kml_roots *roots, const uint8_t *data, size_t size)
{
    struct buf whole;
    buf_init(&whole);
    if (kml_roots_join((const char *)data, size, roots, &whole) && whole.len <= size)
        abort();
    buf_free(&whole);
}

static void read_all(const char *path, const char *format, const uint8_t *data, size_t size)
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
        size_t all = 0, n;
        for (int64_t k = 0; k < (int64_t)list->n; k++, all += n)
            geometry_claims_beside(list, k, &n);
        if (all != list->n_values)
            abort();
        for (int64_t k = -1; k <= (int64_t)list->n + 3; k++)
            if (!geometry_claims_allow(list, k, k, k % 2, &err) && err.kind != ERR_INPUT)
                abort();
        struct geometry_claims_layer layer = {list->layer ? list->layer : "a", i, (int64_t)list->n};
        const struct geometry_claim_list *found;
        if (!geometry_claims_match(&claims, &layer, &found, &err) && err.kind != ERR_INPUT)
            abort();
    }
    join(&claims.roots, data, size);
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
        read_all("/vsimem/fuzz.txt", formats[i], data, size);
    read_all("/vsimem/fuzz.shp", "Shapefile", data, size);
    read_all("/vsimem/fuzz.mif", "MapInfo", data, size);
    geo_source_drop_memory("fuzz.mif");
    geo_source_drop_memory("fuzz.txt");
    geo_source_drop_memory("fuzz.shp");
    geo_source_drop_memory("fuzz.shx");
    geo_source_drop_memory("fuzz.dbf");
    return 0;
}

/* fuzz_source_format.c - any bytes as a source file.
 * Its format under each name, the directory of a zip, the schema of an SQLite file. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "geo/files/gdal_internal.h"
#include "geo/files/source_format.h"
#include "geo/files/source_zip.h"
#include "geo/source/source.h"
#include "geo/store/db_foreign_sqlite.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void name_it(enum source_content content)
{
    static const char *const names[] = {"a.shp", "a.gpkg", "a.json", "a.csv", "a.xlsx", "a.kml",
                                        "a.gml", "a.fgb",  "a.zip",  "a",     ".csv",   ""};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct err err = {0};
        const struct source_format *format = source_format_of(names[i], content, &err);
        if (format && err.kind != ERR_NONE)
            abort();
    }
}

static void list_zip(const uint8_t *data, size_t size)
{
    struct source_zip zip;
    struct err err = {0};
    if (!geo_source_put_memory("fuzz.zip", data, size, &err))
        return;
    if (source_zip_list("/vsimem/fuzz.zip", &geo_source_usual_limits, &zip, &err)) {
        for (size_t i = 0; i < zip.n; i++)
            if (zip.names[i][0] == '/' || strncmp(zip.names[i], "../", 3) == 0)
                abort();
        source_zip_free(&zip);
    }
    geo_source_drop_memory("fuzz.zip");
}

static void look_at_schema(const uint8_t *data, size_t size)
{
    struct geo_foreign copy = {0};
    struct err err = {0};
    void *bytes = malloc(size);
    if (!bytes)
        return;
    memcpy(bytes, data, size);
    if (geo_foreign_take(bytes, size, &copy, &err) && geo_foreign_plain(NULL, &copy, &err) &&
        copy.cut) {
        struct geo_foreign again = {.bytes = copy.bytes, .len = copy.len};
        if (geo_foreign_plain(NULL, &again, &err) && again.cut)
            abort(); /* a copy omits nothing */
        copy.bytes = again.bytes;
        again.bytes = NULL;
        geo_foreign_free(&again);
    }
    geo_foreign_free(&copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum source_content content = source_content_of(data, size);
    if (content >= CONTENTS)
        abort();
    source_defines_entities(data, size);
    name_it(content);
    if (content == CONTENT_ZIP)
        list_zip(data, size);
    if (content == CONTENT_SQLITE)
        look_at_schema(data, size);
    return 0;
}

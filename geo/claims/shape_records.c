/* shape_records.c - what the parts of a Shapefile say of its records, without GDAL's reader.
 *
 * The .shx has a header of 100 bytes, then 8 bytes a record: where it begins in the .shp and
 * how long it is, both in words of 2 bytes, big endian. A record of the .shp is a header of 8
 * bytes and the type of the shape, little endian; type 0 is "no geometry". (ESRI Shapefile
 * Technical Description, 1998.)
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/claims/geometry_claims_internal.h"
#include "geo/files/gdal_internal.h"

enum { HEADER_BYTES = 100, INDEX_BYTES = 8, RECORD_HEADER_BYTES = 8 };

struct shape_records {
    VSILFILE *shp, *shx;
    int64_t shp_bytes, n; /* n: records of the .shx */
};

static uint32_t big(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static uint32_t little(const unsigned char *bytes)
{
    return (uint32_t)bytes[3] << 24 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[1] << 8 | bytes[0];
}

/* Opens the file beside the .shp with that extension, in small letters or capitals. */
static VSILFILE *open_part(const char *shp, const char *small, const char *capitals)
{
    size_t stem = strlen(shp) - strlen(".shp");
    const char *const extensions[] = {small, capitals};
    VSILFILE *file = NULL;
    for (size_t i = 0; !file && i < 2; i++) {
        char *name = NULL;
        if (asprintf(&name, "%.*s%s", (int)stem, shp, extensions[i]) < 0)
            return NULL;
        file = gdal->VSIFOpenL(name, "rb");
        free(name);
    }
    return file;
}

static bool read_at(VSILFILE *file, int64_t at, void *bytes, size_t len)
{
    return gdal->VSIFSeekL(file, (vsi_l_offset)at, SEEK_SET) == 0 &&
           gdal->VSIFReadL(bytes, 1, len, file) == len;
}

static int64_t length(VSILFILE *file)
{
    return gdal->VSIFSeekL(file, 0, SEEK_END) == 0 ? (int64_t)gdal->VSIFTellL(file) : 0;
}

/* A row of the .dbf without a record in the .shx would be lost without a word. */
static bool check_counts(const struct shape_records *records, const char *shp, struct err *err)
{
    unsigned char head[8];
    VSILFILE *dbf = open_part(shp, ".dbf", ".DBF");
    if (!dbf)
        return true;
    bool there = read_at(dbf, 0, head, sizeof head);
    gdal->VSIFCloseL(dbf);
    int64_t rows = there ? (int64_t)little(head + 4) : records->n;
    return rows == records->n ||
           err_set(
               err, ERR_INPUT,
               "el Shapefile tiene %lld registros en su .shx y %lld en su .dbf: sus archivos no "
               "son de una misma vez, o están cortados; pídalos todos de nuevo",
               (long long)records->n, (long long)rows);
}

struct shape_records *shape_records_open(const char *shp, struct err *err)
{
    struct shape_records *records = calloc(1, sizeof *records);
    if (!records) {
        err_no_memory(err);
        return NULL;
    }
    records->shp = gdal->VSIFOpenL(shp, "rb");
    records->shx = open_part(shp, ".shx", ".SHX");
    if (records->shp && records->shx) {
        int64_t indexed = length(records->shx) - HEADER_BYTES;
        records->n = indexed > 0 ? indexed / INDEX_BYTES : 0;
        records->shp_bytes = length(records->shp);
        if (check_counts(records, shp, err))
            return records;
        shape_records_close(records);
        return NULL;
    }
    return records; /* GDAL says what is missing */
}

void shape_records_close(struct shape_records *records)
{
    if (records && records->shp)
        gdal->VSIFCloseL(records->shp);
    if (records && records->shx)
        gdal->VSIFCloseL(records->shx);
    free(records);
}

enum geometry_claim shape_records_claim(struct shape_records *records, int64_t record,
                                        char why[160])
{
    unsigned char entry[INDEX_BYTES], type[4];
    if (!records->shp || !records->shx || record < 0 || record >= records->n ||
        !read_at(records->shx, HEADER_BYTES + record * INDEX_BYTES, entry, sizeof entry))
        return GEOMETRY_NONE;
    int64_t begins = 2 * (int64_t)big(entry), bytes = 2 * (int64_t)big(entry + 4);
    if (bytes == 0)
        return GEOMETRY_NONE;
    if (begins + RECORD_HEADER_BYTES + bytes > records->shp_bytes ||
        !read_at(records->shp, begins + RECORD_HEADER_BYTES, type, sizeof type)) {
        snprintf(why, 160, "el .shp está cortado; pídalo de nuevo");
        return GEOMETRY_FAULTY;
    }
    if (little(type) == 0)
        return GEOMETRY_NONE;
    snprintf(why, 160, "su registro del .shp está dañado; pídalo de nuevo");
    return GEOMETRY_FAULTY;
}

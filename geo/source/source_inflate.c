/* source_inflate.c - unpacks a gzip, within limits, and looks at what it holds. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buf.h"
#include "geo/base/text.h"
#include "geo/files/gdal_internal.h"
#include "geo/source/source_path_internal.h"

enum { CHUNK_BYTES = 1 << 16 };

/* Fails before more memory is taken than the limits allow. */
static bool within(const struct geo_source_limits *limits, size_t packed, size_t unpacked,
                   struct err *err)
{
    if (!geo_source_within(limits, GEO_LIMIT_SOURCE_MB, (int64_t)(unpacked >> 20), err))
        return false;
    return unpacked <= (size_t)GEO_SOURCE_RATIO_FROM_BYTES ||
           unpacked / (packed + 1) <= (uint64_t)limits->at[GEO_LIMIT_RATIO] ||
           geo_source_beyond(limits, GEO_LIMIT_RATIO, err);
}

static bool read_all(VSILFILE *file, const struct geo_source_limits *limits, size_t packed,
                     struct buf *out, struct err *err)
{
    char chunk[CHUNK_BYTES];
    size_t len;
    gdal->CPLErrorReset();
    while ((len = gdal->VSIFReadL(chunk, 1, sizeof chunk, file)) > 0) {
        buf_put(out, chunk, len);
        if (buf_failed(out))
            return err_no_memory(err);
        if (!within(limits, packed, out->len, err))
            return false;
    }
    return gdal->CPLGetLastErrorType() < CE_Failure ||
           err_set(err, ERR_INPUT, "el gzip está cortado o dañado: vuelva a copiarlo");
}

static bool inflate_file(const char *path, const struct geo_source_limits *limits, struct buf *out,
                         struct err *err)
{
    char *packed = NULL;
    VSIStatBufL status = {0};
    if (gdal->VSIStatL(path, &status) != 0 || asprintf(&packed, "/vsigzip/%s", path) < 0)
        return err_no_memory(err);
    VSILFILE *file = gdal->VSIFOpenL(packed, "rb");
    bool ok = file ? read_all(file, limits, (size_t)status.st_size, out, err)
                   : err_set(err, ERR_INPUT, "el gzip está cortado o dañado: vuelva a copiarlo");
    if (file)
        gdal->VSIFCloseL(file);
    free(packed);
    return ok;
}

static bool is_tar(const struct buf *bytes)
{
    return bytes->len > 262 && memcmp(bytes->data + 257, "ustar", 5) == 0;
}

/* "datos.csv" of "datos.csv.gz" */
static char *inner_name(const struct source_path *path)
{
    const char *base = source_base_name(path->open);
    size_t len = strlen(base) - (source_has_extension(base, ".gz") ? 3 : 0);
    char *name = strndup(base, len);
    char *memory = name ? source_path_memory_name(path, name, "") : NULL;
    free(name);
    return memory;
}

bool source_path_inflate(struct source_path *path, const struct geo_source_limits *limits,
                         struct err *err)
{
    struct buf bytes;
    size_t len = 0;
    buf_init(&bytes);
    bool ok = inflate_file(path->open, limits, &bytes, err);
    if (ok && is_tar(&bytes))
        ok = err_set(err, ERR_INPUT,
                     "«%s» es un .tar.gz: descomprímalo e importe el archivo de datos, o vuelva a "
                     "comprimirlo como .zip",
                     source_base_name(path->open));
    char *data = ok ? buf_take(&bytes, &len) : NULL;
    buf_free(&bytes);
    path->inflated = ok ? inner_name(path) : NULL;
    if (!ok || !path->inflated) {
        free(data);
        return ok ? err_no_memory(err) : false;
    }
    /* VSIMalloc() is malloc(). */
    if (!source_path_put(path->inflated, (GByte *)data, len, true, err))
        return false;
    free(path->open);
    path->open = strdup(path->inflated);
    if (!path->open)
        return err_no_memory(err);
    source_path_note(path, "venía comprimido con gzip: se descomprimió");
    return source_path_look(path, path->open, err);
}

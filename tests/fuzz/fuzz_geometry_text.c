/* fuzz_geometry_text.c - any text as a geometry in a cell. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "geo/files/gdal_internal.h"
#include "geo/source/geometry_text_internal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void quiet(CPLErr class, CPLErrorNum number, const char *message)
{
    (void)class, (void)number, (void)message;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct err err = {0};
    OGRGeometryH geometry;
    int epsg;
    char *text = malloc(size + 1);
    if (!text || !gdal_load(&err)) {
        free(text);
        return 0;
    }
    memcpy(text, data, size);
    text[size] = '\0';
    gdal->CPLPushErrorHandler(quiet);
    bool ok = geometry_text_read(text, &geometry, &epsg, &err);
    gdal->CPLPopErrorHandler();
    if (!ok && (geometry || err.kind == ERR_NONE))
        abort();
    if (geometry)
        gdal->OGR_G_DestroyGeometry(geometry);
    free(text);
    return 0;
}

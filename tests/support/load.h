/* load.h - an OGR source straight into a table of the store, for tests and
 * benches that do not test import: fields by their names, nothing checked.
 * Include it in one place a program.
 */
#ifndef TESTS_SUPPORT_LOAD_H
#define TESTS_SUPPORT_LOAD_H

#include <gdal.h>
#include <ogr_api.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/arena.h"
#include "geo/place/geos.h"
#include "geo/store/store.h"

enum { LOAD_FIELDS = 64 };

static struct geo_value load_value(const struct geo_field *field, OGRFeatureH feature,
                                   const char *edition, struct arena *texts)
{
    struct geo_value value = {.kind = GEO_NULL};
    char name[64];
    snprintf(name, sizeof name, "%s", field->name);
    int at = OGR_F_GetFieldIndex(feature, name);
    if (field->type == GEO_MONEY) {
        memcpy(name + strlen(name) - 4, "_bs", 4);
        at = OGR_F_GetFieldIndex(feature, name);
    }
    if (strcmp(field->name, "edicion") == 0)
        return (struct geo_value){.kind = GEO_TEXT_VALUE, .text = edition};
    const char *text = at >= 0 ? OGR_F_GetFieldAsString(feature, at) : "";
    if (!text[0])
        return value;
    switch (field->type) {
    case GEO_INTEGER:
    case GEO_FLAG:
        return (struct geo_value){.kind = GEO_INT_VALUE, .integer = atoll(text)};
    case GEO_MONEY:
        return (struct geo_value){.kind = GEO_INT_VALUE,
                                  .integer = (int64_t)(atof(text) * 100 + 0.5)};
    case GEO_REAL:
        return (struct geo_value){.kind = GEO_REAL_VALUE, .real = atof(text)};
    default:
        /* OGR's copy lives until the next field is read. */
        return (struct geo_value){.kind = GEO_TEXT_VALUE, .text = arena_strdup(texts, text)};
    }
}

static bool load_feature(struct geo_store *store, const struct geo_table *table,
                         struct geo_geos *geos, OGRFeatureH feature, const char *edition,
                         struct err *err)
{
    struct geo_value values[LOAD_FIELDS];
    struct geo_record record = {.values = values};
    struct geo_repair repair;
    struct arena *texts = arena_new();
    struct buf wkb;
    buf_init(&wkb);
    for (size_t f = 0; f < table->n_fields; f++)
        values[f] = load_value(&table->fields[f], feature, edition, texts);
    OGRGeometryH geometry = OGR_F_GetGeometryRef(feature);
    if (geometry && table->geometry == GEO_MULTIPOLYGON) {
        geometry = OGR_G_ForceToMultiPolygon(OGR_G_Clone(geometry));
        OGR_F_SetGeometryDirectly(feature, geometry);
    }
    bool ok = true;
    if (geometry) {
        size_t len = (size_t)OGR_G_WkbSize(geometry);
        buf_reserve(&wkb, len);
        OGR_G_ExportToIsoWkb(geometry, wkbNDR, (unsigned char *)wkb.data);
        wkb.len = len;
        if (!OGR_G_IsValid(geometry)) {
            struct buf fixed;
            buf_init(&fixed);
            ok =
                geo_geos_repair_wkb(geos, (unsigned char *)wkb.data, wkb.len, &fixed, &repair, err);
            buf_free(&wkb);
            wkb = fixed;
        }
        record.wkb = (unsigned char *)wkb.data;
        record.wkb_len = wkb.len;
    }
    int64_t id;
    enum geo_put what;
    ok = ok && geo_store_put(store, table, &record, &what, &id, err);
    buf_free(&wkb);
    arena_free(texts);
    return ok;
}

/* edition: of municipios, made the current one; NULL elsewhere. Inside a
 * transaction. CSV points stand in lon, lat. */
static bool load_source(struct geo_store *store, const char *layer, const char *path,
                        const char *edition, struct err *err)
{
    GDALAllRegister();
    const char *const points[] = {"X_POSSIBLE_NAMES=lon", "Y_POSSIBLE_NAMES=lat", NULL};
    bool csv = strlen(path) > 4 && strcmp(path + strlen(path) - 4, ".csv") == 0;
    /* A date read as text lives as long as its feature; read as a date it would be in a
     * buffer that the next date overwrites. */
    const char *const texts[] = {"DATE_AS_STRING=YES", NULL};
    GDALDatasetH set = GDALOpenEx(path, GDAL_OF_VECTOR, NULL, csv ? points : texts, NULL);
    const struct geo_table *table = geo_table_find(layer);
    struct geo_geos *geos = geo_geos_new(err);
    bool ok = set && table && geos;
    OGRLayerH source = ok ? GDALDatasetGetLayer(set, 0) : NULL;
    if (ok && edition) {
        struct geo_edition_info info = {.current = true,
                                        .units = (int64_t)OGR_L_GetFeatureCount(source, 1)};
        snprintf(info.codigo, sizeof info.codigo, "%s", edition);
        ok = geo_store_edition_put(store, &info, err);
    }
    for (OGRFeatureH feature; ok && (feature = OGR_L_GetNextFeature(source));) {
        ok = load_feature(store, table, geos, feature, edition, err);
        OGR_F_Destroy(feature);
    }
    ok = ok && geo_store_touch(store, layer, path, true, NULL, err);
    geo_geos_free(geos);
    if (set)
        GDALClose(set);
    return ok;
}

#endif

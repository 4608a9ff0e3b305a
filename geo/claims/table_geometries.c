/* table_geometries.c - finds the records of a database whose geometry cannot be read.
 *
 * GDAL's driver for SpatiaLite gives such a record without its geometry and without an error.
 * The table is read once more, only the rows with a geometry, when the first record comes
 * without one: most sources have none and cost nothing. In a GeoPackage each geometry names its
 * system, of which GDAL takes no notice.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/claims/geometry_claims_internal.h"
#include "geo/files/gdal_internal.h"
#include "geo/store/db_foreign_sqlite.h"

struct table_geometries {
    GDALDatasetH dataset; /* of its own: the reader's is in use; NULL: it could not be opened */
    struct table_layer *layers;
    int n_layers;
};

struct table_layer {
    GDALDatasetH dataset; /* borrowed */
    OGRLayerH layer;
    bool read, asked;
    int64_t *elsewhere; /* ids of records whose geometry names another system, sorted */
    size_t n_elsewhere, cap_elsewhere;
    int64_t *faulty; /* ids of records, sorted */
    size_t n, cap;
};

struct table_geometries *table_geometries_open(const char *path, const char *const *drivers,
                                               struct err *err)
{
    struct table_geometries *tables = calloc(1, sizeof *tables);
    if (!tables) {
        err_no_memory(err);
        return NULL;
    }
    tables->dataset =
        gdal->GDALOpenEx(path, GDAL_OF_VECTOR | GDAL_OF_READONLY, drivers, NULL, NULL);
    int n = tables->dataset ? gdal->GDALDatasetGetLayerCount(tables->dataset) : 0;
    tables->layers = calloc((size_t)n + 1, sizeof *tables->layers);
    if (!tables->layers) {
        table_geometries_close(tables);
        err_no_memory(err);
        return NULL;
    }
    for (; tables->n_layers < n; tables->n_layers++) {
        tables->layers[tables->n_layers].dataset = tables->dataset;
        tables->layers[tables->n_layers].layer =
            gdal->GDALDatasetGetLayer(tables->dataset, tables->n_layers);
    }
    return tables;
}

void table_geometries_close(struct table_geometries *tables)
{
    if (!tables)
        return;
    for (int i = 0; i < tables->n_layers; i++) {
        free(tables->layers[i].faulty);
        free(tables->layers[i].elsewhere);
    }
    free(tables->layers);
    if (tables->dataset)
        gdal->GDALClose(tables->dataset);
    free(tables);
}

struct table_layer *table_geometries_layer(struct table_geometries *tables, int i,
                                           const char **name)
{
    if (i >= tables->n_layers)
        return NULL;
    *name = gdal->OGR_L_GetName(tables->layers[i].layer);
    return &tables->layers[i];
}

/* Only rows with a geometry; false if the table has no such column. */
static bool filter(struct table_layer *table)
{
    const char *column = gdal->OGR_L_GetGeometryColumn(table->layer);
    char where[300];
    if (!column[0] || strchr(column, '"'))
        return false;
    snprintf(where, sizeof where, "\"%.200s\" IS NOT NULL", column);
    return gdal->OGR_L_SetAttributeFilter(table->layer, where) == OGRERR_NONE;
}

static bool read_table(struct table_layer *table, struct err *err)
{
    table->read = true;
    if (!filter(table))
        return true;
    bool ok = true;
    for (OGRFeatureH feature; ok && (feature = gdal->OGR_L_GetNextFeature(table->layer));) {
        if (!gdal->OGR_F_GetGeometryRef(feature)) {
            ok = array_reserve(table->faulty, table->cap, table->n + 1) || err_no_memory(err);
            if (ok)
                table->faulty[table->n++] = gdal->OGR_F_GetFID(feature);
        }
        gdal->OGR_F_Destroy(feature);
    }
    if (table->n)
        qsort(table->faulty, table->n, sizeof *table->faulty, array_by_int64);
    return ok;
}

bool table_geometries_faulty(struct table_layer *table, int64_t id, bool *faulty, struct err *err)
{
    if (!table->read && !read_table(table, err))
        return false;
    *faulty =
        table->n && bsearch(&id, table->faulty, table->n, sizeof *table->faulty, array_by_int64);
    return true;
}

/* The ids of geometries that name another system than their layer; 0 and -1 name none. */
static bool ask_systems(struct table_layer *table, struct err *err)
{
    const char *name = gdal->OGR_L_GetName(table->layer);
    const char *id = gdal->OGR_L_GetFIDColumn(table->layer);
    const char *geometry = gdal->OGR_L_GetGeometryColumn(table->layer);
    struct buf sql;
    table->asked = true;
    if (!id[0] || !geometry[0])
        return true;
    buf_init(&sql);
    geo_foreign_put_systems(&sql, name, id, geometry);
    if (buf_failed(&sql)) {
        buf_free(&sql);
        return err_no_memory(err);
    }
    OGRLayerH rows = gdal->GDALDatasetExecuteSQL(table->dataset, sql.data, NULL, NULL);
    buf_free(&sql);
    bool ok = true;
    for (OGRFeatureH row; ok && rows && (row = gdal->OGR_L_GetNextFeature(rows));) {
        ok = array_reserve(table->elsewhere, table->cap_elsewhere, table->n_elsewhere + 1) ||
             err_no_memory(err);
        if (ok)
            table->elsewhere[table->n_elsewhere++] = gdal->OGR_F_GetFieldAsInteger64(row, 0);
        gdal->OGR_F_Destroy(row);
    }
    if (rows)
        gdal->GDALDatasetReleaseResultSet(table->dataset, rows);
    return ok;
}

bool table_geometries_elsewhere(struct table_layer *table, int64_t id, bool *elsewhere,
                                struct err *err)
{
    if (!table->asked && !ask_systems(table, err))
        return false;
    *elsewhere = table->n_elsewhere && bsearch(&id, table->elsewhere, table->n_elsewhere,
                                               sizeof *table->elsewhere, array_by_int64);
    return true;
}

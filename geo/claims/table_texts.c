/* table_texts.c - finds the values of a table that are not of their column's type. */
#include "geo/claims/table_texts.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/base/buf.h"
#include "geo/store/db_foreign_sqlite.h"

/* The columns that GDAL makes numbers or days of. NULL: short memory; for free(). */
static struct geo_foreign_column *columns_of(OGRLayerH layer, size_t *n)
{
    OGRFeatureDefnH defn = gdal->OGR_L_GetLayerDefn(layer);
    int all = gdal->OGR_FD_GetFieldCount(defn);
    struct geo_foreign_column *columns = calloc((size_t)all + 1, sizeof *columns);
    *n = 0;
    for (int i = 0; columns && i < all; i++) {
        OGRFieldDefnH column = gdal->OGR_FD_GetFieldDefn(defn, i);
        OGRFieldType type = gdal->OGR_Fld_GetType(column);
        bool whole = type == OFTInteger || type == OFTInteger64;
        if (whole || type == OFTReal || type == OFTDate || type == OFTDateTime)
            columns[(*n)++] =
                (struct geo_foreign_column){.name = gdal->OGR_Fld_GetNameRef(column),
                                            .index = i,
                                            .kind = whole             ? GEO_FOREIGN_WHOLE
                                                    : type == OFTReal ? GEO_FOREIGN_REAL
                                                                      : GEO_FOREIGN_DAY};
    }
    return columns;
}

static bool keep(struct table_texts *texts, OGRFeatureH row, OGRFeatureDefnH columns,
                 struct err *err)
{
    int64_t id = strtoll(gdal->OGR_F_GetFieldAsString(row, 0), NULL, 10);
    int n = gdal->OGR_FD_GetFieldCount(columns);
    for (int i = 1; i < n; i++) {
        const char *name = gdal->OGR_Fld_GetNameRef(gdal->OGR_FD_GetFieldDefn(columns, i));
        if (!gdal->OGR_F_IsFieldSetAndNotNull(row, i))
            continue;
        if (!array_reserve(texts->list, texts->cap, texts->n + 1))
            return err_no_memory(err);
        struct table_text *one = &texts->list[texts->n];
        *one =
            (struct table_text){id, atoi(name + 1), strdup(gdal->OGR_F_GetFieldAsString(row, i))};
        if (!one->text)
            return err_no_memory(err);
        texts->n++;
    }
    return true;
}

static bool ask(GDALDatasetH dataset, const char *sql, struct table_texts *texts, struct err *err)
{
    OGRLayerH result = gdal->GDALDatasetExecuteSQL(dataset, sql, NULL, NULL);
    bool ok = true;
    if (!result)
        return true; /* a table without rowid, or of a name that is no table's */
    OGRFeatureDefnH columns = gdal->OGR_L_GetLayerDefn(result);
    for (OGRFeatureH row; ok && (row = gdal->OGR_L_GetNextFeature(result));) {
        ok = keep(texts, row, columns, err);
        gdal->OGR_F_Destroy(row);
    }
    gdal->GDALDatasetReleaseResultSet(dataset, result);
    return ok;
}

bool table_texts_read(GDALDatasetH dataset, OGRLayerH layer, struct table_texts *texts,
                      struct err *err)
{
    const char *driver = gdal->GDALGetDriverShortName(gdal->GDALGetDatasetDriver(dataset));
    struct buf sql;
    if (strcmp(driver, "GPKG") != 0 && strcmp(driver, "SQLite") != 0)
        return true;
    size_t n;
    struct geo_foreign_column *columns = columns_of(layer, &n);
    buf_init(&sql);
    if (columns && n)
        geo_foreign_put_odd(&sql, gdal->OGR_L_GetName(layer), columns, n);
    bool ok = (columns && !buf_failed(&sql)) || err_no_memory(err);
    ok = ok && (n == 0 || ask(dataset, sql.data, texts, err));
    free(columns);
    buf_free(&sql);
    gdal->CPLErrorReset();
    return ok;
}

void table_texts_free(struct table_texts *texts)
{
    for (size_t i = 0; i < texts->n; i++)
        free(texts->list[i].text);
    free(texts->list);
    *texts = (struct table_texts){0};
}

static int compare(const void *key, const void *item)
{
    const struct table_text *a = key, *b = item;
    if (a->id != b->id)
        return a->id < b->id ? -1 : 1;
    return (a->column > b->column) - (a->column < b->column);
}

const char *table_texts_at(const struct table_texts *texts, int64_t id, int column)
{
    const struct table_text key = {.id = id, .column = column};
    const struct table_text *found =
        texts->n ? bsearch(&key, texts->list, texts->n, sizeof key, compare) : NULL;
    return found ? found->text : NULL;
}

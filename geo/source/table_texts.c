/* table_texts.c - finds the values of a table that are not of their column's type. */
#include "geo/source/table_texts.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/base/buf.h"
#include "geo/source/gdal_internal.h"

/* "a ""b""" for a "b". */
static void put_name(struct buf *sql, const char *name)
{
    buf_putc(sql, '"');
    for (; *name; name++) {
        if (*name == '"')
            buf_putc(sql, '"');
        buf_putc(sql, *name);
    }
    buf_putc(sql, '"');
}

/* The types that GDAL reads rightly from a column; NULL: it reads all as texts. */
static const char *types_of(OGRFieldDefnH column)
{
    switch (gdal->OGR_Fld_GetType(column)) {
    case OFTInteger:
    case OFTInteger64:
        return "'null', 'integer'";
    case OFTReal:
        return "'null', 'integer', 'real'";
    default:
        return NULL;
    }
}

static void put_odd(struct buf *sql, OGRFieldDefnH column, const char *types)
{
    buf_puts(sql, "typeof(");
    put_name(sql, gdal->OGR_Fld_GetNameRef(column));
    buf_printf(sql, ") NOT IN (%s)", types);
}

/* Rows with such a value: their id, and a column for each field of numbers, NULL where its value is
 * of its type. Its name is the field's place. False: the layer has no numbers. */
static bool put_query(OGRLayerH layer, struct buf *sql)
{
    OGRFeatureDefnH columns = gdal->OGR_L_GetLayerDefn(layer);
    int n = gdal->OGR_FD_GetFieldCount(columns), numbers = 0;
    struct buf where;
    buf_init(&where);
    buf_puts(sql, "SELECT CAST(rowid AS TEXT) AS id");
    for (int i = 0; i < n; i++) {
        OGRFieldDefnH column = gdal->OGR_FD_GetFieldDefn(columns, i);
        const char *types = types_of(column);
        if (!types)
            continue;
        buf_puts(sql, ", CASE WHEN ");
        put_odd(sql, column, types);
        buf_puts(sql, " THEN CAST(");
        put_name(sql, gdal->OGR_Fld_GetNameRef(column));
        buf_printf(sql, " AS TEXT) END AS c%d", i);
        buf_puts(&where, numbers++ ? " OR " : " WHERE ");
        put_odd(&where, column, types);
    }
    buf_puts(sql, " FROM ");
    put_name(sql, gdal->OGR_L_GetName(layer));
    buf_puts(sql, where.data ? where.data : "");
    buf_puts(sql, " ORDER BY rowid");
    sql->failed = sql->failed || buf_failed(&where);
    buf_free(&where);
    return numbers > 0;
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
    buf_init(&sql);
    bool numbers = put_query(layer, &sql);
    bool ok = !buf_failed(&sql) || err_no_memory(err);
    ok = ok && (!numbers || ask(dataset, sql.data, texts, err));
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

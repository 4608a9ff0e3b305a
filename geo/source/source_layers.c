/* source_layers.c - lists the layers of a data set that hold data of somebody.
 *
 * Of an SQLite file GDAL lists by itself only the tables that are registered as spatial; asked for
 * all, it gives those of SpatiaLite and of its indexes too.
 */
#include "geo/source/source_layers.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *name_of(GDALDatasetH dataset, int layer)
{
    return gdal->OGR_L_GetName(gdal->GDALDatasetGetLayer(dataset, layer));
}

/* "idx_alianzas_geom" and its parts "…_node", "…_parent", "…_rowid". */
static bool is_of_index(GDALDatasetH dataset, const char *name)
{
    static const char node[] = "_node";
    const char *last = strrchr(name, '_');
    if (strncmp(name, "idx_", 4) != 0)
        return false;
    bool part =
        strcmp(last, node) == 0 || strcmp(last, "_parent") == 0 || strcmp(last, "_rowid") == 0;
    size_t stem = part ? (size_t)(last - name) : strlen(name);
    for (int i = 0; i < gdal->GDALDatasetGetLayerCount(dataset); i++) {
        const char *other = name_of(dataset, i);
        if (strncmp(other, name, stem) == 0 && strcmp(other + stem, node) == 0)
            return true;
    }
    return false;
}

/* Tables of QGIS, which it keeps beside the data in a GeoPackage too. */
static bool is_of_qgis(const char *name)
{
    return strcasecmp(name, "layer_styles") == 0 || strcasecmp(name, "qgis_projects") == 0;
}

/* Tables that SpatiaLite and QGIS keep for themselves, and that GDAL does not know as such. */
static bool is_of_program(const char *name)
{
    static const char *const names[] = {
        "data_licenses",
        "KNN",
        "KNN2",
        "spatialite_history",
        "networks",
        "topologies",
        "sql_statements_log",
        "stored_procedures",
        "stored_variables",
    };
    static const char *const beginnings[] = {
        "spatial_ref_sys",
        "geometry_columns",
        "views_geometry_columns",
        "virts_geometry_columns",
        "vector_coverages",
        "raster_coverages",
        "vector_layers",
        "SE_",
        "ISO_metadata",
        "rl2map_",
        "wms_",
        "sqlite_",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcasecmp(name, names[i]) == 0)
            return true;
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        if (strncasecmp(name, beginnings[i], strlen(beginnings[i])) == 0)
            return true;
    return false;
}

static bool is_driver(GDALDatasetH dataset, const char *name)
{
    const char *driver = gdal->GDALGetDriverShortName(gdal->GDALGetDatasetDriver(dataset));
    return strcmp(driver, name) == 0;
}

bool source_layers_list(GDALDatasetH dataset, int **layers, size_t *n, struct err *err)
{
    int all = gdal->GDALDatasetGetLayerCount(dataset);
    bool of_sqlite = is_driver(dataset, "SQLite"), of_gpkg = is_driver(dataset, "GPKG");
    *n = 0;
    *layers = calloc((size_t)all + 1, sizeof **layers);
    for (int i = 0; *layers && i < all; i++) {
        const char *name = name_of(dataset, i);
        bool own = of_sqlite && (gdal->GDALDatasetIsLayerPrivate(dataset, i) ||
                                 is_of_index(dataset, name) || is_of_program(name));
        own = own || ((of_sqlite || of_gpkg) && is_of_qgis(name));
        if (!own)
            (*layers)[(*n)++] = i;
    }
    return *layers || err_no_memory(err);
}

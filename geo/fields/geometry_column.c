/* geometry_column.c - which column of a sheet has the geometries. */
#include "geo/fields/geometry_column.h"

#include <string.h>
#include <strings.h>

const char *geometry_column_stated(const char *const *map)
{
    static const char *const words[] = {GEOMETRY_COLUMN_WORD, "geometría"};
    for (; map && *map; map++)
        for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
            size_t len = strlen(words[i]);
            if (strncasecmp(*map, words[i], len) == 0 && (*map)[len] == '=')
                return *map + len + 1;
        }
    return NULL;
}

bool geometry_column_settled(const struct geo_source_table *table, const char *const *map,
                             struct err *err)
{
    const char *stated = geometry_column_stated(map);
    if (stated && table->has_geometry && table->geometry_column < 0)
        return err_set(err, ERR_USAGE,
                       "--map " GEOMETRY_COLUMN_WORD "=%s: la fuente tiene su propia geometría, "
                       "que no está en una columna",
                       stated);
    if (table->geometry_rival < 0)
        return true;
    const char *first = table->columns[table->geometry_column];
    const char *second = table->columns[table->geometry_rival];
    return err_set(err, ERR_INPUT,
                   "las columnas «%s» y «%s» tienen las dos geometrías; diga cuál es la del "
                   "registro con --map \"" GEOMETRY_COLUMN_WORD "=%s\" o --map "
                   "\"" GEOMETRY_COLUMN_WORD "=%s\"",
                   first, second, first, second);
}

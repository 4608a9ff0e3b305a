/* import_names.c - tells by which names the header of a sheet is known. */
#include "geo/import/import_names.h"

#include <stdio.h>
#include <string.h>

#include "geo/fields/fields.h"

bool import_names_open(struct import_names *names, const struct geo_table *table,
                       const char *const *map, struct err *err)
{
    *names = (struct import_names){map, geo_fields_new(table, NULL, 0, NULL, err)};
    return names->fields != NULL;
}

void import_names_close(struct import_names *names)
{
    geo_fields_free(names->fields);
}

static bool is_mapped(const char *const *map, const char *name)
{
    for (; map && *map; map++) {
        const char *equals = strchr(*map, '=');
        if (equals && strcmp(equals + 1, name) == 0)
            return true;
    }
    return false;
}

bool import_names_known(void *arg, const char *name)
{
    const struct import_names *names = arg;
    return is_mapped(names->map, name) || geo_fields_know(names->fields, name);
}

bool import_names_fills(void *arg, const char *name)
{
    const struct import_names *names = arg;
    char field[64];
    for (const char *const *map = names->map; map && *map; map++) {
        const char *equals = strchr(*map, '=');
        if (!equals || strcmp(equals + 1, name) != 0)
            continue;
        snprintf(field, sizeof field, "%.*s", (int)(equals - *map), *map);
        return geo_fields_have(names->fields, field);
    }
    return geo_fields_have(names->fields, name);
}

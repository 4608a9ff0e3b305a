/* source_names.c - tells by which names a header of the wanted layer is known. */
#include "geo/import/source_names.h"

#include <string.h>

#include "geo/import/fields.h"

bool source_names_open(struct source_names *names, const struct geo_source_options *options,
                       struct err *err)
{
    *names = (struct source_names){.options = options};
    if (options->table)
        names->fields = geo_fields_new(options->table, NULL, 0, NULL, err);
    return names->fields || !options->table;
}

void source_names_close(struct source_names *names)
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

bool source_names_known(void *arg, const char *name)
{
    const struct source_names *names = arg;
    return is_mapped(names->options->map, name) ||
           (names->fields && geo_fields_know(names->fields, name));
}

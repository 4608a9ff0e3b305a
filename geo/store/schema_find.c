/* schema_find.c - look-ups in the list of tables of schema.c. */

#include <string.h>

#include "geo/base/buf.h"
#include "geo/store/schema.h"

const struct geo_table *geo_table_find(const char *name)
{
    for (const struct geo_table *table = geo_tables; table->name; table++)
        if (strcmp(table->name, name) == 0)
            return table;
    return NULL;
}

const struct geo_table *geo_table_named(const char *name, struct err *err)
{
    const struct geo_table *table = geo_table_find(name);
    struct buf names;
    if (table)
        return table;
    buf_init(&names);
    for (const struct geo_table *each = geo_tables; each->name; each++)
        buf_printf(&names, "%s%s", names.len ? ", " : "", each->name);
    err_set(err, ERR_USAGE, "no hay una capa «%s»; hay: %s", name, names.data ? names.data : "");
    buf_free(&names);
    return NULL;
}

const char *geo_field_published(const struct geo_field *field)
{
    return field->published ? field->published : field->name;
}

int geo_table_field(const struct geo_table *table, const char *field)
{
    for (size_t i = 0; i < table->n_fields; i++)
        if (table->fields[i].name[0] == field[0] && strcmp(table->fields[i].name, field) == 0)
            return (int)i;
    return -1;
}

const char *geo_choice_label(const struct geo_field *field, const char *value)
{
    for (const struct geo_choice *choice = field->choices; choice && choice->value; choice++)
        if (strcmp(choice->value, value) == 0)
            return choice->label;
    return value;
}

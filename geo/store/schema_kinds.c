/* schema_kinds.c - which tables a command, a parameter or a message is about. */
#include <pthread.h>

#include "geo/base/buf.h"
#include "geo/store/schema.h"

static bool is_of(enum geo_tables_kind kind, const struct geo_table *table)
{
    switch (kind) {
    case GEO_TABLES_NONE:
    case GEO_TABLES_KINDS:
        return false;
    case GEO_TABLES_ALL:
        return true;
    case GEO_TABLES_LINKED:
        return table->linked;
    case GEO_TABLES_PLACED:
        return table->linked && table->geometry != GEO_NO_GEOMETRY;
    }
    return false;
}

static const struct geo_table *seek(enum geo_tables_kind kind, const struct geo_table *table)
{
    while (table->name && !is_of(kind, table))
        table++;
    return table->name ? table : NULL;
}

const struct geo_table *geo_tables_first(enum geo_tables_kind kind)
{
    return seek(kind, geo_tables);
}

const struct geo_table *geo_tables_next(enum geo_tables_kind kind, const struct geo_table *table)
{
    return seek(kind, table + 1);
}

enum { NAMES_MAX = GEO_TABLES_MAX + 1 };
static const char *names[GEO_TABLES_KINDS][NAMES_MAX];

static void collect_names(void)
{
    for (int kind = 0; kind < GEO_TABLES_KINDS; kind++) {
        size_t n = 0;
        for (const struct geo_table *table = geo_tables_first((enum geo_tables_kind)kind);
             table && n + 1 < NAMES_MAX; table = geo_tables_next((enum geo_tables_kind)kind, table))
            names[kind][n++] = table->name;
    }
}

const char *const *geo_tables_names(enum geo_tables_kind kind)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, collect_names);
    return names[kind];
}

/* "comunidades, alianzas o areas_riego" */
static void put_names(enum geo_tables_kind kind, struct buf *out)
{
    const struct geo_table *table = geo_tables_first(kind);
    while (table) {
        const struct geo_table *next = geo_tables_next(kind, table);
        buf_printf(out, "%s%s", !out->len ? "" : next ? ", " : " o ", table->name);
        table = next;
    }
}

const struct geo_table *geo_table_linked(const char *name, enum geo_tables_kind listed,
                                         enum err_kind kind, struct err *err)
{
    const struct geo_table *table = geo_table_find(name);
    if (table && table->linked)
        return table;
    struct buf names;
    buf_init(&names);
    put_names(listed, &names);
    err_set(err, kind, "«%s» no es una capa con vínculos: %s", name, names.data ? names.data : "");
    buf_free(&names);
    return NULL;
}

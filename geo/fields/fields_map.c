/* fields_map.c - obeys what people state of columns: --map and --ignore. */
#include <string.h>

#include "geo/base/buf.h"
#include "geo/base/text.h"
#include "geo/fields/fields_internal.h"
#include "geo/fields/geometry_column.h"
#include "geo/fields/heading.h"

static void put_list(struct buf *list, const char *name)
{
    buf_printf(list, "%s%s", list->len ? ", " : "", name);
}

void fields_put_columns(const struct geo_fields *fields, struct buf *list)
{
    for (size_t c = 0; c < fields->n_columns; c++)
        put_list(list, fields->columns[c]);
}

static bool is_alias(const char *aliases, const char *folded)
{
    size_t len = strlen(folded);
    for (const char *word = aliases; word && *word;) {
        word += strspn(word, " ");
        size_t n = strcspn(word, " ");
        if (n == len && len > 0 && memcmp(word, folded, len) == 0)
            return true;
        word += n;
    }
    return false;
}

/* The slot that --map names: by name, or by alias. */
static int find_slot(const struct geo_fields *fields, const char *folded)
{
    const struct geo_table *table = fields->table;
    for (size_t s = 0; s < fields->n_slots; s++)
        if (fields_may_fill(table, s) && strcmp(fields_slot_name(table, s), folded) == 0)
            return (int)s;
    for (size_t s = 0; s < fields->n_slots; s++)
        if (fields_may_fill(table, s) && is_alias(fields_slot_aliases(table, s), folded))
            return (int)s;
    return -1;
}

/* The column of that name; an exact match goes before a folded one. -1: none. */
static int find_column(const struct geo_fields *fields, const char *name)
{
    for (size_t c = 0; c < fields->n_columns; c++)
        if (strcmp(fields->columns[c], name) == 0)
            return (int)c;
    char *folded = heading_fold(fields->arena, name);
    for (size_t c = 0; folded && c < fields->n_columns; c++)
        if (strcmp(fields->folded[c], folded) == 0)
            return (int)c;
    return -1;
}

static bool unknown_field(const struct geo_fields *fields, const char *word, struct err *err)
{
    struct buf list;
    buf_init(&list);
    for (size_t s = 0; s < fields->n_slots; s++)
        if (fields_may_fill(fields->table, s))
            put_list(&list, fields_published_name(fields->table, s));
    if (fields->table->geometry != GEO_NO_GEOMETRY)
        put_list(&list, GEOMETRY_COLUMN_WORD);
    err_set(err, ERR_USAGE, "--map %s: «%s» no es un campo de %s; hay: %s", word, word,
            fields->table->name, list.data ? list.data : "");
    buf_free(&list);
    return false;
}

static bool unknown_column(const struct geo_fields *fields, const char *option, const char *entry,
                           const char *column, struct err *err)
{
    struct buf list;
    buf_init(&list);
    fields_put_columns(fields, &list);
    err_set(err, ERR_USAGE, "%s %s: la fuente no tiene la columna «%s»; tiene: %s", option, entry,
            column, list.data ? list.data : "ninguna");
    buf_free(&list);
    return false;
}

static bool obey_map(struct geo_fields *fields, const char *entry, struct err *err)
{
    const char *equals = strchr(entry, '=');
    if (!equals || equals == entry || !equals[1])
        return err_set(err, ERR_USAGE, "--map %s: se espera campo=columna", entry);
    char *word = arena_strndup(fields->arena, entry, (size_t)(equals - entry));
    char *field = word ? text_fold_column(fields->arena, word) : NULL;
    if (!field || !text_is_utf8(equals, strlen(equals)))
        return err_set(err, ERR_USAGE, "--map %s: no es texto UTF-8", entry);
    bool geometry = fields->table->geometry != GEO_NO_GEOMETRY &&
                    strcmp(field, GEOMETRY_COLUMN_WORD) == 0; /* the source takes it */
    int slot = geometry ? -1 : find_slot(fields, field);
    if (slot < 0 && !geometry)
        return unknown_field(fields, word, err);
    int found = find_column(fields, equals + 1);
    if (found < 0)
        return unknown_column(fields, "--map", entry, equals + 1, err);
    if (geometry)
        return true;
    if (fields->rank_of[slot] == FIELDS_MAPPED && fields->column_of[slot] >= 0 &&
        fields->column_of[slot] != found)
        return err_set(err, ERR_USAGE, "--map %s: otro --map dice que «%s» es la columna «%s»",
                       entry, word, fields->columns[fields->column_of[slot]]);
    fields->column_of[slot] = found;
    fields->rank_of[slot] = FIELDS_MAPPED;
    fields->used[found] = true;
    return true;
}

static bool obey_ignore(struct geo_fields *fields, const char *column, struct err *err)
{
    int found = find_column(fields, column);
    if (found < 0)
        return unknown_column(fields, "--ignore", column, column, err);
    if (fields->used[found])
        return err_set(err, ERR_USAGE, "--ignore %s: un --map dice que llena un campo", column);
    fields->ignored[found] = true;
    return true;
}

bool fields_obey(struct geo_fields *fields, const struct geo_fields_options *options,
                 struct err *err)
{
    for (const char *const *entry = options->map; entry && *entry; entry++)
        if (!obey_map(fields, *entry, err))
            return false;
    for (const char *const *column = options->ignore; column && *column; column++)
        if (!obey_ignore(fields, *column, err))
            return false;
    fields->ignore_unused = options->ignore_unused;
    fields->has_geometry = options->has_geometry;
    fields->decimal = options->decimal;
    fields->place = options->place ? options->place : "línea";
    return true;
}

/* fields.c - matches the columns of a source to fields, and parses their values. */
#include "geo/import/fields.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/buf.h"
#include "geo/base/text.h"

enum { LON, LAT, X, Y, TEXT, N_POSITIONS };

/* Folded names of coordinate columns; the first is the name for --map. */
static const struct {
    const char *name, *aliases;
} positions[N_POSITIONS] = {
    [LON] = {"lon", "longitud longitude long lng lon_wgs84 longitud_w"},
    [LAT] = {"lat", "latitud latitude lat_wgs84 latitud_s"},
    [X] = {"x", "este easting utm_x coord_x coordenada_x utm_este x_utm este_x"},
    [Y] = {"y", "norte northing utm_y coord_y coordenada_y utm_norte y_utm norte_y"},
    [TEXT] = {"coordenada", "coordenadas ubicacion gps georreferencia georeferencia punto_gps"},
};

struct geo_fields {
    const struct geo_table *table;
    const char *const *columns;
    size_t n_columns;
    struct arena *arena;
    char **folded;
    bool *used;
    int *column_of; /* n_fields, then N_POSITIONS */
};

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

static const char *slot_name(const struct geo_table *table, size_t slot)
{
    return slot < table->n_fields ? table->fields[slot].name
                                  : positions[slot - table->n_fields].name;
}

static const char *slot_aliases(const struct geo_table *table, size_t slot)
{
    return slot < table->n_fields ? table->fields[slot].aliases
                                  : positions[slot - table->n_fields].aliases;
}

static bool may_fill(const struct geo_table *table, size_t slot)
{
    if (slot < table->n_fields)
        return !(table->fields[slot].flags & GEO_DERIVED);
    return table->geometry != GEO_MULTIPOLYGON &&
           !(table->geometry == GEO_NO_GEOMETRY && table->linked);
}

static int find_column(const struct geo_fields *fields, const char *folded)
{
    for (size_t c = 0; c < fields->n_columns; c++)
        if (strcmp(fields->folded[c], folded) == 0)
            return (int)c;
    return -1;
}

static void put_list(struct buf *list, const char *name)
{
    buf_printf(list, "%s%s", list->len ? ", " : "", name);
}

/* The slot that --map names: by name, by alias, or money by its name in Bs. */
static int find_slot(const struct geo_table *table, const char *folded)
{
    size_t n = table->n_fields + N_POSITIONS;
    for (size_t s = 0; s < n; s++)
        if (may_fill(table, s) && strcmp(slot_name(table, s), folded) == 0)
            return (int)s;
    for (size_t s = 0; s < n; s++)
        if (may_fill(table, s) && is_alias(slot_aliases(table, s), folded))
            return (int)s;
    return -1;
}

static bool unknown_field(const struct geo_table *table, const char *word, struct err *err)
{
    struct buf list;
    buf_init(&list);
    for (size_t s = 0; s < table->n_fields + N_POSITIONS; s++)
        if (may_fill(table, s))
            put_list(&list, slot_name(table, s));
    err_set(err, ERR_USAGE, "--map %s: «%s» no es un campo de %s; hay: %s", word, word, table->name,
            list.data ? list.data : "");
    buf_free(&list);
    return false;
}

static bool unknown_column(const struct geo_fields *fields, const char *entry, const char *column,
                           struct err *err)
{
    struct buf list;
    buf_init(&list);
    for (size_t c = 0; c < fields->n_columns; c++)
        put_list(&list, fields->columns[c]);
    err_set(err, ERR_USAGE, "--map %s: la fuente no tiene la columna «%s»; tiene: %s", entry,
            column, list.data ? list.data : "ninguna");
    buf_free(&list);
    return false;
}

static bool apply_map(struct geo_fields *fields, const char *entry, struct err *err)
{
    const char *equals = strchr(entry, '=');
    if (!equals || equals == entry || !equals[1])
        return err_set(err, ERR_USAGE, "--map %s: se espera campo=columna", entry);
    char *word = arena_strndup(fields->arena, entry, (size_t)(equals - entry));
    char *field = word ? text_fold_column(fields->arena, word) : NULL;
    char *column = text_fold_column(fields->arena, equals + 1);
    if (!field || !column)
        return err_set(err, ERR_USAGE, "--map %s: no es texto UTF-8", entry);
    int slot = find_slot(fields->table, field);
    if (slot < 0)
        return unknown_field(fields->table, word, err);
    int found = -1; /* an exact match goes before a folded one */
    for (size_t c = 0; c < fields->n_columns && found < 0; c++)
        if (strcmp(fields->columns[c], equals + 1) == 0)
            found = (int)c;
    if (found < 0)
        found = find_column(fields, column);
    if (found < 0)
        return unknown_column(fields, entry, equals + 1, err);
    fields->column_of[slot] = found;
    fields->used[found] = true;
    return true;
}

/* Matches columns by the titles of fields, which our own workbooks have as headings. */
static bool match_titles(struct geo_fields *fields, struct err *err)
{
    for (size_t f = 0; f < fields->table->n_fields; f++) {
        char *title = text_fold_column(fields->arena, fields->table->fields[f].title);
        if (!title)
            return err_no_memory(err);
        int c = find_column(fields, title);
        if (!may_fill(fields->table, f) || fields->column_of[f] >= 0 || c < 0 || fields->used[c])
            continue;
        fields->column_of[f] = c;
        fields->used[c] = true;
    }
    return true;
}

/* Matches columns by name. Slots set by --map are skipped; a field's own name goes before
 * its title, and that before its aliases, which go in the order of the schema. */
static bool match_names(struct geo_fields *fields, struct err *err)
{
    const struct geo_table *table = fields->table;
    size_t n = table->n_fields + N_POSITIONS;
    for (size_t s = 0; s < n; s++) {
        if (!may_fill(table, s) || fields->column_of[s] >= 0)
            continue;
        int c = find_column(fields, slot_name(table, s));
        if (c >= 0 && !fields->used[c]) {
            fields->column_of[s] = c;
            fields->used[c] = true;
        }
    }
    if (!match_titles(fields, err))
        return false;
    for (size_t s = 0; s < n; s++) {
        const char *aliases = slot_aliases(table, s);
        char word[64];
        for (size_t len; may_fill(table, s) && fields->column_of[s] < 0 && aliases && *aliases;
             aliases += len) {
            aliases += strspn(aliases, " ");
            len = strcspn(aliases, " ");
            if (len == 0 || len >= sizeof word)
                continue;
            memcpy(word, aliases, len);
            word[len] = '\0';
            int c = find_column(fields, word);
            if (c >= 0 && !fields->used[c]) {
                fields->column_of[s] = c;
                fields->used[c] = true;
            }
        }
    }
    return true;
}

/* A shapefile truncates names to ten bytes. */
enum { CUT = 10 };

static bool is_cut_of(const char *column, const char *name, size_t len)
{
    return len > CUT && strlen(column) == CUT && memcmp(column, name, CUT) == 0;
}

/* True if the column may be a truncated name or alias of the slot. */
static bool cut_names(const struct geo_table *table, size_t slot, const char *column)
{
    const char *name = slot_name(table, slot);
    if (is_cut_of(column, name, strlen(name)))
        return true;
    for (const char *word = slot_aliases(table, slot); word && *word;) {
        word += strspn(word, " ");
        size_t len = strcspn(word, " ");
        if (is_cut_of(column, word, len))
            return true;
        word += len;
    }
    return false;
}

/* Matches the remaining columns that are truncated names of one slot only. */
static void match_cut_names(struct geo_fields *fields)
{
    const struct geo_table *table = fields->table;
    for (size_t c = 0; c < fields->n_columns; c++) {
        size_t found = 0, n = 0;
        if (fields->used[c])
            continue;
        for (size_t s = 0; s < table->n_fields + N_POSITIONS; s++)
            if (may_fill(table, s) && cut_names(table, s, fields->folded[c])) {
                found = s;
                n++;
            }
        if (n == 1 && fields->column_of[found] < 0) {
            fields->column_of[found] = (int)c;
            fields->used[c] = true;
        }
    }
}

bool geo_fields_complete(const struct geo_fields *fields, struct err *err)
{
    for (size_t f = 0; f < fields->table->n_fields; f++) {
        const struct geo_field *field = &fields->table->fields[f];
        if (!(field->flags & GEO_REQUIRED) || (field->flags & GEO_DERIVED) ||
            fields->column_of[f] >= 0)
            continue;
        struct buf list;
        buf_init(&list);
        for (size_t c = 0; c < fields->n_columns; c++)
            put_list(&list, fields->columns[c]);
        err_set(err, ERR_INPUT,
                "ninguna columna llena el campo obligatorio «%s»; la fuente tiene: %s; "
                "dígalo con --map %s=COLUMNA",
                field->name, list.data ? list.data : "ninguna", field->name);
        buf_free(&list);
        return false;
    }
    return true;
}

static bool fold_columns(struct geo_fields *fields, struct err *err)
{
    size_t n = fields->n_columns, n_slots = fields->table->n_fields + N_POSITIONS;
    fields->folded = arena_array(fields->arena, n, sizeof *fields->folded);
    fields->used = arena_array(fields->arena, n, sizeof *fields->used);
    fields->column_of = arena_array(fields->arena, n_slots, sizeof *fields->column_of);
    if (!fields->folded || !fields->used || !fields->column_of)
        return err_no_memory(err);
    for (size_t s = 0; s < n_slots; s++)
        fields->column_of[s] = -1;
    for (size_t c = 0; c < n; c++) {
        fields->folded[c] = text_fold_column(fields->arena, fields->columns[c]);
        if (!fields->folded[c]) /* not UTF-8: matches nothing */
            fields->folded[c] = arena_strdup(fields->arena, "");
        if (!fields->folded[c])
            return err_no_memory(err);
    }
    return true;
}

struct geo_fields *geo_fields_match(const struct geo_table *table, const char *const *columns,
                                    size_t n_columns, const char *const *map, struct err *err)
{
    struct geo_fields *fields = calloc(1, sizeof *fields);
    if (!fields || !(fields->arena = arena_new())) {
        err_no_memory(err);
        goto failed;
    }
    fields->table = table;
    fields->columns = columns;
    fields->n_columns = n_columns;
    if (!fold_columns(fields, err))
        goto failed;
    for (; map && *map; map++)
        if (!apply_map(fields, *map, err))
            goto failed;
    if (!match_names(fields, err))
        goto failed;
    match_cut_names(fields);
    return fields;
failed:
    geo_fields_free(fields);
    return NULL;
}

void geo_fields_free(struct geo_fields *fields)
{
    if (!fields)
        return;
    arena_free(fields->arena);
    free(fields);
}

int geo_fields_column(const struct geo_fields *fields, int field)
{
    return fields->column_of[field];
}

struct geo_position geo_fields_position(const struct geo_fields *fields)
{
    const int *at = fields->column_of + fields->table->n_fields;
    struct geo_position position = {at[LON], at[LAT], at[X], at[Y], at[TEXT]};
    if (position.lon < 0 || position.lat < 0)
        position.lon = position.lat = -1;
    if (position.x < 0 || position.y < 0)
        position.x = position.y = -1;
    return position;
}

bool geo_fields_uses(const struct geo_fields *fields, size_t column)
{
    return fields->used[column];
}

/* A column with the database's own name ("comprometido_cts") holds centavos, as when
 * another database is imported; every other money column holds Bs. */
static bool in_centavos(const struct geo_fields *fields, const struct geo_field *field, int column)
{
    return column >= 0 && field->type == GEO_MONEY &&
           strcmp(fields->folded[column], field->name) == 0;
}

bool geo_fields_parse(const struct geo_fields *fields, const struct source_cell *cells,
                      struct arena *arena, struct geo_value *out, struct err *err)
{
    static const struct source_cell no_cell = {SOURCE_CELL_EMPTY, NULL};
    for (size_t f = 0; f < fields->table->n_fields; f++) {
        const struct geo_field *field = &fields->table->fields[f];
        int c = fields->column_of[f];
        out[f] = (struct geo_value){.kind = GEO_NULL};
        if (field->flags & GEO_DERIVED)
            continue;
        struct geo_field centavos = *field;
        if (in_centavos(fields, field, c)) {
            centavos.type = GEO_INTEGER;
            centavos.min *= 100;
            centavos.max *= 100;
            field = &centavos;
        }
        if (!geo_field_parse(field, c >= 0 ? &cells[c] : &no_cell, arena, &out[f], err))
            return false;
    }
    return true;
}

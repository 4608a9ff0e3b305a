/* fields_explain.c - says which column fills which field, and how it is read. */
#include "geo/fields/fields_explain.h"

#include <stdio.h>
#include <string.h>

#include "geo/fields/fields_internal.h"
#include "geo/fields/heading.h"

/* The slot that a column fills; -1: none. */
static int slot_of(const struct geo_fields *fields, size_t column)
{
    for (size_t s = 0; s < fields->n_slots; s++)
        if (fields->column_of[s] == (int)column)
            return (int)s;
    return -1;
}

static const struct geo_field *field_of(const struct geo_fields *fields, size_t column)
{
    int slot = slot_of(fields, column);
    return slot >= 0 && (size_t)slot < fields->table->n_fields ? &fields->table->fields[slot]
                                                               : NULL;
}

static bool has_title(const struct geo_fields *fields, int slot, size_t column)
{
    if ((size_t)slot >= fields->table->n_fields)
        return false;
    char *key = heading_key(fields->arena, fields->table->fields[slot].title);
    return key && strcmp(key, fields->keys[column]) == 0;
}

const char *fields_explain_slot(const struct geo_fields *fields, size_t slot)
{
    return arena_strdup(fields->arena, fields_published_name(fields->table, slot));
}

const char *fields_explain_name(const struct geo_fields *fields, size_t column,
                                enum explained_by *why)
{
    static const enum explained_by reasons[] = {
        [FIELDS_MAPPED] = EXPLAINED_BY_MAP, [FIELDS_EXACT] = EXPLAINED_BY_NAME,
        [FIELDS_NAME] = EXPLAINED_BY_NAME,  [FIELDS_ALIAS] = EXPLAINED_BY_ALIAS,
        [FIELDS_UNIT] = EXPLAINED_BY_ALIAS, [FIELDS_GROUP] = EXPLAINED_BY_GROUP,
        [FIELDS_CUT] = EXPLAINED_BY_CUT,
    };
    int slot = slot_of(fields, column);
    if (slot < 0)
        return NULL;
    *why = reasons[fields->rank_of[slot]];
    if (*why == EXPLAINED_BY_ALIAS && has_title(fields, slot, column))
        *why = EXPLAINED_BY_TITLE;
    return fields_explain_slot(fields, (size_t)slot);
}

static const char *number_reading(const struct column_reading *reading, const char *what,
                                  struct arena *arena)
{
    static const char *const reasons[] = {
        [COLUMN_STATED] = "lo dice --decimal",
        [COLUMN_OWN] = "se ve en sus valores",
        [COLUMN_OTHERS] = "como en las otras columnas",
    };
    if (reading->why == COLUMN_UNKNOWN || reading->mark == MARK_OPEN)
        return what;
    return arena_printf(arena, "%s, %s decimal: %s", what,
                        reading->mark == MARK_COMMA ? "coma" : "punto", reasons[reading->why]);
}

const char *fields_explain_reading(const struct geo_fields *fields, size_t column,
                                   const struct column_facts *facts, struct arena *arena)
{
    const struct geo_field *field = field_of(fields, column);
    const struct column_reading *reading = &fields->readings[column];
    bool texts = facts->n[COLUMN_TYPED] < column_facts_numbers(facts);
    if (!field)
        return slot_of(fields, column) >= 0 ? "coordenada"
                                            : number_reading(reading, "número", arena);
    switch (field->type) {
    case GEO_INTEGER:
    case GEO_REAL:
        return texts ? number_reading(reading, "número", arena) : "número";
    case GEO_MONEY:
        return texts ? number_reading(reading, "monto en Bs", arena) : "monto en Bs";
    case GEO_DATE:
        return reading->month_first ? "fecha, mes/día/año: se ve en sus valores" : "fecha";
    case GEO_CHOICE:
        return "una de sus opciones";
    case GEO_FLAG:
        return "sí o no";
    case GEO_TEXT:
        break;
    }
    return NULL;
}

/* The first cell that has something in it; NULL: all are empty. */
static const struct column_example *first_of(const struct column_facts *facts, bool *typed)
{
    const struct column_example *first = NULL;
    for (int trait = 0; trait <= COLUMN_LAST_FORM; trait++) {
        const struct column_example *one = &facts->first[trait];
        if (one->line && (!first || one->line < first->line)) {
            first = one;
            *typed = trait == COLUMN_TYPED;
        }
    }
    return first;
}

static void put_value(struct buf *out, const struct geo_field *field, const struct geo_value *value)
{
    if (value->kind == GEO_TEXT_VALUE)
        buf_puts(out, value->text);
    else if (value->kind == GEO_REAL_VALUE)
        buf_put_real(out, value->real);
    else if (value->kind == GEO_INT_VALUE && field->type == GEO_MONEY)
        buf_put_fixed(out, (double)value->integer / 100, 2);
    else if (value->kind == GEO_INT_VALUE)
        buf_put_int(out, value->integer);
}

static bool is_number(const struct geo_field *field, const struct geo_value *value)
{
    return value->kind == GEO_REAL_VALUE || (field && field->type == GEO_MONEY);
}

/* As people here write a number: 1234,5. */
static void put_comma(char *number)
{
    char *point = strchr(number, '.');
    if (point)
        *point = ',';
}

const char *fields_explain_example(const struct geo_fields *fields, size_t column,
                                   const struct column_facts *facts, struct arena *arena)
{
    bool typed = false;
    const struct geo_field *field = field_of(fields, column);
    const struct column_example *first = first_of(facts, &typed);
    struct geo_value value = {.kind = GEO_NULL};
    struct buf read;
    if (!first)
        return NULL;
    const struct source_cell cell = {typed ? SOURCE_CELL_NUMBER : SOURCE_CELL_TEXT, first->text};
    buf_init(&read);
    if (field && geo_field_read(field, &cell, &fields->readings[column], arena, &value, NULL))
        put_value(&read, field, &value);
    bool same = !read.data || strcmp(read.data, first->text) == 0;
    if (read.data && is_number(field, &value))
        put_comma(read.data);
    const char *text = buf_failed(&read)            ? NULL
                       : same && typed && read.data ? arena_printf(arena, "«%s»", read.data)
                       : same                       ? arena_printf(arena, "«%s»", first->text)
                              : arena_printf(arena, "«%s» es %s", first->text, read.data);
    buf_free(&read);
    return text;
}

const char *fields_explain_unused(const struct geo_fields *fields, size_t column,
                                  const struct column_facts *facts)
{
    if (fields->ignored[column])
        return "lo dice --ignore";
    if (fields->ours[column])
        return "la calcula SIGG";
    return facts && facts->values == 0 ? "está vacía" : NULL;
}

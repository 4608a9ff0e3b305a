/* fields_ours.c - columns of our own exports and workbooks that an import computes itself. */
#include <string.h>

#include "geo/fields/fields_internal.h"
#include "geo/fields/heading.h"

/* The title of the method of a link, in a workbook of `sigg report libro`. */
static const char workbook_mark[] = "Cómo se vinculó";

static bool has_heading(const struct geo_fields *fields, const char *heading)
{
    for (size_t c = 0; c < fields->n_columns; c++)
        if (strcmp(fields->columns[c], heading) == 0)
            return true;
    return false;
}

/* The link in such a workbook. Anywhere else «Municipio» is the declared one. */
static bool is_link_title(const char *heading)
{
    static const char *const titles[] = {
        "Municipio (código)", "Municipio",       "Departamento",
        "Unidad operativa",   "Cómo se vinculó", "Estado del vínculo",
        "Distancia (m)",      "Parte",           "Simulado"};
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        if (strcmp(heading, titles[i]) == 0)
            return true;
    return false;
}

static bool is_slot_name(const struct geo_fields *fields, const char *heading)
{
    for (size_t s = 0; s < fields->n_slots; s++)
        if (fields_may_fill(fields->table, s) &&
            strcmp(fields_slot_name(fields->table, s), heading) == 0)
            return true;
    return false;
}

/* By name, by title, or cut by a shapefile; «coordenada» has ten bytes of its own. */
static bool is_derived(const struct geo_fields *fields, const char *heading)
{
    const struct geo_table *table = fields->table;
    for (size_t f = 0; f < table->n_fields; f++) {
        const struct geo_field *field = &table->fields[f];
        bool cut = strlen(heading) == FIELDS_CUT_BYTES && !is_slot_name(fields, heading) &&
                   strncmp(heading, field->name, FIELDS_CUT_BYTES) == 0;
        if (field->flags & GEO_DERIVED &&
            (cut || strcmp(heading, field->name) == 0 || strcmp(heading, field->title) == 0))
            return true;
    }
    return false;
}

void fields_mark_ours(struct geo_fields *fields)
{
    bool workbook = has_heading(fields, workbook_mark);
    for (size_t c = 0; c < fields->n_columns; c++) {
        const char *heading = fields->columns[c];
        bool ours;
        fields->ours[c] = (heading_is_added(heading, &ours) && ours) ||
                          is_derived(fields, heading) || (workbook && is_link_title(heading));
    }
}

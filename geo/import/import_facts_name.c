/* import_facts_name.c - compares code and name of a municipality in a table of facts. */
#include "geo/import/import_facts_name.h"

#include "geo/base/text.h"

bool import_facts_name_find(struct import_run *run, struct declared *declared,
                            struct import_facts_name *out, struct err *err)
{
    const struct geo_source_table *source = run->at->source;
    const struct geo_table *municipios = geo_table_find("municipios");
    const struct geo_fields_options options = {.ignore = run->options->ignore,
                                               .ignore_unused = true};
    struct err unfit = {0};
    *out = (struct import_facts_name){declared, -1, -1};
    if (!declared)
        return true;
    struct geo_fields *fields =
        geo_fields_new(municipios, source->columns, source->n_columns, &options, &unfit);
    if (!fields) /* such as two columns of names: none of them is the one */
        return unfit.kind == ERR_INPUT || unfit.kind == ERR_USAGE || err_no_memory(err);
    out->nombre = geo_fields_column(fields, geo_table_field(municipios, "nombre"));
    out->departamento = geo_fields_column(fields, geo_table_field(municipios, "departamento"));
    geo_fields_free(fields);
    return true;
}

/* NULL: no column, or no text. */
static const char *text_of(struct import_run *run, const struct geo_source_row *row, int column)
{
    const char *text = column >= 0 ? row->cells[column].text : NULL;
    return text ? text_clean(run->row, text) : NULL;
}

bool import_facts_name_check(struct import_run *run, const struct import_facts_name *name,
                             const char *codigo, const struct geo_source_row *row, struct err *err)
{
    struct declared_unit unit;
    if (!name->declared || (name->nombre < 0 && name->departamento < 0))
        return true;
    if (!declared_find(name->declared, run->row, codigo, text_of(run, row, name->nombre),
                       text_of(run, row, name->departamento), &unit, err))
        return false;
    return !unit.contrary ||
           err_set(err, ERR_INPUT,
                   "codigo: %s: corrija el que no sea, o deje esa columna fuera con --ignore",
                   unit.contrary);
}

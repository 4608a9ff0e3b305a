/* import_row_kinds.c - tells rows that are no records by the fields of the layer.
 *
 * They are a second header with other columns, and rows of a form with nothing but their number.
 */
#include "geo/import/import_row_kinds.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "geo/base/text.h"

static const char *text_at(const struct geo_source_row *row, size_t c)
{
    const char *text = row->cells[c].text;
    return text ? text + strspn(text, " \t") : "";
}

static bool is_own_heading(const struct import_run *run, const char *text)
{
    const struct geo_source_table *source = run->at->source;
    for (size_t c = 0; c < source->n_columns; c++)
        if (strcasecmp(source->columns[c], text) == 0)
            return true;
    return false;
}

/* Cells that could be headings: texts without digits, at least one a heading of this table. This is
 * asked of every row, so that names are compared only where it holds. */
static bool may_be_headings(const struct import_run *run, const struct geo_source_row *row)
{
    size_t filled = 0;
    for (size_t c = 0; c < run->at->source->n_columns; c++) {
        const char *text = text_at(row, c);
        if (!text[0])
            continue;
        filled++;
        if (row->cells[c].kind != SOURCE_CELL_TEXT || strpbrk(text, "0123456789"))
            return false;
    }
    for (size_t c = 0; filled > 1 && c < run->at->source->n_columns; c++)
        if (text_at(row, c)[0] && is_own_heading(run, text_at(row, c)))
            return true;
    return false;
}

static bool is_header(struct import_run *run, const struct geo_source_row *row)
{
    if (!may_be_headings(run, row))
        return false;
    for (size_t c = 0; c < run->at->source->n_columns; c++) {
        const char *text = text_at(row, c);
        if (text[0] && !is_own_heading(run, text) && !import_names_known(&run->names, text))
            return false;
    }
    return true;
}

bool import_repeats_header(struct import_run *run, const struct geo_source_row *row)
{
    struct import_table *table = run->at;
    if (!row->cells || table->second_header || !is_header(run, row))
        return false;
    for (size_t c = 0; c < table->source->n_columns; c++)
        if (!geo_fields_is_heading(run->fields, c, text_at(row, c), run->row))
            return false;
    if (table->repeated_headers++ == 0)
        table->first_repeated = row->line;
    return true;
}

void import_tell_repeated(struct import_run *run)
{
    const struct import_table *table = run->at;
    bool one = table->repeated_headers == 1;
    if (table->repeated_headers == 0)
        return;
    import_note(
        run, run->at,
        arena_printf(run->kept, "%lld %s el encabezado con otras letras y no se %s (%s %lld)",
                     (long long)table->repeated_headers, one ? "fila repite" : "filas repiten",
                     one ? "lee" : "leen", table->source->place, (long long)table->first_repeated));
}

bool import_refuse_below_header(struct import_run *run, const struct geo_source_row *row)
{
    struct import_table *table = run->at;
    if (!row->cells)
        return false;
    if (table->second_header) {
        import_refuse(
            run, NULL,
            "está debajo de un segundo encabezado (%s %lld) con otras columnas: no se lee",
            table->source->place, (long long)table->second_header);
        return true;
    }
    if (!is_header(run, row))
        return false;
    table->second_header = row->line;
    import_refuse(run, NULL,
                  "parece otro encabezado, con otras columnas o en otro orden: pase lo que está "
                  "debajo a otra hoja o archivo, o bajo las columnas del primero");
    return true;
}

bool import_is_only_numbered(struct import_run *run, const struct geo_source_row *row)
{
    int number = -1;
    if (!row->cells || row->shape != GEO_SOURCE_NONE)
        return false;
    for (size_t c = 0; c < run->at->source->n_columns; c++) {
        const char *text = text_at(row, c);
        if (!text[0])
            continue;
        size_t digits = strspn(text, "0123456789");
        if (number >= 0 || !digits || text[digits + strspn(text + digits, ". \t")] ||
            geo_fields_uses(run->fields, c) || run->at->facts_named[c])
            return false;
        number = (int)c;
    }
    if (number < 0)
        return false;
    run->at->numbered++;
    run->at->number_column = (size_t)number;
    return true;
}

void import_tell_numbered(struct import_run *run)
{
    const struct import_table *table = run->at;
    bool one = table->numbered == 1, sheet = strcmp(table->source->place, "registro") != 0;
    if (table->numbered == 0)
        return;
    import_note(run, run->at,
                arena_printf(run->kept, "%lld %s con solo su número (columna «%s»), que no se %s",
                             (long long)table->numbered,
                             sheet ? (one ? "fila" : "filas") : (one ? "registro" : "registros"),
                             table->source->columns[table->number_column], one ? "lee" : "leen"));
}

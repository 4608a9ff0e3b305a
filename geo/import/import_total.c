/* import_total.c - tells rows of totals from records that only sound like one. */
#include <string.h>
#include <strings.h>

#include "geo/base/text.h"
#include "geo/import/import_run.h"

static bool is_one_of(const char *text, const char *const *words)
{
    for (; *words; words++)
        if (strcmp(text, *words) == 0)
            return true;
    return false;
}

/* Begins with one of the words, whole. */
static bool begins_with(const char *text, const char *const *words)
{
    for (; *words; words++) {
        size_t len = strlen(*words);
        if (strncmp(text, *words, len) == 0 && (text[len] == ' ' || !text[len]))
            return true;
    }
    return false;
}

/* The folded text, if it may begin with a word of totals; NULL: it does not, as nearly all. */
static const char *folded_total(struct import_run *run, const char *text)
{
    static const char begin[][4] = {"tot", "t o", "sub", "s u", "sum", "gra", "pro", "med"};
    text = text ? text + strspn(text, " *(\"'-") : "";
    for (size_t i = 0; i < sizeof begin / sizeof *begin; i++)
        if (strncasecmp(text, begin[i], 3) == 0)
            return text_fold(run->row, text);
    return NULL;
}

static const char *const subtotals[] = {"subtotal", "sub total", "subtotales", "s u b t o t a l",
                                        NULL};

/* "TOTAL", "Subtotal Sucre", "Total del municipio". */
bool import_is_total_code(struct import_run *run, const char *text)
{
    static const char *const begin[] = {"total", "totales", "gran total", NULL};
    static const char *const whole[] = {"suma",     "sumas", "sumatoria", "suma total",
                                        "promedio", "media", "t o t a l", NULL};
    const char *folded = folded_total(run, text);
    return folded && (begins_with(folded, begin) || begins_with(folded, subtotals) ||
                      is_one_of(folded, whole));
}

/* The same of a name, which may begin with one of the words and be a name: "Total", "Total Agro".
 */
static bool is_total_name(struct import_run *run, const char *text)
{
    static const char *const whole[] = {"gran total", "total general",  "t o t a l", "suma total",
                                        "total pais", "total nacional", NULL};
    static const char *const of[] = {"total de",          "total del",          "total municipio",
                                     "total provincia",   "total departamento", "total comunidad",
                                     "total comunidades", "total uo",           NULL};
    const char *folded = folded_total(run, text);
    return folded &&
           (is_one_of(folded, whole) || begins_with(folded, subtotals) || begins_with(folded, of));
}

static const char *text_of(const struct import_run *run, const struct geo_record *record,
                           const char *field)
{
    int index = geo_table_field(run->table, field);
    return index >= 0 ? geo_record_text(record, index) : NULL;
}

/* The first code of the record that reads as that of a total; NULL: none does. */
static const struct geo_field *total_code(struct import_run *run, const struct geo_record *record)
{
    for (size_t f = 0; f < run->table->n_fields; f++)
        if (run->table->fields[f].flags & GEO_CODE &&
            import_is_total_code(run, geo_record_text(record, (int)f)))
            return &run->table->fields[f];
    return NULL;
}

bool import_is_total(struct import_run *run, const struct geo_record *record)
{
    return total_code(run, record) || is_total_name(run, text_of(run, record, "nombre"));
}

/* True for a name that a row of totals does not have: no total itself, and no count such as
 * "3 comunidades". */
static bool is_own_name(struct import_run *run, const char *name)
{
    return name && strcspn(name, "0123456789") > 0 && !is_total_name(run, name);
}

static bool has_point(const struct import_run *run, const struct geo_source_row *row)
{
    return row->shape != GEO_SOURCE_NONE || (row->cells && import_has_coordinate(run, row));
}

static bool has_municipality(const struct import_run *run, const struct geo_record *record)
{
    return text_of(run, record, "municipio_codigo") || text_of(run, record, "municipio_nombre");
}

/* "Nan", which is a name of people and places, and what programs write where there is none. */
static void check_odd_name(struct import_run *run, const struct geo_record *record, bool placed)
{
    int field = geo_table_field(run->table, "nombre");
    const char *name = text_of(run, record, "nombre");
    if (!name || run->stored || !geo_field_is_odd_name(&run->table->fields[field], name))
        return;
    if (placed)
        import_warn(run, "nombre",
                    "nombre: «%s» se guarda como nombre; si dice que no hay dato, "
                    "corríjalo",
                    name);
    else
        import_refuse(run, "nombre",
                      "nombre: «%s» dice que no hay dato, y la fila no dice su municipio ni su "
                      "lugar",
                      name);
}

void import_check_total(struct import_run *run, const struct geo_source_row *row,
                        const struct geo_record *record)
{
    const struct geo_field *code = total_code(run, record);
    const char *name = text_of(run, record, "nombre");
    const char *field = code ? code->name : "nombre";
    bool named = is_own_name(run, name), point = has_point(run, row);
    bool placed = point || has_municipality(run, record);
    check_odd_name(run, record, placed);
    if (run->stored || (!code && !is_total_name(run, name)))
        return;
    const char *text = text_of(run, record, field);
    if (!placed || (code && !named && !point))
        import_refuse(run, field,
                      "%s: «%s» parece la fila de un total, no un registro; bórrela, o dele su "
                      "nombre y su municipio si es un registro",
                      field, text);
    else if (!point)
        import_warn(run, field,
                    "%s: «%s» parece la fila de un total; se guarda como registro, porque tiene "
                    "nombre, código y municipio",
                    field, text);
}

/* import_footer.c - tells rows below a table, such as notes and signatures, from records. */
#include "geo/import/import_run.h"

/* Where records say where they lie, one that does not is strange enough; else most codes have to be
 * of the other kind. */
enum { MOST = 3 };

static int64_t values(const struct import_run *run, int column)
{
    return column < 0 ? 0 : run->at->facts[column].values;
}

/* The records of the table say where they lie, by a geometry or in some column. */
static bool is_placed(const struct import_run *run)
{
    static const char *const fields[] = {"municipio_codigo", "municipio_nombre"};
    const struct geo_position at = geo_fields_position(run->fields);
    const int places[] = {at.text, at.lon, at.lat, at.x, at.y, run->at->source->geometry_column};
    bool placed = run->at->source->has_geometry;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        placed = placed || values(run, places[i]) > 0;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        int field = geo_table_field(run->table, fields[i]);
        placed = placed || (field >= 0 && values(run, geo_fields_column(run->fields, field)) > 0);
    }
    return placed;
}

/* `alike` codes of the column are like this one, itself among them. */
static bool is_unlike(const struct import_run *run, const struct column_facts *codes, int64_t alike)
{
    int64_t others = codes->values - alike;
    return alike > 0 && others >= (is_placed(run) ? alike : MOST * alike);
}

bool import_refuse_footer(struct import_run *run, const struct geo_record *record)
{
    int field = geo_table_field(run->table, "codigo");
    int column = field >= 0 ? geo_fields_column(run->fields, field) : -1;
    const char *code = field >= 0 ? geo_record_text(record, field) : NULL;
    if (column < 0 || !code || run->stored)
        return false;
    if (import_is_total(run, record))
        return true; /* refused by import_check_total() */
    const struct column_facts *codes = &run->at->facts[column];
    bool unlike =
        (column_facts_no_digit(code) && is_unlike(run, codes, codes->n[COLUMN_NO_DIGIT])) ||
        (column_facts_words(code) && is_unlike(run, codes, codes->n[COLUMN_WORDS]));
    if (unlike)
        import_refuse(run, "codigo",
                      "codigo: «%s» no es como los demás códigos, y la fila no dice su municipio "
                      "ni su lugar: parece una nota, una firma o un total; bórrela, o dele su "
                      "municipio si es un registro",
                      code);
    return unlike;
}

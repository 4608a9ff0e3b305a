/* import_rescued.c - keeps with a record how its place was read. */
#include "geo/import/import_run.h"

void import_set_text(struct import_run *run, const char *field, const char *text)
{
    int index = geo_table_field(run->table, field);
    if (index >= 0 && text)
        run->values[index] = (struct geo_value){.kind = GEO_TEXT_VALUE, .text = text};
}

bool import_keep_rescued(struct import_run *run, const struct geo_rescued *rescued,
                         struct import_outcome *outcome, struct err *err)
{
    outcome->crs = arena_strdup(run->row, rescued->crs);
    outcome->datum_uncertain = rescued->datum_uncertain;
    if (rescued->how[0])
        outcome->rescue = arena_strdup(run->row, rescued->how);
    if (!outcome->crs || (rescued->how[0] && !outcome->rescue))
        return err_no_memory(err);
    import_set_text(run, "crs_origen", outcome->crs);
    import_set_text(run, "rescate", outcome->rescue);
    int uncertain = geo_table_field(run->table, "datum_incierto");
    if (uncertain >= 0)
        run->values[uncertain] =
            (struct geo_value){.kind = GEO_INT_VALUE, .integer = rescued->datum_uncertain};
    return true;
}

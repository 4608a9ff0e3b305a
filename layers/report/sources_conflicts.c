/* sources_conflicts.c - the report table of conflicts without a verdict. */
#include <math.h>

#include "geo/analysis/conflicts.h"
#include "layers/report/data_internal.h"

static bool put_conflicts(struct report_data *data, const char *layer, struct rows *out,
                          struct err *err)
{
    const struct geo_conflicts_query asked = {.layer = layer,
                                              .edition = report_query_of(data)->edition,
                                              .state = "conflicto,en_agua,fuera",
                                              .nameless = true};
    static const char *const names[] = {"ubicado_codigo", "ubicado_nombre", "declarado_nombre",
                                        "distancia_m", "estado"};
    const struct geo_units *units = report_units(data);
    const struct columns *columns = report_columns(data, layer);
    struct rows *rows = geo_conflicts_rows(report_store(data), &asked, err);
    if (!rows)
        return false;
    int code = report_column(rows, "codigo"), title = report_column(rows, "nombre"),
        uo = report_column(rows, "uo"), declared = report_column(rows, "declarado_codigo"), at[5];
    for (int i = 0; i < 5; i++)
        at[i] = report_column(rows, names[i]);
    for (size_t r = 0; r < rows_count(rows); r++) {
        int64_t record = columns_find(columns, report_text(rows, r, code));
        if (record >= 0 && !report_counts(data, columns, (size_t)record))
            continue;
        size_t slot = geo_units_slot(units, report_text(rows, r, at[0]));
        if (slot == units->n)
            slot = geo_units_slot(units, report_text(rows, r, declared));
        rows_text(out, layer);
        rows_text(out, report_text(rows, r, code));
        rows_text(out, report_text(rows, r, title));
        rows_text(out, slot < units->n ? units->units[slot].departamento : NULL);
        rows_text(out, report_text(rows, r, uo));
        rows_text(out, report_text(rows, r, at[0]));
        rows_text(out, report_text(rows, r, at[1]));
        rows_text(out, report_text(rows, r, at[2]));
        rows_real(out, report_number(rows, r, at[3]));
        rows_text(out, report_text(rows, r, at[4]));
    }
    rows_free(rows);
    return true;
}

/* The undecided conflicts of records that count. */
struct rows *source_conflictos(struct report_data *data, struct err *err)
{
    static const struct rows_column heads[] = {
        {"capa", 0},        {"codigo", 0},        {"nombre", 0},     {"departamento", 0},
        {"uo", 0},          {"municipio", 0},     {"ubicado_en", 0}, {"municipio_nombre", 0},
        {"distancia_m", 1}, {"estado_vinculo", 0}};
    static const char *const layers[] = {"alianzas", "areas_riego", "subproyectos"};
    struct rows *rows = rows_new(heads, sizeof heads / sizeof *heads);
    if (!rows) {
        err_no_memory(err);
        return NULL;
    }
    for (size_t l = 0; l < 3; l++)
        if (!put_conflicts(data, layers[l], rows, err)) {
            rows_free(rows);
            return NULL;
        }
    return rows;
}

/* import_checks.c - checks a record beyond single fields.
 *
 * Fields are compared with each other, with today and with other tables. Impossible values
 * reject the record, unlikely ones are warnings.
 */
#include <string.h>

#include "geo/base/parse.h"
#include "geo/import/import_run.h"
#include "geo/place/measure.h"

/* Dates of the cycle, in the order they happen; ends with NULL. */
static const char *const alliance_dates[] = {
    "fecha_solicitud", "fecha_evaluacion", "fecha_plan", "fecha_viable",
    "fecha_convenio",  "fecha_conclusion", NULL};
/* Of all days only this one may be in the future. */
static const char planned[] = "fecha_conclusion_prevista";
/* The day planned may be before or after the day it came to. */
static const char *const planned_dates[] = {"fecha_convenio", planned, NULL};
static const char *const works_dates[] = {"fecha_inicio", "fecha_recepcion", NULL};

static void check_order(struct import_run *run, const struct geo_record *record,
                        const char *const *names)
{
    const char *earlier = NULL, *earlier_name = NULL;
    for (; *names; names++) {
        const char *date = geo_record_text(record, geo_table_field(run->table, *names));
        if (!date)
            continue;
        if (earlier && strcmp(date, earlier) < 0)
            import_refuse(run, *names, "%s (%s) es anterior a %s (%s)", *names, date, earlier_name,
                          earlier);
        earlier = date;
        earlier_name = *names;
    }
}

static void check_future(struct import_run *run, const struct geo_record *record)
{
    for (size_t f = 0; f < run->table->n_fields; f++) {
        const struct geo_field *field = &run->table->fields[f];
        const char *date = field->type == GEO_DATE ? geo_record_text(record, (int)f) : NULL;
        if (date && strcmp(date, run->today) > 0 && strcmp(field->name, planned) != 0)
            import_refuse(run, field->name, "%s: «%s» está en el futuro", field->name, date);
    }
}

static bool has(const struct import_run *run, const struct geo_record *record, const char *field)
{
    return record->values[geo_table_field(run->table, field)].kind != GEO_NULL;
}

static int64_t integer(const struct import_run *run, const struct geo_record *record,
                       const char *field)
{
    return geo_record_int(record, geo_table_field(run->table, field));
}

static bool is_one_of(const char *word, const char *const *words)
{
    for (; word && *words; words++)
        if (strcmp(word, *words) == 0)
            return true;
    return false;
}

/* Of two amounts the first is part of the second. */
static void check_part(struct import_run *run, const struct geo_record *record, const char *part,
                       const char *whole)
{
    static const int cents = 4; /* bytes of "_cts" */
    if (has(run, record, part) && has(run, record, whole) &&
        integer(run, record, part) > integer(run, record, whole))
        import_warn(run, part, "%.*s es mayor que %.*s", (int)strlen(part) - cents, part,
                    (int)strlen(whole) - cents, whole);
}

static void check_alliance(struct import_run *run, const struct geo_record *record)
{
    static const char *const before[] = {"solicitud", "evaluacion", "plan", "viable", NULL};
    static const char *const after[] = {"convenio", "inversion", "operacion", "concluida", NULL};
    const char *stage = geo_record_text(record, geo_table_field(run->table, "etapa"));
    if (has(run, record, "mujeres") && has(run, record, "familias") &&
        integer(run, record, "mujeres") > integer(run, record, "familias"))
        import_refuse(run, "mujeres", "mujeres (%lld) son más que familias (%lld)",
                      (long long)integer(run, record, "mujeres"),
                      (long long)integer(run, record, "familias"));
    check_order(run, record, alliance_dates);
    check_order(run, record, planned_dates);
    bool signed_ = has(run, record, "fecha_convenio");
    if (is_one_of(stage, after) && !signed_)
        import_warn(run, "fecha_convenio",
                    "etapa «%s» sin fecha_convenio: no cuenta como cobertura", stage);
    if (is_one_of(stage, before) && signed_)
        import_warn(run, "etapa", "etapa «%s» con fecha_convenio", stage);
    check_part(run, record, "transferido_cts", "comprometido_cts");
    check_part(run, record, "descargado_cts", "transferido_cts");
}

/* A polygon may be no larger than the largest area that can be declared. A larger one has
 * wrong units, or goes around the antimeridian. */
static bool check_size(struct import_run *run, const struct geo_record *record, struct err *err)
{
    const struct geo_field *declared =
        &run->table->fields[geo_table_field(run->table, "declarado_ha")];
    struct err bad = {0};
    if (record->wkb_len == 0)
        return true;
    struct geo_shape *shape = geo_shape_parse(record->wkb, record->wkb_len, &bad);
    if (!shape)
        return import_go_on(run, NULL, false, &bad, err);
    double area_ha = geo_measure_area(shape) / 1e4;
    geo_shape_free(shape);
    if (area_ha > declared->max)
        import_refuse(run, NULL, "el polígono mide %.0f ha; un área de riego, a lo sumo %.0f",
                      area_ha, declared->max);
    return true;
}

static bool check_irrigation(struct import_run *run, const struct geo_record *record,
                             struct err *err)
{
    if (!check_size(run, record, err))
        return false;
    const char *codigo = geo_record_text(record, geo_table_field(run->table, "alianza_codigo"));
    if (!codigo)
        return true;
    int64_t there = 0;
    struct geo_query query = {.field = "codigo", .equals = codigo};
    if (!geo_store_count(run->store, geo_table_find("alianzas"), &query, &there, err))
        return false;
    if (!there)
        import_refuse(run, "alianza_codigo", "alianza_codigo: no hay una alianza «%s»", codigo);
    return true;
}

static void check_works(struct import_run *run, const struct geo_record *record)
{
    static const char *const received[] = {"recepcion_provisional", "recepcion_definitiva", NULL};
    const char *state = geo_record_text(record, geo_table_field(run->table, "estado"));
    check_order(run, record, works_dates);
    if (state && has(run, record, "fecha_recepcion") && !is_one_of(state, received))
        import_warn(run, "fecha_recepcion", "estado «%s» con fecha_recepcion", state);
}

bool import_check_record(struct import_run *run, const struct geo_record *record, struct err *err)
{
    check_future(run, record);
    if (strcmp(run->table->name, "areas_riego") == 0)
        return check_irrigation(run, record, err);
    if (strcmp(run->table->name, "alianzas") == 0)
        check_alliance(run, record);
    else if (strcmp(run->table->name, "subproyectos") == 0)
        check_works(run, record);
    return import_check_time(run, record, err);
}

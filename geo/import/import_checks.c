/* import_checks.c - checks a record beyond single fields.
 *
 * Fields are compared with each other, with today and with other tables. Impossible values
 * reject the record, unlikely ones are warnings.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "geo/base/parse.h"
#include "geo/import/import_run.h"
#include "geo/place/measure.h"

bool import_warn(struct import_run *run, struct import_outcome *outcome, struct err *err,
                 const char *format, ...)
{
    char sentence[ERR_MESSAGE_MAX];
    va_list args;
    va_start(args, format);
    vsnprintf(sentence, sizeof sentence, format, args);
    va_end(args);
    outcome->warnings = outcome->warnings
                            ? arena_printf(run->kept, "%s; %s", outcome->warnings, sentence)
                            : arena_strdup(run->kept, sentence);
    return outcome->warnings || err_no_memory(err);
}

/* Dates of the cycle, in the order they happen; ends with NULL. */
static const char *const alliance_dates[] = {
    "fecha_solicitud", "fecha_evaluacion", "fecha_plan", "fecha_viable",
    "fecha_convenio",  "fecha_conclusion", NULL};
static const char *const works_dates[] = {"fecha_inicio", "fecha_recepcion", NULL};

static bool dates_in_order(const struct import_run *run, const struct geo_record *record,
                           const char *const *names, struct err *err)
{
    const char *earlier = NULL, *earlier_name = NULL;
    for (; *names; names++) {
        const char *date = geo_record_text(record, geo_table_field(run->table, *names));
        if (!date)
            continue;
        if (earlier && strcmp(date, earlier) < 0)
            return err_set(err, ERR_INPUT, "%s (%s) es anterior a %s (%s)", *names, date,
                           earlier_name, earlier);
        earlier = date;
        earlier_name = *names;
    }
    return true;
}

static bool dates_not_in_future(const struct import_run *run, const struct geo_record *record,
                                struct err *err)
{
    for (size_t f = 0; f < run->table->n_fields; f++) {
        const struct geo_field *field = &run->table->fields[f];
        const char *date = field->type == GEO_DATE ? geo_record_text(record, (int)f) : NULL;
        if (date && strcmp(date, run->today) > 0)
            return err_set(err, ERR_INPUT, "%s: «%s» está en el futuro", field->name, date);
    }
    return true;
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

static bool check_alliance(struct import_run *run, const struct geo_record *record,
                           struct import_outcome *outcome, struct err *err)
{
    static const char *const before[] = {"solicitud", "evaluacion", "plan", "viable", NULL};
    static const char *const after[] = {"convenio", "inversion", "operacion", "concluida", NULL};
    const char *stage = geo_record_text(record, geo_table_field(run->table, "etapa"));
    if (has(run, record, "mujeres") && has(run, record, "familias") &&
        integer(run, record, "mujeres") > integer(run, record, "familias"))
        return err_set(err, ERR_INPUT, "mujeres (%lld) son más que familias (%lld)",
                       (long long)integer(run, record, "mujeres"),
                       (long long)integer(run, record, "familias"));
    if (!dates_in_order(run, record, alliance_dates, err))
        return false;
    bool signed_ = has(run, record, "fecha_convenio");
    if (is_one_of(stage, after) && !signed_ &&
        !import_warn(run, outcome, err, "etapa «%s» sin fecha_convenio: no cuenta como cobertura",
                     stage))
        return false;
    if (is_one_of(stage, before) && signed_ &&
        !import_warn(run, outcome, err, "etapa «%s» con fecha_convenio", stage))
        return false;
    static const char *const amounts[][2] = {{"transferido_cts", "comprometido_cts"},
                                             {"descargado_cts", "transferido_cts"}};
    for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++)
        if (has(run, record, amounts[i][0]) && has(run, record, amounts[i][1]) &&
            integer(run, record, amounts[i][0]) > integer(run, record, amounts[i][1]) &&
            !import_warn(run, outcome, err, "%.*s es mayor que %.*s",
                         (int)strlen(amounts[i][0]) - 4, amounts[i][0],
                         (int)strlen(amounts[i][1]) - 4, amounts[i][1]))
            return false;
    return true;
}

/* A polygon may be no larger than the largest area that can be declared. A larger one has
 * wrong units, or goes around the antimeridian. */
static bool check_size(struct import_run *run, const struct geo_record *record, struct err *err)
{
    const struct geo_field *declared =
        &run->table->fields[geo_table_field(run->table, "declarado_ha")];
    if (record->wkb_len == 0)
        return true;
    struct geo_shape *shape = geo_shape_parse(record->wkb, record->wkb_len, err);
    if (!shape)
        return false;
    double area_ha = geo_measure_area(shape) / 1e4;
    geo_shape_free(shape);
    return area_ha <= declared->max ||
           err_set(err, ERR_INPUT, "el polígono mide %.0f ha; un área de riego, a lo sumo %.0f",
                   area_ha, declared->max);
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
    return there > 0 || err_set(err, ERR_INPUT, "alianza_codigo: no hay una alianza «%s»", codigo);
}

static bool check_works(struct import_run *run, const struct geo_record *record,
                        struct import_outcome *outcome, struct err *err)
{
    static const char *const received[] = {"recepcion_provisional", "recepcion_definitiva", NULL};
    const char *state = geo_record_text(record, geo_table_field(run->table, "estado"));
    if (!dates_in_order(run, record, works_dates, err))
        return false;
    return !has(run, record, "fecha_recepcion") || is_one_of(state, received) ||
           import_warn(run, outcome, err, "estado «%s» con fecha_recepcion", state);
}

bool import_check_record(struct import_run *run, const struct geo_record *record,
                         struct import_outcome *outcome, struct err *err)
{
    if (!dates_not_in_future(run, record, err))
        return false;
    if (strcmp(run->table->name, "alianzas") == 0)
        return check_alliance(run, record, outcome, err);
    if (strcmp(run->table->name, "areas_riego") == 0)
        return check_irrigation(run, record, err);
    if (strcmp(run->table->name, "subproyectos") == 0)
        return check_works(run, record, outcome, err);
    return import_check_time(run, record, err);
}

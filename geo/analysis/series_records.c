/* series_records.c - converts records to events of a series: what counts from which day on.
 *
 * The plan's terms for the stages are explained in docs/methods.md.
 */
#include <stdlib.h>
#include <string.h>

#include "geo/analysis/series_internal.h"
#include "geo/base/array.h"
#include "geo/store/results.h"

/* Reading ------------------------------------------------------------------ */

struct series_records_main_link {
    int64_t record;
    size_t slot;
};

struct series_records_reader {
    struct series *series;
    const struct geo_table *table;
    struct series_records_main_link *links; /* in order of row id, as the records come */
    size_t n_links, cap_links, next;
    bool failed;
    /* cobertura: the first day of each slot. */
    char (*first)[11];
};

static bool add_link(void *arg, int64_t record, const char *municipio)
{
    struct series_records_reader *reader = arg;
    if (!array_reserve(reader->links, reader->cap_links, reader->n_links + 1))
        return !(reader->failed = true);
    reader->links[reader->n_links++] =
        (struct series_records_main_link){record, geo_units_slot(reader->series->units, municipio)};
    return true;
}

static size_t slot_of(struct series_records_reader *reader, int64_t record)
{
    while (reader->next < reader->n_links && reader->links[reader->next].record < record)
        reader->next++;
    if (reader->next < reader->n_links && reader->links[reader->next].record == record)
        return reader->links[reader->next].slot;
    return reader->series->units->n;
}

static const char *text(const struct series_records_reader *reader, const struct geo_record *record,
                        const char *field)
{
    return geo_record_text(record, geo_table_field(reader->table, field));
}

static double number(const struct series_records_reader *reader, const struct geo_record *record,
                     const char *field)
{
    return (double)geo_record_int(record, geo_table_field(reader->table, field));
}

static bool is(const char *word, const char *other)
{
    return word && strcmp(word, other) == 0;
}

/* Adds an event on a day; without a day there is none. */
static bool add(struct series_records_reader *reader, const char *day, size_t slot, size_t class,
                const double *values)
{
    if (!day)
        return true;
    reader->failed = !series_add(reader->series, day, slot, class, values);
    return !reader->failed;
}

/* Coverage ------------------------------------------------------------------ */

static bool read_covered(void *arg, const struct geo_record *record)
{
    static const char *const money[] = {"comprometido_cts", "solicitado_cts", "transferido_cts",
                                        "descargado_cts"};
    struct series_records_reader *reader = arg;
    const char *day = text(reader, record, "fecha_convenio");
    size_t slot = slot_of(reader, record->id);
    double values[SERIES_MEASURES] = {[ALIANZAS] = 1,
                                      [FAMILIAS] = number(reader, record, "familias"),
                                      [MUJERES] = number(reader, record, "mujeres")};
    for (size_t i = 0; i < 4; i++)
        values[MONEY + i] = number(reader, record, money[i]);
    if (day && slot < reader->series->units->n &&
        (!reader->first[slot][0] || strcmp(day, reader->first[slot]) < 0))
        memcpy(reader->first[slot], day, sizeof *reader->first);
    return add(reader, day, slot, 0, values);
}

/* A municipality is covered from the day of its first alliance. */
static bool add_municipios(struct series_records_reader *reader)
{
    const double values[SERIES_MEASURES] = {[MUNICIPIOS] = 1};
    for (size_t slot = 0; slot < reader->series->units->n; slot++)
        if (reader->first[slot][0] && !add(reader, reader->first[slot], slot, 0, values))
            return false;
    return true;
}

static bool read_work(void *arg, const struct geo_record *record)
{
    struct series_records_reader *reader = arg;
    struct series *series = reader->series;
    const char *state = text(reader, record, "estado");
    size_t slot = slot_of(reader, record->id);
    double families = number(reader, record, "familias");
    const double begun[SERIES_MEASURES] = {
        [BEGUN] = 1,
        [WORK_FAMILIES] = families,
        [COMMITTED] = number(reader, record, "comprometido_empoderar_cts") +
                      number(reader, record, "comprometido_cp_cts"),
        [SPENT] = number(reader, record, "ejecutado_empoderar_cts") +
                  number(reader, record, "ejecutado_cp_cts")};
    const double received[SERIES_MEASURES] = {[RECEIVED] = 1, [RECEIVED_FAMILIES] = families};
    reader->failed =
        !series_add(series, text(reader, record, "fecha_inicio"), slot, 0, begun) ||
        ((is(state, "recepcion_provisional") || is(state, "recepcion_definitiva")) &&
         !series_add(series, text(reader, record, "fecha_recepcion"), slot, 0, received));
    return !reader->failed;
}

/* Processes ------------------------------------------------------------------ */

/* Counts in the total and in its phase of financing. */
static void count_phase(const struct series_records_reader *reader, const struct geo_record *record,
                        double values[SERIES_MEASURES])
{
    const char *phase = text(reader, record, "financiamiento");
    values[ALL] = 1;
    values[FI] = is(phase, "FI");
    values[FA] = is(phase, "FA");
}

/* Rejected before the plan stage: in the evaluation of the opportunity. */
static bool rejected_early(const struct series_records_reader *reader,
                           const struct geo_record *record)
{
    return is(text(reader, record, "etapa"), "rechazada") && !text(reader, record, "fecha_plan");
}

static bool read_process_event(void *arg, const struct geo_record *record)
{
    static const struct {
        const char *kind;
        size_t class;
    } kinds[] = {{"llenado_formularios", P_OUTREACH},
                 {"capacitacion_proveedores", P_PROVIDERS},
                 {"capacitacion_planes", P_PLAN_TRAINING},
                 {"capacitacion_administracion", P_ADMIN_TRAINING}};
    struct series_records_reader *reader = arg;
    const char *kind = text(reader, record, "tipo");
    size_t slot = slot_of(reader, record->id);
    double values[SERIES_MEASURES] = {0};
    count_phase(reader, record, values);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (is(kind, kinds[i].kind))
            return add(reader, text(reader, record, "fecha"), slot, kinds[i].class, values);
    return true;
}

static bool read_process_alliance(void *arg, const struct geo_record *record)
{
    struct series_records_reader *reader = arg;
    size_t slot = slot_of(reader, record->id);
    double values[SERIES_MEASURES] = {0};
    count_phase(reader, record, values);
    return add(reader, text(reader, record, "fecha_solicitud"), slot, P_REQUESTS, values) &&
           (rejected_early(reader, record) ||
            add(reader, text(reader, record, "fecha_evaluacion"), slot, P_OPPORTUNITIES, values)) &&
           add(reader, text(reader, record, "fecha_plan"), slot, P_PLANS, values) &&
           add(reader, text(reader, record, "fecha_viable"), slot, P_CERTIFICATES, values) &&
           add(reader, text(reader, record, "fecha_convenio"), slot, P_ALLIANCES, values);
}

static bool read_event(void *arg, const struct geo_record *record)
{
    struct series_records_reader *reader = arg;
    const struct geo_choice *choice =
        reader->table->fields[geo_table_field(reader->table, "tipo")].choices;
    const char *kind = text(reader, record, "tipo"),
               *phase = text(reader, record, "financiamiento");
    double people = number(reader, record, "participantes");
    size_t class = 0, slot = slot_of(reader, record->id);
    const double values[SERIES_MEASURES] = {[EVENTS] = 1,
                                            [PEOPLE] = people,
                                            [WOMEN] = number(reader, record, "mujeres"),
                                            [EVENTS_FI] = is(phase, "FI"),
                                            [PEOPLE_FI] = is(phase, "FI") ? people : 0,
                                            [EVENTS_FA] = is(phase, "FA"),
                                            [PEOPLE_FA] = is(phase, "FA") ? people : 0};
    while (choice[class].value && !is(kind, choice[class].value))
        class ++;
    return !choice[class].value || add(reader, text(reader, record, "fecha"), slot, class, values);
}

/* The funnel ------------------------------------------------------------------ */

static bool read_stages(void *arg, const struct geo_record *record)
{
    struct series_records_reader *reader = arg;
    const char *plan = text(reader, record, "fecha_plan");
    const char *viable = text(reader, record, "fecha_viable");
    bool refused = is(text(reader, record, "etapa"), "rechazada");
    size_t slot = slot_of(reader, record->id);
    double values[SERIES_MEASURES] = {[F_FAMILIES] = number(reader, record, "familias"),
                                      [F_WOMEN] = number(reader, record, "mujeres")};
    count_phase(reader, record, values);
    return add(reader, text(reader, record, "fecha_solicitud"), slot, S_REQUEST, values) &&
           add(reader, text(reader, record, "fecha_evaluacion"), slot,
               rejected_early(reader, record) ? S_REJECTED : S_APPROVED, values) &&
           add(reader, plan, slot, S_PLAN, values) &&
           add(reader,
               viable    ? viable
               : refused ? NULL
                         : plan,
               slot, S_FINANCED, values) &&
           add(reader, viable, slot, S_CERTIFICATE, values) &&
           add(reader, text(reader, record, "fecha_convenio"), slot, S_AGREEMENT, values) &&
           add(reader, text(reader, record, "fecha_conclusion"), slot, S_CLOSED, values);
}

static bool read_rubro(void *arg, const struct geo_record *record)
{
    struct series_records_reader *reader = arg;
    const struct geo_choice *choice =
        reader->table->fields[geo_table_field(reader->table, "rubro")].choices;
    const char *rubro = text(reader, record, "rubro");
    size_t class = 0, slot = slot_of(reader, record->id);
    double values[SERIES_MEASURES] = {[F_FAMILIES] = number(reader, record, "familias"),
                                      [F_WOMEN] = number(reader, record, "mujeres")};
    count_phase(reader, record, values);
    while (choice[class].value && !is(rubro, choice[class].value))
        class ++;
    return !choice[class].value ||
           add(reader, text(reader, record, "fecha_solicitud"), slot, class, values);
}

/* -------------------------------------------------------------------------- */

static bool read_table(struct series_records_reader *reader, const char *name, geo_record_fn *fn)
{
    struct series *series = reader->series;
    const struct geo_query query = {.no_geometry = true};
    reader->table = geo_table_find(name);
    reader->n_links = reader->next = 0;
    if (!geo_store_links_units(series->store, name, series->units->edition, add_link, reader,
                               series->err))
        return false;
    if (reader->failed)
        return err_no_memory(series->err);
    /* fn sets the error where it fails. */
    return geo_store_each(series->store, reader->table, &query, fn, reader, series->err) &&
           !reader->failed;
}

bool series_read(struct series *series)
{
    struct series_records_reader reader = {.series = series};
    bool ok = false;
    reader.first = calloc(series->units->n + 1, sizeof *reader.first);
    if (!reader.first)
        return err_no_memory(series->err);
    switch (series->query->what) {
    case GEO_SERIES_COBERTURA:
        ok = read_table(&reader, "alianzas", read_covered) && add_municipios(&reader);
        break;
    case GEO_SERIES_SUBPROYECTOS:
        ok = read_table(&reader, "subproyectos", read_work);
        break;
    case GEO_SERIES_PROCESOS:
        ok = read_table(&reader, "eventos", read_process_event) &&
             read_table(&reader, "alianzas", read_process_alliance);
        break;
    case GEO_SERIES_DIFUSION:
        ok = read_table(&reader, "eventos", read_event);
        break;
    case GEO_SERIES_EMBUDO:
        ok = read_table(&reader, "alianzas", read_stages);
        break;
    case GEO_SERIES_RUBROS:
        ok = read_table(&reader, "alianzas", read_rubro);
        break;
    case GEO_SERIES_RIEGO: /* geo/analysis/series_irrigation.c */
        break;
    }
    free(reader.first);
    free(reader.links);
    return ok;
}

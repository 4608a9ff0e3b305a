/* sample.c - draws a simple random sample of organisations; confidence intervals. */
#include "geo/analysis/sample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/analysis/random.h"
#include "geo/base/arena.h"
#include "geo/base/array.h"
#include "geo/figures/group.h"
#include "geo/store/results.h"

static uint64_t below(uint64_t *state, uint64_t bound)
{
    uint64_t whole = UINT64_MAX - UINT64_MAX % bound; /* a multiple of bound */
    uint64_t drawn;
    do
        drawn = geo_random_mix(state);
    while (drawn >= whole);
    return drawn % bound;
}

bool geo_sample_draw(uint64_t seed, int64_t population, int64_t size, int64_t *out, struct err *err)
{
    if (population < 1)
        return err_set(err, ERR_INPUT, "no hay de quién tomar la muestra: la población es 0");
    if (size < 1 || size > population)
        return err_set(err, ERR_INPUT,
                       "el tamaño de la muestra es %lld; se espera de 1 a %lld, la población",
                       (long long)size, (long long)population);
    int64_t taken = 0;
    for (int64_t at = 0; taken < size; at++)
        if (below(&seed, (uint64_t)(population - at)) < (uint64_t)(size - taken))
            out[taken++] = at;
    return true;
}

void geo_sample_interval(double hits, double size, double population, double *low, double *high)
{
    static const double z = 1.959963984540054; /* normal quantile of 0.975 */
    *low = *high = size > 0 ? hits / size : NAN;
    if (!(size > 0) || (population > 0 && size >= population))
        return;
    double p = hits / size;
    double n = population > 1 ? size * (population - 1) / (population - size) : size;
    double centre = (p + z * z / (2 * n)) / (1 + z * z / n);
    double half = z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    *low = fmax(0, centre - half);
    *high = fmin(1, centre + half);
}

/* The frame ------------------------------------------------------------------ */

struct organisation {
    int64_t id, families;
    const char *codigo, *opp;
    size_t slot;
};

struct frame {
    const struct geo_sample_query *query;
    const struct geo_units *units;
    struct arena *arena;
    struct organisation *list;
    size_t n, cap, next_link;
    int codigo, opp, familias, convenio;
    int64_t population;
    bool failed;
};

static bool add_organisation(void *arg, const struct geo_record *record)
{
    struct frame *frame = arg;
    const char *convenio = geo_record_text(record, frame->convenio);
    const char *opp = geo_record_text(record, frame->opp);
    if (!convenio || (frame->query->as_of && strcmp(convenio, frame->query->as_of) > 0))
        return true;
    if (!array_reserve(frame->list, frame->cap, frame->n + 1))
        return !(frame->failed = true);
    struct organisation *one = &frame->list[frame->n];
    *one = (struct organisation){
        .id = record->id,
        .families = geo_record_int(record, frame->familias),
        .codigo = arena_strdup(frame->arena, geo_record_text(record, frame->codigo)),
        .opp = opp ? arena_strdup(frame->arena, opp) : "",
        .slot = frame->units->n,
    };
    frame->failed = !one->codigo || !one->opp;
    frame->population += one->families;
    frame->n++;
    return !frame->failed;
}

/* Both in order of row id. */
static bool add_place(void *arg, int64_t record, const char *municipio)
{
    struct frame *frame = arg;
    while (frame->next_link < frame->n && frame->list[frame->next_link].id < record)
        frame->next_link++;
    if (frame->next_link < frame->n && frame->list[frame->next_link].id == record)
        frame->list[frame->next_link].slot = geo_units_slot(frame->units, municipio);
    return true;
}

static int by_codigo(const void *a, const void *b)
{
    return strcmp(((const struct organisation *)a)->codigo,
                  ((const struct organisation *)b)->codigo);
}

static bool read_frame(struct geo_store *store, struct frame *frame, struct err *err)
{
    const struct geo_table *table = geo_table_find("alianzas");
    const struct geo_query query = {.no_geometry = true};
    frame->codigo = geo_table_field(table, "codigo");
    frame->opp = geo_table_field(table, "opp");
    frame->familias = geo_table_field(table, "familias");
    frame->convenio = geo_table_field(table, "fecha_convenio");
    if (!geo_store_each(store, table, &query, add_organisation, frame, err))
        return false;
    if (frame->failed)
        return err_no_memory(err);
    if (!geo_store_links_units(store, "alianzas", frame->units->edition, add_place, frame, err))
        return false;
    if (frame->n > 1)
        qsort(frame->list, frame->n, sizeof *frame->list, by_codigo);
    return true;
}

static void put_member(struct rows *rows, const struct frame *frame, const struct organisation *one,
                       int64_t member)
{
    const char *round = frame->query->round;
    char *codigo = arena_printf(frame->arena, "%s/%s/%lld", round, one->codigo, (long long)member);
    const struct geo_named *unit =
        one->slot < frame->units->n ? &frame->units->units[one->slot] : NULL;
    rows_text(rows, codigo);
    rows_text(rows, round);
    rows_text(rows, one->codigo);
    rows_int(rows, member);
    rows_null(rows);
    rows_null(rows);
    rows_text(rows, one->opp[0] ? one->opp : NULL);
    rows_int(rows, one->families);
    rows_text(rows, unit ? unit->codigo : NULL);
    rows_text(rows, unit ? unit->nombre : NULL);
    rows_text(rows, unit && unit->departamento[0] ? unit->departamento : NULL);
    rows_text(rows, unit && unit->uo[0] ? unit->uo : NULL);
}

static struct rows *put_sample(const struct frame *frame, const int64_t *drawn)
{
    static const struct rows_column columns[] = {
        {"codigo", 0},
        {"muestra", 0},
        {"alianza_codigo", 0},
        {"miembro", 0},
        {"fecha", 0},
        {"practicas", 0},
        {"opp", 0},
        {"familias", 0},
        {"municipio", 0},
        {"municipio_nombre", 0},
        {"departamento", 0},
        {"uo", 0},
    };
    struct rows *rows = rows_new(columns, sizeof columns / sizeof *columns);
    int64_t first = 0; /* number in the frame of the organisation's first family */
    size_t at = 0;
    for (int64_t i = 0; rows && i < frame->query->size; i++) {
        while (drawn[i] >= first + frame->list[at].families)
            first += frame->list[at++].families;
        put_member(rows, frame, &frame->list[at], drawn[i] - first + 1);
    }
    return rows;
}

struct rows *geo_sample_rows(struct geo_store *store, const struct geo_sample_query *query,
                             int64_t *population, struct err *err)
{
    struct frame frame = {.query = query, .arena = arena_new()};
    struct geo_units *units = geo_units_load(store, query->edition, err);
    struct rows *rows = NULL;
    int64_t *drawn = NULL;
    frame.units = units;
    if (!frame.arena)
        err_no_memory(err);
    if (!frame.arena || !units || !read_frame(store, &frame, err))
        goto done;
    if (query->size >= 1 && query->size <= frame.population)
        drawn = calloc((size_t)query->size, sizeof *drawn);
    if (!drawn && query->size >= 1 && query->size <= frame.population) {
        err_no_memory(err);
        goto done;
    }
    if (!geo_sample_draw(query->seed, frame.population, query->size, drawn, err))
        goto done;
    rows = put_sample(&frame, drawn);
    if (rows)
        *population = frame.population;
    else
        err_no_memory(err);
done:
    free(drawn);
    free(frame.list);
    arena_free(frame.arena);
    geo_units_free(units);
    return rows;
}

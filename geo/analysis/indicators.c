/* indicators.c - evaluates the indicators of the results framework, by place. */
#include "geo/analysis/indicators.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/analysis/indicators_internal.h"
#include "geo/analysis/sample.h"
#include "geo/base/budget.h"
#include "geo/base/parse.h"

/* State of the computation: sums by row of the grouping. */
struct indicators_work {
    struct pool pool;
    struct geo_grouping grouping;
    struct geo_indicators *made;
    const struct geo_indicator_query *query;
    double *slots;                                                /* units->n + 1 */
    double *above, *below, *people, *before_above, *before_below; /* grouping.n_rows each */
    bool *seen;                                                   /* the row has a value */
    struct err *err;
};

/* The same day a year earlier; 28 February for 29 February. */
static void year_before(const char *day, char before[16])
{
    snprintf(before, 16, "%04d%.6s", (int)(strtol(day, NULL, 10) - 1) % 10000, day + 4);
    if (strcmp(before + 4, "-02-29") == 0)
        before[9] = '8';
}

static double share_of_goal(const struct geo_definition *definition, double value)
{
    double from = isnan(definition->baseline) ? 0 : definition->baseline;
    if (isnan(definition->goal) || definition->goal == from)
        return NAN;
    return 100 * (value - from) / (definition->goal - from);
}

/* From records -------------------------------------------------------------- */

/* Evaluates a term and sums it by row of the grouping. */
static bool roll_up(struct indicators_work *work, const struct geo_term *term, const char *as_of,
                    double *by_row, struct term_sums *sums)
{
    size_t n = work->made->units->n;
    memset(work->slots, 0, (n + 1) * sizeof *work->slots);
    *sums = (struct term_sums){.slots = work->slots};
    if (!term_evaluate(&work->pool, term, as_of, sums))
        return false;
    memset(by_row, 0, work->grouping.n_rows * sizeof *by_row);
    for (size_t i = 0; i <= n; i++)
        by_row[work->grouping.row_of[i]] += work->slots[i];
    return true;
}

static double value_of(const struct geo_definition *definition, double above, double below)
{
    if (definition->denominator.kind == GEO_TERM_NONE)
        return definition->factor * above;
    return below > 0 ? definition->factor * above / below : NAN;
}

static bool evaluate(struct indicators_work *work, const struct geo_definition *definition,
                     const char *as_of, double *above, double *below,
                     struct geo_indicator_row *about)
{
    struct term_sums up, down = {0};
    if (!roll_up(work, &definition->numerator, as_of, above, &up))
        return false;
    if (definition->denominator.kind != GEO_TERM_NONE &&
        !roll_up(work, &definition->denominator, as_of, below, &down))
        return false;
    const char *latest = strcmp(up.latest, down.latest) > 0 ? up.latest : down.latest;
    about->origin = up.empty || down.empty ? GEO_ORIGIN_NONE : GEO_ORIGIN_RECORDS;
    about->simulated = up.simulated || down.simulated;
    snprintf(about->date, sizeof about->date, "%s", as_of ? as_of : latest);
    return true;
}

static void set_interval(struct geo_indicator_row *row, double population)
{
    const struct geo_definition *definition = row->definition;
    row->population = population;
    geo_sample_interval(row->numerator, row->denominator, population, &row->low, &row->high);
    row->low *= definition->factor;
    row->high *= definition->factor;
}

static bool from_records(struct indicators_work *work, const struct geo_definition *definition,
                         struct geo_indicator_row *rows)
{
    struct geo_indicator_row about = {0}, earlier = {0};
    struct term_sums frame;
    bool ratio = definition->denominator.kind != GEO_TERM_NONE;
    bool sampled = definition->population.kind != GEO_TERM_NONE;
    char before[16] = "";
    if (!evaluate(work, definition, work->query->as_of, work->above, work->below, &about))
        return false;
    if (about.date[0]) {
        year_before(about.date, before);
        if (!evaluate(work, definition, before, work->before_above, work->before_below, &earlier))
            return false;
    }
    if (sampled &&
        !roll_up(work, &definition->population, work->query->as_of, work->people, &frame))
        return false;
    for (size_t r = 0; r < work->grouping.n_rows; r++) {
        struct geo_indicator_row *row = &rows[r];
        memcpy(row->date, about.date, sizeof row->date);
        row->simulated = about.simulated;
        if (about.origin == GEO_ORIGIN_NONE)
            continue;
        row->numerator = work->above[r];
        row->denominator = ratio ? work->below[r] : NAN;
        row->value = value_of(definition, work->above[r], work->below[r]);
        row->origin = isnan(row->value) ? GEO_ORIGIN_NONE : GEO_ORIGIN_RECORDS;
        if (before[0] && earlier.origin == GEO_ORIGIN_RECORDS)
            row->before = value_of(definition, work->before_above[r], work->before_below[r]);
        if (sampled)
            set_interval(row, work->people[r]);
        work->seen[r] = work->seen[r] || work->above[r] != 0 || (ratio && work->below[r] != 0);
    }
    return true;
}

/* As entered ------------------------------------------------------------------ */

struct entered {
    int code, date, scope, unit, value, above, below, source;
};

static double real_of(const struct pool_record *record, int field)
{
    struct geo_value value = record->values[field];
    return value.kind == GEO_REAL_VALUE  ? value.real
           : value.kind == GEO_INT_VALUE ? (double)value.integer
                                         : NAN;
}

/* True if the entered value is for the place of that row. */
static bool is_of(const struct indicators_work *work, const struct entered *fields,
                  const struct pool_record *record, const struct geo_named *place)
{
    static const char *const scopes[] = {[GEO_BY_MUNICIPIO] = "municipio",
                                         [GEO_BY_DEPARTAMENTO] = "departamento",
                                         [GEO_BY_UO] = "uo",
                                         [GEO_BY_NACIONAL] = "nacional"};
    const char *scope = record->values[fields->scope].text;
    const char *unit = record->values[fields->unit].text;
    if (strcmp(scope ? scope : "nacional", scopes[work->query->group]) != 0)
        return false;
    if (work->query->group == GEO_BY_NACIONAL)
        return true;
    return unit && strcmp(unit, work->query->group == GEO_BY_MUNICIPIO ? place->codigo
                                                                       : place->nombre) == 0;
}

/* The latest entered value by the day; NULL: none. */
static const struct pool_record *
latest_entered(const struct indicators_work *work, const struct pool_table *table,
               const struct entered *fields, const struct geo_indicator_row *row, const char *as_of)
{
    const struct pool_record *latest = NULL;
    for (size_t i = 0; i < table->n; i++) {
        const struct pool_record *record = &table->records[i];
        const char *day = record->values[fields->date].text;
        if (strcmp(record->values[fields->code].text, row->definition->code) == 0 &&
            (!as_of || strcmp(day, as_of) <= 0) && is_of(work, fields, record, row->place) &&
            (!latest || strcmp(day, latest->values[fields->date].text) > 0))
            latest = record;
    }
    return latest;
}

static bool as_entered(struct indicators_work *work, struct geo_indicator_row *rows)
{
    const struct geo_table *values = geo_table_find("valores_indicador");
    const struct entered fields = {
        geo_table_field(values, "indicador"),   geo_table_field(values, "fecha"),
        geo_table_field(values, "ambito"),      geo_table_field(values, "unidad"),
        geo_table_field(values, "valor"),       geo_table_field(values, "numerador"),
        geo_table_field(values, "denominador"), geo_table_field(values, "fuente")};
    const struct pool_table *table = pool_get(&work->pool, values);
    for (size_t r = 0; table && r < work->grouping.n_rows; r++) {
        struct geo_indicator_row *row = &rows[r];
        const struct pool_record *record =
            latest_entered(work, table, &fields, row, work->query->as_of);
        char before[16];
        if (!record)
            continue;
        row->origin = GEO_ORIGIN_ENTERED;
        row->value = real_of(record, fields.value);
        row->numerator = real_of(record, fields.above);
        row->denominator = real_of(record, fields.below);
        row->source = record->values[fields.source].text;
        row->simulated = table->simulated;
        snprintf(row->date, sizeof row->date, "%s", record->values[fields.date].text);
        year_before(row->date, before);
        record = latest_entered(work, table, &fields, row, before);
        if (record)
            row->before = real_of(record, fields.value);
        work->seen[r] = true;
    }
    return table != NULL;
}

/* -------------------------------------------------------------------------- */

static bool allocate(struct indicators_work *work)
{
    struct geo_indicators *made = work->made;
    size_t n = work->grouping.n_rows, n_slots = made->units->n + 1;
    made->rows = calloc(made->definitions->n * n + 1, sizeof *made->rows);
    work->slots = calloc(n_slots, sizeof *work->slots);
    work->above = calloc(n + 1, sizeof(double));
    work->below = calloc(n + 1, sizeof(double));
    work->people = calloc(n + 1, sizeof(double));
    work->before_above = calloc(n + 1, sizeof(double));
    work->before_below = calloc(n + 1, sizeof(double));
    work->seen = calloc(n + 1, sizeof *work->seen);
    return (made->rows && work->slots && work->above && work->below && work->people &&
            work->before_above && work->before_below && work->seen) ||
           err_no_memory(work->err);
}

/* Drops the row without a municipality if it has no values. */
static void drop_unlinked(struct indicators_work *work)
{
    struct geo_indicators *made = work->made;
    size_t n = work->grouping.n_rows, kept = 0;
    if (work->query->group == GEO_BY_NACIONAL || work->seen[n - 1])
        return;
    for (size_t i = 0; i < made->n_rows; i++)
        if (i % n != n - 1)
            made->rows[kept++] = made->rows[i];
    made->n_rows = kept;
}

static bool compute(struct indicators_work *work)
{
    struct geo_indicators *made = work->made;
    size_t n = work->grouping.n_rows;
    if (!allocate(work))
        return false;
    for (size_t d = 0; d < made->definitions->n; d++) {
        const struct geo_definition *definition = &made->definitions->list[d];
        struct geo_indicator_row *rows = made->rows + d * n;
        for (size_t r = 0; r < n; r++)
            rows[r] = (struct geo_indicator_row){.definition = definition,
                                                 .place = &work->grouping.rows[r],
                                                 .origin = GEO_ORIGIN_NONE,
                                                 .value = NAN,
                                                 .numerator = NAN,
                                                 .denominator = NAN,
                                                 .low = NAN,
                                                 .high = NAN,
                                                 .population = NAN,
                                                 .before = NAN,
                                                 .source = definition->source};
        bool ok = definition->numerator.kind == GEO_TERM_NONE
                      ? as_entered(work, rows)
                      : from_records(work, definition, rows);
        if (!ok || !budget_left(geo_store_budget(work->pool.store), work->err))
            return false;
        for (size_t r = 0; r < n; r++)
            rows[r].share_pct = share_of_goal(definition, rows[r].value);
        made->n_rows += n;
    }
    drop_unlinked(work);
    return true;
}

struct geo_indicators *geo_indicators_compute(struct geo_store *store,
                                              const struct geo_indicator_query *query,
                                              struct err *err)
{
    if (query->as_of && !parse_date(query->as_of)) {
        err_set(err, ERR_INPUT, "«%s» no es una fecha: se espera AAAA-MM-DD", query->as_of);
        return NULL;
    }
    struct geo_indicators *made = calloc(1, sizeof *made);
    struct indicators_work work = {.made = made, .query = query, .err = err};
    bool ok = made && (work.pool.arena = arena_new());
    if (!ok) {
        err_no_memory(err);
        goto done;
    }
    if (query->as_of)
        memcpy(made->as_of, query->as_of, sizeof made->as_of);
    made->definitions = query->definitions_path ? geo_definitions_open(query->definitions_path, err)
                                                : geo_definitions_read(NULL, 0, err);
    made->units = made->definitions ? geo_units_load(store, query->edition, err) : NULL;
    ok = made->units &&
         geo_grouping_make(&work.grouping, made->units, query->group, "Sin municipio", err);
    if (!ok)
        goto done;
    memcpy(made->edition, made->units->edition, sizeof made->edition);
    work.pool.store = store;
    work.pool.units = made->units;
    work.pool.err = err;
    ok = compute(&work);
    /* The rows borrow the places and the texts of entered values. */
    made->places = work.grouping.rows;
    work.grouping.rows = NULL;
    made->arena = work.pool.arena;
    work.pool.arena = NULL;
done:
    pool_free(&work.pool);
    geo_grouping_free(&work.grouping);
    free(work.slots);
    free(work.above);
    free(work.below);
    free(work.people);
    free(work.before_above);
    free(work.before_below);
    free(work.seen);
    if (ok)
        return made;
    geo_indicators_free(made);
    return NULL;
}

void geo_indicators_free(struct geo_indicators *indicators)
{
    if (!indicators)
        return;
    geo_definitions_free(indicators->definitions);
    geo_units_free(indicators->units);
    free(indicators->places);
    free(indicators->rows);
    arena_free(indicators->arena);
    free(indicators);
}

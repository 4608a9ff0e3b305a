/* clusters.c - Moran's I of coverage: reads the rates and the neighbours, makes the table. */
#include "geo/analysis/clusters.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/parse.h"
#include "geo/figures/coverage.h"
#include "geo/place/geos.h"

enum { NEAREST_MAX = 50 };

bool geo_clusters_weights_of(const char *word, size_t *k)
{
    int64_t number;
    if (strcmp(word, "queen") == 0) {
        *k = 0;
        return true;
    }
    if (strncmp(word, "knn:", 4) != 0 || !parse_int(word + 4, 1, NEAREST_MAX, &number))
        return false;
    *k = (size_t)number;
    return true;
}

/* Figures -------------------------------------------------------------------- */

/* The rate's numerator and denominator, by slot; base NULL: `events` is the value. */
struct figures {
    double *events, *base;
    bool has_base;
};

struct clusters_facts {
    const struct geo_units *units;
    double *values;
    int codigo, valor;
    bool found;
};

static bool add_fact(void *arg, const struct geo_record *record)
{
    struct clusters_facts *facts = arg;
    size_t slot = geo_units_slot(facts->units, geo_record_text(record, facts->codigo));
    facts->found = true;
    if (slot < facts->units->n)
        facts->values[slot] = geo_record_real(record, facts->valor);
    return true;
}

static bool read_fact(struct geo_store *store, const struct geo_units *units, const char *name,
                      double *values, struct err *err)
{
    const struct geo_table *table = geo_table_find("hechos_municipio");
    const struct geo_query query = {.field = "hecho", .equals = name};
    struct clusters_facts facts = {.units = units,
                                   .values = values,
                                   .codigo = geo_table_field(table, "codigo"),
                                   .valor = geo_table_field(table, "valor")};
    if (!geo_store_each(store, table, &query, add_fact, &facts, err))
        return false;
    return facts.found ||
           err_set(err, ERR_NOT_FOUND,
                   "la tasa «%s» no es familias, obras, riego ni un hecho cargado", name) ||
           err_about(err, "rate");
}

static bool read_figures(struct geo_store *store, const struct geo_clusters_query *query,
                         const struct geo_units *units, struct figures *figures, struct err *err)
{
    const char *rate = query->rate;
    bool families = strcmp(rate, "familias") == 0, works = strcmp(rate, "obras") == 0;
    bool irrigation = strcmp(rate, "riego") == 0;
    for (size_t i = 0; i < units->n; i++)
        figures->events[i] = figures->base[i] = NAN;
    figures->has_base = families || works;
    if (!families && !works && !irrigation)
        return read_fact(store, units, rate, figures->events, err);
    const struct geo_coverage_query wanted = {
        .group = GEO_BY_MUNICIPIO, .as_of = query->as_of, .edition = units->edition};
    struct geo_coverage *coverage = geo_coverage_compute(store, &wanted, err);
    for (size_t i = 0; coverage && i < units->n; i++) {
        const struct geo_coverage_row *row = &coverage->rows[i];
        double base = row->viviendas_rurales;
        figures->base[i] = base;
        if (irrigation)
            figures->events[i] = base > 0 ? row->riego_neto_m2 / 10000 * 100 / base : NAN;
        else
            figures->events[i] = (double)(families ? row->familias : row->subproyectos_familias);
    }
    geo_coverage_free(coverage);
    return coverage != NULL;
}

/* Boundaries ----------------------------------------------------------------- */

struct borders {
    const struct geo_units *units;
    struct geo_shape **shapes; /* by slot; NULL where there is none */
    int codigo;
    struct err *err;
    bool failed;
};

static bool add_border(void *arg, const struct geo_record *record)
{
    struct borders *borders = arg;
    size_t slot = geo_units_slot(borders->units, geo_record_text(record, borders->codigo));
    if (slot == borders->units->n || borders->shapes[slot])
        return true;
    borders->shapes[slot] = geo_shape_parse(record->wkb, record->wkb_len, borders->err);
    borders->failed = !borders->shapes[slot];
    return !borders->failed;
}

static bool read_borders(struct geo_store *store, struct borders *borders, struct err *err)
{
    const struct geo_table *table = geo_table_find("municipios");
    const struct geo_query query = {.field = "edicion", .equals = borders->units->edition};
    borders->codigo = geo_table_field(table, "codigo");
    borders->err = err;
    if (!geo_store_each(store, table, &query, add_border, borders, err) || borders->failed)
        return false;
    for (size_t i = 0; i < borders->units->n; i++)
        if (!borders->shapes[i])
            return err_set(err, ERR_SETUP, "la edición %s no tiene límites de %s",
                           borders->units->edition, borders->units->units[i].codigo);
    return true;
}

/* A point inside each unit, that represents it. */
static bool represent(const struct borders *borders, double *xy, const struct budget *budget,
                      struct err *err)
{
    struct geo_geos *geos = geo_geos_new(err);
    bool ok = geos != NULL;
    for (size_t i = 0; ok && i < borders->units->n; i++) {
        struct geo_geom *geom = geo_geos_from_shape(geos, borders->shapes[i], err);
        ok = geom && geo_geos_inside(geos, geom, &xy[2 * i], &xy[2 * i + 1], err);
        geo_geos_free_geom(geos, geom);
        ok = ok && budget_left(budget, err);
    }
    geo_geos_free(geos);
    return ok;
}

/* Weights of the units kept; the nearest neighbours are searched among these only. */
static struct geo_weights *weigh(const struct borders *borders, const bool *kept, size_t nearest,
                                 const struct budget *budget, struct err *err)
{
    struct geo_weights *weights = NULL;
    size_t n = borders->units->n, used = 0;
    double *xy = malloc(2 * (n + 1) * sizeof *xy);
    if (!xy) {
        err_no_memory(err);
        return NULL;
    }
    if (!nearest) {
        struct geo_weights *all = geo_weights_queen(
            (const struct geo_shape *const *)borders->shapes, n, GEO_WEIGHTS_SNAP_DEG, budget, err);
        weights = all ? geo_weights_subset(all, kept, err) : NULL;
        geo_weights_free(all);
    } else if (represent(borders, xy, budget, err)) {
        for (size_t i = 0; i < n; i++)
            if (kept[i]) {
                memmove(&xy[2 * used], &xy[2 * i], 2 * sizeof *xy);
                used++;
            }
        weights = geo_weights_nearest(xy, used, nearest, budget, err);
    }
    free(xy);
    return weights;
}

/* Removes units without neighbours, which does not change the others. */
static struct geo_weights *drop_isolated(struct geo_weights *weights, bool *kept,
                                         struct geo_clusters *clusters, struct err *err)
{
    size_t at = 0;
    bool *linked = calloc(weights->n + 1, sizeof *linked);
    if (!linked) {
        geo_weights_free(weights);
        err_no_memory(err);
        return NULL;
    }
    for (size_t slot = 0; slot < clusters->n_rows; slot++) {
        if (!kept[slot])
            continue;
        linked[at] = weights->start[at + 1] > weights->start[at];
        if (!linked[at]) {
            kept[slot] = false;
            clusters->rows[slot].state = GEO_CLUSTERS_ISOLATED;
            clusters->n_isolated++;
        }
        at++;
    }
    struct geo_weights *subset = geo_weights_subset(weights, linked, err);
    geo_weights_free(weights);
    free(linked);
    return subset;
}

/* All together --------------------------------------------------------------- */

static bool analyse(struct geo_clusters *clusters, const struct figures *figures, const bool *kept,
                    const struct geo_weights *weights, const struct geo_moran_draws *draws,
                    double level, struct err *err)
{
    size_t n = weights->n, at = 0;
    double *events = calloc(n + 1, sizeof *events), *base = calloc(n + 1, sizeof *base);
    double *values = calloc(n + 1, sizeof *values);
    struct geo_moran_local *local = calloc(n + 1, sizeof *local);
    bool ok = events && base && values && local;
    if (!ok)
        err_no_memory(err);
    for (size_t slot = 0; ok && slot < clusters->n_rows; slot++)
        if (kept[slot]) {
            events[at] = figures->events[slot];
            base[at++] = figures->base[slot];
        }
    if (ok && figures->has_base)
        geo_moran_rates(events, base, n, values);
    else if (ok)
        memcpy(values, events, n * sizeof *values);
    ok = ok && geo_moran_global(weights, values, draws, &clusters->global, err) &&
         geo_moran_local(weights, values, draws, level, local, err);
    at = 0;
    for (size_t slot = 0; ok && slot < clusters->n_rows; slot++)
        if (kept[slot]) {
            clusters->rows[slot].neighbours = (int)(weights->start[at + 1] - weights->start[at]);
            clusters->rows[slot].local = local[at++];
        }
    clusters->n_used = n;
    clusters->mean_neighbours = n ? (double)weights->start[n] / (double)n : 0;
    free(events);
    free(base);
    free(values);
    free(local);
    return ok;
}

static void describe(struct geo_clusters *clusters, const struct figures *figures, bool *kept)
{
    for (size_t i = 0; i < clusters->n_rows; i++) {
        struct geo_clusters_row *row = &clusters->rows[i];
        double events = figures->events[i], base = figures->base[i];
        row->named = &clusters->units->units[i];
        kept[i] = !isnan(events) && (!figures->has_base || base > 0);
        row->rate = !kept[i] ? NAN : figures->has_base ? 100 * events / base : events;
        row->state = kept[i] ? GEO_CLUSTERS_USED : GEO_CLUSTERS_NO_DATA;
        clusters->n_no_data += !kept[i];
    }
    clusters->empirical_bayes = figures->has_base;
}

struct geo_clusters *geo_clusters_compute(struct geo_store *store,
                                          const struct geo_clusters_query *query, struct err *err)
{
    struct geo_clusters *clusters = calloc(1, sizeof *clusters);
    struct figures figures = {0};
    struct borders borders = {0};
    struct geo_weights *weights = NULL;
    bool *kept = NULL, ok = false;
    size_t nearest, n = 0;
    const struct geo_moran_draws draws = {.permutations = query->permutations,
                                          .seed = query->seed,
                                          .threads = query->threads,
                                          .budget = geo_store_budget(store)};
    if (!clusters) {
        err_no_memory(err);
        return NULL;
    }
    if (!geo_clusters_weights_of(query->weights, &nearest)) {
        err_set(err, ERR_INPUT, "pesos «%s»: se espera queen o knn:K, con K de 1 a %d",
                query->weights, NEAREST_MAX);
        goto done;
    }
    if (!(clusters->units = geo_units_load(store, query->edition, err)))
        goto done;
    n = clusters->n_rows = clusters->units->n;
    borders.units = clusters->units;
    clusters->rows = calloc(n + 1, sizeof *clusters->rows);
    figures.events = calloc(n + 1, sizeof(double));
    figures.base = calloc(n + 1, sizeof(double));
    borders.shapes = calloc(n + 1, sizeof(struct geo_shape *));
    kept = calloc(n + 1, sizeof *kept);
    if (!clusters->rows || !figures.events || !figures.base || !borders.shapes || !kept) {
        err_no_memory(err);
        goto done;
    }
    if (!read_figures(store, query, clusters->units, &figures, err) ||
        !read_borders(store, &borders, err))
        goto done;
    describe(clusters, &figures, kept);
    weights = weigh(&borders, kept, nearest, geo_store_budget(store), err);
    if (weights)
        weights = drop_isolated(weights, kept, clusters, err);
    ok = weights && analyse(clusters, &figures, kept, weights, &draws, query->level, err);
done:
    geo_weights_free(weights);
    for (size_t i = 0; borders.shapes && i < n; i++)
        geo_shape_free(borders.shapes[i]);
    free(borders.shapes);
    free(figures.events);
    free(figures.base);
    free(kept);
    if (ok)
        return clusters;
    geo_clusters_free(clusters);
    return NULL;
}

void geo_clusters_free(struct geo_clusters *clusters)
{
    if (!clusters)
        return;
    geo_units_free(clusters->units);
    free(clusters->rows);
    free(clusters);
}

/* The column `clase`. */
static const char *geo_clusters_word(const struct geo_clusters_row *row)
{
    static const char *const words[] = {"", "HH", "LL", "HL", "LH"};
    if (row->state == GEO_CLUSTERS_NO_DATA)
        return "sin dato";
    return row->state == GEO_CLUSTERS_ISOLATED ? "aislado" : words[row->local.class];
}

struct rows *geo_clusters_rows(const struct geo_clusters *clusters)
{
    static const struct rows_column columns[] = {
        {"codigo", 0},    {"nombre", 0},  {"departamento", 0}, {"uo", 0}, {"tasa", 4}, {"z", 6},
        {"z_vecinos", 6}, {"vecinos", 0}, {"moran_local", 9},  {"p", 5},  {"q", 5},    {"clase", 0},
    };
    struct rows *rows = rows_new(columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; rows && i < clusters->n_rows; i++) {
        const struct geo_clusters_row *row = &clusters->rows[i];
        bool used = row->state == GEO_CLUSTERS_USED;
        rows_text(rows, row->named->codigo);
        rows_text(rows, row->named->nombre);
        rows_text(rows, row->named->departamento);
        rows_text(rows, row->named->uo);
        rows_real(rows, row->rate);
        rows_real(rows, used ? row->local.value : NAN);
        rows_real(rows, used ? row->local.lag : NAN);
        if (used)
            rows_int(rows, row->neighbours);
        else
            rows_null(rows);
        rows_real(rows, used ? row->local.i : NAN);
        rows_real(rows, used ? row->local.p : NAN);
        rows_real(rows, used ? row->local.q : NAN);
        rows_text(rows, geo_clusters_word(row));
    }
    return rows;
}

/* restate.c - converts facts from one edition's municipalities to another's. */
#include "geo/analysis/restate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/analysis/restate_facts.h"
#include "geo/base/arena.h"

/* Kinds of facts -------------------------------------------------------------- */

static bool has_word(const char *name, const char *const *words, bool first_only)
{
    for (const char *at = name; *at;) {
        size_t len = strcspn(at, "_");
        for (size_t i = 0; words[i]; i++)
            if (strlen(words[i]) == len && memcmp(words[i], at, len) == 0)
                return true;
        if (first_only)
            break;
        at += len + (at[len] == '_');
    }
    return false;
}

enum geo_fact_kind geo_fact_kind(const char *name)
{
    static const char *const means[] = {"nbi",      "pct",        "porcentaje", "tasa",
                                        "indice",   "incidencia", "media",      "promedio",
                                        "densidad", "razon",      "idh",        NULL};
    static const char *const people[] = {
        "poblacion", "viviendas", "hogares",  "familias", "comunidades", "personas", "habitantes",
        "mujeres",   "hombres",   "escuelas", "upa",      "unidades",    "pobres",   NULL};
    static const char *const area[] = {"area", "superficie", "hectareas", "km2", "ha", NULL};
    if (has_word(name, means, false))
        return GEO_FACT_MEAN;
    if (has_word(name, people, true))
        return GEO_FACT_PEOPLE;
    return has_word(name, area, true) ? GEO_FACT_AREA : GEO_FACT_UNKNOWN;
}

static const char *geo_fact_kind_name(enum geo_fact_kind kind)
{
    static const char *const names[] = {NULL, "suma", "suma_superficie", "media"};
    return names[kind];
}

/* Weights ---------------------------------------------------------------------- */

/* A pair with the shares of a that go into b. */
struct weight {
    size_t a, b;
    double people, area;
};

struct restate_weights {
    struct weight *list;
    size_t n;
};

/* Slivers are ignored; lost land takes its share to nowhere; gained land brings nothing. */
static bool weigh(const struct geo_crosswalk *walk, struct restate_weights *weights)
{
    double *area = calloc(walk->from->n + 1, sizeof *area);
    double *people = calloc(walk->from->n + 1, sizeof *people);
    weights->list = calloc(walk->n_pairs + 1, sizeof *weights->list);
    bool ok = area && people && weights->list;
    for (size_t i = 0; ok && i < walk->n_pairs; i++) {
        const struct geo_crosswalk_pair *pair = &walk->pairs[i];
        if (pair->a < 0 || pair->change == GEO_CHANGE_SLIVER)
            continue;
        area[pair->a] += pair->share_a;
        people[pair->a] += pair->people_share_a;
    }
    for (size_t i = 0; ok && i < walk->n_pairs; i++) {
        const struct geo_crosswalk_pair *pair = &walk->pairs[i];
        if (pair->a < 0 || pair->b < 0 || pair->change == GEO_CHANGE_SLIVER)
            continue;
        struct weight *weight = &weights->list[weights->n++];
        *weight = (struct weight){
            .a = (size_t)pair->a, .b = (size_t)pair->b, .area = pair->share_a / area[pair->a]};
        weight->people =
            people[pair->a] > 0 ? pair->people_share_a / people[pair->a] : weight->area;
    }
    free(area);
    free(people);
    return ok;
}

/* Restating --------------------------------------------------------------------- */

struct restate_work {
    const struct geo_crosswalk *walk;
    struct restate_facts facts; /* of the first edition */
    struct restate_weights weights;
    double *mass; /* people, or area, of each unit of the first edition: weights of means */
};

static void set_mass(struct restate_work *work)
{
    int fact = restate_facts_latest(&work->facts, "poblacion");
    int rural = restate_facts_latest(&work->facts, "poblacion_rural");
    for (size_t a = 0; a < work->walk->from->n; a++) {
        double mass = fact < 0 ? NAN : restate_fact(&work->facts, fact, a);
        if (isnan(mass) && rural >= 0)
            mass = restate_fact(&work->facts, rural, a);
        work->mass[a] = mass > 0 ? mass : work->walk->from_m2[a];
    }
}

static void restate_fact_into(const struct restate_work *work, int fact,
                              struct geo_restated_fact *to, double *total)
{
    size_t n = work->walk->to->n;
    for (size_t b = 0; b < n; b++)
        to->value[b] = to->pct[b] = total[b] = 0;
    for (size_t i = 0; i < work->weights.n; i++) {
        const struct weight *weight = &work->weights.list[i];
        double share = to->kind == GEO_FACT_AREA ? weight->area : weight->people;
        double value = restate_fact(&work->facts, fact, weight->a);
        double mass = to->kind == GEO_FACT_MEAN ? share * work->mass[weight->a] : share;
        if (share == 0)
            continue;
        to->value[weight->b] += value * mass;
        total[weight->b] += mass;
        if (share < 1)
            to->pct[weight->b] += to->kind == GEO_FACT_MEAN ? mass : value * mass;
    }
    for (size_t b = 0; b < n; b++) {
        double whole = to->kind == GEO_FACT_MEAN ? total[b] : to->value[b];
        to->pct[b] = whole > 0 ? 100 * to->pct[b] / whole : total[b] > 0 ? 0 : NAN;
        if (to->kind == GEO_FACT_MEAN)
            to->value[b] /= total[b];
        if (!(total[b] > 0))
            to->value[b] = NAN;
        if (isnan(to->value[b]))
            to->pct[b] = NAN;
    }
}

static bool named(const char *const *names, const char *name)
{
    for (size_t i = 0; names && names[i]; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

/* Checks that every fact named in a list exists. */
static bool check_names(const struct restate_facts *facts, const char *const *names,
                        const char *edition, struct err *err)
{
    for (size_t i = 0; names && names[i]; i++)
        if (!named(facts->names, names[i])) {
            err_set(err, ERR_INPUT, "ningún municipio de la edición %s tiene el hecho «%s»",
                    edition, names[i]);
            return false;
        }
    return true;
}

static enum geo_fact_kind kind_of(const struct geo_restate_options *options, const char *name)
{
    if (named(options->sums, name))
        return GEO_FACT_PEOPLE;
    return named(options->means, name) ? GEO_FACT_MEAN : geo_fact_kind(name);
}

static bool add_fact(struct geo_restated *restated, const struct restate_work *work, int fact,
                     enum geo_fact_kind kind, double *total, struct err *err)
{
    struct arena *arena = restated->memory;
    size_t n = work->walk->to->n;
    struct geo_restated_fact *made = &restated->facts[restated->n_facts];
    *made = (struct geo_restated_fact){
        .name = arena_strdup(arena, work->facts.names[fact]),
        .kind = kind,
        .value = arena_array(arena, n + 1, sizeof(double)),
        .pct = arena_array(arena, n + 1, sizeof(double)),
    };
    if (!made->name || !made->value || !made->pct)
        return err_no_memory(err);
    restate_fact_into(work, fact, made, total);
    restated->n_facts++;
    return true;
}

static const struct geo_restated_fact *
find_fact(const struct geo_restated *restated, const struct restate_facts *facts, const char *name)
{
    int latest = restate_facts_latest(facts, name);
    for (size_t i = 0; latest >= 0 && i < restated->n_facts; i++)
        if (strcmp(restated->facts[i].name, facts->names[latest]) == 0)
            return &restated->facts[i];
    return NULL;
}

static bool restate_all(struct geo_restated *restated, const struct geo_restate_options *options,
                        struct restate_work *work, struct err *err)
{
    struct arena *arena = restated->memory;
    double *total = arena_array(arena, work->walk->to->n + 1, sizeof *total);
    restated->facts = arena_array(arena, work->facts.n + 1, sizeof *restated->facts);
    restated->unknown = arena_array(arena, work->facts.n + 1, sizeof *restated->unknown);
    if (!total || !restated->facts || !restated->unknown)
        return err_no_memory(err);
    bool chosen = options->facts && options->facts[0];
    for (size_t f = 0; f < work->facts.n; f++) {
        const char *name = work->facts.names[f];
        enum geo_fact_kind kind = kind_of(options, name);
        if (chosen && !named(options->facts, name))
            continue;
        if (kind == GEO_FACT_UNKNOWN && chosen)
            return err_set(err, ERR_INPUT,
                           "no se sabe si el hecho «%s» se suma o se promedia: dígalo con "
                           "--sum %s o --mean %s",
                           name, name, name);
        if (kind == GEO_FACT_UNKNOWN) {
            if (!(restated->unknown[restated->n_unknown++] = arena_strdup(arena, name)))
                return err_no_memory(err);
            continue;
        }
        if (!add_fact(restated, work, (int)f, kind, total, err))
            return false;
    }
    const struct geo_restated_fact *people = find_fact(restated, &work->facts, "poblacion_rural");
    const struct geo_restated_fact *homes = find_fact(restated, &work->facts, "viviendas_rurales");
    restated->coverage = (struct geo_coverage_facts){
        .n = work->walk->to->n,
        .poblacion_rural = people ? people->value : NULL,
        .viviendas_rurales = homes ? homes->value : NULL,
        .viviendas_pct = homes ? homes->pct : NULL,
    };
    return true;
}

struct geo_restated *geo_restate(struct geo_store *store, const struct geo_restate_options *options,
                                 struct err *err)
{
    struct restate_work work = {0};
    struct geo_restated *restated = calloc(1, sizeof *restated);
    bool ok = restated && (restated->memory = arena_new());
    if (!ok)
        err_no_memory(err);
    ok = ok && (restated->walk = geo_crosswalk_compute(store, &options->editions, err));
    if (ok) {
        work.walk = restated->walk;
        work.mass = calloc(work.walk->from->n + 1, sizeof *work.mass);
        ok = (work.mass && weigh(work.walk, &work.weights)) || err_no_memory(err);
    }
    ok = ok && restate_facts_load(store, work.walk->from, &work.facts, err);
    if (ok) {
        const char *edition = work.walk->from->edition;
        set_mass(&work);
        ok = check_names(&work.facts, options->facts, edition, err) &&
             check_names(&work.facts, options->sums, edition, err) &&
             check_names(&work.facts, options->means, edition, err) &&
             restate_all(restated, options, &work, err);
    }
    restate_facts_free(&work.facts);
    free(work.weights.list);
    free(work.mass);
    if (ok)
        return restated;
    geo_restated_free(restated);
    return NULL;
}

void geo_restated_free(struct geo_restated *restated)
{
    if (!restated)
        return;
    geo_crosswalk_free(restated->walk);
    arena_free(restated->memory);
    free(restated);
}

/* Rows --------------------------------------------------------------------------- */

/* Writes "031301 29,6 %": the units a value comes from, and how much of each. */
static void put_sources(const struct geo_crosswalk *walk, size_t b, enum geo_fact_kind kind,
                        struct buf *out)
{
    buf_clear(out);
    for (size_t i = 0; i < walk->n_pairs; i++) {
        const struct geo_crosswalk_pair *pair = &walk->pairs[i];
        if (pair->b != (int)b || pair->a < 0 || pair->change == GEO_CHANGE_SLIVER)
            continue;
        buf_printf(out, "%s%s ", out->len ? "; " : "", walk->from->units[pair->a].codigo);
        buf_put_fixed(out, 100 * (kind == GEO_FACT_AREA ? pair->share_a : pair->people_share_a), 1);
        buf_puts(out, "%");
    }
}

struct rows *geo_restated_rows(const struct geo_restated *restated)
{
    static const struct rows_column columns[] = {
        {"codigo", 0}, {"nombre", 0}, {"departamento", 0},    {"uo", 0},   {"hecho", 0},
        {"tipo", 0},   {"valor", 4},  {"reexpresado_pct", 2}, {"desde", 0}};
    const struct geo_crosswalk *walk = restated->walk;
    struct rows *rows = rows_new(columns, sizeof columns / sizeof *columns);
    struct buf sources;
    buf_init(&sources);
    for (size_t b = 0; rows && b < walk->to->n; b++)
        for (size_t f = 0; f < restated->n_facts; f++) {
            const struct geo_restated_fact *fact = &restated->facts[f];
            rows_text(rows, walk->to->units[b].codigo);
            rows_text(rows, walk->to->units[b].nombre);
            rows_text(rows, walk->to->units[b].departamento);
            rows_text(rows, walk->to->units[b].uo);
            rows_text(rows, fact->name);
            rows_text(rows, geo_fact_kind_name(fact->kind));
            rows_real(rows, fact->value[b]);
            rows_real(rows, fact->pct[b]);
            put_sources(walk, b, fact->kind, &sources);
            rows_words(rows, &sources);
        }
    buf_free(&sources);
    return rows;
}

struct geo_coverage *geo_restate_coverage(struct geo_store *store,
                                          const struct geo_crosswalk_options *editions,
                                          const struct geo_coverage_query *query, struct err *err)
{
    struct geo_edition_info edition;
    if (!geo_store_edition(store, query->edition, &edition, err))
        return NULL;
    struct geo_restate_options options = {.editions = *editions};
    options.editions.to = edition.codigo;
    struct geo_restated *facts = geo_restate(store, &options, err);
    struct geo_coverage *coverage = NULL;
    if (facts) {
        struct geo_coverage_query with = *query;
        with.facts = &facts->coverage;
        coverage = geo_coverage_compute(store, &with, err);
    }
    geo_restated_free(facts);
    return coverage;
}

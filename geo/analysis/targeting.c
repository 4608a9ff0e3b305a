/* targeting.c - computes and ranks the index of underserved municipalities. */
#include "geo/analysis/targeting.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/analysis/targeting_internal.h"
#include "geo/base/parse.h"

static bool check_query(const struct geo_target_query *query, struct err *err)
{
    if (query->as_of && !parse_date(query->as_of))
        return err_field(err, "as-of", "«%s» no es una fecha: se espera AAAA-MM-DD", query->as_of);
    if (query->draws != GEO_TARGET_NO_DRAWS &&
        (query->draws < 1 || query->draws > GEO_TARGET_DRAWS_MAX))
        return err_field(err, "draws", "«%lld»: se acepta de 1 a %d", (long long)query->draws,
                         GEO_TARGET_DRAWS_MAX);
    if (query->k < 0)
        return err_field(err, "k", "«%lld»: se acepta desde 1", (long long)query->k);
    return true;
}

/* Municipalities and their groups -------------------------------------------- */

static bool make_groups(struct geo_targeting *targeting, size_t *group_of, struct err *err)
{
    const struct geo_units *units = targeting->units;
    struct geo_grouping grouping = {0};
    if (!targeting->by_departamento) {
        targeting->groups = calloc(1, sizeof *targeting->groups);
        if (!targeting->groups)
            return err_no_memory(err);
        targeting->groups[0].nombre = "";
        targeting->n_groups = 1;
        return true;
    }
    if (!geo_grouping_make(&grouping, units, GEO_BY_DEPARTAMENTO, "", err))
        return false;
    targeting->groups = calloc(grouping.n_rows, sizeof *targeting->groups);
    if (targeting->groups) {
        targeting->n_groups = grouping.n_rows;
        for (size_t g = 0; g < grouping.n_rows; g++)
            targeting->groups[g].nombre = grouping.rows[g].nombre;
        for (size_t i = 0; i < units->n; i++)
            group_of[i] = grouping.row_of[i];
    }
    geo_grouping_free(&grouping);
    return targeting->groups || err_no_memory(err);
}

/* Makes the rows: ranked ones first, each part by code; inputs in the same order. */
static void make_rows(struct geo_targeting *targeting, const struct target_input *inputs,
                      const size_t *group_of)
{
    struct geo_target_model *model = targeting->model;
    const struct geo_units *units = targeting->units;
    for (int excluded = 0; excluded < 2; excluded++)
        for (size_t i = 0; i < units->n; i++) {
            double values[GEO_TARGET_COMPONENTS_MAX];
            target_values(model, &inputs[i], values);
            const char *reason = target_missing(model, values, &inputs[i]);
            if ((reason != NULL) != excluded)
                continue;
            struct geo_target_row *row = &targeting->rows[targeting->n_rows];
            model->inputs[targeting->n_rows++] = inputs[i];
            row->named = units->units[i];
            row->excluded = reason;
            row->group = group_of[i];
            memcpy(row->value, values, sizeof row->value);
            row->need = row->gap = row->index = NAN;
            for (size_t c = 0; c < GEO_TARGET_COMPONENTS_MAX; c++)
                row->norm[c] = NAN;
            targeting->n_ranked += !reason;
            targeting->groups[row->group].ranked += !reason;
        }
    model->n = targeting->n_ranked;
}

/* k is the one asked for; the default is limited to the number of rows. */
static bool check_k(struct geo_targeting *targeting, int64_t asked, struct err *err)
{
    const struct geo_target_group *least = NULL;
    for (size_t g = 0; g < targeting->n_groups; g++) {
        const struct geo_target_group *group = &targeting->groups[g];
        if (group->ranked > 0 && (!least || group->ranked < least->ranked))
            least = group;
    }
    if (!least)
        return err_set(err, ERR_INPUT,
                       "ningún municipio de la edición «%s» tiene los hechos que piden los pesos: "
                       "el primero está %s",
                       targeting->edition,
                       targeting->n_rows ? targeting->rows[0].excluded : "por cargar");
    targeting->k = asked                        ? asked
                   : targeting->by_departamento ? GEO_TARGET_K_DEPARTMENT
                                                : GEO_TARGET_K;
    if (!asked && targeting->k > least->ranked)
        targeting->k = least->ranked;
    return targeting->k <= least->ranked ||
           err_field(err, "k", "%lld es más que los %lld municipios clasificados%s%s",
                     (long long)targeting->k, (long long)least->ranked,
                     least->nombre[0] ? " de " : "", least->nombre);
}

/* Index and place -------------------------------------------------------------- */

static void score_rows(struct geo_targeting *targeting)
{
    const struct geo_target_model *model = targeting->model;
    double weights[GEO_TARGET_COMPONENTS_MAX];
    for (size_t c = 0; c < model->n_components; c++)
        weights[c] = model->components[c].weight;
    for (size_t i = 0; i < targeting->n_ranked; i++) {
        struct geo_target_row *row = &targeting->rows[i];
        double pillars[2];
        target_norms(model, row->value, NAN, row->norm);
        target_pillars(model, row->norm, weights, pillars);
        row->need = pillars[GEO_TARGET_NEED];
        row->gap = pillars[GEO_TARGET_GAP];
        row->index = 100 * target_combine(model->form, pillars, model->weight);
    }
}

static bool place_rows(struct geo_targeting *targeting, struct err *err)
{
    const struct geo_target_model *model = targeting->model;
    const size_t n = targeting->n_ranked;
    double *index = malloc((n + 1) * sizeof *index);
    size_t *group = malloc((n + 1) * sizeof *group);
    int64_t *places = malloc((n + 1) * sizeof *places);
    bool ok = (index && group && places) || err_no_memory(err);
    for (size_t i = 0; ok && i < n; i++) {
        index[i] = targeting->rows[i].index;
        group[i] = targeting->rows[i].group;
    }
    ok = ok && target_places(index, group, n, targeting->n_groups, places, err);
    for (size_t i = 0; ok && i < n; i++)
        targeting->rows[i].place = places[i];
    if (ok && targeting->has_scenario) {
        for (size_t i = 0; i < n; i++) {
            double pillars[2];
            target_pillars(model, targeting->rows[i].norm, model->scenario_component, pillars);
            index[i] = target_combine(model->form, pillars, model->scenario_weight);
        }
        ok = target_places(index, group, n, targeting->n_groups, places, err);
        for (size_t i = 0; ok && i < n; i++)
            targeting->rows[i].place_scenario = places[i];
    }
    free(index);
    free(group);
    free(places);
    return ok;
}

static bool draw_rows(struct geo_targeting *targeting, int threads, const struct budget *budget,
                      struct err *err)
{
    const size_t n = targeting->n_ranked;
    size_t *group = malloc((n + 1) * sizeof *group);
    struct target_outcome *outcomes = malloc((n + 1) * sizeof *outcomes);
    bool ok = (group && outcomes) || err_no_memory(err);
    for (size_t i = 0; ok && i < n; i++)
        group[i] = targeting->rows[i].group;
    const struct target_draws draws = {.n = targeting->draws,
                                       .k = targeting->k,
                                       .seed = targeting->seed,
                                       .threads = threads,
                                       .budget = budget,
                                       .group = group,
                                       .n_groups = targeting->n_groups};
    ok = ok && target_draw(targeting->model, &draws, outcomes, err);
    for (size_t i = 0; ok && i < n; i++) {
        struct geo_target_row *row = &targeting->rows[i];
        row->in_first_k = outcomes[i].in_first_k;
        row->place_p05 = outcomes[i].p05;
        row->place_p50 = outcomes[i].p50;
        row->place_p95 = outcomes[i].p95;
    }
    free(group);
    free(outcomes);
    return ok;
}

/* A row with its inputs, for sorting both. */
struct targeting_pair {
    struct geo_target_row row;
    struct target_input input;
};

static int by_place(const void *a, const void *b)
{
    const struct geo_target_row *x = &((const struct targeting_pair *)a)->row;
    const struct geo_target_row *y = &((const struct targeting_pair *)b)->row;
    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

static bool order_rows(struct geo_targeting *targeting, struct err *err)
{
    const size_t n = targeting->n_ranked;
    struct targeting_pair *pairs = malloc((n + 1) * sizeof *pairs);
    if (!pairs)
        return err_no_memory(err);
    for (size_t i = 0; i < n; i++)
        pairs[i] = (struct targeting_pair){targeting->rows[i], targeting->model->inputs[i]};
    qsort(pairs, n, sizeof *pairs, by_place);
    for (size_t i = 0; i < n; i++) {
        targeting->rows[i] = pairs[i].row;
        targeting->model->inputs[i] = pairs[i].input;
    }
    free(pairs);
    return true;
}

/* ------------------------------------------------------------------------------ */

static void describe_result(struct geo_targeting *targeting, const struct geo_target_query *query)
{
    const struct geo_target_model *model = targeting->model;
    memcpy(targeting->edition, targeting->units->edition, sizeof targeting->edition);
    if (query->as_of)
        memcpy(targeting->as_of, query->as_of, sizeof targeting->as_of);
    targeting->form = query->form;
    targeting->scale = query->scale;
    targeting->by_departamento = query->by_departamento;
    targeting->concentration = model->concentration;
    targeting->draws = query->draws == GEO_TARGET_NO_DRAWS ? 0 : query->draws;
    targeting->seed = query->seed;
    targeting->weight_need = model->weight[GEO_TARGET_NEED];
    targeting->weight_gap = model->weight[GEO_TARGET_GAP];
    memcpy(targeting->components, model->components, sizeof targeting->components);
    targeting->n_components = model->n_components;
    targeting->has_scenario = query->scenario != NULL;
}

static bool compute(struct geo_targeting *targeting, struct geo_store *store,
                    const struct geo_target_query *query, struct err *err)
{
    struct target_input *inputs = NULL;
    size_t *group_of = NULL;
    bool ok = false;
    targeting->units = geo_units_load(store, query->edition, err);
    if (!targeting->units)
        return false;
    describe_result(targeting, query);
    if (query->explain && geo_units_slot(targeting->units, query->explain) == targeting->units->n)
        return target_no_municipality(targeting->edition, query->explain, err);
    const size_t n = targeting->units->n;
    inputs = calloc(n + 1, sizeof *inputs);
    group_of = calloc(n + 1, sizeof *group_of);
    targeting->model->inputs = calloc(n + 1, sizeof *inputs);
    targeting->rows = calloc(n + 1, sizeof *targeting->rows);
    if (!inputs || !group_of || !targeting->model->inputs || !targeting->rows) {
        err_no_memory(err);
        goto done;
    }
    ok = make_groups(targeting, group_of, err) &&
         target_read_inputs(store, targeting->units, query, targeting->model, inputs, err);
    if (!ok)
        goto done;
    make_rows(targeting, inputs, group_of);
    ok = check_k(targeting, query->k, err) && target_make_rulers(targeting->model, err);
    if (!ok)
        goto done;
    score_rows(targeting);
    ok =
        place_rows(targeting, err) &&
        (!targeting->draws || draw_rows(targeting, query->threads, geo_store_budget(store), err)) &&
        order_rows(targeting, err);
done:
    free(inputs);
    free(group_of);
    return ok;
}

struct geo_targeting *geo_targeting_compute(struct geo_store *store,
                                            const struct geo_target_query *query, struct err *err)
{
    struct geo_targeting *targeting = calloc(1, sizeof *targeting);
    if (targeting)
        targeting->model = calloc(1, sizeof *targeting->model);
    if (!targeting || !targeting->model)
        err_no_memory(err);
    else if (check_query(query, err) && target_read_query(targeting->model, query, err) &&
             compute(targeting, store, query, err))
        return targeting;
    geo_targeting_free(targeting);
    return NULL;
}

void geo_targeting_free(struct geo_targeting *targeting)
{
    if (!targeting)
        return;
    if (targeting->model) {
        free(targeting->model->inputs);
        free(targeting->model->sorted);
        free(targeting->model);
    }
    free(targeting->rows);
    free(targeting->groups);
    free(targeting->columns);
    geo_units_free(targeting->units);
    free(targeting);
}

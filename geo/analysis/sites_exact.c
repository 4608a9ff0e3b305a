/* sites_exact.c - the best sites by integer programming (GLPK):
 *
 *   max sum p_j y_j,  y_j <= sum of x_i that reach j,  sum x_i <= k,
 *   x_i in {0, 1}, 0 <= y_j <= 1.
 *
 * The problem is reduced first. A site is left out if no choice with it can beat the greedy
 * one: its gain and the k - 1 greatest others together are no more. Places that the same
 * sites reach are merged.
 */
#include <glpk.h>
#include <stdlib.h>
#include <string.h>

#include "geo/analysis/reach_tree.h"
#include "geo/analysis/sites.h"

struct model {
    const struct geo_reach *reach;
    const bool *reached;
    struct reach_tree *tree;
    uint32_t *site_of; /* by column, from 1 */
    int n_sites;
    /* The columns that reach a place, ascending: those of i are by[start[i]] .. by[start[i
     * + 1] - 1]. None for a place that does not count. */
    size_t *start;
    int *by;
    uint32_t *served; /* places that some remaining site reaches */
    size_t n_served;
    int column; /* being listed */
};

static bool counts(const struct model *model, uint32_t place)
{
    return !model->reached[place] && model->reach->places[place].people > 0;
}

static int descending(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x < y) - (x > y);
}

/* Keeps the sites that may be part of a choice better than `least`. */
static bool keep_sites(struct model *model, int64_t least, size_t k)
{
    size_t n = model->reach->n_places;
    int64_t *gains = malloc(n * sizeof *gains), *sorted = malloc(n * sizeof *sorted), others = 0;
    bool ok = gains && sorted;
    for (uint32_t i = 0; ok && i < n; i++)
        if (counts(model, i))
            reach_tree_add(model->tree, i, model->reach->places[i].people);
    if (ok) {
        reach_tree_sums(model->tree, gains);
        memcpy(sorted, gains, n * sizeof *sorted);
        qsort(sorted, n, sizeof *sorted, descending);
        for (size_t i = 0; i + 1 < k; i++)
            others += sorted[i];
    }
    for (uint32_t i = 0; ok && i < n; i++)
        if (gains[i] > 0 && gains[i] + others > least)
            model->site_of[++model->n_sites] = i;
    free(gains);
    free(sorted);
    return ok;
}

static void count_pair(void *arg, uint32_t place)
{
    struct model *model = arg;
    model->start[place + 1] += counts(model, place);
}

/* start[i + 1] is where the next column of i goes; after listing it is the end of i. */
static void list_pair(void *arg, uint32_t place)
{
    struct model *model = arg;
    if (counts(model, place))
        model->by[model->start[place + 1]++] = model->column;
}

static bool list_pairs(struct model *model, struct err *err)
{
    const size_t n = model->reach->n_places;
    size_t all = 0;
    for (int i = 1; i <= model->n_sites; i++) {
        reach_tree_each(model->tree, model->site_of[i], count_pair, model);
        if (!budget_left(model->reach->budget, err))
            return false;
    }
    for (size_t i = 0; i < n; i++) {
        size_t many = model->start[i + 1];
        model->start[i + 1] = all;
        all += many;
    }
    if (all > GEO_SITES_EXACT_PAIRS)
        return err_set(err, ERR_LIMIT,
                       "habría que sopesar %zu pares de sitio y lugar, y se puede con %d: "
                       "pida menos sitios o menos kilómetros, o sin la búsqueda exacta",
                       all, GEO_SITES_EXACT_PAIRS) ||
               err_about(err, "exact");
    model->by = malloc((all + 1) * sizeof *model->by);
    if (!model->by)
        return err_no_memory(err);
    for (model->column = 1; model->column <= model->n_sites; model->column++)
        reach_tree_each(model->tree, model->site_of[model->column], list_pair, model);
    for (uint32_t i = 0; i < n; i++)
        if (model->start[i + 1] > model->start[i])
            model->served[model->n_served++] = i;
    return true;
}

/* The remaining sites that reach a place, as columns; returns their number. */
static int reached_by(const struct model *model, uint32_t place, int *columns)
{
    size_t n = model->start[place + 1] - model->start[place];
    memcpy(columns, model->by + model->start[place], n * sizeof *columns);
    return (int)n;
}

/* Sorts places by the sites that reach them, so that equal ones are adjacent. */
static int by_sites(const void *a, const void *b, void *arg)
{
    const struct model *model = arg;
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    size_t i = model->start[x], end_x = model->start[x + 1];
    size_t j = model->start[y], end_y = model->start[y + 1];
    for (; i < end_x && j < end_y; i++, j++)
        if (model->by[i] != model->by[j])
            return model->by[i] < model->by[j] ? -1 : 1;
    return (int)(j == end_y) - (int)(i == end_x);
}

static glp_prob *formulate(struct model *model, size_t k, int *columns, double *ones)
{
    glp_prob *problem = glp_create_prob();
    glp_set_obj_dir(problem, GLP_MAX);
    glp_add_cols(problem, model->n_sites);
    for (int i = 1; i <= model->n_sites; i++)
        glp_set_col_kind(problem, i, GLP_BV);
    int row = glp_add_rows(problem, 1);
    glp_set_row_bnds(problem, row, GLP_UP, 0, (double)k);
    for (int i = 1; i <= model->n_sites; i++)
        columns[i] = i;
    glp_set_mat_row(problem, row, model->n_sites, columns, ones);
    for (size_t i = 0; i < model->n_served;) {
        int64_t people = 0;
        size_t first = i;
        for (;
             i < model->n_served && by_sites(&model->served[first], &model->served[i], model) == 0;
             i++)
            people += model->reach->places[model->served[i]].people;
        int n = reached_by(model, model->served[first], columns + 1);
        int column = glp_add_cols(problem, 1);
        glp_set_col_bnds(problem, column, GLP_DB, 0, 1);
        glp_set_obj_coef(problem, column, (double)people);
        row = glp_add_rows(problem, 1); /* 0 <= sum x - y */
        glp_set_row_bnds(problem, row, GLP_LO, 0, 0);
        columns[n + 1] = column;
        ones[n + 1] = -1;
        glp_set_mat_row(problem, row, n + 1, columns, ones);
        ones[n + 1] = 1;
    }
    return problem;
}

struct adding {
    const struct geo_reach *reach;
    bool *done;
    bool take; /* false: only count */
    int64_t gain;
};

static void add_gain(void *arg, uint32_t place)
{
    struct adding *adding = arg;
    if (adding->done[place])
        return;
    adding->gain += adding->reach->places[place].people;
    adding->done[place] = adding->take;
}

/* Orders the chosen sites by what each adds, the most first. */
static struct geo_sites *order(const struct model *model, const struct geo_sites *greedy,
                               glp_prob *problem, size_t k)
{
    size_t n = model->reach->n_places, left = 0;
    struct geo_sites *sites = calloc(1, sizeof *sites);
    uint32_t *chosen = calloc(k + 1, sizeof *chosen);
    struct adding adding = {.reach = model->reach, .done = malloc(n * sizeof *adding.done)};
    if (sites)
        sites->sites = calloc(k, sizeof *sites->sites);
    if (!sites || !sites->sites || !chosen || !adding.done) {
        geo_sites_free(sites);
        sites = NULL;
        goto done;
    }
    memcpy(adding.done, model->reached, n * sizeof *adding.done);
    sites->unreached = greedy->unreached;
    for (int i = 1; i <= model->n_sites && left < k; i++)
        if (glp_mip_col_val(problem, i) > 0.5)
            chosen[left++] = model->site_of[i];
    while (left) {
        size_t best = 0;
        int64_t best_gain = -1;
        adding.take = false;
        for (size_t c = 0; c < left; c++) {
            adding.gain = 0;
            reach_tree_each(model->tree, chosen[c], add_gain, &adding);
            if (adding.gain > best_gain) {
                best = c;
                best_gain = adding.gain;
            }
        }
        adding.take = true;
        reach_tree_each(model->tree, chosen[best], add_gain, &adding);
        sites->reached += best_gain;
        sites->sites[sites->n++] = (struct geo_site){chosen[best], best_gain, sites->reached};
        chosen[best] = chosen[--left];
    }
done:
    free(chosen);
    free(adding.done);
    return sites;
}

static struct geo_sites *copy(const struct geo_sites *from)
{
    struct geo_sites *sites = malloc(sizeof *sites);
    if (!sites)
        return NULL;
    *sites = *from;
    sites->sites = malloc((from->n + 1) * sizeof *sites->sites);
    if (!sites->sites) {
        free(sites);
        return NULL;
    }
    memcpy(sites->sites, from->sites, from->n * sizeof *sites->sites);
    return sites;
}

/* Called by GLPK at every node of its search. */
static void stop_if_over(glp_tree *search, void *budget)
{
    if (!budget_left(budget, NULL))
        glp_ios_terminate(search);
}

/* NULL where GLPK found nothing better; *bound and *proven are set. */
static struct geo_sites *solve(const struct model *model, const struct geo_sites *greedy, size_t k,
                               double seconds, glp_prob *problem, int64_t *bound, bool *proven)
{
    glp_iocp options;
    struct geo_sites *best = NULL;
    glp_init_iocp(&options);
    options.presolve = GLP_ON;
    options.msg_lev = GLP_MSG_OFF;
    options.tm_lim = (int)(1000 * seconds);
    options.cb_func = stop_if_over;
    options.cb_info = (void *)(uintptr_t)model->reach->budget;
    int code = glp_intopt(problem, &options);
    int status = glp_mip_status(problem);
    *proven = code == 0 && status == GLP_OPT;
    if (status == GLP_OPT || status == GLP_FEAS)
        best = order(model, greedy, problem, k);
    if (best && *proven)
        *bound = best->reached;
    if (best && best->reached <= greedy->reached) {
        geo_sites_free(best);
        best = NULL;
    }
    return best;
}

static bool make_model(struct model *model, double distance_m, struct err *err)
{
    size_t n = model->reach->n_places;
    model->tree = reach_tree_new(model->reach, distance_m, err);
    if (!model->tree)
        return false;
    model->site_of = calloc(n + 1, sizeof *model->site_of);
    model->served = malloc((n + 1) * sizeof *model->served);
    model->start = calloc(n + 1, sizeof *model->start);
    return (model->site_of && model->served && model->start) || err_no_memory(err);
}

static void free_model(struct model *model)
{
    reach_tree_free(model->tree);
    free(model->site_of);
    free(model->served);
    free(model->start);
    free(model->by);
}

struct geo_sites *geo_sites_exact(const struct geo_reach *reach, double distance_m,
                                  const bool *reached, const struct geo_sites *greedy, int64_t k,
                                  double seconds, bool *proven, struct err *err)
{
    size_t n = reach->n_places;
    struct model model = {.reach = reach, .reached = reached};
    struct geo_sites *best = NULL;
    int64_t bound = greedy->bound;
    int *columns = malloc((n + 3) * sizeof *columns);
    double *ones = malloc((n + 3) * sizeof *ones);
    bool search = greedy->reached < greedy->bound;
    bool ok = make_model(&model, distance_m, err);
    if (ok && !(columns && ones && (!search || keep_sites(&model, greedy->reached, (size_t)k))))
        ok = err_no_memory(err);
    if (!ok || (search && !list_pairs(&model, err)))
        goto done;
    for (size_t i = 0; i < n + 3; i++)
        ones[i] = 1;
    if (model.n_served)
        qsort_r(model.served, model.n_served, sizeof *model.served, by_sites, &model);
    *proven = true;
    if (model.n_sites == 0) {
        bound = greedy->reached; /* nothing can be better */
    } else {
        glp_term_out(GLP_OFF);
        glp_prob *problem = formulate(&model, (size_t)k, columns, ones);
        best = solve(&model, greedy, (size_t)k, seconds, problem, &bound, proven);
        glp_delete_prob(problem);
        if (*proven && !best)
            bound = greedy->reached;
    }
    if (!budget_left(reach->budget, err)) {
        geo_sites_free(best);
        best = NULL;
        goto done;
    }
    if (!best)
        best = copy(greedy);
    if (best)
        best->bound = bound;
    else
        err_no_memory(err);
done:
    free(columns);
    free(ones);
    free_model(&model);
    return best;
}

/* sites_exact.c - the best sites by integer programming (GLPK):
 *
 *   max sum p_j y_j,  y_j <= sum of x_i that reach j,  sum x_i <= k,
 *   x_i in {0, 1}, 0 <= y_j <= 1.
 *
 * Kept small before it is solved: a site with which no choice can beat the
 * greedy one (its gain and the k - 1 greatest others together are no more) is
 * left out, and places that the same sites reach are one.
 */
#include <glpk.h>
#include <stdlib.h>
#include <string.h>

#include "geo/analysis/sites.h"

struct model {
    const struct geo_reach *reach;
    const struct geo_reach_near *near;
    const bool *reached;
    int *column; /* of a place as a site; 0: left out */
    uint32_t *site_of;
    int n_sites;
    uint32_t *served; /* places that a site kept can reach */
    size_t n_served;
};

static bool counts(const struct model *model, uint32_t place)
{
    return !model->reached[place] && model->reach->places[place].people > 0;
}

static int64_t gain_of(const struct model *model, uint32_t site)
{
    int64_t gain = 0;
    for (size_t i = model->near->start[site]; i < model->near->start[site + 1]; i++)
        if (counts(model, model->near->to[i]))
            gain += model->reach->places[model->near->to[i]].people;
    return gain;
}

static int descending(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x < y) - (x > y);
}

/* The sites that may be part of something better than `least`. */
static bool keep_sites(struct model *model, int64_t least, size_t k)
{
    size_t n = model->reach->n_places;
    int64_t *gains = malloc(n * sizeof *gains), *sorted = malloc(n * sizeof *sorted), others = 0;
    bool ok = gains && sorted;
    for (uint32_t i = 0; ok && i < n; i++)
        sorted[i] = gains[i] = gain_of(model, i);
    if (ok) {
        qsort(sorted, n, sizeof *sorted, descending);
        for (size_t i = 0; i + 1 < k; i++)
            others += sorted[i];
    }
    for (uint32_t i = 0; ok && i < n; i++)
        if (gains[i] > 0 && gains[i] + others > least) {
            model->site_of[++model->n_sites] = i;
            model->column[i] = model->n_sites;
        }
    free(gains);
    free(sorted);
    return ok;
}

/* The sites kept that reach a place, as columns; their number. */
static int reached_by(const struct model *model, uint32_t place, int *columns)
{
    int n = 0;
    for (size_t i = model->near->start[place]; i < model->near->start[place + 1]; i++)
        if (model->column[model->near->to[i]])
            columns[n++] = model->column[model->near->to[i]];
    return n;
}

/* Places by the sites that reach them: equal ones come together. */
static int by_sites(const void *a, const void *b, void *arg)
{
    const struct model *model = arg;
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    const struct geo_reach_near *near = model->near;
    size_t i = near->start[x], j = near->start[y];
    for (;;) {
        while (i < near->start[x + 1] && !model->column[near->to[i]])
            i++;
        while (j < near->start[y + 1] && !model->column[near->to[j]])
            j++;
        bool end_x = i == near->start[x + 1], end_y = j == near->start[y + 1];
        if (end_x || end_y)
            return (int)end_y - (int)end_x;
        if (near->to[i] != near->to[j])
            return near->to[i] < near->to[j] ? -1 : 1;
        i++;
        j++;
    }
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

/* The sites that x chooses, in the order in which they add the most. */
static struct geo_sites *order(const struct model *model, const struct geo_sites *greedy,
                               glp_prob *problem, size_t k)
{
    size_t n = model->reach->n_places, left = 0;
    struct geo_sites *sites = calloc(1, sizeof *sites);
    uint32_t *chosen = calloc(k + 1, sizeof *chosen);
    bool *done = malloc(n * sizeof *done);
    if (sites)
        sites->sites = calloc(k, sizeof *sites->sites);
    if (!sites || !sites->sites || !chosen || !done) {
        geo_sites_free(sites);
        sites = NULL;
        goto done;
    }
    memcpy(done, model->reached, n * sizeof *done);
    sites->unreached = greedy->unreached;
    for (int i = 1; i <= model->n_sites && left < k; i++)
        if (glp_mip_col_val(problem, i) > 0.5)
            chosen[left++] = model->site_of[i];
    while (left) {
        size_t best = 0;
        int64_t best_gain = -1;
        for (size_t c = 0; c < left; c++) {
            int64_t gain = 0;
            for (size_t i = model->near->start[chosen[c]]; i < model->near->start[chosen[c] + 1];
                 i++)
                gain +=
                    done[model->near->to[i]] ? 0 : model->reach->places[model->near->to[i]].people;
            if (gain > best_gain) {
                best = c;
                best_gain = gain;
            }
        }
        uint32_t site = chosen[best];
        for (size_t i = model->near->start[site]; i < model->near->start[site + 1]; i++)
            done[model->near->to[i]] = true;
        sites->reached += best_gain;
        sites->sites[sites->n++] = (struct geo_site){site, best_gain, sites->reached};
        chosen[best] = chosen[--left];
    }
done:
    free(chosen);
    free(done);
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

struct geo_sites *geo_sites_exact(const struct geo_reach *reach, const struct geo_reach_near *near,
                                  const bool *reached, const struct geo_sites *greedy, int64_t k,
                                  double seconds, bool *proven, struct err *err)
{
    size_t n = reach->n_places;
    struct model model = {.reach = reach, .near = near, .reached = reached};
    struct geo_sites *best = NULL;
    int64_t bound = greedy->bound;
    int *columns = malloc((n + 3) * sizeof *columns);
    double *ones = malloc((n + 3) * sizeof *ones);
    model.column = calloc(n + 1, sizeof *model.column);
    model.site_of = calloc(n + 1, sizeof *model.site_of);
    model.served = malloc((n + 1) * sizeof *model.served);
    bool ok = columns && ones && model.column && model.site_of && model.served &&
              keep_sites(&model, greedy->reached, (size_t)k);
    if (!ok) {
        err_no_memory(err);
        goto done;
    }
    for (size_t i = 0; i < n + 3; i++)
        ones[i] = 1;
    for (uint32_t i = 0; i < n; i++)
        if (counts(&model, i) && reached_by(&model, i, columns) > 0)
            model.served[model.n_served++] = i;
    if (model.n_served)
        qsort_r(model.served, model.n_served, sizeof *model.served, by_sites, &model);
    *proven = true;
    if (model.n_sites == 0 || greedy->reached == greedy->bound)
        bound = greedy->reached; /* nothing can be better */
    else {
        glp_term_out(GLP_OFF);
        glp_prob *problem = formulate(&model, (size_t)k, columns, ones);
        best = solve(&model, greedy, (size_t)k, seconds, problem, &bound, proven);
        glp_delete_prob(problem);
        if (*proven && !best)
            bound = greedy->reached;
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
    free(model.column);
    free(model.site_of);
    free(model.served);
    return best;
}

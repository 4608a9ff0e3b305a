/* sites.c - chooses new sites by the greedy rule.
 *
 * The people that each site would add are sums in the tree; they stay exact while sites
 * are taken. Distance is symmetric, so the people of a place that was reached are
 * subtracted from all places near it.
 */
#include "geo/analysis/sites.h"

#include <stdlib.h>
#include <string.h>

#include "geo/analysis/reach_tree.h"

/* Places between two checks of the budget: each takes some 20 us. */
enum { PLACES_A_LOOK = 256 };

struct greedy {
    const struct geo_reach *reach;
    struct reach_tree *tree;
    bool *done;      /* by place: reached */
    uint32_t *newly; /* reached by the site just taken */
    size_t n_newly;
    int64_t *gains, *heap; /* by place; the k greatest */
    size_t k;
    struct err *err;
};

static bool add_people(struct greedy *greedy, uint32_t place, int64_t sign)
{
    int64_t people = greedy->reach->places[place].people;
    if (people)
        reach_tree_add(greedy->tree, place, sign * people);
    return place % PLACES_A_LOOK != 0 || budget_left(greedy->reach->budget, greedy->err);
}

/* The sum of the k greatest gains, by a heap with the least on top. */
static int64_t greatest(struct greedy *greedy)
{
    int64_t *heap = greedy->heap, sum = 0;
    size_t k = greedy->k;
    memset(heap, 0, k * sizeof *heap); /* no gain is less */
    for (size_t i = 0; i < greedy->reach->n_places; i++) {
        int64_t gain = greedy->gains[i];
        size_t at = 0, child;
        if (gain <= heap[0])
            continue;
        for (; (child = 2 * at + 1) < k; at = child) {
            if (child + 1 < k && heap[child + 1] < heap[child])
                child++;
            if (heap[child] >= gain)
                break;
            heap[at] = heap[child];
        }
        heap[at] = gain;
    }
    for (size_t i = 0; i < k; i++)
        sum += heap[i];
    return sum;
}

static void take_place(void *arg, uint32_t place)
{
    struct greedy *greedy = arg;
    if (greedy->done[place])
        return;
    greedy->done[place] = true;
    greedy->newly[greedy->n_newly++] = place;
}

static bool take_site(struct greedy *greedy, uint32_t site)
{
    greedy->n_newly = 0;
    reach_tree_each(greedy->tree, site, take_place, greedy);
    for (size_t i = 0; i < greedy->n_newly; i++)
        if (!add_people(greedy, greedy->newly[i], -1))
            return false;
    return true;
}

static bool begin(struct greedy *greedy, struct geo_sites *sites)
{
    for (uint32_t i = 0; i < greedy->reach->n_places; i++) {
        if (greedy->done[i])
            continue;
        sites->unreached += greedy->reach->places[i].people;
        if (!add_people(greedy, i, 1))
            return false;
    }
    sites->bound = sites->unreached;
    return true;
}

static bool choose(struct greedy *greedy, struct geo_sites *sites)
{
    const size_t n = greedy->reach->n_places;
    const int64_t *gains = greedy->gains;
    if (!begin(greedy, sites))
        return false;
    for (size_t step = 0;; step++) {
        reach_tree_sums(greedy->tree, greedy->gains);
        int64_t bound = sites->reached + greatest(greedy);
        if (bound < sites->bound)
            sites->bound = bound;
        if (step == greedy->k)
            return true;
        uint32_t best = 0;
        for (uint32_t i = 1; i < n; i++)
            if (gains[i] > gains[best])
                best = i;
        if (gains[best] <= 0)
            return true;
        sites->reached += gains[best];
        sites->sites[sites->n++] = (struct geo_site){best, gains[best], sites->reached};
        if (!take_site(greedy, best) || !budget_left(greedy->reach->budget, greedy->err))
            return false;
    }
}

struct geo_sites *geo_sites_greedy(const struct geo_reach *reach, double distance_m,
                                   const bool *reached, int64_t k, struct err *err)
{
    const size_t n = reach->n_places;
    if (k < 1 || (uint64_t)k > n) {
        err_field(err, "k", "«%lld» está fuera de rango: hay %zu lugares posibles", (long long)k,
                  n);
        return NULL;
    }
    struct geo_sites *sites = calloc(1, sizeof *sites);
    struct greedy greedy = {.reach = reach,
                            .tree = reach_tree_new(reach, distance_m, err),
                            .done = malloc(n * sizeof *greedy.done),
                            .newly = malloc(n * sizeof *greedy.newly),
                            .gains = malloc(n * sizeof *greedy.gains),
                            .heap = malloc((size_t)k * sizeof *greedy.heap),
                            .k = (size_t)k,
                            .err = err};
    if (sites)
        sites->sites = calloc((size_t)k, sizeof *sites->sites);
    bool ok = sites && sites->sites && greedy.tree && greedy.done && greedy.newly && greedy.gains &&
              greedy.heap;
    if (ok) {
        memcpy(greedy.done, reached, n * sizeof *reached);
        ok = choose(&greedy, sites);
    } else {
        err_no_memory(err);
    }
    reach_tree_free(greedy.tree);
    free(greedy.done);
    free(greedy.newly);
    free(greedy.gains);
    free(greedy.heap);
    if (ok)
        return sites;
    geo_sites_free(sites);
    return NULL;
}

void geo_sites_free(struct geo_sites *sites)
{
    if (!sites)
        return;
    free(sites->sites);
    free(sites);
}

struct rows *geo_sites_rows(const struct geo_sites *sites, const struct geo_reach *reach)
{
    static const struct rows_column columns[] = {
        {"puesto", 0},      {"codigo", 0},          {"nombre", 0},
        {"municipio", 0},   {"departamento", 0},    {"lon", 6},
        {"lat", 6},         {"personas_nuevas", 0}, {"personas_acumuladas", 0},
        {"alcance_pct", 2},
    };
    struct rows *rows = rows_new(columns, sizeof columns / sizeof *columns);
    int64_t before = reach->people - sites->unreached;
    for (size_t i = 0; rows && i < sites->n; i++) {
        const struct geo_site *site = &sites->sites[i];
        const struct geo_reach_place *place = &reach->places[site->place];
        const struct geo_named *unit =
            place->slot < reach->units->n ? &reach->units->units[place->slot] : NULL;
        rows_int(rows, (int64_t)i + 1);
        rows_text(rows, place->codigo);
        rows_text(rows, place->nombre);
        rows_text(rows, unit ? unit->nombre : NULL);
        rows_text(rows, unit ? unit->departamento : NULL);
        rows_real(rows, place->lon_deg);
        rows_real(rows, place->lat_deg);
        rows_int(rows, site->gain);
        rows_int(rows, site->total);
        rows_real(rows, 100.0 * (double)(before + site->total) / (double)reach->people);
    }
    return rows;
}

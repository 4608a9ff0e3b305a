#include "geo/analysis/sites.h"

#include <stdlib.h>
#include <string.h>

/* People that each site would add, kept exact while sites are taken: being near
 * is mutual, so that a place's people leave the gain of all that are near it. */
static void reach_place(const struct geo_reach *reach, const struct geo_reach_near *near,
                        uint32_t place, int64_t *gains)
{
    for (size_t i = near->start[place]; i < near->start[place + 1]; i++)
        gains[near->to[i]] -= reach->places[place].people;
}

static int descending(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x < y) - (x > y);
}

/* The sum of the k greatest; `scratch` has room for n. */
static int64_t greatest(const int64_t *gains, size_t n, size_t k, int64_t *scratch)
{
    int64_t sum = 0;
    memcpy(scratch, gains, n * sizeof *scratch);
    qsort(scratch, n, sizeof *scratch, descending);
    for (size_t i = 0; i < k && i < n; i++)
        sum += scratch[i];
    return sum;
}

struct geo_sites *geo_sites_greedy(const struct geo_reach *reach, const struct geo_reach_near *near,
                                   const bool *reached, int64_t k, struct err *err)
{
    size_t n = reach->n_places;
    if (k < 1 || (uint64_t)k > n) {
        err_set(err, ERR_INPUT, "-k: «%lld» está fuera de rango: hay %zu lugares posibles",
                (long long)k, n);
        return NULL;
    }
    struct geo_sites *sites = calloc(1, sizeof *sites);
    int64_t *gains = calloc(n, sizeof *gains), *scratch = malloc(n * sizeof *scratch);
    bool *done = malloc(n * sizeof *done);
    if (sites)
        sites->sites = calloc((size_t)k, sizeof *sites->sites);
    if (!sites || !sites->sites || !gains || !scratch || !done) {
        err_no_memory(err);
        geo_sites_free(sites);
        sites = NULL;
        goto done;
    }
    memcpy(done, reached, n * sizeof *done);
    for (uint32_t i = 0; i < n; i++) {
        if (done[i])
            continue;
        sites->unreached += reach->places[i].people;
        for (size_t j = near->start[i]; j < near->start[i + 1]; j++)
            gains[near->to[j]] += reach->places[i].people;
    }
    sites->bound = sites->unreached;
    for (size_t step = 0;; step++) {
        int64_t bound = sites->reached + greatest(gains, n, (size_t)k, scratch);
        if (bound < sites->bound)
            sites->bound = bound;
        if (step == (size_t)k)
            break;
        uint32_t best = 0;
        for (uint32_t i = 1; i < n; i++)
            if (gains[i] > gains[best])
                best = i;
        if (gains[best] <= 0)
            break;
        sites->reached += gains[best];
        sites->sites[sites->n++] = (struct geo_site){best, gains[best], sites->reached};
        for (size_t j = near->start[best]; j < near->start[best + 1]; j++) {
            uint32_t place = near->to[j];
            if (done[place])
                continue;
            done[place] = true;
            reach_place(reach, near, place, gains);
        }
    }
done:
    free(gains);
    free(scratch);
    free(done);
    return sites;
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

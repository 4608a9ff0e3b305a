/* sites.h - finds where new sites reach the most rural people not reached yet: maximal
 * covering location (Church and ReVelle 1974), by the greedy rule with an upper bound for
 * the optimum, and exactly for small numbers of sites.
 *
 * Threads: any, but for geo_sites_exact(): GLPK has one state a process.
 * Units:   metres, geodesic, in a straight line.
 * Errors:  ERR_INPUT with the field's name for k out of range; the budget's.
 *
 * A site is at one of the places (a community; the point of a municipality if there are no
 * communities). It reaches the places at most distance_m away. Each greedy step takes the
 * site that adds the most people; if equal, the lower code. Bound: for every step i, no
 * choice of k sites reaches more than the greedy had reached by then plus the k greatest
 * gains left (from submodularity: Nemhauser, Wolsey and Fisher 1978); the least of these
 * is used.
 */
#ifndef GEO_SITES_H
#define GEO_SITES_H

#include "geo/analysis/reach.h"
#include "geo/base/rows.h"

struct geo_site {
    uint32_t place;      /* index into reach->places */
    int64_t gain, total; /* people that it adds; and that all sites so far add, with it */
};

struct geo_sites {
    struct geo_site *sites; /* k sites, or fewer if nobody is left to reach */
    size_t n;
    int64_t unreached; /* people not reached before */
    int64_t reached;   /* of these, reached by the sites */
    int64_t bound;     /* no k sites reach more */
};

/* reached: places reached already (geo_reach_mark() with the same distance). Takes some n
 * sqrt(n) steps, whatever the distance. */
struct geo_sites *geo_sites_greedy(const struct geo_reach *reach, double distance_m,
                                   const bool *reached, int64_t k, struct err *err);
/* The best k sites, by integer programming, in at most `seconds`; starts from the greedy
 * ones. *proven: no better choice exists; else the better of the two is returned with the
 * bound found. ERR_LIMIT if there are more than GEO_SITES_EXACT_PAIRS pairs of a site and
 * a place it reaches. */
enum { GEO_SITES_EXACT_PAIRS = 4000000 };
struct geo_sites *geo_sites_exact(const struct geo_reach *reach, double distance_m,
                                  const bool *reached, const struct geo_sites *greedy, int64_t k,
                                  double seconds, bool *proven, struct err *err);
void geo_sites_free(struct geo_sites *sites); /* NULL is fine */

/* puesto,codigo,nombre,municipio,departamento,lon,lat,personas_nuevas,
 * personas_acumuladas,alcance_pct; the caller frees the rows. */
struct rows *geo_sites_rows(const struct geo_sites *sites, const struct geo_reach *reach);

#endif

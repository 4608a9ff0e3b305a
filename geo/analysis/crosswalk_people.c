/* crosswalk_people.c - computes the people of each pair of units.
 *
 * People are those of rural communities if there are any, else rural population by area.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/analysis/crosswalk_internal.h"
#include "geo/analysis/restate_facts.h"
#include "geo/base/array.h"
#include "geo/store/results.h"

/* A community and the units that hold it. */
struct community {
    int64_t id;
    int a, b; /* -1: none */
    double people;
};

struct crosswalk_people_counting {
    struct geo_crosswalk *walk;
    struct community *list;
    size_t n, cap, next;
    bool second; /* the links being read are those on the second edition */
    int personas;
    struct err *err;
    bool failed;
};

static int slot_of(const struct geo_units *units, const char *municipio)
{
    size_t slot = geo_units_slot(units, municipio);
    return slot < units->n ? (int)slot : -1;
}

static bool add_community(void *arg, const struct geo_record *record)
{
    struct crosswalk_people_counting *counting = arg;
    if (!array_reserve(counting->list, counting->cap, counting->n + 1))
        return counting->failed = !err_no_memory(counting->err), false;
    counting->list[counting->n++] =
        (struct community){record->id, -1, -1, (double)geo_record_int(record, counting->personas)};
    return true;
}

/* Records and links both come in order of row id. */
static bool add_link(void *arg, int64_t record, const char *municipio)
{
    struct crosswalk_people_counting *counting = arg;
    while (counting->next < counting->n && counting->list[counting->next].id < record)
        counting->next++;
    if (counting->next == counting->n || counting->list[counting->next].id != record)
        return true;
    struct community *community = &counting->list[counting->next];
    if (counting->second)
        community->b = slot_of(counting->walk->to, municipio);
    else
        community->a = slot_of(counting->walk->from, municipio);
    return true;
}

static bool read_communities(struct geo_store *store, struct crosswalk_people_counting *counting)
{
    const struct geo_table *table = geo_table_find("comunidades");
    const struct geo_query query = {.no_geometry = true};
    counting->personas = geo_table_field(table, "personas");
    if (!geo_store_each(store, table, &query, add_community, counting, counting->err) ||
        counting->failed ||
        !geo_store_links_units(store, "comunidades", counting->walk->from->edition, add_link,
                               counting, counting->err))
        return false;
    counting->second = true;
    counting->next = 0;
    return geo_store_links_units(store, "comunidades", counting->walk->to->edition, add_link,
                                 counting, counting->err);
}

/* Pairs are by a, then by b: as unsigned numbers, so that -1 is last. */
static int by_codes(const void *a, const void *b)
{
    const struct geo_crosswalk_pair *x = a, *y = b;
    unsigned xa = (unsigned)x->a, ya = (unsigned)y->a, xb = (unsigned)x->b, yb = (unsigned)y->b;
    if (xa != ya)
        return xa < ya ? -1 : 1;
    return xb < yb ? -1 : xb > yb;
}

/* Adds a community to its pair. One on the border of a sliver below the rounding limit may
 * have no pair; it then counts in neither unit. */
static void count(struct geo_crosswalk *walk, const struct community *community, double *known_a)
{
    const struct geo_crosswalk_pair key = {.a = community->a, .b = community->b};
    if (community->a < 0 || walk->n_pairs == 0)
        return;
    struct geo_crosswalk_pair *pair =
        bsearch(&key, walk->pairs, walk->n_pairs, sizeof key, by_codes);
    if (!pair)
        return;
    pair->communities++;
    pair->people += community->people;
    known_a[community->a] += community->people;
}

static void set_people(struct geo_crosswalk *walk, const double *known_a,
                       const struct restate_facts *facts, double *sum_b)
{
    int rural = restate_facts_latest(facts, "poblacion_rural");
    for (size_t i = 0; i < walk->n_pairs; i++) {
        struct geo_crosswalk_pair *pair = &walk->pairs[i];
        if (pair->a < 0) {
            pair->people = pair->people_share_a = NAN;
            pair->basis = GEO_PEOPLE_NONE;
        } else if (known_a[pair->a] > 0) {
            pair->basis = GEO_PEOPLE_COMMUNITIES;
            pair->people_share_a = pair->people / known_a[pair->a];
        } else {
            double all = rural < 0 ? NAN : restate_fact(facts, rural, (size_t)pair->a);
            pair->basis = isnan(all) ? GEO_PEOPLE_NONE : GEO_PEOPLE_AREA;
            pair->people = all * pair->share_a;
            pair->people_share_a = pair->share_a;
        }
        if (pair->b >= 0 && !isnan(pair->people))
            sum_b[pair->b] += pair->people;
    }
    for (size_t i = 0; i < walk->n_pairs; i++) {
        struct geo_crosswalk_pair *pair = &walk->pairs[i];
        pair->people_share_b =
            pair->b >= 0 && sum_b[pair->b] > 0 ? pair->people / sum_b[pair->b] : NAN;
    }
}

bool crosswalk_people(struct geo_store *store, struct geo_crosswalk *walk, struct err *err)
{
    struct crosswalk_people_counting counting = {.walk = walk, .err = err};
    struct restate_facts facts = {0};
    double *known_a = calloc(walk->from->n + 1, sizeof *known_a);
    double *sum_b = calloc(walk->to->n + 1, sizeof *sum_b);
    bool ok = (known_a && sum_b) || err_no_memory(err);
    ok = ok && read_communities(store, &counting) &&
         restate_facts_load(store, walk->from, &facts, err);
    for (size_t i = 0; ok && i < counting.n; i++)
        count(walk, &counting.list[i], known_a);
    if (ok)
        set_people(walk, known_a, &facts, sum_b);
    restate_facts_free(&facts);
    free(counting.list);
    free(known_a);
    free(sum_b);
    return ok;
}

/* crosswalk.c - pairs the units of two editions and classifies what changed. */
#include "geo/analysis/crosswalk.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "geo/analysis/crosswalk_internal.h"
#include "geo/base/hash.h"
#include "geo/place/measure.h"

enum { DEFAULT_THREADS = 8 };

const char *geo_change_name(enum geo_change change)
{
    static const char *const names[] = {"identica",     "redigitalizada", "modificada",
                                        "recodificada", "transferencia",  "perdida",
                                        "ganada",       "astilla"};
    return names[change];
}

bool geo_change_is_legal(enum geo_change change)
{
    return change >= GEO_CHANGE_RECODED && change <= GEO_CHANGE_GAINED;
}

/* Loading -------------------------------------------------------------------- */

struct crosswalk_loading {
    struct crosswalk_side *side;
    int codigo;
    struct err *err;
    bool failed;
};

static bool load_shape(void *arg, const struct geo_record *record)
{
    struct crosswalk_loading *loading = arg;
    struct crosswalk_side *side = loading->side;
    const char *codigo = geo_record_text(record, loading->codigo);
    size_t slot = geo_units_slot(side->units, codigo);
    if (slot == side->units->n || record->wkb_len == 0)
        return true;
    side->shapes[slot] = geo_shape_parse(record->wkb, record->wkb_len, loading->err);
    loading->failed = !side->shapes[slot];
    if (loading->failed)
        return err_wrap(loading->err, "municipio %s", codigo);
    const struct geo_shape *shape = side->shapes[slot];
    side->area_m2[slot] = geo_measure_area(shape);
    side->prints[slot] = hash_bytes(HASH_START, shape->xy, 2 * shape->n_points * sizeof *shape->xy);
    return true;
}

static bool crosswalk_load(struct geo_store *store, const struct geo_units *units,
                           struct crosswalk_side *side, struct err *err)
{
    const struct geo_table *table = geo_table_find("municipios");
    struct crosswalk_loading loading = {
        .side = side, .codigo = geo_table_field(table, "codigo"), .err = err};
    const struct geo_query query = {.field = "edicion", .equals = units->edition};
    *side = (struct crosswalk_side){.units = units,
                                    .shapes = calloc(units->n + 1, sizeof *side->shapes),
                                    .prints = calloc(units->n + 1, sizeof *side->prints),
                                    .area_m2 = calloc(units->n + 1, sizeof *side->area_m2)};
    if (!side->shapes || !side->prints || !side->area_m2)
        return err_no_memory(err);
    if (!geo_store_each(store, table, &query, load_shape, &loading, err) || loading.failed)
        return err_wrap(err, "edición %s", units->edition);
    for (size_t i = 0; i < units->n; i++)
        if (!side->shapes[i])
            return err_set(err, ERR_SETUP, "edición %s: el municipio %s no tiene límites",
                           units->edition, units->units[i].codigo);
    return true;
}

static void crosswalk_unload(struct crosswalk_side *side)
{
    for (size_t i = 0; side->shapes && i < side->units->n; i++)
        geo_shape_free(side->shapes[i]);
    free(side->shapes);
    free(side->prints);
    free(side->area_m2);
}

/* Pairs ---------------------------------------------------------------------- */

/* A missing unit is sorted last. */
static int by_codes(const void *a, const void *b)
{
    const struct crosswalk_piece *x = a, *y = b;
    unsigned xa = (unsigned)x->a, ya = (unsigned)y->a, xb = (unsigned)x->b, yb = (unsigned)y->b;
    if (xa != ya)
        return xa < ya ? -1 : 1;
    return xb < yb ? -1 : xb > yb;
}

static bool same_code(const struct geo_crosswalk *walk, const struct geo_crosswalk_pair *pair)
{
    return pair->a >= 0 && pair->b >= 0 &&
           strcmp(walk->from->units[pair->a].codigo, walk->to->units[pair->b].codigo) == 0;
}

/* Counts the wide pieces of each unit. */
static bool count_wide(const struct geo_crosswalk *walk, const struct crosswalk_pieces *pieces,
                       int **of_a, int **of_b)
{
    *of_a = calloc(walk->from->n + 1, sizeof **of_a);
    *of_b = calloc(walk->to->n + 1, sizeof **of_b);
    if (!*of_a || !*of_b)
        return false;
    for (size_t i = 0; i < pieces->n; i++) {
        const struct crosswalk_piece *piece = &pieces->list[i];
        if (piece->a >= 0)
            (*of_a)[piece->a] += piece->wide;
        if (piece->b >= 0)
            (*of_b)[piece->b] += piece->wide;
    }
    return true;
}

static enum geo_change change_of(const struct geo_crosswalk *walk,
                                 const struct geo_crosswalk_pair *pair,
                                 const struct crosswalk_piece *piece, const int *wide_a,
                                 const int *wide_b)
{
    if (piece->same)
        return GEO_CHANGE_NONE;
    if (!piece->wide)
        return GEO_CHANGE_SLIVER;
    if (pair->a < 0)
        return GEO_CHANGE_GAINED;
    if (pair->b < 0)
        return GEO_CHANGE_LOST;
    bool alone = wide_a[pair->a] == 1 && wide_b[pair->b] == 1;
    if (same_code(walk, pair))
        return alone ? GEO_CHANGE_REDRAWN : GEO_CHANGE_CONTINUES;
    return alone ? GEO_CHANGE_RECODED : GEO_CHANGE_TRANSFER;
}

/* Sets the shares, of the sum of the unit's pairs. */
static bool set_shares(struct geo_crosswalk *walk)
{
    double *sum_a = calloc(walk->from->n + 1, sizeof *sum_a);
    double *sum_b = calloc(walk->to->n + 1, sizeof *sum_b);
    bool ok = sum_a && sum_b;
    for (size_t i = 0; ok && i < walk->n_pairs; i++) {
        const struct geo_crosswalk_pair *pair = &walk->pairs[i];
        if (pair->a >= 0)
            sum_a[pair->a] += pair->area_m2;
        if (pair->b >= 0)
            sum_b[pair->b] += pair->area_m2;
    }
    for (size_t i = 0; ok && i < walk->n_pairs; i++) {
        struct geo_crosswalk_pair *pair = &walk->pairs[i];
        pair->share_a = pair->a >= 0 ? pair->area_m2 / sum_a[pair->a] : NAN;
        pair->share_b = pair->b >= 0 ? pair->area_m2 / sum_b[pair->b] : NAN;
    }
    free(sum_a);
    free(sum_b);
    return ok;
}

static bool make_pairs(struct geo_crosswalk *walk, struct crosswalk_pieces *pieces, struct err *err)
{
    int *wide_a = NULL, *wide_b = NULL;
    walk->pairs = calloc(pieces->n + 1, sizeof *walk->pairs);
    bool ok = walk->pairs && count_wide(walk, pieces, &wide_a, &wide_b);
    if (pieces->n)
        qsort(pieces->list, pieces->n, sizeof *pieces->list, by_codes);
    for (size_t i = 0; ok && i < pieces->n; i++) {
        const struct crosswalk_piece *piece = &pieces->list[i];
        struct geo_crosswalk_pair *pair = &walk->pairs[walk->n_pairs++];
        *pair = (struct geo_crosswalk_pair){
            .a = piece->a, .b = piece->b, .area_m2 = piece->area_m2, .radius_m = piece->radius_m};
        if (same_code(walk, pair))
            pair->radius_m = NAN;
        pair->change = change_of(walk, pair, piece, wide_a, wide_b);
    }
    ok = ok && set_shares(walk);
    free(wide_a);
    free(wide_b);
    walk->n_overlays = pieces->n_overlays;
    return ok || err_no_memory(err);
}

static unsigned cores(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > DEFAULT_THREADS ? DEFAULT_THREADS : (unsigned)n;
}

static bool compute(struct geo_store *store, const struct geo_crosswalk_options *options,
                    struct geo_crosswalk *walk, struct err *err)
{
    struct crosswalk_side from = {0}, to = {0};
    struct crosswalk_pieces pieces = {0};
    walk->from = geo_units_load(store, options->from, err);
    walk->to = walk->from ? geo_units_load(store, options->to, err) : NULL;
    if (!walk->to)
        return false;
    if (strcmp(walk->from->edition, walk->to->edition) == 0)
        return err_set(err, ERR_INPUT, "las dos ediciones son la misma, «%s»", walk->to->edition);
    bool ok = crosswalk_load(store, walk->from, &from, err) &&
              crosswalk_load(store, walk->to, &to, err) &&
              crosswalk_overlay(&from, &to, walk->tolerance_m,
                                options->threads ? options->threads : cores(),
                                geo_store_budget(store), &pieces, err) &&
              make_pairs(walk, &pieces, err);
    walk->from_m2 = from.area_m2;
    walk->to_m2 = to.area_m2;
    from.area_m2 = to.area_m2 = NULL;
    free(pieces.list);
    if (from.units)
        crosswalk_unload(&from);
    if (to.units)
        crosswalk_unload(&to);
    return ok && crosswalk_people(store, walk, err);
}

struct geo_crosswalk *geo_crosswalk_compute(struct geo_store *store,
                                            const struct geo_crosswalk_options *options,
                                            struct err *err)
{
    struct geo_crosswalk *walk = calloc(1, sizeof *walk);
    if (!walk) {
        err_no_memory(err);
        return NULL;
    }
    walk->tolerance_m = options->tolerance_m > 0 ? options->tolerance_m : GEO_CROSSWALK_TOLERANCE_M;
    if (compute(store, options, walk, err))
        return walk;
    geo_crosswalk_free(walk);
    return NULL;
}

void geo_crosswalk_free(struct geo_crosswalk *walk)
{
    if (!walk)
        return;
    geo_units_free(walk->from);
    geo_units_free(walk->to);
    free(walk->from_m2);
    free(walk->to_m2);
    free(walk->pairs);
    free(walk);
}

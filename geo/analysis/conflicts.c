/* conflicts.c - the report of records located elsewhere than they declare. */
#include "geo/analysis/conflicts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/analysis/verdicts.h"
#include "geo/store/store_conflicts.h"

/* The states in the report. */
static const char *const states[] = {"conflicto", "vecino", "en_agua", "fuera"};
enum { STATES = sizeof states / sizeof *states };

static bool check_states(const char *list, struct err *err)
{
    for (const char *at = list; at && *at;) {
        size_t len = strcspn(at, ","), i = 0;
        while (i < STATES && (strlen(states[i]) != len || memcmp(states[i], at, len) != 0))
            i++;
        if (i == STATES)
            return err_field(err, "state", "«%.*s» no es conflicto, vecino, en_agua ni fuera",
                             (int)len, at);
        at += len + (at[len] == ',');
    }
    return true;
}

static bool in_list(const char *list, const char *word)
{
    size_t n = strlen(word);
    for (const char *at = list; at && *at;) {
        size_t len = strcspn(at, ",");
        if (len == n && memcmp(at, word, n) == 0)
            return true;
        at += len + (at[len] == ',');
    }
    return false;
}

static bool check_query(struct geo_store *store, const struct geo_conflicts_query *query,
                        struct geo_edition_info *edition, struct err *err)
{
    if (query->layer && !geo_table_linked(query->layer, GEO_TABLES_PLACED, ERR_INPUT, err))
        return false;
    return check_states(query->state, err) &&
           geo_store_edition(store, query->edition, edition, err);
}

static bool wanted(const struct geo_conflicts_query *query, const struct geo_conflict *conflict)
{
    return (!query->state || in_list(query->state, conflict->estado)) &&
           (query->decided || strcmp(conflict->resolucion, "decidido") != 0);
}

/* Records ------------------------------------------------------------------------ */

static const struct rows_column columns[] = {
    {"capa", 0},
    {"codigo", 0},
    {"nombre", 0},
    {"estado", 0},
    {"resolucion", 0},
    {"distancia_m", 1},
    {"ubicado_codigo", 0},
    {"ubicado_nombre", 0},
    {"declarado_codigo", 0},
    {"declarado_nombre", 0},
    {"uo", 0},
    {"veredicto", 0},
    {"coordenadas", 0},
    {"fecha", 0},
    {"persona", 0},
    {"nota", 0},
};
/* The last columns, left out for the public. */
enum { NAMED_COLUMNS = 2 };

static const char *const brief[] = {"capa",
                                    "codigo",
                                    "estado",
                                    "resolucion",
                                    "distancia_m",
                                    "ubicado_nombre",
                                    "declarado_nombre",
                                    "uo",
                                    "veredicto",
                                    "persona",
                                    NULL};

struct conflicts_listing {
    const struct geo_conflicts_query *query;
    struct rows *rows;
    struct buf place;
};

static bool list_conflict(void *arg, const struct geo_conflict *conflict)
{
    struct conflicts_listing *listing = arg;
    struct rows *rows = listing->rows;
    if (!wanted(listing->query, conflict))
        return true;
    buf_clear(&listing->place);
    bool fixed = conflict->veredicto && strcmp(conflict->veredicto, "corregir_coordenadas") == 0;
    if (fixed)
        geo_verdict_put_place(conflict->lon_deg, conflict->lat_deg, &listing->place);
    rows_text(rows, conflict->layer);
    rows_text(rows, conflict->codigo);
    rows_text(rows, conflict->nombre);
    rows_text(rows, conflict->estado);
    rows_text(rows, conflict->resolucion);
    rows_real(rows, conflict->distancia_m);
    rows_text(rows, conflict->ubicado);
    rows_text(rows, conflict->ubicado_nombre);
    rows_text(rows, conflict->declarado);
    rows_text(rows, conflict->declarado_nombre);
    rows_text(rows, conflict->uo);
    rows_text(rows, conflict->veredicto);
    rows_words(rows, &listing->place);
    rows_text(rows, conflict->fecha);
    if (!listing->query->nameless) {
        rows_text(rows, conflict->persona);
        rows_text(rows, conflict->nota && conflict->nota[0] ? conflict->nota : NULL);
    }
    return true;
}

struct rows *geo_conflicts_rows(struct geo_store *store, const struct geo_conflicts_query *query,
                                struct err *err)
{
    struct geo_edition_info edition;
    struct conflicts_listing listing = {.query = query};
    buf_init(&listing.place);
    bool ok = check_query(store, query, &edition, err);
    size_t n = sizeof columns / sizeof *columns - (query->nameless ? NAMED_COLUMNS : 0);
    if (ok && !(listing.rows = rows_new(columns, n)))
        ok = err_no_memory(err);
    if (ok)
        rows_brief(listing.rows, brief);
    ok = ok &&
         geo_store_conflicts(store, query->layer, edition.codigo, list_conflict, &listing, err);
    buf_free(&listing.place);
    if (ok)
        return listing.rows;
    rows_free(listing.rows);
    return NULL;
}

/* Groups --------------------------------------------------------------------------- */

enum { VERDICTS = GEO_VERDICT_FIX + 1 };

struct conflicts_tally {
    int64_t open, by_state[STATES], stale, decided, by_verdict[VERDICTS];
};

struct conflicts_counting {
    const struct geo_conflicts_query *query;
    const struct geo_units *units;
    struct conflicts_tally *slots; /* units->n + 1 */
};

static bool count_conflict(void *arg, const struct geo_conflict *conflict)
{
    struct conflicts_counting *counting = arg;
    const struct geo_conflicts_query *query = counting->query;
    const char *where = conflict->ubicado ? conflict->ubicado : conflict->declarado;
    struct conflicts_tally *tally = &counting->slots[geo_units_slot(counting->units, where)];
    enum geo_verdict_kind kind;
    if (query->state && !in_list(query->state, conflict->estado))
        return true;
    if (strcmp(conflict->resolucion, "decidido") == 0) {
        tally->decided++;
        if (conflict->veredicto && geo_verdict_of(conflict->veredicto, &kind))
            tally->by_verdict[kind]++;
        return true;
    }
    if (strcmp(conflict->resolucion, "caduco") == 0) {
        tally->stale++;
        return true;
    }
    tally->open++;
    for (int i = 0; i < STATES; i++)
        tally->by_state[i] += strcmp(conflict->estado, states[i]) == 0;
    return true;
}

static void add(struct conflicts_tally *to, const struct conflicts_tally *from)
{
    to->open += from->open;
    to->stale += from->stale;
    to->decided += from->decided;
    for (int i = 0; i < STATES; i++)
        to->by_state[i] += from->by_state[i];
    for (int i = 0; i < VERDICTS; i++)
        to->by_verdict[i] += from->by_verdict[i];
}

static struct rows *put_groups(const struct geo_grouping *grouping,
                               const struct conflicts_tally *groups, bool sparse)
{
    static const struct rows_column of_groups[] = {{"codigo", 0},
                                                   {"nombre", 0},
                                                   {"abiertos", 0},
                                                   {"conflicto", 0},
                                                   {"vecino", 0},
                                                   {"en_agua", 0},
                                                   {"fuera", 0},
                                                   {"caducos", 0},
                                                   {"decididos", 0},
                                                   {"aceptar_ubicacion", 0},
                                                   {"aceptar_declaracion", 0},
                                                   {"corregir_coordenadas", 0}};
    struct rows *rows = rows_new(of_groups, sizeof of_groups / sizeof *of_groups);
    for (size_t i = 0; rows && i < grouping->n_rows; i++) {
        const struct conflicts_tally *tally = &groups[i];
        bool none = tally->open + tally->stale + tally->decided == 0;
        /* Most of the 339 municipalities have no conflicts and are left out; the last row
         * is that without a municipality. */
        if (none && (sparse || (i + 1 == grouping->n_rows && grouping->n_rows > 1)))
            continue;
        rows_text(rows, grouping->rows[i].codigo[0] ? grouping->rows[i].codigo : NULL);
        rows_text(rows, grouping->rows[i].nombre);
        rows_int(rows, tally->open);
        for (int k = 0; k < STATES; k++)
            rows_int(rows, tally->by_state[k]);
        rows_int(rows, tally->stale);
        rows_int(rows, tally->decided);
        for (int k = 0; k < VERDICTS; k++)
            rows_int(rows, tally->by_verdict[k]);
    }
    return rows;
}

struct rows *geo_conflicts_summary(struct geo_store *store, const struct geo_conflicts_query *query,
                                   enum geo_group group, struct err *err)
{
    struct geo_edition_info edition;
    struct geo_grouping grouping = {0};
    struct conflicts_counting counting = {.query = query};
    struct conflicts_tally *groups = NULL;
    struct rows *rows = NULL;
    struct geo_units *units = NULL;
    if (!check_query(store, query, &edition, err) ||
        !(units = geo_units_load(store, edition.codigo, err)) ||
        !geo_grouping_make(&grouping, units, group, "Sin municipio", err))
        goto done;
    counting.units = units;
    counting.slots = calloc(units->n + 1, sizeof *counting.slots);
    groups = calloc(grouping.n_rows + 1, sizeof *groups);
    if (!counting.slots || !groups) {
        err_no_memory(err);
        goto done;
    }
    if (!geo_store_conflicts(store, query->layer, edition.codigo, count_conflict, &counting, err))
        goto done;
    for (size_t i = 0; i <= units->n; i++)
        add(&groups[grouping.row_of[i]], &counting.slots[i]);
    rows = put_groups(&grouping, groups, group == GEO_BY_MUNICIPIO);
    if (!rows)
        err_no_memory(err);
done:
    geo_grouping_free(&grouping);
    geo_units_free(units);
    free(counting.slots);
    free(groups);
    return rows;
}

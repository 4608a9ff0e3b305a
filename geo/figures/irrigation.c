/* irrigation.c - irrigated hectares by place: stored figures, or computed for a date. */
#include "geo/figures/irrigation.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/parse.h"
#include "geo/figures/areas.h"

#define M2_PER_HA 10000.0

/* Slots ------------------------------------------------------------------- */

/* True if the edition has the same units: then its indexes are the slots, since both are
 * in order of code. */
static bool same_units(const struct geo_edition *edition, const struct geo_units *units,
                       struct err *err)
{
    if (geo_edition_count(edition) == units->n)
        return true;
    return err_set(err, ERR_SETUP, "la edición %s tiene municipios sin límites", units->edition);
}

static bool measure_on_date(struct geo_store *store, const struct geo_units *units,
                            const struct geo_coverage_query *query, struct geo_irrigated *slots,
                            struct err *err)
{
    struct geo_edition *own = NULL;
    struct geo_areas *areas = NULL;
    const struct geo_edition *edition = query->boundaries;
    size_t n = 0;
    bool ok = false;
    if (!edition)
        edition = own = geo_edition_load(store, units->edition, err);
    if (!edition || !same_units(edition, units, err))
        goto done;
    areas = geo_areas_all(store, units, query->as_of, err);
    if (areas) {
        const struct geo_area *list = geo_areas_list(areas, &n);
        ok = geo_overlap_measure(edition, list, n, geo_store_budget(store), slots, err);
    }
done:
    geo_areas_free(areas);
    geo_edition_free(own);
    return ok;
}

struct irrigation_stored {
    const struct geo_units *units;
    struct geo_irrigated *slots;
};

static bool add_stored(void *arg, const char *municipio, const struct geo_irrigated *row)
{
    struct irrigation_stored *stored = arg;
    stored->slots[geo_units_slot(stored->units, municipio)] = *row;
    return true;
}

bool geo_irrigation_slots(struct geo_store *store, const struct geo_units *units,
                          const struct geo_coverage_query *query, struct geo_irrigated *slots,
                          struct err *err)
{
    memset(slots, 0, (units->n + 1) * sizeof *slots);
    if (query->as_of)
        return measure_on_date(store, units, query, slots, err);
    struct irrigation_stored stored = {units, slots};
    return geo_store_irrigation(store, units->edition, add_stored, &stored, err);
}

bool geo_irrigation_store(struct geo_store *store, const struct geo_edition *edition,
                          const struct geo_units *units, bool *wanted, bool *changed,
                          struct err *err)
{
    struct geo_areas *areas = NULL;
    bool ok = false;
    size_t n = 0;
    struct geo_irrigated *slots = calloc(units->n + 1, sizeof *slots);
    if (!slots)
        return err_no_memory(err);
    if (!same_units(edition, units, err))
        goto done;
    areas = wanted ? geo_areas_wanted(store, units, wanted, err)
                   : geo_areas_all(store, units, NULL, err);
    if (!areas)
        goto done;
    const struct geo_area *list = geo_areas_list(areas, &n);
    ok = geo_overlap_measure(edition, list, n, geo_store_budget(store), slots, err);
    for (size_t i = 0; i <= units->n && ok; i++)
        if (!wanted || wanted[i])
            ok = geo_store_irrigation_put(store, units->edition,
                                          i < units->n ? units->units[i].codigo : NULL, &slots[i],
                                          changed, err);
done:
    geo_areas_free(areas);
    free(slots);
    return ok;
}

/* The table --------------------------------------------------------------- */

static void add_figures(struct geo_irrigated *to, const struct geo_irrigated *from)
{
    to->areas += from->areas;
    to->bruto_m2 += from->bruto_m2;
    to->neto_m2 += from->neto_m2;
    to->declarado_ha += from->declarado_ha;
}

static bool roll_up(struct geo_irrigation *irrigation, const struct geo_irrigated *slots,
                    struct err *err)
{
    const struct geo_units *units = irrigation->units;
    struct geo_grouping grouping = {0};
    if (!geo_grouping_make(&grouping, units, irrigation->group, "Fuera de los municipios", err))
        return false;
    irrigation->rows = calloc(grouping.n_rows, sizeof *irrigation->rows);
    if (!irrigation->rows) {
        geo_grouping_free(&grouping);
        return err_no_memory(err);
    }
    irrigation->n_rows = grouping.n_rows;
    for (size_t i = 0; i < grouping.n_rows; i++)
        irrigation->rows[i].named = grouping.rows[i];
    for (size_t i = 0; i <= units->n; i++)
        add_figures(&irrigation->rows[grouping.row_of[i]].figures, &slots[i]);
    if (irrigation->group != GEO_BY_NACIONAL) {
        struct geo_irrigation_row *last = &irrigation->rows[irrigation->n_rows - 1];
        last->outside = true;
        if (!last->figures.areas && last->figures.bruto_m2 == 0 && last->figures.declarado_ha == 0)
            irrigation->n_rows--;
    }
    geo_grouping_free(&grouping);
    return true;
}

struct geo_irrigation *geo_irrigation_compute(struct geo_store *store,
                                              const struct geo_coverage_query *query,
                                              struct err *err)
{
    if (query->as_of && !parse_date(query->as_of)) {
        err_set(err, ERR_INPUT, "«%s» no es una fecha: se espera AAAA-MM-DD", query->as_of);
        return NULL;
    }
    struct geo_irrigated *slots = NULL;
    bool ok = false;
    struct geo_irrigation *irrigation = calloc(1, sizeof *irrigation);
    if (!irrigation) {
        err_no_memory(err);
        return NULL;
    }
    irrigation->group = query->group;
    if (query->as_of)
        memcpy(irrigation->as_of, query->as_of, sizeof irrigation->as_of);
    irrigation->units = geo_units_load(store, query->edition, err);
    if (!irrigation->units)
        goto done;
    memcpy(irrigation->edition, irrigation->units->edition, sizeof irrigation->edition);
    slots = calloc(irrigation->units->n + 1, sizeof *slots);
    if (!slots) {
        err_no_memory(err);
        goto done;
    }
    ok = geo_irrigation_slots(store, irrigation->units, query, slots, err) &&
         roll_up(irrigation, slots, err);
done:
    free(slots);
    if (ok)
        return irrigation;
    geo_irrigation_free(irrigation);
    return NULL;
}

void geo_irrigation_free(struct geo_irrigation *irrigation)
{
    if (!irrigation)
        return;
    geo_units_free(irrigation->units);
    free(irrigation->rows);
    free(irrigation);
}

struct rows *geo_irrigation_rows(const struct geo_irrigation *irrigation)
{
    /* Six places: 0.01 m2, so that the printed parts still sum to the whole. */
    static const struct rows_column columns[] = {
        {"codigo", 0},   {"nombre", 0},  {"departamento", 0}, {"uo", 0},          {"areas", 0},
        {"bruto_ha", 6}, {"neto_ha", 6}, {"declarado_ha", 6}, {"traslape_ha", 6},
    };
    struct rows *rows = rows_new(columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; rows && i < irrigation->n_rows; i++) {
        const struct geo_irrigation_row *row = &irrigation->rows[i];
        const struct geo_irrigated *figures = &row->figures;
        geo_named_put(rows, &row->named);
        rows_int(rows, figures->areas);
        rows_real(rows, figures->bruto_m2 / M2_PER_HA);
        rows_real(rows, figures->neto_m2 / M2_PER_HA);
        rows_real(rows, figures->declarado_ha);
        rows_real(rows, fmax(0, figures->bruto_m2 - figures->neto_m2) / M2_PER_HA);
    }
    return rows;
}

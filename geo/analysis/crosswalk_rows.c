/* crosswalk_rows.c - a crosswalk as a table. */
#include <math.h>

#include "geo/analysis/crosswalk.h"

static const struct rows_column columns[] = {
    {"codigo_a", 0},       {"nombre_a", 0},       {"codigo_b", 0},
    {"nombre_b", 0},       {"cambio", 0},         {"km2", 6},
    {"parte_a_pct", 6},    {"parte_b_pct", 6},    {"personas", 0},
    {"personas_a_pct", 4}, {"personas_b_pct", 4}, {"metodo_personas", 0},
    {"comunidades", 0},    {"ancho_m", 1},
};

static const char *const brief[] = {"codigo_a",        "nombre_a", "codigo_b",    "nombre_b",
                                    "cambio",          "km2",      "parte_a_pct", "personas_a_pct",
                                    "metodo_personas", "ancho_m",  NULL};

static void put_unit(struct rows *rows, const struct geo_units *units, int slot)
{
    rows_text(rows, slot < 0 ? NULL : units->units[slot].codigo);
    rows_text(rows, slot < 0 ? NULL : units->units[slot].nombre);
}

struct rows *geo_crosswalk_rows(const struct geo_crosswalk *walk, bool changes)
{
    static const char *const basis[] = {"comunidades", "superficie", NULL};
    struct rows *rows = rows_new(columns, sizeof columns / sizeof *columns);
    if (rows)
        rows_brief(rows, brief);
    for (size_t i = 0; rows && i < walk->n_pairs; i++) {
        const struct geo_crosswalk_pair *pair = &walk->pairs[i];
        if (changes && !geo_change_is_legal(pair->change))
            continue;
        put_unit(rows, walk->from, pair->a);
        put_unit(rows, walk->to, pair->b);
        rows_text(rows, geo_change_name(pair->change));
        rows_real(rows, pair->area_m2 / 1e6);
        rows_real(rows, 100 * pair->share_a);
        rows_real(rows, 100 * pair->share_b);
        rows_real(rows, pair->people);
        rows_real(rows, 100 * pair->people_share_a);
        rows_real(rows, 100 * pair->people_share_b);
        rows_text(rows, basis[pair->basis]);
        rows_int(rows, pair->communities);
        rows_real(rows, 2 * pair->radius_m);
    }
    return rows;
}

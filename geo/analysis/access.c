/* access.c - counts the rural people within a distance of an alliance or of works. */
#include "geo/analysis/access.h"

#include <math.h>
#include <stdlib.h>

static bool tally(struct geo_access *access, const struct geo_reach *reach, const bool *reached)
{
    size_t used = 0;
    for (size_t i = 0; i < reach->n_places; i++) {
        const struct geo_reach_place *place = &reach->places[i];
        struct geo_access_row *row = &access->rows[access->grouping.row_of[place->slot]];
        row->places++;
        row->people += place->people;
        if (reached[i]) {
            row->places_reached++;
            row->people_reached += place->people;
        }
    }
    /* The row of people without a municipality is only kept if there are any. */
    for (size_t i = 0; i < access->grouping.n_rows; i++) {
        bool none = i == access->grouping.row_of[reach->units->n];
        bool shared = reach->units->n && i == access->grouping.row_of[0]; /* the nation */
        if (none && !shared && !access->rows[i].places)
            continue;
        access->rows[used] = access->rows[i];
        access->rows[used++].named = access->grouping.rows[i];
    }
    access->n_rows = used;
    return true;
}

struct geo_access *geo_access_compute(const struct geo_reach *reach, double distance_m,
                                      enum geo_group group, struct err *err)
{
    struct geo_access *access = calloc(1, sizeof *access);
    bool *reached = calloc(reach->n_places + 1, sizeof *reached);
    bool ok = false;
    if (!access || !reached) {
        err_no_memory(err);
        goto done;
    }
    if (!geo_grouping_make(&access->grouping, reach->units, group, "(sin municipio)", err))
        goto done;
    access->rows = calloc(access->grouping.n_rows + 1, sizeof *access->rows);
    if (!access->rows) {
        err_no_memory(err);
        goto done;
    }
    ok = geo_reach_mark(reach, distance_m, reached, err) && tally(access, reach, reached);
done:
    free(reached);
    if (ok)
        return access;
    geo_access_free(access);
    return NULL;
}

void geo_access_free(struct geo_access *access)
{
    if (!access)
        return;
    geo_grouping_free(&access->grouping);
    free(access->rows);
    free(access);
}

struct rows *geo_access_rows(const struct geo_access *access, const struct geo_reach *reach)
{
    static const struct rows_column columns[] = {
        {"codigo", 0},       {"nombre", 0},
        {"departamento", 0}, {"uo", 0},
        {"lugares", 0},      {"lugares_alcanzados", 0},
        {"personas", 0},     {"personas_alcanzadas", 0},
        {"alcance_pct", 2},  {"base", 0},
    };
    struct rows *rows = rows_new(columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; rows && i < access->n_rows; i++) {
        const struct geo_access_row *row = &access->rows[i];
        geo_named_put(rows, &row->named);
        rows_int(rows, row->places);
        rows_int(rows, row->places_reached);
        rows_int(rows, row->people);
        rows_int(rows, row->people_reached);
        rows_real(rows,
                  row->people ? 100.0 * (double)row->people_reached / (double)row->people : NAN);
        rows_text(rows, reach->communities ? "comunidades" : "municipios");
    }
    return rows;
}

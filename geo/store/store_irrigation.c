/* store_irrigation.c - reads and writes the table `riego_municipal`. */
#include "geo/store/results_internal.h"

static const struct row_kinds irrigated_rows = {"riego_municipal", "tnrrr"};

/* Irrigation -------------------------------------------------------------- */

struct irrigated_reader {
    geo_irrigated_fn *fn;
    void *arg;
};

static bool read_irrigated(void *arg, sqlite3_stmt *statement)
{
    struct irrigated_reader *reader = arg;
    const char *municipio = store_text(statement, 0);
    struct geo_irrigated row = {
        .areas = sqlite3_column_int64(statement, 1),
        .bruto_m2 = sqlite3_column_double(statement, 2),
        .neto_m2 = sqlite3_column_double(statement, 3),
        .declarado_ha = sqlite3_column_double(statement, 4),
    };
    return reader->fn(reader->arg, municipio[0] ? municipio : NULL, &row);
}

bool geo_store_irrigation(struct geo_store *store, const char *edition, geo_irrigated_fn *fn,
                          void *arg, struct err *err)
{
    sqlite3_stmt *statement =
        store_prepare(store,
                      "SELECT municipio, areas, bruto_m2, neto_m2, declarado_ha"
                      " FROM riego_municipal WHERE edicion = ?1 ORDER BY municipio",
                      err);
    if (!statement)
        return false;
    bind_text(statement, 1, edition);
    struct irrigated_reader reader = {fn, arg};
    return each_row(store, statement, irrigated_rows, read_irrigated, &reader, err);
}

bool geo_store_irrigation_put(struct geo_store *store, const char *edition, const char *municipio,
                              const struct geo_irrigated *row, bool *changed, struct err *err)
{
    bool nothing =
        row->areas == 0 && row->bruto_m2 == 0 && row->neto_m2 == 0 && row->declarado_ha == 0;
    /* The statement compares, so that an unchanged row is not written. */
    sqlite3_stmt *statement = store_prepare(
        store,
        nothing ? "DELETE FROM riego_municipal WHERE edicion = ?1 AND municipio = ?2"
                : "INSERT INTO riego_municipal (edicion, municipio, areas, bruto_m2, neto_m2,"
                  " declarado_ha) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
                  " ON CONFLICT (edicion, municipio) DO UPDATE SET areas = excluded.areas,"
                  " bruto_m2 = excluded.bruto_m2, neto_m2 = excluded.neto_m2,"
                  " declarado_ha = excluded.declarado_ha"
                  " WHERE areas <> excluded.areas OR bruto_m2 <> excluded.bruto_m2"
                  " OR neto_m2 <> excluded.neto_m2 OR declarado_ha <> excluded.declarado_ha",
        err);
    if (!statement)
        return false;
    bind_text(statement, 1, edition);
    bind_text(statement, 2, municipio ? municipio : "");
    if (!nothing) {
        sqlite3_bind_int64(statement, 3, row->areas);
        sqlite3_bind_double(statement, 4, row->bruto_m2);
        sqlite3_bind_double(statement, 5, row->neto_m2);
        sqlite3_bind_double(statement, 6, row->declarado_ha);
    }
    if (!run_once(store, statement, err))
        return false;
    *changed = *changed || sqlite3_changes(store->db) > 0;
    return true;
}

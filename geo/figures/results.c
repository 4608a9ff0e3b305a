/* results.c - the tables `riego_municipal` and `cobertura`. */
#include "geo/figures/coverage_tally.h"
#include "geo/figures/results_internal.h"

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

bool geo_results_irrigation(struct geo_store *store, const char *edition, geo_irrigated_fn *fn,
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
    return each_row(store, statement, read_irrigated, &reader, err);
}

bool geo_results_put_irrigation(struct geo_store *store, const char *edition, const char *municipio,
                                const struct geo_irrigated *row, bool *changed, struct err *err)
{
    bool nothing =
        row->areas == 0 && row->bruto_m2 == 0 && row->neto_m2 == 0 && row->declarado_ha == 0;
    /* The comparison stands in the statement, so that an equal row is not written. */
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

/* Coverage ---------------------------------------------------------------- */

bool geo_results_put_coverage(struct geo_store *store, const char *edition,
                              const struct geo_coverage_row *row, bool *changed, struct err *err)
{
    sqlite3_stmt *statement = store_prepare(
        store,
        "INSERT INTO cobertura (edicion, codigo, alianzas, familias, mujeres, comprometido_cts,"
        " solicitado_cts, transferido_cts, descargado_cts, riego_bruto_m2, riego_neto_m2,"
        " riego_declarado_ha, subproyectos, subproyectos_familias, subproyectos_comprometido_cts,"
        " subproyectos_ejecutado_cts, poblacion_rural, viviendas_rurales, cobertura_familias_pct)"
        " VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19)"
        " ON CONFLICT (edicion, codigo) DO UPDATE SET (alianzas, familias, mujeres,"
        " comprometido_cts, solicitado_cts, transferido_cts, descargado_cts, riego_bruto_m2,"
        " riego_neto_m2, riego_declarado_ha, subproyectos, subproyectos_familias,"
        " subproyectos_comprometido_cts, subproyectos_ejecutado_cts, poblacion_rural,"
        " viviendas_rurales, cobertura_familias_pct) ="
        " (?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19)"
        " WHERE (alianzas, familias, mujeres, comprometido_cts, solicitado_cts, transferido_cts,"
        " descargado_cts, riego_bruto_m2, riego_neto_m2, riego_declarado_ha, subproyectos,"
        " subproyectos_familias, subproyectos_comprometido_cts, subproyectos_ejecutado_cts,"
        " poblacion_rural, viviendas_rurales, cobertura_familias_pct) IS NOT"
        " (?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19)",
        err);
    if (!statement)
        return false;
    bind_text(statement, 1, edition);
    bind_text(statement, 2, row->unlinked ? "" : row->codigo);
    const int64_t counts[] = {row->alianzas,         row->familias,       row->mujeres,
                              row->comprometido_cts, row->solicitado_cts, row->transferido_cts,
                              row->descargado_cts};
    for (int i = 0; i < 7; i++)
        sqlite3_bind_int64(statement, 3 + i, counts[i]);
    sqlite3_bind_double(statement, 10, row->riego_bruto_m2);
    sqlite3_bind_double(statement, 11, row->riego_neto_m2);
    sqlite3_bind_double(statement, 12, row->riego_declarado_ha);
    sqlite3_bind_int64(statement, 13, row->subproyectos);
    sqlite3_bind_int64(statement, 14, row->subproyectos_familias);
    sqlite3_bind_int64(statement, 15, row->subproyectos_comprometido_cts);
    sqlite3_bind_int64(statement, 16, row->subproyectos_ejecutado_cts);
    bind_real(statement, 17, row->poblacion_rural);
    bind_real(statement, 18, row->viviendas_rurales);
    bind_real(statement, 19, row->cobertura_familias_pct);
    if (!run_once(store, statement, err))
        return false;
    *changed = *changed || sqlite3_changes(store->db) > 0;
    return true;
}

struct coverage_reader {
    geo_coverage_fn *fn;
    void *arg;
};

static bool read_coverage(void *arg, sqlite3_stmt *statement)
{
    struct coverage_reader *reader = arg;
    struct geo_coverage_row row = {0};
    const char *codigo = store_text(statement, 0);
    int64_t *const counts[] = {&row.alianzas,
                               &row.familias,
                               &row.mujeres,
                               &row.comprometido_cts,
                               &row.solicitado_cts,
                               &row.transferido_cts,
                               &row.descargado_cts,
                               &row.subproyectos,
                               &row.subproyectos_familias,
                               &row.subproyectos_comprometido_cts,
                               &row.subproyectos_ejecutado_cts,
                               &row.areas_riego};
    int column = 1;
    store_copy(row.codigo, sizeof row.codigo, codigo);
    row.unlinked = !codigo[0];
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        *counts[i] = sqlite3_column_int64(statement, column++);
    row.riego_bruto_m2 = sqlite3_column_double(statement, column++);
    row.riego_neto_m2 = sqlite3_column_double(statement, column++);
    row.riego_declarado_ha = sqlite3_column_double(statement, column++);
    row.poblacion_rural = real_or_nan(statement, column++);
    row.viviendas_rurales = real_or_nan(statement, column++);
    row.cobertura_familias_pct = real_or_nan(statement, column++);
    geo_coverage_mark(&row);
    return reader->fn(reader->arg, &row);
}

bool geo_results_coverage(struct geo_store *store, const char *edition, geo_coverage_fn *fn,
                          void *arg, struct err *err)
{
    sqlite3_stmt *statement = store_prepare(
        store,
        "SELECT c.codigo, c.alianzas, c.familias, c.mujeres, c.comprometido_cts, c.solicitado_cts,"
        " c.transferido_cts, c.descargado_cts, c.subproyectos, c.subproyectos_familias,"
        " c.subproyectos_comprometido_cts, c.subproyectos_ejecutado_cts, coalesce(r.areas, 0),"
        " c.riego_bruto_m2, c.riego_neto_m2, c.riego_declarado_ha, c.poblacion_rural,"
        " c.viviendas_rurales, c.cobertura_familias_pct FROM cobertura AS c"
        " LEFT JOIN riego_municipal AS r ON r.edicion = c.edicion AND r.municipio = c.codigo"
        " WHERE c.edicion = ?1 ORDER BY c.codigo",
        err);
    if (!statement)
        return false;
    bind_text(statement, 1, edition);
    struct coverage_reader reader = {fn, arg};
    return each_row(store, statement, read_coverage, &reader, err);
}

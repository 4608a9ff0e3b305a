/* store_irrigation.c - reads and writes the table `riego_municipal`. */
#include "geo/store/results.h"
#include "geo/store/store_internal.h"

struct irrigated_reader {
    geo_irrigated_fn *fn;
    void *arg;
};

static bool read_irrigated(void *arg, const struct db_query *query)
{
    struct irrigated_reader *reader = arg;
    const char *municipio = db_word(query, 0);
    struct geo_irrigated row = {
        .areas = db_int(query, 1),
        .bruto_m2 = db_real(query, 2),
        .neto_m2 = db_real(query, 3),
        .declarado_ha = db_real(query, 4),
    };
    return reader->fn(reader->arg, municipio[0] ? municipio : NULL, &row);
}

bool geo_store_irrigation(struct geo_store *store, const char *edition, geo_irrigated_fn *fn,
                          void *arg, struct err *err)
{
    static const struct db_sql sql = {
        .doing = STORE_READING,
        .table = "riego_municipal",
        .kinds = "tnrrr",
        .sql = "SELECT municipio, areas, bruto_m2, neto_m2, declarado_ha"
               " FROM riego_municipal WHERE edicion = ?1 ORDER BY municipio"};
    struct irrigated_reader reader = {fn, arg};
    struct db_query *query = db_prepare(store->db, &sql, err);
    if (!query)
        return false;
    db_bind_text(query, 1, edition);
    return store_each_row(query, read_irrigated, &reader, err);
}

bool geo_store_irrigation_put(struct geo_store *store, const char *edition, const char *municipio,
                              const struct geo_irrigated *row, bool *changed, struct err *err)
{
    static const struct db_sql remove = {
        .doing = STORE_KEEPING,
        .sql = "DELETE FROM riego_municipal WHERE edicion = ?1 AND municipio = ?2"};
    /* The statement compares, so that an unchanged row is not written. */
    static const struct db_sql put = {
        .doing = STORE_KEEPING,
        .sql = "INSERT INTO riego_municipal AS r (edicion, municipio, areas, bruto_m2, neto_m2,"
               " declarado_ha) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
               " ON CONFLICT (edicion, municipio) DO UPDATE SET areas = excluded.areas,"
               " bruto_m2 = excluded.bruto_m2, neto_m2 = excluded.neto_m2,"
               " declarado_ha = excluded.declarado_ha"
               " WHERE r.areas <> excluded.areas OR r.bruto_m2 <> excluded.bruto_m2"
               " OR r.neto_m2 <> excluded.neto_m2 OR r.declarado_ha <> excluded.declarado_ha"};
    bool nothing =
        row->areas == 0 && row->bruto_m2 == 0 && row->neto_m2 == 0 && row->declarado_ha == 0;
    struct db_query *query = db_prepare(store->db, nothing ? &remove : &put, err);
    if (!query)
        return false;
    db_bind_text(query, 1, edition);
    db_bind_text(query, 2, municipio ? municipio : "");
    if (!nothing) {
        db_bind_int(query, 3, row->areas);
        db_bind_real(query, 4, row->bruto_m2);
        db_bind_real(query, 5, row->neto_m2);
        db_bind_real(query, 6, row->declarado_ha);
    }
    bool ok = db_run(query, err);
    *changed = *changed || (ok && db_changes(store->db) > 0);
    db_free(query);
    return ok;
}

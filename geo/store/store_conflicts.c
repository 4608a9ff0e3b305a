/* store_conflicts.c - reads the table `conflictos`. */
#include "geo/store/store_conflicts.h"

#include <math.h>

#include "geo/store/store_internal.h"

struct conflict_reader {
    geo_conflict_fn *fn;
    void *arg;
};

static bool read_conflict(void *arg, const struct db_query *row)
{
    struct conflict_reader *reader = arg;
    struct geo_conflict conflict = {
        .layer = db_word(row, 0),
        .record = db_int(row, 1),
        .codigo = db_word(row, 2),
        .nombre = db_text(row, 3),
        .estado = db_word(row, 4),
        .resolucion = db_word(row, 5),
        .veredicto = db_text(row, 6),
        .distancia_m = db_real(row, 7),
        .ubicado = db_text(row, 8),
        .ubicado_nombre = db_text(row, 9),
        .declarado = db_text(row, 10),
        .declarado_nombre = db_text(row, 11),
        .uo = db_text(row, 12),
        .line = {NAN, NAN, NAN, NAN},
        .persona = db_text(row, 13),
        .fecha = db_text(row, 14),
        .nota = db_text(row, 15),
        .lon_deg = db_real(row, 16),
        .lat_deg = db_real(row, 17),
    };
    return reader->fn(reader->arg, &conflict);
}

bool geo_store_conflicts(struct geo_store *store, const char *layer, const char *edition,
                         geo_conflict_fn *fn, void *arg, struct err *err)
{
    static const struct db_sql sql = {
        .doing = STORE_READING,
        .table = "conflictos",
        .kinds = "tntTttTRTTTTTTTTRR",
        .sql = "SELECT c.capa, c.registro, c.codigo, c.nombre, c.estado, c.resolucion,"
               " c.veredicto, c.distancia_m, c.ubicado_codigo, c.ubicado_nombre,"
               " c.declarado_codigo, c.declarado_nombre, c.uo, v.persona, v.fecha, v.nota, v.lon,"
               " v.lat FROM conflictos AS c LEFT JOIN veredictos AS v"
               " ON v.capa = c.capa AND v.codigo = c.codigo AND v.fin IS NULL"
               " WHERE c.edicion = ?1 AND (c.capa = ?2 OR ?2 IS NULL)"
               " ORDER BY c.capa, CASE c.estado WHEN 'conflicto' THEN 0 WHEN 'fuera' THEN 1"
               " WHEN 'en_agua' THEN 2 WHEN 'vecino' THEN 3 ELSE 4 END,"
               " c.distancia_m DESC NULLS LAST, c.codigo"};
    struct db_query *query = db_prepare(store->db, &sql, err);
    if (!query)
        return false;
    db_bind_text(query, 1, edition);
    db_bind_text(query, 2, layer);
    struct conflict_reader reader = {fn, arg};
    return store_each_row(query, read_conflict, &reader, err);
}

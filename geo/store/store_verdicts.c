/* store_verdicts.c - reads and writes the table `veredictos`. */
#include "geo/store/store_verdicts.h"

#include <string.h>

#include "geo/base/parse.h"
#include "geo/store/store_internal.h"

static const char *const names[] = {"aceptar_ubicacion", "aceptar_declaracion",
                                    "corregir_coordenadas"};

const char *geo_verdict_name(enum geo_verdict_kind kind)
{
    return names[kind];
}

bool geo_verdict_of(const char *word, enum geo_verdict_kind *kind)
{
    static const char *const english[] = {"accept-location", "accept-declaration",
                                          "fix-coordinates"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(word, names[i]) == 0 || strcmp(word, english[i]) == 0) {
            *kind = (enum geo_verdict_kind)i;
            return true;
        }
    return false;
}

struct verdict_reader {
    geo_verdict_fn *fn;
    void *arg;
};

static bool read_verdict(void *arg, const struct db_query *row)
{
    struct verdict_reader *reader = arg;
    struct geo_verdict verdict = {
        .id = db_int(row, 0),
        .layer = db_word(row, 1),
        .codigo = db_word(row, 2),
        .person = db_word(row, 4),
        .date = db_word(row, 5),
        .note = db_word(row, 6),
        .declared = db_word(row, 7),
        .print = db_word(row, 8),
        .lon_deg = db_real(row, 9),
        .lat_deg = db_real(row, 10),
        .old_lon_deg = db_real(row, 11),
        .old_lat_deg = db_real(row, 12),
        .old_crs = db_text(row, 13),
        .old_rescue = db_text(row, 14),
        .old_written = db_text(row, 15),
        .old_uncertain = db_is_null(row, 16) ? -1 : (int)db_int(row, 16),
        .end = db_text(row, 17),
        .end_why = db_text(row, 18),
        .end_person = db_text(row, 19),
        .end_note = db_text(row, 20),
    };
    return !geo_verdict_of(db_word(row, 3), &verdict.kind) || reader->fn(reader->arg, &verdict);
}

bool geo_store_verdicts(struct geo_store *store, const char *layer, const char *codigo,
                        bool history, geo_verdict_fn *fn, void *arg, struct err *err)
{
    static const struct db_sql sql = {
        .doing = STORE_READING,
        .table = "veredictos",
        .kinds = "nttttttttRRRRTTTFTTTT",
        .sql = "SELECT id, capa, codigo, veredicto, persona, fecha, nota, declarado, huella, lon,"
               " lat, lon_antes, lat_antes, crs_antes, rescate_antes, coordenada_antes,"
               " datum_antes, fin, fin_motivo, fin_persona, fin_nota FROM veredictos"
               " WHERE (capa = ?1 OR ?1 IS NULL) AND (codigo = ?2 OR ?2 IS NULL)"
               " AND (?3 = 1 OR fin IS NULL) ORDER BY codigo, id DESC"};
    struct db_query *query = db_prepare(store->db, &sql, err);
    if (!query)
        return false;
    db_bind_text(query, 1, layer);
    db_bind_text(query, 2, codigo);
    db_bind_int(query, 3, history);
    struct verdict_reader reader = {fn, arg};
    return store_each_row(query, read_verdict, &reader, err);
}

bool geo_store_verdict_end(struct geo_store *store, const char *layer, const char *codigo,
                           const char *why, const char *person, const char *note, bool *ended,
                           struct err *err)
{
    static const struct db_sql sql = {
        .doing = STORE_KEEPING,
        .sql = "UPDATE veredictos SET fin = ?1, fin_motivo = ?2, fin_persona = ?3, fin_nota = ?4"
               " WHERE capa = ?5 AND codigo = ?6 AND fin IS NULL"};
    char now[21];
    date_now(now);
    const char *const texts[] = {now, why, person, note, layer, codigo};
    if (!store_run_with(store, &sql, texts, 6, err))
        return false;
    *ended = db_changes(store->db) > 0;
    return true;
}

bool geo_store_verdict_put(struct geo_store *store, const struct geo_verdict *verdict,
                           struct err *err)
{
    static const struct db_sql sql = {
        .doing = STORE_KEEPING,
        .sql = "INSERT INTO veredictos (capa, codigo, veredicto, persona, fecha, nota, declarado,"
               " huella, lon, lat, lon_antes, lat_antes, crs_antes, rescate_antes,"
               " coordenada_antes, datum_antes)"
               " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)"};
    char now[21];
    bool ended;
    if (!geo_store_verdict_end(store, verdict->layer, verdict->codigo, "reemplazado",
                               verdict->person, verdict->note, &ended, err))
        return false;
    struct db_query *query = db_prepare(store->db, &sql, err);
    if (!query)
        return false;
    date_now(now);
    const char *const texts[] = {verdict->layer,
                                 verdict->codigo,
                                 geo_verdict_name(verdict->kind),
                                 verdict->person,
                                 now,
                                 verdict->note ? verdict->note : "",
                                 verdict->declared,
                                 verdict->print};
    for (int i = 0; i < 8; i++)
        db_bind_text(query, 1 + i, texts[i]);
    const double places[] = {verdict->lon_deg, verdict->lat_deg, verdict->old_lon_deg,
                             verdict->old_lat_deg};
    for (int i = 0; i < 4; i++)
        db_bind_real(query, 9 + i, places[i]);
    db_bind_text(query, 13, verdict->old_crs);
    db_bind_text(query, 14, verdict->old_rescue);
    db_bind_text(query, 15, verdict->old_written);
    if (verdict->old_uncertain >= 0)
        db_bind_int(query, 16, verdict->old_uncertain);
    bool ok = db_run(query, err);
    db_free(query);
    return ok;
}

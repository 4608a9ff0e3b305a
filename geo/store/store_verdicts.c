/* store_verdicts.c - reads and writes the table `veredictos`. */
#include "geo/store/store_verdicts.h"

#include <string.h>

#include "geo/base/parse.h"
#include "geo/store/results_internal.h"

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

static const struct row_kinds verdict_rows = {"veredictos", "nttttttttRRRRTTTFTTTT"};

struct verdict_reader {
    geo_verdict_fn *fn;
    void *arg;
};

static bool read_verdict(void *arg, sqlite3_stmt *row)
{
    struct verdict_reader *reader = arg;
    struct geo_verdict verdict = {
        .id = sqlite3_column_int64(row, 0),
        .layer = store_text(row, 1),
        .codigo = store_text(row, 2),
        .person = store_text(row, 4),
        .date = store_text(row, 5),
        .note = store_text(row, 6),
        .declared = store_text(row, 7),
        .print = store_text(row, 8),
        .lon_deg = real_or_nan(row, 9),
        .lat_deg = real_or_nan(row, 10),
        .old_lon_deg = real_or_nan(row, 11),
        .old_lat_deg = real_or_nan(row, 12),
        .old_crs = text_or_null(row, 13),
        .old_rescue = text_or_null(row, 14),
        .old_written = text_or_null(row, 15),
        .old_uncertain =
            sqlite3_column_type(row, 16) == SQLITE_NULL ? -1 : sqlite3_column_int(row, 16),
        .end = text_or_null(row, 17),
        .end_why = text_or_null(row, 18),
        .end_person = text_or_null(row, 19),
        .end_note = text_or_null(row, 20),
    };
    return !geo_verdict_of(store_text(row, 3), &verdict.kind) || reader->fn(reader->arg, &verdict);
}

bool geo_store_verdicts(struct geo_store *store, const char *layer, const char *codigo,
                        bool history, geo_verdict_fn *fn, void *arg, struct err *err)
{
    sqlite3_stmt *statement = store_prepare(
        store,
        "SELECT id, capa, codigo, veredicto, persona, fecha, nota, declarado, huella, lon, lat,"
        " lon_antes, lat_antes, crs_antes, rescate_antes, coordenada_antes, datum_antes, fin,"
        " fin_motivo, fin_persona, fin_nota FROM veredictos"
        " WHERE (?1 IS NULL OR capa = ?1) AND (?2 IS NULL OR codigo = ?2)"
        " AND (?3 OR fin IS NULL) ORDER BY codigo, id DESC",
        err);
    if (!statement)
        return false;
    bind_text(statement, 1, layer);
    bind_text(statement, 2, codigo);
    sqlite3_bind_int(statement, 3, history);
    struct verdict_reader reader = {fn, arg};
    return each_row(store, statement, verdict_rows, read_verdict, &reader, err);
}

bool geo_store_verdict_end(struct geo_store *store, const char *layer, const char *codigo,
                           const char *why, const char *person, const char *note, bool *ended,
                           struct err *err)
{
    char now[21];
    sqlite3_stmt *statement =
        store_prepare(store,
                      "UPDATE veredictos SET fin = ?1, fin_motivo = ?2, fin_persona = ?3,"
                      " fin_nota = ?4 WHERE capa = ?5 AND codigo = ?6 AND fin IS NULL",
                      err);
    if (!statement)
        return false;
    date_now(now);
    bind_text(statement, 1, now);
    bind_text(statement, 2, why);
    bind_text(statement, 3, person);
    bind_text(statement, 4, note);
    bind_text(statement, 5, layer);
    bind_text(statement, 6, codigo);
    if (!run_once(store, statement, err))
        return false;
    *ended = sqlite3_changes(store->db) > 0;
    return true;
}

bool geo_store_verdict_put(struct geo_store *store, const struct geo_verdict *verdict,
                           struct err *err)
{
    char now[21];
    bool ended;
    if (!geo_store_verdict_end(store, verdict->layer, verdict->codigo, "reemplazado",
                               verdict->person, verdict->note, &ended, err))
        return false;
    sqlite3_stmt *statement = store_prepare(
        store,
        "INSERT INTO veredictos (capa, codigo, veredicto, persona, fecha, nota, declarado, huella,"
        " lon, lat, lon_antes, lat_antes, crs_antes, rescate_antes, coordenada_antes, datum_antes)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
        err);
    if (!statement)
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
        bind_text(statement, 1 + i, texts[i]);
    const double places[] = {verdict->lon_deg, verdict->lat_deg, verdict->old_lon_deg,
                             verdict->old_lat_deg};
    for (int i = 0; i < 4; i++)
        bind_real(statement, 9 + i, places[i]);
    bind_text(statement, 13, verdict->old_crs);
    bind_text(statement, 14, verdict->old_rescue);
    bind_text(statement, 15, verdict->old_written);
    if (verdict->old_uncertain >= 0)
        sqlite3_bind_int(statement, 16, verdict->old_uncertain);
    return run_once(store, statement, err);
}

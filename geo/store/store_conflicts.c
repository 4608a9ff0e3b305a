/* store_conflicts.c - reads and writes the table `conflictos`. */
#include "geo/store/store_conflicts.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/store/results_internal.h"

static const struct row_kinds conflict_rows = {"conflictos", "tntTttTRTTTTTTTTRR"};
static const struct row_kinds stored_rows = {"conflictos", "n"};

struct conflict_reader {
    geo_conflict_fn *fn;
    void *arg;
};

static bool read_conflict(void *arg, sqlite3_stmt *row)
{
    struct conflict_reader *reader = arg;
    struct geo_conflict conflict = {
        .layer = store_text(row, 0),
        .record = sqlite3_column_int64(row, 1),
        .codigo = store_text(row, 2),
        .nombre = text_or_null(row, 3),
        .estado = store_text(row, 4),
        .resolucion = store_text(row, 5),
        .veredicto = text_or_null(row, 6),
        .distancia_m = real_or_nan(row, 7),
        .ubicado = text_or_null(row, 8),
        .ubicado_nombre = text_or_null(row, 9),
        .declarado = text_or_null(row, 10),
        .declarado_nombre = text_or_null(row, 11),
        .uo = text_or_null(row, 12),
        .line = {NAN, NAN, NAN, NAN},
        .persona = text_or_null(row, 13),
        .fecha = text_or_null(row, 14),
        .nota = text_or_null(row, 15),
        .lon_deg = real_or_nan(row, 16),
        .lat_deg = real_or_nan(row, 17),
    };
    return reader->fn(reader->arg, &conflict);
}

bool geo_store_conflicts(struct geo_store *store, const char *layer, const char *edition,
                         geo_conflict_fn *fn, void *arg, struct err *err)
{
    sqlite3_stmt *statement = store_prepare(
        store,
        "SELECT c.capa, c.registro, c.codigo, c.nombre, c.estado, c.resolucion, c.veredicto,"
        " c.distancia_m, c.ubicado_codigo, c.ubicado_nombre, c.declarado_codigo,"
        " c.declarado_nombre, c.uo, v.persona, v.fecha, v.nota, v.lon, v.lat"
        " FROM conflictos AS c LEFT JOIN veredictos AS v"
        " ON v.capa = c.capa AND v.codigo = c.codigo AND v.fin IS NULL"
        " WHERE c.edicion = ?1 AND (?2 IS NULL OR c.capa = ?2)"
        " ORDER BY c.capa, CASE c.estado WHEN 'conflicto' THEN 0 WHEN 'fuera' THEN 1"
        " WHEN 'en_agua' THEN 2 WHEN 'vecino' THEN 3 ELSE 4 END, c.distancia_m DESC, c.codigo",
        err);
    if (!statement)
        return false;
    bind_text(statement, 1, edition);
    bind_text(statement, 2, layer);
    struct conflict_reader reader = {fn, arg};
    return each_row(store, statement, conflict_rows, read_conflict, &reader, err);
}

/* Most records have no row and need none, so the records that have one are read first. */
struct geo_conflict_book {
    struct geo_store *store;
    const char *layer, *edition;
    int64_t *stored; /* records with a row, in order */
    size_t n, cap;
    bool failed;
    sqlite3_stmt *put, *drop;
};

static bool read_stored(void *arg, sqlite3_stmt *row)
{
    struct geo_conflict_book *book = arg;
    if (!array_reserve(book->stored, book->cap, book->n + 1))
        return book->failed = true, false;
    book->stored[book->n++] = sqlite3_column_int64(row, 0);
    return true;
}

struct geo_conflict_book *geo_conflict_book_open(struct geo_store *store, const char *layer,
                                                 const char *edition, struct err *err)
{
    struct geo_conflict_book *book = calloc(1, sizeof *book);
    sqlite3_stmt *list = NULL;
    if (!book) {
        err_no_memory(err);
        return NULL;
    }
    *book = (struct geo_conflict_book){.store = store, .layer = layer, .edition = edition};
    list = store_prepare(
        store, "SELECT registro FROM conflictos WHERE edicion = ?1 AND capa = ?2 ORDER BY registro",
        err);
    bool ok = list != NULL;
    if (ok) {
        bind_text(list, 1, edition);
        bind_text(list, 2, layer);
        ok = each_row(store, list, stored_rows, read_stored, book, err) &&
             (!book->failed || err_no_memory(err));
    }
    if (ok)
        book->drop = store_prepare(
            store, "DELETE FROM conflictos WHERE edicion = ?1 AND capa = ?2 AND registro = ?3",
            err);
    if (ok && book->drop)
        book->put = store_prepare(
            store,
            "INSERT INTO conflictos (edicion, capa, registro, codigo, nombre, estado, resolucion,"
            " veredicto, distancia_m, ubicado_codigo, ubicado_nombre, declarado_codigo,"
            " declarado_nombre, uo, geom) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11,"
            " ?12, ?13, ?14, GeomFromWKB(?15, 4326))"
            " ON CONFLICT (edicion, capa, registro) DO UPDATE SET (codigo, nombre, estado,"
            " resolucion, veredicto, distancia_m, ubicado_codigo, ubicado_nombre,"
            " declarado_codigo, declarado_nombre, uo, geom) = (?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11,"
            " ?12, ?13, ?14, excluded.geom)"
            " WHERE (codigo, nombre, estado, resolucion, veredicto, distancia_m, ubicado_codigo,"
            " ubicado_nombre, declarado_codigo, declarado_nombre, uo, geom) IS NOT (?4, ?5, ?6,"
            " ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, excluded.geom)",
            err);
    if (book->put)
        return book;
    geo_conflict_book_close(book);
    return NULL;
}

void geo_conflict_book_close(struct geo_conflict_book *book)
{
    if (!book)
        return;
    sqlite3_finalize(book->put);
    sqlite3_finalize(book->drop);
    free(book->stored);
    free(book);
}

static int by_record(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* A line of two points, as little-endian WKB. */
static void bind_line(sqlite3_stmt *statement, int at, const double line[4])
{
    unsigned char wkb[9 + 4 * sizeof(double)] = {1, 2, 0, 0, 0, 2, 0, 0, 0};
    if (isnan(line[0])) {
        sqlite3_bind_null(statement, at);
        return;
    }
    memcpy(wkb + 9, line, 4 * sizeof *line);
    sqlite3_bind_blob(statement, at, wkb, sizeof wkb, SQLITE_TRANSIENT);
}

bool geo_conflict_book_put(struct geo_conflict_book *book, int64_t record,
                           const struct geo_conflict *conflict, bool *changed, struct err *err)
{
    if (!conflict &&
        (book->n == 0 || !bsearch(&record, book->stored, book->n, sizeof *book->stored, by_record)))
        return true;
    sqlite3_stmt *statement = conflict ? book->put : book->drop;
    bind_text(statement, 1, book->edition);
    bind_text(statement, 2, book->layer);
    sqlite3_bind_int64(statement, 3, record);
    if (conflict) {
        const char *const before[] = {conflict->codigo, conflict->nombre, conflict->estado,
                                      conflict->resolucion, conflict->veredicto};
        const char *const after[] = {conflict->ubicado, conflict->ubicado_nombre,
                                     conflict->declarado, conflict->declarado_nombre, conflict->uo};
        for (int i = 0; i < 5; i++) {
            bind_text(statement, 4 + i, before[i]);
            bind_text(statement, 10 + i, after[i]);
        }
        bind_real(statement, 9, conflict->distancia_m);
        bind_line(statement, 15, conflict->line);
    }
    if (!store_run(book->store, statement, "guardar los conflictos", err))
        return false;
    *changed = *changed || sqlite3_changes(book->store->db) > 0;
    return true;
}

/* store_conflicts.c - reads and writes the table `conflictos`. */
#include "geo/store/store_conflicts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/base/hash.h"
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

/* A record with a row. The fingerprint (64 bits) is of the row's values; 0: unknown. */
struct conflict_stored {
    int64_t record;
    uint64_t fingerprint;
};

/* Most records have no row and need none, so the records that have one are read first. */
struct geo_conflict_book {
    struct geo_store *store;
    const char *layer, *edition;
    struct conflict_stored *stored; /* in order of record */
    size_t n, cap;
    bool failed;
    struct db_query *put, *drop;
};

/* The columns after the key, without the geometry: ?4 to ?14. */
static const char *const columns[] = {
    "codigo",      "nombre",         "estado",         "resolucion",       "veredicto",
    "distancia_m", "ubicado_codigo", "ubicado_nombre", "declarado_codigo", "declarado_nombre",
    "uo",
};
enum { N_COLUMNS = sizeof columns / sizeof *columns, DISTANCE = 5, LINE = 4 + N_COLUMNS };

/* "before.codigo, before.nombre, …, before.geom" */
static void put_columns(struct buf *sql, const char *before)
{
    for (int i = 0; i < N_COLUMNS; i++)
        buf_printf(sql, "%s%s, ", before, columns[i]);
    buf_printf(sql, "%sgeom", before);
}

/* Reading what is stored --------------------------------------------------- */

static bool read_stored(void *arg, const struct db_query *row)
{
    struct geo_conflict_book *book = arg;
    if (!array_reserve(book->stored, book->cap, book->n + 1))
        return book->failed = true, false;
    book->stored[book->n++] = (struct conflict_stored){.record = db_int(row, 0)};
    return true;
}

/* Runs a query of rows of the book's layer and edition. */
static bool list_stored(struct geo_conflict_book *book, struct db_query *list, store_row_fn *fn,
                        struct err *err)
{
    if (!list)
        return false;
    book->n = 0;
    db_bind_text(list, 1, book->edition);
    db_bind_text(list, 2, book->layer);
    return store_each_row(list, fn, book, err) && (!book->failed || err_no_memory(err));
}

static bool list_records(struct geo_conflict_book *book, struct err *err)
{
    static const struct db_sql sql = {
        .doing = STORE_READING,
        .table = "conflictos",
        .kinds = "n",
        .sql = "SELECT registro FROM conflictos WHERE edicion = ?1 AND capa = ?2"
               " ORDER BY registro"};
    struct db_query *list = db_prepare(book->store->db, &sql, err);
    return list_stored(book, list, read_stored, err);
}

static uint64_t hash_text(uint64_t hash, const char *text)
{
    return text ? hash_bytes(hash, text, strlen(text) + 1) : hash_bytes(hash, "\xFF", 1);
}

static uint64_t hash_place(uint64_t hash, double distance_m, const void *wkb, size_t len)
{
    hash = isnan(distance_m) ? hash_bytes(hash, "\xFF", 1)
                             : hash_bytes(hash, &distance_m, sizeof distance_m);
    return hash_bytes(hash, wkb, len);
}

/* A geometry that cannot be read gives no fingerprint: the row is written anew. */
static bool read_fingerprint(void *arg, const struct db_query *row)
{
    struct geo_conflict_book *book = arg;
    struct buf wkb;
    uint64_t hash = HASH_START;
    buf_init(&wkb);
    if (!read_stored(book, row))
        return false;
    for (int i = 0; i < N_COLUMNS; i++)
        if (i != DISTANCE)
            hash = hash_text(hash, db_text(row, 1 + i));
    bool none = db_is_null(row, 1 + N_COLUMNS);
    if (none || !db_wkb(row, 1 + N_COLUMNS, &wkb))
        book->stored[book->n - 1].fingerprint =
            hash_place(hash, db_real(row, 1 + DISTANCE), wkb.data, wkb.len);
    buf_free(&wkb);
    return true;
}

bool geo_conflict_book_in_order(struct geo_conflict_book *book, struct err *err)
{
    struct buf sql;
    if (book->n == 0)
        return true;
    buf_init(&sql);
    buf_puts(&sql, "SELECT registro, ");
    for (int i = 0; i < N_COLUMNS; i++)
        buf_printf(&sql, "%s, ", columns[i]);
    db_put_geometry_out(book->store->db, &sql, "geom");
    buf_puts(&sql, " FROM conflictos WHERE edicion = ?1 AND capa = ?2 ORDER BY registro");
    struct db_query *list = store_prepare_buf(
        book->store, &sql,
        (struct db_sql){.doing = STORE_READING, .table = "conflictos", .kinds = "n------------"},
        err);
    return list_stored(book, list, read_fingerprint, err);
}

/* Writing ------------------------------------------------------------------ */

/* The statement compares, so that an unchanged row is not written. */
static struct db_query *prepare_put(struct geo_store *store, struct err *err)
{
    struct buf sql;
    buf_init(&sql);
    buf_puts(&sql, "INSERT INTO conflictos (edicion, capa, registro, ");
    put_columns(&sql, "");
    buf_puts(&sql, ") VALUES (");
    for (int i = 1; i < LINE; i++)
        buf_printf(&sql, "?%d, ", i);
    db_put_geometry_in(store->db, &sql, LINE);
    buf_puts(&sql, ") ON CONFLICT (edicion, capa, registro) DO UPDATE SET (");
    put_columns(&sql, "");
    buf_puts(&sql, ") = (");
    put_columns(&sql, "excluded.");
    buf_puts(&sql, ") WHERE (");
    put_columns(&sql, "conflictos.");
    buf_puts(&sql, ") IS DISTINCT FROM (");
    put_columns(&sql, "excluded.");
    buf_putc(&sql, ')');
    return store_prepare_buf(store, &sql, (struct db_sql){.doing = "guardar los conflictos"}, err);
}

struct geo_conflict_book *geo_conflict_book_open(struct geo_store *store, const char *layer,
                                                 const char *edition, struct err *err)
{
    static const struct db_sql drop = {
        .doing = "guardar los conflictos",
        .sql = "DELETE FROM conflictos WHERE edicion = ?1 AND capa = ?2 AND registro = ?3"};
    struct geo_conflict_book *book = calloc(1, sizeof *book);
    if (!book) {
        err_no_memory(err);
        return NULL;
    }
    *book = (struct geo_conflict_book){.store = store, .layer = layer, .edition = edition};
    if (list_records(book, err) && (book->drop = db_prepare(store->db, &drop, err)) &&
        (book->put = prepare_put(store, err)))
        return book;
    geo_conflict_book_close(book);
    return NULL;
}

void geo_conflict_book_close(struct geo_conflict_book *book)
{
    if (!book)
        return;
    db_free(book->put);
    db_free(book->drop);
    free(book->stored);
    free(book);
}

static int by_record(const void *a, const void *b)
{
    int64_t x = ((const struct conflict_stored *)a)->record,
            y = ((const struct conflict_stored *)b)->record;
    return (x > y) - (x < y);
}

enum { LINE_BYTES = 9 + 4 * sizeof(double) };

/* A line of two points, as little-endian WKB; returns its length, 0 for none. */
static size_t make_line(const double line[4], unsigned char wkb[LINE_BYTES])
{
    static const unsigned char head[9] = {1, 2, 0, 0, 0, 2, 0, 0, 0};
    if (isnan(line[0]))
        return 0;
    memcpy(wkb, head, sizeof head);
    memcpy(wkb + sizeof head, line, 4 * sizeof *line);
    return LINE_BYTES;
}

/* NULL: the record has no row. */
static struct conflict_stored *find_stored(const struct geo_conflict_book *book, int64_t record)
{
    const struct conflict_stored key = {.record = record};
    return book->n ? bsearch(&key, book->stored, book->n, sizeof key, by_record) : NULL;
}

/* Binds what follows the key; wkb must outlive the statement. Returns the fingerprint. */
static uint64_t bind_conflict(struct db_query *query, const struct geo_conflict *conflict,
                              unsigned char wkb[LINE_BYTES])
{
    const char *const texts[N_COLUMNS] = {conflict->codigo,    conflict->nombre,
                                          conflict->estado,    conflict->resolucion,
                                          conflict->veredicto, NULL,
                                          conflict->ubicado,   conflict->ubicado_nombre,
                                          conflict->declarado, conflict->declarado_nombre,
                                          conflict->uo};
    size_t len = make_line(conflict->line, wkb);
    uint64_t hash = HASH_START;
    for (int i = 0; i < N_COLUMNS; i++)
        if (i != DISTANCE) {
            db_bind_text(query, 4 + i, texts[i]);
            hash = hash_text(hash, texts[i]);
        }
    db_bind_real(query, 4 + DISTANCE, conflict->distancia_m);
    db_bind_wkb(query, LINE, wkb, len);
    return hash_place(hash, conflict->distancia_m, wkb, len);
}

bool geo_conflict_book_put(struct geo_conflict_book *book, int64_t record,
                           const struct geo_conflict *conflict, bool *changed, struct err *err)
{
    unsigned char wkb[LINE_BYTES];
    struct conflict_stored *stored = find_stored(book, record);
    if (!conflict && !stored)
        return true;
    struct db_query *query = conflict ? book->put : book->drop;
    db_bind_text(query, 1, book->edition);
    db_bind_text(query, 2, book->layer);
    db_bind_int(query, 3, record);
    uint64_t fingerprint = conflict ? bind_conflict(query, conflict, wkb) : 0;
    if (stored && conflict && stored->fingerprint == fingerprint)
        return true;
    if (stored)
        stored->fingerprint = 0;
    if (!store_will_write(book->store, err) || !db_run(query, err))
        return false;
    *changed = *changed || db_changes(book->store->db) > 0;
    return true;
}

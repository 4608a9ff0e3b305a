/* store_conflict_book.c - replaces rows of the table `conflictos`. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/arena.h"
#include "geo/base/array.h"
#include "geo/base/hash.h"
#include "geo/store/store_conflicts.h"
#include "geo/store/store_internal.h"

#define KEEPING "guardar los conflictos"

/* The columns after the key, without the geometry: parameters 4 to 14 of a row. */
static const char *const columns[] = {
    "codigo",      "nombre",         "estado",         "resolucion",       "veredicto",
    "distancia_m", "ubicado_codigo", "ubicado_nombre", "declarado_codigo", "declarado_nombre",
    "uo",
};
enum { N_COLUMNS = sizeof columns / sizeof *columns, DISTANCE = 5, LINE = 4 + N_COLUMNS };

enum { LINE_BYTES = 9 + 4 * sizeof(double) };

/* The values of a row. */
struct conflict_row {
    int64_t record;
    const char *texts[N_COLUMNS]; /* but for DISTANCE */
    double distance_m;
    unsigned char wkb[LINE_BYTES]; /* a line of two points */
    size_t wkb_len;                /* 0: none */
};

/* So many new rows are inserted by one statement: half of the time of as many statements. */
enum { NEW_ROWS = 32 };

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
    struct db_query *insert;       /* NEW_ROWS rows; NULL: each is put at once */
    struct conflict_row *new_rows; /* of records without a row, not inserted yet */
    size_t n_new;
    struct arena *texts; /* of the new rows */
};

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

static bool read_fingerprints(struct geo_conflict_book *book, struct err *err)
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

/* Opening ------------------------------------------------------------------ */

static void put_insert(struct geo_store *store, struct buf *sql, int rows)
{
    buf_puts(sql, "INSERT INTO conflictos (edicion, capa, registro, ");
    put_columns(sql, "");
    buf_puts(sql, ") VALUES ");
    for (int row = 0; row < rows; row++) {
        buf_puts(sql, row ? ", (" : "(");
        for (int i = 1; i < LINE; i++)
            buf_printf(sql, "?%d, ", row * LINE + i);
        db_put_geometry_in(store->db, sql, row * LINE + LINE);
        buf_putc(sql, ')');
    }
}

/* The statement compares, so that an unchanged row is not written. */
static struct db_query *prepare_put(struct geo_store *store, struct err *err)
{
    struct buf sql;
    buf_init(&sql);
    put_insert(store, &sql, 1);
    buf_puts(&sql, " ON CONFLICT (edicion, capa, registro) DO UPDATE SET (");
    put_columns(&sql, "");
    buf_puts(&sql, ") = (");
    put_columns(&sql, "excluded.");
    buf_puts(&sql, ") WHERE (");
    put_columns(&sql, "conflictos.");
    buf_puts(&sql, ") IS DISTINCT FROM (");
    put_columns(&sql, "excluded.");
    buf_putc(&sql, ')');
    return store_prepare_buf(store, &sql, (struct db_sql){.doing = KEEPING}, err);
}

struct geo_conflict_book *geo_conflict_book_open(struct geo_store *store, const char *layer,
                                                 const char *edition, struct err *err)
{
    static const struct db_sql drop = {
        .doing = KEEPING,
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

bool geo_conflict_book_in_order(struct geo_conflict_book *book, struct err *err)
{
    struct buf sql;
    if (!read_fingerprints(book, err))
        return false;
    book->texts = arena_new();
    book->new_rows = calloc(NEW_ROWS, sizeof *book->new_rows);
    if (!book->texts || !book->new_rows)
        return err_no_memory(err);
    buf_init(&sql);
    put_insert(book->store, &sql, NEW_ROWS);
    book->insert = store_prepare_buf(book->store, &sql, (struct db_sql){.doing = KEEPING}, err);
    return book->insert != NULL;
}

void geo_conflict_book_close(struct geo_conflict_book *book)
{
    if (!book)
        return;
    db_free(book->insert);
    db_free(book->put);
    db_free(book->drop);
    arena_free(book->texts);
    free(book->new_rows);
    free(book->stored);
    free(book);
}

/* Writing ------------------------------------------------------------------ */

static int by_record(const void *a, const void *b)
{
    int64_t x = ((const struct conflict_stored *)a)->record,
            y = ((const struct conflict_stored *)b)->record;
    return (x > y) - (x < y);
}

/* NULL: the record has no row. */
static struct conflict_stored *find_stored(const struct geo_conflict_book *book, int64_t record)
{
    const struct conflict_stored key = {.record = record};
    return book->n ? bsearch(&key, book->stored, book->n, sizeof key, by_record) : NULL;
}

/* The texts are borrowed. */
static struct conflict_row make_row(int64_t record, const struct geo_conflict *conflict)
{
    static const unsigned char head[9] = {1, 2, 0, 0, 0, 2, 0, 0, 0};
    struct conflict_row row = {
        .record = record,
        .texts = {conflict->codigo, conflict->nombre, conflict->estado, conflict->resolucion,
                  conflict->veredicto, NULL, conflict->ubicado, conflict->ubicado_nombre,
                  conflict->declarado, conflict->declarado_nombre, conflict->uo},
        .distance_m = conflict->distancia_m,
    };
    if (isnan(conflict->line[0]))
        return row;
    memcpy(row.wkb, head, sizeof head);
    memcpy(row.wkb + sizeof head, conflict->line, sizeof conflict->line);
    row.wkb_len = LINE_BYTES;
    return row;
}

static uint64_t fingerprint_of(const struct conflict_row *row)
{
    uint64_t hash = HASH_START;
    for (int i = 0; i < N_COLUMNS; i++)
        if (i != DISTANCE)
            hash = hash_text(hash, row->texts[i]);
    return hash_place(hash, row->distance_m, row->wkb, row->wkb_len);
}

/* Binds the parameters from `first` on; the row must outlive the statement. */
static void bind_row(const struct geo_conflict_book *book, struct db_query *query, int first,
                     const struct conflict_row *row)
{
    db_bind_text(query, first, book->edition);
    db_bind_text(query, first + 1, book->layer);
    db_bind_int(query, first + 2, row->record);
    for (int i = 0; i < N_COLUMNS; i++)
        if (i != DISTANCE)
            db_bind_text(query, first + 3 + i, row->texts[i]);
    db_bind_real(query, first + 3 + DISTANCE, row->distance_m);
    db_bind_wkb(query, first + LINE - 1, row->wkb, row->wkb_len);
}

static bool put_row(struct geo_conflict_book *book, const struct conflict_row *row, bool *changed,
                    struct err *err)
{
    bind_row(book, book->put, 1, row);
    if (!store_will_write(book->store, err) || !db_run(book->put, err))
        return false;
    *changed = *changed || db_changes(book->store->db) > 0;
    return true;
}

static bool insert_new(struct geo_conflict_book *book, bool *changed, struct err *err)
{
    for (int i = 0; i < NEW_ROWS; i++)
        bind_row(book, book->insert, 1 + i * LINE, &book->new_rows[i]);
    *changed = true;
    return db_run(book->insert, err);
}

bool geo_conflict_book_finish(struct geo_conflict_book *book, bool *changed, struct err *err)
{
    bool ok = true;
    if (book->n_new == NEW_ROWS)
        ok = insert_new(book, changed, err);
    else
        for (size_t i = 0; i < book->n_new && ok; i++)
            ok = put_row(book, &book->new_rows[i], changed, err);
    book->n_new = 0;
    if (book->texts)
        arena_reset(book->texts);
    return ok;
}

/* Keeps the row until there are enough of them. */
static bool add_new(struct geo_conflict_book *book, const struct conflict_row *row, bool *changed,
                    struct err *err)
{
    struct conflict_row *kept = &book->new_rows[book->n_new];
    *kept = *row;
    for (int i = 0; i < N_COLUMNS; i++)
        if (kept->texts[i] && !(kept->texts[i] = arena_strdup(book->texts, kept->texts[i])))
            return err_no_memory(err);
    book->n_new++;
    return store_will_write(book->store, err) &&
           (book->n_new < NEW_ROWS || geo_conflict_book_finish(book, changed, err));
}

static bool drop_row(struct geo_conflict_book *book, int64_t record, bool *changed, struct err *err)
{
    db_bind_text(book->drop, 1, book->edition);
    db_bind_text(book->drop, 2, book->layer);
    db_bind_int(book->drop, 3, record);
    if (!store_will_write(book->store, err) || !db_run(book->drop, err))
        return false;
    *changed = *changed || db_changes(book->store->db) > 0;
    return true;
}

bool geo_conflict_book_put(struct geo_conflict_book *book, int64_t record,
                           const struct geo_conflict *conflict, bool *changed, struct err *err)
{
    struct conflict_stored *stored = find_stored(book, record);
    if (!conflict && !stored)
        return true;
    struct conflict_row row = {0};
    if (conflict)
        row = make_row(record, conflict);
    if (!stored && book->insert)
        return add_new(book, &row, changed, err);
    if (stored && conflict && stored->fingerprint == fingerprint_of(&row))
        return true;
    if (stored)
        stored->fingerprint = 0;
    return conflict ? put_row(book, &row, changed, err) : drop_row(book, record, changed, err);
}

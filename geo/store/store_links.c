/* store_links.c - reads and writes the tables `vinculos` and `vinculos_perdidos`. */
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/store/results_internal.h"

bool geo_link_row_elsewhere(const struct geo_link_row *row)
{
    return strcmp(row->estado, "fuera") == 0 || strcmp(row->estado, "en_agua") == 0;
}

/* registro, codigo, municipio, metodo, estado, distancia_m, parte, orden, zona_urbana */
static const struct row_kinds link_rows = {"vinculos", "nTTttRrnf"};
static const struct row_kinds main_rows = {"vinculos", "nT"};
static const struct row_kinds id_rows = {"vinculos", "n"};
static const struct row_kinds lost_rows = {"vinculos_perdidos", "tt"};

/* Rows read in the order of the table's key. One that does not follow the row before it
 * shows a damaged tree, in which a search would miss rows. */
struct key_order {
    int64_t last; /* record; 0: no row yet */
    bool broken;
};

static bool follows(struct key_order *order, int64_t record)
{
    order->broken = record <= order->last;
    order->last = record;
    return !order->broken;
}

static bool in_order(const struct key_order *order, struct err *err)
{
    return !order->broken ||
           err_set(err, ERR_DEPENDENCY,
                   "vinculos, registro %lld: los registros no están en orden: la base está dañada; "
                   "vuelva a una copia con «sigg restore COPIA»",
                   (long long)order->last);
}

struct link_reader {
    geo_link_row_fn *fn;
    void *arg;
    const char *layer;
    struct key_order *order; /* NULL: rows do not come in the order of the key */
    bool stopped;
};

static bool read_link(void *arg, sqlite3_stmt *statement)
{
    struct link_reader *reader = arg;
    struct geo_link_row row = {
        .layer = reader->layer,
        .record = sqlite3_column_int64(statement, 0),
        .codigo = text_or_null(statement, 1),
        .municipio = text_or_null(statement, 2),
        .metodo = store_text(statement, 3),
        .estado = store_text(statement, 4),
        .distancia_m = real_or_nan(statement, 5),
        .parte = sqlite3_column_double(statement, 6),
        .principal = sqlite3_column_int(statement, 7) == 0,
        .urbana = sqlite3_column_int(statement, 8) != 0,
    };
    if (reader->order && !follows(reader->order, row.record))
        return false;
    reader->stopped = !reader->fn(reader->arg, &row);
    return !reader->stopped;
}

bool geo_store_links(struct geo_store *store, const char *layer, const char *edition,
                     geo_link_row_fn *fn, void *arg, struct err *err)
{
    for (const struct geo_table *table = geo_tables; table->name; table++) {
        if (!table->linked || (layer && strcmp(layer, table->name) != 0))
            continue;
        char sql[512];
        sqlite3_snprintf(sizeof sql, sql,
                         "SELECT v.registro, r.codigo, v.municipio, v.metodo, v.estado,"
                         " v.distancia_m, v.parte, v.orden, v.zona_urbana"
                         " FROM \"%w\" AS r JOIN vinculos AS v"
                         " ON v.capa = ?1 AND v.registro = r.id AND v.edicion = ?2"
                         " ORDER BY r.codigo, v.orden",
                         table->name);
        sqlite3_stmt *statement = store_prepare(store, sql, err);
        if (!statement)
            return false;
        bind_text(statement, 1, table->name);
        bind_text(statement, 2, edition);
        struct link_reader reader = {.fn = fn, .arg = arg, .layer = table->name};
        if (!each_row(store, statement, link_rows, read_link, &reader, err))
            return false;
        if (reader.stopped)
            break;
    }
    return true;
}

bool geo_store_links_main(struct geo_store *store, const char *layer, const char *edition,
                          const struct geo_ids *only, geo_link_row_fn *fn, void *arg,
                          struct err *err)
{
    struct buf sql;
    buf_init(&sql);
    buf_puts(&sql, "SELECT registro, NULL, municipio, metodo, estado, distancia_m, parte, orden,"
                   " zona_urbana FROM vinculos WHERE capa = ?1 AND edicion = ?2 AND orden = 0");
    store_put_ids(&sql, "registro", only);
    buf_puts(&sql, " ORDER BY registro");
    sqlite3_stmt *statement = buf_failed(&sql) ? NULL : store_prepare(store, sql.data, err);
    bool memory = buf_failed(&sql);
    buf_free(&sql);
    if (!statement)
        return memory ? err_no_memory(err) : false;
    bind_text(statement, 1, layer);
    bind_text(statement, 2, edition);
    struct key_order order = {0};
    struct link_reader reader = {.fn = fn, .arg = arg, .layer = layer, .order = &order};
    return each_row(store, statement, link_rows, read_link, &reader, err) && in_order(&order, err);
}

struct main_reader {
    geo_link_unit_fn *fn;
    void *arg;
    struct key_order order;
};

static bool read_main(void *arg, sqlite3_stmt *statement)
{
    struct main_reader *reader = arg;
    int64_t record = sqlite3_column_int64(statement, 0);
    return follows(&reader->order, record) &&
           reader->fn(reader->arg, record, text_or_null(statement, 1));
}

bool geo_store_links_units(struct geo_store *store, const char *layer, const char *edition,
                           geo_link_unit_fn *fn, void *arg, struct err *err)
{
    sqlite3_stmt *statement =
        store_prepare(store,
                      "SELECT registro, municipio FROM vinculos"
                      " WHERE capa = ?1 AND edicion = ?2 AND orden = 0 ORDER BY registro",
                      err);
    if (!statement)
        return false;
    bind_text(statement, 1, layer);
    bind_text(statement, 2, edition);
    struct main_reader reader = {.fn = fn, .arg = arg};
    return each_row(store, statement, main_rows, read_main, &reader, err) &&
           in_order(&reader.order, err);
}

struct id_list {
    int64_t *ids;
    size_t n, cap;
    bool failed;
};

static bool read_id(void *arg, sqlite3_stmt *statement)
{
    struct id_list *list = arg;
    if (!array_reserve(list->ids, list->cap, list->n + 1)) {
        list->failed = true;
        return false;
    }
    list->ids[list->n++] = sqlite3_column_int64(statement, 0);
    return true;
}

bool geo_store_links_members(struct geo_store *store, const char *layer, const char *edition,
                             const char *municipio, bool parts, int64_t **ids, size_t *n_ids,
                             struct err *err)
{
    sqlite3_stmt *statement = store_prepare(
        store,
        municipio ? "SELECT DISTINCT registro FROM vinculos WHERE edicion = ?1 AND"
                    " municipio = ?3 AND capa = ?2 AND (?4 OR orden = 0) ORDER BY registro"
                  : "SELECT registro FROM vinculos WHERE edicion = ?1 AND municipio IS NULL"
                    " AND capa = ?2 AND (?4 OR orden = 0)"
                    " UNION SELECT registro FROM vinculos WHERE ?4 AND edicion = ?1 AND"
                    " capa = ?2 AND estado IN ('fuera', 'en_agua') ORDER BY registro",
        err);
    if (!statement)
        return false;
    bind_text(statement, 1, edition);
    bind_text(statement, 2, layer);
    if (municipio)
        bind_text(statement, 3, municipio);
    sqlite3_bind_int(statement, 4, parts);
    struct id_list list = {0};
    bool ok = each_row(store, statement, id_rows, read_id, &list, err);
    if (ok && list.failed)
        ok = err_no_memory(err);
    if (!ok) {
        free(list.ids);
        return false;
    }
    *ids = list.ids;
    *n_ids = list.n;
    return true;
}

struct geo_link_book {
    struct geo_store *store;
    const char *layer, *edition;
    sqlite3_stmt *read, *drop, *insert;
};

struct geo_link_book *geo_link_book_open(struct geo_store *store, const char *layer,
                                         const char *edition, struct err *err)
{
    struct geo_link_book *book = calloc(1, sizeof *book);
    if (!book) {
        err_no_memory(err);
        return NULL;
    }
    *book = (struct geo_link_book){.store = store, .layer = layer, .edition = edition};
    book->read = store_prepare(store,
                               "SELECT registro, NULL, municipio, metodo, estado, distancia_m,"
                               " parte, orden, zona_urbana FROM vinculos"
                               " WHERE capa = ?1 AND registro = ?2 AND edicion = ?3 ORDER BY orden",
                               err);
    if (book->read)
        book->drop = store_prepare(
            store, "DELETE FROM vinculos WHERE capa = ?1 AND registro = ?2 AND edicion = ?3", err);
    if (book->drop)
        book->insert =
            store_prepare(store,
                          "INSERT INTO vinculos (capa, registro, edicion, orden, municipio, metodo,"
                          " estado, distancia_m, parte, zona_urbana)"
                          " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                          err);
    if (book->insert)
        return book;
    geo_link_book_close(book);
    return NULL;
}

void geo_link_book_close(struct geo_link_book *book)
{
    if (!book)
        return;
    sqlite3_finalize(book->insert);
    sqlite3_finalize(book->drop);
    sqlite3_finalize(book->read);
    free(book);
}

static void bind_record(const struct geo_link_book *book, sqlite3_stmt *statement, int64_t record)
{
    bind_text(statement, 1, book->layer);
    sqlite3_bind_int64(statement, 2, record);
    bind_text(statement, 3, book->edition);
}

bool geo_link_book_read(struct geo_link_book *book, int64_t record, geo_link_row_fn *fn, void *arg,
                        struct err *err)
{
    struct link_reader reader = {.fn = fn, .arg = arg, .layer = book->layer};
    bind_record(book, book->read, record);
    bool ok = step_rows(book->store, book->read, link_rows, read_link, &reader, err);
    sqlite3_reset(book->read);
    return ok;
}

bool geo_link_book_put(struct geo_link_book *book, int64_t record, const struct geo_link_row *rows,
                       size_t n_rows, struct err *err)
{
    geo_store_note(book->store, book->layer, record);
    bind_record(book, book->drop, record);
    bool ok = store_run(book->store, book->drop, "guardar los resultados", err);
    for (size_t i = 0; i < n_rows && ok; i++) {
        bind_record(book, book->insert, record);
        sqlite3_bind_int64(book->insert, 4, (int64_t)i);
        bind_text(book->insert, 5, rows[i].municipio);
        bind_text(book->insert, 6, rows[i].metodo);
        bind_text(book->insert, 7, rows[i].estado);
        bind_real(book->insert, 8, rows[i].distancia_m);
        sqlite3_bind_double(book->insert, 9, rows[i].parte);
        sqlite3_bind_int(book->insert, 10, rows[i].urbana);
        ok = store_run(book->store, book->insert, "guardar los resultados", err);
    }
    return ok;
}

struct lost_reader {
    geo_lost_fn *fn;
    void *arg;
};

static bool read_lost(void *arg, sqlite3_stmt *statement)
{
    struct lost_reader *reader = arg;
    const char *municipio = store_text(statement, 1);
    return reader->fn(reader->arg, store_text(statement, 0), municipio[0] ? municipio : NULL);
}

bool geo_store_lost(struct geo_store *store, const char *edition, geo_lost_fn *fn, void *arg,
                    struct err *err)
{
    sqlite3_stmt *statement = store_prepare(
        store, "SELECT capa, municipio FROM vinculos_perdidos WHERE edicion = ?1", err);
    if (!statement)
        return false;
    bind_text(statement, 1, edition);
    struct lost_reader reader = {fn, arg};
    return each_row(store, statement, lost_rows, read_lost, &reader, err);
}

bool geo_store_lost_forget(struct geo_store *store, const char *edition, struct err *err)
{
    sqlite3_stmt *statement =
        store_prepare(store, "DELETE FROM vinculos_perdidos WHERE edicion = ?1", err);
    if (!statement)
        return false;
    bind_text(statement, 1, edition);
    return run_once(store, statement, err);
}

/* store_links.c - reads and writes the table `vinculos`. */
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/store/results.h"
#include "geo/store/store_internal.h"

bool geo_link_row_elsewhere(const struct geo_link_row *row)
{
    return strcmp(row->estado, "fuera") == 0 || strcmp(row->estado, "en_agua") == 0;
}

/* registro, codigo, municipio, metodo, estado, distancia_m, parte, orden, zona_urbana */
#define LINK_KINDS "nTTttRrnf"

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

static bool read_link(void *arg, const struct db_query *query)
{
    struct link_reader *reader = arg;
    struct geo_link_row row = {
        .layer = reader->layer,
        .record = db_int(query, 0),
        .codigo = db_text(query, 1),
        .municipio = db_text(query, 2),
        .metodo = db_word(query, 3),
        .estado = db_word(query, 4),
        .distancia_m = db_real(query, 5),
        .parte = db_real(query, 6),
        .principal = db_int(query, 7) == 0,
        .urbana = db_int(query, 8) != 0,
    };
    if (reader->order && !follows(reader->order, row.record))
        return false;
    reader->stopped = !reader->fn(reader->arg, &row);
    return !reader->stopped;
}

/* The links of one table's records. */
static bool read_table(struct geo_store *store, const char *edition, struct link_reader *reader,
                       struct err *err)
{
    struct buf sql;
    buf_init(&sql);
    buf_printf(&sql,
               "SELECT v.registro, r.codigo, v.municipio, v.metodo, v.estado, v.distancia_m,"
               " v.parte, v.orden, v.zona_urbana FROM \"%s\" AS r JOIN vinculos AS v"
               " ON v.capa = ?1 AND v.registro = r.id AND v.edicion = ?2"
               " ORDER BY r.codigo, v.orden",
               reader->layer);
    struct db_query *query = store_prepare_buf(
        store, &sql,
        (struct db_sql){.doing = STORE_READING, .table = "vinculos", .kinds = LINK_KINDS}, err);
    if (!query)
        return false;
    db_bind_text(query, 1, reader->layer);
    db_bind_text(query, 2, edition);
    return store_each_row(query, read_link, reader, err);
}

bool geo_store_links(struct geo_store *store, const char *layer, const char *edition,
                     geo_link_row_fn *fn, void *arg, struct err *err)
{
    struct link_reader reader = {.fn = fn, .arg = arg};
    for (const struct geo_table *table = geo_tables; table->name && !reader.stopped; table++) {
        if (!table->linked || (layer && strcmp(layer, table->name) != 0))
            continue;
        reader.layer = table->name;
        if (!read_table(store, edition, &reader, err))
            return false;
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
    struct db_query *query = store_prepare_buf(
        store, &sql,
        (struct db_sql){.doing = STORE_READING, .table = "vinculos", .kinds = LINK_KINDS}, err);
    if (!query)
        return false;
    db_bind_text(query, 1, layer);
    db_bind_text(query, 2, edition);
    struct key_order order = {0};
    struct link_reader reader = {.fn = fn, .arg = arg, .layer = layer, .order = &order};
    return store_each_row(query, read_link, &reader, err) && in_order(&order, err);
}

struct main_reader {
    geo_link_unit_fn *fn;
    void *arg;
    struct key_order order;
};

static bool read_main(void *arg, const struct db_query *query)
{
    struct main_reader *reader = arg;
    int64_t record = db_int(query, 0);
    return follows(&reader->order, record) && reader->fn(reader->arg, record, db_text(query, 1));
}

bool geo_store_links_units(struct geo_store *store, const char *layer, const char *edition,
                           geo_link_unit_fn *fn, void *arg, struct err *err)
{
    static const struct db_sql sql = {
        .doing = STORE_READING,
        .table = "vinculos",
        .kinds = "nT",
        .sql = "SELECT registro, municipio FROM vinculos"
               " WHERE capa = ?1 AND edicion = ?2 AND orden = 0 ORDER BY registro"};
    struct db_query *query = db_prepare(store->db, &sql, err);
    if (!query)
        return false;
    db_bind_text(query, 1, layer);
    db_bind_text(query, 2, edition);
    struct main_reader reader = {.fn = fn, .arg = arg};
    return store_each_row(query, read_main, &reader, err) && in_order(&reader.order, err);
}

struct id_list {
    int64_t *ids;
    size_t n, cap;
    bool failed;
};

static bool read_id(void *arg, const struct db_query *query)
{
    struct id_list *list = arg;
    if (!array_reserve(list->ids, list->cap, list->n + 1)) {
        list->failed = true;
        return false;
    }
    list->ids[list->n++] = db_int(query, 0);
    return true;
}

bool geo_store_links_members(struct geo_store *store, const char *layer, const char *edition,
                             const char *municipio, bool parts, int64_t **ids, size_t *n_ids,
                             struct err *err)
{
    static const struct db_sql of_one = {
        .doing = STORE_READING,
        .table = "vinculos",
        .kinds = "n",
        .sql = "SELECT DISTINCT registro FROM vinculos WHERE edicion = ?1 AND municipio = ?4"
               " AND capa = ?2 AND (?3 = 1 OR orden = 0) ORDER BY registro"};
    static const struct db_sql of_none = {
        .doing = STORE_READING,
        .table = "vinculos",
        .kinds = "n",
        .sql = "SELECT registro FROM vinculos WHERE edicion = ?1 AND municipio IS NULL"
               " AND capa = ?2 AND (?3 = 1 OR orden = 0)"
               " UNION SELECT registro FROM vinculos WHERE ?3 = 1 AND edicion = ?1 AND"
               " capa = ?2 AND estado IN ('fuera', 'en_agua') ORDER BY registro"};
    struct db_query *query = db_prepare(store->db, municipio ? &of_one : &of_none, err);
    if (!query)
        return false;
    db_bind_text(query, 1, edition);
    db_bind_text(query, 2, layer);
    db_bind_int(query, 3, parts);
    if (municipio)
        db_bind_text(query, 4, municipio);
    struct id_list list = {0};
    bool ok = store_each_row(query, read_id, &list, err);
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
    int64_t last; /* the last record with links; those after it have none to read or remove */
    struct db_query *read, *drop, *insert;
    struct db_query *pass; /* the links after those read last; NULL: each record is searched */
    bool at_row;           /* the pass stands on a row */
    bool trusted;          /* db_trust_keys() */
};

static bool read_last(struct geo_link_book *book, struct err *err)
{
    static const struct db_sql sql = {
        .doing = STORE_READING,
        .table = "vinculos",
        .kinds = "n",
        .sql = "SELECT registro FROM vinculos WHERE capa = ?1 AND edicion = ?2"
               " ORDER BY registro DESC LIMIT 1"};
    struct db_query *query = db_prepare(book->store->db, &sql, err);
    if (!query)
        return false;
    db_bind_text(query, 1, book->layer);
    db_bind_text(query, 2, book->edition);
    enum db_step step = db_next(query, err);
    if (step == DB_ROW)
        book->last = db_int(query, 0);
    db_free(query);
    return step != DB_FAILED;
}

struct geo_link_book *geo_link_book_open(struct geo_store *store, const char *layer,
                                         const char *edition, struct err *err)
{
    static const struct db_sql read = {
        .doing = STORE_READING,
        .table = "vinculos",
        .kinds = LINK_KINDS,
        .sql = "SELECT registro, NULL, municipio, metodo, estado, distancia_m, parte, orden,"
               " zona_urbana FROM vinculos"
               " WHERE capa = ?1 AND registro = ?2 AND edicion = ?3 ORDER BY orden"};
    static const struct db_sql drop = {
        .doing = STORE_KEEPING,
        .sql = "DELETE FROM vinculos WHERE capa = ?1 AND registro = ?2 AND edicion = ?3"};
    static const struct db_sql insert = {
        .doing = STORE_KEEPING,
        .sql = "INSERT INTO vinculos (capa, registro, edicion, orden, municipio, metodo, estado,"
               " distancia_m, parte, zona_urbana)"
               " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"};
    struct geo_link_book *book = calloc(1, sizeof *book);
    if (!book) {
        err_no_memory(err);
        return NULL;
    }
    *book = (struct geo_link_book){.store = store, .layer = layer, .edition = edition};
    if (read_last(book, err) && (book->read = db_prepare(store->db, &read, err)) &&
        (book->drop = db_prepare(store->db, &drop, err)) &&
        (book->insert = db_prepare(store->db, &insert, err)))
        return book;
    geo_link_book_close(book);
    return NULL;
}

void geo_link_book_close(struct geo_link_book *book)
{
    if (!book)
        return;
    db_free(book->pass);
    if (book->trusted)
        db_trust_keys(book->store->db, false);
    db_free(book->insert);
    db_free(book->drop);
    db_free(book->read);
    free(book);
}

bool geo_link_book_in_order(struct geo_link_book *book, struct err *err)
{
    static const struct db_sql sql = {
        .doing = STORE_READING,
        .table = "vinculos",
        .kinds = LINK_KINDS,
        .sql = "SELECT registro, NULL, municipio, metodo, estado, distancia_m, parte, orden,"
               " zona_urbana FROM vinculos WHERE capa = ?1 AND edicion = ?2 AND registro <= ?3"
               " ORDER BY registro, orden"};
    /* The edition of the links was loaded in this transaction, with its municipalities. */
    db_trust_keys(book->store->db, true);
    book->trusted = true;
    if (book->last == 0)
        return true;
    if (!(book->pass = db_prepare(book->store->db, &sql, err)))
        return false;
    db_bind_text(book->pass, 1, book->layer);
    db_bind_text(book->pass, 2, book->edition);
    db_bind_int(book->pass, 3, book->last);
    enum db_step step = db_next(book->pass, err);
    book->at_row = step == DB_ROW;
    return step != DB_FAILED;
}

static void bind_record(const struct geo_link_book *book, struct db_query *query, int64_t record)
{
    db_bind_text(query, 1, book->layer);
    db_bind_int(query, 2, record);
    db_bind_text(query, 3, book->edition);
}

/* Reads the record's links where the pass comes to them; *passed: it is beyond them, or may
 * be. Links of records up to this one only are written meanwhile, so the pass is not
 * disturbed. */
static bool read_pass(struct geo_link_book *book, int64_t record, struct link_reader *reader,
                      bool *passed, struct err *err)
{
    bool first = true;
    *passed = false;
    while (book->at_row) {
        int64_t at = db_int(book->pass, 0);
        if (at > record) {
            *passed = first;
            return true;
        }
        first = false;
        if (at == record && !reader->stopped)
            read_link(reader, book->pass);
        enum db_step step = db_next(book->pass, err);
        book->at_row = step == DB_ROW;
        if (step == DB_FAILED)
            return false;
    }
    *passed = first;
    return true;
}

bool geo_link_book_read(struct geo_link_book *book, int64_t record, geo_link_row_fn *fn, void *arg,
                        struct err *err)
{
    struct link_reader reader = {.fn = fn, .arg = arg, .layer = book->layer};
    if (record > book->last)
        return true;
    if (book->pass) {
        bool passed;
        if (!read_pass(book, record, &reader, &passed, err))
            return false;
        if (!passed)
            return true;
    }
    bind_record(book, book->read, record);
    bool ok = store_step_rows(book->read, read_link, &reader, err);
    db_reset(book->read);
    return ok;
}

bool geo_link_book_put(struct geo_link_book *book, int64_t record, const struct geo_link_row *rows,
                       size_t n_rows, struct err *err)
{
    bool ok = true;
    geo_store_note(book->store, book->layer, record);
    if (record <= book->last) {
        bind_record(book, book->drop, record);
        ok = db_run(book->drop, err);
    } else if (n_rows)
        book->last = record;
    for (size_t i = 0; i < n_rows && ok; i++) {
        bind_record(book, book->insert, record);
        db_bind_int(book->insert, 4, (int64_t)i);
        db_bind_text(book->insert, 5, rows[i].municipio);
        db_bind_text(book->insert, 6, rows[i].metodo);
        db_bind_text(book->insert, 7, rows[i].estado);
        db_bind_real(book->insert, 8, rows[i].distancia_m);
        db_bind_real(book->insert, 9, rows[i].parte);
        db_bind_int(book->insert, 10, rows[i].urbana);
        ok = db_run(book->insert, err);
    }
    return ok;
}

/* store_records.c - reads and writes records; the SQL is built from the schema. */
#include <stdlib.h>
#include <string.h>

#include "geo/base/buf.h"
#include "geo/store/store_follow.h"
#include "geo/store/store_internal.h"

/* "id, a, b, c[, geom]"; the geometry goes through store_cell_geometry(). */
static void put_columns(struct geo_store *store, struct buf *sql, const struct geo_table *table,
                        const bool *fields, bool geometry)
{
    buf_puts(sql, "id");
    for (size_t i = 0; i < table->n_fields; i++)
        if (!fields || fields[i])
            buf_printf(sql, ", \"%s\"", table->fields[i].name);
    if (geometry && table->geometry != GEO_NO_GEOMETRY) {
        buf_puts(sql, ", ");
        db_put_geometry_out(store->db, sql, "geom");
    }
}

void store_put_ids(struct buf *sql, const char *column, const struct geo_ids *ids)
{
    if (!ids)
        return;
    buf_printf(sql, " AND %s IN (", column);
    for (size_t i = 0; i < ids->n; i++)
        buf_printf(sql, "%s%lld", i ? "," : "", (long long)ids->ids[i]);
    buf_putc(sql, ')');
}

static bool asks_box(const struct geo_table *table, const struct geo_query *query)
{
    return query->box && table->geometry != GEO_NO_GEOMETRY;
}

/* Parameters are numbered in the order in which bind_query() binds them; returns how many
 * there are. */
static int put_where(struct geo_store *store, struct buf *sql, const struct geo_table *table,
                     const struct geo_query *query)
{
    int n = 0;
    buf_puts(sql, " WHERE 1 = 1");
    if (query->id)
        buf_printf(sql, " AND id = ?%d", ++n);
    store_put_ids(sql, "id", query->ids);
    if (query->after_id)
        buf_printf(sql, " AND id > ?%d", ++n);
    if (query->field)
        buf_printf(sql, " AND \"%s\" = ?%d", query->field, ++n);
    if (query->present)
        buf_printf(sql, " AND \"%s\" IS NOT NULL", query->present);
    if (asks_box(table, query)) {
        buf_puts(sql, " AND ");
        db_put_box(store->db, sql, table, n + 1);
        n += 4;
    }
    return n;
}

static void bind_query(struct db_query *select, const struct geo_table *table,
                       const struct geo_query *query)
{
    int n = 0;
    if (query->id)
        db_bind_int(select, ++n, query->id);
    if (query->after_id)
        db_bind_int(select, ++n, query->after_id);
    if (query->field)
        db_bind_text(select, ++n, query->equals);
    if (asks_box(table, query)) {
        const double box[] = {query->box->min_x, query->box->min_y, query->box->max_x,
                              query->box->max_y};
        for (int i = 0; i < 4; i++)
            db_bind_real(select, ++n, box[i]);
    }
}

/* Prepares the SQL text, and frees the buffer; NULL with *err. */
static struct db_query *prepare_query(struct geo_store *store, struct buf *sql, const char *doing,
                                      const struct geo_table *table, const struct geo_query *query,
                                      struct err *err)
{
    const char *const named[] = {query->field, query->present};
    for (size_t i = 0; i < 2; i++)
        if (named[i] && geo_table_field(table, named[i]) < 0) {
            err_set(err, ERR_INPUT, "%s no tiene la columna «%s»", table->name, named[i]);
            buf_free(sql);
            return NULL;
        }
    struct db_query *select = store_prepare_buf(store, sql, (struct db_sql){.doing = doing}, err);
    if (select)
        bind_query(select, table, query);
    return select;
}

/* Reads the current row. The record borrows from the query, from values and from wkb (NULL:
 * without geometry). fields: those that were asked for. */
static bool read_record(const struct db_query *query, const struct geo_table *table,
                        const bool *fields, struct geo_value *values, struct buf *wkb,
                        struct geo_record *record, struct err *err)
{
    *record = (struct geo_record){.id = db_int(query, 0), .values = values};
    int column = 1;
    for (size_t i = 0; i < table->n_fields; i++)
        if ((!fields || fields[i]) &&
            !store_cell(query, column++, table, &table->fields[i], record->id, &values[i], err))
            return false;
    if (!wkb)
        return true;
    if (!store_cell_geometry(query, column, table, record->id, wkb, err))
        return false;
    record->wkb = (const unsigned char *)wkb->data;
    record->wkb_len = wkb->len;
    return true;
}

bool geo_store_each(struct geo_store *store, const struct geo_table *table,
                    const struct geo_query *query, geo_record_fn *fn, void *arg, struct err *err)
{
    static const struct geo_query everything = {0};
    if (!query)
        query = &everything;
    bool geometry = table->geometry != GEO_NO_GEOMETRY && !query->no_geometry;
    enum db_step step = DB_FAILED;
    struct buf sql, wkb;
    buf_init(&sql);
    buf_init(&wkb);
    buf_puts(&sql, "SELECT ");
    put_columns(store, &sql, table, query->fields, geometry);
    buf_printf(&sql, " FROM \"%s\"", table->name);
    int limit = put_where(store, &sql, table, query) + 1;
    buf_puts(&sql, " ORDER BY id");
    if (query->limit)
        buf_printf(&sql, " LIMIT ?%d", limit);
    struct geo_value *values = calloc(table->n_fields, sizeof *values);
    struct db_query *select = prepare_query(store, &sql, "leer", table, query, err);
    if (!select)
        goto done;
    if (!values) {
        err_no_memory(err);
        goto done;
    }
    if (query->limit)
        db_bind_int(select, limit, query->limit);
    while ((step = db_next(select, err)) == DB_ROW) {
        struct geo_record record;
        if (!read_record(select, table, query->fields, values, geometry ? &wkb : NULL, &record,
                         err))
            goto done;
        if (!fn(arg, &record)) {
            step = DB_END;
            break;
        }
    }
    if (step == DB_FAILED)
        err_wrap(err, "%s", table->name);
done:
    db_free(select);
    free(values);
    buf_free(&wkb);
    return step == DB_END;
}

bool geo_store_count(struct geo_store *store, const struct geo_table *table,
                     const struct geo_query *query, int64_t *count, struct err *err)
{
    static const struct geo_query everything = {0};
    if (!query)
        query = &everything;
    struct buf sql;
    buf_init(&sql);
    buf_printf(&sql, "SELECT count(*) FROM \"%s\"", table->name);
    put_where(store, &sql, table, query);
    struct db_query *select = prepare_query(store, &sql, "contar", table, query, err);
    bool ok = select && db_next(select, err) == DB_ROW;
    if (ok)
        *count = db_int(select, 0);
    db_free(select);
    return ok;
}

/* Writing ------------------------------------------------------------------ */

static void put_find(struct geo_store *store, struct buf *sql, const struct geo_table *table)
{
    buf_puts(sql, "SELECT ");
    put_columns(store, sql, table, NULL, true);
    buf_printf(sql, " FROM \"%s\" WHERE", table->name);
    for (int k = 0; table->key[k]; k++) {
        /* A key may be NULL: bodies of water without a code. */
        const struct geo_field *field = &table->fields[geo_table_field(table, table->key[k])];
        buf_printf(sql, "%s \"%s\" %s ?%d", k ? " AND" : "", field->name,
                   field->flags & GEO_REQUIRED ? "=" : "IS NOT DISTINCT FROM", k + 1);
    }
}

static void put_insert(struct geo_store *store, struct buf *sql, const struct geo_table *table)
{
    int n = (int)table->n_fields;
    buf_printf(sql, "INSERT INTO \"%s\" (", table->name);
    for (int i = 0; i < n; i++)
        buf_printf(sql, "%s\"%s\"", i ? ", " : "", table->fields[i].name);
    buf_puts(sql, table->geometry == GEO_NO_GEOMETRY ? ") VALUES (" : ", geom) VALUES (");
    for (int i = 0; i < n; i++)
        buf_printf(sql, "%s?%d", i ? ", " : "", i + 1);
    if (table->geometry != GEO_NO_GEOMETRY) {
        buf_puts(sql, ", ");
        db_put_geometry_in(store->db, sql, n + 1);
    }
    buf_puts(sql, ") RETURNING id");
}

static void put_update(struct geo_store *store, struct buf *sql, const struct geo_table *table)
{
    int n = (int)table->n_fields;
    buf_printf(sql, "UPDATE \"%s\" SET ", table->name);
    for (int i = 0; i < n; i++)
        buf_printf(sql, "%s\"%s\" = ?%d", i ? ", " : "", table->fields[i].name, i + 1);
    if (table->geometry != GEO_NO_GEOMETRY) {
        buf_puts(sql, ", geom = ");
        db_put_geometry_in(store->db, sql, ++n);
    }
    buf_printf(sql, " WHERE id = ?%d", n + 1);
}

static void put_remove(struct geo_store *store, struct buf *sql, const struct geo_table *table)
{
    (void)store;
    buf_printf(sql, "DELETE FROM \"%s\" WHERE id = ?1", table->name);
}

/* Prepares the query at first use, and keeps it. */
static struct db_query *kept(struct geo_store *store, struct db_query **query,
                             void (*put_sql)(struct geo_store *store, struct buf *sql,
                                             const struct geo_table *table),
                             const char *doing, const struct geo_table *table, struct err *err)
{
    if (!*query) {
        struct buf sql;
        buf_init(&sql);
        put_sql(store, &sql, table);
        *query = store_prepare_buf(store, &sql, (struct db_sql){.doing = doing}, err);
    }
    return *query;
}

static bool same_value(struct geo_value a, struct geo_value b)
{
    if (a.kind != b.kind) {
        /* A REAL column returns 3 as 3.0. */
        return (a.kind == GEO_INT_VALUE && b.kind == GEO_REAL_VALUE &&
                (double)a.integer == b.real) ||
               (b.kind == GEO_INT_VALUE && a.kind == GEO_REAL_VALUE && (double)b.integer == a.real);
    }
    switch (a.kind) {
    case GEO_INT_VALUE:
        return a.integer == b.integer;
    case GEO_REAL_VALUE:
        return a.real == b.real;
    case GEO_TEXT_VALUE:
        return strcmp(a.text, b.text) == 0;
    default:
        return true;
    }
}

/* True if the found row equals the record. A row that cannot be read counts as different,
 * also when memory is short: writing the record repairs it. */
static bool same_record(const struct db_query *find, const struct geo_table *table,
                        const struct geo_record *record)
{
    int column = 1;
    for (size_t i = 0; i < table->n_fields; i++) {
        struct geo_value stored;
        if (!store_cell(find, column++, table, &table->fields[i], 0, &stored, NULL) ||
            !same_value(stored, record->values[i]))
            return false;
    }
    if (table->geometry == GEO_NO_GEOMETRY)
        return true;
    struct buf wkb;
    buf_init(&wkb);
    bool same = store_cell_geometry(find, column, table, 0, &wkb, NULL) &&
                wkb.len == record->wkb_len &&
                (wkb.len == 0 || memcmp(wkb.data, record->wkb, wkb.len) == 0);
    buf_free(&wkb);
    return same;
}

static void bind_value(struct db_query *query, int at, struct geo_value value)
{
    switch (value.kind) {
    case GEO_INT_VALUE:
        db_bind_int(query, at, value.integer);
        break;
    case GEO_REAL_VALUE:
        db_bind_real(query, at, value.real);
        break;
    case GEO_TEXT_VALUE:
        db_bind_text(query, at, value.text);
        break;
    default:
        db_bind_null(query, at);
    }
}

/* Returns how many parameters it bound. */
static int bind_record(struct db_query *query, const struct geo_table *table,
                       const struct geo_record *record)
{
    int n = (int)table->n_fields;
    for (int i = 0; i < n; i++)
        bind_value(query, i + 1, record->values[i]);
    if (table->geometry == GEO_NO_GEOMETRY)
        return n;
    db_bind_wkb(query, n + 1, record->wkb, record->wkb_len);
    return n + 1;
}

/* Finds the row with the record's key; NULL: *err. */
static struct db_query *step_to_key(struct geo_store *store, const struct geo_table *table,
                                    const struct geo_record *record, bool *there, struct err *err)
{
    struct store_statements *own = &store->tables[table - geo_tables];
    struct db_query *find = kept(store, &own->find, put_find, "buscar el registro", table, err);
    if (!find)
        return NULL;
    for (int k = 0; table->key[k]; k++)
        bind_value(find, k + 1, record->values[geo_table_field(table, table->key[k])]);
    enum db_step step = db_next(find, err);
    *there = step == DB_ROW;
    if (step != DB_FAILED)
        return find;
    db_reset(find);
    return NULL;
}

bool geo_store_find(struct geo_store *store, const struct geo_table *table,
                    const struct geo_record *key, geo_record_fn *fn, void *arg, struct err *err)
{
    bool there, ok = false;
    struct buf wkb;
    buf_init(&wkb);
    struct geo_value *values = calloc(table->n_fields, sizeof *values);
    if (!values)
        return err_no_memory(err);
    struct db_query *find = step_to_key(store, table, key, &there, err);
    if (find && there) {
        struct geo_record record;
        ok = read_record(find, table, NULL, values,
                         table->geometry != GEO_NO_GEOMETRY ? &wkb : NULL, &record, err);
        if (ok)
            fn(arg, &record);
    } else
        ok = find != NULL;
    if (find)
        db_reset(find);
    free(values);
    buf_free(&wkb);
    return ok || err_wrap(err, "%s", table->name);
}

static bool insert(struct geo_store *store, const struct geo_table *table,
                   const struct geo_record *record, int64_t *id, struct err *err)
{
    struct store_statements *own = &store->tables[table - geo_tables];
    struct db_query *insert =
        kept(store, &own->insert, put_insert, "escribir el registro", table, err);
    if (!insert)
        return false;
    bind_record(insert, table, record);
    bool ok = db_next(insert, err) == DB_ROW;
    if (ok)
        *id = db_int(insert, 0);
    db_reset(insert);
    return ok;
}

static bool update(struct geo_store *store, const struct geo_table *table,
                   const struct geo_record *record, int64_t row, struct err *err)
{
    struct store_statements *own = &store->tables[table - geo_tables];
    struct db_query *update =
        kept(store, &own->update, put_update, "escribir el registro", table, err);
    if (!update)
        return false;
    db_bind_int(update, bind_record(update, table, record) + 1, row);
    return db_run(update, err);
}

/* Writes the record, which is not there (row 0) or differs. */
static bool write_record(struct geo_store *store, const struct geo_table *table,
                         const struct geo_record *record, int64_t row, int64_t *id, struct err *err)
{
    int64_t written = row;
    if (row ? !update(store, table, record, row, err)
            : !insert(store, table, record, &written, err))
        return false;
    if (!store_follow_put(store, table, written, record, !row, err))
        return false;
    geo_store_note(store, table->name, written);
    *id = written;
    return true;
}

bool geo_store_put(struct geo_store *store, const struct geo_table *table,
                   const struct geo_record *given, enum geo_put *what, int64_t *id, struct err *err)
{
    struct geo_record record = *given;
    struct buf multi;
    bool ok = false, there = false;
    buf_init(&multi);
    struct db_query *find = NULL;
    /* A polygon for a column of multipolygons becomes one of one. */
    bool promote = table->geometry == GEO_MULTIPOLYGON && store_wkb_kind(&record) == 3;
    if ((promote && !store_make_multi(&record, &multi, err)) ||
        !(find = step_to_key(store, table, &record, &there, err)))
        goto done;
    int64_t row = there ? db_int(find, 0) : 0;
    if (there && same_record(find, table, &record)) {
        *what = GEO_PUT_UNCHANGED;
        *id = row;
        ok = true;
        goto done;
    }
    ok = write_record(store, table, &record, row, id, err);
    if (ok)
        *what = there ? GEO_PUT_UPDATED : GEO_PUT_NEW;
done:
    if (find)
        db_reset(find);
    buf_free(&multi);
    if (!ok)
        err_wrap(err, "%s", table->name);
    return ok;
}

bool geo_store_remove(struct geo_store *store, const struct geo_table *table, int64_t id,
                      struct err *err)
{
    struct store_statements *own = &store->tables[table - geo_tables];
    struct db_query *remove =
        kept(store, &own->remove, put_remove, "borrar el registro", table, err);
    if (!remove)
        return false;
    db_bind_int(remove, 1, id);
    if (!db_run(remove, err))
        return err_wrap(err, "%s", table->name);
    if (db_changes(store->db) == 0)
        return err_set(err, ERR_NOT_FOUND, "%s: no hay un registro %lld", table->name,
                       (long long)id);
    if (!store_follow_removed(store, table, id, err))
        return err_wrap(err, "%s", table->name);
    geo_store_note(store, table->name, id);
    return true;
}

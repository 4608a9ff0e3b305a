/* store_records.c - reads records; the SQL is built from the schema. */
#include <stdlib.h>

#include "geo/base/buf.h"
#include "geo/store/store_internal.h"

void store_put_columns(struct geo_store *store, struct buf *sql, const struct geo_table *table,
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

bool store_read_record(const struct db_query *query, const struct geo_table *table,
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
    if (query->box && !store_will_search(store, table, err))
        return false;
    bool geometry = table->geometry != GEO_NO_GEOMETRY && !query->no_geometry;
    enum db_step step = DB_FAILED;
    struct buf sql, wkb;
    buf_init(&sql);
    buf_init(&wkb);
    buf_puts(&sql, "SELECT ");
    store_put_columns(store, &sql, table, query->fields, geometry);
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
        if (!store_read_record(select, table, query->fields, values, geometry ? &wkb : NULL,
                               &record, err))
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

/* The query of geo_store_at(), prepared at first use. */
static struct db_query *at_query(struct geo_store *store, const struct geo_table *table,
                                 struct err *err)
{
    struct db_query **query = &store->tables[table - geo_tables].at;
    struct buf sql;
    if (!*query) {
        buf_init(&sql);
        buf_puts(&sql, "SELECT id, ");
        db_put_geometry_out(store->db, &sql, "geom");
        buf_printf(&sql, " FROM \"%s\" WHERE ", table->name);
        db_put_box(store->db, &sql, table, 1);
        *query = store_prepare_buf(store, &sql, (struct db_sql){.doing = "leer"}, err);
    }
    return *query;
}

bool geo_store_at(struct geo_store *store, const struct geo_table *table, double lon_deg,
                  double lat_deg, geo_record_fn *fn, void *arg, struct err *err)
{
    enum db_step step = DB_FAILED;
    struct db_query *query =
        store_will_search(store, table, err) ? at_query(store, table, err) : NULL;
    struct geo_value *values = calloc(table->n_fields, sizeof *values);
    struct buf wkb;
    buf_init(&wkb);
    if (query && !values)
        err_no_memory(err);
    for (int i = 1; query && i <= 4; i++)
        db_bind_real(query, i, i % 2 ? lon_deg : lat_deg);
    while (query && values && (step = db_next(query, err)) == DB_ROW) {
        struct geo_record record = {.id = db_int(query, 0), .values = values};
        if (!store_cell_geometry(query, 1, table, record.id, &wkb, err)) {
            step = DB_FAILED;
            break;
        }
        record.wkb = (const unsigned char *)wkb.data;
        record.wkb_len = wkb.len;
        if (!fn(arg, &record)) {
            step = DB_END;
            break;
        }
    }
    if (query)
        db_reset(query);
    free(values);
    buf_free(&wkb);
    return step == DB_END || err_wrap(err, "%s", table->name);
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

/* store_records.c - reads and writes records; the SQL is built from the schema. */
#include <stdlib.h>
#include <string.h>

#include "geo/base/buf.h"
#include "geo/store/store_internal.h"

/* "id, a, b, c[, geom]"; the geometry goes through store_wkb(). */
static void put_columns(struct buf *sql, const struct geo_table *table, const bool *fields,
                        bool geometry)
{
    buf_puts(sql, "id");
    for (size_t i = 0; i < table->n_fields; i++)
        if (!fields || fields[i])
            buf_printf(sql, ", \"%s\"", table->fields[i].name);
    if (geometry && table->geometry != GEO_NO_GEOMETRY)
        buf_puts(sql, ", geom");
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

static void put_where(struct buf *sql, const struct geo_table *table, const struct geo_query *query)
{
    buf_puts(sql, " WHERE 1");
    if (query->id)
        buf_puts(sql, " AND id = :id");
    store_put_ids(sql, "id", query->ids);
    if (query->after_id)
        buf_puts(sql, " AND id > :after");
    if (query->field)
        buf_printf(sql, " AND \"%s\" = :equals", query->field);
    if (query->present)
        buf_printf(sql, " AND \"%s\" IS NOT NULL", query->present);
    /* The R*Tree has 32-bit floats, rounded outward; the second test is exact. */
    if (query->box && table->geometry != GEO_NO_GEOMETRY)
        buf_printf(sql,
                   " AND id IN (SELECT pkid FROM idx_%s_geom WHERE xmin <= :maxx AND xmax >= :minx"
                   " AND ymin <= :maxy AND ymax >= :miny)"
                   " AND MbrMinX(geom) <= :maxx AND MbrMaxX(geom) >= :minx"
                   " AND MbrMinY(geom) <= :maxy AND MbrMaxY(geom) >= :miny",
                   table->name);
}

static void bind_real(sqlite3_stmt *statement, const char *name, double value)
{
    int index = sqlite3_bind_parameter_index(statement, name);
    if (index)
        sqlite3_bind_double(statement, index, value);
}

static void bind_int(sqlite3_stmt *statement, const char *name, int64_t value)
{
    int index = sqlite3_bind_parameter_index(statement, name);
    if (index)
        sqlite3_bind_int64(statement, index, value);
}

static void bind_query(sqlite3_stmt *statement, const struct geo_query *query)
{
    bind_int(statement, ":id", query->id);
    bind_int(statement, ":after", query->after_id);
    bind_int(statement, ":limit", query->limit);
    if (query->field)
        sqlite3_bind_text(statement, sqlite3_bind_parameter_index(statement, ":equals"),
                          query->equals, -1, SQLITE_STATIC);
    if (query->box) {
        bind_real(statement, ":minx", query->box->min_x);
        bind_real(statement, ":miny", query->box->min_y);
        bind_real(statement, ":maxx", query->box->max_x);
        bind_real(statement, ":maxy", query->box->max_y);
    }
}

/* Prepares the SQL text, and frees the buffer; NULL with *err. */
static sqlite3_stmt *prepare_query(struct geo_store *store, struct buf *sql,
                                   const struct geo_table *table, const struct geo_query *query,
                                   struct err *err)
{
    const char *const named[] = {query->field, query->present};
    for (size_t i = 0; i < 2; i++)
        if (named[i] && geo_table_field(table, named[i]) < 0) {
            err_set(err, ERR_INPUT, "%s no tiene la columna «%s»", table->name, named[i]);
            return NULL;
        }
    if (buf_failed(sql)) {
        err_no_memory(err);
        return NULL;
    }
    sqlite3_stmt *statement = store_prepare(store, sql->data, err);
    if (statement)
        bind_query(statement, query);
    return statement;
}

/* Reads the statement's current row. The record borrows from the statement, from values
 * and from wkb (NULL: without geometry). fields: those that were asked for. */
static bool read_record(sqlite3_stmt *statement, const struct geo_table *table, const bool *fields,
                        struct geo_value *values, struct buf *wkb, struct geo_record *record,
                        struct err *err)
{
    *record = (struct geo_record){.id = sqlite3_column_int64(statement, 0), .values = values};
    int column = 1;
    for (size_t i = 0; i < table->n_fields; i++)
        if ((!fields || fields[i]) &&
            !store_cell(statement, column++, table, &table->fields[i], record->id, &values[i], err))
            return false;
    if (!wkb)
        return true;
    if (!store_cell_geometry(statement, column, table, record->id, wkb, err))
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
    bool ok = false;
    struct buf sql, wkb;
    buf_init(&sql);
    buf_init(&wkb);
    buf_puts(&sql, "SELECT ");
    put_columns(&sql, table, query->fields, geometry);
    buf_printf(&sql, " FROM \"%s\"", table->name);
    put_where(&sql, table, query);
    buf_puts(&sql, query->limit ? " ORDER BY id LIMIT :limit" : " ORDER BY id");
    struct geo_value *values = calloc(table->n_fields, sizeof *values);
    sqlite3_stmt *statement = prepare_query(store, &sql, table, query, err);
    if (!statement)
        goto done;
    if (!values) {
        err_no_memory(err);
        goto done;
    }
    int step;
    while ((step = sqlite3_step(statement)) == SQLITE_ROW) {
        struct geo_record record;
        if (!read_record(statement, table, query->fields, values, geometry ? &wkb : NULL, &record,
                         err))
            goto done;
        if (!fn(arg, &record)) {
            step = SQLITE_DONE;
            break;
        }
    }
    ok = step == SQLITE_DONE;
    if (!ok) {
        store_fail(store, err, "leer");
        err_wrap(err, "%s", table->name);
    }
done:
    sqlite3_finalize(statement);
    free(values);
    buf_free(&wkb);
    buf_free(&sql);
    return ok;
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
    put_where(&sql, table, query);
    sqlite3_stmt *statement = prepare_query(store, &sql, table, query, err);
    bool ok = statement && sqlite3_step(statement) == SQLITE_ROW;
    if (ok)
        *count = sqlite3_column_int64(statement, 0);
    else if (statement)
        store_fail(store, err, "contar");
    sqlite3_finalize(statement);
    buf_free(&sql);
    return ok;
}

/* Writing ------------------------------------------------------------------ */

static const char *geometry_value(const struct geo_table *table)
{
    return table->geometry == GEO_NO_GEOMETRY ? "" : ", GeomFromWKB(:geom, 4326)";
}

static void put_find(struct buf *sql, const struct geo_table *table)
{
    buf_puts(sql, "SELECT ");
    put_columns(sql, table, NULL, true);
    /* IS, since a key may be NULL (bodies of water without a code). */
    buf_printf(sql, " FROM \"%s\" WHERE", table->name);
    for (int k = 0; table->key[k]; k++)
        buf_printf(sql, "%s \"%s\" IS ?%d", k ? " AND" : "", table->key[k], k + 1);
}

static void put_insert(struct buf *sql, const struct geo_table *table)
{
    buf_printf(sql, "INSERT INTO \"%s\" (", table->name);
    for (size_t i = 0; i < table->n_fields; i++)
        buf_printf(sql, "%s\"%s\"", i ? ", " : "", table->fields[i].name);
    buf_puts(sql, table->geometry == GEO_NO_GEOMETRY ? ") VALUES (" : ", geom) VALUES (");
    for (size_t i = 0; i < table->n_fields; i++)
        buf_printf(sql, "%s?%zu", i ? ", " : "", i + 1);
    buf_printf(sql, "%s)", geometry_value(table));
}

static void put_update(struct buf *sql, const struct geo_table *table)
{
    buf_printf(sql, "UPDATE \"%s\" SET ", table->name);
    for (size_t i = 0; i < table->n_fields; i++)
        buf_printf(sql, "%s\"%s\" = ?%zu", i ? ", " : "", table->fields[i].name, i + 1);
    if (table->geometry != GEO_NO_GEOMETRY)
        buf_puts(sql, ", geom = GeomFromWKB(:geom, 4326)");
    buf_puts(sql, " WHERE id = :id");
}

static void put_remove(struct buf *sql, const struct geo_table *table)
{
    buf_printf(sql, "DELETE FROM \"%s\" WHERE id = :id", table->name);
}

/* Prepares the statement at first use, and keeps it. */
static sqlite3_stmt *kept(struct geo_store *store, sqlite3_stmt **statement,
                          void (*put_sql)(struct buf *sql, const struct geo_table *table),
                          const struct geo_table *table, struct err *err)
{
    if (!*statement) {
        struct buf sql;
        buf_init(&sql);
        put_sql(&sql, table);
        if (buf_failed(&sql))
            err_no_memory(err);
        else
            *statement = store_prepare(store, sql.data, err);
        buf_free(&sql);
    }
    return *statement;
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
static bool same_record(sqlite3_stmt *find, const struct geo_table *table,
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

static void bind_value(sqlite3_stmt *statement, int index, struct geo_value value)
{
    switch (value.kind) {
    case GEO_INT_VALUE:
        sqlite3_bind_int64(statement, index, value.integer);
        break;
    case GEO_REAL_VALUE:
        sqlite3_bind_double(statement, index, value.real);
        break;
    case GEO_TEXT_VALUE:
        sqlite3_bind_text(statement, index, value.text, -1, SQLITE_STATIC);
        break;
    default:
        sqlite3_bind_null(statement, index);
    }
}

static void bind_record(sqlite3_stmt *statement, const struct geo_table *table,
                        const struct geo_record *record)
{
    for (size_t i = 0; i < table->n_fields; i++)
        bind_value(statement, (int)i + 1, record->values[i]);
    int geometry = sqlite3_bind_parameter_index(statement, ":geom");
    if (!geometry)
        return;
    if (record->wkb_len)
        sqlite3_bind_blob(statement, geometry, record->wkb, (int)record->wkb_len, SQLITE_STATIC);
    else
        sqlite3_bind_null(statement, geometry);
}

/* A Polygon for a MULTIPOLYGON column becomes a MultiPolygon of one. */
static bool promote(const struct geo_table *table, struct geo_record *record,
                    unsigned char **promoted, struct err *err)
{
    static const unsigned char multi_of_one[] = {1, 6, 0, 0, 0, 1, 0, 0, 0};
    if (table->geometry != GEO_MULTIPOLYGON || record->wkb_len < 9 || record->wkb[0] != 1 ||
        record->wkb[1] != 3)
        return true;
    *promoted = malloc(sizeof multi_of_one + record->wkb_len);
    if (!*promoted)
        return err_no_memory(err);
    memcpy(*promoted, multi_of_one, sizeof multi_of_one);
    memcpy(*promoted + sizeof multi_of_one, record->wkb, record->wkb_len);
    record->wkb = *promoted;
    record->wkb_len += sizeof multi_of_one;
    return true;
}

/* Finds the row with the record's key; NULL: *err. */
static sqlite3_stmt *step_to_key(struct geo_store *store, const struct geo_table *table,
                                 const struct geo_record *record, bool *there, struct err *err)
{
    struct store_statements *own = &store->tables[table - geo_tables];
    sqlite3_stmt *find = kept(store, &own->find, put_find, table, err);
    if (!find)
        return NULL;
    for (int k = 0; table->key[k]; k++)
        bind_value(find, k + 1, record->values[geo_table_field(table, table->key[k])]);
    int step = sqlite3_step(find);
    *there = step == SQLITE_ROW;
    if (step == SQLITE_ROW || step == SQLITE_DONE)
        return find;
    store_fail(store, err, "buscar el registro");
    sqlite3_reset(find);
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
    sqlite3_stmt *find = step_to_key(store, table, key, &there, err);
    if (find && there) {
        struct geo_record record;
        ok = read_record(find, table, NULL, values,
                         table->geometry != GEO_NO_GEOMETRY ? &wkb : NULL, &record, err);
        if (ok)
            fn(arg, &record);
    } else
        ok = find != NULL;
    if (find)
        sqlite3_reset(find);
    free(values);
    buf_free(&wkb);
    return ok || err_wrap(err, "%s", table->name);
}

bool geo_store_put(struct geo_store *store, const struct geo_table *table,
                   const struct geo_record *given, enum geo_put *what, int64_t *id, struct err *err)
{
    struct store_statements *own = &store->tables[table - geo_tables];
    struct geo_record record = *given;
    unsigned char *promoted = NULL;
    bool ok = false;
    bool there = false;
    sqlite3_stmt *find = NULL;
    if (!promote(table, &record, &promoted, err) ||
        !(find = step_to_key(store, table, &record, &there, err)))
        goto done;
    int64_t row = there ? sqlite3_column_int64(find, 0) : 0;
    if (there && same_record(find, table, &record)) {
        *what = GEO_PUT_UNCHANGED;
        *id = row;
        ok = true;
        goto done;
    }
    sqlite3_stmt *write = there ? kept(store, &own->update, put_update, table, err)
                                : kept(store, &own->insert, put_insert, table, err);
    if (!write)
        goto done;
    bind_record(write, table, &record);
    bind_int(write, ":id", row);
    if (!store_run(store, write, "escribir el registro", err))
        goto done;
    *what = there ? GEO_PUT_UPDATED : GEO_PUT_NEW;
    *id = there ? row : sqlite3_last_insert_rowid(store->db);
    geo_store_note(store, table->name, *id);
    ok = true;
done:
    if (find)
        sqlite3_reset(find);
    free(promoted);
    if (!ok)
        err_wrap(err, "%s", table->name);
    return ok;
}

bool geo_store_remove(struct geo_store *store, const struct geo_table *table, int64_t id,
                      struct err *err)
{
    struct store_statements *own = &store->tables[table - geo_tables];
    sqlite3_stmt *statement = kept(store, &own->remove, put_remove, table, err);
    if (!statement)
        return false;
    bind_int(statement, ":id", id);
    if (!store_run(store, statement, "borrar el registro", err))
        return err_wrap(err, "%s", table->name);
    if (sqlite3_changes(store->db) == 0)
        return err_set(err, ERR_NOT_FOUND, "%s: no hay un registro %lld", table->name,
                       (long long)id);
    geo_store_note(store, table->name, id);
    return true;
}

/* store_put.c - finds, writes and removes a record by its key. */
#include <stdlib.h>
#include <string.h>

#include "geo/store/store_follow.h"
#include "geo/store/store_shapes.h"

static void put_find(struct geo_store *store, struct buf *sql, const struct geo_table *table)
{
    buf_puts(sql, "SELECT ");
    store_put_columns(store, sql, table, NULL, true);
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
    buf_putc(sql, ')');
    db_put_returning(store->db, sql);
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
        *query = store_prepare_buf(store, &sql,
                                   (struct db_sql){.doing = doing, .table = table->name}, err);
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
                geo_store_same_geometry((const unsigned char *)wkb.data, wkb.len, record->wkb,
                                        record->wkb_len);
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

static void put_key(struct buf *key, const struct geo_table *table, const struct geo_record *record)
{
    for (int k = 0; table->key[k]; k++) {
        const struct geo_value *value = &record->values[geo_table_field(table, table->key[k])];
        buf_putc(key, (char)('0' + value->kind));
        if (value->kind == GEO_TEXT_VALUE)
            buf_put(key, value->text, strlen(value->text) + 1);
        else if (value->kind == GEO_INT_VALUE)
            buf_put(key, (const char *)&value->integer, sizeof value->integer);
        else if (value->kind == GEO_REAL_VALUE)
            buf_put(key, (const char *)&value->real, sizeof value->real);
    }
}

static void forget_found(struct store_statements *own)
{
    if (own->key.len)
        db_reset(own->find);
    buf_clear(&own->key);
}

void store_forget_found(struct geo_store *store)
{
    for (int i = 0; i < GEO_TABLES_MAX; i++)
        forget_found(&store->tables[i]);
}

/* True if `find` stands where the record's key is searched; else it is noted as searched. */
static bool stands_there(struct store_statements *own, const struct geo_table *table,
                         const struct geo_record *record)
{
    size_t before = own->key.len;
    put_key(&own->key, table, record);
    size_t len = own->key.len - before;
    bool same = before && len == before && memcmp(own->key.data, own->key.data + before, len) == 0;
    if (same)
        own->key.len = before;
    else {
        forget_found(own);
        put_key(&own->key, table, record);
    }
    return same;
}

/* Finds the row with the record's key; NULL: *err. */
static struct db_query *step_to_key(struct geo_store *store, const struct geo_table *table,
                                    const struct geo_record *record, struct err *err)
{
    struct store_statements *own = &store->tables[table - geo_tables];
    struct db_query *find = kept(store, &own->find, put_find, "buscar el registro", table, err);
    if (!find || stands_there(own, table, record))
        return find;
    for (int k = 0; table->key[k]; k++)
        bind_value(find, k + 1, record->values[geo_table_field(table, table->key[k])]);
    enum db_step step = db_next(find, err);
    own->there = step == DB_ROW;
    if (step != DB_FAILED && (!buf_failed(&own->key) || err_no_memory(err)))
        return find;
    forget_found(own);
    db_reset(find);
    return NULL;
}

bool geo_store_find(struct geo_store *store, const struct geo_table *table,
                    const struct geo_record *key, geo_record_fn *fn, void *arg, struct err *err)
{
    bool ok = false;
    struct buf wkb;
    buf_init(&wkb);
    struct geo_value *values = calloc(table->n_fields, sizeof *values);
    if (!values)
        return err_no_memory(err);
    struct db_query *find = step_to_key(store, table, key, err);
    if (find && store->tables[table - geo_tables].there) {
        struct geo_record record;
        ok = store_read_record(find, table, NULL, values,
                               table->geometry != GEO_NO_GEOMETRY ? &wkb : NULL, &record, err);
        if (ok)
            fn(arg, &record);
    } else
        ok = find != NULL;
    if (!store->writes)
        forget_found(&store->tables[table - geo_tables]);
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
    return db_run_insert(insert, id, err);
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
    return db_run_change(update, row, err);
}

/* Writes the record, which is not there (row 0) or differs. */
static bool write_record(struct geo_store *store, const struct geo_table *table,
                         const struct geo_record *record, int64_t row, int64_t *id, struct err *err)
{
    int64_t written = row;
    if (!store_will_write(store, err))
        return false;
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
    bool ok = false;
    struct store_statements *own = &store->tables[table - geo_tables];
    buf_init(&multi);
    struct db_query *find = NULL;
    /* A polygon for a column of multipolygons becomes one of one. */
    bool promote = table->geometry == GEO_MULTIPOLYGON && store_wkb_kind(&record) == 3;
    if ((promote && !store_make_multi(&record, &multi, err)) ||
        !(find = step_to_key(store, table, &record, err)))
        goto done;
    bool there = own->there;
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
    forget_found(own);
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
    forget_found(own);
    db_bind_int(remove, 1, id);
    if (!db_run_change(remove, id, err))
        return err_wrap(err, "%s", table->name);
    if (db_changes(store->db) == 0)
        return err_set(err, ERR_NOT_FOUND, "%s: no hay un registro %lld", table->name,
                       (long long)id);
    if (!store_follow_removed(store, table, id, err))
        return err_wrap(err, "%s", table->name);
    geo_store_note(store, table->name, id);
    return true;
}

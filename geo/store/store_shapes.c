/* store_shapes.c - makes the shapes of works, and finds those that differ from their work. */
#include "geo/store/store_shapes.h"

#include <stdlib.h>
#include <string.h>

enum { POINT = 1, POLYGON = 3, MULTIPOLYGON = 6 };

const char *const store_shapes[STORE_SHAPES] = {"formas_puntos", "formas_lineas",
                                                "formas_poligonos"};

unsigned store_wkb_kind(const struct geo_record *record)
{
    uint32_t kind;
    if (record->wkb_len < 5 || record->wkb[0] != 1)
        return 0;
    memcpy(&kind, record->wkb + 1, sizeof kind); /* little endian, as the machine */
    return kind >= POINT && kind <= MULTIPOLYGON ? kind : 0;
}

unsigned store_shapes_of(unsigned kind)
{
    return (kind - POINT) % STORE_SHAPES;
}

bool store_make_multi(struct geo_record *record, struct buf *multi, struct err *err)
{
    unsigned kind = store_wkb_kind(record);
    if (kind < POINT || kind > POLYGON)
        return true;
    const unsigned char head[] = {
        1, (unsigned char)(kind - POINT + STORE_MULTIPOINT), 0, 0, 0, 1, 0, 0, 0};
    buf_put(multi, (const char *)head, sizeof head);
    buf_put(multi, (const char *)record->wkb, record->wkb_len);
    if (buf_failed(multi))
        return err_no_memory(err);
    record->wkb = (const unsigned char *)multi->data;
    record->wkb_len = multi->len;
    return true;
}

/* Stale shapes ------------------------------------------------------------- */

struct store_shapes_search {
    struct db_query *stored; /* kind of a multi-geometry, geometry: the shapes of a record */
    geo_record_fn *fn;
    void *arg;
    struct err *err;
    bool ok;
};

static struct db_query *prepare_stored(struct geo_store *store, struct err *err)
{
    struct buf sql;
    buf_init(&sql);
    for (unsigned shape = 0; shape < STORE_SHAPES; shape++) {
        buf_printf(&sql, "%sSELECT %u, ", shape ? " UNION ALL " : "", shape + STORE_MULTIPOINT);
        db_put_geometry_out(store->db, &sql, "geom");
        buf_printf(&sql, " FROM %s WHERE id = ?1", store_shapes[shape]);
    }
    return store_prepare_buf(store, &sql, (struct db_sql){.doing = STORE_READING}, err);
}

/* True if the stored shapes are those of the record: one, or none without a geometry. */
static bool same_shapes(struct store_shapes_search *search, const struct geo_record *wanted)
{
    size_t n = 0;
    bool same = true;
    enum db_step step;
    struct buf wkb;
    buf_init(&wkb);
    db_bind_int(search->stored, 1, wanted->id);
    for (; (step = db_next(search->stored, search->err)) == DB_ROW; n++)
        same = same && db_int(search->stored, 0) == (int64_t)store_wkb_kind(wanted) &&
               !db_wkb(search->stored, 1, &wkb) && wkb.len == wanted->wkb_len &&
               memcmp(wkb.data, wanted->wkb, wkb.len) == 0;
    db_reset(search->stored);
    buf_free(&wkb);
    search->ok = step != DB_FAILED;
    return same && n == (wanted->wkb_len ? 1 : 0);
}

static bool look_at(void *arg, const struct geo_record *record)
{
    struct store_shapes_search *search = arg;
    struct geo_record wanted = *record;
    struct buf multi;
    buf_init(&multi);
    search->ok = store_make_multi(&wanted, &multi, search->err);
    bool stale = search->ok && !same_shapes(search, &wanted) && search->ok;
    buf_free(&multi);
    return search->ok && (!stale || search->fn(search->arg, record));
}

bool store_shapes_each_stale(struct geo_store *store, geo_record_fn *fn, void *arg, struct err *err)
{
    const struct geo_table *works = geo_table_find("subproyectos");
    bool *fields = calloc(works->n_fields, sizeof *fields);
    const struct geo_query query = {.fields = fields};
    struct store_shapes_search search = {.fn = fn, .arg = arg, .err = err, .ok = true};
    if (!fields)
        return err_no_memory(err);
    fields[geo_table_field(works, "codigo")] = true;
    search.stored = prepare_stored(store, err);
    bool ok =
        search.stored && geo_store_each(store, works, &query, look_at, &search, err) && search.ok;
    db_free(search.stored);
    free(fields);
    return ok;
}

/* store_query.c - prepares and runs statements for the parts of the store. */
#include <string.h>

#include "geo/store/store_internal.h"

struct db_query *store_prepare_buf(struct geo_store *store, struct buf *text, struct db_sql sql,
                                   struct err *err)
{
    struct db_query *query = NULL;
    if (buf_failed(text))
        err_no_memory(err);
    else {
        sql.sql = text->data;
        query = db_prepare(store->db, &sql, err);
    }
    buf_free(text);
    return query;
}

bool store_run_with(struct geo_store *store, const struct db_sql *sql, const char *const *texts,
                    int n, struct err *err)
{
    struct db_query *query = db_prepare(store->db, sql, err);
    if (!query)
        return false;
    for (int i = 0; i < n; i++)
        db_bind_text(query, i + 1, texts[i]);
    bool ok = db_run(query, err);
    db_free(query);
    return ok;
}

bool store_step_rows(struct db_query *query, store_row_fn *fn, void *arg, struct err *err)
{
    enum db_step step;
    while ((step = db_next(query, err)) == DB_ROW)
        if (!fn(arg, query))
            return true;
    return step == DB_END;
}

bool store_each_row(struct db_query *query, store_row_fn *fn, void *arg, struct err *err)
{
    bool ok = store_step_rows(query, fn, arg, err);
    db_free(query);
    return ok;
}

void store_copy(char *to, size_t size, const char *from)
{
    size_t len = strlen(from);
    if (len >= size) {
        len = size - 1;
        while (len > 0 && ((unsigned char)from[len] & 0xC0) == 0x80)
            len--;
    }
    memcpy(to, from, len);
    to[len] = '\0';
}

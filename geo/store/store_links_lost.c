/* store_links_lost.c - the table `vinculos_perdidos`: municipalities that lost a record. */
#include "geo/store/results.h"
#include "geo/store/store_internal.h"

struct lost_reader {
    geo_lost_fn *fn;
    void *arg;
};

static bool read_lost(void *arg, const struct db_query *query)
{
    struct lost_reader *reader = arg;
    const char *municipio = db_word(query, 1);
    return reader->fn(reader->arg, db_word(query, 0), municipio[0] ? municipio : NULL);
}

bool geo_store_lost(struct geo_store *store, const char *edition, geo_lost_fn *fn, void *arg,
                    struct err *err)
{
    static const struct db_sql sql = {
        .doing = STORE_READING,
        .table = "vinculos_perdidos",
        .kinds = "tt",
        .sql = "SELECT capa, municipio FROM vinculos_perdidos WHERE edicion = ?1"};
    struct db_query *query = db_prepare(store->db, &sql, err);
    if (!query)
        return false;
    db_bind_text(query, 1, edition);
    struct lost_reader reader = {fn, arg};
    return store_each_row(query, read_lost, &reader, err);
}

bool geo_store_lost_forget(struct geo_store *store, const char *edition, struct err *err)
{
    static const struct db_sql sql = {.doing = STORE_KEEPING,
                                      .sql = "DELETE FROM vinculos_perdidos WHERE edicion = ?1"};
    return store_run_with(store, &sql, &edition, 1, err);
}

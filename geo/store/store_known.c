/* store_known.c - the table `fuentes_conocidas`. */
#include "geo/store/store_known.h"

#include <string.h>

#include "geo/base/parse.h"
#include "geo/store/store_internal.h"

bool store_known_read(struct geo_store *store, const struct store_known_key *key,
                      struct store_known *known, bool *found, struct err *err)
{
    static const struct db_sql sql = {.doing = "buscar la fuente",
                                      .table = "fuentes_conocidas",
                                      .kinds = "tt",
                                      .sql = "SELECT fecha, resumen FROM fuentes_conocidas"
                                             " WHERE huella = ?1 AND revision = ?2 AND marca = ?3"};
    int64_t revision, mark;
    *found = false;
    if (!geo_store_content(store, &revision, &mark, err))
        return false;
    struct db_query *query = db_prepare(store->db, &sql, err);
    if (!query)
        return false;
    db_bind_bytes(query, 1, key->bytes, sizeof key->bytes);
    db_bind_int(query, 2, revision);
    db_bind_int(query, 3, mark);
    enum db_step step = db_next(query, err);
    if (step == DB_ROW) {
        *found = true;
        store_copy(known->date, sizeof known->date, db_word(query, 0));
        store_copy(known->text, sizeof known->text, db_word(query, 1));
    }
    db_free(query);
    return step != DB_FAILED;
}

/* Those that another content left. */
static bool forget_others(struct geo_store *store, int64_t revision, int64_t mark, struct err *err)
{
    static const struct db_sql sql = {.doing = "olvidar fuentes",
                                      .sql = "DELETE FROM fuentes_conocidas"
                                             " WHERE revision <> ?1 OR marca <> ?2"};
    struct db_query *query = db_prepare(store->db, &sql, err);
    if (!query)
        return false;
    db_bind_int(query, 1, revision);
    db_bind_int(query, 2, mark);
    bool ok = db_run(query, err);
    db_free(query);
    return ok;
}

bool store_known_keep(struct geo_store *store, const struct store_known_key *key, const char *text,
                      struct err *err)
{
    static const struct db_sql sql = {
        .doing = "anotar la fuente",
        .sql = "INSERT INTO fuentes_conocidas (huella, revision, marca, fecha, resumen)"
               " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (huella) DO NOTHING"};
    int64_t revision, mark;
    char now[21];
    if (strlen(text) >= sizeof((struct store_known *)0)->text)
        return true;
    if (!geo_store_content(store, &revision, &mark, err) ||
        !forget_others(store, revision, mark, err))
        return false;
    struct db_query *query = db_prepare(store->db, &sql, err);
    if (!query)
        return false;
    date_now(now);
    db_bind_bytes(query, 1, key->bytes, sizeof key->bytes);
    db_bind_int(query, 2, revision);
    db_bind_int(query, 3, mark);
    db_bind_text(query, 4, now);
    db_bind_text(query, 5, text);
    bool ok = db_run(query, err);
    db_free(query);
    return ok;
}

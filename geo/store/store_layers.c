/* store_layers.c - revisions of layers, editions, aliases of names. */
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include "geo/store/store_internal.h"

/* Layers ------------------------------------------------------------------- */

bool geo_store_layer(struct geo_store *store, const char *layer, struct geo_layer_info *info,
                     struct err *err)
{
    static const struct db_sql sql = {
        .doing = "leer las capas",
        .table = "capas",
        .kinds = "nftdm",
        .sql = "SELECT revision, simulada, fuente, fecha_datos, marca FROM capas WHERE capa = ?1"};
    struct db_query *query = db_prepare(store->db, &sql, err);
    if (!query)
        return false;
    db_bind_text(query, 1, layer);
    enum db_step step = db_next(query, err);
    if (step != DB_FAILED)
        *info = (struct geo_layer_info){0};
    if (step == DB_ROW) {
        info->revision = db_int(query, 0);
        info->simulated = db_int(query, 1) != 0;
        store_copy(info->source, sizeof info->source, db_word(query, 2));
        store_copy(info->data_date, sizeof info->data_date, db_word(query, 3));
        info->mark = db_int(query, 4);
    }
    db_free(query);
    return step != DB_FAILED;
}

bool geo_store_touch(struct geo_store *store, const char *layer, const char *source, bool simulated,
                     const char *data_date, struct err *err)
{
    static const struct db_sql sql = {
        .doing = "anotar la revisión",
        .sql = "INSERT INTO capas (capa, revision, simulada, fuente, fecha_datos, marca)"
               " VALUES (?1, 1, ?3, coalesce(?2, ''), coalesce(?4, ''), ?5)"
               " ON CONFLICT (capa) DO UPDATE SET revision = capas.revision + 1,"
               " marca = excluded.marca,"
               " simulada = CASE WHEN ?2 IS NULL THEN capas.simulada ELSE excluded.simulada END,"
               " fuente = coalesce(?2, capas.fuente),"
               " fecha_datos = CASE WHEN ?2 IS NULL THEN capas.fecha_datos"
               " ELSE excluded.fecha_datos END"};
    uint32_t mark;
    if (getrandom(&mark, sizeof mark, 0) != sizeof mark)
        return err_set(err, ERR_SETUP, "el sistema no da números al azar");
    struct db_query *query = db_prepare(store->db, &sql, err);
    if (!query)
        return false;
    const struct geo_table *table = geo_table_find(layer);
    if (table)
        store->noted[table - geo_tables].touched = true;
    db_bind_text(query, 1, layer);
    db_bind_text(query, 2, source);
    db_bind_int(query, 3, simulated);
    db_bind_text(query, 4, data_date);
    db_bind_int(query, 5, mark);
    bool ok = db_run(query, err);
    db_free(query);
    return ok;
}

bool geo_store_content(struct geo_store *store, int64_t *revision, int64_t *mark, struct err *err)
{
    static const struct db_sql sql = {.doing = "leer la revisión",
                                      .sql = "SELECT CAST(coalesce(sum(revision), 0) AS BIGINT),"
                                             " CAST(coalesce(sum(marca), 0) AS BIGINT) FROM capas"};
    if (!store->content)
        store->content = db_prepare(store->db, &sql, err);
    if (!store->content)
        return false;
    bool ok = db_next(store->content, err) == DB_ROW;
    if (ok) {
        *revision = db_int(store->content, 0);
        *mark = db_int(store->content, 1);
    }
    db_reset(store->content); /* ends the read transaction */
    return ok;
}

bool geo_store_revision(struct geo_store *store, int64_t *revision, struct err *err)
{
    int64_t mark;
    return geo_store_content(store, revision, &mark, err);
}

/* Editions ----------------------------------------------------------------- */

#define EDITION_COLUMNS                                                             \
    "SELECT e.codigo, e.titulo, e.fuente, e.fecha_datos, e.esquematica, e.vigente," \
    " (SELECT count(*) FROM municipios AS m WHERE m.edicion = e.codigo) FROM ediciones AS e"
#define EDITION_KINDS "tttdffn"

static struct geo_edition_info read_edition(const struct db_query *query)
{
    struct geo_edition_info edition = {0};
    store_copy(edition.codigo, sizeof edition.codigo, db_word(query, 0));
    store_copy(edition.title, sizeof edition.title, db_word(query, 1));
    store_copy(edition.source, sizeof edition.source, db_word(query, 2));
    store_copy(edition.data_date, sizeof edition.data_date, db_word(query, 3));
    edition.schematic = db_int(query, 4) != 0;
    edition.current = db_int(query, 5) != 0;
    edition.units = db_int(query, 6);
    return edition;
}

bool geo_store_editions(struct geo_store *store, geo_edition_fn *fn, void *arg, struct err *err)
{
    static const struct db_sql sql = {.doing = "leer las ediciones",
                                      .table = "ediciones",
                                      .kinds = EDITION_KINDS,
                                      .sql = EDITION_COLUMNS " ORDER BY e.orden"};
    struct db_query *query = db_prepare(store->db, &sql, err);
    if (!query)
        return false;
    enum db_step step;
    while ((step = db_next(query, err)) == DB_ROW) {
        struct geo_edition_info edition = read_edition(query);
        if (!fn(arg, &edition))
            break;
    }
    db_free(query);
    return step != DB_FAILED;
}

struct edition_list {
    char text[512];
    size_t len;
};

static bool list_edition(void *arg, const struct geo_edition_info *edition)
{
    struct edition_list *list = arg;
    int n = snprintf(list->text + list->len, sizeof list->text - list->len, "%s%s",
                     list->len ? ", " : "", edition->codigo);
    if (n < 0 || (size_t)n >= sizeof list->text - list->len)
        return false;
    list->len += (size_t)n;
    return true;
}

static bool no_such_edition(struct geo_store *store, const char *codigo, struct err *err)
{
    struct edition_list list = {.text = ""};
    if (!geo_store_editions(store, list_edition, &list, err))
        return false;
    if (!list.len)
        return err_set(err, ERR_NOT_FOUND,
                       "no hay límites municipales cargados: use «sigg import municipios»");
    if (!codigo)
        return err_set(err, ERR_NOT_FOUND, "ninguna edición es la vigente; hay: %s", list.text);
    return err_set(err, ERR_NOT_FOUND, "no hay una edición «%s»; hay: %s", codigo, list.text);
}

bool geo_store_edition(struct geo_store *store, const char *codigo,
                       struct geo_edition_info *edition, struct err *err)
{
    static const struct db_sql sql = {.doing = "leer la edición",
                                      .table = "ediciones",
                                      .kinds = EDITION_KINDS,
                                      .sql = EDITION_COLUMNS
                                      " WHERE e.codigo = ?1 OR (?1 IS NULL AND e.vigente = 1)"};
    struct db_query *query = db_prepare(store->db, &sql, err);
    if (!query)
        return false;
    db_bind_text(query, 1, codigo);
    enum db_step step = db_next(query, err);
    if (step == DB_ROW)
        *edition = read_edition(query);
    db_free(query);
    return step == DB_ROW || (step == DB_END && no_such_edition(store, codigo, err));
}

bool geo_store_edition_put(struct geo_store *store, const struct geo_edition_info *edition,
                           struct err *err)
{
    static const struct db_sql none = {.doing = "cambiar la edición vigente",
                                       .sql = "UPDATE ediciones SET vigente = 0 WHERE vigente = 1"};
    static const struct db_sql sql = {
        .doing = "guardar la edición",
        .sql = "INSERT INTO ediciones (codigo, titulo, fuente, fecha_datos, esquematica, vigente,"
               " orden) VALUES (?1, ?2, ?3, ?4, ?5, ?6,"
               " (SELECT coalesce(max(orden), 0) + 1 FROM ediciones))"
               " ON CONFLICT (codigo) DO UPDATE SET titulo = excluded.titulo,"
               " fuente = excluded.fuente, fecha_datos = excluded.fecha_datos,"
               " esquematica = excluded.esquematica, vigente = excluded.vigente"};
    if (edition->current && !store_run_with(store, &none, NULL, 0, err))
        return false;
    struct db_query *query = db_prepare(store->db, &sql, err);
    if (!query)
        return false;
    db_bind_text(query, 1, edition->codigo);
    db_bind_text(query, 2, edition->title);
    db_bind_text(query, 3, edition->source);
    db_bind_text(query, 4, edition->data_date);
    db_bind_int(query, 5, edition->schematic);
    db_bind_int(query, 6, edition->current);
    bool ok = db_run(query, err);
    db_free(query);
    return ok;
}

bool geo_store_edition_remove(struct geo_store *store, const char *codigo, struct err *err)
{
    static const char doing[] = "borrar la edición";
    static const struct db_sql steps[] = {
        {.doing = doing, .sql = "DELETE FROM vinculos WHERE edicion = ?1"},
        {.doing = doing, .sql = "DELETE FROM riego_municipal WHERE edicion = ?1"},
        {.doing = doing, .sql = "DELETE FROM cobertura WHERE edicion = ?1"},
        {.doing = doing, .sql = "DELETE FROM municipios WHERE edicion = ?1"},
        {.doing = doing, .sql = "DELETE FROM ediciones WHERE codigo = ?1"},
    };
    store_forget_found(store);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (!store_run_with(store, &steps[i], &codigo, 1, err))
            return err_wrap(err, "%s", codigo);
    geo_store_note(store, "municipios", GEO_STORE_ALL);
    return true;
}

/* Aliases ------------------------------------------------------------------ */

bool geo_store_aliases(struct geo_store *store, geo_alias_fn *fn, void *arg, struct err *err)
{
    static const struct db_sql sql = {
        .doing = "leer los alias",
        .table = "alias_municipio",
        .kinds = "tt",
        .sql = "SELECT alias, codigo FROM alias_municipio ORDER BY alias, codigo"};
    struct db_query *query = db_prepare(store->db, &sql, err);
    if (!query)
        return false;
    enum db_step step;
    while ((step = db_next(query, err)) == DB_ROW)
        if (!fn(arg, db_word(query, 0), db_word(query, 1)))
            break;
    db_free(query);
    return step != DB_FAILED;
}

bool geo_store_alias_put(struct geo_store *store, const char *alias, const char *codigo,
                         struct err *err)
{
    static const struct db_sql sql = {.doing = "guardar el alias",
                                      .sql = "INSERT INTO alias_municipio (alias, codigo)"
                                             " VALUES (?1, ?2) ON CONFLICT DO NOTHING"};
    const char *const texts[] = {alias, codigo};
    return store_run_with(store, &sql, texts, 2, err);
}

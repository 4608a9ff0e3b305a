/* store_layers.c - revisions of layers, editions, aliases of names. */
#include <stdio.h>
#include <string.h>

#include "geo/store/store_internal.h"

static void bind_text(sqlite3_stmt *statement, int index, const char *text)
{
    sqlite3_bind_text(statement, index, text, -1, SQLITE_STATIC);
}

/* Runs a statement once and finalizes it; NULL: *err is already set. */
static bool run_once(struct geo_store *store, sqlite3_stmt *statement, const char *doing,
                     struct err *err)
{
    if (!statement)
        return false;
    bool ok = store_run(store, statement, doing, err);
    sqlite3_finalize(statement);
    return ok;
}

/* Layers ------------------------------------------------------------------- */

bool geo_store_layer(struct geo_store *store, const char *layer, struct geo_layer_info *info,
                     struct err *err)
{
    sqlite3_stmt *statement = store_prepare(
        store, "SELECT revision, simulada, fuente, fecha_datos, marca FROM capas WHERE capa = ?",
        err);
    if (!statement)
        return false;
    bind_text(statement, 1, layer);
    int step = store_step(store, statement, "capas", "nftdm", "leer las capas", err);
    bool ok = step == SQLITE_ROW || step == SQLITE_DONE;
    if (ok) {
        *info = (struct geo_layer_info){0};
        if (step == SQLITE_ROW) {
            info->revision = sqlite3_column_int64(statement, 0);
            info->simulated = sqlite3_column_int(statement, 1);
            store_copy(info->source, sizeof info->source, store_text(statement, 2));
            store_copy(info->data_date, sizeof info->data_date, store_text(statement, 3));
            info->mark = sqlite3_column_int64(statement, 4);
        }
    }
    sqlite3_finalize(statement);
    return ok;
}

bool geo_store_touch(struct geo_store *store, const char *layer, const char *source, bool simulated,
                     const char *data_date, struct err *err)
{
    sqlite3_stmt *statement = store_prepare(
        store,
        "INSERT INTO capas (capa, revision, simulada, fuente, fecha_datos, marca)"
        " VALUES (?1, 1, ?3, coalesce(?2, ''), coalesce(?4, ''), random() & 4294967295)"
        " ON CONFLICT (capa) DO UPDATE SET revision = revision + 1, marca = excluded.marca,"
        " simulada = CASE WHEN ?2 IS NULL THEN simulada ELSE ?3 END,"
        " fuente = coalesce(?2, fuente),"
        " fecha_datos = CASE WHEN ?2 IS NULL THEN fecha_datos ELSE coalesce(?4, '') END",
        err);
    if (!statement)
        return false;
    const struct geo_table *table = geo_table_find(layer);
    if (table)
        store->noted[table - geo_tables].touched = true;
    bind_text(statement, 1, layer);
    bind_text(statement, 2, source);
    sqlite3_bind_int(statement, 3, simulated);
    bind_text(statement, 4, data_date);
    return run_once(store, statement, "anotar la revisión", err);
}

bool geo_store_content(struct geo_store *store, int64_t *revision, int64_t *mark, struct err *err)
{
    if (!store->content)
        store->content = store_prepare(
            store, "SELECT coalesce(sum(revision), 0), coalesce(sum(marca), 0) FROM capas", err);
    if (!store->content)
        return false;
    bool ok = sqlite3_step(store->content) == SQLITE_ROW;
    if (ok) {
        *revision = sqlite3_column_int64(store->content, 0);
        *mark = sqlite3_column_int64(store->content, 1);
    } else
        store_fail(store, err, "leer la revisión");
    sqlite3_reset(store->content); /* ends the read transaction */
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

static const char edition_kinds[] = "tttdffn";

static struct geo_edition_info read_edition(sqlite3_stmt *statement)
{
    struct geo_edition_info edition = {0};
    store_copy(edition.codigo, sizeof edition.codigo, store_text(statement, 0));
    store_copy(edition.title, sizeof edition.title, store_text(statement, 1));
    store_copy(edition.source, sizeof edition.source, store_text(statement, 2));
    store_copy(edition.data_date, sizeof edition.data_date, store_text(statement, 3));
    edition.schematic = sqlite3_column_int(statement, 4);
    edition.current = sqlite3_column_int(statement, 5);
    edition.units = sqlite3_column_int64(statement, 6);
    return edition;
}

bool geo_store_editions(struct geo_store *store, geo_edition_fn *fn, void *arg, struct err *err)
{
    sqlite3_stmt *statement = store_prepare(store, EDITION_COLUMNS " ORDER BY e.orden", err);
    if (!statement)
        return false;
    int step;
    while ((step = store_step(store, statement, "ediciones", edition_kinds, "leer las ediciones",
                              err)) == SQLITE_ROW) {
        struct geo_edition_info edition = read_edition(statement);
        if (!fn(arg, &edition)) {
            step = SQLITE_DONE;
            break;
        }
    }
    sqlite3_finalize(statement);
    return step == SQLITE_DONE;
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
    sqlite3_stmt *statement =
        store_prepare(store,
                      EDITION_COLUMNS " WHERE CASE WHEN ?1 IS NULL THEN e.vigente = 1"
                                      " ELSE e.codigo = ?1 END",
                      err);
    if (!statement)
        return false;
    bind_text(statement, 1, codigo);
    int step = store_step(store, statement, "ediciones", edition_kinds, "leer la edición", err);
    bool found = step == SQLITE_ROW;
    if (found)
        *edition = read_edition(statement);
    sqlite3_finalize(statement);
    return found || (step == SQLITE_DONE && no_such_edition(store, codigo, err));
}

bool geo_store_edition_put(struct geo_store *store, const struct geo_edition_info *edition,
                           struct err *err)
{
    if (edition->current && !store_exec(store, "UPDATE ediciones SET vigente = 0 WHERE vigente = 1",
                                        "cambiar la edición vigente", err))
        return false;
    sqlite3_stmt *statement = store_prepare(
        store,
        "INSERT INTO ediciones (codigo, titulo, fuente, fecha_datos, esquematica, vigente, orden)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, (SELECT coalesce(max(orden), 0) + 1 FROM ediciones))"
        " ON CONFLICT (codigo) DO UPDATE SET titulo = ?2, fuente = ?3, fecha_datos = ?4,"
        " esquematica = ?5, vigente = ?6",
        err);
    if (!statement)
        return false;
    bind_text(statement, 1, edition->codigo);
    bind_text(statement, 2, edition->title);
    bind_text(statement, 3, edition->source);
    bind_text(statement, 4, edition->data_date);
    sqlite3_bind_int(statement, 5, edition->schematic);
    sqlite3_bind_int(statement, 6, edition->current);
    return run_once(store, statement, "guardar la edición", err);
}

bool geo_store_edition_remove(struct geo_store *store, const char *codigo, struct err *err)
{
    static const char *const steps[] = {
        "DELETE FROM vinculos WHERE edicion = ?1",
        "DELETE FROM riego_municipal WHERE edicion = ?1",
        "DELETE FROM cobertura WHERE edicion = ?1",
        "DELETE FROM municipios WHERE edicion = ?1",
        "DELETE FROM ediciones WHERE codigo = ?1",
    };
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        sqlite3_stmt *statement = store_prepare(store, steps[i], err);
        if (!statement)
            return false;
        bind_text(statement, 1, codigo);
        if (!run_once(store, statement, "borrar la edición", err))
            return err_wrap(err, "%s", codigo);
    }
    geo_store_note(store, "municipios", GEO_STORE_ALL);
    return true;
}

/* Aliases ------------------------------------------------------------------ */

bool geo_store_aliases(struct geo_store *store, geo_alias_fn *fn, void *arg, struct err *err)
{
    sqlite3_stmt *statement =
        store_prepare(store, "SELECT alias, codigo FROM alias_municipio ORDER BY 1, 2", err);
    if (!statement)
        return false;
    int step;
    while ((step = store_step(store, statement, "alias_municipio", "tt", "leer los alias", err)) ==
           SQLITE_ROW)
        if (!fn(arg, store_text(statement, 0), store_text(statement, 1))) {
            step = SQLITE_DONE;
            break;
        }
    sqlite3_finalize(statement);
    return step == SQLITE_DONE;
}

bool geo_store_alias_put(struct geo_store *store, const char *alias, const char *codigo,
                         struct err *err)
{
    sqlite3_stmt *statement = store_prepare(
        store, "INSERT OR IGNORE INTO alias_municipio (alias, codigo) VALUES (?, ?)", err);
    if (!statement)
        return false;
    bind_text(statement, 1, alias);
    bind_text(statement, 2, codigo);
    return run_once(store, statement, "guardar el alias", err);
}

/* store_check.c - checks the whole database for damage (`sigg check`). */
#include <stdio.h>
#include <string.h>

#include "geo/base/buf.h"
#include "geo/base/text.h"
#include "geo/store/db_guard_sqlite.h"
#include "geo/store/store_check.h"

enum { MOST = 400 }; /* bytes of a message of SQLite */

void store_found(struct store_findings *findings, const char *text)
{
    findings->count++;
    findings->fn(findings->arg, text);
}

bool store_unreadable(struct geo_store *store, const char *table, struct store_findings *findings)
{
    struct err what = {0};
    store_fail(store, &what, table);
    store_found(findings, what.message);
    return true;
}

bool store_each_finding(struct geo_store *store, const char *sql, const char *before,
                        struct store_findings *findings, struct err *err)
{
    sqlite3_stmt *statement = store_prepare(store, sql, err);
    if (!statement)
        return false;
    int step;
    while ((step = sqlite3_step(statement)) == SQLITE_ROW) {
        char text[512];
        const char *what = store_text(statement, 0);
        if (strcmp(what, "ok") == 0)
            continue;
        snprintf(text, sizeof text, "%s%.*s", before, text_cut(what, MOST), what);
        store_found(findings, text);
    }
    if (step != SQLITE_DONE)
        store_unreadable(store, before, findings);
    sqlite3_finalize(statement);
    return true;
}

static bool check_table(struct geo_store *store, const struct geo_table *table,
                        struct store_findings *findings, struct err *err)
{
    char sql[1024], before[128];
    if (table->geometry != GEO_NO_GEOMETRY) {
        /* SpatiaLite's CheckSpatialIndex() writes to a table, which a reader may not. */
        snprintf(sql, sizeof sql,
                 "SELECT 'índice espacial distinto de los registros' WHERE"
                 " (SELECT count(*) FROM \"%s\" WHERE geom IS NOT NULL)"
                 " <> (SELECT count(*) FROM idx_%s_geom)"
                 " OR EXISTS (SELECT 1 FROM \"%s\" AS t LEFT JOIN idx_%s_geom AS i"
                 " ON i.pkid = t.id WHERE t.geom IS NOT NULL AND (i.pkid IS NULL"
                 " OR i.xmin > MbrMinX(t.geom) OR i.xmax < MbrMaxX(t.geom)"
                 " OR i.ymin > MbrMinY(t.geom) OR i.ymax < MbrMaxY(t.geom)))",
                 table->name, table->name, table->name, table->name);
        snprintf(before, sizeof before, "%s: ", table->name);
        if (!store_each_finding(store, sql, before, findings, err))
            return false;
        snprintf(sql, sizeof sql, "SELECT rtreecheck('main', 'idx_%s_geom')", table->name);
        snprintf(before, sizeof before, "%s: índice espacial: ", table->name);
        if (!store_each_finding(store, sql, before, findings, err))
            return false;
    }
    if (!table->linked)
        return true;
    snprintf(sql, sizeof sql,
             "SELECT e.codigo || ': ' || count(*) || ' registros' FROM ediciones AS e"
             " CROSS JOIN \"%s\" AS t"
             " WHERE NOT EXISTS (SELECT 1 FROM vinculos AS v WHERE v.capa = '%s'"
             " AND v.registro = t.id AND v.edicion = e.codigo AND v.orden = 0) GROUP BY e.codigo",
             table->name, table->name);
    snprintf(before, sizeof before, "%s: sin vínculo en la edición ", table->name);
    if (!store_each_finding(store, sql, before, findings, err))
        return false;
    snprintf(sql, sizeof sql,
             "SELECT count(*) || ' vínculos' FROM vinculos AS v WHERE v.capa = '%s'"
             " AND NOT EXISTS (SELECT 1 FROM \"%s\" AS t WHERE t.id = v.registro)"
             " HAVING count(*) > 0",
             table->name, table->name);
    snprintf(before, sizeof before, "%s: vínculos sin registro: ", table->name);
    return store_each_finding(store, sql, before, findings, err);
}

bool geo_store_check(struct geo_store *store, geo_finding_fn *fn, void *arg, int64_t *count,
                     struct err *err)
{
    struct store_findings findings = {fn, arg, 0};
    struct err what = {0};
    /* A missing trigger or index does not stop a reader, so it is reported here. */
    if (!store_schema_check(store, STORE_SCHEMA_WHOLE, &what))
        store_found(&findings, what.message);
    if (!store_each_finding(store, "PRAGMA integrity_check", "SQLite: ", &findings, err) ||
        !store_each_finding(store,
                            "SELECT \"table\" || ', registro ' || rowid || ', hacia ' || parent"
                            " FROM pragma_foreign_key_check",
                            "clave foránea: ", &findings, err) ||
        !store_each_finding(store,
                            "SELECT 'ninguna edición es la vigente' FROM (SELECT count(*) AS n,"
                            " sum(vigente) AS v FROM ediciones) WHERE n > 0 AND v <> 1",
                            "", &findings, err))
        return false;
    for (const struct geo_table *table = geo_tables; table->name; table++)
        if (!check_table(store, table, &findings, err))
            return false;
    if (!store_check_cells(store, &findings, err))
        return false;
    *count = findings.count;
    return true;
}

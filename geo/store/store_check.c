/* store_check.c - checks the whole database for damage (`sigg check`). */
#include "geo/store/store_check.h"

#include <stdio.h>

static void found(void *arg, const char *finding)
{
    store_found(arg, finding);
}

static bool check_links(struct geo_store *store, const struct geo_table *table,
                        struct store_findings *findings, struct err *err)
{
    char sql[1024], before[128];
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
    if (!db_check(store->db, found, &findings, err) ||
        !store_each_finding(store,
                            "SELECT 'ninguna edición es la vigente' FROM (SELECT count(*) AS n,"
                            " sum(vigente) AS v FROM ediciones) AS todas WHERE n > 0 AND v <> 1",
                            "", &findings, err))
        return false;
    for (const struct geo_table *table = geo_tables; table->name; table++)
        if ((table->geometry != GEO_NO_GEOMETRY &&
             !db_check_index(store->db, table, found, &findings, err)) ||
            (table->linked && !check_links(store, table, &findings, err)))
            return false;
    if (!store_check_cells(store, &findings, err) || !store_check_shapes(store, &findings, err))
        return false;
    *count = findings.count;
    return true;
}

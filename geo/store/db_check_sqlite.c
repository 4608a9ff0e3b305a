/* db_check_sqlite.c - checks pages, keys and spatial indexes of the file, for `sigg check`. */
#include <stdio.h>
#include <string.h>

#include "geo/base/text.h"
#include "geo/store/db_guard_sqlite.h"

enum { MOST = 400 }; /* bytes of a message of SQLite */

struct db_check {
    struct db *db;
    geo_finding_fn *fn;
    void *arg;
};

/* Reports every row of the statement as a finding: `before` and the row's first column,
 * unless that is "ok". */
static bool each_finding(const struct db_check *check, const char *sql, const char *before,
                         struct err *err)
{
    sqlite3_stmt *statement = db_statement(check->db, sql, err);
    struct err what = {0};
    if (!statement)
        return false;
    int step;
    while ((step = sqlite3_step(statement)) == SQLITE_ROW) {
        char text[512];
        const char *word = db_statement_word(statement, 0);
        if (strcmp(word, "ok") == 0)
            continue;
        snprintf(text, sizeof text, "%s%.*s", before, text_cut(word, MOST), word);
        check->fn(check->arg, text);
    }
    if (step != SQLITE_DONE) {
        db_fail(check->db, &what, before);
        check->fn(check->arg, what.message);
    }
    sqlite3_finalize(statement);
    return true;
}

bool db_check(struct db *db, geo_finding_fn *fn, void *arg, struct err *err)
{
    const struct db_check check = {db, fn, arg};
    struct err what = {0};
    /* A missing trigger or index does not stop a reader, so it is reported here. */
    if (!db_schema_check(db, DB_SCHEMA_WHOLE, &what))
        fn(arg, what.message);
    return each_finding(&check, "PRAGMA integrity_check", "SQLite: ", err) &&
           each_finding(&check,
                        "SELECT \"table\" || ', registro ' || rowid || ', hacia ' || parent"
                        " FROM pragma_foreign_key_check",
                        "clave foránea: ", err);
}

bool db_check_index(struct db *db, const struct geo_table *table, geo_finding_fn *fn, void *arg,
                    struct err *err)
{
    const struct db_check check = {db, fn, arg};
    char sql[1024], before[128];
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
    if (!each_finding(&check, sql, before, err))
        return false;
    snprintf(sql, sizeof sql, "SELECT rtreecheck('main', 'idx_%s_geom')", table->name);
    snprintf(before, sizeof before, "%s: índice espacial: ", table->name);
    return each_finding(&check, sql, before, err);
}

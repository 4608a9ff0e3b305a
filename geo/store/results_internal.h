/* results_internal.h - binds, reads and runs statements; only for the results
 * of geo/store. */
#ifndef GEO_RESULTS_INTERNAL_H
#define GEO_RESULTS_INTERNAL_H

#include <math.h>

#include "geo/store/results.h"
#include "geo/store/store_internal.h"

static inline void bind_text(sqlite3_stmt *statement, int at, const char *text)
{
    if (text)
        sqlite3_bind_text(statement, at, text, -1, SQLITE_STATIC);
    else
        sqlite3_bind_null(statement, at);
}

static inline void bind_real(sqlite3_stmt *statement, int at, double value)
{
    if (isnan(value))
        sqlite3_bind_null(statement, at);
    else
        sqlite3_bind_double(statement, at, value);
}

static inline const char *text_or_null(sqlite3_stmt *statement, int column)
{
    return (const char *)sqlite3_column_text(statement, column);
}

static inline double real_or_nan(sqlite3_stmt *statement, int column)
{
    if (sqlite3_column_type(statement, column) == SQLITE_NULL)
        return NAN;
    return sqlite3_column_double(statement, column);
}

/* The table a statement reads, and the kinds of its columns (store_cells.h). */
struct row_kinds {
    const char *table, *kinds;
};

/* Calls fn(arg, statement) for each row until it returns false. */
typedef bool row_fn(void *arg, sqlite3_stmt *statement);

static inline bool step_rows(struct geo_store *store, sqlite3_stmt *statement,
                             struct row_kinds rows, row_fn *fn, void *arg, struct err *err)
{
    int code;
    while ((code = store_step(store, statement, rows.table, rows.kinds, "leer los resultados",
                              err)) == SQLITE_ROW)
        if (!fn(arg, statement))
            return true;
    return code == SQLITE_DONE;
}

static inline bool each_row(struct geo_store *store, sqlite3_stmt *statement, struct row_kinds rows,
                            row_fn *fn, void *arg, struct err *err)
{
    bool ok = step_rows(store, statement, rows, fn, arg, err);
    sqlite3_finalize(statement);
    return ok;
}

static inline bool run_once(struct geo_store *store, sqlite3_stmt *statement, struct err *err)
{
    bool ok = store_run(store, statement, "guardar los resultados", err);
    sqlite3_finalize(statement);
    return ok;
}

#endif

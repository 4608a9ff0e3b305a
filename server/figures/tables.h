/* tables.h - answers with tables of figures as JSON, CSV and a plain HTML page. Each is made
 * once for the data served and a set of parameters, even for concurrent requests.
 *
 * Threads: one worker a call.
 * Errors:  those of the function that makes the rows; an unknown edition names
 *          the parameter.
 *
 * JSON is {"edicion", "fecha", "simulado", "esquematica", "revision", members added by
 * `rows`, "filas": [...]}. All parameters of the route but f are part of the cache key.
 */
#ifndef SERVER_TABLES_H
#define SERVER_TABLES_H

#include "geo/base/rows.h"
#include "server/request/call.h"

struct tables_table {
    const char *name;            /* name of the CSV file, and part of the cache key */
    const char *title;           /* of the page */
    bool slow;                   /* takes long: made on a background thread (call_defer) */
    const char *edition, *as_of; /* NULL: the current one, everything known */
    /* The caller frees the rows. `head` gets further members of the JSON
     * (geo/base/json.h); it is ignored for other formats. */
    struct rows *(*rows)(struct call *call, struct geo_store *store, struct buf *head,
                         struct err *err);
};

bool tables_answer(struct call *call, const struct tables_table *table, struct err *err);

#endif

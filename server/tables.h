/* tables.h - tables of figures as JSON, CSV and a plain HTML page, each made once
 * a view of the data and a question, however many ask at a time.
 *
 * Threads: one worker a call.
 * Errors:  those of the function that makes the rows; an unknown edition names
 *          the parameter.
 *
 * JSON is {"edicion", "fecha", "simulado", "esquematica", "revision", what `rows`
 * adds, "filas": [...]}. The question is every parameter of the route but f.
 */
#ifndef SERVER_TABLES_H
#define SERVER_TABLES_H

#include "geo/base/rows.h"
#include "server/call.h"

struct tables_table {
    const char *name;            /* of the CSV file, and what tells its answers from others */
    const char *title;           /* of the page */
    bool slow;                   /* takes long: made aside (call_aside) */
    const char *edition, *as_of; /* NULL: the current one, everything known */
    /* The caller frees the rows. `head` takes further members of the JSON
     * (server/json_out.h); it is thrown away for other formats. */
    struct rows *(*rows)(struct call *call, struct geo_store *store, struct buf *head,
                         struct err *err);
};

bool tables_answer(struct call *call, const struct tables_table *table, struct err *err);

#endif

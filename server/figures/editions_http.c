/* editions_http.c - the endpoints /editions, /crosswalk and /conflicts.
 *
 * The persons who decided about conflicts, and their notes, are not published.
 */
#include <string.h>

#include "geo/analysis/conflicts.h"
#include "geo/analysis/crosswalk.h"
#include "geo/analysis/edition_rows.h"
#include "server/figures/handlers.h"
#include "server/figures/tables.h"

static bool is_true(const struct call *call, const char *name)
{
    const char *text = call_text(call, name);
    return text && strcmp(text, "true") == 0;
}

/* /editions ---------------------------------------------------------------------- */

static struct rows *edition_rows(struct call *call, struct geo_store *store, struct buf *head,
                                 struct err *err)
{
    (void)call;
    (void)head;
    return geo_edition_rows(store, err);
}

bool editions_http_list(struct call *call, struct err *err)
{
    const struct tables_table table = {
        .name = "ediciones", .title = "Ediciones de límites", .rows = edition_rows};
    return tables_answer(call, &table, err);
}

/* /crosswalk --------------------------------------------------------------------- */

/* Says which parameter names an unknown edition. */
static bool check_edition(struct call *call, const char *name, struct err *err)
{
    struct geo_edition_info edition;
    struct geo_store *store = call_store(call, err);
    return store &&
           (geo_store_edition(store, call_text(call, name), &edition, err) || err_about(err, name));
}

static struct rows *crosswalk_rows(struct call *call, struct geo_store *store, struct buf *head,
                                   struct err *err)
{
    const struct geo_crosswalk_options options = {.from = call_text(call, "from"),
                                                  .to = call_text(call, "to"),
                                                  .threads = 1}; /* two requests at a time */
    (void)head;
    struct geo_crosswalk *walk = geo_crosswalk_compute(store, &options, err);
    struct rows *rows = walk ? geo_crosswalk_rows(walk, is_true(call, "changes")) : NULL;
    if (walk && !rows)
        err_no_memory(err);
    geo_crosswalk_free(walk);
    return rows;
}

bool editions_http_crosswalk(struct call *call, struct err *err)
{
    const char *from = call_text(call, "from"), *to = call_text(call, "to");
    if (!from || !to)
        return err_set(err, ERR_INPUT,
                       "falta el parámetro «%s»: el código de una edición (véase /editions)",
                       from ? "to" : "from");
    const struct tables_table table = {.name = "correspondencia",
                                       .title = "De una edición de límites a otra",
                                       .slow = true,
                                       .edition = to,
                                       .rows = crosswalk_rows};
    return check_edition(call, "from", err) && check_edition(call, "to", err) &&
           tables_answer(call, &table, err);
}

/* /conflicts --------------------------------------------------------------------- */

static struct rows *conflict_rows(struct call *call, struct geo_store *store, struct buf *head,
                                  struct err *err)
{
    const struct geo_conflicts_query query = {
        .layer = call_text(call, "layer"),
        .edition = call_text(call, "edition"),
        .state = call_text(call, "state"),
        .decided = is_true(call, "all"),
        .nameless = true,
    };
    const char *by = call_text(call, "by");
    enum geo_group group;
    (void)head;
    return by && geo_group_of(by, &group) ? geo_conflicts_summary(store, &query, group, err)
                                          : geo_conflicts_rows(store, &query, err);
}

bool editions_http_conflicts(struct call *call, struct err *err)
{
    const struct tables_table table = {.name = "conflictos",
                                       .title = "Conflictos de ubicación",
                                       .slow = true,
                                       .edition = call_text(call, "edition"),
                                       .rows = conflict_rows};
    return tables_answer(call, &table, err);
}

/* figures.c - the endpoints /coverage and /irrigation. */
#include "geo/analysis/restate.h"
#include "geo/base/json.h"
#include "geo/figures/coverage.h"
#include "geo/figures/irrigation.h"
#include "server/figures/handlers.h"
#include "server/figures/tables.h"

static bool read_query(struct call *call, struct geo_coverage_query *query, struct buf *head,
                       struct err *err)
{
    const char *by = call_text(call, "by") ? call_text(call, "by") : "municipio";
    *query = (struct geo_coverage_query){.as_of = call_text(call, "as-of"),
                                         .edition = call_text(call, "edition")};
    if (!geo_group_of(by, &query->group))
        return err_field(err, "by", "«%s»", by);
    json_text(head, "por", by);
    return true;
}

static struct rows *coverage_rows(struct call *call, struct geo_store *store, struct buf *head,
                                  struct err *err)
{
    struct geo_coverage_query query;
    const char *from = call_text(call, "restate-from");
    const struct geo_crosswalk_options editions = {
        .from = from, .threads = 1}; /* other processors serve other requests */
    struct geo_coverage *coverage = NULL;
    if (read_query(call, &query, head, err))
        coverage = from ? geo_restate_coverage(store, &editions, &query, err)
                        : geo_coverage_compute(store, &query, err);
    struct rows *rows = coverage ? geo_coverage_rows(coverage) : NULL;
    if (coverage && !rows)
        err_no_memory(err);
    geo_coverage_free(coverage);
    return rows;
}

static struct rows *irrigation_rows(struct call *call, struct geo_store *store, struct buf *head,
                                    struct err *err)
{
    struct geo_coverage_query query;
    struct geo_irrigation *irrigation =
        read_query(call, &query, head, err) ? geo_irrigation_compute(store, &query, err) : NULL;
    struct rows *rows = irrigation ? geo_irrigation_rows(irrigation) : NULL;
    if (irrigation && !rows)
        err_no_memory(err);
    geo_irrigation_free(irrigation);
    return rows;
}

/* With a date or facts of another edition the figures are computed; else they are read
 * from the stored results. */
static bool answer(struct call *call, const char *name, const char *title, bool restated,
                   struct rows *(*rows)(struct call *, struct geo_store *, struct buf *,
                                        struct err *),
                   struct err *err)
{
    const struct tables_table table = {.name = name,
                                       .title = title,
                                       .edition = call_text(call, "edition"),
                                       .as_of = call_text(call, "as-of"),
                                       .slow = restated || call_text(call, "as-of"),
                                       .rows = rows};
    return tables_answer(call, &table, err);
}

bool figures_coverage(struct call *call, struct err *err)
{
    return answer(call, "cobertura", "Cobertura", call_text(call, "restate-from"), coverage_rows,
                  err);
}

bool figures_irrigation(struct call *call, struct err *err)
{
    return answer(call, "riego", "Riego", false, irrigation_rows, err);
}

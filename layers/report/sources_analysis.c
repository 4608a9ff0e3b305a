/* sources_analysis.c - report tables from geo/analysis: targeting, equity, access. */
#include <string.h>

#include "geo/analysis/access.h"
#include "geo/analysis/equity.h"
#include "geo/analysis/targeting.h"
#include "layers/report/data_internal.h"

/* For an analysis without enough data: no rows; its section is left out. */
static struct rows *no_rows(struct err *err)
{
    static const struct rows_column heads[] = {{"puesto", 0}, {"codigo", 0}, {"motivo", 0}};
    *err = (struct err){0};
    struct rows *rows = rows_new(heads, sizeof heads / sizeof *heads);
    if (!rows)
        err_no_memory(err);
    return rows;
}

static struct rows *sentence(void (*describe)(const void *, struct buf *), const void *of,
                             struct err *err)
{
    static const struct rows_column heads[] = {{"texto", 0}};
    struct buf text;
    buf_init(&text);
    describe(of, &text);
    struct rows *rows = buf_failed(&text) ? NULL : rows_new(heads, 1);
    if (rows)
        rows_text(rows, text.data ? text.data : "");
    else
        err_no_memory(err);
    buf_free(&text);
    return rows;
}

/* ---- targeting ----------------------------------------------------------- */

static void drop_targeting(void *targeting)
{
    geo_targeting_free(targeting);
}

static struct geo_targeting *targeting_of(struct report_data *data, struct err *err)
{
    const struct report_query *query = report_query_of(data);
    const struct geo_target_query all = {
        .as_of = query->as_of, .edition = query->edition, .draws = GEO_TARGET_DRAWS, .seed = 1};
    struct geo_targeting *targeting = report_kept(data, "focalizacion");
    if (targeting)
        return targeting;
    targeting = geo_targeting_compute(report_store(data), &all, err);
    if (targeting && !report_keep(data, "focalizacion", targeting, drop_targeting)) {
        geo_targeting_free(targeting);
        err_no_memory(err);
        return NULL;
    }
    return targeting;
}

struct rows *source_focalizacion(struct report_data *data, struct err *err)
{
    struct err why = {0};
    struct geo_targeting *targeting = targeting_of(data, &why);
    struct rows *rows = targeting ? geo_targeting_rows(targeting) : NULL;
    if (targeting && !rows)
        err_no_memory(err);
    if (targeting)
        return rows;
    if (why.kind == ERR_INPUT)
        return no_rows(err);
    *err = why;
    return NULL;
}

static void describe_targeting(const void *targeting, struct buf *out)
{
    geo_targeting_describe(targeting, out);
}

struct rows *source_focalizacion_metodo(struct report_data *data, struct err *err)
{
    struct geo_targeting *targeting = targeting_of(data, err);
    return targeting ? sentence(describe_targeting, targeting, err) : NULL;
}

/* ---- equity -------------------------------------------------------------- */

static void drop_equity(void *equity)
{
    geo_equity_free(equity);
}

static struct geo_equity *equity_of(struct report_data *data, struct err *err)
{
    const struct report_query *query = report_query_of(data);
    const struct geo_equity_query families = {.of = GEO_EQUITY_FAMILIAS,
                                              .group = GEO_BY_DEPARTAMENTO,
                                              .as_of = query->as_of,
                                              .edition = query->edition};
    struct geo_equity *equity = report_kept(data, "equidad");
    if (equity)
        return equity;
    equity = geo_equity_compute(report_store(data), &families, err);
    if (equity && !report_keep(data, "equidad", equity, drop_equity)) {
        geo_equity_free(equity);
        err_no_memory(err);
        return NULL;
    }
    return equity;
}

struct rows *source_equidad(struct report_data *data, struct err *err)
{
    struct geo_equity *equity = equity_of(data, err);
    return equity ? geo_equity_rows(equity, ROWS_CSV) : NULL;
}

struct rows *source_lorenz(struct report_data *data, struct err *err)
{
    struct geo_equity *equity = equity_of(data, err);
    return equity ? geo_equity_curve_rows(equity, GEO_EQUITY_LORENZ) : NULL;
}

static void describe_equity(const void *equity, struct buf *out)
{
    geo_equity_describe(equity, out);
}

struct rows *source_equidad_metodo(struct report_data *data, struct err *err)
{
    struct geo_equity *equity = equity_of(data, err);
    return equity ? sentence(describe_equity, equity, err) : NULL;
}

/* ---- access -------------------------------------------------------------- */

/* The default distance of `sigg access`. */
#define ACCESS_M 10000.0

struct rows *source_acceso(struct report_data *data, struct err *err)
{
    const struct report_query *query = report_query_of(data);
    const struct geo_reach_query both = {.of = GEO_REACH_ALIANZAS | GEO_REACH_SUBPROYECTOS,
                                         .as_of = query->as_of,
                                         .edition = query->edition};
    struct rows *rows = NULL;
    struct geo_reach *reach = geo_reach_load(report_store(data), &both, err);
    struct geo_access *access =
        reach ? geo_access_compute(reach, ACCESS_M, GEO_BY_DEPARTAMENTO, err) : NULL;
    if (access && !(rows = geo_access_rows(access, reach)))
        err_no_memory(err);
    geo_access_free(access);
    geo_reach_free(reach);
    return rows;
}

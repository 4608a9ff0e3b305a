/* report_snapshot.c - builds the snapshot of a report for an edition and a date. */
#include "layers/report/report_snapshot.h"

#include <stdlib.h>
#include <string.h>

#include "geo/figures/coverage.h"
#include "layers/snapshot/snapshot_internal.h"

/* The column with the day from which a record counts, by layer. `without`: whether a
 * record without that day counts. */
static const struct {
    const char *layer, *day;
    bool without;
} counted[] = {
    {"alianzas", "fecha_convenio", false},
    {"areas_riego", "fecha_operacion", true},
    {"subproyectos", "fecha_inicio", true},
};

static const char *day_of(const struct columns *columns, const char *name, size_t feature)
{
    int column = layer_column(columns->layer, name);
    return column < 0 ? NULL : columns_cell(columns, (size_t)column, feature)->text;
}

/* An area without a date counts from its alliance's agreement; the alliances were read
 * before. */
static const char *agreement_of(const struct snapshot *made, const struct columns *areas,
                                size_t feature)
{
    const struct slab *slab = snapshot_slab(made, layers_find("alianzas"));
    const char *code = day_of(areas, "alianza_codigo", feature);
    int64_t alliance = code && slab ? columns_find(slab->columns, code) : -1;
    return alliance < 0 ? NULL : day_of(slab->columns, "fecha_convenio", (size_t)alliance);
}

bool report_snapshot_counts(const struct snapshot *snapshot, const struct columns *columns,
                            size_t feature, const char *as_of)
{
    for (size_t k = 0; k < sizeof counted / sizeof *counted; k++) {
        if (strcmp(counted[k].layer, columns->layer->name) != 0)
            continue;
        const char *day = day_of(columns, counted[k].day, feature);
        if (!day && counted[k].without)
            day = agreement_of(snapshot, columns, feature);
        return day ? !as_of || strcmp(day, as_of) <= 0 : counted[k].without;
    }
    return true;
}

static void leave_out(const struct snapshot *made, const struct columns *columns,
                      struct geo_shape **shapes, const char *as_of)
{
    for (size_t f = 0; f < columns->n_features; f++)
        if (!report_snapshot_counts(made, columns, f, as_of)) {
            geo_shape_free(shapes[f]);
            shapes[f] = NULL;
        }
}

static bool put_figures(struct geo_store *store, const char *edition, const char *as_of,
                        struct columns *columns, struct err *err)
{
    const struct geo_coverage_query query = {
        .group = GEO_BY_MUNICIPIO, .as_of = as_of, .edition = edition};
    struct geo_coverage *coverage = geo_coverage_compute(store, &query, err);
    if (coverage)
        snapshot_put_figures(columns, coverage->rows, coverage->n_rows);
    geo_coverage_free(coverage);
    return coverage != NULL;
}

static bool add_layer(struct snapshot *made, struct geo_store *store, size_t index,
                      const char *as_of, struct err *err)
{
    const struct layer *layer = layers_at(index);
    struct geo_shape **shapes = NULL;
    struct slab *slab = calloc(1, sizeof *slab);
    struct buf kept;
    if (!slab)
        return err_no_memory(err);
    buf_init(&kept);
    atomic_init(&slab->refs, 1);
    slab->layer = layer;
    made->slabs[made->n_slabs++] = slab;
    const struct snapshot_reader from = {.store = store,
                                         .edition = made->edition.codigo,
                                         .units = index > 0 ? made->slabs[0]->columns : NULL};
    bool ok = geo_store_layer(store, layer->name, &slab->info, err) &&
              snapshot_read(&from, layer, &slab->columns, &shapes, err);
    if (ok && as_of && layer->by_edition)
        ok = put_figures(store, made->edition.codigo, as_of, slab->columns, err);
    if (ok && layer->tiling && from.edition[0])
        ok = geo_store_outlines(store, from.edition, &kept, err);
    if (ok)
        leave_out(made, slab->columns, shapes, as_of);
    if (!ok) {
        buf_free(&kept);
        for (size_t f = 0; shapes && f < (slab->columns ? slab->columns->n_features : 0); f++)
            geo_shape_free(shapes[f]);
        free(shapes);
        return false;
    }
    slab->geometry = geometry_build(shapes, slab->columns->n_features, layer->tiling, &kept, err);
    buf_free(&kept);
    return slab->geometry != NULL;
}

struct snapshot *report_snapshot_build(struct geo_store *store, const char *edition,
                                       const char *as_of, struct err *err)
{
    struct snapshot *made = calloc(1, sizeof *made);
    bool ok = false;
    if (!made || !(made->slabs = calloc(layers_count() + 1, sizeof(struct slab *)))) {
        free(made);
        err_no_memory(err);
        return NULL;
    }
    atomic_init(&made->refs, 1);
    made->shared = snapshot_shared_new();
    ok = (made->shared || err_no_memory(err)) && geo_store_revision(store, &made->revision, err) &&
         geo_store_edition(store, edition, &made->edition, err);
    for (size_t i = 0; i < layers_count() && ok; i++)
        ok = add_layer(made, store, i, as_of, err);
    if (ok)
        return made;
    /* Unfinished slabs may be missing or incomplete. */
    snapshot_unref(made);
    return NULL;
}

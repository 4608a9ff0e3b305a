/* served.c - builds what is served from one state of the data; reference-counted. */
#include "server/served/served.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

#include "server/served/resolved_style.h"

/* struct served with its count of users. */
struct served_counted {
    struct served served; /* first: the two have one address */
    atomic_int users;
    size_t n_styles;
    struct resolved_style **resolved; /* what served.styles are */
};

static void free_counted(struct served_counted *counted)
{
    for (size_t i = 0; counted->served.plans && i < counted->n_styles; i++)
        tile_plan_free(counted->served.plans[i]);
    for (size_t i = 0; counted->resolved && i < counted->n_styles; i++)
        resolved_style_unref(counted->resolved[i]);
    free(counted->resolved);
    free(counted->served.styles);
    free(counted->served.plans);
    versions_free(counted->served.versions);
    snapshot_unref(counted->served.snapshot);
    free(counted);
}

static struct served_counted *new_counted(const struct served_source *source)
{
    struct served_counted *counted = calloc(1, sizeof *counted);
    if (!counted)
        return NULL;
    atomic_init(&counted->users, 1);
    counted->n_styles = source->n_styles;
    counted->served.plans = calloc(source->n_styles + 1, sizeof *counted->served.plans);
    counted->served.styles = calloc(source->n_styles + 1, sizeof *counted->served.styles);
    counted->resolved = calloc(source->n_styles + 1, sizeof(struct resolved_style *));
    if (counted->served.styles && counted->served.plans && counted->resolved)
        return counted;
    free_counted(counted);
    return NULL;
}

static bool show(struct served_counted *counted, const struct style *document,
                 const struct served_counted *previous, size_t i, struct err *err)
{
    struct served *served = &counted->served;
    counted->resolved[i] = resolved_style_new(document, served->snapshot,
                                              previous ? previous->resolved[i] : NULL, err);
    if (counted->resolved[i]) {
        served->styles[i] = resolved_style_get(counted->resolved[i]);
        served->plans[i] = tile_plan_new(served->styles[i], served->snapshot, err);
    }
    return served->plans[i] || err_wrap(err, "estilo «%s»", styles_id(i));
}

/* Copies the description of the data from the snapshot. */
static void describe(struct served *served, const struct served_source *source)
{
    served->cache = source->cache;
    served->program = source->program;
    served->file = source->file;
    served->revision = snapshot_revision(served->snapshot);
    served->edition = *snapshot_edition(served->snapshot);
    served->schematic = served->edition.schematic;
    for (size_t i = 0; i < layers_count(); i++)
        served->simulated |= snapshot_layer_info(served->snapshot, layers_at(i))->simulated;
}

static bool fill(struct served_counted *counted, const struct served_source *source,
                 const struct served_counted *previous, struct err *err)
{
    struct served *served = &counted->served;
    served->snapshot =
        snapshot_build(source->store, previous ? previous->served.snapshot : NULL, err);
    if (!served->snapshot)
        return false;
    for (size_t i = 0; i < source->n_styles; i++)
        if (!show(counted, source->styles[i], previous, i, err))
            return false;
    describe(served, source);
    const struct versions_common common = {served->file, served->program, served->simulated,
                                           served->schematic};
    served->versions = versions_new(&common, served->snapshot, served->styles, source->n_styles);
    return served->versions || err_no_memory(err);
}

struct served *served_build(const struct served_source *source, const struct served *previous,
                            struct err *err)
{
    struct timespec began, ended;
    clock_gettime(CLOCK_MONOTONIC, &began);
    struct served_counted *counted = new_counted(source);
    if (!counted) {
        err_no_memory(err);
        return NULL;
    }
    if (!fill(counted, source, (const struct served_counted *)previous, err)) {
        free_counted(counted);
        return NULL;
    }
    clock_gettime(CLOCK_MONOTONIC, &ended);
    counted->served.build_ms =
        (double)(ended.tv_sec - began.tv_sec) * 1e3 + (double)(ended.tv_nsec - began.tv_nsec) / 1e6;
    return &counted->served;
}

struct served *served_ref(struct served *served)
{
    atomic_fetch_add_explicit(&((struct served_counted *)served)->users, 1, memory_order_relaxed);
    return served;
}

void served_unref(struct served *served)
{
    struct served_counted *counted = (struct served_counted *)served;
    if (counted && atomic_fetch_sub_explicit(&counted->users, 1, memory_order_acq_rel) == 1)
        free_counted(counted);
}

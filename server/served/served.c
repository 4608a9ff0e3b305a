/* served.c - builds what is served from one state of the data; reference-counted. */
#include "server/served/served.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

#include "server/served/resolved_style.h"

/* A view with its count of users. */
struct counted {
    struct view view; /* first: a view is its counted */
    atomic_int users;
    size_t n_styles;
    struct shown **shown; /* what view.styles are */
};

static void free_counted(struct counted *counted)
{
    for (size_t i = 0; counted->view.plans && i < counted->n_styles; i++)
        tile_plan_free(counted->view.plans[i]);
    for (size_t i = 0; counted->shown && i < counted->n_styles; i++)
        shown_unref(counted->shown[i]);
    free(counted->shown);
    free(counted->view.styles);
    free(counted->view.plans);
    versions_free(counted->view.versions);
    snapshot_unref(counted->view.snapshot);
    free(counted);
}

static struct counted *new_counted(const struct view_source *source)
{
    struct counted *counted = calloc(1, sizeof *counted);
    if (!counted)
        return NULL;
    atomic_init(&counted->users, 1);
    counted->n_styles = source->n_styles;
    counted->view.plans = calloc(source->n_styles + 1, sizeof *counted->view.plans);
    counted->view.styles = calloc(source->n_styles + 1, sizeof *counted->view.styles);
    counted->shown = calloc(source->n_styles + 1, sizeof(struct shown *));
    if (counted->view.styles && counted->view.plans && counted->shown)
        return counted;
    free_counted(counted);
    return NULL;
}

static bool show(struct counted *counted, const struct style *document,
                 const struct counted *previous, size_t i, struct err *err)
{
    struct view *view = &counted->view;
    counted->shown[i] =
        shown_new(document, view->snapshot, previous ? previous->shown[i] : NULL, err);
    if (counted->shown[i]) {
        view->styles[i] = shown_style(counted->shown[i]);
        view->plans[i] = tile_plan_new(view->styles[i], view->snapshot, err);
    }
    return view->plans[i] || err_wrap(err, "estilo «%s»", styles_id(i));
}

/* Copies the description of the data from the snapshot. */
static void describe(struct view *view, const struct view_source *source)
{
    view->cache = source->cache;
    view->program = source->program;
    view->file = source->file;
    view->revision = snapshot_revision(view->snapshot);
    view->edition = *snapshot_edition(view->snapshot);
    view->schematic = view->edition.schematic;
    for (size_t i = 0; i < layers_count(); i++)
        view->simulated |= snapshot_layer_info(view->snapshot, layers_at(i))->simulated;
}

static bool fill(struct counted *counted, const struct view_source *source,
                 const struct counted *previous, struct err *err)
{
    struct view *view = &counted->view;
    view->snapshot = snapshot_build(source->store, previous ? previous->view.snapshot : NULL, err);
    if (!view->snapshot)
        return false;
    for (size_t i = 0; i < source->n_styles; i++)
        if (!show(counted, source->styles[i], previous, i, err))
            return false;
    describe(view, source);
    const struct versions_common common = {view->file, view->program, view->simulated,
                                           view->schematic};
    view->versions = versions_new(&common, view->snapshot, view->styles, source->n_styles);
    return view->versions || err_no_memory(err);
}

struct view *view_build(const struct view_source *source, const struct view *previous,
                        struct err *err)
{
    struct timespec began, ended;
    clock_gettime(CLOCK_MONOTONIC, &began);
    struct counted *counted = new_counted(source);
    if (!counted) {
        err_no_memory(err);
        return NULL;
    }
    if (!fill(counted, source, (const struct counted *)previous, err)) {
        free_counted(counted);
        return NULL;
    }
    clock_gettime(CLOCK_MONOTONIC, &ended);
    counted->view.build_ms =
        (double)(ended.tv_sec - began.tv_sec) * 1e3 + (double)(ended.tv_nsec - began.tv_nsec) / 1e6;
    return &counted->view;
}

struct view *view_ref(struct view *view)
{
    atomic_fetch_add_explicit(&((struct counted *)view)->users, 1, memory_order_relaxed);
    return view;
}

void view_unref(struct view *view)
{
    struct counted *counted = (struct counted *)view;
    if (counted && atomic_fetch_sub_explicit(&counted->users, 1, memory_order_acq_rel) == 1)
        free_counted(counted);
}

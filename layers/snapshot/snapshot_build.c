/* snapshot_build.c - builds the next snapshot from the store. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "geo/base/hash.h"
#include "layers/snapshot/snapshot_internal.h"

/* A layer being built; its geometry is built on a thread of its own while the next layer
 * is read. */
struct snapshot_build_job {
    struct slab *slab; /* NULL: shared with the previous snapshot */
    struct geo_shape **shapes;
    size_t n;
    struct geometry *known; /* the previous geometry, if unchanged */
    struct buf outlines;    /* stored outlines of these shapes, if any */
    pthread_t thread;
    bool running;
    struct err err;
};

struct snapshot_builder {
    struct geo_store *store;
    struct snapshot *previous, *made;
    struct snapshot_build_job jobs[LAYERS_MAX];
    bool same_units; /* municipalities are those of the previous snapshot */
};

/* ---- a layer ------------------------------------------------------------- */

static double ms_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void *build_geometry(void *arg)
{
    struct snapshot_build_job *job = arg;
    double began = ms_now();
    if (job->known && geometry_same(job->known, job->shapes, job->n)) {
        job->slab->geometry = geometry_ref(job->known);
        for (size_t f = 0; f < job->n; f++)
            geo_shape_free(job->shapes[f]);
        free(job->shapes);
    } else
        job->slab->geometry = geometry_build(job->shapes, job->n, job->slab->layer->tiling,
                                             &job->outlines, &job->err);
    buf_free(&job->outlines);
    job->shapes = NULL;
    job->slab->geometry_ms = ms_now() - began;
    return NULL;
}

static void drop_shapes(struct snapshot_build_job *job)
{
    for (size_t f = 0; job->shapes && f < job->n; f++)
        geo_shape_free(job->shapes[f]);
    free(job->shapes);
    job->shapes = NULL;
}

/* A hash of what a slab depends on: the layer's revision and mark, and the edition. Results
 * have no revision of their own; they use the store's. Changes of the figures raise the
 * revision of municipios (geo/figures/linker.h). */
static uint64_t stamp_of(const struct snapshot_builder *b, const struct layer *layer,
                         const struct geo_layer_info *info)
{
    const int64_t numbers[] = {layer->result ? b->made->revision : info->revision,
                               layer->result ? b->made->mark : info->mark};
    const char *edition = b->made->edition.codigo;
    return hash_bytes(hash_bytes(HASH_START, edition, strlen(edition)), numbers, sizeof numbers);
}

/* Computes snapshot_content() from what was read; the same in every process. */
static void set_content(const struct snapshot_builder *b, const struct snapshot_build_job *job)
{
    struct slab *slab = job->slab;
    const struct slab *units = b->made->slabs[0];
    slab->content = slab->stamp;
    if (slab == units)
        slab->names = columns_fingerprint(slab->columns, false);
    else if (slab->layer->result) {
        const uint64_t all[] = {columns_fingerprint(slab->columns, true),
                                outlines_key(job->shapes, job->n)};
        slab->content = hash_bytes(HASH_START, all, sizeof all);
    } else if (layer_table(slab->layer)->linked)
        slab->content = hash_bytes(slab->stamp, &units->names, sizeof units->names);
}

/* Reads the records of a layer, or only those that changed since the previous slab; and
 * the stored outlines of a `tiling` layer. */
static bool read_layer(struct snapshot_builder *b, struct snapshot_build_job *job,
                       const struct slab *before, const struct columns *units, struct err *err)
{
    struct slab *slab = job->slab;
    const struct layer *layer = slab->layer;
    const struct snapshot_reader from = {
        .store = b->store, .edition = b->made->edition.codigo, .units = units};
    bool done = false;
    if (before && b->same_units &&
        !snapshot_update(&from, before, &slab->columns, &job->shapes, &done, &slab->records_read,
                         err))
        return false;
    if (layer->by_edition)
        b->same_units = done && slab->records_read == 0;
    if (done)
        return true;
    if (!snapshot_read(&from, layer, &slab->columns, &job->shapes, err))
        return false;
    slab->records_read = slab->columns->n_features;
    return !layer->tiling || !from.edition[0] ||
           geo_store_outlines(b->store, from.edition, &job->outlines, err);
}

static bool start_layer(struct snapshot_builder *b, size_t index, struct err *err)
{
    const struct layer *layer = layers_at(index);
    struct snapshot_build_job *job = &b->jobs[index];
    struct geo_layer_info info = {0};
    if (!geo_store_layer(b->store, layer->holes_of ? layer->holes_of : layer->name, &info, err))
        return false;
    uint64_t stamp = stamp_of(b, layer, &info);
    struct slab *before = b->previous ? b->previous->slabs[index] : NULL;
    if (before && before->stamp == stamp && (b->same_units || !layer_table(layer)->linked)) {
        atomic_fetch_add(&before->refs, 1);
        b->made->slabs[index] = before;
        return true;
    }
    struct slab *slab = calloc(1, sizeof *slab);
    if (!slab)
        return err_no_memory(err);
    atomic_init(&slab->refs, 1);
    slab->layer = layer;
    slab->info = info;
    slab->stamp = stamp;
    slab->built_for = b->made->revision;
    b->made->slabs[index] = job->slab = slab;
    const struct slab *units = index > 0 ? b->made->slabs[0] : NULL;
    double began = ms_now();
    bool ok = read_layer(b, job, before, units ? units->columns : NULL, err);
    slab->read_ms = ms_now() - began;
    job->n = slab->columns ? slab->columns->n_features : 0;
    if (!ok)
        return err_wrap(err, "%s", layer->name);
    set_content(b, job);
    job->known = before ? before->geometry : NULL;
    job->running = pthread_create(&job->thread, NULL, build_geometry, job) == 0;
    if (!job->running)
        build_geometry(job);
    return true;
}

static bool read_state(struct snapshot_builder *b, struct err *err)
{
    struct err missing = {0};
    if (!geo_store_content(b->store, &b->made->revision, &b->made->mark, err))
        return false;
    if (geo_store_edition(b->store, NULL, &b->made->edition, &missing))
        return true;
    b->made->edition = (struct geo_edition_info){0};
    if (missing.kind == ERR_NOT_FOUND)
        return true;
    if (err)
        *err = missing;
    return false;
}

struct snapshot *snapshot_build(struct geo_store *store, struct snapshot *previous, struct err *err)
{
    struct snapshot_builder b = {.store = store, .previous = previous};
    bool ok = false;
    if (!geo_store_begin_read(store, err))
        return NULL;
    b.made = calloc(1, sizeof *b.made);
    if (b.made)
        b.made->slabs = calloc(layers_count(), sizeof(struct slab *));
    if (!b.made || !b.made->slabs) {
        err_no_memory(err);
        goto done;
    }
    atomic_init(&b.made->refs, 1);
    b.made->n_slabs = layers_count();
    b.made->shared = previous ? snapshot_shared_ref(previous->shared) : snapshot_shared_new();
    ok = (b.made->shared || err_no_memory(err)) && read_state(&b, err);
    /* Another copy of the database was put in the file's place: nothing can be shared. */
    if (ok && previous &&
        (previous->revision > b.made->revision ||
         (previous->revision == b.made->revision && previous->mark != b.made->mark)))
        b.previous = previous = NULL;
    b.same_units = ok && previous && strcmp(previous->edition.codigo, b.made->edition.codigo) == 0;
    for (size_t i = 0; i < layers_count() && ok; i++)
        ok = start_layer(&b, i, err);
    for (size_t i = 0; i < layers_count(); i++) {
        struct snapshot_build_job *job = &b.jobs[i];
        if (job->running)
            pthread_join(job->thread, NULL);
        drop_shapes(job);
        buf_free(&job->outlines);
        if (ok && job->slab && !job->slab->geometry) {
            if (err)
                *err = job->err;
            ok = false;
        }
    }
done:
    geo_store_rollback(store);
    if (ok)
        return b.made;
    snapshot_unref(b.made);
    return NULL;
}

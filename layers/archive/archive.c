/* archive.c - draws the tiles of an area with several threads into an archive. */
#include "layers/archive/archive.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "geo/base/folder.h"
#include "geo/base/hash.h"
#include "layers/archive/archive_pmtiles.h"
#include "layers/snapshot/snapshot_internal.h"
#include "layers/vector/geojson.h"

/* Workers may be at most RING lots of LOT tiles ahead of the writer. */
enum { LOT = 8, RING = 64, THREADS_MAX = 64 };
#define COMMIT_S 0.5

struct lot {
    uint64_t ids[LOT];
    struct buf tiles[LOT];
    size_t n;
    bool drawn;
};

/* Workers take lots in order of ids, and the thread that started them writes them in that
 * order: the file does not depend on the speed of the workers. */
struct archive_work {
    const struct archive_options *options;
    pthread_mutex_t lock; /* protects all below */
    pthread_cond_t moved;
    uint64_t next_id;
    uint64_t claimed, written; /* lots */
    bool exhausted, stopping;
    struct err err;
    struct lot ring[RING];
};

static bool is_pmtiles(const char *path)
{
    size_t len = strlen(path);
    return len > 8 && strcmp(path + len - 8, ".pmtiles") == 0;
}

bool archive_path_check(const char *path, struct err *err)
{
    size_t len = strlen(path);
    if (is_pmtiles(path) || (len > 8 && strcmp(path + len - 8, ".mbtiles") == 0))
        return true;
    return err_set(err, ERR_USAGE, "«%s»: la extensión tiene que ser .mbtiles o .pmtiles", path);
}

bool archive_fingerprint(const struct snapshot *snapshot, uint64_t *content, struct err *err)
{
    uint64_t hash = HASH_START;
    bool ok = true;
    struct buf text;
    buf_init(&text);
    for (size_t l = 0; ok && l < layers_count(); l++) {
        const struct slab *slab = snapshot_slab(snapshot, layers_at(l));
        hash = hash_bytes(hash, &slab->columns->n_features, sizeof slab->columns->n_features);
        for (size_t f = 0; ok && f < slab->columns->n_features; f++) {
            buf_clear(&text);
            geojson_put_feature(slab->columns, slab->geometry->shapes, f, &text);
            ok = !buf_failed(&text) || err_no_memory(err);
            if (ok)
                hash = hash_bytes(hash, text.data, text.len);
        }
    }
    buf_free(&text);
    *content = hash;
    return ok;
}

/* The next lot to draw, or NULL when there is none left. */
static struct lot *claim(struct archive_work *work)
{
    struct lot *lot = NULL;
    pthread_mutex_lock(&work->lock);
    while (!work->stopping && !work->exhausted && work->claimed - work->written == RING)
        pthread_cond_wait(&work->moved, &work->lock);
    if (!work->stopping && !work->exhausted) {
        lot = &work->ring[work->claimed % RING];
        lot->drawn = false;
        lot->n = 0;
        while (lot->n < LOT && archive_next(&work->options->area, &work->next_id))
            lot->ids[lot->n++] = work->next_id++;
        work->exhausted = lot->n < LOT;
        if (lot->n)
            work->claimed++;
        else
            lot = NULL;
        pthread_cond_broadcast(&work->moved);
    }
    pthread_mutex_unlock(&work->lock);
    return lot;
}

static void *draw(void *arg)
{
    struct archive_work *work = arg;
    const struct archive_options *options = work->options;
    for (struct lot *lot; (lot = claim(work));) {
        struct err err = {0};
        bool ok = true;
        for (size_t i = 0; i < lot->n && ok; i++) {
            buf_clear(&lot->tiles[i]);
            ok = options->tile(options->arg, archive_tile_of(lot->ids[i]), &lot->tiles[i], &err) &&
                 (!buf_failed(&lot->tiles[i]) || err_no_memory(&err));
        }
        pthread_mutex_lock(&work->lock);
        lot->drawn = ok;
        if (!ok && !work->stopping) {
            work->err = err;
            work->stopping = true;
        }
        pthread_cond_broadcast(&work->moved);
        pthread_mutex_unlock(&work->lock);
    }
    return NULL;
}

/* The next lot to write; NULL: all is written, or it failed. */
static struct lot *await(struct archive_work *work)
{
    pthread_mutex_lock(&work->lock);
    struct lot *lot = &work->ring[work->written % RING];
    while (!work->stopping && !(work->claimed > work->written && lot->drawn) &&
           !(work->exhausted && work->claimed == work->written))
        pthread_cond_wait(&work->moved, &work->lock);
    if (work->stopping || work->claimed == work->written)
        lot = NULL;
    pthread_mutex_unlock(&work->lock);
    return lot;
}

static void release(struct archive_work *work, bool stop)
{
    pthread_mutex_lock(&work->lock);
    work->written++;
    work->stopping |= stop;
    pthread_cond_broadcast(&work->moved);
    pthread_mutex_unlock(&work->lock);
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static bool store_lots(struct archive_work *work, struct archive_store *store, uint64_t done,
                       struct err *err)
{
    const struct archive_options *options = work->options;
    const double total = (double)archive_count(&options->area);
    double committed = seconds();
    bool ok = true;
    uint64_t next = archive_store_next(store);
    for (struct lot *lot; ok && (lot = await(work));) {
        for (size_t i = 0; i < lot->n && ok; i++)
            ok = !lot->tiles[i].len ||
                 archive_store_put(store, lot->ids[i], lot->tiles[i].data, lot->tiles[i].len, err);
        next = lot->ids[lot->n - 1] + 1;
        done += lot->n;
        release(work, !ok);
        if (ok && seconds() - committed > COMMIT_S) {
            ok = archive_store_commit(store, next, err);
            committed = seconds();
            if (options->progress && (double)done < total)
                options->progress(options->progress_arg, (double)done / total);
        }
    }
    if (ok && work->err.kind != ERR_NONE) {
        if (err)
            *err = work->err;
        ok = false;
    }
    return ok && archive_store_commit(store, next, err);
}

static bool draw_all(const struct archive_options *options, struct archive_store *store,
                     uint64_t done, struct err *err)
{
    struct archive_work *work = calloc(1, sizeof *work);
    pthread_t threads[THREADS_MAX];
    unsigned started = 0;
    if (!work)
        return err_no_memory(err);
    work->options = options;
    work->next_id = archive_store_next(store);
    pthread_mutex_init(&work->lock, NULL);
    pthread_cond_init(&work->moved, NULL);
    while (started < options->threads && started < THREADS_MAX &&
           pthread_create(&threads[started], NULL, draw, work) == 0)
        started++;
    bool ok = started ? store_lots(work, store, done, err)
                      : err_set(err, ERR_DEPENDENCY, "no se pudo iniciar ningún hilo");
    pthread_mutex_lock(&work->lock);
    work->stopping = true;
    pthread_cond_broadcast(&work->moved);
    pthread_mutex_unlock(&work->lock);
    while (started)
        pthread_join(threads[--started], NULL);
    for (size_t l = 0; l < RING; l++)
        for (size_t i = 0; i < LOT; i++)
            buf_free(&work->ring[l].tiles[i]);
    pthread_cond_destroy(&work->moved);
    pthread_mutex_destroy(&work->lock);
    free(work);
    return ok;
}

/* Number of tiles of the area before an id. */
static uint64_t count_before(const struct archive_area *area, uint64_t next)
{
    uint64_t count = 0;
    for (uint64_t id = 0; archive_next(area, &id) && id < next; id++)
        count++;
    return count;
}

/* Metadata: rows in MBTiles, one JSON object in PMTiles. */
static bool put_facts(const struct archive_options *options, struct archive_store *store,
                      struct buf *json, struct err *err)
{
    const struct geo_box *box = &options->area.box;
    char bounds[128], center[128], low[16], high[16];
    struct buf layers;
    snprintf(bounds, sizeof bounds, "%.7f,%.7f,%.7f,%.7f", box->min_x, box->min_y, box->max_x,
             box->max_y);
    snprintf(center, sizeof center, "%.7f,%.7f,%d", (box->min_x + box->max_x) / 2,
             (box->min_y + box->max_y) / 2, options->area.zoom_min);
    snprintf(low, sizeof low, "%d", options->area.zoom_min);
    snprintf(high, sizeof high, "%d", options->area.zoom_max);
    const char *const facts[][2] = {
        {"name", options->name},
        {"format", options->vector ? "pbf" : "png"},
        {"bounds", bounds},
        {"center", center},
        {"minzoom", low},
        {"maxzoom", high},
        {"attribution", options->attribution},
        {"description", options->description},
        {"type", options->vector ? "overlay" : "baselayer"},
        {"version", options->version},
    };
    bool ok = true;
    buf_putc(json, '{');
    for (size_t i = 0; i < sizeof facts / sizeof *facts && ok; i++) {
        buf_puts(json, i ? "," : "");
        buf_put_json(json, facts[i][0]);
        buf_putc(json, ':');
        buf_put_json(json, facts[i][1]);
        ok = archive_store_fact(store, facts[i][0], facts[i][1], err);
    }
    buf_init(&layers);
    if (options->vector_layers) {
        buf_printf(&layers, "{\"vector_layers\":%s}", options->vector_layers);
        buf_puts(json, ",\"vector_layers\":");
        buf_puts(json, options->vector_layers);
        ok = ok && (!buf_failed(&layers) || err_no_memory(err)) &&
             archive_store_fact(store, "json", layers.data, err);
    }
    buf_putc(json, '}');
    buf_free(&layers);
    return ok && (!buf_failed(json) || err_no_memory(err));
}

static bool finish(const struct archive_options *options, struct archive_store *store,
                   struct err *err)
{
    struct pmtiles_header header = {.vector = options->vector, .area = options->area};
    struct folder_draft whole = {0};
    struct buf json;
    buf_init(&json);
    bool ok = put_facts(options, store, &json, err) &&
              archive_store_commit(store, archive_store_next(store), err) &&
              folder_draft_begin(&whole, options->path, err);
    if (ok) {
        header.metadata = json.data;
        ok = is_pmtiles(options->path) ? archive_pmtiles_write(store, &header, whole.making, err)
                                       : archive_store_copy(store, whole.making, err);
        if (ok)
            ok = folder_draft_publish(&whole, true, err);
        else
            folder_draft_drop(&whole);
    }
    buf_free(&json);
    return ok;
}

/* A text that identifies everything the tiles depend on. */
static void request_of(const struct archive_options *options, char word[32])
{
    uint64_t hash = hash_bytes(options->content, &options->area.box, sizeof options->area.box);
    const int zooms[3] = {options->area.zoom_min, options->area.zoom_max, options->vector};
    hash = hash_bytes(hash, zooms, sizeof zooms);
    hash = hash_bytes(hash, options->version, strlen(options->version));
    hash = hash_bytes(hash, options->name, strlen(options->name));
    snprintf(word, 32, "%016llx", (unsigned long long)hash);
}

bool archive_write(const struct archive_options *options, struct archive_report *report,
                   struct err *err)
{
    char request[32];
    struct buf partial;
    struct archive_store *store = NULL;
    bool ok = false;
    buf_init(&partial);
    *report = (struct archive_report){0};
    if (!archive_path_check(options->path, err))
        goto done;
    request_of(options, request);
    buf_printf(&partial, "%s.parcial", options->path);
    if (buf_failed(&partial)) {
        err_no_memory(err);
        goto done;
    }
    store = archive_store_open(partial.data, request, err);
    if (!store)
        goto done;
    report->resumed = count_before(&options->area, archive_store_next(store));
    ok = draw_all(options, store, report->resumed, err) && finish(options, store, err) &&
         archive_store_counts(store, &report->counts, err);
    if (ok) {
        archive_store_remove(store);
        store = NULL;
        if (options->progress)
            options->progress(options->progress_arg, 1);
    }
done:
    archive_store_close(store);
    buf_free(&partial);
    return ok;
}

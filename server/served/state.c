/* state.c - watches the database, builds the next content and swaps it in. */
#include "server/served/state.h"

#include <errno.h>
#include <fcntl.h>
#include <libdeflate.h>
#include <malloc.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "geo/base/hash.h"
#include "geo/base/parse.h"
#include "layers/vector/mvt.h"

enum {
    POLL_MS = 4,
    RETRY_MS = 250, /* interval of retries while the database cannot be used */
    SHUT_MS = 1000, /* time for readers of a replaced file to end */
    CACHE_BYTES = 24 * 1024 * 1024,
};

/* Identity of the file: a recreated database has the same name and other contents. */
struct identity {
    uint64_t device, inode, born_ns;
};

struct state {
    char *db_path;
    FILE *log;
    size_t n_styles;
    struct style **styles;
    struct stores *stores;
    struct cache *cache;
    uint32_t program; /* checksum of our executable: another version draws differently */

    pthread_mutex_t lock; /* protects what follows; held for a few instructions */
    struct served *current;
    bool stopping, verbose;
    enum state_trouble trouble_is;
    char trouble[ERR_MESSAGE_MAX];
    pthread_cond_t wake;

    pthread_t watcher;
    bool watching;
    struct geo_store *store; /* the watcher's */
    bool unsound;            /* the files are not those that are open; only for the watcher */
    struct identity identity;
};

static struct identity identify(const char *path)
{
    struct statx found;
    if (statx(AT_FDCWD, path, 0, STATX_INO | STATX_BTIME, &found) != 0)
        return (struct identity){0};
    uint64_t born = found.stx_mask & STATX_BTIME
                        ? (uint64_t)found.stx_btime.tv_sec * 1000000000u + found.stx_btime.tv_nsec
                        : 0;
    return (struct identity){(uint64_t)found.stx_dev_major << 32 | found.stx_dev_minor,
                             found.stx_ino, born};
}

static bool same_identity(struct identity a, struct identity b)
{
    return a.device == b.device && a.inode == b.inode && a.born_ns == b.born_ns;
}

static uint32_t checksum_program(void)
{
    int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    struct stat info;
    uint32_t sum = 0;
    if (fd < 0)
        return 0;
    if (fstat(fd, &info) == 0 && info.st_size > 0) {
        void *bytes = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (bytes != MAP_FAILED) {
            sum = libdeflate_crc32(0, bytes, (size_t)info.st_size);
            munmap(bytes, (size_t)info.st_size);
        }
    }
    close(fd);
    return sum;
}

/* previous: of the same file, or NULL. */
static struct served *build(struct state *state, const struct served *previous, struct err *err)
{
    const struct served_source source = {
        .store = state->store,
        .styles = state->styles,
        .n_styles = state->n_styles,
        .program = state->program,
        .file = hash_bytes(HASH_START, &state->identity, sizeof state->identity),
        .cache = state->cache,
    };
    return served_build(&source, previous, err);
}

struct served *state_acquire(struct state *state)
{
    pthread_mutex_lock(&state->lock);
    struct served *served = served_ref(state->current);
    pthread_mutex_unlock(&state->lock);
    return served;
}

/* Logs the content's layers; those unchanged are marked. */
static void tell(struct state *state, const struct served *served)
{
    char now[21];
    date_now(now);
    fprintf(state->log, "%s revisión %lld: datos en memoria %.1f MB, preparados en %.1f ms\n", now,
            (long long)served->revision, (double)snapshot_bytes(served->snapshot) / 1e6,
            served->build_ms);
    for (size_t i = 0; i < layers_count(); i++) {
        const struct snapshot_cost cost = snapshot_cost(served->snapshot, layers_at(i));
        fprintf(state->log,
                "%s   %-14s %8zu elementos %8.2f MB  %8zu leídos en %6.1f ms, geometría %6.1f "
                "ms%s\n",
                now, layers_at(i)->name, snapshot_feature_count(served->snapshot, layers_at(i)),
                (double)cost.bytes / 1e6, cost.records_read, cost.read_ms, cost.geometry_ms,
                cost.shared ? " (sin cambios)" : "");
    }
}

void state_be_verbose(struct state *state)
{
    struct served *served = state_acquire(state);
    pthread_mutex_lock(&state->lock);
    state->verbose = true;
    pthread_mutex_unlock(&state->lock);
    tell(state, served);
    served_unref(served);
}

static bool is_wanted(const void *arg, const char *version)
{
    return versions_has(arg, version);
}

static void swap_in(struct state *state, struct served *next)
{
    pthread_mutex_lock(&state->lock);
    struct served *old = state->current;
    state->current = next;
    state->trouble_is = STATE_FINE;
    bool verbose = state->verbose;
    pthread_mutex_unlock(&state->lock);
    served_unref(old);
    cache_prune(state->cache, is_wanted, next->versions);
    if (verbose) /* only this thread replaces the content, so it stays valid */
        tell(state, next);
}

static void note_trouble(struct state *state, const struct err *err)
{
    pthread_mutex_lock(&state->lock);
    bool is_new = !state->trouble_is || strcmp(state->trouble, err->message) != 0;
    state->trouble_is = state->store ? STATE_STALE : STATE_NO_DATABASE;
    memcpy(state->trouble, err->message, sizeof state->trouble);
    pthread_mutex_unlock(&state->lock);
    if (is_new) {
        char now[21];
        date_now(now);
        fprintf(state->log, "%s los datos nuevos no se pueden mostrar: %s\n", now, err->message);
    }
}

enum state_trouble state_trouble(struct state *state)
{
    pthread_mutex_lock(&state->lock);
    enum state_trouble trouble = state->trouble_is;
    pthread_mutex_unlock(&state->lock);
    return trouble;
}

static void tell_replaced(struct state *state)
{
    char now[21];
    date_now(now);
    fprintf(state->log,
            "%s la base de datos, su -wal o su -shm fueron reemplazados o quitados: se abre de "
            "nuevo\n",
            now);
}

/* Closes all connections to the replaced file: within one process SQLite would mix the old
 * file with the new one. If the two share no file, open connections may stay. */
static bool let_go(struct state *state, struct err *err)
{
    bool apart = !state->unsound && state->store && geo_store_apart(state->store);
    if (!state->unsound)
        tell_replaced(state);
    geo_store_close(state->store);
    state->store = NULL;
    if (apart)
        return true;
    state->unsound = true;
    return stores_shut(state->stores, SHUT_MS) ||
           err_set(err, ERR_DEPENDENCY,
                   "la base de datos fue reemplazada; aún se lee de la anterior");
}

/* Opens the database again if its file or log was replaced. */
static bool follow_file(struct state *state, bool *replaced, struct err *err)
{
    struct identity now = identify(state->db_path);
    struct err cause = {0};
    *replaced = false;
    if (state->store && same_identity(now, state->identity) &&
        geo_store_sound(state->store, &cause))
        return true;
    if (cause.kind == ERR_MEMORY) { /* the check itself failed */
        *err = cause;
        return false;
    }
    if ((state->store || state->unsound) && !let_go(state, err))
        return false;
    struct geo_store *store = geo_store_open(state->db_path, GEO_STORE_READ, err);
    if (!store) { /* the next file at the path may share files with connections still lent */
        state->unsound = state->current != NULL;
        return false;
    }
    stores_open(state->stores);
    state->store = store;
    state->unsound = false;
    state->identity = now;
    *replaced = true;
    return true;
}

/* Checks the database once; true: nothing to do, or done. */
static bool look(struct state *state, struct err *err)
{
    bool replaced = false;
    int64_t revision = 0, mark = 0;
    if (!follow_file(state, &replaced, err) ||
        !geo_store_content(state->store, &revision, &mark, err))
        return false;
    struct served *current = state_acquire(state);
    bool stale =
        replaced || revision != current->revision || mark != snapshot_mark(current->snapshot);
    struct served *next = NULL;
    if (stale) /* revisions of another file cannot be compared */
        next = build(state, replaced ? NULL : current, err);
    served_unref(current);
    if (next) {
        swap_in(state, next);
        mvt_warm(next->snapshot); /* only this thread replaces it */
    }
    return next || !stale;
}

/* False when the state is closing. */
static bool wait_ms(struct state *state, long ms)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += ms % 1000 * 1000000;
    until.tv_sec += ms / 1000 + until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_mutex_lock(&state->lock);
    while (!state->stopping &&
           pthread_cond_timedwait(&state->wake, &state->lock, &until) != ETIMEDOUT)
        continue;
    bool on = !state->stopping;
    pthread_mutex_unlock(&state->lock);
    return on;
}

/* Opens a connection ahead, for the first request that needs one. */
static void open_ahead(struct state *state)
{
    struct err err = {0};
    struct served *served = state_acquire(state);
    struct geo_store *store = stores_take(state->stores, served->file, &err);
    if (store) /* else that request will report the problem */
        stores_give(state->stores, served->file, store);
    served_unref(served);
}

static void *watch(void *arg)
{
    struct state *state = arg;
    long pause_ms = POLL_MS;
    open_ahead(state);
    while (wait_ms(state, pause_ms)) {
        struct err err = {0};
        bool ok = look(state, &err);
        if (!ok) {
            note_trouble(state, &err);
            /* The connection may be to a file that was replaced. */
            geo_store_close(state->store);
            state->store = NULL;
        }
        pause_ms = ok ? POLL_MS : RETRY_MS;
    }
    return NULL;
}

static bool read_styles(struct state *state, struct err *err)
{
    state->styles = calloc(styles_count() ? styles_count() : 1, sizeof *state->styles);
    if (!state->styles)
        return err_no_memory(err);
    for (size_t i = 0; i < styles_count(); i++) {
        const char *json = NULL;
        size_t len = 0;
        if (!styles_document(styles_id(i), &json, &len))
            return err_set(err, ERR_SETUP, "falta el estilo «%s»", styles_id(i));
        state->styles[i] = style_parse(json, len, err);
        if (!state->styles[i])
            return err_wrap(err, "estilo «%s»", styles_id(i));
        state->n_styles++;
    }
    return true;
}

struct state *state_open(const char *db_path, FILE *log, struct err *err)
{
    struct state *state = calloc(1, sizeof *state);
    pthread_condattr_t monotonic;
    bool replaced = false;
    if (!state) {
        err_no_memory(err);
        return NULL;
    }
    state->log = log;
    pthread_mutex_init(&state->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&state->wake, &monotonic);
    pthread_condattr_destroy(&monotonic);
    state->program = checksum_program();
    state->db_path = strdup(db_path);
    state->stores = stores_new(db_path);
    state->cache = cache_new(CACHE_BYTES);
    if (!state->db_path || !state->stores || !state->cache) {
        err_no_memory(err);
        goto failed;
    }
    if (!follow_file(state, &replaced, err) || !read_styles(state, err))
        goto failed;
    state->current = build(state, NULL, err);
    if (!state->current)
        goto failed;
    mvt_warm(state->current->snapshot);
    malloc_trim(0); /* memory that was only needed for the full build */
    state->watching = pthread_create(&state->watcher, NULL, watch, state) == 0;
    if (state->watching)
        return state;
    err_set(err, ERR_DEPENDENCY, "no se pudo iniciar el hilo que vigila la base de datos");
failed:
    state_close(state);
    return NULL;
}

void state_close(struct state *state)
{
    if (!state)
        return;
    pthread_mutex_lock(&state->lock);
    state->stopping = true;
    pthread_cond_signal(&state->wake);
    pthread_mutex_unlock(&state->lock);
    if (state->watching)
        pthread_join(state->watcher, NULL);
    if (state->current)
        served_unref(state->current);
    for (size_t i = 0; i < state->n_styles; i++)
        style_free(state->styles[i]);
    free(state->styles);
    geo_store_close(state->store);
    stores_free(state->stores);
    cache_free(state->cache);
    pthread_cond_destroy(&state->wake);
    pthread_mutex_destroy(&state->lock);
    free(state->db_path);
    free(state);
}

const char *state_db_path(const struct state *state)
{
    return state->db_path;
}

struct stores *state_stores(const struct state *state)
{
    return state->stores;
}

size_t state_style_count(const struct state *state)
{
    return state->n_styles;
}

int state_style_find(const struct state *state, const char *id)
{
    for (size_t i = 0; i < state->n_styles; i++)
        if (strcmp(styles_id(i), id) == 0)
            return (int)i;
    return -1;
}

/* response_cache.c - answers from the cache; each body is compressed once. */
#include "server/request/response_cache.h"

#include <stdlib.h>
#include <string.h>

#include "server/request/respond.h"

/* Parts of an entry: bodies by coding, responses by coding and by whether the
 * URL names its version. */
enum {
    PART_BODIES = 0,
    PART_PLAIN = PART_BODIES + CODING_NONE, /* if present, the body is never compressed */
    PART_READY = CODING_N,
    /* What the response and its headers take beside the body. */
    READY_BYTES = 2048,
    /* Smaller bodies are not compressed: they fit a packet. */
    CODED_MIN = 256,
};
_Static_assert(PART_READY + 2 * CODING_N <= CACHE_PARTS, "a part for every response");

struct packed {
    size_t len;
    char data[];
};

struct ready {
    struct http_ready *http;
    const struct route *route; /* for metrics */
};

static void free_ready(void *arg)
{
    struct ready *ready = arg;
    http_ready_free(ready->http);
    free(ready);
}

static size_t part_of(enum content_coding coding, bool versioned)
{
    return PART_READY + 2 * (size_t)coding + versioned;
}

static void keep_nothing(void *made)
{
    (void)made;
}

static void send_ready(struct call *call, const struct cache_entry *entry,
                       const struct ready *ready)
{
    call->out->ready = ready->http;
    call->out->release = cache_return;
    call->out->release_arg = (void *)(uintptr_t)entry;
    call->route = ready->route;
}

/* ---- bodies ------------------------------------------------------------------ */

/* The compressed body, made at the first call; the plain body if compression saves nothing
 * (*coding tells). */
static bool find_body(struct call *call, const struct cache_entry *entry, const char **data,
                      size_t *len, enum content_coding *coding)
{
    struct packed *packed = cache_part(entry, PART_BODIES + (size_t)*coding);
    struct buf made;
    if (*coding == CODING_NONE || *len < CODED_MIN) {
        *coding = CODING_NONE;
        return true;
    }
    if (!packed) {
        buf_init(&made);
        content_coding_compress(call->worker->coder, *coding, CODING_CACHED, *data, *len, &made);
        packed = malloc(sizeof *packed + made.len);
        if (packed) {
            packed->len = made.len; /* 0: saves nothing */
            if (made.len)
                memcpy(packed->data, made.data, made.len);
        }
        buf_free(&made);
        if (!packed)
            return false;
        packed = cache_keep_part(call->served->cache, entry, PART_BODIES + (size_t)*coding, packed,
                                 sizeof *packed + packed->len, free);
    }
    if (packed->len) {
        *data = packed->data;
        *len = packed->len;
    } else {
        *coding = CODING_NONE;
    }
    return true;
}

/* ---- responses --------------------------------------------------------------- */

/* How an entry is answered. */
struct delivery {
    bool coded; /* the body may be compressed */
    bool once;  /* do not store the response */
};

static struct ready *make_ready(struct call *call, const struct cache_entry *entry, size_t part)
{
    struct ready *ready = calloc(1, sizeof *ready);
    if (!ready)
        return NULL;
    ready->route = call->route;
    ready->http = http_ready_new(call->out);
    if (ready->http)
        return cache_keep_part(call->served->cache, entry, part, ready, READY_BYTES, free_ready);
    free(ready);
    return NULL;
}

static bool answer(struct call *call, const struct cache_entry *entry, const char *data, size_t len,
                   struct delivery delivery, struct err *err)
{
    struct http_response *out = call->out;
    enum content_coding asked = CODING_NONE;
    if (delivery.coded)
        asked = content_coding_choose(http_header(call->http, "Accept-Encoding"), CODING_CACHED);
    /* Keyed by the coding requested, not the one chosen, so that an identical request
     * hits. */
    size_t part = part_of(asked, call->versioned);
    struct ready *ready = cache_part(entry, part);
    if (!ready) {
        enum content_coding coding = asked;
        bool ok = find_body(call, entry, &data, &len, &coding);
        if (ok && coding != CODING_NONE)
            respond_header(call, "Content-Encoding", content_coding_name(coding));
        if (ok)
            respond_general(call);
        if (ok && !delivery.coded)
            cache_keep_part(call->served->cache, entry, PART_PLAIN, call->service, 0, keep_nothing);
        out->lent = data;
        out->lent_len = len;
        if (ok && delivery.once) {
            call->finished = true;
            out->release = cache_return;
            out->release_arg = (void *)(uintptr_t)entry;
            return true;
        }
        ready = ok ? make_ready(call, entry, part) : NULL;
    }
    if (!ready) {
        cache_return((void *)(uintptr_t)entry);
        return err_no_memory(err);
    }
    send_ready(call, entry, ready);
    return true;
}

bool response_cache_answer(struct call *call, const struct cache_entry *entry, bool coded,
                           struct err *err)
{
    return answer(call, entry, entry->data, entry->len, (struct delivery){coded, false}, err);
}

bool response_cache_answer_once(struct call *call, const struct cache_entry *entry, bool coded,
                                struct err *err)
{
    return answer(call, entry, entry->data, entry->len, (struct delivery){coded, true}, err);
}

bool response_cache_answer_noted(struct call *call, const struct cache_entry *entry,
                                 const char *name, bool once, struct err *err)
{
    size_t line = strlen(entry->data) + 1;
    if (entry->data[0])
        respond_header(call, name, entry->data);
    return answer(call, entry, entry->data + line, entry->len - line, (struct delivery){true, once},
                  err);
}

/* ---- tiles by their address --------------------------------------------------- */

static bool ends_with(const char *text, size_t len, const char *end)
{
    size_t end_len = strlen(end);
    return len > end_len && memcmp(text + len - end_len, end, end_len) == 0;
}

/* Reads "" or "v=" and a word: *versioned if it is `version` or that of all data. False
 * for any other query. */
static bool read_version(const struct call *call, const char *query, const char *version,
                         bool *versioned)
{
    *versioned = false;
    if (!*query)
        return true;
    if (strncmp(query, "?v=", 3) != 0 || strpbrk(query + 3, "&%+="))
        return false;
    *versioned = strcmp(query + 3, version) == 0 ||
                 strcmp(query + 3, versions_all(call->served->versions)) == 0;
    return true;
}

struct tile_address {
    const char *version; /* that it has now */
    size_t len;          /* of the target without its query */
    bool vector, versioned;
};

static bool read_tile_address(const struct call *call, struct tile_address *tile)
{
    const char *target = call->address;
    if (strncmp(target, "/tiles/", 7) != 0)
        return false;
    const char *method = call->http->method;
    size_t len = tile->len = (size_t)(strchrnul(target, '?') - target);
    tile->vector = ends_with(target, len, ".mvt");
    if ((!tile->vector && !ends_with(target, len, ".png") && !ends_with(target, len, ".webp")) ||
        (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0))
        return false;
    const char *name = target + 7;
    tile->version = versions_named(call->served->versions, name, strcspn(name, "/"), tile->vector);
    return tile->version && read_version(call, target + len, tile->version, &tile->versioned);
}

bool response_cache_has_tile(const struct call *call)
{
    struct tile_address tile;
    const struct cache_entry *entry =
        call->served && read_tile_address(call, &tile)
            ? cache_find(call->served->cache, call->address, tile.len, tile.version)
            : NULL;
    if (entry)
        cache_return((void *)(uintptr_t)entry);
    return entry != NULL;
}

bool response_cache_answer_tile(struct call *call)
{
    struct tile_address tile;
    if (!read_tile_address(call, &tile) || http_header(call->http, "If-None-Match"))
        return false;
    const struct cache_entry *entry =
        cache_find(call->served->cache, call->address, tile.len, tile.version);
    if (!entry)
        return false;
    enum content_coding coding =
        tile.vector
            ? content_coding_choose(http_header(call->http, "Accept-Encoding"), CODING_CACHED)
            : CODING_NONE;
    const struct ready *ready = cache_part(entry, part_of(coding, tile.versioned));
    if (!ready) {
        cache_return((void *)(uintptr_t)entry);
        return false;
    }
    send_ready(call, entry, ready);
    metrics_cache(call->worker->counts, true);
    return true;
}

/* ---- other answers, by URL and form -------------------------------------------- */

bool response_cache_find(struct call *call, const char *form)
{
    /* The base URL is part of the key, because links contain it; no tile's key begins so. */
    call->cache_key = arena_printf(call->arena, "%s%s#%s", call->base_url, call->address, form);
    const struct cache_entry *entry =
        call->cache_key ? cache_get(call->served->cache, call->cache_key, call->version) : NULL;
    if (!entry)
        return false;
    enum content_coding coding = CODING_NONE;
    if (!cache_part(entry, PART_PLAIN))
        coding = content_coding_choose(http_header(call->http, "Accept-Encoding"), CODING_CACHED);
    const struct ready *ready = cache_part(entry, part_of(coding, call->versioned));
    if (!ready) { /* no response in this coding yet: made for its headers */
        cache_return((void *)(uintptr_t)entry);
        return false;
    }
    send_ready(call, entry, ready);
    metrics_cache(call->worker->counts, true);
    return true;
}

/* True if a body too large to be kept can be shared while it is sent, because there is
 * room for more such bodies. A compressed one is small, and belongs to its client alone. */
static bool is_shared(const struct call *call, size_t len)
{
    return cache_keeps(call->served->cache, len) ||
           (content_coding_choose(http_header(call->http, "Accept-Encoding"), CODING_ONCE) ==
                CODING_NONE &&
            http_room(call->http, len));
}

bool response_cache_store(struct call *call, struct err *err)
{
    struct http_response *out = call->out;
    if (!call->cache_key || out->ready || out->lent || out->status != 200 || !out->body.len ||
        !is_shared(call, out->body.len))
        return true;
    size_t len = 0;
    char *data = buf_take(&out->body, &len);
    const struct cache_entry *entry =
        data ? cache_put(call->served->cache, call->cache_key, call->version, data, len) : NULL;
    metrics_cache(call->worker->counts, false);
    if (entry)
        return response_cache_answer(call, entry, call->compressible, err);
    free(data);
    return err_no_memory(err);
}

/* Every parameter with its value, in the order of the route's list. Lengths are included,
 * so that different values never give the same key. */
static const char *figures_key(struct call *call, const char *name, const char *format)
{
    struct buf key;
    buf_init(&key);
    buf_printf(&key, "%s/%s", name, format);
    for (const struct param *param = call->route->params; param && param->name; param++) {
        const struct param_value *value = call_param(call, param->name);
        if (value->given && strcmp(param->name, "f") != 0)
            buf_printf(&key, "/%s=%zu:%s", param->name, strlen(value->text), value->text);
    }
    const char *kept = buf_failed(&key) ? NULL : arena_strdup(call->arena, key.data);
    buf_free(&key);
    return kept;
}

bool response_cache_answer_figures(struct call *call, const struct response_form *form, bool slow,
                                   cache_make_fn *make, void *arg, struct err *err)
{
    const char *key = figures_key(call, form->name, form->format);
    bool hit;
    if (!key)
        return err_no_memory(err);
    const struct cache_entry *entry =
        slow ? cache_get(call->served->cache, key, call->version) : NULL;
    if (slow && !entry && call_defer(call))
        return true;
    hit = entry != NULL;
    if (!entry)
        entry = cache_fetch(call->served->cache, key, call->version, make, arg, call->budget, &hit,
                            err);
    metrics_cache(call->worker->counts, hit);
    if (!entry)
        return false;
    if (form->disposition)
        respond_header(call, "Content-Disposition", form->disposition);
    respond_header(call, "Content-Type", form->type);
    return response_cache_answer(call, entry, form->coded, err);
}

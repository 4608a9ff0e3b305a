/* tools.c - painters and letters, shared by successive snapshots. */
#include "layers/map/tools.h"

#include <pthread.h>
#include <stdlib.h>

#include "layers/map/painters.h"
#include "layers/snapshot/snapshot_internal.h"
#include "layers/text/lettering.h"

/* When the cache of letters has grown to this, mostly for names that no longer exist, the
 * next snapshot gets a new one. */
enum { MAX_LETTERING_BYTES = 16 * 1024 * 1024 };

struct tools {
    struct attachment attachment;
    struct painters *painters;
    pthread_mutex_t lock; /* for what follows */
    struct lettering *lettering;
    int64_t revision; /* of the snapshot that last asked for it */
};

static void tools_free(struct attachment *attachment)
{
    struct tools *tools = (struct tools *)attachment;
    painters_free(tools->painters);
    lettering_unref(tools->lettering);
    pthread_mutex_destroy(&tools->lock);
    free(tools);
}

static struct tools *tools_of(const struct snapshot *snapshot, struct err *err)
{
    const struct attachment_slot *slot = &snapshot->shared->tools;
    struct attachment *attached = attachment_get(slot);
    if (attached)
        return (struct tools *)attached;
    struct tools *tools = calloc(1, sizeof *tools);
    if (!tools) {
        err_no_memory(err);
        return NULL;
    }
    tools->attachment.free = tools_free;
    tools->revision = snapshot->revision;
    pthread_mutex_init(&tools->lock, NULL);
    tools->painters = painters_new();
    tools->lettering = lettering_new(err);
    if (tools->painters && tools->lettering)
        return (struct tools *)attachment_put(slot, &tools->attachment);
    tools_free(&tools->attachment);
    err_no_memory(err);
    return NULL;
}

struct painters *tools_painters(const struct snapshot *snapshot, struct err *err)
{
    struct tools *tools = tools_of(snapshot, err);
    return tools ? tools->painters : NULL;
}

/* False: memory; the lettering is as it was. */
static bool renew_worn(struct tools *tools, int64_t revision, struct err *err)
{
    if (revision == tools->revision)
        return true;
    if (lettering_bytes(tools->lettering) >= MAX_LETTERING_BYTES) {
        struct lettering *fresh = lettering_new(err);
        if (!fresh)
            return false;
        lettering_unref(tools->lettering);
        tools->lettering = fresh;
    }
    tools->revision = revision;
    return true;
}

struct lettering *tools_lettering(const struct snapshot *snapshot, struct err *err)
{
    struct tools *tools = tools_of(snapshot, err);
    if (!tools)
        return NULL;
    pthread_mutex_lock(&tools->lock);
    struct lettering *lettering =
        renew_worn(tools, snapshot->revision, err) ? lettering_ref(tools->lettering) : NULL;
    pthread_mutex_unlock(&tools->lock);
    return lettering;
}

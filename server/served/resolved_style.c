/* resolved_style.c - a style with its class breaks computed from the data, shared by views. */
#include "server/served/resolved_style.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "layers/map/classes.h"

struct shown {
    atomic_int users;
    const struct style *document;
    struct style *own; /* NULL: the document */
    uint64_t classes;
};

struct shown *shown_new(const struct style *document, const struct snapshot *snapshot,
                        struct shown *before, struct err *err)
{
    uint64_t classes = 0;
    bool computed = style_breaks_computed(document);
    if (computed && !classes_key(document, snapshot, &classes, err))
        return NULL;
    if (before && before->classes == classes) {
        atomic_fetch_add_explicit(&before->users, 1, memory_order_relaxed);
        return before;
    }
    struct shown *shown = calloc(1, sizeof *shown);
    if (!shown) {
        err_no_memory(err);
        return NULL;
    }
    atomic_init(&shown->users, 1);
    shown->document = document;
    shown->classes = classes;
    if (computed)
        shown->own = classes_style(document, snapshot, err);
    if (!computed || shown->own)
        return shown;
    free(shown);
    return NULL;
}

void shown_unref(struct shown *shown)
{
    if (!shown || atomic_fetch_sub_explicit(&shown->users, 1, memory_order_acq_rel) > 1)
        return;
    style_free(shown->own);
    free(shown);
}

const struct style *shown_style(const struct shown *shown)
{
    return shown->own ? shown->own : shown->document;
}

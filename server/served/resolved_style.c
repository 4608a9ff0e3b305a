/* resolved_style.c - computes the class breaks of a style from the data, and shares them. */
#include "server/served/resolved_style.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "layers/map/classes.h"

struct resolved_style {
    atomic_int users;
    const struct style *document;
    struct style *own; /* NULL: the document */
    uint64_t classes;
};

struct resolved_style *resolved_style_new(const struct style *document,
                                          const struct snapshot *snapshot,
                                          struct resolved_style *before, struct err *err)
{
    uint64_t classes = 0;
    bool computed = style_breaks_computed(document);
    if (computed && !classes_key(document, snapshot, &classes, err))
        return NULL;
    if (before && before->classes == classes) {
        atomic_fetch_add_explicit(&before->users, 1, memory_order_relaxed);
        return before;
    }
    struct resolved_style *resolved_style = calloc(1, sizeof *resolved_style);
    if (!resolved_style) {
        err_no_memory(err);
        return NULL;
    }
    atomic_init(&resolved_style->users, 1);
    resolved_style->document = document;
    resolved_style->classes = classes;
    if (computed)
        resolved_style->own = classes_style(document, snapshot, err);
    if (!computed || resolved_style->own)
        return resolved_style;
    free(resolved_style);
    return NULL;
}

void resolved_style_unref(struct resolved_style *resolved_style)
{
    if (!resolved_style ||
        atomic_fetch_sub_explicit(&resolved_style->users, 1, memory_order_acq_rel) > 1)
        return;
    style_free(resolved_style->own);
    free(resolved_style);
}

const struct style *resolved_style_get(const struct resolved_style *resolved_style)
{
    return resolved_style->own ? resolved_style->own : resolved_style->document;
}

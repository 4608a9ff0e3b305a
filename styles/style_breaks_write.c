/* style_breaks_write.c - puts computed class breaks into a style document. */
#include <stdlib.h>
#include <string.h>

#include "styles/json.h"
#include "styles/style_breaks.h"

/* A replacement for an array or a number of the document. */
struct change {
    const struct expr_items *old, *new;
    const struct expr_value *number;
    double to;
};

struct changes {
    struct arena *arena;
    struct change *at;
    size_t n;
    bool failed;
};

static struct expr_value changed(struct changes *changes, const struct expr_value *json)
{
    struct expr_value out = *json;
    for (size_t i = 0; json->kind == EXPR_NUMBER && i < changes->n; i++)
        if (changes->at[i].number == json)
            out.number = changes->at[i].to;
    if (json->kind == EXPR_ARRAY) {
        const struct expr_items *items = json->array;
        for (size_t i = 0; i < changes->n; i++)
            if (changes->at[i].old == items)
                items = changes->at[i].new;
        struct expr_items *copy = arena_alloc(changes->arena, sizeof *copy);
        struct expr_value *at = arena_array(changes->arena, items->n + 1, sizeof *at);
        changes->failed |= !copy || !at;
        for (size_t i = 0; i < items->n && !changes->failed; i++)
            at[i] = changed(changes, &items->at[i]);
        if (!changes->failed)
            *copy = (struct expr_items){items->n, at};
        out.array = copy;
    } else if (json->kind == EXPR_OBJECT) {
        struct expr_members *copy = arena_alloc(changes->arena, sizeof *copy);
        struct expr_member *at = arena_array(changes->arena, json->object->n + 1, sizeof *at);
        changes->failed |= !copy || !at;
        for (size_t i = 0; i < json->object->n && !changes->failed; i++)
            at[i] = (struct expr_member){json->object->at[i].name,
                                         changed(changes, &json->object->at[i].value)};
        if (!changes->failed)
            *copy = (struct expr_members){json->object->n, at};
        out.object = copy;
    }
    return out;
}

/* The colour of a class if there are fewer classes than colours: the two ends of the
 * scale, and the colours between at equal steps. */
static size_t color_index(size_t class, size_t classes, size_t colors)
{
    if (classes == 1)
        return colors / 2;
    return (class * (colors - 1) + (classes - 1) / 2) / (classes - 1);
}

static bool set_items(struct changes *changes, const struct expr_items *old,
                      const struct expr_value *at, size_t n)
{
    struct expr_items *new = arena_alloc(changes->arena, sizeof *new);
    if (!new)
        return false;
    *new = (struct expr_items){n, at};
    changes->at[changes->n++] = (struct change){.old = old, .new = new};
    return true;
}

static bool change_layer(struct changes *changes, const struct style_breaks_parts *parts,
                         const struct style_breaks *asked, const struct breaks *breaks)
{
    size_t n = breaks->n_classes, colors = asked->n_classes;
    struct expr_value *step = arena_array(changes->arena, 3 + 2 * n, sizeof *step);
    if (!step)
        return false;
    memcpy(step, parts->step->at, 4 * sizeof *step); /* name, input, output, first stop */
    for (size_t i = 0; i < n; i++) {
        if (i)
            step[3 + 2 * i] = expr_number(breaks->at[i - 1]);
        step[4 + 2 * i] = parts->step->at[4 + 2 * color_index(i, n, colors)];
    }
    if (!set_items(changes, parts->step, step, 3 + 2 * n))
        return false;
    const struct expr_value *classes = expr_member_find(parts->breaks->object, "classes");
    if (classes) /* fewer distinct values give fewer classes */
        changes->at[changes->n++] = (struct change){.number = classes, .to = (double)n};
    if (!parts->labels || parts->labels->kind != EXPR_ARRAY || asked->method == BREAKS_MANUAL)
        return true;
    size_t before = parts->labels->array->n - colors;
    struct expr_value *labels = arena_array(changes->arena, before + n, sizeof *labels);
    if (!labels)
        return false;
    if (before)
        memcpy(labels, parts->labels->array->at, before * sizeof *labels);
    for (size_t i = 0; i < n; i++) {
        labels[before + i] = expr_string(style_breaks_label(asked, breaks, i, changes->arena));
        if (labels[before + i].kind == EXPR_NULL)
            return false;
    }
    return set_items(changes, parts->labels->array, labels, before + n);
}

static bool change_all(const struct style *style, const struct expr_value *layers,
                       style_values_fn *fn, void *arg, struct changes *changes, struct err *err)
{
    for (size_t b = 0; b < style->n_breaks; b++) {
        const struct style_breaks *asked = &style->breaks[b];
        struct breaks breaks;
        double *values = NULL;
        size_t n = 0, i = 0;
        while (strcmp(style->layers[i].id, asked->layer_id) != 0)
            i++;
        bool ok = fn(arg, asked->source_layer, asked->property, &values, &n, err) &&
                  style_breaks_of(asked, values, n, &breaks, err);
        free(values);
        if (!ok)
            return false;
        struct style_breaks_parts parts =
            style_breaks_parts_of(&layers->array->at[i], style->layers[i].type);
        /* Without values the document's own numbers stay. */
        if (breaks.n_classes > 0 && !change_layer(changes, &parts, asked, &breaks))
            return err_no_memory(err);
    }
    return true;
}

struct style *style_with_breaks(const struct style *style, style_values_fn *fn, void *arg,
                                struct err *err)
{
    struct changes changes = {.arena = arena_new()};
    struct expr_value root;
    struct style *made = NULL;
    struct buf json;
    buf_init(&json);
    if (changes.arena)
        changes.at = arena_array(changes.arena, 3 * style->n_breaks + 1, sizeof *changes.at);
    if (!changes.at) {
        err_no_memory(err);
        goto done;
    }
    if (!styles_json_read(style->json, style->len, changes.arena, &root, err) ||
        !change_all(style, expr_member_find(root.object, "layers"), fn, arg, &changes, err))
        goto done;
    root = changed(&changes, &root);
    if (!changes.failed)
        expr_put_json(&json, &root);
    if (changes.failed || buf_failed(&json))
        err_no_memory(err);
    else
        made = style_parse(json.data, json.len, err);
done:
    buf_free(&json);
    arena_free(changes.arena);
    return made;
}

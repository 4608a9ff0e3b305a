/* resolve.c - puts values in the place of their names. */
#include "styles/compose/resolve_internal.h"

#include <stdio.h>
#include <string.h>

/* Names within the values of names: deeper is a value that names itself. */
enum { MOST_DEPTH = 100 };

/* Where a value stands: a member (key) or an item (index) of what `up` names;
 * the outermost one has the file. */
struct resolve_place {
    const struct resolve_place *up;
    const char *file, *within, *key;
    size_t index;
    int depth;
};

static json_t *resolve_at(struct scopes *scopes, json_t *value, const struct resolve_place *at);

static const char *put_place(const struct resolve_place *at)
{
    const char *file = at->file;
    if (at->up)
        file = put_place(at->up);
    else
        fprintf(stderr, "%s: %s%s", file, at->within, *at->within ? "." : "");
    if (at->key)
        fprintf(stderr, "%s%s", at->up ? "." : "", at->key);
    else
        fprintf(stderr, "[%zu]", at->index);
    return file;
}

static json_t *refuse(const struct scopes *scopes, const struct resolve_place *at, const char *name,
                      const char *why)
{
    const char *file = put_place(at);
    fprintf(stderr, ": «@%s» %s", name, why);
    if (strcmp(file, scopes->theme) != 0)
        fprintf(stderr, " (%s)", scopes->theme);
    fputc('\n', stderr);
    return NULL;
}

static const char *name_of(const json_t *value)
{
    const char *text = json_string_value(value);
    return text && *text == '@' ? text + 1 : NULL;
}

static json_t *look_up(struct scopes *scopes, const char *name, const struct resolve_place *at)
{
    if (at->depth >= MOST_DEPTH)
        return refuse(scopes, at, name, "se contiene a sí mismo");
    for (size_t i = 0; i < scopes->n; i++) {
        struct values *values = scopes->list[i];
        json_t *value = json_object_get(values->object, name);
        if (!value)
            continue;
        json_object_set_new(values->used, name, json_true());
        const struct resolve_place there = {NULL, values->file, values->within, name,
                                            0,    at->depth + 1};
        return resolve_at(scopes, value, &there);
    }
    return refuse(scopes, at, name, "no existe");
}

static json_t *resolve_array(struct scopes *scopes, json_t *array, bool splice,
                             const struct resolve_place *up)
{
    json_t *result = json_array(), *item;
    size_t i;
    json_array_foreach(array, i, item)
    {
        const struct resolve_place at = {up, NULL, NULL, NULL, i, up->depth};
        json_t *value = resolve_at(scopes, item, &at);
        if (value && splice && name_of(item) && json_is_array(value)) {
            json_array_extend(result, value);
            json_decref(value);
        } else if (!value || json_array_append_new(result, value) != 0) {
            json_decref(result);
            return NULL;
        }
    }
    return result;
}

/* True if a member that stood as `was` is left out. */
static bool nothing(const json_t *was, const json_t *value)
{
    if (json_is_object(was) && json_object_size(was) > 0)
        return json_object_size(value) == 0;
    return name_of(was) && json_is_null(value);
}

static json_t *resolve_object(struct scopes *scopes, json_t *object, const struct resolve_place *up)
{
    json_t *result = json_object(), *member;
    const char *key;
    json_object_foreach(object, key, member)
    {
        const struct resolve_place at = {up, NULL, NULL, key, 0, up->depth};
        bool list = strcmp(key, "layers") == 0 && json_is_array(member);
        json_t *value =
            list ? resolve_array(scopes, member, true, &at) : resolve_at(scopes, member, &at);
        if (value && nothing(member, value))
            json_decref(value);
        else if (!value || json_object_set_new(result, key, value) != 0) {
            json_decref(result);
            return NULL;
        }
    }
    return result;
}

static json_t *resolve_at(struct scopes *scopes, json_t *value, const struct resolve_place *at)
{
    const char *name = name_of(value);
    if (name)
        return look_up(scopes, name, at);
    if (json_is_array(value))
        return resolve_array(scopes, value, false, at);
    if (json_is_object(value))
        return resolve_object(scopes, value, at);
    return json_incref(value);
}

json_t *resolve(struct scopes *scopes, json_t *value, const char *file, const char *key)
{
    const struct resolve_place at = {NULL, file, "", key, 0, 0};
    return resolve_at(scopes, value, &at);
}

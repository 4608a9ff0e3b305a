/* value_names.c - finds names that a record has twice. */
#include "geo/claims/value_names.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"

enum { NAMES_MAX = 4096 };

uint64_t value_names_id(const char *name)
{
    uint64_t id = UINT64_C(14695981039346656037); /* FNV-1a */
    for (; *name; name++)
        id = (id ^ (unsigned char)tolower((unsigned char)*name)) * UINT64_C(1099511628211);
    return id;
}

/* Names mostly come in the same order in every record. */
size_t value_names_find(const struct value_names *names, uint64_t id)
{
    for (size_t i = 0; i < names->n; i++) {
        size_t at = (names->next + i) % names->n;
        if (names->list[at].id == id)
            return at;
    }
    return names->n;
}

bool value_names_has(const struct value_names *names, uint64_t id)
{
    return value_names_find(names, id) < names->n;
}

static bool add_twice(struct value_names *names, size_t name, int64_t record)
{
    if (!array_reserve(names->twice, names->cap_twice, names->n_twice + 1))
        return false;
    names->twice[names->n_twice++] = (struct value_twice){record, name};
    return true;
}

bool value_names_add(struct value_names *names, const char *name, uint64_t id, int64_t record)
{
    size_t at = value_names_find(names, id);
    if (at == names->n) {
        if (names->n == NAMES_MAX)
            return true;
        if (!array_reserve(names->list, names->cap, names->n + 1))
            return false;
        names->list[at] = (struct value_name){.name = strdup(name), .id = id, .record = record};
        if (!names->list[at].name)
            return false;
        names->n++;
    } else if (names->list[at].record == record && !add_twice(names, at, record))
        return false;
    names->list[at].record = record;
    names->next = at + 1;
    return true;
}

bool value_names_show(struct value_names *names, const char *name, const char *shown)
{
    uint64_t id = value_names_id(name);
    bool known = value_names_has(names, id);
    if (!value_names_add(names, name, id, names->n_shown++))
        return false;
    struct value_name *found = names->list + value_names_find(names, id);
    if (found == names->list + names->n || (known && !found->shown))
        return true;
    if (known && strcmp(found->shown, shown) != 0) {
        free(found->shown);
        found->shown = NULL;
        return true;
    }
    return known || (found->shown = strdup(shown));
}

const char *value_names_shown(const struct value_names *names, const char *name)
{
    size_t at = value_names_find(names, value_names_id(name));
    return at < names->n ? names->list[at].shown : NULL;
}

void value_names_free(struct value_names *names)
{
    for (size_t i = 0; i < names->n; i++) {
        free(names->list[i].name);
        free(names->list[i].shown);
    }
    free(names->list);
    free(names->twice);
    *names = (struct value_names){0};
}

static int by_record(const void *key, const void *item)
{
    int64_t a = *(const int64_t *)key, b = ((const struct value_twice *)item)->record;
    return a < b ? -1 : a > b;
}

const char *value_names_twice(const struct value_names *names, int64_t record)
{
    const struct value_twice *found =
        names->n_twice
            ? bsearch(&record, names->twice, names->n_twice, sizeof *names->twice, by_record)
            : NULL;
    return found ? names->list[found->name].name : NULL;
}

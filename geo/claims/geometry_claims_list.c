/* geometry_claims_list.c - lists of what a file says of its geometries, as they are filled. */
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/claims/geometry_claims_internal.h"

struct geometry_claim_list *geometry_claims_list(struct geometry_claims *claims, const char *name,
                                                 size_t len, struct err *err)
{
    char *copy = name ? strndup(name, len) : NULL;
    if ((name && !copy) || !array_reserve(claims->lists, claims->cap, claims->n + 1)) {
        free(copy);
        err_no_memory(err);
        return NULL;
    }
    struct geometry_claim_list *list = &claims->lists[claims->n++];
    *list = (struct geometry_claim_list){.layer = copy};
    return list;
}

struct geometry_claim_list *geometry_claims_named(struct geometry_claims *claims, const char *name,
                                                  struct err *err)
{
    for (size_t i = 0; i < claims->n; i++)
        if (claims->lists[i].layer && strcmp(claims->lists[i].layer, name) == 0)
            return &claims->lists[i];
    return geometry_claims_list(claims, name, strlen(name), err);
}

bool geometry_claims_add(struct geometry_claim_list *list, enum geometry_claim claim,
                         const char *why, struct err *err)
{
    if (!array_reserve(list->claims, list->cap, list->n + 1) ||
        !array_reserve(list->faults, list->cap_faults, list->n_faults + 1))
        return err_no_memory(err);
    if (claim == GEOMETRY_FAULTY) {
        struct geometry_fault *fault = &list->faults[list->n_faults];
        *fault = (struct geometry_fault){list->n, strdup(why)};
        if (!fault->why)
            return err_no_memory(err);
        list->n_faults++;
    }
    list->claims[list->n++] = (unsigned char)claim;
    return true;
}

bool geometry_claims_blame(struct geometry_claim_list *list, size_t record, const char *why,
                           struct err *err)
{
    size_t at = list->n_faults;
    char *copy = strdup(why);
    if (!copy || !array_reserve(list->faults, list->cap_faults, list->n_faults + 1)) {
        free(copy);
        return err_no_memory(err);
    }
    for (; at > 0 && list->faults[at - 1].record > record; at--)
        list->faults[at] = list->faults[at - 1];
    list->faults[at] = (struct geometry_fault){record, copy};
    list->n_faults++;
    list->claims[record] = GEOMETRY_FAULTY;
    return true;
}

bool geometry_claims_refuse(struct geometry_claim_list *list, const char *why, struct err *err)
{
    if (list->n_refused && list->refused[list->n_refused - 1].record == list->n)
        return true;
    if (!array_reserve(list->refused, list->cap_refused, list->n_refused + 1))
        return err_no_memory(err);
    struct record_refusal *refusal = &list->refused[list->n_refused];
    *refusal = (struct record_refusal){list->n, strdup(why)};
    if (!refusal->why)
        return err_no_memory(err);
    list->n_refused++;
    return true;
}

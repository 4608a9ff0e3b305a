/* verdict_load.c - the verdicts in force of a layer, in memory. */
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/figures/verdict.h"

struct verdict_loading {
    struct geo_verdicts *to;
    struct err *err;
    bool failed;
};

static bool copy_text(struct arena *arena, const char **text)
{
    return !*text || (*text = arena_strdup(arena, *text));
}

static bool keep(void *arg, const struct geo_verdict *verdict)
{
    struct verdict_loading *loading = arg;
    struct geo_verdicts *to = loading->to;
    if (!array_reserve(to->list, to->cap, to->n + 1))
        return loading->failed = true, false;
    struct geo_verdict *kept = &to->list[to->n++];
    *kept = *verdict;
    const char **const texts[] = {
        &kept->layer,    &kept->codigo,  &kept->person,     &kept->date,       &kept->note,
        &kept->declared, &kept->print,   &kept->old_crs,    &kept->old_rescue, &kept->old_written,
        &kept->end,      &kept->end_why, &kept->end_person, &kept->end_note};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        loading->failed = loading->failed || !copy_text(to->arena, texts[i]);
    return !loading->failed;
}

bool geo_verdicts_load(struct geo_store *store, const char *layer, struct geo_verdicts *verdicts,
                       struct err *err)
{
    struct verdict_loading loading = {.to = verdicts, .err = err};
    *verdicts = (struct geo_verdicts){.arena = arena_new()};
    bool ok = verdicts->arena || err_no_memory(err);
    ok = ok && geo_store_verdicts(store, layer, NULL, false, keep, &loading, err) &&
         (!loading.failed || err_no_memory(err));
    if (!ok)
        geo_verdicts_free(verdicts);
    return ok;
}

void geo_verdicts_free(struct geo_verdicts *verdicts)
{
    free(verdicts->list);
    arena_free(verdicts->arena);
    *verdicts = (struct geo_verdicts){0};
}

static int by_codigo(const void *a, const void *b)
{
    return strcmp(a, ((const struct geo_verdict *)b)->codigo);
}

const struct geo_verdict *geo_verdicts_find(const struct geo_verdicts *verdicts, const char *codigo)
{
    if (!codigo || verdicts->n == 0)
        return NULL;
    return bsearch(codigo, verdicts->list, verdicts->n, sizeof *verdicts->list, by_codigo);
}

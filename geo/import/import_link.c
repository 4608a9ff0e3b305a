/* import_link.c - links the records that an import stored: `import_link()`. */
#include <string.h>

#include "geo/figures/link_count.h"
#include "geo/import/import_run.h"

/* With fewer unchanged records than this, they are linked again too: it takes no time, and
 * mends links that another program changed. */
enum { RELINKED = 256 };

void import_load_editions(void *arg)
{
    struct import_run *run = arg;
    if (run->linker && run->table->linked && !run->options->link_later)
        geo_linker_load(run->linker, NULL);
}

/* Bounds and facts, on which all records or figures depend. Not by the run's linker, which has the
 * editions as they were before. */
static bool link_bounds(struct import_run *run, struct err *err)
{
    struct geo_edition_info edition;
    if (!run->n_changed || !geo_store_edition(run->store, NULL, &edition, NULL))
        return true;
    struct geo_linker *linker = geo_linker_open(run->store, err);
    if (!linker)
        return false;
    geo_linker_watch(linker, import_linked, run);
    bool ok = geo_linker_update(linker, run->table, run->ids, run->n_ids, NULL, NULL, err);
    geo_linker_close(linker);
    return ok;
}

static bool link_ids(struct import_run *run, const int64_t *ids, size_t n, struct err *err)
{
    geo_linker_watch(run->linker, import_linked, run);
    return geo_linker_update(run->linker, run->table, ids, n, NULL, &run->summary->links, err);
}

/* The links of unchanged records are as they were: they are counted only. */
static bool link_changed(struct import_run *run, struct err *err)
{
    size_t missing = 0;
    struct geo_link_counts counts = {0};
    if (run->n_changed && !link_ids(run, run->changed, run->n_changed, err))
        return false;
    if (!geo_link_count(run->store, run->table, run->ids, run->n_ids, &counts, &missing, err))
        return false;
    if (missing)
        return link_ids(run, run->ids, run->n_ids, err);
    run->summary->links = counts;
    return true;
}

bool import_link(struct import_run *run, struct err *err)
{
    bool municipios = strcmp(run->table->name, "municipios") == 0;
    if (run->options->link_later || municipios || run->n_ids == 0)
        return true;
    if (!run->table->linked)
        return link_bounds(run, err);
    if (run->n_ids - run->n_changed < RELINKED)
        return link_ids(run, run->ids, run->n_ids, err);
    return link_changed(run, err);
}

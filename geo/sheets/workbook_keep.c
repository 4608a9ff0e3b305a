/* workbook_keep.c - what lasts as long as a workbook: shared texts, the list of sheets. */
#include <string.h>

#include "geo/base/array.h"
#include "geo/sheets/workbook_internal.h"

bool workbook_keep(struct geo_workbook *workbook, size_t bytes, struct err *err)
{
    int64_t most = (workbook->limits->at[GEO_LIMIT_MEMORY_MB] << 20) / 2;
    if ((int64_t)bytes > most - workbook->kept_bytes)
        return geo_source_beyond(workbook->limits, GEO_LIMIT_MEMORY_MB, err);
    workbook->kept_bytes += (int64_t)bytes;
    return true;
}

const char *workbook_keep_text(struct geo_workbook *workbook, const char *text, size_t len,
                               struct err *err)
{
    if (!workbook_keep(workbook, len + 1, err))
        return NULL;
    char *copy = arena_strndup(workbook->arena, text, len);
    if (!copy)
        err_no_memory(err);
    return copy;
}

bool workbook_add_sheet(struct geo_workbook *workbook, const char *name, bool hidden,
                        struct err *err)
{
    if (!geo_source_within(workbook->limits, GEO_LIMIT_ENTRIES, (int64_t)workbook->n_sheets + 1,
                           err) ||
        !workbook_keep(workbook, sizeof *workbook->sheets, err))
        return false;
    if (!array_reserve(workbook->sheets, workbook->cap_sheets, workbook->n_sheets + 1))
        return err_no_memory(err);
    const char *copy = workbook_keep_text(workbook, name, strlen(name), err);
    if (copy)
        workbook->sheets[workbook->n_sheets++] = (struct geo_workbook_sheet){copy, hidden};
    return copy != NULL;
}

/* import_undo.c - undoes the last import, and updates links and figures. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/figures/linker.h"
#include "geo/import/import.h"
#include "geo/store/store_undo.h"

struct last {
    struct geo_import_undone *undone;
    char before_source[256], before_date[11];
    bool found, before_simulated;
};

static void copy_json(char *to, size_t size, const json_t *value)
{
    const char *text = json_string_value(value);
    snprintf(to, size, "%s", text ? text : "");
}

static bool take_last(void *arg, const struct geo_import_row *row)
{
    struct last *last = arg;
    if (row->undone[0])
        return true;
    last->found = true;
    last->undone->id = row->id;
    snprintf(last->undone->layer, sizeof last->undone->layer, "%s", row->layer);
    snprintf(last->undone->source, sizeof last->undone->source, "%s", row->source);
    snprintf(last->undone->date, sizeof last->undone->date, "%s", row->date);
    json_t *summary = json_loads(row->summary, 0, NULL);
    const json_t *before = json_object_get(summary, "antes");
    copy_json(last->before_source, sizeof last->before_source, json_object_get(before, "fuente"));
    copy_json(last->before_date, sizeof last->before_date, json_object_get(before, "fecha_datos"));
    last->before_simulated = json_is_true(json_object_get(before, "simulada"));
    json_decref(summary);
    return false;
}

struct touched {
    const char *layer;
    int64_t *ids;
    size_t n, cap;
    size_t verdicts; /* they refer to records by code only */
    bool failed;
};

static bool add_touched(void *arg, const char *table, int64_t id)
{
    struct touched *touched = arg;
    touched->verdicts += strcmp(table, "veredictos") == 0;
    if (strcmp(table, touched->layer) != 0)
        return true;
    if (!array_reserve(touched->ids, touched->cap, touched->n + 1))
        return !(touched->failed = true);
    touched->ids[touched->n++] = id;
    return true;
}

/* A record may be in several parts of what is undone. */
static void leave_each_once(struct touched *touched)
{
    size_t kept = 0;
    qsort(touched->ids, touched->n, sizeof *touched->ids, array_by_int64);
    for (size_t i = 0; i < touched->n; i++)
        if (i == 0 || touched->ids[i] != touched->ids[kept - 1])
            touched->ids[kept++] = touched->ids[i];
    touched->n = kept;
}

static bool any_edition(void *arg, const struct geo_edition_info *edition)
{
    bool *any = arg;
    (void)edition;
    *any = true;
    return false;
}

static bool relink(struct geo_store *store, const struct geo_table *table,
                   const struct touched *touched, struct err *err)
{
    bool any = false;
    if (!geo_store_editions(store, any_edition, &any, err))
        return false;
    if (any && touched->verdicts)
        return geo_link_update(store, table, NULL, 0, NULL, NULL, err);
    if (!any || touched->n == 0)
        return true;
    if (strcmp(table->name, "municipios") == 0)
        return geo_link_all(store, NULL, NULL, NULL, NULL, err);
    return geo_link_update(store, table, touched->ids, touched->n, NULL, NULL, err);
}

static bool undo_last(struct geo_store *store, struct last *last, struct touched *touched,
                      struct err *err)
{
    if (!geo_undo_each(store, take_last, last, err))
        return false;
    if (!last->found)
        return err_set(err, ERR_NOT_FOUND, "no hay ninguna importación por deshacer");
    const struct geo_table *table = geo_table_find(last->undone->layer);
    if (!table)
        return err_set(err, ERR_SETUP, "la importación es de una capa desconocida, «%s»",
                       last->undone->layer);
    touched->layer = table->name;
    if (!geo_undo_apply(store, last->undone->id, add_touched, touched, err))
        return false;
    if (touched->failed)
        return err_no_memory(err);
    if (touched->n)
        leave_each_once(touched);
    /* A correction also changes its record. */
    last->undone->records =
        (int64_t)(touched->n > touched->verdicts ? touched->n : touched->verdicts);
    return relink(store, table, touched, err) &&
           geo_store_touch(store, table->name, last->before_source, last->before_simulated,
                           last->before_date, err);
}

bool geo_import_undo(struct geo_store *store, struct geo_import_undone *undone, struct err *err)
{
    struct last last = {.undone = undone};
    struct touched touched = {0};
    *undone = (struct geo_import_undone){0};
    bool ok = geo_store_begin(store, err);
    if (ok) {
        ok = undo_last(store, &last, &touched, err) && geo_store_commit(store, err);
        if (!ok)
            geo_store_rollback(store);
    }
    free(touched.ids);
    return ok;
}

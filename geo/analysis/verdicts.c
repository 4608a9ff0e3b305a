/* verdicts.c - stores and withdraws verdicts on conflicts, and updates the links. */
#include "geo/analysis/verdicts_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/text.h"
#include "geo/store/store_undo.h"

enum { PERSON_MAX = 120, NOTE_MAX = 1000 };

/* One request ---------------------------------------------------------------------- */

static bool cleaned(struct verdict_giving *giving, const char *field, const char *text, size_t most,
                    const char **out)
{
    *out = text_clean(giving->arena, text ? text : "");
    if (!*out)
        return err_set(giving->err, ERR_INPUT, "%s: no es texto UTF-8", field);
    return strlen(*out) <= most ||
           err_set(giving->err, ERR_INPUT, "%s: a lo sumo %zu bytes", field, most);
}

/* Checks that this decision is possible. declared: on the current edition. */
static bool check(struct verdict_giving *giving, const struct verdict_record *found,
                  const struct geo_verdict_request *request, enum geo_link_state state,
                  const char *edition, int declared)
{
    const char *name = geo_verdict_name(request->kind);
    bool point = found->record->wkb_len == VERDICT_POINT_WKB || found->record->wkb_len == 0;
    bool coords = request->coords && request->coords[0];
    if (request->kind == GEO_VERDICT_FIX) {
        if (!coords)
            return err_set(giving->err, ERR_INPUT, "%s necesita las coordenadas", name);
        return (point && giving->table->geometry != GEO_MULTIPOLYGON) ||
               err_set(giving->err, ERR_INPUT,
                       "%s vale para puntos; corrija la línea o el polígono e impórtelo", name);
    }
    if (coords)
        return err_set(giving->err, ERR_INPUT,
                       "coordenadas: «%s» solo vale con corregir_coordenadas", request->coords);
    if (!geo_link_disagrees(state))
        return err_set(giving->err, ERR_INPUT,
                       "nada que decidir en la edición %s: el estado del registro es «%s»", edition,
                       geo_link_state_name(state));
    if (request->kind == GEO_VERDICT_LOCATION)
        return true;
    if (strcmp(giving->table->name, "areas_riego") == 0)
        return err_set(giving->err, ERR_INPUT,
                       "%s no vale para areas_riego: las hectáreas están donde está el polígono; "
                       "corríjalo e impórtelo",
                       name);
    return declared >= 0 ||
           err_set(giving->err, ERR_INPUT,
                   "%s: el registro no declara un municipio de la edición %s", name, edition);
}

static bool same_verdict(const struct geo_verdict *before,
                         const struct geo_verdict_request *request, const struct geo_verdict *now,
                         struct verdict_giving *giving, const struct geo_edition *edition,
                         int declared)
{
    if (before->kind != request->kind || strcmp(before->note, now->note) != 0)
        return false;
    if (request->kind != GEO_VERDICT_FIX)
        return true;
    const struct geo_written written = {.first = request->coords, .epsg = request->epsg};
    struct geo_rescued rescued;
    if (!giving->rescue && !(giving->rescue = geo_rescue_new(NULL)))
        return false;
    /* Seven decimals, as the report prints them. */
    return geo_rescue_point(giving->rescue, edition, declared, &written, &rescued, NULL) &&
           fabs(rescued.lon_deg - before->lon_deg) < 1e-6 &&
           fabs(rescued.lat_deg - before->lat_deg) < 1e-6;
}

static bool give(struct verdict_giving *giving, const struct geo_verdict_request *request)
{
    const struct geo_edition *edition;
    const struct geo_names *names;
    struct verdict_record found;
    struct geo_link *links = NULL;
    size_t n_links;
    enum geo_link_method how;
    bool holds = false;
    char print[GEO_VERDICT_PRINT_SIZE];
    const struct geo_verdict *before = geo_verdicts_find(&giving->in_force, request->codigo);
    struct geo_verdict verdict = {.layer = giving->table->name,
                                  .codigo = request->codigo,
                                  .kind = request->kind,
                                  .lon_deg = NAN,
                                  .lat_deg = NAN,
                                  .old_lon_deg = NAN,
                                  .old_lat_deg = NAN,
                                  .old_uncertain = -1};
    if (!cleaned(giving, "persona", request->person, PERSON_MAX, &verdict.person) ||
        !cleaned(giving, "nota", request->note, NOTE_MAX, &verdict.note))
        return false;
    if (!verdict.person[0])
        return err_set(giving->err, ERR_INPUT, "falta quién decide (--by, o la columna persona)");
    if (!verdict_find_record(giving, request->codigo, &found) ||
        !geo_linker_edition(giving->linker, NULL, &edition, &names, giving->err) ||
        !geo_link_record(edition, names, NULL, giving->table, found.record, &links, &n_links,
                         giving->err))
        return false;
    enum geo_link_state state = links[0].state;
    free(links);
    int declared = geo_link_declared(edition, names, giving->table, found.record, &how);
    if (before &&
        !geo_verdict_holds(before, giving->table, found.record, giving->arena, &holds, giving->err))
        return false;
    if (before && holds && same_verdict(before, request, &verdict, giving, edition, declared)) {
        giving->summary->unchanged++;
        return true;
    }
    if (!check(giving, &found, request, state, geo_edition_codigo(edition), declared))
        return false;
    verdict_remember_old(giving, &found, before, holds, &verdict);
    if (request->kind == GEO_VERDICT_FIX &&
        !verdict_correct(giving, &found, request, edition, declared, &verdict))
        return false;
    geo_verdict_print(found.record, print);
    verdict.print = print;
    verdict.declared = geo_verdict_declared(giving->table, found.record, giving->arena);
    if (!verdict.declared)
        return err_no_memory(giving->err);
    giving->ids[giving->n_ids++] = found.record->id;
    giving->summary->given++;
    return geo_store_verdict_put(giving->store, &verdict, giving->err);
}

/* Restores the record's old point, if it still has the corrected one. */
static bool withdraw(struct verdict_giving *giving, const struct geo_verdict_request *request)
{
    struct verdict_record found;
    bool ended = false;
    double lon, lat;
    const char *person, *note;
    const struct geo_verdict *verdict = geo_verdicts_find(&giving->in_force, request->codigo);
    if (!cleaned(giving, "persona", request->person, PERSON_MAX, &person) ||
        !cleaned(giving, "nota", request->note, NOTE_MAX, &note))
        return false;
    if (!person[0])
        return err_set(giving->err, ERR_INPUT, "falta quién lo retira (--by)");
    if (!verdict_find_record(giving, request->codigo, &found))
        return false;
    if (!verdict)
        return err_set(giving->err, ERR_NOT_FOUND, "%s %s no tiene un veredicto en vigor",
                       giving->table->name, request->codigo);
    verdict_point_of(found.record, &lon, &lat);
    if (!isnan(verdict->lon_deg) && lon == verdict->lon_deg && lat == verdict->lat_deg) {
        verdict_set_text(giving, &found, "crs_origen", verdict->old_crs);
        verdict_set_text(giving, &found, "rescate", verdict->old_rescue);
        verdict_set_text(giving, &found, "coordenada_original", verdict->old_written);
        verdict_set_uncertain(giving, &found, verdict->old_uncertain);
        if (!verdict_set_point(giving, found.record, verdict->old_lon_deg, verdict->old_lat_deg) ||
            !verdict_write_record(giving, &found))
            return false;
    }
    giving->ids[giving->n_ids++] = found.record->id;
    giving->summary->withdrawn++;
    return geo_store_verdict_end(giving->store, giving->table->name, request->codigo, "retirado",
                                 person, note, &ended, giving->err);
}

/* A layer's -------------------------------------------------------------------------- */

/* Stores the layer's previous description, for `sigg undo`. */
static bool record_undo(struct verdict_giving *giving, struct store_undo *undo, const char *source,
                        const struct geo_layer_info *before)
{
    struct buf summary;
    buf_init(&summary);
    buf_printf(&summary, "{\"resumen\":{\"veredictos\":%zu},\"antes\":{\"fuente\":", giving->n_ids);
    buf_put_json(&summary, before->source);
    buf_printf(&summary, ",\"simulada\":%s,\"fecha_datos\":", before->simulated ? "true" : "false");
    buf_put_json(&summary, before->data_date);
    buf_puts(&summary, "}}");
    bool ok = buf_failed(&summary) ? err_no_memory(giving->err)
                                   : geo_undo_finish(undo, giving->table->name, source,
                                                     summary.data, NULL, giving->err);
    buf_free(&summary);
    return ok;
}

static bool same_codigo(const struct geo_verdict_request *requests, size_t n, const char *layer,
                        struct err *err)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < i; k++)
            if (strcmp(requests[i].layer, layer) == 0 && strcmp(requests[k].layer, layer) == 0 &&
                strcmp(requests[i].codigo, requests[k].codigo) == 0) {
                err_set(err, ERR_INPUT, "%s %s está dos veces (líneas %lld y %lld)", layer,
                        requests[i].codigo, (long long)requests[k].line,
                        (long long)requests[i].line);
                return true;
            }
    return false;
}

static bool give_layer(struct verdict_giving *giving, const struct geo_verdict_request *requests,
                       size_t n, const char *source)
{
    struct geo_layer_info before;
    struct store_undo *undo = NULL;
    const char *layer = giving->table->name;
    bool ok = !same_codigo(requests, n, layer, giving->err) &&
              geo_store_layer(giving->store, layer, &before, giving->err) &&
              geo_verdicts_load(giving->store, layer, &giving->in_force, giving->err) &&
              (undo = geo_undo_begin(giving->store, giving->err));
    giving->n_ids = 0;
    giving->moved = false;
    for (size_t i = 0; i < n && ok; i++) {
        const struct geo_verdict_request *request = &requests[i];
        if (strcmp(request->layer, layer) != 0)
            continue;
        arena_reset(giving->arena);
        ok = request->withdraw ? withdraw(giving, request) : give(giving, request);
        if (!ok && request->line)
            err_wrap(giving->err, "línea %lld (%s)", (long long)request->line, request->codigo);
    }
    if (ok && giving->n_ids)
        ok = record_undo(giving, undo, source, &before) &&
             (!giving->moved ||
              geo_store_touch(giving->store, layer, NULL, false, NULL, giving->err)) &&
             geo_linker_update(giving->linker, giving->table, giving->ids, giving->n_ids, NULL,
                               NULL, giving->err);
    geo_undo_free(undo);
    geo_verdicts_free(&giving->in_force);
    return ok;
}

static bool check_layers(const struct geo_verdict_request *requests, size_t n, struct err *err)
{
    for (size_t i = 0; i < n; i++) {
        if (geo_table_linked(requests[i].layer, GEO_TABLES_PLACED, ERR_INPUT, err))
            continue;
        err_wrap(err, "capa");
        if (requests[i].line)
            err_wrap(err, "línea %lld", (long long)requests[i].line);
        return false;
    }
    return true;
}

bool geo_verdicts_give(struct geo_store *store, const struct geo_verdict_request *requests,
                       size_t n, const char *source, bool dry_run,
                       struct geo_verdicts_summary *summary, struct err *err)
{
    struct verdict_giving giving = {.store = store, .summary = summary, .err = err};
    bool began = false;
    int64_t skipped = summary->skipped;
    *summary = (struct geo_verdicts_summary){.skipped = skipped};
    if (!check_layers(requests, n, err))
        return false;
    giving.arena = arena_new();
    giving.ids = calloc(n + 1, sizeof *giving.ids);
    bool ok = (giving.arena && giving.ids) || err_no_memory(err);
    ok = ok && (began = geo_store_begin(store, err)) &&
         (giving.linker = geo_linker_open(store, err));
    for (const struct geo_table *table = geo_tables; table->name && ok; table++) {
        bool any = false;
        for (size_t i = 0; i < n; i++)
            any = any || strcmp(requests[i].layer, table->name) == 0;
        giving.table = table;
        if (any)
            ok = give_layer(&giving, requests, n, source);
    }
    if (began && ok && !dry_run)
        ok = geo_store_commit(store, err);
    else if (began)
        geo_store_rollback(store);
    geo_linker_close(giving.linker);
    geo_rescue_free(giving.rescue);
    arena_free(giving.arena);
    free(giving.ids);
    return ok;
}

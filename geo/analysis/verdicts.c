#include "geo/analysis/verdicts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/text.h"
#include "geo/figures/linker.h"
#include "geo/place/rescue.h"
#include "geo/store/store_undo.h"

enum { PERSON_MAX = 120, NOTE_MAX = 1000, POINT_WKB = 21 };

/* Verdicts of one layer being given. */
struct giving {
    struct geo_store *store;
    struct geo_linker *linker;
    struct geo_rescue *rescue; /* made when a coordinate is to be read */
    const struct geo_table *table;
    struct geo_verdicts in_force;
    struct arena *arena;
    struct geo_verdicts_summary *summary;
    int64_t *ids; /* records to link again */
    size_t n_ids;
    bool moved; /* a record has another point */
    struct err *err;
};

/* Records ---------------------------------------------------------------------- */

struct copying {
    struct giving *giving;
    struct geo_record *record; /* in the arena; NULL: not found */
    struct geo_value *values;
    bool failed;
};

static bool copy_record(void *arg, const struct geo_record *record)
{
    struct copying *copying = arg;
    struct arena *arena = copying->giving->arena;
    size_t n = copying->giving->table->n_fields;
    unsigned char *wkb = arena_alloc(arena, record->wkb_len + 1);
    copying->values = arena_array(arena, n, sizeof *copying->values);
    copying->record = arena_alloc(arena, sizeof *copying->record);
    copying->failed = !wkb || !copying->values || !copying->record;
    for (size_t f = 0; f < n && !copying->failed; f++) {
        copying->values[f] = record->values[f];
        if (record->values[f].kind == GEO_TEXT_VALUE)
            copying->failed =
                !(copying->values[f].text = arena_strdup(arena, record->values[f].text));
    }
    if (copying->failed)
        return false;
    if (record->wkb_len)
        memcpy(wkb, record->wkb, record->wkb_len);
    *copying->record = (struct geo_record){
        .id = record->id, .wkb = wkb, .wkb_len = record->wkb_len, .values = copying->values};
    return false;
}

static bool find_record(struct giving *giving, const char *codigo, struct copying *found)
{
    const struct geo_query query = {.field = "codigo", .equals = codigo};
    *found = (struct copying){.giving = giving};
    if (!geo_store_each(giving->store, giving->table, &query, copy_record, found, giving->err))
        return false;
    if (found->failed)
        return err_no_memory(giving->err);
    return found->record || err_set(giving->err, ERR_NOT_FOUND, "%s: no hay un registro «%s»",
                                    giving->table->name, codigo);
}

static void point_of(const struct geo_record *record, double *lon, double *lat)
{
    *lon = *lat = NAN;
    if (record->wkb_len != POINT_WKB)
        return;
    memcpy(lon, record->wkb + 5, sizeof *lon);
    memcpy(lat, record->wkb + 13, sizeof *lat);
}

/* lon NaN: without geometry. */
static bool set_point(struct giving *giving, struct geo_record *record, double lon, double lat)
{
    unsigned char *wkb = arena_alloc(giving->arena, POINT_WKB);
    if (!wkb)
        return err_no_memory(giving->err);
    wkb[0] = wkb[1] = 1; /* little endian, Point */
    memcpy(wkb + 5, &lon, sizeof lon);
    memcpy(wkb + 13, &lat, sizeof lat);
    record->wkb = wkb;
    record->wkb_len = isnan(lon) ? 0 : POINT_WKB;
    return true;
}

static const char *text_at(const struct giving *giving, const struct copying *found,
                           const char *field)
{
    int at = geo_table_field(giving->table, field);
    return at < 0 ? NULL : geo_record_text(found->record, at);
}

static void set_text(const struct giving *giving, struct copying *found, const char *field,
                     const char *text)
{
    int at = geo_table_field(giving->table, field);
    if (at >= 0)
        found->values[at] = text ? (struct geo_value){.kind = GEO_TEXT_VALUE, .text = text}
                                 : (struct geo_value){.kind = GEO_NULL};
}

static void set_uncertain(const struct giving *giving, struct copying *found, int uncertain)
{
    int at = geo_table_field(giving->table, "datum_incierto");
    if (at >= 0)
        found->values[at] = uncertain < 0
                                ? (struct geo_value){.kind = GEO_NULL}
                                : (struct geo_value){.kind = GEO_INT_VALUE, .integer = uncertain};
}

static bool write_record(struct giving *giving, const struct copying *found)
{
    enum geo_put what;
    int64_t id;
    giving->moved = true;
    return geo_store_put(giving->store, giving->table, found->record, &what, &id, giving->err);
}

/* A correction ------------------------------------------------------------------- */

/* What the record had before any correction: the one in force knows it. */
static void remember_old(const struct giving *giving, const struct copying *found,
                         const struct geo_verdict *before, bool holds, struct geo_verdict *verdict)
{
    if (before && holds && !isnan(before->lon_deg)) {
        verdict->lon_deg = before->lon_deg;
        verdict->lat_deg = before->lat_deg;
        verdict->old_lon_deg = before->old_lon_deg;
        verdict->old_lat_deg = before->old_lat_deg;
        verdict->old_crs = before->old_crs;
        verdict->old_rescue = before->old_rescue;
        verdict->old_written = before->old_written;
        verdict->old_uncertain = before->old_uncertain;
        return;
    }
    if (verdict->kind != GEO_VERDICT_FIX)
        return;
    int uncertain = geo_table_field(giving->table, "datum_incierto");
    point_of(found->record, &verdict->old_lon_deg, &verdict->old_lat_deg);
    verdict->old_crs = text_at(giving, found, "crs_origen");
    verdict->old_rescue = text_at(giving, found, "rescate");
    verdict->old_written = text_at(giving, found, "coordenada_original");
    if (uncertain >= 0 && found->values[uncertain].kind == GEO_INT_VALUE)
        verdict->old_uncertain = (int)found->values[uncertain].integer;
}

static bool correct(struct giving *giving, struct copying *found,
                    const struct geo_verdict_request *request, const struct geo_edition *edition,
                    int declared, struct geo_verdict *verdict)
{
    const struct geo_written written = {.first = request->coords, .epsg = request->epsg};
    struct geo_rescued rescued;
    if (!giving->rescue && !(giving->rescue = geo_rescue_new(giving->err)))
        return false;
    if (!geo_rescue_point(giving->rescue, edition, declared, &written, &rescued, giving->err))
        return err_wrap(giving->err, "coordenadas");
    verdict->lon_deg = rescued.lon_deg;
    verdict->lat_deg = rescued.lat_deg;
    const char *original = verdict->old_written;
    const char *crs = arena_strdup(giving->arena, rescued.crs);
    if (!original && !isnan(verdict->old_lon_deg)) {
        struct buf text;
        buf_init(&text);
        buf_put_real(&text, verdict->old_lon_deg);
        buf_puts(&text, " ; ");
        buf_put_real(&text, verdict->old_lat_deg);
        original = buf_failed(&text) ? NULL : arena_strdup(giving->arena, text.data);
        buf_free(&text);
        if (!original)
            return err_no_memory(giving->err);
    }
    if (!crs)
        return err_no_memory(giving->err);
    set_text(giving, found, "crs_origen", crs);
    set_text(giving, found, "rescate", "veredicto");
    set_text(giving, found, "coordenada_original", original);
    set_uncertain(giving, found, rescued.datum_uncertain);
    return set_point(giving, found->record, rescued.lon_deg, rescued.lat_deg) &&
           write_record(giving, found);
}

/* One request ---------------------------------------------------------------------- */

static bool cleaned(struct giving *giving, const char *field, const char *text, size_t most,
                    const char **out)
{
    *out = text_clean(giving->arena, text ? text : "");
    if (!*out)
        return err_set(giving->err, ERR_INPUT, "%s: no es texto UTF-8", field);
    return strlen(*out) <= most ||
           err_set(giving->err, ERR_INPUT, "%s: a lo sumo %zu bytes", field, most);
}

/* Can this be decided so? declared: on the current edition. */
static bool check(struct giving *giving, const struct copying *found,
                  const struct geo_verdict_request *request, enum geo_link_state state,
                  const char *edition, int declared)
{
    const char *name = geo_verdict_name(request->kind);
    bool point = found->record->wkb_len == POINT_WKB || found->record->wkb_len == 0;
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
                         struct giving *giving, const struct geo_edition *edition, int declared)
{
    if (before->kind != request->kind || strcmp(before->note, now->note) != 0)
        return false;
    if (request->kind != GEO_VERDICT_FIX)
        return true;
    const struct geo_written written = {.first = request->coords, .epsg = request->epsg};
    struct geo_rescued rescued;
    if (!giving->rescue && !(giving->rescue = geo_rescue_new(NULL)))
        return false;
    /* Seven decimals are what the report prints. */
    return geo_rescue_point(giving->rescue, edition, declared, &written, &rescued, NULL) &&
           fabs(rescued.lon_deg - before->lon_deg) < 1e-6 &&
           fabs(rescued.lat_deg - before->lat_deg) < 1e-6;
}

static bool give(struct giving *giving, const struct geo_verdict_request *request)
{
    const struct geo_edition *edition;
    const struct geo_names *names;
    struct copying found;
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
    if (!find_record(giving, request->codigo, &found) ||
        !geo_linker_edition(giving->linker, NULL, &edition, &names, giving->err) ||
        !geo_link_record(edition, names, giving->table, found.record, &links, &n_links,
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
    remember_old(giving, &found, before, holds, &verdict);
    if (request->kind == GEO_VERDICT_FIX &&
        !correct(giving, &found, request, edition, declared, &verdict))
        return false;
    geo_verdict_print(found.record, print);
    verdict.print = print;
    verdict.declared = geo_verdict_declared(giving->table, found.record, giving->arena);
    if (!verdict.declared)
        return err_no_memory(giving->err);
    giving->ids[giving->n_ids++] = found.record->id;
    giving->summary->given++;
    return geo_verdicts_put(giving->store, &verdict, giving->err);
}

/* The record gets its old point back, if the corrected one is still there. */
static bool withdraw(struct giving *giving, const struct geo_verdict_request *request)
{
    struct copying found;
    bool ended = false;
    double lon, lat;
    const char *person, *note;
    const struct geo_verdict *verdict = geo_verdicts_find(&giving->in_force, request->codigo);
    if (!cleaned(giving, "persona", request->person, PERSON_MAX, &person) ||
        !cleaned(giving, "nota", request->note, NOTE_MAX, &note))
        return false;
    if (!person[0])
        return err_set(giving->err, ERR_INPUT, "falta quién lo retira (--by)");
    if (!find_record(giving, request->codigo, &found))
        return false;
    if (!verdict)
        return err_set(giving->err, ERR_NOT_FOUND, "%s %s no tiene un veredicto en vigor",
                       giving->table->name, request->codigo);
    point_of(found.record, &lon, &lat);
    if (!isnan(verdict->lon_deg) && lon == verdict->lon_deg && lat == verdict->lat_deg) {
        set_text(giving, &found, "crs_origen", verdict->old_crs);
        set_text(giving, &found, "rescate", verdict->old_rescue);
        set_text(giving, &found, "coordenada_original", verdict->old_written);
        set_uncertain(giving, &found, verdict->old_uncertain);
        if (!set_point(giving, found.record, verdict->old_lon_deg, verdict->old_lat_deg) ||
            !write_record(giving, &found))
            return false;
    }
    giving->ids[giving->n_ids++] = found.record->id;
    giving->summary->withdrawn++;
    return geo_verdicts_end(giving->store, giving->table->name, request->codigo, "retirado", person,
                            note, &ended, giving->err);
}

/* A layer's -------------------------------------------------------------------------- */

/* What the layer was, for `sigg undo`. */
static bool record_undo(struct giving *giving, struct store_undo *undo, const char *source,
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

static bool give_layer(struct giving *giving, const struct geo_verdict_request *requests, size_t n,
                       const char *source)
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
        const struct geo_table *table = geo_table_find(requests[i].layer);
        if (table && table->linked)
            continue;
        err_set(err, ERR_INPUT,
                "capa: «%s» no es una capa con vínculos: comunidades, alianzas, areas_riego o "
                "subproyectos",
                requests[i].layer);
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
    struct giving giving = {.store = store, .summary = summary, .err = err};
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

/* History ------------------------------------------------------------------------------ */

void geo_verdict_put_place(double lon_deg, double lat_deg, struct buf *out)
{
    buf_printf(out, "%.7f, %.7f", lat_deg, lon_deg);
}

struct listing {
    struct rows *rows;
    struct buf place;
};

static bool list_verdict(void *arg, const struct geo_verdict *verdict)
{
    struct listing *listing = arg;
    struct rows *rows = listing->rows;
    buf_clear(&listing->place);
    if (!isnan(verdict->lon_deg))
        geo_verdict_put_place(verdict->lon_deg, verdict->lat_deg, &listing->place);
    rows_text(rows, verdict->layer);
    rows_text(rows, verdict->codigo);
    rows_text(rows, geo_verdict_name(verdict->kind));
    rows_text(rows, verdict->person);
    rows_text(rows, verdict->date);
    rows_text(rows, verdict->note[0] ? verdict->note : NULL);
    rows_text(rows, isnan(verdict->lon_deg) ? NULL : listing->place.data);
    rows_text(rows, verdict->end);
    rows_text(rows, verdict->end_why);
    rows_text(rows, verdict->end_person);
    rows_text(rows, verdict->end_note && verdict->end_note[0] ? verdict->end_note : NULL);
    return true;
}

struct rows *geo_verdicts_rows(struct geo_store *store, const char *layer, const char *codigo,
                               struct err *err)
{
    static const struct rows_column columns[] = {
        {"capa", 0},       {"codigo", 0},      {"veredicto", 0},   {"persona", 0},
        {"fecha", 0},      {"nota", 0},        {"coordenadas", 0}, {"fin", 0},
        {"fin_motivo", 0}, {"fin_persona", 0}, {"fin_nota", 0}};
    struct listing listing = {.rows = rows_new(columns, sizeof columns / sizeof *columns)};
    buf_init(&listing.place);
    bool ok = listing.rows || err_no_memory(err);
    ok = ok && geo_verdicts_each(store, layer, codigo, true, list_verdict, &listing, err);
    buf_free(&listing.place);
    if (ok)
        return listing.rows;
    rows_free(listing.rows);
    return NULL;
}

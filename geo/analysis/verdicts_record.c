/* verdicts_record.c - reads and writes the record of a verdict; moves it to a new point. */
#include <math.h>
#include <string.h>

#include "geo/analysis/verdicts_internal.h"

/* Records ---------------------------------------------------------------------- */

static bool copy_record(void *arg, const struct geo_record *record)
{
    struct verdict_record *copying = arg;
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

bool verdict_find_record(struct verdict_giving *giving, const char *codigo,
                         struct verdict_record *found)
{
    const struct geo_query query = {.field = "codigo", .equals = codigo};
    *found = (struct verdict_record){.giving = giving};
    if (!geo_store_each(giving->store, giving->table, &query, copy_record, found, giving->err))
        return false;
    if (found->failed)
        return err_no_memory(giving->err);
    return found->record || err_set(giving->err, ERR_NOT_FOUND, "%s: no hay un registro «%s»",
                                    giving->table->name, codigo);
}

void verdict_point_of(const struct geo_record *record, double *lon, double *lat)
{
    *lon = *lat = NAN;
    if (record->wkb_len != VERDICT_POINT_WKB)
        return;
    memcpy(lon, record->wkb + 5, sizeof *lon);
    memcpy(lat, record->wkb + 13, sizeof *lat);
}

/* lon NaN: without geometry. */
bool verdict_set_point(struct verdict_giving *giving, struct geo_record *record, double lon,
                       double lat)
{
    unsigned char *wkb = arena_alloc(giving->arena, VERDICT_POINT_WKB);
    if (!wkb)
        return err_no_memory(giving->err);
    wkb[0] = wkb[1] = 1; /* little endian, Point */
    memcpy(wkb + 5, &lon, sizeof lon);
    memcpy(wkb + 13, &lat, sizeof lat);
    record->wkb = wkb;
    record->wkb_len = isnan(lon) ? 0 : VERDICT_POINT_WKB;
    return true;
}

static const char *verdict_text_at(const struct verdict_giving *giving,
                                   const struct verdict_record *found, const char *field)
{
    int at = geo_table_field(giving->table, field);
    return at < 0 ? NULL : geo_record_text(found->record, at);
}

void verdict_set_text(const struct verdict_giving *giving, struct verdict_record *found,
                      const char *field, const char *text)
{
    int at = geo_table_field(giving->table, field);
    if (at >= 0)
        found->values[at] = text ? (struct geo_value){.kind = GEO_TEXT_VALUE, .text = text}
                                 : (struct geo_value){.kind = GEO_NULL};
}

void verdict_set_uncertain(const struct verdict_giving *giving, struct verdict_record *found,
                           int uncertain)
{
    int at = geo_table_field(giving->table, "datum_incierto");
    struct geo_value value = {.kind = GEO_NULL};
    if (uncertain >= 0)
        value = (struct geo_value){.kind = GEO_INT_VALUE, .integer = uncertain};
    if (at >= 0)
        found->values[at] = value;
}

bool verdict_write_record(struct verdict_giving *giving, const struct verdict_record *found)
{
    enum geo_put what;
    int64_t id;
    giving->moved = true;
    return geo_store_put(giving->store, giving->table, found->record, &what, &id, giving->err);
}

/* A correction ------------------------------------------------------------------- */

/* Remembers the point before any correction: the verdict in force has it. */
void verdict_remember_old(const struct verdict_giving *giving, const struct verdict_record *found,
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
    verdict_point_of(found->record, &verdict->old_lon_deg, &verdict->old_lat_deg);
    verdict->old_crs = verdict_text_at(giving, found, "crs_origen");
    verdict->old_rescue = verdict_text_at(giving, found, "rescate");
    verdict->old_written = verdict_text_at(giving, found, "coordenada_original");
    if (uncertain >= 0 && found->values[uncertain].kind == GEO_INT_VALUE)
        verdict->old_uncertain = (int)found->values[uncertain].integer;
}

bool verdict_correct(struct verdict_giving *giving, struct verdict_record *found,
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
    verdict_set_text(giving, found, "crs_origen", crs);
    verdict_set_text(giving, found, "rescate", "veredicto");
    verdict_set_text(giving, found, "coordenada_original", original);
    verdict_set_uncertain(giving, found, rescued.datum_uncertain);
    return verdict_set_point(giving, found->record, rescued.lon_deg, rescued.lat_deg) &&
           verdict_write_record(giving, found);
}

/* verdicts_rows.c - the history of verdicts as a table. */
#include <math.h>

#include "geo/analysis/verdicts.h"

void geo_verdict_put_place(double lon_deg, double lat_deg, struct buf *out)
{
    buf_printf(out, "%.7f, %.7f", lat_deg, lon_deg);
}

struct verdicts_rows_listing {
    struct rows *rows;
    struct buf place;
};

static bool list_verdict(void *arg, const struct geo_verdict *verdict)
{
    struct verdicts_rows_listing *listing = arg;
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
    rows_words(rows, &listing->place);
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
    struct verdicts_rows_listing listing = {
        .rows = rows_new(columns, sizeof columns / sizeof *columns)};
    buf_init(&listing.place);
    bool ok = listing.rows || err_no_memory(err);
    ok = ok && geo_store_verdicts(store, layer, codigo, true, list_verdict, &listing, err);
    buf_free(&listing.place);
    if (ok)
        return listing.rows;
    rows_free(listing.rows);
    return NULL;
}

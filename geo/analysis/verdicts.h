/* verdicts.h - gives and withdraws verdicts (their effect: geo/figures/verdict.h), one by
 * one or from a sheet, in one transaction that also updates links and figures.
 *
 * Threads: as the store's.
 * Errors:  ERR_INPUT for a decision that is not possible, ERR_NOT_FOUND for an unknown
 *          record; then nothing is written.
 *
 * All verdicts of one call are one entry of `sigg undo` for each layer.
 */
#ifndef GEO_VERDICTS_H
#define GEO_VERDICTS_H

#include "geo/base/rows.h"
#include "geo/figures/verdict.h"

struct geo_verdict_request {
    const char *layer, *codigo;
    bool withdraw; /* ends the one in force; `kind` and `coords` are not read */
    enum geo_verdict_kind kind;
    const char *person; /* who decides; required */
    const char *note;   /* NULL: none */
    const char *coords; /* of GEO_VERDICT_FIX: "-17.38, -66.15", UTM with its zone, ... */
    int epsg;           /* stated CRS of coords; 0: none */
    int64_t line;       /* of a sheet, for messages; 0: none */
};

struct geo_verdicts_summary {
    int64_t given, unchanged, withdrawn, skipped; /* skipped: rows of a sheet without a verdict */
};

/* source: what `sigg undo --list` calls it. */
bool geo_verdicts_give(struct geo_store *store, const struct geo_verdict_request *requests,
                       size_t n, const char *source, bool dry_run,
                       struct geo_verdicts_summary *summary, struct err *err);

/* A CSV, XLSX or ODS with the columns capa, codigo, veredicto, coordenadas,
 * persona, nota, as `sigg conflicts --format csv` writes them. Rows without a
 * verdict are skipped; person: for rows that name nobody, may be NULL. */
bool geo_verdicts_from_file(struct geo_store *store, const char *path, const char *person,
                            bool dry_run, struct geo_verdicts_summary *summary, struct err *err);

/* The history of a record or of all (NULL): capa,codigo,veredicto,persona,fecha,
 * nota,coordenadas,fin,fin_motivo,fin_persona,fin_nota. The caller frees the
 * rows. */
struct rows *geo_verdicts_rows(struct geo_store *store, const char *layer, const char *codigo,
                               struct err *err);

/* "-17.3800000, -66.1500000", latitude first, as maps on the web give it. */
void geo_verdict_put_place(double lon_deg, double lat_deg, struct buf *out);

#endif

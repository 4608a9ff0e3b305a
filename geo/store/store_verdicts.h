/* store_verdicts.h - the table `veredictos`: what a person decided about a record that lies
 * elsewhere than it declares. What a verdict means and does: geo/figures/verdict.h.
 *
 * Owns:    nothing; rows are borrowed during the call.
 * Threads, errors: as the store's. Writing needs the caller's transaction.
 * Units:   lon/lat degrees.
 */
#ifndef GEO_STORE_VERDICTS_H
#define GEO_STORE_VERDICTS_H

#include "geo/store/store.h"

enum geo_verdict_kind { GEO_VERDICT_LOCATION, GEO_VERDICT_DECLARATION, GEO_VERDICT_FIX };

const char *geo_verdict_name(enum geo_verdict_kind kind);
/* The names above, or accept-location, accept-declaration, fix-coordinates. */
bool geo_verdict_of(const char *word, enum geo_verdict_kind *kind);

struct geo_verdict {
    int64_t id;
    const char *layer, *codigo;
    enum geo_verdict_kind kind;
    const char *person, *date, *note; /* date: "YYYY-MM-DDTHH:MM:SSZ" */
    const char *declared, *print;     /* what was judged */
    double lon_deg, lat_deg;          /* of a correction; else NaN */
    double old_lon_deg, old_lat_deg;
    /* How the old point had been read; NULL if the record did not say. */
    const char *old_crs, *old_rescue, *old_written;
    int old_uncertain; /* datum_uncertain of the old point; -1: not said */
    const char *end, *end_why, *end_person, *end_note; /* NULL: in force */
};

/* Borrowed during the call; returning false stops. */
typedef bool geo_verdict_fn(void *arg, const struct geo_verdict *verdict);

/* Reads verdicts in order of code, newest first. layer, codigo NULL: all. `history`: also
 * those that ended. */
bool geo_store_verdicts(struct geo_store *store, const char *layer, const char *codigo,
                        bool history, geo_verdict_fn *fn, void *arg, struct err *err);
/* Inserts a verdict, inside a transaction; ends the one in force, if any, as
 * "reemplazado". */
bool geo_store_verdict_put(struct geo_store *store, const struct geo_verdict *verdict,
                           struct err *err);
/* Ends a verdict, inside a transaction; *ended is false if none was in force. */
bool geo_store_verdict_end(struct geo_store *store, const char *layer, const char *codigo,
                           const char *why, const char *person, const char *note, bool *ended,
                           struct err *err);

#endif

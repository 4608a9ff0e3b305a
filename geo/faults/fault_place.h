/* fault_place.h - records of an import that lie where somebody should look: in another
 * municipality than they declare, in none, far from where they were stored, or where a coordinate
 * was read otherwise than written. They are stored all the same.
 *
 * Owns:    nothing: texts are the caller's.
 * Threads: any. Errors: the buffer's.
 * Units:   rows as people count them in the file or sheet, from 1; lon/lat degrees (WGS 84); km.
 */
#ifndef GEO_FAULT_PLACE_H
#define GEO_FAULT_PLACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/base/buf.h"

/* What is to be seen; one place may have several. The first of them is the gravest. */
enum fault_place_kind {
    FAULT_PLACE_ELSEWHERE, /* in another municipality than it declares */
    FAULT_PLACE_OUTSIDE,   /* in none */
    FAULT_PLACE_MOVED,     /* far from where it was stored before */
    FAULT_PLACE_RESCUED,   /* read otherwise than it says */
    FAULT_PLACE_KINDS
};

struct fault_place {
    unsigned kinds;       /* bits: 1 << FAULT_PLACE_RESCUED */
    int64_t row;          /* of its table */
    const char *codigo;   /* NULL: the layer has none */
    const char *declared; /* "Uyuni (Potosí)"; NULL: it declares none */
    const char *found;    /* where it lies, likewise; NULL: in none */
    const char *written;  /* the coordinate as it came; NULL: as it is now */
    const char *how;      /* the field «rescate»: "invertidas+signo"; NULL: as written */
    double declared_km;   /* to the municipality it declares; NaN: it declares none */
    double moved_km;      /* from where it was stored; NaN: not moved, or not far */
    bool is_point;        /* else a line or polygon, whose middle is: */
    double lon_deg, lat_deg;
};

bool fault_place_is(const struct fault_place *place, enum fault_place_kind kind);
/* The gravest. */
enum fault_place_kind fault_place_kind_of(const struct fault_place *place);
size_t fault_place_count(const struct fault_place *places, size_t n, enum fault_place_kind kind);

/* "12,4 km": whole kilometres from 100 on; "menos de 0,1 km". NaN: nothing. */
void fault_place_put_km(struct buf *out, double km);
/* "-19.04321, -65.25912": latitude and longitude as phones and maps take them. */
void fault_place_put_lonlat(struct buf *out, const struct fault_place *place);
/* True if the coordinate was read otherwise than it says, "invertidas+signo", and not only written
 * in another way, "coma_decimal" or "gms". how may be NULL. */
bool fault_place_is_doubtful(const char *how);
/* "invertidas+signo" in words: "longitud y latitud intercambiadas y sin su signo". */
void fault_place_put_rescue(struct buf *out, const char *how);

#endif

/* link.h - links a record to its municipality: by which method, and how it agrees with
 * the declared one. geo/figures/linker.h stores the results in the table `vinculos`.
 *
 * Threads: any number over one edition and its names; one over `urban`.
 * Units:   metres, shares 0–1.
 *
 * Rules:
 * - A line or polygon is judged as a whole. It agrees if its main municipality (the
 *   largest share) is the declared one; it is next to it if any vertex is within 2 km
 *   of the declared polygon. The part that lies in no municipality gets one more
 *   link: unit -1, state "fuera".
 * - A line or polygon that lies in no municipality at all is linked like its first
 *   vertex that is not on a border: in water to the nearest municipality, else by its
 *   declaration.
 * - A point on an island that no municipality covers is linked as on the water round it.
 * - A record outside the country has the state "fuera", and is linked by its
 *   declaration if it has one.
 * - If the edition does not know the declared code, the declared name is used. (Import
 *   refuses a code that no loaded edition has.)
 */
#ifndef GEO_LINK_H
#define GEO_LINK_H

#include "geo/place/edition.h"
#include "geo/place/names.h"
#include "geo/place/urban.h"

enum geo_link_method {
    GEO_METHOD_GEOMETRY, /* "geometria": the municipality holds it, or its largest share */
    GEO_METHOD_NEAREST,  /* "cercano": in water, the nearest municipality */
    GEO_METHOD_CODE,     /* "codigo": declared code */
    GEO_METHOD_NAME,     /* "nombre": declared name */
    GEO_METHOD_NONE,     /* "ninguno": no municipality */
};

enum geo_link_state {
    GEO_STATE_AGREES,   /* "coincide": located in the declared one */
    GEO_STATE_NEXT,     /* "vecino": within 2 km of the declared one */
    GEO_STATE_CONFLICT, /* "conflicto": farther */
    GEO_STATE_LOCATED,  /* "ubicado": located; it declares no municipality of this edition */
    GEO_STATE_DECLARED, /* "declarado": no usable geometry, by declaration */
    GEO_STATE_WATER,    /* "en_agua" */
    GEO_STATE_OUTSIDE,  /* "fuera": outside the country; linked by declaration if any */
    GEO_STATE_UNLINKED, /* "sin_municipio" */
};

enum { GEO_LINK_STATES = GEO_STATE_UNLINKED + 1 };

const char *geo_link_method_name(enum geo_link_method method);
const char *geo_link_state_name(enum geo_link_state state);

struct geo_link {
    int unit; /* of the edition; -1: none */
    enum geo_link_method method;
    enum geo_link_state state;
    double distance_m; /* to the polygon of the declared municipality; in water, of the
                          linked one; NaN if there is none */
    double share;      /* of the record's length or area; 1 for points */
    bool main;         /* the link that counts the record */
    bool urban;        /* point inside an urban area */
};

/* The links of one record: main first. *links is malloc'ed. A record without a
 * municipality has one link of unit -1. urban NULL: no link is called urban. */
bool geo_link_record(const struct geo_edition *edition, const struct geo_names *names,
                     struct geo_urban *urban, const struct geo_table *table,
                     const struct geo_record *record, struct geo_link **links, size_t *n_links,
                     struct err *err);

/* The municipality as the record declares it, -1 where it declares none that the
 * edition knows; *how: GEO_METHOD_CODE, GEO_METHOD_NAME or GEO_METHOD_NONE. */
int geo_link_declared(const struct geo_edition *edition, const struct geo_names *names,
                      const struct geo_table *table, const struct geo_record *record,
                      enum geo_link_method *how);

/* How many records have each state, by their main link. */
struct geo_link_counts {
    int64_t by_state[GEO_LINK_STATES];
    int64_t records;
};

#endif

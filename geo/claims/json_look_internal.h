/* json_look_internal.h - a look through a JSON for the claims of its records. Private to
 * geometry_claims_json.c and json_look_*.c.
 *
 * Owns:   nothing of its own; who began the look frees its parts.
 * Errors: false with ERR_MEMORY, or ERR_INPUT for the whole file.
 */
#ifndef GEO_JSON_LOOK_INTERNAL_H
#define GEO_JSON_LOOK_INTERNAL_H

#include "geo/claims/geometry_claims_internal.h"
#include "geo/claims/json_geometry.h"
#include "geo/claims/json_system.h"

/* A record of a TopoJSON, and the last of the arcs that it names. */
struct arc_use {
    size_t list, record;
    int64_t last;
};

struct json_look {
    struct json_scan scan;
    struct geometry_claims *claims;
    bool more;              /* the service has records that it did not send */
    int64_t documents;      /* one after the other */
    bool collections;       /* one of them is a collection */
    int64_t odd;            /* elements among the features that are none, such as null */
    int64_t nameless;       /* records with a value whose name is "", which GDAL leaves out */
    struct buf unread;      /* names of members beside the features that have records as well */
    bool values;            /* a record has «properties» */
    struct value_names top; /* members of the document, which may be a record */
    int64_t without;        /* records of a TopoJSON that have no geometry, which GDAL leaves out */
    struct json_systems systems;
    struct arc_use *uses;
    size_t n_uses, cap_uses;
    int64_t n_arcs;
    char arcs_why[160]; /* "", or what is wrong with an arc */
};

/* json_look_topology.c: adds what was seen of a record. */
bool json_look_add(struct geometry_claim_list *list, const struct json_geometry *geometry,
                   struct err *err);
/* After the key "objects" of a TopoJSON. */
bool json_look_topology(struct json_look *look, struct err *err);
/* After the whole: GDAL leaves a geometry out whose arc is not there. The arcs may come after the
 * records. */
bool json_look_check_arcs(struct json_look *look, struct err *err);

/* json_look_page.c: after the key of a member that says how many records a service has; false: it
 * is none. */
bool json_look_page(struct json_look *look);

#endif

/* geometry_claims_json_internal.h - a JSON while it is looked at: what the readers of GeoJSON and
 * of TopoJSON share. Private to geometry_claims_json*.c.
 *
 * Owns:    its lists, until the look ends; the claims are the caller's.
 * Threads: one owner.
 * Errors:  as geometry_claims_internal.h.
 */
#ifndef GEO_GEOMETRY_CLAIMS_JSON_INTERNAL_H
#define GEO_GEOMETRY_CLAIMS_JSON_INTERNAL_H

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

#define KEY_IS(look, name) (strcmp((look)->scan.text, name) == 0)

/* geometry_claims_json_record.c: before the members of a record are read. */
void json_look_begin(struct json_look *look);
/* The values of a record, after its key; among them of Esri's perhaps exceededTransferLimit. list:
 * to which the record is added next; NULL: not known yet. */
bool json_look_values(struct json_look *look, enum json_scan_token token, struct value_names *names,
                      int64_t record, struct geometry_claim_list *list, struct err *err);
/* Refuses the record that is added next to the list if it had a text that GDAL would cut at a
 * \u0000. */
bool json_look_refuse_cut(const struct json_look *look, struct geometry_claim_list *list,
                          struct err *err);
/* Likewise if it had a word that GDAL reads up to where it is a number. name: of the value; NULL:
 * one of them. */
bool json_look_refuse_part(struct json_look *look, const char *name,
                           struct geometry_claim_list *list, struct err *err);

/* geometry_claims_json_page.c: after the key of a member that says how many records a service has;
 * false: it is none. */
bool json_look_page(struct json_look *look);

/* geometry_claims_json_topology.c: the objects of a TopoJSON, after their key. */
bool json_look_objects(struct json_look *look, struct err *err);
/* GDAL leaves a geometry out whose arc is not there. The arcs may come after the records. */
bool json_look_check_arcs(struct json_look *look, struct err *err);

#endif

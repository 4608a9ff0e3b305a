/* geometry_claims.h - what a file itself says about the geometry of each of its records.
 *
 * GDAL drops what it cannot read of a geometry, and often without a word: a hole whose
 * coordinates are texts is no hole, "x,1" in a KML is 0,1, "-18,9" in a GPX is -18, a
 * record of a .shp beyond its end has no geometry, nor has a damaged one of SpatiaLite. So
 * the file is looked at before, and what GDAL gives is held against it.
 *
 *     if (geometry_claims_read(path, format, &claims, err))
 *         for each layer: geometry_claims_match(&claims, layer, &list, err)
 *     for each record, counted from 0 in the order of the layer:
 *         geometry_claims_allow(list, record, id, OGR's geometry is neither NULL nor empty, err)
 *     at the end of a layer: as many came as geometry_claims_records(list)
 *     a list with records that is that of no layer: GDAL left them all out
 *
 * Owns:    the lists; geometry_claims_free().
 * Threads: one owner.
 * Errors:  ERR_INPUT of one record: its geometry cannot be read, and why. Of the source: it
 *          is cut or malformed, or has a place without coordinates that GDAL leaves out.
 */
#ifndef GEO_GEOMETRY_CLAIMS_H
#define GEO_GEOMETRY_CLAIMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/base/buf.h"
#include "geo/claims/kml_roots.h"
#include "geo/claims/value_names.h"
#include "geo/files/source_format.h"

enum geometry_claim {
    GEOMETRY_NONE,   /* the record says that it has none */
    GEOMETRY_EMPTY,  /* it has one without coordinates, of which GDAL may make none */
    GEOMETRY_THERE,  /* it has one, well formed */
    GEOMETRY_FAULTY, /* it has one that cannot be read as it stands */
    GEOMETRY_PICTURE /* no record, but a picture on the map, which GDAL gives as one */
};

/* Of one layer. */
struct geometry_claim_list {
    char *layer;           /* NULL or "": it has no name */
    unsigned char *claims; /* enum geometry_claim, one a record */
    size_t n, cap;
    struct geometry_fault { /* of faulty records, in their order */
        size_t record;
        char *why;
    } * faults;
    size_t n_faults, cap_faults;
    struct value_names names; /* of a JSON or KML: of the records' values */
    /* Of a GeoJSON: members of records beside «properties»; of a KML: elements of places that are
     * no Data. GDAL does not read them. */
    struct value_names beside;
    struct beside_value { /* of a KML; in the order of records */
        size_t record, name;
        char *text;
    } * values;
    size_t n_values, cap_values;
    struct record_refusal { /* records that would lose a value; in their order */
        size_t record;
        char *why;
    } * refused;
    size_t n_refused, cap_refused;
    /* Asked record by record, of a Shapefile and of a database table; else NULL. */
    struct shape_records *shape;
    struct table_layer *table;
};

/* Of coordinates, where GDAL would take another; {0}: it takes the right one. */
struct stated_system {
    int epsg;     /* of all records; 0: it is not known */
    bool several; /* records state others than the rest */
    bool unread;  /* what is stated is not understood */
};

struct geometry_claims {
    struct geometry_claim_list *lists;
    size_t n, cap;
    struct stated_system system;     /* of a JSON */
    struct table_geometries *tables; /* of a database; else NULL */
    char **links;                    /* of a KML: what its NetworkLinks name */
    size_t n_links, cap_links;
    bool in_order; /* of a KML: its lists are GDAL's layers, in their order, from `first` on */
    size_t first;
    struct value_names shown;      /* of a KML: names of values that people see under another one */
    struct kml_roots roots;        /* of a KML: its folders and places outside of all folders */
    struct geometry_claims_page {  /* of the answer of a service: it says that there are more */
        int64_t matched, returned; /* records; 0: not said */
        bool next;                 /* it has the address of the next page */
        bool cut;                  /* it broke off between its records */
    } page;
    struct buf note; /* Spanish sentences about the whole: what is not in it; empty: nothing */
};

/* path as GDAL opens it. Leaves *claims empty for formats in which GDAL says what it could
 * not read, or that have no geometry. */
bool geometry_claims_read(const char *path, const struct source_format *format,
                          struct geometry_claims *claims, struct err *err);
void geometry_claims_free(struct geometry_claims *claims);

struct geometry_claims_layer {
    const char *name; /* that GDAL gives it */
    size_t index;     /* of it, from 0 */
    int64_t records;  /* by GDAL; -1: not known */
};

/* The list of a layer. *list NULL: the format is not looked at. False, ERR_INPUT: the file has
 * other records than GDAL would give, which cannot be matched. */
bool geometry_claims_match(const struct geometry_claims *claims,
                           const struct geometry_claims_layer *layer,
                           const struct geometry_claim_list **list, struct err *err);

/* How many records the file has; -1: not known, or not by itself. list may be NULL. */
int64_t geometry_claims_records(const struct geometry_claim_list *list);

/* False with the reason if the record has a geometry and it did not come, or came in part.
 * list may be NULL, then true. id: GDAL's, of the record. came: GDAL gave a geometry that is
 * not empty. */
bool geometry_claims_allow(const struct geometry_claim_list *list, int64_t record, int64_t id,
                           bool came, struct err *err);

/* True if the record has a geometry without coordinates. list may be NULL. */
bool geometry_claims_empty(const struct geometry_claim_list *list, int64_t record);

/* True if the record is a picture on the map, not data. list may be NULL. */
bool geometry_claims_is_picture(const struct geometry_claim_list *list, int64_t record);

/* The first of the values that a record of a KML has beside its Data; *n: how many there are, then
 * NULL for 0. */
const struct beside_value *geometry_claims_beside(const struct geometry_claim_list *list,
                                                  int64_t record, size_t *n);

/* Why a record is refused, whatever geometry it has; NULL: it is not. list may be NULL. */
const char *geometry_claims_refusal(const struct geometry_claim_list *list, int64_t record);

#endif

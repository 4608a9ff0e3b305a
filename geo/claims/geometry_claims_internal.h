/* geometry_claims_internal.h - how the readers of each format fill the claims. Private to
 * geometry_claims*.c.
 *
 * Errors: false with ERR_MEMORY, ERR_LIMIT or ERR_INPUT (the file is malformed).
 */
#ifndef GEO_GEOMETRY_CLAIMS_INTERNAL_H
#define GEO_GEOMETRY_CLAIMS_INTERNAL_H

#include "geo/claims/geometry_claims.h"
#include "geo/claims/json_scan.h"

/* A new list; name may be NULL. Valid until the next one is added. */
struct geometry_claim_list *geometry_claims_list(struct geometry_claims *claims, const char *name,
                                                 size_t len, struct err *err);
/* The first list of that name, added if there is none. */
struct geometry_claim_list *geometry_claims_named(struct geometry_claims *claims, const char *name,
                                                  struct err *err);
/* why is copied; only for GEOMETRY_FAULTY. */
bool geometry_claims_add(struct geometry_claim_list *list, enum geometry_claim claim,
                         const char *why, struct err *err);
/* Of a record added before as GEOMETRY_THERE: it is faulty. */
bool geometry_claims_blame(struct geometry_claim_list *list, size_t record, const char *why,
                           struct err *err);

/* The record that is added next is refused; why is copied. */
bool geometry_claims_refuse(struct geometry_claim_list *list, const char *why, struct err *err);

/* geometry_claims_json.c: GeoJSON, a sequence of it, or Esri JSON. */
bool geometry_claims_json(json_scan_read_fn *read, void *arg, struct geometry_claims *claims,
                          struct err *err);

/* geometry_claims_xml.c: format is "KML", "GPX" or "GML". */
bool geometry_claims_xml(json_scan_read_fn *read, void *arg, const char *format,
                         struct geometry_claims *claims, struct err *err);

/* geometry_claims_mif.c: adds no claims; false for a source with a bad coordinate. *objects: how
 * many there are. */
bool geometry_claims_mif(json_scan_read_fn *read, void *arg, int64_t *objects, struct err *err);
/* The rows of its .mid; a line each. */
int64_t geometry_claims_mid(json_scan_read_fn *read, void *arg);

/* shape_records.c: a Shapefile by its .shp, .shx and .dbf. NULL with *err. */
struct shape_records *shape_records_open(const char *shp, struct err *err);
void shape_records_close(struct shape_records *records); /* NULL is fine */
enum geometry_claim shape_records_claim(struct shape_records *records, int64_t record,
                                        char why[160]);

/* table_geometries.c: the layers of a GeoPackage or SpatiaLite file. NULL with *err. */
struct table_geometries *table_geometries_open(const char *path, const char *const *drivers,
                                               struct err *err);
void table_geometries_close(struct table_geometries *tables); /* NULL is fine */
/* Borrowed from tables; NULL: there are not so many. */
struct table_layer *table_geometries_layer(struct table_geometries *tables, int i,
                                           const char **name);
/* *faulty: the record of that id has a geometry that cannot be read. */
bool table_geometries_faulty(struct table_layer *table, int64_t id, bool *faulty, struct err *err);
/* *elsewhere: the geometry names another system than its layer; only a GeoPackage's can. */
bool table_geometries_elsewhere(struct table_layer *table, int64_t id, bool *elsewhere,
                                struct err *err);

#endif

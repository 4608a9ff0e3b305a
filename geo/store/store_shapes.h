/* store_shapes.h - the tables of shapes: formas_puntos, formas_lineas, formas_poligonos.
 * A work (subproyectos) with a geometry has one row, in the table of its kind, as a
 * multi-geometry.
 *
 * Owns:    nothing.
 * Threads, errors: as the store's.
 */
#ifndef GEO_STORE_SHAPES_H
#define GEO_STORE_SHAPES_H

#include "geo/store/store_internal.h"

enum { STORE_SHAPES = 3, STORE_MULTIPOINT = 4 };
extern const char *const store_shapes[STORE_SHAPES];

/* The kind of a geometry in WKB, 1 (point) to 6 (multipolygon); 0: none, or another. */
unsigned store_wkb_kind(const struct geo_record *record);
/* The index in store_shapes of the table for that kind, 1 to 6. */
unsigned store_shapes_of(unsigned kind);
/* Makes a multi-geometry of one out of a point, line or polygon; `multi` holds its bytes. */
bool store_make_multi(struct geo_record *record, struct buf *multi, struct err *err);

/* Calls fn with each work whose rows of shapes differ from its geometry, until it returns
 * false. The record has its geometry and, of the fields, only codigo. */
bool store_shapes_each_stale(struct geo_store *store, geo_record_fn *fn, void *arg,
                             struct err *err);

#endif

/* import_units.h - municipalities of a source that were read but are not stored yet; shared by
 * geo/import/import_boundaries.c and import_units_*.c.
 *
 * Owns:    texts and polygons live in run->kept; the caller frees units->all.
 * Threads: one.
 * Units:   polygons are valid, lon/lat degrees once import_units_place() has been called; before
 *          that any numbers.
 * Errors:  ERR_INPUT where the source as a whole cannot be an edition; --skip-invalid does
 *          not help then, because it would leave municipalities out or in part.
 */
#ifndef GEO_IMPORT_UNITS_H
#define GEO_IMPORT_UNITS_H

#include "geo/import/import_run.h"
#include "geo/place/cover.h"

/* The fields of municipios, in the schema's order. */
enum import_unit_field {
    UNIT_EDICION,
    UNIT_CODIGO,
    UNIT_NOMBRE,
    UNIT_PROVINCIA,
    UNIT_DEPARTAMENTO,
    UNIT_UO,
    UNIT_FIELDS
};

struct import_unit {
    const char *fields[UNIT_FIELDS]; /* NULL: not known */
    const unsigned char *wkb;
    size_t wkb_len;
    struct import_outcome outcome;
};

struct import_units {
    struct import_unit *all;
    size_t n, cap;
};

/* Puts all units where they were meant, if one reading of their coordinates does
 * (geo/place/rescue_edition.h), with a warning; a municipality elsewhere is an error that names the
 * readings. To be called first: polygons are joined where they lie. */
bool import_units_place(struct import_run *run, struct import_units *units, struct err *err);

/* Sorts the units by code, and joins those of one code into one (the union of their
 * polygons), with a warning that says how many. An error names the codes whose fields
 * differ, and those of which a part was rejected. Then tells the repairs that changed much. */
bool import_units_join(struct import_run *run, struct import_units *units, struct err *err);

/* Fills fields that the source leaves empty, from the editions loaded before and from what the
 * code says. */
bool import_units_complete(struct import_run *run, struct import_units *units, struct err *err);
/* The department by the first two digits of INE's code; NULL: none. */
const char *import_units_department(const char *codigo);

/* A sentence about the whole source, for its reader and for the report. */
void import_units_tell(struct import_run *run, const char *sentence);

/* Checks that the units are fit to be an edition: without overlaps; and that they cover the country
 * (geo/place/cover.h) if the edition is to be the current one. Gaps, islands and municipalities
 * that are not covered are warnings. */
bool import_units_check(struct import_run *run, const struct import_units *units, bool current,
                        struct err *err);

/* The municipalities of the edition that is current, by code, and what was counted of them. */
struct import_units_earlier {
    const char *edition;
    const struct geo_cover_place *places;
    const char *const *names; /* "": none */
    size_t n;
};

/* Checks that the codes mean the municipalities that they mean in the current edition: error where
 * many do not, unless options.replace says that the country was divided anew; few are told. */
bool import_units_same(struct import_run *run, const struct import_units *units,
                       const struct import_units_earlier *earlier, const struct geo_cover *cover,
                       struct err *err);

#endif

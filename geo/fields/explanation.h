/* explanation.h - how an import would understand a source, as plain values, and as text for a
 * terminal: `sigg import --explain`. Nothing is written.
 *
 * An import fills it (geo/import/import_explain.c).
 *
 * Owns:    nothing: texts and arrays are the caller's.
 * Threads: any. Errors: the buffer's (buf_failed).
 * Units:   rows as people count them in the file or sheet, from 1; columns from 0.
 */
#ifndef GEO_EXPLANATION_H
#define GEO_EXPLANATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/base/buf.h"
#include "geo/faults/fault_place.h"

/* Why a column fills a field. */
enum explained_by {
    EXPLAINED_BY_NAME,    /* it has the field's name */
    EXPLAINED_BY_TITLE,   /* its title */
    EXPLAINED_BY_ALIAS,   /* another word for it */
    EXPLAINED_BY_GROUP,   /* one of these, behind the group of a survey */
    EXPLAINED_BY_CUT,     /* a name that a shapefile has cut */
    EXPLAINED_BY_MAP,     /* --map said so */
    EXPLAINED_BY_CONTENT, /* its values are of that kind */
};

struct explained_column {
    size_t index;
    const char *heading;
    const char *field; /* "familias", "lon"; NULL: unused */
    enum explained_by why;
    const char *read_as; /* "número, coma decimal: otras columnas la tienen"; NULL: as text */
    const char *example; /* "«1.234,5» es 1234,5"; NULL: none */
    const char *unused;  /* why it fills no field; NULL: it is not known */
};

struct explained_count {
    const char *name; /* "utm_zona"; of a place, its municipality */
    const char *of;   /* its department; NULL: it has none */
    int64_t n;
};

struct explained_sheet {
    const char *name;         /* "" if the source has only one */
    const char *skipped;      /* why it is not read; NULL: it is, and the rest says how */
    const char *place;        /* "fila", "línea", "registro" */
    int64_t rows;             /* of data; -1: not known */
    int64_t rejected, warned; /* of them */
    const struct explained_column *columns;
    size_t n_columns;
    const char *const *missing;   /* fields without a column: those required first */
    size_t n_missing, n_required; /* n_required: the first of them are required */
    const char *crs;              /* of the coordinates, a sentence; NULL: there are none */
    const struct explained_count *rescues; /* kinds of corrections that points would need */
    size_t n_rescues;
    const struct explained_count *places; /* municipalities that hold points */
    size_t n_places;
    int64_t points, conflicts, outside, unreadable; /* outside: in no municipality */
    const struct fault_place *looks;                /* to look at, by row */
    size_t n_looks, looks_left_out;
    const char *const *notes; /* other sentences */
    size_t n_notes;
};

enum explained_state {
    EXPLAINED_PLACED,    /* in the municipality it declares, or it declares none */
    EXPLAINED_CORRECTED, /* there too, read otherwise than written */
    EXPLAINED_CONFLICT,  /* in another municipality */
    EXPLAINED_OUTSIDE,   /* in none */
};
struct explained_point {
    double lon_deg, lat_deg; /* WGS 84 */
    enum explained_state state;
};

struct explanation {
    const char *source;      /* "registro 2021.xlsx" */
    const char *layer;       /* "alianzas" */
    const char *layer_title; /* "Alianzas" */
    const struct explained_sheet *sheets;
    size_t n_sheets;
    const struct explained_point *points; /* of all sheets */
    size_t n_points;
    const char *stopped; /* why nothing would be stored; NULL: it would be */
};

/* Appends the text, in lines of terminal tables. */
void explanation_put_text(const struct explanation *explanation, struct buf *out);

#endif

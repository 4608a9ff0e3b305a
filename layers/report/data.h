/* data.h - what a report says, as named tables: one source each, made when a
 * template first asks for it, kept for the sheets that follow.
 *
 * A new table is a function and a row in sources.c, and a line a column in
 * templates/columnas.json; templates and the workbook know it then.
 *
 * Owns:    the snapshot, the tables, the pictures. The store is the caller's
 *          and must outlive it: nobody else uses it meanwhile.
 * Threads: any; a lock guards what is made on the way.
 * Errors:  unknown edition: ERR_NOT_FOUND.
 */
#ifndef LAYERS_REPORT_DATA_H
#define LAYERS_REPORT_DATA_H

#include "geo/base/arena.h"
#include "geo/base/rows.h"
#include "geo/figures/group.h"
#include "layers/page/provenance.h"
#include "layers/report/picture.h"

struct report_query {
    const char *as_of;   /* NULL: everything known */
    const char *edition; /* NULL: the current one */
    const char *version; /* of the program */
    size_t rows_max;     /* of the workbook: ERR_INPUT where there would be more; 0: no bound */
};

struct report_data;

/* A table that a report can show. */
struct report_source {
    const char *name;       /* in templates: "cobertura_uo" */
    const char *title;      /* of its sheet, Spanish, up to 31 characters */
    const char *definition; /* one Spanish sentence: what a row is */
    /* NULL with *err; rows without a single one where there is nothing to say. */
    struct rows *(*make)(struct report_data *data, struct err *err);
    bool sheet; /* the workbook has it */
};

const struct report_source *report_source_at(size_t index); /* NULL: past the last */

/* The whole reading happens in one transaction, which report_data_close() ends. */
struct report_data *report_data_open(struct geo_store *store, const struct report_query *query,
                                     struct err *err);
void report_data_close(struct report_data *data); /* NULL is fine */

/* The table of that name, made once. NULL with *err. */
const struct rows *report_rows(struct report_data *data, const char *name, struct err *err);
/* A style of styles/, or "ficha" or "portada" of templates/, over the snapshot. NULL with *err. */
struct picture *report_picture(struct report_data *data, const char *style, struct err *err);

struct geo_store *report_store(struct report_data *data);
const struct report_query *report_query_of(const struct report_data *data);
const struct geo_edition_info *report_edition(const struct report_data *data);
struct provenance report_provenance(const struct report_data *data);
/* "Datos al 30/06/2023 · Límites: edición 339 · SIGG 0.1.0", and the date that is
 * meant: that of the question, else that of the data, else "". */
const char *report_foot(const struct report_data *data);
const char *report_date(const struct report_data *data);
/* Municipalities of the edition, by codigo. */
const struct geo_units *report_units(const struct report_data *data);

/* ---- reading rows ---- */

/* -1: no such column. */
int report_column(const struct rows *rows, const char *name);
/* The cell as a number; NaN where it is missing or text. */
double report_number(const struct rows *rows, size_t row, int column);
const char *report_text(const struct rows *rows, size_t row, int column); /* "" if missing */

#endif

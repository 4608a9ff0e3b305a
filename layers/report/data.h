/* data.h - the data of a report as named tables, each made by a source when a template first
 * asks for it, and cached.
 *
 * A new table is a row in sources.c, and one line a column in geo/catalog/columns.json; then
 * templates and the workbook can use it.
 *
 * Owns:    the snapshot, the tables, the pictures. The store is the caller's
 *          and must outlive it: nobody else uses it meanwhile.
 * Threads: any; a lock protects what is made on demand.
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
    size_t rows_max;     /* limit for the workbook: ERR_INPUT if there are more; 0: no limit */
};

struct report_data;
struct figure_result;

/* A table that a report can show: a figure, the note of another table, or what a function
 * makes. */
struct report_source {
    const char *name;       /* in templates: "cobertura_uo" */
    const char *title;      /* title of its sheet, Spanish, up to 31 characters */
    const char *definition; /* one Spanish sentence that says what a row is */
    const char *figure;     /* name (geo/catalog/figure.h); of the report's day and edition */
    const char *params[2];  /* one or two lists, "by=uo of=bs": the rows of each, in order */
    bool last_period;       /* only the rows of the last period */
    bool may_lack;          /* without enough data (ERR_INPUT) it has no rows */
    const char *note_of;    /* the table whose note is the only cell */
    /* One of the two. `rows` returns NULL with *err; `make` fills *result, which is zeroed and
     * stays so after an error. */
    struct rows *(*rows)(struct report_data *data, struct err *err);
    bool (*make)(struct report_data *data, const struct report_source *source,
                 struct figure_result *result, struct err *err);
    bool sheet; /* it is in the workbook */
};

const struct report_source *report_source_at(size_t index); /* NULL: past the last */

/* Opens the data with these sources (sources.c). Everything is read in one transaction,
 * which report_data_close() ends. */
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
/* The foot "Datos al 30/06/2023 · Límites: edición 339 · SIGG 0.2.0", and its date: that
 * of the query, else that of the data, else "". */
const char *report_foot(const struct report_data *data);
const char *report_date(const struct report_data *data);
/* Municipalities of the edition, by codigo. */
const struct geo_units *report_units(const struct report_data *data);

/* ---- reading rows ---- */

/* -1: no such column. */
int report_column(const struct rows *rows, const char *name);
/* A cell as a number; NaN if it is missing or text. */
double report_number(const struct rows *rows, size_t row, int column);
const char *report_text(const struct rows *rows, size_t row, int column); /* "" if missing */

#endif

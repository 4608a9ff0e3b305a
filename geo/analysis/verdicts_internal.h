/* verdicts_internal.h - shared by the parts of giving a verdict; only for
 * geo/analysis/verdicts*.c.
 */
#ifndef GEO_VERDICTS_INTERNAL_H
#define GEO_VERDICTS_INTERNAL_H

#include "geo/analysis/verdicts.h"
#include "geo/figures/linker.h"
#include "geo/place/rescue.h"

enum { VERDICT_POINT_WKB = 21 };

/* State of reading verdicts from a sheet: first the names of its columns, then its rows,
 * whose values are NULL for empty cells. */
enum { VERDICT_COLUMNS = 6 };
struct verdict_sheet {
    struct arena *arena;                  /* the caller's; texts live there */
    int columns[VERDICT_COLUMNS];         /* -1: not there */
    const char *person;                   /* for rows without a person; NULL: none */
    struct geo_verdict_request *requests; /* the caller frees the array */
    size_t n, cap;
    int64_t skipped;
};
bool verdict_sheet_columns(struct verdict_sheet *sheet, const char *const *there, size_t n,
                           struct err *err);
bool verdict_sheet_row(struct verdict_sheet *sheet, const char *const *values, int64_t line,
                       struct err *err);

/* State of giving verdicts on one layer. */
struct verdict_giving {
    struct geo_store *store;
    struct geo_linker *linker;
    struct geo_rescue *rescue; /* created when a coordinate has to be read */
    const struct geo_table *table;
    struct geo_verdicts in_force;
    struct arena *arena;
    struct geo_verdicts_summary *summary;
    int64_t *ids; /* records to link again */
    size_t n_ids;
    bool moved; /* the point of a record changed */
    struct err *err;
};

/* A record, to be changed. */
struct verdict_record {
    struct verdict_giving *giving;
    struct geo_record *record; /* in the arena; NULL: not found */
    struct geo_value *values;
    bool failed;
};

/* ERR_NOT_FOUND where there is none. It lives in the arena. */
bool verdict_find_record(struct verdict_giving *giving, const char *codigo,
                         struct verdict_record *found);
/* NaN where it is no point. */
void verdict_point_of(const struct geo_record *record, double *lon, double *lat);
/* lon NaN: without geometry. */
bool verdict_set_point(struct verdict_giving *giving, struct geo_record *record, double lon,
                       double lat);
/* Does nothing if the table has no such field. text NULL, value -1: no value. */
void verdict_set_text(const struct verdict_giving *giving, struct verdict_record *found,
                      const char *field, const char *text);
void verdict_set_uncertain(const struct verdict_giving *giving, struct verdict_record *found,
                           int uncertain);
bool verdict_write_record(struct verdict_giving *giving, const struct verdict_record *found);

/* Remembers the point before any correction; before: the verdict in force. */
void verdict_remember_old(const struct verdict_giving *giving, const struct verdict_record *found,
                          const struct geo_verdict *before, bool holds,
                          struct geo_verdict *verdict);
/* Reads the new point and moves the record there. */
bool verdict_correct(struct verdict_giving *giving, struct verdict_record *found,
                     const struct geo_verdict_request *request, const struct geo_edition *edition,
                     int declared, struct geo_verdict *verdict);

#endif

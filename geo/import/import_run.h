/* import_run.h - the state of an import, shared by its parts.
 *
 * Owns:    all of it; geo_import_run() releases it at its end.
 * Threads: one.
 */
#ifndef GEO_IMPORT_RUN_H
#define GEO_IMPORT_RUN_H

#include "geo/base/arena.h"
#include "geo/figures/verdict.h"
#include "geo/import/fields.h"
#include "geo/import/import.h"
#include "geo/import/source.h"
#include "geo/place/geos.h"
#include "geo/place/rescue.h"

struct declared; /* geo/import/import_declared.h */

enum import_action { IMPORT_NEW, IMPORT_UPDATED, IMPORT_UNCHANGED, IMPORT_REJECTED };

/* What became of one record; texts live in run->kept. */
struct import_outcome {
    int64_t line, id;
    const char *codigo; /* NULL: none was read */
    enum import_action action;
    const char *reason; /* why it was rejected */
    const char *repair; /* why its polygon was repaired; NULL: it was not */
    double before_m2, after_m2;
    const char *rescue, *crs; /* how its point was read; NULL: as written */
    bool datum_uncertain;
    const char *warnings; /* sentences separated by "; ", or NULL */
};

struct import_run {
    struct geo_store *store;
    const struct geo_import_options *options;
    const struct geo_table *table;
    struct geo_import_summary *summary;
    struct geo_source *source;
    struct geo_fields *fields;
    struct geo_geos *geos;
    struct geo_rescue *rescue;    /* NULL where no points are read */
    struct declared *declared;    /* NULL where nothing is linked */
    struct geo_verdicts verdicts; /* in force on the layer's records */
    struct arena *row, *kept;     /* for one record; for the whole import */
    struct import_outcome *outcomes;
    size_t n_outcomes, cap;
    bool *unused; /* by column: has values, but fills no field */
    void *keys;   /* the keys read, with their lines: import_keys.c */
    struct buf rejects;
    struct buf findings;             /* about the whole source: JSON strings separated by commas */
    struct buf source_name;          /* as it is stored and published: see import_name_source() */
    struct geo_value *values;        /* of the record being read, n_fields */
    const struct geo_record *stored; /* the stored record that is updated, or NULL */
    char today[11];
};

/* geo/import/import_record.c: converts a row of the source to a record whose values and
 * geometry live in run->row. Repairs and warnings are noted in outcome. */
bool import_read_record(struct import_run *run, const struct geo_source_row *row,
                        struct geo_record *record, struct import_outcome *outcome, struct err *err);
/* geo/import/import_keys.c: a second record with the key of an earlier one is an error that
 * names both. */
bool import_check_key(struct import_run *run, const struct geo_record *record, int64_t line,
                      struct err *err);
void import_forget_keys(struct import_run *run);

/* geo/import/import_columns.c: notes, row by row, the columns that fill no field; then
 * adds them to the summary. */
void import_note_unused(struct import_run *run, const struct geo_source_row *row);
void import_tell_unused(struct import_run *run);

/* geo/import/import_merge.c: keeps stored values that the source does not mention. */
bool import_merge(struct import_run *run, const struct geo_source_row *row,
                  struct geo_record *record, struct err *err);
void import_merge_place(struct import_run *run, struct geo_record *record);

/* geo/import/import_checks.c: checks beyond single fields. */
bool import_check_record(struct import_run *run, const struct geo_record *record,
                         struct import_outcome *outcome, struct err *err);
/* geo/import/import_checks_time.c: the same for events, results, visits, complaints, values. */
bool import_check_time(struct import_run *run, const struct geo_record *record, struct err *err);
/* A fact of a municipality: shares are 0 to 100, counts and areas are not negative. */
bool import_check_fact(const char *name, double value, struct err *err);
bool import_warn(struct import_run *run, struct import_outcome *outcome, struct err *err,
                 const char *format, ...) __attribute__((format(printf, 4, 5)));

/* geo/import/import_point.c: reads the coordinate of a record, from geometry or columns. */
bool import_read_point(struct import_run *run, const struct geo_source_row *row,
                       struct geo_record *record, struct import_outcome *outcome, struct err *err);

/* geo/import/import_rows.c: keeps an outcome, counts it, writes the reject and the warning. */
bool import_keep(struct import_run *run, const struct import_outcome *outcome, struct err *err);
/* A record failed: true to go on without it. */
bool import_reject(struct import_run *run, const struct geo_source_row *row,
                   struct import_outcome *outcome, struct err *err);
void import_progress(struct import_run *run, double done);
/* Writes a record to the store; sets id and action of the outcome. */
bool import_store(struct import_run *run, const struct geo_record *record,
                  struct import_outcome *outcome, struct err *err);

typedef bool import_row_fn(void *arg, const struct geo_source_row *row,
                           struct import_outcome *outcome, struct err *err);
/* Reads all rows: an error of `read` rejects the row, one of `keep` ends the import. Notes
 * the columns that fill no field. */
bool import_each_row(struct import_run *run, import_row_fn *read, import_row_fn *keep, void *arg,
                     struct err *err);

/* One function for each kind of table; each reads the whole source. */
bool import_facts(struct import_run *run, struct err *err); /* geo/import/import_facts.c */
bool import_boundaries(struct import_run *run,
                       struct err *err); /* geo/import/import_boundaries.c */

/* geo/import/import_report.c */
/* Fills run->source_name. */
bool import_name_source(struct import_run *run, struct err *err);
/* Where the data come from: as stated, or the name of the file. */
const char *import_source_title(const struct import_run *run);
bool import_write_report(struct import_run *run, struct err *err);
/* The summary as one JSON object. */
void import_put_summary(const struct import_run *run, struct buf *out);
bool import_write_rejects(struct import_run *run, struct err *err);

#endif

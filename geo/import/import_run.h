/* import_run.h - the state of an import, shared by its parts.
 *
 * Owns:    all of it; geo_import_run() releases it at its end.
 * Threads: one.
 */
#ifndef GEO_IMPORT_RUN_H
#define GEO_IMPORT_RUN_H

#include "geo/base/arena.h"
#include "geo/faults/fault.h"
#include "geo/fields/fields.h"
#include "geo/figures/linker.h"
#include "geo/figures/verdict.h"
#include "geo/import/import.h"
#include "geo/import/import_names.h"
#include "geo/place/geos.h"
#include "geo/place/rescue.h"
#include "geo/source/source.h"

struct geo_crs;
struct import_moves;   /* geo/import/import_moves.h */
struct import_zeros;   /* geo/import/import_zeros.c */
struct import_located; /* geo/import/import_located.h */
struct declared;       /* geo/import/import_declared.h */
struct declared_unit;

/* A repair that changes the area by more than this share of it is told record by record; smaller
 * ones, which are rounding and the like, are counted. */
#define IMPORT_REPAIR_TOLD 0.01

enum import_action { IMPORT_NEW, IMPORT_UPDATED, IMPORT_UNCHANGED, IMPORT_REJECTED };

/* A table of the source that is read (geo/import/import_tables.c). */
struct import_table {
    size_t index;                          /* in the source */
    const struct geo_source_table *source; /* its description */
    struct geo_fields *fields;
    const struct column_facts *facts; /* one a column */
    bool *unused;                     /* by column: has values, but fills no field */
    const char **facts_named;         /* by column: the fact it is; NULL: none. Of wide tables */
    size_t *rejects_column;           /* by column: its place in the file of rejects */
    struct import_faults about;       /* its columns, and (column -1) notes on all of it */
    int64_t read, rejected;           /* rows */
    int64_t second_header;            /* line of a header inside the table; 0: there is none */
    int64_t repeated_headers, first_repeated; /* rows in other letters or words; line */
    int64_t numbered; /* rows with nothing but their number, in number_column */
    size_t number_column;
    struct import_zeros *zeros; /* NULL: the source tells 0 from empty (import_zeros.c) */
};

/* A table of the source, compared with the layer. */
struct import_candidate {
    const struct geo_source_table *source;
    struct geo_fields *fields; /* NULL: `why` */
    struct err why;            /* why it is not read; ERR_NONE: it may be */
    bool named;                /* it has the layer's name */
    bool considered;           /* its columns were compared with the fields */
    bool lacks_field;          /* it has the layer's key, and no other fault than `why` */
};

/* What became of one record; texts live in run->row, and of those that are kept in run->kept. */
struct import_outcome {
    const struct import_table *table;
    int64_t line, id;
    const char *codigo; /* NULL: none was read */
    enum import_action action;
    const char *repair; /* why its polygon was repaired; NULL: it was not */
    double before_m2, after_m2;
    const char *rescue, *crs; /* how its geometry was read; NULL: as written */
    const char *written;      /* its coordinate as it came; NULL: as it is stored. In run->row */
    bool has_point;           /* lon_deg, lat_deg were stored */
    double lon_deg, lat_deg;
    bool datum_uncertain;
    const struct import_fault *faults; /* why it was rejected, and warnings */
    size_t n_faults, n_errors;
    const struct source_cell *cells; /* of a record to correct, as they came; NULL: not kept */
};

struct import_run {
    struct geo_store *store;
    const struct geo_import_options *options;
    const struct geo_table *table;
    struct geo_import_summary *summary;
    struct import_names names; /* by which a header is known */
    struct geo_source *source;
    struct import_candidate *candidates; /* all tables of the source; own their fields */
    size_t n_candidates;
    struct import_table *tables; /* those that are read */
    size_t n_tables;
    struct import_faults about;      /* the whole source: notes; lives in kept */
    struct import_table *at;         /* the one being read */
    const struct geo_fields *fields; /* its fields */
    int64_t count;                   /* of the records of all; -1: not known */
    const char **rejects_heads;      /* columns of all tables, each name once */
    size_t n_rejects_heads;
    struct geo_geos *geos;
    struct geo_crs *crs;          /* for points to correct; NULL: none was needed yet */
    struct geo_rescue *rescue;    /* NULL where no geometry is read */
    struct geo_linker *linker;    /* has the editions that are needed; NULL: nothing is linked */
    struct declared *declared;    /* NULL where no record is held against an edition */
    struct geo_verdicts verdicts; /* in force on the layer's records */
    struct arena *row, *kept;     /* for one record; for the whole import */
    /* Those that something is said of: all for options->report, else only the refused and
     * those with a warning, because there may be millions. */
    struct import_outcome *outcomes;
    size_t n_outcomes, cap;
    int64_t *ids; /* of all records stored */
    size_t n_ids, cap_ids;
    int64_t *changed; /* of those among them that are new or updated */
    size_t n_changed, cap_changed;
    void *keys, *codes;              /* the keys and folded codes read: import_keys.c */
    struct import_moves *moves;      /* stored records that may move; NULL: none was updated */
    struct import_located *located;  /* NULL: nobody wants to look at places */
    void *stored_codes;              /* the folded codes stored before; NULL: not needed yet */
    const struct source_cell *cells; /* of the record being read; NULL: none is */
    struct import_faults faults;     /* of the record being read; lives in row */
    bool reported;                   /* records were refused, and the reports have them */
    bool studying;                   /* the columns of its tables, of which so many are done: */
    size_t studied;
    bool over_simulated;  /* the records stored are simulated: they may be replaced */
    bool failed;          /* it ends with an error: there are no links to read */
    size_t kept_rows;     /* records whose cells are kept */
    bool misplaced;       /* its geometry cannot be read, which is a fault */
    struct err unsettled; /* what is wrong with the columns; ERR_NONE: nothing. Rows are read all
                             the same if somebody wants to know their faults; nothing is stored */
    struct err first;     /* the first refusal, with its place; ERR_NONE: there is none */
    struct buf rejects;
    struct buf findings;             /* about the whole source: JSON strings separated by commas */
    struct buf source_name;          /* as it is stored and published: see import_name_source() */
    struct geo_value *values;        /* of the record being read, n_fields */
    const struct geo_record *stored; /* the stored record that is updated, or NULL */
    char today[11];
};

/* geo/import/import_tables.c: opens the source, and studies the tables to read (import_choose.h).
 */
bool import_open_source(struct import_run *run, struct err *err);
/* Opens the source for any of the layers, each with its names. run->table is set later, layer by
 * layer, and import_compare_tables() compares every table with it: run->candidates. */
bool import_open_for_any(struct import_run *run, const struct import_names *names, size_t n_names,
                         struct err *err);
bool import_compare_tables(struct import_run *run, struct err *err);
/* geo/import/import_title.c: fills run->source_name. */
bool import_name_source(struct import_run *run, struct err *err);
/* Where the data come from: as stated, or the name of the file. */
const char *import_source_title(const struct import_run *run);
/* The name of the file. */
const char *import_source_file(const struct import_run *run);
void import_close_source(struct import_run *run);
/* Begins to read a table. */
bool import_begin_table(struct import_run *run, struct import_table *table, struct err *err);
/* "línea 3", or "hoja «Sucre», fila 3" where several tables are read; lives in run->row. */
const char *import_place(struct import_run *run, const struct import_table *table, int64_t line);

/* geo/import/import_faults.c: what is wrong with the record being read. */
/* Adds a fault; field is one of the table's, or NULL: the whole record. */
void import_refuse(struct import_run *run, const char *field, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void import_warn(struct import_run *run, const char *field, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The key ("codigo «X-1»", of which `field` is the first) is that of the record at `place`. */
void import_refuse_repeated(struct import_run *run, const char *field, const char *key,
                            const char *place);
/* One of the faults says so of the column. */
bool import_is_repeated(const struct import_fault *faults, size_t n, size_t column);
/* The outcome of a step that may refuse the record: ERR_INPUT becomes a fault, and reading
 * goes on. False for any other error. */
bool import_go_on(struct import_run *run, const char *field, bool ok, const struct err *bad,
                  struct err *err);
/* Adds a warning to an outcome whose faults are kept already. */
bool import_warn_kept(struct import_run *run, struct import_outcome *outcome, const char *message,
                      struct err *err);
/* Records were refused that are not to be skipped: nothing will be written. */
static inline bool import_is_refused(const struct import_run *run)
{
    return run->unsettled.kind != ERR_NONE ||
           (run->first.kind != ERR_NONE && !run->options->skip_invalid);
}
/* Keeps the faults with the outcome; its cells too if the record is to be corrected. */
bool import_keep_faults(struct import_run *run, const struct geo_source_row *row,
                        struct import_outcome *outcome, struct err *err);
/* "message; message" of the faults of an outcome, errors or warnings; in run->row. */
const char *import_faults_text(struct import_run *run, const struct import_outcome *outcome,
                               bool warnings);
/* One fault of a row as the reports have it; row 0: it is about the column. Texts live in
 * run->kept. */
struct fault_entry import_fault_entry(struct import_run *run, const struct import_table *table,
                                      int64_t row, const struct import_fault *fault);
/* geo/import/import_geometry_cells.c: the columns for the geometry of a record to correct; 0: none
 * is needed. */
size_t import_geometry_heads(const struct import_run *run, const struct import_table *table,
                             const char *heads[2]);
/* The column of the geometry, or the first one beside those of the table; -1: none. */
int import_geometry_column(const struct import_run *run);
/* Its cells, in run->kept. *fits false: no cell can hold it. */
bool import_geometry_cells(struct import_run *run, const struct geo_source_row *row,
                           struct source_cell *cells, bool *fits, struct err *err);
/* The notes on a table, or on the source (NULL), in run->kept. NULL: memory. */
const char **import_notes_of(struct import_run *run, const struct import_table *table, size_t *n);
/* Gives all faults to options->faults. stopped: why nothing is stored; NULL: it is. */
bool import_give_faults(struct import_run *run, const char *stopped, struct err *err);

/* geo/import/import_notes.c: what is said of whole tables. */
/* Keeps a note on a table, or on the source (NULL), for the reports, and gives it as a warning
 * that names the table where several are read. text NULL: nothing. */
void import_note(struct import_run *run, struct import_table *table, const char *text);
/* Gives each warning and each fault about the columns of a table. */
void import_tell_columns(struct import_run *run, const struct import_table *table);
/* The columns of all tables have no fault. Else ERR_INPUT with them; or, for somebody who wants all
 * faults, true with run->unsettled. */
bool import_columns_settled(struct import_run *run, struct err *err);
/* Takes out of the record's faults those that follow from faults of columns. */
void import_drop_unsettled(struct import_run *run);
/* "hoja", or "capa". */
const char *import_table_word(const struct geo_source_table *table);

/* geo/import/import_explain.c: gives how the source was understood to options->explained. */
bool import_explain(struct import_run *run, const char *stopped, struct err *err);

/* geo/import/import_record.c: converts a row of the source to a record whose values and
 * geometry live in run->row. What is wrong with it is added to run->faults; false for other
 * errors. */
bool import_read_record(struct import_run *run, const struct geo_source_row *row,
                        struct geo_record *record, struct import_outcome *outcome, struct err *err);
/* Reads the fields of a row into run->values; faults are added, and their values are NULL. */
bool import_read_fields(struct import_run *run, const struct geo_source_row *row, struct err *err);
/* geo/import/import_keys.c: a second record with the key of an earlier one is an error that
 * names both; one whose code differs only in case, accents or marks is warned of. */
bool import_check_key(struct import_run *run, const struct geo_record *record, int64_t line,
                      struct err *err);
void import_forget_keys(struct import_run *run);

/* geo/import/import_columns.c: notes, row by row, the columns that fill no field; then
 * adds them to the summary. */
void import_note_unused(struct import_run *run, const struct geo_source_row *row);
void import_tell_unused(struct import_run *run);

/* geo/import/import_merge.c: keeps stored values that the source does not mention. */
/* The row has something in a column of coordinates. */
bool import_has_coordinate(const struct import_run *run, const struct geo_source_row *row);
bool import_merge(struct import_run *run, const struct geo_source_row *row,
                  struct geo_record *record, struct err *err);
void import_merge_place(struct import_run *run, struct geo_record *record);

/* geo/import/import_zeros.c: zeros of a source that may have made them of empty values. */
/* Begins to count those of the table run->at, if its source may have. */
bool import_zeros_begin(struct import_run *run, struct err *err);
/* A 0 that would replace "no value" of run->stored is taken back. */
void import_zeros_merge(struct import_run *run);
/* Says by column how many were taken back, and how many are stored. */
void import_zeros_tell(struct import_run *run);

/* geo/import/import_checks.c: checks beyond single fields. Faults are added; false for other
 * errors. */
bool import_check_record(struct import_run *run, const struct geo_record *record, struct err *err);
/* geo/import/import_replaced.c: adds a fault if run->stored is another record of the same code. */
void import_check_replaced(struct import_run *run, const struct geo_record *record);
/* geo/import/import_checks_time.c: the same for events, results, visits, complaints, values. */
bool import_check_time(struct import_run *run, const struct geo_record *record, struct err *err);
/* A fact of a municipality: shares are 0 to 100, counts and areas are not negative. */
bool import_check_fact(const char *name, double value, struct err *err);

/* geo/import/import_total.c: a row that sums up others, by its code or its name. */
bool import_is_total_code(struct import_run *run, const char *text);
/* Its code or its name reads as that of a total. */
bool import_is_total(struct import_run *run, const struct geo_record *record);
/* Refuses such a row, unless it lies somewhere and has another name or code, which makes it a
 * record; one that has only a municipality is warned of. So is a name such as «Nan». */
void import_check_total(struct import_run *run, const struct geo_source_row *row,
                        const struct geo_record *record);

/* geo/import/import_footer.c: a record that lies nowhere, and whose code is unlike the others, is a
 * row below the table: "Elaborado por:", "Nota", "TOTAL Sucre". True with a fault. */
bool import_refuse_footer(struct import_run *run, const struct geo_record *record);

/* geo/import/import_point.c: reads the coordinate of a record, from geometry or columns; a line or
 * polygon goes to import_place_shape(). */
bool import_read_point(struct import_run *run, const struct geo_source_row *row,
                       struct geo_record *record, struct import_outcome *outcome, struct err *err);

/* geo/import/import_rescued.c: takes what a rescue found over into the outcome and the derived
 * fields. */
bool import_keep_rescued(struct import_run *run, const struct geo_rescued *rescued,
                         struct import_outcome *outcome, struct err *err);

/* Sets a text of run->values, which is borrowed; the layer may lack the field, or text be NULL. */
void import_set_text(struct import_run *run, const char *field, const char *text);

/* geo/import/import_shape.c: lines and polygons. */
/* Takes the geometry of the row; what was wrong with it, and how it was mended, is added to the
 * faults and the outcome. */
bool import_read_shape(struct import_run *run, const struct geo_source_row *row,
                       struct geo_record *record, struct import_outcome *outcome, struct err *err);
/* The name of a system without an EPSG code, from which the source transformed its geometries;
 * NULL: they are in another one, or in none. */
const char *import_unnamed_system(const struct import_run *run);
/* Puts the row's line or polygon where it was meant (geo/place/rescue_shape.h). */
bool import_place_shape(struct import_run *run, const struct geo_source_row *row,
                        const struct declared_unit *declared, struct geo_record *record,
                        struct import_outcome *outcome, struct err *err);
/* A polygon that was read elsewhere, as *wkb in run->row: repaired again where that is needed,
 * and measured where it lies. */
bool import_settle_polygon(struct import_run *run, const struct buf *moved,
                           struct import_outcome *outcome, const unsigned char **wkb,
                           size_t *wkb_len, struct err *err);
/* "con latitud y longitud cambiadas, sin el signo menos" */
void import_put_rescue(const struct geo_rescued *rescued, struct buf *out);
/* "; el datum se supone WGS 84 (…)", if nobody stated it. */
void import_put_datum(const struct geo_rescued *rescued, struct buf *out);
/* The repair changed the area by more than IMPORT_REPAIR_TOLD of it. */
bool import_repair_is_large(const struct import_outcome *outcome);
/* "se reparó (autointersección): de 349,8 ha a 233,2 ha"; NULL: short memory. Lives in run->row. */
const char *import_repair_text(struct import_run *run, const struct import_outcome *outcome);

/* geo/import/import_rows.c: counts an outcome, keeps it if something is said of it, and writes the
 * warning. */
bool import_keep(struct import_run *run, const struct import_outcome *outcome, struct err *err);
/* Moves its texts from run->row to run->kept. */
bool import_keep_texts(struct import_run *run, struct import_outcome *outcome, struct err *err);
/* Writes a record to the store; sets id and action of the outcome. */
bool import_store(struct import_run *run, const struct geo_record *record,
                  struct import_outcome *outcome, struct err *err);

typedef bool import_row_fn(void *arg, const struct geo_source_row *row,
                           struct import_outcome *outcome, struct err *err);
/* Reads all rows of the table run->at: `read` finds their faults, `keep` gets those without.
 * An error of `read` of kind ERR_INPUT is a fault too; other errors end the import. Without
 * skip_invalid nothing is kept after the first fault, but for a dry run. Notes the columns
 * that fill no field. */
bool import_each_row(struct import_run *run, import_row_fn *read, import_row_fn *keep, void *arg,
                     struct err *err);

/* For each kind of table one function, which reads every table of the source. */
bool import_facts(struct import_run *run, struct err *err); /* geo/import/import_facts.c */
bool import_boundaries(struct import_run *run,
                       struct err *err); /* geo/import/import_boundaries.c */

/* geo/import/import_progress.c */
/* done: 0 to 1 of the step; 1 ends it. */
void import_progress(const struct import_run *run, enum geo_import_step step, double done);
/* A geo_progress_fn of what is linked; arg: the run. */
void import_linked(void *arg, double done);

/* geo/import/import_link.c */
/* arg: the run. Loads the editions on which its records will be linked, while the source is being
 * opened. What fails then fails again, and is told, when they are used. */
void import_load_editions(void *arg);
/* Links what was stored, and counts its links. Boundaries are linked by
 * import_boundaries(). */
bool import_link(struct import_run *run, struct err *err);

/* geo/import/import_report.c */
/* stopped: why nothing is stored; NULL: it is. */
bool import_write_report(struct import_run *run, const char *stopped, struct err *err);
/* The summary as one JSON object. */
void import_put_summary(const struct import_run *run, struct buf *out);
bool import_write_rejects(struct import_run *run, struct err *err);

#endif

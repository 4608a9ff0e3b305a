/* import.h - imports any OGR source into a table, in one transaction.
 *
 * Threads: as the store's.
 * Errors:  ERR_INPUT for a bad record (line, field, value, what is accepted),
 *          and nothing is written; with skip_invalid the bad ones go to the
 *          rejects and the rest is written.
 *
 * Rules:
 * - A record is rejected if no loaded edition has the declared code, or if the
 *   declared name is ambiguous. An unknown name rejects it only if it has no
 *   coordinate either; else it is a warning.
 * - hechos_municipio takes long tables (codigo, hecho, valor) and wide ones. A column
 *   of a wide table is a fact if at least half of its values are numbers and it is
 *   neither the code nor a coordinate.
 */
#ifndef GEO_IMPORT_H
#define GEO_IMPORT_H

#include "geo/base/buf.h"
#include "geo/faults/fault_report.h"
#include "geo/fields/explanation.h"
#include "geo/figures/link.h"
#include "geo/files/source_limits.h"
#include "geo/store/store.h"
#include "geo/texts/number_text.h"

/* What is given is borrowed during the call. False with *err ends the import. An import that
 * fails gives it too, as far as it came. */
typedef bool import_faults_fn(void *arg, const struct fault_report *report, struct err *err);
typedef bool import_explained_fn(void *arg, const struct explanation *explanation, struct err *err);

/* Each goes from 0 to 1. One of which there is nothing to do does not occur. */
enum geo_import_step {
    GEO_IMPORT_READING,  /* the source, and how its columns are to be read */
    GEO_IMPORT_CHECKING, /* its records */
    GEO_IMPORT_LINKING,  /* them, or what depends on them */
    GEO_IMPORT_WRITING,  /* to the disk; not of a dry run */
    GEO_IMPORT_STEPS
};
typedef void geo_import_progress_fn(void *arg, enum geo_import_step step, double done);

struct geo_import_options {
    const char *layer;                      /* table name */
    const char *source;                     /* as geo_source_open() takes it */
    bool embedded;                          /* likewise */
    const struct geo_source_limits *limits; /* NULL: the usual ones */
    const char *source_layer; /* the only table to read; NULL: all that fit (import_choose.h) */
    int64_t header_line;      /* of a sheet or text; 0: to be found */
    const char *edition;      /* of municipios; required there, refused elsewhere */
    const char *edition_title, *data_date;
    const char *source_title; /* where the data come from, for people; NULL: the source's name */
    bool schematic, simulated, keep_current;
    int epsg;                  /* stated CRS; 0: the source's own, or none */
    const char *const *map;    /* "campo=columna", ends with NULL; may be NULL */
    const char *const *ignore; /* columns that fill nothing; ends with NULL; may be NULL */
    bool ignore_unused;        /* no unused column stops the import */
    enum decimal_mark decimal; /* of numbers like 1.234, stated; MARK_OPEN: by the columns */
    bool clear_geometry; /* a record without geometry loses the one stored; false: it keeps it,
                            with a warning */
    bool replace; /* a record may replace another one, of its code but another name and place; an
                     edition may have other codes than the current one */
    bool dry_run, skip_invalid;
    bool may_be_known;   /* nobody wants a report: a source that is known need not be read again */
    bool in_transaction; /* inside the caller's transaction, who commits; then the import cannot be
                            undone */
    bool link_later;     /* the caller calls geo_link_all() */
    const char *rejects_path;         /* CSV; NULL: none */
    struct buf *report;               /* gets the JSON report; NULL: none */
    geo_import_progress_fn *progress; /* may be NULL */
    void *progress_arg;
    geo_finding_fn *warning; /* gets each warning, a Spanish sentence; may be NULL */
    void *warning_arg;
    geo_finding_fn *refusal; /* gets "fila 3: …" for each record that is refused, unless they are
                                skipped; may be NULL */
    void *refusal_arg;
    import_faults_fn *faults; /* gets what is wrong with all records, also where the import is
                                 stopped; may be NULL */
    void *faults_arg;
    bool places; /* faults and explained have the places to look at (geo/faults/fault_place.h) */
    import_explained_fn *explained; /* gets how the source was understood; may be NULL */
    void *explained_arg;
    void (*before_commit)(void); /* called when the import can no longer be stopped; may be NULL */
};

enum { GEO_IMPORT_RESCUES = 16 };

struct geo_import_summary {
    int64_t read, created, updated, unchanged, rejected, repaired, rescued, datum_uncertain;
    int64_t repaired_much; /* of the repaired: their area changed by more than 1 % */
    int64_t warned;        /* records with warnings */
    int64_t columns;       /* faults of whole columns */
    struct {
        char how[64]; /* "invertidas", "signo+coma_decimal", … */
        int64_t records;
    } rescues[GEO_IMPORT_RESCUES]; /* one entry for each kind; the list ends with count 0 */
    struct geo_link_counts links;
    char unused[4096];   /* columns with values that fill no field: "a, b"; "": none */
    int64_t unused_more; /* of them, for which there was no room */
    int64_t units_overlaps, units_gaps; /* of municipios: beyond slivers */
    double gaps_m2;
    char known[2048], known_date[21]; /* "": it was read. Else the source is known since then
                                         (import_known.h), and this is the summary as text */
};

bool geo_import_run(struct geo_store *store, const struct geo_import_options *options,
                    struct geo_import_summary *summary, struct err *err);

/* The summary as Spanish text, a line each. */
void geo_import_describe(const struct geo_import_options *options,
                         const struct geo_import_summary *summary, struct buf *out);

/* Reverts the last import that is not undone yet, with links and figures, in
 * one transaction. ERR_NOT_FOUND: there is none. */
struct geo_import_undone {
    int64_t id, records; /* of the import; records touched */
    char layer[64], source[256], date[21];
};
bool geo_import_undo(struct geo_store *store, struct geo_import_undone *undone, struct err *err);

#endif

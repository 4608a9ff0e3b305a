/* store.h - the database of all records: one SpatiaLite file. Every read and write of a
 * record goes through this interface; the engine stands behind geo/store/db.h.
 *
 * Owns:    the connection (geo/store/db.h), prepared statements.
 * Threads: one store per worker; never shared.
 * Units:   geometry is WKB in lon/lat degrees (OGC:CRS84, little endian);
 *          money is centavos; dates are "YYYY-MM-DD".
 * Errors:  false or NULL on failure, with kind and message in *err;
 *          out-parameters keep their old value.
 *
 * Writing happens between geo_store_begin() and geo_store_commit(). A process that dies in
 * between leaves the database as it was (WAL). After geo_store_commit() returned true the
 * changes are on the disk, and survive a crash of the machine. A store opened with
 * GEO_STORE_READ never writes to the database, not even when it is closed.
 */
#ifndef GEO_STORE_H
#define GEO_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/base/box.h"
#include "geo/base/buf.h"
#include "geo/base/err.h"
#include "geo/store/schema.h"

struct geo_store; /* opaque; fields live in store.c */

enum geo_store_mode {
    GEO_STORE_READ,   /* the file must exist, with the schema of this program */
    GEO_STORE_WRITE,  /* as READ, and older schemas are migrated */
    GEO_STORE_CREATE, /* a new file; it is an error if one is there */
};

/* Caller owns the result and releases it with geo_store_close(). */
struct geo_store *geo_store_open(const char *path, enum geo_store_mode mode, struct err *err);
void geo_store_close(struct geo_store *store); /* NULL is fine; rolls back what is open */

/* True if the file and its log are those that were opened and belong together. Cheap: a
 * server asks many times a second. ERR_DEPENDENCY: close this store and all others of the
 * file before it is opened again. */
bool geo_store_sound(struct geo_store *store, struct err *err);
/* True if none of the files now at the store's paths is open in it. Only then may the new
 * file be opened while this store is in use: else SQLite would mix the old and the new
 * file within this process. */
bool geo_store_apart(const struct geo_store *store);
/* Makes a read of the store in another thread end soon, with an error. */
void geo_store_interrupt(struct geo_store *store);
/* Moves all committed pages from the log into the file, on the disk, and empties the log. */
bool geo_store_settle(struct geo_store *store, struct err *err);

bool geo_store_begin(struct geo_store *store, struct err *err);
bool geo_store_commit(struct geo_store *store, struct err *err);
void geo_store_rollback(struct geo_store *store);
/* Begins a transaction in which all reads see the same state; end it with
 * geo_store_rollback(). */
bool geo_store_begin_read(struct geo_store *store, struct err *err);

/* From now on reads, and computations based on them, end with an error once the budget is
 * spent; NULL: no limit. The budget is borrowed until the next call. */
struct budget;
void geo_store_bound(struct geo_store *store, const struct budget *budget);
/* The budget, for long computations over the store's records: call budget_left() on it. */
const struct budget *geo_store_budget(const struct geo_store *store);

/* Records ---------------------------------------------------------------- */

enum geo_value_kind { GEO_NULL, GEO_INT_VALUE, GEO_REAL_VALUE, GEO_TEXT_VALUE };

struct geo_value {
    enum geo_value_kind kind;
    int64_t integer;  /* GEO_INT_VALUE: integers, money, flags */
    double real;      /* GEO_REAL_VALUE */
    const char *text; /* GEO_TEXT_VALUE: text, dates, choices */
};

struct geo_record {
    int64_t id; /* of the row; 0 for a record not stored yet */
    const unsigned char *wkb;
    size_t wkb_len;                 /* 0: no geometry */
    const struct geo_value *values; /* n_fields of its table, in schema order */
};

/* Convenience reads by field index; NULL, 0 or NaN where the value is NULL. */
const char *geo_record_text(const struct geo_record *record, int field);
int64_t geo_record_int(const struct geo_record *record, int field);
double geo_record_real(const struct geo_record *record, int field);

/* Rows by their ids. */
struct geo_ids {
    const int64_t *ids;
    size_t n;
};

/* What to read; zero is "everything, in id order". */
struct geo_query {
    const struct geo_box *box; /* the geometry's box meets it (lon/lat) */
    const char *field;         /* where this field ... */
    const char *equals;        /* ... is this text */
    int64_t id;                /* only this row */
    const struct geo_ids *ids; /* only these rows; some hundred at most */
    int64_t after_id;          /* rows with a greater id, for paging without skips */
    int64_t limit;             /* 0: no limit */
    bool no_geometry;          /* leave wkb empty: cheaper */
    const char *present;       /* where this field has a value */
    const bool *fields;        /* by field: those to read, the others stay NULL; NULL: all */
};

/* The record is borrowed: valid during the call only. Returning false stops;
 * a caller that stops because of an error keeps that error itself. */
typedef bool geo_record_fn(void *arg, const struct geo_record *record);

bool geo_store_each(struct geo_store *store, const struct geo_table *table,
                    const struct geo_query *query, geo_record_fn *fn, void *arg, struct err *err);
/* The records whose box holds the point, geometry alone: their values are NULL. One query is
 * kept for all points. */
bool geo_store_at(struct geo_store *store, const struct geo_table *table, double lon_deg,
                  double lat_deg, geo_record_fn *fn, void *arg, struct err *err);
bool geo_store_count(struct geo_store *store, const struct geo_table *table,
                     const struct geo_query *query, int64_t *count, struct err *err);

/* geo/store/store_same.c: true if the WKB of the two is one geometry. A ring may begin elsewhere,
 * or go the other way round, as a Shapefile writes it; coordinates may differ by less than 1e-8
 * degrees, about 1 mm, which UTM, KML and File Geodatabases lose. The one rule for all that asks
 * whether a geometry changed. */
bool geo_store_same_geometry(const unsigned char *a, size_t len_a, const unsigned char *b,
                             size_t len_b);

enum geo_put { GEO_PUT_NEW, GEO_PUT_UPDATED, GEO_PUT_UNCHANGED };

/* Calls fn with the stored record that has the key (schema.h) of this one, if
 * there is one; only the values of the key are read. */
bool geo_store_find(struct geo_store *store, const struct geo_table *table,
                    const struct geo_record *key, geo_record_fn *fn, void *arg, struct err *err);

/* Inserts, or updates the row with the same key (schema.h), geometry and all.
 * A record equal to the stored one is not written. *id is the row's. */
bool geo_store_put(struct geo_store *store, const struct geo_table *table,
                   const struct geo_record *record, enum geo_put *what, int64_t *id,
                   struct err *err);
bool geo_store_remove(struct geo_store *store, const struct geo_table *table, int64_t id,
                      struct err *err);

/* After other programs wrote to the tables, inside a transaction: removes the links and
 * conflicts of records that are gone, and makes the shapes of works those of the works. */
bool geo_store_mend(struct geo_store *store, struct err *err);

/* Layers ----------------------------------------------------------------- */

/* What a layer is and where its data come from; one row a table in `capas`. */
struct geo_layer_info {
    int64_t revision;   /* grows with every change of the layer or its results */
    int64_t mark;       /* random, new with every change; differs between copies of a database that
                           changed apart */
    bool simulated;     /* shown as a warning wherever it appears */
    char source[256];   /* where the data come from, "" if nothing was loaded */
    char data_date[11]; /* day of the data, "" if unknown */
};

bool geo_store_layer(struct geo_store *store, const char *layer, struct geo_layer_info *info,
                     struct err *err);
/* Inside a transaction: raises the revision by 1; source NULL keeps the description. */
bool geo_store_touch(struct geo_store *store, const char *layer, const char *source, bool simulated,
                     const char *data_date, struct err *err);
/* Sum of all layers' revisions: changes when anything did. */
bool geo_store_revision(struct geo_store *store, int64_t *revision, struct err *err);
/* The same with the sum of the marks. It detects that another copy of the database, with
 * the same revisions, was put in its place. */
bool geo_store_content(struct geo_store *store, int64_t *revision, int64_t *mark, struct err *err);

/* Changes ---------------------------------------------------------------- */

/* Lets a reader with a cache re-read only the rows that changed. geo_store_put() and
 * geo_store_remove() note their record themselves. Code that writes other data shown
 * with a record, such as its links, calls geo_store_note(). The notes are stored by
 * the commit. */
#define GEO_STORE_ALL INT64_C(0) /* any record of the layer may have changed */
void geo_store_note(struct geo_store *store, const char *layer, int64_t record);

/* Calls fn with every row noted since the layer had the revision `since`, in order,
 * each once; a reader of that revision has all other rows as they are. *all: too many
 * notes, or fn returned false; read the whole layer. */
typedef bool geo_changed_fn(void *arg, int64_t record);
bool geo_store_changed(struct geo_store *store, const char *layer, int64_t since,
                       geo_changed_fn *fn, void *arg, bool *all, struct err *err);

/* Editions --------------------------------------------------------------- */

struct geo_edition_info {
    char codigo[33]; /* "339" */
    char title[128]; /* "Límites oficiales, 339 municipios" */
    char source[256];
    char data_date[11];
    bool schematic; /* shown as a warning wherever it appears */
    bool current;
    int64_t units; /* municipalities in it */
};

/* In order of loading. */
typedef bool geo_edition_fn(void *arg, const struct geo_edition_info *edition);
bool geo_store_editions(struct geo_store *store, geo_edition_fn *fn, void *arg, struct err *err);
/* codigo NULL: the current one. ERR_NOT_FOUND, naming the editions there are. */
bool geo_store_edition(struct geo_store *store, const char *codigo,
                       struct geo_edition_info *edition, struct err *err);
/* Inserts or replaces the description; `current` makes it the only current one. */
bool geo_store_edition_put(struct geo_store *store, const struct geo_edition_info *edition,
                           struct err *err);
/* Removes an edition with its municipalities, links and results. */
bool geo_store_edition_remove(struct geo_store *store, const char *codigo, struct err *err);

/* The stored outlines of an edition's boundaries for maps (layers/shapes/outlines.h); empty if
 * there are none. They are removed with the edition; writing needs a transaction. */
bool geo_store_outlines(struct geo_store *store, const char *edition, struct buf *bytes,
                        struct err *err);
bool geo_store_outlines_put(struct geo_store *store, const char *edition, const struct buf *bytes,
                            struct err *err);

/* Aliases of municipality names: other spelling -> code. */
typedef bool geo_alias_fn(void *arg, const char *alias, const char *codigo);
bool geo_store_aliases(struct geo_store *store, geo_alias_fn *fn, void *arg, struct err *err);
bool geo_store_alias_put(struct geo_store *store, const char *alias, const char *codigo,
                         struct err *err);

/* Whole database ---------------------------------------------------------- */

/* Checks the file, its schema and foreign keys, geometries, and the spatial indexes and the
 * shapes of works against the rows; each finding is one Spanish sentence. *findings counts them. */
typedef void geo_finding_fn(void *arg, const char *finding);
bool geo_store_check(struct geo_store *store, geo_finding_fn *fn, void *arg, int64_t *findings,
                     struct err *err);

/* Online copy into a new file; progress gets 0–1 and may be NULL. */
typedef void geo_progress_fn(void *arg, double done);
bool geo_store_backup(struct geo_store *store, const char *path, geo_progress_fn *progress,
                      void *arg, struct err *err);

/* Replaces a database by a backup copy; see db_restore_sqlite.c for the steps. */
struct geo_restore; /* opaque */
/* Makes the new file for `path` out of `copy`, beside `path`. NULL with *err. */
struct geo_restore *geo_restore_begin(const char *copy, const char *path, struct err *err);
/* The new file, for inspection; it has the schema of this program. Borrowed. */
struct geo_store *geo_restore_store(struct geo_restore *restore);
/* Renames the old files at `path`, and puts the new one there. Refuses while another
 * process writes. *former gets the new name of the former file, "" if there was none. */
bool geo_restore_finish(struct geo_restore *restore, char former[4096], struct err *err);
void geo_restore_free(struct geo_restore *restore); /* NULL is fine */
/* Renames a log that has no database, as a crash may leave it: SQLite would apply it to
 * any file put there. */
bool geo_store_rename_lone_log(const char *path, struct err *err);

#endif

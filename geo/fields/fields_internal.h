/* fields_internal.h - the matching of columns to fields, for geo/fields/fields*.c only.
 *
 * A slot is what a column can fill: a field of the table, or a coordinate.
 *
 * Owns:    everything lives in fields->arena.
 * Threads: as fields.h. Errors: as fields.h.
 */
#ifndef GEO_FIELDS_INTERNAL_H
#define GEO_FIELDS_INTERNAL_H

#include "geo/fields/fields.h"

enum fields_position {
    FIELDS_LON,
    FIELDS_LAT,
    FIELDS_X,
    FIELDS_Y,
    FIELDS_TEXT,
    FIELDS_LON_MIN, /* from here on they say how the others are meant */
    FIELDS_LAT_MIN,
    FIELDS_LON_SEC,
    FIELDS_LAT_SEC,
    FIELDS_ZONE,
    FIELDS_DATUM,
    FIELDS_POSITIONS,
    FIELDS_PLACES = FIELDS_LON_MIN /* how many are a place of their own */
};

/* How a column was found; a lower one goes before. */
enum fields_rank {
    FIELDS_MAPPED, /* by --map */
    FIELDS_EXACT,  /* the field's name */
    FIELDS_NAME,   /* the same but for accents, case and marks */
    FIELDS_ALIAS,  /* its title or an alias */
    FIELDS_UNIT,   /* the same without the unit */
    FIELDS_GROUP,  /* the same behind the group of a survey */
    FIELDS_CUT,    /* cut to ten bytes */
    FIELDS_NONE
};

enum { FIELDS_CUT_BYTES = 10 }; /* of the names in a shapefile */

/* One way to write a slot, as heading_key() gives it. */
struct fields_key {
    size_t slot;
    const char *key;
};

struct geo_fields {
    const struct geo_table *table;
    const char *const *columns;
    size_t n_columns, n_slots;
    struct arena *arena;
    char **folded;     /* of each column; text_fold_column() */
    const char **keys; /* of each column; heading_key() */
    bool *used, *ignored, *ours;
    struct fields_key *slot_keys;
    size_t n_slot_keys;
    int *column_of;            /* of each slot: the table's fields, then positions; -1: none */
    enum fields_rank *rank_of; /* of each slot that has a column */
    struct column_reading *readings;
    int *twin_of; /* of each column: an earlier one of the same heading; -1: none */
    bool has_twins;
    bool ignore_unused, has_geometry;
    enum decimal_mark decimal;
    const char *place; /* "línea", "fila", "registro" */
};

const char *fields_slot_name(const struct geo_table *table, size_t slot);
const char *fields_slot_aliases(const struct geo_table *table, size_t slot);
/* False for derived fields, and coordinates of a table without points. */
bool fields_may_fill(const struct geo_table *table, size_t slot);
/* The name that exports and messages have: "comprometido_bs" for "comprometido_cts". */
const char *fields_published_name(const struct geo_table *table, size_t slot);
/* Words that a heading of the slot may have or not: enum heading_extra. */
unsigned fields_extras(const struct geo_table *table, size_t slot);
/* Words of units other than that of the slot, *unit, in Spanish; HEADING_NONE: it has none. */
unsigned fields_other_units(const struct geo_table *table, size_t slot, const char **unit);

/* geo/fields/fields_names.c: fills slot_keys. */
bool fields_list_keys(struct geo_fields *fields, struct err *err);
/* geo/fields/fields_ours.c: fills ours. */
void fields_mark_ours(struct geo_fields *fields);
/* geo/fields/fields_twins.c: fills twin_of. */
bool fields_find_twins(struct geo_fields *fields, struct err *err);
/* geo/fields/fields_match.c: fills column_of by the headings. */
bool fields_match_headings(struct geo_fields *fields, struct err *err);
/* geo/fields/fields_map.c: obeys --map and --ignore. */
bool fields_obey(struct geo_fields *fields, const struct geo_fields_options *options,
                 struct err *err);
/* geo/fields/fields_place.c: half of a coordinate, without the other half, is a fault where nothing
 * else says where records are, and else an unused column. */
void fields_check_halves(struct geo_fields *fields, const struct column_facts *facts,
                         struct import_faults *notes);
/* geo/fields/fields_look.c: adds a fault if the column, which fills nothing, looks like a field
 * that no other column fills, by its heading or by its cells. */
void fields_look(const struct geo_fields *fields, const struct column_facts *facts, size_t column,
                 struct import_faults *notes);
/* geo/fields/fields_doubt.c: adds a fault or a warning if the column, which fills a field, has
 * something else by its cells: how many buyers there are, the last digits of a code. */
void fields_doubt(const struct geo_fields *fields, const struct column_facts *facts, size_t column,
                  struct import_faults *notes);
/* geo/fields/fields_options.c: the column of the question that this one is an option of,
 * "apoyos" of "apoyos/familias"; -1: none. Such a column fills no field. */
int fields_question_of(const struct geo_fields *fields, size_t column);
/* True if the cells only say whether an option was chosen. Where no column has the answer, and a
 * field wants it, the options are a fault. */
bool fields_look_option(const struct geo_fields *fields, const struct column_facts *facts,
                        size_t column, struct import_faults *notes);
/* The filled slot of which the column is a second question: "gps_001" beside "gps" that has empty
 * cells. like: its heading looks like a field's, and a group or empty cells do not matter. -1:
 * none.
 */
int fields_second_of(const struct geo_fields *fields, const struct column_facts *facts,
                     size_t column, bool like);
/* geo/fields/fields_frame.c: gives up columns of minutes, seconds, zone or datum where nothing is
 * to be said by them, once the headings are matched; and, once the cells are known, a «Zona» that
 * is none of UTM. What --map states stays. */
void fields_drop_idle(struct geo_fields *fields);
void fields_drop_zone(struct geo_fields *fields, const struct column_facts *facts);
/* "20", "20K", "19 Sur" */
bool fields_is_zone(const char *text);
/* "a, b, c": all columns, for a message; the caller frees it. */
struct buf;
void fields_put_columns(const struct geo_fields *fields, struct buf *list);

#endif

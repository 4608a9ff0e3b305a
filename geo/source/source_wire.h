/* source_wire.h - encodes what a source gives as bytes between two processes: the child
 * that reads the file, which a malicious file may control, and ours.
 *
 * A frame is its length (4 bytes, of what follows) and a kind (1 byte), then values
 * in the machine's own order: both ends are one program. The decoder trusts
 * nothing: each length is checked against the frame, texts contain no NUL but the one at
 * their end and are UTF-8, numbers of columns agree, enumerations are in range.
 * WKB is passed on unchecked; geo/place/shape.h checks it.
 *
 * Owns:    decoded texts and arrays point into the frame, which outlives them.
 * Threads: any.
 * Errors:  ERR_DEPENDENCY: bytes that our own encoder does not write.
 */
#ifndef GEO_SOURCE_WIRE_H
#define GEO_SOURCE_WIRE_H

#include "geo/base/arena.h"
#include "geo/base/buf.h"
#include "geo/source/source.h"

enum wire_kind {
    WIRE_INFO = 1, /* the source is open */
    WIRE_ROW,
    WIRE_END,   /* no more rows; with an error: reading cannot go on */
    WIRE_ERROR, /* it could not be opened */
    WIRE_FACTS, /* no more rows; what the columns of the table look like */
    WIRE_KINDS
};

enum { WIRE_HEAD = 5, WIRE_FRAME_MAX = 1 << 30 };

/* The description of an open source. */
struct source_info {
    struct geo_source_table *tables;
    size_t n_tables;
    const char *note; /* as geo_source_note() */
};

/* Appends one frame; short memory makes out fail. */
void wire_put_info(struct buf *out, const struct source_info *info);
void wire_put_row(struct buf *out, const struct geo_source_row *row, size_t n_columns,
                  const struct err *bad);
void wire_put_error(struct buf *out, enum wire_kind kind, const struct err *err);

void wire_put_facts(struct buf *out, const struct column_facts *facts, size_t n_columns,
                    const char *note);
/* Decodes the header of a frame: its kind, and how many bytes follow. */
bool wire_head(const unsigned char head[WIRE_HEAD], enum wire_kind *kind, size_t *len,
               struct err *err);
/* Arrays are allocated in arena; texts point into bytes. */
bool wire_info(const unsigned char *bytes, size_t len, struct arena *arena,
               struct source_info *info, struct err *err);
/* cells has room for n_columns. *bad is ERR_NONE or what is wrong with the record. */
bool wire_row(const unsigned char *bytes, size_t len, struct source_cell *cells, size_t n_columns,
              struct geo_source_row *row, struct err *bad, struct err *err);
/* facts has room for n_columns. */
bool wire_facts(const unsigned char *bytes, size_t len, struct column_facts *facts,
                size_t n_columns, struct buf *note, struct err *err);
/* Decodes WIRE_END and WIRE_ERROR. */
bool wire_error(const unsigned char *bytes, size_t len, struct err *said, struct err *err);

#endif

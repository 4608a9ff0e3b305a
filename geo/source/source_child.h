/* source_child.h - a child process that reads one source and can be killed.
 *
 * The child sets resource limits, gives up access to other files, the network and system
 * calls that it does not need, and sends rows through a pipe while this process works on
 * earlier ones. It never touches the database: its descriptors are closed first.
 *
 * Owns:    the process; source_child_stop() ends it. If this process ends, it ends too.
 * Threads: one owner, in a process without other threads.
 * Units:   seconds, bytes.
 * Errors:  those of the child; ERR_LIMIT if it was ended for what it used;
 *          ERR_DEPENDENCY if it failed.
 */
#ifndef GEO_SOURCE_CHILD_H
#define GEO_SOURCE_CHILD_H

#include "geo/source/source_reader.h"

struct source_child;

struct source_child_start {
    const struct geo_source_options *options; /* with limits */
    const struct source_spoilt *spoilt;       /* records not to be repaired */
    size_t n_spoilt;
};

/* start and all it points to must outlive the child. */
struct source_child *source_child_new(const struct source_child_start *start, struct err *err);
void source_child_stop(struct source_child *child); /* NULL is fine */

/* The next frame, borrowed until the next call. *spoilt_record is the number of the record
 * whose repair ended the child, else 0. */
bool source_child_frame(struct source_child *child, enum wire_kind *kind,
                        const unsigned char **bytes, size_t *len, int64_t *spoilt_record,
                        struct err *err);
/* To be called after WIRE_INFO or WIRE_END: the child sends the rows of a table, but for the
 * first `skip`. */
void source_child_read(struct source_child *child, size_t table, int64_t skip);
/* Likewise: the child sends all rows of a table, and then WIRE_FACTS, or WIRE_END with an error. */
void source_child_facts(struct source_child *child, size_t table);

#endif

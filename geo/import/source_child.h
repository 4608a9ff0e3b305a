/* source_child.h - a process of its own that reads one source, and can be ended.
 *
 * The child gets what the file may cost as limits of the system, gives up all other
 * files, the network and every call that a reader does not need, and sends rows
 * through a pipe while ours works on those before. It never touches the database: its
 * descriptors are closed there first.
 *
 * Owns:    the process; source_child_stop() ends it. If we end, it ends.
 * Threads: one owner, in a process without other threads.
 * Units:   seconds, bytes.
 * Errors:  what the child says; ERR_LIMIT where it was ended for what it took;
 *          ERR_DEPENDENCY where it broke off.
 */
#ifndef GEO_SOURCE_CHILD_H
#define GEO_SOURCE_CHILD_H

#include "geo/import/source_reader.h"

struct source_child;

struct source_child_start {
    const struct geo_source_options *options; /* with limits */
    int64_t skip;                             /* records to pass over at first */
    const struct source_spoilt *spoilt;       /* records not to be repaired */
    size_t n_spoilt;
};

/* All that is borrowed outlives the child. */
struct source_child *source_child_new(const struct source_child_start *start, struct err *err);
void source_child_stop(struct source_child *child); /* NULL is fine */

/* The next frame, borrowed until the next call. Where a record's repair ended the
 * child, *spoilt_record is its number, else 0. */
bool source_child_frame(struct source_child *child, enum wire_kind *kind,
                        const unsigned char **bytes, size_t *len, int64_t *spoilt_record,
                        struct err *err);
/* After WIRE_END: rows come again from the first. */
void source_child_rewind(struct source_child *child);

#endif

/* confine.h - bounds of a process of its own, for libraries that read what others
 * wrote: what they take too much of ends that process and nothing else, and what it
 * has no use for it gives up.
 *
 * Threads: called once, in a child, before it does its work.
 * Units:   bytes, seconds.
 * Errors:  ERR_SETUP: the system refuses a bound.
 */
#ifndef GEO_BASE_CONFINE_H
#define GEO_BASE_CONFINE_H

#include <stdbool.h>
#include <stdint.h>

#include "geo/base/err.h"

struct confine {
    uint64_t memory_bytes;  /* of address space; 0: no bound. Not under a sanitizer,
                               which reserves terabytes */
    uint64_t processor_s;   /* 0: no bound */
    uint64_t written_bytes; /* of any one file; 0: no bound */
    uint64_t open_files;    /* descriptors; 0: no bound */
    bool writes_nothing;    /* files cannot grow at all (pipes still take bytes) */
};

/* Bounds this process for good; no core is dumped. */
bool confine_self(const struct confine *bounds, struct err *err);

/* Of all files, this process and its threads-to-be may from now on open those of the
 * list (files, or folders with all in them; NULL at its end; those not there are
 * passed over) and the system's libraries and the data of GDAL and PROJ, to read
 * them; none to write, make or run. By Landlock: where the kernel has none (before
 * 5.13, or switched off) nothing happens, and true is returned. */
bool confine_files(const char *const *readable, struct err *err);

/* From now on calls that a reader of files has no use for fail with EACCES: sockets,
 * programs, processes, files opened to be written, made, removed or renamed, looking
 * into other processes. By seccomp; not under a sanitizer; nothing happens where the
 * kernel has none. */
bool confine_calls(struct err *err);

#endif

/* confine.h - limits that a process sets to itself before a library parses untrusted data.
 * A library that takes too much memory or time ends its own process only. Files and
 * system calls that it does not need are given up.
 *
 * Threads: called once, in a child, before it does its work.
 * Units:   bytes, seconds.
 * Errors:  ERR_SETUP: the system refuses a limit.
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

/* Sets the limits of this process, which cannot be raised again; no core is dumped. */
bool confine_self(const struct confine *bounds, struct err *err);

/* From now on this process and its threads may open for reading only the files listed (or
 * all files in the folders listed; NULL ends the list; missing ones are skipped), the
 * system's libraries, and the data of GDAL and PROJ. They may not write, create or execute
 * any file. By Landlock; if the kernel has none (before 5.13, or switched off) nothing
 * happens, and true is returned. */
bool confine_files(const char *const *readable, struct err *err);

/* From now on the system calls that reading files does not need fail with EACCES: sockets,
 * executing programs, creating processes, opening files to write, creating, removing or
 * renaming files, inspecting other processes. By seccomp; not under a sanitizer; nothing
 * happens if the kernel has none. */
bool confine_calls(struct err *err);

#endif

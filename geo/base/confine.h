/* confine.h - bounds of a process of its own, for libraries that read what others
 * wrote: what they take too much of ends that process and nothing else.
 *
 * Threads: called once, in a child, before it does its work.
 * Units:   bytes, seconds.
 * Errors:  ERR_SETUP: the system refuses a bound.
 */
#ifndef GEO_BASE_CONFINE_H
#define GEO_BASE_CONFINE_H

#include <stdint.h>

#include "geo/base/err.h"

struct confine {
    uint64_t memory_bytes;  /* of address space; 0: no bound. Not under a sanitizer,
                               which reserves terabytes */
    uint64_t processor_s;   /* 0: no bound */
    uint64_t written_bytes; /* of any one file; 0: no bound */
};

/* Bounds this process for good; no core is dumped. */
bool confine_self(const struct confine *bounds, struct err *err);

#endif

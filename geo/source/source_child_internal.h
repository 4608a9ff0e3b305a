/* source_child_internal.h - the protocol between a source and its child process. */
#ifndef GEO_SOURCE_CHILD_INTERNAL_H
#define GEO_SOURCE_CHILD_INTERNAL_H

#include <sys/types.h>

#include "geo/source/source_child.h"

enum { SOURCE_CHILD_NO_MEMORY = 3 }; /* exit status */

/* The command: send the rows of a table, and with facts those of its columns. */
struct source_child_command {
    uint32_t table, facts;
    int64_t skip; /* rows that were sent before */
};

/* source_child_main.c: runs the child. */
_Noreturn void source_child_main(const struct source_child_start *start,
                                 struct source_position *position, pid_t parent, int rows,
                                 int commands, int words);

#endif

/* source_child_internal.h - the protocol between a source and its child process. */
#ifndef GEO_SOURCE_CHILD_INTERNAL_H
#define GEO_SOURCE_CHILD_INTERNAL_H

#include <sys/types.h>

#include "geo/import/source_child.h"

enum { SOURCE_CHILD_NO_MEMORY = 3 }; /* exit status */
enum { SOURCE_CHILD_AGAIN = 'a' };   /* command: send the rows again */

/* source_child_main.c: runs the child. */
_Noreturn void source_child_main(const struct source_child_start *start,
                                 struct source_position *position, pid_t parent, int rows,
                                 int commands, int words);

#endif

/* sideways.h - offsets a line to its right: line-offset.
 *
 * Threads: any. Units: any, y down.
 */
#ifndef LAYERS_SIDEWAYS_H
#define LAYERS_SIDEWAYS_H

#include <stdbool.h>
#include <stddef.h>

/* Positions for which `out` must have room. */
#define SIDEWAYS_ROOM(n) (2 * (n) + 2)

/* xy: n positions (x, y interleaved); closed: the last one is joined to the first, which
 * is not repeated. A corner keeps its mitre up to twice the offset, else it is cut.
 * Returns the number of positions in out; 0 for a line without length. */
size_t sideways(const double *xy, size_t n, bool closed, double by, double *out);

#endif

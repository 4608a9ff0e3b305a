/* sideways.h - a line moved to its right: line-offset.
 *
 * Threads: any. Units: any, y down. */
#ifndef LAYERS_SIDEWAYS_H
#define LAYERS_SIDEWAYS_H

#include <stdbool.h>
#include <stddef.h>

/* Positions that `out` has room for. */
#define SIDEWAYS_ROOM(n) (2 * (n) + 2)

/* xy: n positions (x, y interleaved); closed: the last one joins the first, which
 * is not repeated. Corners keep their mitre while it is at most twice the
 * offset, and are cut else. Returns the number of positions in out; 0 for a line
 * without length. */
size_t sideways(const double *xy, size_t n, bool closed, double by, double *out);

#endif

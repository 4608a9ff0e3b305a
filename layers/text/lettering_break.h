/* lettering_break.h - breaks a text into lines by MapLibre's rule (src/symbol/shaping.ts),
 * which prefers lines of even length to full ones.
 *
 * Threads: any. Units: widths in ems. Errors: 0 lines when memory is short.
 */
#ifndef LAYERS_LETTERING_BREAK_H
#define LAYERS_LETTERING_BREAK_H

#include "geo/base/arena.h"

struct lettering_break {
    size_t start, end; /* bytes of the line, without blanks at its ends */
};

/* width_em[i]: of the letter that begins at byte i. breaks has room for one line a byte.
 * max_width_em 0: only line feeds break. Empty lines are dropped, except the first. */
size_t lettering_break(const char *text, const double *width_em, double spacing_em,
                       double max_width_em, struct arena *scratch, struct lettering_break *breaks);

#endif

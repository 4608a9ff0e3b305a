/* figure_help.h - the text of `sigg FIGURE --help`, made from the figure's description.
 *
 * Threads: any. Errors: the buffer's (buf_failed), or those of column_words.h.
 */
#ifndef SERVER_FIGURES_FIGURE_HELP_H
#define SERVER_FIGURES_FIGURE_HELP_H

#include "geo/catalog/figure.h"

bool figure_help_put(const struct figure *figure, struct buf *out, struct err *err);

#endif

/* import_bar.h - the progress bars of `sigg import`, on stderr where that is a terminal.
 *
 * Threads: the main one.
 */
#ifndef SERVER_IMPORT_BAR_H
#define SERVER_IMPORT_BAR_H

#include "geo/import/import.h"
#include "server/cli/print.h"

/* Makes an import draw its steps; end with print_steps_end(). */
void import_bar_draw(struct print_steps *steps, struct geo_import_options *options);

#endif

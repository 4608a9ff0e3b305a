/* print.h - prints the results of a subcommand on stdout, progress on stderr.
 *
 * Threads: the main one.
 * Errors:  ERR_USAGE for an unknown format, ERR_MEMORY, ERR_DEPENDENCY if writing
 *          to stdout fails.
 */
#ifndef SERVER_PRINT_H
#define SERVER_PRINT_H

#include <stdint.h>
#include <stdio.h>

#include "geo/base/err.h"
#include "geo/base/rows.h"

/* --format's word; NULL: a table. */
bool print_format(const char *word, enum rows_format *format, struct err *err);

/* Writes the rows and frees them; rows NULL: ERR_MEMORY. */
bool print_rows(struct rows *rows, enum rows_format format, struct err *err);

/* Draws a progress bar on stderr if that is a terminal: a geo_progress_fn, whose arg is
 * the word before the bar. done 1 ends the line. */
void print_progress(void *label, double done);

/* Bars of work in several steps, each on a line of its own; all zero before the first. */
struct print_steps {
    const char *label; /* of the step being done; NULL: none is */
    int64_t began_ns, drawn_ns;
};
/* The same, ten times a second, with the time that is left of this step where it is long. */
void print_step(struct print_steps *steps, const char *label, double done);
/* Ends the line of a step that did not come to its end. */
void print_steps_end(struct print_steps *steps);

#endif

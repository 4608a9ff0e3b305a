/* print.h - prints the results of a subcommand on stdout, progress on stderr.
 *
 * Threads: the main one.
 * Errors:  ERR_USAGE for an unknown format, ERR_MEMORY, ERR_DEPENDENCY if writing
 *          to stdout fails.
 */
#ifndef SERVER_PRINT_H
#define SERVER_PRINT_H

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

#endif

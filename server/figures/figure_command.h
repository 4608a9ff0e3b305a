/* figure_command.h - runs a figure from the command line: `sigg coverage --by uo`.
 *
 * The table goes to stdout, or to the file of -o; what the figure says about it goes to
 * stderr.
 *
 * Threads: the main one.
 * Errors:  ERR_USAGE for a wrong option; those of the figure.
 */
#ifndef SERVER_FIGURES_FIGURE_COMMAND_H
#define SERVER_FIGURES_FIGURE_COMMAND_H

#include "geo/catalog/figure.h"

/* The figure that the words of a command line name: argv[0], or argv[0] and argv[1].
 * *n_words: how many. NULL: none. */
const struct figure *figure_command_find(int argc, char **argv, int *n_words);

/* argv[0] is the last word of the command. */
bool figure_command_run(const struct figure *figure, int argc, char **argv, const char *db_path,
                        struct err *err);

/* Prints the help of the figure, and of those of which it is the first word. */
bool figure_command_help(const struct figure *figure, struct err *err);

#endif

/* options.h - parses the command line of a subcommand.
 *
 * The command lists the options it accepts; anything else is ERR_USAGE with a sentence
 * that names the option and what is accepted.
 */
#ifndef SERVER_OPTIONS_H
#define SERVER_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/base/err.h"

struct option_spec {
    const char *name; /* "--as-of", or "-o" */
    bool takes_value;
    const char **value; /* takes_value: gets the last one given */
    bool *flag;         /* otherwise: set to true */
    const char **list;  /* takes_value and may repeat: NULL-terminated array to fill */
    size_t list_size;   /* its size, with the NULL */
};

/* "--name value" and "--name=value". Positional arguments go to positional[],
 * between min and max of them. */
bool options_parse(int argc, char **argv, const struct option_spec *specs, size_t n_specs,
                   const char **positional, size_t min_positional, size_t max_positional,
                   size_t *n_positional, struct err *err);

#endif

/* import_request.h - what the command line of `sigg import` asks for.
 *
 * Owns:    nothing: texts are those of argv.
 * Threads: the main one.
 * Errors:  ERR_USAGE with the option, its value and what is accepted; ERR_INPUT for a place that
 *          cannot be written to.
 */
#ifndef SERVER_IMPORT_REQUEST_H
#define SERVER_IMPORT_REQUEST_H

#include "geo/import/import.h"

enum { IMPORT_MAPS_MAX = 64, IMPORT_REPORTS_MAX = 8 };

struct import_request {
    struct geo_import_options options; /* layer NULL: any, to be explained */
    struct geo_source_limits limits;
    const char *maps[IMPORT_MAPS_MAX], *ignored[IMPORT_MAPS_MAX];
    const char *reports[IMPORT_REPORTS_MAX]; /* paths, ends with NULL */
    bool explain;
    const char *map_path; /* of the PNG of --explain; NULL: none */
};

/* Fills request, which options points into. */
bool import_request_read(int argc, char **argv, struct import_request *request, struct err *err);

/* True if nothing that the command writes would take the place of the source or the database. */
bool import_request_spares(const struct import_request *request, const char *db_path,
                           struct err *err);

#endif

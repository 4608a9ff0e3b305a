/* import_known.h - whether a source was imported already, and nothing changed since.
 *
 * What an import does follows from the bytes of its source, its name, the options, the program, the
 * day (no event lies after it) and what the database holds. If all are as they were when an import
 * ended without a warning, importing it again would change nothing: its summary is known, and it
 * need not be read. Files of one format that stand alone can be known; what is beside a Shapefile
 * or within a folder is not looked at.
 *
 * Owns:    nothing.
 * Threads: one.
 * Errors:  those of the database; a file that cannot be read is not known.
 */
#ifndef GEO_IMPORT_KNOWN_H
#define GEO_IMPORT_KNOWN_H

#include "geo/import/import_run.h"
#include "geo/store/store_known.h"

struct import_known {
    bool possible; /* the source can be known */
    struct store_known_key key;
    int64_t size, changed_ns; /* of the file, when its bytes were read */
};

/* Reads the bytes of the source, if options->may_be_known. */
void import_known_look(const struct import_run *run, struct import_known *known);
/* *found: summary->known and known_date are filled, and all is done. */
bool import_known_find(struct import_run *run, const struct import_known *known, bool *found,
                       struct err *err);
/* Inside the transaction, at its end. Keeps the source if nothing was said of it, and it did not
 * change meanwhile. */
bool import_known_keep(struct import_run *run, const struct import_known *known, struct err *err);

#endif

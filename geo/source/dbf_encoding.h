/* dbf_encoding.h - in which encoding the texts of a .dbf are, whatever it says itself.
 *
 * A .dbf declares it by a byte of its header or by a .cpg beside it; both are often wrong or
 * missing. All its texts are looked at: those that are valid UTF-8 with letters of several
 * bytes are UTF-8; of the others the reading that gives Spanish letters inside words is
 * taken, Windows-1252 or CP850.
 *
 * Owns:    nothing.
 * Threads: any.
 * Errors:  false: the file cannot be opened, or memory is short; a file that is no .dbf gives
 *          no option.
 */
#ifndef GEO_DBF_ENCODING_H
#define GEO_DBF_ENCODING_H

#include <stdbool.h>

#include "geo/base/buf.h"
#include "geo/base/err.h"

enum { DBF_RECORDS_NAMED = 3 };

struct dbf_encoding {
    char option[32];       /* for GDAL: "ENCODING=UTF-8"; "ENCODING=": texts come as they are; "":
                              GDAL's own choice */
    char note[240];        /* Spanish sentence on what was assumed; "": as declared */
    const char *of_others; /* "CP1252" or "CP850": of texts that are not UTF-8 */
};

/* dbf as GDAL opens it. */
bool dbf_encoding_read(const char *dbf, struct dbf_encoding *encoding, struct err *err);

/* A text that came with "ENCODING=", or broken off in a letter of several bytes at the end of
 * its column, as UTF-8, appended to out. False: memory. */
bool dbf_encoding_recode(const struct dbf_encoding *encoding, const char *bytes, struct buf *out);

#endif

/* dbf_encoding.h - in which encoding the texts of a .dbf are, whatever it says itself.
 *
 * A .dbf declares it by a byte of its header or by a .cpg beside it; both are often wrong or
 * missing, and records are copied between files. All its texts are looked at: those that are valid
 * UTF-8 with letters of several bytes are UTF-8; the others are in the encoding that fits all of
 * them best, but for those that it does not fit and another does (charset.h).
 *
 * A program that cuts a text at the width of its column may cut it within a letter: "Chacañ" of six
 * bytes ends in the first byte of "ñ". That byte is left out, and said.
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
#include "geo/texts/charset.h"

struct dbf_encoding {
    char option[32]; /* for GDAL: "ENCODING=UTF-8"; "ENCODING=": texts come as they are; "": GDAL's
                        own choice */
    char note[480];  /* Spanish sentences on what was assumed and lost; "": as declared */
    enum charset of_others; /* of texts that are not UTF-8; CHARSET_UTF8: not known */
    bool cuts_letters;      /* a byte that begins a letter of UTF-8, at the end, is such a letter */
};

/* dbf as GDAL opens it. */
bool dbf_encoding_read(const char *dbf, struct dbf_encoding *encoding, struct err *err);

/* A text that came with "ENCODING=", or broken off in a letter of several bytes at the end of
 * its column, as UTF-8, appended to out. Texts of files that are no .dbf have the encoding {0}.
 * False: memory. */
bool dbf_encoding_recode(const struct dbf_encoding *encoding, const char *bytes, struct buf *out);

#endif

/* source_text.h - makes a delimited text file readable for GDAL: UTF-8 without a byte order
 * mark; and finds the line on which each record starts.
 *
 * Owns:    its bytes and lines; source_text_free() releases them.
 * Threads: any, one owner.
 * Errors:  ERR_INPUT with the line: a quote that is never closed, bytes that are no text.
 */
#ifndef GEO_SOURCE_TEXT_H
#define GEO_SOURCE_TEXT_H

#include <stdint.h>

#include "geo/base/buf.h"
#include "geo/base/err.h"

struct source_text {
    struct buf bytes;     /* UTF-8 */
    const char *encoding; /* original encoding: "UTF-8", "UTF-16", "CP1252", "ISO-8859-1" */
    /* For each record that is not blank, the header first: the line it starts on, and its
     * number of values without empty ones at the end (which count in the header). 0
     * values: unknown, because the separator is not clear. */
    struct source_line {
        int64_t line;
        int32_t values;
    } * lines;
    size_t n_lines;
};

bool source_text_read(const char *bytes, size_t len, struct source_text *text, struct err *err);
void source_text_free(struct source_text *text);

/* Converts one value in an old encoding to UTF-8, appended to out. */
bool source_text_recode(const char *value, struct buf *out);

#endif

/* source_text.h - a delimited text file as GDAL can read it: UTF-8 without a
 * byte order mark, and the line each of its records starts on.
 *
 * Owns:    its bytes and lines; source_text_free() ends them.
 * Threads: any, one owner.
 * Errors:  ERR_INPUT with the line: quotes that never close, bytes no text has.
 */
#ifndef GEO_SOURCE_TEXT_H
#define GEO_SOURCE_TEXT_H

#include <stdint.h>

#include "geo/base/buf.h"
#include "geo/base/err.h"

struct source_text {
    struct buf bytes;     /* UTF-8 */
    const char *encoding; /* what it came in: "UTF-8", "UTF-16", "CP1252", "ISO-8859-1" */
    /* Of each record that is not blank, the header first: the line it starts on,
     * and how many values it has, empty ones at its end left out (the header's
     * counted). 0 values: not known, the separator is not plain. */
    struct source_line {
        int64_t line;
        int32_t values;
    } * lines;
    size_t n_lines;
};

bool source_text_read(const char *bytes, size_t len, struct source_text *text, struct err *err);
void source_text_free(struct source_text *text);

/* One value in an old encoding to UTF-8, appended to out. */
bool source_text_recode(const char *value, struct buf *out);

#endif

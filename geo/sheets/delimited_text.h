/* delimited_text.h - the bytes of a delimited file as UTF-8, without what stands around its rows.
 *
 * Owns:    the converted text and the note; delimited_text_free() releases them.
 * Threads: any, one owner.
 * Errors:  ERR_INPUT: the bytes are no text.
 */
#ifndef GEO_DELIMITED_TEXT_H
#define GEO_DELIMITED_TEXT_H

#include "geo/base/buf.h"
#include "geo/base/err.h"

struct delimited_text {
    /* The rows, in UTF-8: within the bytes given, or in `converted`. */
    const char *rows;
    size_t len;
    int64_t first_line; /* of the file; 2 after a line "sep=…" */
    char separator;     /* which that line states; '\0': there is none */
    char line_end;      /* '\n', also of CR LF; '\r': then '\n' ends a line too */
    const char *encoding;
    struct buf converted, note;
};

/* The bytes are borrowed. */
bool delimited_text_read(const char *bytes, size_t len, struct delimited_text *text,
                         struct err *err);
void delimited_text_free(struct delimited_text *text);

#endif

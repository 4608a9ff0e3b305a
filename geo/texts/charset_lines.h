/* charset_lines.h - a file of lines as UTF-8, each line in its own encoding: files grow by
 * copying between others, and a line in Windows-1252 ends up among those in UTF-8.
 *
 * Owns:    the note; charset_found_free() releases it.
 * Threads: any.
 * Errors:  of memory only: by the buffers.
 */
#ifndef GEO_CHARSET_LINES_H
#define GEO_CHARSET_LINES_H

#include "geo/texts/charset.h"

struct charset_found {
    enum charset charset; /* of most lines that are not ASCII */
    /* Spanish: which lines are in another encoding, or hold bytes without a character; that
     * the encoding is an unusual one. Empty: nothing to say. */
    struct buf note;
};

/* Appends the lines as UTF-8. A line ends with line_end, '\n' or '\r'; the first is line 1. Lines
 * that are not UTF-8 are in the encoding that fits best all of them, but for those that it does
 * not fit and another does. */
void charset_lines(const char *bytes, size_t len, char line_end, struct buf *out,
                   struct charset_found *found);
void charset_found_free(struct charset_found *found);

#endif

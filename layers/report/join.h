/* join.h - PDF files into one, with links between their pages and bookmarks.
 *
 * Pieces are drawn by as many threads as there are and cannot point at each
 * other; what points is put in here (libqpdf).
 *
 * Owns:    nothing. Threads: any. Units: points; y up from the lower edge, as in
 *          PDF; pages count from 1.
 * Errors:  ERR_DEPENDENCY with qpdf's words.
 */
#ifndef LAYERS_REPORT_JOIN_H
#define LAYERS_REPORT_JOIN_H

#include "geo/base/buf.h"
#include "geo/base/err.h"

struct join_link {
    int page, target;
    double x0, y0, x1, y1;
};

struct join_mark {
    const char *title;
    int page;
    int level; /* 1, or 2: under the last of level 1 */
};

struct join {
    const struct buf *pieces;
    size_t n_pieces;
    const struct join_link *links;
    size_t n_links;
    const struct join_mark *marks;
    size_t n_marks;
    const char *title, *subject, *author;
};

bool join_write(const struct join *join, struct buf *out, struct err *err);

/* A file of cairo's as it should be: it says that it is tagged and in Spanish,
 * which cairo 1.16 leaves out, and its objects are packed. */
bool join_finish(const struct buf *pdf, struct buf *out, struct err *err);

#endif

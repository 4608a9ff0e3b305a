/* pdf_merge.h - joins PDF files, with links between their pages and bookmarks.
 *
 * The parts are drawn by several threads and cannot link to each other; links are added
 * here (libqpdf).
 *
 * Owns:    nothing. Threads: any. Units: points; y up from the lower edge, as in
 *          PDF; pages count from 1.
 * Errors:  ERR_DEPENDENCY with qpdf's message.
 */
#ifndef LAYERS_PDF_MERGE_H
#define LAYERS_PDF_MERGE_H

#include "geo/base/buf.h"
#include "geo/base/err.h"

struct pdf_link {
    int page, target;
    double x0, y0, x1, y1;
};

struct pdf_bookmark {
    const char *title;
    int page;
    int level; /* 1, or 2: under the last of level 1 */
};

struct pdf_merge {
    const struct buf *pieces;
    size_t n_pieces;
    const struct pdf_link *links;
    size_t n_links;
    const struct pdf_bookmark *marks;
    size_t n_marks;
    const char *title, *subject, *author;
};

bool pdf_merge_write(const struct pdf_merge *merge, struct buf *out, struct err *err);

/* Completes a PDF file made by cairo: marks it as tagged and in Spanish, which cairo 1.16
 * does not, and compresses its objects. */
bool pdf_merge_finish(const struct buf *pdf, struct buf *out, struct err *err);

#endif

/* paper.h - the pages of a report: a cursor that moves down and to the next page, page
 * heads and feet, headings collected for the contents, bookmarks and links.
 *
 * A report is composed twice: first without output, to find the number of pages and the
 * page of each heading, then into the PDF.
 *
 * Owns:    the surface and the pen. Threads: one owner.
 * Units:   points, A4 upright, y down from the upper edge.
 * Errors:  sticky in cairo; paper_finish() returns them.
 */
#ifndef LAYERS_REPORT_PAPER_H
#define LAYERS_REPORT_PAPER_H

#include "geo/base/arena.h"
#include "geo/base/buf.h"
#include "geo/base/err.h"
#include "layers/report/pen.h"

#define PAPER_WIDTH 595.28
#define PAPER_HEIGHT 841.89
#define PAPER_LEFT 54.0
#define PAPER_RIGHT 54.0
#define PAPER_TOP 62.0
#define PAPER_BOTTOM 56.0

struct paper_heading {
    const char *text, *target;
    int level, page; /* 1 or 2; from 1 */
};

struct paper_frame {
    const char *title, *subject;
    const char *head;    /* at the left of every page's head */
    const char *warning; /* "Datos simulados · ...", "" if there is nothing to warn of */
    const char *foot;    /* data sources */
};

struct paper {
    struct _cairo *cr;
    struct pen *pen;
    struct arena *arena; /* of headings; the caller's */
    const struct paper_frame *frame;
    bool counting;   /* without output: skip what takes time but no room */
    int page, pages; /* pages: of the previous pass; 0: unknown */
    bool begun;      /* a page is open */
    double y;        /* upper edge of the next element */
    double x, width; /* of the current column of the page */
    double bottom;
    bool bare;           /* this page has no head and foot: a cover */
    bool headless;       /* this page has a foot alone */
    bool column;         /* inside columns: no page may end */
    const char *section; /* at the right of the head */
    struct paper_heading *headings;
    size_t n_headings, cap_headings;
    int outline; /* bookmark of the heading of level 1 */
    struct _cairo_surface *surface;
    struct buf *out;
    bool failed;
    bool plain; /* part of another file: no links, bookmarks or structure */
};

/* out NULL: without output. pages: the number of pages, if known. */
struct paper *paper_new(const struct paper_frame *frame, struct arena *arena, struct buf *out,
                        int pages, bool plain, struct err *err);
/* Ends the last page and the file; frees the paper. False: cairo failed, or memory. */
bool paper_finish(struct paper *paper, int *pages, struct paper_heading **headings,
                  size_t *n_headings, struct err *err);
void paper_drop(struct paper *paper); /* after an error; NULL is fine */

/* Ends the page if anything is on it. The first page begins by itself. */
void paper_break(struct paper *paper);
/* Makes the page one without head and foot, or without head. */
void paper_bare(struct paper *paper);
void paper_headless(struct paper *paper);
/* Goes to the next page unless this much room is left. */
void paper_need(struct paper *paper, double height);
double paper_left_over(const struct paper *paper);

/* Level 1 begins a section (its name is in the page head), 2 a part of it. */
void paper_heading(struct paper *paper, int level, const char *text);
/* Writes Pango markup over the column's width. */
void paper_text(struct paper *paper, enum pen_font style, enum pen_color color, const char *markup,
                double after);

/* Structure and links; nothing on plain paper. */
void paper_tag(struct paper *paper, const char *tag);
void paper_untag(struct paper *paper, const char *tag);
void paper_link(struct paper *paper, const char *target);
void paper_unlink(struct paper *paper);

#endif

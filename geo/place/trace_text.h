/* trace_text.h - the geotraces and geoshapes of ODK and Kobo, read from their text.
 *
 * "lat lon alt acc;lat lon alt acc;…": vertices parted by ';' or new lines, also at the end;
 * each of two to four numbers, parted by blanks, with decimal points, or with commas where there is
 * no point. Altitude and accuracy
 * are not kept in the geometry; the worst accuracy is told. Where every vertex has as many numbers
 * but the last, which has fewer, the text was cut.
 *
 * Owns:    nothing. Threads: any.
 * Units:   text: latitude before longitude, degrees; metres for the rest. WKB: lon, lat
 *          (OGC:CRS84), little-endian LineString or Polygon. Where it lies is not looked at:
 *          see geo/place/rescue_shape.h.
 * Errors:  ERR_INPUT that names the vertex: "vértice 3: «-18,9 -65,1»: …".
 */
#ifndef GEO_TRACE_TEXT_H
#define GEO_TRACE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/base/buf.h"
#include "geo/base/err.h"

/* The ends of a geotrace no farther apart than this meet: it is a walk around a plot. GPS of
 * phones errs by some 5 to 15 m at each end. */
#define GEO_TRACE_MEET_M 30.0

/* The ends of a walk whose gap is a larger share of its length do not nearly meet: it is a canal
 * or a path, no plot. Of four corners in a square, the last side is a third of the others. */
#define GEO_TRACE_GAP_SHARE 0.8

/* A text of as many bytes filled a cell of XLSX, and was cut there. */
enum { GEO_TRACE_VERTICES_MAX = 100000, GEO_TRACE_CELL_MAX = 32767 };

enum geo_trace_kind {
    GEO_TRACE_SHAPE, /* geoshape: a polygon, closed if its ends nearly meet, else refused */
    GEO_TRACE_LINE,  /* geotrace: a polygon if its ends meet, else a line */
};

struct geo_trace {
    bool polygon;
    size_t vertices;   /* as written, the repeated first one of a closed text included */
    double gap_m;      /* between the first and the last as written; 0: closed in the text */
    double accuracy_m; /* the worst that is told, NaN: none */
};

/* True for text that has the form of a trace: at least two vertices, of which more than half can be
 * read. So a column of it is one, and what is wrong with a vertex is said of that vertex. */
bool geo_trace_is(const char *text);
/* True for a single vertex: a point, as ODK and Kobo write one. */
bool geo_trace_is_point(const char *text);

/* Appends the geometry to wkb. A polygon needs three different vertices, a line two. On
 * failure wkb is as it was. */
bool geo_trace_read(const char *text, enum geo_trace_kind kind, struct buf *wkb,
                    struct geo_trace *what, struct err *err);

#endif

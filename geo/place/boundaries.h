/* boundaries.h - checks that a set of municipal boundaries is fit to become an edition.
 *
 * Owns:    the findings of a report; geo_boundaries_report_free() releases them.
 * Threads: any.
 * Units:   areas geodesic, m2; places lon/lat degrees.
 * Errors:  false with *err if the check cannot be done (bytes that are no polygon,
 *          memory); defects of the boundaries are in the report.
 */
#ifndef GEO_BOUNDARIES_H
#define GEO_BOUNDARIES_H

#include "geo/base/buf.h"
#include "geo/place/edition.h"

enum geo_boundaries_kind {
    GEO_BOUNDARIES_CODE,      /* not six digits: fatal */
    GEO_BOUNDARIES_DUPLICATE, /* a code that occurs twice: fatal */
    GEO_BOUNDARIES_INVALID,   /* a polygon that should have been repaired: fatal */
    GEO_BOUNDARIES_OVERLAP,   /* two units share land beyond slivers: fatal
                               * (15 ha or more, 20 m wide or more on average) */
    GEO_BOUNDARIES_ISLAND,    /* land in a body of water that belongs to no unit: reported */
    GEO_BOUNDARIES_GAP,       /* other land that belongs to no unit and is no water: reported */
};

struct geo_boundaries_finding {
    enum geo_boundaries_kind kind;
    char codigo[2][7];       /* the unit; of an overlap both, lower first; else "" */
    double area_m2;          /* of the overlap, island or gap */
    double width_m;          /* 2 area / perimeter, about the mean width */
    double lon_deg, lat_deg; /* a point inside it */
};

struct geo_boundaries_report {
    struct geo_boundaries_finding *findings; /* by kind, then largest area first */
    size_t n;
    bool fit; /* nothing fatal was found */
    size_t n_overlaps, n_islands, n_gaps;
    double overlaps_m2, gaps_m2;
    size_t n_slivers; /* pieces of each kind too thin or small to count */
    double slivers_m2;
};

/* Reads codes, names and polygons (already repaired) of `units`. Gaps covered by water
 * bodies are no findings (n_water 0: none known); their holes that no unit covers are
 * islands. */
bool geo_boundaries_check(const struct geo_source_unit *units, size_t n_units,
                          const struct geo_source_unit *water, size_t n_water,
                          struct geo_boundaries_report *report, struct err *err);
void geo_boundaries_report_free(struct geo_boundaries_report *report);

/* "020101 y 020102 se superponen en 12,4 ha cerca de -68.12345, -16.50000", … */
void geo_boundaries_describe(const struct geo_boundaries_finding *finding, struct buf *out);

#endif

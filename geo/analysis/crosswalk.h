/* crosswalk.h - compares two editions of boundaries: the land and the people that each pair
 * of units shares, and whether a difference is a redrawn border or a change of law.
 *
 * Owns:    the names and the pairs of a crosswalk, the caller's to free.
 * Threads: as the store's; computing starts threads of its own and ends them.
 * Units:   areas geodesic, m2; shares 0–1; widths metres; lon/lat inside.
 * Errors:  unknown edition: ERR_NOT_FOUND; the same edition twice: ERR_INPUT.
 *
 * A pair (a, b) is a unit of each edition with land in common. Without b: land of a that
 * lies in no unit of the second edition; without a: the reverse. The areas of a's pairs
 * sum to a's own area, except where units of the second edition overlap. Shares are of
 * that sum, so they sum to 1.
 *
 * Slivers. If a border is digitised twice, each time within eps of the true one, the land
 * between the two is nowhere wider than 2 eps, however long it is: Perkal's epsilon band
 * (J. Perkal, "On epsilon length", 1956; N. Chrisman, "A theory of cartographic error and
 * its measurement in digital data bases", Auto-Carto 5, 1982). So a piece is a sliver if
 * no circle of radius `tolerance` fits in it, that is, if eroding it by the tolerance
 * leaves nothing. Its area and its share do not matter.
 */
#ifndef GEO_CROSSWALK_H
#define GEO_CROSSWALK_H

#include "geo/base/rows.h"
#include "geo/figures/group.h"

enum geo_change {
    GEO_CHANGE_NONE,      /* "identica": same code, same polygon to the last digit */
    GEO_CHANGE_REDRAWN,   /* "redigitalizada": same code, its border moved by slivers only */
    GEO_CHANGE_CONTINUES, /* "modificada": same code, it gained or lost land by law */
    GEO_CHANGE_RECODED,   /* "recodificada": all of it, but for slivers, has another code */
    GEO_CHANGE_TRANSFER,  /* "transferencia": land that went from one to another */
    GEO_CHANGE_LOST,      /* "perdida": land of a that is in no unit any more */
    GEO_CHANGE_GAINED,    /* "ganada": land of b that was in no unit before */
    GEO_CHANGE_SLIVER,    /* "astilla": a sliver between two drawings of one border */
};

enum { GEO_CHANGES = GEO_CHANGE_SLIVER + 1 };

const char *geo_change_name(enum geo_change change);

/* What the shares of people of a pair are based on. */
enum geo_people {
    GEO_PEOPLE_COMMUNITIES, /* "comunidades": people of rural communities, each linked on both
                               editions */
    GEO_PEOPLE_AREA,        /* "superficie": a's rural population by its share of area */
    GEO_PEOPLE_NONE,        /* neither is known: shares of area */
};

struct geo_crosswalk_pair {
    int a, b; /* slots of the editions' units; -1: none */
    enum geo_change change;
    double area_m2, share_a, share_b; /* NaN: of a missing unit */
    double radius_m;                  /* of the widest circle inside; same code: NaN */
    enum geo_people basis;            /* of a's people; without a of b's */
    double people;                    /* NaN: not known */
    double people_share_a, people_share_b;
    int64_t communities;
};

struct geo_crosswalk {
    struct geo_units *from, *to;
    double *from_m2, *to_m2; /* areas of the units */
    double tolerance_m;
    struct geo_crosswalk_pair *pairs; /* by code of a, then of b; a missing last */
    size_t n_pairs;
    size_t n_overlays; /* number of overlays computed; for benchmarks */
};

/* The default: 0.5 mm on a map of 1:250 000, which nine points in ten meet under the United
 * States National Map Accuracy Standards (1947; a fiftieth of an inch at 1:20 000 and
 * smaller). */
#define GEO_CROSSWALK_TOLERANCE_M 125.0

struct geo_crosswalk_options {
    const char *from, *to; /* codes of editions */
    double tolerance_m;    /* 0: GEO_CROSSWALK_TOLERANCE_M */
    unsigned threads;      /* 0: as many as the machine has, up to 8 */
};

struct geo_crosswalk *geo_crosswalk_compute(struct geo_store *store,
                                            const struct geo_crosswalk_options *options,
                                            struct err *err);
void geo_crosswalk_free(struct geo_crosswalk *crosswalk); /* NULL is fine */

/* Transfers, new codes, land lost or gained: a change of law. */
bool geo_change_is_legal(enum geo_change change);

/* The table of pairs; `changes`: only changes of law. The caller frees the rows. */
struct rows *geo_crosswalk_rows(const struct geo_crosswalk *crosswalk, bool changes);

#endif

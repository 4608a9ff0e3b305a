/* json_geometry.h - looks at one geometry of GeoJSON, Esri JSON or TopoJSON: whether all its
 * coordinates are numbers, nested as its type says.
 *
 *     struct json_geometry geometry = {0};
 *     json_geometry_read(scan, json_scan_next(scan), &geometry);
 *     claim = json_geometry_claim(&geometry);
 *
 * Owns:    nothing.
 * Threads: one owner.
 * Errors:  why, a Spanish reason; those of the text are the scan's.
 */
#ifndef GEO_JSON_GEOMETRY_H
#define GEO_JSON_GEOMETRY_H

#include <stdint.h>

#include "geo/claims/geometry_claims.h"
#include "geo/claims/json_scan.h"

/* What was seen of one geometry. */
struct json_geometry {
    char type[24];
    bool coordinates; /* or Esri's rings, paths, points, x and y */
    bool empty;
    int depth;      /* of arrays around a number; DEPTH_ANY for empty arrays */
    int depth_esri; /* that the member should have; 0: GeoJSON, whose type says it */
    bool is_object;
    bool arcs;        /* a TopoJSON's, whose nesting is left to GDAL */
    int64_t last_arc; /* the largest number of an arc that it names */
    int system;       /* that it states (json_system.h) */
    bool metres;      /* a coordinate is 1000 or more */
    char why[160];    /* not empty: faulty */
};

/* Passes over the value that the token begins: a geometry. */
void json_geometry_read(struct json_scan *scan, enum json_scan_token token,
                        struct json_geometry *geometry);
enum geometry_claim json_geometry_claim(const struct json_geometry *geometry);

/* The same by parts, for an object that has other members too. After a key: reads its value
 * and returns true if it is one that a geometry has, but for "type". */
bool json_geometry_member(struct json_scan *scan, struct json_geometry *geometry);
/* After the key "type". */
void json_geometry_type(struct json_scan *scan, struct json_geometry *geometry);
/* After all members. */
void json_geometry_judge(struct json_geometry *geometry);

/* Passes over the arcs of a TopoJSON, after their key; *n: how many they are. why: "", or what
 * is wrong with the first one that cannot be read. */
void json_geometry_arcs(struct json_scan *scan, int64_t *n, char why[160]);

#endif

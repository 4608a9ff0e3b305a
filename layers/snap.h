/* snap.h - borders that were digitised twice, drawn once.
 *
 * Neighbours' borders often have vertices of their own on each side, and leave
 * slivers of no land, or of two, between them. Here every polygon of a layer
 * that parts the land is laid into one planar graph (planar.h); a face between
 * two lines that is on average no wider than SLIVER_M goes to one polygon:
 *   - land of two or more: to the first of them (the lower code, as a point on
 *     a border does), unless that would take more than half of another;
 *   - land of none between two: to the later one, between more: to the one with
 *     most border along it.
 * So the line of the lower code becomes the border of both. Where lines run
 * apart and together again, a face is parted at every vertex that lies within
 * BRIDGE_M of the other line, so that a lake does not keep the sliver it ends in.
 * What is wider stays as delivered: lakes, salt flats, double claims.
 *
 * Units:   steps (layers/merc.h).
 * Errors:  see snap_paths().
 */
#ifndef LAYERS_SNAP_H
#define LAYERS_SNAP_H

#include "layers/arcs.h"

/* On the ground. In the official boundaries of Bolivia 5,070 of the 5,452 vertices
 * that no neighbour has lie up to 33 m off its line. Of the gaps that remain when
 * lines that near are joined, 70 are 50 to 200 m wide, three or four corners
 * where three municipalities should meet; the next wider is a lake of 1.1 km. */
#define BRIDGE_M 50.0
#define SLIVER_M 250.0

struct snapped {
    struct arc_xy *xy;
    size_t n_xy;
    struct arc_path *paths; /* rings by feature, each shell before its holes */
    size_t n_paths;
    size_t n_slivers; /* that went to one polygon */
};

/* Rings only, shells with a positive area. False, *out untouched, when memory is
 * short or the graph cannot be made: then the rings stay as they are. The
 * caller frees both arrays. */
bool snap_paths(const struct arc_xy *xy, const struct arc_path *paths, size_t n_paths,
                size_t n_features, struct snapped *out);

#endif

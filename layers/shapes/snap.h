/* snap.h - makes one border of borders that were digitised twice.
 *
 * Neighbours' borders often have different vertices, with slivers between them that belong
 * to none or to both. Here every polygon of a layer is put into one planar graph
 * (planar.h). A face between two lines that is on average no wider than SLIVER_M goes to
 * one polygon:
 *   - if it belongs to several: to the first of them (the lower code, as a point on
 *     a border does), unless another would lose more than half of its area;
 *   - if it belongs to none, and lies between two: to the later one; between more: to the
 *     one with the longest border along it.
 * So the line of the lower code becomes the border of both. Where two lines separate and
 * join again, a face is divided at every vertex that lies within BRIDGE_M of the other
 * line, so that a lake does not keep the sliver at its end. Wider faces stay as they are:
 * lakes, salt flats, double claims.
 *
 * Units:   steps (layers/shapes/merc.h).
 * Errors:  see snap_paths().
 */
#ifndef LAYERS_SNAP_H
#define LAYERS_SNAP_H

#include "layers/shapes/arcs.h"

/* On the ground. In the official boundaries of Bolivia, of the 5,452 vertices that the
 * neighbour does not have, 5,070 are up to 33 m off its line. If lines that near are
 * joined, the gaps that remain are 70 of 50 to 200 m, three or four of them corners where
 * three municipalities should meet; the next wider one is a lake of 1.1 km. */
#define BRIDGE_M 50.0
#define SLIVER_M 250.0

struct snapped {
    struct arc_xy *xy;
    size_t n_xy;
    struct arc_path *paths; /* rings by feature, each shell before its holes */
    size_t n_paths;
    size_t n_slivers; /* faces that were given to one polygon */
};

/* Rings only, shells with a positive area. False, with *out unchanged, if memory is short
 * or the graph cannot be built: then the rings stay as they are. The caller frees both
 * arrays. */
bool snap_paths(const struct arc_xy *xy, const struct arc_path *paths, size_t n_paths,
                size_t n_features, struct snapped *out);

#endif

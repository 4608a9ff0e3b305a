/* labels_internal.h - internal to labels*.c: labels before they are placed. */
#ifndef LAYERS_LABELS_INTERNAL_H
#define LAYERS_LABELS_INTERNAL_H

#include "layers/text/collisions.h"
#include "layers/text/labels.h"

/* The label of a feature, before it has a place. */
struct draft {
    uint32_t feature;
    double key;
    struct label label; /* without anchor and box */
    float text_pad_px;
    double icon_pad_px[4]; /* top, right, bottom, left */
};

/* A possible place of a draft. */
struct spot {
    uint32_t draft, path; /* path: for lines */
    struct arc_xy at;
    double along_px; /* of lines */
};

enum label_placement { LABEL_POINT, LABEL_LINE, LABEL_CENTER };

/* A layer being placed. */
struct placing {
    const struct label_source *source;
    struct labels *labels;
    double zoom, steps_per_px, spacing_px;
    enum label_placement placement;
    bool text_overlaps, text_ignored, text_optional;
    bool icon_overlaps, icon_ignored, icon_optional;
    bool by_y; /* labels may overlap and have no sort key: southern ones are drawn above */
    struct draft *drafts;
    size_t n_drafts, cap_drafts;
    struct spot *spots;
    size_t n_spots, cap_spots;
    /* The current path, in pixels. */
    double *xy, *length;
    size_t n_xy, cap_xy, cap_length;
    uint32_t path;
    bool has_path;
};

bool labels_add_spot(struct placing *to, struct spot spot);
/* Collects the drafts of all features that the layer accepts, and their possible places. */
bool labels_gather(struct placing *to, struct err *err);
/* Finds places along the feature's lines and rings. */
bool labels_find_lines(struct placing *to, uint32_t draft);
/* Rotates the letters along the line; *fits false: it bends too much, or is too short.
 * False: memory. */
bool labels_turn(struct placing *to, const struct spot *spot, struct label *label, bool *fits);

#endif

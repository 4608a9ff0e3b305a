/* layer.h - the description of a layer that can be shown: one file for each layer,
 * and its row in layers.c.
 *
 * A layer shows the table of geo/store/schema.c that has its name, or (`result`) that of a
 * result, or (`holes_of`) what another's polygons leave out. Its columns are the table's published
 * fields and figures computed in geo/ (municipios: the coverage figures; records: the municipality
 * they are linked to). What a new layer needs besides is in docs/architecture.md, "Add a layer";
 * tests/unit/test_layers.c names what is missing.
 *
 * Owns:    nothing; layers are constant.
 * Threads: any.
 */
#ifndef LAYERS_LAYER_H
#define LAYERS_LAYER_H

#include "geo/store/schema.h" /* struct geo_table */

enum layer_column_kind { LAYER_TEXT, LAYER_INTEGER, LAYER_REAL, LAYER_BOOL };

/* Where a column's values come from. */
enum layer_source {
    LAYER_FIELD,  /* the table's field of that name; "x_bs" is "x_cts" in Bs */
    LAYER_LINK,   /* the record's main link; from is an enum layer_link */
    LAYER_FIGURE, /* the municipality's coverage; from: offsetof() in geo_coverage_row */
};

enum layer_link {
    LAYER_LINK_CODE,
    LAYER_LINK_NAME,
    LAYER_LINK_DEPARTMENT,
    LAYER_LINK_UO,
    LAYER_LINK_METHOD,
    LAYER_LINK_STATE,
    LAYER_LINK_DISTANCE,
};

/* How a figure is turned into the column's value. */
enum layer_measure {
    LAYER_COUNT, /* int64, unchanged */
    LAYER_MONEY, /* int64 centavos into Bs */
    LAYER_HA,    /* double m2 into ha */
    LAYER_SHARE, /* double, unchanged */
    LAYER_ANY,   /* int64 above zero: true */
};

/* A published column: "familias", "comprometido_bs", "municipio", ... */
struct layer_column {
    const char *name;
    enum layer_column_kind kind;
    const char *title; /* Spanish, with its unit */
    int decimals;      /* of reals; -1: as many as needed */
    enum layer_source source;
    size_t from;
    enum layer_measure measure; /* of LAYER_FIGURE */
};

struct layer {
    const char *name; /* the table's; the id in /collections, the source-layer of tiles */
    const char *title, *description; /* Spanish; the title is the table's */
    const struct geo_table *result;  /* shown instead of a table of records; NULL: none */
    const char *holes_of; /* shows the holes of this table's polygons; NULL: its own table */
    const struct layer_column *columns;
    size_t n_columns;
    bool by_edition; /* its content depends on the edition (municipios) */
    bool tiling;     /* polygons that do not overlap and share their borders */
    bool named;      /* polygons with labels: vector tiles have LAYER_POINTS too */
};

/* Suffix of a derived layer: the same features as points, where their labels stand
 * (shapes/anchors.h). Vector tiles have it for `named` layers, with some of the columns. */
#define LAYER_POINTS "_puntos"
/* Suffix of a derived layer: the borders as lines without columns. A border that two
 * features share is there once, so that a browser does not draw it twice. */
#define LAYER_BORDERS "_limites"
#define LAYER_DEPARTMENT_BORDERS \
    "_limites_departamentales" /* between departments (snapshot/borders.h) */
#define LAYER_OUTER_BORDERS "_limites_exteriores"
/* True if the derived layer `suffix` ("" = the layer itself) publishes the column:
 * points have the texts, and poblacion_rural, by which labels are ranked. */
bool layer_part_column(const struct layer_column *column, const char *suffix);
bool layer_has_part(const struct layer *layer, const char *suffix); /* in vector tiles */
const char *layer_part_description(const struct layer *layer, const char *suffix); /* Spanish */

enum { LAYERS_MAX = 16 }; /* arrays by layer have this size; layers.c does not compile with more */

/* municipios, alianzas, areas_riego, subproyectos, ... */
size_t layers_count(void);
const struct layer *layers_at(size_t index);
const struct layer *layers_find(const char *name);              /* NULL: none */
int layer_column(const struct layer *layer, const char *name);  /* -1: none */
const struct geo_table *layer_table(const struct layer *layer); /* the result, or the records */

#endif

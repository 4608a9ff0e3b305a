/* style_layer.h - internal to styles/: a parsed layer, the table of properties, and the
 * state of parsing a document. */
#ifndef STYLES_STYLE_LAYER_H
#define STYLES_STYLE_LAYER_H

#include "styles/expr.h"

/* A document with more layers is refused. */
enum { STYLE_MAX_LAYERS = 1000 };

/* Longer lists of numbers are refused; computed ones are truncated. */
enum { STYLE_MAX_NUMBERS = 64 };

/* One row of the specification. */
struct style_row {
    const char *name;
    enum style_layer_type layer;
    bool layout; /* else paint */
    enum expr_kind
        kind; /* number, colour, boolean, string (one of words), array, text, image, padding */
    double fallback, min, max;
    struct color color;
    const char *const *words; /* the first is the default; NULL-terminated */
    bool data, interpolate;
    size_t length; /* of an array; 0: any */
    bool texts;    /* an array of texts, not of numbers */
};

extern const struct style_row style_rows[STYLE_N_PROPERTIES];

/* The value of a property in a layer: an expression or a constant. */
struct style_setting {
    const struct expr *expr;
    struct expr_value constant; /* EXPR_NULL: the default */
};

struct style_layer {
    enum style_layer_type type;
    const char *id, *source;
    double minzoom, maxzoom;
    bool visible;
    const struct expr *filter;        /* NULL: all */
    const struct expr_names *names;   /* of the style */
    const struct expr_members *state; /* of the style: its defaults; NULL: none */
    struct style_setting settings[STYLE_N_PROPERTIES];
    const struct expr_value *labels; /* metadata "sigg:leyenda"; NULL: none */
};

struct style {
    struct arena *arena;
    const char *json, *id, *title, *heading;
    size_t len;
    struct expr_names names;
    const struct expr_members *state; /* values of ["global-state", name] by name */
    struct style_layer *layers;
    size_t n_layers;
    struct style_legend_entry *legend;
    size_t n_legend;
    struct style_breaks *breaks;
    size_t n_breaks;
};

/* Collects the problems of a document. */
struct style_reader {
    struct style *style;
    struct arena *arena;
    const struct expr_value *sources; /* the object */
    struct err first;
    size_t n_problems;
    style_problem_fn *fn; /* NULL: only the first counts */
    void *arg;
};

/* style_problem.c. Always false. */
bool style_problem(struct style_reader *reader, const struct expr_path *path, const char *format,
                   ...) __attribute__((format(printf, 3, 4)));
bool style_problem_err(struct style_reader *reader, const struct err *err);

/* A path one step down, in the arena. If memory is short: path itself. */
const struct expr_path *style_path(struct style_reader *reader, const struct expr_path *path,
                                   const char *name, size_t index);

/* The type of the property's expressions, and its default. */
const struct expr_type *style_row_type(const struct style_row *row);
struct expr_value style_row_default(const struct style_row *row);
/* Reads a value that is no expression. False: problems were reported by style_problem(). */
bool style_constant_read(struct style_reader *reader, const struct expr_path *path,
                         const struct style_row *row, const struct expr_value *json,
                         struct expr_value *out);

/* Fills the layer from its JSON; problems are reported by style_problem(). */
void style_layer_read(struct style_reader *reader, const struct expr_value *json,
                      const struct expr_path *path, struct style_layer *layer);
/* Converts a filter of the old syntax (["==", "etapa", "convenio"]) to an expression; an
 * expression is kept. False: neither. */
bool style_filter_convert(struct arena *arena, const struct expr_value *json,
                          struct expr_value *out);
/* Makes the legend entries of all layers (style_legend.c). */
void style_legend_read(struct style_reader *reader);

/* The setting's value, or false where it is an error or null. */
bool style_setting_eval(const struct style_layer *layer, enum style_property property, double zoom,
                        const struct style_feature *feature, struct arena *arena,
                        struct expr_value *out);

#endif

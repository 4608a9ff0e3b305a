/* figure_output.h - a figure in each format: table, CSV, JSON, XLSX, HTML page, GeoJSON.
 *
 * Owns:    nothing; formats are constant.
 * Threads: as the store's.
 * Errors:  those of the figure; ERR_INPUT about `f` for a format that this answer does not
 *          have.
 *
 * JSON of the server is an object: "edicion", "fecha", "simulado", "esquematica",
 * "revision", the figure's own members, and "filas". JSON of a command is the array alone.
 */
#ifndef SERVER_FIGURES_FIGURE_OUTPUT_H
#define SERVER_FIGURES_FIGURE_OUTPUT_H

#include "geo/catalog/figure.h"

enum figure_format {
    FIGURE_TABLE, /* aligned text, for terminals; only for commands */
    FIGURE_JSON,  /* first of the server */
    FIGURE_CSV,
    FIGURE_CSV_EXCEL,
    FIGURE_XLSX,
    FIGURE_HTML,
    FIGURE_GEOJSON, /* of figures whose rows have places */
    FIGURE_FORMATS
};

struct figure_format_words {
    const char *name;      /* of --format and f= */
    const char *extension; /* of files */
    const char *type;      /* of Accept */
    const char *content;   /* Content-Type */
    bool file;             /* browsers store it instead of showing it */
};
extern const struct figure_format_words figure_formats[FIGURE_FORMATS];

/* The names of the formats that the figure has, in order of enum figure_format; in the server
 * from FIGURE_JSON on. */
const char *const *figure_format_choices(const struct figure *figure, bool server);

/* What an answer says of the server that makes it. */
struct figure_server {
    int64_t revision; /* of the data served; 0: a command's, which says none */
    const char *path; /* of the public URL, or "": URLs in HTML begin with it */
};

/* Makes the figure and appends it to out. note gets its sentences for people; NULL: not
 * wanted. */
bool figure_output(struct figure_args *args, enum figure_format format, struct geo_store *store,
                   const struct figure_server *server, struct buf *out, struct buf *note,
                   struct err *err);

#endif

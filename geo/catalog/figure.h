/* figure.h - a figure of the programme: a table that can be asked for, with its parameters.
 *
 * One description of each figure feeds the command `sigg NAME` with its --help, the URL
 * /PATH with its entry in /api, every output format, and, with a row in
 * layers/report/sources.c, a table of reports. A new figure is a file in this folder and a
 * row in figures.c.
 *
 * Owns:    a result owns its rows and texts; figure_result_free() releases them.
 * Threads: descriptions are constant; a result is made as the store allows.
 * Errors:  those of the computation; a wrong parameter is the error's field. Asking for a
 *          parameter that the figure does not have is a programming error (abort).
 */
#ifndef GEO_CATALOG_FIGURE_H
#define GEO_CATALOG_FIGURE_H

#include "geo/base/param.h"
#include "geo/base/rows.h"
#include "geo/figures/group.h"
#include "geo/store/store.h"

struct figure;

/* Who asks, and for what. */
struct figure_args {
    const struct figure *figure;
    struct param_value values[PARAMS_MAX]; /* by figure->params */
    bool server;                           /* for a server: lower limits, one thread */
    bool rounded;                          /* for people to read, not for programs */
};

struct figure_result {
    struct rows *rows; /* NULL: the answer is `text` */
    struct buf text;   /* lines for people */
    struct buf head;   /* members of the JSON answer that describe it (geo/base/json.h) */
    struct buf note;   /* sentences for people, each ended by a line break; may be empty */
    void *owner;       /* what the rows borrow from */
    void (*release)(void *owner);
};

/* Where the rows are, for maps. */
enum figure_place {
    FIGURE_NOWHERE,
    FIGURE_IN_UNITS,  /* each row is a municipality (column `codigo`) or a group (parameter `by`) */
    FIGURE_AT_POINTS, /* columns `lon`, `lat` */
};

struct figure {
    const char *command;  /* "coverage", "access sites" */
    const char *path;     /* "/coverage"; NULL: not in the server */
    const char *name;     /* "cobertura": of files, and the operationId of /api */
    const char *title;    /* "Cobertura": of pages and sheets, at most 31 bytes */
    const char *summary;  /* one line of `sigg --help` and /api */
    const char *about;    /* what it counts and how; each line is a paragraph */
    const char *columns;  /* names of the rows' columns, by blanks; columns.json has meanings */
    const char *examples; /* each line is a command */
    const struct param *params; /* at most PARAMS_MAX - 3; ends with a NULL name */
    /* Tables that it reads, ends with NULL: if one is simulated, the answer says so. NULL: all
     * tables whose records lie somewhere. */
    const char *const *layers;
    const char *edition; /* the parameter that names the edition of the rows; NULL: "edition" */
    const char *day;     /* the parameter with the day of the figures; NULL: "as-of" */
    enum figure_place place;
    /* True if it takes long: the server makes it on a background thread. NULL: never. */
    bool (*slow)(const struct figure_args *args);
    /* Called inside a transaction that reads; *result is zeroed. */
    bool (*make)(const struct figure_args *args, struct geo_store *store,
                 struct figure_result *result, struct err *err);
};

/* Every figure, in the order of `sigg --help`; ends with NULL. */
extern const struct figure *const figures[];

const struct figure *figure_named(const char *name); /* "cobertura"; NULL: none */

/* Nothing given: every parameter has its fallback. */
struct figure_args figure_args_of(const struct figure *figure);
/* Sets one parameter: "as-of", "2021-12-31". The text is borrowed. ERR_INPUT about a value
 * that is not accepted. */
bool figure_args_set(struct figure_args *args, const char *name, const char *text, struct err *err);

/* Makes the answer, and keeps only the rows of --departamento and --uo. */
bool figure_make(const struct figure_args *args, struct geo_store *store,
                 struct figure_result *result, struct err *err);
void figure_result_free(struct figure_result *result); /* zeroed is fine */

/* Reading arguments -------------------------------------------------------- */

const struct param_value *figure_value(const struct figure_args *args, const char *name);
const char *figure_text(const struct figure_args *args, const char *name); /* NULL: none */
bool figure_flag(const struct figure_args *args, const char *name);
int64_t figure_int(const struct figure_args *args, const char *name);
double figure_real(const struct figure_args *args, const char *name);
/* Of the parameter `by`, which must have a fallback or be given. */
enum geo_group figure_group(const struct figure_args *args);
/* NULL if the figure has no such parameter, or it has no value. */
const char *figure_text_if(const struct figure_args *args, const char *name);
/* For computations on several threads: 1 in the server, whose other processors answer other
 * requests; else 0, one a processor. */
int figure_threads(const struct figure_args *args);

/* For figure.slow: always; and only with a date, because without one stored results are read. */
bool figure_slow(const struct figure_args *args);
bool figure_slow_dated(const struct figure_args *args);

/* False with ERR_MEMORY if rows is NULL; else they are the result's. */
bool figure_take_rows(struct figure_result *result, struct rows *rows, struct err *err);

#endif

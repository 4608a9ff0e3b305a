/* figure.h - a figure of the programme: a table that can be asked for, with its parameters.
 *
 * One description of each figure feeds the command `sigg NAME` with its --help, the URL
 * /PATH with its entry in /api, every output format, and the tables of reports. A new
 * figure is a file in this folder and a row in figures.c.
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
    bool server;                           /* other requests wait: one thread, lower limits */
    bool rounded;                          /* for people to read, not for programs */
};

struct figure_result {
    struct rows *rows; /* NULL: the answer is `text` */
    struct buf text;   /* lines for people */
    struct buf head;   /* members of the JSON answer that describe it (geo/base/json.h) */
    struct buf note;   /* the same in sentences, each with its line break; "": none */
    void *owner;       /* what the rows borrow from */
    void (*release)(void *owner);
};

/* Where the rows are, for maps. */
enum figure_place {
    FIGURE_NOWHERE,
    FIGURE_IN_UNITS,  /* one row a municipality (column `codigo`) or group of parameter `by` */
    FIGURE_AT_POINTS, /* columns `lon`, `lat` */
};

struct figure {
    const char *command;  /* "coverage", "access sites" */
    const char *path;     /* "/coverage"; NULL: not in the server */
    const char *name;     /* "cobertura": of files, and the operationId of /api */
    const char *title;    /* "Cobertura": of pages and sheets, at most 31 characters */
    const char *summary;  /* one line of `sigg --help` and /api */
    const char *about;    /* what it counts and how; a paragraph a line */
    const char *columns;  /* names with a definition in columns.json, separated by blanks */
    const char *examples; /* a command a line */
    const struct param *params;
    const char *const *layers; /* tables it counts: simulated if one of them is; ends with NULL */
    const char *edition; /* the parameter that names the edition of the rows; NULL: "edition" */
    const char *day;     /* the parameter with the day of the figures; NULL: "as-of" */
    enum figure_place place;
    /* True if it takes long: the server makes it on a background thread. NULL: never. */
    bool (*slow)(const struct figure_args *args);
    /* Inside a transaction that reads. Fills *result, which is zeroed. */
    bool (*make)(const struct figure_args *args, struct geo_store *store,
                 struct figure_result *result, struct err *err);
};

/* Every figure, in the order of `sigg --help`; ends with NULL. */
extern const struct figure *const figures[];

const struct figure *figure_named(const char *name); /* "cobertura"; NULL: none */

/* Fills the values of parameters by name: "by=uo as-of=2021-12-31", as in a URL, without
 * encoding. For callers in the program; what it does not accept is a programming error. */
void figure_args_set(struct figure_args *args, const struct figure *figure, const char *name,
                     const char *text);

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
/* The text of a parameter if the figure has it; NULL. */
const char *figure_text_if(const struct figure_args *args, const char *name);
/* For computations on several threads: 1 in the server, whose other processors answer other
 * requests; else 0, one a processor. */
int figure_threads(const struct figure_args *args);

/* figure.slow of a figure that always takes long, and of one that is read from stored
 * results unless a date is asked for. */
bool figure_slow(const struct figure_args *args);
bool figure_slow_dated(const struct figure_args *args);

/* False with ERR_MEMORY if rows is NULL; else they are the result's. */
bool figure_take_rows(struct figure_result *result, struct rows *rows, struct err *err);

#endif

/* param.h - parameters that people set, in a URL or on the command line. One description of
 * a parameter feeds its parsing, `--help` and `/api`.
 *
 * Owns:    nothing; a value borrows its text.
 * Threads: any.
 * Errors:  ERR_INPUT with the parameter as the error's field; the message has the value
 *          and what is accepted.
 */
#ifndef GEO_BASE_PARAM_H
#define GEO_BASE_PARAM_H

#include <stdbool.h>
#include <stdint.h>

#include "geo/base/box.h"
#include "geo/base/buf.h"
#include "geo/base/err.h"

enum param_kind {
    PARAM_TEXT,   /* anything, up to 200 bytes */
    PARAM_INT,    /* min to max; a value above max is an error, or clamped */
    PARAM_REAL,   /* min to max, decimal point */
    PARAM_DATE,   /* ISO 8601 day */
    PARAM_BOX,    /* "w,s,e,n" in lon/lat, w > e: across 180°; of six numbers the two heights are
                     ignored */
    PARAM_CHOICE, /* one of choices */
    PARAM_FLAG,   /* "true" or "false" in a URL; an option without value on the command line */
};

/* Lists of parameters end with a NULL name. */
struct param {
    const char *name; /* "as-of"; on the command line --as-of, and -k for one letter */
    enum param_kind kind;
    double min, max;            /* INT, REAL; max 0: no upper limit */
    bool above_min;             /* REAL: min itself is refused */
    bool clamp;                 /* INT: a value above max is taken as max */
    const char *fallback;       /* the value of a parameter that is not given; NULL: none */
    const char *const *choices; /* CHOICE; ends with NULL */
    const char *const *(*choices_of)(void); /* CHOICE: or a function that gives them */
    const char *const *older; /* older[i]: an earlier spelling of choices[i]; may be shorter */

    const char *title;  /* what it is, Spanish, no capital, no full stop; NULL in routes.c */
    const char *value;  /* placeholder in the usage: "FECHA" */
    double server_max;  /* a lower max in the server; 0: the same */
    const char *beyond; /* INT: advice for values above server_max; NULL: none */
    bool command_only;  /* not a parameter of the URL */
    bool required;      /* must be given */
    bool list;          /* TEXT: values by commas; the option may be given several times */
    int position;       /* n > 0: the n-th argument, or --name; 0: only --name */
};

struct param_value {
    bool given;
    const char *text; /* as given, a choice in its present spelling; else the fallback, or NULL */
    int64_t integer;
    double real;
    bool flag;
    struct geo_box box; /* BOX; min_x > max_x: it crosses 180° */
};

enum { PARAMS_MAX = 24, PARAM_TEXT_MAX = 200 };

/* Reads a text as the value of a parameter; the caller sets `given`. server: with the limits
 * of the server. */
bool param_read(const struct param *param, const char *text, bool server, struct param_value *value,
                struct err *err);
/* The values of parameters that are not given. A fallback that the parameter itself would
 * not accept is a programming error (abort). */
void param_fall_back(const struct param *params, struct param_value values[PARAMS_MAX]);

/* What a parameter accepts, as in messages: "un entero de 1 a 100 (si falta: 10)". */
void param_put_accepted(const struct param *param, bool server, struct buf *out);
/* A value for a message: long ones are cut at a character, and end with «…». */
enum { PARAM_SHOWN_SIZE = 84 };
const char *param_shown(const char *value, char out[PARAM_SHOWN_SIZE]);

/* From `choices` or `choices_of`; NULL for other kinds. */
const char *const *param_choices(const struct param *param);

/* The greatest value that an INT or REAL accepts; 0: no limit. */
double param_max(const struct param *param, bool server);

#endif

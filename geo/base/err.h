/* err.h - the error value that functions fill: kind and message.
 *
 * Owns:    nothing; a struct err lives on the caller's stack.
 * Threads: a struct err belongs to one thread.
 * Errors:  functions return false or NULL and fill *err; a NULL err is fine.
 *
 * A message is one sentence, for the person who can act on it, in Spanish; messages of
 * libraries are kept as they are. Callers add context with err_wrap():
 *   "importar alianzas: línea 7: familias: «-3» no es un entero de 0 a 100000"
 *
 * An error about a parameter carries the parameter's name beside the message: whoever shows
 * it writes the name its own way, "--weights" or «parámetro «weights»» (err_show_field()).
 */
#ifndef GEO_BASE_ERR_H
#define GEO_BASE_ERR_H

#include <stdbool.h>

enum err_kind {
    ERR_NONE = 0,
    ERR_USAGE,      /* wrong command line: exit 2 */
    ERR_INPUT,      /* the caller's mistake: exit 1, HTTP 400 */
    ERR_NOT_FOUND,  /* what was asked for is not there: exit 1, HTTP 404 */
    ERR_SETUP,      /* our installation: missing file, wrong schema: exit 1, HTTP 500 */
    ERR_DEPENDENCY, /* a library or the disk failed: exit 1, HTTP 503 */
    ERR_MEMORY,     /* out of memory: exit 1, HTTP 503 */
    ERR_LIMIT,      /* it would take more than the limits allow: exit 1, HTTP 503 */
    ERR_CANCELLED,  /* nobody waits for it any more: exit 1, HTTP 503 */
};

enum { ERR_MESSAGE_MAX = 1024 };

struct err {
    enum err_kind kind;
    char message[ERR_MESSAGE_MAX]; /* UTF-8; a longer one ends at a word, with "…" */
    const char *field; /* the parameter that is wrong, "weights"; lives as long as the program;
                          NULL: none */
};

/* Sets kind and message; always returns false, so `return err_set(…)`. */
bool err_set(struct err *err, enum err_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same with ERR_INPUT, about a parameter: the message does not name it. */
bool err_field(struct err *err, const char *field, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The error is about that parameter; always returns false. */
bool err_about(struct err *err, const char *field);

/* Puts "BEFOREfieldAFTER: " before the message, and forgets the field. Without a field nothing
 * changes. */
void err_show_field(struct err *err, const char *before, const char *after);

/* Puts "context: " before the message, and "field: " between them if there is one; always returns
 * false. */
bool err_wrap(struct err *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* err_set(ERR_MEMORY, …); always returns false. */
bool err_no_memory(struct err *err);

/* A failure whose kind is ERR_NONE is a bug. Gives it a kind, and appends a message to
 * its context. To be called once, where errors are shown. */
void err_explain(struct err *err);

/* The message of an errno, in Spanish; for a rare one, the system's. */
const char *err_reason(int code);

/* Exit code of the program: 0 for ERR_NONE, 2 for ERR_USAGE, 1 for the rest. */
int err_exit_code(const struct err *err);

#endif

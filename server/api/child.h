/* child.h - runs one of our own commands for a request, in a process of its own. If a
 * library aborts, or a limit is exceeded, only that answer is lost.
 *
 * The command calls child_confine() at first, and writes its answer to the descriptor
 * CHILD_ANSWER with child_give() or child_refuse().
 *
 * Owns:    the process, until it has ended; the caller owns the answer.
 * Threads: any; a call lasts as long as the process.
 * Units:   bytes, seconds.
 * Errors:  those of the command, with their kind; ERR_LIMIT with a message for the client
 *          if it ended in another way or took too long; ERR_CANCELLED.
 */
#ifndef SERVER_CHILD_H
#define SERVER_CHILD_H

#include "geo/base/budget.h"
#include "geo/base/confine.h"
#include "geo/store/store.h"

enum { CHILD_ANSWER = 3 };

struct child_options {
    const char *const *args; /* after the program's name; ends with NULL */
    const struct budget *budget;
    unsigned seconds;      /* of the wall clock; then it is killed */
    uint64_t answer_bytes; /* limit of the answer's size */
};

struct child_answer {
    char *data; /* malloc'ed; the caller's */
    size_t len;
    int64_t revision, mark; /* of the data it was made from (geo_store_content()) */
    int64_t processor_ns;   /* processor time of the process, also if it gave no answer */
    char log[512];          /* how a process without an answer ended; "" */
};

bool child_run(const struct child_options *options, struct child_answer *answer, struct err *err);

/* To be called in the child: sets limits, and makes it end with the thread that waits for
 * it. */
bool child_confine(const struct confine *bounds, struct err *err);
bool child_give(int64_t revision, int64_t mark, const char *data, size_t len, struct err *err);
void child_refuse(const struct err *err);

#endif

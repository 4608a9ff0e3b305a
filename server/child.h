/* child.h - one of our own commands, run for a request in a process of its own: what
 * ends it, a library's abort or a bound, ends that answer and nothing else.
 *
 * The command writes its answer to the descriptor CHILD_ANSWER with
 * child_give() or child_refuse(), and begins with child_confine().
 *
 * Owns:    the process, until it has ended; the caller owns the answer.
 * Threads: any; a call lasts as long as the process.
 * Units:   bytes, seconds.
 * Errors:  what the command refused, with its kind; ERR_LIMIT with a sentence for the
 *          client when it ended in another way or took too long; ERR_CANCELLED.
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
    uint64_t answer_bytes; /* more than that is no answer */
};

struct child_answer {
    char *data; /* malloc'ed; the caller's */
    size_t len;
    int64_t revision, mark; /* of the data that it was made of (geo_store_content()) */
    int64_t processor_ns;   /* what the process took, also of one that gave no answer */
    char log[512];          /* how a process ended that gave no answer; "" */
};

bool child_run(const struct child_options *options, struct child_answer *answer, struct err *err);

/* In the child: bounds, and the end with the thread that waits for it. */
bool child_confine(const struct confine *bounds, struct err *err);
bool child_give(int64_t revision, int64_t mark, const char *data, size_t len, struct err *err);
void child_refuse(const struct err *err);

#endif

/* quality.h - the weighted lists of Accept and Accept-Encoding (RFC 9110, 12.4.2).
 *
 *     while (*at) {
 *         at = quality_next(at, &item);
 *         ...
 *     }
 *
 * Owns:    nothing; a name is borrowed from the header.
 * Threads: any.
 */
#ifndef SERVER_QUALITY_H
#define SERVER_QUALITY_H

#include <stdbool.h>
#include <stddef.h>

enum { QUALITY_FULL = 1000, QUALITY_NONE = -1 };

struct quality_item {
    const char *name;
    size_t len;  /* 0: nothing stands between two commas */
    int quality; /* in thousandths, QUALITY_FULL without a "q"; QUALITY_NONE: malformed */
    bool others; /* it has a parameter other than "q" */
};

/* Reads the item that begins at `at`; returns where the next one does. A "q" with
 * more than three decimals is cut, one without the 0 before its point is taken: old
 * clients send ".2". */
const char *quality_next(const char *at, struct quality_item *item);

#endif

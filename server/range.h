/* range.h - the Range header (RFC 9110, 14): which bytes of a file are asked for.
 *
 * Threads: any. Units: bytes.
 */
#ifndef SERVER_RANGE_H
#define SERVER_RANGE_H

#include <stdint.h>

enum range {
    RANGE_NONE,  /* no header, or one that may be left alone: the whole is answered */
    RANGE_PART,  /* first and last are set */
    RANGE_BEYOND /* well formed, but nothing of it is there: 416 */
};

/* One range of a file of `size` bytes: "bytes=0-99", "bytes=100-", "bytes=-100".
 * Several ranges, other units and what is malformed are RANGE_NONE. */
enum range range_parse(const char *header, uint64_t size, uint64_t *first, uint64_t *last);

#endif

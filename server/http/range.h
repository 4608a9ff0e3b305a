/* range.h - parses the Range header (RFC 9110, 14).
 *
 * Threads: any. Units: bytes.
 */
#ifndef SERVER_RANGE_H
#define SERVER_RANGE_H

#include <stdint.h>

enum range {
    RANGE_NONE,  /* no header, or one that may be ignored: all is sent */
    RANGE_PART,  /* first and last are set */
    RANGE_BEYOND /* valid, but outside the file: 416 */
};

/* Parses one range of a file of `size` bytes: "bytes=0-99", "bytes=100-", "bytes=-100".
 * Several ranges, other units and malformed ones give RANGE_NONE. */
enum range range_parse(const char *header, uint64_t size, uint64_t *first, uint64_t *last);

#endif

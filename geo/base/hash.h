/* hash.h - FNV-1a hash of 64 bits; not secure against forgery.
 *
 *   uint64_t hash = hash_bytes(HASH_START, bytes, len);
 *
 * Different bytes may have the same hash: compare the bytes where that matters.
 */
#ifndef GEO_BASE_HASH_H
#define GEO_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

#define HASH_START UINT64_C(0xcbf29ce484222325)

static inline uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t len)
{
    const unsigned char *at = bytes;
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ at[i]) * UINT64_C(0x100000001b3);
    return hash;
}

#endif

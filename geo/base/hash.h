/* hash.h - FNV-1a, 64 bits: a fingerprint of bytes, not proof against a forger.
 *
 *   uint64_t hash = hash_bytes(HASH_START, bytes, len);
 *
 * Equal bytes have equal hashes; compare the bytes where that must hold the
 * other way round too.
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

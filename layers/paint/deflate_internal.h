/* deflate_internal.h - shared by deflate.c, which finds copies, and deflate_block.c, which
 * writes them. */
#ifndef LAYERS_DEFLATE_INTERNAL_H
#define LAYERS_DEFLATE_INTERNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "layers/paint/deflate.h"
#include "layers/paint/huffman.h"

enum {
    MIN_MATCH = 3,
    MAX_MATCH = 258,
    MAX_DISTANCE = 32768,
    /* A shorter copy costs more than the literals of a pixel. If a pixel is one byte,
     * another distance costs more than a literal and the run after it. */
    MIN_FAR_MATCH = 5,
    BLOCK_COPIES = 16384,  /* copies in a block */
    BLOCK_BYTES = 1 << 20, /* or about as many bytes, so that counts stay below 2^23 */
    STORED_BYTES = 65535,  /* of a stored block */
    HASH_BITS = 12,
    END = 256, /* end-of-block symbol, among literals and lengths */
    N_LENGTHS = 286,
    N_DISTANCES = 30,
    N_PRECODES = 19,
};

/* Literals, then a copy of the bytes at `distance` before. */
struct copy {
    uint32_t literals, length; /* 0: the end of the block */
    uint32_t distance;
};

/* Bits to write for a length or a distance: code word and extra bits. */
struct word {
    uint32_t bits;
    uint32_t count;
};

struct deflate {
    struct copy copies[BLOCK_COPIES + 1];
    size_t n_copies;
    uint32_t length_counts[N_LENGTHS], distance_counts[N_DISTANCES];
    uint32_t seen[1 << HASH_BITS]; /* by hash of four bytes: their last position plus one */
    struct huffman_code lengths[N_LENGTHS], distances[N_DISTANCES];
    struct word length_words[MAX_MATCH + 1];
    uint8_t length_symbol[MAX_MATCH + 1]; /* minus 257 */
};

/* Up to 56 bits are pending; out must have room for eight more bytes than written. */
struct deflate_bits {
    uint64_t waiting;
    unsigned n;
    unsigned char *out;
};

/* RFC 1951, 3.2.5: the shortest length of each symbol from 257 on. */
static const uint16_t length_base[] = {3,  4,  5,  6,   7,   8,   9,   10,  11, 13,
                                       15, 17, 19, 23,  27,  31,  35,  43,  51, 59,
                                       67, 83, 99, 115, 131, 163, 195, 227, 258};
/* RFC 1951, 3.2.5: distances 1-4 have symbols of their own, then two symbols
 * share each power of two. */
static inline unsigned distance_symbol(uint32_t distance)
{
    if (distance <= 4)
        return distance - 1;
    unsigned power = 31 - (unsigned)__builtin_clz(distance - 1);
    return 2 * power + ((distance - 1) >> (power - 1) & 1);
}

/* Length of the first part of a long copy, as one symbol; what is left is at least the
 * shortest match. */
static inline size_t piece_of(size_t length)
{
    return length <= MAX_MATCH              ? length
           : length < MAX_MATCH + MIN_MATCH ? length - MIN_MATCH
                                            : MAX_MATCH;
}

/* Pads with zeros to a whole byte, and writes all pending bits. */
void deflate_end_byte(struct deflate_bits *bits);
/* Writes the copies found, for `size` bytes at `from`, as one block, dynamic or stored,
 * whichever is smaller. */
void deflate_put_block(struct deflate *deflate, const unsigned char *from, size_t size, bool last,
                       struct deflate_bits *bits);

#endif

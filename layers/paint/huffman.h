/* huffman.h - Huffman codes of limited length, as deflate (RFC 1951) needs them.
 *
 * Threads: any; nothing is kept.
 */
#ifndef LAYERS_HUFFMAN_H
#define LAYERS_HUFFMAN_H

#include <stddef.h>
#include <stdint.h>

enum { HUFFMAN_MAX_SYMBOLS = 288, HUFFMAN_MAX_BITS = 15 };

/* A code word with its first bit lowest, as deflate writes them. */
struct huffman_code {
    uint16_t bits;
    uint8_t length; /* 0: the symbol does not occur */
};

/* Makes code words of at most max_bits (7 to 15) for symbols that occur counts[i] times
 * (below 2^23 each). There are at least two words, so that every decoder accepts the code
 * as complete. */
void huffman_build(const uint32_t *counts, size_t n_symbols, int max_bits,
                   struct huffman_code *codes);

#endif

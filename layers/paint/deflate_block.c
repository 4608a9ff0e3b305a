/* deflate_block.c - writes copies and literals as deflate blocks. */
#include <string.h>

#include "layers/paint/deflate_internal.h"

/* RFC 1951, 3.2.5. */
static const uint8_t length_extra[] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
                                       2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};

static inline void put_bits(struct deflate_bits *bits, uint64_t value, unsigned n)
{
    bits->waiting |= value << bits->n;
    bits->n += n;
}

/* Afterwards fewer than eight bits are pending. */
static inline void flush_bits(struct deflate_bits *bits)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    memcpy(bits->out, &bits->waiting, 8);
#else
    for (int i = 0; i < 8; i++)
        bits->out[i] = (unsigned char)(bits->waiting >> (8 * i));
#endif
    bits->out += bits->n >> 3;
    bits->waiting >>= bits->n & ~7u;
    bits->n &= 7;
}

void deflate_end_byte(struct deflate_bits *bits)
{
    bits->n = (bits->n + 7) & ~7u;
    flush_bits(bits);
}

/* ---- blocks -------------------------------------------------------------- */

/* Run-length encodes the lengths of code words (RFC 1951, 3.2.7): a symbol each, or one of
 * three for a repeat; extra bits above the fifth. */
static size_t pack_lengths(const uint8_t *lengths, size_t n, uint16_t *out)
{
    size_t n_out = 0;
    for (size_t i = 0, run; i < n; i += run) {
        for (run = 1; i + run < n && lengths[i + run] == lengths[i];)
            run++;
        if (lengths[i] == 0 && run >= 3) {
            run = run < 138 ? run : 138;
            out[n_out++] = (uint16_t)(run < 11 ? 17 | (run - 3) << 5 : 18 | (run - 11) << 5);
        } else if (lengths[i] > 0 && run >= 4) {
            run = run < 7 ? run : 7;
            out[n_out++] = lengths[i];
            out[n_out++] = (uint16_t)(16 | (run - 4) << 5);
        } else {
            run = 1;
            out[n_out++] = lengths[i];
        }
    }
    return n_out;
}

/* Writes the header of a block with dynamic codes. */
static void put_codes(const struct deflate *d, bool last, struct deflate_bits *bits)
{
    static const uint8_t order[N_PRECODES] = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                              11, 4,  12, 3, 13, 2, 14, 1, 15};
    static const uint8_t extra[3] = {2, 3, 7};
    uint8_t lengths[N_LENGTHS + N_DISTANCES];
    uint16_t packed[N_LENGTHS + N_DISTANCES];
    uint32_t counts[N_PRECODES] = {0};
    struct huffman_code codes[N_PRECODES];
    size_t n_lengths = N_LENGTHS, n_distances = N_DISTANCES, n_order = N_PRECODES;
    while (n_lengths > 257 && d->lengths[n_lengths - 1].length == 0)
        n_lengths--;
    while (n_distances > 1 && d->distances[n_distances - 1].length == 0)
        n_distances--;
    for (size_t i = 0; i < n_lengths; i++)
        lengths[i] = d->lengths[i].length;
    for (size_t i = 0; i < n_distances; i++)
        lengths[n_lengths + i] = d->distances[i].length;
    size_t n = pack_lengths(lengths, n_lengths + n_distances, packed);
    for (size_t i = 0; i < n; i++)
        counts[packed[i] & 31]++;
    huffman_build(counts, N_PRECODES, 7, codes);
    while (n_order > 4 && codes[order[n_order - 1]].length == 0)
        n_order--;
    put_bits(bits, last | 2 << 1, 3);
    put_bits(bits, n_lengths - 257, 5);
    put_bits(bits, n_distances - 1, 5);
    put_bits(bits, n_order - 4, 4);
    flush_bits(bits);
    for (size_t i = 0; i < n_order; i++) {
        put_bits(bits, codes[order[i]].length, 3);
        flush_bits(bits);
    }
    for (size_t i = 0; i < n; i++) {
        unsigned symbol = packed[i] & 31;
        put_bits(bits, codes[symbol].bits, codes[symbol].length);
        if (symbol >= 16)
            put_bits(bits, packed[i] >> 5, extra[symbol - 16]);
        flush_bits(bits);
    }
}

/* Length and its extra bits together. */
static void make_words(struct deflate *d)
{
    for (unsigned length = MIN_MATCH; length <= MAX_MATCH; length++) {
        unsigned symbol = d->length_symbol[length];
        struct huffman_code code = d->lengths[257 + symbol];
        d->length_words[length] =
            (struct word){code.bits | (length - length_base[symbol]) << code.length,
                          (uint32_t)code.length + length_extra[symbol]};
    }
}

static struct word distance_word(const struct deflate *d, uint32_t distance)
{
    unsigned symbol = distance_symbol(distance), extra = symbol < 4 ? 0 : symbol / 2 - 1;
    struct huffman_code code = d->distances[symbol];
    return (struct word){code.bits | ((distance - 1) & ((1u << extra) - 1)) << code.length,
                         code.length + extra};
}

static void put_copies(struct deflate *d, const unsigned char *from, struct deflate_bits *bits)
{
    for (size_t i = 0; i < d->n_copies; i++) {
        struct copy copy = d->copies[i];
        const unsigned char *end = from + copy.literals;
        for (; end - from >= 3; from += 3) { /* 45 bits at most */
            put_bits(bits, d->lengths[from[0]].bits, d->lengths[from[0]].length);
            put_bits(bits, d->lengths[from[1]].bits, d->lengths[from[1]].length);
            put_bits(bits, d->lengths[from[2]].bits, d->lengths[from[2]].length);
            flush_bits(bits);
        }
        for (; from < end; from++)
            put_bits(bits, d->lengths[*from].bits, d->lengths[*from].length);
        flush_bits(bits);
        from += copy.length;
        struct word distance = {0};
        if (copy.length)
            distance = distance_word(d, copy.distance);
        while (copy.length) {
            size_t piece = piece_of(copy.length);
            put_bits(bits, d->length_words[piece].bits, d->length_words[piece].count);
            put_bits(bits, distance.bits, distance.count); /* 48 bits at most */
            flush_bits(bits);
            copy.length -= (uint32_t)piece;
        }
    }
    put_bits(bits, d->lengths[END].bits, d->lengths[END].length);
    flush_bits(bits);
}

static void put_stored(const unsigned char *from, size_t size, bool last, struct deflate_bits *bits)
{
    do {
        size_t part = size < STORED_BYTES ? size : STORED_BYTES;
        put_bits(bits, last && part == size, 3);
        deflate_end_byte(bits);
        put_bits(bits, part, 16);
        put_bits(bits, part ^ 0xFFFF, 16);
        flush_bits(bits);
        memcpy(bits->out, from, part);
        bits->out += part;
        from += part;
        size -= part;
    } while (size);
}

static size_t stored_size(size_t size)
{
    return size + 5 * (size / STORED_BYTES + 1);
}

void deflate_put_block(struct deflate *deflate, const unsigned char *from, size_t size, bool last,
                       struct deflate_bits *bits)
{
    struct deflate_bits before = *bits;
    huffman_build(deflate->length_counts, N_LENGTHS, HUFFMAN_MAX_BITS, deflate->lengths);
    huffman_build(deflate->distance_counts, N_DISTANCES, HUFFMAN_MAX_BITS, deflate->distances);
    put_codes(deflate, last, bits);
    make_words(deflate);
    put_copies(deflate, from, bits);
    if ((size_t)(bits->out - before.out) > stored_size(size)) {
        *bits = before;
        put_stored(from, size, last, bits);
    }
}

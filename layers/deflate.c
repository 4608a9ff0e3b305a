#include "layers/deflate.h"

#include <libdeflate.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "layers/huffman.h"

enum {
    MIN_MATCH = 3,
    MAX_MATCH = 258,
    MAX_DISTANCE = 32768,
    /* A shorter one costs more than a pixel's literals; where a pixel is one
     * byte, any other distance costs more than a literal and the run behind it. */
    MIN_FAR_MATCH = 5,
    BLOCK_COPIES = 16384,  /* a block ends with as many copies */
    BLOCK_BYTES = 1 << 20, /* or about as many bytes: counts stay below 2^23 */
    STORED_BYTES = 65535,  /* of a stored block */
    HASH_BITS = 12,
    END = 256, /* of a block, among literals and lengths */
    N_LENGTHS = 286,
    N_DISTANCES = 30,
    N_PRECODES = 19,
};

/* The first three of four bytes loaded as a number. */
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define THREE 0x00FFFFFFu
#else
#define THREE 0xFFFFFF00u
#endif

/* Literals, then a copy of what came `distance` bytes before. */
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
    uint32_t seen[1 << HASH_BITS]; /* where four bytes like these stood last, plus one */
    struct huffman_code lengths[N_LENGTHS], distances[N_DISTANCES];
    struct word length_words[MAX_MATCH + 1];
    uint8_t length_symbol[MAX_MATCH + 1]; /* minus 257 */
};

/* RFC 1951, 3.2.5. */
static const uint16_t length_base[] = {3,  4,  5,  6,   7,   8,   9,   10,  11, 13,
                                       15, 17, 19, 23,  27,  31,  35,  43,  51, 59,
                                       67, 83, 99, 115, 131, 163, 195, 227, 258};
static const uint8_t length_extra[] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
                                       2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};

struct deflate *deflate_new(void)
{
    struct deflate *deflate = calloc(1, sizeof *deflate);
    for (int symbol = 0; deflate && symbol < 29; symbol++)
        for (int length = length_base[symbol]; length <= MAX_MATCH; length++)
            deflate->length_symbol[length] = (uint8_t)symbol;
    return deflate;
}

void deflate_free(struct deflate *deflate)
{
    free(deflate);
}

/* ---- what repeats -------------------------------------------------------- */

static uint32_t load_32(const unsigned char *from)
{
    uint32_t value;
    memcpy(&value, from, sizeof value);
    return value;
}

static uint64_t load_64(const unsigned char *from)
{
    uint64_t value;
    memcpy(&value, from, sizeof value);
    return value;
}

/* How many of the first max bytes at a and b are the same. */
static size_t same(const unsigned char *a, const unsigned char *b, size_t max)
{
    size_t n = 0;
    for (; n + 32 <= max; n += 32)
        if (((load_64(a + n) ^ load_64(b + n)) | (load_64(a + n + 8) ^ load_64(b + n + 8)) |
             (load_64(a + n + 16) ^ load_64(b + n + 16)) |
             (load_64(a + n + 24) ^ load_64(b + n + 24))) != 0)
            break;
    for (; n + 8 <= max; n += 8) {
        uint64_t differs = load_64(a + n) ^ load_64(b + n);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
        if (differs)
            return n + (size_t)(__builtin_ctzll(differs) >> 3);
#else
        if (differs)
            return n + (size_t)(__builtin_clzll(differs) >> 3);
#endif
    }
    while (n < max && a[n] == b[n])
        n++;
    return n;
}

/* RFC 1951, 3.2.5: distances 1-4 have symbols of their own, then two symbols
 * share each power of two. */
static unsigned distance_symbol(uint32_t distance)
{
    if (distance <= 4)
        return distance - 1;
    unsigned power = 31 - (unsigned)__builtin_clz(distance - 1);
    return 2 * power + ((distance - 1) >> (power - 1) & 1);
}

/* Of a longer copy, what one symbol says; never less than a match is left. */
static size_t piece_of(size_t length)
{
    return length <= MAX_MATCH              ? length
           : length < MAX_MATCH + MIN_MATCH ? length - MIN_MATCH
                                            : MAX_MATCH;
}

static void add_copy(struct deflate *d, size_t literals, size_t length, size_t distance)
{
    uint32_t *of_distance = &d->distance_counts[distance_symbol((uint32_t)distance)];
    d->copies[d->n_copies++] =
        (struct copy){(uint32_t)literals, (uint32_t)length, (uint32_t)distance};
    while (length) {
        size_t piece = piece_of(length);
        d->length_counts[257 + d->length_symbol[piece]]++;
        ++*of_distance;
        length -= piece;
    }
}

/* The longest copy for what stands at `at`; 0: none. */
static size_t find_copy(struct deflate *d, const struct deflate_rows *rows, size_t at,
                        size_t *distance)
{
    const unsigned char *here = rows->bytes + at;
    size_t left = rows->size - at, best = 0;
    if (left < 4)
        return 0;
    uint32_t four = load_32(here);
    if (at >= rows->row_bytes && rows->row_bytes <= MAX_DISTANCE &&
        ((load_32(here - rows->row_bytes) ^ four) & THREE) == 0) {
        best = same(here, here - rows->row_bytes, left);
        *distance = rows->row_bytes;
        if (best >= rows->row_bytes)
            return best;
    }
    if (at >= rows->pixel_bytes && ((load_32(here - rows->pixel_bytes) ^ four) & THREE) == 0) {
        size_t run = same(here, here - rows->pixel_bytes, left);
        if (run >= best) {
            best = run;
            *distance = rows->pixel_bytes;
        }
    }
    if (best >= MIN_MATCH || rows->pixel_bytes < 3)
        return best;
    uint32_t *seen = &d->seen[four * 0x9E3779B1u >> (32 - HASH_BITS)];
    size_t before = *seen;
    *seen = (uint32_t)at + 1;
    if (before == 0 || at + 1 - before > MAX_DISTANCE || load_32(rows->bytes + before - 1) != four)
        return 0;
    *distance = at + 1 - before;
    best = same(here, rows->bytes + before - 1, left);
    return best >= MIN_FAR_MATCH ? best : 0;
}

/* Copies and literals from `from` on, until the block is full. Returns its end. */
static size_t find_copies(struct deflate *d, const struct deflate_rows *rows, size_t from)
{
    size_t at = from, literals = 0, end = rows->size;
    if (end - from > BLOCK_BYTES)
        end = from + BLOCK_BYTES;
    memset(d->length_counts, 0, sizeof d->length_counts);
    memset(d->distance_counts, 0, sizeof d->distance_counts);
    d->n_copies = 0;
    while (at < end && d->n_copies < BLOCK_COPIES) {
        size_t distance = 0, length = find_copy(d, rows, at, &distance);
        if (length) {
            add_copy(d, literals, length, distance);
            literals = 0;
            at += length;
        } else {
            size_t step = rows->size - at < rows->pixel_bytes ? rows->size - at : rows->pixel_bytes;
            literals += step;
            for (; step > 0; step--)
                d->length_counts[rows->bytes[at++]]++;
        }
    }
    d->copies[d->n_copies++] = (struct copy){(uint32_t)literals, 0, 0};
    d->length_counts[END]++;
    return at;
}

/* ---- bits ---------------------------------------------------------------- */

/* Up to 56 bits wait; out has room for eight bytes more than is written. */
struct bits {
    uint64_t waiting;
    unsigned n;
    unsigned char *out;
};

static inline void put_bits(struct bits *bits, uint64_t value, unsigned n)
{
    bits->waiting |= value << bits->n;
    bits->n += n;
}

/* Afterwards fewer than eight wait. */
static inline void flush_bits(struct bits *bits)
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

static void end_byte(struct bits *bits)
{
    bits->n = (bits->n + 7) & ~7u;
    flush_bits(bits);
}

/* ---- blocks -------------------------------------------------------------- */

/* Lengths of code words as RFC 1951, 3.2.7 writes them: a symbol each, or one
 * of three for a repeat; extra bits above the fifth. */
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

/* Head of a block with codes of its own. */
static void put_codes(const struct deflate *d, bool last, struct bits *bits)
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

static void put_copies(struct deflate *d, const unsigned char *from, struct bits *bits)
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

static void put_stored(const unsigned char *from, size_t size, bool last, struct bits *bits)
{
    do {
        size_t part = size < STORED_BYTES ? size : STORED_BYTES;
        put_bits(bits, last && part == size, 3);
        end_byte(bits);
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

size_t deflate_bound(size_t size)
{
    /* No literal takes more than nine bits and a copy no more than its literals
     * in the code that RFC 1951, 3.2.6 fixes, and ours is better; its head is
     * below 600 bytes, and a block has BLOCK_COPIES copies or comes last. */
    return size + size / 4 + 1024 * (size / (BLOCK_COPIES * MIN_MATCH) + 2);
}

size_t deflate_write(struct deflate *deflate, const struct deflate_rows *rows, unsigned char *out)
{
    struct bits bits = {0, 0, out + 2};
    size_t from = 0;
    out[0] = 0x78; /* deflate, window of 32 KiB */
    out[1] = 0x01; /* made fast; with the byte before a multiple of 31 */
    memset(deflate->seen, 0, sizeof deflate->seen);
    do {
        size_t end = find_copies(deflate, rows, from);
        bool last = end == rows->size;
        struct bits before = bits;
        huffman_build(deflate->length_counts, N_LENGTHS, HUFFMAN_MAX_BITS, deflate->lengths);
        huffman_build(deflate->distance_counts, N_DISTANCES, HUFFMAN_MAX_BITS, deflate->distances);
        put_codes(deflate, last, &bits);
        make_words(deflate);
        put_copies(deflate, rows->bytes + from, &bits);
        if ((size_t)(bits.out - before.out) > stored_size(end - from)) {
            bits = before;
            put_stored(rows->bytes + from, end - from, last, &bits);
        }
        from = end;
    } while (from < rows->size);
    end_byte(&bits);
    uint32_t check = libdeflate_adler32(1, rows->bytes, rows->size);
    for (int i = 0; i < 4; i++)
        *bits.out++ = (unsigned char)(check >> (24 - 8 * i));
    return (size_t)(bits.out - out);
}

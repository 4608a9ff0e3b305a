/* deflate.c - a zlib compressor tuned for the scan lines of maps. */
#include "layers/paint/deflate_internal.h"

#include <libdeflate.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* The first three bytes of four loaded as a number. */
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define THREE 0x00FFFFFFu
#else
#define THREE 0xFFFFFF00u
#endif

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

/* How many of the first max bytes at a and b are equal. */
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

/* Finds the longest copy for the bytes at `at`; 0: none. */
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

/* Collects copies and literals from `from` until the block is full. Returns its end. */
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

size_t deflate_bound(size_t size)
{
    /* In the fixed code of RFC 1951, 3.2.6 no literal takes more than nine bits, and a
     * copy no more than its literals; our codes are better. The header of a block has less
     * than 600 bytes, and each block but the last has BLOCK_COPIES copies. */
    return size + size / 4 + 1024 * (size / (BLOCK_COPIES * MIN_MATCH) + 2);
}

size_t deflate_write(struct deflate *deflate, const struct deflate_rows *rows, unsigned char *out)
{
    struct deflate_bits bits = {0, 0, out + 2};
    size_t from = 0;
    out[0] = 0x78; /* deflate, window of 32 KiB */
    out[1] = 0x01; /* compression level "fast"; with the byte before a multiple of 31 */
    memset(deflate->seen, 0, sizeof deflate->seen);
    do {
        size_t end = find_copies(deflate, rows, from);
        bool last = end == rows->size;
        deflate_put_block(deflate, rows->bytes + from, end - from, last, &bits);
        from = end;
    } while (from < rows->size);
    deflate_end_byte(&bits);
    uint32_t check = libdeflate_adler32(1, rows->bytes, rows->size);
    for (int i = 0; i < 4; i++)
        *bits.out++ = (unsigned char)(check >> (24 - 8 * i));
    return (size_t)(bits.out - out);
}

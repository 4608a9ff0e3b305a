/* huffman.c - builds length-limited Huffman codes for deflate. */
#include "layers/paint/huffman.h"

#include <string.h>

/* A symbol and its count in one number, for sorting: count << 9 | symbol. */
enum { SYMBOL_BITS = 9, SYMBOL_MASK = (1 << SYMBOL_BITS) - 1 };

/* Shell sort: a few hundred keys, mostly ordered already. */
static void sort_keys(uint32_t *keys, size_t n)
{
    static const size_t gaps[] = {57, 23, 10, 4, 1};
    for (size_t g = 0; g < sizeof gaps / sizeof *gaps; g++)
        for (size_t i = gaps[g]; i < n; i++) {
            uint32_t key = keys[i];
            size_t at = i;
            for (; at >= gaps[g] && keys[at - gaps[g]] > key; at -= gaps[g])
                keys[at] = keys[at - gaps[g]];
            keys[at] = key;
        }
}

static size_t used_keys(const uint32_t *counts, size_t n_symbols, uint32_t *keys)
{
    size_t n = 0;
    for (size_t i = 0; i < n_symbols; i++)
        if (counts[i])
            keys[n++] = counts[i] << SYMBOL_BITS | (uint32_t)i;
    for (size_t i = 0; n < 2 && i < n_symbols; i++)
        if (!counts[i])
            keys[n++] = 1u << SYMBOL_BITS | (uint32_t)i;
    sort_keys(keys, n);
    return n;
}

/* Counts the words of each length, from counts in ascending order: Moffat and Katajainen,
 * "In-place calculation of minimum-redundancy codes" (1995). */
static void count_lengths(const uint32_t *keys, size_t n, unsigned *of_length, int max_length)
{
    uint32_t a[HUFFMAN_MAX_SYMBOLS] = {0};
    for (size_t i = 0; i < n; i++)
        a[i] = keys[i] >> SYMBOL_BITS;
    /* Builds the tree from the leaves: a[i] becomes the parent of inner node i. */
    a[0] += a[1];
    size_t root = 0, leaf = 2;
    for (size_t next = 1; next + 1 < n; next++) {
        if (leaf >= n || a[root] < a[leaf]) {
            a[next] = a[root];
            a[root++] = (uint32_t)next;
        } else
            a[next] = a[leaf++];
        if (leaf >= n || (root < next && a[root] < a[leaf])) {
            a[next] += a[root];
            a[root++] = (uint32_t)next;
        } else
            a[next] += a[leaf++];
    }
    /* Depths of inner nodes, from the root; the free places of each level are leaves. */
    a[n - 2] = 0;
    for (size_t i = n - 2; i-- > 0;)
        a[i] = a[a[i]] + 1;
    size_t places = 1, inner = n - 1, left = n;
    for (uint32_t depth = 0; places > 0 && left > 0; depth++) {
        size_t used = 0;
        while (inner > 0 && a[inner - 1] == depth) {
            used++;
            inner--;
        }
        size_t leaves = places - used;
        of_length[depth < (uint32_t)max_length ? depth : (uint32_t)max_length] += (unsigned)leaves;
        left -= leaves;
        places = 2 * used;
    }
}

/* Words cut to max_bits exceed the code space: pairs of words are moved under a shorter
 * one until all fit (Kraft's sum in units of the longest word). */
static void make_fit(unsigned *of_length, int max_bits)
{
    uint32_t sum = 0;
    for (int i = 1; i <= max_bits; i++)
        sum += of_length[i] << (max_bits - i);
    for (; sum > 1u << max_bits; sum--) {
        int i = max_bits - 1;
        while (of_length[i] == 0)
            i--;
        of_length[max_bits]--;
        of_length[i]--;
        of_length[i + 1] += 2;
    }
}

static uint16_t reversed(unsigned word, int length)
{
    unsigned out = 0;
    for (int i = 0; i < length; i++)
        out |= (word >> i & 1) << (length - 1 - i);
    return (uint16_t)out;
}

void huffman_build(const uint32_t *counts, size_t n_symbols, int max_bits,
                   struct huffman_code *codes)
{
    uint32_t keys[HUFFMAN_MAX_SYMBOLS];
    unsigned of_length[HUFFMAN_MAX_BITS + 1] = {0}, next[HUFFMAN_MAX_BITS + 2] = {0};
    size_t n = used_keys(counts, n_symbols, keys), at = 0;
    count_lengths(keys, n, of_length, max_bits);
    make_fit(of_length, max_bits);
    memset(codes, 0, n_symbols * sizeof *codes);
    for (int length = max_bits; length > 0; length--) /* the rarest first */
        for (unsigned i = 0; i < of_length[length]; i++)
            codes[keys[at++] & SYMBOL_MASK].length = (uint8_t)length;
    for (int length = 1; length <= max_bits; length++)
        next[length + 1] = (next[length] + of_length[length]) << 1;
    for (size_t i = 0; i < n_symbols; i++)
        if (codes[i].length)
            codes[i].bits = reversed(next[codes[i].length]++, codes[i].length);
}

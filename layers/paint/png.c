/* png.c - PNG encoder: palette if there are 256 colours at most, else true colour. */
#include "layers/paint/png.h"

#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

#include "layers/paint/deflate.h"
#include "layers/paint/pixel.h"

enum {
    MAX_COLORS = 256,
    TABLE = 1024, /* slots of the colour table: a quarter full at most */
};

enum { COLOR_RGB = 2, COLOR_PALETTE = 3, COLOR_RGBA = 6 };

struct png_encoder {
    struct deflate *deflate;
    unsigned char *raw; /* filtered scan lines */
    size_t cap_raw;
    uint32_t keys[TABLE], colors[MAX_COLORS];
    int16_t slots[TABLE]; /* index of a colour, or -1 */
    int n_colors;
};

struct png_encoder *png_encoder_new(struct err *err)
{
    struct png_encoder *encoder = calloc(1, sizeof *encoder);
    if (encoder)
        encoder->deflate = deflate_new();
    if (!encoder || !encoder->deflate) {
        png_encoder_free(encoder);
        err_no_memory(err);
        return NULL;
    }
    return encoder;
}

void png_encoder_free(struct png_encoder *encoder)
{
    if (!encoder)
        return;
    deflate_free(encoder->deflate);
    free(encoder->raw);
    free(encoder);
}

static unsigned char *scratch(struct png_encoder *encoder, size_t size)
{
    if (size > encoder->cap_raw) {
        unsigned char *raw = realloc(encoder->raw, size);
        if (!raw)
            return NULL;
        encoder->raw = raw;
        encoder->cap_raw = size;
    }
    return encoder->raw;
}

static void put_u32(unsigned char *to, uint32_t value)
{
    to[0] = (unsigned char)(value >> 24);
    to[1] = (unsigned char)(value >> 16);
    to[2] = (unsigned char)(value >> 8);
    to[3] = (unsigned char)value;
}

static void put_chunk(struct buf *out, const char type[4], const unsigned char *data, size_t len)
{
    unsigned char head[8], tail[4];
    put_u32(head, (uint32_t)len);
    memcpy(head + 4, type, 4);
    uint32_t crc = libdeflate_crc32(0, type, 4);
    put_u32(tail, libdeflate_crc32(crc, data, len));
    buf_put(out, head, 8);
    buf_put(out, data, len);
    buf_put(out, tail, 4);
}

/* Index of a colour in the palette; -1 when it is full. */
static int color_index(struct png_encoder *encoder, uint32_t color)
{
    uint32_t slot = color * 0x9E3779B1u >> 22; /* ten bits: TABLE slots */
    while (encoder->slots[slot] >= 0 && encoder->keys[slot] != color)
        slot = (slot + 1) % TABLE;
    if (encoder->slots[slot] >= 0)
        return encoder->slots[slot];
    if (encoder->n_colors == MAX_COLORS)
        return -1;
    encoder->keys[slot] = color;
    encoder->colors[encoder->n_colors] = color;
    encoder->slots[slot] = (int16_t)encoder->n_colors;
    return encoder->n_colors++;
}

/* Converts pixels to palette indexes, a byte each; false if 256 colours are too few. Maps
 * have long runs of one colour: the last colour is remembered, and eight equal pixels are
 * converted at once. */
static bool index_pixels(struct png_encoder *encoder, const uint32_t *pixels, size_t width,
                         size_t height, size_t stride, bool opaque, unsigned char *to)
{
    uint32_t ignore = opaque ? 0xFF000000u : 0;
    memset(encoder->slots, 0xFF, sizeof encoder->slots);
    encoder->n_colors = 0;
    uint32_t last = pixels[0] | ignore;
    int index = color_index(encoder, last);
    for (size_t y = 0; y < height; y++) {
        const uint32_t *row = pixels + y * stride;
        unsigned char *line = to + y * (width + 1);
        *line++ = 0; /* no filter: indexes do not interpolate */
        if (y > 0 && memcmp(row, row - stride, width * sizeof *row) == 0) {
            memcpy(line, line - (width + 1), width);
            continue;
        }
        for (size_t x = 0; x < width;) {
            if (x + 8 <= width) {
                uint32_t differs = 0;
                for (size_t k = 0; k < 8; k++)
                    differs |= (row[x + k] | ignore) ^ last;
                if (!differs) {
                    memset(line + x, index, 8);
                    x += 8;
                    continue;
                }
            }
            for (size_t end = x + 8 < width ? x + 8 : width; x < end; x++) {
                uint32_t color = row[x] | ignore;
                if (color != last) {
                    index = color_index(encoder, color);
                    if (index < 0)
                        return false;
                    last = color;
                }
                line[x] = (unsigned char)index;
            }
        }
    }
    return true;
}

/* Packs n pixels from the high bits down. */
static unsigned char packed_byte(const unsigned char *line, size_t n, int depth)
{
    unsigned byte = 0;
    for (size_t i = 0; i < n; i++)
        byte |= (unsigned)line[i] << (8 - depth * (int)(i + 1));
    return (unsigned char)byte;
}

/* Packs byte indexes into `depth` bits, in place. Returns the size. */
static size_t pack(unsigned char *raw, size_t width, size_t height, int depth)
{
    if (depth == 8)
        return height * (width + 1);
    size_t per_byte = 8 / (size_t)depth;
    unsigned char *to = raw;
    for (size_t y = 0; y < height; y++) {
        const unsigned char *line = raw + y * (width + 1) + 1, *end = line + width;
        *to++ = 0;
        for (; line + 8 <= end; line += 8) { /* as many bytes as a pixel has bits */
            uint64_t eight;
            memcpy(&eight, line, 8);
            if (eight == line[0] * 0x0101010101010101u)
                memset(to, line[0] * 0xFF / ((1 << depth) - 1), (size_t)depth);
            else
                for (int i = 0; i < depth; i++)
                    to[i] = packed_byte(line + (size_t)i * per_byte, per_byte, depth);
            to += depth;
        }
        for (; line < end; line += per_byte) {
            size_t left = (size_t)(end - line);
            *to++ = packed_byte(line, left < per_byte ? left : per_byte, depth);
        }
    }
    return (size_t)(to - raw);
}

/* Converts pixels to bytes of colour, unfiltered: repetitions are found as they are. */
static size_t true_color(const uint32_t *pixels, size_t width, size_t height, size_t stride,
                         bool opaque, unsigned char *to)
{
    unsigned char *start = to;
    for (size_t y = 0; y < height; y++) {
        const uint32_t *row = pixels + y * stride;
        *to++ = 0;
        if (opaque)
            for (size_t x = 0; x < width; x++, to += 3)
                put_u32(to, row[x] << 8); /* and a byte that the next one overwrites */
        else
            for (size_t x = 0; x < width; x++, to += 4) {
                uint32_t c = pixel_straight(row[x], false);
                put_u32(to, c << 8 | c >> 24);
            }
    }
    return (size_t)(to - start);
}

static void put_palette(const struct png_encoder *encoder, bool opaque, struct buf *out)
{
    unsigned char rgb[3 * MAX_COLORS] = {0}, alpha[MAX_COLORS];
    bool clear = false;
    for (int i = 0; i < encoder->n_colors; i++) {
        uint32_t color = pixel_straight(encoder->colors[i], opaque);
        rgb[3 * i] = (unsigned char)(color >> 16);
        rgb[3 * i + 1] = (unsigned char)(color >> 8);
        rgb[3 * i + 2] = (unsigned char)color;
        alpha[i] = (unsigned char)(color >> 24);
        clear |= alpha[i] < 255;
    }
    put_chunk(out, "PLTE", rgb, 3 * (size_t)encoder->n_colors);
    if (clear)
        put_chunk(out, "tRNS", alpha, (size_t)encoder->n_colors);
}

/* Compresses the IDAT chunk directly into out. */
static void put_data(struct deflate *deflate, const struct deflate_rows *rows, struct buf *out)
{
    if (!buf_reserve(out, deflate_bound(rows->size) + 12))
        return;
    unsigned char *chunk = (unsigned char *)out->data + out->len;
    size_t len = deflate_write(deflate, rows, chunk + 8);
    put_u32(chunk, (uint32_t)len);
    memcpy(chunk + 4, "IDAT", 4);
    put_u32(chunk + 8 + len, libdeflate_crc32(0, chunk + 4, len + 4));
    out->len += len + 12;
}

struct image {
    size_t width, height, size; /* px, px, bytes of all scan lines */
    int depth;
    bool indexed, opaque;
};

static bool put_file(struct png_encoder *encoder, const struct image *image, struct buf *out,
                     struct err *err)
{
    static const unsigned char signature[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    unsigned char header[13] = {0};
    struct deflate_rows rows = {encoder->raw, image->size, image->size / image->height, 1};
    if (!image->indexed)
        rows.pixel_bytes = image->opaque ? 3 : 4;
    put_u32(header, (uint32_t)image->width);
    put_u32(header + 4, (uint32_t)image->height);
    header[8] = (unsigned char)image->depth;
    header[9] = image->indexed ? COLOR_PALETTE : image->opaque ? COLOR_RGB : COLOR_RGBA;
    buf_put(out, signature, sizeof signature);
    put_chunk(out, "IHDR", header, sizeof header);
    if (image->indexed)
        put_palette(encoder, image->opaque, out);
    put_data(encoder->deflate, &rows, out);
    put_chunk(out, "IEND", header, 0);
    return buf_failed(out) ? err_no_memory(err) : true;
}

bool png_encode(struct png_encoder *encoder, const uint32_t *pixels, int width_px, int height_px,
                int stride, bool opaque, struct buf *out, struct err *err)
{
    struct image image = {(size_t)width_px, (size_t)height_px, 0, 8, false, opaque};
    unsigned char *raw = scratch(encoder, image.height * (image.width * 4 + 1));
    if (!raw)
        return err_no_memory(err);
    image.indexed =
        index_pixels(encoder, pixels, image.width, image.height, (size_t)stride, opaque, raw);
    if (image.indexed) {
        int n = encoder->n_colors;
        image.depth = n > 16 ? 8 : n > 4 ? 4 : n > 2 ? 2 : 1;
        image.size = pack(raw, image.width, image.height, image.depth);
    } else
        image.size = true_color(pixels, image.width, image.height, (size_t)stride, opaque, raw);
    return put_file(encoder, &image, out, err);
}

bool png_encode_one_color(struct png_encoder *encoder, uint32_t pixel, int width_px, int height_px,
                          bool opaque, struct buf *out, struct err *err)
{
    struct image image = {(size_t)width_px, (size_t)height_px, 0, 1, true, opaque};
    image.size = image.height * (1 + (image.width + 7) / 8);
    if (!scratch(encoder, image.size))
        return err_no_memory(err);
    memset(encoder->raw, 0, image.size);
    encoder->colors[0] = opaque ? pixel | 0xFF000000u : pixel;
    encoder->n_colors = 1;
    return put_file(encoder, &image, out, err);
}

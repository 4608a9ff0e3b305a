/* mvt_wire.h - the protobuf wire format, as far as vector tiles need it.
 *
 * Writers take a position with enough room (WIRE_VARINT_MAX a number), and return the
 * position after what they wrote.
 */
#ifndef LAYERS_MVT_WIRE_H
#define LAYERS_MVT_WIRE_H

#include <stddef.h>
#include <stdint.h>

enum { WIRE_VARINT_MAX = 10 };

/* Field tags, number << 3 | wire type, of vector_tile.proto 2.1. */
enum {
    WIRE_TILE_LAYER = 0x1A,
    WIRE_LAYER_NAME = 0x0A,
    WIRE_LAYER_FEATURE = 0x12,
    WIRE_LAYER_KEY = 0x1A,
    WIRE_LAYER_VALUE = 0x22,
    WIRE_LAYER_EXTENT = 0x28,
    WIRE_LAYER_VERSION = 0x78,
    WIRE_FEATURE_ID = 0x08,
    WIRE_FEATURE_TAGS = 0x12,
    WIRE_FEATURE_TYPE = 0x18,
    WIRE_FEATURE_GEOMETRY = 0x22,
    WIRE_VALUE_STRING = 0x0A,
    WIRE_VALUE_DOUBLE = 0x19,
    WIRE_VALUE_INT = 0x20,
    WIRE_VALUE_SINT = 0x30,
    WIRE_VALUE_BOOL = 0x38,
};

static inline char *wire_varint(char *to, uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        *to++ = (char)(value | 0x80);
    *to++ = (char)value;
    return to;
}

static inline uint64_t wire_zigzag(int64_t value)
{
    return ((uint64_t)value << 1) ^ (value < 0 ? UINT64_MAX : 0);
}

static inline size_t wire_varint_size(uint64_t value)
{
    size_t size = 1;
    for (; value >= 0x80; value >>= 7)
        size++;
    return size;
}

#endif

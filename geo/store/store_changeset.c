/* store_changeset.c - the form of a changeset: tables, each with its changes. */
#include "geo/store/store_changeset.h"

#include <stdint.h>
#include <string.h>

enum { COLUMNS_MAX = 2000, INSERT = 18, DELETE = 9, UPDATE = 23 };

struct walk {
    const uint8_t *at, *end;
};

static bool skip(struct walk *walk, uint64_t n)
{
    if (n > (uint64_t)(walk->end - walk->at))
        return false;
    walk->at += n;
    return true;
}

/* SQLite's: seven bits a byte, the high ones first; lengths take five bytes at most. */
static bool take_varint(struct walk *walk, uint64_t *out)
{
    *out = 0;
    for (int i = 0; i < 5 && walk->at < walk->end; i++) {
        uint8_t byte = *walk->at++;
        *out = *out << 7 | (byte & 0x7Fu);
        if (byte < 0x80)
            return true;
    }
    return false;
}

/* By type: nothing, 8 bytes of a number, or a length and its bytes. */
static bool skip_value(struct walk *walk)
{
    uint64_t len;
    if (walk->at == walk->end)
        return false;
    switch (*walk->at++) {
    case 0: /* not given */
    case 5: /* NULL */
        return true;
    case 1:
    case 2:
        return skip(walk, 8);
    case 3:
    case 4:
        return take_varint(walk, &len) && skip(walk, len);
    default:
        return false;
    }
}

/* 'T', how many columns, which are of the key, the name with its NUL. */
static bool take_table(struct walk *walk, uint64_t *columns)
{
    if (*walk->at++ != 'T' || !take_varint(walk, columns) || *columns < 1 ||
        *columns > COLUMNS_MAX || !skip(walk, *columns))
        return false;
    const uint8_t *end = memchr(walk->at, 0, (size_t)(walk->end - walk->at));
    return end && skip(walk, (uint64_t)(end - walk->at) + 1);
}

static bool take_change(struct walk *walk, uint64_t columns)
{
    uint8_t operation = *walk->at;
    if ((operation != INSERT && operation != DELETE && operation != UPDATE) || !skip(walk, 2))
        return false;
    uint64_t values = operation == UPDATE ? 2 * columns : columns;
    while (values && skip_value(walk))
        values--;
    return values == 0;
}

bool store_changeset_whole(const void *bytes, size_t len)
{
    struct walk walk = {bytes, (const uint8_t *)bytes + len};
    uint64_t columns = 0;
    while (walk.at < walk.end)
        if (!(*walk.at == 'T' ? take_table(&walk, &columns)
                              : columns && take_change(&walk, columns)))
            return false;
    return true;
}

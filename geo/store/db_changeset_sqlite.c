/* db_changeset_sqlite.c - checks the form of a changeset: tables, each with its changes. */
#include "geo/store/db_changeset_sqlite.h"

#include <stdint.h>
#include <string.h>

enum { COLUMNS_MAX = 2000, INSERT = 18, DELETE = 9, UPDATE = 23 };
enum { NOT_GIVEN = 0, NONE = 5 }; /* types of a value */

struct db_changeset_walk {
    const uint8_t *at, *end;
    const uint8_t *keys; /* by column of the table: part of the primary key */
    uint64_t columns;
};

static bool skip(struct db_changeset_walk *walk, uint64_t n)
{
    if (n > (uint64_t)(walk->end - walk->at))
        return false;
    walk->at += n;
    return true;
}

/* SQLite's varint: seven bits a byte, high ones first. Lengths take at most five bytes. */
static bool take_varint(struct db_changeset_walk *walk, uint64_t *out)
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

/* Skips a value: by its type nothing, the 8 bytes of a number, or a length and its bytes. */
static bool skip_value(struct db_changeset_walk *walk)
{
    uint64_t len;
    switch (*walk->at++) {
    case NOT_GIVEN:
    case NONE: /* NULL */
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

/* A table's header: 'T', the number of columns, the flags of key columns, the name with
 * its NUL. */
static bool take_table(struct db_changeset_walk *walk)
{
    if (*walk->at++ != 'T' || !take_varint(walk, &walk->columns) || walk->columns < 1 ||
        walk->columns > COLUMNS_MAX)
        return false;
    walk->keys = walk->at;
    if (!skip(walk, walk->columns))
        return false;
    const uint8_t *end = memchr(walk->at, 0, (size_t)(walk->end - walk->at));
    return end && skip(walk, (uint64_t)(end - walk->at) + 1);
}

/* given[column] is set for each value that is present. */
static bool take_row(struct db_changeset_walk *walk, bool *given)
{
    for (uint64_t i = 0; i < walk->columns; i++) {
        if (walk->at == walk->end || (walk->keys[i] && *walk->at == NONE))
            return false;
        given[i] = *walk->at != NOT_GIVEN;
        if (!skip_value(walk))
            return false;
    }
    return true;
}

/* An inserted or deleted row has all its values. An updated row has first the old values
 * (those of the key and of the changed columns), then the new values of the changed
 * columns. SQLite reads values that should be present without checking. */
static bool take_change(struct db_changeset_walk *walk)
{
    bool first[COLUMNS_MAX], then[COLUMNS_MAX];
    uint8_t operation = *walk->at;
    bool changed = operation == UPDATE;
    if ((operation != INSERT && operation != DELETE && !changed) || !skip(walk, 2) ||
        !take_row(walk, first) || (changed && !take_row(walk, then)))
        return false;
    for (uint64_t i = 0; i < walk->columns; i++) {
        bool right = !changed        ? first[i]
                     : walk->keys[i] ? first[i] && !then[i]
                                     : first[i] == then[i];
        if (!right)
            return false;
    }
    return true;
}

bool db_changeset_whole(const void *bytes, size_t len)
{
    struct db_changeset_walk walk = {bytes, (const uint8_t *)bytes + len, NULL, 0};
    while (walk.at < walk.end)
        if (!(*walk.at == 'T' ? take_table(&walk) : walk.columns && take_change(&walk)))
            return false;
    return true;
}

/* fuzz_source_wire.c - any bytes as messages of the process that reads a source.
 * Frames are decoded as they arrive; what is decoded is the same after it is written and read
 * again. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/text.h"
#include "geo/source/source_wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { COLUMNS = 3 };

static volatile size_t seen; /* so that the compiler keeps the reads */

/* Reads every text to its end and every byte of a geometry. */
static void touch_row(const struct geo_source_row *row, const struct source_cell *cells)
{
    for (size_t c = 0; c < COLUMNS; c++)
        if ((cells[c].kind == SOURCE_CELL_EMPTY) != !cells[c].text ||
            (cells[c].text && !text_is_utf8(cells[c].text, strlen(cells[c].text))))
            abort();
    for (size_t i = 0; i < row->wkb_len; i++)
        seen += row->wkb[i];
    if (row->unrepaired_why)
        seen += strlen(row->unrepaired_why);
    if (row->shape > GEO_SOURCE_POLYGON || strlen(row->repair.reason) >= sizeof row->repair.reason)
        abort();
}

static void read_row(const unsigned char *bytes, size_t len)
{
    struct source_cell cells[COLUMNS], again[COLUMNS];
    struct geo_source_row row, same;
    struct err bad = {0}, err = {0};
    struct buf out;
    enum wire_kind kind;
    size_t out_len;
    if (!wire_row(bytes, len, cells, COLUMNS, &row, &bad, &err))
        return;
    touch_row(&row, cells);
    buf_init(&out);
    wire_put_row(&out, &row, COLUMNS, &bad);
    const unsigned char *frame = (const unsigned char *)out.data;
    if (buf_failed(&out) || !wire_head(frame, &kind, &out_len, &err) || kind != WIRE_ROW ||
        out_len != out.len - WIRE_HEAD ||
        !wire_row(frame + WIRE_HEAD, out_len, again, COLUMNS, &same, &bad, &err) ||
        same.line != row.line || same.wkb_len != row.wkb_len)
        abort();
    for (size_t c = 0; c < COLUMNS; c++)
        if (cells[c].kind != again[c].kind ||
            (cells[c].text && strcmp(cells[c].text, again[c].text) != 0))
            abort();
    buf_free(&out);
}

static void read_info(const unsigned char *bytes, size_t len)
{
    struct arena *arena = arena_new();
    struct source_info info;
    struct err err = {0};
    struct buf out;
    buf_init(&out);
    if (arena && wire_info(bytes, len, arena, &info, &err)) {
        wire_put_info(&out, &info);
        if (buf_failed(&out) || out.len != len + WIRE_HEAD)
            abort();
    }
    buf_free(&out);
    arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct err said, err = {0};
    enum wire_kind kind;
    size_t len;
    for (size_t at = 0; at + WIRE_HEAD <= size;) {
        if (!wire_head(data + at, &kind, &len, &err))
            return 0;
        at += WIRE_HEAD;
        len = len < size - at ? len : size - at;
        /* An exact copy, so that sanitizers see a read past its end. */
        unsigned char *frame = malloc(len + 1);
        if (!frame)
            return 0;
        memcpy(frame, data + at, len);
        unsigned char *exact = realloc(frame, len ? len : 1);
        frame = exact ? exact : frame;
        if (kind == WIRE_ROW)
            read_row(frame, len);
        else if (kind == WIRE_INFO)
            read_info(frame, len);
        else
            wire_error(frame, len, &said, &err);
        free(frame);
        at += len;
    }
    return 0;
}

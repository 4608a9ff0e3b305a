/* source_wire.c - encodes and decodes a source's description and rows. */
#include "geo/source/source_wire.h"

#include <math.h>
#include <string.h>

#include "geo/base/text.h"
#include "geo/texts/charset.h"

static const uint32_t no_text = UINT32_MAX;

/* Writing ---------------------------------------------------------------------- */

static void put_u32(struct buf *out, uint32_t value)
{
    buf_put(out, &value, sizeof value);
}

static void put_i64(struct buf *out, int64_t value)
{
    buf_put(out, &value, sizeof value);
}

static void put_real(struct buf *out, double value)
{
    buf_put(out, &value, sizeof value);
}

/* The reader takes UTF-8 only, and a name that GDAL gives may be in any encoding. */
static void put_decoded(struct buf *out, const char *text, size_t len)
{
    struct buf utf8;
    buf_init(&utf8);
    charset_decode(charset_of(text, len, CHARSET_CP1252), text, len, &utf8);
    buf_putc(&utf8, '\0');
    if (buf_failed(&utf8) || utf8.len > WIRE_FRAME_MAX)
        out->failed = true;
    else {
        put_u32(out, (uint32_t)utf8.len - 1);
        buf_put(out, utf8.data, utf8.len);
    }
    buf_free(&utf8);
}

static void put_text(struct buf *out, const char *text)
{
    size_t len = text ? strlen(text) : 0;
    if (len >= WIRE_FRAME_MAX) {
        out->failed = true;
        return;
    }
    if (text && !text_is_utf8(text, len)) {
        put_decoded(out, text, len);
        return;
    }
    put_u32(out, text ? (uint32_t)len : no_text);
    if (text)
        buf_put(out, text, len + 1);
}

/* The same as a kind and put_text(), in one piece: most of what is written are cells. */
static void put_kind_text(struct buf *out, char kind, const char *text)
{
    size_t len = strlen(text);
    uint32_t short_len = (uint32_t)len;
    if (len >= WIRE_FRAME_MAX || !buf_reserve(out, len + sizeof short_len + 2)) {
        out->failed = true;
        return;
    }
    char *at = out->data + out->len;
    *at++ = kind;
    memcpy(at, &short_len, sizeof short_len);
    memcpy(at + sizeof short_len, text, len + 1);
    out->len += len + sizeof short_len + 2;
}

/* A library's message may be in any encoding. */
static void put_message(struct buf *out, const char *message)
{
    char plain[ERR_MESSAGE_MAX];
    size_t len = strnlen(message, sizeof plain - 1);
    memcpy(plain, message, len);
    plain[len] = '\0';
    for (size_t i = 0; !text_is_utf8(plain, len) && i < len; i++)
        if ((unsigned char)plain[i] >= 0x80)
            plain[i] = '?';
    put_text(out, plain);
}

static void put_err(struct buf *out, enum err_kind kind, const char *message)
{
    buf_putc(out, (char)kind);
    if (kind != ERR_NONE)
        put_message(out, message);
}

/* The length is filled in when the frame is complete. */
static size_t begin(struct buf *out, enum wire_kind kind)
{
    size_t at = out->len;
    put_u32(out, 0);
    buf_putc(out, (char)kind);
    return at;
}

static void end(struct buf *out, size_t at)
{
    if (buf_failed(out))
        return;
    size_t len = out->len - at - WIRE_HEAD;
    uint32_t short_len = (uint32_t)len;
    if (len > WIRE_FRAME_MAX)
        out->failed = true;
    else
        memcpy(out->data + at, &short_len, sizeof short_len);
}

static void put_table(struct buf *out, const struct geo_source_table *table)
{
    put_text(out, table->name);
    put_text(out, table->hidden);
    put_u32(out, (uint32_t)table->n_columns);
    for (size_t c = 0; c < table->n_columns; c++) {
        put_text(out, table->columns[c]);
        put_text(out, table->matches[c]);
    }
    buf_putc(out, (char)table->suits);
    for (int g = 0; g <= GEO_ANY_GEOMETRY; g++)
        buf_putc(out, (char)table->suits_for[g]);
    buf_putc(out, table->has_geometry);
    put_i64(out, table->geometry_column);
    put_i64(out, table->geometry_rival);
    put_i64(out, table->epsg);
    put_text(out, table->crs);
    put_text(out, table->place);
    put_i64(out, table->count);
    buf_putc(out, (char)table->zeros);
    put_text(out, table->note);
}

void wire_put_info(struct buf *out, const struct source_info *info)
{
    size_t at = begin(out, WIRE_INFO);
    put_u32(out, (uint32_t)info->n_tables);
    for (size_t t = 0; t < info->n_tables; t++)
        put_table(out, &info->tables[t]);
    put_text(out, info->note);
    end(out, at);
}

static void put_cell(struct buf *out, const struct source_cell *cell)
{
    if (cell->kind == SOURCE_CELL_EMPTY)
        buf_putc(out, (char)cell->kind);
    else
        put_kind_text(out, (char)cell->kind, cell->text);
}

static void put_repair(struct buf *out, const struct geo_repair *repair)
{
    buf_putc(out, repair->changed);
    if (!repair->changed)
        return;
    put_text(out, repair->reason);
    put_real(out, repair->lon_deg);
    put_real(out, repair->lat_deg);
    put_real(out, repair->change_m2);
}

void wire_put_row(struct buf *out, const struct geo_source_row *row, size_t n_columns,
                  const struct err *bad)
{
    size_t at = begin(out, WIRE_ROW);
    put_i64(out, row->line);
    put_err(out, bad->kind, bad->message);
    static const struct source_cell empty = {SOURCE_CELL_EMPTY, NULL};
    for (size_t c = 0; c < n_columns; c++)
        put_cell(out, row->cells ? &row->cells[c] : &empty);
    buf_putc(out, (char)row->shape);
    put_text(out, row->note);
    if (row->shape == GEO_SOURCE_POINT) {
        put_real(out, row->x);
        put_real(out, row->y);
    }
    if (row->shape == GEO_SOURCE_POLYGON) {
        put_err(out, row->unrepaired, row->unrepaired_why);
        put_repair(out, &row->repair);
    }
    if (row->shape != GEO_SOURCE_NONE) {
        put_u32(out, row->wkb ? (uint32_t)row->wkb_len : 0);
        if (row->wkb)
            buf_put(out, row->wkb, row->wkb_len);
    }
    end(out, at);
}

static void put_examples(struct buf *out, const struct column_facts *facts)
{
    for (size_t t = 0; t < COLUMN_TRAITS; t++) {
        put_i64(out, facts->n[t]);
        put_i64(out, facts->first[t].line);
        put_text(out, facts->first[t].text);
    }
}

void wire_put_facts(struct buf *out, const struct column_facts *facts, size_t n_columns,
                    const char *note)
{
    size_t at = begin(out, WIRE_FACTS);
    for (size_t c = 0; c < n_columns; c++) {
        put_i64(out, facts[c].values);
        put_i64(out, facts[c].empty);
        put_i64(out, facts[c].longest);
        put_examples(out, &facts[c]);
    }
    put_text(out, note);
    end(out, at);
}

void wire_put_error(struct buf *out, enum wire_kind kind, const struct err *err)
{
    size_t at = begin(out, kind);
    put_err(out, err->kind, err->message);
    end(out, at);
}

/* Reading ---------------------------------------------------------------------- */

/* The rest of a frame. After a value that does not fit, all others are zero. */
struct cursor {
    const unsigned char *at, *end;
    bool failed;
};

static const unsigned char *take(struct cursor *from, size_t len)
{
    if (from->failed || (size_t)(from->end - from->at) < len) {
        from->failed = true;
        return NULL;
    }
    const unsigned char *taken = from->at;
    from->at += len;
    return taken;
}

static void take_into(struct cursor *from, void *value, size_t size)
{
    const unsigned char *bytes = take(from, size);
    if (bytes)
        memcpy(value, bytes, size);
    else
        memset(value, 0, size);
}

static uint32_t take_u32(struct cursor *from)
{
    uint32_t value;
    take_into(from, &value, sizeof value);
    return value;
}

static int64_t take_i64(struct cursor *from)
{
    int64_t value;
    take_into(from, &value, sizeof value);
    return value;
}

static double take_real(struct cursor *from)
{
    double value;
    take_into(from, &value, sizeof value);
    return value;
}

/* Takes a byte; more than `most` is an error. */
static unsigned take_small(struct cursor *from, unsigned most)
{
    const unsigned char *byte = take(from, 1);
    if (byte && *byte > most)
        from->failed = true;
    return from->failed ? 0 : *byte;
}

static const char *take_text(struct cursor *from)
{
    uint32_t len = take_u32(from);
    if (from->failed || len == no_text)
        return NULL;
    const char *text = (const char *)take(from, (size_t)len + 1);
    if (text && (text[len] || memchr(text, '\0', len) || !text_is_utf8(text, len)))
        from->failed = true;
    return from->failed ? NULL : text;
}

static const char *take_some_text(struct cursor *from)
{
    const char *text = take_text(from);
    from->failed = from->failed || !text;
    return text;
}

/* The message is NULL for ERR_NONE. */
static enum err_kind take_kind(struct cursor *from, const char **message)
{
    enum err_kind kind = (enum err_kind)take_small(from, ERR_CANCELLED);
    *message = kind == ERR_NONE ? NULL : take_some_text(from);
    return kind;
}

static void take_err(struct cursor *from, struct err *err)
{
    const char *message;
    enum err_kind kind = take_kind(from, &message);
    err->kind = ERR_NONE;
    if (message)
        err_set(err, kind, "%s", message);
}

/* True if all of the frame was used and valid. */
static bool finished(const struct cursor *from, struct err *err)
{
    return (!from->failed && from->at == from->end) ||
           err_set(err, ERR_DEPENDENCY, "el proceso que lee la fuente contestó algo sin sentido");
}

bool wire_head(const unsigned char head[WIRE_HEAD], enum wire_kind *kind, size_t *len,
               struct err *err)
{
    struct cursor from = {head, head + WIRE_HEAD, false};
    *len = take_u32(&from);
    *kind = (enum wire_kind)take_small(&from, WIRE_KINDS - 1);
    from.failed = from.failed || *kind < WIRE_INFO || *len > WIRE_FRAME_MAX;
    return finished(&from, err);
}

/* A number of things of which each takes `least` bytes or more. */
static size_t take_count(struct cursor *from, size_t least)
{
    size_t n = take_u32(from);
    if (n > (size_t)(from->end - from->at) / least)
        from->failed = true;
    return from->failed ? 0 : n;
}

static bool take_table(struct cursor *from, struct arena *arena, struct geo_source_table *table,
                       struct err *err)
{
    table->name = take_some_text(from);
    table->hidden = take_text(from);
    table->n_columns = take_count(from, 10); /* twice a length, and the NUL */
    const char **columns = arena_array(arena, table->n_columns, sizeof *columns);
    const char **matches = arena_array(arena, table->n_columns, sizeof *matches);
    if (!columns || !matches)
        return err_no_memory(err);
    for (size_t c = 0; c < table->n_columns; c++) {
        columns[c] = take_some_text(from);
        matches[c] = take_some_text(from);
    }
    table->columns = columns;
    table->matches = matches;
    table->suits = (int)take_small(from, 2);
    for (int g = 0; g <= GEO_ANY_GEOMETRY; g++)
        table->suits_for[g] = (int)take_small(from, 2);
    table->has_geometry = take_small(from, 1);
    int64_t geometry = take_i64(from);
    int64_t rival = take_i64(from);
    int64_t epsg = take_i64(from);
    table->crs = take_some_text(from);
    table->place = take_some_text(from);
    table->count = take_i64(from);
    table->zeros = (enum source_zeros)take_small(from, SOURCE_ZEROS_OF_ALL_EMPTY);
    table->note = take_text(from);
    from->failed = from->failed || epsg < 0 || epsg > INT32_MAX || table->count < -1 ||
                   geometry < -1 || geometry >= (int64_t)table->n_columns || rival < -1 ||
                   rival >= (int64_t)table->n_columns || (rival >= 0 && geometry < 0);
    table->geometry_column = (int)geometry;
    table->geometry_rival = (int)rival;
    table->epsg = (int)epsg;
    return true;
}

bool wire_info(const unsigned char *bytes, size_t len, struct arena *arena,
               struct source_info *info, struct err *err)
{
    struct cursor from = {bytes, bytes + len, false};
    *info = (struct source_info){.n_tables = take_count(&from, 32)};
    info->tables = arena_array(arena, info->n_tables, sizeof *info->tables);
    if (!info->tables)
        return err_no_memory(err);
    for (size_t t = 0; t < info->n_tables && !from.failed; t++)
        if (!take_table(&from, arena, &info->tables[t], err))
            return false;
    info->note = take_text(&from);
    return finished(&from, err);
}

static void take_cell(struct cursor *from, struct source_cell *cell)
{
    cell->kind = (enum source_cell_kind)take_small(from, SOURCE_CELL_KINDS - 1);
    cell->text = cell->kind == SOURCE_CELL_EMPTY ? NULL : take_some_text(from);
}

static void take_repair(struct cursor *from, struct geo_repair *repair)
{
    *repair = (struct geo_repair){.lon_deg = NAN, .lat_deg = NAN};
    repair->changed = take_small(from, 1);
    if (!repair->changed)
        return;
    const char *reason = take_some_text(from);
    if (reason && strlen(reason) < sizeof repair->reason)
        memcpy(repair->reason, reason, strlen(reason) + 1);
    else
        from->failed = true;
    repair->lon_deg = take_real(from);
    repair->lat_deg = take_real(from);
    repair->change_m2 = take_real(from);
    from->failed = from->failed || !isfinite(repair->change_m2);
}

bool wire_row(const unsigned char *bytes, size_t len, struct source_cell *cells, size_t n_columns,
              struct geo_source_row *row, struct err *bad, struct err *err)
{
    struct cursor from = {bytes, bytes + len, false};
    *row = (struct geo_source_row){.line = take_i64(&from), .cells = cells};
    take_err(&from, bad);
    for (size_t c = 0; c < n_columns; c++)
        take_cell(&from, &cells[c]);
    row->shape = (enum geo_source_shape)take_small(&from, GEO_SOURCE_POLYGON);
    row->note = take_text(&from);
    if (row->shape == GEO_SOURCE_POINT) {
        row->x = take_real(&from);
        row->y = take_real(&from);
        from.failed = from.failed || !isfinite(row->x) || !isfinite(row->y);
    }
    if (row->shape == GEO_SOURCE_POLYGON) {
        row->unrepaired = take_kind(&from, &row->unrepaired_why);
        take_repair(&from, &row->repair);
    }
    if (row->shape != GEO_SOURCE_NONE) {
        row->wkb_len = take_u32(&from);
        row->wkb = take(&from, row->wkb_len);
    }
    return finished(&from, err);
}

/* A count, which is not negative. */
static int64_t take_whole(struct cursor *from)
{
    int64_t value = take_i64(from);
    from->failed = from->failed || value < 0;
    return from->failed ? 0 : value;
}

bool wire_facts(const unsigned char *bytes, size_t len, struct column_facts *facts,
                size_t n_columns, struct buf *note, struct err *err)
{
    struct cursor from = {bytes, bytes + len, false};
    for (size_t c = 0; c < n_columns; c++) {
        facts[c].values = take_whole(&from);
        facts[c].empty = take_whole(&from);
        facts[c].longest = take_whole(&from);
        for (size_t t = 0; t < COLUMN_TRAITS; t++) {
            facts[c].n[t] = take_whole(&from);
            facts[c].first[t].line = take_whole(&from);
            const char *text = take_some_text(&from);
            from.failed = from.failed || strlen(text) >= COLUMN_EXAMPLE_MAX;
            strcpy(facts[c].first[t].text, from.failed ? "" : text);
        }
    }
    const char *said = take_text(&from);
    if (said)
        buf_puts(note, said);
    return finished(&from, err);
}

bool wire_error(const unsigned char *bytes, size_t len, struct err *said, struct err *err)
{
    struct cursor from = {bytes, bytes + len, false};
    take_err(&from, said);
    return finished(&from, err);
}

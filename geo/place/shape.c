/* shape.c - parses WKB into coordinate arrays, writes WKB, tests points in polygons. */
#include "geo/place/shape.h"

#include <inttypes.h>
#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "geo/place/orient.h"

/* Offsets have 32 bits; no geometry of a field record comes near that. */
static const size_t MAX_WKB = (size_t)1 << 30;

/* The bytes not read yet, and the arrays being filled. While the arrays are
 * NULL the reader only counts and checks. */
struct shape_reader {
    const unsigned char *at, *end;
    size_t n_points, n_rings, n_parts;
    struct geo_shape_room room;
    struct geo_box box;
    bool plane; /* any finite numbers */
};

struct shape_header {
    bool big; /* most significant byte first */
    uint32_t type;
    int dimensions;
};

static uint32_t get_u32(const unsigned char *at, bool big)
{
    return big ? (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3]
               : (uint32_t)at[3] << 24 | (uint32_t)at[2] << 16 | (uint32_t)at[1] << 8 | at[0];
}

static double get_double(const unsigned char *at, bool big)
{
    uint64_t bits = big ? (uint64_t)get_u32(at, true) << 32 | get_u32(at + 4, true)
                        : (uint64_t)get_u32(at + 4, false) << 32 | get_u32(at, false);
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static bool cut_short(struct err *err)
{
    return err_set(err, ERR_INPUT, "geometría WKB incompleta o con cuentas falsas");
}

static bool read_count(struct shape_reader *reader, bool big, size_t least_bytes, uint32_t *count,
                       struct err *err)
{
    if (reader->end - reader->at < 4)
        return cut_short(err);
    *count = get_u32(reader->at, big);
    reader->at += 4;
    /* Checked before memory is allocated for it. */
    if (*count > (size_t)(reader->end - reader->at) / least_bytes)
        return cut_short(err);
    return true;
}

static bool read_header(struct shape_reader *reader, struct shape_header *header, struct err *err)
{
    if (reader->end - reader->at < 5)
        return cut_short(err);
    if (reader->at[0] > 1)
        return err_set(err, ERR_INPUT, "geometría WKB con orden de bytes desconocido (%d)",
                       reader->at[0]);
    header->big = reader->at[0] == 0;
    uint32_t code = get_u32(reader->at + 1, header->big);
    reader->at += 5;
    bool has_z = code & 0x80000000u, has_m = code & 0x40000000u;
    if (code & 0x20000000u) { /* extended WKB: a reference system follows */
        if (reader->end - reader->at < 4)
            return cut_short(err);
        uint32_t srid = get_u32(reader->at, header->big);
        reader->at += 4;
        if (srid != 0 && srid != 4326)
            return err_set(err, ERR_INPUT, "geometría WKB en EPSG:%" PRIu32 "; se espera 4326",
                           srid);
    }
    code &= 0x0FFFFFFFu;
    uint32_t family = code / 1000;
    if (family > 3)
        return err_set(err, ERR_INPUT, "tipo de geometría desconocido (%" PRIu32 ")", code);
    has_z = has_z || family == 1 || family == 3;
    has_m = has_m || family == 2 || family == 3;
    header->type = code % 1000;
    header->dimensions = 2 + has_z + has_m;
    return true;
}

static bool read_points(struct shape_reader *reader, const struct shape_header *header,
                        size_t count, struct err *err)
{
    size_t stride = 8 * (size_t)header->dimensions;
    if ((size_t)(reader->end - reader->at) / stride < count)
        return cut_short(err);
    for (size_t i = 0; i < count; i++, reader->at += stride) {
        double x = get_double(reader->at, header->big);
        double y = get_double(reader->at + 8, header->big);
        if (!(reader->plane ? isfinite(x) && isfinite(y) : fabs(x) <= 180 && fabs(y) <= 90))
            return err_set(err, ERR_INPUT,
                           "coordenada fuera de rango: longitud %.10g, latitud %.10g", x, y);
        if (reader->room.xy) {
            reader->room.xy[2 * (reader->n_points + i)] = x;
            reader->room.xy[2 * (reader->n_points + i) + 1] = y;
        }
        reader->box = geo_box_grow(reader->box, x, y);
    }
    reader->n_points += count;
    return true;
}

static void begin_ring(struct shape_reader *reader)
{
    if (reader->room.rings)
        reader->room.rings[reader->n_rings] = (uint32_t)reader->n_points;
    reader->n_rings++;
}

static void begin_part(struct shape_reader *reader)
{
    if (reader->room.parts)
        reader->room.parts[reader->n_parts] = (uint32_t)reader->n_rings;
    reader->n_parts++;
}

static bool read_point(struct shape_reader *reader, const struct shape_header *header,
                       struct err *err)
{
    size_t stride = 8 * (size_t)header->dimensions;
    if ((size_t)(reader->end - reader->at) < stride)
        return cut_short(err);
    if (isnan(get_double(reader->at, header->big)) &&
        isnan(get_double(reader->at + 8, header->big))) {
        reader->at += stride; /* POINT EMPTY */
        return true;
    }
    begin_part(reader);
    begin_ring(reader);
    return read_points(reader, header, 1, err);
}

static bool read_line(struct shape_reader *reader, const struct shape_header *header,
                      struct err *err)
{
    uint32_t count = 0;
    if (!read_count(reader, header->big, 8 * (size_t)header->dimensions, &count, err))
        return false;
    if (count == 0)
        return true;
    if (count < 2)
        return err_set(err, ERR_INPUT, "línea de un solo punto");
    begin_part(reader);
    begin_ring(reader);
    return read_points(reader, header, count, err);
}

static bool read_polygon(struct shape_reader *reader, const struct shape_header *header,
                         struct err *err)
{
    size_t stride = 8 * (size_t)header->dimensions;
    uint32_t rings = 0, count = 0;
    if (!read_count(reader, header->big, 4, &rings, err))
        return false;
    for (uint32_t r = 0; r < rings; r++) {
        if (!read_count(reader, header->big, stride, &count, err))
            return false;
        if (count == 0 && r > 0)
            continue;
        if (count == 0)
            return rings == 1 || err_set(err, ERR_INPUT, "polígono con huecos y sin contorno");
        if (count < 4)
            return err_set(err, ERR_INPUT, "anillo de %" PRIu32 " puntos; hacen falta 4", count);
        const unsigned char *first = reader->at, *last = first + (count - 1) * stride;
        if (get_double(first, header->big) != get_double(last, header->big) ||
            get_double(first + 8, header->big) != get_double(last + 8, header->big))
            return err_set(err, ERR_INPUT, "anillo sin cerrar");
        if (r == 0)
            begin_part(reader);
        begin_ring(reader);
        if (!read_points(reader, header, count, err))
            return false;
    }
    return true;
}

static bool read_single(struct shape_reader *reader, const struct shape_header *header,
                        struct err *err)
{
    switch (header->type) {
    case GEO_SHAPE_POINT:
        return read_point(reader, header, err);
    case GEO_SHAPE_LINE:
        return read_line(reader, header, err);
    default:
        return read_polygon(reader, header, err);
    }
}

static bool read_all(struct shape_reader *reader, enum geo_shape_kind *kind, bool *multi,
                     struct err *err)
{
    struct shape_header header = {0};
    if (!read_header(reader, &header, err))
        return false;
    if (header.type < 1 || header.type > 6)
        return err_set(err, ERR_INPUT,
                       "tipo de geometría %" PRIu32 "; se espera punto, línea o polígono",
                       header.type);
    *multi = header.type > 3;
    *kind = (enum geo_shape_kind)(*multi ? header.type - 3 : header.type);
    if (!*multi) {
        if (!read_single(reader, &header, err))
            return false;
    } else {
        uint32_t count = 0;
        if (!read_count(reader, header.big, 9, &count, err))
            return false;
        for (uint32_t i = 0; i < count; i++) {
            struct shape_header member = {0};
            if (!read_header(reader, &member, err))
                return false;
            if (member.type != (uint32_t)*kind) /* so geometries cannot nest deeper */
                return err_set(err, ERR_INPUT, "geometría múltiple con partes de otro tipo");
            if (!read_single(reader, &member, err))
                return false;
        }
    }
    if (reader->at != reader->end)
        return err_set(err, ERR_INPUT, "geometría WKB con bytes de más");
    if (reader->n_points == 0)
        return err_set(err, ERR_INPUT, "geometría vacía");
    return true;
}

struct shape_counted {
    struct geo_shape shape; /* first: the public pointer is this one */
    atomic_int refs;
};

struct geo_shape *geo_shape_new(enum geo_shape_kind kind, bool multi, size_t n_points,
                                size_t n_rings, size_t n_parts, struct geo_shape_room *room,
                                struct err *err)
{
    size_t xy_size = 2 * n_points * sizeof(double);
    size_t rings_size = (n_rings + 1) * sizeof(uint32_t);
    size_t parts_size = (n_parts + 1) * sizeof(uint32_t);
    struct shape_counted *made = malloc(sizeof *made + xy_size + rings_size + parts_size);
    if (!made) {
        err_no_memory(err);
        return NULL;
    }
    atomic_init(&made->refs, 1);
    room->xy = (double *)(void *)(made + 1);
    room->rings = (void *)(room->xy + 2 * n_points);
    room->parts = room->rings + n_rings + 1;
    room->rings[n_rings] = (uint32_t)n_points;
    room->parts[n_parts] = (uint32_t)n_rings;
    made->shape = (struct geo_shape){
        .kind = kind,
        .multi = multi,
        .box = geo_box_empty(),
        .n_points = n_points,
        .n_rings = n_rings,
        .n_parts = n_parts,
        .xy = room->xy,
        .rings = room->rings,
        .parts = room->parts,
    };
    return &made->shape;
}

static struct geo_shape *parse(const unsigned char *wkb, size_t wkb_len, bool plane,
                               struct err *err)
{
    if (!wkb || wkb_len > MAX_WKB) {
        cut_short(err);
        return NULL;
    }
    enum geo_shape_kind kind = GEO_SHAPE_POINT;
    bool multi = false;
    struct shape_reader count = {
        .at = wkb, .end = wkb + wkb_len, .box = geo_box_empty(), .plane = plane};
    if (!read_all(&count, &kind, &multi, err))
        return NULL;
    struct shape_reader fill = {
        .at = wkb, .end = wkb + wkb_len, .box = geo_box_empty(), .plane = plane};
    struct geo_shape *shape =
        geo_shape_new(kind, multi, count.n_points, count.n_rings, count.n_parts, &fill.room, err);
    if (shape && !read_all(&fill, &kind, &multi, err)) {
        geo_shape_free(shape);
        return NULL;
    }
    if (shape)
        shape->box = fill.box;
    return shape;
}

struct geo_shape *geo_shape_parse(const unsigned char *wkb, size_t wkb_len, struct err *err)
{
    return parse(wkb, wkb_len, false, err);
}

struct geo_shape *geo_shape_parse_plane(const unsigned char *wkb, size_t wkb_len, struct err *err)
{
    return parse(wkb, wkb_len, true, err);
}

struct geo_shape *geo_shape_ref(struct geo_shape *shape)
{
    if (shape)
        atomic_fetch_add_explicit(&((struct shape_counted *)shape)->refs, 1, memory_order_relaxed);
    return shape;
}

void geo_shape_free(struct geo_shape *shape)
{
    struct shape_counted *counted = (struct shape_counted *)shape;
    if (shape && atomic_fetch_sub_explicit(&counted->refs, 1, memory_order_acq_rel) == 1)
        free(counted);
}

/* Copies ring r as the n-th ring and part; *at points were copied before. */
static void copy_ring(const struct geo_shape *shape, size_t r, struct geo_shape_room *room,
                      size_t n, size_t *at)
{
    size_t first = shape->rings[r], count = shape->rings[r + 1] - first;
    room->rings[n] = (uint32_t)*at;
    room->parts[n] = (uint32_t)n;
    memcpy(&room->xy[2 * *at], &shape->xy[2 * first], 2 * count * sizeof *room->xy);
    *at += count;
}

static void grow_box(struct geo_shape *shape)
{
    for (size_t i = 0; i < shape->n_points; i++)
        shape->box = geo_box_grow(shape->box, shape->xy[2 * i], shape->xy[2 * i + 1]);
}

struct geo_shape *geo_shape_shell(const struct geo_shape *shape, size_t part, struct err *err)
{
    struct geo_shape_room room;
    size_t r = shape->parts[part], at = 0;
    struct geo_shape *shell = geo_shape_new(
        GEO_SHAPE_POLYGON, false, shape->rings[r + 1] - shape->rings[r], 1, 1, &room, err);
    if (!shell)
        return NULL;
    copy_ring(shape, r, &room, 0, &at);
    grow_box(shell);
    return shell;
}

struct geo_shape *geo_shape_holes(const struct geo_shape *shape, struct err *err)
{
    struct geo_shape_room room;
    size_t n = shape->n_rings - shape->n_parts, shells = 0, at = 0;
    if (shape->kind != GEO_SHAPE_POLYGON || n == 0)
        return NULL;
    for (size_t p = 0; p < shape->n_parts; p++)
        shells += shape->rings[shape->parts[p] + 1] - shape->rings[shape->parts[p]];
    struct geo_shape *holes =
        geo_shape_new(GEO_SHAPE_POLYGON, true, shape->n_points - shells, n, n, &room, err);
    if (!holes)
        return NULL;
    n = 0;
    for (size_t p = 0; p < shape->n_parts; p++)
        for (size_t r = shape->parts[p] + 1; r < shape->parts[p + 1]; r++)
            copy_ring(shape, r, &room, n++, &at);
    grow_box(holes);
    return holes;
}

static void put_u32(struct buf *out, uint32_t value)
{
    unsigned char bytes[4] = {(unsigned char)value, (unsigned char)(value >> 8),
                              (unsigned char)(value >> 16), (unsigned char)(value >> 24)};
    buf_put(out, bytes, sizeof bytes);
}

static void put_double(struct buf *out, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    put_u32(out, (uint32_t)bits);
    put_u32(out, (uint32_t)(bits >> 32));
}

static void put_header(struct buf *out, uint32_t type)
{
    buf_putc(out, 1);
    put_u32(out, type);
}

void geo_shape_put_wkb(const struct geo_shape *shape, bool multi, struct buf *out)
{
    multi = multi || shape->n_parts > 1;
    buf_reserve(out, 16 * shape->n_points + 4 * shape->n_rings + 9 * shape->n_parts + 9);
    if (multi) {
        put_header(out, (uint32_t)shape->kind + 3);
        put_u32(out, (uint32_t)shape->n_parts);
    }
    for (size_t p = 0; p < shape->n_parts; p++) {
        put_header(out, (uint32_t)shape->kind);
        if (shape->kind == GEO_SHAPE_POLYGON)
            put_u32(out, shape->parts[p + 1] - shape->parts[p]);
        for (uint32_t r = shape->parts[p]; r < shape->parts[p + 1]; r++) {
            if (shape->kind != GEO_SHAPE_POINT)
                put_u32(out, shape->rings[r + 1] - shape->rings[r]);
            for (uint32_t i = 2 * shape->rings[r]; i < 2 * shape->rings[r + 1]; i++)
                put_double(out, shape->xy[i]);
        }
    }
}

enum geo_side geo_shape_side(const struct geo_shape *shape, double lon_deg, double lat_deg)
{
    const double x = lon_deg, y = lat_deg;
    if (shape->kind != GEO_SHAPE_POLYGON || !geo_box_holds(shape->box, x, y))
        return GEO_SIDE_OUT;
    bool inside = false;
    for (size_t r = 0; r < shape->n_rings; r++) {
        const double *a = shape->xy + 2 * (size_t)shape->rings[r];
        const double *end = shape->xy + 2 * ((size_t)shape->rings[r + 1] - 1);
        for (; a < end; a += 2) {
            const double *b = a + 2;
            if ((a[1] < y && b[1] < y) || (a[1] > y && b[1] > y) || (a[0] < x && b[0] < x))
                continue;
            int turn = geo_orient(a[0], a[1], b[0], b[1], x, y);
            if (turn == 0) {
                if ((x >= a[0] || x >= b[0]) && (x <= a[0] || x <= b[0]))
                    return GEO_SIDE_BORDER;
                continue;
            }
            /* True if the ray to the east crosses a -> b; the lower end belongs to the
             * edge. */
            bool up = a[1] <= y && b[1] > y, down = b[1] <= y && a[1] > y;
            if ((up && turn > 0) || (down && turn < 0))
                inside = !inside;
        }
    }
    return inside ? GEO_SIDE_IN : GEO_SIDE_OUT;
}

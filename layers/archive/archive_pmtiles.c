/* archive_pmtiles.c - writes a PMTiles 3 file: tiles, directories, header. */
#include "layers/archive/archive_pmtiles.h"

#include <errno.h>
#include <libdeflate.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/base/buf.h"

/* Header and root directory must be in the first 16 KiB, which a reader fetches at once. */
enum { HEADER = 127, ROOT_MAX = 16384 - HEADER, LEAF_FIRST = 4096, PACK_LEVEL = 9 };
enum { COMPRESSION_NONE = 1, COMPRESSION_GZIP = 2, TYPE_MVT = 1, TYPE_PNG = 2 };

struct archive_pmtiles_entry {
    uint64_t id, offset;
    uint32_t length, run;
};

struct archive_pmtiles_place {
    uint64_t offset;
    uint32_t length;
};

struct writer {
    struct archive_pmtiles_place *pictures; /* by number - 1 */
    size_t n_pictures, cap_pictures;
    struct archive_pmtiles_entry *entries;
    size_t n_entries, cap_entries;
    uint64_t data_len, n_tiles;
    struct libdeflate_compressor *pack;
    struct buf root, leaves, metadata, plain;
    FILE *file;
    bool memory;
    bool damaged; /* the unfinished archive is not as we wrote it */
};

static bool measure_picture(void *arg, uint64_t picture, const void *bytes, size_t len)
{
    struct writer *writer = arg;
    (void)bytes;
    /* Pictures come in order. */
    if (picture != writer->n_pictures + 1 || len == 0 || len > UINT32_MAX)
        return !(writer->damaged = true);
    if (!array_reserve(writer->pictures, writer->cap_pictures, writer->n_pictures + 1))
        return !(writer->memory = true);
    writer->pictures[writer->n_pictures++] =
        (struct archive_pmtiles_place){writer->data_len, (uint32_t)len};
    writer->data_len += len;
    return true;
}

static bool add_tile(void *arg, uint64_t id, uint64_t picture)
{
    struct writer *writer = arg;
    struct archive_pmtiles_entry *last =
        writer->n_entries ? &writer->entries[writer->n_entries - 1] : NULL;
    if (picture < 1 || picture > writer->n_pictures || (last && id < last->id + last->run))
        return !(writer->damaged = true);
    const struct archive_pmtiles_place *place = &writer->pictures[picture - 1];
    writer->n_tiles++;
    if (last && last->offset == place->offset && last->id + last->run == id) {
        last->run++;
        return true;
    }
    if (!array_reserve(writer->entries, writer->cap_entries, writer->n_entries + 1))
        return !(writer->memory = true);
    writer->entries[writer->n_entries++] =
        (struct archive_pmtiles_entry){id, place->offset, place->length, 1};
    return true;
}

static void put_varint(struct buf *out, uint64_t value)
{
    for (; value >= 128; value >>= 7)
        buf_putc(out, (char)(value | 128));
    buf_putc(out, (char)value);
}

static void pack(struct writer *writer, const void *bytes, size_t len, struct buf *out)
{
    size_t bound = libdeflate_gzip_compress_bound(writer->pack, len);
    if (buf_reserve(out, bound))
        out->len += libdeflate_gzip_compress(writer->pack, bytes, len, out->data + out->len, bound);
}

/* A directory is four columns: differences of ids, run lengths, lengths, offsets (0:
 * directly after the previous one). Appends it compressed; returns its size. */
static size_t put_directory(struct writer *writer, const struct archive_pmtiles_entry *entries,
                            size_t n, struct buf *out)
{
    struct buf *plain = &writer->plain;
    size_t before = out->len;
    uint64_t id = 0;
    buf_clear(plain);
    put_varint(plain, n);
    for (size_t i = 0; i < n; id = entries[i++].id)
        put_varint(plain, entries[i].id - id);
    for (size_t i = 0; i < n; i++)
        put_varint(plain, entries[i].run);
    for (size_t i = 0; i < n; i++)
        put_varint(plain, entries[i].length);
    for (size_t i = 0; i < n; i++) {
        bool follows = i && entries[i].offset == entries[i - 1].offset + entries[i - 1].length;
        put_varint(plain, follows ? 0 : entries[i].offset + 1);
    }
    if (buf_failed(plain)) {
        out->failed = true;
        return 0;
    }
    pack(writer, plain->data, plain->len, out);
    return out->len - before;
}

/* Writes leaf directories of `size` entries, and the root that points to them (run 0). */
static bool put_leaves(struct writer *writer, size_t size)
{
    size_t n = (writer->n_entries + size - 1) / size;
    struct archive_pmtiles_entry *roots = calloc(n, sizeof *roots);
    buf_clear(&writer->root);
    buf_clear(&writer->leaves);
    if (!roots)
        return false;
    for (size_t i = 0; i < n; i++) {
        const struct archive_pmtiles_entry *first = &writer->entries[i * size];
        size_t left = writer->n_entries - i * size;
        uint64_t offset = writer->leaves.len;
        size_t len = put_directory(writer, first, left < size ? left : size, &writer->leaves);
        roots[i] = (struct archive_pmtiles_entry){first->id, offset, (uint32_t)len, 0};
    }
    put_directory(writer, roots, n, &writer->root);
    free(roots);
    return true;
}

static bool make_directories(struct writer *writer)
{
    put_directory(writer, writer->entries, writer->n_entries, &writer->root);
    for (size_t size = LEAF_FIRST; writer->root.len > ROOT_MAX; size += size / 4)
        if (buf_failed(&writer->root) || !put_leaves(writer, size))
            return false;
    return !buf_failed(&writer->root) && !buf_failed(&writer->leaves);
}

static void put_number(unsigned char *to, uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        to[i] = (unsigned char)(value >> 8 * i);
}

static void put_position(unsigned char *to, double lon_deg, double lat_deg)
{
    put_number(to, (uint32_t)(int32_t)lround(lon_deg * 1e7), 4);
    put_number(to + 4, (uint32_t)(int32_t)lround(lat_deg * 1e7), 4);
}

static void make_header(const struct writer *writer, const struct pmtiles_header *header,
                        unsigned char to[HEADER])
{
    const struct geo_box *box = &header->area.box;
    const uint64_t root = HEADER, metadata = root + writer->root.len,
                   leaves = metadata + writer->metadata.len, data = leaves + writer->leaves.len;
    const uint64_t numbers[] = {root,
                                writer->root.len,
                                metadata,
                                writer->metadata.len,
                                leaves,
                                writer->leaves.len,
                                data,
                                writer->data_len,
                                writer->n_tiles,
                                writer->n_entries,
                                writer->n_pictures};
    memcpy(to, "PMTiles\3", 8);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        put_number(to + 8 + 8 * i, numbers[i], 8);
    to[96] = 1; /* clustered */
    to[97] = COMPRESSION_GZIP;
    to[98] = header->vector ? COMPRESSION_GZIP : COMPRESSION_NONE;
    to[99] = header->vector ? TYPE_MVT : TYPE_PNG;
    to[100] = (unsigned char)header->area.zoom_min;
    to[101] = (unsigned char)header->area.zoom_max;
    put_position(to + 102, box->min_x, box->min_y);
    put_position(to + 110, box->max_x, box->max_y);
    to[118] = (unsigned char)header->area.zoom_min;
    put_position(to + 119, (box->min_x + box->max_x) / 2, (box->min_y + box->max_y) / 2);
}

static bool write_picture(void *arg, uint64_t picture, const void *bytes, size_t len)
{
    struct writer *writer = arg;
    (void)picture;
    return fwrite(bytes, 1, len, writer->file) == len;
}

static bool write_file(struct writer *writer, struct archive_store *store,
                       const struct pmtiles_header *header, const char *path, struct err *err)
{
    unsigned char head[HEADER];
    const struct buf *const parts[] = {&writer->root, &writer->metadata, &writer->leaves};
    struct err cause = {0};
    make_header(writer, header, head);
    writer->file = fopen(path, "wbx"); /* the file must not exist yet */
    if (!writer->file)
        return err_set(err, ERR_INPUT, "no se puede escribir «%s»: %s", path, err_reason(errno));
    bool ok = fwrite(head, 1, HEADER, writer->file) == HEADER;
    for (size_t i = 0; ok && i < sizeof parts / sizeof *parts; i++)
        ok = !parts[i]->len ||
             fwrite(parts[i]->data, 1, parts[i]->len, writer->file) == parts[i]->len;
    ok = ok && archive_store_each_picture(store, write_picture, writer, &cause);
    int reason = errno;
    if (fclose(writer->file) != 0 && ok) {
        reason = errno;
        ok = false;
    }
    if (!ok && cause.kind != ERR_NONE && err)
        *err = cause;
    else if (!ok)
        err_set(err, ERR_DEPENDENCY, "escribir «%s»: %s", path, err_reason(reason));
    return ok;
}

bool archive_pmtiles_write(struct archive_store *store, const struct pmtiles_header *header,
                           const char *path, struct err *err)
{
    struct writer writer = {.pack = libdeflate_alloc_compressor(PACK_LEVEL)};
    buf_init(&writer.root);
    buf_init(&writer.leaves);
    buf_init(&writer.metadata);
    buf_init(&writer.plain);
    bool ok = writer.pack && archive_store_each_picture(store, measure_picture, &writer, err) &&
              archive_store_each_tile(store, add_tile, &writer, err);
    if (ok) {
        pack(&writer, header->metadata, strlen(header->metadata), &writer.metadata);
        ok = make_directories(&writer) && !buf_failed(&writer.metadata);
        writer.memory = !ok;
    }
    if (writer.memory || !writer.pack)
        err_no_memory(err);
    if (writer.damaged)
        archive_store_damaged(store, err);
    ok = ok && write_file(&writer, store, header, path, err);
    free(writer.pictures);
    free(writer.entries);
    buf_free(&writer.root);
    buf_free(&writer.leaves);
    buf_free(&writer.metadata);
    buf_free(&writer.plain);
    if (writer.pack)
        libdeflate_free_compressor(writer.pack);
    return ok;
}

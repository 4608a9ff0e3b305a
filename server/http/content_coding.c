/* content_coding.c - negotiates the content coding; compresses by gzip, brotli or zstd. */
#include "server/http/content_coding.h"

#include <brotli/encode.h>
#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <zstd.h>

#include "server/http/quality.h"

/* Compression levels, measured on vector tiles and GeoJSON of the official boundaries
 * (docs/performance.md). For cached answers: the last level that still reduces the size
 * for its time. For answers sent once: as fast as the network. */
enum {
    GZIP_KEPT = 6,
    GZIP_ONCE = 1,
    BROTLI_KEPT = 5,
    BROTLI_ONCE = 1,
    ZSTD_KEPT = 6,
    ZSTD_ONCE = 1,
    BROTLI_WINDOW_MIN = 16,
    BROTLI_WINDOW_MAX = 22,
};

struct content_coder {
    struct libdeflate_compressor *gzip[2]; /* by effort */
    ZSTD_CCtx *zstd;
};

static const struct {
    const char *name;
    int rank[2]; /* preference by effort, among equal q: the smallest if cached, else the fastest */
} codings[CODING_N] = {
    [CODING_NONE] = {NULL, {0, 0}},
    [CODING_GZIP] = {"gzip", {1, 1}},
    [CODING_BROTLI] = {"br", {3, 2}},
    [CODING_ZSTD] = {"zstd", {2, 3}},
};

const char *content_coding_name(enum content_coding coding)
{
    return codings[coding].name;
}

/* ---- Accept-Encoding ------------------------------------------------------ */

static enum content_coding coding_of(const char *name, size_t len)
{
    for (int c = CODING_GZIP; c < CODING_N; c++)
        if (strlen(codings[c].name) == len && strncasecmp(codings[c].name, name, len) == 0)
            return (enum content_coding)c;
    return len == 6 && strncasecmp(name, "x-gzip", 6) == 0 ? CODING_GZIP : CODING_NONE;
}

enum content_coding content_coding_choose(const char *accept_encoding,
                                          enum content_coding_effort effort)
{
    int quality[CODING_N], others = 0;
    for (int c = 0; c < CODING_N; c++)
        quality[c] = -1; /* not named */
    for (const char *at = accept_encoding ? accept_encoding : ""; *at;) {
        struct quality_item item;
        at = quality_next(at, &item);
        if (item.quality == QUALITY_NONE || item.others) /* codings have no other parameter */
            continue;
        enum content_coding coding = coding_of(item.name, item.len);
        if (coding != CODING_NONE)
            quality[coding] = item.quality;
        else if (item.len == 1 && *item.name == '*')
            others = item.quality;
        else if (item.len == 8 && strncasecmp(item.name, "identity", 8) == 0)
            quality[CODING_NONE] = item.quality;
    }
    enum content_coding best = CODING_NONE;
    /* If not named, identity comes after every coding that is. */
    int best_quality = quality[CODING_NONE] > 0 ? quality[CODING_NONE] : 0;
    for (int c = CODING_GZIP; c < CODING_N; c++) {
        int q = quality[c] >= 0 ? quality[c] : others;
        if (q > best_quality ||
            (q > 0 && q == best_quality && codings[c].rank[effort] > codings[best].rank[effort])) {
            best = (enum content_coding)c;
            best_quality = q;
        }
    }
    return best;
}

/* ---- packing --------------------------------------------------------------- */

struct content_coder *content_coding_new(void)
{
    return calloc(1, sizeof(struct content_coder));
}

void content_coding_free(struct content_coder *coder)
{
    if (!coder)
        return;
    for (int i = 0; i < 2; i++)
        if (coder->gzip[i])
            libdeflate_free_compressor(coder->gzip[i]);
    ZSTD_freeCCtx(coder->zstd);
    free(coder);
}

/* Each returns the compressed size, or 0 if it is not below `room`. */

static size_t gzip(struct content_coder *coder, enum content_coding_effort effort, const char *data,
                   size_t len, char *to, size_t room)
{
    struct libdeflate_compressor **made = &coder->gzip[effort];
    if (!*made)
        *made = libdeflate_alloc_compressor(effort == CODING_CACHED ? GZIP_KEPT : GZIP_ONCE);
    return *made ? libdeflate_gzip_compress(*made, data, len, to, room) : 0;
}

static size_t brotli(enum content_coding_effort effort, const char *data, size_t len, char *to,
                     size_t room)
{
    int window = BROTLI_WINDOW_MIN; /* the smallest window that holds all: its tables are cleared
                                       each time */
    while (window < BROTLI_WINDOW_MAX && ((size_t)1 << window) < len)
        window++;
    size_t packed = room;
    return BrotliEncoderCompress(effort == CODING_CACHED ? BROTLI_KEPT : BROTLI_ONCE, window,
                                 BROTLI_MODE_GENERIC, len, (const uint8_t *)data, &packed,
                                 (uint8_t *)to)
               ? packed
               : 0;
}

static size_t zstd(struct content_coder *coder, enum content_coding_effort effort, const char *data,
                   size_t len, char *to, size_t room)
{
    if (!coder->zstd)
        coder->zstd = ZSTD_createCCtx();
    if (!coder->zstd)
        return 0;
    size_t packed = ZSTD_compressCCtx(coder->zstd, to, room, data, len,
                                      effort == CODING_CACHED ? ZSTD_KEPT : ZSTD_ONCE);
    return ZSTD_isError(packed) ? 0 : packed;
}

bool content_coding_compress(struct content_coder *coder, enum content_coding coding,
                             enum content_coding_effort effort, const char *data, size_t len,
                             struct buf *out)
{
    size_t packed = 0;
    if (coding == CODING_NONE || !coder || !buf_reserve(out, len))
        return false;
    char *to = out->data + out->len;
    if (coding == CODING_GZIP)
        packed = gzip(coder, effort, data, len, to, len);
    else if (coding == CODING_BROTLI)
        packed = brotli(effort, data, len, to, len);
    else
        packed = zstd(coder, effort, data, len, to, len);
    if (packed == 0 || packed >= len)
        return false;
    out->len += packed;
    out->data[out->len] = '\0';
    return true;
}

/* source_spool.c - keeps the rows of tables in a temporary file, and gives them again. */
#include "geo/source/source_spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "geo/base/buf.h"

enum { PART_BYTES = 1 << 18, LEN_BYTES = 4 };

/* Where the rows of a table stand in the file. */
struct spooled_table {
    int64_t from, to;
    bool complete;
};

struct source_spool {
    int file; /* -1: there is none */
    int64_t end;
    int64_t most;   /* bytes that the file may have */
    struct buf out; /* not written yet */
    struct buf in;
    size_t used; /* bytes of `in` that were given out */
    int64_t at;  /* of the next byte to read */
    size_t n_tables;
    struct spooled_table *tables, *current;
    bool keeping; /* rows of *current can still be kept */
};

/* The file -------------------------------------------------------------------------- */

static int file_without_name(void)
{
    const char *folder = getenv("TMPDIR");
    char path[4096];
    folder = folder && folder[0] ? folder : "/var/tmp";
    int file = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC | O_EXCL, 0600);
    if (file >= 0 || strlen(folder) > sizeof path - 32)
        return file;
    strcpy(path, folder); /* of a kind that has none without a name */
    strcat(path, "/sigg-XXXXXX");
    file = mkostemp(path, O_CLOEXEC);
    if (file >= 0)
        unlink(path);
    return file;
}

/* A larger file would end this process. */
static int64_t largest_file(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_FSIZE, &limit) != 0 || limit.rlim_cur > INT64_MAX)
        return INT64_MAX;
    return (int64_t)limit.rlim_cur;
}

struct source_spool *source_spool_new(size_t n_tables)
{
    struct source_spool *spool = calloc(1, sizeof *spool);
    if (!spool)
        return NULL;
    *spool = (struct source_spool){.file = file_without_name(), .most = largest_file()};
    buf_init(&spool->out);
    buf_init(&spool->in);
    spool->n_tables = n_tables;
    spool->tables = calloc(n_tables + 1, sizeof *spool->tables);
    if (spool->tables)
        return spool;
    source_spool_free(spool);
    return NULL;
}

void source_spool_free(struct source_spool *spool)
{
    if (!spool)
        return;
    if (spool->file >= 0)
        close(spool->file);
    buf_free(&spool->out);
    buf_free(&spool->in);
    free(spool->tables);
    free(spool);
}

/* Keeping --------------------------------------------------------------------------- */

void source_spool_begin(struct source_spool *spool, size_t table)
{
    spool->current = &spool->tables[table];
    *spool->current = (struct spooled_table){spool->end, spool->end, false};
    spool->keeping = spool->file >= 0;
    buf_clear(&spool->out);
}

static void write_out(struct source_spool *spool)
{
    int64_t *to = &spool->current->to;
    spool->keeping = !buf_failed(&spool->out) && (int64_t)spool->out.len <= spool->most - *to;
    for (size_t at = 0; spool->keeping && at < spool->out.len;) {
        ssize_t len = pwrite(spool->file, spool->out.data + at, spool->out.len - at, *to);
        spool->keeping = len > 0 || (len < 0 && errno == EINTR);
        at += len > 0 ? (size_t)len : 0;
        *to += len > 0 ? len : 0;
    }
    buf_clear(&spool->out);
}

void source_spool_put(struct source_spool *spool, const void *bytes, size_t len)
{
    uint32_t short_len = (uint32_t)len;
    if (!spool->keeping)
        return;
    buf_put(&spool->out, &short_len, LEN_BYTES);
    buf_put(&spool->out, bytes, len);
    if (spool->out.len >= PART_BYTES)
        write_out(spool);
}

void source_spool_end(struct source_spool *spool)
{
    if (spool->keeping)
        write_out(spool);
    spool->current->complete = spool->keeping;
    spool->keeping = false;
    if (spool->current->complete)
        spool->end = spool->current->to;
    else if (spool->file >= 0) /* its room may be needed */
        (void)!ftruncate(spool->file, spool->end);
}

/* Giving ---------------------------------------------------------------------------- */

bool source_spool_has(const struct source_spool *spool, size_t table)
{
    return spool && spool->tables[table].complete;
}

void source_spool_rewind(struct source_spool *spool, size_t table)
{
    spool->current = &spool->tables[table];
    spool->at = spool->current->from;
    spool->used = 0;
    buf_clear(&spool->in);
}

/* Reads until len bytes are there that were not given out. */
static bool have(struct source_spool *spool, size_t len, struct err *err)
{
    struct buf *in = &spool->in;
    if (in->len - spool->used >= len)
        return true;
    if (spool->used)
        memmove(in->data, in->data + spool->used, in->len - spool->used);
    in->len -= spool->used;
    spool->used = 0;
    while (in->len < len) {
        int64_t left = spool->current->to - spool->at;
        if (!buf_reserve(in, PART_BYTES))
            return err_no_memory(err);
        ssize_t got = pread(spool->file, in->data + in->len,
                            (size_t)(left < PART_BYTES ? left : PART_BYTES), spool->at);
        if (got == 0 || (got < 0 && errno != EINTR))
            return err_set(err, ERR_DEPENDENCY, "no se puede leer un archivo temporal: %s",
                           err_reason(got ? errno : EIO));
        in->len += got > 0 ? (size_t)got : 0;
        spool->at += got > 0 ? got : 0;
    }
    return true;
}

bool source_spool_next(struct source_spool *spool, const unsigned char **bytes, size_t *len,
                       bool *more, struct err *err)
{
    uint32_t short_len;
    *more = spool->at < spool->current->to || spool->used < spool->in.len;
    if (!*more)
        return true;
    *more = false;
    if (!have(spool, LEN_BYTES, err))
        return false;
    memcpy(&short_len, spool->in.data + spool->used, LEN_BYTES);
    if (!have(spool, LEN_BYTES + (size_t)short_len, err))
        return false;
    *bytes = (const unsigned char *)spool->in.data + spool->used + LEN_BYTES;
    *len = short_len;
    spool->used += LEN_BYTES + *len;
    return *more = true;
}

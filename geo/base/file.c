/* file.c - reads a small file into memory. */
#include "geo/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include "geo/base/text.h"

enum { PART_BYTES = 1 << 16 };

/* The file is opened without blocking: a pipe has to be polled until data come, a file is
 * always ready. */
static ssize_t read_part(int file, char *part, struct err *err)
{
    for (;;) {
        struct pollfd wait = {.fd = file, .events = POLLIN};
        int ready = poll(&wait, 1, FILE_WAIT_S * 1000);
        if (ready == 0)
            return err_set(err, ERR_INPUT, "es una tubería en que nadie escribe") - 1;
        ssize_t len = ready < 0 ? -1 : read(file, part, PART_BYTES);
        if (len >= 0)
            return len;
        if (errno != EINTR && errno != EAGAIN)
            return err_set(err, ERR_INPUT, "no se puede leer: %s", err_reason(errno)) - 1;
    }
}

static bool read_all(int file, size_t max_bytes, struct buf *out, struct err *err)
{
    size_t before = out->len;
    char part[PART_BYTES];
    ssize_t len;
    while ((len = read_part(file, part, err)) > 0) {
        buf_put(out, part, (size_t)len);
        if (out->len - before > max_bytes)
            return err_set(err, ERR_LIMIT, "pasa de %zu MB", max_bytes >> 20);
    }
    return len == 0 && (!buf_failed(out) || err_no_memory(err));
}

bool file_read(const char *path, size_t max_bytes, struct buf *out, struct err *err)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    bool ok = file >= 0 ? read_all(file, max_bytes, out, err)
                        : err_set(err, ERR_INPUT, "no se puede abrir: %s", err_reason(errno));
    if (file >= 0)
        close(file);
    return ok || err_wrap(err, "«%.*s»", text_cut(path, 300), path);
}

/* archives.c - the endpoint /archives: tile archives in a folder (serve --archives).
 *
 * They can be downloaded as a whole or, as readers of PMTiles do, in parts.
 *
 * A name must be that of a plain file in the folder, without a path: it is opened relative
 * to the folder's descriptor, and no link is followed.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "geo/base/json.h"
#include "server/api/handlers.h"
#include "server/http/range.h"
#include "server/request/respond.h"

enum { NAME_BYTES_MAX = 200, LISTED_MAX = 1000 };

static const struct {
    const char *suffix, *type;
} kinds[] = {
    {".pmtiles", "application/vnd.pmtiles"},
    {".mbtiles", "application/vnd.sqlite3"},
};

/* The media type of an archive's name; NULL: it is none. */
static const char *type_of(const char *name)
{
    size_t len = strlen(name);
    if (name[0] == '.' || len > NAME_BYTES_MAX || strchr(name, '/'))
        return NULL;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t suffix = strlen(kinds[i].suffix);
        if (len > suffix && strcmp(name + len - suffix, kinds[i].suffix) == 0)
            return kinds[i].type;
    }
    return NULL;
}

/* -1: no such file, or not a plain one. */
static int open_file(int folder, const char *name, struct stat *info)
{
    int fd = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd >= 0 && (fstat(fd, info) != 0 || !S_ISREG(info->st_mode))) {
        close(fd);
        fd = -1;
    }
    return fd;
}

/* ---- the list ----------------------------------------------------------------- */

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Lists the names in order; *n of them, in the arena. */
static bool list_names(struct call *call, const char ***names, size_t *n, struct err *err)
{
    const char **list = arena_array(call->arena, LISTED_MAX, sizeof *list);
    int fd = openat(call->service->archives, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *folder = fd < 0 ? NULL : fdopendir(fd);
    *n = 0;
    if (!list || !folder) {
        if (folder)
            closedir(folder);
        else if (fd >= 0)
            close(fd);
        return list ? err_set(err, ERR_DEPENDENCY, "no se puede leer la carpeta de archivos: %s",
                              err_reason(errno))
                    : err_no_memory(err);
    }
    bool ok = true;
    /* No other thread uses this stream, so readdir() is safe; readdir_r() is obsolete. */
    /* cppcheck-suppress readdirCalled */
    for (const struct dirent *entry; ok && *n < LISTED_MAX && (entry = readdir(folder));)
        if (type_of(entry->d_name)) {
            list[*n] = arena_strdup(call->arena, entry->d_name);
            ok = list[(*n)++] != NULL;
        }
    closedir(folder);
    qsort(list, ok ? *n : 0, sizeof *list, by_name);
    *names = list;
    return ok || err_no_memory(err);
}

static void put_archive(struct call *call, struct buf *out, const char *name,
                        const struct stat *info)
{
    char when[24];
    struct tm utc;
    struct buf path;
    gmtime_r(&info->st_mtime, &utc);
    strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", &utc);
    json_next(out);
    buf_putc(out, '{');
    json_text(out, "nombre", name);
    json_text(out, "tipo", type_of(name));
    json_int(out, "bytes", info->st_size);
    json_text(out, "modificado", when);
    json_key(out, "links");
    buf_putc(out, '[');
    buf_init(&path);
    buf_puts(&path, "/archives/");
    json_put_encoded(&path, name);
    if (!buf_failed(&path))
        json_link(out, call->base_url, path.data, "enclosure", type_of(name), name);
    out->failed |= buf_failed(&path);
    buf_free(&path);
    buf_puts(out, "]}");
}

bool archives_list(struct call *call, struct err *err)
{
    const char **names = NULL;
    size_t n = 0;
    struct buf body;
    if (call->service->archives >= 0 && !list_names(call, &names, &n, err))
        return false;
    buf_init(&body);
    buf_puts(&body, "{\"archivos\":[");
    for (size_t i = 0; i < n; i++) {
        struct stat info;
        int fd = open_file(call->service->archives, names[i], &info);
        if (fd < 0)
            continue;
        close(fd);
        put_archive(call, &body, names[i], &info);
    }
    buf_puts(&body, "],\"links\":[");
    json_link(&body, call->base_url, "/archives", "self", TYPE_JSON, "Archivos de teselas");
    buf_puts(&body, "]}\n");
    respond_header(call, "Cache-Control", "no-cache");
    return respond_buf(call, TYPE_JSON, &body, err);
}

/* ---- one file ------------------------------------------------------------------ */

/* True if If-Range has the current ETag or date (RFC 9110, 13.1.5); a weak tag or anything
 * else means a different file. */
static bool range_holds(struct call *call, const char *etag, const char *modified)
{
    const char *wanted = http_header(call->http, "If-Range");
    return !wanted || strcmp(wanted, etag) == 0 || strcmp(wanted, modified) == 0;
}

/* Sets the headers of the part asked for; false: answered with 416. */
static bool choose_part(struct call *call, const char *etag, const char *modified, uint64_t size)
{
    struct http_response *out = call->out;
    uint64_t first = 0, last = 0;
    enum range range = range_parse(http_header(call->http, "Range"), size, &first, &last);
    out->file_offset = 0;
    out->file_len = size;
    if (range == RANGE_NONE || !range_holds(call, etag, modified))
        return true;
    if (range == RANGE_BEYOND) {
        respond_beyond(call, size);
        return false;
    }
    const char *part = arena_printf(call->arena, "bytes %llu-%llu/%llu", (unsigned long long)first,
                                    (unsigned long long)last, (unsigned long long)size);
    out->status = 206;
    out->file_offset = first;
    out->file_len = last - first + 1;
    respond_header(call, "Content-Range", part ? part : "bytes */*");
    return true;
}

bool archives_get(struct call *call, struct err *err)
{
    const char *name = call_path(call, "file");
    const char *type = type_of(name);
    struct stat info;
    int fd = -1;
    if (type && call->service->archives >= 0)
        fd = open_file(call->service->archives, name, &info);
    if (fd < 0)
        return err_set(err, ERR_NOT_FOUND,
                       "no hay un archivo «%.80s»; la lista de archivos está en /archives", name);
    char *modified = arena_alloc(call->arena, 40);
    struct tm utc;
    const char *tag = arena_printf(call->arena, "%llx-%llx-%llx", (unsigned long long)info.st_ino,
                                   (unsigned long long)info.st_size,
                                   (unsigned long long)info.st_mtim.tv_sec * 1000000000ull +
                                       (unsigned long long)info.st_mtim.tv_nsec);
    const char *etag = tag ? arena_printf(call->arena, "\"%s\"", tag) : NULL;
    if (!modified || !etag) {
        close(fd);
        return err_no_memory(err);
    }
    gmtime_r(&info.st_mtime, &utc);
    strftime(modified, 40, "%a, %d %b %Y %H:%M:%S GMT", &utc);
    respond_header(call, "Last-Modified", modified);
    respond_header(call, "Accept-Ranges", "bytes");
    if (respond_unchanged_file(call, etag) ||
        !choose_part(call, etag, modified, (uint64_t)info.st_size)) {
        close(fd);
        return true;
    }
    respond_header(call, "Content-Type", type);
    call->out->file = fd;
    return true;
}

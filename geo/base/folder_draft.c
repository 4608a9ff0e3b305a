/* folder_draft.c - writes a file in a locked temporary folder (geo/base/folder.h). */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "geo/base/folder.h"
#include "geo/base/hash.h"

static bool cannot(const char *path, int reason, struct err *err)
{
    return err_set(err, ERR_INPUT, "no se puede escribir «%s»: %s", path, err_reason(reason));
}

static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* The common prefix of the temporary folders of one file. It is a hash, so that its length
 * does not depend on the file's name, which may have the maximal length. */
static void common_name(const char *path, char name[32])
{
    const char *base = name_of(path);
    snprintf(name, 32, ".sigg-%016" PRIx64 "-", hash_bytes(HASH_START, base, strlen(base)));
}

/* Deletes the files in the folder; a draft has no subfolders. */
static void empty_folder(int fd)
{
    int again = dup(fd);
    DIR *folder = again < 0 ? NULL : fdopendir(again);
    if (!folder) {
        if (again >= 0)
            close(again);
        return;
    }
    /* No other thread uses this stream, so readdir() is safe; readdir_r() is obsolete. */
    /* cppcheck-suppress readdirCalled */
    for (const struct dirent *entry; (entry = readdir(folder));)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            unlinkat(fd, entry->d_name, 0);
    closedir(folder);
}

/* Removes a folder left by a process that died, which is one whose lock is free. Folders
 * of other users stay. */
static void remove_left_over(int beside, const char *name)
{
    struct stat status;
    int fd = openat(beside, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return;
    if (fstat(fd, &status) == 0 && status.st_uid == geteuid() &&
        flock(fd, LOCK_EX | LOCK_NB) == 0) {
        empty_folder(fd);
        unlinkat(beside, name, AT_REMOVEDIR);
    }
    close(fd);
}

static void remove_left_overs(const char *path)
{
    char name[32], *beside = strndup(path, (size_t)(name_of(path) - path));
    common_name(path, name);
    DIR *folder = beside ? opendir(beside[0] ? beside : ".") : NULL;
    if (folder) {
        /* cppcheck-suppress readdirCalled */
        for (const struct dirent *entry; (entry = readdir(folder));)
            if (strncmp(entry->d_name, name, strlen(name)) == 0)
                remove_left_over(dirfd(folder), entry->d_name);
        closedir(folder);
    }
    free(beside);
}

/* Another process may take the new folder for a left-over and remove it before we hold its
 * lock; then it is made again. If the file system has no locks, the folder is used without
 * one, and left-overs stay. */
static bool make_folder(struct folder_draft *draft, struct err *err)
{
    enum { TRIES = 100 };
    size_t tail = strlen(draft->folder) - 6;
    struct stat held, there;
    for (int i = 0; i < TRIES; i++) {
        memcpy(draft->folder + tail, "XXXXXX", 6);
        if (!mkdtemp(draft->folder))
            return cannot(draft->path, errno, err);
        draft->lock = open(draft->folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        bool locked = draft->lock >= 0 &&
                      (flock(draft->lock, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK);
        if (locked && fstat(draft->lock, &held) == 0 && stat(draft->folder, &there) == 0 &&
            held.st_ino == there.st_ino)
            return true;
        if (draft->lock >= 0)
            close(draft->lock);
        draft->lock = -1;
    }
    return cannot(draft->path, EAGAIN, err);
}

bool folder_draft_begin(struct folder_draft *draft, const char *path, struct err *err)
{
    char name[32];
    int beside = (int)(name_of(path) - path);
    *draft = (struct folder_draft){.lock = -1};
    remove_left_overs(path);
    common_name(path, name);
    draft->path = strdup(path);
    if (!draft->path || asprintf(&draft->folder, "%.*s%sXXXXXX", beside, path, name) < 0) {
        draft->folder = NULL;
        folder_draft_drop(draft);
        return err_no_memory(err);
    }
    bool ok = make_folder(draft, err);
    if (ok && asprintf(&draft->making, "%s/%s", draft->folder, name_of(path)) < 0) {
        draft->making = NULL;
        ok = err_no_memory(err);
    }
    if (!ok)
        folder_draft_drop(draft);
    return ok;
}

void folder_draft_drop(struct folder_draft *draft)
{
    if (draft->folder && draft->lock >= 0) {
        empty_folder(draft->lock);
        rmdir(draft->folder);
        close(draft->lock);
    }
    free(draft->path);
    free(draft->making);
    free(draft->folder);
    *draft = (struct folder_draft){.lock = -1};
}

static bool sync_file(const char *path, int *reason)
{
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;
    *reason = errno;
    if (fd >= 0)
        close(fd);
    return ok;
}

/* Who waits at the other end of a pipe gets the whole file. */
static bool pour(const char *from, const char *to, int *reason)
{
    enum { AT_ONCE = 1 << 16 };
    int in = open(from, O_RDONLY | O_NOFOLLOW | O_CLOEXEC), out = open(to, O_WRONLY | O_CLOEXEC);
    bool ok = in >= 0 && out >= 0;
    ssize_t n = 1;
    while (ok && n > 0) {
        n = sendfile(out, in, NULL, AT_ONCE);
        ok = n >= 0 || errno == EINTR || errno == EAGAIN;
        n = ok && n < 0 ? 1 : n;
    }
    *reason = errno;
    if (in >= 0)
        close(in);
    if (out >= 0)
        close(out);
    return ok;
}

bool folder_draft_publish(struct folder_draft *draft, bool replace, struct err *err)
{
    int reason = 0;
    if (replace && folder_is_device(draft->path)) {
        bool poured = pour(draft->making, draft->path, &reason);
        poured = poured || cannot(draft->path, reason, err);
        folder_draft_drop(draft);
        return poured;
    }
    bool ok = sync_file(draft->making, &reason) || cannot(draft->path, reason, err);
    if (ok && !replace)
        ok = folder_move(draft->making, draft->path, err);
    else if (ok)
        ok = (rename(draft->making, draft->path) == 0 || cannot(draft->path, errno, err)) &&
             folder_sync(draft->path, err);
    folder_draft_drop(draft);
    return ok;
}

/* A whole file ----------------------------------------------------------- */

static bool write_all(int fd, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t n = write(fd, bytes, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        bytes += n;
        len -= (size_t)n;
    }
    return true;
}

static bool write_file(const char *path, int flags, const void *bytes, size_t len, int *reason)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC | flags, 0666);
    bool ok = fd >= 0 && write_all(fd, bytes, len);
    *reason = errno;
    if (fd >= 0 && close(fd) != 0 && ok) {
        *reason = errno;
        ok = false;
    }
    return ok;
}

bool folder_write(const char *path, const void *bytes, size_t len, struct err *err)
{
    struct folder_draft draft;
    int reason = 0;
    if (folder_is_device(path))
        return write_file(path, 0, bytes, len, &reason) || cannot(path, reason, err);
    if (!folder_draft_begin(&draft, path, err))
        return false;
    if (write_file(draft.making, O_CREAT | O_EXCL | O_NOFOLLOW, bytes, len, &reason))
        return folder_draft_publish(&draft, true, err);
    cannot(path, reason, err);
    folder_draft_drop(&draft);
    return false;
}

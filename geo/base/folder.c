/* folder.c - checks that a folder can be written to; moves and syncs files. */
#include "geo/base/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* "." for a bare name; NULL: memory. */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == path ? strdup("/")
           : slash       ? strndup(path, (size_t)(slash - path))
                         : strdup(".");
}

static bool cannot(const char *path, int reason, struct err *err)
{
    return err_set(err, ERR_INPUT, "no se puede escribir «%s»: %s", path, err_reason(reason));
}

bool folder_is_device(const char *path)
{
    static const char *const standing[] = {"/dev/std", "/dev/fd/", "/proc/"};
    struct stat status;
    for (size_t i = 0; i < sizeof standing / sizeof *standing; i++)
        if (strncmp(path, standing[i], strlen(standing[i])) == 0)
            return true;
    return stat(path, &status) == 0 && (S_ISCHR(status.st_mode) || S_ISFIFO(status.st_mode));
}

bool folder_is_same(const char *a, const char *b)
{
    struct stat one, other;
    return stat(a, &one) == 0 && stat(b, &other) == 0 && one.st_dev == other.st_dev &&
           one.st_ino == other.st_ino;
}

bool folder_takes(const char *path, struct err *err)
{
    char *folder = folder_of(path);
    struct stat status = {0};
    bool ok = false;
    if (!folder)
        return err_no_memory(err);
    if (folder_is_device(path)) {
        free(folder);
        return access(path, W_OK) == 0 || cannot(path, errno, err);
    }
    if (lstat(path, &status) == 0 && S_ISDIR(status.st_mode)) {
        free(folder);
        return cannot(path, EISDIR, err);
    }
    status.st_mode = 0;
    if (stat(folder, &status) != 0 && errno == ENOENT)
        err_set(err, ERR_INPUT, "no existe la carpeta «%s»", folder);
    else if (!S_ISDIR(status.st_mode))
        err_set(err, ERR_INPUT, "«%s» no es una carpeta", folder);
    else if (access(folder, W_OK) != 0)
        err_set(err, ERR_INPUT,
                errno == EROFS ? "la carpeta «%s» es de solo lectura"
                               : "no hay permiso para escribir en la carpeta «%s»",
                folder);
    else
        ok = true;
    free(folder);
    return ok;
}

/* Some file systems return EINVAL for fsync() of a folder; they keep the order of changes
 * anyway. A folder that may be written to but not read cannot be opened, and is not
 * synced. */
bool folder_sync(const char *path, struct err *err)
{
    char *folder = folder_of(path);
    if (!folder)
        return err_no_memory(err);
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = fd >= 0 ? fsync(fd) == 0 || errno == EINVAL : errno == EACCES;
    if (!ok)
        err_set(err, ERR_INPUT, "no se puede asegurar en el disco la carpeta «%s»: %s", folder,
                err_reason(errno));
    if (fd >= 0)
        close(fd);
    free(folder);
    return ok;
}

char *folder_resolve(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = folder_of(path), *resolved = folder ? realpath(folder, NULL) : NULL,
         *whole = NULL;
    if (resolved && asprintf(&whole, "%s/%s", strcmp(resolved, "/") == 0 ? "" : resolved,
                             slash ? slash + 1 : path) < 0)
        whole = NULL;
    free(folder);
    free(resolved);
    return whole;
}

bool folder_is_own_file(const char *path)
{
    struct stat status;
    if (lstat(path, &status) != 0)
        return errno == ENOENT;
    return S_ISDIR(status.st_mode) || (S_ISREG(status.st_mode) && status.st_nlink == 1);
}

void folder_remove(const char *path)
{
    unlink(path);
}

bool folder_move(const char *from, const char *to, struct err *err)
{
    int code = renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE);
    if (code != 0 && (errno == EINVAL || errno == ENOSYS) && access(to, F_OK) != 0)
        code = rename(from, to); /* the file system does not know RENAME_NOREPLACE */
    if (code != 0 && errno == EEXIST)
        return err_set(err, ERR_INPUT, "%s ya existe", to);
    if (code != 0)
        return cannot(to, errno, err);
    return folder_sync(to, err);
}

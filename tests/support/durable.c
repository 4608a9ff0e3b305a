/* durable.c - preloaded library: what a power cut would leave of one folder. It assumes the
 * worst disk. The content of a file is there once the file was fsynced, as it was at that
 * moment; a name that was made, moved or removed is there once the folder was fsynced.
 * After each of these calls, in any process, DURABLE/cut-N is the folder as a power cut
 * would leave it, N counted from 1; DURABLE/count has the last N. Files of equal content
 * are links to one: copy them before opening them. WATCHED is the folder, DURABLE where to
 * keep the results, outside of it. */
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH = 1024 };

static void copy(int from, const char *to)
{
    char bytes[65536];
    off_t at = 0;
    int out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    for (ssize_t n; out >= 0 && (n = pread(from, bytes, sizeof bytes, at)) > 0; at += n)
        if (write(out, bytes, (size_t)n) != n)
            abort();
    if (out < 0)
        abort();
    close(out);
}

/* DURABLE/content/INODE: a link to what was synced last. */
static void keep_content(const char *durable, int fd, ino_t inode, int n)
{
    char link_path[PATH], whole[PATH], path[PATH];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    snprintf(whole, sizeof whole, "%s/content/%llu.%d", durable, (unsigned long long)inode, n);
    snprintf(link_path, sizeof link_path, "%s/content/%llu", durable, (unsigned long long)inode);
    int again = open(path, O_RDONLY | O_CLOEXEC); /* it may be open for writing only */
    if (again < 0)
        abort();
    copy(again, whole);
    close(again);
    unlink(link_path);
    if (link(whole, link_path) != 0)
        abort();
}

/* DURABLE/names: "INODE NAME" a line, files only. */
static void keep_names(const char *durable, const char *watched)
{
    char path[PATH];
    snprintf(path, sizeof path, "%s/names", durable);
    FILE *out = fopen(path, "we");
    DIR *folder = opendir(watched);
    if (!out || !folder)
        abort();
    for (const struct dirent *entry; (entry = readdir(folder));) {
        struct stat status;
        if (fstatat(dirfd(folder), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
            S_ISREG(status.st_mode))
            fprintf(out, "%llu %s\n", (unsigned long long)status.st_ino, entry->d_name);
    }
    closedir(folder);
    fclose(out);
}

/* A file with a name that was never synced exists, empty. */
static void make_cut(const char *durable, int n)
{
    char path[PATH], to[PATH], inode[32], name[512];
    snprintf(path, sizeof path, "%s/names", durable);
    FILE *names = fopen(path, "re");
    snprintf(path, sizeof path, "%s/cut-%d", durable, n);
    mkdir(path, 0700);
    while (names && fscanf(names, "%31s %511[^\n]", inode, name) == 2) {
        snprintf(path, sizeof path, "%s/content/%s", durable, inode);
        if (snprintf(to, sizeof to, "%s/cut-%d/%s", durable, n, name) >= (int)sizeof to)
            abort();
        if (link(path, to) != 0)
            close(open(to, O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    }
    if (names)
        fclose(names);
}

static int next_number(const char *durable)
{
    char path[PATH];
    int n = 0;
    snprintf(path, sizeof path, "%s/count", durable);
    FILE *file = fopen(path, "re");
    if (file && fscanf(file, "%d", &n) != 1)
        n = 0;
    if (file)
        fclose(file);
    file = fopen(path, "we");
    if (!file)
        abort();
    fprintf(file, "%d\n", ++n);
    fclose(file);
    return n;
}

static void keep(int fd)
{
    const char *durable = getenv("DURABLE"), *watched = getenv("WATCHED");
    char path[PATH], of[PATH], link_path[64];
    struct stat status;
    if (!durable || !watched || fstat(fd, &status) != 0)
        return;
    snprintf(link_path, sizeof link_path, "/proc/self/fd/%d", fd);
    ssize_t len = readlink(link_path, of, sizeof of - 1);
    if (len <= 0)
        return;
    of[len] = '\0';
    if (strncmp(of, watched, strlen(watched)) != 0)
        return;
    snprintf(path, sizeof path, "%s/lock", durable);
    int lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock < 0 || flock(lock, LOCK_EX) != 0)
        abort();
    int n = next_number(durable);
    if (S_ISREG(status.st_mode))
        keep_content(durable, fd, status.st_ino, n);
    else if (strcmp(of, watched) == 0)
        keep_names(durable, watched);
    make_cut(durable, n);
    close(lock);
}

typedef int sync_fn(int fd);

static int sync_and_keep(const char *name, int fd)
{
    void *found = dlsym(RTLD_NEXT, name);
    sync_fn *real;
    memcpy(&real, &found, sizeof real);
    int code = real(fd);
    if (code == 0)
        keep(fd);
    return code;
}

int fsync(int fd);
int fdatasync(int fd);

int fsync(int fd)
{
    return sync_and_keep("fsync", fd);
}

int fdatasync(int fd)
{
    return sync_and_keep("fdatasync", fd);
}

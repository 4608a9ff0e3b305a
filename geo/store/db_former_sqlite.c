/* db_former_sqlite.c - gives a replaced database file its dated name, and its place back. */
#include "geo/store/db_former_sqlite.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "geo/base/folder.h"
#include "geo/store/store.h"

#define INFIX ".anterior-"

static const char *const tails[] = {"", "-wal", "-shm", "-journal"};
enum { N_TAILS = sizeof tails / sizeof *tails };

bool db_same_file(const char *a, const char *b)
{
    struct stat one, other;
    return stat(a, &one) == 0 && stat(b, &other) == 0 && one.st_dev == other.st_dev &&
           one.st_ino == other.st_ino;
}

/* True if nothing has the name of the file, or of what lies beside it. */
static bool is_free(const char *former)
{
    char name[4096 + 16];
    struct stat status;
    for (int i = 0; i < N_TAILS; i++) {
        snprintf(name, sizeof name, "%s%s", former, tails[i]);
        if (lstat(name, &status) == 0)
            return false;
    }
    return true;
}

void db_former_name(const char *path, char former[4096])
{
    char day[32];
    time_t now = time(NULL);
    struct tm utc;
    strftime(day, sizeof day, "%Y%m%d-%H%M%S", gmtime_r(&now, &utc));
    snprintf(former, 4096, "%s%s%s", path, INFIX, day);
    for (int i = 2; !is_free(former) && i < 1000; i++)
        snprintf(former, 4096, "%s%s%s-%d", path, INFIX, day, i);
}

/* What completes the file is there under its new name before the file is. On a file
 * system without second names it follows the file. */
static void name_log_twice(const char *path, const char *former)
{
    char from[4096 + 16], to[4096 + 16];
    for (int i = 1; i < N_TAILS; i++) {
        snprintf(from, sizeof from, "%s%s", path, tails[i]);
        snprintf(to, sizeof to, "%s%s", former, tails[i]);
        if (linkat(AT_FDCWD, from, AT_FDCWD, to, 0) != 0)
            continue;
        folder_sync(to, NULL);
    }
}

bool db_former_move(const char *path, const char *former, bool *any, struct err *err)
{
    char from[4096 + 16], to[4096 + 16];
    struct stat status;
    *any = lstat(path, &status) == 0;
    if (*any)
        name_log_twice(path, former);
    for (int i = 0; i < N_TAILS; i++) {
        snprintf(from, sizeof from, "%s%s", path, tails[i]);
        snprintf(to, sizeof to, "%s%s", former, tails[i]);
        if (lstat(from, &status) != 0)
            continue;
        if (i > 0 && db_same_file(from, to))
            folder_remove(from);
        else if (!folder_move(from, to, err))
            return false;
    }
    return folder_sync(path, err);
}

bool db_former_put_back(const char *path, const char *former)
{
    char from[4096 + 16], to[4096 + 16];
    struct stat status;
    if (lstat(path, &status) == 0 && lstat(former, &status) == 0)
        return false;
    for (int i = N_TAILS - 1; i >= 0; i--) {
        snprintf(from, sizeof from, "%s%s", former, tails[i]);
        snprintf(to, sizeof to, "%s%s", path, tails[i]);
        if (lstat(from, &status) != 0)
            continue;
        if (db_same_file(from, to))
            folder_remove(from);
        else if (!folder_move(from, to, NULL))
            return false;
    }
    return true;
}

static bool is_former(const char *name, const char *base)
{
    size_t len = strlen(base), mark = strlen(INFIX);
    if (strncmp(name, base, len) != 0 || strncmp(name + len, INFIX, mark) != 0)
        return false;
    const char *day = name + len + mark;
    return *day && day[strspn(day, "0123456789-")] == '\0';
}

bool db_former_last(const char *path, char former[4096])
{
    const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
    int beside = (int)(base - path);
    char place[4096] = ".";
    if (slash)
        snprintf(place, sizeof place, "%.*s", beside, path);
    DIR *folder = opendir(place);
    former[0] = '\0';
    if (!folder)
        return false;
    /* cppcheck-suppress readdirCalled */
    for (const struct dirent *entry; (entry = readdir(folder));)
        if (is_former(entry->d_name, base) &&
            strcmp(entry->d_name, former + (former[0] ? beside : 0)) > 0)
            snprintf(former, 4096, "%.*s%s", beside, path, entry->d_name);
    closedir(folder);
    return former[0] != '\0';
}

bool geo_store_rename_lone_log(const char *path, struct err *err)
{
    char former[4096];
    bool any;
    if (access(path, F_OK) == 0)
        return true;
    db_former_name(path, former);
    return db_former_move(path, former, &any, err);
}

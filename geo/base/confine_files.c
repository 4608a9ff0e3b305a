/* confine_files.c - restricts which files this process may open (Landlock). */
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "geo/base/confine.h"

/* The access rights of Landlock's first version; those of later versions are added if
 * known. */
enum {
    RIGHTS_READ = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
    RIGHTS_1 = RIGHTS_READ | LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE |
               LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
               LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR |
               LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK |
               LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK |
               LANDLOCK_ACCESS_FS_MAKE_SYM,
    RIGHT_REFER = 1 << 13,   /* version 2 */
    RIGHT_TRUNCATE = 1 << 14 /* version 3 */
};
/* Landlock version 4 also restricts TCP; no port is allowed. Older headers lack the name. */
enum { NET_TCP = 3 };

struct ruleset {
    uint64_t files, net; /* as struct landlock_ruleset_attr, from version 4 on */
};

/* What libraries read while they work: other libraries, encodings, grids, time zones,
 * random numbers. */
static const char *const of_the_system[] = {
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/usr/local/lib",
    "/usr/share/gdal",
    "/usr/share/proj",
    "/usr/local/share/gdal",
    "/usr/local/share/proj",
    "/usr/share/zoneinfo",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/dev/null",
    "/dev/urandom",
    "/proc/meminfo",
    "/proc/cpuinfo",
    "/sys/devices/system/cpu",
};

/* Data folders of GDAL and PROJ installed elsewhere, from the operator's environment. */
static const char *const of_the_environment[] = {"GDAL_DATA", "PROJ_DATA", "PROJ_LIB"};

static bool allow(int rules, const char *path)
{
    struct stat status;
    int file = open(path, O_PATH | O_CLOEXEC);
    if (file < 0)
        return true; /* no such file */
    bool folder = fstat(file, &status) == 0 && S_ISDIR(status.st_mode);
    struct landlock_path_beneath_attr rule = {
        .allowed_access = folder ? RIGHTS_READ : LANDLOCK_ACCESS_FS_READ_FILE, .parent_fd = file};
    bool ok = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
    close(file);
    return ok;
}

/* Allows each folder of a list such as "a:b". */
static bool allow_each(int rules, const char *folders)
{
    char *copy = strdup(folders), *rest = copy;
    bool ok = copy != NULL;
    for (char *folder; ok && (folder = strsep(&rest, ":"));)
        ok = !folder[0] || allow(rules, folder);
    free(copy);
    return ok;
}

static bool allow_all(int rules, const char *const *readable)
{
    bool ok = true;
    for (size_t i = 0; ok && i < sizeof of_the_system / sizeof *of_the_system; i++)
        ok = allow(rules, of_the_system[i]);
    for (size_t i = 0; ok && i < sizeof of_the_environment / sizeof *of_the_environment; i++) {
        const char *folders = getenv(of_the_environment[i]);
        ok = !folders || allow_each(rules, folders);
    }
    for (size_t i = 0; ok && readable && readable[i]; i++)
        ok = allow(rules, readable[i]);
    return ok;
}

bool confine_files(const char *const *readable, struct err *err)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 1)
        return true;
    struct ruleset all = {.files = RIGHTS_1};
    if (version >= 2)
        all.files |= RIGHT_REFER;
    if (version >= 3)
        all.files |= RIGHT_TRUNCATE;
    if (version >= 4)
        all.net = NET_TCP;
    size_t size = version >= 4 ? sizeof all : sizeof all.files;
    int rules = (int)syscall(SYS_landlock_create_ruleset, &all, size, 0);
    bool ok = rules >= 0 && allow_all(rules, readable) &&
              prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
              syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    int why = errno;
    if (rules >= 0)
        close(rules);
    return ok || err_set(err, ERR_SETUP, "no se pudo cerrar el acceso a los archivos: %s",
                         err_reason(why));
}

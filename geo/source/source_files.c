/* source_files.c - checks the files of a source on the disk: kind, size, companions. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "geo/base/array.h"
#include "geo/base/text.h"
#include "geo/source/source_path.h"

static const char *kind_of(mode_t mode)
{
    return S_ISFIFO(mode)   ? "una tubería"
           : S_ISSOCK(mode) ? "un socket"
           : S_ISLNK(mode)  ? "un enlace"
                            : "un dispositivo";
}

bool source_files_check(const char *named, const char *whole, bool *is_folder, struct err *err)
{
    struct stat status;
    if (stat(whole, &status) != 0) {
        if (errno == ENOENT || errno == ENOTDIR || errno == ENAMETOOLONG)
            return err_set(err, ERR_NOT_FOUND, "no existe «%.*s»", text_cut(named, 300), named);
        return err_set(err, ERR_INPUT, "no se puede leer «%.*s»: %s", text_cut(named, 300), named,
                       err_reason(errno));
    }
    *is_folder = S_ISDIR(status.st_mode);
    return *is_folder || S_ISREG(status.st_mode) ||
           err_set(err, ERR_INPUT,
                   "«%.*s» es %s, no un archivo ni una carpeta: guarde los datos en un archivo y "
                   "nómbrelo",
                   text_cut(named, 300), named, kind_of(status.st_mode));
}

/* Takes ownership of name. */
static bool add(struct source_path *path, char *name, struct err *err)
{
    if (!name || !array_reserve(path->files, path->cap_files, path->n_files + 2)) {
        free(name);
        return err_no_memory(err);
    }
    path->files[path->n_files++] = name;
    path->files[path->n_files] = NULL;
    return true;
}

static char *join(const char *folder, const char *name)
{
    char *both = NULL;
    return asprintf(&both, "%s/%s", folder, name) < 0 ? NULL : both;
}

/* The resolved folder of a path; NULL: there is none. */
static char *folder_of(const char *path)
{
    char *real = realpath(path, NULL);
    char *slash = real ? strrchr(real, '/') : NULL;
    if (slash)
        *slash = '\0';
    return real;
}

/* True if a companion file is in the same folder as the file itself, with links resolved. */
static bool leads_beside(const char *companion, const char *file)
{
    char *there = folder_of(companion), *here = folder_of(file);
    bool beside = there && here && strcmp(there, here) == 0;
    free(there);
    free(here);
    return beside;
}

/* True for companions such as "name.shx" of "name.shp", "name.gpkg-wal" of "name.gpkg". */
static bool is_companion(const char *name, const char *base, size_t stem)
{
    return strncasecmp(name, base, stem) == 0 && (name[stem] == '.' || name[stem] == '-') &&
           strcmp(name, base) != 0;
}

static bool add_companion(struct source_path *path, const char *folder, const char *name,
                          int64_t *bytes, struct err *err)
{
    struct stat status;
    char *whole = join(folder, name);
    if (!whole)
        return err_no_memory(err);
    bool is_link = lstat(whole, &status) == 0 && S_ISLNK(status.st_mode);
    bool there = stat(whole, &status) == 0;
    if (is_link && there && !leads_beside(whole, path->whole)) {
        free(whole);
        return err_set(err, ERR_INPUT,
                       "«%.*s» es un enlace a otra carpeta, que no se sigue: ponga el archivo "
                       "mismo en su lugar",
                       text_cut(name, 300), name);
    }
    if (!there || !S_ISREG(status.st_mode)) {
        free(whole);
        return true;
    }
    *bytes += status.st_size;
    return add(path, whole, err);
}

static bool list_companions(struct source_path *path, int64_t *bytes, struct err *err)
{
    char *folder = strdup(path->whole);
    char *slash = folder ? strrchr(folder, '/') : NULL;
    if (!slash) {
        free(folder);
        return err_no_memory(err);
    }
    const char *base = strrchr(path->whole, '/') + 1;
    size_t stem = strcspn(base, ".") ? strcspn(base, ".") : strlen(base);
    *slash = '\0';
    DIR *open = opendir(slash == folder ? "/" : folder);
    bool ok = true;
    /* No other thread uses this stream, so readdir() is safe; readdir_r() is obsolete. */
    /* cppcheck-suppress readdirCalled */
    for (struct dirent *entry; open && ok && (entry = readdir(open));)
        if (is_companion(entry->d_name, base, stem))
            ok = add_companion(path, folder, entry->d_name, bytes, err);
    if (open)
        closedir(open);
    free(folder);
    return ok;
}

static bool check_entry(const char *folder, const char *name, int64_t *bytes, struct err *err)
{
    struct stat status;
    char *whole = join(folder, name);
    if (!whole)
        return err_no_memory(err);
    bool there = lstat(whole, &status) == 0;
    free(whole);
    if (!there || S_ISDIR(status.st_mode))
        return true;
    *bytes += status.st_size;
    return S_ISREG(status.st_mode) ||
           err_set(err, ERR_INPUT,
                   "la carpeta tiene %s, «%.*s», que no se lee: quítelo, o nombre el archivo de "
                   "datos en vez de la carpeta",
                   kind_of(status.st_mode), text_cut(name, 300), name);
}

static bool check_folder(const char *folder, const struct geo_source_limits *limits, int64_t *bytes,
                         struct err *err)
{
    DIR *open = opendir(folder);
    int64_t entries = 0;
    if (!open)
        return err_set(err, ERR_INPUT, "no se puede leer la carpeta: %s", err_reason(errno));
    bool ok = true;
    /* cppcheck-suppress readdirCalled */
    for (struct dirent *entry; ok && (entry = readdir(open));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        ok = geo_source_within(limits, GEO_LIMIT_ENTRIES, ++entries, err) &&
             check_entry(folder, entry->d_name, bytes, err);
    }
    closedir(open);
    return ok;
}

bool source_files_list(struct source_path *path, bool is_folder,
                       const struct geo_source_limits *limits, struct err *err)
{
    struct stat status;
    int64_t bytes = 0;
    if (!add(path, strdup(path->whole), err))
        return false;
    if (!is_folder && stat(path->whole, &status) == 0)
        bytes = status.st_size;
    if (is_folder ? !check_folder(path->whole, limits, &bytes, err)
                  : !list_companions(path, &bytes, err))
        return false;
    return geo_source_within(limits, GEO_LIMIT_SOURCE_MB, bytes >> 20, err);
}

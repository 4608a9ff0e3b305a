/* source_members.c - lists what a zip or a folder has for an import. */
#include "geo/source/source_members.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "geo/base/array.h"
#include "geo/base/text.h"
#include "geo/files/gdal_internal.h"
#include "geo/files/source_unread.h"
#include "geo/files/source_zip.h"
#include "geo/files/source_zip_check.h"

enum { FOLDERS_DEEP = 16 };

/* All names of a source, before it is decided which are members. */
struct member_names {
    char **at;
    size_t n, cap;
    bool in_zip, in_kmz;
};

static bool has_one_of(const char *name, const char *const *extensions)
{
    for (; *extensions; extensions++)
        if (source_has_extension(name, *extensions))
            return true;
    return false;
}

/* Names --------------------------------------------------------------------------- */

static bool add_name(struct member_names *names, const char *folder, const char *name,
                     struct err *err)
{
    char *whole = NULL;
    if (!array_reserve(names->at, names->cap, names->n + 1) ||
        asprintf(&whole, "%s%s%s", folder, folder[0] ? "/" : "", name) < 0)
        return err_no_memory(err);
    names->at[names->n++] = whole;
    return true;
}

/* Names of the files in the folder and below it. */
static bool walk(const char *root, const char *folder, int depth,
                 const struct geo_source_limits *limits, struct member_names *names,
                 struct err *err)
{
    char *path = NULL;
    if (depth == FOLDERS_DEEP)
        return err_set(err, ERR_INPUT, "la carpeta tiene más de %d carpetas una dentro de otra",
                       FOLDERS_DEEP);
    if (asprintf(&path, "%s%s%s", root, folder[0] ? "/" : "", folder) < 0)
        return err_no_memory(err);
    DIR *open = opendir(path);
    bool ok = open || err_set(err, ERR_INPUT, "no se puede leer la carpeta «%.*s»: %s",
                              text_cut(path, 200), path, err_reason(errno));
    /* No other thread uses this stream. */
    /* cppcheck-suppress readdirCalled */
    for (struct dirent *entry; open && ok && (entry = readdir(open));) {
        struct stat status;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 ||
            fstatat(dirfd(open), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0)
            continue;
        ok = add_name(names, folder, entry->d_name, err) &&
             geo_source_within(limits, GEO_LIMIT_ENTRIES, (int64_t)names->n, err);
        if (ok && S_ISDIR(status.st_mode)) {
            char *inner = names->at[--names->n];
            ok = walk(root, inner, depth + 1, limits, names, err);
            free(inner);
        }
    }
    if (open)
        closedir(open);
    free(path);
    return ok;
}

static bool list_zip(const char *path, const struct geo_source_limits *limits,
                     struct member_names *names, struct err *err)
{
    struct source_zip zip;
    if (!source_zip_list(path, limits, &zip, err))
        return false;
    if (!source_zip_check(path, err)) {
        source_zip_free(&zip);
        return false;
    }
    names->at = zip.names;
    names->n = zip.n;
    names->cap = zip.cap;
    names->in_zip = true;
    names->in_kmz = source_has_extension(path, ".kmz");
    return true;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool has_name(const struct member_names *names, const char *name, size_t stem,
                     const char *extension)
{
    for (size_t i = 0; i < names->n; i++)
        if (strncasecmp(names->at[i], name, stem) == 0 &&
            strcasecmp(names->at[i] + stem, extension) == 0)
            return true;
    return false;
}

/* What is passed over ---------------------------------------------------------------- */

/* What the places of a KMZ are shown with. */
static bool is_picture(const char *name)
{
    static const char *const pictures[] = {".png",  ".jpg", ".jpeg", ".gif", ".bmp", ".tif",
                                           ".tiff", ".ico", ".webp", ".dae", ".svg", NULL};
    return has_one_of(name, pictures);
}

static bool is_noise(const char *name)
{
    static const char *const styles[] = {
        ".qml",      ".sld",      ".qgs",          ".qgz",  ".lyr", ".lyrx",    ".mxd", ".aprx",
        ".cpg",      ".prj",      ".qpj",          ".sbn",  ".sbx", ".shp.xml", ".qix", ".fbn",
        ".fbx",      ".ain",      ".aih",          ".atx",  ".ixs", ".mxs",     ".qmd", ".gfs",
        ".xsd",      ".wld",      ".vrt",          ".lock", ".tfw", ".aux.xml", ".ovr", ".csvt",
        ".gpkg-wal", ".gpkg-shm", ".gpkg-journal", NULL};
    const char *base = source_base_name(name);
    return !base[0] || strstr(name, "__MACOSX/") || base[0] == '.' || strncmp(base, "~$", 2) == 0 ||
           strcasecmp(base, "thumbs.db") == 0 || strcasecmp(base, "desktop.ini") == 0 ||
           has_one_of(name, styles);
}

/* A part of another file that is there; the part of a .shp that is not is told. */
static bool is_part(const struct member_names *names, const char *name)
{
    static const char *const wholes[][2] = {{".shx", ".shp"}, {".dbf", ".shp"}, {".mid", ".mif"},
                                            {".dat", ".tab"}, {".map", ".tab"}, {".id", ".tab"},
                                            {".ind", ".tab"}};
    for (size_t i = 0; i < sizeof wholes / sizeof *wholes; i++)
        if (source_has_extension(name, wholes[i][0]) &&
            has_name(names, name, strlen(name) - strlen(wholes[i][0]), wholes[i][1]))
            return true;
    return false;
}

/* A .dbf alone is a table; with a .shx or .prj it is the rest of a Shapefile. */
static bool lacks_shp(const struct member_names *names, const char *name)
{
    size_t stem = strlen(name) - 4;
    return source_has_extension(name, ".shx") ||
           (source_has_extension(name, ".dbf") &&
            (has_name(names, name, stem, ".shx") || has_name(names, name, stem, ".prj")));
}

/* A file of that stem, in those letters or in any. */
static const char *part_of(const struct member_names *names, const char *name, size_t stem,
                           const char *small, const char *capitals, bool exact)
{
    for (size_t i = 0; i < names->n; i++) {
        const char *at = names->at[i];
        if (exact ? strncmp(at, name, stem) == 0 &&
                        (strcmp(at + stem, small) == 0 || strcmp(at + stem, capitals) == 0)
                  : strncasecmp(at, name, stem) == 0 && strcasecmp(at + stem, small) == 0)
            return at;
    }
    return NULL;
}

/* A part of a .shp that GDAL would not find, because it differs in case; NULL: none does. */
static const char *misnamed_part(const struct member_names *names, const char *shp)
{
    static const char *const parts[][2] = {{".shx", ".SHX"}, {".dbf", ".DBF"}, {".prj", ".PRJ"}};
    size_t stem = strlen(shp) - strlen(".shp");
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (!part_of(names, shp, stem, parts[i][0], parts[i][1], true)) {
            const char *other = part_of(names, shp, stem, parts[i][0], parts[i][1], false);
            if (other)
                return other;
        }
    return NULL;
}

/* Members ------------------------------------------------------------------------------ */

static struct source_member *add(struct source_members *members, const char *root, bool in_zip,
                                 const char *name, size_t len, struct err *err)
{
    if (!array_reserve(members->list, members->cap, members->n + 1)) {
        err_no_memory(err);
        return NULL;
    }
    struct source_member *made = &members->list[members->n++];
    *made = (struct source_member){.inside = in_zip ? strndup(name, len) : NULL};
    made->zip = in_zip ? strdup(root) : NULL;
    made->name = !in_zip        ? strndup(name, len)
                 : made->inside ? source_zip_shown(made->inside)
                                : NULL;
    if (made->name && (!in_zip || (made->zip && made->inside)) &&
        asprintf(&made->path, in_zip ? "/vsizip/{%s}/%s" : "%s/%s", root,
                 in_zip ? made->inside : made->name) >= 0)
        return made;
    made->path = NULL;
    err_no_memory(err);
    return NULL;
}

static bool refuse(struct source_member *member, const char *why, struct err *err)
{
    member->why_not = strdup(why);
    return member->why_not || err_no_memory(err);
}

/* The files of a geodatabase come one after the other. */
static bool add_geodatabase(struct source_members *members, const char *root, bool in_zip,
                            const char *name, size_t len, struct err *err)
{
    const struct source_member *last = members->n ? &members->list[members->n - 1] : NULL;
    const char *before = !last ? "" : in_zip ? last->inside : last->name;
    if (strlen(before) == len && strncmp(before, name, len) == 0)
        return true;
    struct source_member *member = add(members, root, in_zip, name, len, err);
    if (member)
        member->format = source_format_of_folder(member->name);
    return member != NULL;
}

static bool is_file(const char *path)
{
    struct stat status;
    return strncmp(path, "/vsi", 4) == 0 || (lstat(path, &status) == 0 && S_ISREG(status.st_mode));
}

/* By the first bytes. */
static bool look(struct source_member *member, struct err *err)
{
    char head[SOURCE_HEAD_BYTES];
    struct err why = {0};
    const char *advice = source_unread_by_name(member->name);
    VSILFILE *file = advice ? NULL : gdal->VSIFOpenL(member->path, "rb");
    if (advice)
        return refuse(member, advice, err);
    if (!file) /* it may be data */
        return err_set(err, ERR_INPUT, "«%.*s» no se puede leer%s, o quítelo de la fuente",
                       text_cut(member->name, 300), member->name,
                       member->zip ? ": descomprima el zip e importe lo que tenía dentro"
                                   : ": dé permiso para leerlo");
    size_t len = gdal->VSIFReadL(head, 1, sizeof head, file);
    gdal->VSIFCloseL(file);
    enum source_content content = source_content_of(head, len);
    if (content == CONTENT_EMPTY)
        return refuse(member, "está vacío", err);
    if (!source_unread_check(member->name, content, head, len, NULL, 0, &why))
        return refuse(member, why.message, err);
    const struct source_format *format = source_format_of(member->name, content, &why);
    if (why.kind != ERR_NONE)
        return refuse(member, why.message, err);
    if (!format)
        return refuse(member, "no es de un formato que se lea", err);
    if (format->inside == INSIDE_ARCHIVE && strcmp(format->name, "KMZ") != 0)
        return refuse(member, "es un zip dentro de la fuente: descomprímalo, o impórtelo solo",
                      err);
    member->format = format;
    return true;
}

static void free_member(struct source_member *member)
{
    free(member->name);
    free(member->path);
    free(member->zip);
    free(member->inside);
    free(member->why_not);
}

/* Takes the KML of a KMZ that was added last in its place. */
static bool take_inner(struct source_members *members, struct source_members *inner,
                       struct err *err)
{
    char *kmz = members->list[members->n - 1].name;
    bool ok = array_reserve(members->list, members->cap, members->n + inner->n);
    for (size_t i = 0; ok && i < inner->n; i++) {
        char *name = NULL;
        if (asprintf(&name, inner->n == 1 ? "%s" : "%s/%s", kmz, inner->list[i].name) < 0)
            ok = false;
        else {
            free(inner->list[i].name);
            inner->list[i].name = name;
        }
    }
    if (!ok)
        return err_no_memory(err);
    free_member(&members->list[--members->n]);
    memcpy(members->list + members->n, inner->list, inner->n * sizeof *inner->list);
    members->n += inner->n;
    inner->n = 0;
    return true;
}

/* The member that was added last is a KMZ. */
static bool expand_kmz(struct source_members *members, const struct geo_source_limits *limits,
                       struct err *err)
{
    struct source_members inner;
    struct err why = {0};
    struct source_member *kmz = &members->list[members->n - 1];
    if (!source_members_list(kmz->path, limits, &inner, &why))
        return why.kind == ERR_INPUT ? refuse(kmz, why.message, err)
                                     : err_set(err, why.kind, "%s", why.message);
    bool ok = inner.n ? take_inner(members, &inner, err) : refuse(kmz, "no tiene ningún KML", err);
    source_members_free(&inner);
    return ok;
}

static bool add_file(struct source_members *members, const char *root,
                     const struct member_names *names, const char *name,
                     const struct geo_source_limits *limits, struct err *err)
{
    char why[400];
    const char *gdb = strcasestr(name, ".gdb/");
    if (is_noise(name) || is_part(names, name) || (names->in_kmz && is_picture(name)))
        return true;
    if (gdb)
        return add_geodatabase(members, root, names->in_zip, name, (size_t)(gdb + 4 - name), err);
    struct source_member *member = add(members, root, names->in_zip, name, strlen(name), err);
    if (!member)
        return false;
    const char *part = source_has_extension(name, ".shp") ? misnamed_part(names, name) : NULL;
    if (part) {
        snprintf(why, sizeof why,
                 "su parte «%.*s» se llama con otras mayúsculas: dé a todas el mismo nombre",
                 text_cut(part, 200), part);
        return refuse(member, why, err);
    }
    if (!lacks_shp(names, name)) {
        if (!is_file(member->path))
            return refuse(member, "es un enlace u otra cosa que no es un archivo, y no se lee",
                          err);
        if (!look(member, err))
            return false;
        bool kmz = member->format && strcmp(member->format->name, "KMZ") == 0;
        if (!kmz || names->in_kmz)
            return !kmz || refuse(member, "es un KMZ dentro de otro: descomprímalo", err);
        return expand_kmz(members, limits, err);
    }
    const char *shown = member->name;
    int stem = (int)strlen(shown) - 4;
    snprintf(why, sizeof why,
             "«%.*s» tiene su «%.*s.shp» ausente: pida los archivos .shp, .shx y .dbf",
             text_cut(shown, 150), shown, text_cut(shown, 150) < stem ? text_cut(shown, 150) : stem,
             shown);
    return refuse(member, why, err);
}

/* A text may be data or a note that goes with them: it counts only if nothing else does. */
static bool pass_notes(struct source_members *members, struct err *err)
{
    size_t texts = 0;
    bool ok = true;
    members->readable = 0;
    for (size_t i = 0; i < members->n; i++) {
        members->readable += !members->list[i].why_not;
        texts += !members->list[i].why_not && source_has_extension(members->list[i].name, ".txt");
    }
    for (size_t i = 0; ok && texts < members->readable && i < members->n; i++)
        if (!members->list[i].why_not && source_has_extension(members->list[i].name, ".txt"))
            ok = refuse(&members->list[i],
                        "es un texto, que no se lee entre otros archivos: si "
                        "tiene datos, impórtelo solo",
                        err);
    members->readable -= texts < members->readable ? texts : 0;
    return ok;
}

static bool list_files(const char *path, bool folder, const struct geo_source_limits *limits,
                       struct source_members *members, struct err *err)
{
    struct member_names names = {0};
    bool ok = folder ? walk(path, "", 0, limits, &names, err) : list_zip(path, limits, &names, err);
    if (ok && names.n)
        qsort(names.at, names.n, sizeof *names.at, by_name);
    for (size_t i = 0; ok && i < names.n; i++)
        ok = add_file(members, path, &names, names.at[i], limits, err);
    for (size_t i = 0; i < names.n; i++)
        free(names.at[i]);
    free(names.at);
    return ok;
}

/* A geodatabase is its own and only member. */
static bool list_geodatabase(const char *path, struct source_members *members, struct err *err)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash ? strndup(path, (size_t)(slash - path)) : strdup(".");
    const char *name = source_base_name(path);
    struct source_member *member =
        folder ? add(members, folder, false, name, strlen(name), err) : NULL;
    free(folder);
    if (member)
        member->format = source_format_of_folder(path);
    return member || err_no_memory(err);
}

bool source_members_list(const char *path, const struct geo_source_limits *limits,
                         struct source_members *members, struct err *err)
{
    struct stat status;
    *members = (struct source_members){0};
    bool folder = stat(path, &status) == 0 && S_ISDIR(status.st_mode);
    bool geodatabase = folder && source_has_extension(path, ".gdb");
    bool ok = geodatabase ? list_geodatabase(path, members, err)
                          : list_files(path, folder, limits, members, err);
    ok = ok && pass_notes(members, err);
    if (!ok)
        source_members_free(members);
    return ok;
}

enum { NAMED_MOST = 20 };

void source_members_put(const struct source_members *members, bool readable, struct buf *out)
{
    size_t named = 0;
    for (size_t i = 0; i < members->n; i++) {
        const struct source_member *one = &members->list[i];
        if (!one->why_not != readable || named++ >= NAMED_MOST)
            continue;
        buf_printf(out, "%s%s", named > 1 ? ", " : "", one->name);
        if (!readable)
            buf_printf(out, " (%s)", one->why_not);
    }
    if (named > NAMED_MOST)
        buf_printf(out, "… y %zu más", named - NAMED_MOST);
}

void source_members_free(struct source_members *members)
{
    for (size_t i = 0; i < members->n; i++)
        free_member(&members->list[i]);
    free(members->list);
    *members = (struct source_members){0};
}

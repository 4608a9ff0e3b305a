/* source_members.h - what a zip or a folder has for an import: each file that can be read, and
 * each that cannot, with the reason. Nothing is opened but to look at its first bytes.
 *
 * Names are relative to the source, as in "datos/puntos.shp". Not listed: folders, companions
 * of a file that is (.shx, .prj…), styles and projects of a map, notes of systems and editors
 * (__MACOSX, .DS_Store, Thumbs.db, ~$…), pictures and models of a KMZ.
 *
 * A KMZ among them stands for each of its KML, whether another one links it or not: by its own name
 * if it has one, else as "mapa.kmz/capas/a.kml".
 *
 * Owns:    names and reasons; source_members_free().
 * Threads: one owner.
 * Errors:  ERR_INPUT, ERR_LIMIT: the zip's directory, or more entries than allowed; a file that
 *          cannot be opened, which may be data;
 *          ERR_MEMORY.
 */
#ifndef GEO_SOURCE_MEMBERS_H
#define GEO_SOURCE_MEMBERS_H

#include <stddef.h>

#include "geo/base/buf.h"
#include "geo/base/err.h"
#include "geo/files/source_format.h"
#include "geo/files/source_limits.h"

struct source_member {
    char *name;
    char *path;                         /* for GDAL: "/vsizip/{/a/b.zip}/datos/puntos.shp" */
    char *zip, *inside;                 /* "/a/b.zip" and GDAL's name in it; NULL: it is in none */
    const struct source_format *format; /* NULL: not known, then why_not says it */
    char *why_not;                      /* NULL: it can be opened; else a Spanish reason */
};

/* In the order of their names. */
struct source_members {
    struct source_member *list;
    size_t n, cap;
    size_t readable; /* how many have no reason against them */
};

/* path: a zip, a KMZ or a folder, as GDAL names it. A folder that ends in .gdb is one member, also
 * inside. Links are named, not followed. */
bool source_members_list(const char *path, const struct geo_source_limits *limits,
                         struct source_members *members, struct err *err);
/* Appends "a.csv, b.csv" of those that can be read; of the others "a.pdf (es un PDF…)". */
void source_members_put(const struct source_members *members, bool readable, struct buf *out);
void source_members_free(struct source_members *members);

#endif

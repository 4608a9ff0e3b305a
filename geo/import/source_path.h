/* source_path.h - from what a user names as a source to what GDAL opens, in two
 * halves. The first finds it: a URL is fetched, names and kinds of files are looked
 * at. The second looks inside: a zip's directory, the tables of an SQLite file, the
 * encoding of a text. It needs no file but those the first listed.
 *
 * Nothing but a file, a folder, a zip, a file of a zip (/vsizip/ZIP/FILE) or a URL is
 * a source. GDAL is given whole paths only, so that no name reads as a connection.
 *
 * Owns:    the names and what it put under /vsimem/; source_path_free().
 * Threads: one owner.
 * Errors:  ERR_NOT_FOUND, ERR_INPUT, ERR_LIMIT, ERR_DEPENDENCY (the network).
 */
#ifndef GEO_SOURCE_PATH_H
#define GEO_SOURCE_PATH_H

#include "geo/base/buf.h"
#include "geo/import/source.h"
#include "geo/import/source_format.h"
#include "geo/import/source_text.h"
#include "geo/store/foreign.h"

struct source_path {
    const char *named;               /* by the user; borrowed */
    char *whole;                     /* absolute, or under /vsimem/ */
    char *inside;                    /* what of the zip was asked for; NULL: not said */
    char *open;                      /* for GDALOpenEx() */
    const char *const *drivers;      /* for GDALOpenEx(); NULL: none reads it */
    const char *const *open_options; /* likewise */
    const struct source_format *format;
    char **files; /* that reading needs; ends with NULL */
    size_t n_files, cap_files;
    char *fetched, *decoded; /* files under /vsimem/; NULL: none */
    bool is_text;            /* a delimited text file: text.lines holds its lines */
    struct source_text text;
    struct geo_foreign foreign; /* an SQLite file's schema, and copy */
};

bool source_path_find(const struct geo_source_options *options,
                      const struct geo_source_limits *limits, struct source_path *path,
                      struct err *err);
bool source_path_unpack(struct source_path *path, const struct geo_source_limits *limits,
                        struct err *err);
/* What to do about a file that GDAL could not open, by its kind: a Spanish
 * sentence after ": ", or nothing. */
void source_path_advise(const char *source, struct buf *out);
void source_path_free(struct source_path *path);

/* source_files.c: what is on the disk, before it is opened. */
/* A file or folder; devices, pipes and sockets are refused. Sets *is_folder. */
bool source_files_check(const char *named, const char *whole, bool *is_folder, struct err *err);
/* The file and its companions, or the folder and what is in it; links out of the
 * folder are left out, or refused. */
bool source_files_list(struct source_path *path, bool is_folder,
                       const struct geo_source_limits *limits, struct err *err);

#endif

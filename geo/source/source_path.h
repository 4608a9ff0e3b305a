/* source_path.h - converts what a user names as a source to what GDAL opens, in two steps.
 * The first finds it: downloads a URL, checks names and kinds of files. The second looks
 * inside: the directory of a zip, the tables of an SQLite file, the encoding of a text. It
 * reads no files but those that the first step listed.
 *
 * A source is a file, a folder, a zip, a file in a zip (/vsizip/ZIP/FILE) or a URL, nothing
 * else. GDAL only gets absolute paths, so that it takes no name for a connection string.
 *
 * Owns:    the names and what it put under /vsimem/; source_path_free().
 * Threads: one owner.
 * Errors:  ERR_NOT_FOUND, ERR_INPUT, ERR_LIMIT, ERR_DEPENDENCY (the network).
 */
#ifndef GEO_SOURCE_PATH_H
#define GEO_SOURCE_PATH_H

#include "geo/base/buf.h"
#include "geo/claims/dbf_encoding.h"
#include "geo/claims/dbf_values.h"
#include "geo/claims/geometry_claims.h"
#include "geo/claims/kml_types.h"
#include "geo/claims/mid_values.h"
#include "geo/files/source_format.h"
#include "geo/source/source.h"
#include "geo/source/source_members.h"
#include "geo/store/db_foreign_sqlite.h"

struct source_path {
    const char *named;               /* the user's text; borrowed */
    char *whole;                     /* absolute, or under /vsimem/ */
    char *inside;                    /* the file in the zip; NULL: not given */
    bool is_member;                  /* one file of a zip or folder, all of which is read */
    char *open;                      /* for GDALOpenEx() */
    const char *const *drivers;      /* for GDALOpenEx(); NULL: none reads it */
    const char *const *open_options; /* likewise */
    const struct source_format *format;
    char **files; /* files that reading needs; ends with NULL */
    size_t n_files, cap_files;
    char *fetched, *inflated, *decoded; /* files under /vsimem/; NULL: none */
    struct geo_foreign foreign;         /* an SQLite file's schema, and copy */
    struct dbf_encoding dbf;            /* of a Shapefile or dBASE table */
    struct dbf_values *dbf_values;      /* likewise; NULL for others */
    struct mid_values *mid_values;      /* of a MapInfo .mif; NULL for others */
    struct kml_types kml_types;         /* of a KML */
    const char *dbf_options[2];         /* its option, for open_options */
    struct geometry_claims claims;      /* after source_path_unpack(): what the file says itself */
    struct buf notes; /* likewise: Spanish sentences on how it was read, after "; " */
};

bool source_path_find(const struct geo_source_options *options,
                      const struct geo_source_limits *limits, struct source_path *path,
                      struct err *err);
/* One file of a zip or folder that was found. member outlives it. */
bool source_path_member(const struct source_member *member, struct source_path *path,
                        struct err *err);
/* Gives path->inside, a file or folder that the user names as it is shown, the name that it has in
 * the zip. */
bool source_path_name_inside(struct source_path *path, const struct geo_source_limits *limits,
                             struct err *err);
/* True for a folder, a zip, or a folder in a zip: its files are the source. */
bool source_path_is_container(const struct source_path *path);
bool source_path_unpack(struct source_path *path, const struct geo_source_limits *limits,
                        struct err *err);
/* Advice about a file that GDAL could not open, by its kind: a Spanish sentence after ":
 * ", or nothing. */
void source_path_advise(const char *source, struct buf *out);
void source_path_free(struct source_path *path);

/* source_files.c: checks on the disk, before the source is opened. */
/* Accepts files and folders; refuses devices, pipes and sockets. Sets *is_folder. */
bool source_files_check(const char *named, const char *whole, bool *is_folder, struct err *err);
/* Lists the file and its companions, or the content of the folder. Links out of the folder
 * are left out, or refused. */
bool source_files_list(struct source_path *path, bool is_folder,
                       const struct geo_source_limits *limits, struct err *err);

#endif

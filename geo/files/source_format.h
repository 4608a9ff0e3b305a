/* source_format.h - the format of a file: its name and its first bytes must agree. The
 * format determines the only driver that may open it.
 *
 * Owns:    nothing; results are constants.
 * Threads: any.
 * Errors:  ERR_INPUT: name and content disagree; names both.
 */
#ifndef GEO_SOURCE_FORMAT_H
#define GEO_SOURCE_FORMAT_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/base/err.h"

/* The kind of content, by the first bytes. */
enum source_content {
    CONTENT_EMPTY,
    CONTENT_SQLITE,
    CONTENT_ZIP,
    CONTENT_SHAPE, /* .shp and .shx */
    CONTENT_FLATGEOBUF,
    CONTENT_PDF,
    CONTENT_GZIP,
    CONTENT_OFFICE, /* Office before 2007, or with a password */
    CONTENT_RAR,
    CONTENT_7Z,
    CONTENT_PACKED, /* bzip2, xz, Zstandard */
    CONTENT_ACCESS,
    CONTENT_RTF,
    CONTENT_IMAGE,
    CONTENT_DWG,
    CONTENT_HTML,
    CONTENT_EXCEL_XML, /* Excel 2003's XML */
    CONTENT_FLAT_ODS,  /* LibreOffice's, in one XML */
    CONTENT_KML,
    CONTENT_GPX,
    CONTENT_GML,
    CONTENT_XML, /* other XML, or unknown */
    CONTENT_JSON,
    CONTENT_TEXT,
    CONTENT_BINARY,
    CONTENTS
};

enum { SOURCE_HEAD_BYTES = 16384 }; /* first bytes that are inspected */

/* What is checked before GDAL opens a file. */
enum source_inside {
    INSIDE_NOTHING,
    INSIDE_TEXT,    /* rows of text (delimited.h); not for GDAL */
    INSIDE_BOOK,    /* sheets (workbook.h); not for GDAL */
    INSIDE_SQLITE,  /* its schema (geo/store/db_foreign_sqlite.h) */
    INSIDE_ARCHIVE, /* a zip's directory; its files are the source */
    INSIDE_GZIP,    /* one packed file, which is the source */
    INSIDE_JSON,    /* which kind of JSON it is (source_json.h) */
};

struct source_format {
    const char *name;           /* "GeoJSON" */
    unsigned contents;          /* accepted first bytes, as bits 1 << CONTENT_… */
    const char *drivers[6];     /* GDAL's drivers; ends with NULL */
    const char *extensions[10]; /* ".geojson"; ends with NULL */
    enum source_inside inside;
};

/* "puntos.shp" of "datos/puntos.shp". */
const char *source_base_name(const char *path);

enum source_content source_content_of(const void *head, size_t len);

/* NULL without an error: neither name nor content is of a known format. */
const struct source_format *source_format_of(const char *path, enum source_content content,
                                             struct err *err);
/* Of a folder, by its name. */
const struct source_format *source_format_of_folder(const char *path);

/* True for XML with entity definitions: they can expand without end, or refer to files. */
bool source_defines_entities(const void *head, size_t len);

bool source_has_extension(const char *path, const char *extension);

#endif

/* portal.h - the files of the web page, built into the program, and HTML pages generated
 * here.
 *
 * Owns:    nothing; files are constant, compressed by the build.
 * Threads: any.
 * Errors:  the buffer's (buf_failed), unless said otherwise.
 */
#ifndef SERVER_PORTAL_H
#define SERVER_PORTAL_H

#include "geo/base/buf.h"
#include "geo/base/err.h"
#include "geo/base/rows.h"
#include "server/http/content_coding.h"

enum { PORTAL_VERSION_SIZE = 9 };

struct portal_file {
    const char *name; /* under /assets/ */
    const char *type; /* media type */
    struct {
        const char *data, *end;
    } packed[CODING_N]; /* none for CODING_NONE */
};

const struct portal_file *portal_find(const char *name); /* NULL: none */
/* A checksum of the content, for v=. */
void portal_version(const struct portal_file *file, char version[PORTAL_VERSION_SIZE]);
const char *portal_packed(const struct portal_file *file, enum content_coding coding, size_t *len);
/* Appends the decompressed content. */
bool portal_unpack(const struct portal_file *file, struct buf *out, struct err *err);

/* Values of the home page. table is HTML, path stands in URLs (public_url_path()): both are
 * inserted unchanged; the rest is escaped. */
struct portal_home {
    const char *edition, *provenance, *table, *path;
};
bool portal_put_home(const struct portal_home *home, struct buf *out, struct err *err);

/* Values of a page with one table of figures. */
struct portal_table {
    const struct rows *rows;
    const char *title, *edition;
    const char *path;  /* of the public URL, or "" */
    const char *as_of; /* NULL: everything known */
    const char *asked; /* "km 15, of alianzas"; NULL: nothing in particular */
    const char *note;  /* sentences, each with its line break; NULL: none */
    bool simulated, schematic;
};
void portal_put_table(const struct portal_table *table, struct buf *out);

/* "Datos simulados. Límites esquemáticos.", or the part that applies. */
const char *portal_provenance(bool simulated, bool schematic);

#endif

/* map_options.h - what `render` and `tiles` have in common on the command line.
 *
 * Errors: ERR_USAGE with the option, its value and what is accepted.
 */
#ifndef SERVER_MAP_OPTIONS_H
#define SERVER_MAP_OPTIONS_H

#include "geo/base/box.h"
#include "geo/base/buf.h"
#include "geo/base/err.h"
#include "layers/snapshot.h"
#include "styles/style.h"

/* "w,s,e,n" in degrees, of some width and height. */
bool map_option_box(const char *text, struct geo_box *box, struct err *err);
/* A style of ours by its id, or a file whose name ends in .json; the caller frees it. */
struct style *map_option_style(const char *id, struct err *err);
/* The style with the class breaks of the data, where it asks for them. */
bool map_option_classes(struct style **style, const struct snapshot *snapshot, struct err *err);
/* The bytes of a style's file; "-" is the standard input. */
bool map_option_read(const char *path, struct buf *out, struct err *err);
/* All that the database has now. */
struct snapshot *map_snapshot(const char *db_path, struct err *err);
/* Around all features; false: there are none. */
bool map_extent(const struct snapshot *snapshot, struct geo_box *box, struct err *err);

#endif

/* map_options.h - options shared by `sigg render` and `sigg tiles`.
 *
 * Errors: ERR_USAGE with the option, its value and what is accepted.
 */
#ifndef SERVER_MAP_OPTIONS_H
#define SERVER_MAP_OPTIONS_H

#include "geo/base/box.h"
#include "geo/base/buf.h"
#include "geo/base/err.h"
#include "layers/snapshot/snapshot.h"
#include "styles/style.h"

/* Reads "w,s,e,n" in degrees; width and height must not be 0. */
bool map_options_box(const char *text, struct geo_box *box, struct err *err);
/* A built-in style by its id, or a file whose name ends in .json; the caller frees it. */
struct style *map_options_style(const char *id, struct err *err);
/* Replaces the style by one with computed class breaks, if it asks for them. */
bool map_options_classes(struct style **style, const struct snapshot *snapshot, struct err *err);
/* Reads a style's file; "-" is the standard input. */
bool map_options_read(const char *path, struct buf *out, struct err *err);
/* A snapshot of the database. */
struct snapshot *map_options_snapshot(const char *db_path, struct err *err);
/* The bounding box of all features; false: there are none. */
bool map_options_extent(const struct snapshot *snapshot, struct geo_box *box, struct err *err);

#endif

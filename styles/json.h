/* json.h - parses JSON into expression values; in styles the only module that uses the JSON
 * library.
 *
 * Owns:    nothing; the values live in the arena.
 * Threads: any.
 * Errors:  ERR_INPUT with line and column; also if nested deeper than STYLES_JSON_DEPTH.
 */
#ifndef STYLES_JSON_H
#define STYLES_JSON_H

#include "geo/base/err.h"
#include "styles/expr_value.h"

enum { STYLES_JSON_DEPTH = 200 };

bool styles_json_read(const char *text, size_t len, struct arena *arena, struct expr_value *out,
                      struct err *err);

#endif

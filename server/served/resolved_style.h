/* resolved_style.h - a style with class breaks computed from the data. Successive contents share it
 * while the breaks are the same, because an edit seldom changes one.
 *
 * Owns:    the style, unless it is the document itself; reference-counted.
 * Threads: any; immutable.
 * Errors:  NULL with *err.
 */
#ifndef SERVER_RESOLVED_STYLE_H
#define SERVER_RESOLVED_STYLE_H

#include "layers/snapshot/snapshot.h"
#include "styles/style.h"

struct resolved_style;

/* document must outlive it; before: that of the previous content, or NULL. */
struct resolved_style *resolved_style_new(const struct style *document,
                                          const struct snapshot *snapshot,
                                          struct resolved_style *before, struct err *err);
void resolved_style_unref(struct resolved_style *resolved_style); /* NULL is fine */
const struct style *resolved_style_get(const struct resolved_style *resolved_style);

#endif

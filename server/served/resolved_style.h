/* resolved_style.h - a style with class breaks computed from the data. Successive views share it
 * while the breaks are the same, because an edit seldom changes one.
 *
 * Owns:    the style, unless it is the document itself; reference-counted.
 * Threads: any; immutable.
 * Errors:  NULL with *err.
 */
#ifndef SERVER_RESOLVED_STYLE_H
#define SERVER_RESOLVED_STYLE_H

#include "layers/snapshot.h"
#include "styles/style.h"

struct shown;

/* document must outlive it; before: that of the previous view, or NULL. */
struct shown *shown_new(const struct style *document, const struct snapshot *snapshot,
                        struct shown *before, struct err *err);
void shown_unref(struct shown *shown); /* NULL is fine */
const struct style *shown_style(const struct shown *shown);

#endif

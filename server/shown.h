/* shown.h - a style with the class breaks of the data it shows, shared by the views
 * whose data give the same breaks: an edit seldom moves one.
 *
 * Owns:    the style, where it is not the document itself; counted.
 * Threads: any; immutable.
 * Errors:  NULL with *err.
 */
#ifndef SERVER_SHOWN_H
#define SERVER_SHOWN_H

#include "layers/snapshot.h"
#include "styles/style.h"

struct shown;

/* document outlives it; before: what showed it until now, or NULL. */
struct shown *shown_new(const struct style *document, const struct snapshot *snapshot,
                        struct shown *before, struct err *err);
void shown_unref(struct shown *shown); /* NULL is fine */
const struct style *shown_style(const struct shown *shown);

#endif

/* styles.h - finds the style that a path names. */
#ifndef SERVER_STYLES_H
#define SERVER_STYLES_H

#include "server/request/call.h"

/* Index of the style in {style}; ERR_NOT_FOUND with the list of styles. */
bool styles_find(struct call *call, size_t *index, struct err *err);

#endif

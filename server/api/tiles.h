/* tiles.h - parses the address of a tile, common to all tile URLs. */
#ifndef SERVER_TILES_H
#define SERVER_TILES_H

#include "server/request/call.h"

/* Parses {z}, {x} and {y} of the path. ERR_INPUT for what is not a number, ERR_NOT_FOUND
 * for a tile outside the matrix. */
bool tiles_address(struct call *call, struct tile_request *tile, struct err *err);

#endif

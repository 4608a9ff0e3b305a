/* tiles.h - the address of a tile, as every tile URL has it. */
#ifndef SERVER_TILES_H
#define SERVER_TILES_H

#include "server/call.h"

/* {z}, {x} and {y} of the path into *tile. ERR_INPUT for what is no number,
 * ERR_NOT_FOUND for what is on no matrix. */
bool tiles_address(struct call *call, struct tile_request *tile, struct err *err);

#endif

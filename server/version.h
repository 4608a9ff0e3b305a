/* version.h - the program's version, for /health, the Server header and the API. */
#ifndef SERVER_VERSION_H
#define SERVER_VERSION_H

#define SIGG_VERSION "0.1.0"

#endif
